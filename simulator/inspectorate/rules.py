"""The rules that a framework may have, as its file writes them: who is inspected, how, and how often.

A statutory rule takes one of three forms. `Visits` in an inspection year (April to March) is how the
consultation *Modernising the Regulatory Framework for Children's Social Services* (2006) words "twice a year"
(2.3.2, 3.1.11); `Interval` is its "once every three years" (2.3.2); `Round` is every provider once between two
dates, as private fostering arrangements (2.3.4) and joint area reviews were to be inspected.
"""

from datetime import date, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.inputs.messages import one_of
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.sources import Clause, Sourced
from simulator.world.services import AUTHORITY_SERVICES, SERVICE_TYPES

DAYS_IN_YEAR: Final = 365
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

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "all_providers": tuple(name for name in SERVICE_TYPES if name != "local_authority"),
    "registered_providers": tuple(name for name in SERVICE_TYPES if name not in AUTHORITY_SERVICES),
}
"""Names that stand for several service types: all with minimum standards (2.2.2), and those that register."""

Days = Annotated[int, Field(ge=0, le=3660)]
Months = Annotated[float, Field(ge=0, le=1200, allow_inf_nan=False)]
VisitsPerYear = Annotated[int, Field(ge=0, le=MOST_VISITS)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Priority = Annotated[int, Field(ge=1, le=9)]
Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]


