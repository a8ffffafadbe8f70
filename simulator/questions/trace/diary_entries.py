"""The entries of a provider's diary: one sentence or a few for each thing that happens."""

from collections.abc import Iterator, Sequence
from typing import Final

from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kinds import RATINGS
from simulator.questions.trace.brief import brief_of
from simulator.questions.trace.diary_dates import date_entries
from simulator.questions.trace.diary_entry import (
    CHANGES,
    FOLLOWS,
    IS_ASSESSED,
    OPENS,
    STOPS,
    TAKES_OVER,
    Entry,
)
from simulator.questions.trace.diary_inspections import inspection, judged_word, rating_words
from simulator.questions.trace.enforcement_words import step_words
from simulator.questions.trace.history import ratings, spell_at, true_grades
from simulator.questions.trace.life import Life
from simulator.questions.trace.moments import (
    ADDED,
    BREACHED,
    CLOSED,
    DEREGISTERED,
    GRADE,
    HASTENED,
    LEFT,
    MOVED,
    PLANNED,
    REFUSED,
    REGISTERED,
    RENEWED,
    SELF_ASSESSED,
    STEP,
    Moment,
)
from simulator.ticks import NEVER, TICKS_PER_DAY, day_of
from simulator.words.wording import capital, counted, day_words, named, verb

_SIGNAL_WORDS: Final = {
    "complaint": "There is a complaint.",
    "serious concern": "A serious concern is raised.",
    "new manager": "The manager changes.",
    BREACHED: "Its self-assessment is not produced or found to mislead: a breach of the regulations.",
}
_OVER: Final = "The warm-up is over."
_MEASURED: Final = "Measurement starts here."
_A_FALL: Final = 2
"""Grades lost at once from which on it is no decline, but a failure."""


def entries(life: Life, frameworks: Sequence[Framework]) -> list[Entry]:
    """Write all entries, in the order in which things happen."""
    every = [
        *_opening(life, frameworks),
        *takeovers(life, frameworks),
        *(_entry_of(life, moment) for moment in life.moments),
        *(entry for row in life.inspections for entry in inspection(life, frameworks, row)),
        *_assessments(life, frameworks),
        *date_entries(life, frameworks),
        *_stop(life, frameworks),
    ]
    return sorted(every, key=lambda entry: (entry.tick, entry.order))


def _opening(life: Life, frameworks: Sequence[Framework]) -> Iterator[Entry]:
    """Report how the record finds the provider."""
    first = life.opening
    if first.grade == 0:
        yield Entry(life.begins, TAKES_OVER, "The record starts. The provider is not open yet.")
        return
    visited = "not visited yet"
    if first.last_visit > -NEVER:
        visited = f"last visited on {day_words(day_of(first.last_visit, life.epoch))}"
    rated = judged_word(frameworks[0], first.rating)
    yield Entry(life.begins, TAKES_OVER, f"The record starts: truly {RATINGS[first.grade]}, rated {rated}, {visited}.")


def takeovers(life: Life, frameworks: Sequence[Framework]) -> Iterator[Entry]:
    """Report when a framework takes over and when measuring begins."""
    if life.begins < life.measured_from and life.measured_from not in life.takeovers:
        yield Entry(life.measured_from, TAKES_OVER, f"{_OVER} {_MEASURED}")
    for tick, old, new in zip(life.takeovers, frameworks, frameworks[1:], strict=False):
        text = f"{capital(named(new.title))} {verb(new.title, 'takes')} over from {named(old.title)}."
        if old.name == new.name:
            text = (
                _OVER
                if tick == life.measured_from
                else f"{capital(named(new.title))} {verb(new.title, 'stays')} in force."
            )
        yield Entry(tick, TAKES_OVER, f"{text} {_MEASURED}" if tick == life.measured_from else text)


