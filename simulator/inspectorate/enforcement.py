"""Improvement plans and the escalating tariff of enforcement, as a small state machine of steps.

The consultation *Modernising the Regulatory Framework for Children's Social Services* (2006) proposes that providers
not good produce an improvement plan if asked to (3.3.1), and that enforcement escalate according to the risk to
children (3.3.3): first an informal agreement to act on the plan by a specified date, then powers up to deregistration.

``NO_STEP`` - a plan is asked for - ``PLAN_ASKED`` - and produced - ``AGREED`` - ``NOTICE`` - ``RESTRICTION`` -
``DEREGISTRATION``. Each step has a date at which it is looked at again; whoever is still seen poor then goes on to the
next step of the tariff.
"""

from datetime import date
from typing import Annotated, Any, Final, Literal, Self

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from simulator.compiling import compiled
from simulator.inputs.parameter import Parameter
from simulator.inspectorate.clause_values import Days, ForTypes, Kind, Probability, each_once
from simulator.inspectorate.kinds import RATINGS, code_of_kind
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.ticks import NEVER, TICKS_PER_DAY, tick_of
from simulator.world.quality import POOR

NO_STEP: Final = 0
PLAN_ASKED: Final = 1
AGREED: Final = 2
NOTICE: Final = 3
RESTRICTION: Final = 4
DEREGISTRATION: Final = 5
STEPS: Final = 6

# what a look at the date of a step leads to
ENDS: Final = 0
GOES_ON: Final = 1
ESCALATES: Final = 2

_BY_JUDGEMENT: Final = (*BY_TYPE, len(RATINGS))

Step = Literal["notice", "restriction", "deregistration"]
StepHeld = Literal["notice", "restriction"]
_TARIFF: Final = {"notice": NOTICE, "restriction": RESTRICTION, "deregistration": DEREGISTRATION}
_Judgements = Annotated[tuple[Literal["poor", "adequate"], ...], Field(strict=False), AfterValidator(each_once)]
_DeskDays = Annotated[
    float, Field(ge=0, le=100, allow_inf_nan=False), Parameter("inspector-days of a look at the desk", "inspector-days")
]


class ImprovementPlan(ForTypes):
    """An improvement plan, asked of providers judged poor or adequate and carried out by a date agreed."""

    after: Annotated[
        tuple[Literal["poor", "adequate"], ...], Field(strict=False, min_length=1), AfterValidator(each_once)
    ]
    """Judgements after which a plan may be asked for."""
    request_probability: Annotated[Probability, Parameter("share of providers asked for an improvement plan")]
    """Share of such judgements after which one is."""
    days_to_produce: Annotated[Days, Parameter("days to produce an improvement plan")]
    """Days from the judgement to the plan."""
    days: Annotated[int, Field(ge=1, le=3660), Parameter("days that an improvement plan runs", "days")]
    """Days from the judgement to the date by which the actions of the plan are agreed to be done."""
    monitoring: Kind | None = None
    """The kind of inspection that looks at that date; if left out, the last judgement decides."""
    visit_after: _Judgements | None = None
    """Judgements after which it does; after the others the last judgement decides at the desk. All of them if left
    out."""
    desk_days: _DeskDays = 0.0
    """Inspector-days that a look at the desk takes, of the pool of the kind that monitors."""

    @model_validator(mode="after")
    def _is_looked_at(self) -> Self:
        _check_looks(self)
        unasked = [grade for grade in self.visit_after or () if grade not in self.after]
        if unasked:
            raise ValueError(f"visit_after: given {_listed(unasked)}; allowed: those of after, {_listed(self.after)}")
        return self

    @model_validator(mode="after")
    def _is_produced_before_its_date(self) -> Self:
        if self.days_to_produce >= self.days:
            raise ValueError(f"days ({self.days}) must be more than days_to_produce ({self.days_to_produce})")
        return self


