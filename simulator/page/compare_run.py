"""The question of the form Compare options carried out: from its inputs to a run's folder with an answer."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.page.run_store import Inputs

if TYPE_CHECKING:
    from simulator.inspectorate.framework import Framework
    from simulator.running.question import Question
    from simulator.running.store import RunFolder
    from simulator.scenario.scenario import Scenario

HERE: Final = "chosen on the page"
MOST_POOR: Final = 0.95
"""Share of poor providers of any type, at most, however it is multiplied."""

Table = dict[str, Any]


def carry_out(inputs: Inputs, folder: Path, told: "Any", threads: int) -> None:
    """Compare, and write results and answer into the folder of the run; goes on with what is finished there.

    Raises
    ------
    InputError
        If the question cannot be answered.
    """
    from simulator.page.whom_file import WHOM, whom_bytes, whom_of
    from simulator.page.writing import write_answered
    from simulator.questions.compare.answer import Compared
    from simulator.questions.compare.comparison import Comparison, compare_posed
    from simulator.running.batch_files import batch_folder
    from simulator.running.crews import Crewing

    def find(written: "RunFolder") -> Comparison:
        crewing = Crewing("compiled", threads)
        with batch_folder(written.unfinished) as batches:
            return compare_posed(question_of(inputs), crewing, progress=told, batches=batches, resume=True)

    write_answered(
        folder,
        {"page": "compare", **inputs},
        Compared,
        find,
        ("figures",),
        kept=lambda run: {WHOM: whom_bytes(whom_of(run))},
    )


def warm_up() -> None:
    """Compare a year of few providers, and draw it: afterwards everything is imported, compiled and loaded."""
    from simulator.questions.compare.charts import charts_of
    from simulator.questions.compare.comparison import compare_posed
    from simulator.running.crews import Crewing

    compared = compare_posed(few_providers(["2006-regime"]), Crewing("compiled", 1))
    for chart in charts_of(compared):
        chart.svg()


def few_providers(frameworks: list[str]) -> "Question":
    """Pose a question of a year of few providers, to warm up with."""
    from simulator.page.page_scenario import SCENARIO
    from simulator.running.question import posed
    from simulator.scenario.scenario import load_scenario

    scenario = load_scenario(SCENARIO)
    few = {name: {"count": 2} for name, service in scenario.population.types.items() if service.count}
    changes = {
        "run": {"years": 1, "warm_up_years": 0, "replications": 2, "frameworks": frameworks},
        "population": {"local_authorities": 2, "types": few},
    }
    return posed(scenario.changed(changes, HERE))


def question_of(inputs: Inputs, more: "Table | None" = None) -> "Question":
    """Turn what was asked into a question that can be run.

    Parameters
    ----------
    inputs
        What was asked.
    more
        Further changes of the scenario; none if left out.

    Raises
    ------
    InputError
        If it does not fit together.
    """
    from simulator.page.form_parts import frameworks_of
    from simulator.page.page_scenario import SCENARIO
    from simulator.running.question import Change, posed
    from simulator.scenario.scenario import load_scenario

    scenario = load_scenario(SCENARIO)
    changed = scenario.changed(changes_of(inputs, scenario), HERE).changed(more or {}, HERE)
    question = posed(changed, frameworks_of(inputs))
    noise = inputs["numbers"]["noise"]
    if noise == 1:
        return question
    return replace(
        question,
        frameworks=tuple(noisier(framework, noise) for framework in question.frameworks),
        changes=tuple(
            Change(change.begins, change.framework and noisier(change.framework, noise)) for change in question.changes
        ),
    )


def changes_of(inputs: Inputs, scenario: "Scenario") -> Table:
    """Return what was asked as changes of the scenario, where it differs from it."""
    from simulator.running.posts import steps_with, takeover

    numbers = inputs["numbers"]
    settings = scenario.settings()
    changes: Table = {
        "run": {
            "frameworks": inputs["frameworks"],
            "baseline": inputs["baseline"],
            "years": int(numbers["years"]),
            "replications": int(numbers["replications"]),
            "seed": int(numbers["seed"]),
        },
        "capacity": {
            "pools": {
                name: {"fte": list(steps_with(scenario, name, takeover(scenario), numbers[name]))}
                for name in ("regulatory", "area")
                if numbers[name] != scenario.capacity.pools[name].fte[0].fte
            }
        },
        "costs": {"cost_per_inspector_day": numbers["cost"]},
        "signals": {
            "serious_concerns": multiplied(settings["signals"]["serious_concerns"], numbers["concerns"]),
            "complaints": multiplied(settings["signals"]["complaints"], numbers["complaints"]),
        },
    }
    factor = numbers["poor"] / (100 * scenario.quality.start_shares["childrens_home"].poor)
    if factor != 1:
        changes["quality"] = {
            section: {name: with_poor(shares, factor) for name, shares in settings["quality"][section].items()}
            for section in ("natural_shares", "start_shares", "entry_shares")
        }
    return changes


def multiplied(rates: Table, factor: float) -> Table:
    """Multiply every rate of a table."""
    return {grade: rate * factor for grade, rate in rates.items()}


def with_poor(shares: Table, factor: float) -> Table:
    """Multiply the share of poor; the others keep their proportions."""
    poor = min(MOST_POOR, shares["poor"] * factor)
    rest = (1 - poor) / (1 - shares["poor"])
    return {grade: poor if grade == "poor" else share * rest for grade, share in shares.items()}


def noisier(framework: "Framework", factor: float) -> "Framework":
    """Multiply the noise of every kind of inspection; its source says who did."""
    kinds = {}
    for name, kind in framework.kinds.items():
        vary = {key: interval for key, interval in kind.source.vary.items() if key != "sigma"}
        source = kind.source.model_copy(
            update={
                "vary": vary,
                "given_by": kind.source.given_by | {"sigma": f"{HERE}: {factor:g} times the default"},
            }
        )
        kinds[name] = kind.model_copy(update={"sigma": kind.sigma * factor, "source": source})
    return framework.model_copy(update={"kinds": kinds})
