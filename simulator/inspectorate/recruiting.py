"""How the posts of a pool are filled, as a scenario says it: lags, turnover, freezes, intakes, agency staff."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import Section
from simulator.inspectorate.staffing import Hire, Recruitment
from simulator.ticks import DAYS_PER_YEAR, MONTHS

_LARGEST_INTAKE: Final = 10_000


def is_neutral(value: object) -> bool:
    """Return whether a scenario need not write a value, since nothing is as if it were not there."""
    return not value


def is_left_out(value: object) -> bool:
    """Return whether a scenario leaves a value out; an empty list may say something."""
    return value is None


Months = Annotated[float, Field(ge=0, le=120, exclude_if=is_neutral)]
OtherMonths = Annotated[Annotated[float, Field(ge=0, le=120)] | None, Field(exclude_if=is_left_out)]
Share = Annotated[float, Field(ge=0, le=1)]
Turnover = Annotated[float, Field(ge=0, le=2)]
FromDay = Annotated[date, Field(alias="from")]


class ServiceStep(Section):
    """A rate of leaving by length of service."""

    from_years: Annotated[float, Field(ge=0, le=40), Parameter("years of service from which {} leave at another rate")]
    """Years since the end of training from which it holds; those there when the run begins have the last one."""
    turnover: Annotated[Turnover, Parameter("share of {} who leave in a year, by length of service")]
    """Share of such inspectors who leave in a year, at random."""


class _Stretch(Section):
    """From one day until another."""

    from_: Annotated[FromDay, Parameter("first day of a freeze, or of agency staff, of {}")]
    """First day."""
    until: Annotated[date, Parameter("day after a freeze, or after agency staff, of {}")]
    """Day after the last one."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until <= self.from_:
            raise ValueError(f"until: given {self.until}; allowed: a day after {self.from_}")
        return self


class Freeze(_Stretch):
    """A stretch in which nobody joins, and recruitment stands still."""


class Intake(Section):
    """People recruited together."""

    from_: Annotated[FromDay, Parameter("day on which recruitment of {} begins")]
    """Day on which their recruitment begins."""
    number: Annotated[int, Field(ge=0, le=_LARGEST_INTAKE), Parameter("number recruited to {}")]
    """How many are recruited; those for whom no post is vacant when they join are not taken on."""
    region: Annotated[str | None, Field(exclude_if=is_left_out)] = None
    """Region that they join, in a pool by region; if left out, they are divided as its posts are."""


class Agency(_Stretch):
    """Agency staff, or overtime: inspectors beyond the posts, for a time and at a price."""

    fte: Annotated[float, Field(ge=0, le=_LARGEST_INTAKE), Parameter("agency staff beside {}")]
    """Full-time equivalents; they need no training."""
    cost_per_day: Annotated[float, Field(ge=0, le=100_000), Parameter("cost of a day of agency staff beside {}")]
    """Pounds for each deployable day, used or not."""
    every_year: Annotated[bool, Field(exclude_if=is_neutral)] = False
    """Whether they come again on the same days of each later year, as in overtime from January to March."""

    @model_validator(mode="after")
    def _within_a_year(self) -> Self:
        if not self.every_year:
            return self
        if (self.until - self.from_).days > DAYS_PER_YEAR:
            raise ValueError(f"until: given {self.until} with every_year; allowed: at most a year after {self.from_}")
        if (2, 29) in ((day.month, day.day) for day in (self.from_, self.until)):
            raise ValueError("every_year: given with 29 February; allowed: days that every year has")
        return self

    def hired(self, share: float, last: date) -> Hire:
        """Return a share of them over time, until the end of a run."""
        times = range(max(last.year - self.from_.year, 0) + 1) if self.every_year else range(1)
        steps: list[tuple[date, float]] = [(date.min, 0.0)]
        for years in times:
            begin, end = (day.replace(year=day.year + years) for day in (self.from_, self.until))
            if steps[-1][0] == begin:  # the year before ends as this one begins
                steps.pop()
            steps += [(begin, self.fte * share), (end, 0.0)]
        return Hire(tuple(steps), self.cost_per_day)


