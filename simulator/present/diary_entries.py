"""The entries of a provider's diary: one sentence or a few for each thing that happens."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from simulator.engine.recorded import (
    BROUGHT_FORWARD,
    CONCERN,
    DIRECTIONS,
    DONE,
    INCLUDED,
    JUDGED_LOW,
    LAPSED,
    MONITORED,
    NEW_PROVIDER,
    PLANNED,
    SAMPLED,
    TARGETED,
)
from simulator.experiments.life import (
    ADDED,
    BREACHED,
    CLOSED,
    DEREGISTERED,
    GRADE,
    HASTENED,
    LEFT,
    MOVED,
    REFUSED,
    REGISTERED,
    RENEWED,
    SELF_ASSESSED,
    STEP,
    Life,
    Moment,
)
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.present.enforcement_words import step_words
from simulator.present.history import Spell, rating_at, ratings, spell_at, true_grades
from simulator.present.wording import article, capital, counted, day_words, named, number, verb
from simulator.ticks import NEVER, TICKS_PER_DAY, day_of

WHY: Final = {
    PLANNED: ", as planned",
    BROUGHT_FORWARD: ", brought forward after news of risk",
    CONCERN: ", added after news of risk",
    NEW_PROVIDER: "",
    JUDGED_LOW: ", to look again after a bad judgement",
    SAMPLED: ", drawn for the sample of the year",
    INCLUDED: ", since that of the authority covers it",
    MONITORED: ", to see what has been done by the date agreed",
    TARGETED: ", since a visit was worth most there",
}
SIGNAL_WORDS: Final = {
    "complaint": "Somebody complains.",
    "serious concern": "A serious concern is raised.",
    "new manager": "The manager changes.",
    BREACHED: "Its self-assessment is not produced or found to mislead: a breach of the regulations.",
}
OVER: Final = "The warm-up is over."
MEASURED: Final = "From here on the run is measured."
A_FALL: Final = 2
"""Grades lost at once from which on it is no decline, but a failure."""
GOOD: Final = 3

# what is told first of one moment
TAKES_OVER, ENDS, CHANGES, FOLLOWS, LAPSES, OPENS, IS_ASSESSED, IS_RAISED, BEGINS, STOPS = range(10)


class Entry(NamedTuple):
    """One entry of the diary."""

    tick: int
    order: int
    text: str


def entries(life: Life, frameworks: Sequence[Framework]) -> list[Entry]:
    """Write all entries, in the order in which things happen."""
    every = [
        *opening(life, frameworks),
        *takeovers(life, frameworks),
        *(entry_of(life, moment) for moment in life.moments),
        *(entry for row in life.inspections for entry in inspection(life, frameworks, row)),
        *assessments(life, frameworks),
        *stop(life, frameworks),
    ]
    return sorted(every, key=lambda entry: (entry.tick, entry.order))


def opening(life: Life, frameworks: Sequence[Framework]) -> Iterator[Entry]:
    """Say how the record finds the provider."""
    first = life.opening
    if first.grade == 0:
        yield Entry(life.begins, TAKES_OVER, "The record begins. The provider is not open yet.")
        return
    visited = "not visited yet"
    if first.last_visit > -NEVER:
        visited = f"last visited on {day_words(day_of(first.last_visit, life.epoch))}"
    rated = judged_word(frameworks[0], first.rating)
    yield Entry(life.begins, TAKES_OVER, f"The record begins: truly {RATINGS[first.grade]}, rated {rated}, {visited}.")


def takeovers(life: Life, frameworks: Sequence[Framework]) -> Iterator[Entry]:
    """Say when a framework takes over and when measuring begins."""
    if life.begins < life.measured_from and life.measured_from not in life.takeovers:
        yield Entry(life.measured_from, TAKES_OVER, f"{OVER} {MEASURED}")
    for tick, old, new in zip(life.takeovers, frameworks, frameworks[1:], strict=False):
        text = f"{capital(named(new.title))} {verb(new.title, 'takes')} over from {named(old.title)}."
        if old.name == new.name:
            text = (
                OVER
                if tick == life.measured_from
                else f"{capital(named(new.title))} {verb(new.title, 'stays')} in force."
            )
        yield Entry(tick, TAKES_OVER, f"{text} {MEASURED}" if tick == life.measured_from else text)


def assessments(life: Life, frameworks: Sequence[Framework]) -> Iterator[Entry]:
    """Say when an assessment has changed the rating, but for those upon a judgement, which tell it themselves."""
    judged = {int(row["ended"]) for row in life.inspections if row["judged"] > 0}
    for row in life.assessments:
        tick, before, now = int(row["time"]), int(row["rating_before"]), int(row["rating"])
        if before == now or tick in judged:
            continue
        what = "The assessment is made anew." if row["review"] else "The yearly assessment is made."
        framework = frameworks[life.framework_at(tick)]
        words = rating_words(framework, before, now, 0)
        if before == 0:
            words = f" The first rating is {judged_word(framework, now)}."
        yield Entry(tick, IS_ASSESSED, f"{what}{words}")


def stop(life: Life, frameworks: Sequence[Framework]) -> Iterator[Entry]:
    """Say how the record leaves the provider, on the last day that it has."""
    grade, rating = true_grades(life)[-1][1], ratings(life)[-1][1]
    text = "The record ends. The provider is closed."
    if grade:
        text = f"The record ends: truly {RATINGS[grade]}, rated {judged_word(frameworks[-1], rating)}."
    yield Entry(life.horizon - 1, STOPS, text)


def entry_of(life: Life, moment: Moment) -> Entry:
    """Write the entry of something that happens at the provider."""
    if moment.what == CLOSED:
        return Entry(moment.tick, CHANGES, f"The provider closes.{spell_over(life, moment)}")
    if moment.what == DEREGISTERED:
        return Entry(moment.tick, FOLLOWS, f"The provider is deregistered and closes.{spell_over(life, moment)}")
    if moment.what in {REFUSED, STEP, RENEWED, LEFT}:
        return Entry(moment.tick, FOLLOWS, step_words(life, moment))
    if moment.what == REGISTERED:
        poor = " A poor spell begins." if moment.grade == 1 else ""
        text = f"A new provider registers in this place, not yet rated. Unseen: it is {RATINGS[moment.grade]}.{poor}"
        return Entry(moment.tick, OPENS, text)
    if moment.what == GRADE:
        return Entry(moment.tick, CHANGES, grade_change(life, moment))
    if moment.what == SELF_ASSESSED:
        return Entry(moment.tick, CHANGES, f"Its self-assessment says that it is {RATINGS[moment.said]}.")
    return Entry(moment.tick, CHANGES, f"{SIGNAL_WORDS[moment.what]} {answer(life, moment)}")


def grade_change(life: Life, moment: Moment) -> str:
    """Write of a change of the true grade."""
    was, now = RATINGS[moment.before], RATINGS[moment.grade]
    if moment.grade > moment.before:
        return f"Unseen: improves from {was} to {now}.{spell_over(life, moment)}"
    move = "falls at once" if moment.before - moment.grade >= A_FALL else "declines"
    return f"Unseen: {move} from {was} to {now}.{' A poor spell begins.' if moment.grade == 1 else ''}"


def spell_over(life: Life, moment: Moment) -> str:
    """Write of the end of a poor spell, where there was one."""
    if moment.before != 1:
        return ""
    spell = spell_at(life, moment.tick - 1)  # of this provider, not of a successor poor from this very moment on
    if spell is None:
        return ""
    days = counted((moment.tick - spell.began) // TICKS_PER_DAY, "day")
    if spell.found < NEVER:
        return f" The poor spell is over after {days}."
    return f" The poor spell is over after {days}, and no inspection found it."


def answer(life: Life, moment: Moment) -> str:
    """Write of what follows from news of a provider."""
    when = "" if moment.visit == NEVER else day_words(day_of(moment.visit, life.epoch))
    return {
        MOVED: f"The next inspection is brought forward to {when}.",
        ADDED: f"A visit is added, for {when}.",
        HASTENED: "The inspection that waits goes up in the queue.",
    }.get(moment.answer, "Nothing follows from it.")


def inspection(life: Life, frameworks: Sequence[Framework], row: Any) -> Iterator[Entry]:
    """Write the entries of one inspection: raised, begun, ended or lapsed."""
    raised, started, ended = (int(row[name]) for name in ("raised", "started", "ended"))
    kind = kind_words(frameworks[life.framework_at(raised)], int(row["kind"]))
    due = "" if row["reason"] == SAMPLED else deadline_words(life, int(row["deadline"]), raised)
    why = f"{WHY[int(row['reason'])]}{due}"
    waited = started // TICKS_PER_DAY - raised // TICKS_PER_DAY  # in days as the diary has them, from midnight
    if waited == 0:
        yield Entry(started, BEGINS, f"{capital(article(kind))} begins{why}.")
    else:
        yield Entry(raised, IS_RAISED, f"{capital(article(kind))} is called for{why}. It waits for inspectors.")
        if started < NEVER:
            yield Entry(started, BEGINS, f"The {kind} begins, after {counted(waited, 'day')} in the queue.")
    if row["status"] == LAPSED:
        yield Entry(ended, LAPSES, f"The {kind} lapses.")
    elif row["status"] == DONE:
        framework = frameworks[life.framework_at(ended)]
        yield Entry(
            ended, ENDS, f"The {kind} ends{effort_words(row)}{late_words(row)}: {finding(life, framework, row)}"
        )


def finding(life: Life, framework: Framework, row: Any) -> str:
    """Write of what an inspection found, what is true, and what follows for the rating."""
    true, judged, ended = int(row["true_grade"]), int(row["judged"]), int(row["ended"])
    if true == 0:
        return "no judgement, the provider having closed."
    if judged == 0:
        spell = spell_words(spell_at(life, ended) if true == 1 else None, judged, true, ended)
        return f"no grade is given{direction_words(int(row['direction']))}. Unseen: it is {RATINGS[true]}.{spell}"
    before, after = int(row["rating_before"]), rating_at(life, ended)
    again = " again" if judged == before else ""
    truth = "as is true" if judged == true else f"though truly {RATINGS[true]}"
    spell = spell_words(spell_at(life, ended) if true == 1 else None, judged, true, ended)
    rating = rating_words(framework, before, after, judged)
    return f"judged {judged_word(framework, judged)}{again}, {truth}.{rating}{spell}"


def direction_words(direction: int) -> str:
    """Write of the direction of travel since the last grade, where an inspection says it."""
    return f"; since the last grade it has {DIRECTIONS[direction]}" if direction else ""


def spell_words(spell: Spell | None, judged: int, true: int, tick: int) -> str:
    """Write of a poor spell found or missed, and of a false alarm."""
    if judged == 1 and true >= GOOD:
        return " A false alarm."
    if spell is None:
        return ""
    if spell.found == tick:
        return f" The poor spell is found, {counted(spell.days_unfound, 'day')} after it began."
    return " The poor spell is missed." if judged > 1 and tick < spell.found else ""


def rating_words(framework: Framework, before: int, now: int, judged: int) -> str:
    """Write of what a judgement, or an assessment (`judged` 0), changes in the rating."""
    if before == 0:
        return " It is the first rating."
    if before == now:
        return f" Assessed anew, it stays {judged_word(framework, now)}." if judged not in {0, now} else ""
    way = "rises" if now > before else "falls"
    outcome = "" if now == judged else f" to {judged_word(framework, now)}"
    anew = " Assessed anew upon it, the rating" if outcome and judged else " The rating"
    return f"{anew} {way} from {judged_word(framework, before)}{outcome}."


def judged_word(framework: Framework, grade: int) -> str:
    """Give what a framework calls a grade, with our word where that is another."""
    if grade == 0:
        return "not at all yet"
    ours = RATINGS[grade]
    theirs = str(getattr(framework.grade_names, ours))
    return ours if theirs == ours else f"{theirs} ({ours})"


def kind_words(framework: Framework, kind: int) -> str:
    """Give what a framework calls a kind of inspection."""
    name = KINDS[kind]
    known = framework.kinds.get(name)  # one raised under the framework before may be no kind of this one
    return known.title if known else f"{name.replace('_', ' ')} inspection"


def deadline_words(life: Life, deadline: int, raised: int) -> str:
    """Write of a deadline, where there is one, still to come or past: midnight belongs to the day before."""
    if deadline == NEVER:
        return ""
    due = "overdue since" if deadline <= raised else "to end by"
    return f" ({due} {day_words(day_of(deadline - 1, life.epoch))})"


def effort_words(row: Any) -> str:
    """Write how long it took inspectors, but for one that another covers, whose days it shares."""
    if row["reason"] == INCLUDED:
        return ""
    return f", {number(float(row['inspector_days']), 1)} inspector-days"


def late_words(row: Any) -> str:
    """Write of how late an inspection ended, if it did."""
    late = -((int(row["deadline"]) - int(row["ended"])) // TICKS_PER_DAY)
    is_late = int(row["ended"]) > int(row["deadline"]) and row["reason"] != SAMPLED  # a sample is only to begin in time
    return f", {counted(late, 'day')} late" if is_late else ""
