"""An answer as the page shows it, in plain data: sentences, charts with a table under each, figures, caveats.

It is gathered by the process that carries out a run, from what the report of the run says
(`simulator.render`), and lies beside its results as ``answer.json``, so that the server shows it without
computing anything.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from simulator.answers.asked import warnings_of
from simulator.answers.files import REPORT
from simulator.answers.kept_run import KeptRun
from simulator.answers.kind import Kind
from simulator.answers.pictures import picture
from simulator.inputs.evidence import counted_assumptions
from simulator.inputs.messages import InputError
from simulator.page.dots import dots_of, lines_below
from simulator.render.document import Figure, Section, Warned
from simulator.render.document import Table as ToldTable
from simulator.render.verdict import Verdict
from simulator.running.store import MANIFEST, read_manifest
from simulator.running.whole_files import write_files

ANSWER: Final = "answer.json"
ARCHIVE: Final = "results.zip"
WIDTH: Final = 800
"""Pixels of a chart where it is shown at its full size."""
NARROW_WIDTH: Final = 360
"""Pixels of its drawing for narrow screens."""

_LABELS: Final = {
    "found": "Found within 90 days, later, never",
    "compare": "Inspections, and homes unfound",
    "inspections-by-kind": "Inspections by kind",
    "detection": "How soon poor homes are found",
    "undetected-poor": "Poor and unfound",
    "backlog": "Inspections waiting",
    "visits-by-rating": "Visits a year by rating",
    "services": "Days unfound by type of service",
    "duties-and-unfound": "Duties and unfound, by inspectors",
    "assessment": "How well assessments find the poor",
    "days_unfound_mean-childrens_home": "What each part brings: days unfound",
    "undetected_poor_provider_years-childrens_home": "What each part brings: homes poor and unfound",
    "inspections_per_year-childrens_home": "What each part brings: inspections",
    "kept": "Statutory dates kept",
    "in-post": "Posts and people",
    "waits": "Waits by region",
}
"""Of charts in the list of contents; others have their titles there."""
FOR_ANALYSTS: Final = ("assessment",)
"""Charts that stand folded, among all figures."""

_COMMAND: Final = re.compile(r" \(inspectsim [^)]*\)")
"""What a verdict says to type, which nobody can on the page."""

Table = dict[str, Any]


def kept_in(folder: Path) -> KeptRun:
    """Open the folder of a run that has just been finished.

    Raises
    ------
    InputError
        If it is not.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise InputError(f"{folder}: contains no finished run")
    return KeptRun(folder, manifest)


def answer_of(run: KeptRun, kind: Kind, shown: Sequence[str]) -> Table:
    """Gather the answer of a run.

    Parameters
    ----------
    run
        That was carried out.
    kind
        What is declared of answers to its question.
    shown
        Names of those sections of its report whose tables are shown, in figures.

    Returns
    -------
    dict
        Keys ``title``, ``nature`` (what the data are, in a line), ``verdict`` (empty where the answer has no lines of
        its own; else as `verdict_told` returns it), ``sentences``, ``costs`` and ``caveats`` (sentences), ``charts``
        (each as `chart_told` returns it), ``figures`` (tables, each with
        ``caption``, ``head``, ``rows`` and ``note``), ``replications`` (in words, empty if there is nothing to say)
        and ``version``.
    """
    charts = kind.figures(run)
    answer, verdict = run.answer, run.verdict
    warned = [warning.text for warning in warnings_of(run) if isinstance(warning, Warned)]
    return {
        "title": verdict.title if verdict.lines else charts[0].title,
        "nature": _nature(run),
        "verdict": verdict_told(verdict) if verdict.lines else {},
        "sentences": [*answer.course, *answer.told],
        "costs": [*answer.costs],
        "caveats": [*warned, *(caveat.replace(REPORT, "the page Assumptions") for caveat in answer.rests_on)],
        "charts": [chart_told(chart, _narrow_of(run, chart.name)) for chart in charts],
        "figures": list(_tables(kind.sections(run), shown)),
        "replications": replications(run),
        "version": str(run.manifest["inspectsim"]),
    }


