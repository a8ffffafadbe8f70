"""The section of a report on the precision of the differences, and on the gain from common random numbers."""

from typing import TYPE_CHECKING, Final

from simulator.answers.cells import plain_cell
from simulator.answers.kept_run import KeptRun, titled
from simulator.measures.names import BY_NAME, HEADLINES
from simulator.render.document import Cell, Column, Section, Table
from simulator.running.run_folder import PAIRING, PRECISION
from simulator.statistics.pairing import of_headlines
from simulator.words.estimates import CHILDRENS_HOMES, EVERYONE
from simulator.words.units import scale_of, with_unit
from simulator.words.wording import number

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

_WHY_PAIRED: Final = (
    "Every framework meets the same random events. The last column is the number of replications that independent "
    "runs would need for the same precision."
)


def known_sections(run: KeptRun) -> list[Section]:
    """Return the precision of the differences, as far as the run has it."""
    tables = tuple(table for table in (_precision(run), _pairing(run)) if table is not None and table.rows)
    return [Section("known", "Precision", tables)] if tables else []


def _precision(run: KeptRun) -> Table | None:
    """Return the precision that was asked for and that which was reached."""
    if not run.has(PRECISION):
        return None
    rows = []
    for row in run.frame(PRECISION).to_dict("records"):
        factor = scale_of(BY_NAME[str(row["measure"])])[0]
        values = (plain_cell(float(row[column]), factor) for column in ("difference", "half_width", "asked"))
        rows.append((*_of(run, row), *values, Cell("yes" if row["reached"] else "no")))
    numbers = ("Difference", "Half-width", "Requested")
    columns = (*_HEADS, *(Column(head, is_number=True) for head in numbers), Column("Reached"))
    note = "The half-width is half of the 95% interval of the difference."
    return Table("precision", "Precision of the differences", columns, tuple(rows), note)


def _pairing(run: KeptRun) -> Table | None:
    """Return the gain from pairing for the headline measures."""
    if not run.has(PAIRING):
        return None
    frame = run.frame(PAIRING)
    rows = tuple(
        (
            *_of(run, row),
            plain_cell(float(row["gain"])),
            Cell(number(float(row["replications"]))),
            Cell(number(float(row["replications_independent"]))),
        )
        for subject in (CHILDRENS_HOMES, EVERYONE)
        for row in of_headlines(frame, subject.service_type, HEADLINES).to_dict("records")
    )
    numbers = ("Gain", "Replications", "Independent")
    columns = (*_HEADS, *(Column(head, is_number=True) for head in numbers))
    return Table("pairing", "Gain from common random numbers", columns, rows, f"{_WHY_PAIRED} {_OF_ALL}")


_OF_ALL: Final = "The file pairing.csv has the same for all other measures."
_HEADS: Final = (Column("Framework"), Column("Difference in"))


def _of(run: KeptRun, row: "Mapping[Hashable, object]") -> tuple[Cell, Cell]:
    """Return the cells that name a difference."""
    measure = f"{with_unit(BY_NAME[str(row['measure'])])}: {titled(str(row['service_type']))}"
    return Cell(run.titles[str(row["framework"])]), Cell(measure)
