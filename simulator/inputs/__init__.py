"""What is read and how it is refused: files, options, evidence, and messages that name what was given."""
