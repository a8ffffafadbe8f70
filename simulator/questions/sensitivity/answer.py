"""What `inspectsim sensitivity` leaves in its folder, and what it prints."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from simulator.answers.answer import answer_of, as_text
from simulator.answers.keeping import Keeping, Missing
from simulator.answers.paragraphs import print_aside, print_paragraphs
from simulator.answers.run_files import ANSWER, SENSITIVITY_EXPECTED, SENSITIVITY_FILES
from simulator.questions.compare.answer import given, times_of
from simulator.questions.sensitivity.analysis import PAIR, Sensitivity
from simulator.questions.sensitivity.chart import sensitivity_charts
from simulator.questions.sensitivity.tables import assumptions_frame
from simulator.questions.sensitivity.titles import title_of_assumption
from simulator.questions.sensitivity.words import leaves, sensitivity_caveats, sensitivity_sentences
from simulator.render.writing import finish
from simulator.running.run_folder import FAILURES, provenance, write_question
from simulator.running.store import RunFolder
from simulator.statistics.verdicts import VERDICTS

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console


def titled(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Return a table by assumption with what each is called for people beside its key."""
    titles = [title_of_assumption(str(key)) if key else "" for key in frame["assumption"]]
    told = frame.copy()
    told.insert(1, "title", titles)
    return told


def splits_frame(found: Sensitivity) -> "pd.DataFrame":
    """Lay out the parts that the deciding assumptions make: a row for each, with its worlds by verdict.

    Columns where, worlds, share, a column for each verdict of the first framework, predicted; one row for all worlds
    if nothing splits them.
    """
    import pandas as pd

    tree = found.decision.tree
    rows = [
        (where or "all worlds", leaf.size, leaf.size / tree.size, *leaf.counts, VERDICTS[leaf.label])
        for leaf, where in leaves(found, tree)
    ]
    return pd.DataFrame(rows, columns=["where", "worlds", "share", *VERDICTS, "predicted"])


def write_sensitivity(
    folder: RunFolder, found: Sensitivity, options: Mapping[str, Any], began: datetime, *, ended: datetime | None = None
) -> list[str]:
    """Write everything and put it in its place; if all runs are there, forget what it would take to go on.

    Returns
    -------
    list of str
        Names of the files.
    """
    import pandas as pd

    times = times_of(began, ended)
    folder.write_text(ANSWER, as_text(answer_of(sensitivity_sentences(found), sensitivity_caveats(found))))
    folder.write_csv("shares.csv", found.shares)
    folder.write_csv("splits.csv", splits_frame(found))
    folder.write_csv("swings.csv", titled(found.swings_table))
    if found.screening_table is not None:
        folder.write_csv("screening.csv", titled(found.screening_table))
    folder.write_csv("spread.csv", titled(found.indices_table))
    folder.write_csv("worlds.csv", found.worlds_table)
    folder.write_csv("assumptions.csv", titled(assumptions_frame(found.assumptions, found.singly)))
    for chart, table in sensitivity_charts(found):
        chart.write(folder.made("charts"))
        folder.write_csv(f"charts/{chart.name}.csv", titled(table))
    if found.failures:
        folder.write_csv(FAILURES, pd.DataFrame(found.failures))
    write_question(folder, found.question)
    made = {
        "question": "sensitivity",
        "measure": str(found.quantity),
        "difference": list(found.frameworks),
        "worlds": {
            "asked": 2 * found.effort.rows,
            "finished": found.finished,
            "left_out": found.left_out,
            "cannot_be_run": found.cannot,
        },
        "replications": {"in_each_world": PAIR, "at_each_end": found.effort.replications},
        "effort": found.effort._asdict(),
        "noise_of_one_replication": found.standings.noise,
        "spread_over_worlds": found.spread,
        "split": {"predicted_rightly": found.decision.accuracy, "without_split": found.decision.without},
        "failures": len(found.failures),
        "interrupted": found.interrupted,
    }
    files = finish(folder, provenance(found.question, given(options), made | times))
    if not (found.interrupted or found.failures):
        folder.forget()
    return files


def print_sensitivity(found: Sensitivity, console: "Console") -> None:
    """Print the answer, and what it rests on."""
    console.print()
    print_paragraphs((f"{each}\n" for each in sensitivity_sentences(found)), console)
    print_aside(sensitivity_caveats(found), console)


SENSITIVITY: Final = Keeping(
    SENSITIVITY_EXPECTED,
    SENSITIVITY_FILES,
    write_sensitivity,
    print_sensitivity,
    lambda found: Missing(len(found.failures), found.finished, found.effort.worlds, "worlds"),
)
