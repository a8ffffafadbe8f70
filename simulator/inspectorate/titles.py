"""The title of a framework: a text that knows its grammar, so that no sentence guesses it."""

from typing import Self


class Title(str):
    """A text, and whether it is in the plural: option A *makes*, the 2012 proportional cycles *make*."""

    is_plural: bool
    """Whether a verb that follows it is in the plural."""

    def __new__(cls, text: str, is_plural: bool = False) -> Self:
        """Make a title of a text."""
        title = super().__new__(cls, text)
        title.is_plural = is_plural
        return title
