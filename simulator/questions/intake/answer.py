"""The answer of `inspectsim size --by-year` and `simulator.intake`."""

from collections.abc import Mapping
from typing import Any

from simulator.answers.kind import Kind
from simulator.answers.read_off import Frame, ReadOff, Shown
from simulator.questions.intake import report
from simulator.questions.intake.chart import charts
from simulator.questions.intake.files import FILES, INTAKES, SPREADS
from simulator.questions.intake.planning import Plan
from simulator.questions.intake.tables import intakes_frame
from simulator.questions.intake.verdict import verdict_of
from simulator.questions.intake.words import caveats, sentences
from simulator.questions.sensitivity.widest import widest_ranges


class Intakes(ReadOff[Plan]):
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
    shown = Shown(sentences, caveats, intakes_frame, charts, verdict_of)

    intakes = Frame(INTAKES, intakes_frame)

    @property
    def made(self) -> Mapping[str, Any]:
        """Pool, targets, and the intakes found."""
        plan = self.found
        return {
            "pool": plan.pool,
            "targets": [str(target) for target in plan.targets],
            "confidence": plan.effort.confidence,
            "step": plan.effort.step,
            "intakes": {planned.framework: [year.number for year in planned.years] for planned in plan.planned},
            "replications": {"asked": plan.replications, "finished": plan.replications},
        }
