"""The answer of `inspectsim sensitivity` and `simulator.sensitivity`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.answers.spread import Spread, Value
from simulator.questions.sensitivity import report
from simulator.questions.sensitivity.assumption_words import range_told, title_of_assumption
from simulator.questions.sensitivity.chart import sensitivity_charts
from simulator.questions.sensitivity.files import FILES
from simulator.questions.sensitivity.found import PAIR, Sensitivity
from simulator.questions.sensitivity.tables import assumptions_frame
from simulator.questions.sensitivity.titled import splits_frame, titled
from simulator.questions.sensitivity.words import difference_told, sensitivity_caveats, sensitivity_sentences
from simulator.running.run_folder import FAILURES

if TYPE_CHECKING:
    import pandas as pd


class Worlds(Answer):
    """The answer of `sensitivity`: two frameworks in all the worlds that are plausible."""

    kind = Kind(
        "sensitivity",
        "Would the answer change if the assumptions are wrong",
        FILES,
        report.question,
        report.sections,
        report.command,
        report.figures,
        report.deciding,
        spreads=(Spread("shares.csv", ("verdict",), (Value("share"),)),),
    )
    apart = True

    def __init__(self, found: Sensitivity, asked: Asked) -> None:
        super().__init__(found.question, asked)
        self.found = found

    @property
    def sentences(self) -> list[str]:
        """The share of worlds in which each framework does better, what decides it, and what swings it."""
        return sensitivity_sentences(self.found)

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the sentences."""
        return sensitivity_caveats(self.found)

    @property
    def table(self) -> "pd.DataFrame":
        """What swings the difference, one assumption at a time: its range, and the difference at either end."""
        import pandas as pd

        rows = [
            [title_of_assumption(assumption.key), range_told(assumption)]
            + [
                difference_told(end.difference)
                for end in self.found.swings.swings
                if end.assumption.key == assumption.key
            ]
            for assumption in self.found.singly
        ]
        first, second = (self.question.titles[name] for name in self.found.frameworks)
        ends = [f"{first} less {second}, lower end", "upper end"]
        return pd.DataFrame(rows, columns=["assumption", "range", *ends])

    @property
    def shares(self) -> "pd.DataFrame":
        """Share of worlds in which each does better: verdict, framework, worlds, share, low, high."""
        return self.found.shares

    @property
    def splits(self) -> "pd.DataFrame":
        """The parts into which the deciding assumptions split the worlds, and who does better in each."""
        return splits_frame(self.found)

    @property
    def swings(self) -> "pd.DataFrame":
        """The tornado in numbers: the difference with one assumption at a time at the ends of its range."""
        return titled(self.found.swings_table)

    @property
    def spread(self) -> "pd.DataFrame":
        """Shares of the variance by assumption, each with its 95 % interval: first, total, beyond."""
        return titled(self.found.indices_table)

    @property
    def worlds(self) -> "pd.DataFrame":
        """Every world: its difference, the verdict, and the value of every assumption."""
        return self.found.worlds_table

    @property
    def assumptions(self) -> "pd.DataFrame":
        """What was varied, over which range, and its source."""
        return titled(assumptions_frame(self.found.assumptions, self.found.singly))

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table that has something in it."""
        import pandas as pd

        tables = {
            "shares.csv": self.shares,
            "splits.csv": self.splits,
            "swings.csv": self.swings,
            "spread.csv": self.spread,
            "worlds.csv": self.worlds,
            "assumptions.csv": self.assumptions,
        }
        if self.found.screening_table is not None:
            tables["screening.csv"] = titled(self.found.screening_table)
        if self.found.failures:
            tables[FAILURES] = pd.DataFrame(self.found.failures)
        return tables

    def _draw(self) -> Sequence[Drawn]:
        return [Drawn(chart, titled(numbers)) for chart, numbers in sensitivity_charts(self.found)]

    @property
    def missing(self) -> Missing:
        """Runs that failed, and worlds that were not finished."""
        return Missing(len(self.found.failures), self.found.finished, self.found.effort.worlds, "worlds")

    @property
    def made(self) -> Mapping[str, Any]:
        """The measure, the number of worlds, and the share of the spread that is known."""
        found = self.found
        return {
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
        }
