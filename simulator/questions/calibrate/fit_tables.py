"""A set of fits as tables: what each fit is, the profile, figures side by side, and pairs of inspections; on disk."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.questions.calibrate.best_scenario import best_scenario
from simulator.questions.calibrate.counting import LETTERS, STEPS, step_name
from simulator.questions.calibrate.effort import Effort
from simulator.questions.calibrate.fits import SCENARIO, TABLES, fits_folder
from simulator.questions.calibrate.fitting import Fitted
from simulator.questions.calibrate.implied import LASTING, NEVER_FOUND, TURNED, UNDETECTED
from simulator.questions.calibrate.mechanisms import MECHANISMS, NOISE, fitted_framework
from simulator.running.run_folder import framework_toml
from simulator.running.store import MANIFEST, RunFolder, Table
from simulator.version import __version__

if TYPE_CHECKING:
    import pandas as pd

_IMPLIED_COLUMNS: Final = {
    UNDETECTED: "undetected_per_100",
    TURNED: "turned_poor_per_100",
    LASTING: "days_without_inspection",
    NEVER_FOUND: "never_found_share",
}
"""Columns of what a fit implies."""


class Told(NamedTuple):
    """What a calibration tells, as tables: of one just made, or read back."""

    fits: "pd.DataFrame"
    """`_fits_frame`."""
    profile: "pd.DataFrame"
    """`_profile_frame`."""
    moments: "pd.DataFrame"
    """`_moments_frame`."""
    transitions: "pd.DataFrame"
    """`_transitions_frame`."""
    manifest: Table
    """Of the folder, or what it will begin with."""


def told_of(fitted: Fitted, source: str) -> Told:
    """Return a calibration just made; `source` says what the records are."""
    return Told(
        _fits_frame(fitted),
        _profile_frame(fitted),
        _moments_frame(fitted),
        _transitions_frame(fitted),
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


def _fits_frame(fitted: Fitted) -> "pd.DataFrame":
    """Return the set: a row for each fit, the best first; all have the same weight."""
    import pandas as pd

    rows = [
        {
            "fit": number,
            "distance": how.distance,
            "missed": how.missed,
            "transition_deviance": how.deviance,
            "worst_transition_share": how.worst_share,
            "weight": 1 / len(fitted.fits),
            **fit,
            **{column: hidden[name] for name, column in _IMPLIED_COLUMNS.items()},
        }
        for number, (fit, how, hidden) in enumerate(
            zip(fitted.fits, fitted.goodness, fitted.implied, strict=True), start=1
        )
    ]
    return pd.DataFrame(rows)


def _profile_frame(fitted: Fitted) -> "pd.DataFrame":
    """Return the profile over judgement noise: a row for each noise, the others refitted."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                NOISE: profiled.point.noise,
                "distance": profiled.distance,
                "excess": profiled.distance - fitted.goodness[0].distance,
                "undetected_per_100": profiled.undetected,
                **{name: value for name, value in profiled.point.values.items() if name != NOISE},
            }
            for profiled in fitted.profile
        ]
    )


def _moments_frame(fitted: Fitted) -> "pd.DataFrame":
    """Return recorded and simulated figures side by side, a row for each."""
    import pandas as pd

    rows = []
    for at, moment in enumerate(fitted.moments):
        reading, error = fitted.target.readings[moment.name], fitted.target.error[moment.name]
        simulated = fitted.figures[:, at]
        rows.append(
            {
                "figure": moment.name,
                "title": moment.title,
                "unit": moment.unit,
                "fitted_to": moment in fitted.target.moments,
                "cases": reading.cases,
                "recorded": reading.value,
                "recorded_low": reading.value - 1.96 * error,
                "recorded_high": reading.value + 1.96 * error,
                "simulated": simulated[0],
                "simulated_low": simulated.min(),
                "simulated_high": simulated.max(),
                "from_run_to_run": fitted.spread[at],
                "errors_apart": (simulated[0] - reading.value) / error if error else np.nan,
                "tells": moment.telling,
            }
        )
    return pd.DataFrame(rows)


def _transitions_frame(fitted: Fitted) -> "pd.DataFrame":
    """Return pairs of full inspections: counted in the records, and as the best fit would part as many."""
    import pandas as pd

    names = [moment.name for moment in fitted.moments]
    totals = np.repeat(fitted.target.pairs.sum(axis=1), len(LETTERS))
    rows = []
    for (before, after), recorded, total in zip(STEPS, fitted.target.pairs.ravel(), totals, strict=True):
        simulated = total * fitted.figures[:, names.index(step_name(before, after))]
        rows.append(
            {
                "before": LETTERS[before],
                "after": LETTERS[after],
                "recorded": recorded,
                "simulated": simulated[0],
                "simulated_low": simulated.min(),
                "simulated_high": simulated.max(),
            }
        )
    return pd.DataFrame(rows)


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
        "not_told_of": [mechanism.name for mechanism in MECHANISMS if mechanism not in fitted.mechanisms],
        "left_out_for_want_of_cases": [moment.name for moment in fitted.target.left_out],
        "best_distance": fitted.goodness[0].distance,
        "misfit": fitted.misfit,
        "tolerance": fitted.tolerance,
        "fits": len(fitted.fits),
        "starts": list(fitted.starts),
        "runs": fitted.effort.runs,
        "usual_runs": Effort().runs,
    }