class Enforcement(ForTypes):
    """The tariff that follows where an agreement fails, or at once where the situation is too serious."""

    steps: Annotated[tuple[Step, ...], Field(strict=False, min_length=1)]
    """Steps that the inspectorate may take, one after another."""
    days: Annotated[
        dict[StepHeld, Annotated[int, Field(ge=1, le=3660)]], Parameter("days at the steps of enforcement", "days")
    ] = Field(default_factory=dict)
    """Days after which a notice, a restriction is looked at again."""
    powers_from: Annotated[dict[Step, date], Parameter(unit="dates")] = Field(default_factory=dict)
    """First day on which a step can be taken; until then what went before goes on."""
    monitoring: Kind | None = None
    """The kind of inspection that looks then; if left out, the last judgement decides."""
    visit_after: _Judgements | None = None
    """Judgements such that it does where the last was one of them; where it was another, that decides at the desk.
    Whatever it was, if left out."""
    desk_days: _DeskDays = 0.0
    """Inspector-days that a look at the desk takes, of the pool of the kind that monitors."""
    at_once_after_serious_concern_days: Annotated[
        Days, Parameter("days after a serious concern for which enforcement is at once")
    ] = 0
    """A judgement of poor within this number of days after a serious concern leads to the first step at once."""
    high_risk_share: Annotated[
        float,
        Field(gt=0, le=1, allow_inf_nan=False),
        Parameter("share of the days at the steps where risk is high", "share of the days"),
    ] = 1.0
    """Share of the days that is left where there has been a serious concern within that time."""

    @model_validator(mode="after")
    def _is_looked_at(self) -> Self:
        _check_looks(self)
        return self

    @model_validator(mode="after")
    def _steps_escalate(self) -> Self:
        in_order = sorted(set(self.steps), key=lambda step: _TARIFF[step])
        if list(self.steps) != in_order:
            raise ValueError(f"steps: given {_listed(self.steps)}; allowed: in this order, {_listed(in_order)}")
        return self

    @model_validator(mode="after")
    def _every_step_has_its_days(self) -> Self:
        held = [step for step in self.steps if step != "deregistration"]
        if sorted(self.days) != sorted(held):
            raise ValueError(f"days: given for {_listed(self.days) or 'none'}; needed for {_listed(held) or 'none'}")
        unknown = [step for step in self.powers_from if step not in self.steps]
        if unknown:
            raise ValueError(f"powers_from: given for {_listed(unknown)}; allowed: steps, {_listed(self.steps)}")
        return self


def _check_looks(clause: ImprovementPlan | Enforcement) -> None:
    """Refuse what is said of looks at the desk where no kind of inspection monitors."""
    if clause.monitoring is None and (clause.visit_after is not None or clause.desk_days):
        raise ValueError("visit_after and desk_days need monitoring: the kind of inspection that looks otherwise")


def _listed(names: Any) -> str:
    return ", ".join(names)


def _write_plan(policy: np.void, service_type: int, plan: ImprovementPlan, _: Writing) -> None:
    for grade in plan.after:
        at = (service_type, RATINGS.index(grade))
        policy["plan_asked"][at] = 1
        policy["plan_probability"][at] = plan.request_probability
        policy["plan_within"][at] = plan.days_to_produce * TICKS_PER_DAY
        policy["plan_days"][at] = plan.days * TICKS_PER_DAY
        policy["plan_monitoring"][at] = code_of_kind(plan.monitoring)
        policy["plan_visited"][at] = plan.visit_after is None or grade in plan.visit_after
        policy["plan_desk_days"][at] = plan.desk_days


IMPROVEMENT_PLANS: Final = NamedClauses(
    fields=[
        ("plan_asked", "i8", _BY_JUDGEMENT),
        ("plan_probability", "f8", _BY_JUDGEMENT),
        ("plan_within", "i8", _BY_JUDGEMENT),
        ("plan_days", "i8", _BY_JUDGEMENT),
        ("plan_monitoring", "i8", _BY_JUDGEMENT),
        ("plan_visited", "i8", _BY_JUDGEMENT),  # 1 if an inspection monitors it; if 0, somebody at the desk
        ("plan_desk_days", "f8", _BY_JUDGEMENT),
    ],
    write=_write_plan,
    event="a {service_type} judged {grade}",
)


