"""A question asked over a set of fits: each fit is a world of its own, and the answers spread as the fits do.

An answer is uncertain for two reasons. Random variation shrinks with more replications; the spread of fits that
records cannot distinguish does not. Both are reported: the fits are run on the same replications, and the spread is
over the fits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.inspectorate.framework import Framework
from simulator.questions.calibrate.fits import INSIDE, Fits
from simulator.questions.compare.comparison import Comparison, compare_posed
from simulator.questions.over_fits.worlds import fitted_question, spread_out
from simulator.running.batch_files import FITS, BatchFolder, many_folders
from simulator.running.batches import Failure
from simulator.running.crews import Crewing
from simulator.running.event_tables import Events, of_fit
from simulator.running.frames import RunningFrames
from simulator.running.looks import Plan, exactly, until
from simulator.running.precision import Known, asked_of, known, replications_needed
from simulator.running.question import Question, posed
from simulator.running.replicating import Progress
from simulator.scenario.replications import FEWEST
from simulator.scenario.scenario import RunSettings, Scenario

if TYPE_CHECKING:
    import pandas as pd

MOST_COMPARED: Final = 20
"""Fits run if nothing else is asked for: they share out the replications of one comparison."""
_FEWEST_RUNS: Final = 2
"""Replications of each fit, at least."""


@dataclass(frozen=True)
class OverFits:
    """The result of a comparison over a set of fits."""

    question: Question
    """As asked, before any fit."""
    fits: Fits
    numbers: tuple[int, ...]
    """Which fits of the set were run, counted from 1."""
    replications: int
    """Runs of each fit under each framework."""
    plan: Plan
    """After how many runs of each fit it was looked at whether they are enough."""
    known: tuple[Known, ...]
    """How closely the mean over the fits of each headline difference is known; none for a number of replications."""
    summary: "pd.DataFrame"
    """Columns framework, service_type, measure, best, median, low, high: over the fits, of the mean of each."""
    differences: "pd.DataFrame"
    """Columns framework, baseline, service_type, measure, best, median, low, high: of the paired differences."""
    gains: "pd.DataFrame"
    """Columns framework, lower, upper (yardsticks), service_type, measure, best, median, low, high: of shares of the
    possible gain, over the fits in which there is one; no rows without yardsticks."""
    by_fit: "pd.DataFrame"
    """Columns fit, framework, service_type, measure, mean."""
    failures: tuple[tuple[int, Failure], ...]
    """Runs that failed, and are left out, each with its fit."""
    compared: tuple[Comparison, ...]
    """The comparison in the world of each fit."""

    def tables(self, name: str) -> Iterator[bytes]:
        """Return a table of events (Parquet), as far as it was kept, run by run, with the fit of each."""
        for fit, comparison in zip(self.numbers, self.compared, strict=True):
            yield from (of_fit(fit, table) for table in comparison.tables(name))


def over_fits(  # noqa: PLR0913  (a choice each)
    scenario: Scenario,
    fits: Fits,
    frameworks: Sequence[Framework] | None = None,
    *,
    register: "pd.DataFrame | None" = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
    events: Events = "none",
    folder: Path | None = None,
    resume: bool = False,
    most: int = MOST_COMPARED,
) -> OverFits:
    """Compare frameworks under every fit of a set.

    Parameters
    ----------
    scenario
        What holds under every framework and is not fitted; its replications are shared out among the fits. Where it
        asks for a precision, that is of the mean over the fits of each headline difference.
    fits
        The set.
    frameworks
        To compare; if left out, those that the scenario names.
    register
        Providers to inspect; if left out, they are drawn from the scenario.
    crewing
        How runs are carried out; changes no result.
    progress
        Called with the number of runs done and the total.
    events
        Of which replications of each fit tables of events are kept.
    folder
        Where finished runs are kept; if left out, in temporary folders.
    resume
        Whether to continue with the finished runs in the folder.
    most
        Fits run, if the set has more: the best, and others evenly through the set.

    Raises
    ------
    InputError
        If a fit does not go with the scenario.
    KeyboardInterrupt
        If Ctrl-C is pressed: then there is no answer; what is finished is kept.
    """
    (crewing := crewing or Crewing()).opener()
    question = posed(scenario, frameworks, register)
    asked_of(question)
    numbers = spread_out(len(fits.fits), most)
    plan = _shared_out(scenario.run, len(numbers))
    temporary = BatchFolder.temporary() if folder is None else None
    with many_folders(temporary.folder if temporary else folder or Path(), FITS, resume) as folders:
        worlds = [fitted_question(question, fits, number) for number in numbers]
        kept = [BatchFolder(folders / f"fit-{number}") for number in numbers]
        about: float = plan.looks[0]
        for position, look in enumerate(plan.looks):
            before = plan.looks[position - 1] if position else 0
            of = next((later for later in plan.looks if later >= about), plan.looks[-1])
            compared: list[Comparison] = []
            for world, batches in zip(worlds, kept, strict=True):
                told = _told(progress, len(question.names), (len(compared), len(numbers)), (before, look, of))
                asked, go_on = _so_often(world, look), resume or position > 0
                compared.append(
                    compare_posed(asked, crewing, progress=told, events=events, batches=batches, resume=go_on)
                )
                if compared[-1].interrupted:
                    raise KeyboardInterrupt
            mean = _mean_over_fits(question, compared, plan)
            of_mean = known(question, mean.summary(), mean.differences())
            about = replications_needed(look, of_mean)
            if about <= look:
                break
    return OverFits(
        question,
        fits,
        tuple(numbers),
        look,
        plan,
        of_mean,
        _spread([comparison.summary for comparison in compared]),
        _spread([comparison.differences for comparison in compared]),
        _spread(
            [comparison.gains.drop(columns="possible").rename(columns={"share": "mean"}) for comparison in compared]
        ),
        _by_fit(numbers, [comparison.summary for comparison in compared]),
        tuple(
            (fit, failure) for fit, comparison in zip(numbers, compared, strict=True) for failure in comparison.failures
        ),
        tuple(compared),
    )


def _shared_out(run: RunSettings, fits: int) -> Plan:
    """Share replications out among fits."""
    if run.until is None:
        return exactly(max(_FEWEST_RUNS, -(-run.replications // fits)))
    least = max(FEWEST, -(-run.until.least // fits))
    return until(least, max(least, -(-run.until.most // fits)))


def _so_often(world: Question, replications: int) -> Question:
    changes = {"run": {"replications": replications}}
    return replace(world, scenario=world.scenario.changed(changes, "a comparison over fits"))


def _told(progress: Progress | None, cases: int, fit: tuple[int, int], looks: tuple[int, int, int]) -> Progress:
    """Return a progress for the runs of one fit that reports how many runs of all fits are done.

    Parameters
    ----------
    progress
        Called with the number of runs done of all fits, and the total.
    cases
        Frameworks.
    fit
        Position of the fit, and how many there are.
    looks
        Replications of each fit at the look before, at this one, and about at the last one.
    """
    (position, fits), (before, look, of) = fit, looks
    others = (position * look + (fits - position - 1) * before) * cases

    def tell(done: int, _runs: int) -> None:
        if progress is not None:
            progress(others + done, fits * of * cases)

    return tell


def _mean_over_fits(question: Question, compared: Sequence[Comparison], plan: Plan) -> RunningFrames:
    """Gather the mean over the fits of every measure, replication by replication, which all fits share.

    Fits under which a measure is undefined in a replication are left out there.
    """
    frames = RunningFrames(question.names, question.baseline, question.service_types, plan.confidence)
    by_fit = [comparison.values() for comparison in compared]
    for values in zip(*by_fit, strict=True):
        there = np.sum(~np.isnan(values), axis=0)
        frames.add(np.where(there > 0, np.nansum(values, axis=0) / np.maximum(there, 1), np.nan))
    return frames


def _spread(by_fit: "Sequence[pd.DataFrame]") -> "pd.DataFrame":
    """Return, for each mean, that of the best fit and the quantiles over the fits."""
    frame = by_fit[0].drop(columns=["mean", "low", "high", "replications"])
    if frame.empty:
        return frame.assign(best=[], median=[], low=[], high=[])
    from warnings import catch_warnings, simplefilter

    means = np.array([means_of_fit["mean"] for means_of_fit in by_fit])
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)  # measures that no fit has are not numbers
        low, median, high = np.nanquantile(means, [(1 - INSIDE) / 2, 0.5, (1 + INSIDE) / 2], axis=0)
    return frame.assign(best=means[0], median=median, low=low, high=high)


def _by_fit(numbers: Sequence[int], by_fit: "Sequence[pd.DataFrame]") -> "pd.DataFrame":
    """Return the means of every fit, one fit after another."""
    import pandas as pd

    frames = [means_of_fit.drop(columns=["low", "high", "replications"]) for means_of_fit in by_fit]
    for frame, number in zip(frames, numbers, strict=True):
        frame.insert(0, "fit", number)
    return pd.concat(frames, ignore_index=True)
