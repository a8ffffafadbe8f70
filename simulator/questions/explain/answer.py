"""The answer of `inspectsim explain` and `simulator.explain`."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.questions.explain import report
from simulator.questions.explain.chart import charts
from simulator.questions.explain.explained import Explained
from simulator.questions.explain.files import COMBINATIONS, FILES, PARTS, SPREADS, TOTALS
from simulator.questions.explain.tables import combinations_frame, parts_frame, shown_frame, totals_frame
from simulator.questions.explain.verdict import verdict_of
from simulator.questions.explain.words import caveats, sentences
from simulator.questions.sensitivity.widest import widest_ranges
from simulator.render.verdict import Verdict
from simulator.running.run_folder import FAILURES

if TYPE_CHECKING:
    import pandas as pd


class Why(Answer):
    """The answer of `explain`."""

    kind = Kind(
        "explain",
        "Which parts make the difference",
        FILES,
        report.question,
        report.sections,
        report.command,
        report.figures,
        widest_ranges,
        spreads=SPREADS,
    )

    def __init__(self, explained: Explained, asked: Asked) -> None:
        super().__init__(explained.question, asked)
        self.explained = explained

    @cached_property
    def verdict(self) -> Verdict:
        """What each part brings, by each measure."""
        return verdict_of(self.explained)

    @property
    def sentences(self) -> list[str]:
        """A paragraph for each measure."""
        return sentences(self.explained)

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the sentences."""
        return caveats(self.explained)

    @property
    def table(self) -> "pd.DataFrame":
        """What each part brings, alone and last, for people."""
        return shown_frame(self.explained)

    @property
    def parts(self) -> "pd.DataFrame":
        """What each part brings by every measure: value, alone, last, range over choices of others; with intervals."""
        import pandas as pd

        return pd.concat([parts_frame(self.explained, of) for of in self.explained.quantities], ignore_index=True)

    @property
    def totals(self) -> "pd.DataFrame":
        """Every measure under both frameworks, and the difference that the parts add up to, with its interval."""
        return totals_frame(self.explained)

    @property
    def combinations(self) -> "pd.DataFrame":
        """Mean and interval of every measure under every combination of parts that was run."""
        return combinations_frame(self.explained)

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table; that of failed runs if there are any."""
        import pandas as pd

        tables = {PARTS: self.parts, TOTALS: self.totals, COMBINATIONS: self.combinations}
        failures = self.explained.found.failures
        return tables | ({FAILURES: pd.DataFrame([failure._asdict() for failure in failures])} if failures else {})

    def _draw(self) -> Sequence[Drawn]:
        return charts(self.explained) if self.explained.groups else []

    @property
    def missing(self) -> Missing:
        """Runs that failed, and replications that were not finished."""
        asked = self.question.scenario.run.replications
        return Missing(len(self.explained.found.failures), self.explained.finished, asked)

    @property
    def made(self) -> Mapping[str, Any]:
        """Measures, parts, the combinations run, and the replications."""
        return {
            "measures": [str(quantity) for quantity in self.explained.quantities],
            "parts": {group.title: [part.key for part in group.parts] for group in self.explained.groups},
            "all_orders": self.explained.exact,
            "combinations": len(self.explained.cases.frameworks),
            "replications": {
                "asked": self.question.scenario.run.replications,
                "finished": self.explained.finished,
            },
        }
