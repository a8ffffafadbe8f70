"""Inspectors who differ: what they share over all their visits, who comes again, and what stays as it was."""

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import chisquare, multivariate_normal

from simulator.engine.leading import _any_post
from simulator.engine.recorded import DONE
from simulator.engine.run import simulate
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import load_framework
from simulator.inspectorate.judgement import chance_of_judgement
from simulator.questions.sensitivity.assumptions import assumptions_of
from simulator.questions.sensitivity.plausible_worlds import world_at
from simulator.running.question import posed
from simulator.scenario.scenario import load_scenario
from simulator.words.parameters import title_of
from simulator.world.streams import LEAD, identity, root

if TYPE_CHECKING:
    from tests.functional.worlds import World

SIGMA = 0.6
GOOD = 3


def homes_judged(world: "World", share: float, returns: float, *, homes: int = 400) -> "World":
    """Homes that are good for ever and visited twice a year by inspectors without number."""
    homes_there = world.of(childrens_home=homes).with_kind(sigma=SIGMA).with_visits(2).during(3)
    return homes_there.stating("inspectors", share_of_noise=share, same_inspector_returns=returns)


def judgements(trace: Trace) -> npt.NDArray[np.int64]:
    """Grades judged at each home, one visit after another, as many as the home with fewest has: shape (homes, n)."""
    done = trace.inspections[trace.inspections["status"] == DONE]
    done = done[np.lexsort((done["ended"], done["provider"]))]
    each = np.split(done["judged"], np.flatnonzero(np.diff(done["provider"])) + 1)
    return np.array([grades[: min(map(len, each))] for grades in each])


def same(one: Trace, other: Trace) -> bool:
    return np.array_equal(one.inspections, other.inspections)


def agreement(correlation: float) -> float:
    """Probability that two judgements of a good home agree whose noise is so correlated."""
    edges = np.array([-9, 1.5, 2.5, 3.5, 12]) - GOOD
    both = multivariate_normal(cov=SIGMA**2 * np.array([[1, correlation], [correlation, 1]]))
    return sum(float(both.cdf([high, high], lower_limit=[low, low])) for low, high in pairwise(edges))


def test_where_inspectors_do_not_differ_it_is_all_one_who_comes(world: "World") -> None:
    assert same(homes_judged(world, 0, 0.7, homes=40).run(), homes_judged(world, 0, 0, homes=40).run())


def test_an_inspector_without_noise_of_the_visit_who_always_returns_says_the_same_again(world: "World") -> None:
    grades = judgements(homes_judged(world, 1, 1).run())
    assert grades.shape[1] >= 5
    assert (grades == grades[:, :1]).all()
    assert len(np.unique(grades)) > 2
    assert (judgements(homes_judged(world, 1, 0).run())[:, 1:] != grades[:, 1:]).any()


@pytest.mark.parametrize("share", [0.3, 1])
def test_what_a_judgement_says_does_not_depend_on_the_share(world: "World", share: float) -> None:
    counts = np.bincount(judgements(homes_judged(world, share, 0).run()).ravel(), minlength=5)[1:]
    chances = np.array([chance_of_judgement(grade, GOOD, 0.0, SIGMA) for grade in (1, 2, 3, 4)])
    seen = chances * counts.sum() >= 5
    assert chisquare(counts[seen], chances[seen] / chances[seen].sum() * counts[seen].sum()).pvalue > 0.001


@pytest.mark.parametrize("share", [0.0, 0.4, 0.8])
def test_two_visits_of_one_inspector_agree_as_often_as_the_bivariate_normal_says(world: "World", share: float) -> None:
    grades = judgements(homes_judged(world, share, 1, homes=3000).during(1).run())
    agreed, expected = (grades[:, 0] == grades[:, 1]).mean(), agreement(share)
    assert agreed == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / len(grades)))
    assert agreement(0.8) > agreement(0.4) + 0.05 > agreement(0) + 0.1


def test_another_inspector_agrees_no_more_often_than_two_draws(world: "World") -> None:
    grades = judgements(homes_judged(world, 0.8, 0, homes=3000).during(1).run())
    assert (grades[:, 0] == grades[:, 1]).mean() == pytest.approx(agreement(0), abs=0.035)


def test_visits_by_the_few_inspectors_of_a_small_pool_do_not_average_out(world: "World") -> None:
    """With two inspectors, the mean of all judgements of a run varies as that of two, not as that of 2,400."""
    few = homes_judged(world, 0.5, 0).with_inspectors(2).setting()
    means = [judgements(simulate(few, number)).mean() for number in range(60)]
    assert np.std(means) == pytest.approx(SIGMA * math.sqrt(0.5 / 2), rel=0.35)


def test_posts_are_drawn_evenly_and_a_further_post_changes_few_draws() -> None:
    run, many = np.uint64(root(1, 0)), 4000
    drawn = np.array([[_any_post(run, LEAD, identity(f"{n}"), posts) for n in range(many)] for posts in (20, 21)])
    assert chisquare(np.bincount(drawn[0], minlength=20)).pvalue > 0.001
    moved = drawn[0] != drawn[1]
    assert (drawn[1][moved] == 20).all()
    assert moved.mean() == pytest.approx(1 / 21, abs=0.015)
    assert {_any_post(run, LEAD, identity(f"{n}"), 1) for n in range(50)} == {0}


