"""The years measured of one provider's life, in figures."""

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import DONE
from simulator.questions.trace.history import days_unfound, spells
from simulator.questions.trace.life import Life

FIGURES: Final = {
    "inspections_ended": "Inspections ended",
    "inspector_days": "Inspector-days used",
    "poor_spells_begun": "Poor spells started",
    "days_poor_and_unfound": "Days poor and not found",
}
"""Their titles, by the names that they have in files."""


def figures_of(life: Life) -> dict[str, float]:
    """Count what happened in the years measured, by the names of `FIGURES`."""
    ended = ended_in(life)
    values = (
        float(ended.sum()),
        float(life.inspections["inspector_days"][ended].sum()),
        float(sum(spell.began >= life.measured_from for spell in spells(life))),
        float(days_unfound(life)),
    )
    return dict(zip(FIGURES, values, strict=True))


def ended_in(life: Life) -> npt.NDArray[np.bool_]:
    """Report of each inspection whether it ended in the years measured."""
    ended: npt.NDArray[np.bool_] = (life.inspections["status"] == DONE) & (
        life.inspections["ended"] >= life.measured_from
    )
    return ended
