"""What happens at each kind of event: the one place where an engine hands over to the rules."""

from simulator.compiling import compiled
from simulator.engine.accounts import on_month
from simulator.engine.agenda import (
    ARREARS,
    DRAW,
    DUE,
    EFFECT_END,
    END,
    GRADE_CHANGE,
    LAPSE,
    MONTH,
    NEAR,
    OCCURRENCE,
    PLAN,
    REGISTRATION,
    SELF_ASSESSMENT,
    START,
    TAKEOVER,
    TARGET,
    TARIFF,
    WITHDRAWAL,
)
from simulator.engine.arrears import on_arrears
from simulator.engine.enforcing import on_tariff
from simulator.engine.lapsing import on_lapse
from simulator.engine.learning import on_end
from simulator.engine.raising import on_due
from simulator.engine.sampling import on_draw
from simulator.engine.self_assessing import on_self_assessment
from simulator.engine.standing_for import on_near
from simulator.engine.starting import on_start
from simulator.engine.state import State
from simulator.engine.targeting import on_target
from simulator.engine.truth import on_effect_end, on_grade_change, on_occurrence, on_registration, on_withdrawal
from simulator.engine.year import on_plan, on_takeover


@compiled
def happen(state: State, time: int, kind: int, subject: int) -> None:  # noqa: C901, PLR0912  (a table of handlers)
    """Carry out an event; what it brings about is in the outbox of the state afterwards."""
    if kind == DUE:
        on_due(state, subject, time)
    elif kind == START:
        on_start(state, subject, time)
    elif kind == END:
        on_end(state, subject, time)
    elif kind == TARGET:
        on_target(state, subject, time)
    elif kind == OCCURRENCE:
        on_occurrence(state, subject, time)
    elif kind == GRADE_CHANGE:
        on_grade_change(state, subject, time)
    elif kind == PLAN:
        on_plan(state, subject, time)
    elif kind == EFFECT_END:
        on_effect_end(state, subject, time)
    elif kind == REGISTRATION:
        on_registration(state, subject, time)
    elif kind == WITHDRAWAL:
        on_withdrawal(state, subject, time)
    elif kind == MONTH:
        on_month(state, subject, time)
    elif kind == SELF_ASSESSMENT:
        on_self_assessment(state, subject, time)
    elif kind == TARIFF:
        on_tariff(state, subject, time)
    elif kind == DRAW:
        on_draw(state, subject, time)
    elif kind == TAKEOVER:
        on_takeover(state, subject, time)
    elif kind == NEAR:
        on_near(state, subject, time)
    elif kind == LAPSE:
        on_lapse(state, subject, time)
    elif kind == ARREARS:
        on_arrears(state, subject, time)
