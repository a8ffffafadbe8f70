from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from simulator.engine.recorded import (
    ASSESSMENT,
    CONCERN,
    DONE,
    DUTY,
    EPISODE,
    FIRST_RULE,
    INCLUDED,
    INSPECTION,
    JUDGED_LOW,
    LAPSED,
    MET,
    NEW_PROVIDER,
    OUT_OF_TIME,
    OUTSTANDING,
    PLANNED,
    PROVIDER_CLOSED,
    PURPOSE_GONE,
    RECOVERED,
    RUNNING,
    SAMPLED,
    VOID,
)
from simulator.engine.recorded import CLOSED as BY_CLOSURE
from simulator.inspectorate.framework import Framework, load_framework
from simulator.inspectorate.kinds import KINDS
from simulator.questions.trace.dates_followed import GONE, HELD_TO, MADE_STATUTORY, MOVED_TO, SET, STANDS, DateMoment
from simulator.questions.trace.diary import diary
from simulator.questions.trace.diary_dates import date_entries
from simulator.questions.trace.diary_inspections import deadline_words, rating_words
from simulator.questions.trace.diary_inspections import inspection as entries_of_inspection
from simulator.questions.trace.history import headline, ratings, spell_at, true_grades
from simulator.questions.trace.life import Life, Opening
from simulator.questions.trace.moments import ADDED, CLOSED, GRADE, HASTENED, MOVED, REGISTERED, Moment
from simulator.questions.trace.timeline import runs, timeline_chart
from simulator.ticks import NEVER, tick_of
from simulator.ticks import TICKS_PER_DAY as DAY

EPOCH = date(2006, 4, 1)


def at(year: int, month: int, day: int) -> int:
    return tick_of(date(year, month, day), EPOCH)


def inspection(**given: int | float) -> np.void:
    row: np.void = np.zeros(1, dtype=INSPECTION)[0]
    for name, value in ({"status": DONE, "deadline": NEVER, "inspector_days": 4.5, "reason": PLANNED} | given).items():
        row[name] = value
    return row


def episode(began: int, detected: int, ended: int, end: int) -> np.void:
    row: np.void = np.zeros(1, dtype=EPISODE)[0]
    row["began"], row["detected"], row["ended"], row["end"] = began, detected, ended, end
    return row


def duty(began: int, due: int, ended: int, outcome: int, rule: int = 0) -> np.void:
    row: np.void = np.zeros(1, dtype=DUTY)[0]
    row["rule"], row["began"], row["due"], row["ended"], row["outcome"] = rule, began, due, ended, outcome
    return row


@pytest.fixture(scope="module")
def frameworks() -> list[Framework]:
    return [load_framework("2006-regime"), load_framework("2012-proportional")]


