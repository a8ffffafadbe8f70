"""`simulator.size`: how many inspectors a framework takes to meet targets."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.answers.answer import Asked
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly, varied_from
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.questions.size import ask as asks
from simulator.questions.size.answer import Sized
from simulator.questions.size.found import Effort
from simulator.questions.size.search import size as search
from simulator.running.crews import Crewing
from simulator.running.posts import pool_named
from simulator.running.targets import target

if TYPE_CHECKING:
    from simulator.running.pace import Told


@plainly(asks.Size)
def size(  # noqa: PLR0913  (a choice each)
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    targets: str | Sequence[str] = asks.ON_TIME,
    pool: str | None = None,
    inspectors_from: str | date | None = None,
    step: float = asks.Size.step,
    confidence: float = asks.Size.confidence,
    more: float | None = None,
    most_replications: int | None = None,
    register: str | Path | None = None,
    crewing: Crewing | None = None,
    progress: "Told | None" = None,
) -> Sized:
    """Find the smallest number of inspectors that meets targets, for each framework by itself.

    Parameters
    ----------
    scenario, frameworks, register, crewing
        As in `compare`. The scenario's replications are those to start with at each number, 2 or more.
    targets : str or sequence of str
        Such as ``"days_unfound_mean of childrens_home <= 120"``; of all providers if none are named. All must be
        met. Measures are those of ``docs/measures.md``.
    pool : str, optional
        Whose number is searched for; if left out, the scenario's first.
    inspectors_from : str or date, optional
        Day from which numbers hold; if left out, that on which the frameworks take over.
    step : float
        Full-time equivalents between two numbers that may be the answer.
    confidence : float
        With which a target is to be met, more than 0.5 and less than 1.
    more : float, optional
        Inspectors to add to the scenario's number, to report what they bring, such as 10.
    most_replications : int, optional
        Maximum at a number at which it is unclear whether targets are met; if left out, four times those to start with.
    progress : callable, optional
        Called as the search advances (`simulator.running.pace`).

    Returns
    -------
    Sized

    Raises
    ------
    InputError
        If something given cannot be used.
    KeyboardInterrupt
        If you interrupt it: there is no half an answer.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("england-2006", years=1, replications=2)
    >>> answer = simulator.size(few, "option-a", targets="on_time_share >= 0.5", step=50)
    >>> answer.sizes[["framework", "pool", "outcome"]].to_dict("records")
    [{'framework': 'option-a', 'pool': 'regulatory', 'outcome': 'found'}]
    >>> simulator.size(few, "option-a", targets="on_time >= 0.5")
    Traceback (most recent call last):
    simulator.inputs.messages.InputError: targets "on_time >= 0.5": there is no measure "on_time"; did you mean ...
    """
    began = datetime.now(UTC)
    question = varied_from(asked_for(scenario, frameworks, register), inspectors_from)
    wanted = dict.fromkeys([targets] if isinstance(targets, str) else targets)
    first = question.scenario.run.replications
    sizing = search(
        question,
        [target(text, question.service_types) for text in wanted],
        pool_named(question.scenario, pool),
        Effort(step, confidence, first, most_replications or asks.GROWTH * first),
        more=more,
        crewing=crewing,
        progress=progress,
    )
    return Sized(sizing, Asked({"python": "simulator.size"}, began, datetime.now(UTC)))
