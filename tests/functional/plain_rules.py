"""What the plain model reads off a framework and a calendar: rules by service type, months, years."""

import math
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.inspectorate.reinspections import Reinspection
from simulator.inspectorate.rules import Round
from simulator.inspectorate.triggers import Trigger
from simulator.world.quality import QualitySettings

GRADES = ("not_yet_graded", "poor", "adequate", "good", "excellent")
DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12


def year_start(day: float) -> int:
    """Give the 1 April on or before a day (an ordinal of the calendar)."""
    return _year_of(int(day))[0]


def year_end(day: float) -> int:
    """Give the 1 April after a day."""
    return _year_of(int(day))[1]


@cache
def _year_of(day: int) -> tuple[int, int]:
    today = date.fromordinal(day)
    begins = today.year - (today.month < 4)
    return date(begins, 4, 1).toordinal(), date(begins + 1, 4, 1).toordinal()


def year_left(day: float) -> float:
    """Give the part of the inspection year that is left."""
    return (year_end(day) - day) / (year_end(day) - year_start(day))


class Profile:
    """How the visits of one inspection year are spread: by the weights of its months, none in the last days."""

    def __init__(self, weights: tuple[float, ...] | None, first_day: int, last_days_free: int) -> None:
        year = date.fromordinal(first_day).year
        firsts = [date(year + (month > 12), (month - 1) % 12 + 1, 1).toordinal() for month in range(4, 16)]
        self._days: npt.NDArray[np.float64] = np.array([*firsts, year_end(first_day)], dtype=float)
        weights = weights or (1.0,) * 12
        self._gone = np.append(0.0, np.cumsum(weights))
        self._all = np.interp(year_end(first_day) - last_days_free, self._days, self._gone)

    def share_before(self, day: float) -> float:
        """Give the share of the year's visits that falls before a day."""
        return min(float(np.interp(day, self._days, self._gone) / self._all), 1.0)

    def day_at(self, share: float) -> float:
        """Give the day before which this share of the year's visits falls."""
        return float(np.interp(share * self._all, self._gone, self._days))


profile_of = cache(Profile)


def round_at(rule: Round, number: int) -> tuple[int, int]:
    """Give the first day of the `number`-th round (from 0) and the day after its last."""
    return _months_later(rule.from_, number * rule.repeat_months), _months_later(
        rule.until + timedelta(days=1), number * rule.repeat_months
    )


def _months_later(day: date, months: int) -> int:
    """Give the same day of a later month; it must be one that every month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, day.day).toordinal()


class Rules:
    """What a framework says of one service type."""

    def __init__(self, framework: Framework, service_type: str) -> None:
        self.kinds = framework.kinds
        self.statutory = {name: rule for name, rule in framework.rules.items() if service_type in rule.types}
        counting = {name for name, kind in framework.kinds.items() if kind.counts}
        self.satisfied_by = {
            name: {rule.kind, *counting} if rule.satisfied_by is None else set(rule.satisfied_by)
            for name, rule in self.statutory.items()
        }
        firsts = [first for first in framework.first_inspections.values() if service_type in first.types]
        self.first = firsts[0] if firsts else None
        self._again = {
            GRADES.index(grade): again
            for again in framework.reinspections.values()
            if service_type in again.types
            for grade in again.after
        }
        self.again_on_top = any(not again.counts for again in self._again.values())
        self._severity = [each for each in framework.severity.values() if service_type in each.types]
        self.triggers: dict[str, Trigger] = {
            each.signal: each for each in framework.triggers.values() if service_type in each.types
        }

    def again_after(self, kind: str, judged: int) -> Reinspection | None:
        """Return the re-inspection that a judgement by an inspection of a kind calls for."""
        again = self._again.get(judged)
        return again if again is not None and kind in (again.after_kinds or {kind}) else None

    def severity_on(self, takes: KindOfInspection, day: float) -> float:
        """Give the grades that are added on a day before a judgement is rounded."""
        kind = next((name for name, each in self.kinds.items() if each == takes), "")
        return sum(
            each.grades_added
            for each in self._severity
            if (takes.grades if each.kinds is None else kind in each.kinds)
            and each.from_.toordinal() <= day < (math.inf if each.until is None else each.until.toordinal() + 1)
        )


class Chain:
    """Yearly rates of the true grade: section 2 of the model, solved as a system of equations.

    Declines are proportional to sqrt(p[i-1] / p[i]). With the improvements as unknowns and p as the stationary
    distribution, all rates are linear in the factor of proportion, which the speed fixes.
    """

    def __init__(self, quality: QualitySettings, service_type: str) -> None:
        p = np.array(quality.natural_shares[service_type].by_grade()[1:])
        self.fall = np.array([0.0, quality.falls.adequate, quality.falls.good, quality.falls.excellent])
        with_falls_only = self._changes(p, 0.0)
        factor = (quality.speed - with_falls_only) / (self._changes(p, 1.0) - with_falls_only)
        self.decline, self.improve = self._rates(p, factor)

    def _rates(self, p: npt.NDArray[np.float64], factor: float) -> tuple[npt.NDArray[np.float64], ...]:
        decline = np.append(0.0, factor * np.sqrt(p[:-1] / p[1:]))
        down = np.zeros((4, 4))
        for grade in range(1, 4):
            down[grade, grade - 1] += decline[grade]
            down[grade, 0] += self.fall[grade]
        # What comes into each grade and what leaves it balance: three unknown improvements, p times up.
        into = p @ down - p * down.sum(axis=1)
        up = np.cumsum(into[:3])
        return decline, np.append(up / p[:3], 0.0)

    def _changes(self, p: npt.NDArray[np.float64], factor: float) -> float:
        decline, improve = self._rates(p, factor)
        return float(p @ (decline + improve + self.fall))
