"""What the next inspectors bring: each step between two numbers tried, paired by replication, and what it costs."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.measures.bands import running_of
from simulator.measures.names import ALL_SERVICES
from simulator.questions.frontier.curves import Frontier
from simulator.questions.frontier.words import figures
from simulator.running.post_costs import price_of_post
from simulator.running.posts import mean_fte
from simulator.running.targets import Quantity
from simulator.words.estimates import Estimate
from simulator.words.money import about, pounds
from simulator.words.pools import inspectors_of
from simulator.words.rounded import short
from simulator.words.wording import joined, named

if TYPE_CHECKING:
    import pandas as pd

_DAYS: Final = "days_unfound_mean"
_UNFOUND: Final = "undetected_poor_provider_years"
_ON_TIME: Final = "on_time_share"
_SAID: Final = {
    _DAYS: ("poor {whose} go unfound for {} days less", "poor {whose} go unfound for {} days more"),
    _UNFOUND: ("{} fewer {whose} are poor and unfound", "{} more {whose} are poor and unfound"),
    _ON_TIME: ("{} fewer of 100 statutory inspections end on time", "{} more of 100 statutory inspections end on time"),
}
"""What less and what more of a measure is, where inspectors are added."""
_OF_HUNDRED: Final = 100
_LEAST: Final = 0.05
"""Differences below are written as nought."""


class Step(NamedTuple):
    """What inspectors added bring under one framework, from one number tried to the next."""

    framework: str
    fte: float
    to: float
    gains: dict[Quantity, Estimate]
    """Each measure with more inspectors less that with fewer, paired by replication."""
    pounds: float
    """A year, of the posts added."""


def quantities(frontier: Frontier) -> list[Quantity]:
    """Return what inspectors are for: days unfound, those unfound, and duties kept on time, where any fall due."""
    subject = frontier.question.subject
    every = [Quantity(_DAYS, subject), Quantity(_UNFOUND, subject), Quantity(_ON_TIME, ALL_SERVICES)]
    return [
        one for one in every if any(np.isfinite(frontier.values(name, one)).any() for name in frontier.question.names)
    ]


def steps(frontier: Frontier, framework: str) -> list[Step]:
    """Return every step between two neighbours of the numbers tried."""
    price = price_of_post(frontier.question.scenario).pounds
    bands = {one: running_of(np.diff(frontier.values(framework, one), axis=1)).band() for one in quantities(frontier)}
    return [
        Step(
            framework,
            fte,
            to,
            {one: Estimate(*(float(end[place]) for end in band)) for one, band in bands.items()},
            (to - fte) * price,
        )
        for place, (fte, to) in enumerate(pairwise(frontier.numbers))
    ]


def enough(frontier: Frontier, framework: str) -> float | None:
    """Return the number from which on the most tried are clearly better by no measure; None if there is none."""
    clear = -1
    for one in quantities(frontier):
        values = (1 if one.measure == _ON_TIME else -1) * frontier.values(framework, one)
        gain = running_of(values[:, -1:] - values).band()
        clear = max([clear, *np.flatnonzero(gain.low > 0).tolist()])
    return frontier.numbers[clear + 1] if clear < len(frontier.numbers) - 2 else None


def next_told(frontier: Frontier) -> list[str]:
    """Report what the next inspectors bring at the number of the scenario, and where they bring nothing any more."""
    if len(frontier.numbers) < 2:  # noqa: PLR2004  (no step)
        return []
    return [f"{step_told(frontier, name)} {_further(frontier, name)}" for name in frontier.question.names]


def step_told(frontier: Frontier, framework: str) -> str:
    """Report what the next inspectors bring at the number of the scenario, and what they cost."""
    step = _at_present(frontier, steps(frontier, framework))
    there, more = figures(frontier, step.fte), figures(frontier, step.to - step.fte)
    who = inspectors_of(frontier.pool)
    told = f"With {more} more than {there} {who} under {named(frontier.question.titles[framework])}, {_gains(step)}"
    return f"{told}; they cost {pounds(about(step.pounds))} a year."


def _at_present(frontier: Frontier, every: Sequence[Step]) -> Step:
    """Return the step that begins next to the number of the scenario."""
    there = mean_fte(frontier.question, frontier.pool)
    return min(every, key=lambda step: abs(step.fte - there) if np.isfinite(there) else -step.fte)


def _gains(step: Step) -> str:
    clear = [_gain(one, gain) for one, gain in step.gains.items() if _is_told(one, gain)]
    return joined(clear) if clear else "nothing changes that can be distinguished from chance"


def _is_told(one: Quantity, gain: Estimate) -> bool:
    """Return whether a difference is clear, and not nothing as it is written."""
    factor = _OF_HUNDRED if one.measure == _ON_TIME else 1
    return (gain.low > 0 or gain.high < 0) and abs(factor * gain.mean) >= _LEAST


def _gain(one: Quantity, gain: Estimate) -> str:
    """Report a clear difference with its interval."""
    factor = _OF_HUNDRED if one.measure == _ON_TIME else 1
    said = _SAID[one.measure][gain.mean > 0]
    low, high = sorted(abs(factor * end) for end in (gain.low, gain.high))
    between = f" ({short(low)} to {short(high)})" if low < high else ""
    whose = "providers" if one.service_type == ALL_SERVICES else "homes"
    return said.format(short(abs(factor * gain.mean)), whose=whose) + between


def _further(frontier: Frontier, framework: str) -> str:
    """Report from which number on further inspectors bring nothing clear."""
    most, last = enough(frontier, framework), figures(frontier, frontier.numbers[-1])
    if most is None:
        return f"Up to {last}, the most tried, further inspectors still bring something clear."
    return f"Beyond {figures(frontier, most)}, further inspectors bring nothing that can be distinguished from chance."


def next_frame(frontier: Frontier) -> "pd.DataFrame":
    """Return every step: framework, fte, fte_to, service_type, measure, mean, low, high, posts_cost_per_year."""
    import pandas as pd

    rows = [
        (step.framework, step.fte, step.to, one.service_type, one.measure, *gain, step.pounds)
        for name in frontier.question.names
        for step in steps(frontier, name)
        for one, gain in step.gains.items()
    ]
    columns = ["framework", "fte", "fte_to", "service_type", "measure", "mean", "low", "high", "posts_cost_per_year"]
    return pd.DataFrame(rows, columns=columns)
