"""How the true grade of a provider moves: its chain of quality, or its strands and what they share."""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.accounts import begin_episode, end_episode, settle_exposure
from simulator.engine.agenda import EFFECT_END, GRADE_CHANGE, send
from simulator.engine.state import State
from simulator.inspectorate.enforcement import AGREED, NOTICE, RESTRICTION
from simulator.ticks import NEVER
from simulator.world.hazards import first_alarm, rewind, ringing, set_rate, wind_all
from simulator.world.quality import (
    ADEQUATE,
    GOOD,
    MISJUDGED,
    POOR,
    QUALITY_CLOCKS,
    RAISED,
    Standing,
    grade_from,
    greatest_hazard,
    hazard,
    limited_grade,
    move_strand,
)
from simulator.world.streams import DECLINE, ENTRY_GRADE, OWN_RISE, SHARED_MOVE, strand_of, uniform


@compiled
def begin_strands(state: State, provider: int, purpose: int, time: int) -> None:
    """Set the first grades of a provider's strands and wind their clocks.

    Strands begin with one common draw with the probability `shared`, each with its own otherwise; so each
    by itself has the shares of the service.
    """
    run = state.now[0].run
    place = state.providers[provider]
    service = state.services[place.service_type]
    shares = service.entry_share if purpose == ENTRY_GRADE else service.start_share
    common = uniform(run, purpose, place.identity, 1) < service.shared
    for row in range(place.first_strand, place.first_strand + chains(state, provider)):
        strand = state.strands[row]
        strand.identity = strand_of(place.identity, row - place.first_strand)
        strand.next_change = NEVER
        strand.found = 0
        strand.damped = 0
        wind_all(state.quality[row], run, DECLINE, strand.identity, time)
        address = place.identity if common else strand.identity
        strand.grade = grade_from(shares, uniform(run, purpose, address, 0))
    place.grade = _true_grade(state, provider)


@compiled
def chains(state: State, provider: int) -> int:
    """Return the number of a provider's chains: its strands, and what they share if they are several."""
    strands = state.providers[provider].strands
    return int(strands + 1 if strands > 1 else strands)


@compiled
def _true_grade(state: State, provider: int) -> int:
    """Return the true grade of a provider as a whole, whatever the framework says of it: poor while any strand is."""
    place = state.providers[provider]
    if place.strands == 1:
        return int(state.strands[place.first_strand].grade)
    return limited_grade(state.strands["grade"][place.first_strand : place.first_strand + place.strands])


@compiled
def unvisited_since(place: Any) -> int:
    """Return when a provider was last visited, or when it opened if it never was."""
    return int(place.last_visit if place.last_visit > -NEVER else place.opened)


@compiled
def standing_of(state: State, provider: int, found: int, damped: int, time: int) -> Standing:
    """Return what acts on the quality of a provider at `time`.

    Parameters
    ----------
    found : int
        The judgement under which its quality, or a strand of it, was found below good: `POOR`, `ADEQUATE`, 0 for none.
    damped : int
        `RAISED` if it rose to good by the effect of that, `MISJUDGED` if it was good and judged below, 0 otherwise.
    """
    place = state.providers[provider]
    service = state.services[place.service_type]
    if found == POOR and time >= place.found_poor_until:
        found = ADEQUATE
    if time >= place.found_until:
        found = 0
        damped = RAISED if damped == RAISED else 0
    return Standing(
        found,
        damped,
        time < place.manager_new_until,
        unvisited_since(place) + service.complacency_after <= time,
        place.step == AGREED and place.awaits_look == 0,
        NOTICE <= place.step <= RESTRICTION,
    )


@compiled
def find_out(state: State, provider: int, judged: int, when: int, time: int) -> None:
    """Begin the effect of a judgement made at `when`: of poor or adequate on improvement, of good or better on damping.

    A service of several strands is judged as a whole, and what is said of it acts on every strand below good. Where the
    whole truly is good, a judgement below that damps its strands at good as it would damp those that rise there.
    """
    place = state.providers[provider]
    ticks = state.services[place.service_type].found_out_ticks
    if judged == POOR:
        place.found_poor_until = when + ticks[POOR]
        if place.found_poor_until > time:
            send(state, place.found_poor_until, EFFECT_END, provider)
    if judged <= ADEQUATE:
        place.found_until = when + ticks[ADEQUATE]
        if place.found_until > time:
            send(state, place.found_until, EFFECT_END, provider)
    for row in range(place.first_strand, place.first_strand + place.strands):
        strand = state.strands[row]
        if judged >= GOOD:
            strand.damped = 0
        elif strand.grade < GOOD and strand.found != POOR:
            strand.found = judged
        elif place.grade >= GOOD and strand.grade == GOOD and strand.damped == 0:
            strand.damped = MISJUDGED


@compiled
def review_quality(state: State, provider: int, time: int) -> None:
    """Set the hazards of a provider's chains to what now holds, and ask for their next changes."""
    place = state.providers[provider]
    service = state.services[place.service_type]
    for row in range(place.first_strand, place.first_strand + chains(state, provider)):
        strand = state.strands[row]
        found = POOR if strand.shared == 1 else strand.found
        standing = standing_of(state, provider, found, int(strand.damped), time)
        for move in range(QUALITY_CLOCKS):
            if strand.shared == 1:
                rate = service.shared * greatest_hazard(service, move, standing)
            else:
                own = hazard(service, strand.grade, move, standing)
                rate = (1.0 - service.shared) * own
            set_rate(state.quality[row, move], rate, time)
        change = max(first_alarm(state.quality[row]), time + 1)
        if change != strand.next_change:
            strand.next_change = change
            send(state, change, GRADE_CHANGE, row)


@compiled
def change_grade(state: State, row: int, time: int) -> None:
    """Move the chain of a row, or every strand that what they share moves; then the provider as a whole.

    What is shared comes at the rate of the grade that it strikes hardest; a strand of another grade is
    spared in proportion, by a draw that all strands have in common.
    """
    strand = state.strands[row]
    provider = strand.provider
    place = state.providers[provider]
    service = state.services[place.service_type]
    move = ringing(state.quality[row], time)
    number = state.quality[row, move].draws
    rewind(state.quality[row], move, state.now[0].run, DECLINE, strand.identity, time)
    if strand.shared == 0:
        standing = standing_of(state, provider, strand.found, int(strand.damped), time)
        mark = 0.0
        if standing.found > 0 or standing.damped == RAISED:
            draw = uniform(state.now[0].run, OWN_RISE, strand.identity, number)
            mark = draw * hazard(service, strand.grade, move, standing)
        move_strand(service, strand, move, standing, mark)
    else:
        draw = uniform(state.now[0].run, SHARED_MOVE, strand.identity, QUALITY_CLOCKS * number + move)
        mark = draw * greatest_hazard(service, move, standing_of(state, provider, POOR, 0, time))
        for other in range(place.first_strand, row):
            moved = state.strands[other]
            standing = standing_of(state, provider, moved.found, int(moved.damped), time)
            if mark < hazard(service, moved.grade, move, standing):
                move_strand(service, moved, move, standing, mark)
    _settle_grade(state, provider, time)


@compiled
def _settle_grade(state: State, provider: int, time: int) -> None:
    """Set the grade of the provider as a whole from its strands; a poor episode begins or ends with it."""
    place = state.providers[provider]
    grade = _true_grade(state, provider)
    if grade == place.grade:
        return
    settle_exposure(state, provider, time)
    was_poor = place.grade == 1
    place.grade = grade
    if grade == 1:
        begin_episode(state, provider, time)
    elif was_poor:
        end_episode(state, provider, False, time)
