"""Charts of a frontier: a measure over the number of inspectors and over what inspection costs, by framework."""

import re
from typing import TYPE_CHECKING

import numpy as np

from simulator.answers.answer import Drawn
from simulator.charts.line_plot import Frame, Line, Text, looks, plotted, shown, ticks_of, top_of
from simulator.charts.sheet import Chart, drawing, source_of
from simulator.measures.declaration import SHARE
from simulator.measures.names import ALL_SERVICES
from simulator.questions.compare.chart_inspectors import (
    NOT_KEPT,
    ON_TIME,
    RINGS,
    UNFOUND,
    OverInspectors,
    has_duties,
    inspectors_chart,
    inspectors_table,
    not_kept_up_to,
)
from simulator.questions.compare.headlines import MOST_NAMED
from simulator.questions.frontier.curves import COST, POSTS, Frontier
from simulator.questions.frontier.moves import moves_told
from simulator.questions.frontier.words import cost_told, figures, pair_told
from simulator.running.posts import mean_fte
from simulator.running.targets import Floats, Quantity
from simulator.words.estimates import CHILDRENS_HOMES, EVERYONE
from simulator.words.money import MILLION
from simulator.words.pools import inspectors_of
from simulator.words.quantities import title_of
from simulator.words.wording import counted, joined, named, number

if TYPE_CHECKING:
    import pandas as pd


def charts(frontier: Frontier) -> list[Drawn]:
    """Draw duties over the number of inspectors, then every measure over it and over cost."""
    return [*inspectors_drawn(frontier), *frontier_charts(frontier)]


def frontier_charts(frontier: Frontier) -> list[Drawn]:
    """Draw every measure over the number of inspectors, and over cost."""
    with drawing():
        return [
            Drawn(draw(frontier, quantity), numbers_frame(frontier, [quantity]))
            for quantity in frontier.quantities
            for draw in (_chart_by_fte, _chart_by_cost)
        ]


def inspectors_drawn(frontier: Frontier) -> list[Drawn]:
    """Draw duties kept and those poor and unfound over the number of inspectors; nothing where no duty falls due."""
    question = frontier.question
    subject = CHILDRENS_HOMES if CHILDRENS_HOMES.service_type in question.service_types else EVERYONE
    on_time, unfound = (
        {name: frontier.band(name, Quantity(measure, service_type)) for name in question.names}
        for measure, service_type in ((ON_TIME, ALL_SERVICES), (UNFOUND, subject.service_type))
    )
    if not any(map(has_duties, on_time.values())):
        return []
    over = OverInspectors(
        question.frameworks,
        question.titles,
        question.baseline,
        np.array(frontier.numbers),
        on_time,
        unfound,
        subject,
        mean_fte(question, frontier.pool),
        frontier.pool,
        f"Mean and 95% interval over {counted(frontier.finished, 'replication')} (bars); {RINGS}",
        source_of(question.own_register),
    )
    return [Drawn(inspectors_chart(over), inspectors_table(over))]


def _chart_by_fte(frontier: Frontier, quantity: Quantity) -> Chart:
    """Draw a measure over the number of inspectors."""
    x = np.array(frontier.numbers)
    told = [pair for pair in frontier.pairs if pair.quantity == quantity]
    crossing = [pair for pair in told if pair.course.crossings]
    title = f"{title_of(quantity)}, by number of inspectors"
    if crossing or len(told) == 1:
        title = without_brackets(pair_told(frontier, (crossing or told)[0]))
    if not told:
        title = without_brackets(moves_told(frontier, frontier.question.names[0], quantity).partition(". ")[0])
    what = f"{title_of(quantity)}: mean and 95% interval over replications (shaded), by full-time equivalents"
    across = f"Full-time equivalents of {inspectors_of(frontier.pool)}"
    lines = _lines(frontier, quantity, {})
    on_time = {name: frontier.band(name, Quantity(ON_TIME, ALL_SERVICES)) for name in frontier.question.names}
    shaded = not_kept_up_to(frontier.numbers, on_time)
    return _chart(frontier, quantity, f"{_name(quantity)}-by-fte", (title, what), lines, (x, across), shaded)


def without_brackets(sentence: str) -> str:
    """Make a sentence into a title: without the intervals in brackets and the full stop."""
    return re.sub(r" \([^()]*\)", "", sentence).removesuffix(".")


def _chart_by_cost(frontier: Frontier, quantity: Quantity) -> Chart:
    """Draw a measure over what the work of inspection costs."""
    costs = {name: frontier.band(name, COST).mean / MILLION for name in frontier.question.names}
    every = np.concatenate(list(costs.values()))
    told = [pair for pair in frontier.pairs if pair.quantity == quantity]
    crossing = [pair for pair in told if pair.by_cost and pair.by_cost.course.crossings]
    if crossing:
        title = without_brackets(cost_told(frontier, crossing[0]))
    else:
        means = {name: frontier.band(name, quantity).mean for name in costs}
        title = _cost_headline(frontier, quantity, costs, means)
    what = (
        f"{title_of(quantity)}: mean and 95% interval over replications (shaded), by the mean cost of the work that "
        "inspectors do; a point for each number of inspectors"
    )
    x = np.array([np.nanmin(every), np.nanmax(every)])
    if x[0] == x[1]:
        x = x + np.array([-0.5, 0.5]) * max(float(x[0]), 1.0)
    lines = _lines(frontier, quantity, costs)
    return _chart(frontier, quantity, f"{_name(quantity)}-by-cost", (title, what), lines, (x, "£ million a year"))


