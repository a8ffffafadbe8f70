"""Samples are planned to the inspector-days that other work leaves.

What is promised beyond the means is not planned: the day on which it was to be made it counts as lapsed. How much
other work there will be is a plain estimate (docs/model.md, *What the inspectorate does*): the statutory inspections
that fall due in the year, the visits by rules at discretion that are planned for it, all that waits, the desk work of
the year and, of work that nobody can foresee (news, re-inspections, first inspections), as much as came up in the year
before and stood for no visit that a rule wants anyway.
"""

import numpy as np
import numpy.typing as npt

from simulator.compiling import compiled
from simulator.engine.desk_work import TICKS_PER_INSPECTOR_DAY
from simulator.engine.duties import NO_SLOT
from simulator.engine.in_force import form_of, is_of_rule, is_statutory, policy_in_force, pool_of, rule_of, rule_slots
from simulator.engine.inspection_years import end_of_year
from simulator.engine.recorded import SAMPLED, WAITING
from simulator.engine.seeing import mean_effort
from simulator.engine.slots import is_of_sample
from simulator.engine.state import State
from simulator.engine.work_records import RULE
from simulator.inspectorate.means import days_left, within_means
from simulator.inspectorate.planner import year_left, year_of
from simulator.inspectorate.rules_policy import NO_RULE
from simulator.ticks import MONTHS, NEVER

Days = npt.NDArray[np.float64]


@compiled
def plan_to_means(state: State, time: int) -> None:
    """Plan of what the samples ask for from now on as much as the inspector-days left allow.

    Whatever a framework that took over within the year has kept stays planned or unplanned.
    """
    drawn = _drawn_now(state, time)
    if len(drawn) == 0:
        return
    pools = np.zeros(len(drawn), dtype=np.int64)
    places, days = np.zeros(len(drawn)), np.zeros(len(drawn))
    for number in range(len(drawn)):
        provider, slot = drawn[number] // state.slots.shape[1], drawn[number] % state.slots.shape[1]
        plan = state.plans[state.slots[provider, slot]]
        pools[number] = pool_of(state, provider, plan.kind)
        places[number] = plan.score[0]
        days[number] = mean_effort(state, provider, state.now[0].framework, plan.kind)
    left = days_left(_days_offered(state, time), _days_foreseen(state, time))
    planned, until = within_means(pools, places, days, left)
    for pool in range(len(state.pools)):
        state.pools[pool].unplanned_share = 1.0 - until[pool]
    for number in range(len(drawn)):
        provider, slot = drawn[number] // state.slots.shape[1], drawn[number] % state.slots.shape[1]
        state.plans[state.slots[provider, slot]].beyond = not planned[number]


@compiled
def is_beyond_means(state: State, provider: int, kind: int, place: float) -> bool:
    """Report whether what a sample asks for in the course of the year is beyond the means, as it was on 1 April."""
    return bool(place >= 1.0 - state.pools[pool_of(state, provider, kind)].unplanned_share)


@compiled
def begin_to_count(state: State) -> None:
    """Begin a year: what came up in the last one that nobody could foresee is expected to come up in this one."""
    for pool in range(len(state.pools)):
        state.pools[pool].unforeseen_before = state.pools[pool].unforeseen
        state.pools[pool].unforeseen = 0.0
        state.pools[pool].unplanned_share = 0.0


@compiled
def _drawn_now(state: State, time: int) -> npt.NDArray[np.int64]:
    """Return what samples have asked for now, each its provider and slot in one number."""
    slots = state.slots.shape[1]
    first = RULE + state.now[0].rules
    drawn = np.zeros(len(state.providers) * (slots - first), dtype=np.int64)
    found = 0
    for provider in range(len(state.providers)):
        for slot in range(first, slots):
            plan = state.plans[state.slots[provider, slot]]
            if is_of_sample(state, slot) and plan.next < NEVER and plan.from_ == time:
                drawn[found] = provider * slots + slot
                found += 1
    return drawn[:found]


