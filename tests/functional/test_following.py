"""Following one provider: both engines show the same life, and picks are what their rules say."""

import numpy as np
import pytest

from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.inputs.messages import InputError
from simulator.questions.trace.diary_entry import TAKES_OVER
from simulator.questions.trace.history import days_unfound, spells
from simulator.questions.trace.life import life_of
from simulator.questions.trace.moments import CLOSED, GRADE, REGISTERED
from simulator.questions.trace.picking import RULES, pick, ticks_unfound
from simulator.questions.trace.timelines import lives_chart
from simulator.questions.trace.two_lives import Told, caveats, headline, parted, parting, sentences, told
from simulator.running.question import Question, posed, settings_of
from simulator.scenario.scenario import load_scenario
from simulator.ticks import NEVER, TICKS_PER_DAY

HISTORY = 1
FEW = {"childrens_home": {"count": 30}, "voluntary_adoption_agency": {"count": 4}, "fe_college": {"count": 0}}


@pytest.fixture(scope="module")
def question() -> Question:
    """A few providers of every type and too few inspectors, under two frameworks."""
    types = load_scenario("england-2006").population.types
    few = {name: {"count": 4} for name, each in types.items() if each.count} | FEW
    changes = {
        "run": {"years": 4, "frameworks": ["2006-regime", "option-b"]},
        "population": {"local_authorities": 5, "types": few},
        "capacity": {"pools": {"regulatory": {"fte": [{"from": "2003-04-01", "fte": 4}]}}},
    }
    return posed(load_scenario("england-2006").changed(changes, "a test"))


@pytest.fixture(scope="module")
def settings(question: Question) -> list[Setting]:
    return settings_of(question)


def lives(question: Question, settings: list[Setting], provider: str) -> tuple[Told, Told]:
    first, second = (
        told(
            question.titles[name],
            life_of(settings[position], provider, HISTORY),
            [regime.framework for regime in question.timeline(position)],
        )
        for position, name in enumerate(question.names)
    )
    return first, second


@pytest.mark.parametrize(
    "provider", ["childrens_home-0002", "la_fostering-003", "voluntary_adoption_agency-0004", "local_authority-002"]
)
def test_both_engines_show_the_same_life(settings: list[Setting], provider: str) -> None:
    compiled, simpy = (life_of(settings[1], provider, HISTORY, engine) for engine in ("compiled", "simpy"))
    assert compiled.moments == simpy.moments
    assert compiled.ratings == simpy.ratings
    assert compiled.opening == simpy.opening
    assert compiled.dates == simpy.dates
    for table in ("inspections", "assessments", "episodes", "duties"):
        assert np.array_equal(getattr(compiled, table), getattr(simpy, table))


def test_no_change_of_grade_is_missed_of_any_type(settings: list[Setting]) -> None:
    """Chains of quality are numbered by themselves: behind services with several, not as providers are."""
    seen = 0
    for provider in settings[0].register:
        life = life_of(settings[0], provider, HISTORY)
        begun = {m.tick for m in life.moments if m.what in {GRADE, REGISTERED, CLOSED} and m.grade == 1}
        recorded = {int(row["began"]) for row in life.episodes if row["began"] > life.begins}
        assert recorded <= begun, provider
        seen += len(recorded) * (not provider.startswith("childrens_home"))
    assert seen > 10


@pytest.mark.parametrize("rule", RULES)
def test_a_pick_is_what_its_rule_says(question: Question, settings: list[Setting], rule: str) -> None:
    picked = pick(settings, "childrens_home", rule, HISTORY)  # type: ignore[arg-type]
    assert picked == pick(settings, "childrens_home", rule, HISTORY)  # type: ignore[arg-type]
    homes = [name for name in settings[0].register if name.startswith("childrens_home-")]
    assert picked.among == len(homes) == 30
    assert picked.stands_out
    unfound = [[days_unfound(life_of(setting, home, HISTORY)) for home in homes] for setting in settings]
    at = homes.index(picked.provider)
    if rule == "late":
        assert unfound[0][at] == max(unfound[0]) > 0
    elif rule == "apart":
        apart = [abs(one - other) for one, other in zip(*unfound, strict=True)]
        assert apart[at] >= max(apart) - 1  # whole days of what is compared in minutes
    elif rule == "good":
        life = life_of(settings[0], picked.provider, HISTORY)
        assert not [spell for spell in spells(life) if spell.ended > life.measured_from]
        judged = [row["judged"] for row in life.inspections if row["judged"] and row["ended"] > life.measured_from]
        assert min(judged) >= 3
    elif rule == "never_found":
        life = life_of(settings[0], picked.provider, HISTORY)
        assert [spell for spell in spells(life) if spell.found == NEVER and spell.ended < life.horizon]
    elif rule == "small":
        places = settings[0].providers["places"]
        rows = [settings[0].register.index(home) for home in homes]
        assert places[rows[at]] == places[rows].min()
    else:
        assert sorted(unfound[0])[14] == unfound[0][at]


