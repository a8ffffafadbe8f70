"""The question `frontier`: results by number of inspectors."""
