"""`simulator.frontier`: what each number of inspectors achieves."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from simulator.answers.answer import Asked
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly, varied_from
from simulator.questions.frontier import ask as asks
from simulator.questions.frontier.answer import Curves
from simulator.questions.frontier.curves import checked_numbers, numbers_between, quantities_of, trace_frontier
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.running.crews import Crewing
from simulator.running.inspectors_given import Given
from simulator.running.posts import pool_named
from simulator.running.replicating import Progress
from simulator.running.targets import target


@plainly(asks.Frontier)
def frontier(  # noqa: PLR0913  (a choice each)
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    measures: str | Sequence[str] | None = None,
    targets: str | Sequence[str] | None = None,
    numbers: Iterable[Given] | None = None,
    pool: str | None = None,
    inspectors_from: str | date | None = None,
    register: str | Path | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
) -> Curves:
    """Show what each number of inspectors achieves under each framework, and where frameworks cross.

    Parameters
    ----------
    scenario, frameworks, register, crewing, progress
        As in `compare`; 2 replications or more.
    measures : str or sequence of str, optional
        Such as ``"days_unfound_mean of childrens_home"``; of all providers if none are named. If left out, how
        soon poor homes are found, and how many are not.
    targets : str or sequence of str, optional
        Such as ``"on_time_share >= 0.95"``: the answer reports where each framework meets it.
    numbers : iterable of float or str, optional
        Full-time equivalents to try, ascending, such as ``range(100, 301, 25)``, or per cent of the scenario's number,
        such as ``["80%", "100%", "120%"]``; if left out, nine from half that number to one and a half times as many.
    pool : str, optional
        Whose number is varied; if left out, the scenario's first.
    inspectors_from : str or date, optional
        Day from which numbers hold; if left out, that on which the frameworks take over.

    Returns
    -------
    Curves
        If you interrupt it, of the replications that were finished.

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
    question = varied_from(asked_for(scenario, frameworks, register), inspectors_from)
    types = question.service_types
    wanted = [target(text, types) for text in dict.fromkeys([targets] if isinstance(targets, str) else targets or ())]
    varied = pool_named(question.scenario, pool)
    tried = (
        numbers_between(question, varied, None, None, None)
        if numbers is None
        else checked_numbers(question, varied, numbers)
    )
    found = trace_frontier(
        question,
        quantities_of([measures] if isinstance(measures, str) else measures, wanted, types),
        varied,
        [float(number) for number in tried],
        targets=wanted,
        crewing=crewing,
        progress=progress,
    )
    return Curves(found, Asked({"python": "simulator.frontier"}, began, datetime.now(UTC)))