def _assessments(life: Life, frameworks: Sequence[Framework]) -> Iterator[Entry]:
    """Report when an assessment has changed the rating, except upon a judgement, which reports it itself."""
    judged = {int(row["ended"]) for row in life.inspections if row["judged"] > 0}
    for row in life.assessments:
        tick, before, now = int(row["time"]), int(row["rating_before"]), int(row["rating"])
        if before == now or tick in judged:
            continue
        what = "The assessment is repeated." if row["review"] else "The yearly assessment is made."
        framework = frameworks[life.framework_at(tick)]
        words = rating_words(framework, before, now, 0)
        if before == 0:
            words = f" The first rating is {judged_word(framework, now)}."
        yield Entry(tick, IS_ASSESSED, f"{what}{words}", routine="new assessment")


def _stop(life: Life, frameworks: Sequence[Framework]) -> Iterator[Entry]:
    """Report how the record leaves the provider, on the last day that it has."""
    grade, rating = true_grades(life)[-1][1], ratings(life)[-1][1]
    text = "The record ends. The provider is closed."
    if grade:
        text = f"The record ends: truly {RATINGS[grade]}, rated {judged_word(frameworks[-1], rating)}."
    yield Entry(life.horizon - 1, STOPS, text)


def _entry_of(life: Life, moment: Moment) -> Entry:
    """Write the entry of something that happens at the provider."""
    brief = brief_of(life, moment)
    if moment.what == CLOSED:
        return Entry(moment.tick, CHANGES, f"The provider closes.{_spell_over(life, moment)}", brief)
    if moment.what == DEREGISTERED:
        text = f"The provider is deregistered and closes.{_spell_over(life, moment)}"
        return Entry(moment.tick, FOLLOWS, text, brief)
    if moment.what in {REFUSED, STEP, RENEWED, LEFT}:
        return Entry(moment.tick, FOLLOWS, step_words(life, moment), step_words(life, moment))
    if moment.what == REGISTERED:
        poor = " A poor spell starts." if moment.grade == 1 else ""
        text = f"A new provider registers in this place, not yet rated. Unseen: it is {RATINGS[moment.grade]}.{poor}"
        return Entry(moment.tick, OPENS, text, brief)
    if moment.what == GRADE:
        return Entry(moment.tick, CHANGES, _grade_change(life, moment), brief)
    if moment.what == SELF_ASSESSED:
        text = f"Its self-assessment says that it is {RATINGS[moment.said]}."
        return Entry(moment.tick, CHANGES, text, routine="self-assessment")
    routine = "" if brief else moment.what
    return Entry(moment.tick, CHANGES, f"{_SIGNAL_WORDS[moment.what]} {_answer(life, moment)}", brief, routine)


def _grade_change(life: Life, moment: Moment) -> str:
    """Write of a change of the true grade."""
    was, now = RATINGS[moment.before], RATINGS[moment.grade]
    if moment.grade > moment.before:
        return f"Unseen: improves from {was} to {now}.{_spell_over(life, moment)}"
    move = "falls at once" if moment.before - moment.grade >= _A_FALL else "declines"
    return f"Unseen: {move} from {was} to {now}.{' A poor spell starts.' if moment.grade == 1 else ''}"


def _spell_over(life: Life, moment: Moment) -> str:
    """Write of the end of a poor spell, where there was one."""
    if moment.before != 1:
        return ""
    spell = spell_at(life, moment.tick - 1)  # of this provider, not of a successor poor from this very moment on
    if spell is None:
        return ""
    lasted = (moment.tick - spell.began) // TICKS_PER_DAY
    when = f"after {counted(lasted, 'day')}" if lasted else "within a day"
    if spell.found < NEVER:
        return f" The poor spell is over {when}."
    return f" The poor spell is over {when}, and no inspection found it."


def _answer(life: Life, moment: Moment) -> str:
    """Write of what follows from news of a provider."""
    when = "" if moment.visit == NEVER else day_words(day_of(moment.visit, life.epoch))
    return {
        MOVED: f"The next inspection is brought forward to {when}.",
        PLANNED: f"An inspection is planned for {when}.",
        ADDED: f"A visit is added, for {when}.",
        HASTENED: "The waiting inspection moves up in the queue.",
    }.get(moment.answer, "Nothing follows.")
