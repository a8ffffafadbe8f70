"""The picture that an answer begins with: of 100 providers that become poor, a dot for each, in a panel a framework.

The page draws it from these numbers, so that it can be read at any width, without script and without colour: a large
dot is found within 90 days, a small one later, a ring never.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.questions.compare.of_hundred import WORDS
from simulator.render.verdict import Line, Verdict

_SIDE: Final = 10
"""Dots in a row."""
_PITCH: Final = 10
"""Units of the drawing from one dot to the next."""


def dots_of(verdict: Verdict) -> dict[str, Any]:
    """Return the picture of a verdict as plain data.

    Returns
    -------
    dict
        Keys ``title`` and ``panels``, each with ``title``, ``layer`` (empty where there is none) and the numbers
        ``soon``, ``later`` and ``never``; empty if the verdict counts no hundred.
    """
    counted = {line.label: line for line in _of_hundred(verdict)}
    if len(counted) < len(WORDS):
        return {}
    panels = []
    for place, title in enumerate(verdict.columns):
        counts = {group: counted[word].cells[place] for group, word in WORDS.items()}
        if all(count.isdecimal() for count in counts.values()):
            layer = verdict.layers[place] if verdict.has_layers else ""
            panels.append({"title": title, "layer": layer, **{group: int(count) for group, count in counts.items()}})
    return {"title": next(iter(counted.values())).group, "panels": panels}


def lines_below(verdict: Verdict) -> list[Line]:
    """Return the lines of a verdict that its picture does not show."""
    shown = tuple(_of_hundred(verdict)) if dots_of(verdict) else ()
    return [line for line in verdict.lines if line not in shown]


def _of_hundred(verdict: Verdict) -> Iterator[Line]:
    return (line for line in verdict.lines if line.label in WORDS.values())


def drawn(panel: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the paths of a panel: of each group its name (``group``) and its dots (``path``), each a point of a line.

    Parameters
    ----------
    panel
        One of the panels of `dots_of`.
    """
    first, paths = 0, []
    for group in WORDS:
        places = range(first, first + int(panel[group]))
        first = places.stop
        paths.append({"group": group, "path": "".join(map(_point, places))})
    return paths


def _point(place: int) -> str:
    """Draw a line of no length, whose round ends are a dot."""
    down, across = divmod(place, _SIDE)
    return f"M{_PITCH * across + _PITCH // 2} {_PITCH * down + _PITCH // 2}h0"
