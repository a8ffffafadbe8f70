"""The question of the form Follow one provider carried out: from its inputs to a run's folder with an answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from simulator.page.run_store import Inputs

if TYPE_CHECKING:
    from simulator.answers.kept_run import KeptRun
    from simulator.engine.setting import Setting
    from simulator.questions.trace.life import Life
    from simulator.questions.trace.picking import Pick, Rule
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
    from simulator.page.follow_answer import diaries_told, picked_told, usual_told
    from simulator.page.writing import write_answered
    from simulator.questions.trace.answer import Lives
    from simulator.questions.trace.life import Followed
    from simulator.running.question import settings_of

    question = question_of(inputs)
    settings = settings_of(question)
    picked = found(inputs, question, settings)
    lives = lives_of(settings, picked.provider, int(inputs["numbers"]["history"]), threads)
    told(len(lives), len(lives))

    class Picked(Lives):
        """The lives of a provider that a rule has picked."""

        def __init__(self, followed: Followed, asked: Asked) -> None:
            super().__init__(followed, asked, picked_told(inputs["who"], picked, lives))

    followed = Followed(question, tuple(lives))
    title = next(iter(question.titles.values()))

    def more(run: "KeptRun") -> dict[str, Any]:
        return {**diaries_told(run), "usual": usual_told(picked, lives[0], title, question.scenario)}

    write_answered(folder, {"page": "follow", **inputs}, Picked, lambda _: followed, (), more, FORMS)


def found(inputs: Inputs, question: "Question", settings: "list[Setting]") -> "Pick":
    """Return the provider that is asked about, and what becomes of all of its type."""
    from simulator.page.follow_asked import NUMBERED
    from simulator.questions.trace.picking import numbered, pick

    numbers, service_type = inputs["numbers"], inputs["service_type"]
    if inputs["who"] == NUMBERED:
        return numbered(settings[0], service_type, int(numbers["number"]), int(numbers["history"]))
    return pick(settings, service_type, cast("Rule", inputs["who"]), int(numbers["history"]))


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
