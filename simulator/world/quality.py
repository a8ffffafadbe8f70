"""True quality: a continuous-time Markov chain on four grades, 1 poor to 4 excellent.

The chain moves down or up to the neighbouring grade, and falls to 1 at once when safeguarding fails. Its
generator is made of things a reader can understand: the shares that the grades would come to with no
inspection at all, how often grades change, and how often they fall.
"""

from typing import Annotated, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from simulator.compiling import compiled
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import GradeValues, Section, Shares
from simulator.ticks import TICKS_PER_YEAR
from simulator.world.effects import Complacency, Falls, FoundOut, ImprovementPlan, NewManager, Strands, UnderEnforcement

# positions of a provider's clocks of quality; their purposes are DECLINE + position
DECLINING: Final = 0
IMPROVING: Final = 1
FALLING: Final = 2
QUALITY_CLOCKS: Final = 3

POOR: Final = 1
ADEQUATE: Final = 2
GOOD: Final = 3
EXCELLENT: Final = 4

RAISED: Final = 1
"""The step to excellent is damped since the provider rose to good by being found out, and not yet by itself."""
MISJUDGED: Final = 2
"""It is damped since the provider was judged below good though it was good."""

_Rates = npt.NDArray[np.float64]


class Standing(NamedTuple):
    """What acts on the quality of a provider at one moment, beside its grade."""

    found: int
    """The worst judgement, `POOR` or `ADEQUATE`, whose effect on improvement runs; 0 if none does."""
    damped: int
    """Why the step to excellent is damped: `RAISED`, `MISJUDGED`, or 0 if it is not."""
    manager_is_new: bool
    complacent: bool
    """Whether the last inspection is too long ago."""
    plan_runs: bool
    """Whether an improvement plan was produced and its date is still to come."""
    under_notice: bool
    """Whether a notice or a restriction is in force."""


class QualitySettings(Section):
    """True quality and what moves it."""

    speed: Annotated[float, Field(ge=0), Parameter("speed at which grades change")]
    """Mean number of grade changes per provider-year at the natural shares."""
    falls: Annotated[Falls, Parameter("sudden falls to poor")]
    """How often quality falls to poor at once, per provider-year, by true grade."""
    natural_shares: Annotated[dict[str, Shares], Parameter("share of poor without inspection")]
    """By service type: what the grades would come to with no inspection at all."""
    start_shares: Annotated[dict[str, Shares], Parameter("share of poor at the start")]
    """By service type: true grades when the run begins."""
    entry_shares: Annotated[dict[str, Shares], Parameter("share of poor among new providers")] = Field(
        default_factory=dict
    )
    """By service type: true grades of newly registered providers; `start_shares` where none are given."""
    strands: dict[str, Strands] = Field(default_factory=dict)
    """By service type: the strands of its quality; one where none are given."""
    found_out: FoundOut
    new_manager: NewManager
    complacency: Complacency
    improvement_plan: ImprovementPlan = ImprovementPlan()
    enforcement: UnderEnforcement = UnderEnforcement()

    @model_validator(mode="after")
    def _speed_exceeds_falls(self) -> "QualitySettings":
        for service_type, shares in self.natural_shares.items():
            try:
                yearly_rates(shares, self.speed, self.falls)
            except ValueError as error:
                raise ValueError(f"natural_shares.{service_type}: {error}") from error
        return self


