"""The entries of a provider's diary that tell of inspections: called for, begun, ended or lapsed, what was found."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from simulator.engine.recorded import (
    BEYOND_MEANS,
    BROUGHT_FORWARD,
    CONCERN,
    DIRECTIONS,
    DONE,
    INCLUDED,
    JUDGED_LOW,
    LAPSED,
    MONITORED,
    NEW_PROVIDER,
    OUT_OF_TIME,
    PLANNED,
    PROVIDER_CLOSED,
    PURPOSE_GONE,
    SAMPLED,
    TARGETED,
)
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.questions.trace.dates_followed import HELD_TO, MADE_STATUTORY, DateMoment
from simulator.questions.trace.diary_entry import BEGINS, ENDS, IS_RAISED, LAPSES, Entry
from simulator.questions.trace.history import Spell, rating_at, spell_at
from simulator.questions.trace.life import Life
from simulator.ticks import NEVER, TICKS_PER_DAY, day_of
from simulator.words.wording import article, capital, counted, day_words, number

_WHY: Final = {
    PLANNED: ", as planned",
    BROUGHT_FORWARD: ", brought forward after news of risk",
    CONCERN: ", added after news of risk",
    NEW_PROVIDER: "",
    JUDGED_LOW: ", as a re-inspection after a bad judgement",
    SAMPLED: ", drawn for the sample of the year",
    INCLUDED: ", because that of the authority covers it",
    MONITORED: ", to see what has been done by the date agreed",
    TARGETED: ", because an inspection was worth most there",
}
_LAPSED_WHY: Final = {
    OUT_OF_TIME: ": no inspector was free in time",
    PROVIDER_CLOSED: " with the provider",
    PURPOSE_GONE: ": it is no longer needed",
    BEYOND_MEANS: ": other work left no inspector-days for it",
}
_GOOD: Final = 3


def inspection(life: Life, frameworks: Sequence[Framework], row: Any) -> Iterator[Entry]:
    """Write the entries of one inspection: raised, begun, ended or lapsed."""
    raised, started, ended = (int(row[name]) for name in ("raised", "started", "ended"))
    kind = kind_words(frameworks[life.framework_at(raised)], int(row["kind"]))
    why = f"{_WHY[int(row['reason'])]}{_due_words(life, row)}"
    waited = started // TICKS_PER_DAY - raised // TICKS_PER_DAY  # in days as the diary has them, from midnight
    if waited == 0:
        yield Entry(started, BEGINS, f"{capital(article(kind))} starts{why}.")
    else:
        yield Entry(raised, IS_RAISED, f"{capital(article(kind))} is due{why}. It waits for inspectors.")
        if started < NEVER:
            yield Entry(started, BEGINS, f"The {kind} starts, after {counted(waited, 'day')} in the queue.")
    if row["status"] == LAPSED:
        brief = f"{capital(article(kind))} is given up: no inspector was free." if row["lapse"] == OUT_OF_TIME else ""
        yield Entry(ended, LAPSES, f"The {kind} lapses{_LAPSED_WHY[int(row['lapse'])]}.", brief)
    elif row["status"] == DONE:
        framework = frameworks[life.framework_at(ended)]
        text = f"The {kind} ends{_effort_words(row)}{_late_words(row)}: {_finding(life, framework, row)}"
        yield Entry(ended, ENDS, text, _brief(life, framework, row), "inspection")


def _due_words(life: Life, row: Any) -> str:
    """Write of the date of an inspection as it was when that was raised; of a sample none, nor of what has none."""
    if row["reason"] == SAMPLED:
        return ""
    deadline, statutory = int(row["deadline"]), int(row["statutory"])
    changes = _changes_of(life, row)
    if changes:
        deadline = changes[0].was
        statutory = 0 if any(change.what == MADE_STATUTORY for change in changes) else statutory
    return deadline_words(life, deadline, int(row["raised"]), statutory)


def _changes_of(life: Life, row: Any) -> list[DateMoment]:
    """Return what happened to the date of an inspection while it waited."""
    same = (int(row["raised"]), int(row["kind"]))
    changes = [moment for moment in life.dates if moment.what in {MADE_STATUTORY, HELD_TO}]
    return [change for change in changes if (change.raised, change.kind) == same]


def _finding(life: Life, framework: Framework, row: Any) -> str:
    """Write of what an inspection found, what is true, and what follows for the rating."""
    true, judged, ended = int(row["true_grade"]), int(row["judged"]), int(row["ended"])
    if true == 0:
        return "no judgement, because the provider has closed."
    if judged == 0:
        spell = _spell_words(spell_at(life, ended) if true == 1 else None, judged, true, ended)
        return f"no grade is given{_direction_words(int(row['direction']))}. Unseen: it is {RATINGS[true]}.{spell}"
    before, after = int(row["rating_before"]), rating_at(life, ended)
    again = " again" if judged == before == (_judged_before(life, ended) or before) else ""
    truth = "which is true" if judged == true else f"but truly {RATINGS[true]}"
    spell = _spell_words(spell_at(life, ended) if true == 1 else None, judged, true, ended)
    rating = rating_words(framework, before, after, judged)
    return f"judged {judged_word(framework, judged)}{again}, {truth}.{rating}{spell}"


def _brief(life: Life, framework: Framework, row: Any) -> str:
    """Write of an inspection that finds a poor provider, misses one, errs, or changes the rating; else nothing."""
    true, judged, ended = int(row["true_grade"]), int(row["judged"]), int(row["ended"])
    spell = spell_at(life, ended) if true == 1 else None
    if spell is not None and spell.found == ended:
        return f"An inspection finds it poor, after {counted(spell.days_unfound, 'day')}."
    if true == 0 or judged == 0:
        return ""
    word, before = judged_word(framework, judged), int(row["rating_before"])
    if judged > 1 and spell is not None and ended < spell.found:
        return f"An inspection judges it {word}: it misses that it is poor."
    if judged != true:
        return f"An inspection judges it {word}; in truth it is {RATINGS[true]}."
    return f"An inspection judges it {word}." if rating_at(life, ended) != before else ""


def _judged_before(life: Life, tick: int) -> int:
    """Return the last grade that an inspection gave before a tick; 0 if none did."""
    earlier = [(int(row["ended"]), int(row["judged"])) for row in life.inspections if row["ended"] < tick]
    return max(((ended, judged) for ended, judged in earlier if judged > 0), default=(0, 0))[1]


def _direction_words(direction: int) -> str:
    """Write of the direction of travel since the last grade, where an inspection says it."""
    return f"; since the last grade it has {DIRECTIONS[direction]}" if direction else ""


def _spell_words(spell: Spell | None, judged: int, true: int, tick: int) -> str:
    """Write of a poor spell found or missed, and of a false alarm."""
    if judged == 1 and true >= _GOOD:
        return " A false alarm."
    if spell is None:
        return ""
    if spell.found == tick:
        return f" The poor spell is found, {counted(spell.days_unfound, 'day')} after it started."
    return " The poor spell is missed." if judged > 1 and tick < spell.found else ""


def rating_words(framework: Framework, before: int, now: int, judged: int) -> str:
    """Write of what a judgement, or an assessment (`judged` 0), changes in the rating."""
    if before == 0:
        if judged in {0, now}:
            return " It is the first rating."
        return f" Assessed at once, its first rating is {judged_word(framework, now)}."
    if before == now:
        return f" Assessed again, it stays {judged_word(framework, now)}." if judged not in {0, now} else ""
    way = "rises" if now > before else "falls"
    outcome = "" if now == judged else f" to {judged_word(framework, now)}"
    anew = " Assessed again, the rating" if outcome and judged else " The rating"
    return f"{anew} {way} from {judged_word(framework, before)}{outcome}."


def judged_word(framework: Framework, grade: int) -> str:
    """Return what a framework calls a grade, with our word where that is another."""
    if grade == 0:
        return "not at all yet"
    ours = RATINGS[grade]
    theirs = str(getattr(framework.grade_names, ours))
    return ours if theirs == ours else f"{theirs} ({ours})"


def kind_words(framework: Framework, kind: int) -> str:
    """Return what a framework calls a kind of inspection."""
    name = KINDS[kind]
    known = framework.kinds.get(name)  # one raised under the framework before may be no kind of this one
    return known.title if known else f"{name.replace('_', ' ')} inspection"


def deadline_words(life: Life, deadline: int, raised: int, statutory: int = 1) -> str:
    """Write of a date, where there is one: of one that law sets, still to come or past, or of one by discretion.

    Midnight belongs to the day before.
    """
    if deadline == NEVER:
        return ""
    due = "overdue since" if deadline <= raised else "to end by"
    if statutory == 0:
        due = "wanted since" if deadline <= raised else "wanted by"
    return f" ({due} {last_day(life, deadline)})"


def last_day(life: Life, tick: int) -> str:
    """Write the last day before a date has passed: midnight belongs to it."""
    return day_words(day_of(tick - 1, life.epoch))


def _effort_words(row: Any) -> str:
    """Write the inspector-days of an inspection, except of one that another covers, whose days it shares."""
    if row["reason"] == INCLUDED:
        return ""
    return f", {number(float(row['inspector_days']), 1)} inspector-days"


def _late_words(row: Any) -> str:
    """Write of how late an inspection ended that law wanted by a date, if it did."""
    late = int(row["ended"]) - int(row["deadline"])
    return f", {days_late(late)} late" if late > 0 and row["statutory"] == 1 else ""


def days_late(ticks: int) -> str:
    """Write for how long something is late, in days begun."""
    return counted(-(-ticks // TICKS_PER_DAY), "day")
