"""What the answers are read off: the estimates of a comparison, and whom they are about."""

import weakref
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from simulator.measures.names import ALL_SERVICES
from simulator.measures.series import SeriesBands
from simulator.scenario.scenario import Scenario
from simulator.world.services import SERVICE_TITLES, SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

_MOST_IN_TITLE: Final = 2
"""Options that a title has room for."""


class Estimated(Protocol):
    """What sentences and charts need of a comparison (`simulator.questions.compare.comparison` makes one)."""

    @property
    def scenario(self) -> Scenario:
        """As resolved, command line included."""

    @property
    def titles(self) -> Mapping[str, str]:
        """Title of each framework by its name, in the order in which they are shown."""

    @property
    def course(self) -> Sequence[tuple[date, str]]:
        """Days, and titles of what is in force from then on; `timeline.COMPARED` for those compared."""

    @property
    def baseline(self) -> str:
        """Name of the framework that the others are compared with."""

    @property
    def peers(self) -> Sequence[str]:
        """Names of the frameworks in the layer of the baseline: those with a package if it has one, or else without."""

    @property
    def summary(self) -> "pd.DataFrame":
        """Columns framework, service_type, measure, mean, low, high, replications."""

    @property
    def differences(self) -> "pd.DataFrame":
        """The same and baseline; paired by replication, framework less baseline."""

    @property
    def series(self) -> Mapping[str, SeriesBands]:
        """Series by framework, for the charts."""

    @property
    def own_register(self) -> bool:
        """Whether the providers come from a register, not from the synthetic population."""


class Estimate(NamedTuple):
    """A mean over replications with its 95 % interval; not-a-number where undefined."""

    mean: float
    low: float
    high: float

    @property
    def defined(self) -> bool:
        """Whether there is a mean at all."""
        return self.mean == self.mean

    @property
    def has_interval(self) -> bool:
        """Whether there is an interval: one replication gives none."""
        return self.low == self.low and self.high == self.high

    @property
    def clear(self) -> bool:
        """Whether a difference is one: its interval leaves out 0."""
        return self.has_interval and (self.low > 0 or self.high < 0)

    @property
    def none(self) -> bool:
        """Whether a difference is exactly nothing in every replication."""
        return self.mean == self.low == self.high == 0

    def magnitude(self) -> "Estimate":
        """Return a difference without its sign: of one below 0, the mirror image."""
        return Estimate(-self.mean, -self.high, -self.low) if self.mean < 0 else self


UNDEFINED: Final = Estimate(float("nan"), float("nan"), float("nan"))


class Subject(NamedTuple):
    """The providers that a sentence or a chart is about."""

    service_type: str
    """As tables name it."""
    column: int
    """Its place on the last axis of a series."""
    providers: str
    """Plural, in full."""
    short: str
    """Plural, in short."""


CHILDRENS_HOMES: Final = Subject(
    "childrens_home", SERVICE_TYPES.index("childrens_home"), SERVICE_TITLES["childrens_home"], "homes"
)
EVERYONE: Final = Subject(ALL_SERVICES, len(SERVICE_TYPES), "all providers", "providers")


class Estimates:
    """The estimates of a comparison by framework, service type and measure."""

    def __init__(self, compared: Estimated) -> None:
        self._levels = by_key(compared.summary)
        self._differences = by_key(compared.differences)

    def level(self, framework: str, subject: Subject, measure: str) -> Estimate:
        """Return a measure under a framework."""
        return self._levels.get((framework, subject.service_type, measure), UNDEFINED)

    def difference(self, framework: str, subject: Subject, measure: str) -> Estimate:
        """Return how much more of a measure there is under a framework than under the baseline."""
        return self._differences.get((framework, subject.service_type, measure), UNDEFINED)


_READ: Final[dict[int, dict[tuple[str, str, str], Estimate]]] = {}
"""The estimates of frames that are still there, by the identity of the frame: one answer asks for them fifty times."""


def by_key(frame: "pd.DataFrame") -> Mapping[tuple[str, str, str], Estimate]:
    """Turn the rows of a frame into estimates by framework, service type and measure."""
    if (read := _READ.get(id(frame))) is None:
        keys = zip(*(frame[name].tolist() for name in ("framework", "service_type", "measure")), strict=True)
        estimates = map(Estimate, *(frame[name].tolist() for name in ("mean", "low", "high")))
        read = _READ[id(frame)] = dict(zip(keys, estimates, strict=True))
        weakref.finalize(frame, _READ.pop, id(frame))
    return read


def subject_of(compared: Estimated) -> Subject:
    """Choose whom the answers are about: children's homes, or everyone where there are none of them."""
    homes = Estimates(compared).level(compared.baseline, CHILDRENS_HOMES, "inspections_per_provider_year")
    return CHILDRENS_HOMES if homes.defined else EVERYONE


def others(compared: Estimated) -> list[str]:
    """Name the frameworks that are compared with the baseline."""
    return [name for name in compared.titles if name != compared.baseline]


def same_as(compared: Estimated, framework: str, among: Sequence[str]) -> str | None:
    """Name the first framework `among` some from which one differs in no measure; None if there is none."""
    means: dict[str, list[float]] = {name: [] for name in compared.titles}
    for (name, _, _), estimate in sorted(by_key(compared.summary).items()):
        means[name].append(estimate.mean if estimate.defined else -1.0)
    return next((name for name in among if name != framework and means[name] == means[framework]), None)


def asked_about(compared: Estimated) -> list[str]:
    """Name the frameworks that a title is about."""
    return first_asked(others(compared), compared.peers)


def first_asked(frameworks: Sequence[str], peers: Sequence[str]) -> list[str]:
    """Choose what a title is about: the first `frameworks` among the `peers`, or of all where none is among them.

    They stay in the order in which they were asked for; those that happen to be farthest away have no precedence.
    """
    among = [name for name in frameworks if name in peers]
    return (among or [*frameworks])[:_MOST_IN_TITLE]
