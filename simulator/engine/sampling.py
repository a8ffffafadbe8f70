"""Inspections on a sample basis (consultation 2006, 3.1.15): every year some that qualify, by share, number or days.

A provider drawn is visited at any time of the year, evenly; what is not begun by its end lapses. When all samples of a
year are drawn, they are planned to the inspector-days there are (`simulator.engine.planning_samples`).
"""

from typing import Final

import numpy as np

from simulator.compiling import compiled
from simulator.engine.agenda import DRAW, send
from simulator.engine.in_force import policy_in_force
from simulator.engine.inspection_years import takes_over_within_year
from simulator.engine.planning_samples import is_beyond_means, plan_to_means
from simulator.engine.recorded import SAMPLED
from simulator.engine.seeing import mean_effort
from simulator.engine.slots import ask, draft_plan, forget
from simulator.engine.state import State
from simulator.engine.work_records import MONITORING_SLOTS, RULE
from simulator.inspectorate.planner import whole_visits, year_left, year_of
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.inspectorate.samples import BY_DAYS, BY_NUMBER, BY_SHARE, SAMPLES_PER_TYPE
from simulator.ticks import MONTHS, NEVER
from simulator.world.streams import SAMPLE_DAY, SAMPLE_RANK, SAMPLE_SIZE, uniform

ALL_DRAWN: Final = TYPE_COUNT * SAMPLES_PER_TYPE
"""Subject of the draw that comes after those of all samples, and plans them to the means."""
_NOT_DRAWN: Final = 2.0
"""In place of a draw, 0 to 1: of a provider that a sample is not drawn from."""


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
            draw = uniform(now.run, SAMPLE_RANK, place.identity, year * SAMPLES_PER_TYPE + sample)
            if draw < share:
                _ask_sample(state, provider, sample, draw / share, time)


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
    """Draw a sample of a set number or of some days (subject: service type and sample), or plan all to the means.

    Consultation 2006, 3.1.15: random and themed inspections on a sample basis. *Ofsted begins shake-up* (2011): a
    sample of 20 to 25 local authorities a year.

    Those with the smallest draws of the year are in it: no provider twice in a year, and the same ones under
    every framework that draws as many.
    """
    if subject == ALL_DRAWN:
        plan_to_means(state, time)
        return
    service_type, sample = subject // SAMPLES_PER_TYPE, subject % SAMPLES_PER_TYPE
    form = policy_in_force(state).sampled[service_type, sample]
    if _is_drawn_already(state, service_type, sample, time):
        return
    if form == BY_NUMBER:
        _draw_number(state, service_type, sample, time)
    elif form == BY_DAYS:
        _draw_days(state, service_type, sample, time)


@compiled
def _draw_number(state: State, service_type: int, sample: int, time: int) -> None:
    """Draw a sample of a set number from the open providers of a service type."""
    policy, subject = policy_in_force(state), service_type * SAMPLES_PER_TYPE + sample
    year = year_of(state.month_starts, time)
    least = policy.sample_least[service_type, sample]
    most = policy.sample_most[service_type, sample]
    size = least + int((most - least + 1) * uniform(state.now[0].run, SAMPLE_SIZE, np.uint64(subject), year))
    wanted = whole_visits(size * year_left(state.month_starts, time), 0.5)
    draws = np.full(len(state.providers), _NOT_DRAWN)
    for provider in range(len(state.providers)):
        if state.providers[provider].service_type == service_type:
            draws[provider] = _draw_of(state, provider, sample, year)
    wanted = min(wanted, int((draws < 1.0).sum()))
    for before, provider in enumerate(np.argsort(draws)[:wanted]):
        _ask_sample(state, provider, sample, (before + draws[provider]) / wanted, time)


@compiled
def _draw_days(state: State, service_type: int, sample: int, time: int) -> None:
    """Draw a sample that takes some inspector-days from all its service types, with the first of them.

    It ends before the provider whose inspection the days left do not suffice for.
    """
    policy = policy_in_force(state)
    clause = policy.sample_clause[service_type, sample]
    for earlier in range(service_type):
        if _sample_of(state, earlier, clause) >= 0:
            return
    year = year_of(state.month_starts, time)
    samples = np.full(policy.sampled.shape[0], -1)
    for other in range(len(samples)):
        samples[other] = _sample_of(state, other, clause)
    draws = np.full(len(state.providers), _NOT_DRAWN)
    for provider in range(len(state.providers)):
        other = state.providers[provider].service_type
        if samples[other] >= 0:
            draws[provider] = _draw_of(state, provider, samples[other], year)
    kind = policy.sample_kind[service_type, sample]
    days = policy.sample_days[service_type, sample] * year_left(state.month_starts, time)
    taken = 0.0
    for provider in np.argsort(draws):
        other = state.providers[provider].service_type
        needed = mean_effort(state, provider, state.now[0].framework, kind)
        if draws[provider] == _NOT_DRAWN or taken + needed > days:
            return
        _ask_sample(state, provider, samples[other], (taken + draws[provider] * needed) / days, time)
        taken += needed


@compiled
def _sample_of(state: State, service_type: int, clause: int) -> int:
    """Return which of the samples of a service type is that of a clause, given in days; -1 if none is."""
    policy = policy_in_force(state)
    for sample in range(_samples(state)):
        is_of_clause = policy.sample_clause[service_type, sample] == clause
        if is_of_clause and policy.sampled[service_type, sample] == BY_DAYS:
            return int(sample)
    return -1


@compiled
def _draw_of(state: State, provider: int, sample: int, year: int) -> float:
    """Return the draw of a provider in a sample of a year, 0 to 1; `_NOT_DRAWN` if it is not open."""
    place = state.providers[provider]
    if place.open == 0:
        return _NOT_DRAWN
    return float(uniform(state.now[0].run, SAMPLE_RANK, place.identity, year * SAMPLES_PER_TYPE + sample))


@compiled
def _ask_sample(state: State, provider: int, sample: int, place_in_it: float, time: int) -> None:
    """Plan a sampled inspection at any time of the year that is left.

    `place_in_it`: its place among those that the sample asks for, even between 0 and 1. Of a provider that opens in the
    course of the year it says whether there are the means.
    """
    now = state.now[0]
    place = state.providers[provider]
    slot = RULE + now.rules + sample
    before = state.plans[state.slots[provider, slot]]
    year = year_of(state.month_starts, time)
    if before.next < NEVER or before.last >= state.month_starts[MONTHS * year]:
        return
    year_end = state.month_starts[MONTHS * (year + 1)]
    kind = policy_in_force(state).sample_kind[place.service_type, sample]
    plan = draft_plan(state, provider, slot, kind, SAMPLED, year_end)
    plan.deadline = year_end
    plan.from_ = time
    plan.score[0] = place_in_it
    plan.beyond = is_beyond_means(state, provider, kind, place_in_it)
    draw = uniform(now.run, SAMPLE_DAY, place.identity, year * SAMPLES_PER_TYPE + sample)
    ask(state, provider, slot, time + int((year_end - time) * draw))


@compiled
def ask_draws(state: State, time: int) -> None:
    """Ask for the draws of all samples of a set number or of some days, and for planning all samples to the means."""
    for service_type in range(TYPE_COUNT):
        for sample in range(_samples(state)):
            if policy_in_force(state).sampled[service_type, sample] in (BY_NUMBER, BY_DAYS):
                send(state, time, DRAW, service_type * SAMPLES_PER_TYPE + sample)
    if _samples(state) > 0:
        send(state, time, DRAW, ALL_DRAWN)
