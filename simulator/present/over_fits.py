"""A comparison over a set of fits: in sentences and a table, and as files."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import simulator
from simulator.experiments.over_fits import OverFits
from simulator.experiments.question import resolved
from simulator.measures.names import ALL_SERVICES, MEASURES
from simulator.present.terminal import KEY_MEASURES
from simulator.present.units import SHARE
from simulator.present.wording import decimals_for, number
from simulator.store import RunFolder, Table

if TYPE_CHECKING:
    from rich.console import Console

SUMMARY: Final = "summary_over_fits.csv"
DIFFERENCES: Final = "differences_over_fits.csv"
BY_FIT: Final = "by_fit.csv"
EXPECTED: Final = (SUMMARY, DIFFERENCES, BY_FIT, "scenario.toml")
"""Files of a comparison over fits."""


def write_over_fits(folder: RunFolder, compared: OverFits, how: Table) -> None:
    """Write the frames, the scenario and the manifest, and put them in their place."""
    folder.write_csv(SUMMARY, compared.summary)
    folder.write_csv(DIFFERENCES, compared.differences)
    folder.write_csv(BY_FIT, compared.by_fit)
    folder.write_text("scenario.toml", resolved(compared.question).resolved_toml())
    folder.finish(
        {
            "inspectsim": simulator.__version__,
            "what": "a comparison over a set of fits",
            "fits": compared.fits.name,
            "fits_run": list(compared.numbers),
            "replications_of_each": compared.replications,
            "frameworks": list(compared.question.names),
            "baseline": compared.question.baseline,
            "seed": compared.question.scenario.run.seed,
        }
        | how
    )


def print_over_fits(compared: OverFits, console: "Console") -> None:
    """Print what the answers are and how they spread."""
    from rich.text import Text

    for line in lines(compared):
        console.print(Text(line), soft_wrap=not console.is_terminal)


def lines(compared: OverFits) -> Iterator[str]:
    """Say each key measure of each framework over the fits, and each difference that the fits agree on."""
    yield ""
    yield (
        f"Over {len(compared.numbers)} fits of {compared.fits.name}, {compared.replications} replications of each: "
        "the middle of the fits, and the interval that holds nine in ten of them."
    )
    subject = compared.fits.service_type
    there = set(compared.question.service_types)
    titles = compared.question.titles
    for framework, title in titles.items():
        yield ""
        yield f"{title}, {_subject(subject if subject in there else ALL_SERVICES)}"
        yield from _measures(_rows(compared.summary, framework, subject if subject in there else ALL_SERVICES))
    for framework in compared.differences["framework"].unique():
        yield ""
        yield f"{titles[framework]} less {titles[compared.question.baseline]}"
        yield from _measures(_rows(compared.differences, framework, subject if subject in there else ALL_SERVICES))


def _measures(rows: list[dict[str, Any]]) -> Iterator[str]:
    told = {measure.name: measure for measure in MEASURES if measure.name in KEY_MEASURES}
    for row in rows:
        if row["measure"] in told and not np.isnan(row["median"]):
            measure = told[row["measure"]]
            factor, unit = (100, "%") if measure.unit == SHARE else (1, measure.unit)
            values = [factor * row[name] for name in ("low", "median", "high")]
            low, middle, high = (number(value, decimals_for(values)) for value in values)
            yield f"  {measure.title}: {middle} ({low} to {high}) {unit}"


def _rows(frame: Any, framework: str, subject: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame[(frame["framework"] == framework) & (frame["service_type"] == subject)].to_dict(
        "records"
    )
    return rows


def _subject(name: str) -> str:
    return name.replace("_", " ") if name != ALL_SERVICES else "all services"
