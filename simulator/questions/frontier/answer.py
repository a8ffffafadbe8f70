"""What `inspectsim frontier` leaves in its folder, and what it prints."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from simulator.answers.answer import answer_of, as_text
from simulator.answers.keeping import Keeping, Missing
from simulator.answers.paragraphs import print_aside, print_paragraphs
from simulator.answers.run_files import ANSWER, CROSSINGS, CROSSINGS_BY_COST, FRONTIER_EXPECTED, FRONTIER_FILES
from simulator.questions.compare.answer import given, times_of
from simulator.questions.frontier.chart import frontier_charts, numbers_frame
from simulator.questions.frontier.curves import Frontier, Pair
from simulator.questions.frontier.words import frontier_caveats, frontier_sentences
from simulator.questions.size.tables import failed_levels_frame
from simulator.render.writing import finish
from simulator.running.run_folder import FAILURES, provenance, write_question
from simulator.running.store import RunFolder
from simulator.statistics.crossings import Crossing

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console


PAIRED: Final = ("framework", "other", "service_type", "measure")
BETWEEN: Final = ("low", "high", "less_below", "less_above")


def crossings_frame(frontier: Frontier) -> "pd.DataFrame":
    """Lay out the crossings; `below` says which framework has less of the measure below a crossing."""
    import pandas as pd

    rows = [_row(pair, each) for pair in frontier.pairs for each in pair.course.crossings]
    return pd.DataFrame(rows, columns=[*PAIRED, "fte", *BETWEEN])


def crossings_by_cost_frame(frontier: Frontier) -> "pd.DataFrame":
    """Lay out the crossings over the cost of the work done (pounds a year), as `crossings_frame` does."""
    import pandas as pd

    rows = [_row(pair, each) for pair in frontier.pairs if pair.by_cost for each in pair.by_cost.course.crossings]
    return pd.DataFrame(rows, columns=[*PAIRED, "cost_per_year", *BETWEEN])


def _row(pair: Pair, crossing: Crossing) -> tuple[str | float, ...]:
    names = pair.framework, pair.other
    less_below, less_above = names if crossing.before < 0 else reversed(names)
    of = pair.quantity
    return *names, of.service_type, of.measure, crossing.at, crossing.low, crossing.high, less_below, less_above


def write_frontier(
    folder: RunFolder, frontier: Frontier, options: Mapping[str, Any], began: datetime, *, ended: datetime | None = None
) -> list[str]:
    """Write everything and put it in its place; if all runs are there, forget what it would take to go on.

    Returns
    -------
    list of str
        Names of the files.
    """
    times = times_of(began, ended)
    folder.write_text(ANSWER, as_text(answer_of(frontier_sentences(frontier), frontier_caveats(frontier))))
    folder.write_csv("frontier.csv", numbers_frame(frontier, list(frontier.quantities)))
    folder.write_csv(CROSSINGS, crossings_frame(frontier))
    folder.write_csv(CROSSINGS_BY_COST, crossings_by_cost_frame(frontier))
    for chart, table in frontier_charts(frontier):
        chart.write(folder.made("charts"))
        folder.write_csv(f"charts/{chart.name}.csv", table)
    if frontier.failures:
        folder.write_csv(FAILURES, failed_levels_frame(frontier.failures))
    write_question(folder, frontier.question)
    made = {
        "question": "frontier",
        "pool": frontier.pool,
        "fte": list(frontier.numbers),
        "measures": [str(each) for each in frontier.quantities],
        "replications": {"asked": frontier.question.scenario.run.replications, "finished": frontier.finished},
        "failures": len(frontier.failures),
        "interrupted": frontier.interrupted,
    }
    files = finish(folder, provenance(frontier.question, given(options), made | times))
    if not (frontier.interrupted or frontier.failures):
        folder.forget()
    return files


def print_frontier(frontier: Frontier, console: "Console") -> None:
    """Print a sentence for every two frameworks, and what they rest on."""
    console.print()
    print_paragraphs(frontier_sentences(frontier), console)
    console.print()
    print_aside(frontier_caveats(frontier), console)


FRONTIER: Final = Keeping(
    FRONTIER_EXPECTED,
    FRONTIER_FILES,
    write_frontier,
    print_frontier,
    lambda frontier: Missing(len(frontier.failures), frontier.finished, frontier.question.scenario.run.replications),
)
