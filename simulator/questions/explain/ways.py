"""The ways to cut a framework into parts that have a name."""

from typing import Final

PARAGRAPHS: Final = "paragraphs"
CLAUSES: Final = "clauses"
FIGURES: Final = "figures"
WAYS: Final = (PARAGRAPHS, CLAUSES, FIGURES)
"""Clauses by subject, in the order of the documents; clause by clause; figure by figure."""
