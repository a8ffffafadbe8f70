"""The answer of `inspectsim worth` and `simulator.worth`."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
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
from simulator.render.verdict import Verdict
from simulator.running.run_folder import FAILURES
from simulator.running.store import RunFolder

if TYPE_CHECKING:
    import pandas as pd


class WorthKnowing(Answer):
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

    def __init__(self, found: Found, asked: Asked) -> None:
        super().__init__(found.worlds.question, asked)
        self.found = found

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

    @cached_property
    def verdict(self) -> Verdict:
        """Each option in the worlds side by side, and what is worth knowing."""
        return verdict_of(self.found)

    @property
    def sentences(self) -> list[str]:
        """A paragraph for each measure, and one on what is worth knowing."""
        return sentences(self.found)

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the sentences."""
        return caveats(self.found)

    @property
    def table(self) -> "pd.DataFrame":
        """What is worth knowing, for people."""
        return shown_frame(self.found)

    @property
    def options(self) -> "pd.DataFrame":
        """Each framework by each measure: shares of worlds, differences, and how it stands to the best."""
        return options_frame(self.found)

    @property
    def information(self) -> "pd.DataFrame":
        """What everything, and what each source could tell, is worth."""
        return information_frame(self.found)

    @property
    def worlds(self) -> "pd.DataFrame":
        """The measures of every framework in every world."""
        return worlds_frame(self.found)

    @property
    def assumptions(self) -> "pd.DataFrame":
        """What was varied, over which range, and who could answer it."""
        return varied_frame(self.found)

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table; that of failed runs if there are any."""
        import pandas as pd

        tables = {
            OPTIONS: self.options,
            INFORMATION: self.information,
            WORLDS: self.worlds,
            POSITIONS: positions_frame(self.found),
            ASSUMPTIONS: self.assumptions,
        }
        failures = self.found.worlds.rows.failures
        return tables | ({FAILURES: pd.DataFrame([failure._asdict() for failure in failures])} if failures else {})

    def write_rest(self, folder: RunFolder) -> None:
        """Write every measure of every run, unless some are missing."""
        if not (self.missing.failed or self.missing.interrupted):
            self.found.worlds.keep(folder.path(RUNS))

    def _draw(self) -> Sequence[Drawn]:
        return charts(self.found)

    @property
    def missing(self) -> Missing:
        """Runs that failed, and worlds that were not finished."""
        worlds = self.found.worlds
        return Missing(len(worlds.rows.failures), worlds.finished, worlds.effort.worlds, "worlds")

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
