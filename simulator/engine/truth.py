"""What happens at a provider, whoever inspects: grades change, providers close and new ones register."""

from simulator.compiling import compiled
from simulator.engine.accounts import begin_episode, end_episode, end_life, settle_exposure
from simulator.engine.agenda import EFFECT_END, OCCURRENCE, REGISTRATION, send
from simulator.engine.assessing import hear, review
from simulator.engine.believing import begin_belief, carry_on
from simulator.engine.duties import void_all_duties
from simulator.engine.quality_changes import begin_strands, chains, change_grade, review_quality, unvisited_since
from simulator.engine.responding import plan_first, respond
from simulator.engine.self_assessing import ask_self_assessment
from simulator.engine.slots import forget_plans
from simulator.engine.state import State
from simulator.engine.visiting import lapse_at_closure
from simulator.inspectorate.enforcement import NO_STEP
from simulator.ticks import NEVER
from simulator.world.hazards import first_alarm, rewind, ringing, wind_all
from simulator.world.signals import CLOSING, COMPLAINT, MANAGER_CHANGE, set_occurrence_rates
from simulator.world.streams import CLOSURE, ENTRY_GRADE, successor


@compiled
def review_hazards(state: State, provider: int, time: int) -> None:
    """Let a provider's hazards follow what now holds, and ask for its next change and occurrence."""
    place = state.providers[provider]
    service = state.services[place.service_type]
    review_quality(state, provider, time)
    carry_on(state, provider, time)
    set_occurrence_rates(state.occurrences[provider], service, place.grade, time)
    occurrence = max(first_alarm(state.occurrences[provider]), time + 1)
    if occurrence != place.next_occurrence:
        place.next_occurrence = occurrence
        send(state, occurrence, OCCURRENCE, provider)


@compiled
def on_grade_change(state: State, row: int, time: int) -> None:
    """A chain of true quality moves by one grade, or falls to poor."""
    strand = state.strands[row]
    if strand.next_change != time or state.providers[strand.provider].open == 0:
        return
    change_grade(state, row, time)
    review_hazards(state, strand.provider, time)


@compiled
def on_occurrence(state: State, provider: int, time: int) -> None:
    """A provider closes or changes its manager, or somebody complains or raises a serious concern."""
    place = state.providers[provider]
    if place.next_occurrence != time or place.open == 0:
        return
    clocks = state.occurrences[provider]
    what = ringing(clocks, time)
    if what == CLOSING:
        close_and_replace(state, provider, time)
        return
    number = clocks[what].draws
    rewind(clocks, what, state.now[0].run, CLOSURE, place.identity, time)
    if what == MANAGER_CHANGE:
        place.manager_new_until = time + state.services[place.service_type].new_manager_ticks
        send(state, place.manager_new_until, EFFECT_END, provider)
    review_hazards(state, provider, time)
    signal = what - COMPLAINT
    hear(state, provider, signal, time)
    respond(state, provider, signal, number, time)
    review(state, provider, signal, time)


@compiled
def on_effect_end(state: State, provider: int, time: int) -> None:
    """The time of an effect on quality is over, unless it has begun anew and ends later."""
    place = state.providers[provider]
    over = time == unvisited_since(place) + state.services[place.service_type].complacency_after
    over |= time == place.manager_new_until
    over |= time == place.found_poor_until
    over |= time == place.found_until
    if place.open == 1 and over:
        review_hazards(state, provider, time)


@compiled
def expect_complacency(state: State, provider: int, time: int) -> None:
    """Ask for the moment at which the last inspection, or the opening, of a provider will be too long ago."""
    place = state.providers[provider]
    service = state.services[place.service_type]
    sets_in = unvisited_since(place) + service.complacency_after
    if service.complacency_multiplier != 1.0 and sets_in > time:
        send(state, sets_in, EFFECT_END, provider)


@compiled
def close(state: State, provider: int, time: int) -> None:
    """A provider closes: its episode and its life end, what waits for it lapses, nothing more is planned."""
    place = state.providers[provider]
    settle_exposure(state, provider, time)
    if place.poor_since < NEVER:
        end_episode(state, provider, True, time)
    void_all_duties(state, provider, time)
    lapse_at_closure(state, provider, time)
    forget_plans(state, provider)
    end_life(state, provider, time)
    place.open = 0
    for row in range(place.first_strand, place.first_strand + chains(state, provider)):
        state.strands[row].next_change = NEVER
    place.next_occurrence = NEVER


@compiled
def close_and_replace(state: State, provider: int, time: int) -> None:
    """A provider closes, and a successor registers in its place after the time that takes."""
    close(state, provider, time)
    opens = time + state.services[state.providers[provider].service_type].successor_after
    send(state, opens, REGISTRATION, provider)


@compiled
def on_withdrawal(state: State, provider: int, time: int) -> None:
    """A provider closes on the day its register gives; nobody takes its place."""
    if state.providers[provider].open == 1:
        close(state, provider, time)


@compiled
def on_registration(state: State, provider: int, time: int) -> None:
    """A new provider takes a place in the register and waits for its first inspection."""
    place = state.providers[provider]
    if time >= place.withdrawn:
        return
    if place.opened < NEVER:
        place.generation += 1
        place.identity = successor(place.origin, place.generation)
    begin_life(state, provider, ENTRY_GRADE, time)
    plan_first(state, provider, time)
    ask_self_assessment(state, provider, time)
    expect_complacency(state, provider, time)
    review_hazards(state, provider, time)


@compiled
def begin_life(state: State, provider: int, purpose: int, time: int) -> None:
    """Open a provider that nobody has inspected, with a true grade and clocks of its own.

    Its first grade is drawn for `purpose`: `START_GRADE` when the run begins, `ENTRY_GRADE` later.
    """
    run = state.now[0].run
    place = state.providers[provider]
    place.open = 1
    place.opened = time
    place.graded_since = time
    place.manager_new_until = -NEVER
    place.found_poor_until = -NEVER
    place.found_until = -NEVER
    place.poor_since = NEVER
    place.detected = NEVER
    place.next_occurrence = NEVER
    place.rating = 0
    place.judged = 0
    place.direction = 0
    place.last_visit = -NEVER
    place.last_ended[:] = -NEVER
    if place.round_row >= 0:
        state.last_raised[place.round_row] = -NEVER
    place.awaits_first = 0
    place.numbered = 0
    place.inspections = 0
    place.judgements = 0
    place.grades_judged = 0
    place.said = 0
    place.said_at = -NEVER
    place.heard[:] = 0
    place.surveyed = 0
    place.self_rated = 0
    place.self_assessments = 0
    place.self_assessment_due = -NEVER
    place.step = NO_STEP
    place.step_until = NEVER
    place.awaits_look = 0
    place.called_for_by = 0
    place.renewed = 0
    begin_belief(state, provider, purpose == ENTRY_GRADE, time)
    begin_strands(state, provider, purpose, time)
    wind_all(state.occurrences[provider], run, CLOSURE, place.identity, time)
    if place.grade == 1:
        begin_episode(state, provider, time)
