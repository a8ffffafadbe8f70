"""The question `over_fits`: a question asked over a set of fits."""
