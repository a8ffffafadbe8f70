"""Waiting for inspectors: what queueing theory says of it, in worlds where it says something exact."""

import math
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from simulator.engine.recorded import DONE
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.ticks import NEVER, TICKS_PER_YEAR, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

Sample = npt.NDArray[np.float64]
HOMES = 2000
EFFORT = 0.1
STAY = EFFORT * 7 / 5 / 365.25
"""Years that an inspection of that effort takes one inspector."""


def asked_at_random(world: "World", per_year: float, **kind: float) -> "World":
    """Homes of which so many inspections a year are asked for, at any time and first come first served."""
    homes = world.of(childrens_home=HOMES).without_rules().with_kind("responsive", EFFORT, counts=False, **kind)
    return homes.with_rates(complaint=per_year / HOMES).responding("complaint", "add", "responsive").during(100)


def waits(trace: Trace, kind: str = "responsive") -> Sample:
    """Years from raising to start of the inspections of a kind that began."""
    begun = trace.inspections[(trace.inspections["kind"] == KINDS.index(kind)) & (trace.inspections["started"] < NEVER)]
    years: Sample = (begun["started"] - begun["raised"])[np.argsort(begun["raised"])] / TICKS_PER_YEAR
    return years


def has_mean(waited: Sample, expected: float) -> bool:
    """Whether waits, each like those just before it, have this mean: within four standard errors over 60 batches."""
    batches = np.array([batch.mean() for batch in np.array_split(waited, 60)])
    error = batches.std() / math.sqrt(60)
    assert 4 * error < 0.08 * expected, "the sample is too small to tell"
    return bool(abs(waited.mean() - expected) <= 4 * error)


def pollaczek_khinchine(arrivals: float, stay: float, variation: float) -> float:
    """Mean wait for one server, any distribution of service times."""
    return arrivals * stay**2 * (1 + variation**2) / (2 * (1 - arrivals * stay))


def deterministic(arrivals: float, stay: float, servers: int) -> float:
    """Mean wait for several servers and equal service times (Crommelin 1932).

    Those present one service time later are those now waiting and whoever came since.
    """
    states = 400
    came = stats.poisson.pmf(np.arange(states), arrivals * stay)
    move = np.zeros((states, states))
    for present in range(states):
        waiting = max(present - servers, 0)
        move[present, waiting:] = came[: states - waiting]
    share = np.linalg.matrix_power(move, 4096)[0]
    return float(share @ np.maximum(np.arange(states) - servers, 0)) / arrivals


@pytest.mark.parametrize(("load", "variation", "team"), [(0.6, 0.0, 1), (0.6, 1.0, 1), (0.8, 0.5, 1), (0.7, 0.5, 2)])
def test_one_inspector_keeps_work_waiting_as_pollaczek_and_khinchine_say(
    world: "World", load: float, variation: float, team: int
) -> None:
    """M/G/1; also where the only team is of two, who share the effort."""
    arrivals = load / (STAY / team)
    homes = asked_at_random(world, arrivals, effort_spread=variation, team=team).with_inspectors(team)
    assert has_mean(waits(homes.run()), pollaczek_khinchine(arrivals, STAY / team, variation))


@pytest.mark.parametrize(("servers", "load"), [(2, 0.8), (4, 0.9)])
def test_several_inspectors_keep_equal_work_waiting_as_crommelin_says(
    world: "World", servers: int, load: float
) -> None:
    """M/D/c."""
    assert deterministic(load, 1, 1) == pytest.approx(pollaczek_khinchine(load, 1, 0), rel=1e-6)
    arrivals = load * servers / STAY
    homes = asked_at_random(world, arrivals).with_inspectors(servers).during(100)
    assert has_mean(waits(homes.run()), deterministic(arrivals, STAY, servers))


def test_kinds_of_higher_priority_wait_less_as_cobham_says(world: "World") -> None:
    """M/G/1 with two priorities, nobody interrupted."""
    variation, urgent, ordinary = 0.5, 0.35, 0.4
    homes = asked_at_random(world, urgent / STAY, effort_spread=variation, priority=2).with_inspectors(1)
    homes = homes.with_kind("random", EFFORT, effort_spread=variation, counts=False, priority=7)
    homes = homes.with_rates(serious=ordinary / STAY / HOMES).responding("serious_concern", "add", "random")
    trace = homes.during(200).run()
    in_the_way = (urgent + ordinary) * STAY * (1 + variation**2) / 2
    assert has_mean(waits(trace, "responsive"), in_the_way / (1 - urgent))
    assert has_mean(waits(trace, "random"), in_the_way / ((1 - urgent) * (1 - urgent - ordinary)))


def test_inspectors_in_plenty_are_as_busy_as_erlang_says(world: "World") -> None:
    """Each home is a loss system of one place, which is busy the same share of time for any distribution."""
    rate, effort = 1.0, 30.0
    homes = world.of(childrens_home=500).without_rules().with_kind("responsive", effort, effort_spread=1, counts=False)
    trace = homes.with_rates(complaint=rate).responding("complaint", "add", "responsive").during(60).run()
    running = trace.backlog[trace.backlog["service_type"] == 0]["running"][12:]
    stay = effort * 7 / 5 / 365.25
    busy = rate * stay / (1 + rate * stay)
    assert trace.backlog["waiting"].max() == 0
    assert running.mean() == pytest.approx(500 * busy, rel=0.02)
    assert running.var() == pytest.approx(500 * busy * (1 - busy), rel=0.25)


