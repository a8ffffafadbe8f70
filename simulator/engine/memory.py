"""The state of a run in memory: how it is laid out, and how it grows."""

from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from simulator.compiling import ROW, TICK, compiled
from simulator.engine.addressed import Table
from simulator.engine.duties import NO_SLOT
from simulator.engine.leading import NOBODY
from simulator.engine.provider_records import BELIEF, PLACE, PROVIDER, STRAND, chains_of
from simulator.engine.recorded import ASSESSMENT, BACKLOG, DUTY, EPISODE, HELD, INSPECTION, LIFE, WAITING
from simulator.engine.setting import Setting, first_days
from simulator.engine.state import NOW, OUTBOX, State
from simulator.engine.work_records import ACCOUNT, NOTHING_PLANNED, PLAN, POOL, RULE, STANDING_DUTY, WORK
from simulator.inspectorate.backlog import ROWS
from simulator.inspectorate.enforcement import STEPS
from simulator.inspectorate.policy import GRADES, KIND_COUNT, TYPE_COUNT
from simulator.ticks import NEVER, TICKS_PER_YEAR, years_of
from simulator.world.hazards import CLOCK
from simulator.world.quality import QUALITY_CLOCKS
from simulator.world.signals import OCCURRENCE_CLOCKS
from simulator.world.streams import identity, root

_MOST_SENT = 64
"""Events that one event may bring about, at most."""
_MUCH_WORK = 2**16
"""Rows of work up to which they are doubled when they are nearly used up, and then become a quarter more."""
_MOST_DUTIES = 128
"""Duties that one event may open, at most."""
CHUNK = 8192
"""Rows of a table that are gathered before they are drained."""
_READ_ONLY: Final = ("blank", "authorities", "services", "takeovers", "month_starts", "lenders", "inspectors", "travel")
"""Tables that no handler writes to: runs that go on from one state may share them. Every other is copied."""


