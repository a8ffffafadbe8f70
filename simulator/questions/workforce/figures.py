"""The figures that are told of a period: what each is, in what unit, and how it is computed of what was counted."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.questions.workforce.counting import AMOUNTS, MEANS
from simulator.ticks import MONTHS

_Floats = npt.NDArray[np.float64]
_Amounts = Mapping[str, _Floats]


class Figure(NamedTuple):
    """One figure of a pool, a region and a period."""

    name: str
    title: str
    unit: str
    meaning: str
    of: Callable[[_Amounts], _Floats]
    """Computes it of the amounts of a period."""

    @property
    def is_share(self) -> bool:
        """Whether it is told in per cent."""
        return self.unit == _SHARE


def _amount(name: str) -> Callable[[_Amounts], _Floats]:
    return lambda amounts: amounts[name]


def _ratio(above: str, below: str) -> Callable[[_Amounts], _Floats]:
    def of(amounts: _Amounts) -> _Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            known = (amounts[below] > 0) & np.isfinite(amounts[below])
            return np.where(known, amounts[above] / amounts[below], np.nan)

    return of


def _vacant(amounts: _Amounts) -> _Floats:
    with np.errstate(invalid="ignore"):
        return amounts["posts"] - amounts["in_post"]


_FTE: Final = "full-time equivalents"
_PEOPLE: Final = "full-time equivalents per year"
_DAYS: Final = "inspector-days per year"
_SHARE: Final = "share, 0 to 1"
FIGURES: Final = (
    Figure("posts", "Posts", _FTE, "posts, filled or not, mean", _amount("posts")),
    Figure("in_post", "In post", _FTE, "inspectors in post, those in training included, mean", _amount("in_post")),
    Figure("vacant", "Vacant posts", _FTE, "posts that nobody holds, mean", _vacant),
    Figure("in_training", "In training", _FTE, "inspectors in training, mean", _amount("in_training")),
    Figure("joined", "Joined", _PEOPLE, "people who joined", _amount("joined")),
    Figure("left", "Left", _PEOPLE, "people who left, those whose post was taken away included", _amount("left")),
    Figure("agency", "Agency staff", _FTE, "agency staff, mean", _amount("agency")),
    Figure("offered", "Days offered", _DAYS, "inspector-days that those in the field could do", _amount("offered")),
    Figure("used", "Days used", _DAYS, "inspector-days worked, at the desk included", _amount("used")),
    Figure("used_share", "Share of days used", _SHARE, "days used over days offered", _ratio("used", "offered")),
    Figure("begun", "Inspections begun", "inspections per year", "inspections begun", _amount("begun")),
    Figure("wait_days", "Days waited", "days", "days from raised to begun, mean", _ratio("waited", "begun")),
    Figure("waiting", "Backlog", "inspections", "raised and not begun at the ends of months", _amount("waiting")),
    Figure("overdue", "Backlog past its date", "inspections", "of them, past a statutory date", _amount("overdue")),
    Figure("due", "Duties due", "duties per year", "statutory dates that fell in the period", _amount("due")),
    Figure("on_time_share", "Duties met on time", _SHARE, "share met by their date", _ratio("on_time", "due")),
    Figure("past", "Past a date", "providers", "providers past a statutory date, mean at a time", _amount("past")),
    Figure("unfound", "Poor, not found", "providers", "poor providers not found, mean at a time", _amount("unfound")),
)
"""In the order of every table."""
BY_NAME: Final = {figure.name: figure for figure in FIGURES}


def figures_of(counted: _Floats, months: npt.NDArray[np.bool_]) -> _Floats:
    """Return the figures of a period.

    Parameters
    ----------
    counted : array of float, shape (..., months, amounts)
        Of `simulator.questions.workforce.counting.counted`.
    months : array of bool, shape (months,)
        Which belong to the period; amounts that add up are brought to a year, or to the month of a year.

    Returns
    -------
    array of float, shape (..., figures)
    """
    mine = counted[..., months, :]
    amounts = {
        name: mine[..., position].mean(axis=-1) * (1 if name in MEANS else MONTHS)
        for position, name in enumerate(AMOUNTS)
    }
    return np.stack([figure.of(amounts) for figure in FIGURES], axis=-1)
