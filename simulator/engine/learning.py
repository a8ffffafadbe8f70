"""What the inspectorate learns at the end of an inspection, and what follows from it."""

from simulator.compiling import compiled
from simulator.engine.asking import note_last
from simulator.engine.assessing import rates_by_itself, review
from simulator.engine.believing import believe_found_out, believe_inspection
from simulator.engine.duties import meet_duties, oldest_duty
from simulator.engine.enforcing import answer_judgement, weigh_look
from simulator.engine.first_and_again import plan_again
from simulator.engine.holding import settle_grade
from simulator.engine.in_force import form_of, rule_slots
from simulator.engine.quality_changes import find_out
from simulator.engine.recorded import DECLINED, MONITORED, NEW_PROVIDER, SUSTAINED
from simulator.engine.responding import respond
from simulator.engine.rule_by_rule import plan_rules
from simulator.engine.slots import unplan
from simulator.engine.spacing import note_late
from simulator.engine.state import State
from simulator.engine.truth import expect_complacency, review_hazards
from simulator.engine.visiting import finish
from simulator.engine.visits_wanted import drop_unowed
from simulator.engine.yearly_visits import begin_after_first
from simulator.inspectorate.assessments import JUDGED
from simulator.inspectorate.kinds import DESK
from simulator.inspectorate.rules_policy import INTERVAL, ROUND, VISITS
from simulator.inspectorate.triggers import DECLINE_SAID
from simulator.ticks import NEVER
from simulator.world.quality import POOR


@compiled
def on_end(state: State, row: int, time: int) -> None:
    """An inspection ends: its team comes home, its judgement becomes the rating, plans follow.

    Consultation 2006, 3.1.16: the quality found determines how often a service is inspected; 3.1.20: what is learnt
    in the course of the year may change the plan; 3.3.1: an improvement plan may be asked for.
    """
    work = state.work[row]
    provider, kind, generation = work.provider, work.kind, work.generation
    reason, raised, slot, raised_by = work.reason, work.raised, work.slot, work.raised_by
    framework, started = work.framework, work.started
    detects = state.policies[framework].detects[kind]
    seen, judged, direction = finish(state, row, time)
    place = state.providers[provider]
    if place.open == 0 or place.generation != generation:
        return
    if kind != DESK:
        place.last_visit = time
    meet_duties(state, provider, kind, slot, raised_by, raised, time)
    note_last(state, provider, kind, raised, time)
    note_late(state, provider, kind, raised, started)
    place.inspections += 1
    if reason == NEW_PROVIDER and place.awaits_first == 1:
        place.awaits_first = 0
        begin_after_first(state, provider, kind, time)
    found_poor = detects == 1 and seen == POOR
    if found_poor:
        _detect(state, provider, time)
    believe_inspection(state, provider, framework, kind, reason, seen, time)
    _learn_what_it_said(state, provider, judged, direction, found_poor, time)
    if judged > 0:
        find_out(state, provider, judged, time, time)
        believe_found_out(state, provider, judged)
        review(state, provider, JUDGED, time)
    _drop_outdated_plans(state, provider, time)
    plan_rules(state, provider, time)
    if judged > 0:
        plan_again(state, provider, kind, judged, time)
    if direction == DECLINED:
        respond(state, provider, DECLINE_SAID, place.inspections, time)
    if reason == MONITORED and place.awaits_look == 1:
        weigh_look(state, provider, seen, time)
    elif judged > 0:
        answer_judgement(state, provider, judged, time)
    expect_complacency(state, provider, time)
    review_hazards(state, provider, time)


@compiled
def _learn_what_it_said(state: State, provider: int, judged: int, direction: int, found_poor: bool, time: int) -> None:
    """Make a judgement the rating, unless assessments rate; note what it said for the next assessment."""
    place = state.providers[provider]
    if judged > 0:
        place.judgements += 1
        place.grades_judged += judged
        if judged != place.judged:
            settle_grade(state, provider, time)
        place.judged = judged
        place.direction = 0
        if rates_by_itself(state, provider) or place.rating == 0:
            place.rating = judged
        place.said = judged
        place.said_at = time
    elif found_poor:
        place.said = POOR
        place.said_at = time
    elif direction > 0:
        place.said = min(max(place.judged + direction - SUSTAINED, 1), 4)
        place.said_at = time


@compiled
def _detect(state: State, provider: int, time: int) -> None:
    """Detect an episode: the provider is truly poor and was seen to be, for the first time in it."""
    place = state.providers[provider]
    if place.poor_since < NEVER and place.detected == NEVER:
        place.detected = time


@compiled
def _drop_outdated_plans(state: State, provider: int, time: int) -> None:
    """Drop what a cycle has planned, since the last inspection or the rating is another now; and a round's, if done.

    Of the visits of a year drop what no date asks for.
    """
    for slot in rule_slots(state):
        form = form_of(state, provider, slot)
        if form == VISITS:
            drop_unowed(state, provider, slot, time)
        elif form == INTERVAL or (form == ROUND and _is_done(state, provider, slot)):
            unplan(state, provider, slot)


@compiled
def _is_done(state: State, provider: int, slot: int) -> bool:
    """Report whether the duty of the round for which a slot has planned an inspection stands no more."""
    row = oldest_duty(state, provider, slot)
    return bool(row < 0 or state.standing[row].due != state.plans[state.slots[provider, slot]].deadline)
