"""`simulator.worth`: in how many plausible worlds each option does better, and what would be worth knowing."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from simulator.answers.answer import Asked
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.questions.sensitivity.assumptions import chosen
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.questions.worth import ask as asks
from simulator.questions.worth.answer import WorthKnowing
from simulator.questions.worth.found import quantities_of, read_off
from simulator.questions.worth.worlds import Effort, run_worlds
from simulator.running.crews import Crewing
from simulator.running.replicating import Progress
from simulator.scenario.scenario import Scenario


@plainly(asks.Worth)
def worth(  # noqa: PLR0913  (a choice each)
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    measures: str | Sequence[str] | None = None,
    vary: str | Sequence[str] | None = None,
    worlds: int = asks.Worth.worlds,
    replications: int = asks.Worth.replications,
    register: str | Path | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
) -> WorthKnowing:
    """Report in how many plausible worlds each option does better, and what would be worth knowing.

    All assumptions vary at once within their ranges, in the same worlds for every option.

    Parameters
    ----------
    scenario, register, crewing, progress
        As in `compare`; the scenario's own replications are not used. The runs of an earlier answer in a folder are
        used again where they are those asked for.
    frameworks : sequence of Framework, str or Path, optional
        Two or more. If left out, those of the scenario.
    measures : str or sequence of str, optional
        Such as ``"days_unfound_mean of childrens_home"``; the choice is made by the first. If left out, the number of
        children's homes poor and unfound, the days that they go unfound, and inspector-days.
    vary : str or sequence of str, optional
        Assumptions by their keys in ``docs/assumptions.md``, or tables of them, such as ``signals``; if left out, all
        that have a range.
    worlds : int
        Plausible worlds, 8 or more.
    replications : int
        Runs of each world, 2 or more.

    Returns
    -------
    WorthKnowing
        If you interrupt it, of the worlds that were finished, if they are enough.

    Raises
    ------
    InputError
        If something given cannot be used.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("homes-2014-2017", years=1)
    >>> answer = simulator.worth(few, ["cyclic", "childrens-homes-2014"], vary="quality.speed", worlds=8)
    >>> answer.information["source"].tolist()
    ['everything', 'quality']
    """
    began = datetime.now(UTC)
    question = asked_for(scenario, frameworks, register)
    named = [measures] if isinstance(measures, str) else measures
    quantities_of(named, question.service_types)
    keys = [vary] if isinstance(vary, str) else vary
    ran = run_worlds(
        question,
        assumptions=chosen(keys, question) if keys else None,
        effort=Effort(worlds, replications),
        crewing=crewing,
        progress=progress,
        earlier=None if isinstance(scenario, Scenario) else Path(scenario),
    )
    return WorthKnowing(
        read_off(ran, named), Asked({"python": "simulator.worth", "vary": keys}, began, datetime.now(UTC))
    )
