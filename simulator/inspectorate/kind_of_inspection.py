"""What each kind of inspection takes under a framework, and what it sees.

The consultation *Modernising the Regulatory Framework for Children's Social Services* (2006) names the kinds
(3.1.15); no document says what they take, so that their numbers are assumptions.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulator.inputs.parameter import Parameter
from simulator.inspectorate.clause_values import MOST_EFFORT, Days, Priority, ServiceType
from simulator.inspectorate.one_number import BY_SERVICE
from simulator.inspectorate.sources import Said, Sourced

Effort = Annotated[float, Field(gt=0, le=MOST_EFFORT, allow_inf_nan=False)]


class KindOfInspection(Sourced):
    """What one kind of inspection takes and what it sees."""

    title: Said
    """What it is called under this framework."""
    effort_days: Annotated[
        dict[ServiceType, Effort], BY_SERVICE, Parameter("inspector-days that an inspection takes", "inspector-days")
    ]
    """Inspector-days that one takes, its report included, by service type; or one number for all that it is made at."""
    effort_spread: Annotated[
        float,
        Field(ge=0, le=2, allow_inf_nan=False),
        Parameter("spread of the days that an inspection takes", "standard deviation over mean"),
    ] = 0.0
    """Spread of the effort from one inspection to the next: its standard deviation over its mean."""
    team: Annotated[int, Field(ge=1, le=100), Parameter("size of teams", "inspectors")] = 1
    """Inspectors who carry it out together."""
    notice: Literal["unannounced", "short", "announced"] = "unannounced"
    """Whether the provider gets notice; sigma states how much less is then seen."""
    grades: bool
    """Whether it gives a grade."""
    direction: bool = False
    """Whether it says if the provider has improved, sustained or declined since the last grade."""
    sigma: Annotated[
        float, Field(ge=0, le=3, allow_inf_nan=False), Parameter("noise of inspectors' judgement", "grades")
    ] = 0.0
    """Standard deviation of the judgement around the true grade, in grades; 0 is a perfect inspector."""
    detects: bool
    """Whether it can find a poor provider."""
    priority: Priority
    """Which goes first when inspectors are short: 1 first, 9 last."""
    counts: bool
    """Whether it counts towards a statutory rule that it was not raised by."""
    lapse_days: Annotated[Days, Parameter("days until discretionary inspections lapse")] = 90
    """Days past the date on which it was wanted after which one made at discretion lapses if it has not begun."""
    pool: Said
    """The pool of inspectors that carries it out."""

    @model_validator(mode="after")
    def _a_grade_says_the_direction(self) -> Self:
        if self.grades and self.direction:
            raise ValueError("direction is for inspections that give no grade: a grade says it already")
        return self

    @model_validator(mode="after")
    def _a_grade_can_be_poor(self) -> Self:
        if self.grades and not self.detects:
            raise ValueError("detects must be true where grades is: whoever can judge poor can find the poor")
        return self
