"""The version of the program, for all that it writes it on."""

__version__ = "0.1.0"