@pytest.fixture
def life() -> Life:
    """A life made up of everything that can be told."""
    key, first = KINDS.index("key"), KINDS.index("first")
    march, opened = at(2007, 3, 1), at(2008, 6, 1)
    moments = (
        Moment(at(2006, 5, 1), GRADE, 3, 1),
        Moment(at(2006, 5, 9), "serious concern", 1, 1, MOVED, at(2006, 5, 23)),
        Moment(at(2006, 8, 1), "complaint", 1, 1, HASTENED),
        Moment(march, GRADE, 1, 2),
        Moment(at(2007, 9, 1), GRADE, 2, 1),
        Moment(at(2007, 9, 3), "serious concern", 1, 1, ADDED, at(2007, 9, 17)),
        Moment(opened, CLOSED, 1, 0),
        Moment(opened, REGISTERED, 0, 3),
        Moment(at(2008, 7, 1), "new manager", 3, 3),
    )
    rows = [
        inspection(kind=key, raised=at(2006, 5, 23), started=at(2006, 6, 1), ended=at(2006, 6, 5), true_grade=1,
                   judged=2, rating_before=3, statutory=1, deadline=at(2006, 6, 1)),
        inspection(kind=key, raised=at(2006, 10, 1), started=at(2006, 10, 1), ended=at(2006, 10, 8), true_grade=1,
                   judged=1, rating_before=2, statutory=1, deadline=at(2007, 4, 1)),
        inspection(kind=key, raised=at(2006, 12, 1), started=at(2006, 12, 1), ended=at(2006, 12, 8), true_grade=1,
                   judged=1, rating_before=1, reason=JUDGED_LOW),
        inspection(kind=KINDS.index("monitoring"), raised=at(2007, 9, 17), started=at(2007, 9, 17),
                   ended=at(2007, 9, 20), true_grade=1, judged=0, rating_before=1, reason=CONCERN),
        inspection(kind=key, raised=at(2008, 5, 30), started=at(2008, 5, 30), ended=at(2008, 6, 4), true_grade=0),
        inspection(kind=key, raised=at(2008, 5, 20), started=NEVER, ended=opened, status=LAPSED, inspector_days=0,
                   lapse=PROVIDER_CLOSED),
        inspection(kind=first, raised=at(2008, 10, 1), started=at(2008, 10, 1), ended=at(2008, 10, 4), true_grade=3,
                   judged=1, rating_before=0, reason=NEW_PROVIDER, statutory=1, deadline=at(2009, 4, 1)),
        inspection(kind=key, raised=at(2009, 3, 20), started=at(2009, 3, 25), ended=NEVER, status=RUNNING),
    ]  # fmt: skip
    episodes = [
        episode(at(2006, 5, 1), at(2006, 10, 8), march, RECOVERED),
        episode(at(2007, 9, 1), NEVER, opened, BY_CLOSURE),
    ]
    june, april = at(2006, 6, 1), at(2007, 4, 1)
    dates = (
        DateMoment(0, STANDS, 0, key, june),
        DateMoment(at(2006, 6, 5), GONE, 0, key, june),
        DateMoment(at(2006, 6, 5), SET, 0, key, april),
        DateMoment(at(2006, 10, 8), GONE, 0, key, april),
        DateMoment(april, SET, 0, key, at(2008, 4, 1)),
        DateMoment(april, SET, 0, key, at(2008, 4, 1)),
        DateMoment(opened, GONE, 0, key, at(2008, 4, 1)),
        DateMoment(opened, GONE, 0, key, at(2008, 4, 1)),
        DateMoment(opened, SET, FIRST_RULE, first, at(2009, 4, 1)),
        DateMoment(at(2008, 10, 4), GONE, FIRST_RULE, first, at(2009, 4, 1)),
    )
    duties = [
        duty(-9 * DAY, june, at(2006, 6, 5), MET),
        duty(at(2006, 6, 5), april, at(2006, 10, 8), MET),
        duty(april, at(2008, 4, 1), opened, VOID),
        duty(april, at(2008, 4, 1), opened, VOID),
        duty(opened, at(2009, 4, 1), at(2008, 10, 4), MET, FIRST_RULE),
    ]
    return Life(
        provider="home-1",
        service_type="childrens_home",
        places=4,
        replication=7,
        epoch=EPOCH,
        begins=0,
        measured_from=at(2007, 4, 1),
        horizon=at(2009, 4, 1),
        timeline=("2006-regime", "2012-proportional"),
        takeovers=(at(2007, 4, 1),),
        opening=Opening(grade=3, rating=3, last_visit=-40 * DAY),
        moments=moments,
        ratings=(
            (at(2006, 6, 5), 2),
            (at(2006, 10, 8), 1),
            (opened, 0),
            (at(2008, 10, 4), 1),
        ),
        assessments=np.zeros(0, dtype=ASSESSMENT),
        inspections=np.array(rows, dtype=INSPECTION),
        episodes=np.array(episodes, dtype=EPISODE),
        dates=dates,
        duties=np.array(duties, dtype=DUTY),
    )


