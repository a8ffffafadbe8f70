"""The answer of `inspectsim frontier` and `simulator.frontier`."""

from collections.abc import Mapping
from typing import Any

from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.answers.read_off import Frame, ReadOff, Shown
from simulator.questions.frontier import report
from simulator.questions.frontier.chart import charts, curves_frame
from simulator.questions.frontier.curves import Frontier
from simulator.questions.frontier.files import CROSSINGS, CROSSINGS_BY_COST, CURVES, FILES, REACHED, SPREADS
from simulator.questions.frontier.next_posts import next_frame
from simulator.questions.frontier.reached import reached_frame
from simulator.questions.frontier.tables import crossings_by_cost_frame, crossings_frame, shown_frame
from simulator.questions.frontier.told import sentences
from simulator.questions.frontier.verdict import verdict_of
from simulator.questions.frontier.words import frontier_caveats
from simulator.questions.sensitivity.widest import widest_ranges
from simulator.questions.size.files import STEPS
from simulator.questions.size.tables import failed_levels_frame
from simulator.running.run_folder import FAILURES, varied_from


class Curves(ReadOff[Frontier]):
    """The answer of `frontier`."""

    kind = Kind(
        "frontier",
        "Results by number of inspectors",
        FILES,
        report.question,
        report.sections,
        report.command,
        report.figures,
        widest_ranges,
        spreads=SPREADS,
    )
    shown = Shown(sentences, frontier_caveats, shown_frame, charts, verdict_of)

    curves = Frame(CURVES, curves_frame)
    crossings = Frame(CROSSINGS, crossings_frame)
    crossings_by_cost = Frame(CROSSINGS_BY_COST, crossings_by_cost_frame)
    next_posts = Frame(STEPS, next_frame)
    reached = Frame(REACHED, reached_frame, if_any=True)
    failures = Frame(FAILURES, failed_levels_frame, if_any=True)

    @property
    def missing(self) -> Missing:
        """Runs that failed, and replications that were not finished."""
        return Missing(len(self.found.failures), self.found.finished, self.question.scenario.run.replications)

    @property
    def made(self) -> Mapping[str, Any]:
        """The numbers run, the measures, and the replications."""
        return {
            "pool": self.found.pool,
            **varied_from(self.question),
            "fte": list(self.found.numbers),
            "measures": [str(quantity) for quantity in self.found.quantities],
            "targets": [str(target) for target in self.found.targets],
            "replications": self.missing.counted,
        }
