"""The question of the form Follow one provider carried out: from its inputs to a run's folder with an answer."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from simulator.present.web.run_store import Inputs

if TYPE_CHECKING:
    from simulator.engine.setting import Setting
    from simulator.experiments.picking import Rule
    from simulator.experiments.question import Question
    from simulator.present.two_lives import Told

DIARIES: Final = "diaries.csv"
EXPECTED: Final = (DIARIES, "scenario.toml", "providers.csv")
"""Files that it may write, besides charts and frameworks."""


def carry_out(inputs: Inputs, folder: Path, told: "Any", threads: int) -> None:
    """Pick the provider, follow it under both frameworks, and write results and answer into the folder of the run.

    Raises
    ------
    InputError
        If the question cannot be answered.
    """
    from simulator.experiments.question import settings_of
    from simulator.experiments.run_folder import provenance, write_question
    from simulator.present.results import times_of
    from simulator.present.timelines import lives_chart
    from simulator.present.web.answer import write_answer
    from simulator.present.web.compare_run import write_own
    from simulator.present.web.follow_answer import answer_of, diaries_frame, picked_told
    from simulator.store import run_folder

    began = datetime.now(UTC)
    question = question_of(inputs)
    settings = settings_of(question)
    provider, among = found(inputs, question, settings)
    with run_folder(folder, EXPECTED) as written:
        lives = lives_of(question, settings, provider, int(inputs["numbers"]["history"]), threads)
        told(len(lives), len(lives))
        written.write_csv(DIARIES, diaries_frame(lives))
        lives_chart(lives).write(written.made("charts"))
        write_own(written, inputs)
        write_question(written, question)
        made = {"question": "follow", "provider": provider, "replication": lives[0].life.replication}
        written.finish(provenance(question, {"page": "follow", **inputs}, made | times_of(began)))
        write_answer(folder, answer_of(lives, folder, picked_told(inputs["who"], among, lives)))
        written.forget()


def found(inputs: Inputs, question: "Question", settings: "list[Setting]") -> tuple[str, int]:
    """Give the name of the provider that is asked about, and how many there are of its type."""
    from simulator.experiments.picking import pick
    from simulator.present.web.follow_asked import NUMBERED

    numbers = inputs["numbers"]
    if inputs["who"] == NUMBERED:
        of_type = question.register["provider"][question.register["service_type"] == inputs["service_type"]]
        return str(of_type.iloc[int(numbers["number"]) - 1]), len(of_type)
    picked = pick(settings, inputs["service_type"], cast("Rule", inputs["who"]), int(numbers["history"]))
    return picked.provider, picked.among


def lives_of(
    question: "Question", settings: "list[Setting]", provider: str, replication: int, threads: int
) -> "list[Told]":
    """Follow a provider under each framework of a question, at the same time where there are threads for it."""
    from concurrent.futures import ThreadPoolExecutor

    from simulator.experiments.life import life_of
    from simulator.present.two_lives import told

    with ThreadPoolExecutor(min(threads, len(settings))) as pool:
        lives = list(pool.map(lambda setting: life_of(setting, provider, replication), settings))
    return [
        told(question.titles[name], life, [regime.framework for regime in question.timeline(position)])
        for position, (name, life) in enumerate(zip(question.names, lives, strict=True))
    ]


def question_of(inputs: Inputs) -> "Question":
    """Turn what was asked into a question that can be run.

    Raises
    ------
    InputError
        If it does not fit together.
    """
    from simulator.experiments.question import posed
    from simulator.present.web.compare_asked import SCENARIO
    from simulator.present.web.compare_run import HERE
    from simulator.present.web.follow_asked import FIRST, SECOND, frameworks_of
    from simulator.scenario import load_scenario

    names = [inputs[FIRST], inputs[SECOND]]
    run = {"frameworks": names, "baseline": names[0], "years": int(inputs["numbers"]["years"])}
    return posed(load_scenario(SCENARIO).changed({"run": run}, HERE), frameworks_of(inputs))


def warm_up() -> None:
    """Follow one of a few providers for a year, and draw it: afterwards everything is imported and compiled."""
    from simulator.experiments.picking import pick
    from simulator.experiments.question import settings_of
    from simulator.present.timelines import lives_chart
    from simulator.present.web import follow_answer  # noqa: F401
    from simulator.present.web.compare_run import few_providers

    question = few_providers(["2006-regime", "option-b"])
    settings = settings_of(question)
    picked = pick(settings, "childrens_home", "apart", 1)
    lives_chart(lives_of(question, settings, picked.provider, 1, threads=1)).svg()
