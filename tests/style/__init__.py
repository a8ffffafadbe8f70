"""The style sheet as a check: which phrases are retired, and which files are not mended yet."""
