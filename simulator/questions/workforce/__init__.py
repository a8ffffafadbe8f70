"""The question `workforce`: people, work and what is left undone, by year, by month and by region."""
