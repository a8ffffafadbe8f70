"""The answer of `inspectsim size --by-year` and `simulator.intake`."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.questions.intake import report
from simulator.questions.intake.chart import charts
from simulator.questions.intake.files import FILES, INTAKES, SPREADS
from simulator.questions.intake.planning import Plan
from simulator.questions.intake.tables import intakes_frame
from simulator.questions.intake.verdict import verdict_of
from simulator.questions.intake.words import caveats, sentences
from simulator.questions.sensitivity.widest import widest_ranges
from simulator.render.verdict import Verdict

if TYPE_CHECKING:
    import pandas as pd


class Intakes(Answer):
    """The answer of `size --by-year`."""

    kind = Kind(
        "intake",
        "How many inspectors to recruit each year",
        FILES,
        report.question,
        report.sections,
        report.command,
        report.figures,
        widest_ranges,
        spreads=SPREADS,
    )
    apart = True

    def __init__(self, plan: Plan, asked: Asked) -> None:
        super().__init__(plan.question, asked)
        self.plan = plan

    @cached_property
    def verdict(self) -> Verdict:
        """The intake of each year, and what comes of it."""
        return verdict_of(self.plan)

    @property
    def sentences(self) -> list[str]:
        """A paragraph for each framework."""
        return sentences(self.plan)

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the sentences."""
        return caveats(self.plan)

    @property
    def table(self) -> "pd.DataFrame":
        """The intake of each year, those in post, their cost, and whether the targets are met."""
        return intakes_frame(self.plan)

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return the table of intakes."""
        return {INTAKES: self.table}

    def _draw(self) -> Sequence[Drawn]:
        return charts(self.plan)

    @property
    def made(self) -> Mapping[str, Any]:
        """Pool, targets, and the intakes found."""
        plan = self.plan
        return {
            "pool": plan.pool,
            "targets": [str(target) for target in plan.targets],
            "confidence": plan.effort.confidence,
            "step": plan.effort.step,
            "intakes": {planned.framework: [year.number for year in planned.years] for planned in plan.planned},
            "replications": {"asked": plan.replications, "finished": plan.replications},
        }
