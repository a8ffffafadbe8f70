"""What moves true quality, as a scenario states it: falls, and effects on the hazards of its chain."""

from typing import Annotated

from pydantic import Field, model_validator

from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import GradeValues, Section


class Falls(Section):
    """Sudden falls to poor, per provider-year, by true grade."""

    adequate: float = Field(ge=0)
    good: float = Field(ge=0)
    excellent: float = Field(ge=0)


class FoundOut(Section):
    """What a judgement of poor or adequate does to improvement, for stated times and up to good.

    The larger multiplier that runs holds, and no later judgement cuts it short. It ends before its time when the
    provider truly is good. None of it makes an inspection do harm: no multiplier slows improvement.
    """

    after_poor: Annotated[float, Field(ge=1), Parameter("improvement after being found poor")]
    """Multiplies the hazard of improving, up to good, for `poor_months` after a judgement of poor."""
    poor_months: Annotated[float, Field(ge=0), Parameter("months of the strongest effect of being found poor")] = 2.0
    """Months from a judgement of poor for which `after_poor` holds."""
    after_adequate: Annotated[float, Field(ge=1), Parameter("improvement after being found adequate")]
    """Multiplies that hazard for `adequate_months` after a judgement of poor or adequate."""
    adequate_months: Annotated[float, Field(ge=0), Parameter("months of effect of being found poor or adequate")] = 13.0
    """Months from a judgement of poor or adequate for which `after_adequate` holds."""
    damping_to_excellent: Annotated[
        float, Field(ge=0, le=1), Parameter("step from good to excellent after such a finding")
    ]
    """Multiplies the step from good to excellent of who rose to good by the effect, until it is judged good or better
    or would have risen to good by itself; and of who was good and wrongly judged below, until it is judged good or
    better or `adequate_months` are over."""

    @model_validator(mode="after")
    def _the_stronger_effect_is_not_the_longer(self) -> "FoundOut":
        if self.poor_months > self.adequate_months:
            raise ValueError(
                f"poor_months: given {self.poor_months:g}; allowed: at most adequate_months "
                f"({self.adequate_months:g}), which is counted from the same judgement"
            )
        return self


class NewManager(Section):
    """What a change of manager does (Modernising the Regulatory Framework, 3.1.2 and 3.1.18)."""

    decline_multiplier: Annotated[float, Field(gt=0), Parameter("decline under a new manager")]
    """Multiplies the hazard of declining while a manager is new."""
    months: Annotated[float, Field(ge=0), Parameter("months for which a manager is new")]
    """Months for which a manager is new."""


class Complacency(Section):
    """What a long time without inspection does (the inspection 'holiday' of the same, 3.1.15)."""

    decline_multiplier: Annotated[float, Field(gt=0), Parameter("decline after long without an inspection")]
    """Multiplies the hazard of declining once the last inspection is too long ago; 1 is no effect."""
    after_months: Annotated[float, Field(gt=0), Parameter("months without an inspection until then")]
    """Months since the last inspection from which on that is so."""


class ImprovementPlan(Section):
    """What a provider asked for an improvement plan does (the same, 3.3.1); as given here, nothing."""

    refused: Annotated[GradeValues, Parameter("improvement plans refused")] = GradeValues(
        poor=0, adequate=0, good=0, excellent=0
    )
    """Probability that the plan is not produced, by true grade."""
    improve_multiplier: Annotated[float, Field(gt=0), Parameter("improvement while a plan runs")] = 1.0
    """Multiplies the hazard of improving, from every grade, while the plan runs."""

    @model_validator(mode="after")
    def _refused_is_a_probability(self) -> "ImprovementPlan":
        if max(self.refused.by_grade()) > 1:
            raise ValueError("refused: each number must be a probability, at most 1")
        return self


class UnderEnforcement(Section):
    """What a notice or a restriction does (the same, 3.3.3)."""

    improve_multiplier: Annotated[float, Field(gt=0), Parameter("improvement under a notice")] = 1.0
    """Multiplies the hazard of improving, from every grade, while it is in force."""


class Strands(Section):
    """A service whose quality has several strands, each a chain of its own.

    Part of what moves a strand moves all of them: of every hazard the share `shared` is one common clock,
    the rest the strand's own. Each strand by itself is the same chain at any `shared`.
    """

    count: Annotated[int, Field(ge=2, le=5), Parameter("strands of the quality of {}")]
    """Number of strands."""
    shared: Annotated[
        float, Field(ge=0, le=1), Parameter("how far the strands of an authority's quality move together")
    ]
    """Share of every hazard that moves all strands at once."""
