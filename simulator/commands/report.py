"""The command that reports a finished run again: report, workbook and data dictionary from its folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from simulator.commands.answering import answering
from simulator.inputs.option import Ask, Option


@dataclass(frozen=True, kw_only=True)
class Report(Ask):
    """What `inspectsim report` asks."""

    run: Annotated[Path, Option("Complete folder of a run.", "RUN_DIR", is_argument=True)]


def report(asked: Report) -> None:
    """Write the report and the workbook of a run again.

    It needs only the folder, wherever it was made, and writes report.html to read or print, workbook.xlsx, and
    data-dictionary.csv, which explains every column of every table.
    """
    with answering() as (answers, _):
        from simulator.answers.folder import rewrite
        from simulator.questions.registry import kinds

        for path in rewrite(asked.run, kinds()):
            answers.print(str(path), soft_wrap=True)
