"""`simulator.compare`: the same providers under several frameworks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.api.answer import Answer
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.questions.compare import ask as asks
from simulator.questions.compare.comparison import Comparison, compare_posed
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.running.crews import Crewing
from simulator.running.options import pools_without_inspectors
from simulator.running.precision_options import with_precision
from simulator.running.replicating import Progress

if TYPE_CHECKING:
    import pandas as pd

    from simulator.answers.keeping import Keeping
    from simulator.charts.sheet import Chart


class Compared(Answer):
    """The answer of `compare`."""

    def __init__(self, comparison: Comparison, began: datetime) -> None:
        super().__init__(comparison.question, comparison, {"python": "simulator.compare"}, began)
        self.comparison = comparison

    @property
    def sentences(self) -> list[str]:
        """One for each framework: the baseline as it is, the others as they differ from it; then gains, if any."""
        from simulator.questions.compare.gain_sentences import gain_sentences
        from simulator.questions.compare.sentences import sentences

        return [*sentences(self.comparison), *gain_sentences(self.comparison, self.comparison.gains)]

    @property
    def caveats(self) -> list[str]:
        """What the sentences rest on."""
        from simulator.questions.compare.sentences import caveats

        told = [*self._how_precise, *caveats(self.comparison)]
        told += [f"Note: {each}." for each in pools_without_inspectors(self.comparison.scenario)]
        return [*told, *self._missing]

    @property
    def _how_precise(self) -> list[str]:
        """Whether differences are known as closely as asked, if that was asked."""
        from simulator.questions.compare.precision_words import precision_sentences
        from simulator.words.wording import counted

        until, finished = self.comparison.scenario.run.until, self.comparison.finished
        if until is None:
            return []
        after = f"After {counted(finished, 'replication')}"
        return precision_sentences(self.comparison.known, self.comparison.titles, after, finished >= until.most)

    @property
    def table(self) -> "pd.DataFrame":
        """The key measures: columns providers, measure, and the title of each framework (mean ± half the interval)."""
        import pandas as pd

        from simulator.questions.compare.console import measure_rows
        from simulator.words.estimates import CHILDRENS_HOMES, EVERYONE
        from simulator.words.wording import capital

        rows = [
            [capital(subject.providers), measure.strip(), *cells]
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
        """How closely each headline difference is known, against what was asked; empty for a number of replications.

        Columns framework, baseline, service_type, measure, difference, half_width, asked, reached, replications.
        """
        from simulator.running.run_folder import precision_frame

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
        """Which share of the possible gain each framework realises, between yardsticks; empty without them."""
        return self.comparison.gains.copy()

    @property
    def failures(self) -> "pd.DataFrame":
        """Runs that failed and are left out: framework, replication, seed, error, where."""
        from simulator.questions.compare.folder import failures_frame

        return failures_frame(self.comparison)

    @property
    def _keeping(self) -> "Keeping[Comparison]":
        from simulator.questions.compare.answer import COMPARISON

        return COMPARISON

    def _draw(self) -> "Sequence[Chart]":
        from simulator.questions.compare.charts import charts_of

        return charts_of(self.comparison)


@plainly(asks.Compare)
def compare(
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    yardsticks: bool = False,
    precision: float | None = None,
    most_replications: int | None = None,
    register: str | Path | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
) -> Compared:
    """Compare frameworks of inspection on the same providers, which go through the same troubles under each.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or a shipped name, the path of a TOML file, or the folder of an earlier run.
    frameworks : Framework, str, Path or sequence of them, optional
        To compare: from `load_framework`, shipped names, or paths of TOML files; if left out, those that the scenario
        names. The baseline is the scenario's if it is among them, else the first.
    yardsticks : bool
        Whether to compare with ``none``, ``clairvoyant``, ``cyclic`` and ``belief-index`` besides, which tell how far
        from what is possible a framework is.
    precision : float, optional
        To which the headline differences are to be known, as a share of the level: 0.01 is a hundredth. Replications
        are added until they are, beginning with the scenario's; if left out, as the scenario has it.
    most_replications : int, optional
        After which it ends in any case; if left out, as the scenario has it.
    register : str or Path, optional
        CSV of providers to inspect, in place of those that the scenario draws.
    crewing : Crewing, optional
        How it is carried out, such as ``Crewing(workers=1)``; changes nothing that comes out.
    progress : callable, optional
        Told after each batch how many runs are done, of how many.

    Returns
    -------
    Compared
        Of as many replications as it takes to know the headline differences to the scenario's precision, or of exactly
        so many, if it gives a number. If you interrupt it, with the replications that were finished.

    Raises
    ------
    InputError
        If something given cannot be used.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("england-2006", years=1, replications=2)
    >>> answer = simulator.compare(few, ["2006-regime", "option-a"])
    >>> print(answer.sentences[0])
    The 2006 regime makes ... inspections of children's homes a year (...), and leaves poor homes unfound ...
    >>> answer.summary.query("measure == 'inspections_per_year' and service_type == 'all'")["framework"].tolist()
    ['2006-regime', 'option-a']
    >>> list(answer.charts)[0]
    'compare'
    """
    began = datetime.now(UTC)
    question = asked_for(scenario, frameworks, register, yardsticks)
    until = with_precision(question.scenario, precision=precision, most=most_replications)
    question = replace(question, scenario=until)
    crewing = crewing or Crewing()
    crewing.opener()
    return Compared(compare_posed(question, crewing, progress=progress), began)
