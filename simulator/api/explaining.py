"""`simulator.explain`: which parts of a framework make the difference to another one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from simulator.answers.answer import Asked
from simulator.api.asked import GivenFramework, GivenScenario, asked_for, plainly
from simulator.questions.explain import ask as asks
from simulator.questions.explain.answer import Why
from simulator.questions.explain.explained import explain as explained
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.running.crews import Crewing
from simulator.running.options import with_options
from simulator.running.replicating import Progress
from simulator.running.run_folder import open_scenario
from simulator.scenario.scenario import Scenario


@plainly(asks.Explain)
def explain(  # noqa: PLR0913  (a choice each)
    option: GivenFramework,
    against: GivenFramework | None = None,
    *,
    scenario: GivenScenario = DEFAULT_SCENARIO,
    measures: str | Sequence[str] | None = None,
    by: str | Path = asks.Explain.by,
    inspectors_time: bool = asks.Explain.inspectors_time,
    replications: int = asks.Explain.replications,
    most_combinations: int = asks.Explain.most_combinations,
    register: str | Path | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
) -> Why:
    """Report which parts of a framework make the difference to another one.

    The baseline is run with every combination of the option's parts, on the same providers. The difference is shared
    out among the parts by their Shapley values: the mean of what a part adds over all orders in which parts can be
    taken over. They add up to the difference that `compare` reports.

    Parameters
    ----------
    option : Framework, str or Path
        Framework to explain.
    against : Framework, str or Path, optional
        What it is compared with; if left out, the scenario's baseline.
    scenario, register, crewing, progress
        As in `compare`; the scenario's own replications are not used.
    measures : str or sequence of str, optional
        Such as ``"days_unfound_mean of childrens_home"``; of all providers if none are named. If left out, how
        soon poor homes are found, how many are not, and inspections of homes.
    by : str or Path
        Parts: ``"paragraphs"`` (clauses by subject, in the order of the documents), ``"clauses"``, ``"figures"`` (each
        figure of a clause by itself), or the path of a TOML file with a table ``[groups]`` of lists of clauses.
    inspectors_time : bool
        Whether to run every combination without a limit to inspectors too, which tells what a part does as a rule from
        what it does by taking inspectors' time.
    replications : int
        Runs of each combination, 2 or more.
    most_combinations : int
        Maximum number of combinations to run; if all orders of the parts need more, orders are drawn.

    Returns
    -------
    Why
        If you interrupt it, of the replications that were finished.

    Raises
    ------
    InputError
        If something given cannot be used.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("england-2006", years=1)
    >>> answer = simulator.explain("option-a", scenario=few, measures="inspections_per_year", replications=2)
    >>> answer.parts["part"].tolist()
    ['how often homes are inspected', 'how often other services are inspected']
    """
    began = datetime.now(UTC)
    given = scenario.run if isinstance(scenario, Scenario) else open_scenario(str(scenario)).scenario.run
    question = asked_for(scenario, [option, given.baseline if against is None else against], register)
    run = question.scenario.run.model_copy(update={"baseline": question.names[1]})
    few = with_options(question.scenario.model_copy(update={"run": run}), replications=replications)
    question = replace(question, scenario=few)
    found = explained(
        question,
        str(by),
        [measures] if isinstance(measures, str) else measures,
        unlimited=inspectors_time,
        most=most_combinations,
        crewing=crewing,
        progress=progress,
    )
    return Why(found, Asked({"python": "simulator.explain"}, began, datetime.now(UTC)))
