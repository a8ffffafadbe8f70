"""The question `trace` as a command asks it."""

from typing import TYPE_CHECKING, Any

from simulator.questions.run import RESULTS, Remark, Run, in_worlds, opened_for, worlds_asked
from simulator.questions.trace.ask import Trace

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.running.question import Question


def trace(asked: Trace, remark: Remark) -> Run:
    """Show the life of one provider as a diary and a chart.

    True grade, concerns, inspections and judgements in one run, including those of its successors.
    """
    from simulator.questions.trace.answer import Lives
    from simulator.questions.trace.diary import name_of_files
    from simulator.questions.trace.life import Followed, life_of, row_of
    from simulator.render.terminal import compiling
    from simulator.running.question import only, place_of, posed, settings_of

    opened = opened_for(asked, remark, inspectors=asked.inspectors, inspectors_from=asked.inspectors_from)
    question = posed(opened.scenario, register=opened.register)
    if not asked.framework:
        question = only(question, [question.baseline])
    worlds = worlds_asked(asked, question)
    place = place_of(question, asked.provider)
    row_of(settings_of(question)[0], place)

    def find(world: "Question", **_: Any) -> Followed:
        return Followed(world, tuple(life_of(setting, place, asked.replication) for setting in settings_of(world)))

    into = asked.out or RESULTS / name_of_files(place, question.names, asked.replication)
    return in_worlds(asked, worlds, Lives, find, into, compiling)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.trace.answer import Lives

    return (Lives,)
