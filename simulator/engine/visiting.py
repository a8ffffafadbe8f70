"""The life of an inspection: raised, waiting, under way, ended."""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.accounts import ask_start, ask_targets, count_busy, count_waiting, record_inspection
from simulator.engine.agenda import END, send
from simulator.engine.holding import count_visit
from simulator.engine.in_force import is_of_rule, policy_in_force
from simulator.engine.leading import is_rushed, lead_of, sight_of
from simulator.engine.recorded import (
    BEYOND_MEANS,
    BROUGHT_FORWARD,
    DONE,
    INCLUDED,
    LAPSED,
    PLANNED,
    PROVIDER_CLOSED,
    RUNNING,
    SAMPLED,
    WAITING,
)
from simulator.engine.seeing import direction_of, effort_of, grade_seen, mean_effort, ticks_of_days
from simulator.engine.state import State
from simulator.inspectorate.backlog import entry_of, order_of, push
from simulator.inspectorate.kinds import DESK
from simulator.ticks import NEVER
from simulator.world.services import LOCAL_AUTHORITY
from simulator.world.streams import JUDGEMENT, LEAD


@compiled
def raise_inspection(state: State, provider: int, slot: int, time: int) -> int:
    """Put the inspection that a slot has planned into the backlog of its pool; return its row."""
    plan = state.plans[state.slots[provider, slot]]
    number = plan.number if plan.number >= 0 else next_number(state, provider)
    plan.number = -1
    row = new_work(state, provider, plan.framework, plan.kind, number, time)
    work = state.work[row]
    work.reason = plan.reason
    work.slot = slot if is_of_rule(state, slot) else plan.stands_for
    work.raised_by = slot
    work.statutory = plan.statutory
    work.deadline = plan.deadline
    if plan.statutory == 0:
        work.lapses = _lapse_of(state, provider, slot, time)
    work.priority = plan.priority
    if not is_of_rule(state, slot) and plan.reason != SAMPLED and plan.stands_for < 0:
        state.pools[work.pool].unforeseen += mean_effort(state, provider, plan.framework, plan.kind)
    count_waiting(state, row, 1)
    enqueue(state, row, plan.wanted_by, time)
    return int(row)


@compiled
def go_without(state: State, provider: int, slot: int, time: int) -> None:
    """Count what a sample asked for beyond the means as lapsed, now that it was to be made."""
    plan = state.plans[state.slots[provider, slot]]
    row = new_work(state, provider, plan.framework, plan.kind, state.providers[provider].numbered, time)
    work = state.work[row]
    work.reason = plan.reason
    work.deadline = plan.deadline
    count_waiting(state, row, 1)
    lapse(state, row, BEYOND_MEANS, time)


@compiled
def _lapse_of(state: State, provider: int, slot: int, time: int) -> int:
    """Return when a discretionary inspection raised now lapses if it has not begun.

    A sample lapses at the end of its year; any other some days after the date at which it was wanted, as its kind says.
    """
    plan = state.plans[state.slots[provider, slot]]
    if plan.reason == SAMPLED:
        return int(plan.deadline)
    return int(max(min(plan.deadline, plan.wanted_by), time) + state.policies[plan.framework].lapse[plan.kind])


@compiled
def next_number(state: State, provider: int) -> int:
    """Return the number of a provider's next inspection, and count it."""
    place = state.providers[provider]
    number = place.numbered
    place.numbered += 1
    return int(number)


@compiled
def new_work(state: State, provider: int, framework: int, kind: int, number: int, time: int) -> int:
    """Take a free row for the `number`-th inspection of a provider, raised at `time`, and return it.

    It waits for its team, at the inspectorate's discretion, and meets the duty of no slot.
    """
    now = state.now[0]
    place = state.providers[provider]
    row = now.free_work
    work = state.work[row]
    policy = state.policies[framework]
    now.free_work = work.next
    now.free_rows -= 1
    work.provider = provider
    work.generation = place.generation
    work.framework = framework
    work.kind = kind
    work.number = number
    work.slot = work.raised_by = -1
    work.statutory = 0
    work.pool = policy.pool[kind] + policy.regional[kind] * place.region
    work.status = WAITING
    work.raised = time
    work.deadline = work.lapses = work.started = NEVER
    work.priority = policy.priority[kind]
    work.team = policy.team[kind]
    work.effort_factor = 1.0
    work.rushed = 0
    work.inspector_days = 0.0
    work.next = place.first_work
    place.first_work = row
    return int(row)


