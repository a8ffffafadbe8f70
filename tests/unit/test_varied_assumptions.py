"""Assumptions that can be varied: which there are, what is chosen, and what becomes of a world."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.inputs.evidence import covering, numbers
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import clauses, load_framework, shipped_frameworks
from simulator.questions.sensitivity.assumption_words import range_told, title_of_assumption, value_told
from simulator.questions.sensitivity.assumptions import Assumption, assumptions_of, chosen
from simulator.questions.sensitivity.plausible_worlds import world_at
from simulator.running.question import Question, posed
from simulator.scenario.scenario import load_scenario, shipped_scenarios
from simulator.world.quality import least_speed

AS_GIVEN = float("nan")


@pytest.fixture(scope="module")
def question() -> Question:
    return posed(load_scenario("england-2006"))


@pytest.fixture(scope="module")
def every(question: Question) -> list[Assumption]:
    return assumptions_of(question)


def named(every: list[Assumption], key: str) -> Assumption:
    return next(each for each in every if each.key == key)


def moved(question: Question, assumption: Assumption, position: float) -> Question:
    return world_at(question, [assumption], np.array([position])).question


def test_every_range_of_the_log_is_an_assumption_once(question: Question, every: list[Assumption]) -> None:
    keys = [each.key for each in every]
    assert len(keys) == len(set(keys))
    ranged = {key for key, entry in question.scenario.evidence.items() if (entry.range or entry.factor)}
    assert ranged - set(keys) == {"run.years", "run.warm_up_years", "costs.discount_rate"}
    places = {(place.framework, place.path) for each in every for place in each.places if place.framework}
    vary = {
        (framework.name, (*key.split("."), name))
        for framework in question.frameworks
        for key, clause in clauses(framework)
        for name in clause.source.vary
    }
    assert places == vary


@pytest.mark.parametrize("end", [0.0, 1.0])
def test_all_can_stand_at_an_end_of_their_range(question: Question, every: list[Assumption], end: float) -> None:
    world = world_at(question, every, np.full(len(every), end)).question
    before, after = (dict(numbers(each.scenario.settings())) for each in (question, world))
    changed = {key for key in after if after[key] != before[key]}
    for each in every:
        if each.places[0].framework is None:
            there = {key for key in changed if covering(question.scenario.evidence, key) == each.key}
            assert bool(there) == (each.at(end) != each.given), each.key


def test_there_is_a_world_near_any_corner(question: Question, every: list[Assumption]) -> None:
    """Not in all of them: a re-inspection may not begin, at the earliest, when it is to have begun at the latest."""
    corners = np.random.default_rng(1).integers(0, 2, (4, len(every)))
    for corner in 0.02 + 0.96 * corners:
        assert world_at(question, every, corner).question.names == question.names


def test_every_one_has_a_title_for_people() -> None:
    frameworks = [load_framework(name) for name in shipped_frameworks()]
    for name in shipped_scenarios():
        asked = posed(load_scenario(name))
        for each in assumptions_of(replace(asked, frameworks=tuple(frameworks))):
            assert title_of_assumption(each.key) != each.key
            assert range_told(each)
            assert value_told(each, 0.5)


def test_a_value_takes_its_place_in_the_range(question: Question, every: list[Assumption]) -> None:
    speed = named(every, "quality.speed")
    assert [speed.at(position) for position in (0, 0.5, 1)] == pytest.approx([0.35, 0.475, 0.6])
    assert moved(question, speed, 0.5).scenario.quality.speed == pytest.approx(0.475)
    assert moved(question, speed, AS_GIVEN).scenario == question.scenario


def test_a_factor_multiplies_all_that_the_most_exact_key_covers(question: Question, every: list[Assumption]) -> None:
    inspectors = named(every, "capacity.pools.*.fte")
    pools = moved(question, inspectors, 1.0).scenario.capacity.pools
    assert [step.fte for step in pools["regulatory"].fte] == pytest.approx([222 * 1.4])
    assert [step.fte for step in pools["area"].fte] == [70]
    falls = named(every, "quality.falls")
    assert falls.logarithmic
    assert moved(question, falls, 0.5).scenario.quality.falls.good == pytest.approx(0.05 * (0.6 * 1.2) ** 0.5)


def test_of_shares_that_of_poor_is_multiplied_and_the_others_keep_their_proportions(
    question: Question, every: list[Assumption]
) -> None:
    shares = moved(question, named(every, "quality.start_shares.childrens_home"), 0.0).scenario.quality.start_shares
    told = shares["childrens_home"].model_dump()
    assert told["poor"] == pytest.approx(0.15 * 0.7)
    assert sum(told.values()) == pytest.approx(1)
    assert told["adequate"] / told["good"] == pytest.approx(0.30 / 0.43)
    assert shares["boarding_school"] == question.scenario.quality.start_shares["boarding_school"]


def test_whole_numbers_stay_whole_and_providers_are_drawn_anew(question: Question, every: list[Assumption]) -> None:
    homes = named(every, "population.types.childrens_home.count")
    world = moved(question, homes, 0.3333)
    assert world.scenario.population.types["childrens_home"].count == 1933
    assert (world.register["service_type"] == "childrens_home").sum() == 1933
    same = world.register["provider"].isin(question.register["provider"]).sum()
    assert same == len(world.register)


def test_numbers_of_one_name_move_together_under_every_framework(question: Question, every: list[Assumption]) -> None:
    noise = named(every, "kinds.*.sigma")
    assert not noise.alike
    assert value_told(noise, 0.6) == "60% of the way up the range"
    world = moved(question, noise, 1.0)
    for framework in world.frameworks:
        for kind in framework.kinds.values():
            if "sigma" in kind.source.vary:
                assert kind.sigma == kind.source.vary["sigma"][1]
    warm_up = world.changes[0].framework
    assert warm_up is not None
    assert warm_up.kinds["key"].sigma == 0.4


def test_speed_is_raised_to_what_falls_make(question: Question, every: list[Assumption]) -> None:
    corner = [named(every, key) for key in ("quality.speed", "quality.falls")]
    made = world_at(question, corner, np.array([0.0, 1.0]))
    quality = made.question.scenario.quality
    needed = max(least_speed(shares, quality.falls) for shares in quality.natural_shares.values())
    assert made.faster == (needed > 0.35)
    assert quality.speed == pytest.approx(max(needed, 0.35))
    assert not world_at(question, corner, np.array([1.0, 0.0])).faster


def test_a_register_leaves_out_what_only_draws_providers(question: Question, every: list[Assumption]) -> None:
    own = {each.key for each in assumptions_of(replace(question, own_register=True))}
    gone = {each.key for each in every} - own
    assert "population.types.childrens_home.count" in gone
    assert "population.types.*.closures" in own
    assert all(key.endswith(("count", "places")) for key in gone)


def test_a_key_chooses_one_or_all_below_it_or_a_single_clause(question: Question) -> None:
    assert [each.key for each in chosen(["quality.speed"], question)] == ["quality.speed"]
    signals = [each.key for each in chosen(["signals", "signals.complaints"], question)]
    assert len(signals) == len(set(signals)) > 5
    assert all(key.startswith("signals.") for key in signals)
    (single,) = chosen(["kinds.key.sigma"], question)
    assert {place.path for place in single.places} == {("kinds", "key", "sigma")}
    assert {place.framework for place in single.places} == set(question.names)


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("quality.sped", 'there is no such assumption; did you mean "quality.speed"?'),
        ("run.years", "is a choice of the experiment"),
        ("run.seed", "has no range to vary"),
        ("quality.strands.local_authority.count", r"has no range to vary \(not in doubt\)"),
        ("kinds.key.priority", "has no range to vary"),
        ("population.types.boarding_school.count", r'Use --vary "population.types.\*.count"'),
    ],
)
def test_a_key_that_cannot_be_varied_is_refused(question: Question, key: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        chosen([key], question)
