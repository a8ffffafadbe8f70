"""The tables of a sensitivity analysis."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.questions.sensitivity.assumptions import Assumption, Positions
from simulator.questions.sensitivity.one_at_a_time import Swings
from simulator.statistics.sobol import Indices
from simulator.statistics.verdicts import Standings, Verdict

if TYPE_CHECKING:
    import pandas as pd

ALIKE: Final = "all values equally likely"
BY_MAGNITUDE: Final = "all orders of magnitude equally likely"
AS_GIVEN: Final = "default"


def assumptions_frame(assumptions: Sequence[Assumption], singly: Sequence[Assumption]) -> "pd.DataFrame":
    """Return the assumptions that were varied, with their ranges.

    Columns assumption, mark, unit, given, kind (value or factor), low, high, distribution, singly. Where the range
    differs from place to place in the frameworks, given, low and high are empty.
    """
    import pandas as pd

    columns = ["assumption", "mark", "unit", "given", "kind", "low", "high", "distribution", "singly"]
    rows = [
        (
            assumption.key,
            assumption.mark,
            assumption.unit,
            np.nan if assumption.given is None else assumption.given,
            "factor" if assumption.is_factor else "value",
            assumption.at(0.0),
            assumption.at(1.0),
            BY_MAGNITUDE if assumption.logarithmic else ALIKE,
            assumption in singly,
        )
        for assumption in assumptions
    ]
    return pd.DataFrame(rows, columns=columns)


def swings_frame(swings: Swings) -> "pd.DataFrame":
    """Return swings, a row for each end of each range; the first row is the difference with all as given.

    Columns assumption, end, value, difference, low, high, change, change_low, change_high, replications.
    """
    import pandas as pd

    columns = [
        "assumption",
        "end",
        "value",
        "difference",
        "low",
        "high",
        "change",
        "change_low",
        "change_high",
        "replications",
    ]
    nothing = (0.0, np.nan, np.nan)
    rows = [("", AS_GIVEN, np.nan, *map(float, swings.given), *nothing, swings.replications)]
    for assumption in swings.by_width():
        rows += [
            (
                assumption.key,
                "upper" if swing.end else "lower",
                assumption.at(swing.end),
                *map(float, swing.difference),
                *map(float, swing.change),
                swings.replications,
            )
            for swing in swings.swings
            if swing.assumption.key == assumption.key
        ]
    return pd.DataFrame(rows, columns=columns)


def indices_frame(indices: Mapping[str, Indices]) -> "pd.DataFrame":
    """Return shares of variance: each with its 95 % interval; beyond is total less first."""
    import pandas as pd

    rows = [
        {"assumption": key}
        | {
            f"{name}{end}": value
            for name, index in found._asdict().items()
            for end, value in zip(("", "_low", "_high"), index, strict=True)
        }
        for key, found in indices.items()
    ]
    return pd.DataFrame(rows)


def shares_frame(standings: Standings, frameworks: tuple[str, str]) -> "pd.DataFrame":
    """Return the share of worlds in which each framework does better."""
    import pandas as pd

    first, second = frameworks
    whose: dict[Verdict, str] = {"better": first, "worse": second, "undecided": "", "same": ""}
    rows = [
        (f"{whose[name]} better" if whose[name] else name, whose[name], *share)
        for name, share in standings.shares.items()
    ]
    return pd.DataFrame(rows, columns=["verdict", "framework", "worlds", "share", "low", "high"])


def worlds_frame(assumptions: Sequence[Assumption], positions: Positions, standings: Standings) -> "pd.DataFrame":
    """Return every world.

    Columns world, difference (over its two replications), verdict (of the first framework), and one for each
    assumption: its value or factor, or its position from 0 to 1 where the range differs from place to place.
    """
    import pandas as pd

    told = {
        assumption.key: [
            assumption.at(float(position)) if assumption.alike else float(position) for position in positions[:, column]
        ]
        for column, assumption in enumerate(assumptions)
    }
    numbers = np.arange(1, len(positions) + 1)
    return pd.DataFrame({"world": numbers, "difference": standings.mean, "verdict": standings.verdicts} | told)
