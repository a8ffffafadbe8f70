"""Fields of a form that take a number: label, unit, range, where the default comes from, and what to say if wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.inputs.evidence import MARKS, covering
from simulator.inputs.option import Listed
from simulator.scenario.scenario import Scenario
from simulator.words.assumptions import plain

_NUMBER: Final = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,6})?")
"""Beyond every range too, so that who types too much or too little is told the range."""
Typed = Mapping[str, Sequence[str]]
"""What was typed or ticked, by the names of fields."""
Problems = dict[str, str]
"""What is wrong, by the names of fields, in the order of the form."""


@dataclass(frozen=True)
class NumberField:
    """A field for one number."""

    name: str
    label: str
    unit: str
    """Written behind the field; in full."""
    low: float
    high: float
    default: float
    hint: str
    whole: bool = False

    @property
    def bounds(self) -> str:
        """Write the range."""
        return f"{plain(self.low)} to {plain(self.high)}"

    @property
    def allowed(self) -> str:
        """Write the range with its unit; what is a number and nothing else has words in place of one."""
        return f"{self.bounds}{',' if self.unitless else ''} {self.unit}"

    @property
    def unitless(self) -> bool:
        """Whether the unit only says that any number will do."""
        return self.unit.startswith("any ")

    def read(self, typed: Typed, problems: Problems) -> float:
        """Read what was typed; if it cannot be used, note what to do, and give the default."""
        text = first(typed, self.name).strip().replace(",", "").removesuffix("%").strip()
        what = f"{self.label[:1].lower()}{self.label[1:]}"
        if not text:
            problems[self.name] = f"Enter {what}, {self.allowed}"
            return self.default
        value = float(text) if _NUMBER.fullmatch(text) else None
        if value is None or (self.whole and not value.is_integer()):
            problems[self.name] = (
                f"{self.label} must be a {'whole ' if self.whole else ''}number, such as {plain(self.default)}"
            )
            return self.default
        if not self.low <= value <= self.high:
            problems[self.name] = f"{self.label} must be {self.allowed}"
            return self.default
        return value + 0.0  # minus nought is nought


def field_of(
    option: Listed, low: float, high: float, default: float, hint: str, *, name: str | None = None
) -> NumberField:
    """Return the field of an option of a question, which has a range, a default and a hint of its own on the page."""
    return NumberField(
        name or option.field, option.label, option.option.unit, low, high, default, hint, whole=option.is_whole
    )


def first(typed: Typed, name: str) -> str:
    """Return the first value of a field, nothing if there is none."""
    values = typed.get(name, ())
    return values[0] if values else ""


def default_of(scenario: Scenario, key: str, of_value: str) -> str:
    """Report what the default is and what it rests on, as the assumptions log does.

    Parameters
    ----------
    scenario
        Whose evidence it is.
    key
        Of the number, dotted.
    of_value
        The default in words, its unit included.
    """
    prefix = covering(scenario.evidence, key)
    if prefix is None:
        return f"Default: {of_value}."
    entry = scenario.evidence[prefix]
    vary = entry.range or entry.factor
    told = f"Default: {of_value}. {MARKS[entry.mark].capitalize()}: {entry.source}."
    if vary:
        times = "" if entry.range else " times that"
        told += f" Range to vary: {plain(vary[0])} to {plain(vary[1])}{times}."
    return told
