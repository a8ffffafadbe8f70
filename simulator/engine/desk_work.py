"""Work at the desk: risk assessments, their reviews, self-assessments read and checked, plans looked at.

It takes inspectors after statutory visits and before discretionary ones (docs/model.md, *What the inspectorate does*).
The days owed when a month begins are spread evenly over it. As many inspectors are at the desk whenever they are not
out on statutory visits, and a discretionary visit begins only if its team is free in addition to them. What is not done
by the end of the month stays owed.
"""

from simulator.compiling import compiled
from simulator.engine.in_force import policy_in_force, pool_of
from simulator.engine.state import State
from simulator.inspectorate.capacity import CALENDAR_DAYS_PER_WORKING_DAY
from simulator.ticks import MONTHS, TICKS_PER_DAY

TICKS_PER_INSPECTOR_DAY = TICKS_PER_DAY * CALENDAR_DAYS_PER_WORKING_DAY
_BEFORE_THE_DESK = 3
"""Work of this priority, or of one that goes before it, goes before the desk even if it is not statutory."""
_ALL_BUT_ROUNDING = 1.0 - 1e-9


@compiled
def charge_assessment(state: State, provider: int, days: float) -> None:
    """Charge inspector-days to the pool that assesses a provider, to be worked from the next month on."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    part = policy.assessment_regional[place.service_type] * place.region
    state.accounts[policy.assessment_pool[place.service_type] + part, place.service_type].desk_owed += days


@compiled
def charge_review(state: State, provider: int, days: float) -> None:
    """Charge inspector-days for the review of an assessment, which nobody could foresee when the year began."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    charge_assessment(state, provider, days)
    part = policy.assessment_regional[place.service_type] * place.region
    state.pools[policy.assessment_pool[place.service_type] + part].unforeseen += days


@compiled
def charge_check(state: State, provider: int) -> None:
    """Charge the inspector-days that reading and checking a provider's self-assessment takes."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    pool = policy.check_pool[place.service_type] + policy.check_regional[place.service_type] * place.region
    state.accounts[pool, place.service_type].desk_owed += policy.check_days[place.service_type]


@compiled
def charge_look(state: State, provider: int, kind: int, days: float) -> None:
    """Charge the inspector-days that a look at a plan takes to the pool of the kind of inspection that looks else."""
    place = state.providers[provider]
    pool = pool_of(state, provider, kind)
    state.accounts[pool, place.service_type].desk_owed += days
    state.pools[pool].unforeseen += days


@compiled
def charge_yearly_assessments(state: State) -> None:
    """Charge a twelfth of the desk days that the yearly assessment of every open provider takes."""
    policy = policy_in_force(state)
    for provider in range(len(state.providers)):
        place = state.providers[provider]
        if place.open == 1 and policy.assessment_days[place.service_type] > 0.0:
            charge_assessment(state, provider, policy.assessment_days[place.service_type] / MONTHS)


@compiled
def plan_desk_work(state: State, pool: int, month: int) -> None:
    """Spread the desk work that a pool owes evenly over the month that begins."""
    working_days = (state.month_starts[month + 1] - state.month_starts[month]) / TICKS_PER_INSPECTOR_DAY
    planned = 0.0
    for service_type in range(state.accounts.shape[1]):
        account = state.accounts[pool, service_type]
        account.desk_planned = account.desk_owed
        planned += account.desk_planned
    state.pools[pool].desk = planned / working_days
    state.pools[pool].desk_ticks = 0.0


@compiled
def desk_share_done(state: State, pool: int) -> float:
    """Return the share of the month's desk work that a pool has done, 0 to 1."""
    planned = 0.0
    for service_type in range(state.accounts.shape[1]):
        planned += state.accounts[pool, service_type].desk_planned
    if planned == 0.0:
        return 0.0
    share = state.pools[pool].desk_ticks / TICKS_PER_INSPECTOR_DAY / planned
    return 1.0 if share > _ALL_BUT_ROUNDING else float(share)


@compiled
def _goes_before_desk(priority: int, statutory: int) -> bool:
    """Report whether waiting work takes inspectors from the desk."""
    return statutory == 1 or priority <= _BEFORE_THE_DESK


@compiled
def free_inspectors(state: State, pool: int, priority: int, statutory: int) -> float:
    """Return the inspectors of a pool that are free for work of a priority."""
    there = state.pools[pool]
    free = float(there.capacity - there.busy)
    return free if _goes_before_desk(priority, statutory) else free - there.desk
