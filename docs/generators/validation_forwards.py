"""The part of docs/validation.md on a year that took no part in the fit: predicted beside recorded.

It is made from the tables that `inspectsim validate` left, which are shipped beside the sets of fits.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from docs.generators.markdown import rows_of, table
from simulator.inputs.shipped import folder as shipped_folder
from simulator.questions.calibrate.words import value_words
from simulator.words.wording import number

if TYPE_CHECKING:
    import pandas as pd

PREDICTED: Final = "predicted-2016-17"
"""Folder of the tables, beside the sets of fits."""

FORWARDS: Final = """\
## Testing predictions

The fits above used all three years. So another set was fitted to April 2014 to March 2016 only (`homes-2014-2016`), and
used to predict the year 2016-17. Runs start before the records, and the same code counts the same figures from both. A
figure is hit if the mean over the fits lies within two standard errors of the recorded one; the errors are those of
the records, by resampling homes, and of the mean from run to run. *Nothing changes* uses each figure from the two
years before.

```sh
inspectsim validate records.csv --fits homes-2014-2016 --from 2016-04-01
```
"""


def forwards() -> Iterator[str]:
    """Return how the prediction of the shipped set came out."""
    import pandas as pd

    place = shipped_folder() / "fits" / PREDICTED
    scores = {row["score"]: row for row in rows_of(pd.read_csv(place / "scores.csv"))}
    yield FORWARDS
    yield _verdict(scores)
    yield "### Transitions of 2016-17, in per cent\n\nRecorded; predicted (over the fits); if nothing changed.\n"
    yield _matrix(pd.read_csv(place / "transitions.csv"))
    yield "### Every figure of 2016-17\n"
    yield _figures(pd.read_csv(place / "validation.csv"))


def _verdict(scores: dict[str, dict[str, Any]]) -> str:
    """Report what the scores come to, whichever way they fall."""
    matrix, hits, beside = (scores[name] for name in ("transitions_error", "hits", "hits_beside"))
    ours, theirs = matrix["predicted"], matrix["nothing_changes"]
    nearer = "closer than" if ours < theirs else "further off than"
    return (
        f"The shares of the transition matrix are missed by {number(100 * ours, 1)} points on average, {nearer} the "
        f"{number(100 * theirs, 1)} of no change. The prediction hits {number(100 * hits['predicted'])}% of "
        f"{hits['figures']:.0f} figures, and {number(100 * scores['hits_fitted_to']['predicted'])}% of the type used "
        f"in fitting. Of the {beside['figures']:.0f} that can also be counted in the years before, it hits "
        f"{number(100 * beside['predicted'])}%, and no change hits {number(100 * beside['nothing_changes'])}%. A true "
        "model would hit about 95%.\n"
    )


def _matrix(transitions: "pd.DataFrame") -> str:
    names = list(dict.fromkeys(transitions["before"]))
    rows = [[before, *map(_cell, rows_of(transitions[transitions["before"] == before]))] for before in names]
    return table(["From \\ to", *names], rows)


def _cell(cell: dict[str, Any]) -> str:
    names = ("recorded", "predicted", "predicted_low", "predicted_high", "nothing_changes")
    recorded, mean, low, high, unchanged = (f"{100 * cell[name]:.0f}" for name in names)
    return f"{recorded}; {mean} ({low} to {high}); {unchanged}"


def _figures(figures: "pd.DataFrame") -> str:
    head = ["Figure", "Recorded", "Predicted", "Over the fits", "", "If nothing changed"]
    told = figures[figures["recorded"].notna() | figures["predicted"].notna()]
    return table(head, map(_row, rows_of(told)))


def _row(row: dict[str, Any]) -> Sequence[str]:
    def said(name: str) -> str:
        return "" if row[name] != row[name] else value_words(float(row[name]), str(row["unit"]))

    outcome = row["outcome"] if isinstance(row["outcome"], str) else "not judged"
    low, high = said("predicted_low"), said("predicted_high")
    return [row["title"], said("recorded"), said("predicted"), f"{low} to {high}", outcome, said("nothing_changes")]
