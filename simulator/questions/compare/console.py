"""The key measures of a comparison as a table for the terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from simulator.measures.names import KEY
from simulator.words.estimates import CHILDRENS_HOMES, EVERYONE, Estimate, Estimated, Estimates, Subject
from simulator.words.units import scale_of, with_unit
from simulator.words.wording import capital, decimals_for, number

if TYPE_CHECKING:
    from rich.table import Table


_MOST_DECIMALS: Final = 4


def measures_table(compared: Estimated) -> "Table":
    """Return the key measures of children's homes and of all providers, a column for each framework."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, caption="mean ± half of its 95% interval", caption_justify="left")
    table.add_column("")
    for title in compared.titles.values():
        table.add_column(Text(title), justify="right")
    for subject in (CHILDRENS_HOMES, EVERYONE):
        rows = list(measure_rows(compared, subject))
        if rows:
            table.add_row(Text(capital(subject.providers), style="bold"))
        for row in rows:
            table.add_row(*map(Text, row))
        table.add_section()
    return table


def measure_rows(compared: Estimated, subject: Subject) -> Iterator[list[str]]:
    """Return the key measures of a subject, a cell for each framework; none if there is nobody in it."""
    estimates = Estimates(compared)
    for measure in KEY:
        levels = [estimates.level(name, subject, measure.name) for name in compared.titles]
        if any(level.defined for level in levels):
            yield [f"  {with_unit(measure)}", *(cell(level, scale_of(measure)[0]) for level in levels)]


def cell(level: Estimate, factor: float) -> str:
    """Write a mean and the half-width of its interval, with the decimals that the latter warrants."""
    if not level.defined:
        return "-"
    mean, half = factor * level.mean, factor * (level.high - level.low) / 2
    if not level.has_interval or half == 0:
        return number(mean, decimals_for([mean]))
    decimals = min(decimals_for([half]), _MOST_DECIMALS)
    return f"{number(mean, decimals)} ±{number(half, decimals)}"
