"""How closely the headline differences of a comparison are known, against what was asked.

The headline differences are those from the baseline, paired by replication, in the measures that the scenario names
under ``[run.replications.precision]``: of children's homes, or of all providers where there are none of them.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from simulator.inputs.messages import InputError, not_one_of
from simulator.measures.names import BY_NAME
from simulator.running.looks import Plan, exactly, until
from simulator.running.question import Question
from simulator.scenario.replications import Precision
from simulator.scenario.scenario import RunSettings

if TYPE_CHECKING:
    import pandas as pd


class Known(NamedTuple):
    """A headline difference, and how closely it is known."""

    framework: str
    baseline: str
    service_type: str
    measure: str
    mean: float
    """The difference, framework less baseline; not-a-number where it is undefined in every replication."""
    half_width: float
    """Half of its interval; not-a-number where there is none."""
    asked: float
    """The widest that it may be."""
    replications: int
    """In which it is defined."""

    @property
    def reached(self) -> bool:
        """Whether it is known as closely as asked; what is undefined everywhere is not waited for."""
        return self.replications == 0 or self.half_width <= self.asked


def plan_of(run: RunSettings) -> Plan:
    """Return the numbers of replications after which to look whether they are enough."""
    return until(run.until.least, run.until.most) if run.until else exactly(run.replications)


def asked_of(question: Question) -> dict[str, Precision]:
    """Return the precision asked for by measure, nothing if a number of replications is.

    Raises
    ------
    InputError
        If there is no such measure.
    """
    run = question.scenario.run
    asked = run.until.precision if run.until else {}
    for name in asked:
        if name not in BY_NAME:
            raise InputError(f"run.replications.precision: {not_one_of(name, 'measure', list(BY_NAME))}")
    return asked


def known(question: Question, summary: "pd.DataFrame", differences: "pd.DataFrame") -> tuple[Known, ...]:
    """Report the precision of each headline difference.

    Parameters
    ----------
    question
        What was asked.
    summary, differences
        As `simulator.running.frames.RunningFrames` gives them.

    Returns
    -------
    tuple of Known
        By measure, then by framework; none if a number of replications is asked for.
    """
    asked, subject, base = asked_of(question), question.subject, question.baseline
    keys = ["framework", "service_type", "measure"]
    levels = dict(zip(zip(*(summary[key] for key in keys), strict=True), summary["mean"], strict=True))
    rows = {tuple(row[key] for key in keys): row for row in differences.to_dict("records")}
    told = []
    for measure, precision in asked.items():
        for name in question.names:
            if name != base:
                row = rows[name, subject, measure]
                level = max(levels[name, subject, measure], levels[base, subject, measure])
                half = (row["high"] - row["low"]) / 2
                widest = precision.half_width(level)
                count = int(row["replications"])
                told.append(Known(name, base, subject, measure, float(row["mean"]), float(half), float(widest), count))
    return tuple(told)


def replications_needed(now: int, told: Sequence[Known]) -> float:
    """Reckon how many replications it takes until all is known as closely as asked: half-widths go as their root.

    Parameters
    ----------
    now
        Replications so far.
    told
        What is known by them.

    Returns
    -------
    float
        `now` if they are enough; infinity where one has no interval yet.
    """
    return max((_needed(now, difference) for difference in told), default=now)


def _needed(now: int, one: Known) -> float:
    if one.reached:
        return now
    if math.isnan(one.half_width) or one.asked == 0:
        return math.inf
    return max(now * (one.half_width / one.asked) ** 2, now + 1)
