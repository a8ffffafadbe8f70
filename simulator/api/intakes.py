"""`simulator.intake`: how many inspectors to recruit each year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from simulator.answers.answer import Asked
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.questions.intake.answer import Intakes
from simulator.questions.intake.planning import Effort, plan
from simulator.questions.intake.run import REPLICATIONS
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.questions.size import ask as asks
from simulator.running.crews import Crewing
from simulator.running.options import with_options
from simulator.running.posts import pool_named
from simulator.running.replicating import Progress
from simulator.running.targets import target


@plainly(asks.Size)
def intake(  # noqa: PLR0913  (a choice each)
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    targets: str | Sequence[str] = asks.ON_TIME,
    pool: str | None = None,
    step: int = 1,
    replications: int = REPLICATIONS,
    register: str | Path | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
) -> Intakes:
    """Find the number of inspectors to recruit each year, with which the targets are met in every year.

    The intake of a year is the smallest with which they are met in it with 95% confidence, given those before. It
    begins so early that its people are trained when the year begins, but not before the frameworks take over.

    Parameters
    ----------
    scenario, frameworks, register, crewing, progress
        As in `compare`; the scenario's own replications are not used.
    targets : str or sequence of str
        Such as ``"on_time_share >= 0.97"``; others are ``providers_past_duty``, ``backlog_mean`` and
        ``undetected_poor_provider_years``, of all providers.
    pool : str, optional
        Pool to recruit for; if left out, the scenario's first.
    step : int
        People between two numbers tried.
    replications : int
        Runs of each number tried, 2 or more.

    Returns
    -------
    Intakes

    Raises
    ------
    InputError
        If something given cannot be used.
    KeyboardInterrupt
        If you interrupt it: there is no half an answer.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("england-2006", years=1)
    >>> answer = simulator.intake(few, "option-a", targets="on_time_share >= 0.5", replications=2)
    >>> answer.table[["year", "intake", "met"]].to_dict("records")
    [{'year': '2006-07', 'intake': 0, 'met': True}]
    """
    began = datetime.now(UTC)
    question = asked_for(scenario, frameworks, register)
    question = replace(question, scenario=with_options(question.scenario, replications=replications))
    wanted = dict.fromkeys([targets] if isinstance(targets, str) else targets)
    found = plan(
        question,
        [target(text, question.service_types) for text in wanted],
        pool_named(question.scenario, pool),
        Effort(step),
        crewing=crewing,
        progress=progress,
    )
    return Intakes(found, Asked({"python": "simulator.intake"}, began, datetime.now(UTC)))
