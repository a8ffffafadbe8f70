"""Answers put out: the terminal, the report, the workbook and the data dictionary of a run, from its folder."""
