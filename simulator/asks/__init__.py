"""What each question asks: one frozen class a question, with a line for each of its options.

A line has the name of the option, its type and its default; `Option` beside them has all else that is known of it. The
command line (`simulator.asking`) is built from these lines, the functions of Python are held to them, errors below the
faces name options as they do, and a manifest records an object of the class. To add an option is to add a line.
"""
