"""The wide sheet of a workbook: a row for each key figure, a column for each of the verdict, and their differences."""

from typing import TYPE_CHECKING, Final

from simulator.answers.files import VERDICT
from simulator.answers.kept_run import KeptRun
from simulator.answers.kind import Kind
from simulator.render.verdict import Line
from simulator.render.workbook import NONE, Sheet, rounded
from simulator.words.wording import capital

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL: Final = "Key figures"


def key_figures(run: KeptRun, kind: Kind) -> list[Sheet]:
    """Make the sheet of the lines of the verdict and of the key measures; none where the verdict has no numbers."""
    import pandas as pd

    verdict = run.verdict
    lines = [line for line in (*verdict.lines, *kind.key_lines(run)) if line.values]
    if not lines:
        return []
    base = list(run.titles).index(run.baseline) if verdict.of_frameworks else 0
    others = [place for place in range(len(verdict.heads)) if place != base and verdict.of_frameworks]
    differences = [f"{verdict.columns[place]} less {verdict.columns[base]}" for place in others]
    columns = ["Figure", "Of", "Unit", *verdict.heads, *differences]
    rows = [
        [capital(line.label), line.group or NONE, line.unit or NONE, *_values(line), *_differences(line, base, others)]
        for line in lines
    ]
    compared = f": every framework, and its difference from {verdict.columns[base]}"
    title = f"{_LABEL}{compared if verdict.of_frameworks else ''}"
    source = f"{VERDICT}, and tables of this workbook"
    return [Sheet(_LABEL, title, source, pd.DataFrame(rows, columns=columns), {})]


def _values(line: Line) -> "Iterator[float]":
    return (float("nan") if value is None else rounded(value) for value in line.values)


def _differences(line: Line, base: int, others: list[int]) -> "Iterator[float]":
    """Return the value of every other column less that of the baseline."""
    before = line.values[base]
    for place in others:
        value = line.values[place]
        yield float("nan") if value is None or before is None else rounded(value - before)