@compiled
def enqueue(state: State, row: int, wanted_by: int, time: int) -> None:
    """Put waiting work in its place in the backlog; an earlier place of it is out of date from now on."""
    work = state.work[row]
    work.order = order_of(work.priority, wanted_by, work.raised)
    _put_into_backlog(state, row, time)


@compiled
def go_up(state: State, row: int, wanted_by: int, time: int) -> None:
    """Return waiting work, whose priority or date has changed, a place in the backlog no later than the one it had."""
    work = state.work[row]
    order = order_of(work.priority, wanted_by, work.raised)
    if order < work.order:
        work.order = order
        _put_into_backlog(state, row, time)


@compiled
def _put_into_backlog(state: State, row: int, time: int) -> None:
    """Put waiting work where it now belongs in the backlog of its pool, some of which may begin."""
    work = state.work[row]
    pool = state.pools[work.pool]
    push(state.backlog[work.pool], pool.queued, work.order, entry_of(work.provider, row))
    pool.queued += 1
    ask_start(state, work.pool, time)


@compiled
def has_work(state: State, provider: int, kinds: Any) -> bool:
    """Return whether an inspection of a kind marked 1 waits or runs for the present provider."""
    place = state.providers[provider]
    row = place.first_work
    while row >= 0:
        if state.work[row].generation == place.generation and kinds[state.work[row].kind] == 1:
            return True
        row = state.work[row].next
    return False


@compiled
def is_raised(state: State, provider: int, kind: int) -> bool:
    """Report whether an inspection of a kind waits or runs for the present provider."""
    place = state.providers[provider]
    row = place.first_work
    while row >= 0:
        if state.work[row].generation == place.generation and state.work[row].kind == kind:
            return True
        row = state.work[row].next
    return False


@compiled
def is_raised_by(state: State, provider: int, slot: int) -> bool:
    """Report whether an inspection that a slot has raised waits or runs for the present provider."""
    place = state.providers[provider]
    row = place.first_work
    while row >= 0:
        if state.work[row].generation == place.generation and state.work[row].raised_by == slot:
            return True
        row = state.work[row].next
    return False


@compiled
def _questionnaires(state: State, row: int) -> int:
    """Return 1 if a questionnaire is filled in before a visit: before one that a rule has planned.

    A self-assessment takes its place (consultation 2006, 3.2.2) from the day on which a framework that demands one is
    in force, whichever had planned the visit. A local authority has papers of its own.
    """
    work = state.work[row]
    service_type = state.providers[work.provider].service_type
    is_planned = work.reason in (PLANNED, BROUGHT_FORWARD)
    is_asked = policy_in_force(state).self_assessed[service_type] == 0
    return int(is_planned and is_asked and service_type != LOCAL_AUTHORITY)


@compiled
def begin(state: State, row: int, team_of: int, time: int) -> None:
    """Send a team out, of the pool `team_of`, for as long as the effort takes, five working days in seven."""
    work = state.work[row]
    work.status = RUNNING
    work.started = time
    count_waiting(state, row, -1)
    if is_rushed(state, work.pool, work.kind):
        work.rushed = 1
        work.effort_factor *= state.inspectors[0].rushed_effort
    work.pool = team_of
    work.lead = lead_of(state, work.provider, team_of, LEAD, work.number)
    work.inspector_days = effort_of(state, work.provider, work.framework, work.kind, work.number, work.effort_factor)
    count_busy(state, row, 1, time)
    if work.kind != DESK:
        count_visit(state, work.provider, work.inspector_days, _questionnaires(state, row), time)
    ends = time + ticks_of_days(state, row)
    send(state, ends, END, row)
    include(state, row, ends, time)


