"""An answer as the page shows it, in plain data: sentences, charts with a table under each, figures, caveats.

It is made by the process that carries out a run and lies beside its results as ``answer.json``, so that the server
shows it without computing anything.
"""

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import simulator
from simulator.measures.names import MEASURES
from simulator.present.compared import CHILDRENS_HOMES, EVERYONE, Compared, Estimate, Estimates, Subject, subject_of
from simulator.present.cost_words import cost_sentences
from simulator.present.course import course_told
from simulator.present.headlines import compare_headline
from simulator.present.sentences import caveats, sentences
from simulator.present.terminal import KEY_MEASURES
from simulator.present.units import scale_of, with_unit
from simulator.present.wording import bracketed, capital, mean_and_range
from simulator.store import MANIFEST, read_manifest, write_files

LOG: Final = "report.html"
"""What sentences refer to for the assumptions; the page has a page of them."""
ANSWER: Final = "answer.json"
ARCHIVE: Final = "results.zip"
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


def answer_of(compared: Compared, folder: Path) -> Table:
    """Gather the answer to a comparison, whose files are in `folder`.

    Returns
    -------
    dict
        Keys ``title``, ``sentences``, ``costs`` and ``caveats`` (sentences), ``charts`` (each with ``name``, ``title``,
        ``alt`` and ``table``), ``figures`` (tables, each with ``caption``, ``head`` and ``rows``), ``replications`` and
        ``version``.
    """
    estimates = Estimates(compared)
    return {
        "title": compare_headline(compared),
        "sentences": [*map(capital, course_told(compared)), *sentences(compared)],
        "costs": cost_sentences(compared),
        "caveats": [each.replace(LOG, "the page Assumptions") for each in caveats(compared)],
        "charts": [
            chart_in(folder, name, table_of(compared, EVERYONE if name in OF_EVERYONE else subject_of(compared), under))
            for name, under in UNDER.items()
            if (folder / "charts" / f"{name}.svg").is_file()
        ],
        "figures": [
            table_of(compared, subject, KEY_MEASURES)
            for subject in (CHILDRENS_HOMES, EVERYONE)
            if estimates.level(compared.baseline, subject, "inspections_per_year").defined
        ],
        "replications": int(compared.summary["replications"].max()),
        "version": simulator.__version__,
    }


def chart_in(folder: Path, name: str, table: Table) -> Table:
    """Describe a chart of a run: its title and what it says, as its file tells them to a screen reader."""
    root = ET.fromstring((folder / "charts" / f"{name}.svg").read_bytes())
    title, alt = (each.text or "" for each in root[:2])
    return {"name": name, "title": title, "alt": alt, "table": table}


def table_of(compared: Compared, subject: Subject, wanted: Sequence[str]) -> Table:
    """Lay out measures of a subject: a row for each measure, a column for each framework."""
    estimates = Estimates(compared)
    rows = []
    for measure in MEASURES:
        if measure.name in wanted:
            levels = [estimates.level(name, subject, measure.name) for name in compared.titles]
            if any(level.defined for level in levels):
                factor, _ = scale_of(measure)
                rows.append([with_unit(measure), *(_cell(level, factor) for level in levels)])
    return {
        "caption": f"{capital(subject.providers)}: mean, and 95 % interval in brackets",
        "head": ["Measure", *compared.titles.values()],
        "rows": rows,
    }


def _cell(level: Estimate, factor: float) -> str:
    if not level.defined:
        return "none"
    mean, interval = mean_and_range(Estimate(*(factor * each for each in level)))
    return f"{mean}{bracketed(interval)}"


def write_answer(folder: Path, answer: Table) -> None:
    """Write an answer beside the folder of results, and its tables, with all it takes to run it again, as an archive.

    Both are there or none.
    """
    manifest = read_manifest(folder) or {"files": {}}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in [*manifest["files"], MANIFEST]:
            if not name.startswith("charts/"):
                archive.writestr(zipfile.ZipInfo(name), (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
    told = (json.dumps(answer, indent=1, ensure_ascii=False) + "\n").encode()
    write_files(folder.parent, {ARCHIVE: buffer.getvalue(), ANSWER: told})
