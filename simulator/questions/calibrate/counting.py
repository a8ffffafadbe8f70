"""What figures are counted from: every inspection lined up with those before it; and shares, means and quantiles."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.questions.calibrate.records import FULL, Inspections, Whole

Mask = npt.NDArray[np.bool_]

LETTERS: Final = {4: "outstanding", 3: "good", 2: "requires improvement", 1: "inadequate"}
STEPS: Final = tuple((before, after) for before in LETTERS for after in LETTERS)
"""Grades of a full inspection and of the next one, in the order of the transition matrix, row after row."""
GOOD: Final = 3


def step_name(before: int, after: int) -> str:
    """Return the name of the figure of a step: a share of the transition matrix."""
    return f"from_{before}_to_{after}"


class Reading(NamedTuple):
    """One figure of some records."""

    value: float
    """Not a number where there was no case to count."""
    cases: int
    """Inspections, pairs or providers that it was counted over."""


class Moment(NamedTuple):
    """What a figure is."""

    name: str
    title: str
    unit: str
    """"share", "days" or another."""
    fitted: bool
    """Whether the model is fitted to it; others are shown beside, since rules of the framework make them."""
    telling: str
    """What it tells about time to detection."""


class Pairs(NamedTuple):
    """Each full inspection that is counted after another of the same provider; all arrays have shape m."""

    before: Whole
    """Grade of the first."""
    after: Whole
    """Grade of the second."""
    gap: Whole
    """Days between."""
    earlier: Whole
    """Grade of the full inspection before the first, 0 if there was none in the records."""


class Counted(NamedTuple):
    """What all figures are counted from."""

    seen: Inspections
    year: Whole
    """Inspection year of each inspection, from 0."""
    now: Mask
    """Whether each inspection is counted, and not only known (`Inspections.counted_from`); shape n."""
    since: Whole
    """Days since the last visit of any kind to the provider, -1 if there was none; shape n."""
    graded_before: Whole
    """Last grade of the provider before each inspection, 0 if there was none; shape n."""
    pairs: Pairs


def count(seen: Inspections) -> Counted:
    """Line up every inspection with those before it."""
    n = len(seen.provider)
    same = np.zeros(n, dtype=bool)
    same[1:] = seen.provider[1:] == seen.provider[:-1]
    since = np.full(n, -1, dtype=np.int64)
    since[1:] = np.where(same[1:], seen.day[1:] - seen.day[:-1], -1)
    year = np.searchsorted(seen.year_starts, seen.day, side="right") - 1
    return Counted(seen, year, seen.day >= seen.counted_from, since, _graded_before(seen), _pairs(seen))


def _graded_before(seen: Inspections) -> Whole:
    """Return the last grade before each inspection of its provider."""
    n = len(seen.provider)
    at = np.where(seen.grade > 0, np.arange(n), -1)
    last = np.maximum.accumulate(at)
    before = np.concatenate([[-1], last[:-1]])[:n]
    known = (before >= 0) & (seen.provider[np.maximum(before, 0)] == seen.provider)
    return np.where(known, seen.grade[np.maximum(before, 0)], 0).astype(np.int64)


def _pairs(seen: Inspections) -> Pairs:
    full = np.flatnonzero(seen.kind == FULL)
    provider, day, grade = seen.provider[full], seen.day[full], seen.grade[full]
    second = np.flatnonzero(provider[1:] == provider[:-1]) + 1
    second = second[day[second] >= seen.counted_from]
    third_of = np.maximum(second - 2, 0)
    has_earlier = (second >= 2) & (provider[third_of] == provider[second])  # noqa: PLR2004
    return Pairs(
        grade[second - 1],
        grade[second],
        day[second] - day[second - 1],
        np.where(has_earlier, grade[third_of], 0).astype(np.int64),
    )


def share(of: Mask, among: Mask) -> Reading:
    """Count how many of some are of a sort."""
    cases = int(among.sum())
    return Reading(float((of & among).sum() / cases) if cases else np.nan, cases)


def mean(values: npt.NDArray[np.int64 | np.float64]) -> Reading:
    """Return the mean of values."""
    return Reading(float(values.mean()) if len(values) else np.nan, len(values))


def quantile(values: Whole, at: float) -> Reading:
    """Return a quantile of values."""
    return Reading(float(np.quantile(values, at)) if len(values) else np.nan, len(values))
