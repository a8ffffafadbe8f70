"""The question `sensitivity`: whether the answer changes if the assumptions are wrong."""
