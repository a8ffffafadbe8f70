"""The report, the workbook and the data dictionary of a run, made from its folder alone.

`kept_run` reads the folder, a module for each question (`comparison`, `sizing`, `frontier`, listed in `questions`) lays
out what is to be said as plain data (`document`), and `html` and `workbook` write it down.
"""
