"""A set of fits read back from its folder, to run anything else over it, and how far its fits spread."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from simulator.inputs.given_files import is_file
from simulator.inputs.messages import InputError, not_one_of
from simulator.inputs.shipped import folder as shipped_folder
from simulator.questions.calibrate.mechanisms import MECHANISMS
from simulator.running.store import MANIFEST, read_manifest
from simulator.world.services import SERVICE_TYPES

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
"""Share of the fits that an interval holds."""

Fit = dict[str, float]
"""Mechanisms by name, and what follows from them."""


class Fits(NamedTuple):
    """A set of fits, read back."""

    name: str
    """What it is called: the name of its folder."""
    service_type: str
    begins: date
    """The day on which its runs began: that of its shares at the start."""
    fits: tuple[Fit, ...]
    """Mechanisms by name, the best fit first."""


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the interval that holds `INSIDE` of some values, as many left out above as below."""
    low, high = np.quantile(values, [(1 - INSIDE) / 2, (1 + INSIDE) / 2])
    return float(low), float(high)


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
    names = sorted(folder.name for folder in shipped.glob("*") if (folder / FITS).is_file())
    if str(given) in names:
        return shipped / str(given)
    path = Path(given)
    if not is_file(path / FITS):
        raise InputError(
            f"{not_one_of(str(given), 'set of fits', names)}, or a folder that inspectsim calibrate has written"
        )
    return path


def _read_fits(path: Path) -> list[Fit]:
    needed = [mechanism.name for mechanism in MECHANISMS]
    may_be_nought = {mechanism.name for mechanism in MECHANISMS if mechanism.low == 0}
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
