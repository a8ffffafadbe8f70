"""The folder of an answer: its text, tables and charts, the files that show them, and its manifest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.answers.dictionary import dictionary_frame
from simulator.answers.files import DICTIONARY, REPORT, SHOWN, WORD, WORKBOOK
from simulator.answers.kept_run import KeptRun
from simulator.answers.kind import Kind
from simulator.answers.sheets import book_of
from simulator.answers.telling import document_of
from simulator.inputs.messages import InputError
from simulator.render.document import Document, Figure
from simulator.render.html import as_html
from simulator.render.word import as_word
from simulator.render.workbook import as_workbook
from simulator.running.store import SEAL, RunFolder, Table, add_to_run, csv_bytes, finished_run

if TYPE_CHECKING:
    import pandas as pd


def finish(folder: RunFolder, kind: Kind, manifest: Table) -> list[str]:
    """Add the files that show a run to those that it left, and put them all in their place.

    Returns
    -------
    list of str
        Names of the files.
    """
    for name, content in _shown(KeptRun(folder.results, manifest), kind, folder.files()).items():
        folder.path(name).write_bytes(content)
    files = folder.files()
    folder.finish(manifest, sealed=kind.sealed)
    return files


def write_table(folder: RunFolder, name: str, table: "pd.DataFrame | Iterable[pd.DataFrame]") -> None:
    """Write a table, whole or in pieces."""
    import pandas as pd

    if isinstance(table, pd.DataFrame):
        folder.write_csv(name, table)
    else:
        folder.write_csv_pieces(name, table)


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that were given, as a manifest records them."""
    return {
        name: str(value) if isinstance(value, Path) else value
        for name, value in options.items()
        if not (value is None or value is False or value == [])
    }


def times_of(began: datetime, ended: datetime) -> dict[str, Any]:
    """Report when a question was asked and answered, and how long it took, without what is written after that."""
    return {
        "began": began.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        "seconds": round((ended - began).total_seconds(), 1),
    }


def rewrite(target: Path, kinds: Mapping[str, Kind]) -> list[Path]:
    """Write the files that show a finished run again, from its folder alone.

    Parameters
    ----------
    target
        The folder.
    kinds
        The declared answers to each question, by their names in manifests.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    InputError
        If the folder holds no finished run, one of another question or of an older version, or not as it was left; or
        if it is sealed.
    """
    with finished_run(target) as manifest:
        if SEAL in manifest:
            raise InputError(
                f"{target}: is sealed, and a new report would alter it. Use the report in it, or the folder of a run "
                "that is not sealed"
            )
        run = KeptRun(target, manifest)
        return add_to_run(target, manifest, _shown(run, _kind_of(run, kinds), list(manifest["files"])))


def _kind_of(run: KeptRun, kinds: Mapping[str, Kind]) -> Kind:
    """Find the declaration of the answer that a run left.

    Raises
    ------
    InputError
        If nothing is.
    """
    kind = kinds.get(str(run.manifest.get("question")))
    if kind is not None:
        return kind
    version = run.manifest["inspectsim"]
    commands = dict.fromkeys(name.split()[0] for name in kinds)
    raise InputError(
        f"{run.folder}: contains no run that can be reported (written by inspectsim {version}, which may be older, or "
        f"it answers another question); allowed: the folder of inspectsim {', '.join(commands)}. {run.remedy}"
    )


def _shown(run: KeptRun, kind: Kind, names: Sequence[str]) -> dict[str, bytes]:
    """Make the files that show a run, whose other files are there by their `names`."""
    others = [name for name in names if name not in SHOWN]
    report = document_of(run, kind, [*others, *SHOWN])
    return {
        REPORT: as_html(report),
        WORKBOOK: as_workbook(book_of(run, kind)),
        WORD: as_word(report, _pictures(run, report, others)),
        DICTIONARY: csv_bytes(dictionary_frame(kind, run.folder, others)),
    }


def _pictures(run: KeptRun, report: Document, names: Sequence[str]) -> dict[str, bytes]:
    """Read the pictures of page one, as far as the run drew them for documents."""
    files = {block.name: f"charts/{block.name}.png" for block in report.front.blocks if isinstance(block, Figure)}
    return {name: run.content(file) for name, file in files.items() if file in names}
