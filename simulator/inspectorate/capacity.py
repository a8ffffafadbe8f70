"""Inspectors: pools of posts over time, for all regions or each region by itself, and how they are filled.

`simulator.inspectorate.staffing` says how many inspectors these posts have.
"""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from simulator.inputs.messages import InputError, not_one_of
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import Section, check_shares
from simulator.inspectorate.backlog import StartingBacklog
from simulator.inspectorate.between_regions import Neighbours, TravelDays
from simulator.inspectorate.clause_values import Kind, Priority
from simulator.inspectorate.recruiting import (
    Agency,
    Filled,
    Freeze,
    Intake,
    RegionFilled,
    Share,
    divided,
    is_left_out,
    is_neutral,
    steps_in_order,
)
from simulator.inspectorate.staff import Steps, on_day
from simulator.inspectorate.staffing import MOST_POSTS, Establishment, Recruitment
from simulator.ticks import MONTHS

WORKING_DAYS_PER_YEAR: Final = 260
"""Five days a week, the divisor of MODEL section 5: FTE times deployable days over 260 are in the field."""
CALENDAR_DAYS_PER_WORKING_DAY: Final = 7 / 5
UNLIMITED: Final = 10**9
"""Inspectors in the field where a scenario poses no limit."""


Relative = Annotated[float, Field(ge=0, le=10)]


def _of_twelve_months(given: tuple[float, ...]) -> tuple[float, ...]:
    if len(given) != MONTHS:
        raise ValueError(f"given {len(given)} numbers; allowed: {MONTHS}, one for each month from January on")
    if not any(given):
        raise ValueError("every month is 0; allowed: more than 0 in at least one")
    return given


def _summing_to_one(shares: dict[str, float]) -> dict[str, float]:
    check_shares(shares.values())
    return shares


class FteStep(Section):
    """Full-time equivalents from a date on."""

    from_: Annotated[date, Field(alias="from"), Parameter("day from which a number of {} holds")]
    """Day from which this number holds; the first step also holds before its date."""
    fte: Annotated[float, Field(ge=0, allow_inf_nan=True), Parameter("number of {}")]
    """Posts in full-time equivalents, filled or not; ``inf`` poses no limit."""


class Pool(Filled):
    """Inspectors who do the same kinds of inspection."""

    fte: Annotated[tuple[FteStep, ...], Field(min_length=1), Parameter("number of {}")]
    """Posts (the establishment) from dates on, in full-time equivalents."""
    by_region: Annotated[bool, Field(exclude_if=is_neutral)] = False
    """Whether each region has a part of the pool to itself, and a backlog of its own."""
    region_shares: Annotated[
        Annotated[dict[str, Share], AfterValidator(_summing_to_one)] | None, Parameter("how regions share {}")
    ] = None
    """Share of the pool that each region has; if left out, its share of the providers."""
    regions: Annotated[dict[str, RegionFilled] | None, Field(exclude_if=is_left_out)] = None
    """What is otherwise in single regions, in a pool by region."""
    freezes: Annotated[tuple[Freeze, ...], Field(exclude_if=is_neutral)] = ()
    """Stretches in which nobody joins and recruitment stands still: *no recruitment from ... to ...*."""
    intakes: Annotated[tuple[Intake, ...] | None, Field(exclude_if=is_left_out)] = None
    """People recruited together, by date; if given, no post is filled but by them."""
    intakes_from: Annotated[
        date | None,
        Field(exclude_if=is_left_out),
        Parameter("day from which only intakes fill posts of {}"),
    ] = None
    """Day until which each post is filled by itself all the same; if left out, the beginning of the run."""
    agency: Annotated[tuple[Agency, ...], Field(exclude_if=is_neutral)] = ()
    """Agency staff, or overtime: inspectors beyond the posts, for a time and at a price."""
    lends_to_neighbours: Annotated[bool, Field(exclude_if=is_neutral)] = False
    """Whether a region with no work waiting lends a free team to a neighbour where work waits (``neighbours``)."""

    @field_validator("fte")
    @classmethod
    def _dates_in_order(cls, steps: tuple[FteStep, ...]) -> tuple[FteStep, ...]:
        for earlier, later in pairwise(steps):
            if later.from_ <= earlier.from_:
                raise ValueError(f"the dates must rise, but {later.from_} comes after {earlier.from_}")
        return steps

    @model_validator(mode="after")
    def _shares_of_regions(self) -> Self:
        if self.region_shares is not None and not self.by_region:
            raise ValueError("region_shares: given, but by_region is false; allowed: by_region = true, or no shares")
        return self

    @model_validator(mode="after")
    def _regions_of_its_own(self) -> Self:
        regional = [*(self.regions or ()), *(intake.region for intake in self.intakes or () if intake.region)]
        if regional and not self.by_region:
            raise ValueError(f'regions: given "{regional[0]}", but by_region is false; allowed: by_region = true')
        if self.intakes_from is not None and self.intakes is None:
            raise ValueError("intakes_from: given without intakes; allowed: with intakes, or left out")
        steps_in_order(self.freezes)
        return self

    @model_validator(mode="after")
    def _regions_lend(self) -> Self:
        if self.lends_to_neighbours and not self.by_region:
            raise ValueError(
                "lends_to_neighbours: given, but by_region is false; allowed: by_region = true, or neither"
            )
        return self

    @model_validator(mode="after")
    def _posts_can_be_followed(self) -> Self:
        most = max((step.fte for step in self.fte if math.isfinite(step.fte)), default=0.0)
        if most > MOST_POSTS:
            raise ValueError(f"fte: given {most:g}; allowed: at most {MOST_POSTS}, or inf for no limit")
        return self

    @property
    def posts(self) -> Steps:
        """The full-time equivalents from dates on."""
        return tuple((step.from_, step.fte) for step in self.fte)

    def fte_on(self, day: date) -> float:
        """Return the full-time equivalents on a day: the first step also holds before its date."""
        return on_day(self.posts, day)

    def recruitment_in(self, region: str | None, intakes: tuple[tuple[date, int], ...] | None) -> Recruitment:
        """Return how its posts are filled in a region, or everywhere."""
        own = (self.regions or {}).get(region or "")
        changed = own.model_dump(exclude_none=True) if own else {}
        if "turnover" in changed:
            changed["turnover_by_service"] = ()
        return self.model_copy(update=changed).recruitment(self.freezes, intakes, self.intakes_from)

    def has_posts(self, first: date, until: date) -> bool:
        """Return whether there is a post on any day from `first` on and before `until`."""
        steps = (step.from_ for step in self.fte if first < step.from_ < until)
        return any(self.fte_on(day) > 0 for day in (first, *steps))


