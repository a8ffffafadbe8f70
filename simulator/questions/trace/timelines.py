"""The life of one provider under two frameworks as one picture: one above the other, over the same years."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from simulator.charts.sheet import WIDTH, Chart, drawing, sheet, source_of
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
_ROW: Final = 0.24
"""Inches for each row of marks."""
_TITLE: Final = 0.34
"""Inches for the name of a framework."""
_APART: Final = 0.2
"""Inches between the two."""
_NAME: Final = "lives"


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
    rows = rows_of(life)
    tall = _TITLE + _GRADES + BETWEEN + _ROW * len(rows)
    with drawing():
        figure, room = sheet(title, what, 2 * tall + _APART + DATES, source_of(own_register))
        top = room.top * figure.get_figheight()
        for position, lived in enumerate(lives):
            _draw_life(figure, lived, top - position * (tall + _APART), is_last=position == len(lives) - 1)
    told = " ".join(f"Under {lived.under}: {said(lived.life, rows_of(lived.life))}" for lived in lives)
    years = " to ".join(day_words(day_of(tick, life.epoch)) for tick in (life.begins, life.horizon - 1))
    return Chart(_NAME, title, f"Two timelines, one above the other, {years}. {title}. {told}", figure)


def _draw_life(figure: "Figure", told: Told, top: float, is_last: bool) -> None:
    """Draw one life below `top` inches from the foot of the sheet; the last one has the years below it."""
    life, rows = told.life, rows_of(told.life)
    tall = figure.get_figheight()
    left, width = NAMES / WIDTH, 1 - (NAMES + LABELS) / WIDTH
    done = int(ended_in(life).sum())
    name = f"{capital(named(told.title))}: {counted(done, 'inspection')}, {counted(days_unfound(life), 'day')} "
    figure.text(0.15 / WIDTH, top / tall, f"{name}poor and not found", size=11, weight="bold", va="top")
    grades = top - _TITLE - _GRADES
    upper = figure.add_axes((left, grades / tall, width, _GRADES / tall))
    below = _ROW * len(rows)
    lower = figure.add_axes((left, (grades - BETWEEN - below) / tall, width, below / tall), sharex=upper)
    draw_grades(upper, life)
    draw_rows(lower, rows)
    draw_spans(upper, life, with_notes=True)
    draw_spans(lower, life, with_notes=False)
    draw_years(lower, life)
    lower.tick_params(labelbottom=is_last)
