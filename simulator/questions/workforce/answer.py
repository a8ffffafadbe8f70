"""The answer of `inspectsim workforce` and `simulator.workforce`."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.questions.sensitivity.widest import widest_ranges
from simulator.questions.workforce import report
from simulator.questions.workforce.chart import charts
from simulator.questions.workforce.files import FILES, MONTHS, REGIONS, SPREADS, WORK, YEARS
from simulator.questions.workforce.found import Found
from simulator.questions.workforce.tables import months_frame, regions_frame, shown_frame, work_frame, years_frame
from simulator.questions.workforce.verdict import verdict_of
from simulator.questions.workforce.words import caveats, sentences
from simulator.render.verdict import Verdict
from simulator.running.run_folder import FAILURES

if TYPE_CHECKING:
    import pandas as pd


class Staffed(Answer):
    """The answer of `workforce`."""

    kind = Kind(
        "workforce",
        "People, work and what is left undone",
        FILES,
        report.question,
        report.sections,
        report.command,
        report.figures,
        widest_ranges,
        spreads=SPREADS,
    )
    apart = True

    def __init__(self, found: Found, asked: Asked) -> None:
        super().__init__(found.question, asked)
        self.found = found

    @cached_property
    def verdict(self) -> Verdict:
        """People, load and what is left undone in some years."""
        return verdict_of(self.found)

    @property
    def sentences(self) -> list[str]:
        """A paragraph for each framework."""
        return sentences(self.found)

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the sentences."""
        return caveats(self.found)

    @property
    def table(self) -> "pd.DataFrame":
        """Every figure of all pools and regions by year, for people."""
        return shown_frame(self.found)

    @property
    def years(self) -> "pd.DataFrame":
        """Every figure by framework, pool, region and year, with its interval."""
        return years_frame(self.found)

    @property
    def months(self) -> "pd.DataFrame":
        """Every figure by framework, pool, region and calendar month, with its interval."""
        return months_frame(self.found)

    @property
    def regions(self) -> "pd.DataFrame":
        """Every figure by framework, pool and region over all years, with its interval."""
        return regions_frame(self.found)

    @property
    def work(self) -> "pd.DataFrame":
        """What was asked for, done, late and lapsed of each kind of inspection, by priority."""
        return work_frame(self.found)

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table; that of failed runs if there are any."""
        import pandas as pd

        tables = {YEARS: self.years, MONTHS: self.months, REGIONS: self.regions, WORK: self.work}
        failures = self.found.failures
        return tables | ({FAILURES: pd.DataFrame([failure._asdict() for failure in failures])} if failures else {})

    def _draw(self) -> Sequence[Drawn]:
        return charts(self.found)

    @property
    def missing(self) -> Missing:
        """Runs that failed, and replications that were not finished."""
        return Missing(len(self.found.failures), self.found.finished, self.question.scenario.run.replications)

    @property
    def made(self) -> Mapping[str, Any]:
        """The replications."""
        asked = self.question.scenario.run.replications
        return {"replications": {"asked": asked, "finished": self.found.finished}}
