"""The assumptions to look at first in the report of a run that varied none of them."""

from typing import TYPE_CHECKING, Final

from simulator.answers.kept_run import KeptRun
from simulator.inputs.evidence import MARKS
from simulator.render.document import Cell, Column, Paragraph, Section, Table
from simulator.words.wording import capital, counted

if TYPE_CHECKING:
    from simulator.questions.sensitivity.assumptions import Assumption

_FIRST: Final = 10
"""Assumptions listed."""
_CAPTION: Final = "Widest ranges for their size"


def widest_ranges(run: KeptRun) -> list[Section]:
    """List the assumptions whose ranges are widest for their size; nothing where none has a range.

    A run that used one value of each cannot report which of them decides its answer.
    """
    from simulator.questions.sensitivity.assumption_words import range_told, title_of_assumption
    from simulator.questions.sensitivity.assumptions import assumptions_in

    every = assumptions_in(run.scenario, list(run.every_framework.values()), own_register=run.own_register)
    widest = sorted(every, key=_width, reverse=True)[:_FIRST]
    if not widest:
        return []
    told = Paragraph(
        "This run used one value of each assumption. To find out which of the "
        f"{counted(len(every), 'assumption')} with a range decide the answer, use inspectsim sensitivity with the "
        "folder of this run. These have the widest ranges for their size: ask first whether you believe them."
    )
    rows = tuple(
        (Cell(capital(title_of_assumption(one.key))), Cell(range_told(one)), Cell(MARKS[one.mark])) for one in widest
    )
    columns = (Column("Assumption"), Column("Range to vary"), Column("Source"))
    return [Section("decide", "Which assumptions decide", (told, Table("widest-ranges", _CAPTION, columns, rows)))]


def _width(assumption: "Assumption") -> float:
    """Return the width of a range over the value used, or over the upper end where that is 0 or differs by place."""
    place = assumption.places[0]
    size = abs(assumption.given or place.high)
    return (place.high - place.low) / size if size else 0.0
