"""The question `size`: the smallest number of inspectors that meets targets."""
