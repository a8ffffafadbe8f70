"""The answer of `inspectsim compare --fits`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked
from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.questions.over_fits import comparison_report as report
from simulator.questions.over_fits.comparison import OverFits
from simulator.questions.over_fits.comparison_words import lines, over_fits_caveats, over_fits_sentences
from simulator.questions.over_fits.files import (
    BY_FIT,
    COMPARE_FILES,
    DIFFERENCES_OVER_FITS,
    GAINS_OVER_FITS,
    SUMMARY_OVER_FITS,
)
from simulator.render.paragraphs import print_paragraphs
from simulator.running.event_tables import EVENTS, join_tables
from simulator.running.run_folder import FAILURES, PRECISION, precision_frame, precision_told
from simulator.running.store import RunFolder

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console


class ComparedOverFits(Answer):
    """The answer of `compare` over a set of fits."""

    kind = Kind(
        "compare over fits",
        "Frameworks of inspection compared over a set of fits",
        COMPARE_FILES,
        report.question,
        report.sections,
        report.command,
    )

    def __init__(self, compared: OverFits, asked: Asked) -> None:
        super().__init__(compared.question, asked)
        self.compared = compared

    @property
    def sentences(self) -> list[str]:
        """One for each framework: the baseline first, in levels, then the others against it."""
        return over_fits_sentences(self.compared)

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the sentences."""
        return over_fits_caveats(self.compared)

    @property
    def table(self) -> "pd.DataFrame":
        """Every measure over the fits."""
        return self.compared.summary.copy()

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table that has rows."""
        compared = self.compared
        tables = {SUMMARY_OVER_FITS: compared.summary, DIFFERENCES_OVER_FITS: compared.differences}
        if len(compared.gains):
            tables[GAINS_OVER_FITS] = compared.gains
        tables[BY_FIT] = compared.by_fit
        if compared.known:
            tables[PRECISION] = precision_frame(compared.known)
        if compared.failures:
            tables[FAILURES] = _failed_fits(compared)
        return tables

    def write_rest(self, folder: RunFolder) -> None:
        """Write the tables of events that were kept."""
        for name in EVENTS:
            join_tables(folder.path(f"{name}.parquet"), self.compared.tables(name))

    def show(self, console: "Console") -> None:
        """Print each key measure over the fits, and each difference."""
        print_paragraphs(lines(self.compared), console)

    @property
    def missing(self) -> Missing:
        """Runs that failed."""
        return Missing(len(self.compared.failures), 1, 1)

    @property
    def made(self) -> Mapping[str, Any]:
        """The fits run, their replications, and the precision of differences where one was requested."""
        compared = self.compared
        made = {
            "fits": compared.fits.name,
            "fits_run": list(compared.numbers),
            "replications": compared.replications,
        }
        until = compared.question.scenario.run.until
        if until is not None:
            made["precision"] = precision_told(until, compared.plan, compared.replications, compared.known)
        return made


def _failed_fits(compared: OverFits) -> "pd.DataFrame":
    """Return the runs that failed: columns fit, framework, replication, seed, error, where."""
    import pandas as pd

    rows = [{"fit": fit} | failure._asdict() for fit, failure in compared.failures]
    return pd.DataFrame(rows).rename(columns={"case": "framework"})
