"""Targeted visits: who comes first, what goes before them, and what the two yardsticks made of them must be."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from simulator.engine.recorded import DONE, TARGETED
from simulator.engine.run import simulate
from simulator.engine.trace import Trace
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import load_framework, shipped_frameworks
from simulator.inspectorate.kinds import DESK, KINDS
from simulator.measures.detection import undetected
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.ticks import NEVER, TICKS_PER_DAY
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    from tests.functional.worlds import World

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
UNFOUND = "undetected_poor_provider_years"
DRIFT = {"poor": 0.2, "adequate": 0.3, "good": 0.3, "excellent": 0.2}
ALL = -1
HOMES = SERVICE_TYPES.index("childrens_home")


def with_inspectors(regulatory: float, area: float, seed: int = 1) -> Scenario:
    """A small England for three years with so many inspectors."""
    fte = {"regulatory": regulatory, "area": area}
    pools = {name: {"fte": [{"from": "2003-04-01", "fte": number}]} for name, number in fte.items()}
    changes = {"run": {"years": 3, "warm_up_years": 1, "seed": seed}, "capacity": {"pools": pools}}
    return load_scenario(SMALL).changed(changes, "a test")


def traces(scenario: Scenario, names: list[str], replication: int = 1) -> dict[str, Trace]:
    settings = settings_of(posed(scenario, [load_framework(name) for name in names]))
    return {name: simulate(each, replication) for name, each in zip(names, settings, strict=True)}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("regulatory", "area"), [(0.1, 16), (0.5, 16), (4, 20), (60, 200)])
def test_nobody_beats_the_clairvoyant_with_as_many_inspectors(regulatory: float, area: float, seed: int) -> None:
    """In no single replication, from hardly any inspectors to more than are needed."""
    of = {
        name: undetected(trace)[UNFOUND]
        for name, trace in traces(with_inspectors(regulatory, area, seed), shipped_frameworks()).items()
    }
    for name in shipped_frameworks():
        assert of["clairvoyant"][ALL] <= of[name][ALL], name
        assert of["clairvoyant"][HOMES] <= of[name][HOMES], name


def test_the_clairvoyant_visits_nobody_but_the_poor_and_finds_them_for_sure() -> None:
    runs = [traces(with_inspectors(4, 20), ["clairvoyant"], n)["clairvoyant"].inspections for n in range(1, 7)]
    rows = np.concatenate(runs)
    visits = rows[(rows["reason"] == TARGETED) & (rows["status"] == DONE)]
    assert len(visits) > 100
    assert {KINDS[kind] for kind in visits["kind"]} == {"responsive", "desk"}
    poor = visits["true_grade"] == 1
    assert (visits["judged"][poor] == 1).all()
    assert poor.mean() > 0.95  # the others got better while the visit lasted


def homes_that_drift(world: "World", inspectors: float) -> "World":
    homes = world.of(childrens_home=200).starting(**DRIFT).drifting(DRIFT, speed=1, good=0.05, excellent=0.03)
    homes = homes.with_effects(found_out=(4, 2, 0.5), found_out_months=(2, 13))
    homes = homes.with_rates(complaint={"poor": 1, "adequate": 0.8, "good": 0.7})
    homes = homes.with_rates(serious={"poor": 0.5, "adequate": 0.05}).with_kind("key", 4.5, sigma=0.25)
    return homes.with_inspectors(inspectors).during(4, warm_up_years=1)


@pytest.mark.parametrize("inspectors", [2, 4, 8])
def test_the_best_use_of_what_is_known_beats_a_cycle_and_a_lot(world: "World", inspectors: float) -> None:
    """Whether there are inspectors for half of the cycle, for just the cycle, or for twice as much.

    It aims at children. Of providers a cycle that the inspectors just suffice for leaves no more unfound: it finds the
    adequate too, whom that keeps from becoming poor for as long as being found out acts, and the index leaves that out.
    A cycle with twice the inspectors it needs leaves half of them idle, and then the index finds more providers too.
    Whoever knows who is poor leaves fewer providers unfound than a cycle in every single replication.
    """
    homes = homes_that_drift(world, inspectors).with_kind("random", 4.5, sigma=0.25, counts=False)
    everybody_sometime = homes.with_interval(36, available_share=0.25)
    rules = {
        "index": everybody_sometime.with_targeting("index", minimum_spacing_days=28),
        "truth": everybody_sometime.with_targeting("truth", minimum_spacing_days=28),
        "cycle": homes.with_interval(12, available_share=0.25),
        "lot": homes.with_interval(0).with_sample(1.0),
    }
    runs = {name: [undetected(each.run(n)) for n in range(40)] for name, each in rules.items()}
    for measure, other, unlikely in (
        (UNFOUND, "lot", 1e-3),
        ("child_years_undetected", "lot", 1e-6),
        ("child_years_undetected", "cycle", 1e-6),
    ):
        of = {name: [measured[measure][HOMES] for measured in each] for name, each in runs.items()}
        assert stats.ttest_rel(of["index"], of[other], alternative="less").pvalue < unlikely, (measure, other)
    unfound = {name: np.array([measured[UNFOUND][HOMES] for measured in each]) for name, each in runs.items()}
    assert (unfound["truth"] < unfound["cycle"]).all()
    if inspectors == 8:
        assert stats.ttest_rel(unfound["index"], unfound["cycle"], alternative="less").pvalue < 1e-6


@pytest.mark.parametrize("seed", [1, 2])
def test_belief_index_as_shipped_beats_cyclic_and_random(seed: int) -> None:
    names = ["belief-index", "cyclic", "random"]
    of: dict[str, list[float]] = {name: [] for name in names}
    for replication in range(1, 9):
        for name, trace in traces(with_inspectors(4, 20, seed), names, replication).items():
            of[name].append(undetected(trace)[UNFOUND][HOMES])
    for other in ("cyclic", "random"):
        assert np.mean(of["belief-index"]) < 0.8 * np.mean(of[other])
        assert stats.ttest_rel(of["belief-index"], of[other], alternative="less").pvalue < 0.01


def test_the_poor_with_most_places_come_first(world: "World") -> None:
    """One inspector, a day each: all are poor and held so; each is visited once, by places."""
    homes = world.of(childrens_home=40).starting(poor=1).without_rules().with_kind("key", 1)
    trace = homes.with_targeting("truth", priority=1).with_inspectors(1).during(1).run()
    rows = np.sort(trace.inspections, order="started")
    assert sorted(rows["provider"]) == list(range(40))
    assert (np.diff(rows["places"]) <= 0).all()
    same = np.diff(rows["places"]) == 0
    assert same.any()
    assert (np.diff(rows["provider"])[same] > 0).all()
    assert (np.diff(rows["started"]) == round(7 / 5 * TICKS_PER_DAY)).all()


def test_whoever_becomes_poor_is_found_within_a_day_of_a_team_being_free(world: "World") -> None:
    homes = homes_that_drift(world, np.inf).with_kind("key", 1).with_interval(0).with_targeting("truth", priority=1)
    episodes = homes.run().episodes
    found = episodes[episodes["detected"] < NEVER]
    assert len(found) > 100
    waited = (found["detected"] - found["began"]) / TICKS_PER_DAY
    assert (waited <= 1 + 7 / 5 + 0.001).all()
    gone = (np.minimum(episodes["ended"], NEVER) - episodes["began"]) / TICKS_PER_DAY
    assert (gone[(episodes["detected"] == NEVER) & (episodes["ended"] < NEVER)] <= 1 + 7 / 5 + 0.001).all()


def test_what_goes_before_never_waits_for_a_targeted_visit(world: "World") -> None:
    homes = homes_that_drift(world, 5).with_interval(12, available_share=0.25)
    rows = homes.with_targeting("index", minimum_spacing_days=28).run().inspections
    targeted, planned = rows[rows["reason"] == TARGETED], rows[rows["reason"] != TARGETED]
    assert len(targeted) > 100
    assert (targeted["started"] == targeted["raised"]).all()
    for visit in targeted:
        waiting = (planned["raised"] <= visit["raised"]) & (planned["started"] > visit["raised"])
        assert not waiting.any()


@pytest.mark.parametrize("by", ["index", "truth"])
def test_it_goes_before_what_yields_to_it(world: "World", by: str) -> None:
    """With far too few inspectors for the cycle, targeted visits of a higher priority are all there is."""
    homes = homes_that_drift(world, 1).with_interval(3).with_targeting(by, priority=1)
    rows = homes.run().inspections
    begun = rows[rows["started"] < NEVER]
    targeted = begun["reason"] == TARGETED
    assert targeted.sum() > 20
    assert (begun["started"] == begun["raised"])[targeted].all()
    assert (rows["started"] > rows["raised"])[rows["reason"] != TARGETED].any()
    assert by == "truth" or targeted.mean() > 0.9


def test_visits_keep_their_spacing_and_a_desk_assessment_is_none(world: "World") -> None:
    homes = homes_that_drift(world, 30).with_interval(0).with_targeting("index", minimum_spacing_days=90)
    rows = homes.run().inspections
    rows = np.sort(rows[rows["status"] == DONE], order=["provider", "generation", "started"])
    same = (np.diff(rows["provider"]) == 0) & (np.diff(rows["generation"]) == 0)
    spacing = (rows["started"][1:] - rows["ended"][:-1])[same]
    assert len(spacing) > 1000
    assert spacing.min() >= 90 * TICKS_PER_DAY
    assert not (rows["kind"] == DESK).any()


def test_a_targeted_visit_stands_for_the_planned_one_that_it_comes_before(world: "World") -> None:
    """With inspectors for a visit a quarter to everybody, nothing else ever falls due."""
    homes = homes_that_drift(world, 60).with_interval(12).with_targeting("index", minimum_spacing_days=28)
    rows = homes.run().inspections
    measured = rows[rows["raised"] > 366 * TICKS_PER_DAY]
    assert (measured["reason"] == TARGETED).all()


def test_an_index_is_refused_where_quality_has_strands(world: "World") -> None:
    homes = world.of(childrens_home=4).with_strands(3, 0.5).without_rules().with_targeting("index")
    with pytest.raises(
        InputError, match=r'targeting\.targets: by = "index" is for services whose quality is one chain'
    ):
        homes.setting()
    homes.with_targeting("truth").setting()
