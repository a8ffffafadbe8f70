"""What a comparison leaves in its folder: tables, charts, what it takes to run it again, and the manifest."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.answers.answer import answer_of, as_text
from simulator.answers.keeping import Keeping, Missing
from simulator.answers.run_files import ANSWER, COMPARISON_EXPECTED, COMPARISON_FILES
from simulator.charts.sheet import FORMS, Form
from simulator.questions.compare.chart_tables import chart_tables
from simulator.questions.compare.charts import draw
from simulator.questions.compare.comparison import Comparison
from simulator.questions.compare.console import print_comparison, print_gains
from simulator.questions.compare.course import course_told
from simulator.questions.compare.folder import manifest, write_comparison
from simulator.questions.compare.gain_sentences import gain_sentences
from simulator.questions.compare.precision_words import known_sentences, print_precision
from simulator.questions.compare.sentences import caveats, sentences
from simulator.render.writing import finish
from simulator.running.store import RunFolder
from simulator.words.costs import cost_sentences
from simulator.words.estimates import others
from simulator.words.wording import capital

if TYPE_CHECKING:
    from rich.console import Console


def write_results(
    folder: RunFolder,
    comparison: Comparison,
    options: Mapping[str, Any],
    began: datetime,
    forms: Sequence[Form] = FORMS,
    *,
    ended: datetime | None = None,
) -> list[str]:
    """Write everything and put it in its place; if all runs are there, forget what it would take to go on.

    Parameters
    ----------
    folder
        Where to.
    comparison
        What came out.
    options
        Of the command; those left out are None, False or an empty list.
    began, ended
        When it was asked and answered (`times_of`).
    forms
        Of the pictures.

    Returns
    -------
    list of str
        Names of the files.
    """
    times = times_of(began, ended)
    write_comparison(folder, comparison)
    draw(comparison, folder.made("charts"), forms)
    for name, table in chart_tables(comparison).items():
        folder.write_csv(f"charts/{name}.csv", table)
    told = [*sentences(comparison), *gain_sentences(comparison, comparison.gains)]
    known = known_sentences(comparison) if others(comparison) else []
    course, costs = list(map(capital, course_told(comparison))), cost_sentences(comparison)
    answer = answer_of(told, caveats(comparison), course, costs, known)
    folder.write_text(ANSWER, as_text(answer))
    made = {"question": "compare"} | manifest(comparison, given(options), times)
    files = finish(folder, made)
    if not (comparison.interrupted or comparison.failures):
        folder.forget()
    return files


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a command that were not left out, as a manifest says them."""
    return {
        name: str(value) if isinstance(value, Path) else value
        for name, value in options.items()
        if not (value is None or value is False or value == [])
    }


def times_of(began: datetime, ended: datetime | None = None) -> dict[str, Any]:
    """Report when something was begun and ended, and how long it took: the runs, without what is written of them after.

    Parameters
    ----------
    began
        When it was begun.
    ended
        If left out, just now.
    """
    ended = ended or datetime.now(UTC)
    return {
        "began": began.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        "seconds": round((ended - began).total_seconds(), 1),
    }


def _say(comparison: Comparison, console: "Console") -> None:
    print_comparison(comparison, console)
    print_precision(comparison, console)
    print_gains(comparison, console)


COMPARISON: Final = Keeping(
    COMPARISON_EXPECTED,
    COMPARISON_FILES,
    write_results,
    _say,
    lambda comparison: Missing(len(comparison.failures), comparison.finished, comparison.asked),
)