def _write_tariff(policy: np.void, at: int, tariff: Enforcement, writing: Writing) -> None:
    for name in tariff.steps:
        step = _TARIFF[name]
        powers_from = tariff.powers_from.get(name)
        policy["step_there"][at, step] = 1
        policy["step_days"][at, step] = (0 if name == "deregistration" else tariff.days[name]) * TICKS_PER_DAY
        policy["step_powers_from"][at, step] = tick_of(powers_from, writing.epoch) if powers_from else -NEVER
    policy["tariff_monitoring"][at] = code_of_kind(tariff.monitoring)
    policy["tariff_visited"][at] = [tariff.visit_after is None or grade in tariff.visit_after for grade in RATINGS]
    policy["tariff_desk_days"][at] = tariff.desk_days
    policy["serious_within"][at] = tariff.at_once_after_serious_concern_days * TICKS_PER_DAY
    policy["high_risk_share"][at] = tariff.high_risk_share


ENFORCEMENT: Final = NamedClauses(
    fields=[
        ("step_there", "i8", (*BY_TYPE, STEPS)),
        ("step_days", "i8", (*BY_TYPE, STEPS)),
        ("step_powers_from", "i8", (*BY_TYPE, STEPS)),
        ("tariff_monitoring", "i8", BY_TYPE),
        ("tariff_visited", "i8", _BY_JUDGEMENT),  # 1 if an inspection monitors after it; if 0, somebody at the desk
        ("tariff_desk_days", "f8", BY_TYPE),
        ("serious_within", "i8", BY_TYPE),
        ("high_risk_share", "f8", BY_TYPE),
    ],
    write=_write_tariff,
    event="a {service_type} that does not improve",
)


@compiled
def next_step(step: int, there: Any, powers_from: Any, time: int) -> int:
    """Return the step of a tariff that follows a `step`, itself if there is none or its powers are not there yet.

    Parameters
    ----------
    step : int
        Where the provider stands; before a notice the first step of the tariff follows.
    there, powers_from : array of int, shape (STEPS,)
        Whether the tariff has a step, and the tick from which it can be taken.
    """
    for later in range(max(step, AGREED) + 1, STEPS):
        if there[later] == 1:
            return later if powers_from[later] <= time else step
    return step


@compiled
def after_look(step: int, seen: int, called_for_by: int, plan_asked: Any, renewed: int) -> int:
    """Report what a look at the date of a step leads to: `ENDS`, `GOES_ON` or `ESCALATES`.

    Whoever is seen poor goes a step on. An agreement that has brought the provider above the judgement that called
    for it, or to where no plan is asked for, has done its work; one that has not is renewed once.

    Parameters
    ----------
    seen : int
        The grade seen, 1 poor to 4 excellent.
    called_for_by : int
        The judgement after which the plan was asked for.
    plan_asked : array of int, shape (5,)
        Whether a plan is asked for, by judgement.
    """
    if seen == POOR:
        return ESCALATES
    if step != AGREED or seen > called_for_by or plan_asked[seen] == 0 or renewed == 1:
        return ENDS
    return GOES_ON


@compiled
def is_ended_by(judged: int, step: int, plan_asked: Any) -> bool:
    """Return whether a judgement ends a step: an agreement if it calls for no plan, the tariff if it is not poor."""
    if step >= NOTICE:
        return bool(judged > POOR)
    return bool(step != NO_STEP and plan_asked[judged] == 0)


@compiled
def is_high_risk(last_serious_concern: int, within: int, time: int) -> bool:
    """Return whether there was a serious concern in the last ticks, `within`; 0 is never."""
    return bool(within > 0 and time - last_serious_concern <= within)


@compiled
def ticks_left(days: int, high_risk: bool, high_risk_share: float) -> int:
    """Return the ticks until a step is looked at again: fewer where the risk to children is high (3.3.3)."""
    return int(days * high_risk_share) if high_risk else days
