"""Marks on a chart over time: thin lines, each with a short label above the plot, in rows that keep them apart."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.charts.lettering import inches
from simulator.charts.palette import QUIET

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW: Final = 0.17
"""Inches for one row of labels."""
SIZE: Final = 8
"""Points."""
GAP: Final = 0.1
"""Inches between two labels in a row."""


class Mark(NamedTuple):
    """A moment on the axis across, and what happens then."""

    at: float
    label: str


class Across(NamedTuple):
    """How the axis across lies on the sheet."""

    begins: float
    """First moment shown."""
    ends: float
    inches: float
    """From the first moment to the last."""
    room: float
    """Inches from the first moment to the edge of the sheet."""


class Flag(NamedTuple):
    """A mark whose label has its place."""

    at: float
    label: str
    left: float
    """Inches from the beginning of the axis to the label."""
    row: int
    """0 for the one next to the plot."""


def flags(marks: Sequence[Mark], across: Across) -> list[Flag]:
    """Place labels from right to left: each in a row above every line and label that it would cover otherwise."""
    placed: list[Flag] = []
    for mark in sorted(marks, reverse=True):
        long = inches(mark.label, SIZE, "normal")
        along = (mark.at - across.begins) / (across.ends - across.begins)
        left = min(along * across.inches, across.room - long)
        met = [flag.row for flag in placed if flag.left < left + long + GAP]
        placed.append(Flag(mark.at, mark.label, left, max(met, default=-1) + 1))
    return placed


def height_of(placed: Sequence[Flag]) -> float:
    """Return the inches that labels take above a plot."""
    return _ROW * (max(flag.row for flag in placed) + 1) if placed else 0.0


def draw_flags(axes: "Axes", placed: Sequence[Flag], across: Across, tall: float) -> None:
    """Draw lines through a plot of `tall` inches and up to their labels above it."""
    for flag in placed:
        top = 1 + _ROW * flag.row / tall
        draw_line(axes, flag.at, top)
        place = (flag.left / across.inches, top + 0.03 / tall)
        axes.text(*place, flag.label, transform=axes.transAxes, size=SIZE, color=QUIET, va="bottom")


def draw_line(axes: "Axes", at: float, top: float = 1.0) -> None:
    """Draw a thin line at a moment, up to a share of the height of the plot."""
    axes.axvline(at, 0, top, color=QUIET, lw=0.8, zorder=1, clip_on=False)