def yearly_rates(natural: GradeValues, speed: float, falls: Falls) -> tuple[_Rates, _Rates, _Rates]:
    """Build the generator of the chain from shares, speed and falls.

    Decline from grade i has the rate ``s * sqrt(p[i-1] / p[i])``. Improvement follows from balance across
    each cut between i and i + 1: what flows up from i is all that flows down across the cut, falls
    included; so `natural` is exactly the long-run share. ``s`` is set by the speed.

    Parameters
    ----------
    natural : GradeValues
        Long-run shares p, all positive, adding up to 1.
    speed : float
        Mean number of grade changes per provider-year at those shares.
    falls : Falls
        Sudden falls per provider-year.

    Returns
    -------
    decline, improve, fall : ndarray of shape (5,)
        Rates per year by grade; position 0 is not used.

    Raises
    ------
    ValueError
        If a share is 0, or if falls and the improvements that balance them alone exceed the speed.
    """
    p = np.array(natural.by_grade())
    if not all(p[1:] > 0):
        raise ValueError("every natural share must be above 0, since every grade is left and reached again")
    fall, falls_across_cut, changes_by_falls = _falls_at(p, falls)
    decline_at_unit_speed = np.zeros(5)
    decline_at_unit_speed[2:] = np.sqrt(p[1:4] / p[2:])
    changes_at_unit_speed = 2.0 * float(decline_at_unit_speed @ p)
    if changes_by_falls > speed:
        raise ValueError(
            f"falls and the recoveries from them make {changes_by_falls:.3f} grade changes a year, "
            f"which leaves nothing of a speed of {speed:g}"
        )
    decline = decline_at_unit_speed * (speed - changes_by_falls) / changes_at_unit_speed
    improve = np.zeros(5)
    improve[1:4] = (decline[2:] * p[2:] + falls_across_cut) / p[1:4]
    return decline, improve, fall


def least_speed(natural: GradeValues, falls: Falls) -> float:
    """Return the grade changes per provider-year that falls and the recoveries from them make: no speed is below it."""
    return _falls_at(np.array(natural.by_grade()), falls)[2]


def _falls_at(p: _Rates, falls: Falls) -> tuple[_Rates, _Rates, float]:
    """Return falls by grade, what falls across each cut at the shares p, and all changes that come of it."""
    fall = np.array([0.0, 0.0, falls.adequate, falls.good, falls.excellent])
    across_cut = np.array([float(fall[i + 1 :] @ p[i + 1 :]) for i in range(1, 4)])
    return fall, across_cut, float(fall @ p + across_cut.sum())


def write_quality(service: np.void, settings: QualitySettings, service_type: str) -> None:
    """Write the rates (per tick) and effects of one service type into its `SERVICE` record."""
    rates = yearly_rates(settings.natural_shares[service_type], settings.speed, settings.falls)
    for name, rate in zip(("decline", "improve", "fall"), rates, strict=True):
        service[name][:] = rate / TICKS_PER_YEAR
    service["start_share"][:] = settings.start_shares[service_type].by_grade()
    entry = settings.entry_shares.get(service_type, settings.start_shares[service_type])
    service["entry_share"][:] = entry.by_grade()
    effect = settings.found_out
    strands = settings.strands.get(service_type)
    service["strands"] = strands.count if strands else 1
    service["shared"] = strands.shared if strands else 0.0
    service["found_out"][:] = (1.0, max(effect.after_poor, effect.after_adequate), effect.after_adequate, 1.0, 1.0)
    service["found_out_ticks"][POOR] = round(effect.poor_months * TICKS_PER_YEAR / 12)
    service["found_out_ticks"][ADEQUATE] = round(effect.adequate_months * TICKS_PER_YEAR / 12)
    service["excellence_damping"] = effect.damping_to_excellent
    service["new_manager_multiplier"] = settings.new_manager.decline_multiplier
    service["new_manager_ticks"] = round(settings.new_manager.months * TICKS_PER_YEAR / 12)
    service["complacency_multiplier"] = settings.complacency.decline_multiplier
    service["plan_refused"][:] = settings.improvement_plan.refused.by_grade()
    service["plan_multiplier"] = settings.improvement_plan.improve_multiplier
    service["enforcement_multiplier"] = settings.enforcement.improve_multiplier
    service["complacency_after"] = round(settings.complacency.after_months * TICKS_PER_YEAR / 12)


@compiled
def grade_from(shares: Any, draw: float) -> int:
    """Return the grade at which the cumulated `shares` (shape 5, position 0 unused) pass the uniform `draw`."""
    cumulated = 0.0
    for grade in range(1, 4):
        cumulated += shares[grade]
        if draw < cumulated:
            return grade
    return 4


@compiled
def _support(service: Any, standing: Standing) -> float:
    """Return the multiplier of every hazard of improving that a plan and a notice make."""
    effect = 1.0
    if standing.plan_runs:
        effect *= service.plan_multiplier
    if standing.under_notice:
        effect *= service.enforcement_multiplier
    return float(effect)


