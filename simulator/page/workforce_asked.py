"""The question of the form Workforce by year: its fields, what may be typed into them, and how it is told again."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from simulator.page import compare_asked
from simulator.page.fields import Filled, NumberField, NumberFields, Problems, Typed, field_of, first
from simulator.page.form_parts import NUMBERS, OWN, check_chosen, filled_in, own_in, titles_of
from simulator.page.page_scenario import scenario
from simulator.page.run_store import Inputs
from simulator.questions.size.ask import Size
from simulator.questions.workforce.ask import Workforce
from simulator.words.wording import MONTHS

FRAMEWORK: Final = "framework"
_FIND: Final = "find"
_RECRUIT: Final = "recruit"
FINDS: Final = {
    "people": (
        "People and work year by year",
        "Also by month and by region: who is in post, what they get done, and what waits.",
    ),
    _RECRUIT: (
        "The number to recruit each year",
        "The smallest number with which statutory inspections are on time in every year. It takes some minutes.",
    ),
}
"""What can be found out, by name: title, and what it means."""
_OF_RECRUIT: Final = ("on_time", "confidence", "step")
"""Numbers that count only for the number to recruit."""
REGIONAL: Final = "by_region"
"""Box to tick for inspectors that each region has to itself."""
FREEZE: Final = "freeze"
FREEZE_ENDS: Final = {"freeze_from": "No recruitment from", "freeze_until": "No recruitment until"}
"""Fields of a freeze and their labels; each is a month and a year."""
DATE_PARTS: Final = ("month", "year")
_SHARED: Final = ("poor", "area", "noise", "concerns", "complaints", "cost", "seed")
"""Fields that the form Compare options has too."""
_TRIED: Final = 8
"""Numbers tried for each year of a search, about."""
_NOT_A_RECORD: Final = "an example, not a record: enter your own"


@cache
def number_fields() -> NumberFields:
    """Return the fields for numbers by their names, in the order of the form."""
    shared = compare_asked.number_fields()
    only = f"Used only with “{FINDS[_RECRUIT][0]}”."
    replications = replace(field_of(Workforce.option("replications"), 100, 12), unit="runs")
    return NumberFields(
        NumberField(_OF_RECRUIT[0], "Statutory inspections to end on time, at least", "per cent", 1, 100, 95).hinted(
            f"In every year. {only} Default: 95 per cent."
        ),
        replace(shared["regulatory"], label="Posts for inspectors of services"),
        NumberField("turnover", "Turnover", "per cent a year", 0, 100, 10).hinted(
            f"How many of the inspectors in post leave in a year. Default: 10 per cent, {_NOT_A_RECORD}."
        ),
        NumberField("recruitment", "Months to recruit", "months", 0, 60, 4).hinted(
            f"Until somebody takes a post that is to be filled. Default: 4 months, {_NOT_A_RECORD}."
        ),
        NumberField("training", "Months to train", "months", 0, 60, 6).hinted(
            f"After joining, until a new inspector inspects. Default: 6 months, {_NOT_A_RECORD}."
        ),
        field_of(Workforce.option("years"), 20, 5).hinted("Counted from April 2006. Default: 5 years."),
        replications.hinted("Each replication is another history of the same providers. Default: 12 runs."),
        field_of(Size.option("confidence"), 99.9, 95, low=51).hinted(
            f"Confidence that the target is met, given random variation in the simulation. {only} Default: 95 per cent."
        ),
        NumberField("step", "Step of the search", "people", 1, 50, 1, whole=True).hinted(
            f"Difference between the numbers tried; a larger step is quicker. {only} Default: 1 person."
        ),
        *(shared[name] for name in _SHARED),
    )


def fields_by_default() -> Filled:
    """Return the form as it is before anything is typed."""
    usual = {FRAMEWORK: scenario().run.baseline, _FIND: next(iter(FINDS)), REGIONAL: [], FREEZE: []}
    return fields_of({**usual, NUMBERS: number_fields().defaults(), OWN: []})


def fields_of(inputs: Inputs) -> Filled:
    """Return the form as it was filled in for a question."""
    days = dict(zip(FREEZE_ENDS, map(date.fromisoformat, inputs[FREEZE]), strict=False))
    parts = ((name, part) for name in FREEZE_ENDS for part in DATE_PARTS)
    entered = {f"{name}-{part}": [str(getattr(days[name], part)) if days else ""] for name, part in parts}
    numbers = number_fields().defaults() | inputs[NUMBERS]
    return filled_in({name: value for name, value in inputs.items() if name != FREEZE} | {NUMBERS: numbers}) | entered


def read(typed: Typed, most_years: int) -> tuple[Inputs, Problems]:
    """Read the form: what is asked, and what is wrong; one run simulates a number of years at most."""
    problems: Problems = {}
    find = first(typed, _FIND)
    if find not in FINDS:
        problems[_FIND] = "Choose what to find out"
    wrong: Problems = {}
    own = own_in(typed, wrong)
    chosen = {FRAMEWORK: first(typed, FRAMEWORK)}
    check_chosen(chosen, {FRAMEWORK: "the framework"}, own, wrong)
    problems |= wrong
    fields = number_fields().values()
    asked = [field for field in fields if find == _RECRUIT or field.name not in _OF_RECRUIT]
    numbers = NumberFields(*asked).read(typed, problems)
    regional = ["yes"] if first(typed, REGIONAL) else []
    inputs: Inputs = {**chosen, _FIND: find, REGIONAL: regional, NUMBERS: numbers, OWN: own}
    inputs[FREEZE] = _freeze_in(typed, int(numbers["years"]), problems)
    if not problems and size(inputs) > most_years:
        fewer = int(most_years / (size(inputs) / numbers["replications"]))
        problems["replications"] = (
            f"This is more than one run allows. Enter {fewer} replications or fewer, or fewer years"
        )
    return inputs, problems


def _freeze_in(typed: Typed, years: int, problems: Problems) -> list[str]:
    """Read the first day of a freeze and the day after it; nothing where all is left empty."""
    entered = {name: [first(typed, f"{name}-{part}").strip() for part in DATE_PARTS] for name in FREEZE_ENDS}
    if not any(map(any, entered.values())):
        return []
    start = scenario().run.start
    ends = start.replace(year=start.year + years)
    days = {name: _month_in(parts) for name, parts in entered.items()}
    for later, (name, day) in enumerate(days.items(), 1):
        if day is None:
            problems[name] = f"{FREEZE_ENDS[name]} must be a month and a year, such as 4 {start.year + later}"
        elif not start <= day <= ends:
            problems[name] = f"{FREEZE_ENDS[name]} must be {_told(start)} to {_told(ends)}, the years to measure"
    begin, end = days.values()
    if begin is None or end is None:
        return []
    if end <= begin:
        problems["freeze_until"] = f"{FREEZE_ENDS['freeze_until']} must be later than {_told(begin)}"
    return [begin.isoformat(), end.isoformat()]


def _month_in(parts: list[str]) -> date | None:
    """Return the first day of a month as typed, None if there is no such month."""
    try:
        month, year = (int(text) for text in parts if text.isascii() and text.isdecimal())
        return date(year, month, 1)
    except (ValueError, OverflowError):
        return None


def _told(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def size(inputs: Inputs) -> int:
    """Return the years simulated, warm-up included; of a search about, since its length is not known in advance."""
    numbers = inputs[NUMBERS]
    years, warm_up = int(numbers["years"]), scenario().run.warm_up_years
    each = years + warm_up
    if inputs[_FIND] == _RECRUIT:  # the search for a year runs until its end
        each = _TRIED * sum(warm_up + year for year in range(1, years + 1))
    return int(each * numbers["replications"])


def simulations(inputs: Inputs) -> int:
    """Return the number of simulations, of a search about."""
    tried = _TRIED * inputs[NUMBERS]["years"] if inputs[_FIND] == _RECRUIT else 1
    return int(tried * inputs[NUMBERS]["replications"])


def recruits(inputs: Inputs) -> bool:
    """Return whether the number to recruit is asked for."""
    return bool(inputs[_FIND] == _RECRUIT)


def pool_of(inputs: Inputs) -> dict[str, object]:
    """Return how the posts for inspectors of services are filled, as keys of their pool where they differ from it."""
    numbers = inputs[NUMBERS]
    freeze = dict(zip(("from", "until"), map(date.fromisoformat, inputs[FREEZE]), strict=False))
    keys = {
        "turnover": numbers["turnover"] / 100,
        "recruitment_months": numbers["recruitment"],
        "training_months": numbers["training"],
        "by_region": bool(inputs[REGIONAL]),
        "freezes": [freeze] if freeze else [],
    }
    return {name: value for name, value in keys.items() if value}  # the scenario has none of these


def asked(inputs: Inputs) -> list[tuple[str, str]]:
    """Report what is asked, the default beside what differs from it."""
    (framework,) = titles_of([inputs[FRAMEWORK]], inputs[OWN])
    days = [_told(date.fromisoformat(day)) for day in inputs[FREEZE]]
    asked_for = [field for field in number_fields().values() if field.name in inputs[NUMBERS]]
    return [
        ("To find out", FINDS[inputs[_FIND]][0]),
        ("Framework", framework),
        *NumberFields(*asked_for).rows(inputs[NUMBERS]),
        ("Each region has its own inspectors", "Yes" if inputs[REGIONAL] else "No"),
        *([("No recruitment", f"From {days[0]} until {days[1]}")] if days else []),
    ]
