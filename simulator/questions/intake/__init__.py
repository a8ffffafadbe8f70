"""The question `size --by-year`: how many inspectors to recruit each year."""
