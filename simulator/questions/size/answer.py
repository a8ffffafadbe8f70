"""The answer of `inspectsim size` and `simulator.size`."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.questions.frontier.next_posts import next_frame
from simulator.questions.sensitivity.widest import widest_ranges
from simulator.questions.size import report
from simulator.questions.size.chart import size_chart
from simulator.questions.size.files import FILES, SPREAD, STEPS
from simulator.questions.size.found import Sizing
from simulator.questions.size.tables import (
    HEADINGS,
    failed_levels_frame,
    points_frame,
    size_frame,
    size_rows,
)
from simulator.questions.size.verdict import verdict_of
from simulator.questions.size.words import sizing_caveats, sizing_sentences
from simulator.render.verdict import Verdict
from simulator.running.run_folder import FAILURES, varied_from

if TYPE_CHECKING:
    import pandas as pd


class Sized(Answer):
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

    def __init__(self, sizing: Sizing, asked: Asked) -> None:
        super().__init__(sizing.question, asked)
        self.sizing = sizing

    @cached_property
    def verdict(self) -> Verdict:
        """The number needed, what is reached with it, and what it costs."""
        return verdict_of(self.sizing)

    @property
    def sentences(self) -> list[str]:
        """A paragraph for each framework: the number, its cost, the number by arithmetic, and why they differ."""
        return sizing_sentences(self.sizing)

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the answers."""
        return sizing_caveats(self.sizing)

    @property
    def table(self) -> "pd.DataFrame":
        """The answer for people: a row for each framework."""
        import pandas as pd

        return pd.DataFrame(list(size_rows(self.sizing)), columns=list(HEADINGS))

    @property
    def sizes(self) -> "pd.DataFrame":
        """A row for each framework: fte, its interval, pounds a year, fte by arithmetic; empty without an answer."""
        return size_frame(self.sizing)

    @property
    def points(self) -> "pd.DataFrame":
        """Every number tried: framework, fte, target, mean, low, high, standing, replications."""
        return points_frame(self.sizing)

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table that has something in it."""
        tables = {"size.csv": self.sizes, "points.csv": self.points}
        tables |= {STEPS: next_frame(self.sizing.next)} if self.sizing.next else {}
        return tables | ({FAILURES: failed_levels_frame(self.sizing.failures)} if self.sizing.failures else {})

    def _draw(self) -> Sequence[Drawn]:
        return [Drawn(size_chart(self.sizing), self.sizes)]

    @property
    def missing(self) -> Missing:
        """Runs that failed."""
        return Missing(len(self.sizing.failures), 1, 1)

    @property
    def made(self) -> Mapping[str, Any]:
        """What was searched for, and how closely."""
        effort = self.sizing.effort
        return {
            "pool": self.sizing.pool,
            **varied_from(self.question),
            "targets": [str(target) for target in self.sizing.targets],
            "confidence": effort.confidence,
            "step": effort.step,
            **({"more": np.diff(self.sizing.next.numbers).item()} if self.sizing.next else {}),
            "replications": {"first": effort.replications, "most": effort.most},
        }
