"""The question of the form Follow one provider carried out: from its inputs to a run's folder with an answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from simulator.page.run_store import Inputs

if TYPE_CHECKING:
    from simulator.engine.setting import Setting
    from simulator.questions.trace.life import Life
    from simulator.questions.trace.picking import Rule
    from simulator.running.question import Question


def carry_out(inputs: Inputs, folder: Path, told: "Any", threads: int) -> None:
    """Pick the provider, follow it under both frameworks, and write results and answer into the folder of the run.

    Raises
    ------
    InputError
        If the question cannot be answered.
    """
    from simulator.answers.answer import Asked
    from simulator.charts.sheet import FORMS
    from simulator.page.follow_answer import diaries_told, picked_told
    from simulator.page.writing import write_answered
    from simulator.questions.trace.answer import Lives
    from simulator.questions.trace.life import Followed
    from simulator.running.question import settings_of

    question = question_of(inputs)
    settings = settings_of(question)
    provider, among = found(inputs, question, settings)
    lives = lives_of(settings, provider, int(inputs["numbers"]["history"]), threads)
    told(len(lives), len(lives))

    class Picked(Lives):
        """The lives of a provider that a rule has picked."""

        def __init__(self, followed: Followed, asked: Asked) -> None:
            super().__init__(followed, asked, picked_told(inputs["who"], among, lives))

    followed = Followed(question, tuple(lives))
    write_answered(folder, {"page": "follow", **inputs}, Picked, lambda _: followed, (), diaries_told, FORMS)


def found(inputs: Inputs, question: "Question", settings: "list[Setting]") -> tuple[str, int]:
    """Return the name of the provider that is asked about, and how many there are of its type."""
    from simulator.page.follow_asked import NUMBERED
    from simulator.questions.trace.picking import pick

    numbers = inputs["numbers"]
    if inputs["who"] == NUMBERED:
        of_type = question.register["provider"][question.register["service_type"] == inputs["service_type"]]
        return str(of_type.iloc[int(numbers["number"]) - 1]), len(of_type)
    picked = pick(settings, inputs["service_type"], cast("Rule", inputs["who"]), int(numbers["history"]))
    return picked.provider, picked.among


def lives_of(settings: "list[Setting]", provider: str, replication: int, threads: int) -> "list[Life]":
    """Follow a provider under each framework of a question, at the same time where there are threads for it."""
    from concurrent.futures import ThreadPoolExecutor

    from simulator.questions.trace.life import life_of

    with ThreadPoolExecutor(min(threads, len(settings))) as pool:
        return list(pool.map(lambda setting: life_of(setting, provider, replication), settings))


def question_of(inputs: Inputs) -> "Question":
    """Turn what was asked into a question that can be run.

    Raises
    ------
    InputError
        If it does not fit together.
    """
    from simulator.page.compare_run import HERE
    from simulator.page.follow_asked import FIRST, SECOND, frameworks_of
    from simulator.page.page_scenario import SCENARIO
    from simulator.running.question import posed
    from simulator.scenario.scenario import load_scenario

    names = [inputs[FIRST], inputs[SECOND]]
    run = {"frameworks": names, "baseline": names[0], "years": int(inputs["numbers"]["years"])}
    return posed(load_scenario(SCENARIO).changed({"run": run}, HERE), frameworks_of(inputs))


def warm_up() -> None:
    """Follow one of a few providers for a year, and draw it: afterwards everything is imported and compiled."""
    from simulator.page import follow_answer  # noqa: F401
    from simulator.page.compare_run import few_providers
    from simulator.questions.trace.picking import pick
    from simulator.questions.trace.told import lives_charts, lives_told
    from simulator.running.question import settings_of

    question = few_providers(["2006-regime", "option-b"])
    settings = settings_of(question)
    picked = pick(settings, "childrens_home", "apart", 1)
    lives = lives_told(question, lives_of(settings, picked.provider, 1, threads=1))
    for chart, _ in lives_charts(question, lives):
        chart.svg()
