"""The command that sets two runs, scenarios or frameworks side by side."""

from typing import TYPE_CHECKING

from simulator.commands.answering import answering
from simulator.questions.diff.ask import Diff

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console


def diff(asked: Diff) -> None:
    """Show what differs between two runs, scenarios or frameworks: inputs first, then results.

    Results of two comparisons are paired by replication where both meet the same histories.
    """
    with answering() as (answers, _):
        from simulator.questions.diff.differences import differences

        found = differences(asked.first, asked.second)
        written = found.save(asked.out) if asked.out else []
        for sentence in found.sentences:
            answers.print(sentence, soft_wrap=not answers.is_terminal)
        for row in found.rows:
            values = f": {row.first}, then {row.second}" if row.first or row.second else ""
            sources = dict.fromkeys(source for source in (row.first_source, row.second_source) if source)
            told = f" [{'; then '.join(sources)}]" if sources else ""
            answers.print(f"- {row.what}{values} ({row.key}){told}", soft_wrap=not answers.is_terminal)
        if found.found is not None and not found.shown.empty:
            _print_table(found.shown, answers)
        for path in written:
            answers.print(str(path), soft_wrap=True)


def _print_table(frame: "pd.DataFrame", answers: "Console") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for position, column in enumerate(frame.columns):
        grid.add_column(Text(str(column)), justify="left" if position < 2 else "right")  # noqa: PLR2004  (names)
    for row in frame.itertuples(index=False):
        grid.add_row(*(Text(str(cell)) for cell in row))
    answers.print(grid)
