"""The rules that a framework may have, as its file writes them: who is inspected, how, and how often.

A statutory rule takes one of three forms. `Visits` in an inspection year (April to March) is how the
consultation *Modernising the Regulatory Framework for Children's Social Services* (2006) words "twice a year"
(2.3.2, 3.1.11); `Interval` is its "once every three years" (2.3.2); `Round` is every provider once between two
dates, as private fostering arrangements (2.3.4) and joint area reviews were to be inspected.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from simulator.inputs.messages import one_of
from simulator.inputs.parameter import Parameter
from simulator.inspectorate.clause_values import Days, ForTypes, Kind, Kinds, Priority, Share
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.inspectorate.one_number import BY_RATING
from simulator.inspectorate.sources import Clause

_DAYS_IN_YEAR: Final = 365
MOST_VISITS: Final = 26
"""Visits a year that a rule may ask for: one a fortnight."""
MONTHS_OF_YEAR: Final = (
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "january",
    "february",
    "march",
)
"""Months in the order of the inspection year."""

Months = Annotated[float, Field(ge=0, le=1200, allow_inf_nan=False)]
VisitsPerYear = Annotated[int, Field(ge=0, le=MOST_VISITS)]
Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Month = Annotated[str, AfterValidator(one_of("month", MONTHS_OF_YEAR))]


class VisitsByRating(Clause):
    """Visits in the year that a provider of each rating is owed."""

    excellent: VisitsPerYear
    good: VisitsPerYear
    adequate: VisitsPerYear
    poor: VisitsPerYear
    not_yet_graded: VisitsPerYear
    """Visits a year to a provider that has not been graded yet."""


class MonthsByRating(Clause):
    """Months from one inspection to the next for a provider of each rating; 0 where none falls due."""

    excellent: Months
    good: Months
    adequate: Months
    poor: Months
    not_yet_graded: Months
    """Months to the first inspection under the rule of a provider that has not been graded yet."""


class StatutoryRule(ForTypes):
    """What the three forms of rule have in common."""

    kind: Kind
    """The kind of inspection that the rule asks for."""
    satisfied_by: Kinds | None = None
    """Kinds of inspection that satisfy the rule; if left out, its own kind and every kind that counts."""
    statutory: bool = True
    """Whether law or regulation asks for it, so that an inspection ended too late is a breach."""
    priority: Priority | None = None
    """Which goes first when inspectors are short, if not as its kind: discretionary work yields to statutory."""

    @model_validator(mode="after")
    def _satisfies_itself(self) -> Self:
        if self.satisfied_by is not None and self.kind not in self.satisfied_by:
            raise ValueError(f'satisfied_by must name the rule\'s own kind, "{self.kind}", too')
        return self

    def kinds_satisfying(self, kinds: Mapping[str, KindOfInspection]) -> tuple[str, ...]:
        """Return which of a framework's kinds of inspection satisfy it, its own first."""
        if self.satisfied_by is not None:
            return self.satisfied_by
        return (self.kind, *(name for name, kind in kinds.items() if kind.counts and name != self.kind))


