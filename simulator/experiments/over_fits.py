"""A question asked over a set of fits: each fit is a world of its own, and the answers spread as the fits do.

Chance is one thing that an answer does not know, and shrinks with more replications; what records cannot tell apart
is another, and does not. So both are told: the fits are run on the same replications, and the spread is over them.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from simulator.experiments.calibration.fits import INSIDE, Fits
from simulator.experiments.calibration.mechanisms import fitted_framework, fitted_later, fitted_scenario
from simulator.experiments.compare import FIRST_REPLICATION, Progress, read_off
from simulator.experiments.frames import in_rows, rows_of
from simulator.experiments.question import Change, Question, posed, settings_of
from simulator.experiments.runner import cores, interruption, run
from simulator.inspectorate.framework import Framework
from simulator.messages import InputError
from simulator.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

MOST_FITS: Final = 20
"""Fits run, if the set has more: the best, and others evenly through the set."""
FEWEST_RUNS: Final = 2
"""Replications of each fit, at least."""

Values = npt.NDArray[np.float64]
"""Means over replications by fit, framework, measure and service type."""


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
    stop: Callable[[], bool] = lambda: False,
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
    stop
        Asked before each run whether to end here.

    Raises
    ------
    InputError
        If a fit does not go with the scenario.
    KeyboardInterrupt
        If Ctrl-C is pressed, or `stop` says so: then there is no answer.
    """
    question = posed(scenario, frameworks, register)
    numbers = spread_out(len(fits.fits))
    each = max(FEWEST_RUNS, -(-scenario.run.replications // len(numbers)))
    worlds = [fitted_question(question, fits, number) for number in numbers]
    asked = range(FIRST_REPLICATION, FIRST_REPLICATION + each)
    runs = len(worlds) * each * len(question.names)
    values = []
    if progress is not None:
        progress(0, runs)
    with interruption() as heard:
        for world in worlds:
            read = partial(read_off, world.scenario.costs, frozenset())
            outcomes = run(settings_of(world), asked, read, workers=workers or cores(), stop=stop)
            with closing(outcomes):
                found = np.array([[reading.values for reading in readings] for readings in outcomes])
            if len(found) < each or heard.asked:
                raise KeyboardInterrupt
            values.append(_mean(found))
            if progress is not None:
                progress(len(values) * each * len(question.names), runs)
    by_fit = np.array(values)
    base = question.names.index(question.baseline)
    others = [position for position in range(len(question.names)) if position != base]
    there = question.service_types
    compared = {"framework": [question.names[position] for position in others], "baseline": [question.baseline]}
    return OverFits(
        question,
        fits,
        tuple(numbers),
        each,
        _spread({"framework": list(question.names)}, by_fit, there),
        _spread(compared, by_fit[:, others] - by_fit[:, [base]], there),
        rows_of({"fit": numbers, "framework": list(question.names)}, there).assign(mean=in_rows(by_fit, there)),
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


def _mean(found: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give the mean over replications, the first axis, of those in which a measure is defined."""
    defined = np.isfinite(found)
    number = defined.sum(axis=0)
    total = np.where(defined, found, 0.0).sum(axis=0)
    mean: npt.NDArray[np.float64] = np.where(number > 0, total / np.maximum(number, 1), np.nan)
    return mean


def _spread(keys: Mapping[str, Sequence[object]], by_fit: Values, there: Sequence[str]) -> "pd.DataFrame":
    """Lay out, for each mean, that of the best fit and the quantiles over the fits."""
    frame = rows_of(keys, there)
    if frame.empty:
        return frame.assign(best=[], median=[], low=[], high=[])
    from warnings import catch_warnings, simplefilter

    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)  # measures that no fit has are not numbers
        low, median, high = np.nanquantile(by_fit, [(1 - INSIDE) / 2, 0.5, (1 + INSIDE) / 2], axis=0)
    columns = {"best": by_fit[0], "median": median, "low": low, "high": high}
    return frame.assign(**{name: in_rows(value, there) for name, value in columns.items()})
