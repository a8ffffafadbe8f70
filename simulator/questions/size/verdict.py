"""The verdict of a search for a number of inspectors: the number, what it rests on, what it costs."""

import math
from collections.abc import Callable, Iterator
from typing import Final

from simulator.answers.conditions import unstaffed_told
from simulator.measures.names import ALL_SERVICES
from simulator.questions.compare.doubts import assumed_told
from simulator.questions.compare.layers import layer_of, layers_told
from simulator.questions.size.found import Point, Sized, Sizing
from simulator.questions.size.words import arithmetic, fte, how_many, more_told, order_remarks, targets_told, why_not
from simulator.render.verdict import Line, Verdict
from simulator.running.post_costs import price_of_post
from simulator.words.money import about, pounds
from simulator.words.pools import inspectors_of
from simulator.words.targets import amount_told, quantity_told
from simulator.words.wording import capital, named, number, percent

_NONE: Final = "–"
"""Where a framework has no number."""
_COSTS: Final = {
    "cost_per_year": "work that inspectors do",
    "burden_cost_per_year": "staff days of providers",
}
"""Costs told of a number of inspectors besides its posts, by measure."""
_FTE: Final = "full-time equivalents"


def verdict_of(sizing: Sizing) -> Verdict:
    """Return the verdict of a search."""
    frameworks = sizing.question.frameworks
    found = [sized for sized in sizing.sized if sized.fte is not None]
    return Verdict(
        title=_title(sizing),
        trouble=(*unstaffed_told(sizing.question), *_trouble(sizing)),
        layers=tuple(layer_of(framework) for framework in frameworks),
        columns=tuple(sizing.question.titles.values()),
        lines=tuple(_lines(sizing)),
        told=(
            *(f"{how_many(sizing, sized)} {arithmetic(sizing, sized)}" for sized in found),
            *more_told(sizing),
            *layers_told(frameworks),
        ),
        doubts=tuple(_doubts(sizing)),
    )


def _title(sizing: Sizing) -> str:
    """Report the number that each framework needs."""
    told = "; ".join(_needed(sizing, sized) for sized in sizing.sized)
    whose = inspectors_of(sizing.pool)
    return f"Number of full-time {whose} needed to meet {targets_told(sizing)}: {told}."


def _needed(sizing: Sizing, sized: Sized) -> str:
    needed = "none was found" if sized.fte is None else fte(sizing, sized.fte)
    return f"{needed} under {named(sizing.question.titles[sized.framework])}"


def _trouble(sizing: Sizing) -> Iterator[str]:
    """Report where there is no number, and where more inspectors did worse."""
    for sized in sizing.sized:
        if sized.fte is None:
            yield why_not(sizing, sized)
        yield from order_remarks(sizing, sized)


def _lines(sizing: Sizing) -> Iterator[Line]:
    """Return the number, the numbers tried, what is reached with the number, and its cost."""
    needed = capital(inspectors_of(sizing.pool))
    numbers = [sized.fte for sized in sizing.sized]
    yield _line("needed", needed, numbers, lambda value: fte(sizing, value), _FTE)
    spans = [sizing.interval(sized) for sized in sizing.sized]
    yield Line("range that chance allows", tuple(_span(sizing, *span) for span in spans), needed)
    tried = [[point.fte for point in sized.points if math.isfinite(point.fte)] for sized in sizing.sized]
    yield Line("range tried", tuple(_span(sizing, min(few), max(few)) if few else _NONE for few in tried), needed)
    yield _line("by simple arithmetic", needed, [sized.arithmetic for sized in sizing.sized], _tenths, _FTE)
    yield from _reached(sizing)
    price = price_of_post(sizing.question.scenario).pounds
    posts = [None if number is None else number * price for number in numbers]
    group = "Cost a year"
    yield _line("posts of these inspectors", group, posts, _amount, "pounds a year")
    for measure, label in _COSTS.items():
        costs = [_cost(sized.at_answer, measure) for sized in sizing.sized]
        if any(cost is not None for cost in costs):
            yield _line(label, group, costs, _amount, "pounds a year")


def _reached(sizing: Sizing) -> Iterator[Line]:
    """Return what each target comes to with the number needed, or without limit where there is none."""
    points = [sized.at_answer or sized.without_limit for sized in sizing.sized]
    for position, target in enumerate(sizing.targets):
        of = target.quantity
        means = [_known(point.verdicts[position].mean) if point.verdicts else None for point in points]
        group = "Reached with them, or without limit where none was found"
        whose = "" if of.service_type == ALL_SERVICES else f", {of.service_type}"
        unit = f"{of.of.unit}{whose}"
        yield _line(quantity_told(of), group, means, lambda value, of=of: amount_told(value, of), unit)  # type: ignore[misc]


def _line(label: str, group: str, values: list[float | None], write: Callable[[float], str], unit: str) -> Line:
    cells = (_NONE if value is None else write(value) for value in values)
    return Line(label, tuple(cells), group, tuple(values), unit)


def _span(sizing: Sizing, low: float, high: float) -> str:
    return _NONE if math.isnan(low) else f"{fte(sizing, low)} to {fte(sizing, high)}"


def _cost(point: Point | None, measure: str) -> float | None:
    return None if point is None else _known(point.costs.get(measure, math.nan))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _tenths(value: float) -> str:
    return number(value, 1)


def _amount(value: float) -> str:
    return pounds(about(value))


def _doubts(sizing: Sizing) -> Iterator[str]:
    """Report what the numbers hang on, what is assumed, and what chance does."""
    yield (
        "The search assumes that more inspectors never make things worse, and that every framework is carried out as "
        "written."
    )
    yield assumed_told(sizing.question.scenario)
    yield (
        f"The range reflects chance in the simulation, with {percent(sizing.effort.confidence)} confidence. Wrong "
        "assumptions can move every number more than that."
    )
