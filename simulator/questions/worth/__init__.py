"""The question `worth`: in how many plausible worlds each option does better, and what would be worth knowing."""
