"""Sentences on a console: as they are, whatever is in them, and broken into lines only where somebody looks on."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def print_paragraphs(paragraphs: Iterable[str], console: "Console") -> None:
    """Print each paragraph, beginning a line of its own."""
    _print(paragraphs, console, "")


def print_aside(paragraphs: Iterable[str], console: "Console") -> None:
    """Print the caveats of an answer, less bright than the answer itself."""
    _print(paragraphs, console, "dim")


def _print(paragraphs: Iterable[str], console: "Console", style: str) -> None:
    from rich.text import Text

    for paragraph in paragraphs:
        console.print(Text(paragraph, style=style), soft_wrap=not console.is_terminal)
