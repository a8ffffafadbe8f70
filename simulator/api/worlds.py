"""`simulator.sensitivity`: would the answer change if the assumptions are wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.api.answer import Answer
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.questions.sensitivity import ask as asks
from simulator.questions.sensitivity.analysis import Effort, Sensitivity
from simulator.questions.sensitivity.analysis import sensitivity as analyse
from simulator.questions.sensitivity.assumptions import chosen
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.running.crews import Crewing
from simulator.running.defaults import sensitivity_measure
from simulator.running.question import pair_of
from simulator.running.replicating import Progress
from simulator.running.targets import quantity

if TYPE_CHECKING:
    import pandas as pd

    from simulator.answers.keeping import Keeping
    from simulator.charts.sheet import Chart


class Worlds(Answer):
    """The answer of `sensitivity`: two frameworks in all the worlds that are plausible."""

    def __init__(self, found: Sensitivity, vary: Sequence[str] | None, began: datetime) -> None:
        super().__init__(found.question, found, {"python": "simulator.sensitivity", "vary": vary}, began)
        self.found = found

    @property
    def sentences(self) -> list[str]:
        """In what share of worlds who does better, what decides it, and what swings it."""
        from simulator.questions.sensitivity.words import sensitivity_sentences

        return sensitivity_sentences(self.found)

    @property
    def caveats(self) -> list[str]:
        """What the sentences rest on."""
        from simulator.questions.sensitivity.words import sensitivity_caveats

        return [*sensitivity_caveats(self.found), *self._missing]

    @property
    def table(self) -> "pd.DataFrame":
        """What swings the difference, one assumption at a time: its range, and the difference at either end."""
        import pandas as pd

        from simulator.questions.sensitivity.titles import range_told, title_of_assumption
        from simulator.questions.sensitivity.words import difference_told

        rows = [
            [title_of_assumption(each.key), range_told(each)]
            + [difference_told(end.difference) for end in self.found.swings.swings if end.assumption.key == each.key]
            for each in self.found.singly
        ]
        first, second = (self.question.titles[name] for name in self.found.frameworks)
        ends = [f"{first} less {second}, lower end", "upper end"]
        return pd.DataFrame(rows, columns=["assumption", "range", *ends])

    @property
    def shares(self) -> "pd.DataFrame":
        """In what share of worlds each does better: verdict, framework, worlds, share, low, high."""
        return self.found.shares

    @property
    def splits(self) -> "pd.DataFrame":
        """The parts into which the deciding assumptions split the worlds, and who does better in each."""
        from simulator.questions.sensitivity.answer import splits_frame

        return splits_frame(self.found)

    @property
    def swings(self) -> "pd.DataFrame":
        """The tornado in numbers: the difference with one assumption at a time at the ends of its range."""
        from simulator.questions.sensitivity.answer import titled

        return titled(self.found.swings_table)

    @property
    def spread(self) -> "pd.DataFrame":
        """Shares of the variance by assumption, each with its 95 % interval: first, total, beyond."""
        from simulator.questions.sensitivity.answer import titled

        return titled(self.found.indices_table)

    @property
    def worlds(self) -> "pd.DataFrame":
        """Every world: its difference, the verdict, and the value of every assumption."""
        return self.found.worlds_table

    @property
    def assumptions(self) -> "pd.DataFrame":
        """What was varied, how far, and what it rests on."""
        from simulator.questions.sensitivity.answer import titled
        from simulator.questions.sensitivity.tables import assumptions_frame

        return titled(assumptions_frame(self.found.assumptions, self.found.singly))

    @property
    def _keeping(self) -> "Keeping[Sensitivity]":
        from simulator.questions.sensitivity.answer import SENSITIVITY

        return SENSITIVITY

    def _draw(self) -> "Sequence[Chart]":
        from simulator.questions.sensitivity.chart import sensitivity_charts

        return [each.chart for each in sensitivity_charts(self.found)]


@plainly(asks.Sensitivity)
def sensitivity(  # noqa: PLR0913  (a choice each)
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    measure: str | None = None,
    vary: str | Sequence[str] | None = None,
    worlds: int = asks.Sensitivity.worlds,
    singly: int = asks.Sensitivity.singly,
    replications: int = asks.Sensitivity.at_ends,
    register: str | Path | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
) -> Worlds:
    """Tell in what share of plausible worlds one framework beats another, and which assumption decides it.

    Parameters
    ----------
    scenario, register, crewing, progress
        As of `compare`; the scenario's own replications are not used.
    frameworks : sequence of Framework, str or Path, optional
        Two; differences are of the first less the second. If left out, the scenario's two, or its first other and its
        baseline.
    measure : str, optional
        By which they are compared, such as ``"days_unfound_mean of childrens_home"``; if left out, the number of
        children's homes poor and unfound at any time.
    vary : str or sequence of str, optional
        Assumptions by their keys in ``docs/assumptions.md``, or tables of them, such as ``signals``; if left out, all
        that have a range.
    worlds : int
        Plausible worlds, in which all assumptions vary at once within their ranges.
    singly : int
        Assumptions looked at by themselves, at most.
    replications : int
        Runs with one assumption at an end of its range, 2 or more.

    Returns
    -------
    Worlds
        If you interrupt it, with the worlds that were finished, if they are enough.

    Raises
    ------
    InputError
        If something given cannot be used.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("homes-2014-2017", years=1)
    >>> answer = simulator.sensitivity(
    ...     few, ["cyclic", "childrens-homes-2014"], vary=["quality.speed"], worlds=16, singly=1, replications=2
    ... )
    >>> answer.assumptions["assumption"].tolist()
    ['quality.speed']
    """
    began = datetime.now(UTC)
    question = asked_for(scenario, frameworks, register)
    question = pair_of(question) if frameworks is None else question
    types = question.service_types
    keys = [vary] if isinstance(vary, str) else vary
    found = analyse(
        question,
        quantity(measure or sensitivity_measure(types), types),
        assumptions=chosen(keys, question) if keys else None,
        effort=Effort(worlds, singly, replications=replications),
        crewing=crewing,
        progress=progress,
    )
    return Worlds(found, keys, began)