@compiled
def include(state: State, row: int, ends: int, time: int) -> None:
    """Begin, with an inspection of a local authority, that of every open service it covers, and end them with it.

    Such a part has no team and takes no inspector-days of its own; it is statutory if the whole is.
    """
    work = state.work[row]
    authority = state.providers[work.provider]
    if authority.service_type != LOCAL_AUTHORITY:
        return
    includes = state.policies[work.framework].includes[work.kind]
    for service in range(len(includes)):
        covered = state.authorities[authority.authority, service]
        if includes[service] == 0 or covered < 0 or state.providers[covered].open == 0:
            continue
        part_row = new_work(state, covered, work.framework, work.kind, next_number(state, covered), time)
        part = state.work[part_row]
        part.reason = INCLUDED
        part.statutory = work.statutory
        part.status = RUNNING
        part.deadline = work.deadline
        part.priority = work.priority
        part.started = time
        part.team = 0
        part.pool, part.lead, part.rushed = work.pool, work.lead, work.rushed
        count_busy(state, part_row, 1, time)
        if work.kind != DESK:
            count_visit(state, covered, 0.0, _questionnaires(state, part_row), time)
        send(state, ends, END, part_row)


@compiled
def finish(state: State, row: int, time: int) -> tuple[int, int, int]:
    """Bring a team home, record the inspection and free its row; return the grades seen and judged, and the direction.

    All are 0 if the provider has closed meanwhile. A kind that gives no grade has seen one all the same.
    """
    work = state.work[row]
    place = state.providers[work.provider]
    policy = state.policies[work.framework]
    seen, judged, direction = 0, 0, 0
    if place.open == 1 and place.generation == work.generation:
        sight = sight_of(state, row)
        seen = grade_seen(state, work.provider, work.framework, work.kind, JUDGEMENT, work.number, sight, time)
        if policy.grades[work.kind] == 1:
            judged = seen
        if policy.direction[work.kind] == 1 and place.judged > 0:
            direction = direction_of(seen, place.judged)
            place.direction = direction
    count_busy(state, row, -1, time)
    record_inspection(state, row, DONE, judged, direction, 0, time)
    _free(state, row)
    ask_start(state, work.pool, time)
    ask_targets(state, work.pool, time)
    return seen, judged, direction


@compiled
def lapse(state: State, row: int, why: int, time: int) -> None:
    """Drop waiting work."""
    count_waiting(state, row, -1)
    record_inspection(state, row, LAPSED, 0, 0, why, time)
    _free(state, row)


@compiled
def lapse_at_closure(state: State, provider: int, time: int) -> None:
    """Drop all that waits for a provider, because it closes."""
    row = state.providers[provider].first_work
    while row >= 0:
        following = state.work[row].next
        if state.work[row].status == WAITING:
            lapse(state, row, PROVIDER_CLOSED, time)
        row = following


@compiled
def drop_waiting(state: State, provider: int, reason: int, why: int, time: int) -> None:
    """Drop what waits for a provider for one reason, unless the law has come to ask for it."""
    row = state.providers[provider].first_work
    while row >= 0:
        following = state.work[row].next
        work = state.work[row]
        if work.status == WAITING and work.reason == reason and work.statutory == 0:
            lapse(state, row, why, time)
        row = following


@compiled
def _free(state: State, row: int) -> None:
    """Take a row of work out of its provider's chain and put it among the free ones."""
    now = state.now[0]
    work = state.work[row]
    place = state.providers[work.provider]
    if place.first_work == row:
        place.first_work = work.next
    else:
        before = place.first_work
        while state.work[before].next != row:
            before = state.work[before].next
        state.work[before].next = work.next
    work.status = 0
    work.next = now.free_work
    now.free_work = row
    now.free_rows += 1