def test_how_usual_a_life_is_is_counted_over_all_of_its_type(settings: list[Setting]) -> None:
    usual = pick(settings, "childrens_home", "late", HISTORY).usual
    homes = [name for name in settings[0].register if name.startswith("childrens_home-")]
    of_each = [life_of(settings[0], home, HISTORY) for home in homes]
    begun = [spell for life in of_each for spell in spells(life) if spell.began >= life.measured_from]
    found = [spell for spell in begun if spell.found < NEVER]
    over = [spell for spell in begun if spell.found == NEVER and spell.ended < NEVER]
    assert usual.providers == len(homes)
    assert usual.spells == len(found) + len(over) > 0
    assert usual.never_found == pytest.approx(len(over) / usual.spells)
    assert usual.turned == pytest.approx(len(begun) / (4 * len(homes)), rel=0.05)
    assert sorted(usual.days) == sorted(spell.days_unfound for spell in found)
    assert usual.share_as_late(0) == 1
    assert usual.share_as_late(max(usual.days) + 1) == 0


def test_every_turn_for_the_worse_and_every_finding_is_told_in_brief(
    question: Question, settings: list[Setting]
) -> None:
    frameworks = [regime.framework for regime in question.timeline(0)]
    seen = 0
    for home in [name for name in settings[0].register if name.startswith("childrens_home-")][:12]:
        life = life_of(settings[0], home, HISTORY)
        briefs = {entry.tick: entry.brief for entry in told("", life, frameworks).entries if entry.brief}
        for spell in spells(life):
            if spell.began > life.begins:
                assert spell.began in briefs
            if spell.found < NEVER:
                assert briefs[spell.found] == f"An inspection finds it poor, after {spell.days_unfound} days.".replace(
                    "after 1 days", "after 1 day"
                )
                seen += 1
    assert seen > 3


def test_nobody_is_picked_of_a_type_that_is_not_there(settings: list[Setting]) -> None:
    with pytest.raises(InputError, match="no provider of the type"):
        pick(settings, "fe_college", "late", HISTORY)


def test_time_unfound_is_that_of_the_life(settings: list[Setting]) -> None:
    unfound = ticks_unfound(simulate(settings[0], HISTORY), len(settings[0].providers))
    for row in (0, 7, 40):
        assert unfound[row] // TICKS_PER_DAY == days_unfound(life_of(settings[0], settings[0].register[row], HISTORY))


def test_lives_are_the_same_until_they_part_and_nothing_is_lost(question: Question, settings: list[Setting]) -> None:
    differ = 0
    for provider in settings[0].register[:12]:
        first, second = lives(question, settings, provider)
        split = parted(first, second)
        for each, rest in ((first, split.first), (second, split.second)):
            assert [*split.both, *rest] == [e for e in each.entries if e.order != TAKES_OVER or e in split.both]
        if split.first:
            assert split.first[0] != split.second[0]
            assert min(split.first[0].tick, split.second[0].tick) >= first.life.measured_from
            differ += 1
        truth = parting(
            [(m.tick, m.grade) for m in first.life.moments if m.what == GRADE],
            [(m.tick, m.grade) for m in second.life.moments if m.what == GRADE],
        )
        if not split.first:
            assert "true quality" not in " ".join(sentences(first, second))
            continue
        assert ("the same course under both to the end" in sentences(first, second)[1]) == (truth is None)
    assert differ > 6


def test_a_life_set_against_itself_is_the_same_throughout(question: Question, settings: list[Setting]) -> None:
    first, _ = lives(question, settings, "childrens_home-0001")
    split = parted(first, first)
    assert split.both == first.entries
    assert split.first == split.second == ()
    assert "the same under the 2006 regime" in sentences(first, first)[0]
    assert "under both" in headline(first, first) or "never poor" in headline(first, first)
    assert any("one provider in one replication" in each for each in caveats(first, first))


def test_the_picture_says_what_it_shows(question: Question, settings: list[Setting]) -> None:
    apart = pick(settings, "childrens_home", "apart", HISTORY).provider
    pair = lives(question, settings, apart)
    chart = lives_chart(pair)
    assert chart.title == headline(*pair)
    assert f"{days_unfound(pair[0].life):,} days under the 2006 regime" in chart.title
    assert "Under option B: Poor and not found" in chart.alt or "Under option B: Marked" in chart.alt
    assert chart.svg() == lives_chart(pair).svg()
