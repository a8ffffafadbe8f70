"""Rows are taken and given back, backlogs are cleared of what is outdated, and nothing that happens depends on it."""

import numpy as np
import pytest

from simulator.engine.compiled_engine import Run
from simulator.engine.in_force import is_of_rule
from simulator.engine.memory import drop_outdated
from simulator.engine.recorded import WAITING
from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.simpy_engine import simulate_simpy
from simulator.engine.slots import is_of_sample
from simulator.engine.state import State
from simulator.engine.work_records import NOTHING_PLANNED
from simulator.inspectorate.backlog import pop, row_of
from simulator.inspectorate.framework import load_framework
from simulator.scenario.scenario import load_scenario
from simulator.ticks import NEVER
from tests.benchmarks.settings import grown, posed

OFTEN = 97
"""Events from one clearing of the backlogs to the next."""


@pytest.fixture(scope="module")
def scarce() -> Setting:
    """A quarter of England, inspectors included: two years of option A as proposed after two of the 2006 regime."""
    changes = {"run": {"years": 2, "warm_up_years": 2}}
    scenario = grown(load_scenario("england-2006").changed(changes, "a test"), 0.25)
    return posed(scenario, load_framework("2006-regime"), load_framework("option-a-as-proposed")).setting


@pytest.fixture(scope="module")
def ended(scarce: Setting) -> State:
    """The state at the horizon."""
    run = Run(scarce, 0)
    run.finish()
    return run.state


def test_each_slot_has_a_row_of_its_own_and_the_others_are_free(ended: State) -> None:
    used = ended.slots[ended.slots != NOTHING_PLANNED]
    free = []
    row = int(ended.now[0].free_plan)
    while row >= 0:
        free.append(row)
        row = int(ended.plans[row].following)
    assert sorted([*used, *free]) == list(range(NOTHING_PLANNED + 1, ended.now[0].fresh_plan))
    assert len(free) > 0


def test_rows_come_back_from_slots_that_plan_once(ended: State) -> None:
    """Rules keep theirs, samples until the next year; whatever else has a row has something planned."""
    for slot in range(ended.slots.shape[1]):
        rows = ended.slots[:, slot]
        planned = ended.plans["next"][rows[rows != NOTHING_PLANNED]]
        if not is_of_rule(ended, slot) and not is_of_sample(ended, slot):
            assert (planned < NEVER).all()
    assert ended.now[0].fresh_plan < ended.slots.size / 2


def test_what_slots_without_a_row_read_is_never_written(scarce: Setting, ended: State) -> None:
    assert ended.plans[NOTHING_PLANNED] == Run(scarce, 1).state.plans[NOTHING_PLANNED]
    assert ended.plans[NOTHING_PLANNED].next == NEVER


def test_a_backlog_cleared_of_what_is_outdated_gives_up_the_same_work_in_the_same_order(ended: State) -> None:
    pool = int(np.argmax(ended.pools["queued"]))

    def in_order() -> list[int]:
        heap, queued = ended.backlog[pool].copy(), int(ended.pools[pool].queued)
        rows = []
        for size in range(queued, 0, -1):
            key = heap[0, 0]
            row = row_of(pop(heap, size))
            if ended.work[row].status == WAITING and ended.work[row].order == key:
                rows.append(row)
        return rows

    before, queued = in_order(), int(ended.pools[pool].queued)
    assert len(before) < queued
    drop_outdated(ended, pool)
    assert ended.pools[pool].queued == len(before)
    assert in_order() == before


def test_clearing_backlogs_at_any_time_changes_nothing(scarce: Setting) -> None:
    events = 0

    def clear(state: State, *_: int) -> None:
        nonlocal events
        events += 1
        if events % OFTEN == 0:
            for pool in range(len(state.pools)):
                drop_outdated(state, pool)

    cleared, usual = simulate_simpy(scarce, 1, clear), simulate(scarce, 1)
    assert events > 10 * OFTEN
    for name in ("inspections", "episodes", "backlog", "assessments"):
        assert np.array_equal(getattr(cleared, name), getattr(usual, name), equal_nan=False), name
