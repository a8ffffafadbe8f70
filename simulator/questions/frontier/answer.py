"""The answer of `inspectsim frontier` and `simulator.frontier`."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.questions.frontier import report
from simulator.questions.frontier.chart import frontier_charts, inspectors_drawn, numbers_frame
from simulator.questions.frontier.curves import Frontier
from simulator.questions.frontier.files import CROSSINGS, CROSSINGS_BY_COST, CURVES, FILES, REACHED, SPREADS
from simulator.questions.frontier.moves import moves_told
from simulator.questions.frontier.next_posts import next_frame, next_told
from simulator.questions.frontier.reached import reached, reached_frame, reached_told
from simulator.questions.frontier.tables import crossings_by_cost_frame, crossings_frame
from simulator.questions.frontier.verdict import verdict_of
from simulator.questions.frontier.words import figures, frontier_caveats, frontier_sentences
from simulator.questions.sensitivity.widest import widest_ranges
from simulator.questions.size.files import STEPS
from simulator.questions.size.tables import failed_levels_frame
from simulator.render.verdict import Verdict
from simulator.running.run_folder import FAILURES, varied_from
from simulator.words.quantities import title_of
from simulator.words.wording import figure

if TYPE_CHECKING:
    import pandas as pd


class Curves(Answer):
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

    def __init__(self, frontier: Frontier, asked: Asked) -> None:
        super().__init__(frontier.question, asked)
        self.frontier = frontier

    @cached_property
    def verdict(self) -> Verdict:
        """From which number on duties are kept, and what few and many inspectors achieve."""
        return verdict_of(self.frontier)

    @property
    def sentences(self) -> list[str]:
        """One for every two frameworks by every measure: who does better where; and where each meets the targets.

        Of one framework alone, how each measure moves with the number of inspectors. Last what the next ones bring.
        """
        names = self.question.names
        told = frontier_sentences(self.frontier)
        if len(names) == 1:
            told = [moves_told(self.frontier, names[0], quantity) for quantity in self.frontier.quantities]
        meets = (reached_told(self.frontier, place) for place in reached(self.frontier))
        return [*meets, *told, *next_told(self.frontier)]

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the sentences."""
        return frontier_caveats(self.frontier)

    @property
    def table(self) -> "pd.DataFrame":
        """The means for people: a row for each measure and number of inspectors, a column for each framework."""
        import pandas as pd

        rows = []
        for quantity in self.frontier.quantities:
            bands = [self.frontier.band(name, quantity) for name in self.question.names]
            for position, fte in enumerate(self.frontier.numbers):
                means = [figure(float(band.mean[position])) for band in bands]
                rows.append([title_of(quantity), figures(self.frontier, fte), *means])
        return pd.DataFrame(rows, columns=["measure", "FTE", *self.question.titles.values()])

    @property
    def curves(self) -> "pd.DataFrame":
        """Every curve: framework, service_type, measure, fte, cost_per_year (£), mean, low, high, replications."""
        return numbers_frame(self.frontier, list(self.frontier.quantities))

    @property
    def crossings(self) -> "pd.DataFrame":
        """Where curves cross: framework, other, service_type, measure, fte, low, high, less_below, less_above."""
        return crossings_frame(self.frontier)

    @property
    def crossings_by_cost(self) -> "pd.DataFrame":
        """The same over the cost of the work done: cost_per_year (£) in place of fte."""
        return crossings_by_cost_frame(self.frontier)

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table that has something in it; those of crossings even where nothing crosses."""
        tables = {CURVES: self.curves, CROSSINGS: self.crossings, CROSSINGS_BY_COST: self.crossings_by_cost}
        tables |= {STEPS: next_frame(self.frontier)}
        tables |= {REACHED: reached_frame(self.frontier)} if self.frontier.targets else {}
        return tables | ({FAILURES: failed_levels_frame(self.frontier.failures)} if self.frontier.failures else {})

    def _draw(self) -> Sequence[Drawn]:
        return [Drawn(*pair) for pair in (*inspectors_drawn(self.frontier), *frontier_charts(self.frontier))]

    @property
    def missing(self) -> Missing:
        """Runs that failed, and replications that were not finished."""
        return Missing(len(self.frontier.failures), self.frontier.finished, self.question.scenario.run.replications)

    @property
    def made(self) -> Mapping[str, Any]:
        """The numbers run, the measures, and the replications."""
        return {
            "pool": self.frontier.pool,
            **varied_from(self.question),
            "fte": list(self.frontier.numbers),
            "measures": [str(quantity) for quantity in self.frontier.quantities],
            "targets": [str(target) for target in self.frontier.targets],
            "replications": {
                "asked": self.question.scenario.run.replications,
                "finished": self.frontier.finished,
            },
        }
