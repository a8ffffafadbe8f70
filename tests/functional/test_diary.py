"""The diary tells what the run recorded: every life is checked against the trace that it comes from."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from simulator.engine.recorded import (
    BEYOND_MEANS,
    DONE,
    MET,
    OUT_OF_TIME,
    OUTSTANDING,
    PROVIDER_CLOSED,
    PURPOSE_GONE,
    VOID,
)
from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework, load_framework
from simulator.questions.trace.diary import LINE, diary
from simulator.questions.trace.history import Steps, ratings, spells, true_grades
from simulator.questions.trace.life import Life, life_of
from simulator.questions.trace.moments import (
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
)
from simulator.questions.trace.timeline import timeline_chart
from simulator.running.question import Question, posed, settings_of
from simulator.scenario.scenario import load_scenario
from simulator.ticks import NEVER, TICKS_PER_YEAR, day_of
from simulator.world.population import synthetic

HOMES = 20
REPLICATION = 1
NEAR_DAYS = 60
"""Days before the end of a year from which the law's visits must be in hand: `near_days` of children's homes."""


@pytest.fixture(scope="module")
def question() -> Question:
    """A few homes and too few inspectors, so that there is a queue to be told of."""
    scenario = load_scenario("england-2006").changed(
        {
            "run": {"years": 6},
            "capacity": {"pools": {"regulatory": {"fte": [{"from": "2003-04-01", "fte": 1.2}]}}},
        },
        "a test",
    )
    providers = synthetic(scenario.population, scenario.run.seed)
    homes = providers[providers["service_type"] == "childrens_home"].head(HOMES).reset_index(drop=True)
    return posed(scenario, [load_framework("option-a-as-proposed")], homes)


@pytest.fixture(scope="module")
def setting(question: Question) -> Setting:
    return settings_of(question)[0]


@pytest.fixture(scope="module")
def trace(setting: Setting) -> Trace:
    return simulate(setting, REPLICATION, "simpy")


@pytest.fixture(scope="module")
def lives(setting: Setting) -> list[Life]:
    return [life_of(setting, provider, REPLICATION) for provider in setting.register]


@pytest.fixture(scope="module")
def frameworks() -> list[Framework]:
    return [load_framework("2006-regime"), load_framework("option-a-as-proposed")]


def just_before(steps: Steps, tick: int) -> int:
    return next((grade for at, grade in reversed(steps) if at < tick), 0)


def held_at(steps: Steps, tick: int) -> int:
    return next(grade for at, grade in reversed(steps) if at <= tick)


def is_near_the_end_of_a_year(life: Life, tick: int) -> bool:
    """So near that a visit which a new rating makes a duty of the year is planned for the same minute."""
    day = day_of(tick, life.epoch)
    return timedelta(0) < date(day.year, 4, 1) - day <= timedelta(days=NEAR_DAYS)


def test_watching_changes_nothing(lives: list[Life], trace: Trace) -> None:
    for row, life in enumerate(lives):
        assert np.array_equal(life.inspections, trace.inspections[trace.inspections["provider"] == row])
        assert len(life.episodes) == (trace.episodes["provider"] == row).sum()
        assert np.array_equal(life.duties, trace.duties[trace.duties["provider"] == row])


def test_the_time_at_each_true_grade_is_that_of_the_run(lives: list[Life], trace: Trace) -> None:
    years = np.zeros(5)
    for life in lives:
        for (tick, grade), (following, _) in pairwise([*true_grades(life), (life.horizon, 0)]):
            years[grade] += max(following - max(tick, life.measured_from), 0) / TICKS_PER_YEAR
    assert years[1:] == pytest.approx(trace.provider_years.sum(axis=0)[1:])


def test_true_grades_and_ratings_are_those_that_inspections_met(lives: list[Life]) -> None:
    compared = 0
    for life in lives:
        truth, rated = true_grades(life), ratings(life)
        for row in life.inspections[life.inspections["status"] == DONE]:
            if row["true_grade"] > 0:
                compared += 1
                assert held_at(truth, int(row["ended"])) == row["true_grade"]
                assert just_before(rated, int(row["ended"])) == row["rating_before"]
    assert compared > 100


def test_poor_spells_are_the_times_at_true_grade_poor(lives: list[Life]) -> None:
    for life in lives:
        begins = [at for at, grade in true_grades(life) if grade == 1]
        assert [each.began for each in spells(life)] == begins
        for each in spells(life):
            assert each.began <= each.until <= min(each.ended, life.horizon)


def test_every_kind_of_moment_and_answer_is_met(lives: list[Life]) -> None:
    moments = [moment for life in lives for moment in life.moments]
    met = {moment.what for moment in moments}
    assert STEP in met
    assert met - {STEP, LEFT, RENEWED, REFUSED, DEREGISTERED} == {
        GRADE,
        CLOSED,
        REGISTERED,
        "complaint",
        "serious concern",
        "new manager",
        SELF_ASSESSED,
        BREACHED,
    }
    assert {ADDED, MOVED, HASTENED} <= {moment.answer for moment in moments}
    moved = [moment for moment in moments if moment.answer in {ADDED, MOVED}]
    assert all(moment.tick <= moment.visit < NEVER for moment in moved)
    at_once = [moment for moment in moved if moment.visit == moment.tick]
    assert {moment.answer for moment in at_once} <= {MOVED}
    assert all(is_near_the_end_of_a_year(lives[0], moment.tick) for moment in at_once)


def test_added_visits_take_place_or_are_overtaken(lives: list[Life]) -> None:
    for life in lives:
        raised = set(life.inspections["raised"].tolist())
        closures = [moment.tick for moment in life.moments if moment.what in {CLOSED, DEREGISTERED}]
        for moment in life.moments:
            if moment.answer == ADDED and moment.visit < life.horizon:
                closed_before = any(moment.tick <= closure <= moment.visit for closure in closures)
                assert moment.visit in raised or closed_before


def test_a_diary_tells_every_inspection_and_every_change(lives: list[Life], frameworks: list[Framework]) -> None:
    for life in lives:
        text = diary(life, frameworks).replace("\n" + " " * 13, " ")
        done = life.inspections[life.inspections["status"] == DONE]
        assert len(re.findall(r" (?:inspection|provider|news|visit) ends, ", text)) == len(done)
        assert text.count("Unseen: ") == sum(moment.what in {GRADE, REGISTERED} for moment in life.moments)
        assert text.count("A serious concern is raised.") == sum(
            moment.what == "serious concern" for moment in life.moments
        )
        assert text.count("spell is found") == sum(each.found < NEVER for each in spells(life))
        assert text.count("no inspection found it") == sum(
            each.found == NEVER and each.ended < NEVER for each in spells(life)
        )
        assert "Option A as proposed takes over from the 2006 regime. Measurement starts here." in text


def test_a_diary_tells_what_became_of_every_duty(lives: list[Life], frameworks: list[Framework]) -> None:
    outcomes = Counter[int]()
    for life in lives:
        text = diary(life, frameworks).replace("\n" + " " * 13, " ")
        outcomes.update(life.duties["outcome"].tolist())
        late = (life.duties["outcome"] == MET) & (life.duties["met"] > life.duties["due"])
        assert len(re.findall(r"date of [^.]* is met", text)) == (life.duties["outcome"] == MET).sum()
        assert len(re.findall(r"date of [^.]* is met, \d+ days? late", text)) == late.sum()
        passed = {(row["due"], row["rule"]) for row in life.duties if row["due"] < min(row["ended"], life.horizon)}
        assert text.count(" passes unmet") == len(passed)
        assert ("no longer applies" in text) == bool((life.duties["outcome"] == VOID).any())
    assert min(outcomes[each] for each in (MET, OUTSTANDING, VOID)) > 0


def test_every_duty_was_set_before_it_ended(lives: list[Life]) -> None:
    for life in lives:
        told = {(each.rule, each.due): each.tick for each in reversed(life.dates)}
        for row in life.duties[life.duties["began"] < life.duties["ended"]]:
            assert life.begins <= told[int(row["rule"]), int(row["due"])] <= row["due"]


def test_a_diary_says_why_an_inspection_lapsed(lives: list[Life], frameworks: list[Framework]) -> None:
    words = {
        OUT_OF_TIME: "free in time.",
        PROVIDER_CLOSED: " with the provider.",
        PURPOSE_GONE: "needed.",
        BEYOND_MEANS: "days for it.",
    }
    found = Counter[int]()
    for life in lives:
        text = diary(life, frameworks).replace("\n" + " " * 13, " ")
        reasons = Counter(life.inspections["lapse"].tolist())
        for why, ending in words.items():
            assert len(re.findall(rf" lapses[^.]*{ending}", text)) == reasons[why]
        found.update(reasons)
    assert min(found[OUT_OF_TIME], found[PROVIDER_CLOSED]) > 0


def test_a_diary_goes_forward_in_time_and_fits_a_terminal(lives: list[Life], frameworks: list[Framework]) -> None:
    for life in lives:
        lines = diary(life, frameworks).splitlines()
        dates = [re.match(r" ?(\d+ \w{3} \d{4})  ", line) for line in lines]
        days = [datetime.strptime(found[1], "%d %b %Y").date() for found in dates if found]  # noqa: DTZ007
        assert days == sorted(days)
        assert str(days[0]) == "2003-04-01"
        assert str(days[-1]) == "2012-03-31"
        assert max(map(len, lines)) <= LINE


def test_the_same_life_gives_the_same_bytes(setting: Setting, frameworks: list[Framework]) -> None:
    first, second = (life_of(setting, setting.register[3], REPLICATION) for _ in range(2))
    assert first.moments == second.moments
    assert diary(first, frameworks) == diary(second, frameworks)
    for form in ("svg", "png"):
        assert getattr(timeline_chart(first, frameworks), form)() == getattr(timeline_chart(second, frameworks), form)()


def test_a_picture_is_described(lives: list[Life], frameworks: list[Framework]) -> None:
    for life in lives[:5]:
        chart = timeline_chart(life, frameworks)
        number = int(life.provider.removeprefix("childrens_home-"))
        assert chart.title.startswith(f"Children's home number {number} was ")
        assert "serious concerns" in chart.alt
        assert chart.png()[16:20] == (1600).to_bytes(4, "big")


def test_another_replication_is_another_life(setting: Setting) -> None:
    assert life_of(setting, setting.register[0], 1).moments != life_of(setting, setting.register[0], 2).moments


def test_an_unknown_provider_is_named_with_the_nearest(setting: Setting) -> None:
    with pytest.raises(InputError, match=r'no provider "childrens_home-001".*did you mean "childrens_home-\d+"'):
        life_of(setting, "childrens_home-001", REPLICATION)
    with pytest.raises(InputError, match=r'no provider "nobody".*an example is "childrens_home-0001"'):
        life_of(setting, "nobody", REPLICATION)


def test_without_warm_up_the_diary_begins_under_the_framework(question: Question) -> None:
    scenario = question.scenario.changed({"run": {"warm_up_years": 0, "years": 1}}, "a test")
    alone = posed(scenario, question.frameworks, question.register)
    life = life_of(settings_of(alone)[0], question.register["provider"][0], REPLICATION)
    text = diary(life, question.frameworks)
    assert "takes over" not in text
    assert "warm-up" not in text
    assert "Option A as proposed. Lines that start" in text
