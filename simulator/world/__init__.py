"""What is true, whoever inspects."""