@compiled
def _days_offered(state: State, time: int) -> Days:
    """Return the inspector-days that each pool is in the field for, from now to the end of the year."""
    offered = np.zeros(len(state.pools))
    april = MONTHS * year_of(state.month_starts, time)
    for month in range(april, april + MONTHS):
        ticks = state.month_starts[month + 1] - max(state.month_starts[month], time)
        for pool in range(len(state.pools)):
            if ticks > 0:
                inspectors = state.capacity[pool, min(month, state.capacity.shape[1] - 1)]
                offered[pool] += inspectors * ticks / TICKS_PER_INSPECTOR_DAY
    return offered


@compiled
def _days_foreseen(state: State, time: int) -> Days:
    """Return the inspector-days of other work that each pool is expected to have until the end of the year."""
    days = np.zeros(len(state.pools))
    share = year_left(state.month_starts, time)
    months = MONTHS * (year_of(state.month_starts, time) + 1) - state.now[0].month - 1
    for pool in range(len(state.pools)):
        days[pool] += share * state.pools[pool].unforeseen_before
        for service_type in range(state.accounts.shape[1]):
            days[pool] += state.accounts[pool, service_type].desk_owed
    _add_duties(state, days, time)
    _add_waiting(state, days)
    for provider in range(len(state.providers)):
        if state.providers[provider].open == 1:
            _add_discretionary(state, provider, days, time)
            _add_desk_work(state, provider, days, months, share)
    return days


@compiled
def _add_duties(state: State, days: Days, time: int) -> None:
    """Add the inspections that statutory rules want to have ended by the end of the year."""
    year_end = end_of_year(state, time)
    for row in range(len(state.standing)):
        duty = state.standing[row]
        if duty.slot == NO_SLOT or duty.statutory == 0 or duty.due > year_end or not is_of_rule(state, duty.slot):
            continue
        if form_of(state, duty.provider, duty.slot) != NO_RULE:
            kind = policy_in_force(state).kind[rule_of(state, duty.provider, duty.slot)]
            days[pool_of(state, duty.provider, kind)] += mean_effort(state, duty.provider, state.now[0].framework, kind)


@compiled
def _add_waiting(state: State, days: Days) -> None:
    """Add what waits and is neither for a duty of a rule nor for a sample."""
    for row in range(len(state.work)):
        work = state.work[row]
        is_for_duty = work.statutory == 1 and is_of_rule(state, work.slot)
        if work.status == WAITING and work.reason != SAMPLED and not is_for_duty:
            days[work.pool] += mean_effort(state, work.provider, work.framework, work.kind)


@compiled
def _add_discretionary(state: State, provider: int, days: Days, time: int) -> None:
    """Add what rules at the inspectorate's discretion have planned for the year."""
    year_end = end_of_year(state, time)
    for slot in rule_slots(state):
        plan = state.plans[state.slots[provider, slot]]
        if plan.next < year_end and not is_statutory(state, provider, slot):
            days[pool_of(state, provider, plan.kind)] += mean_effort(state, provider, state.now[0].framework, plan.kind)


@compiled
def _add_desk_work(state: State, provider: int, days: Days, months: int, share: float) -> None:
    """Add the yearly assessment of a provider, spread over the months, and the check of its self-assessment.

    `months`: those of the year after this one, which has been charged; `share`: what is left of the year.
    """
    place = state.providers[provider]
    policy = policy_in_force(state)
    service_type = place.service_type
    assessing = policy.assessment_pool[service_type] + policy.assessment_regional[service_type] * place.region
    days[assessing] += months / MONTHS * policy.assessment_days[service_type]
    checking = policy.check_pool[service_type] + policy.check_regional[service_type] * place.region
    days[checking] += share * policy.self_assessed[service_type] * policy.check_days[service_type]
