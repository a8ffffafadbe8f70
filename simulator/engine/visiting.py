"""The life of an inspection: raised, waiting, under way, ended."""

import math
from typing import Any

from simulator.compiling import compiled
from simulator.engine.accounts import (
    ask_start,
    ask_targets,
    count_busy,
    count_waiting,
    record_inspection,
)
from simulator.engine.agenda import END, send
from simulator.engine.desk_work import TICKS_PER_INSPECTOR_DAY
from simulator.engine.recorded import (
    DECLINED,
    DONE,
    IMPROVED,
    INCLUDED,
    LAPSED,
    PROVIDER_CLOSED,
    RUNNING,
    SAMPLED,
    SUSTAINED,
    WAITING,
)
from simulator.engine.slots import is_of_rule
from simulator.engine.state import State
from simulator.inspectorate.backlog import order_of, push
from simulator.inspectorate.judgement import judged_grade
from simulator.inspectorate.severity import severity_at
from simulator.ticks import NEVER
from simulator.world.quality import limited_grade, middle_grade
from simulator.world.services import LOCAL_AUTHORITY
from simulator.world.streams import EFFORT, JUDGEMENT, normal


@compiled
def raise_inspection(state: State, provider: int, slot: int, time: int) -> int:
    """Put the inspection that a slot has planned into the backlog of its pool; give its row."""
    plan = state.plans[state.slots[provider, slot]]
    number = plan.number if plan.number >= 0 else next_number(state, provider)
    plan.number = -1
    row = new_work(state, provider, plan.framework, plan.kind, number, time)
    work = state.work[row]
    work.reason = plan.reason
    work.slot = slot if is_of_rule(state, slot) else plan.stands_for
    work.raised_by = slot
    work.statutory = plan.statutory
    work.status = WAITING
    work.deadline = plan.deadline
    work.lapses = NEVER if plan.statutory == 1 else lapse_of(state, provider, slot, time)
    work.priority = plan.priority
    work.started = NEVER
    work.team = state.policies[plan.framework].team[plan.kind]
    count_waiting(state, row, 1)
    enqueue(state, row, plan.wanted_by, time)
    return int(row)


@compiled
def lapse_of(state: State, provider: int, slot: int, time: int) -> int:
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
    """Take a free row for the `number`-th inspection of a provider, raised at `time`, and return it."""
    now = state.now[0]
    place = state.providers[provider]
    row = now.free_work
    work = state.work[row]
    now.free_work = work.next
    now.free_rows -= 1
    work.provider = provider
    work.generation = place.generation
    work.framework = framework
    work.kind = kind
    work.number = number
    work.pool = state.policies[framework].pool[kind] + state.policies[framework].regional[kind] * place.region
    work.raised = time
    work.raised_by = -1
    work.effort_factor = 1.0
    work.inspector_days = 0.0
    work.next = place.first_work
    place.first_work = row
    return int(row)


@compiled
def enqueue(state: State, row: int, wanted_by: int, time: int) -> None:
    """Give waiting work its place in the backlog; an earlier place of it is out of date from now on."""
    work = state.work[row]
    work.order = order_of(work.priority, wanted_by, work.provider)
    put_into_backlog(state, row, time)


@compiled
def go_up(state: State, row: int, wanted_by: int, time: int) -> None:
    """Return waiting work, whose priority or date has changed, a place in the backlog no later than the one it had."""
    work = state.work[row]
    order = order_of(work.priority, wanted_by, work.provider)
    if order < work.order:
        work.order = order
        put_into_backlog(state, row, time)


@compiled
def put_into_backlog(state: State, row: int, time: int) -> None:
    """Put waiting work where it now belongs in the backlog of its pool, some of which may begin."""
    work = state.work[row]
    pool = state.pools[work.pool]
    push(state.backlog[work.pool], pool.queued, work.order, row)
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
    """Say whether an inspection of a kind waits or runs for the present provider."""
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
def begin(state: State, row: int, time: int) -> None:
    """Send a team out for as long as the effort takes, five working days in seven."""
    work = state.work[row]
    work.status = RUNNING
    work.started = time
    work.inspector_days = effort_of(state, work.provider, work.framework, work.kind, work.number, work.effort_factor)
    count_waiting(state, row, -1)
    count_busy(state, row, 1, time)
    ends = time + ticks_of(state, row)
    send(state, ends, END, row)
    include(state, row, ends, time)


