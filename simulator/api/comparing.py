"""`simulator.compare`: the same providers under several frameworks."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from simulator.answers.answer import Asked
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.questions.compare import ask as asks
from simulator.questions.compare.answer import Compared
from simulator.questions.compare.comparison import compare_posed
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.running.crews import Crewing
from simulator.running.precision_options import with_precision
from simulator.running.replicating import Progress


@plainly(asks.Compare)
def compare(
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    yardsticks: bool = False,
    precision: float | None = None,
    most_replications: int | None = None,
    register: str | Path | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
) -> Compared:
    """Compare frameworks of inspection on the same providers, which go through the same troubles under each.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or a shipped name, the path of a TOML file, or the folder of an earlier run.
    frameworks : Framework, str, Path or sequence of them, optional
        Frameworks to compare: from `load_framework`, shipped names, or paths of TOML files; if left out, those that the
        scenario names. The baseline is the scenario's if it is among them, else the first.
    yardsticks : bool
        Whether to compare with ``none``, ``clairvoyant``, ``cyclic`` and ``belief-index`` too, which show how close to
        the best possible a framework is.
    precision : float, optional
        How precisely to estimate the headline differences, as a fraction of the level: 0.01 is 1%. Replications are
        added until that is reached, starting with the scenario's number; if left out, as the scenario has it.
    most_replications : int, optional
        Maximum number of replications; if left out, as the scenario has it.
    register : str or Path, optional
        CSV of providers to inspect, in place of those that the scenario draws.
    crewing : Crewing, optional
        How runs are carried out, such as ``Crewing(workers=1)``; changes no result.
    progress : callable, optional
        Called after each batch with the number of runs done and the total.

    Returns
    -------
    Compared
        If you interrupt it, of the replications that were finished.

    Raises
    ------
    InputError
        If something given cannot be used.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("england-2006", years=1, replications=2)
    >>> answer = simulator.compare(few, ["2006-regime", "option-a"])
    >>> print(answer.sentences[0])
    The 2006 regime makes ... inspections of children's homes a year (...), and leaves poor homes unfound ...
    >>> answer.summary.query("measure == 'inspections_per_year' and service_type == 'all'")["framework"].tolist()
    ['2006-regime', 'option-a']
    >>> list(answer.charts)[0]
    'found'
    """
    began = datetime.now(UTC)
    question = asked_for(scenario, frameworks, register, yardsticks)
    until = with_precision(question.scenario, precision=precision, most=most_replications)
    question = replace(question, scenario=until)
    crewing = crewing or Crewing()
    crewing.opener()
    compared = compare_posed(question, crewing, progress=progress)
    return Compared(compared, Asked({"python": "simulator.compare"}, began, datetime.now(UTC)))