class CapacitySettings(Section):
    """The inspectorate's people."""

    deployable_days_per_fte_year: Annotated[
        float, Field(gt=0, le=WORKING_DAYS_PER_YEAR), Parameter("deployable days of an inspector a year")
    ]
    """Days a year that one full-time equivalent spends on inspections, of 260 working days."""
    pools: Annotated[dict[str, Pool], Field(min_length=1)]
    priorities: Annotated[dict[Kind, Priority], Field(default_factory=dict, exclude_if=is_neutral)]
    """Which work gives way: priority of each kind of inspection named, in place of that of every framework; 1 first."""
    starting_backlog: StartingBacklog | None = None
    """Statutory inspections that are late on the day of `run.start`; none without this table."""
    neighbours: Annotated[Neighbours, Field(default_factory=dict)]
    """Regions next to each region, where teams of a pool with ``lends_to_neighbours`` may go; each names the other."""
    travel_days: Annotated[TravelDays, Field(default_factory=dict)]
    """Days that each inspector travels to a visit and back, by region of the provider; 0 where a region is left out."""

    @model_validator(mode="after")
    def _somebody_to_lend_to(self) -> Self:
        for name in self.lending:
            if not self.neighbours:
                raise ValueError(
                    f"pools.{name}.lends_to_neighbours: given, but no region has a neighbour; "
                    'give capacity.neighbours, such as "London" = ["South East"]'
                )
        return self

    @property
    def lending(self) -> tuple[str, ...]:
        """The pools whose teams are lent."""
        return tuple(name for name, pool in self.pools.items() if pool.lends_to_neighbours)

    by_month: Annotated[
        Annotated[tuple[Relative, ...], AfterValidator(_of_twelve_months)] | None,
        Field(exclude_if=is_left_out),
        Parameter("deployable days by month, relative to other months"),
    ] = None
    """Deployable days of the twelve calendar months, January first, of which only the proportions count: leave,
    sickness, bank holidays, training."""

    @property
    def _relative(self) -> tuple[float, ...]:
        """Deployable days of each month relative to their mean, so that a year has as many as without them."""
        given = self.by_month or (1.0,) * MONTHS
        mean = math.fsum(given) / MONTHS
        return tuple(days / mean for days in given)

    def establishments(self, providers: Mapping[str, int], last: date) -> tuple[Establishment, ...]:
        """Return the posts of each pool, those of a regional one for each region by itself.

        Parameters
        ----------
        providers : mapping of str to int
            Providers in each region; the parts of a regional pool follow one another in this order.
        last : date
            Day on which the run ends.

        Raises
        ------
        InputError
            If shares are given of other regions than these, or two pools come to have the same name.
        """
        found = tuple(part for name, pool in self.pools.items() for part in self._parts_of(name, pool, providers, last))
        names = [part.name for part in found]
        for name in names:
            if names.count(name) > 1:
                raise InputError(
                    f'capacity.pools: "{name}" is both a pool and the part of a pool in a region. Choose another name '
                    "for the pool"
                )
        return found

    def _parts_of(self, name: str, pool: Pool, providers: Mapping[str, int], last: date) -> Iterator[Establishment]:
        shares = _parts(name, pool, providers)
        regional = {region: share for region, share in shares.items() if region is not None}
        of_regions = divided(pool.intakes or (), regional) if regional else {}
        everywhere = tuple((intake.from_, intake.number) for intake in pool.intakes or ())
        for region, share in shares.items():
            intakes = of_regions[region] if region is not None else everywhere
            yield Establishment(
                pool=name,
                region=region,
                posts=tuple((day, fte * share if share else 0.0) for day, fte in pool.posts),
                recruitment=pool.recruitment_in(region, None if pool.intakes is None else intakes),
                deployable=self.deployable_days_per_fte_year / WORKING_DAYS_PER_YEAR,
                hires=tuple(agency.hired(share, last) for agency in pool.agency),
                by_month=self._relative,
            )


def _parts(name: str, pool: Pool, providers: Mapping[str, int]) -> Mapping[str | None, float]:
    """Return the share of a pool that each region has, or that it is one for all (None)."""
    if not pool.by_region:
        return {None: 1.0}
    shares = pool.region_shares or providers
    for region in (*(pool.regions or ()), *(intake.region for intake in pool.intakes or () if intake.region)):
        if region not in providers:
            raise InputError(f"capacity.pools.{name}: {not_one_of(region, 'region', list(providers))}")
    if set(shares) != set(providers):
        raise InputError(
            f"capacity.pools.{name}.region_shares: given {', '.join(shares)}; "
            f"allowed: a share for each region in which there are providers, and no other: {', '.join(providers)}"
        )
    total = math.fsum(shares.values())
    return {region: shares[region] / total for region in providers}
