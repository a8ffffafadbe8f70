"""The first moment of a run: who is open, how good, how rated, and when last inspected.

Start values are an input of their own, apart from the long-run shares. Ratings are as an inspection would
have judged; last inspections are spread evenly over the interval at which the rules would have made them.
"""

from collections.abc import Iterator

from simulator.compiling import compiled
from simulator.engine.agenda import ARREARS, DRAW, MONTH, PLAN, REGISTRATION, TAKEOVER, WITHDRAWAL, send
from simulator.engine.arrears import CHOOSE
from simulator.engine.asking import note_last
from simulator.engine.believing import believe_found_out, believe_rating
from simulator.engine.in_force import form_of, policy_in_force, pool_of, rule_of, rule_slots
from simulator.engine.leading import lead_of, leniency_of
from simulator.engine.quality_changes import find_out
from simulator.engine.seeing import grade_seen
from simulator.engine.setting import Setting
from simulator.engine.state import State
from simulator.engine.truth import begin_life, expect_complacency, review_hazards
from simulator.engine.work_records import RULE
from simulator.inspectorate.kinds import DESK
from simulator.inspectorate.policy import KIND_COUNT, TYPE_COUNT
from simulator.inspectorate.rules_policy import INTERVAL, VISITS
from simulator.inspectorate.samples import SAMPLES_PER_TYPE
from simulator.inspectorate.severity import severity_at
from simulator.ticks import NEVER
from simulator.world.streams import START_GRADE, START_INSPECTION, START_JUDGEMENT, START_LEAD, uniform


@compiled
def begin_provider(state: State, provider: int, opens: int, closes: int, time: int) -> None:
    """Put one provider of the register into the state at `time`, or ask for it to open later.

    Parameters
    ----------
    opens, closes : int
        Ticks given by the register: `opens` is -NEVER where no date is given, `closes` is NEVER.
    """
    state.providers[provider].withdrawn = closes
    if closes <= time:
        return
    send(state, time, PLAN, provider)
    for takeover in state.takeovers:
        send(state, takeover, PLAN, provider)
    send(state, closes, WITHDRAWAL, provider)
    if opens > time:
        send(state, opens, REGISTRATION, provider)
        return
    begin_life(state, provider, START_GRADE, time)
    for slot in rule_slots(state):
        _begin_rating(state, provider, slot, time)
    _begin_covered(state, provider, time)
    expect_complacency(state, provider, time)
    review_hazards(state, provider, time)


@compiled
def _begin_rating(state: State, provider: int, slot: int, time: int) -> None:
    """Rate a provider as the inspection of a rule would have, and say when that inspection was.

    Under a round nobody has been inspected for that round yet, but a rating is known.
    """
    run = state.now[0].run
    place = state.providers[provider]
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    form = form_of(state, provider, slot)
    if form == 0:
        return
    kind = policy.kind[rule]
    rated = _rate(state, provider, kind, slot, time)
    interval = NEVER
    if form == VISITS and policy.visits[rule][place.rating] > 0.0:
        year = state.month_starts[12] - state.month_starts[0]
        interval = int(year / policy.visits[rule][place.rating])
    elif form == INTERVAL:
        interval = policy.interval[rule][place.rating]
    ago = 0
    if interval < NEVER:
        ago = int(interval * uniform(run, START_INSPECTION, place.identity, slot))
        note_last(state, provider, kind, time - ago, time - ago)
        if policy.grades[kind] == 1:
            place.said = place.judged
            place.said_at = max(place.said_at, time - ago)
        if kind != DESK:
            place.last_visit = max(place.last_visit, time - ago)
    if rated:
        _begin_effect(state, provider, time - ago, time)


@compiled
def _begin_effect(state: State, provider: int, when: int, time: int) -> None:
    """Begin what is left of the effect of the judgement that a run begins with, made at `when`."""
    judged = state.providers[provider].judged
    find_out(state, provider, judged, when, time)
    believe_found_out(state, provider, judged)


@compiled
def _begin_covered(state: State, provider: int, time: int) -> None:
    """Rate a service without a rule of its own as the inspection of its authority that covers it would have.

    When that was is not known of the service: its effect on quality counts from the beginning of the run.
    """
    place = state.providers[provider]
    policy = policy_in_force(state)
    for service in range(state.authorities.shape[1]):
        if state.authorities[place.authority, service] == provider:
            for kind in range(KIND_COUNT):
                if policy.includes[kind, service] == 1 and _rate(state, provider, kind, RULE, time):
                    _begin_effect(state, provider, time, time)


@compiled
def _rate(state: State, provider: int, kind: int, number: int, time: int) -> bool:
    """Rate a provider that has no rating yet as an inspection of a kind would have, and return whether it did.

    `number` addresses the draw.
    """
    place = state.providers[provider]
    policy = policy_in_force(state)
    if policy.grades[kind] == 0 or place.rating > 0:
        return False
    framework = state.now[0].framework
    pool = pool_of(state, provider, kind)
    sight = leniency_of(state, pool, lead_of(state, provider, pool, START_LEAD, number)), 1.0
    place.judged = grade_seen(state, provider, framework, kind, START_JUDGEMENT, number, sight, time)
    place.rating = place.judged
    place.judgements = 1
    place.grades_judged = place.judged
    severity = severity_at(policy, place.service_type, kind, time)
    believe_rating(state, provider, place.judged, severity, policy.sigma[kind])
    return True


def opening_events(setting: Setting, month: int) -> Iterator[tuple[int, int, int]]:
    """Return what is on the agenda from the beginning, in addition to what providers ask for: time, kind and subject.

    The month after `month`, the draws of samples, what was owed before the start, and every takeover.
    """
    yield int(setting.month_starts[month + 1]), MONTH, month + 1
    for subject in range(TYPE_COUNT * SAMPLES_PER_TYPE + 1):
        yield setting.begins, DRAW, subject
    if setting.starting_backlog is not None:
        yield setting.measured_from, ARREARS, CHOOSE
    for framework, time in enumerate(setting.takeovers, start=1):
        if time < setting.horizon:
            yield time, TAKEOVER, framework