SAID = """\
 1 Apr 2006  The record starts: truly good, rated good, last visited on 20 February 2006.
 1 Apr 2006  A statutory date stands: a key inspection must end by 31 May 2006.
 1 May 2006  Unseen: falls at once from good to poor. A poor spell starts.
 9 May 2006  A serious concern is raised. The next inspection is brought forward to 23 May 2006.
23 May 2006  A key inspection is due, as planned (to end by 31 May 2006). It waits for inspectors.
 1 Jun 2006  The statutory date of 31 May 2006 for a key inspection passes unmet.
 1 Jun 2006  The key inspection starts, after 9 days in the queue.
 5 Jun 2006  The key inspection ends, 4.5 inspector-days, 4 days late: judged adequate, but truly poor. \
The rating falls from good. The poor spell is missed.
 5 Jun 2006  The statutory date of 31 May 2006 for a key inspection is met, 4 days late.
 5 Jun 2006  A statutory date is set: a key inspection must end by 31 March 2007.
 1 Aug 2006  There is a complaint. The waiting inspection moves up in the queue.
 1 Oct 2006  A key inspection starts, as planned (to end by 31 March 2007).
 8 Oct 2006  The key inspection ends, 4.5 inspector-days: judged poor, which is true. The rating falls from adequate. \
The poor spell is found, 160 days after it started.
 8 Oct 2006  The statutory date of 31 March 2007 for a key inspection is met.
 1 Dec 2006  A key inspection starts, as a re-inspection after a bad judgement.
 8 Dec 2006  The key inspection ends, 4.5 inspector-days: judged poor again, which is true.
 1 Mar 2007  Unseen: improves from poor to adequate. The poor spell is over after 304 days.
 1 Apr 2007  The 2012 proportional cycles take over from the 2006 regime. Measurement starts here.
 1 Apr 2007  A statutory date is set: a key inspection must end by 31 March 2008, and 1 more.
 1 Sep 2007  Unseen: declines from adequate to poor. A poor spell starts.
 3 Sep 2007  A serious concern is raised. A visit is added, for 17 September 2007.
17 Sep 2007  A monitoring inspection starts, added after news of risk.
20 Sep 2007  The monitoring inspection ends, 4.5 inspector-days: no grade is given. Unseen: it is poor.
 1 Apr 2008  The statutory date of 31 March 2008 for a key inspection passes unmet (2 dates).
20 May 2008  A key inspection is due, as planned. It waits for inspectors.
30 May 2008  A key inspection starts, as planned.
 1 Jun 2008  The provider closes. The poor spell is over after 274 days, and no inspection found it.
 1 Jun 2008  The key inspection lapses with the provider.
 1 Jun 2008  The statutory date of 31 March 2008 for a key inspection no longer applies.
 1 Jun 2008  A new provider registers in this place, not yet rated. Unseen: it is good.
 1 Jun 2008  A statutory date is set: a first inspection of a newly registered provider must end by 31 March 2009.
 4 Jun 2008  The key inspection ends, 4.5 inspector-days: no judgement, because the provider has closed.
 1 Jul 2008  The manager changes. Nothing follows.
 1 Oct 2008  A first inspection of a newly registered provider starts (to end by 31 March 2009).
 4 Oct 2008  The first inspection of a newly registered provider ends, 4.5 inspector-days: judged inadequate (poor), \
but truly good. It is the first rating. A false alarm.
 4 Oct 2008  The statutory date of 31 March 2009 for a first inspection of a newly registered provider is met.
20 Mar 2009  A key inspection is due, as planned. It waits for inspectors.
25 Mar 2009  The key inspection starts, after 5 days in the queue.
31 Mar 2009  The record ends: truly good, rated inadequate (poor).
"""


def test_everything_is_told_in_plain_words(life: Life, frameworks: list[Framework]) -> None:
    text = diary(life, frameworks).replace("\n" + " " * 13, " ")
    dated = [line for line in text.splitlines() if line[:2].strip().isdigit() and line[3:6].isalpha()]
    assert dated == SAID.splitlines()


