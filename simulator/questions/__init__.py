"""The questions, a folder each: what is asked (`ask`), what is run, and what is answered.

The `ask` of a question is a frozen class with a line for each option: name, type, default, and in `Option` all else
that is known of it. Commands are built from these lines, functions of Python are held to them, errors name options as
the face does, and a manifest records an object of the class. To add an option is to add a line.
"""
