"""The question of the form Follow one provider: its fields, what may be typed into them, and how it is told again."""

from functools import cache
from typing import Final

from simulator.inspectorate.framework import Framework
from simulator.page import form_parts
from simulator.page.fields import Filled, NumberField, NumberFields, Problems, Typed, field_of, first
from simulator.page.form_parts import (
    FRAMEWORKS,
    NUMBERS,
    OWN,
    check_chosen,
    filled_in,
    own_in,
    titles_of,
)
from simulator.page.page_scenario import HOMES, scenario
from simulator.page.run_store import Inputs
from simulator.questions.trace.ask import Trace
from simulator.words.assumptions import plain
from simulator.words.wording import capital
from simulator.world.services import SERVICE_TITLES

FIRST: Final = "first"
"""Field of the framework that the other is set against."""
SECOND: Final = "second"
_CALLED: Final = {FIRST: "the first framework", SECOND: "the second framework"}
_OTHER: Final = "option-b"
"""The second framework by default."""
_TYPE: Final = "service_type"
_WHO: Final = "who"
"""Field that says how the provider is chosen."""
NUMBERED: Final = "numbered"
WAYS: Final = {
    "ordinary": (
        "An ordinary one",
        "The middle one, when all of its type are ordered by time poor and not found, under the first framework.",
    ),
    "good": (
        "A good one",
        "Never poor in these years, and judged good or better each time: the middle one of these.",
    ),
    "small": ("A small one", "The middle one of those with the fewest places."),
    "late": (
        "One that is found late",
        "The one that is poor for longest before it is found, under the first framework: an extreme case.",
    ),
    "never_found": (
        "One that is never found",
        "The longest time poor that ended by itself, under the first framework: an extreme case.",
    ),
    "apart": (
        "One for which the two frameworks differ most",
        "The one for which that time differs most between the two: an extreme case.",
    ),
    NUMBERED: (
        "The one with this number",
        "As in the tables of results, where providers are numbered within each type.",
    ),
}
"""Ways to choose it by name: title, and what it means."""
_SIMULATED: Final = 4
"""Runs that a question takes, at most: two in which to pick, two in which to follow."""


@cache
def service_types() -> dict[str, int]:
    """Return the service types of which there are providers, and how many of each."""
    population = scenario().population
    return {name: population.count(name) for name in SERVICE_TITLES if population.count(name)}


@cache
def number_fields() -> NumberFields:
    """Return the fields for numbers by their names, in the order of the form."""
    years = scenario().run.years
    most = max(service_types().values())
    return NumberFields(
        NumberField("number", "Number of the provider", "within its type", 1, most, 1, whole=True).hinted(
            f"Used only with “The one with this number”. There are {service_types()[HOMES]:,} children's homes, and "
            "fewer of every other type."
        ),
        field_of(Trace.option("replication"), 1000, 1, name="history").hinted(
            "Another number simulates other random events for the same providers: other falls, other concerns. A "
            "comparison calls it a replication. Default: 1."
        ),
        field_of(Trace.option("years"), 20, years).hinted(
            f"Counted from April 2006, when the frameworks take over. Default: {plain(years)} years."
        ),
    )


def fields_by_default() -> Filled:
    """Return the form as it is before anything is typed."""
    usual = {FIRST: scenario().run.baseline, SECOND: _OTHER, _TYPE: HOMES, _WHO: next(iter(WAYS))}
    return filled_in({**usual, NUMBERS: number_fields().defaults(), OWN: []})


def fields_of(inputs: Inputs) -> Filled:
    """Return the form as it was filled in for a question."""
    return filled_in(inputs)


def read(typed: Typed, most_years: int) -> tuple[Inputs, Problems]:
    """Read the form: what is asked, and what is wrong; one run simulates a number of years at most."""
    problems: Problems = {}
    own = own_in(typed, problems)
    chosen = {name: first(typed, name) for name in (FIRST, SECOND, _TYPE, _WHO)}
    check_chosen(chosen, _CALLED, own, problems)
    if chosen[_TYPE] not in service_types():
        problems[_TYPE] = "Choose a type of service from the list"
    if chosen[_WHO] not in WAYS:
        problems[_WHO] = "Choose how to pick the provider"
    numbers = number_fields().read(typed, problems)
    if chosen[_WHO] != NUMBERED:  # a number that does not count is not worth a message, nor another run
        problems.pop("number", None)
        numbers["number"] = number_fields()["number"].default
    inputs: Inputs = {**chosen, NUMBERS: numbers, OWN: own}
    if not problems:
        _check_together(inputs, problems, most_years)
    return inputs, problems


def _check_together(inputs: Inputs, problems: Problems, most_years: int) -> None:
    there = service_types()[inputs[_TYPE]]
    if inputs[_WHO] == NUMBERED and inputs[NUMBERS]["number"] > there:
        problems["number"] = f"There are {there:,} {SERVICE_TITLES[inputs[_TYPE]]}: enter 1 to {there:,}"
    elif size(inputs) > most_years:
        problems["years"] = "This is more than one run allows. Enter fewer years"


def size(inputs: Inputs) -> int:
    """Return the years simulated, warm-up included."""
    return int(_SIMULATED * (scenario().run.warm_up_years + inputs[NUMBERS]["years"]))


def frameworks_of(inputs: Inputs) -> list[Framework]:
    """Return the two frameworks of a question.

    Raises
    ------
    InputError
        If an own one is of no use any more.
    """
    return form_parts.frameworks_of(inputs | {FRAMEWORKS: [inputs[FIRST], inputs[SECOND]]})


def asked(inputs: Inputs) -> list[tuple[str, str]]:
    """Report what is asked, the default beside what differs from it."""
    one, other = titles_of([inputs[FIRST], inputs[SECOND]], inputs[OWN])
    counted = [field for field in number_fields().values() if field.name != "number" or inputs[_WHO] == NUMBERED]
    return [
        ("First framework", one),
        ("Second framework", other),
        ("Type of service", capital(SERVICE_TITLES[inputs[_TYPE]])),
        ("Which provider", WAYS[inputs[_WHO]][0]),
        *NumberFields(*counted).rows(inputs[NUMBERS]),
    ]
