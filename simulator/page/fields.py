"""Fields of a form that take a number: label, unit, range, where the default comes from, and what to say if wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from simulator.inputs.evidence import MARKS, covering
from simulator.inputs.option import Listed
from simulator.page.page_scenario import scenario
from simulator.words.assumptions import plain
from simulator.words.wording import percent

_NUMBER: Final = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,6})?")
"""Beyond every range too, so that who types too much or too little is told the range."""
Typed = Mapping[str, Sequence[str]]
"""What was typed or ticked, by the names of fields."""
Filled = dict[str, list[str]]
"""What stands in a form when it is shown, by the names of fields."""
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
    hint: str = ""
    whole: bool = False
    of_default: bool = False
    """Whether per cent of the default may be entered, such as 80%."""

    def hinted(self, hint: str) -> "NumberField":
        """Return it with a hint."""
        return replace(self, hint=hint)

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
        """Read what was typed; if it cannot be used, note what to do, and return the default."""
        entered = first(typed, self.name).strip().replace(",", "")
        text = entered.removesuffix("%").strip()
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
        if entered.endswith("%") and not self.unit.startswith("per cent"):
            if not self.of_default:
                problems[self.name] = (
                    f"{self.label} is not a percentage. Enter {text} for {text} {self.unit}, or another number"
                )
                return self.default
            value = round(value / 100 * self.default, 10)
        if not self.low <= value <= self.high:
            problems[self.name] = f"{self.label} must be {self.allowed}"
            return self.default
        return value + 0.0  # minus nought is nought

    def row(self, value: float) -> tuple[str, str]:
        """Report a number that was entered, the default beside what differs from it."""
        unit = "year" if value == 1 and self.unit == "years" else self.unit
        if value == 1 and unit == "times the default":
            amount = "the default"
        else:
            amount = plain(value) if self.unitless else f"{plain(value)} {unit}"
        if value == self.default:
            return self.label, amount
        default = f"{percent(value / self.default)} of the default, " if self.of_default else "default: "
        return self.label, f"{amount} ({default}{plain(self.default)})"


class NumberFields(dict[str, NumberField]):
    """The fields of a form for numbers by their names, in the order of the form."""

    def __init__(self, *fields: NumberField) -> None:
        super().__init__({field.name: field for field in fields})

    def defaults(self) -> dict[str, float]:
        """Return the numbers before anything is typed."""
        return {name: field.default for name, field in self.items()}

    def read(self, typed: Typed, problems: Problems) -> dict[str, float]:
        """Read all numbers, and note what is wrong."""
        return {name: field.read(typed, problems) for name, field in self.items()}

    def rows(self, numbers: Mapping[str, float]) -> list[tuple[str, str]]:
        """Report the numbers that were entered, the default beside what differs from it."""
        return [field.row(numbers[name]) for name, field in self.items()]


def field_of(
    option: Listed, high: float, default: float, *, low: float | None = None, name: str | None = None
) -> NumberField:
    """Return the field of an option of a question, which has a range and a default of its own on the page.

    Parameters
    ----------
    option
        Of the question.
    high, default
        On the page.
    low
        If left out, as the option has it.
    name
        Of the field; if left out, as the option is called.
    """
    if low is None:
        low = option.option.min or 0
    whole = option.is_whole
    return NumberField(name or option.field, option.label, option.option.unit, low, high, default, whole=whole)


def first(typed: Typed, name: str) -> str:
    """Return the first value of a field, nothing if there is none."""
    values = typed.get(name, ())
    return values[0] if values else ""


def default_of(key: str, of_value: str) -> str:
    """Report what a default is and what it rests on, as the assumptions log does.

    Parameters
    ----------
    key
        Of the number in the scenario, dotted.
    of_value
        The default in words, its unit included.
    """
    evidence = scenario().evidence
    prefix = covering(evidence, key)
    if prefix is None:
        return f"Default: {of_value}."
    entry = evidence[prefix]
    vary = entry.range or entry.factor
    told = f"Default: {of_value}. {MARKS[entry.mark].capitalize()}: {entry.source}."
    if vary:
        times = "" if entry.range else " times that"
        told += f" Range to vary: {plain(vary[0])} to {plain(vary[1])}{times}."
    return told
