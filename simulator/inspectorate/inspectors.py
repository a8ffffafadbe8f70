"""Inspectors are people: how far they differ, who comes again, and how they hurry.

The noise of a judgement has two parts: that of the visit, drawn anew each time, and that of the inspector who leads it,
shared by all visits that this inspector leads. `share_of_noise` states how much of the variance is the second. The
variance of a judgement is that of its kind of inspection whatever the share is.

An inspector is a post of a pool. The number of the post addresses the inspector's leniency, so that under every
framework, and whatever the number of posts, the same inspector is as lenient.
"""

import math
from typing import Annotated, Any, Final

import numpy as np
from pydantic import Field

from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import Section

_Share = Annotated[float, Field(ge=0, le=1)]


class Rushing(Section):
    """Visits that are shortened where a queue is long, at the price of seeing less."""

    waiting_per_inspector: Annotated[float, Field(ge=0), Parameter("queue from which visits are rushed")]
    """Inspections waiting for each inspector of the pool in the field above which a visit that begins is rushed."""
    effort_cut: Annotated[float, Field(ge=0, le=0.9), Parameter("share by which rushed visits are shorter")]
    """Share of its inspector-days by which a rushed visit is shorter, travel left out."""
    sigma_factor: Annotated[float, Field(ge=1, le=10), Parameter("factor on the noise of rushed visits")]
    """Factor on the standard deviation of the judgement of a rushed visit."""


class InspectorSettings(Section):
    """The section ``[inspectors]``: how inspectors differ from one another."""

    share_of_noise: Annotated[_Share, Parameter("share of judgement noise that is the inspector's", "share")] = 0.0
    """Share of the variance of a judgement's noise that is the inspector's own, the same at every visit they lead."""
    same_inspector_returns: Annotated[
        _Share, Parameter("probability that the same inspector returns", "probability")
    ] = 0.0
    """Probability that the inspector who led the last visit of the pool to a provider leads the next; else anybody."""

    rushing: Rushing | None = None
    """Visits are rushed where this table says when; without it none is."""


INSPECTORS: Final = np.dtype(
    (
        np.record,
        [
            ("of_inspector", "f8"),  # the inspector's part of the noise of a judgement, of standard deviation 1 in all
            ("of_visit", "f8"),
            ("returns", "f8"),
            ("rushed_from", "f8"),  # inspections waiting for each inspector above which visits are rushed; inf: never
            ("rushed_effort", "f8"),  # factors of a visit that is
            ("rushed_sigma", "f8"),
        ],
    )
)
"""What rules look up of a scenario's `InspectorSettings`."""


def inspectors_of(settings: InspectorSettings) -> np.ndarray[Any, np.dtype[np.void]]:
    """Turn the section into one `INSPECTORS` record, shape 1."""
    inspectors = np.zeros(1, dtype=INSPECTORS)
    inspectors["of_inspector"] = math.sqrt(settings.share_of_noise)
    inspectors["of_visit"] = math.sqrt(1.0 - settings.share_of_noise)
    inspectors["returns"] = settings.same_inspector_returns
    rushing = settings.rushing
    inspectors["rushed_from"] = math.inf if rushing is None else rushing.waiting_per_inspector
    inspectors["rushed_effort"] = 1.0 if rushing is None else 1.0 - rushing.effort_cut
    inspectors["rushed_sigma"] = 1.0 if rushing is None else rushing.sigma_factor
    return inspectors
