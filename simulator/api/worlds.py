"""`simulator.sensitivity`: would the answer change if the assumptions are wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from simulator.answers.answer import Asked
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.questions.sensitivity import ask as asks
from simulator.questions.sensitivity.analysis import sensitivity as analyse
from simulator.questions.sensitivity.answer import Worlds
from simulator.questions.sensitivity.assumptions import chosen
from simulator.questions.sensitivity.found import Effort
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.running.crews import Crewing
from simulator.running.defaults import sensitivity_measure
from simulator.running.question import pair_of
from simulator.running.replicating import Progress
from simulator.running.targets import quantity


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
    """Report in what share of plausible worlds one framework beats another, and which assumption decides it.

    Parameters
    ----------
    scenario, register, crewing, progress
        As in `compare`; the scenario's own replications are not used.
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
        Maximum number of assumptions varied one at a time.
    replications : int
        Runs with one assumption at an end of its range, 2 or more.

    Returns
    -------
    Worlds
        If you interrupt it, of the worlds that were finished, if they are enough.

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
    options = {"python": "simulator.sensitivity", "vary": keys}
    return Worlds(found, Asked(options, began, datetime.now(UTC)))
