"""What `inspectsim size` leaves in its folder, and what it prints."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.experiments.run_folder import FAILURES, provenance, write_question
from simulator.experiments.sized import Sizing
from simulator.present.chart_size import size_chart
from simulator.present.report.answer import answer_of, as_text
from simulator.present.report.writing import finish
from simulator.present.results import given, times_of
from simulator.present.run_files import ANSWER
from simulator.present.sheet import FORMS, Form
from simulator.present.size_tables import failed_levels_frame, points_frame, size_frame, size_table
from simulator.present.size_words import sizing_caveats, sizing_sentences
from simulator.store import RunFolder

if TYPE_CHECKING:
    from rich.console import Console


def write_sizing(
    folder: RunFolder, sizing: Sizing, options: Mapping[str, Any], began: datetime, forms: Sequence[Form] = FORMS
) -> list[str]:
    """Write everything and put it in its place; if no run failed, forget what it would take to go on.

    Parameters are those of `simulator.present.results.write_results`.

    Returns
    -------
    list of str
        Names of the files.
    """
    folder.write_text(ANSWER, as_text(answer_of(sizing_sentences(sizing), sizing_caveats(sizing))))
    folder.write_csv("size.csv", size_frame(sizing))
    size_chart(sizing).write(folder.made("charts"), forms)
    folder.write_csv("charts/size.csv", size_frame(sizing))
    folder.write_csv("points.csv", points_frame(sizing))
    if sizing.failures:
        folder.write_csv(FAILURES, failed_levels_frame(sizing.failures))
    write_question(folder, sizing.question)
    effort = sizing.effort
    made = {
        "question": "size",
        "pool": sizing.pool,
        "targets": [str(each) for each in sizing.targets],
        "confidence": effort.confidence,
        "step": effort.step,
        "replications": {"first": effort.replications, "most": effort.most},
        "failures": len(sizing.failures),
    }
    files = finish(folder, provenance(sizing.question, given(options), made | times_of(began)))
    if not sizing.failures:
        folder.forget()
    return files


def print_sizing(sizing: Sizing, console: "Console") -> None:
    """Print a paragraph for each framework, the table, and what the numbers rest on."""
    from rich.text import Text

    console.print()
    for sentence in sizing_sentences(sizing):
        console.print(Text(sentence), soft_wrap=not console.is_terminal)
    console.print()
    console.print(size_table(sizing))
    for caveat in sizing_caveats(sizing):
        console.print(Text(caveat, style="dim"), soft_wrap=not console.is_terminal)