@compiled
def effort_of(state: State, provider: int, framework: int, kind: int, number: int, factor: float) -> float:
    """Return the inspector-days that the `number`-th inspection of a provider takes, as drawn."""
    place = state.providers[provider]
    policy = state.policies[framework]
    noise = normal(state.now[0].run, EFFORT, place.identity, number)
    return policy.effort[kind, place.service_type] * factor * spread(policy.effort_spread[kind], noise)


@compiled
def ticks_of(state: State, row: int) -> int:
    """Return how long a piece of work takes from its beginning to its end."""
    work = state.work[row]
    return ticks_taken(state, work.provider, work.framework, work.kind, work.number, work.effort_factor)


@compiled
def ticks_taken(state: State, provider: int, framework: int, kind: int, number: int, factor: float) -> int:
    """Return how long the `number`-th inspection of a provider takes from its beginning to its end."""
    days = effort_of(state, provider, framework, kind, number, factor)
    return max(round(days / state.policies[framework].team[kind] * TICKS_PER_INSPECTOR_DAY), 1)


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
        part.slot = -1
        part.statutory = work.statutory
        part.status = RUNNING
        part.deadline = work.deadline
        part.lapses = NEVER
        part.priority = work.priority
        part.started = time
        part.team = 0
        count_busy(state, part_row, 1, time)
        send(state, ends, END, part_row)


@compiled
def spread(variation: float, noise: float) -> float:
    """Give a log-normal factor of mean 1 and coefficient of variation `variation`."""
    if variation == 0.0:
        return 1.0
    log_variance = math.log(1.0 + variation**2)
    return math.exp(math.sqrt(log_variance) * noise - log_variance / 2.0)


@compiled
def finish(state: State, row: int, time: int) -> tuple[int, int, int]:
    """Bring a team home, record the inspection and free its row; give the grades seen and judged, and the direction.

    All are 0 if the provider has closed meanwhile. A kind that gives no grade has seen one all the same.
    """
    work = state.work[row]
    place = state.providers[work.provider]
    policy = state.policies[work.framework]
    seen, judged, direction = 0, 0, 0
    if place.open == 1 and place.generation == work.generation:
        seen = grade_seen(state, work.provider, work.framework, work.kind, JUDGEMENT, work.number, time)
        if policy.grades[work.kind] == 1:
            judged = seen
        if policy.direction[work.kind] == 1 and place.judged > 0:
            direction = direction_of(seen, place.judged)
            place.direction = direction
    count_busy(state, row, -1, time)
    record_inspection(state, row, DONE, judged, direction, 0, time)
    free(state, row)
    ask_start(state, work.pool, time)
    ask_targets(state, work.pool, time)
    return seen, judged, direction


@compiled
def grade_seen(state: State, provider: int, framework: int, kind: int, purpose: int, number: int, time: int) -> int:
    """Return the grade that an inspection of a kind sees at `time`: of each strand by itself, then of all as combined.

    Its noise is the `number`-th drawn for `purpose`, of each strand its own.
    """
    place = state.providers[provider]
    policy = state.policies[framework]
    severity = severity_at(policy, place.service_type, kind, time)
    strands = slice(place.first_strand, place.first_strand + place.strands)
    for row in range(place.first_strand, place.first_strand + place.strands):
        judged = state.strands[row]
        noise = normal(state.now[0].run, purpose, judged.identity, number)
        judged.seen = judged_grade(judged.grade, severity, policy.sigma[kind], noise)
    seen = state.strands["seen"][strands]
    if policy.limiting[place.service_type] == 1:
        return limited_grade(seen)
    return middle_grade(seen)


@compiled
def direction_of(seen: int, judged: int) -> int:
    """Give the direction of travel from the last grade `judged` to what is `seen` now."""
    if seen > judged:
        return IMPROVED
    if seen < judged:
        return DECLINED
    return SUSTAINED


@compiled
def lapse(state: State, row: int, why: int, time: int) -> None:
    """Drop waiting work."""
    count_waiting(state, row, -1)
    record_inspection(state, row, LAPSED, 0, 0, why, time)
    free(state, row)


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
def free(state: State, row: int) -> None:
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
