"""Keeping account: what is waiting and running, who is busy, and the rows of the tables."""

import math

import numpy as np
import numpy.typing as npt

from simulator.compiling import compiled
from simulator.engine.agenda import LAPSE, MONTH, START, TARGET, send
from simulator.engine.desk_work import (
    TICKS_PER_INSPECTOR_DAY,
    charge_yearly_assessments,
    desk_share_done,
    plan_desk_work,
)
from simulator.engine.planning_samples import begin_to_count
from simulator.engine.recorded import CLOSED, RECOVERED, WAITING
from simulator.engine.sampling import ask_draws
from simulator.engine.state import State
from simulator.inspectorate.capacity import UNLIMITED
from simulator.ticks import MONTHS, NEVER


@compiled
def _settle_pool(state: State, pool: int, time: int) -> None:
    """Count the inspector-ticks of a pool up to `time`: those of its capacity, or more while it is being cut.

    Whoever is not out on a visit is at the desk, as far as there is work.
    """
    there = state.pools[pool]
    there.there += max(there.capacity, there.busy) * (time - there.since)
    there.desk_ticks += min(float(max(there.capacity - there.busy, 0)), there.desk) * (time - there.since)
    there.since = time


@compiled
def _settle_account(state: State, pool: int, service_type: int, time: int) -> None:
    """Count the inspector-ticks worked for a service type up to `time`."""
    account = state.accounts[pool, service_type]
    account.worked += account.busy * (time - account.since)
    account.since = time


@compiled
def count_waiting(state: State, row: int, change: int) -> None:
    """Count work that begins (1) or ceases (-1) to wait."""
    work = state.work[row]
    state.accounts[work.pool, state.providers[work.provider].service_type].waiting += change
    state.pools[work.pool].waiting += change
    state.pools[work.pool].waiting_by_law += change * work.statutory


@compiled
def count_busy(state: State, row: int, change: int, time: int) -> None:
    """Count work whose team sets out (1) or comes home (-1)."""
    work = state.work[row]
    service_type = state.providers[work.provider].service_type
    _settle_pool(state, work.pool, time)
    _settle_account(state, work.pool, service_type, time)
    state.pools[work.pool].busy += change * work.team
    state.accounts[work.pool, service_type].busy += change * work.team
    state.accounts[work.pool, service_type].running += change


@compiled
def settle_exposure(state: State, provider: int, time: int) -> None:
    """Count the measured time that a provider has spent in its present true grade."""
    place = state.providers[provider]
    begin = max(place.graded_since, state.now[0].measured_from)
    if time > begin:
        state.exposure[place.service_type, place.grade] += time - begin
    place.graded_since = time


@compiled
def record_inspection(state: State, row: int, status: int, judged: int, direction: int, lapse: int, ended: int) -> None:
    """Write the row of an inspection that ended or lapsed, before anybody learns from it."""
    now = state.now[0]
    work = state.work[row]
    place = state.providers[work.provider]
    same = place.open == 1 and place.generation == work.generation
    record = state.inspections[now.inspections]
    now.inspections += 1
    record.provider = work.provider
    record.generation = work.generation
    record.service_type = place.service_type
    record.kind = work.kind
    record.regime = now.framework
    record.reason = work.reason
    record.statutory = work.statutory
    record.status = status
    record.raised = work.raised
    record.deadline = work.deadline
    record.started = work.started
    record.ended = ended
    record.team = work.team
    record.inspector_days = work.inspector_days
    record.true_grade = place.grade if same else 0
    record.judged = judged
    record.direction = direction
    record.rating_before = place.rating if same else 0
    record.since_last_visit = ended - place.last_visit if same and place.last_visit > -NEVER else NEVER
    record.places = place.places
    record.lapse = lapse


@compiled
def begin_episode(state: State, provider: int, time: int) -> None:
    """A provider has become truly poor."""
    place = state.providers[provider]
    place.poor_since = time
    place.detected = NEVER


@compiled
def end_episode(state: State, provider: int, closed: bool, time: int) -> None:
    """A poor provider is better, or closed: write the row of its episode."""
    now = state.now[0]
    place = state.providers[provider]
    record = state.episodes[now.episodes]
    now.episodes += 1
    record.provider = provider
    record.generation = place.generation
    record.service_type = place.service_type
    record.places = place.places
    record.began = place.poor_since
    record.detected = place.detected
    record.ended = time
    record.end = CLOSED if closed else RECOVERED
    place.poor_since = NEVER


