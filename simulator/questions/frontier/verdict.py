"""The verdict of a frontier: from which number of inspectors duties are kept, and what few and many of them achieve."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from simulator.answers.conditions import unstaffed_told
from simulator.measures.bands import Band
from simulator.measures.names import ALL_SERVICES
from simulator.questions.compare.chart_inspectors import ON_TIME, has_duties, kept_from, kept_told
from simulator.questions.compare.doubts import assumed_told
from simulator.questions.compare.layers import layer_of, layers_told
from simulator.questions.frontier.curves import COST, Frontier
from simulator.questions.frontier.moves import moves_told
from simulator.questions.frontier.next_posts import next_told
from simulator.questions.frontier.reached import reached, reached_told
from simulator.questions.frontier.words import figures, pair_told
from simulator.render.verdict import Line, Verdict
from simulator.running.targets import Quantity
from simulator.words.money import about, pounds
from simulator.words.pools import inspectors_of
from simulator.words.quantities import title_of
from simulator.words.rounded import nearly_percent
from simulator.words.targets import amount_told
from simulator.words.wording import capital, counted, joined, named

_NONE: Final = "–"
"""Where a framework has no number."""
_ON_TIME: Final = Quantity(ON_TIME, ALL_SERVICES)
_FTE: Final = "full-time equivalents"


def verdict_of(frontier: Frontier) -> Verdict:
    """Return the verdict of a frontier."""
    frameworks = frontier.question.frameworks
    return Verdict(
        title=f"{kept_told(frontier.numbers, frontier.pool, _on_time(frontier), frontier.question.titles)}.",
        trouble=(*unstaffed_told(frontier.question), *_trouble(frontier)),
        layers=tuple(layer_of(framework) for framework in frameworks),
        columns=tuple(frontier.question.titles.values()),
        lines=tuple(_lines(frontier)),
        told=(
            *_targets_told(frontier),
            *next_told(frontier),
            *_first_measure_told(frontier),
            *layers_told(frameworks),
        ),
        doubts=tuple(_doubts(frontier)),
    )


def _on_time(frontier: Frontier) -> dict[str, Band]:
    return {name: frontier.band(name, _ON_TIME) for name in frontier.question.names}


def _enough(frontier: Frontier, name: str) -> float | None:
    """Return the smallest number tried from which on duties are kept, None if they are not with the most."""
    return kept_from(frontier.numbers, frontier.band(name, _ON_TIME))


def _trouble(frontier: Frontier) -> Iterator[str]:
    """Report under which frameworks even the most inspectors do not keep the duties."""
    late = [
        named(title)
        for name, title in frontier.question.titles.items()
        if has_duties(_on_time(frontier)[name]) and _enough(frontier, name) is None
    ]
    if late:
        most = figures(frontier, frontier.numbers[-1])
        yield f"The law is not kept under {joined(late)}, even with {most} full-time equivalents, the most tried."


def _lines(frontier: Frontier) -> Iterator[Line]:
    """Return the number needed, the numbers tried, and what the fewest, the middle and the most achieve and cost."""
    names = frontier.question.names
    group = capital(inspectors_of(frontier.pool))
    numbers = [_enough(frontier, name) for name in names]
    cells = (_NONE if number is None else figures(frontier, number) for number in numbers)
    yield Line("needed to keep duties", tuple(cells), group, tuple(numbers), _FTE)
    tried = f"{figures(frontier, frontier.numbers[0])} to {figures(frontier, frontier.numbers[-1])}"
    yield Line("range tried", (tried,) * len(names), group)
    last = len(frontier.numbers) - 1
    bands = _bands(frontier)
    for position in sorted({0, last // 2, last}):
        group = f"With {figures(frontier, frontier.numbers[position])}"
        for quantity, by_name in bands.items():
            yield _line(quantity, group, [float(by_name[name].mean[position]) for name in names])


def _bands(frontier: Frontier) -> dict[Quantity, dict[str, Band]]:
    """Return the curves that the lines are read off."""
    shown = dict.fromkeys((_ON_TIME, *frontier.quantities, COST))
    return {of: {name: frontier.band(name, of) for name in frontier.question.names} for of in shown}


def _line(quantity: Quantity, group: str, means: list[float]) -> Line:
    label = "statutory visits on time" if quantity == _ON_TIME else title_of(quantity)
    cells = (_NONE if np.isnan(mean) else _written(quantity, mean) for mean in means)
    values = (None if np.isnan(mean) else mean for mean in means)
    return Line(f"{label[:1].lower()}{label[1:]}", tuple(cells), group, tuple(values), quantity.of.unit)


def _written(quantity: Quantity, mean: float) -> str:
    if quantity == _ON_TIME:
        return nearly_percent(mean)
    return pounds(about(mean)) if quantity.of.unit.startswith("pounds") else amount_told(mean, quantity)


def _targets_told(frontier: Frontier) -> Iterator[str]:
    """Report from how many inspectors on each framework meets each target that was asked for."""
    return (reached_told(frontier, place) for place in reached(frontier))


def _first_measure_told(frontier: Frontier) -> Iterator[str]:
    """Report by the first measure who does better than the baseline where; how it moves under one framework alone."""
    base, names = frontier.question.baseline, frontier.question.names
    if len(names) == 1:
        yield moves_told(frontier, names[0], frontier.quantities[0])
    for pair in frontier.pairs:
        if pair.other == base and pair.quantity == frontier.quantities[0]:
            yield pair_told(frontier, pair)


def _doubts(frontier: Frontier) -> Iterator[str]:
    """Report what the curves hang on, what is assumed, and what chance does."""
    yield (
        "Between two numbers tried the curves are straight lines: a smaller step is more precise. Inspectors of other "
        "pools keep the numbers of the scenario."
    )
    yield assumed_told(frontier.question.scenario)
    yield (
        f"All numbers are means over {counted(frontier.finished, 'replication')}. Wrong assumptions can move every "
        "number more than chance does."
    )
