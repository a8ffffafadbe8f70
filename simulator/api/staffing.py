"""`simulator.workforce`: people, work and what is left undone, by year, by month and by region."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from simulator.answers.answer import Asked
from simulator.api.asked import GivenFramework, GivenScenario, asked_for, plainly
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.questions.workforce import ask as asks
from simulator.questions.workforce.answer import Staffed
from simulator.questions.workforce.found import count
from simulator.running.crews import Crewing
from simulator.running.options import with_options
from simulator.running.replicating import Progress
from simulator.running.run_folder import open_scenario
from simulator.scenario.scenario import Scenario


@plainly(asks.Workforce)
def workforce(
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: Sequence[GivenFramework] | None = None,
    *,
    replications: int = asks.Workforce.replications,
    register: str | Path | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
) -> Staffed:
    """Report people, work and what is left undone, year by year, month by month and region by region.

    Parameters
    ----------
    scenario, register, crewing, progress
        As in `compare`; the scenario's own replications are not used.
    frameworks : sequence of Framework, str or Path, optional
        If left out, the scenario's baseline.
    replications : int
        Runs of each framework, 2 or more.

    Returns
    -------
    Staffed
        If you interrupt it, of the replications that were finished.

    Raises
    ------
    InputError
        If something given cannot be used.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("england-2006", years=2)
    >>> answer = simulator.workforce(few, replications=2)
    >>> answer.years["year"].unique().tolist()
    ['2006-07', '2007-08']
    """
    began = datetime.now(UTC)
    given = scenario.run if isinstance(scenario, Scenario) else open_scenario(str(scenario)).scenario.run
    question = asked_for(scenario, frameworks or [given.baseline], register)
    question = replace(question, scenario=with_options(question.scenario, replications=replications))
    found = count(question, crewing=crewing, progress=progress)
    return Staffed(found, Asked({"python": "simulator.workforce"}, began, datetime.now(UTC)))