def empty_state(setting: Setting, replication: int) -> State:
    """Return the state of a replication before anything has happened."""
    providers = len(setting.providers)
    pools = len(setting.pools)
    work = np.zeros(max(1024, providers // 8), dtype=WORK)
    now = np.zeros(1, dtype=NOW)
    now["run"] = root(setting.seed, replication)
    now["took_over"] = -NEVER
    now["ranked"] = -NEVER
    now["measured_from"] = setting.measured_from
    now["horizon"] = setting.horizon
    now["begins"] = setting.begins
    if setting.starting_backlog is not None:
        now["owed"] = setting.starting_backlog.inspections or 0
        now["owed_months"] = setting.starting_backlog.months or 0.0
    now["rules"] = setting.rules
    now["month"] = np.searchsorted(setting.month_starts, setting.begins, side="right") - 1
    strands = _strands_before(setting.providers)
    places = _places_before(setting.providers)
    places["round_row"][setting.of_rounds] = np.arange(setting.of_rounds.sum())
    state = State(
        now=now,
        providers=places,
        blank=_places_before(np.zeros(1, dtype=PLACE)),
        strands=strands,
        quality=np.zeros((len(strands), QUALITY_CLOCKS), dtype=CLOCK),
        beliefs=np.zeros(providers, dtype=BELIEF),
        occurrences=np.zeros((providers, OCCURRENCE_CLOCKS), dtype=CLOCK),
        last_raised=np.full((setting.of_rounds.sum(), KIND_COUNT), -NEVER, dtype=TICK),
        slots=np.full((providers, setting.slots), NOTHING_PLANNED, dtype=ROW),
        plans=_plans_before(providers * setting.slots),
        work=work[:0],
        standing=np.zeros(0, dtype=STANDING_DUTY),
        backlog=np.zeros((pools, len(work), 2), dtype=np.int64),
        worth=np.zeros((pools, providers if setting.targets else 0)),
        pools=np.zeros(pools, dtype=POOL),
        leads=np.full((providers if setting.inspectors_differ else 0, pools), NOBODY, dtype=ROW),
        accounts=np.zeros((pools, TYPE_COUNT), dtype=ACCOUNT),
        exposure=np.zeros((TYPE_COUNT, GRADES), dtype=np.int64),
        ratings=np.zeros((len(setting.month_starts), TYPE_COUNT, GRADES), dtype=np.int64),
        held=np.zeros((len(setting.groups.service_type), GRADES), dtype=HELD),
        held_by_authority=np.zeros((len(setting.local_authorities), TYPE_COUNT, GRADES), dtype=HELD),
        held_by_year=np.zeros((years_of(setting.measured_from, setting.horizon), TYPE_COUNT, GRADES), dtype=HELD),
        steps_taken=np.zeros((len(setting.month_starts), TYPE_COUNT, STEPS), dtype=np.int64),
        self_assessments=np.zeros((len(setting.month_starts), TYPE_COUNT), dtype=np.int64),
        **_passed_on(setting),
        authorities=setting.authorities,
        services=setting.services,
        policies=setting.policies,
        lenders=setting.lenders,
        inspectors=setting.inspectors,
        travel=setting.travel,
        takeovers=np.array(setting.takeovers, dtype=np.int64),
        month_starts=setting.month_starts,
        capacity=_inspectors_in_the_field(setting, replication),
        posts=setting.posts,
    )
    now["fresh_plan"] = NOTHING_PLANNED + 1
    now["free_plan"] = -1
    now["free_work"] = -1
    now["free_duty"] = -1
    for asked in ("start_asked", "targets_asked", "looks_again"):
        state.pools[asked] = -NEVER
    state.pools["identity"] = [identity(name) for name in setting.pools]
    state.pools["since"] = setting.begins
    state.accounts["since"] = setting.begins
    return _with_more_duties(_with_more_work(state, work), 2 * providers + _MOST_DUTIES)


def copied_state(state: State, setting: Setting) -> State:
    """Return a drained state that goes on by itself, under a setting that has been the same so far."""
    new: dict[str, Any] = {**_passed_on(setting), "policies": setting.policies, "posts": setting.posts}
    written = [name for name in State.TABLES if name not in (*_READ_ONLY, *new, "plans", "capacity")]
    tables = {name: getattr(state, name).copy() for name in written}
    plans = np.zeros(len(state.plans), dtype=PLAN)  # takes memory only as rows come into use
    plans[: state.now[0].fresh_plan] = state.plans[: state.now[0].fresh_plan]
    capacity = setting.capacity.copy()
    for pool, establishment in enumerate(setting.establishments):
        if establishment.is_random:
            capacity[pool] = state.capacity[pool]
    return replace(state, **tables, **new, plans=plans, capacity=capacity)


def _passed_on(setting: Setting) -> dict[str, Any]:
    """Return the tables of which an engine takes what is in them, empty: what happens next, and what was recorded."""
    pools = len(setting.pools)
    owed = len(setting.providers) * setting.rules if setting.starting_backlog else 0
    at_once = max(_largest_sample(setting), owed)
    return {
        "outbox": np.zeros(_MOST_SENT + 2 * pools + at_once + len(setting.takeovers), dtype=OUTBOX),
        "inspections": np.zeros(CHUNK + most_lapsing(setting), dtype=INSPECTION),
        "episodes": np.zeros(CHUNK + _MOST_SENT, dtype=EPISODE),
        "months": np.zeros(CHUNK + pools * TYPE_COUNT, dtype=BACKLOG),
        "assessments": np.zeros(CHUNK + _MOST_SENT, dtype=ASSESSMENT),
        "duties": np.zeros(CHUNK + most_lapsing(setting), dtype=DUTY),
        "lives": np.zeros(CHUNK + _MOST_SENT, dtype=LIFE),
    }


def _places_before(register: Table) -> Table:
    """Return the places of the register (`simulator.engine.state.PLACE`) before anybody is in them."""
    places = np.zeros(len(register), dtype=PROVIDER)
    for name in PLACE.names or ():
        places[name] = register[name]
    places["identity"] = register["origin"]
    places["effort_number"] = -1
    places["first_work"] = -1
    places["first_duty"] = -1
    places["round_row"] = -1
    for never in ("opened", "next_occurrence", "poor_since", "detected", "step_until"):
        places[never] = NEVER
    for before in (
        "planned_at",
        "manager_new_until",
        "found_poor_until",
        "found_until",
        "last_visit",
        "last_ended",
        "said_at",
        "self_assessment_due",
    ):
        places[before] = -NEVER
    return places


def _plans_before(slots: int) -> Table:
    """Return room for a plan of every slot: it takes memory only as rows come into use."""
    plans = np.zeros(slots + 1, dtype=PLAN)
    for never in ("next", "wanted_by"):
        plans[NOTHING_PLANNED][never] = NEVER
    for before in ("last", "late", "lapsed", "opened_until"):
        plans[NOTHING_PLANNED][before] = -NEVER
    for none in ("number", "stands_for"):
        plans[NOTHING_PLANNED][none] = -1
    return plans


def _strands_before(register: Table) -> Table:
    """Return the chains of true quality, those of a provider together, before anybody is in its place."""
    chains = chains_of(register)
    strands = np.zeros(int(chains.sum()), dtype=STRAND)
    strands["provider"] = np.repeat(np.arange(len(register)), chains)
    number = np.arange(len(strands)) - register["first_strand"][strands["provider"]]
    strands["shared"] = number == register["strands"][strands["provider"]]
    strands["next_change"] = NEVER
    return strands


def _inspectors_in_the_field(setting: Setting, replication: int) -> npt.NDArray[np.float64]:
    """Return the inspectors in the field by month of a replication, in which some may have left: shape (pools, m)."""
    capacity = setting.capacity.copy()
    run = np.uint64(root(setting.seed, replication))
    firsts = first_days(setting.month_starts, setting.epoch)
    for pool, establishment in enumerate(setting.establishments):
        if establishment.is_random:
            capacity[pool] = establishment.in_the_field(firsts, run)
    return capacity


def most_lapsing(setting: Setting) -> int:
    """Bound the inspections of one provider that can lapse at once: all that its rules ever raised."""
    visits = setting.policies["visits"].max(axis=-1).sum(axis=-1).max(initial=1.0)
    others = setting.slots + RULE
    years = (setting.horizon - setting.begins) / TICKS_PER_YEAR + 1.0
    return int((float(visits) + others) * years) + _MOST_SENT


def _largest_sample(setting: Setting) -> int:
    """Bound the inspections that the draw of one sample plans at once."""
    providers = len(setting.providers)
    if setting.policies["sample_days"].any():
        return providers
    return int(min(setting.policies["sample_most"].max(initial=0), providers))


def _with_more_work(state: State, more: Table) -> State:
    """Return the state with further rows of work, all free."""
    now = state.now[0]
    first = len(state.work)
    more["next"] = np.arange(first + 1, first + len(more) + 1)
    more["next"][-1] = now.free_work
    now.free_work = first
    now.free_rows += len(more)
    return replace(state, work=np.concatenate([state.work, more]))


def _with_more_duties(state: State, rows: int) -> State:
    """Return the state with further rows for duties, all free."""
    now = state.now[0]
    more = np.zeros(rows, dtype=STANDING_DUTY)
    first = len(state.standing)
    more["slot"] = NO_SLOT
    more["next"] = np.arange(first + 1, first + rows + 1)
    more["next"][-1] = now.free_duty
    now.free_duty = first
    now.free_duties += rows
    return replace(state, standing=np.concatenate([state.standing, more]))


@compiled
def needs_room(state: State) -> bool:
    """Report whether a table is so full that the next event might not find room."""
    now = state.now[0]
    used = max(now.inspections, now.episodes, now.months, now.assessments, now.duties, now.lives)
    if now.free_rows < _MOST_SENT or now.free_duties < _MOST_DUTIES or used >= CHUNK:
        return True
    for pool in range(len(state.pools)):  # noqa: SIM110 (compiled code knows no generators)
        if state.pools[pool].queued + _MOST_SENT > state.backlog.shape[1]:
            return True
    return False


def with_room(state: State) -> State:
    """Enlarge what is nearly full; drained chunks have room again by themselves."""
    if state.now[0].free_rows < _MOST_SENT:
        more = len(state.work) if len(state.work) < _MUCH_WORK else len(state.work) // 4
        state = _with_more_work(state, np.zeros(more, dtype=WORK))
    if state.now[0].free_duties < _MOST_DUTIES:
        state = _with_more_duties(state, max(len(state.standing) // 4, _MOST_DUTIES))
    if state.pools["queued"].max() + _MOST_SENT > state.backlog.shape[1]:
        for pool in range(len(state.pools)):
            drop_outdated(state, pool)
        if state.pools["queued"].max() > state.backlog.shape[1] // 2:
            state = replace(state, backlog=np.concatenate([state.backlog, np.zeros_like(state.backlog)], axis=1))
    return state


def drop_outdated(state: State, pool: int) -> None:
    """Take the entries off a backlog whose work went up in it, began or lapsed; the others keep their order."""
    entries = state.backlog[pool, : state.pools[pool].queued]
    order, row = entries[:, 0], entries[:, 1] & ROWS
    waiting = entries[(state.work["status"][row] == WAITING) & (state.work["order"][row] == order)]
    state.backlog[pool, : len(waiting)] = waiting[np.lexsort(waiting.T[::-1])]
    state.pools[pool].queued = len(waiting)