@pytest.mark.parametrize(
    ("raised", "started", "told"),
    [
        (0, 0, ["A key inspection starts, as planned (to end by 10 April 2006)."]),
        (0, DAY - 1, ["A key inspection starts, as planned (to end by 10 April 2006)."]),
        (
            DAY - 1,
            DAY,
            [
                "A key inspection is due, as planned (to end by 10 April 2006). It waits for inspectors.",
                "The key inspection starts, after 1 day in the queue.",
            ],
        ),
    ],
)
def test_an_inspection_that_begins_on_the_day_it_is_called_for_is_told_in_a_line(
    life: Life, frameworks: list[Framework], raised: int, started: int, told: list[str]
) -> None:
    row = inspection(raised=raised, started=started, ended=NEVER, status=RUNNING, deadline=10 * DAY, statutory=1)
    assert [(entry.tick, entry.text) for entry in entries_of_inspection(life, frameworks, row)] == list(
        zip([raised, started][-len(told) :], told, strict=True)
    )


def test_years_are_headed_and_added_up(life: Life, frameworks: list[Framework]) -> None:
    text = diary(life, frameworks)
    assert "home-1 (children's homes), 4 places: replication 7" in text
    assert "April 2006 to March 2007 (warm-up)\n" in text
    assert "April 2008 to March 2009\n" in text
    assert text.endswith(
        "In the years measured: 3 inspections; 1 poor spell started, of which inspections\nfound none; 0.8 years poor "
        "and unfound.\n"
    )


def test_histories_are_read_off_a_life(life: Life) -> None:
    assert [grade for _, grade in true_grades(life)] == [3, 1, 2, 1, 0, 3]
    assert [rating for _, rating in ratings(life)] == [3, 2, 1, 0, 1]
    assert headline(life) == "home-1 was poor twice: found once, after 160 days; over unseen once"
    assert spell_at(life, at(2006, 4, 15)) is None


@pytest.mark.parametrize(
    ("episodes", "said"),
    [
        ([], "home-1 was never poor"),
        ([(0, DAY, 9 * DAY, RECOVERED)], "home-1 was poor once: found after 1 day"),
        ([(0, NEVER, 9 * DAY, RECOVERED)], "home-1 was poor once: it ended before an inspection found it"),
        ([(0, NEVER, NEVER, 0)], "home-1 was poor once: not found by the end of the record"),
        (
            [(0, 5 * DAY, 9 * DAY, RECOVERED), (20 * DAY, 22 * DAY, NEVER, 0)],
            "home-1 was poor twice: found each time, after 5 and 2 days",
        ),
        (
            [(0, NEVER, 9 * DAY, RECOVERED), (9 * DAY, NEVER, 10 * DAY, RECOVERED), (20 * DAY, NEVER, NEVER, 0)],
            "home-1 was poor 3 times: over unseen twice; not found by the end of the record",
        ),
    ],
)
def test_a_life_is_summed_up_in_a_line(life: Life, episodes: list[tuple[int, int, int, int]], said: str) -> None:
    rows = np.array([episode(*each) for each in episodes], dtype=EPISODE)
    assert headline(replace(life, episodes=rows)) == said


