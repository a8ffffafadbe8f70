"""The answer of `inspectsim workforce` and `simulator.workforce`."""

from collections.abc import Mapping
from typing import Any

from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.answers.read_off import Failed, Frame, ReadOff, Shown
from simulator.questions.sensitivity.widest import widest_ranges
from simulator.questions.workforce import report
from simulator.questions.workforce.chart import charts
from simulator.questions.workforce.files import FILES, MONTHS, REGIONS, SPREADS, WORK, YEARS
from simulator.questions.workforce.found import Found
from simulator.questions.workforce.tables import months_frame, regions_frame, shown_frame, work_frame, years_frame
from simulator.questions.workforce.verdict import verdict_of
from simulator.questions.workforce.words import caveats, sentences


class Staffed(ReadOff[Found]):
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
    shown = Shown(sentences, caveats, shown_frame, charts, verdict_of)

    years = Frame(YEARS, years_frame)
    months = Frame(MONTHS, months_frame)
    regions = Frame(REGIONS, regions_frame)
    work = Frame(WORK, work_frame)
    failures = Failed()

    @property
    def missing(self) -> Missing:
        """Runs that failed, and replications that were not finished."""
        return Missing(len(self.found.failures), self.found.finished, self.question.scenario.run.replications)

    @property
    def made(self) -> Mapping[str, Any]:
        """The replications."""
        return {"replications": self.missing.counted}
