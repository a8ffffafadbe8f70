"""The answer of `inspectsim worth` and `simulator.worth`."""

from collections.abc import Mapping
from typing import Any

from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.answers.read_off import Failed, Frame, ReadOff, Shown
from simulator.questions.worth import report
from simulator.questions.worth.chart import charts
from simulator.questions.worth.files import ASSUMPTIONS, FILES, INFORMATION, OPTIONS, POSITIONS, SPREADS, WORLDS
from simulator.questions.worth.found import Found, read_off
from simulator.questions.worth.tables import (
    information_frame,
    options_frame,
    positions_frame,
    shown_frame,
    varied_frame,
    worlds_frame,
)
from simulator.questions.worth.verdict import verdict_of
from simulator.questions.worth.words import caveats, sentences
from simulator.questions.worth.worlds import RUNS
from simulator.running.store import RunFolder


class WorthKnowing(ReadOff[Found]):
    """The answer of `worth`."""

    kind = Kind(
        "worth",
        "In how many plausible worlds, and what is worth knowing",
        FILES,
        report.question,
        report.sections,
        report.command,
        report.figures,
        report.deciding,
        spreads=SPREADS,
    )
    shown = Shown(sentences, caveats, shown_frame, charts, verdict_of)

    options = Frame(OPTIONS, options_frame)
    information = Frame(INFORMATION, information_frame)
    worlds = Frame(WORLDS, worlds_frame)
    positions = Frame(POSITIONS, positions_frame)
    assumptions = Frame(ASSUMPTIONS, varied_frame)
    failures = Failed()

    def by(self, *measures: str) -> "WorthKnowing":
        """Return the answer by other measures, without new runs; the choice is made by the first.

        Parameters
        ----------
        *measures : str
            Such as ``"days_unfound_mean of childrens_home"``.

        Raises
        ------
        InputError
            If there is no such measure, or neither more nor less of it is better.
        """
        return WorthKnowing(read_off(self.found.worlds, measures), self.asked)

    def write_rest(self, folder: RunFolder) -> None:
        """Write every measure of every run, unless some are missing."""
        if not (self.missing.failed or self.missing.interrupted):
            self.found.worlds.keep(folder.path(RUNS))

    @property
    def missing(self) -> Missing:
        """Runs that failed, and worlds that were not finished."""
        worlds = self.found.worlds
        return Missing(len(self.found.failures), worlds.finished, worlds.effort.worlds, "worlds")

    @property
    def made(self) -> Mapping[str, Any]:
        """Measures, worlds and replications."""
        worlds = self.found.worlds
        return {
            "measure": str(self.found.decision.quantity),
            "measures": [str(measured.quantity) for measured in self.found.measured],
            "worlds": {
                "asked": worlds.effort.worlds,
                "finished": worlds.finished,
                "left_out": worlds.finished - self.found.decision.worlds,
                "cannot_be_run": worlds.cannot,
            },
            "replications": {"in_each_world": worlds.effort.replications},
        }
