"""What `inspectsim size` leaves in its folder, and what it prints."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from simulator.answers.answer import answer_of, as_text
from simulator.answers.keeping import Keeping, Missing
from simulator.answers.paragraphs import print_aside, print_paragraphs
from simulator.answers.run_files import ANSWER, SIZE_EXPECTED, SIZE_FILES
from simulator.charts.sheet import FORMS, Form
from simulator.questions.compare.answer import given, times_of
from simulator.questions.size.chart import size_chart
from simulator.questions.size.found import Sizing
from simulator.questions.size.tables import failed_levels_frame, points_frame, size_frame, size_table
from simulator.questions.size.words import sizing_caveats, sizing_sentences
from simulator.render.writing import finish
from simulator.running.run_folder import FAILURES, provenance, write_question
from simulator.running.store import RunFolder

if TYPE_CHECKING:
    from rich.console import Console


def write_sizing(
    folder: RunFolder,
    sizing: Sizing,
    options: Mapping[str, Any],
    began: datetime,
    forms: Sequence[Form] = FORMS,
    *,
    ended: datetime | None = None,
) -> list[str]:
    """Write everything and put it in its place; if no run failed, forget what it would take to go on.

    Parameters are those of `simulator.questions.compare.answer.write_results`.

    Returns
    -------
    list of str
        Names of the files.
    """
    times = times_of(began, ended)
    folder.write_text(ANSWER, as_text(answer_of(sizing_sentences(sizing), sizing_caveats(sizing))))
    folder.write_csv("size.csv", size_frame(sizing))
    size_chart(sizing).write(folder.made("charts"), forms)
    folder.write_csv("charts/size.csv", size_frame(sizing))
    folder.write_csv("points.csv", points_frame(sizing))
    if sizing.failures:
        folder.write_csv(FAILURES, failed_levels_frame(sizing.failures))
    write_question(folder, sizing.question)
    made = {"question": "size", **searched_for(sizing), "failures": len(sizing.failures)}
    files = finish(folder, provenance(sizing.question, given(options), made | times))
    if not sizing.failures:
        folder.forget()
    return files


def searched_for(sizing: Sizing) -> dict[str, Any]:
    """Return what a search was for and how closely, as a manifest has it."""
    effort = sizing.effort
    return {
        "pool": sizing.pool,
        "targets": [str(target) for target in sizing.targets],
        "confidence": effort.confidence,
        "step": effort.step,
        "replications": {"first": effort.replications, "most": effort.most},
    }


def print_sizing(sizing: Sizing, console: "Console") -> None:
    """Print a paragraph for each framework, the table, and what the numbers rest on."""
    console.print()
    print_paragraphs(sizing_sentences(sizing), console)
    console.print()
    console.print(size_table(sizing))
    print_aside(sizing_caveats(sizing), console)


SIZING: Final = Keeping(
    SIZE_EXPECTED,
    SIZE_FILES,
    write_sizing,
    print_sizing,
    lambda sizing: Missing(len(sizing.failures), 1, 1),
)
