"""Inspectors: pools of posts over time, for all regions or each region by itself, and how they are filled.

`simulator.inspectorate.staffing` says how many inspectors these posts have.
"""

import math
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from simulator.inputs.messages import InputError
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import Section, check_shares
from simulator.inspectorate.backlog import StartingBacklog
from simulator.inspectorate.between_regions import Neighbours, TravelDays
from simulator.inspectorate.clause_values import Kind, Priority
from simulator.inspectorate.staffing import MOST_POSTS, Establishment, Steps, on_day
from simulator.ticks import DAYS_PER_YEAR, MONTHS

WORKING_DAYS_PER_YEAR: Final = 260
"""Five days a week, the divisor of MODEL section 5: FTE times deployable days over 260 are in the field."""
CALENDAR_DAYS_PER_WORKING_DAY: Final = 7 / 5
UNLIMITED: Final = 10**9
"""Inspectors in the field where a scenario poses no limit."""


def _is_neutral(value: object) -> bool:
    """Return whether a scenario need not write a value, since nothing is as if it were not there."""
    return not value


def _summing_to_one(shares: dict[str, float]) -> dict[str, float]:
    check_shares(shares.values())
    return shares


Months = Annotated[float, Field(ge=0, le=120, exclude_if=_is_neutral)]
Share = Annotated[float, Field(ge=0, le=1)]


class FteStep(Section):
    """Full-time equivalents from a date on."""

    from_: Annotated[date, Field(alias="from"), Parameter("day from which a number of {} holds")]
    """Day from which this number holds; the first step also holds before its date."""
    fte: Annotated[float, Field(ge=0, allow_inf_nan=True), Parameter("number of {}")]
    """Posts in full-time equivalents, filled or not; ``inf`` poses no limit."""


class Pool(Section):
    """Inspectors who do the same kinds of inspection."""

    fte: Annotated[tuple[FteStep, ...], Field(min_length=1), Parameter("number of {}")]
    """Posts (the establishment) from dates on, in full-time equivalents."""
    by_region: Annotated[bool, Field(exclude_if=_is_neutral)] = False
    """Whether each region has a part of the pool to itself, and a backlog of its own."""
    region_shares: Annotated[
        Annotated[dict[str, Share], AfterValidator(_summing_to_one)] | None, Parameter("how regions share {}")
    ] = None
    """Share of the pool that each region has; if left out, its share of the providers."""
    lends_to_neighbours: Annotated[bool, Field(exclude_if=_is_neutral)] = False
    """Whether a region with no work waiting lends a free team to a neighbour where work waits (``neighbours``)."""
    recruitment_months: Annotated[Months, Parameter("months to recruit {}")] = 0.0
    """Months from the day on which a post is to be filled until somebody takes it."""
    training_months: Annotated[Months, Parameter("months to train {}")] = 0.0
    """Months from then on before the new inspector counts."""
    turnover: Annotated[
        float, Field(ge=0, le=2, exclude_if=_is_neutral), Parameter("share of {} who leave in a year")
    ] = 0.0
    """Share of the inspectors who leave in a year, at random."""

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

    @property
    def days_to_fill(self) -> int:
        """Days until somebody new is recruited and trained."""
        return round((self.recruitment_months + self.training_months) * DAYS_PER_YEAR / MONTHS)

    def fte_on(self, day: date) -> float:
        """Return the full-time equivalents on a day: the first step also holds before its date."""
        return on_day(self.posts, day)

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
    priorities: Annotated[dict[Kind, Priority], Field(default_factory=dict, exclude_if=_is_neutral)]
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

    def establishments(self, providers: Mapping[str, int]) -> tuple[Establishment, ...]:
        """Return the posts of each pool, those of a regional one for each region by itself.

        Parameters
        ----------
        providers : mapping of str to int
            Providers in each region; the parts of a regional pool follow one another in this order.

        Raises
        ------
        InputError
            If shares are given of other regions than these, or two pools come to have the same name.
        """
        found = tuple(
            Establishment(
                pool=name,
                region=region,
                posts=tuple((day, fte * share if share else 0.0) for day, fte in pool.posts),
                days_to_fill=pool.days_to_fill,
                turnover=pool.turnover,
                deployable=self.deployable_days_per_fte_year / WORKING_DAYS_PER_YEAR,
            )
            for name, pool in self.pools.items()
            for region, share in _parts(name, pool, providers).items()
        )
        names = [part.name for part in found]
        for name in names:
            if names.count(name) > 1:
                raise InputError(
                    f'capacity.pools: "{name}" is both a pool and the part of a pool in a region. Choose another name '
                    "for the pool"
                )
        return found


def _parts(name: str, pool: Pool, providers: Mapping[str, int]) -> Mapping[str | None, float]:
    """Return the share of a pool that each region has, or that it is one for all (None)."""
    if not pool.by_region:
        return {None: 1.0}
    shares = pool.region_shares or providers
    if set(shares) != set(providers):
        raise InputError(
            f"capacity.pools.{name}.region_shares: given {', '.join(shares)}; "
            f"allowed: a share for each region in which there are providers, and no other: {', '.join(providers)}"
        )
    total = math.fsum(shares.values())
    return {region: shares[region] / total for region in providers}
