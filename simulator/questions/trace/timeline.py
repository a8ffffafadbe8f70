"""The life of one provider as a picture: what is true and what is judged, and below it what set inspectors off."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.charts.marks import Across, Mark, draw_flags, flags, height_of
from simulator.charts.palette import DARK_BLUE, DARK_PINK, INK, ORANGE, QUIET, RULE, SHADE
from simulator.charts.sheet import WIDTH, Chart, drawing, sheet, source_of
from simulator.engine.recorded import DONE, NEW_PROVIDER, PLANNED, SAMPLED
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kinds import RATINGS
from simulator.questions.trace.history import Steps, headline, ratings, spells, true_grades
from simulator.questions.trace.life import Life
from simulator.questions.trace.moments import REGISTERED
from simulator.ticks import TICKS_PER_DAY, day_of, tick_of
from simulator.words.providers import beginning_with
from simulator.words.wording import capital, joined, named
from simulator.world.services import SERVICE_TITLES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GRADES: Final = 2.2
"""Inches for the grades."""
ROW: Final = 0.27
"""Inches for each row of marks below."""
DATES: Final = 0.35
BETWEEN: Final = 0.12
NAMES: Final = 1.75
"""Inches for the names of grades and rows."""
LABELS: Final = 1.05
"""Inches for the names of lines."""
_ASIDE: Final = 0.09
"""Grades by which the two lines are drawn beside the grade, so that both are seen."""
_ROOM_OF_NOTE: Final = 0.16
"""Of the width, that a note takes: one that would cover another, or the name of a line, is left out."""
_YEARS_LABELLED: Final = 15
"""Of more years than these, only every fifth is labelled."""


class Row(NamedTuple):
    """One row of marks."""

    name: str
    ticks: list[int]


def timeline_chart(life: Life, frameworks: Sequence[Framework], own_register: bool = False) -> Chart:
    """Draw the life of a provider.

    Parameters
    ----------
    life : Life
        What happened.
    frameworks : sequence of Framework
        Those of ``life.timeline``, in its order.
    own_register : bool
        Whether the providers come from a register, not from the synthetic population.
    """
    title, rows = beginning_with(life.provider, headline(life)), rows_of(life)
    marks = _takeover_marks(life, frameworks)
    under = "" if marks else f"{named(frameworks[-1].title)}, "
    what = (
        f"{capital(SERVICE_TITLES[life.service_type])}, {under}replication {life.replication}. Shaded orange: poor "
        "and not found. Circles: judgements, hollow where the truth differs"
    )
    across = Across(life.begins, life.horizon, WIDTH - NAMES - LABELS, WIDTH - NAMES)
    placed = flags(marks, across)
    below = ROW * len(rows)
    height = height_of(placed) + GRADES + BETWEEN + below + DATES
    with drawing():
        figure, room = sheet(title, what, height, source_of(own_register))
        tall = figure.get_figheight()
        width = 1 - (NAMES + LABELS) / WIDTH
        upper = figure.add_axes((NAMES / WIDTH, room.top - (height_of(placed) + GRADES) / tall, width, GRADES / tall))
        lower = figure.add_axes((NAMES / WIDTH, room.bottom + DATES / tall, width, below / tall), sharex=upper)
        draw_grades(upper, life)
        draw_rows(lower, rows)
        draw_years(lower, life)
        draw_spans(upper, life, with_notes=True)
        draw_spans(lower, life, with_notes=False)
        draw_flags(upper, placed, across, GRADES)
    return Chart("life", title, f"Timeline. {title}. {said(life, rows)}{_marks_said(marks, life)}", figure)


def _takeover_marks(life: Life, frameworks: Sequence[Framework]) -> list[Mark]:
    """Return every takeover with its framework, the first one too; none where the start of the run is the only one."""
    if life.takeovers in ((), (life.measured_from,)):
        return []
    ticks = (life.begins, *life.takeovers)
    return [Mark(tick, framework.title) for tick, framework in zip(ticks, frameworks, strict=True)]


def _marks_said(marks: Sequence[Mark], life: Life) -> str:
    """Report which framework is in force from when; nothing if nothing is marked."""
    told = [f"{named(mark.label)} from {day_of(int(mark.at), life.epoch).isoformat()}" for mark in marks]
    return f" In force: {joined(told)}." if told else ""


def rows_of(life: Life) -> list[Row]:
    """Gather the marks: inspections by what set them off, and news of the provider."""
    done = life.inspections[life.inspections["status"] == DONE]
    by_rule = [int(row["ended"]) for row in done if row["reason"] in (PLANNED, NEW_PROVIDER, SAMPLED)]
    by_risk = [int(row["ended"]) for row in done if row["reason"] not in (PLANNED, NEW_PROVIDER, SAMPLED)]
    heard = {
        name: [moment.tick for moment in life.moments if moment.what == what]
        for what, name in (
            ("serious concern", "Serious concerns"),
            ("complaint", "Complaints"),
            ("new manager", "Changes of manager"),
        )
    }
    return [
        Row("Inspections by rule", by_rule),
        Row("Inspections on risk", by_risk),
        *(Row(name, ticks) for name, ticks in heard.items()),
    ]


def draw_grades(axes: "Axes", life: Life, *, named_lines: bool = True) -> None:
    """Draw the true grade and the rating as steps, and each judgement as a circle; name the two lines at their ends."""
    axes.set_xlim(life.begins, life.horizon)
    axes.set_ylim(0.55, 4.35)
    axes.set_yticks(range(1, 5), [capital(RATINGS[grade]) for grade in range(1, 5)])
    axes.yaxis.grid(visible=True)
    axes.spines[:].set_visible(False)
    axes.tick_params(labelbottom=False)
    true, rated = true_grades(life), ratings(life)
    for steps, aside, colour, line in ((true, _ASIDE, DARK_BLUE, "-"), (rated, -_ASIDE, DARK_PINK, (0, (3, 1.2)))):
        for ticks, grades in runs(steps, life.horizon):
            axes.plot(
                ticks, [g + aside for g in grades], drawstyle="steps-post", color=colour, linestyle=line, zorder=3
            )
    for row in life.inspections:
        if row["judged"] > 0:
            inside = DARK_PINK if row["judged"] == row["true_grade"] else "white"
            place = (int(row["ended"]), int(row["judged"]) - _ASIDE)
            axes.plot(*place, "o", color=DARK_PINK, markerfacecolor=inside, markersize=5, zorder=4, clip_on=False)
    if named_lines:
        _label_lines(axes, true[-1][1], rated[-1][1])


def _label_lines(axes: "Axes", grade: int, rating: int) -> None:
    """Name the two lines where they end, and where they are not there in the end, at the foot."""
    for name, end, aside, colour in (("true grade", grade, 1, DARK_BLUE), ("rating", rating, -1, DARK_PINK)):
        height = (end or 0.75) + aside * (0.14 if grade == rating or not end else _ASIDE)
        axes.annotate(
            name,
            (1, height),
            (8, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            color=colour,
            weight="bold",
            annotation_clip=False,
        )


def runs(steps: Steps, horizon: int) -> list[tuple[list[int], list[int]]]:
    """Split steps where there is no grade: for each run its ticks and grades, the last one held to the end."""
    found: list[tuple[list[int], list[int]]] = []
    for (tick, grade), (following, _) in pairwise([*steps, (horizon, 0)]):
        if grade == 0:
            continue
        if not found or found[-1][0][-1] != tick or (tick, 0) in steps:
            found.append(([tick], [grade]))
        found[-1][1][-1] = grade
        found[-1][0].append(following)
        found[-1][1].append(grade)
    return found


def draw_rows(axes: "Axes", rows: Sequence[Row], *, names_above: bool = False) -> None:
    """Draw a row of marks for each kind of thing, its name beside it or above it."""
    axes.set_ylim(len(rows) - (0.3 if names_above else 0.5), -(0.9 if names_above else 0.5))
    axes.set_yticks(range(len(rows)), ["" if names_above else row.name for row in rows])
    axes.spines["left"].set_visible(False)
    for i, row in enumerate(rows):
        axes.axhline(i, color=RULE, lw=0.6, zorder=1)
        if names_above:
            axes.text(0, i - 0.3, row.name, transform=axes.get_yaxis_transform(), size=8.5, va="bottom")
        colour, tall = DARK_PINK if row.name.startswith("Inspections") else INK, 8 if names_above else 12
        axes.plot(row.ticks, [i] * len(row.ticks), "|", color=colour, markersize=tall, markeredgewidth=1.8, zorder=3)


def draw_years(axes: "Axes", life: Life, most: int = _YEARS_LABELLED) -> None:
    """Label the beginnings of calendar years; of more than `most`, only every fifth."""
    first, last = day_of(life.begins, life.epoch), day_of(life.horizon, life.epoch)
    step = 1 if last.year - first.year <= most else 5
    years = [year for year in range(first.year + 1, last.year + 1) if year % step == 0]
    axes.set_xticks([tick_of(date(year, 1, 1), life.epoch) for year in years], [str(year) for year in years], size=9)


def draw_spans(axes: "Axes", life: Life, with_notes: bool) -> None:
    """Shade the warm-up and the time poor and not found, and mark where a new provider takes the place."""
    if life.measured_from > life.begins:
        axes.axvspan(life.begins, life.measured_from, color=SHADE, lw=0, zorder=0)
        if with_notes:
            _note(axes, life.begins, "warm-up")
    for spell in spells(life):
        axes.axvspan(spell.began, spell.until, color=ORANGE, alpha=0.35, lw=0, zorder=0.5)
    room = int(_ROOM_OF_NOTE * (life.horizon - life.begins))
    noted = life.begins - room
    for moment in life.moments:
        if moment.what == REGISTERED:
            axes.axvline(moment.tick, color=QUIET, lw=1, linestyle=(0, (1, 2)), zorder=1)
            if with_notes and noted + room < moment.tick < life.horizon - room:
                _note(axes, moment.tick, "new provider", foot=True)
                noted = moment.tick


def _note(axes: "Axes", tick: int, text: str, foot: bool = False) -> None:
    """Write beside a moment, at the top or at the foot."""
    axes.annotate(
        text,
        (tick, 0 if foot else 1),
        (3, 2 if foot else -2),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        va="bottom" if foot else "top",
        size=8.5,
        color=QUIET,
    )


def said(life: Life, rows: Sequence[Row]) -> str:
    """Report what is drawn."""
    poor = [
        f"from {day_of(spell.began, life.epoch).isoformat()} to {day_of(spell.until, life.epoch).isoformat()}"
        for spell in spells(life)
        if spell.until - spell.began >= TICKS_PER_DAY
    ]
    marks = joined([f"{row.name.lower()} {len(row.ticks)}" for row in rows])
    return f"{f'Poor and not found {joined(poor)}. ' if poor else ''}Marked: {marks}."
