"""The question `trace` as a command asks it."""

from typing import TYPE_CHECKING, Any

from simulator.questions.run import RESULTS, Remark, Run, in_world, opened_for
from simulator.questions.trace.ask import Trace

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.running.store import RunFolder


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
    question = in_world(posed(opened.scenario, register=opened.register), asked)
    if not asked.framework:
        question = only(question, [question.baseline])
    settings, place = settings_of(question), place_of(question, asked.provider)
    row_of(settings[0], place)

    def find(_: "RunFolder", _told: Any) -> Followed:
        return Followed(question, tuple(life_of(setting, place, asked.replication) for setting in settings))

    into = asked.out or RESULTS / name_of_files(place, question.names, asked.replication)
    return Run(Lives, into, find, compiling)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.trace.answer import Lives

    return (Lives,)
