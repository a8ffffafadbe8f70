"""The summary figures of inspection records, counted in the same way on real records and on simulated ones.

A pair is a full inspection and the provider's next one. A grade is good or better from 3 on, 1 is inadequate. Gaps
are in days from visit to visit; bands of days are half open.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from simulator.questions.calibrate.counting import (
    GOOD,
    LETTERS,
    STEPS,
    Counted,
    Moment,
    Reading,
    count,
    mean,
    quantile,
    share,
    step_name,
)
from simulator.questions.calibrate.records import FULL, INTERIM, MONITORING, Inspections, Whole
from simulator.questions.calibrate.visit_moments import (
    calendar_moments,
    calendar_readings,
    visit_moments,
    visit_readings,
)

_LATE: Final = (300, 480)
_EARLY: Final = (120, 210)
_BETWEEN: Final = (210, 300)


def readings(seen: Inspections) -> dict[str, Reading]:
    """Count every figure of some records, those with no case among them.

    Returns
    -------
    dict
        By name, in the order in which `moments_of` describes them.
    """
    counted = count(seen)
    found: dict[str, Reading] = {}
    for part in _PARTS:
        found |= part(counted)
    return found


def moments_of(years: int, start_year: int) -> tuple[Moment, ...]:
    """Describe the figures counted over a number of inspection years, the first of which begins in `start_year`."""
    return (*_transition_moments(), *_yearly_moments(years, start_year), *_plain_moments(years, start_year))


_TO_FIT: Final = {(4, 3), (4, 2), (4, 1), (3, 4), (3, 2), (3, 1), (2, 4), (2, 3), (2, 1), (1, 3), (1, 1)}
"""Steps fitted to: of each grade all but one, since they add up to 1, and but from inadequate to outstanding."""


def _transition_moments() -> list[Moment]:
    return [
        Moment(
            step_name(before, after),
            f"After {LETTERS[before]}, the next full inspection judges {LETTERS[after]}",
            "share",
            (before, after) in _TO_FIT,
            "Nothing by itself: how often homes change, as inspections met them.",
        )
        for before, after in STEPS
    ]


def _transitions(counted: Counted) -> dict[str, Reading]:
    pairs = counted.pairs
    return {step_name(before, after): share(pairs.after == after, pairs.before == before) for before, after in STEPS}


def transition_counts(seen: Inspections) -> Whole:
    """Count pairs by the grades of both, shape (4, 4): rows before, columns after, outstanding first."""
    pairs = count(seen).pairs
    counts = np.zeros((4, 4), dtype=np.int64)
    np.add.at(counts, (4 - pairs.before, 4 - pairs.after), 1)
    return counts


def _yearly_moments(years: int, start_year: int) -> list[Moment]:
    return [
        Moment(
            f"judged_{grade}_in_year_{year + 1}",
            f"Full inspections of {start_year + year}-{(start_year + year + 1) % 100:02d} that judge {LETTERS[grade]}",
            "share",
            True,
            "Nothing by itself: a flow of judgements, not a stock of homes.",
        )
        for grade in (1, 2, 4)
        for year in range(years)
    ]


def _yearly(counted: Counted) -> dict[str, Reading]:
    full, first = counted.seen.kind == FULL, counted.seen.first_year
    return {
        f"judged_{grade}_in_year_{year - first + 1}": share(counted.seen.grade == grade, full & (counted.year == year))
        for grade in (1, 2, 4)
        for year in range(first, counted.seen.years)
    }


def _plain_moments(years: int, start_year: int) -> list[Moment]:
    early, between, late = (f"{low} to {high} days" for low, high in (_EARLY, _BETWEEN, _LATE))
    timing = "When finds come depends on the calendar and on how well concerns aim visits; with the rate of falls it "
    timing += "bounds how long failure can last unseen."
    memory = "Parts a true change from a slip of judgement, which would be undone at the next inspection."
    stock = [
        Moment(
            f"stock_{grade}_after_year_{year + 1}",
            f"Homes {said} by their last full inspection at 31 March {start_year + year + 1}",
            "share",
            False,
            "Nothing: homes found are re-inspected within weeks, so that the stock holds far fewer than the flow.",
        )
        for grade, said in ((1, "inadequate"), (3, "good or better"))
        for year in range(years)
    ]
    return [
        Moment("found_early", f"Inadequate after good or better, {early} after the last", "share", True, timing),
        Moment("found_between", f"Inadequate after good or better, {between} after the last", "share", True, timing),
        Moment("found_late", f"Inadequate after good or better, {late} after the last", "share", True, timing),
        Moment("changed_soon", "Between good and its neighbours within 270 days of a good", "share", True, memory),
        Moment("changed_late", "Between good and its neighbours after 360 days or more", "share", True, memory),
        Moment("good_again", "Good or better after requires improvement that came after good", "share", True, memory),
        Moment("good_at_last", "Good or better after two that were not good", "share", True, memory),
        Moment("outstanding_new", "Outstanding again after the first outstanding", "share", True, memory),
        Moment("outstanding_old", "Outstanding again after two outstanding", "share", True, memory),
        Moment(
            "days_unseen_mean",
            f"{_UNSEEN}, mean",
            "days",
            True,
            "An upper bound on how long these homes had failed unseen; shaped by the calendar more than by failure.",
        ),
        Moment("days_unseen_median", f"{_UNSEEN}, median", "days", False, "As the mean."),
        Moment("days_unseen_ninth", f"{_UNSEEN}, 90th percentile", "days", False, "As the mean."),
        Moment("found_ratio", "Early against late finds, ratio", "ratio", False, timing),
        *stock,
        *calendar_moments(),
        Moment("after_poor_median", "Days from inadequate to the next visit, median", "days", False, _AFTER),
        Moment("after_poor_ninth", "Days from inadequate to the next visit, 90th percentile", "days", False, _AFTER),
        Moment("after_poor_full", "Next visit after inadequate is a full one", "share", False, _AFTER),
        Moment("after_poor_monitoring", "Next visit after inadequate is a monitoring one", "share", False, _AFTER),
        Moment("interim_declined", "Interim visits after good or better that say declined", "share", True, _DIRECTION),
        Moment("interim_improved", "Interim visits after good or better that say improved", "share", True, _DIRECTION),
        Moment("poor_after_declined", "Inadequate at the full inspection after declined", "share", True, _DIRECTION),
        Moment("poor_after_others", "Inadequate at the full inspection after another", "share", True, _DIRECTION),
        *visit_moments(),
    ]


_UNSEEN: Final = "Days since the last visit when a good home is found inadequate"
_AFTER: Final = "Nothing: what follows a find, a rule of the framework."
_DIRECTION: Final = "How much of a failure an interim visit sees, though it gives no grade."

_SOON: Final = 270
_A_YEAR: Final = 360


def _finds(counted: Counted) -> dict[str, Reading]:
    pairs, seen = counted.pairs, counted.seen
    was_good = pairs.before >= GOOD
    poor = pairs.after == 1

    def found(band: tuple[int, int]) -> Reading:
        return share(poor, was_good & (pairs.gap >= band[0]) & (pairs.gap < band[1]))

    early, between, late = found(_EARLY), found(_BETWEEN), found(_LATE)
    changed = (pairs.before == GOOD) & (pairs.after > 1)
    moved = pairs.after != GOOD
    neither = (pairs.earlier > 0) & (pairs.earlier < GOOD)
    adequate = 2
    unseen = counted.since[
        counted.now & (seen.kind == FULL) & (seen.grade == 1) & (counted.graded_before >= GOOD) & (counted.since >= 0)
    ]
    return {
        "found_early": early,
        "found_between": between,
        "found_late": late,
        "changed_soon": share(moved, changed & (pairs.gap < _SOON)),
        "changed_late": share(moved, changed & (pairs.gap >= _A_YEAR)),
        "good_again": share(pairs.after >= GOOD, (pairs.before == adequate) & (pairs.earlier >= GOOD)),
        "good_at_last": share(pairs.after >= GOOD, (pairs.before == adequate) & neither),
        "outstanding_new": share(pairs.after == 4, (pairs.before == 4) & (pairs.earlier == GOOD)),  # noqa: PLR2004
        "outstanding_old": share(pairs.after == 4, (pairs.before == 4) & (pairs.earlier == 4)),  # noqa: PLR2004
        "days_unseen_mean": mean(unseen),
        "days_unseen_median": quantile(unseen, 0.5),
        "days_unseen_ninth": quantile(unseen, 0.9),
        "found_ratio": Reading(early.value / late.value if late.value else np.nan, early.cases + late.cases),
    }


def _stocks(counted: Counted) -> dict[str, Reading]:
    """Of providers visited in the year before a 31 March, the last full judgement at that day."""
    seen, first = counted.seen, counted.seen.first_year
    held: dict[str, Reading] = {}
    by_grade: dict[tuple[int, int], Reading] = {}
    for year in range(first, seen.years):
        before = seen.day < seen.year_starts[year + 1]
        alive = np.zeros(seen.providers, dtype=bool)
        alive[seen.provider[before & (seen.day >= seen.year_starts[year])]] = True
        grade = np.zeros(seen.providers, dtype=np.int64)
        graded = np.flatnonzero(before & (seen.grade > 0))
        grade[seen.provider[graded]] = seen.grade[graded]  # the last of each provider stays
        known = alive & (grade > 0)
        by_grade[1, year] = share(grade == 1, known)
        by_grade[3, year] = share(grade >= GOOD, known)
    for kept in (1, 3):
        for year in range(first, seen.years):
            held[f"stock_{kept}_after_year_{year - first + 1}"] = by_grade[kept, year]
    return held


def _after_poor(counted: Counted) -> dict[str, Reading]:
    seen = counted.seen
    follows = np.flatnonzero((counted.since >= 0) & counted.now)
    follows = follows[(seen.kind[follows - 1] == FULL) & (seen.grade[follows - 1] == 1)]
    kinds, days = seen.kind[follows], counted.since[follows]
    return {
        "after_poor_median": quantile(days, 0.5),
        "after_poor_ninth": quantile(days, 0.9),
        "after_poor_full": mean((kinds == FULL).astype(np.int64)),
        "after_poor_monitoring": mean((kinds == MONITORING).astype(np.int64)),
    }


def _directions(counted: Counted) -> dict[str, Reading]:
    """What interim visits said, and what the next full inspection found."""
    seen = counted.seen
    after_good = counted.now & (seen.kind == INTERIM) & (seen.direction > 0) & (counted.graded_before >= GOOD)
    last = np.where(seen.direction > 0, np.arange(len(seen.direction)), -1)
    before = np.concatenate([[-1], np.maximum.accumulate(last)[:-1]])[: len(last)]
    at = np.maximum(before, 0)
    previous_full = np.concatenate([[-1], np.maximum.accumulate(np.where(seen.kind == FULL, np.arange(len(last)), -1))])
    since_full = before > previous_full[: len(last)]
    known = (seen.kind == FULL) & (before >= 0) & (seen.provider[at] == seen.provider) & since_full
    known &= counted.now & (counted.graded_before >= GOOD)
    said = seen.direction[at]
    return {
        "interim_declined": share(seen.direction == 1, after_good),
        "interim_improved": share(seen.direction == 3, after_good),  # noqa: PLR2004
        "poor_after_declined": share(seen.grade == 1, known & (said == 1)),
        "poor_after_others": share(seen.grade == 1, known & (said != 1)),
    }


_PARTS: Final[tuple[Callable[[Counted], dict[str, Reading]], ...]] = (
    _transitions,
    _yearly,
    _finds,
    _stocks,
    calendar_readings,
    _after_poor,
    _directions,
    visit_readings,
)