@compiled
def own_improvement(service: Any, grade: int, standing: Standing) -> float:
    """Return the hazard per tick of improving from `grade` without the effect of being found out.

    For who rose to good by that effect it is the hazard of rising there by itself, after which nothing damps its next
    step. So being found out never leaves a provider behind where it would be had nobody come. A wrong judgement may.
    """
    if grade == GOOD and standing.damped == RAISED:
        return float(service.improve[ADEQUATE] * _support(service, standing))
    if grade == GOOD and standing.damped == MISJUDGED:
        return float(service.excellence_damping * service.improve[GOOD] * _support(service, standing))
    return float(service.improve[grade] * _support(service, standing))


@compiled
def improvement(service: Any, grade: int, standing: Standing) -> float:
    """Return the hazard per tick of improving from `grade`: by itself, and by the effect of being found out."""
    own = own_improvement(service, grade, standing)
    if grade == GOOD and standing.damped == RAISED:
        return float(own + service.excellence_damping * service.improve[GOOD] * _support(service, standing))
    if grade < GOOD:
        return float(own * service.found_out[standing.found])
    return own


@compiled
def improve(service: Any, strand: Any, standing: Standing, mark: float) -> None:
    """Improve a strand: by itself where `mark`, even between 0 and its hazard, lies in that part of it."""
    by_itself = mark < own_improvement(service, strand.grade, standing)
    if strand.grade == GOOD and strand.damped == RAISED and by_itself:
        strand.damped = 0
        return
    strand.damped = RAISED if strand.grade == ADEQUATE and not by_itself else 0
    strand.grade += 1


@compiled
def _decline_effect(service: Any, standing: Standing) -> float:
    """Multiplier of the hazard of declining, from any grade."""
    effect = 1.0
    if standing.manager_is_new:
        effect *= service.new_manager_multiplier
    if standing.complacent:
        effect *= service.complacency_multiplier
    return float(effect)


@compiled
def hazard(service: Any, grade: int, move: int, standing: Standing) -> float:
    """Return the hazard per tick of one move (`DECLINING`, `IMPROVING` or `FALLING`) from `grade`."""
    if move == FALLING:
        return float(service.fall[grade])
    if move == IMPROVING:
        return improvement(service, grade, standing)
    return float(service.decline[grade] * _decline_effect(service, standing))


@compiled
def greatest_hazard(service: Any, move: int, standing: Standing) -> float:
    """Return the hazard of a move from where it is greatest, any grade and damped or not."""
    greatest = 0.0
    for grade in range(1, 5):
        greatest = max(greatest, hazard(service, grade, move, standing))
    if move == IMPROVING:
        onwards = service.excellence_damping * own_improvement(service, GOOD, standing)
        greatest = max(greatest, own_improvement(service, ADEQUATE, standing) + onwards)
    return greatest


@compiled
def middle_grade(grades: Any) -> int:
    """Return the median of several grades; of two middle ones the lower."""
    for grade in range(1, 4):
        lower = 0
        for strand_grade in grades:
            if strand_grade <= grade:
                lower += 1
        if 2 * lower >= len(grades):
            return grade
    return 4


@compiled
def limited_grade(grades: Any) -> int:
    """Return 1 if any grade is 1, the median otherwise: what a service with these strands truly is."""
    for grade in grades:
        if grade == 1:
            return 1
    return middle_grade(grades)


@compiled
def grade_after(grade: int, move: int) -> int:
    """Return the grade after a move (`DECLINING`, `IMPROVING` or `FALLING`)."""
    if move == FALLING:
        return 1
    if move == IMPROVING:
        return grade + 1
    return grade - 1


@compiled
def move_strand(service: Any, strand: Any, move: int, standing: Standing, mark: float) -> None:
    """Move a strand; `mark` is even between 0 and the hazard of that move.

    Who truly is good has no use for the effect of being found out any more: it ends.
    """
    if move == IMPROVING:
        improve(service, strand, standing, mark)
    else:
        strand.grade = grade_after(strand.grade, move)
        strand.damped = 0
    if strand.grade >= GOOD:
        strand.found = 0
