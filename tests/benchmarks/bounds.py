"""What must hold of the speed, and what is aimed at; read off what `make bench` measured."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

from .replications import C_SAME, COMPILED, PLAIN, SIMPY

Measured = Mapping[str, Any]


class Bound(NamedTuple):
    """One number that was measured, and what it has to be."""

    what: str
    least: float
    """Made of the least of the times taken, which are those that noise has touched least."""
    median: float
    """Made of their medians."""
    bound: float
    aim: float | None
    unit: str
    is_ceiling: bool
    """Whether it must not be more than the bound; else it must not be less."""

    @property
    def holds(self) -> bool:
        """Whether the bound holds, by the least times."""
        return self.least <= self.bound if self.is_ceiling else self.least >= self.bound


def bounds(measured: Measured) -> list[Bound]:
    """Give every bound, with what was measured; those that could not be measured are left out."""
    england, trial = measured["england"]["seconds"], measured["trial"]["seconds"]
    found = [
        Bound(
            "England, 3 + 10 years, option A: the SimPy engine takes, in times of the compiled engine",
            *ratios(england[SIMPY], england[COMPILED]),
            bound=20,
            aim=40,
            unit="times",
            is_ceiling=False,
        ),
        Bound(
            "The trial: the plain SimPy model takes, in times of the compiled engine",
            *ratios(trial[PLAIN], trial[COMPILED]),
            bound=90,
            aim=150,
            unit="times",
            is_ceiling=False,
        ),
    ]
    if C_SAME in trial:
        what = "The trial: the compiled engine takes, in times of the loop in C"
        pair = ratios(trial[COMPILED], trial[C_SAME])
        found.append(Bound(what, *pair, bound=2.5, aim=1.5, unit="times", is_ceiling=True))
    of_england = [row for row in measured["sizes"] if row["model"] == "england"]
    first, last = of_england[0], of_england[-1]
    growth = cost(last, min) / cost(first, min), cost(last, median) / cost(first, median)
    what = f"England: an event of {last['providers']:,} providers costs, in times of one of {first['providers']:,}"
    found.append(Bound(what, *growth, bound=2.5, aim=None, unit="times", is_ceiling=True))
    peak = memory(last)
    what = f"England: memory of a process that runs {last['providers']:,} providers, and of the one that draws them"
    found.append(Bound(what, peak, peak, bound=600, aim=None, unit="MB", is_ceiling=True))
    helps, firsts = measured["helps"], [each["wall"] for each in measured["firsts"]]
    what = "`inspectsim --help`, CPU time"
    found.append(Bound(what, min(helps), median(helps), bound=0.3, aim=None, unit="s", is_ceiling=True))
    what = "`inspectsim compare`, compiled before: begins its first replication after"
    found.append(Bound(what, min(firsts), median(firsts), bound=2, aim=None, unit="s", is_ceiling=True))
    return found


def ratios(slow: Sequence[float], quick: Sequence[float]) -> tuple[float, float]:
    """Give how many times as long the slow takes, by least and by median."""
    return min(slow) / min(quick), median(slow) / median(quick)


def cost(row: Measured, of: Any) -> float:
    """Give the microseconds of CPU time for each event of a size, by least or median."""
    return float(of(row["seconds"]) / row["events"] * 1e6)


def memory(row: Measured) -> float:
    """Give the most megabytes that either process of a size had: the one that drew the providers, the one that ran."""
    return float(max(row["prepared_megabytes"], row["run_megabytes"]))
