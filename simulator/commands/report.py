"""The command that reports a finished run again: report, workbook and data dictionary from its folder."""

from pathlib import Path
from typing import Annotated

import typer

from simulator.commands.answering import answering


def report(
    run: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="Complete folder of a run.")],
) -> None:
    """Write the report and the workbook of a run again.

    It needs only the folder, wherever it was made, and writes report.html to read or print, workbook.xlsx, and
    data-dictionary.csv, which explains every column of every table.
    """
    with answering() as (answers, _):
        from simulator.answers.folder import rewrite
        from simulator.questions.registry import kinds

        for path in rewrite(run, kinds()):
            answers.print(str(path), soft_wrap=True)