class Filled(Section):
    """How long it takes to fill a post, and who leaves."""

    recruitment_months: Annotated[Months, Parameter("months to recruit {}")] = 0.0
    """Months from the day on which a post is to be filled until somebody takes it."""
    training_months: Annotated[Months, Parameter("months to train {}")] = 0.0
    """Months from then on before the new inspector counts in full."""
    training_output: Annotated[
        Annotated[Share, Field(exclude_if=is_neutral)], Parameter("output of {} in training")
    ] = 0.0
    """Share of an inspector's work that somebody in training does."""
    turnover: Annotated[
        Annotated[Turnover, Field(exclude_if=is_neutral)], Parameter("share of {} who leave in a year")
    ] = 0.0
    """Share of the inspectors who leave in a year, at random."""
    turnover_by_service: Annotated[tuple[ServiceStep, ...], Field(exclude_if=is_neutral)] = ()
    """The same by length of service, in place of `turnover`."""

    @model_validator(mode="after")
    def _service_in_order(self) -> Self:
        steps = self.turnover_by_service
        if not steps:
            return self
        if self.turnover:
            raise ValueError("turnover_by_service: given beside turnover; allowed: one of the two")
        if steps[0].from_years != 0:
            raise ValueError(f"turnover_by_service: begins with from_years = {steps[0].from_years:g}; allowed: 0")
        for earlier, later in pairwise(steps):
            if later.from_years <= earlier.from_years:
                raise ValueError(
                    f"turnover_by_service: from_years must rise, but {later.from_years:g} comes after "
                    f"{earlier.from_years:g}"
                )
        return self

    def recruitment(
        self,
        freezes: Sequence[Freeze] = (),
        intakes: tuple[tuple[date, int], ...] | None = None,
        intakes_from: date | None = None,
    ) -> Recruitment:
        """Return how posts are filled, by dates."""
        in_all = round((self.recruitment_months + self.training_months) * DAYS_PER_YEAR / MONTHS)
        until_joined = min(round(self.recruitment_months * DAYS_PER_YEAR / MONTHS), in_all)
        steps = tuple((step.from_years, step.turnover) for step in self.turnover_by_service)
        return Recruitment(
            recruitment_days=until_joined,
            training_days=in_all - until_joined,
            training_output=self.training_output,
            turnover=steps or (((0.0, self.turnover),) if self.turnover else ()),
            freezes=tuple((freeze.from_, freeze.until) for freeze in freezes),
            intakes=intakes,
            intakes_from=intakes_from,
        )


class RegionFilled(Section):
    """What is otherwise in one region; what is left out is as in the pool."""

    recruitment_months: Annotated[Annotated[float, Field(ge=0, le=120)] | None, Parameter("months to recruit {}")] = (
        None
    )
    """Months from the day on which a post is to be filled until somebody takes it."""
    training_months: Annotated[OtherMonths, Parameter("months to train {}")] = None
    """Months from then on before the new inspector counts in full."""
    turnover: Annotated[
        Annotated[Turnover | None, Field(exclude_if=is_left_out)], Parameter("share of {} who leave in a year")
    ] = None
    """Share of the inspectors who leave in a year, at random."""


def divided(intakes: Sequence[Intake], shares: Mapping[str, float]) -> Mapping[str, tuple[tuple[date, int], ...]]:
    """Divide intakes between the regions of a pool, as whole people: by the largest remainders, first regions first."""
    found: dict[str, list[tuple[date, int]]] = {region: [] for region in shares}
    for intake in intakes:
        if intake.region is not None:
            found[intake.region].append((intake.from_, intake.number))
            continue
        exact = {region: intake.number * share for region, share in shares.items()}
        whole = {region: int(number) for region, number in exact.items()}
        rest = sorted(shares, key=lambda region: whole[region] - exact[region])[: intake.number - sum(whole.values())]
        for region, number in whole.items():
            found[region].append((intake.from_, number + (region in rest)))
    return {region: tuple(of_region) for region, of_region in found.items()}


def steps_in_order(steps: Sequence[_Stretch]) -> None:
    """Refuse stretches that overlap, or are not in the order of their dates.

    Raises
    ------
    ValueError
        Naming the first two.
    """
    for earlier, later in pairwise(steps):
        if later.from_ < earlier.until:
            raise ValueError(f"the stretches must follow one another, but {later.from_} lies before {earlier.until}")
