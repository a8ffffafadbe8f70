"""What happens at a provider, whoever inspects: grades change, providers close and new ones register."""

from simulator.compiling import compiled
from simulator.engine.accounts import begin_episode, end_episode, end_life, settle_exposure
from simulator.engine.agenda import EFFECT_END, OCCURRENCE, REGISTRATION, send
from simulator.engine.assessing import hear, review
from simulator.engine.believing import begin_belief, carry_on
from simulator.engine.duties import void_all_duties
from simulator.engine.first_and_again import plan_first
from simulator.engine.holding import settle_grade
from simulator.engine.leading import forget_leads
from simulator.engine.quality_changes import begin_strands, chains, change_grade, review_quality, unvisited_since
from simulator.engine.responding import respond
from simulator.engine.self_assessing import ask_self_assessment
from simulator.engine.slots import forget_plans
from simulator.engine.state import State
from simulator.engine.visiting import lapse_at_closure
from simulator.ticks import NEVER
from simulator.world.hazards import first_alarm, rewind, ringing, wind_all
from simulator.world.signals import CLOSING, COMPLAINT, MANAGER_CHANGE, set_occurrence_rates
from simulator.world.streams import CLOSURE, ENTRY_GRADE, successor


@compiled
def review_hazards(state: State, provider: int, time: int) -> None:
    """Set a provider's hazards to what now holds, and ask for its next change and occurrence."""
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
    """A chain of true quality moves by one grade, or falls to poor (docs/model.md, *What is true*)."""
    strand = state.strands[row]
    if strand.next_change != time or state.providers[strand.provider].open == 0:
        return
    change_grade(state, row, time)
    review_hazards(state, strand.provider, time)


@compiled
def on_occurrence(state: State, provider: int, time: int) -> None:
    """A provider closes or changes its manager, or somebody complains or raises a serious concern.

    docs/model.md, *What the inspectorate gets to know*. Consultation 2006, 3.1.2 and 3.1.20: newly identified risks may
    trigger inspections and a review of the assessment.
    """
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
    """The time of an effect on quality ends, unless it has begun again (docs/model.md, *What is true*)."""
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
def _close(state: State, provider: int, time: int) -> None:
    """A provider closes: its episode and its life end, what waits for it lapses, nothing more is planned."""
    place = state.providers[provider]
    settle_exposure(state, provider, time)
    settle_grade(state, provider, time)
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
    _close(state, provider, time)
    opens = time + state.services[state.providers[provider].service_type].successor_after
    send(state, opens, REGISTRATION, provider)


@compiled
def on_withdrawal(state: State, provider: int, time: int) -> None:
    """A provider closes on the day its register gives; nobody takes its place (docs/model.md, *Who is inspected*)."""
    if state.providers[provider].open == 1:
        _close(state, provider, time)


@compiled
def on_registration(state: State, provider: int, time: int) -> None:
    """A new provider takes a place in the register and waits for its first inspection.

    docs/model.md, *Who is inspected*, and *What the inspectorate does*: a first inspection.
    """
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
    _clear(state, provider)
    forget_leads(state, provider)
    place = state.providers[provider]
    place.open = 1
    place.opened = time
    place.graded_since = time
    place.judged_since = time
    if place.round_row >= 0:
        state.last_raised[place.round_row] = -NEVER
    begin_belief(state, provider, purpose == ENTRY_GRADE, time)
    begin_strands(state, provider, purpose, time)
    wind_all(state.occurrences[provider], state.now[0].run, CLOSURE, place.identity, time)
    if place.grade == 1:
        begin_episode(state, provider, time)


@compiled
def _clear(state: State, provider: int) -> None:
    """Make a place in the register blank: it keeps what the register says of it, its present name and what is running.

    When its year was last planned stays too: the year of a provider is not planned twice at one moment.
    """
    place, blank = state.providers[provider], state.blank[0]
    blank.origin, blank.service_type, blank.places = place.origin, place.service_type, place.places
    blank.region, blank.authority, blank.withdrawn = place.region, place.authority, place.withdrawn
    blank.group = place.group
    blank.strands, blank.first_strand, blank.round_row = place.strands, place.first_strand, place.round_row
    blank.identity, blank.generation = place.identity, place.generation
    blank.planned_at, blank.first_work = place.planned_at, place.first_work
    state.providers[provider] = blank