def test_a_picture_breaks_its_lines_where_a_provider_closes(life: Life, frameworks: list[Framework]) -> None:
    opened = at(2008, 6, 1)
    lines = runs(true_grades(life), life.horizon)
    assert [(ticks[0], ticks[-1]) for ticks, _ in lines] == [(0, opened), (opened, life.horizon)]
    assert lines[1][1] == [3, 3]
    assert [grades for _, grades in runs(ratings(life), life.horizon)] == [[3, 2, 1, 1], [1, 1]]
    alt = timeline_chart(life, frameworks).alt
    assert "Poor and not found from 2006-05-01 to 2006-10-08 and from 2007-09-01 to 2008-06-01." in alt
    assert (
        "inspections by rule 4, inspections on risk 2, serious concerns 2, complaints 1 and changes of manager 1."
        in alt
    )


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        (
            "random",
            {"judged": 3, "reason": SAMPLED, "deadline": at(2007, 4, 1), "ended": at(2007, 4, 3)},
            [
                "A random inspection starts, drawn for the sample of the year.",
                "The random inspection ends, 4.5 inspector-days: judged good, which is true.",
            ],
        ),
        (
            "interim",
            {"direction": 3},
            [
                "An interim inspection starts, as planned.",
                (
                    "The interim inspection ends, 4.5 inspector-days: no grade is given; since the last grade it has "
                    "improved. Unseen: it is good."
                ),
            ],
        ),
    ],
)
def test_samples_and_directions_are_told(
    life: Life, frameworks: list[Framework], kind: str, given: dict[str, int], said: list[str]
) -> None:
    around = {"raised": at(2007, 3, 1), "started": at(2007, 3, 1), "ended": at(2007, 3, 4)}
    row = inspection(kind=KINDS.index(kind), true_grade=3, rating_before=3, **(around | given))
    steady = replace(life, ratings=())
    assert [entry.text for entry in entries_of_inspection(steady, frameworks, row)] == said


def test_a_look_without_a_grade_can_find_a_poor_spell(life: Life, frameworks: list[Framework]) -> None:
    found = at(2007, 9, 20)
    seen = replace(life, episodes=np.array([episode(at(2007, 9, 1), found, NEVER, 0)], dtype=EPISODE))
    row = inspection(kind=KINDS.index("themed"), raised=found - DAY, started=found - DAY, ended=found, true_grade=1)
    text = [entry.text for entry in entries_of_inspection(seen, frameworks, row)][-1]
    assert text.endswith("no grade is given. Unseen: it is poor. The poor spell is found, 19 days after it started.")


def test_an_assessment_upon_a_judgement_says_where_it_differs_from_it(frameworks: list[Framework]) -> None:
    framework = frameworks[0]
    assert rating_words(framework, 2, 1, 2) == " Assessed again, the rating falls from adequate to poor."
    assert rating_words(framework, 1, 1, 2) == " Assessed again, it stays poor."
    assert rating_words(framework, 2, 1, 1) == " The rating falls from adequate."
    assert rating_words(framework, 2, 1, 0) == " The rating falls from adequate to poor."
    assert rating_words(framework, 2, 2, 2) == ""


def test_a_deadline_that_has_passed_is_told_as_overdue(life: Life) -> None:
    deadline = at(2006, 4, 1)
    assert deadline_words(life, deadline, at(2006, 3, 1)) == " (to end by 31 March 2006)"
    assert deadline_words(life, deadline, deadline) == " (overdue since 31 March 2006)"


def test_an_inspection_that_another_covers_has_no_days_of_its_own(life: Life, frameworks: list[Framework]) -> None:
    row = inspection(true_grade=3, judged=3, rating_before=3, reason=INCLUDED, ended=at(2007, 3, 4))
    texts = [entry.text for entry in entries_of_inspection(replace(life, ratings=()), frameworks, row)]
    assert not any("inspector-days" in text for text in texts)


def told_of(life: Life, frameworks: list[Framework], dates: list[DateMoment], duties: list[np.void]) -> list[str]:
    dated = replace(life, dates=tuple(dates), duties=np.array(duties, dtype=DUTY))
    return [entry.text for entry in sorted(date_entries(dated, frameworks), key=lambda entry: entry.tick)]


def test_a_date_that_a_worse_rating_brings_nearer_is_told_once(life: Life, frameworks: list[Framework]) -> None:
    key, was, now = KINDS.index("key"), at(2008, 4, 1), at(2007, 10, 1)
    dates = [
        DateMoment(at(2006, 6, 5), SET, 0, key, was),
        DateMoment(at(2006, 9, 1), MOVED_TO, 0, key, now, was),
        DateMoment(at(2006, 9, 1), HELD_TO, -1, key, now, was, at(2006, 8, 1)),
    ]
    assert told_of(life, frameworks, dates, [duty(at(2006, 6, 5), now, NEVER, OUTSTANDING)]) == [
        "A statutory date is set: a key inspection must end by 31 March 2008.",
        "The statutory date for a key inspection moves from 31 March 2008 to 30 September 2007.",
        "The statutory date of 30 September 2007 for a key inspection passes unmet.",
    ]


