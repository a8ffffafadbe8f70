"""Report, workbook and data dictionary: written at the end of a run, and again from its folder."""

from collections.abc import Sequence
from pathlib import Path

from simulator.answers.kept_run import KeptRun
from simulator.answers.run_files import DICTIONARY, REPORT, SHOWN, WORKBOOK
from simulator.inputs.messages import InputError
from simulator.questions.registry import told_of
from simulator.render.dictionary import dictionary_frame
from simulator.render.html import as_html
from simulator.render.sheets import sheets_of
from simulator.render.telling import document_of
from simulator.render.workbook import as_workbook
from simulator.running.store import SEAL, RunFolder, Table, add_to_run, csv_bytes, finished_run


def finish(folder: RunFolder, manifest: Table, *, sealed: bool = False) -> list[str]:
    """Add report, workbook and data dictionary to the files of a run, and put them all in their place.

    Parameters
    ----------
    folder
        Where all else has been written.
    manifest
        How it was made; `question` in it is the name of one of `questions.QUESTIONS`.
    sealed
        Whether the manifest bears the digest of all of it.

    Returns
    -------
    list of str
        Names of the files.
    """
    for name, content in shown(KeptRun(folder.results, manifest), folder.files()).items():
        folder.path(name).write_bytes(content)
    files = folder.files()
    folder.finish(manifest, sealed=sealed)
    return files


def report(target: Path) -> list[Path]:
    """Write report, workbook and data dictionary of a finished run again, from its folder alone.

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
        return add_to_run(target, manifest, shown(KeptRun(target, manifest), list(manifest["files"])))


def shown(run: KeptRun, names: Sequence[str]) -> dict[str, bytes]:
    """Make the files that show a run, whose other files are there by their `names`."""
    told = told_of(run)
    others = [name for name in names if name not in SHOWN]
    return {
        REPORT: as_html(document_of(run, [*others, *SHOWN])),
        WORKBOOK: as_workbook(run, told.title, sheets_of(run, told.sheets)),
        DICTIONARY: csv_bytes(dictionary_frame(run.folder, others)),
    }
