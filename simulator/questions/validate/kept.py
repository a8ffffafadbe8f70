"""What `inspectsim validate` and `inspectsim score` leave in their folder, and what they print."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from simulator.answers.answer import answer_of, as_text
from simulator.answers.keeping import Keeping
from simulator.answers.paragraphs import print_aside, print_paragraphs
from simulator.answers.run_files import (
    ANSWER,
    FIGURES_BY_FIT,
    SCORES,
    TRANSITIONS,
    VALIDATION,
    VALIDATION_EXPECTED,
    VALIDATION_FILES,
)
from simulator.questions.compare.answer import given, times_of
from simulator.questions.validate.chart import judged_charts
from simulator.questions.validate.frames import figures_frame, scores_frame, transitions_frame
from simulator.questions.validate.judged import Judged
from simulator.questions.validate.told import judged_caveats, judged_sentences
from simulator.render.writing import finish
from simulator.running.run_folder import provenance, write_question
from simulator.running.store import RunFolder, Table

if TYPE_CHECKING:
    from rich.console import Console


def write_judged(
    folder: RunFolder, judged: Judged, options: Mapping[str, Any], began: datetime, *, ended: datetime | None = None
) -> list[str]:
    """Write a prediction beside what was recorded and put it in its place; give the names of the files."""
    times = times_of(began, ended)
    folder.write_text(ANSWER, as_text(answer_of(judged_sentences(judged), judged_caveats(judged))))
    folder.write_csv(VALIDATION, figures_frame(judged))
    folder.write_csv(TRANSITIONS, transitions_frame(judged))
    folder.write_csv(SCORES, scores_frame(judged))
    folder.write_csv(FIGURES_BY_FIT, judged.prediction.fits_frame())
    for chart, table in judged_charts(judged):
        chart.write(folder.made("charts"))
        folder.write_csv(f"charts/{chart.name}.csv", table)
    write_question(folder, judged.question)
    files = finish(folder, provenance(judged.question, given(options), _made(judged) | times))
    folder.forget()
    return files


def _made(judged: Judged) -> Table:
    prediction, window = judged.prediction, judged.prediction.window
    sealed = {"seal_of_the_forecast": judged.seal} if judged.seal else {}
    return {
        "question": "score" if judged.seal else "validate",
        "fits": judged.fits,
        "fits_run": list(prediction.numbers),
        "replications": prediction.runs,
        "records": {"name": judged.source.name, "sha256": judged.source.digest},
        "known_from": window.known_from.isoformat(),
        "counted_from": window.counted_from.isoformat(),
        "until": window.until.isoformat(),
    } | sealed


def print_judged(judged: Judged, console: "Console") -> None:
    """Print how a prediction came out, and what that rests on."""
    console.print()
    print_paragraphs((f"{each}\n" for each in judged_sentences(judged)), console)
    print_aside(judged_caveats(judged), console)


VALIDATED: Final = Keeping(VALIDATION_EXPECTED, VALIDATION_FILES, write_judged, print_judged)