def test_an_inspector_is_as_lenient_under_every_framework_and_with_more_posts(world: "World") -> None:
    small = homes_judged(world, 1, 0, homes=300).with_inspectors(20).during(1)
    larger = judgements(small.with_inspectors(21).run())
    assert (judgements(small.run())[:, 0] == larger[:, 0]).mean() > 0.9
    other = judgements(small.with_visits(3).run())
    assert (judgements(small.run())[:, 0] == other[:, 0]).all()


def test_both_engines_agree_on_inspectors_who_differ(world: "World") -> None:
    both = world.of(childrens_home=30, local_authority=4, la_fostering=4).in_regions(North=0.5, South=0.5)
    both = both.with_kind(sigma=0.6, effort=3).with_kind("area", 5, sigma=0.6, team=2, pool="area")
    both = both.with_visits(2, types=["childrens_home"]).covering("la_fostering")
    both = both.with_inspectors(9).with_inspectors(9, pool="area")
    both = both.with_interval(12, kind="area", types=["local_authority"]).with_rates(closure=0.3).during(3)
    both = both.staffed(by_region=True).stating("inspectors", share_of_noise=0.5, same_inspector_returns=0.5)
    assert same(*(simulate(both.setting(), 0, engine) for engine in ("compiled", "simpy")))


# Rushing

RUSHING = {"waiting_per_inspector": 2.0, "effort_cut": 0.4, "sigma_factor": 2.0}


def short_of_inspectors(world: "World", **rushing: float) -> "World":
    """Homes that are good for ever, whose 80 visits a year would take twice the inspectors there are."""
    homes = world.of(childrens_home=40).with_kind(effort=6, sigma=0.4).with_visits(2).during(2).with_inspectors(1)
    return homes.stating("inspectors", rushing={**RUSHING, **rushing}) if rushing else homes


def rushed(trace: Trace) -> npt.NDArray[np.bool_]:
    """Whether each inspection that began was shortened."""
    begun = trace.inspections[trace.inspections["inspector_days"] > 0]
    return np.asarray(begun["inspector_days"] < 5.9)


def test_visits_that_begin_while_many_wait_are_shortened_by_the_share_stated(world: "World") -> None:
    trace = short_of_inspectors(world, effort_cut=0.4).run()
    days = trace.inspections["inspector_days"]
    assert set(np.round(days, 9)) == {0.0, 3.6, 6.0}
    done = trace.inspections[trace.inspections["status"] == DONE]
    waiting = [
        ((trace.inspections["raised"] <= row["started"]) & (trace.inspections["started"] > row["started"])).sum()
        for row in done
    ]
    assert ((np.array(waiting) > 2) == (done["inspector_days"] < 5.9)).all()
    ended = done["ended"] - done["started"]
    assert ended[done["inspector_days"] < 5.9] == pytest.approx(3.6 * 7 / 5 * 1440, abs=1)


def test_hurry_lets_more_be_visited_and_sees_less(world: "World") -> None:
    slow, quick = short_of_inspectors(world).run(), short_of_inspectors(world, effort_cut=0.5, sigma_factor=4).run()
    done = [(trace.inspections["status"] == DONE).sum() for trace in (slow, quick)]
    assert done[1] > 1.3 * done[0]
    wrong = [
        (trace.inspections["judged"] != GOOD)[trace.inspections["status"] == DONE].mean() for trace in (slow, quick)
    ]
    assert wrong[1] > wrong[0] + 0.2


def test_where_nobody_waits_or_hurry_costs_nothing_and_brings_nothing_all_is_as_before(world: "World") -> None:
    slow = short_of_inspectors(world)
    assert same(short_of_inspectors(world, effort_cut=0, sigma_factor=1).run(), slow.run())
    assert same(short_of_inspectors(world, waiting_per_inspector=1000).run(), slow.run())
    idle = slow.with_inspectors(np.inf).stating("inspectors", rushing=RUSHING)
    assert not rushed(idle.run()).any()


def test_both_engines_agree_on_who_hurries(world: "World") -> None:
    setting = short_of_inspectors(world, sigma_factor=2).setting()
    assert same(*(simulate(setting, 0, engine) for engine in ("compiled", "simpy")))


# As an assumption


def test_a_share_of_nought_that_is_stated_has_its_evidence_and_is_varied() -> None:
    range_ = {"mark": "A", "unit": "share", "source": "a test", "range": [0, 0.65]}
    changes = {"inspectors": {"share_of_noise": 0}, "evidence": {"inspectors.share_of_noise": range_}}
    england = load_scenario("england-2006")
    assert "inspectors" not in england.settings()
    differing = england.changed(changes, "a test")
    assert differing.settings()["inspectors"]["share_of_noise"] == 0
    question = posed(differing, [load_framework("2006-regime")])
    (assumption,) = (each for each in assumptions_of(question) if each.key == "inspectors.share_of_noise")
    worlds = [world_at(question, [assumption], np.array([at])).question.scenario for at in (0.0, 1.0)]
    assert [scenario.inspectors.share_of_noise for scenario in worlds] == [0, 0.65]
    assert title_of(assumption.key) == "share of judgement noise that is the inspector's"
