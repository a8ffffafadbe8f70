"""A question asked over a set of fits: each fit is a world of its own, and the answers spread as the fits do.

Chance is one thing that an answer does not know, and shrinks with more replications; what records cannot tell apart
is another, and does not. So both are told: the fits are run on the same replications, and the spread is over them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.calibration.fits import INSIDE, Fits
from simulator.experiments.calibration.mechanisms import fitted_framework, fitted_later, fitted_scenario
from simulator.experiments.compare import Comparison, compare_posed
from simulator.experiments.crews import Crewing
from simulator.experiments.question import Change, Question, posed
from simulator.experiments.replicating import Progress
from simulator.inspectorate.framework import Framework
from simulator.messages import InputError
from simulator.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

MOST_FITS: Final = 20
"""Fits run, if the set has more: the best, and others evenly through the set."""
FEWEST_RUNS: Final = 2
"""Replications of each fit, at least."""


@dataclass(frozen=True)
class OverFits:
    """What came out of a comparison over a set of fits."""

    question: Question
    """As asked, before any fit."""
    fits: Fits
    numbers: tuple[int, ...]
    """Which fits of the set were run, counted from 1."""
    replications: int
    """Runs of each fit under each framework."""
    summary: "pd.DataFrame"
    """Columns framework, service_type, measure, best, median, low, high: over the fits, of the mean of each."""
    differences: "pd.DataFrame"
    """Columns framework, baseline, service_type, measure, best, median, low, high: of the paired differences."""
    by_fit: "pd.DataFrame"
    """Columns fit, framework, service_type, measure, mean."""


def over_fits(
    scenario: Scenario,
    fits: Fits,
    frameworks: Sequence[Framework] | None = None,
    *,
    register: "pd.DataFrame | None" = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> OverFits:
    """Compare frameworks under every fit of a set.

    Parameters
    ----------
    scenario
        What holds under every framework and is not fitted; its replications are shared out among the fits.
    fits
        The set.
    frameworks
        To compare; if left out, those that the scenario names.
    register
        Providers to inspect; if left out, they are drawn from the scenario.
    workers
        Runs at a time; if left out, one for each core. Changes nothing that comes out.
    progress
        Told how many runs of how many are done.

    Raises
    ------
    InputError
        If a fit does not go with the scenario.
    KeyboardInterrupt
        If Ctrl-C is pressed: then there is no answer.
    """
    question = posed(scenario, frameworks, register)
    numbers = spread_out(len(fits.fits))
    each = max(FEWEST_RUNS, -(-scenario.run.replications // len(numbers)))
    few = scenario.changed({"run": {"replications": each}}, "a comparison over fits")
    runs = each * len(question.names)
    crewing = Crewing(workers=workers)
    compared: list[Comparison] = []

    def tell(done: int, _runs: int) -> None:
        if progress is not None:
            progress(len(compared) * runs + done, len(numbers) * runs)

    for number in numbers:
        world = fitted_question(replace(question, scenario=few), fits, number)
        compared.append(compare_posed(world, crewing, progress=tell))
        if compared[-1].interrupted:
            raise KeyboardInterrupt
    return OverFits(
        question,
        fits,
        tuple(numbers),
        each,
        _spread([each.summary for each in compared]),
        _spread([each.differences for each in compared]),
        _by_fit(numbers, [each.summary for each in compared]),
    )


def spread_out(there: int, most: int = MOST_FITS) -> list[int]:
    """Choose at most so many of a set of fits, counted from 1: the best, and others evenly through the set."""
    if there <= most:
        return list(range(1, there + 1))
    return [1 + int(each) for each in np.linspace(0, there - 1, most).round()]


def fitted_question(question: Question, fits: Fits, number: int) -> Question:
    """Give a question in the world of one fit: its quality, its concerns, and the noise of its inspectors.

    The grades at the start are those of the fit if the run begins on the day on which the runs of the fit began;
    otherwise the scenario's own.
    """
    fit = fits.fits[number - 1]
    source = f"fit {number} of {fits.name}"
    lay_over = fitted_scenario if fits.begins == question.scenario.run.begins else fitted_later
    try:
        scenario = lay_over(question.scenario, fit, fits.service_type, source)
    except InputError as error:
        raise InputError(
            f"{error}\nThe fits are of {fits.service_type}, and a scenario has one speed and one rate of falls for all "
            "that it inspects; allowed: a scenario of this service type alone, such as homes-2014-2017"
        ) from error
    changes = tuple(
        Change(each.begins, each.framework and fitted_framework(each.framework, fit, fits.service_type))
        for each in question.changes
    )
    frameworks = tuple(fitted_framework(each, fit, fits.service_type) for each in question.frameworks)
    return replace(question, scenario=scenario, frameworks=frameworks, changes=changes)


def _spread(by_fit: "Sequence[pd.DataFrame]") -> "pd.DataFrame":
    """Lay out, for each mean, that of the best fit and the quantiles over the fits."""
    frame = by_fit[0].drop(columns=["mean", "low", "high", "replications"])
    if frame.empty:
        return frame.assign(best=[], median=[], low=[], high=[])
    from warnings import catch_warnings, simplefilter

    means = np.array([each["mean"] for each in by_fit])
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)  # measures that no fit has are not numbers
        low, median, high = np.nanquantile(means, [(1 - INSIDE) / 2, 0.5, (1 + INSIDE) / 2], axis=0)
    return frame.assign(best=means[0], median=median, low=low, high=high)


def _by_fit(numbers: Sequence[int], by_fit: "Sequence[pd.DataFrame]") -> "pd.DataFrame":
    """Lay out the means of every fit, one fit after another."""
    import pandas as pd

    frames = [each.drop(columns=["low", "high", "replications"]) for each in by_fit]
    for frame, number in zip(frames, numbers, strict=True):
        frame.insert(0, "fit", number)
    return pd.concat(frames, ignore_index=True)
