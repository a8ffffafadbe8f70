"""The prediction beside what was recorded: hits, coverage, and whether it is closer than that nothing changes.

A prediction hits if it lies within twice a standard error of the recorded figure. That error combines the sampling
error of the records, by resampling providers with all of their inspections, and the error of the mean over the fits,
from run to run. The spread of the fits does not widen the tolerance: it is what the records that were fitted to could
not determine, and is shown separately.

Where few cases were recorded, resampling is too sure: without any case the error is 0. So the sampling error is never
less than if the prediction were true: a figure that is a mean of whole numbers, as shares and visits are, over n cases
with the mean m has at least the error √(f (1 − f) / n), f being the fraction of m.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.questions.calibrate.counting import STEPS, Moment, Reading, step_name
from simulator.questions.calibrate.distance import LEAST_CASES, sampling_errors
from simulator.questions.calibrate.moments import readings, transition_counts
from simulator.questions.calibrate.records import Records
from simulator.questions.calibrate.window import Window, within
from simulator.questions.validate.predicted import Prediction
from simulator.running.question import Question

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

TOLERANCE: Final = 2.0
"""Standard errors within which a prediction hits: of one that is true 95 in 100 do."""
_WHOLE: Final = ("share", "visits")
"""Units of figures that are means of whole numbers."""
DEALT_OUT: Final = tuple(step_name(before, after) for before, after in STEPS)
"""Figures of the transition matrix, row after row."""


class Source(NamedTuple):
    """The file that records were read from."""

    name: str
    digest: str
    """SHA-256."""


class Counted(NamedTuple):
    """Figures counted from records; arrays have shape (figures,)."""

    value: Floats
    error: Floats
    """By resampling providers."""
    cases: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Judged:
    """A prediction, and what was recorded."""

    question: Question
    fits: str
    """What the set is called."""
    source: Source
    prediction: Prediction
    recorded: Counted
    pairs: npt.NDArray[np.int64]
    """Pairs of full inspections recorded, shape (4, 4), outstanding first."""
    before: Counted | None
    """The same figures in the years before: what they would be if nothing changed. None without such records."""
    fitted_until: date
    """The day after the records that were fitted to."""
    seal: str = ""
    """Of the sealed prediction, if it was one."""

    @property
    def moments(self) -> tuple[Moment, ...]:
        """What the figures are."""
        return self.prediction.moments

    @property
    def judged(self) -> Marks:
        """Which figures can be judged: counted over enough cases in the records, and in the runs at all.

        A ratio of two shares cannot, for chance in the lower one throws it far; both shares can by themselves.
        """
        known = np.isfinite(self.recorded.value) & np.isfinite(self.prediction.mean)
        known &= np.array([moment.unit != "ratio" for moment in self.moments])
        return known & (self.recorded.cases >= LEAST_CASES) & np.isfinite(self.tolerance)

    @property
    def fitted(self) -> Marks:
        """Which figures are of the kind that fits are made to; rules of the framework make the others."""
        return np.array([moment.fitted for moment in self.moments])

    @property
    def tolerance(self) -> Floats:
        """How far a prediction may lie off and hit."""
        return TOLERANCE * np.hypot(self._sampling_error(self.prediction.mean), self.prediction.error)

    def _sampling_error(self, forecast: Floats) -> Floats:
        """Return the sampling error of the recorded figures, at least what it would be if a forecast were true."""
        whole = np.array([moment.unit in _WHOLE for moment in self.moments])
        fraction = np.where(whole, np.mod(forecast, 1.0), 0.0)
        least = np.sqrt(fraction * (1 - fraction) / np.maximum(self.recorded.cases, 1))
        error: Floats = np.fmax(self.recorded.error, least)
        return error

    @property
    def hit(self) -> Marks:
        """Which predictions hit."""
        return np.abs(self.recorded.value - self.prediction.mean) <= self.tolerance

    @property
    def covered(self) -> Marks:
        """Which recorded figures lie in the range over the fits, widened by their tolerance."""
        low, high = self.prediction.low - self.tolerance, self.prediction.high + self.tolerance
        return (low <= self.recorded.value) & (self.recorded.value <= high)

    @property
    def unchanged_known(self) -> Marks:
        """Which figures that are judged could be counted in the years before."""
        if self.before is None:
            return np.zeros(len(self.moments), dtype=bool)
        return self.judged & np.isfinite(self.before.value) & (self.before.cases >= LEAST_CASES)

    @property
    def unchanged_hit(self) -> Marks:
        """Which figures stayed what they had been, within twice the standard error of the difference."""
        if self.before is None:
            return np.zeros(len(self.moments), dtype=bool)
        apart = np.abs(self.recorded.value - self.before.value)
        error = np.hypot(self._sampling_error(self.before.value), self.before.error)
        return self.unchanged_known & (apart <= TOLERANCE * error)


def judged_by(
    prediction: Prediction,
    records: Records,
    source: Source,
    of: tuple[Question, str],
    fitted_until: date,
    seal: str = "",
) -> Judged:
    """Count the figures of a prediction from records, and those of the years before as the forecast of no change.

    Parameters
    ----------
    prediction
        Of a window that the records hold (`simulator.questions.validate.asked.window_of`).
    records, source
        What happened, and where it was read.
    of
        The question, and what the fits are called.
    fitted_until
        The day after the records that were fitted to.
    seal
        Of the sealed prediction.
    """
    window = prediction.window
    seen = within(records.inspections, records.start, window)
    return Judged(
        *of,
        source,
        prediction,
        _counted(records, window, prediction.moments),
        transition_counts(seen),
        unchanged(records, window, prediction.moments),
        fitted_until,
        seal,
    )


def _counted(records: Records, window: Window, moments: tuple[Moment, ...]) -> Counted:
    """Count figures; one that this version does not know has no case."""
    seen = within(records.inspections, records.start, window)
    found, error = readings(seen), sampling_errors(seen, moments)
    none = Reading(np.nan, 0)
    each = [found.get(moment.name, none) for moment in moments]
    return Counted(
        np.array([reading.value for reading in each]),
        np.array([error.get(moment.name, np.nan) for moment in moments]),
        np.array([reading.cases for reading in each], dtype=np.int64),
    )


def unchanged(records: Records, window: Window, moments: tuple[Moment, ...]) -> Counted | None:
    """Count the figures of the years before a window: all that the records hold, or of a figure by year the last one.

    Returns
    -------
    Counted or None
        In the order of `moments`; None if the records hold no earlier year.
    """
    if records.start >= window.counted_from:
        return None
    earlier = Window(records.start, records.start, window.counted_from)
    wanted = [last_year(moment.name, earlier.years) for moment in moments]
    return _counted(
        records, earlier, tuple(moment._replace(name=name) for moment, name in zip(moments, wanted, strict=True))
    )


def last_year(name: str, years: int) -> str:
    """Name the figure of the last of a number of years, if it is one of a year; others keep their name."""
    stem, year, number = name.rpartition("_year_")
    return f"{stem}{year}{years}" if number.isdecimal() and stem else name


def matrix_error(judged: Judged, values: Floats) -> float:
    """Return the mean absolute error of a forecast of the transition matrix, over the grades that there are pairs of.

    Parameters
    ----------
    judged
        With the recorded matrix.
    values
        The forecast of every figure, shape (figures,).
    """
    names = [moment.name for moment in judged.moments]
    at = [names.index(name) for name in DEALT_OUT]
    apart = np.abs(judged.recorded.value[at] - values[at])
    known = np.isfinite(apart)
    return float(apart[known].mean()) if known.any() else np.nan


def share(held: Marks, among: Marks) -> float:
    """Return the share of some figures of which something holds; not a number where there are none."""
    return float((held & among).sum() / among.sum()) if among.any() else np.nan


def years_told(window: Window) -> str:
    """Name the inspection years of a window: 2016-17, or 2015-16 to 2016-17."""
    first, last = window.counted_from, date(window.until.year - 1, 4, 1)
    ends = [f"{year.year}-{(year.year + 1) % 100:02d}" for year in (first, last)]
    return ends[0] if first == last else " to ".join(ends)
