"""How many inspectors each framework takes, and what they cost: a row for each framework."""

import math
from typing import Final

from simulator.experiments.post_costs import price_of_post
from simulator.experiments.sized import Sizing
from simulator.experiments.targets import Target
from simulator.present.chart_compare import (
    BETWEEN,
    HEADING,
    NAMES,
    PANEL,
    ROW,
    Panel,
    axes_of,
    draw_row,
    write_name,
)
from simulator.present.compared import UNDEFINED, Estimate
from simulator.present.frontier_words import title_of
from simulator.present.palette import DARK_BLUE
from simulator.present.sheet import Chart, drawing, sheet, source_of
from simulator.present.size_words import MILLION, decimal, fte, pounds
from simulator.present.wording import capital, joined, named, percent

NONE: Final = "no number"


def size_chart(sizing: Sizing) -> Chart:
    """Draw the full-time equivalents that meet the targets, and what they cost a year, with the interval of each."""
    titles = sizing.question.titles
    estimates = {each.framework: _estimate(sizing, position) for position, each in enumerate(sizing.sized)}
    price = price_of_post(sizing.question.scenario).pounds / MILLION
    panels = [
        Panel("Full-time equivalents", estimates),
        Panel("£ million a year", {name: Estimate(*(price * each for each in of)) for name, of in estimates.items()}),
    ]
    title = size_headline(sizing)
    what = (
        f"Inspectors of the pool {sizing.pool}, for {joined([_in_words(each) for each in sizing.targets])}, "
        f"and the numbers between which the fewest lie, with {percent(sizing.effort.confidence)} confidence"
    )
    height = HEADING + ROW * len(titles)
    with drawing():
        drawn, room = sheet(title, what, height, source_of(sizing.question.own_register))
        for side, panel in enumerate(panels):
            axes = axes_of(drawn, room, panel, NAMES + side * (PANEL + BETWEEN), height)
            for row, estimate in enumerate(panel.estimates.values()):
                draw_row(axes, DARK_BLUE, estimate, HEADING + ROW * (row + 0.5))
        for row, each in enumerate(titles.values()):
            write_name(drawn, each, room.top - (HEADING + ROW * (row + 0.5)) / drawn.get_figheight())
    return Chart("size", title, f"Two bar charts. {title}. {_said(sizing)}", drawn)


def size_headline(sizing: Sizing) -> str:
    """Say which framework takes the fewest inspectors, and which the most."""
    titles = sizing.question.titles
    found = [(each.fte, titles[each.framework]) for each in sizing.sized if each.fte is not None]
    if not found:
        return "No number of inspectors is known to meet the targets"
    (fewest, least), (most, greatest) = min(found), max(found)
    told = f"{named(least)} takes {fte(sizing, fewest)} inspectors"
    if fewest < most:
        told += f", {named(greatest)} {fte(sizing, most)}"
    elif len(found) > 1:
        told = f"all take {fte(sizing, fewest)} inspectors"
    return capital(f"to meet the target{'s' if len(sizing.targets) > 1 else ''} {told}")


def _in_words(target: Target) -> str:
    """Write a target with the title of its measure."""
    relation = "at least" if target.relation == ">=" else "at most"
    return f"{title_of(target.quantity)} {relation} {decimal(target.bound)}"


def _estimate(sizing: Sizing, position: int) -> Estimate:
    sized = sizing.sized[position]
    if sized.fte is None:
        return UNDEFINED
    low, high = sizing.interval(sized)
    return Estimate(sized.fte, low, high)


def _said(sizing: Sizing) -> str:
    """Say the numbers, for those who do not see the chart."""
    price = price_of_post(sizing.question.scenario).pounds
    told = []
    for each in sizing.sized:
        title, (low, high) = sizing.question.titles[each.framework], sizing.interval(each)
        number = NONE
        if each.fte is not None and not math.isnan(low):
            number = f"{fte(sizing, each.fte)} ({fte(sizing, low)} to {fte(sizing, high)})"
            number += f", {pounds(each.fte * price)} a year"
        told.append(f"{title}: {number}.")
    return " ".join(told)
