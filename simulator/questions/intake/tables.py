"""The table of intakes."""

from typing import TYPE_CHECKING, Any

from simulator.questions.intake.files import FIGURES_TOLD
from simulator.questions.intake.planning import Plan

if TYPE_CHECKING:
    import pandas as pd


def intakes_frame(plan: Plan) -> "pd.DataFrame":
    """Return a row for each framework and year, columns as declared with the file."""
    import pandas as pd

    rows = []
    for planned in plan.planned:
        for position, year in enumerate(planned.years):
            row: dict[str, Any] = {"framework": planned.framework, "pool": plan.pool, "year": year.name}
            row |= {"begins": year.begins, "intake": year.number, "met": year.met}
            figures = planned.found.of_years[position]
            for name in FIGURES_TOLD:
                pool = plan.pool if name in ("in_post", "in_training", "left") else "all"
                row[name] = planned.found.estimate(figures, planned.framework, name, pool).mean
            rows.append(row | {"cost": row["in_post"] * plan.price_of_year})
    return pd.DataFrame(rows)
