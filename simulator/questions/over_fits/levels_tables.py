"""The tables of sizes and curves over a set of fits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulator.questions.over_fits.levels import FrontierOverFits, SizingOverFits
from simulator.questions.over_fits.worlds import Spread, spread
from simulator.questions.size.tables import failed_levels_frame, size_frame
from simulator.running.post_costs import price_of_post

if TYPE_CHECKING:
    import pandas as pd


def spread_of_sizes(sized: SizingOverFits) -> "pd.DataFrame":
    """Return full-time equivalents and the cost of posts over the fits, a row for each framework."""
    import pandas as pd

    price = price_of_post(sized.question.scenario).pounds
    rows = []
    for name in sized.question.names:
        found = sized.fte(name)
        over = sized.spread(name)
        rows.append(
            {"framework": name, "title": sized.question.titles[name], "pool": sized.sizings[0].pool}
            | {"fits": len(found), "fits_without_number": int(np.isinf(found).sum())}
            | {f"fte_{end}": _finite(value) for end, value in over._asdict().items()}
            | {f"posts_cost_per_year_{end}": _finite(price * value) for end, value in over._asdict().items()}
        )
    return pd.DataFrame(rows)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def sizes_by_fit(sized: SizingOverFits) -> "pd.DataFrame":
    """Return the answer of each fit, one fit after another."""
    import pandas as pd

    frames = [size_frame(sizing) for sizing in sized.sizings]
    return pd.concat(numbered(frames, sized.numbers), ignore_index=True)


def spread_of_curves(traced: FrontierOverFits) -> "pd.DataFrame":
    """Return the curves over the fits: a row for each framework, measure and number of inspectors."""
    import pandas as pd

    frontier, rows = traced.frontiers[0], []
    for name in traced.question.names:
        for quantity in frontier.quantities:
            for place, fte_of in enumerate(frontier.numbers):
                over = spread(list(traced.means(name, quantity)[:, place]))
                row = {
                    "framework": name,
                    "service_type": quantity.service_type,
                    "measure": quantity.measure,
                    "fte": fte_of,
                }
                rows.append(row | Spread(*over)._asdict() | {"fits": len(traced.numbers)})
    return pd.DataFrame(rows)


def numbered(frames: "Sequence[pd.DataFrame]", numbers: Sequence[int]) -> "list[pd.DataFrame]":
    """Return tables of several fits, each with the number of its fit as the first column."""
    return [frame.assign(fit=number)[["fit", *frame.columns]] for frame, number in zip(frames, numbers, strict=True)]


def failures_frame(answer: SizingOverFits | FrontierOverFits) -> "pd.DataFrame":
    """Return the runs that failed, with the fit of each."""
    import pandas as pd

    frames = numbered([failed_levels_frame(failures) for failures in answer.failures], answer.numbers)
    return pd.concat([frame for frame in frames if len(frame)], ignore_index=True)
