"""A set of fits on disk: what was fitted, how well, and all it takes to run anything else over the set."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

import simulator
from simulator.experiments.calibration.fitting import Fitted
from simulator.experiments.calibration.mechanisms import (
    DERIVED,
    MECHANISMS,
    NOISE,
    Mechanism,
    concerns,
    falls,
    fitted_framework,
    fitted_scenario,
    shares,
    speed,
)
from simulator.experiments.calibration.moments import transition_counts
from simulator.experiments.run_folder import framework_toml
from simulator.messages import InputError, not_one_of
from simulator.scenario import Scenario
from simulator.shipped import folder as shipped_folder
from simulator.store import MANIFEST, RunFolder, Table, read_manifest
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
INSIDE: Final = 0.90
"""Share of the fits that an interval of a mechanism holds."""
GRADES: Final = ("outstanding", "good", "requires improvement", "inadequate")

Fit = dict[str, float]


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
            if not np.isfinite(fit[name]) or fit[name] < 0 or (fit[name] == 0 and name != NOISE):
                raise InputError(f"{path}, line {line}: {name}: given {row[name]}; must be a number above 0")
        fits.append(fit)
    return fits


def fits_frame(fitted: Fitted) -> "pd.DataFrame":
    """Lay out the set: a row for each fit, the best first; all count alike."""
    import pandas as pd

    rows = [
        {"fit": number, "distance": far, "weight": 1 / len(fitted.fits), **fit, "undetected_per_100": hidden}
        for number, (fit, far, hidden) in enumerate(
            zip(fitted.fits, fitted.distances, fitted.undetected, strict=True), start=1
        )
    ]
    return pd.DataFrame(rows)


def profile_frame(fitted: Fitted) -> "pd.DataFrame":
    """Lay out the profile over judgement noise: a row for each noise, the others refitted."""
    import pandas as pd

    least = min(*fitted.distances, *(each.distance for each in fitted.profile))
    return pd.DataFrame(
        [
            {
                NOISE: each.noise,
                "distance": each.distance,
                "excess": (each.distance - least) / fitted.misfit,
                "undetected_per_100": each.undetected,
                **{name: value for name, value in each.values.items() if name != NOISE},
            }
            for each in fitted.profile
        ]
    )


def moments_frame(fitted: Fitted) -> "pd.DataFrame":
    """Lay out recorded and simulated figures side by side, a row for each."""
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


def transitions_frame(fitted: Fitted) -> "pd.DataFrame":
    """Lay out pairs of full inspections: counted in the records, and as the best fit would part as many."""
    import pandas as pd

    counts = transition_counts(fitted.records.inspections)
    names = [each.name for each in fitted.moments]
    rows = []
    for row, before in enumerate(GRADES):
        for column, after in enumerate(GRADES):
            share = fitted.figures[:, names.index(f"from_{4 - row}_to_{4 - column}")]
            total = int(counts[row].sum())
            rows.append(
                {
                    "before": before,
                    "after": after,
                    "recorded": int(counts[row, column]),
                    "simulated": share[0] * total,
                    "simulated_low": share.min() * total,
                    "simulated_high": share.max() * total,
                }
            )
    return pd.DataFrame(rows)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Give the interval that holds `INSIDE` of some values, as many left out above as below."""
    low, high = np.quantile(values, [(1 - INSIDE) / 2, (1 + INSIDE) / 2])
    return float(low), float(high)


def described() -> list[Mechanism]:
    """Give the mechanisms, and as such what follows from them."""
    follows = [Mechanism(name, title, unit, 0.0, np.inf) for name, (title, unit) in DERIVED.items()]
    return [*MECHANISMS, *follows]


def best_scenario(fitted: Fitted, source: str) -> Scenario:
    """Give the scenario with the best fit, and where its figures are from."""
    bench = fitted.bench
    scenario = fitted_scenario(bench.scenario, fitted.fits[0], bench.service_type, source)
    evidence = evidence_of(fitted.fits, bench.service_type, source)
    name = bench.framework.name
    run = {"frameworks": [name], "baseline": name, "warm_up_framework": name}
    return scenario.changed({"run": run, "evidence": evidence}, source)


def evidence_of(fits: Sequence[Fit], service_type: str, source: str) -> Table:
    """Say where the figures of the best fit are from, and over what range the set of fits has them.

    Of several numbers under one key the range is that of a common factor: of falls and of concerns that of the rate
    at good and at adequate, of shares that of poor.
    """

    def entry(of: Callable[[Fit], float], unit: str, as_factor: bool) -> Table:
        best = of(fits[0])
        low, high = interval([of(fit) for fit in fits])
        by = best if as_factor else 1.0
        ends = [_rounded(min(low, best) / by), _rounded(max(high, best) / by)]
        return {"mark": "D", "unit": unit, "source": f"fitted to {source}", "factor" if as_factor else "range": ends}

    a_year, factor, of_all = "per provider-year", "factor of the hazard", "share of providers"
    natural, start = f"quality.natural_shares.{service_type}", f"quality.start_shares.{service_type}"
    return {
        "quality.speed": entry(speed, "grade changes per provider-year", as_factor=False),
        "quality.falls": entry(lambda fit: falls(fit)["good"], a_year, as_factor=True),
        "quality.found_out.after_poor": entry(lambda fit: fit["found_out_poor"], factor, as_factor=False),
        "quality.found_out.after_adequate": entry(lambda fit: fit["found_out_adequate"], factor, as_factor=False),
        "quality.found_out.damping_to_excellent": entry(
            lambda fit: fit["damping_to_excellent"], factor, as_factor=False
        ),
        natural: entry(lambda fit: shares(fit, "natural")["poor"], of_all, as_factor=True),
        start: entry(lambda fit: shares(fit, "start")["poor"], of_all, as_factor=True),
        "signals.serious_concerns.poor": entry(lambda fit: concerns(fit)["poor"], a_year, as_factor=False),
        "signals.serious_concerns": entry(lambda fit: concerns(fit)["adequate"], a_year, as_factor=True),
    }


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")


def _manifest(fitted: Fitted, source: str) -> Table:
    scenario = fitted.bench.scenario
    return {
        "inspectsim": simulator.__version__,
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
        "least_distance": fitted.distances[0],
        "misfit": fitted.misfit,
        "tolerance": fitted.tolerance,
        "fits": len(fitted.fits),
        "runs": fitted.runs,
    }