class Visits(StatutoryRule):
    """Number of visits in each inspection year, April to March, by the rating held."""

    form: Literal["visits"]
    """Number of visits in each inspection year, April to March."""
    per_year: Annotated[VisitsByRating, BY_RATING, Parameter(unit="visits per inspection year")]
    """Visits a year by rating, or one number for all."""
    minimum_spacing_days: Annotated[Days, Parameter("minimum days between two visits")] = 0
    """Days that must lie between two visits."""
    month_profile: Annotated[
        Annotated[tuple[Weight, ...], Field(strict=False, min_length=12, max_length=12)] | None,
        Parameter(unit="weights, April first"),
    ] = None
    """Weights of the months in which visits are planned, April first; if left out, all are equally likely."""
    year_to_year_correlation: Annotated[
        float,
        Field(ge=0, lt=1),
        Parameter("similarity of a provider's visit times from year to year", "correlation of normal scores"),
    ] = 0.0
    """How much the time of year of a provider's visit is like that of the year before: the correlation of its normal
    scores, 0 not at all."""
    last_days_free: Annotated[
        int, Field(ge=0, le=180), Parameter("days before a date that are kept free of visits", "days")
    ] = 0
    """Days at the end of March in which no visit is planned, so that one can end in its year."""
    near_days: Annotated[
        int,
        Field(ge=0, le=180),
        Parameter("days before the year's end in which waiting work becomes statutory", "days"),
    ] = 0
    """Days before the end of March from which on an inspection at discretion that stands for a visit and still waits is
    statutory work; from `last_days_free` on it always is."""
    rating: Literal["current", "on_1_april"] = "current"
    """Which rating says how many visits are owed: the current one, so that a provider rated worse within the year owes
    the difference for the rest of it, or the one held on 1 April for the whole year."""
    whole_year_if_first_before: Month | None = None
    """Month before which a new provider's first inspection must end for all visits of that year to be owed; from then
    on they are owed pro rata for what is left. If left out, they are owed pro rata from registration."""

    @model_validator(mode="after")
    def _fits_into_the_year(self) -> Self:
        most = max(self.per_year.model_dump().values())
        there = _DAYS_IN_YEAR - self.last_days_free
        needed = (most - 1) * self.minimum_spacing_days
        if needed >= there:
            raise ValueError(
                f"{most} visits a year at least {self.minimum_spacing_days} days apart take {needed} days, "
                f"but only {there} are there; allowed: minimum_spacing_days of at most {(there - 1) // (most - 1)}"
            )
        return self


class Interval(StatutoryRule):
    """An inspection within this number of months of the last one that satisfies the rule, by the rating held."""

    form: Literal["interval"]
    """An inspection within this number of months of the last."""
    months: Annotated[
        MonthsByRating, BY_RATING, Parameter("months between inspections where no document gives them", "months")
    ]
    """Months from one inspection to the next by rating, or one number for all; 0 where none falls due."""
    available_share: Annotated[
        Share, Parameter("how early an inspection may be, as a share of its interval", "share of the interval")
    ] = 0.0
    """An inspection is planned a random time early, at most this share of the interval, so that nobody can predict it;
    the time is drawn once per cycle."""
    last_days_free: Days = 0
    """Days before its date by which an inspection is planned to have ended, at most a quarter of the interval."""
    catch_up_days: Annotated[Days, Parameter("days that a new rule or rating allows to comply")] = 180
    """Days that a new rule or a new rating leaves where the date it sets is nearer than that or past, at most the
    interval."""


class Round(StatutoryRule):
    """Every provider once between two dates."""

    form: Literal["round"]
    """Every provider once between two dates."""
    from_: Annotated[date, Field(alias="from"), Parameter(unit="date")]
    """First day of the round."""
    until: Annotated[date, Parameter(unit="date")]
    """Last day of the round."""
    repeat_months: Annotated[int, Field(ge=0, le=1200), Parameter(unit="months")] = 0
    """Months after which the next round begins; 0 if there is none."""
    last_days_free: Days = 0
    """Days at the end of the round in which no visit is planned, so that one can end in it."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until <= self.from_:
            raise ValueError(f"until ({self.until}) must be after from ({self.from_})")
        length = (self.until - self.from_).days + 1
        if self.last_days_free >= length:
            raise ValueError(f"last_days_free ({self.last_days_free}) must be less than the round's {length} days")
        if self.repeat_months and self._next_begins() <= self.until:
            raise ValueError(
                f"the next round would begin on {self._next_begins()}, before this one ends ({self.until}); "
                f"allowed: a repeat_months of 0 or of the round's length"
            )
        return self

    def _next_begins(self) -> date:
        years, month = divmod(self.from_.month - 1 + self.repeat_months, 12)
        first = date(self.from_.year + years, month + 1, 1)
        return first + timedelta(days=self.from_.day - 1)


Rule = Annotated[Visits | Interval | Round, Field(discriminator="form")]
