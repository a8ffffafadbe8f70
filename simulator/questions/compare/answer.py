"""The answer of `inspectsim compare` and `simulator.compare`."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.measures.for_whom import ALL
from simulator.questions.compare import report
from simulator.questions.compare.chart_inspectors import inspectors_chart, inspectors_table
from simulator.questions.compare.chart_tables import chart_tables
from simulator.questions.compare.charts import charts_of
from simulator.questions.compare.comparison import Comparison
from simulator.questions.compare.course import course_told
from simulator.questions.compare.files import FILES, IMPACT, SPREADS
from simulator.questions.compare.for_whom import FOR_WHOM, for_whom, table_bytes
from simulator.questions.compare.gain_sentences import gain_sentences
from simulator.questions.compare.groups import GROUPS_FILE
from simulator.questions.compare.impact import impact_frame
from simulator.questions.compare.key_measures import measure_rows
from simulator.questions.compare.precision_words import known_sentences, precision_sentences
from simulator.questions.compare.sentences import caveats, sentences
from simulator.questions.compare.varied import over_inspectors
from simulator.questions.compare.verdict import verdict_of
from simulator.questions.sensitivity.widest import widest_ranges
from simulator.render.verdict import Verdict
from simulator.running.event_tables import EVENTS, join_tables
from simulator.running.run_folder import (
    FAILURES,
    FRAMES,
    GAINS,
    PAIRING,
    PRECISION,
    REPLICATIONS,
    precision_frame,
    precision_told,
)
from simulator.running.store import RunFolder
from simulator.words.costs import cost_sentences
from simulator.words.estimates import CHILDRENS_HOMES, EVERYONE, others
from simulator.words.wording import capital, counted

if TYPE_CHECKING:
    import pandas as pd


class Compared(Answer):
    """The answer of `compare`."""

    kind = Kind(
        "compare",
        "Frameworks of inspection compared",
        FILES,
        report.question,
        report.sections,
        report.command,
        report.figures,
        widest_ranges,
        report.key_lines,
        SPREADS,
    )

    def __init__(self, comparison: Comparison, asked: Asked) -> None:
        super().__init__(comparison.question, asked)
        self.comparison = comparison

    @cached_property
    def verdict(self) -> Verdict:
        """What the options do, beside the baseline."""
        return verdict_of(self.comparison)

    @property
    def sentences(self) -> list[str]:
        """One for each framework: the baseline as it is, the others as they differ from it; then gains, if any."""
        return [*sentences(self.comparison), *gain_sentences(self.comparison, self.comparison.gains)]

    @property
    def rests_on(self) -> list[str]:
        """The caveats of the sentences."""
        return caveats(self.comparison)

    @property
    def course(self) -> list[str]:
        """The timeline, where the scenario has one."""
        return [capital(line) for line in course_told(self.comparison)]

    @property
    def costs(self) -> list[str]:
        """The costs, in sentences."""
        return cost_sentences(self.comparison)

    @property
    def known(self) -> list[str]:
        """How precisely the differences are known, and what common random numbers gained."""
        return known_sentences(self.comparison) if others(self.comparison) else []

    @property
    def caveats(self) -> list[str]:
        """The caveats, the precision, and what is missing from the answer."""
        return [*self._how_precise, *self.basis, *self.missing.told]

    @property
    def _how_precise(self) -> list[str]:
        """Whether differences are known as closely as asked, if that was asked."""
        until, finished = self.comparison.scenario.run.until, self.comparison.finished
        if until is None:
            return []
        after = f"After {counted(finished, 'replication')}"
        return precision_sentences(self.comparison.known, self.comparison.titles, after, finished >= until.most)

    @property
    def table(self) -> "pd.DataFrame":
        """The key measures: columns providers, measure, and the title of each framework (mean ± half the interval)."""
        import pandas as pd

        rows = [
            [capital(subject.providers), measure, *cells]
            for subject in (CHILDRENS_HOMES, EVERYONE)
            for measure, *cells in measure_rows(self.comparison, subject)
        ]
        return pd.DataFrame(rows, columns=["providers", "measure", *self.comparison.titles.values()])

    @property
    def summary(self) -> "pd.DataFrame":
        """Every measure: framework, service_type, measure, mean, low, high (95 % interval), replications."""
        return self.comparison.summary.copy()

    @property
    def differences(self) -> "pd.DataFrame":
        """The same as differences from the baseline, paired by replication; and the column baseline."""
        return self.comparison.differences.copy()

    @property
    def precision(self) -> "pd.DataFrame":
        """Precision of each headline difference, and the one requested; empty for a fixed number of replications.

        Columns framework, baseline, service_type, measure, difference, half_width, asked, reached, replications.
        """
        return precision_frame(self.comparison.known)

    @property
    def pairing(self) -> "pd.DataFrame":
        """What common random numbers gain.

        Columns framework, baseline, service_type, measure, variance_paired, variance_independent, gain, replications,
        replications_independent.
        """
        return self.comparison.pairing.copy()

    @property
    def replications(self) -> "pd.DataFrame":
        """Every value: framework, replication, service_type, measure, value."""
        return self.comparison.replications

    @property
    def gains(self) -> "pd.DataFrame":
        """Share of the possible gain that each framework realises between yardsticks; empty without them."""
        return self.comparison.gains.copy()

    @property
    def groups(self) -> "pd.DataFrame":
        """Measures by sector, region, size, year, last grade, and authority where a register names them.

        Columns by, group, service_type, measure, framework, mean, low, high (95 % interval), difference (from the
        baseline, paired), difference_low, difference_high, replications. Groups of fewer than 10 providers are absent.
        """
        return self.comparison.groups.copy()

    def for_whom(
        self,
        *,
        service_type: str = ALL,
        rating: str = ALL,
        size: str = ALL,
        region: str = ALL,
        sector: str = ALL,
    ) -> "pd.DataFrame":
        """Return what each framework means for one kind of provider, such as a small good home in the North West.

        Parameters, columns and errors are those of `simulator.for_whom`.
        """
        return for_whom(
            self.comparison.for_whom,
            service_type=service_type,
            rating=rating,
            size=size,
            region=region,
            sector=sector,
        )

    @property
    def impact(self) -> "pd.DataFrame":
        """Impact assessment in the form of The Green Book: framework, baseline, group, item, unit, mean, low, high."""
        return impact_frame(self.comparison)

    @property
    def failures(self) -> "pd.DataFrame":
        """Runs that failed and are left out: framework, replication, seed, error, where."""
        import pandas as pd

        return pd.DataFrame(self.comparison.failures).rename(columns={"case": "framework"})

    def tables(self) -> "Mapping[str, pd.DataFrame | Iterable[pd.DataFrame]]":
        """Return every table that has something in it."""
        comparison = self.comparison
        tables: dict[str, pd.DataFrame | Iterable[pd.DataFrame]] = {
            f"{name}.csv": getattr(comparison, name) for name in FRAMES
        }
        tables |= {REPLICATIONS: comparison.replication_frames(), PAIRING: comparison.pairing}
        if len(comparison.groups):
            tables[GROUPS_FILE] = comparison.groups
        if comparison.known:
            tables[PRECISION] = self.precision
        if comparison.failures:
            tables[FAILURES] = self.failures
        if others(comparison):
            tables[IMPACT] = self.impact
        if len(comparison.gains):
            tables[GAINS] = comparison.gains
        return tables

    def write_rest(self, folder: RunFolder) -> None:
        """Write the table that says for whom, and the tables of events that were kept."""
        folder.path(FOR_WHOM).write_bytes(table_bytes(self.comparison.for_whom))
        for name in EVENTS:
            join_tables(folder.path(f"{name}.parquet"), self.comparison.tables(name))

    def _draw(self) -> Sequence[Drawn]:
        numbers = chart_tables(self.comparison)
        over = over_inspectors(self.comparison)
        more = [Drawn(inspectors_chart(over), inspectors_table(over))] if over else []
        return [*(Drawn(chart, numbers[chart.name]) for chart in charts_of(self.comparison)), *more]

    @property
    def missing(self) -> Missing:
        """Runs that failed, and replications that were not finished."""
        return Missing(len(self.comparison.failures), self.comparison.finished, self.comparison.asked)

    @property
    def made(self) -> Mapping[str, Any]:
        """The number of replications, and the precision of the differences where one was requested."""
        comparison = self.comparison
        counts = {"asked": comparison.asked, "finished": comparison.finished}
        until = comparison.scenario.run.until
        if until is not None:
            counts |= precision_told(until, comparison.plan, comparison.asked, comparison.known)
        return {"replications": counts}
