"""Lines of text that fit: measured in the letters they are drawn with, not counted in characters."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from simulator.charts.palette import TYPEFACE

_NARROWEST: Final = 0.75
"""Of the width, down to which lines are evened out."""

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath


def in_lines(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text into as few lines as fit, and those as even as they can be.

    Parameters
    ----------
    text : str
        What to break, at spaces between words.
    width : float
        Inches that a line may take; a longer word has a line of its own.
    size : float
        Points.
    weight : str
        ``normal`` or ``bold``.
    """
    words = [(word, inches(f"{word} ", size, weight)) for word in _glued(text.split())]
    fewest = len(_filled(words, width))
    even = width
    while even > _NARROWEST * width and len(_filled(words, even - width / 40)) == fewest:
        even -= width / 40
    return _filled(words, even)


def _glued(words: list[str]) -> list[str]:
    """Keep a word of one letter or sign with the one before: ``option B``, ``95 %``."""
    kept: list[str] = []
    for word in words:
        if kept and len(word) == 1:
            kept[-1] += f" {word}"
        else:
            kept.append(word)
    return kept


def _filled(words: list[tuple[str, float]], width: float) -> list[str]:
    """Fill lines with words, given with their widths, one line after another."""
    broken: list[list[str]] = []
    used = width
    for word, wide in words:
        if used + wide > width or not broken:
            broken.append([])
            used = 0.0
        broken[-1].append(word)
        used += wide
    return [" ".join(line) for line in broken]


def inches(text: str, size: float, weight: str) -> float:
    """Measure a text."""
    setting, typeface = _lettering(weight)
    width, _, _ = setting.get_text_width_height_descent(text, typeface, ismath=False)
    return float(width) / typeface.get_size_in_points() * size / 72


@lru_cache
def _lettering(weight: str) -> "tuple[TextToPath, FontProperties]":
    """Load the letters of a weight."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    return TextToPath(), FontProperties(family=TYPEFACE, weight=weight, size=10)
