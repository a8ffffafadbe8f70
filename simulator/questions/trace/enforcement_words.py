"""Improvement plans and enforcement in a provider's diary: one sentence for each step."""

from typing import Final

from simulator.inspectorate.enforcement import AGREED, NOTICE, PLAN_ASKED, RESTRICTION
from simulator.questions.trace.life import Life
from simulator.questions.trace.moments import LEFT, REFUSED, RENEWED, Moment
from simulator.ticks import day_of
from simulator.words.wording import day_words

_TAKEN: Final = {
    PLAN_ASKED: "An improvement plan is requested, by {day}.",
    AGREED: "The improvement plan is produced. It is to be carried out by {day}.",
    NOTICE: "The provider is given notice, until {day}.",
    RESTRICTION: "The provider is restricted, until {day}.",
}
_AGAIN: Final = {
    AGREED: "The agreement is renewed, until {day}.",
    NOTICE: "The notice continues, until {day}.",
    RESTRICTION: "The restriction continues, until {day}.",
}
OVER: Final = {
    PLAN_ASKED: "No improvement plan is needed any longer.",
    AGREED: "The agreement on the improvement plan has ended.",
    NOTICE: "The notice is lifted.",
    RESTRICTION: "The restriction is lifted.",
}


def step_words(life: Life, moment: Moment) -> str:
    """Write of a plan refused, or of a step that is taken, goes on or is over."""
    if moment.what == REFUSED:
        return "The improvement plan is refused, which is a breach."
    if moment.what == LEFT:
        return OVER[moment.step]
    sentences = _AGAIN if moment.what == RENEWED else _TAKEN
    return sentences[moment.step].format(day=day_words(day_of(moment.until, life.epoch)))
