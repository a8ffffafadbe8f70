"""Targets: what a framework is to reach, such as ``on_time_share >= 0.95``, and whether some replications reach it.

A target is on the mean of a measure over replications. It is *met* with a confidence of 95 %, say, if the one-sided
interval of the mean by Student's t lies wholly on the right side of the bound, *missed* if it lies wholly on the
wrong side, and *unclear* otherwise.
"""

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.inputs.messages import InputError, Named, not_one_of
from simulator.measures.bands import running_of
from simulator.measures.declaration import SHARE
from simulator.measures.names import ALL_SERVICES, BY_NAME, HELPED, MEASURES, Measure, Relation
from simulator.world.services import SERVICE_TYPES

Floats = npt.NDArray[np.float64]
Standing = Literal["met", "unclear", "missed", "undefined", "scouted"]
"""How replications stand to a target; *scouted* are too few of them, run to guide a search, to say."""

NAMES: Final = tuple(measure.name for measure in MEASURES)
_FORM: Final = re.compile(r"\s*([\w-]+)(?:\s+of\s+([\w-]+))?\s*(>=|<=|≥|≤)\s*(\S+?)\s*(%?)\s*")
_SUBJECT: Final = re.compile(r"\s*([\w-]+)(?:\s+of\s+([\w-]+))?\s*")
_EXAMPLE: Final = '"on_time_share >= 0.95", or "days_unfound_mean of childrens_home <= 120"'


class Quantity(NamedTuple):
    """A measure of some providers."""

    measure: str
    service_type: str
    """`simulator.measures.names.ALL_SERVICES` for all."""

    @property
    def of(self) -> Measure:
        """What is declared of the measure."""
        return BY_NAME[self.measure]

    @property
    def place(self) -> tuple[int, int]:
        """Row and column in the table of measures of a run (`simulator.measures.table`)."""
        return NAMES.index(self.measure), (*SERVICE_TYPES, ALL_SERVICES).index(self.service_type)

    def __str__(self) -> str:
        return self.measure if self.service_type == ALL_SERVICES else f"{self.measure} of {self.service_type}"


class Target(NamedTuple):
    """What is to be reached."""

    quantity: Quantity
    relation: Relation
    bound: float

    def __str__(self) -> str:
        return f"{self.quantity} {self.relation} {self.bound:g}"

    @property
    def sign(self) -> int:
        """What to multiply the measure by so that more of it is better."""
        return 1 if self.relation == ">=" else -1


class Verdict(NamedTuple):
    """How some replications stand to a target."""

    mean: float
    low: float
    """Lower end of the one-sided interval, not-a-number where there is none."""
    high: float
    """Upper end of the one-sided interval."""
    replications: int
    """In which the measure is defined."""
    standing: Standing


def quantity(given: str, service_types: Sequence[str]) -> Quantity:
    """Read ``MEASURE`` or ``MEASURE of SERVICE_TYPE``; of all providers, if no type is named.

    Parameters
    ----------
    given
        As on the command line.
    service_types
        Of which there are providers, and `ALL_SERVICES`.

    Raises
    ------
    InputError
        If there is no such measure or no such provider.
    """
    where = (Named("measure"), f' "{given}"')
    found = _SUBJECT.fullmatch(given)
    if not found:
        raise InputError(*where, ": allowed: a measure, such as on_time_share, or on_time_share of childrens_home")
    return _quantity(where, found[1], found[2] or ALL_SERVICES, service_types)


def target(given: str, service_types: Sequence[str]) -> Target:
    """Read ``MEASURE [of SERVICE_TYPE] >= NUMBER`` (or ``<=``); a number may be in per cent.

    Raises
    ------
    InputError
        If it cannot be read, or more inspectors are no way to reach it.
    """
    where = (Named("target"), f' "{given}"')
    found = _FORM.fullmatch(given)
    if not found:
        raise InputError(*where, f": cannot be read; allowed: a measure, >= or <=, and a number, such as {_EXAMPLE}")
    name, service_type, sign, number, percent = found.groups()
    of = _quantity(where, name, service_type or ALL_SERVICES, service_types)
    try:
        bound = float(number) / (100 if percent else 1)
    except ValueError:
        bound = np.nan
    if not np.isfinite(bound):
        raise InputError(*where, f": {number} is not a number; allowed: a number, as in {_EXAMPLE}")
    if of.measure not in HELPED:
        raise InputError(
            *where, f": more inspectors do not help to meet a target of {of.measure}; allowed: {', '.join(HELPED)}"
        )
    relation = HELPED[of.measure]
    if {"≥": ">=", "≤": "<="}.get(sign, sign) != relation:
        raise InputError(
            *where,
            f": more inspectors move {of.measure} in the other direction; allowed: {of.measure} {relation} {number}",
        )
    _check_bound(where, Target(of, relation, float(bound)), f"{number}{percent}")
    return Target(of, relation, float(bound))


def _check_bound(where: tuple[str | Named, ...], wanted: Target, given: str) -> None:
    """Refuse a bound that the measure meets, or misses, with any number of inspectors."""
    is_share = wanted.quantity.of.unit == SHARE
    if given.endswith("%") and not is_share:
        raise InputError(*where, f": {wanted.quantity.measure} is not a share; allowed: a number without %")
    hint = f". For {given} per cent write {given}%" if is_share and 1 < wanted.bound <= 100 and "%" not in given else ""  # noqa: PLR2004
    most = 1.0 if is_share else wanted.quantity.of.most or np.inf
    ends = "0 to 1 (0% to 100%)" if is_share else f"0 to {most:g}" if np.isfinite(most) else "0 or more"
    if wanted.bound < 0 or (wanted.bound > most and is_share):
        raise InputError(*where, f": given {given}, but this measure is {ends} with any number of inspectors{hint}")
    if wanted.bound == 0 if wanted.relation == ">=" else wanted.bound >= most:
        raise InputError(
            *where, f": every number of inspectors meets this, because this measure is {ends}. Set a bound inside that"
        )


def _quantity(where: tuple[str | Named, ...], name: str, service_type: str, service_types: Sequence[str]) -> Quantity:
    if name not in NAMES:
        raise InputError(*where, f": {not_one_of(name, 'measure', NAMES)}")
    if service_type not in service_types:
        raise InputError(*where, f": {not_one_of(service_type, 'service type with providers', service_types)}")
    return Quantity(name, service_type)


def verdict(values: Floats, wanted: Target, confidence: float) -> Verdict:
    """Report how replications compare with a target.

    Parameters
    ----------
    values
        Of the measure, shape (replications,); not-a-number where it is undefined, and left out then.
    wanted
        The target.
    confidence
        Of each of the two one-sided intervals, such as 0.95.

    Returns
    -------
    Verdict
        One value has no interval, and is unclear unless there is no bound to it at all.
    """
    there = values[~np.isnan(values)]
    if not there.size:
        return Verdict(np.nan, np.nan, np.nan, 0, "undefined")
    if there.size == 1:
        return Verdict(float(there[0]), np.nan, np.nan, 1, "unclear")
    mean, low, high = (float(end) for end in running_of(there).band(2 * confidence - 1))
    worst, best = sorted((wanted.sign * low, wanted.sign * high))
    bound = wanted.sign * wanted.bound
    standing: Standing = "met" if worst >= bound else "missed" if best < bound else "unclear"
    return Verdict(mean, low, high, int(there.size), standing)


def together(standings: Sequence[Standing]) -> Standing:
    """Report the state of several targets: met if all are, missed if one is."""
    for standing in ("undefined", "missed", "unclear", "scouted"):
        if standing in standings:
            return standing
    return "met"