def _nature(run: KeptRun) -> str:
    """Report what the data are, in one line."""
    assumed, of = counted_assumptions(run.scenario.settings(), run.scenario.evidence)
    return f"{assumed:,} of {of:,} inputs are our assumptions, not records."


def verdict_told(verdict: Verdict) -> Table:
    """Return a verdict as plain data.

    Returns
    -------
    dict
        The fields of the verdict; ``dots`` (the picture, as `simulator.page.dots.dots_of` returns it); and in place of
        its lines ``groups``, each with a ``title`` and those ``lines`` that the picture does not show.
    """
    told = {name: value for name, value in asdict(verdict).items() if name != "lines"}
    told |= {part: [_COMMAND.sub("", sentence) for sentence in told[part]] for part in ("told", "doubts")}
    groups = [
        {"title": title, "lines": [{"label": line.label, "cells": line.cells} for line in lines]}
        for title, lines in groupby(lines_below(verdict), key=lambda line: line.group)
    ]
    return {**told, "dots": dots_of(verdict), "groups": groups}


def replications(run: KeptRun) -> str:
    """Report how many replications were made; nothing where there was one life alone."""
    made = run.manifest.get("replications", {})
    return f"{made['finished']:,}" if "finished" in made else f"{made['first']} to {made['most']}" if made else ""


def _tables(sections: Sequence[Section], shown: Sequence[str]) -> Iterator[Table]:
    for section in sections:
        if section.name in shown:
            yield from (table_told(block) for block in section.blocks if isinstance(block, ToldTable))


def _narrow_of(run: KeptRun, name: str) -> Table | None:
    """Return the size of the drawing of a chart for narrow screens; None if there is none."""
    name = f"{name}-narrow"
    return _size_of(NARROW_WIDTH, picture(run, name).shape) if run.has(f"charts/{name}.svg") else None


def _size_of(wide: int, shape: tuple[float, float]) -> Table:
    width, height = shape
    return {"width": wide, "height": round(wide * height / width)}


def chart_told(figure: Figure, narrow: Table | None = None) -> Table:
    """Report of a chart what its picture is called, how large it is, what it says, and its numbers.

    Returns
    -------
    dict
        Keys ``name``, ``title``, ``label`` (short, for a list of contents), ``alt``, ``width`` and ``height`` (pixels),
        ``folded`` (whether it is for analysts), ``narrow`` (width and height of the drawing for narrow screens, None if
        there is none) and ``table``.
    """
    return {
        "name": figure.name,
        "title": figure.title,
        "label": _LABELS.get(figure.name, figure.title),
        "alt": figure.alt,
        **_size_of(WIDTH, figure.shape),
        "narrow": narrow,
        "folded": figure.name in FOR_ANALYSTS,
        "table": table_told(figure.table),
    }


def table_told(table: ToldTable) -> Table:
    """Report a table of a report as plain data: cells with their text, and what stands in smaller type below it."""
    return {
        "caption": table.caption,
        "head": [{"text": column.title, "number": column.is_number} for column in table.columns],
        "rows": [
            [{"text": f"{cell.mark} {cell.text}".strip(), "beside": cell.beside} for cell in row] for row in table.rows
        ],
        "note": table.note,
    }


def write_answer(folder: Path, answer: Table, kept: Mapping[str, bytes]) -> None:
    """Write an answer and what is kept with it beside the folder of results, and this, to run it again, as an archive.

    All are there or none.
    """
    manifest = read_manifest(folder) or {"files": {}}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in [*manifest["files"], MANIFEST]:
            archive.writestr(zipfile.ZipInfo(name), (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
    told = (json.dumps(answer, indent=1, ensure_ascii=False) + "\n").encode()
    write_files(folder.parent, {ARCHIVE: buffer.getvalue(), **kept, ANSWER: told})
