"""The tables of a sensitivity analysis for people: assumptions with their titles, and the parts that decide."""

from typing import TYPE_CHECKING

from simulator.questions.sensitivity.assumption_words import title_of_assumption
from simulator.questions.sensitivity.found import Sensitivity
from simulator.questions.sensitivity.words import leaves
from simulator.statistics.verdicts import VERDICTS

if TYPE_CHECKING:
    import pandas as pd


def titled(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Return a table by assumption with the title of each next to its key."""
    titles = [title_of_assumption(str(key)) if key else "" for key in frame["assumption"]]
    told = frame.copy()
    told.insert(1, "title", titles)
    return told


def splits_frame(found: Sensitivity) -> "pd.DataFrame":
    """Return the parts that the deciding assumptions make: a row for each, with its worlds by verdict.

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
