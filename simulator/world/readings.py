"""Readings of a provider's quality that come by themselves: what it says of itself, and what its users say.

The consultation *Modernising the Regulatory Framework for Children's Social Services* (2006) proposes a yearly
self-assessment of every provider, the annual quality assurance assessment (3.2.1 to 3.2.6), and has the inspectorate
take account of its users' assessment (3.1.18). Each is a reading of the true grade through noise; a self-assessment
through interest as well.
"""

import math
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from simulator.compiling import compiled
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import GradeValues, Section
from simulator.world.quality import EXCELLENT, GOOD

_Probability = Annotated[float, Field(ge=0, le=1)]
_Noise = Annotated[float, Field(ge=0, le=3)]


class Probabilities(GradeValues):
    """A probability for each grade."""

    poor: _Probability
    adequate: _Probability
    good: _Probability
    excellent: _Probability


class SelfAssessments(Section):
    """What providers say of themselves where they must (3.2), by true grade."""

    noise: Annotated[_Noise, Parameter("noise of self-assessments")]
    """Standard deviation of the grade that an honest provider gives itself, in grades."""
    optimism: Annotated[GradeValues, Parameter("optimism of self-assessments")]
    """Grades by which it thinks itself better than it is."""
    not_produced: Annotated[Probabilities, Parameter("self-assessments not produced")]
    """Probability that a self-assessment is not produced."""
    misleading: Annotated[Probabilities, Parameter("misleading self-assessments")]
    """Probability that one produced is misleading: it claims to be good at least."""


class UserSurvey(Section):
    """What the users of a service say of it."""

    noise: Annotated[_Noise, Parameter("noise of users' opinions")]
    """Standard deviation of the survey around the true grade, in grades."""


def write_readings(service: np.void, self_assessments: SelfAssessments | None, survey: UserSurvey | None) -> None:
    """Write how one service type reads into its `SERVICE` record."""
    if self_assessments is not None:
        service["self_noise"] = self_assessments.noise
        for name in ("optimism", "not_produced", "misleading"):
            service[name][:] = getattr(self_assessments, name).by_grade()
    if survey is not None:
        service["survey_noise"] = survey.noise


@compiled
def reading_of(quality: float, sigma: float, noise: float) -> int:
    """Read a quality through noise: rounded to the nearest grade and clipped to 1..4.

    Parameters
    ----------
    quality : float
        The true grade, or what someone takes it for.
    sigma : float
        Standard deviation of the reading, in grades.
    noise : float
        A standard normal draw.
    """
    return min(max(math.floor(quality + sigma * noise + 0.5), 1), EXCELLENT)


@compiled
def chance_of_reading(reading: int, quality: float, sigma: float) -> float:
    """Return the probability that `reading_of` a quality is `reading`."""
    below = 0.0 if reading == 1 else _chance_below(reading - 0.5 - quality, sigma)
    above = 1.0 if reading == EXCELLENT else _chance_below(reading + 0.5 - quality, sigma)
    return above - below


@compiled
def _chance_below(distance: float, sigma: float) -> float:
    """Return the probability that a normal error of standard deviation `sigma` is less than `distance`."""
    if sigma == 0.0:
        return 1.0 if distance > 0.0 else 0.0
    return 0.5 * math.erfc(-distance / (sigma * math.sqrt(2.0)))


@compiled
def self_rating(service: Any, grade: int, misleads: bool, noise: float) -> int:
    """Return the grade that a provider of true `grade` gives itself: at least good if it misleads."""
    honest = reading_of(grade + service.optimism[grade], service.self_noise, noise)
    return max(honest, GOOD) if misleads else honest


@compiled
def chance_of_self_rating(service: Any, stated: int, grade: int, misleads: bool) -> float:
    """Return the probability that `self_rating` is `stated`."""
    if not misleads:
        return chance_of_reading(stated, grade + service.optimism[grade], service.self_noise)
    if stated < GOOD:
        return 0.0
    chance = chance_of_reading(stated, grade + service.optimism[grade], service.self_noise)
    if stated == GOOD:
        for lower in range(1, GOOD):
            chance += chance_of_reading(lower, grade + service.optimism[grade], service.self_noise)
    return chance
