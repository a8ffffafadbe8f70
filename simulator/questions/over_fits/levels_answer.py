"""The answers of `inspectsim size --fits` and `inspectsim frontier --fits`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked
from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.questions.frontier.chart import numbers_frame
from simulator.questions.frontier.tables import crossings_frame
from simulator.questions.frontier.words import curves_caveats
from simulator.questions.over_fits import levels_report as report
from simulator.questions.over_fits.files import BY_FIT, CROSSINGS_BY_FIT, FRONTIER_FILES, SIZE_FILES, SPREAD
from simulator.questions.over_fits.levels import FrontierOverFits, SizingOverFits
from simulator.questions.over_fits.levels_tables import (
    failures_frame,
    numbered,
    sizes_by_fit,
    spread_of_curves,
    spread_of_sizes,
)
from simulator.questions.over_fits.levels_words import fits_caveat, frontier_told, plainly_told, size_sentences
from simulator.questions.size.answer import searched_for
from simulator.questions.size.words import sizing_caveats
from simulator.running.run_folder import FAILURES, varied_from

if TYPE_CHECKING:
    import pandas as pd


class _OverFits(Answer):
    """What answers over a set of fits have in common."""

    def __init__(self, found: SizingOverFits | FrontierOverFits, asked: Asked) -> None:
        super().__init__(found.question, asked)
        self._over = found

    @property
    def missing(self) -> Missing:
        """Runs that failed, over all fits."""
        return Missing(sum(map(len, self._over.failures)), 1, 1)

    @property
    def made(self) -> Mapping[str, Any]:
        """Which fits were run."""
        return {"fits": self._over.fits.name, "fits_run": list(self._over.numbers)}

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return the runs that failed, if any did."""
        return {FAILURES: failures_frame(self._over)} if self.missing.failed else {}


class SizedOverFits(_OverFits):
    """The answer of `size` over a set of fits."""

    kind = Kind(
        "size over fits",
        "How many inspectors are needed, over a set of fits",
        SIZE_FILES,
        report.size_question,
        report.size_sections,
        report.size_command,
    )

    def __init__(self, sized: SizingOverFits, asked: Asked) -> None:
        super().__init__(sized, asked)
        self.sized = sized

    @property
    def sentences(self) -> list[str]:
        """The number of inspectors that each framework needs over the fits."""
        return size_sentences(self.sized)

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the sentences."""
        return [fits_caveat(self.sized), *sizing_caveats(self.sized.sizings[0])]

    @property
    def table(self) -> "pd.DataFrame":
        """The numbers found over the fits, a row for each framework."""
        return spread_of_sizes(self.sized)

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table that has rows."""
        return {SPREAD: self.table, BY_FIT: sizes_by_fit(self.sized), **super().tables()}

    @property
    def made(self) -> Mapping[str, Any]:
        """What was searched for, and in which fits."""
        return {**searched_for(self.sized.sizings[0]), **super().made}


class CurvesOverFits(_OverFits):
    """The answer of `frontier` over a set of fits."""

    kind = Kind(
        "frontier over fits",
        "Results by number of inspectors, over a set of fits",
        FRONTIER_FILES,
        report.frontier_question,
        report.frontier_sections,
        report.frontier_command,
    )

    def __init__(self, traced: FrontierOverFits, asked: Asked) -> None:
        super().__init__(traced, asked)
        self.traced = traced

    @property
    def sentences(self) -> list[str]:
        """Where targets are met, the number of fits in which each framework does better, and where curves cross."""
        return [*plainly_told(self.traced), *frontier_told(self.traced)]

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the sentences."""
        return [fits_caveat(self.traced), *curves_caveats(self.traced.frontiers[0])]

    @property
    def table(self) -> "pd.DataFrame":
        """The curves over the fits: a row for each framework, measure and number of inspectors."""
        return spread_of_curves(self.traced)

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table that has rows."""
        import pandas as pd

        frontiers, numbers = self.traced.frontiers, self.traced.numbers
        by_fit = {
            BY_FIT: [numbers_frame(frontier, list(frontier.quantities)) for frontier in frontiers],
            CROSSINGS_BY_FIT: [crossings_frame(frontier) for frontier in frontiers],
        }
        joined = {name: pd.concat(numbered(frames, numbers), ignore_index=True) for name, frames in by_fit.items()}
        return {SPREAD: self.table, **joined, **super().tables()}

    @property
    def made(self) -> Mapping[str, Any]:
        """Which numbers were run, what was measured, how often, and in which fits."""
        first = self.traced.frontiers[0]
        return {
            "pool": first.pool,
            **varied_from(self.question),
            "fte": list(first.numbers),
            "measures": [str(quantity) for quantity in first.quantities],
            "targets": [str(target) for target in first.targets],
            "replications": {"finished": first.finished},
            **super().made,
        }