def each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse names of which one comes twice."""
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise PydanticCustomError("not_one_of", "{message}", {"message": f"named twice: {', '.join(twice)}"})
    return names


def _types_of_groups(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(service_type for name in names for service_type in GROUPS.get(name, (name,)))


ServiceType = Annotated[str, AfterValidator(one_of("service type", SERVICE_TYPES))]
ServiceTypes = Annotated[
    tuple[Annotated[str, AfterValidator(one_of("service type or group of them", (*SERVICE_TYPES, *GROUPS)))], ...],
    Field(strict=False, min_length=1),
    AfterValidator(_types_of_groups),
    AfterValidator(each_once),
]
Kind = Annotated[str, AfterValidator(one_of("kind of inspection", KINDS))]
Kinds = Annotated[tuple[Kind, ...], Field(strict=False, min_length=1), AfterValidator(each_once)]
Month = Annotated[str, AfterValidator(one_of("month", MONTHS_OF_YEAR))]
Grade = Literal["poor", "adequate", "good", "excellent"]


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


class StatutoryRule(Sourced):
    """What the three forms of rule have in common."""

    types: ServiceTypes
    """The service types that the rule is for, or "all_providers" or "registered_providers"."""
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


class Visits(StatutoryRule):
    """So many visits in each inspection year, April to March, by the rating held."""

    form: Literal["visits"]
    """So many visits in each inspection year, April to March."""
    per_year: VisitsByRating
    """Visits a year by rating."""
    minimum_spacing_days: Days = 0
    """Days that must lie between two visits."""
    month_profile: Annotated[tuple[Weight, ...], Field(strict=False, min_length=12, max_length=12)] | None = None
    """Weights of the months in which visits are planned, April first; if left out, all are alike."""
    year_to_year_correlation: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """How much the time of year of a provider's visit is like that of the year before: the correlation of its normal
    scores, 0 not at all."""
    last_days_free: Annotated[int, Field(ge=0, le=180)] = 0
    """Days at the end of March in which no visit is planned, so that one can end in its year."""
    near_days: Annotated[int, Field(ge=0, le=180)] = 0
    """Days before the end of March from which on an inspection at discretion that stands for a visit and still waits is
    statutory work; from `last_days_free` on it is so in any case."""
    rating: Literal["current", "on_1_april"] = "current"
    """Which rating says how many visits are owed: the current one, so that a provider rated worse within the year owes
    the difference for the rest of it, or the one held on 1 April for the whole year."""
    whole_year_if_first_before: Month | None = None
    """Month before which a new provider's first inspection must end for all visits of that year to be owed; from then
    on they are owed pro rata for what is left. If left out, they are owed pro rata from registration."""

    @model_validator(mode="after")
    def _fits_into_the_year(self) -> Self:
        most = max(self.per_year.model_dump().values())
        there = DAYS_IN_YEAR - self.last_days_free
        needed = (most - 1) * self.minimum_spacing_days
        if needed >= there:
            raise ValueError(
                f"{most} visits a year at least {self.minimum_spacing_days} days apart take {needed} days, "
                f"but only {there} are there; allowed: minimum_spacing_days of at most {(there - 1) // (most - 1)}"
            )
        return self


class Interval(StatutoryRule):
    """An inspection within so many months of the last one that satisfies the rule, by the rating held."""

    form: Literal["interval"]
    """An inspection within so many months of the last."""
    months: MonthsByRating
    """Months from one inspection to the next by rating; 0 where none falls due."""
    available_share: Share = 0.0
    """An inspection is planned a random time early, at most this share of the interval, so that nobody can predict it;
    the time is drawn once per cycle."""
    last_days_free: Days = 0
    """Days before its date by which an inspection is planned to have ended, at most a quarter of the interval."""
    catch_up_days: Days = 180
    """Days that a new rule or a new rating leaves where the date it sets is nearer than that or past, at most the
    interval."""


class Round(StatutoryRule):
    """Every provider once between two dates."""

    form: Literal["round"]
    """Every provider once between two dates."""
    from_: Annotated[date, Field(alias="from")]
    """First day of the round."""
    until: date
    """Last day of the round."""
    repeat_months: Annotated[int, Field(ge=0, le=1200)] = 0
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


def _check_window(earliest: int, latest: int, key: str = "within_days") -> None:
    if latest <= earliest:
        raise ValueError(f"{key} ({latest}) must be more than the {earliest} days before which it does not begin")


LOOK_KEYS: Final = (
    "look_probability",
    "look_not_before_days",
    "look_within_days",
    "after_look_not_before_days",
    "after_look_within_days",
)
"""Keys of a re-inspection that say something only where another visit may be made before it."""


class FirstInspection(Sourced):
    """The first inspection of a newly registered provider."""

    types: ServiceTypes
    """The service types that the rule is for, or "all_providers" or "registered_providers"."""
    kind: Kind = "first"
    """The kind of inspection it is."""
    not_before_days: Days = 0
    """Days from registration before which it does not begin."""
    within_days: Days
    """Days from registration within which it is to end."""
    statutory: bool = True
    """Whether law or regulation asks for it, so that an inspection ended too late is a breach."""

    @model_validator(mode="after")
    def _has_a_window(self) -> Self:
        _check_window(self.not_before_days, self.within_days)
        return self


class Reinspection(Sourced):
    """Another inspection soon after a bad judgement."""

    types: ServiceTypes
    """The service types that the rule is for, or "all_providers" or "registered_providers"."""
    after: Annotated[tuple[Grade, ...], Field(strict=False, min_length=1), AfterValidator(each_once)]
    """Judgements after which the provider is inspected again."""
    after_kinds: Kinds | None = None
    """Kinds of inspection whose judgement calls for it; any if left out."""
    kind: Kind
    """The kind of inspection it is."""
    not_before_days: Days = 0
    """Days from the judgement before which it does not begin."""
    within_days: Days
    """Days from the judgement within which it is to end."""
    counts: bool = True
    """Whether it counts towards the visits that a yearly rule asks for."""
    statutory: bool = False
    """Whether law or regulation asks for it, so that an inspection ended too late is a breach."""
    priority: Priority | None = None
    """Which goes first when inspectors are short, if not as its kind: discretionary work yields to statutory."""
    look_kind: Kind | None = None
    """The kind of a visit that is made before it after some of these judgements; none if left out."""
    look_probability: Share = 0.0
    """Probability that such a visit is made first."""
    look_not_before_days: Days = 0
    """Days from the judgement before which that visit does not begin."""
    look_within_days: Days = 0
    """Days from the judgement within which that visit is to end."""
    after_look_not_before_days: Days = 0
    """Days from that visit, as planned, before which the re-inspection then does not begin."""
    after_look_within_days: Days = 0
    """Days from that visit, as planned, within which the re-inspection is then to end."""

    @model_validator(mode="after")
    def _has_a_window(self) -> Self:
        _check_window(self.not_before_days, self.within_days)
        return self

    @model_validator(mode="after")
    def _looks_first(self) -> Self:
        if self.look_kind is not None:
            _check_window(self.look_not_before_days, self.look_within_days, "look_within_days")
            _check_window(self.after_look_not_before_days, self.after_look_within_days, "after_look_within_days")
            return self
        given = [name for name in LOOK_KEYS if getattr(self, name)]
        if given:
            raise ValueError(f"{given[0]} is of a visit before the re-inspection and needs look_kind, its kind")
        return self


class Trigger(Sourced):
    """What news of a provider does: it moves this year's next inspection forward, or adds one."""

    types: ServiceTypes
    """The service types that the rule is for, or "all_providers" or "registered_providers"."""
    signal: Literal["complaint", "serious_concern", "new_manager", "breach", "declined"]
    """The news that may trigger an inspection; "breach": what the provider owes in writing is missing or misleads;
    "declined": an inspection that gives no grade says that the provider has declined."""
    probability: Share
    """Probability that one piece of such news does so."""
    action: Literal["move", "add"]
    """Whether it moves the provider's next planned inspection forward, of yearly visits one of this year, or adds
    one."""
    kind: Kind | None = None
    """The kind of inspection that it adds; with "move" the one added where no inspection is left to move, none if
    left out."""
    kinds: Kinds | None = None
    """Kinds of inspection that it may move; any but desk work if left out."""
    reach: Literal["this_year", "next_year", "into_this_year"] = "this_year"
    """Whether it stops at yearly visits of this year; or where none is left brings forward the first of next year's,
    once, of a rule that owes the provider visits at its rating: "next_year", on any day of the window, as if the news
    came on 1 April; "into_this_year", at once, so that this year has one visit more and the next one fewer."""
    delay_days: Days
    """Days from the news before which the inspection does not begin."""
    within_days: Days
    """Days from the news within which the inspectorate wants it to end."""

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        _check_window(self.delay_days, self.within_days)
        if self.action == "add" and self.kind is None:
            raise ValueError('action = "add" needs a kind: the kind of inspection that it adds')
        if self.action == "add" and (self.kinds is not None or self.reach != "this_year"):
            raise ValueError('kinds and reach are for action = "move": an inspection added moves none')
        if self.kinds is not None and "desk" in self.kinds:
            raise ValueError('kinds may not name "desk": news moves no work at the desk')
        return self


