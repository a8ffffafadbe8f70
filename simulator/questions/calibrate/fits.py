"""A set of fits on disk: what was fitted, how well, and all it takes to run anything else over the set."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.inputs.messages import InputError, not_one_of
from simulator.inputs.shipped import folder as shipped_folder
from simulator.questions.calibrate.best_scenario import Fit, best_scenario
from simulator.questions.calibrate.effort import Effort
from simulator.questions.calibrate.fit_tables import fits_frame, moments_frame, profile_frame, transitions_frame
from simulator.questions.calibrate.fitting import Fitted
from simulator.questions.calibrate.mechanisms import MECHANISMS, fitted_framework
from simulator.running.run_folder import framework_toml
from simulator.running.store import MANIFEST, RunFolder, Table, read_manifest
from simulator.version import __version__
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

FITS: Final = "fits.csv"
PROFILE: Final = "profile.csv"
MOMENTS: Final = "moments.csv"
TRANSITIONS: Final = "transitions.csv"
SCENARIO: Final = "scenario.toml"
TABLES: Final = (FITS, PROFILE, MOMENTS, TRANSITIONS)
EXPECTED: Final = (*TABLES, SCENARIO)
"""Files that every calibration writes."""
SHIPPED: Final = "fits"
"""Folder of the shipped sets, beside the shipped scenarios."""


class Fits(NamedTuple):
    """A set of fits, read back."""

    name: str
    """What it is called: the name of its folder."""
    service_type: str
    begins: date
    """The day on which its runs began: that of its shares at the start."""
    fits: tuple[Fit, ...]
    """Mechanisms by name, the best fit first."""


class Told(NamedTuple):
    """What a calibration tells, as tables: of one just made, or read back."""

    fits: "pd.DataFrame"
    """`fits_frame`."""
    profile: "pd.DataFrame"
    """`profile_frame`."""
    moments: "pd.DataFrame"
    """`moments_frame`."""
    transitions: "pd.DataFrame"
    """`transitions_frame`."""
    manifest: Table
    """Of the folder, or what it will begin with."""


def told_of(fitted: Fitted, source: str) -> Told:
    """Lay out a calibration just made; `source` says what the records are."""
    return Told(
        fits_frame(fitted),
        profile_frame(fitted),
        moments_frame(fitted),
        transitions_frame(fitted),
        _manifest(fitted, source),
    )


def read_told(given: str | Path) -> Told:
    """Read what a calibration told back from its folder, or that of a shipped set.

    Raises
    ------
    InputError
        If it is no such folder.
    """
    import pandas as pd

    path = fits_folder(given)
    fits, profile, moments, transitions = (pd.read_csv(path / name) for name in TABLES)
    return Told(fits, profile, moments, transitions, json.loads((path / MANIFEST).read_text(encoding="utf-8")))


def write_fits(folder: RunFolder, fitted: Fitted, source: str, how: Table) -> None:
    """Write a set of fits and put it in its place, with the charts that are there already.

    Parameters
    ----------
    folder
        Where to.
    fitted
        What came out of the calibration.
    source
        What the records are, for the evidence of the fitted scenario.
    how
        What else the manifest is to say: options, times.
    """
    told = told_of(fitted, source)
    for name, frame in zip(TABLES, (told.fits, told.profile, told.moments, told.transitions), strict=True):
        folder.write_csv(name, frame)
    folder.write_text(SCENARIO, best_scenario(fitted, source).resolved_toml())
    framework = fitted_framework(fitted.bench.framework, fitted.fits[0], fitted.bench.service_type)
    folder.write_text(f"frameworks/{framework.name}.toml", framework_toml(framework))
    folder.finish(told.manifest | how)


def load_fits(given: str | Path) -> Fits:
    """Read a set of fits: the folder of a calibration, or the name of a shipped set.

    Raises
    ------
    InputError
        If it is none, or its table of fits cannot be used.
    """
    path = fits_folder(given)
    manifest = read_manifest(path) or {}
    service_type, begins = str(manifest.get("service_type")), str(manifest.get("begins"))
    try:
        first = date.fromisoformat(begins)
    except ValueError:
        first = None
    if service_type not in SERVICE_TYPES or first is None:
        raise InputError(
            f"{path / MANIFEST}: does not say of which service type and from which day on the fits are; allowed: the "
            "folder that inspectsim calibrate has written"
        )
    return Fits(path.resolve().name, service_type, first, tuple(_read_fits(path / FITS)))


def fits_folder(given: str | Path) -> Path:
    """Find the folder of a set of fits.

    Raises
    ------
    InputError
        If it is neither that of a calibration nor the name of a shipped set.
    """
    shipped = shipped_folder() / SHIPPED
    names = sorted(each.name for each in shipped.glob("*") if (each / FITS).is_file())
    if str(given) in names:
        return shipped / str(given)
    path = Path(given)
    if not (path / FITS).is_file():
        raise InputError(
            f"{not_one_of(str(given), 'set of fits', names)}, or a folder that inspectsim calibrate has written"
        )
    return path


def _read_fits(path: Path) -> list[Fit]:
    needed = [each.name for each in MECHANISMS]
    may_be_nought = {each.name for each in MECHANISMS if each.low == 0}
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    missing = [name for name in needed if not rows or name not in rows[0]]
    if missing:
        raise InputError(f"{path}, line 1: missing column {', '.join(missing)}" if rows else f"{path}: no fit in it")
    fits = []
    for line, row in enumerate(rows, start=2):
        fit = {}
        for name in needed:
            try:
                fit[name] = float(row[name])
            except (TypeError, ValueError):
                raise InputError(f'{path}, line {line}: {name}: given "{row[name]}"; must be a number') from None
            if not np.isfinite(fit[name]) or fit[name] < 0 or (fit[name] == 0 and name not in may_be_nought):
                raise InputError(f"{path}, line {line}: {name}: given {row[name]}; must be a number above 0")
        fits.append(fit)
    return fits


def _manifest(fitted: Fitted, source: str) -> Table:
    scenario = fitted.bench.scenario
    return {
        "inspectsim": __version__,
        "what": "a set of fits",
        "records": source,
        "service_type": fitted.bench.service_type,
        "framework": fitted.bench.framework.name,
        "from": fitted.records.start.isoformat(),
        "begins": scenario.run.begins.isoformat(),
        "inspection_years": fitted.records.years,
        "inspections": len(fitted.records.inspections.day),
        "providers": fitted.records.inspections.providers,
        "seed": scenario.run.seed,
        "figures_fitted_to": len(fitted.target.moments),
        "mechanisms": len(fitted.mechanisms),
        "not_told_of": [each.name for each in MECHANISMS if each not in fitted.mechanisms],
        "left_out_for_want_of_cases": [each.name for each in fitted.target.left_out],
        "best_distance": fitted.goodness[0].distance,
        "misfit": fitted.misfit,
        "tolerance": fitted.tolerance,
        "fits": len(fitted.fits),
        "starts": list(fitted.starts),
        "runs": fitted.effort.runs,
        "usual_runs": Effort().runs,
    }
