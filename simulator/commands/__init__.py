"""The command line: a function for each command, built from the options of its question."""
