"""`simulator.trace`: the life of one provider, under one framework or side by side under several."""

from datetime import UTC, datetime
from pathlib import Path

from simulator.answers.answer import Asked
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.inputs.messages import InputError
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.questions.trace import ask as asks
from simulator.questions.trace.answer import Lives
from simulator.questions.trace.life import Followed, life_of, row_of
from simulator.running.question import only, place_of, settings_of


@plainly(asks.Trace)
def trace(
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    provider: str,
    replication: int = 1,
    register: str | Path | None = None,
) -> Lives:
    """Follow one provider through one run: what is true of it, what inspectors do, and what they find.

    Parameters
    ----------
    scenario, register
        As in `compare`.
    frameworks : Framework, str, Path or sequence of them, optional
        Frameworks under which the provider is followed, side by side; if left out, the scenario's baseline.
    provider : str
        As in the tables, such as ``childrens_home-0001``.
    replication : int
        Which one, 1 or more.

    Returns
    -------
    Lives

    Raises
    ------
    InputError
        If something given cannot be used, or there is no such provider.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("england-2006", years=1)
    >>> answer = simulator.trace(few, ["2006-regime", "option-a"], provider="secure_childrens_home-0001")
    >>> answer.ratings["framework"].unique().tolist()
    ['2006-regime', 'option-a']
    >>> list(answer.charts)
    ['lives']
    """
    began = datetime.now(UTC)
    question = asked_for(scenario, frameworks, register)
    if replication < 1:
        raise InputError(f"replication: given {replication}; allowed: 1 or more")
    if frameworks is None:
        question = only(question, [question.baseline])
    settings, place = settings_of(question), place_of(question, provider)
    row_of(settings[0], place)
    lives = tuple(life_of(setting, place, replication) for setting in settings)
    return Lives(Followed(question, lives), Asked({"python": "simulator.trace"}, began, datetime.now(UTC)))
