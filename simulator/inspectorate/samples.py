"""Inspections on a sample basis: as a framework's file writes them, and as numbers."""

from typing import Annotated, Final, Self
from zlib import crc32

import numpy as np
from pydantic import Field, model_validator

from simulator.inputs.parameter import Parameter
from simulator.inspectorate.clause_values import Kind, ServiceTypes, Share
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.inspectorate.one_number import BY_RATING
from simulator.inspectorate.sources import Clause, Sourced

SAMPLES_PER_TYPE: Final = 3
"""Samples that may be drawn from one service type."""

# forms of a sample
BY_SHARE: Final = 1
BY_NUMBER: Final = 2
BY_DAYS: Final = 3

_BY_SAMPLE: Final = (*BY_TYPE, SAMPLES_PER_TYPE)


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
    """Inspections on a sample basis, drawn every year as far as other work leaves inspector-days for them.

    One that is not begun by the end of its year lapses.
    """

    types: ServiceTypes
    """The service types it is drawn from, or "all_providers" or "registered_providers"."""
    kind: Kind
    """The kind of inspection it is."""
    share: Annotated[
        SharesByRating | None, BY_RATING, Parameter("share of providers in samples", "share of the providers a year")
    ] = None
    """The share of the providers of each rating, or one number for all, drawn one by one."""
    number: Annotated[NumberAYear | None, Parameter(unit="providers of each type a year")] = None
    """How many of each of the service types, in place of a share."""
    days: Annotated[
        float | None,
        Field(ge=0, le=1_000_000, allow_inf_nan=False),
        Parameter("inspector-days of samples", "inspector-days a year"),
    ] = None
    """Inspector-days a year that it takes, over all its service types, in place of a share."""

    @model_validator(mode="after")
    def _is_of_one_form(self) -> Self:
        if sum(form is not None for form in (self.share, self.number, self.days)) != 1:
            raise ValueError("give one of these: a share of the providers, the number of them or the days a year")
        return self


def _write(policy: np.void, at: tuple[int, int], sample: Sample, writing: Writing) -> None:
    policy["sample_kind"][at] = KINDS.index(sample.kind)
    policy["sample_clause"][at] = crc32(writing.key.encode())
    if sample.share is not None:
        policy["sampled"][at] = BY_SHARE
        policy["sample_share"][at] = [sample.share.model_dump()[rating] for rating in RATINGS]
    elif sample.number is not None:
        policy["sampled"][at] = BY_NUMBER
        policy["sample_least"][at] = sample.number.least
        policy["sample_most"][at] = sample.number.most
    elif sample.days is not None:
        policy["sampled"][at] = BY_DAYS
        policy["sample_days"][at] = sample.days


SAMPLES: Final = NamedClauses(
    fields=[
        ("sample_kept", "i8", _BY_SAMPLE),  # 1 if the framework before had the same sample
        ("sampled", "i8", _BY_SAMPLE),
        ("sample_kind", "i8", _BY_SAMPLE),
        ("sample_share", "f8", (*_BY_SAMPLE, len(RATINGS))),
        ("sample_least", "i8", _BY_SAMPLE),
        ("sample_most", "i8", _BY_SAMPLE),
        ("sample_days", "f8", _BY_SAMPLE),  # of all its service types together
        ("sample_clause", "i8", _BY_SAMPLE),  # tells which service types are of one sample: made of its name
    ],
    write=_write,
    most=SAMPLES_PER_TYPE,
    kept="sample_kept",
)
