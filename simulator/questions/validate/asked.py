"""What is asked: which fits, under which rules, from when on, and over which inspection years."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from simulator.inputs.messages import InputError, Named
from simulator.questions.calibrate.fits import SCENARIO, Fits, fits_folder, load_fits
from simulator.questions.calibrate.records import Records
from simulator.questions.calibrate.window import Window
from simulator.questions.over_fits.worlds import check_service_types, spread_out
from simulator.questions.validate.ask import MOST_FITS, RUNS
from simulator.running.question import Question, posed
from simulator.running.run_folder import FRAMEWORKS, scenario_of_run
from simulator.running.store import MANIFEST
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.scenario.timeline import COMPARED
from simulator.ticks import inspection_year_start

_FEWEST: Final = 2
"""Least number of runs of each fit: one alone does not show random variation."""


class Origin(NamedTuple):
    """Where a set of fits comes from: what its runs were made of."""

    start: date
    """First day of the records fitted to, from which its runs are counted."""
    until: date
    """The day after the last of these records."""
    scenario: Scenario
    """What was not fitted."""
    framework: str
    """Name or path of the framework in force in the years of the records."""


class Wanted(NamedTuple):
    """What is run, however it is to be looked at."""

    fits: str
    """Folder of a calibration, or name of a shipped set."""
    framework: str | None = None
    """Name or path of that in force from `counted_from` on; if left out, that of the fits stays in force."""
    scenario: str | None = None
    """Name or path of what is not fitted; if left out, that of the calibration."""
    runs: int = RUNS
    """Runs of each fit."""
    most_fits: int = MOST_FITS


@dataclass(frozen=True)
class Forward:
    """A set of fits, run from where they began through to the end of the years that are predicted."""

    question: Question
    """As asked, before any fit: the scenario over all of these years."""
    fits: Fits
    numbers: tuple[int, ...]
    """Which fits of the set are run, counted from 1."""
    runs: int
    """Of each of them."""
    start: date
    """Day from which inspections of the runs are known: the first after the warm-up."""
    counted_from: date
    until: date
    fitted_until: date
    """The day after the records that were fitted to: years before it are no prediction."""


def forward_of(wanted: Wanted, counted_from: date, until: date) -> Forward:
    """Set up the runs that predict the inspection years from one day to another.

    Raises
    ------
    InputError
        If something given cannot be used, or the runs would begin after the day.
    """
    fits, origin = load_fits(wanted.fits), origin_of(wanted.fits, wanted.scenario)
    _check_day(counted_from, origin.start, wanted.fits)
    if wanted.runs < _FEWEST:
        raise InputError(Named("replications"), f": given {wanted.runs}; allowed: {_FEWEST} or more runs of each fit")
    compared = wanted.framework or origin.framework
    run = {
        "start": origin.start,
        "years": until.year - origin.start.year,
        "warm_up_years": origin.start.year - fits.begins.year,
        "warm_up_framework": origin.framework,
        "frameworks": [compared],
        "baseline": compared,
        "replications": wanted.runs,
    }
    timeline = [
        {"from": origin.start, "framework": origin.framework},
        {"from": counted_from, "framework": COMPARED},
    ]
    changes_later = wanted.framework is not None and counted_from > origin.start
    scenario = origin.scenario.changed({"run": run, "timeline": timeline if changes_later else []}, "the prediction")
    question = posed(scenario)
    check_service_types(question, fits)
    numbers = spread_out(len(fits.fits), wanted.most_fits)
    return Forward(question, fits, tuple(numbers), wanted.runs, origin.start, counted_from, until, origin.until)


def origin_of(given: str, scenario: str | None = None) -> Origin:
    """Read where a set of fits comes from.

    Parameters
    ----------
    given
        Folder of a calibration, or name of a shipped set.
    scenario
        Name or path of what is not fitted, in place of the calibration's own.

    Raises
    ------
    InputError
        If its manifest does not say.
    """
    folder = fits_folder(given)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    try:
        start, name = date.fromisoformat(str(manifest["from"])), str(manifest["framework"])
        until = date(start.year + int(manifest["inspection_years"]), start.month, start.day)
        own = scenario is None and (folder / SCENARIO).is_file()
        base = "" if own else scenario or str(manifest["command"]["scenario"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{folder / MANIFEST}: does not state the first day, framework and scenario of the fits. Use a folder "
            "written by inspectsim calibrate"
        ) from error
    beside = folder / FRAMEWORKS / f"{name}.toml"
    read = scenario_of_run(folder / SCENARIO) if own else load_scenario(base)
    return Origin(start, until, read, str(beside) if beside.is_file() else name)


def _check_day(counted_from: date, start: date, fits: str) -> None:
    """Refuse a day on which no inspection year begins, or on which the runs have not begun.

    Raises
    ------
    InputError
        Naming the days that are allowed.
    """
    year = inspection_year_start(counted_from)
    if counted_from != year:
        raise InputError(
            Named("from"),
            f": given {counted_from}; allowed: the first day of an inspection year, such as {year} or "
            f"{date(year.year + 1, year.month, year.day)}, because figures cover whole years",
        )
    if counted_from < start:
        raise InputError(
            Named("from"),
            f": given {counted_from}, but the runs of {fits} are known from {start} on; allowed: that day, "
            "or a later 1 April",
        )


def window_of(records: Records, start: date, counted_from: date, path: str | Path) -> Window:
    """Choose what of some records is known and what is counted, as the runs can be read in the same way.

    Parameters
    ----------
    records
        Over whole inspection years.
    start
        Day from which the runs are known.
    counted_from
        Day from which on is counted.
    path
        Of the records, for messages.

    Raises
    ------
    InputError
        If the records hold nothing from that day on.
    """
    end = records.until
    if not records.start <= counted_from < end:
        raise InputError(
            Named("from"),
            f": given {counted_from}, but {path} holds the inspection years from {records.start} to "
            f"{date(end.year, 3, 31)}; allowed: {records.start} or a later 1 April before {end}",
        )
    return Window(max(records.start, start), counted_from, end)
