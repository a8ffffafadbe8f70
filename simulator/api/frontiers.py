"""`simulator.frontier`: what each number of inspectors brings."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.api.answer import Answer
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.questions.frontier import ask as asks
from simulator.questions.frontier.curves import Frontier, checked_numbers, numbers_between, trace_frontier
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.running.crews import Crewing
from simulator.running.defaults import frontier_measures
from simulator.running.posts import pool_named
from simulator.running.replicating import Progress
from simulator.running.targets import quantity

if TYPE_CHECKING:
    import pandas as pd

    from simulator.answers.keeping import Keeping
    from simulator.charts.sheet import Chart


class Curves(Answer):
    """The answer of `frontier`."""

    def __init__(self, found: Frontier, began: datetime) -> None:
        super().__init__(found.question, found, {"python": "simulator.frontier"}, began)
        self.frontier = found

    @property
    def sentences(self) -> list[str]:
        """One for every two frameworks by every measure: who does better where, and where the curves cross."""
        from simulator.questions.frontier.words import frontier_sentences

        return frontier_sentences(self.frontier)

    @property
    def caveats(self) -> list[str]:
        """What the sentences rest on."""
        from simulator.questions.frontier.words import frontier_caveats

        return [*frontier_caveats(self.frontier), *self._missing]

    @property
    def table(self) -> "pd.DataFrame":
        """The means for people: a row for each measure and number of inspectors, a column for each framework."""
        import pandas as pd

        from simulator.questions.frontier.words import figures
        from simulator.words.quantities import title_of
        from simulator.words.wording import figure

        found = self.frontier
        rows = []
        for each in found.quantities:
            bands = [found.band(name, each) for name in self.question.names]
            for position, fte in enumerate(found.numbers):
                means = [figure(float(band.mean[position])) for band in bands]
                rows.append([title_of(each), figures(found, fte), *means])
        return pd.DataFrame(rows, columns=["measure", "FTE", *self.question.titles.values()])

    @property
    def curves(self) -> "pd.DataFrame":
        """Every curve: framework, service_type, measure, fte, cost_per_year (£), mean, low, high, replications."""
        from simulator.questions.frontier.chart import numbers_frame

        return numbers_frame(self.frontier, list(self.frontier.quantities))

    @property
    def crossings(self) -> "pd.DataFrame":
        """Where curves cross: framework, other, service_type, measure, fte, low, high, less_below, less_above."""
        from simulator.questions.frontier.answer import crossings_frame

        return crossings_frame(self.frontier)

    @property
    def crossings_by_cost(self) -> "pd.DataFrame":
        """The same over the cost of the work done: cost_per_year (£) in place of fte."""
        from simulator.questions.frontier.answer import crossings_by_cost_frame

        return crossings_by_cost_frame(self.frontier)

    @property
    def _keeping(self) -> "Keeping[Frontier]":
        from simulator.questions.frontier.answer import FRONTIER

        return FRONTIER

    def _draw(self) -> "Sequence[Chart]":
        from simulator.questions.frontier.chart import frontier_charts

        return [each.chart for each in frontier_charts(self.frontier)]


@plainly(asks.Frontier)
def frontier(
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    measures: str | Sequence[str] | None = None,
    numbers: Iterable[float] | None = None,
    pool: str | None = None,
    register: str | Path | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
) -> Curves:
    """Show what each number of inspectors brings under each framework, and where frameworks cross.

    Parameters
    ----------
    scenario, frameworks, register, crewing, progress
        As of `compare`; 2 replications or more.
    measures : str or sequence of str, optional
        Such as ``"days_unfound_mean of childrens_home"``; of all providers if none are named. If left out, how
        soon poor homes are found, and how many are not.
    numbers : iterable of float, optional
        Full-time equivalents to try out, ascending, such as ``range(100, 301, 25)``; if left out, nine from half the
        scenario's number to one and a half times as many.
    pool : str, optional
        Whose number is varied; if left out, the scenario's first.

    Returns
    -------
    Curves
        If you interrupt it, with the replications that were finished.

    Raises
    ------
    InputError
        If something given cannot be used.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("england-2006", years=1, replications=2)
    >>> answer = simulator.frontier(few, ["2006-regime", "option-a"], measures="on_time_share", numbers=[100, 200])
    >>> answer.curves[["framework", "fte"]].values.tolist()
    [['2006-regime', 100.0], ['2006-regime', 200.0], ['option-a', 100.0], ['option-a', 200.0]]
    """
    began = datetime.now(UTC)
    question = asked_for(scenario, frameworks, register)
    types = question.service_types
    given = [measures] if isinstance(measures, str) else measures or frontier_measures(types)
    varied = pool_named(question.scenario, pool)
    tried = numbers_between(question, varied, None, None, None) if numbers is None else checked_numbers(numbers)
    found = trace_frontier(
        question,
        [quantity(each, types) for each in dict.fromkeys(given)],
        varied,
        [float(each) for each in tried],
        crewing=crewing,
        progress=progress,
    )
    return Curves(found, began)