@compiled
def end_life(state: State, provider: int, time: int) -> None:
    """A provider closes: write the row of its life."""
    now = state.now[0]
    place = state.providers[provider]
    record = state.lives[now.lives]
    now.lives += 1
    record.provider = provider
    record.generation = place.generation
    record.service_type = place.service_type
    record.places = place.places
    record.opened = place.opened
    record.closed = time


@compiled
def ask_start(state: State, pool: int, time: int) -> None:
    """Ask, once a tick, that waiting work of a pool may start; if it has none, that of the pools it lends teams to."""
    if state.pools[pool].queued > 0:
        _ask_once(state, pool, time)
        return
    for neighbour in range(state.lenders.shape[1]):
        borrower = state.lenders[pool, neighbour]
        if borrower >= 0 and state.pools[borrower].queued > 0:
            _ask_once(state, borrower, time)


@compiled
def _ask_once(state: State, pool: int, time: int) -> None:
    """Ask that waiting work of a pool may start, unless that is asked already."""
    if state.pools[pool].start_asked != time:
        state.pools[pool].start_asked = time
        send(state, time, START, pool)


@compiled
def ask_targets(state: State, pool: int, time: int) -> None:
    """Ask, once a tick, that teams of a pool that are left free go where they are worth most, if any framework does."""
    if state.worth.shape[1] > 0 and state.pools[pool].targets_asked != time:
        state.pools[pool].targets_asked = time
        send(state, time, TARGET, pool)


@compiled
def _overdue(state: State, time: int) -> npt.NDArray[np.int64]:
    """Return, by pool and service type, the amount of waiting work that is past its statutory deadline."""
    late = np.zeros(state.accounts.shape, dtype=np.int64)
    for row in range(len(state.work)):
        work = state.work[row]
        if work.status == WAITING and work.statutory == 1 and work.deadline < time:
            late[work.pool, state.providers[work.provider].service_type] += 1
    return late


@compiled
def close_month(state: State, time: int) -> None:
    """Write the rows of the month that ends at `time` and begin to count afresh."""
    now = state.now[0]
    late = _overdue(state, time)
    for pool in range(len(state.pools)):
        _settle_pool(state, pool, time)
        share = desk_share_done(state, pool)
        for service_type in range(state.accounts.shape[1]):
            _settle_account(state, pool, service_type, time)
            account = state.accounts[pool, service_type]
            record = state.months[now.months]
            now.months += 1
            record.month = time
            record.pool = pool
            record.service_type = service_type
            record.waiting = account.waiting
            record.overdue = late[pool, service_type]
            record.running = account.running
            desk_days = share * account.desk_planned
            account.desk_owed -= desk_days
            record.inspector_days_worked = account.worked / TICKS_PER_INSPECTOR_DAY + desk_days
            record.inspector_days_there = state.pools[pool].there / TICKS_PER_INSPECTOR_DAY
            record.desk_days = desk_days
            account.worked = 0
        state.pools[pool].there = 0


@compiled
def set_capacity(state: State, month: int, time: int) -> None:
    """Send out a month's inspectors: whole ones, the parts being carried over so that the mean is right."""
    charge_yearly_assessments(state)
    for pool in range(len(state.pools)):
        _settle_pool(state, pool, time)
        plan_desk_work(state, pool, month)
        inspectors = state.capacity[pool, month]
        there = state.pools[pool]
        if inspectors >= UNLIMITED:
            there.capacity = UNLIMITED
        else:
            there.capacity = math.floor(inspectors + there.carry)
            there.carry += inspectors - there.capacity
        ask_start(state, pool, time)
        ask_targets(state, pool, time)


@compiled
def _count_ratings(state: State, month: int) -> None:
    """Count the ratings held when a month begins."""
    for provider in range(len(state.providers)):
        place = state.providers[provider]
        if place.open == 1:
            state.ratings[month, place.service_type, place.rating] += 1


@compiled
def on_month(state: State, month: int, time: int) -> None:
    """A month begins: close the one before, set the capacity of the new one, and in April draw the samples.

    docs/model.md, *What the inspectorate does*: inspectors, and the samples of the consultation 2006, 3.1.15.
    """
    close_month(state, time)
    send(state, time, LAPSE, 0)
    _count_ratings(state, month)
    set_capacity(state, month, time)
    state.now[0].month = month
    if month % MONTHS == 0:
        begin_to_count(state)
        ask_draws(state, time)
    send(state, state.month_starts[month + 1], MONTH, month + 1)
