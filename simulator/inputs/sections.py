"""What the sections of input files share: no unknown keys, nothing changes after reading, grades by name."""

import math
from collections.abc import Iterable
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulator.inputs.messages import unfit_sign

_SHARES_TOLERANCE: Final = 1e-3
"""How far shares, as people round them, may add up from 1."""
_LONGEST: Final = 120
"""Characters of a title or a name that charts and tables have room for, and a file may be called by."""


class Section(BaseModel):
    """A table of an input file: frozen, refusing unknown keys and numbers that are not finite."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True)


class GradeValues(Section):
    """One number, not negative, for each grade."""

    poor: Annotated[float, Field(ge=0)]
    adequate: Annotated[float, Field(ge=0)]
    good: Annotated[float, Field(ge=0)]
    excellent: Annotated[float, Field(ge=0)]

    def by_grade(self) -> tuple[float, float, float, float, float]:
        """Return the values by grade 0 to 4: 0 (nobody is ungraded in truth), then poor to excellent."""
        return 0.0, self.poor, self.adequate, self.good, self.excellent


class Shares(GradeValues):
    """The share of each grade; together 1."""

    @model_validator(mode="after")
    def _sum_to_one(self) -> Self:
        check_shares(super().by_grade())
        return self

    def by_grade(self) -> tuple[float, float, float, float, float]:
        """Return the shares by grade 0 to 4, with what rounding left spread over all of them."""
        total = math.fsum(super().by_grade())
        return 0.0, self.poor / total, self.adequate / total, self.good / total, self.excellent / total


def in_one_line(text: str) -> str:
    """Refuse a title or name with a control character, such as a line break, or too long for a chart or a table.

    Neither a page nor a spreadsheet can show a control character.

    Raises
    ------
    ValueError
        Naming the first one, or the length.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"has {len(text):,} characters; allowed: at most {_LONGEST}")
    if found := unfit_sign(text):
        raise ValueError(
            f"has the control character U+{ord(found):04X} after {text.partition(found)[0]!r}; "
            "allowed: text in one line, of letters, digits, signs and spaces"
        )
    return text


def check_shares(shares: Iterable[float]) -> None:
    """Refuse shares that do not sum to 1, within `_SHARES_TOLERANCE`.

    Raises
    ------
    ValueError
        Saying what they sum to.
    """
    total = math.fsum(shares)
    if abs(total - 1) > _SHARES_TOLERANCE:
        raise ValueError(f"the shares sum to {total:.4g}; they must sum to 1")