def _cost_headline(frontier: Frontier, quantity: Quantity, costs: dict[str, Floats], means: dict[str, Floats]) -> str:
    """Report the measure of every framework for the same money, or that of the first one for less and for more.

    Parameters
    ----------
    frontier
        The curves that are drawn.
    quantity
        The measure.
    costs
        Of each framework, in millions of pounds a year, by number of inspectors.
    means
        Of the measure, in the same way.
    """
    titles = frontier.question.titles
    curves = {name: _increasing(costs[name], means[name]) for name in costs}
    low, high = (end(float(x[at]) for x, _ in curves.values() if x.size) for end, at in ((max, 0), (min, -1)))
    what = title_of(quantity)
    base, *others = curves
    if not others or not low < high or any(not x.size for x, _ in curves.values()):
        x, y = curves[base]
        if not x.size:
            return f"{what}: undefined under {named(titles[base])}"
        told = joined([f"{_value(y[at], quantity)} for £{number(x[at], 1)} million a year" for at in (0, -1)])
        return f"{what}: {told} under {named(titles[base])}"
    same = (low + high) / 2
    reached = {name: float(np.interp(same, x, y)) for name, (x, y) in curves.items()}
    shown_of = list(reached)
    if len(reached) > MOST_NAMED:
        shown_of = [base, min(others, key=lambda name: reached[name]), max(others, key=lambda name: reached[name])]
    told = joined([f"{_value(reached[name], quantity)} under {named(titles[name])}" for name in shown_of])
    return f"{what}: for £{number(same, 1)} million a year {told}"


def _increasing(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Select the points of a curve that are known and cost more than all earlier ones."""
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known], y[known]
    before = np.concatenate([[-np.inf], np.maximum.accumulate(x)[:-1]]) if x.size else x
    return x[x > before], y[x > before]


def _value(value: float, quantity: Quantity) -> str:
    return shown(value, _as_percent(quantity))


def _as_percent(quantity: Quantity) -> bool:
    return quantity.of.unit == SHARE


def _chart(
    frontier: Frontier,
    quantity: Quantity,
    name: str,
    told: tuple[str, str],
    lines: list[Line],
    across: tuple[Floats, str],
    shaded: float | None = None,
) -> Chart:
    title, what = told
    x, label = across
    as_percent = _as_percent(quantity)
    frame = Frame(x, label, 1.0 if as_percent else top_of([line.band for line in lines]), ticks_of(x), as_percent)
    frame = frame._replace(shaded_to=shaded, shade=NOT_KEPT, bars=True)
    drawn = plotted(Text(title, what, source_of(frontier.question.own_register)), lines, frame)
    first, last = (figures(frontier, frontier.numbers[at]) for at in (0, -1))
    said = " ".join(
        f"{line.title}: {shown(float(line.band.mean[0]), as_percent)} with {first} FTE, "
        f"{shown(float(line.band.mean[-1]), as_percent)} with {last}."
        for line in lines
    )
    return Chart(name, title, f"Line chart. {title}. {said}", drawn)


def _lines(frontier: Frontier, quantity: Quantity, x: dict[str, Floats]) -> list[Line]:
    titles = frontier.question.titles
    return [
        Line(title, name == frontier.question.baseline, look, frontier.band(name, quantity), x.get(name))
        for (name, title), look in zip(titles.items(), looks(len(titles)), strict=True)
    ]


def _name(quantity: Quantity) -> str:
    return f"{quantity.measure}-{quantity.service_type}"


def curves_frame(frontier: Frontier) -> "pd.DataFrame":
    """Return the curves of all measures."""
    return numbers_frame(frontier, list(frontier.quantities))


def numbers_frame(frontier: Frontier, quantities: list[Quantity]) -> "pd.DataFrame":
    """Return the curves: a row for each framework, measure and number of inspectors."""
    import pandas as pd

    frames = []
    for name in frontier.question.names:
        cost, posts = frontier.band(name, COST), frontier.band(name, POSTS)
        for quantity in quantities:
            band = frontier.band(name, quantity)
            columns = {
                "framework": name,
                "service_type": quantity.service_type,
                "measure": quantity.measure,
                "fte": frontier.numbers,
                "cost_per_year": cost.mean,
                "posts_cost_per_year": posts.mean,
                "mean": band.mean,
                "low": band.low,
                "high": band.high,
                "replications": frontier.counts(name, quantity),
            }
            frames.append(pd.DataFrame(columns))
    return pd.concat(frames, ignore_index=True)
