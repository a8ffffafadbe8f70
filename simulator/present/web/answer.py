"""An answer as the page shows it, in plain data: sentences, charts with a table under each, figures, caveats.

It is made by the process that carries out a run and lies in the run's folder as ``answer.json``, so that the server
shows it without computing anything.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import simulator
from simulator.measures.names import MEASURES, Measure
from simulator.present.compared import CHILDRENS_HOMES, EVERYONE, Compared, Estimate, Estimates, Subject, subject_of
from simulator.present.headlines import compare_headline
from simulator.present.sentences import caveats, sentences
from simulator.present.wording import bracketed, capital, mean_and_range

ANSWER: Final = "answer.json"
ARCHIVE: Final = "results.zip"
KEY_MEASURES: Final = (
    "inspections_per_year",
    "inspector_days_per_year",
    "cost_per_year",
    "on_time_share",
    "backlog_mean",
    "detected_within_90_days",
    "detected_within_365_days",
    "days_to_detection_mean",
    "never_detected_share",
    "undetected_poor_provider_years",
    "child_years_undetected",
)
"""Measures told in the tables of figures."""
UNDER: Final = {
    "compare": ("inspections_per_year", "undetected_poor_provider_years"),
    "inspections-by-kind": ("inspections_per_year", "inspector_days_per_year"),
    "detection": ("detected_within_90_days", "detected_within_180_days", "detected_within_365_days"),
    "undetected-poor": ("undetected_poor_provider_years", "child_years_undetected"),
    "backlog": ("backlog_mean", "on_time_share"),
    "assessment": ("assessment_auc",),
}
"""Measures of the table under each chart."""
OF_EVERYONE: Final = ("inspections-by-kind", "backlog")
"""Charts that are about all providers."""

Table = dict[str, Any]


def answer_of(compared: Compared) -> Table:
    """Gather the answer to a comparison.

    Returns
    -------
    dict
        Keys ``title``, ``sentences``, ``caveats``, ``charts`` (each with ``name``, ``title``, ``alt`` and ``table``),
        ``figures`` (tables, each with ``caption``, ``head`` and ``rows``), ``replications`` and ``version``.
    """
    from simulator.present.charts import charts_of

    return {
        "title": compare_headline(compared),
        "sentences": sentences(compared),
        "caveats": caveats(compared),
        "charts": [
            {
                "name": chart.name,
                "title": chart.title,
                "alt": chart.alt,
                "table": table_of(
                    compared, EVERYONE if chart.name in OF_EVERYONE else subject_of(compared), UNDER[chart.name]
                ),
            }
            for chart in charts_of(compared)
        ],
        "figures": [
            table_of(compared, subject, KEY_MEASURES)
            for subject in dict.fromkeys((CHILDRENS_HOMES, EVERYONE))
            if Estimates(compared).level(compared.baseline, subject, "inspections_per_year").defined
        ],
        "replications": int(compared.summary["replications"].max()),
        "version": simulator.__version__,
    }


def table_of(compared: Compared, subject: Subject, wanted: Sequence[str]) -> Table:
    """Lay out measures of a subject: a row for each measure, a column for each framework."""
    estimates = Estimates(compared)
    rows = []
    for measure in MEASURES:
        if measure.name in wanted:
            levels = [estimates.level(name, subject, measure.name) for name in compared.titles]
            if any(level.defined for level in levels):
                factor, unit = _scale(measure)
                rows.append([f"{measure.title}{unit}", *(_cell(level, factor) for level in levels)])
    return {
        "caption": f"{capital(subject.providers)}: mean, and 95 % interval in brackets",
        "head": ["Measure", *compared.titles.values()],
        "rows": rows,
    }


def _scale(measure: Measure) -> tuple[float, str]:
    """Give by what to multiply a measure for people, and the unit to name where its title does not."""
    if measure.unit == "share, 0 to 1":
        return 100, ", %"
    return (1e-6, ", £ million") if measure.unit.startswith("pounds") else (1, "")


def _cell(level: Estimate, factor: float) -> str:
    if not level.defined:
        return "none"
    mean, interval = mean_and_range(Estimate(*(factor * each for each in level)))
    return f"{mean}{bracketed(interval)}"


def encoded(answer: Table) -> bytes:
    """Write an answer as a file."""
    return (json.dumps(answer, indent=1, ensure_ascii=False) + "\n").encode()


def write_archive(folder: Path) -> None:
    """Put the tables of a run, and what it takes to run it again, into one archive beside them."""
    from simulator.store import read_manifest, write_files

    manifest = read_manifest(folder) or {"files": {}}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in [*manifest["files"], "manifest.json"]:
            if name != ANSWER and not name.startswith("charts/"):
                archive.writestr(zipfile.ZipInfo(name), (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
    write_files(folder.parent, {ARCHIVE: buffer.getvalue()})
