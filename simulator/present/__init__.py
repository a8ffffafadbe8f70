"""Answers shown to people: charts, tables and sentences."""