class SharesByRating(Clause):
    """The share of the providers of each rating that a sample takes in a year."""

    excellent: Share
    good: Share
    adequate: Share
    poor: Share
    not_yet_graded: Share
    """Share of the providers that have not been graded yet."""


class NumberAYear(Clause):
    """How many providers a sample takes in a year, whatever their rating: any number between the two."""

    least: Annotated[int, Field(ge=0, le=100_000)]
    """Fewest providers in a year."""
    most: Annotated[int, Field(ge=0, le=100_000)]
    """Most providers in a year."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.most < self.least:
            raise ValueError(f"most ({self.most}) must not be less than least ({self.least})")
        return self


class Sample(Sourced):
    """Inspections on a sample basis, drawn every year; one that is not begun by the end of its year lapses."""

    types: ServiceTypes
    """The service types it is drawn from, or "all_providers" or "registered_providers"."""
    kind: Kind
    """The kind of inspection it is."""
    share: SharesByRating | None = None
    """The share of the providers of each rating, drawn one by one."""
    number: NumberAYear | None = None
    """How many of each of the service types, in place of a share."""

    @model_validator(mode="after")
    def _is_of_one_form(self) -> Self:
        if (self.share is None) == (self.number is None):
            raise ValueError("give either a share of the providers or the number of them a year")
        return self


class OverallJudgement(Sourced):
    """How the judgements of several strands become one: by best fit, or limited by the worst."""

    types: ServiceTypes
    """The service types whose strands are judged one by one."""
    by: Literal["best_fit", "limiting"]
    """"best_fit" is the middle of the strands' grades; "limiting" is poor if any strand is, else the middle."""