def test_a_date_after_the_record_is_not_yet_passed(life: Life, frameworks: list[Framework]) -> None:
    dates = [DateMoment(0, SET, 0, KINDS.index("key"), life.horizon)]
    told = told_of(life, frameworks, dates, [duty(0, life.horizon, NEVER, OUTSTANDING)])
    assert told == ["A statutory date is set: a key inspection must end by 31 March 2009."]


def test_a_date_met_in_its_last_moment_has_not_passed(life: Life, frameworks: list[Framework]) -> None:
    due = at(2006, 10, 1)
    dates = [DateMoment(0, STANDS, 0, KINDS.index("key"), due), DateMoment(due, GONE, 0, KINDS.index("key"), due)]
    assert told_of(life, frameworks, dates, [duty(-DAY, due, due, MET)]) == [
        "A statutory date stands: a key inspection must end by 30 September 2006.",
        "The statutory date of 30 September 2006 for a key inspection is met.",
    ]


def test_a_visit_made_ahead_of_its_year_meets_the_date_from_the_start(life: Life, frameworks: list[Framework]) -> None:
    began = at(2006, 4, 1)
    (told,) = told_of(life, frameworks, [], [duty(began, at(2007, 4, 1), began, MET)])
    assert told == (
        "The statutory date of 31 March 2007 is met from the start: an inspection brought forward into the year before "
        "counts for it."
    )


def test_an_inspection_that_becomes_statutory_is_told_as_what_it_was(life: Life, frameworks: list[Framework]) -> None:
    key, raised, due = KINDS.index("key"), at(2006, 8, 1), at(2007, 4, 1)
    row = inspection(kind=key, raised=raised, started=at(2006, 9, 10), ended=NEVER, status=RUNNING, statutory=1,
                     deadline=due)  # fmt: skip
    moved = DateMoment(at(2006, 9, 1), MADE_STATUTORY, -1, key, due, at(2006, 12, 1), raised)
    promoted = replace(life, dates=(moved,), duties=np.zeros(0, dtype=DUTY))
    assert [entry.text for entry in entries_of_inspection(promoted, frameworks, row)] == [
        "A key inspection is due, as planned (wanted by 30 November 2006). It waits for inspectors.",
        "The key inspection starts, after 40 days in the queue.",
    ]
    assert [entry.text for entry in date_entries(promoted, frameworks)] == [
        "The waiting key inspection becomes statutory: it must end by 31 March 2007, and can no longer lapse."
    ]


def test_a_visit_at_discretion_is_late_for_no_law(life: Life, frameworks: list[Framework]) -> None:
    row = inspection(true_grade=3, judged=3, rating_before=3, deadline=DAY, started=0, ended=4 * DAY)
    texts = [entry.text for entry in entries_of_inspection(replace(life, ratings=()), frameworks, row)]
    assert texts[0].endswith("as planned (wanted by 1 April 2006).")
    assert "late" not in texts[1]


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (OUT_OF_TIME, "lapses: no inspector was free in time."),
        (PROVIDER_CLOSED, "lapses with the provider."),
        (PURPOSE_GONE, "lapses: it is no longer needed."),
    ],
)
def test_an_inspection_lapses_for_a_reason(life: Life, frameworks: list[Framework], why: int, told: str) -> None:
    row = inspection(kind=KINDS.index("monitoring"), started=NEVER, ended=9 * DAY, status=LAPSED, lapse=why)
    (_, last) = entries_of_inspection(life, frameworks, row)
    assert last.text == f"The monitoring inspection {told}"
