"""The answer of `inspectsim size` and `simulator.size`."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.answers.read_off import Frame, ReadOff, Shown
from simulator.questions.sensitivity.widest import widest_ranges
from simulator.questions.size import report
from simulator.questions.size.chart import charts
from simulator.questions.size.files import FILES, SPREAD, STEPS
from simulator.questions.size.found import Sizing
from simulator.questions.size.tables import failed_levels_frame, points_frame, shown_frame, size_frame, steps_frame
from simulator.questions.size.verdict import verdict_of
from simulator.questions.size.words import sizing_caveats, sizing_sentences
from simulator.running.run_folder import FAILURES, varied_from


class Sized(ReadOff[Sizing]):
    """The answer of `size`."""

    kind = Kind(
        "size",
        "How many inspectors are needed",
        FILES,
        report.question,
        report.sections,
        report.command,
        report.figures,
        widest_ranges,
        spreads=(SPREAD,),
    )
    shown = Shown(sizing_sentences, sizing_caveats, shown_frame, charts, verdict_of)

    sizes = Frame("size.csv", size_frame)
    points = Frame("points.csv", points_frame)
    next_posts = Frame(STEPS, steps_frame, if_any=True)
    failures = Frame(FAILURES, failed_levels_frame, if_any=True)

    @property
    def missing(self) -> Missing:
        """Runs that failed."""
        return Missing(len(self.found.failures), 1, 1)

    @property
    def made(self) -> Mapping[str, Any]:
        """What was searched for, and how closely."""
        effort = self.found.effort
        return {
            "pool": self.found.pool,
            **varied_from(self.question),
            "targets": [str(target) for target in self.found.targets],
            "confidence": effort.confidence,
            "step": effort.step,
            **({"more": np.diff(self.found.next.numbers).item()} if self.found.next else {}),
            "replications": {"first": effort.replications, "most": effort.most},
        }
