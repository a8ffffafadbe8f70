"""How many replications a scenario asks for: a number, or until differences are known to a precision."""

from typing import Annotated, Any, Final, Self

from pydantic import Discriminator, Field, Tag, model_validator

from simulator.inputs.sections import Section

FEWEST: Final = 5
"""Replications before the first look at a precision: fewer tell too little of a variance."""
_MOST: Final = 1_000_000


class Precision(Section):
    """Half of the 95 % interval of a difference, at the widest; where both are given, the wider one is enough."""

    relative: Annotated[float, Field(gt=0)] | None = None
    """Share of the level: of the larger one of the two that are compared."""
    absolute: Annotated[float, Field(gt=0)] | None = None
    """In the unit of the measure."""

    @model_validator(mode="after")
    def _one_at_least(self) -> Self:
        if self.relative is None and self.absolute is None:
            raise ValueError("neither relative nor absolute is set. Set one of them, or both")
        return self

    def half_width(self, level: float) -> float:
        """Return the widest that half of the interval may be at a level."""
        return max((self.relative or 0.0) * abs(level), self.absolute or 0.0)


class UntilPrecise(Section):
    """Replications until the precision is reached."""

    least: Annotated[int, Field(ge=FEWEST, le=_MOST)]
    """Number after which the precision is checked for the first time."""
    most: Annotated[int, Field(ge=FEWEST, le=_MOST)]
    """Maximum number of replications."""
    precision: Annotated[dict[str, Precision], Field(min_length=1)]
    """By measure, that of its paired difference from the baseline."""

    @model_validator(mode="after")
    def _least_is_least(self) -> Self:
        if self.least > self.most:
            raise ValueError(f"most: given {self.most}; allowed: {self.least} (least) or more")
        return self


def _form(given: Any) -> str:
    """Return which form of the key is given: a table is one, all else is meant as a number."""
    return "until" if isinstance(given, (dict, UntilPrecise)) else "exactly"


Replications = Annotated[
    Annotated[int, Field(ge=1, le=_MOST), Tag("exactly")] | Annotated[UntilPrecise, Tag("until")], Discriminator(_form)
]
"""A number, or a table that says how closely differences are to be known."""
