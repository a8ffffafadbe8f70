"""The life of one provider under two frameworks as one picture: one above the other, over the same years."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.charts.lettering import in_lines
from simulator.charts.sheet import LEFT, NARROW, WIDTH, Chart, drawing, sheet, source_of
from simulator.questions.trace.figures import ended_in
from simulator.questions.trace.history import days_unfound
from simulator.questions.trace.timeline import (
    BETWEEN,
    DATES,
    LABELS,
    NAMES,
    draw_grades,
    draw_rows,
    draw_spans,
    draw_years,
    rows_of,
    said,
)
from simulator.questions.trace.two_lives import Told, headline
from simulator.ticks import day_of
from simulator.words.wording import capital, counted, day_words, named
from simulator.world.services import SERVICE_TITLES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_GRADES: Final = 1.75
"""Inches for the grades under one framework."""
_TITLE: Final = 0.34
"""Inches for the name of a framework."""
_APART: Final = 0.2
"""Inches between the two."""
_LINE: Final = 0.2
"""Inches for each further line of it."""
_NAME: Final = "lives"
_LINES: Final = (
    "Blue line: true grade. Dashed pink line: rating. Grey: the years before, the same for both. Dotted line: a new "
    "provider takes its place"
)


class _Layout(NamedTuple):
    """How a life goes on a sheet, in inches."""

    width: float
    names: float
    """For the names of grades, and of rows unless they stand above them."""
    labels: float
    """For the names of lines."""
    row: float
    """For each row of marks."""
    years: int
    """Years that are each labelled, at most."""


_USUAL: Final = _Layout(WIDTH, NAMES, LABELS, 0.24, 15)
_ON_NARROW: Final = _Layout(NARROW, 0.95, LEFT, 0.38, 6)


def lives_chart(lives: Sequence[Told], title: str | None = None, own_register: bool = False) -> Chart:
    """Draw the life of a provider under each of two frameworks.

    Parameters
    ----------
    lives
        The same provider in the same replication, under each framework.
    title
        What is to be seen; if left out, for how long it was poor and not found.
    own_register
        Whether the provider is one of a register given, not of the synthetic population.
    """
    first, second = lives
    life = first.life
    title = title or headline(first, second)
    what = (
        f"{capital(SERVICE_TITLES[life.service_type])}, history {life.replication}. Shaded orange: poor and not "
        "found. Circles: judgements, hollow where the truth differs"
    )
    own = source_of(own_register)
    with drawing():
        figure = _drawn((title, what, own), lives, _USUAL)
    told = " ".join(f"Under {lived.under}: {said(lived.life, rows_of(lived.life))}" for lived in lives)
    years = " to ".join(day_words(day_of(tick, life.epoch)) for tick in (life.begins, life.horizon - 1))
    alt = f"Two timelines, one above the other, {years}. {title}. {told}"
    return Chart(_NAME, title, alt, figure, lambda: _drawn((title, f"{what}. {_LINES}", own), lives, _ON_NARROW))


def _drawn(text: tuple[str, str, str], lives: Sequence[Told], layout: _Layout) -> "Figure":
    """Draw the lives below one another on a sheet with a title, what is shown and a source."""
    title, what, source = text
    heads = [in_lines(_head(lived), layout.width - 2 * LEFT, 11, "bold") for lived in lives]
    below = layout.row * len(rows_of(lives[0].life))
    heights = [_TITLE + _LINE * (len(head) - 1) + _GRADES + BETWEEN + below for head in heads]
    figure, room = sheet(title, what, sum(heights) + _APART + DATES, source, layout.width)
    top = room.top * figure.get_figheight()
    for lived, head, height in zip(lives, heads, heights, strict=True):
        place = (LEFT / layout.width, top / figure.get_figheight())
        figure.text(*place, "\n".join(head), size=11, weight="bold", va="top")
        _draw_life(figure, lived, top - height, layout, is_last=lived is lives[-1])
        top -= height + _APART
    return figure


def _head(lived: Told) -> str:
    done = int(ended_in(lived.life).sum())
    counts = f"{counted(done, 'inspection')}, {counted(days_unfound(lived.life), 'day')} poor and not found"
    return f"{capital(named(lived.title))}: {counts}"


def _draw_life(figure: "Figure", lived: Told, foot: float, layout: _Layout, is_last: bool) -> None:
    """Draw one life, down to `foot` inches above the foot of the sheet; the last one has the years below it."""
    life, rows, tall = lived.life, rows_of(lived.life), figure.get_figheight()
    left, width = layout.names / layout.width, 1 - (layout.names + layout.labels) / layout.width
    below = layout.row * len(rows)
    upper = figure.add_axes((left, (foot + below + BETWEEN) / tall, width, _GRADES / tall))
    lower = figure.add_axes((left, foot / tall, width, below / tall), sharex=upper)
    is_narrow = layout is _ON_NARROW
    draw_grades(upper, life, named_lines=not is_narrow)
    draw_rows(lower, rows, names_above=is_narrow)
    draw_spans(upper, life, with_notes=not is_narrow)
    draw_spans(lower, life, with_notes=False)
    draw_years(lower, life, layout.years)
    lower.tick_params(labelbottom=is_last)
