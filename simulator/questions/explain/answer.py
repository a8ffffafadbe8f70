"""The answer of `inspectsim explain` and `simulator.explain`."""

from collections.abc import Mapping
from typing import Any

from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.answers.read_off import Failed, Frame, ReadOff, Shown
from simulator.questions.explain import report
from simulator.questions.explain.chart import charts
from simulator.questions.explain.explained import Explained
from simulator.questions.explain.files import COMBINATIONS, FILES, PARTS, SPREADS, TOTALS
from simulator.questions.explain.tables import combinations_frame, parts_frame, shown_frame, totals_frame
from simulator.questions.explain.verdict import verdict_of
from simulator.questions.explain.words import caveats, sentences
from simulator.questions.sensitivity.widest import widest_ranges


class Why(ReadOff[Explained]):
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

    shown = Shown(sentences, caveats, shown_frame, charts, verdict_of)

    parts = Frame(PARTS, parts_frame)
    totals = Frame(TOTALS, totals_frame)
    combinations = Frame(COMBINATIONS, combinations_frame)
    failures = Failed()

    @property
    def missing(self) -> Missing:
        """Runs that failed, and replications that were not finished."""
        return Missing(len(self.found.failures), self.found.finished, self.question.scenario.run.replications)

    @property
    def made(self) -> Mapping[str, Any]:
        """Measures, parts, the combinations run, and the replications."""
        explained = self.found
        return {
            "measures": [str(quantity) for quantity in explained.quantities],
            "parts": {group.title: [part.key for part in group.parts] for group in explained.groups},
            "all_orders": explained.exact,
            "combinations": len(explained.cases.frameworks),
            "replications": self.missing.counted,
        }
