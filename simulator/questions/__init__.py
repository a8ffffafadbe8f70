"""Questions, a folder each: what is asked, what is run, and what is answered."""
