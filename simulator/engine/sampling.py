"""Inspections on a sample basis (consultation 2006, 3.1.15): every year some that qualify, by share or number.

A provider drawn is visited at any time of the year, evenly; what is not begun by its end lapses.
"""

import numpy as np

from simulator.compiling import compiled
from simulator.engine.agenda import DRAW, send
from simulator.engine.in_force import policy_in_force
from simulator.engine.inspection_years import takes_over_within_year
from simulator.engine.recorded import SAMPLED
from simulator.engine.slots import ask, draft_plan, forget
from simulator.engine.state import State
from simulator.engine.work_records import MONITORING_SLOTS, RULE
from simulator.inspectorate.planner import whole_visits, year_left, year_of
from simulator.inspectorate.samples import BY_NUMBER, BY_SHARE, SAMPLES_PER_TYPE
from simulator.ticks import MONTHS, NEVER
from simulator.world.streams import SAMPLE_DAY, SAMPLE_RANK, SAMPLE_SIZE, uniform


@compiled
def draw_share(state: State, provider: int, time: int) -> None:
    """Draw whether a provider is in this year's samples, by the rating it holds."""
    now = state.now[0]
    place = state.providers[provider]
    policy = policy_in_force(state)
    year = year_of(state.month_starts, time)
    begins = time == state.month_starts[MONTHS * year]
    for sample in range(_samples(state)):
        slot = RULE + now.rules + sample
        if begins and state.plans[state.slots[provider, slot]].next == NEVER:
            forget(state, provider, slot)
        if _is_drawn_already(state, place.service_type, sample, time):
            continue
        if policy.sampled[place.service_type, sample] == BY_SHARE:
            share = policy.sample_share[place.service_type, sample, place.rating] * year_left(state.month_starts, time)
            if uniform(now.run, SAMPLE_RANK, place.identity, year * SAMPLES_PER_TYPE + sample) < share:
                _ask_sample(state, provider, sample, time)


@compiled
def _is_drawn_already(state: State, service_type: int, sample: int, time: int) -> bool:
    """Report whether a framework takes over within the year that has the same sample as the one before."""
    kept = policy_in_force(state).sample_kept[service_type, sample]
    return bool(takes_over_within_year(state, time) and kept == 1)


@compiled
def _samples(state: State) -> int:
    """Return the number of slots of a provider that are for samples."""
    return int(state.slots.shape[1] - RULE - state.now[0].rules - MONITORING_SLOTS)


@compiled
def on_draw(state: State, subject: int, time: int) -> None:
    """Draw the sample of a set number from the open providers of a service type (subject: both in one number).

    Consultation 2006, 3.1.15: random and themed inspections on a sample basis. *Ofsted begins shake-up* (2011): a
    sample of 20 to 25 local authorities a year.

    Those with the smallest draws of the year are in it: no provider twice in a year, and the same ones under
    every framework that draws as many.
    """
    now = state.now[0]
    service_type, sample = subject // SAMPLES_PER_TYPE, subject % SAMPLES_PER_TYPE
    policy = policy_in_force(state)
    if policy.sampled[service_type, sample] != BY_NUMBER or _is_drawn_already(state, service_type, sample, time):
        return
    year = year_of(state.month_starts, time)
    least = policy.sample_least[service_type, sample]
    most = policy.sample_most[service_type, sample]
    size = least + int((most - least + 1) * uniform(now.run, SAMPLE_SIZE, np.uint64(subject), year))
    wanted = whole_visits(size * year_left(state.month_starts, time), 0.5)
    ranks = np.full(len(state.providers), 2.0)
    for provider in range(len(state.providers)):
        place = state.providers[provider]
        if place.open == 1 and place.service_type == service_type:
            ranks[provider] = uniform(now.run, SAMPLE_RANK, place.identity, year * SAMPLES_PER_TYPE + sample)
    for provider in np.argsort(ranks)[:wanted]:
        if ranks[provider] < 1.0:
            _ask_sample(state, provider, sample, time)


@compiled
def _ask_sample(state: State, provider: int, sample: int, time: int) -> None:
    """Plan a sampled inspection at any time of the year that is left."""
    now = state.now[0]
    place = state.providers[provider]
    slot = RULE + now.rules + sample
    before = state.plans[state.slots[provider, slot]]
    year = year_of(state.month_starts, time)
    if before.next < NEVER or before.last >= state.month_starts[MONTHS * year]:
        return
    year_end = state.month_starts[MONTHS * (year + 1)]
    kind = policy_in_force(state).sample_kind[place.service_type, sample]
    draft_plan(state, provider, slot, kind, SAMPLED, year_end).deadline = year_end
    draw = uniform(now.run, SAMPLE_DAY, place.identity, year * SAMPLES_PER_TYPE + sample)
    ask(state, provider, slot, time + int((year_end - time) * draw))


@compiled
def ask_draws(state: State, time: int) -> None:
    """Ask for the draws of all samples of a set number."""
    for service_type in range(state.policies[0].sampled.shape[0]):
        for sample in range(_samples(state)):
            if policy_in_force(state).sampled[service_type, sample] == BY_NUMBER:
                send(state, time, DRAW, service_type * SAMPLES_PER_TYPE + sample)
