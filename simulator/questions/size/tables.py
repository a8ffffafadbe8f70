"""The answer to `inspectsim size` as tables: full-time equivalents, cost and the interval of each, by framework."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from simulator.measures.names import BESIDE_SIZE
from simulator.questions.frontier.next_posts import next_frame
from simulator.questions.size.found import Sized, Sizing
from simulator.questions.size.words import fte
from simulator.running.batches import Failure
from simulator.running.post_costs import price_of_post
from simulator.running.staffing_levels import Level
from simulator.words.money import MILLION

if TYPE_CHECKING:
    import pandas as pd

_HEADINGS: Final = ("framework", "FTE", "interval", "£ million a year", "its interval", "simple arithmetic, FTE")

IMPOSSIBLE: Final = "impossible"
"""How a search ends where a target is missed even without any limit to inspectors."""


class _AtLevels(Protocol):
    @property
    def failures(self) -> Sequence[tuple[Level, Failure]]: ...


def outcome(sized: Sized) -> str:
    """Name how the search ended: found, impossible, unclear or undefined."""
    if sized.fte is not None:
        return "found"
    standing = sized.without_limit.standing
    return {"missed": IMPOSSIBLE, "met": "out of reach"}.get(standing, standing)


def size_frame(sizing: Sizing) -> "pd.DataFrame":
    """Return the answer, a row for each framework; empty where there is no number.

    The cost of posts is that of the pool sized; the costs in the last columns are measures at the answer, of all pools.
    """
    import pandas as pd

    price = price_of_post(sizing.question.scenario)
    rows: list[dict[str, Any]] = []
    for sized in sizing.sized:
        low, high = sizing.interval(sized)
        at = sized.at_answer
        asked = sized.without_limit.worked
        rows.append(
            {
                "framework": sized.framework,
                "title": sizing.question.titles[sized.framework],
                "pool": sizing.pool,
                "outcome": outcome(sized),
                "fte": sized.fte,
                "fte_low": low,
                "fte_high": high,
                "confidence": sizing.effort.confidence,
                "posts_cost_per_year": None if sized.fte is None else sized.fte * price.pounds,
                "posts_cost_per_year_low": low * price.pounds,
                "posts_cost_per_year_high": high * price.pounds,
                "arithmetic_fte": sized.arithmetic,
                "inspector_days_asked_for": asked,
                "deployable_days_per_fte_year": price.days,
                "share_of_it_done": at.worked / asked if at and asked > 0 else math.nan,
                "share_of_time_in_use": at.worked / at.there if at and at.there > 0 else math.nan,
                "replications": at.replications if at else sized.without_limit.replications,
                **{name: at.costs[name] if at else math.nan for name in BESIDE_SIZE},
            }
        )
    return pd.DataFrame(rows)


def points_frame(sizing: Sizing) -> "pd.DataFrame":
    """Return every number tried: a row for each framework, number and target; of one that no team fits, empty."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for sized in sizing.sized:
        for point in sized.points:
            for position, wanted in enumerate(sizing.targets):
                told = point.verdicts[position] if point.verdicts else None
                rows.append(
                    {
                        "framework": sized.framework,
                        "fte": point.fte,
                        "target": str(wanted),
                        "mean": told.mean if told else math.nan,
                        "low": told.low if told else math.nan,
                        "high": told.high if told else math.nan,
                        "standing": told.standing if told else "no team",
                        "replications": told.replications if told else 0,
                    }
                )
    return pd.DataFrame(rows)


def steps_frame(sizing: Sizing) -> "pd.DataFrame":
    """Return what more inspectors bring; empty where that was not asked."""
    import pandas as pd

    return next_frame(sizing.next) if sizing.next else pd.DataFrame()


def failed_levels_frame(found: _AtLevels) -> "pd.DataFrame":
    """Return the runs that failed."""
    import pandas as pd

    return pd.DataFrame(
        [
            {"framework": level.framework, "fte": level.fte, "replication": failure.replication, "seed": failure.seed}
            | {"error": failure.error, "where": failure.where}
            for level, failure in found.failures
        ]
    )


def shown_frame(sizing: Sizing) -> "pd.DataFrame":
    """Return the answer for people: a row for each framework."""
    import pandas as pd

    return pd.DataFrame(list(_rows(sizing)), columns=list(_HEADINGS))


def _rows(sizing: Sizing) -> Iterator[list[str]]:
    """Return the cells of `_HEADINGS`, a row for each framework."""
    price = price_of_post(sizing.question.scenario).pounds / MILLION
    for sized in sizing.sized:
        low, high = sizing.interval(sized)
        cells = [f"none ({outcome(sized)})", "-", "-", "-"]
        if sized.fte is not None:
            cells = [
                fte(sizing, sized.fte),
                f"{fte(sizing, low)} to {fte(sizing, high)}",
                f"{sized.fte * price:,.2f}",
                f"{low * price:,.2f} to {high * price:,.2f}",
            ]
        yield [sizing.question.titles[sized.framework], *cells, f"{sized.arithmetic:,.1f}"]