def test_at_one_priority_work_starts_by_deadline(world: "World") -> None:
    """Everything is there on the first day, and one inspector goes from home to home."""
    homes = world.of(childrens_home=60).with_kind(effort=1).with_interval(24, available_share=1)
    trace = homes.with_inspectors(0, (date(2008, 4, 1), 1)).during(4).run()
    begun = trace.inspections[trace.inspections["started"] < NEVER]
    first = begun[np.argsort(begun["started"])][:60]
    assert (first["raised"] < first["started"].min()).all()
    assert (np.diff(first["deadline"]) >= 0).all()
    assert len(set(first["provider"])) == 60


def test_news_of_a_home_whose_inspection_waits_already_lets_it_go_first(world: "World") -> None:
    """All are raised in the first days of a round, and nobody is there to begin them before March."""
    homes = world.of(childrens_home=40, secure_childrens_home=40).with_kind(effort=0.1).during(1)
    homes = homes.with_round(date(2006, 4, 1), date(2007, 3, 31), last_days_free=360).with_rates(complaint=20)
    homes = homes.responding("complaint", "move", types=["secure_childrens_home"])
    rows = homes.with_inspectors(0, (date(2007, 3, 1), 1)).run().inspections
    in_order = rows["service_type"][np.argsort(rows["started"])]
    assert in_order.tolist() == [1] * 40 + [0] * 40
    assert np.mean(rows["reason"]) < 0.3  # most were planned, and not brought forward


def test_a_team_waits_until_all_its_inspectors_are_free(world: "World") -> None:
    homes = world.of(childrens_home=40, local_authority=10).with_kind(effort=5)
    homes = homes.with_kind("area", effort=20, team=3, priority=3)
    homes = homes.with_visits(4, types=["childrens_home"]).with_interval(6, kind="area", types=["local_authority"])
    trace = homes.with_inspectors(4).run()
    done = trace.inspections[trace.inspections["status"] == DONE]
    changes = np.concatenate([done["started"], done["ended"]])
    busy = np.concatenate([done["team"], -done["team"]])
    order = np.lexsort((busy, changes))
    in_the_field = np.cumsum(busy[order])
    assert in_the_field.max() == 4
    assert set(np.unique(done["team"])) == {1, 3}


@pytest.mark.parametrize(("team", "desk_days"), [(1, 6), (2, 0), (2, 4)])
def test_nothing_at_discretion_keeps_an_inspector_from_statutory_work(
    world: "World", team: int, desk_days: int
) -> None:
    """Samples go before it in the backlog, but wait for a team of two or for the desk."""
    homes = world.of(childrens_home=60).with_kind(effort=5, effort_spread=0.5).with_visits(2, priority=6)
    homes = homes.with_kind("random", 4, team=team, priority=4, counts=False, lapse_days=365).with_sample(1.0)
    trace = homes.assessing("last_judgement", effort_days=desk_days).with_inspectors(3).run()
    begun = trace.inspections[trace.inspections["started"] < NEVER]
    samples = trace.inspections[trace.inspections["statutory"] == 0]
    assert (samples["started"] > samples["raised"]).sum() > 100
    statutory = begun[begun["statutory"] == 1]
    held_up = statutory[statutory["started"] > statutory["raised"]]
    assert len(held_up) > 100
    for visit in held_up:
        moments = np.append(begun["started"], begun["ended"])
        during = moments[(moments >= visit["raised"]) & (moments < visit["started"])]
        for moment in np.append(during, visit["raised"]):
            out = (begun["started"] <= moment) & (begun["ended"] > moment)
            assert begun["team"][out].sum() == 3


@pytest.mark.parametrize("fte", [0.3, 2.3, 2.999, 7.5])
def test_inspectors_are_whole_and_their_mean_over_the_months_is_right(world: "World", fte: float) -> None:
    homes = world.of(childrens_home=100).with_kind(effort=0.1).with_visits(2).with_inspectors(fte).during(10)
    backlog = homes.run().backlog
    there = backlog[backlog["service_type"] == 0]
    inspectors = there["inspector_days_there"] * 1440 * 7 / 5 / np.diff(there["month"], prepend=0)
    whole = np.round(inspectors)
    assert inspectors == pytest.approx(whole, abs=0.02)  # whoever is out when numbers fall comes home first
    assert set(whole) == {math.floor(fte), math.floor(fte) + 1}
    assert np.abs(np.cumsum(whole - fte)).max() < 1


def test_steps_in_the_number_of_inspectors_take_effect_on_their_date(world: "World") -> None:
    homes = world.of(childrens_home=100).with_kind(effort=1).with_visits(12)
    steps = [(date(2008, 4, 1), 6.0), (date(2010, 4, 1), 0.0), (date(2012, 4, 1), 3.0)]
    backlog = homes.with_inspectors(2, *steps).run().backlog
    there = backlog[backlog["service_type"] == 0]
    inspectors = there["inspector_days_there"] * 1440 * 7 / 5 / np.diff(there["month"], prepend=0)
    expected = np.repeat([2.0, 6, 0, 3], [24, 24, 24, 48])
    # at a cut, whoever is in the field comes home first: a day or two
    assert inspectors == pytest.approx(expected, abs=0.4)
    assert (inspectors >= expected - 1e-9).all()
    assert np.flatnonzero(inspectors > expected + 1e-9).tolist() == [48]


def test_all_that_waits_starts_at_once_when_the_limit_goes(world: "World") -> None:
    homes = world.of(childrens_home=400).with_kind().with_visits(3)
    trace = homes.with_inspectors(0, (date(2012, 4, 1), np.inf)).during(8).run()
    raised_before = trace.inspections[trace.inspections["raised"] < tick_of(date(2012, 4, 1), trace.epoch)]
    assert len(raised_before) == 400 * 3 * 6
    assert len(np.unique(raised_before["started"])) == 1
    assert trace.backlog["waiting"][-13] == 0
