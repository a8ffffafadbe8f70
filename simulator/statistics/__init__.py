"""Statistics that know nothing of the project: pure functions of numbers."""
