"""The question of the form Follow one provider: its fields, what may be typed into them, and how it is told again."""

from functools import cache
from typing import Final

from simulator.inspectorate.framework import Framework
from simulator.page import compare_asked, own_text
from simulator.page.compare_asked import NUMBERS, OWN, OWN_FILE
from simulator.page.fields import NumberField, Problems, Typed, field_of, first
from simulator.page.page_scenario import scenario
from simulator.page.run_store import Inputs
from simulator.questions.trace.ask import Trace
from simulator.words.assumptions import plain
from simulator.words.wording import capital
from simulator.world.services import SERVICE_TITLES

FIRST: Final = "first"
"""Field of the framework that the other is set against."""
SECOND: Final = "second"
OTHER: Final = "option-b"
"""The second framework by default."""
TYPE: Final = "service_type"
WHO: Final = "who"
"""Field that says how the provider is chosen."""
NUMBERED: Final = "numbered"
WAYS: Final = {
    "ordinary": (
        "An ordinary one",
        "The middle one, when all of its type are ordered by time poor and not found, under the first framework.",
    ),
    "late": (
        "One that is poor for long before it is found",
        "The one with the longest such time, under the first framework: an extreme case.",
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
SIMULATED: Final = 4
"""Runs that a question takes, at most: two in which to pick, two in which to follow."""


@cache
def service_types() -> dict[str, int]:
    """Return the service types of which there are providers, and how many of each."""
    population = scenario().population
    return {name: population.count(name) for name in SERVICE_TITLES if population.count(name)}


@cache
def number_fields() -> dict[str, NumberField]:
    """Return the fields for numbers by their names, in the order of the form."""
    years = scenario().run.years
    most = max(service_types().values())
    fields = [
        NumberField(
            "number",
            "Number of the provider",
            "within its type",
            1,
            most,
            1,
            f"Used only with “The one with this number”. There are {service_types()[compare_asked.HOMES]:,} "
            "children's homes, and fewer of every other type.",
            whole=True,
        ),
        field_of(
            Trace.option("replication"),
            1,
            1000,
            1,
            "Another number simulates other random events for the same providers: other falls, other concerns. A "
            "comparison calls it a replication. Default: 1.",
            name="history",
        ),
        field_of(
            Trace.option("years"),
            1,
            20,
            years,
            f"Counted from April 2006, when the frameworks take over. Default: {plain(years)} years.",
        ),
    ]
    return {field.name: field for field in fields}


def fields_by_default() -> dict[str, list[str]]:
    """Return the form as it is before anything is typed."""
    return {
        FIRST: [scenario().run.baseline],
        SECOND: [OTHER],
        TYPE: [compare_asked.HOMES],
        WHO: [next(iter(WAYS))],
        **{name: [plain(field.default)] for name, field in number_fields().items()},
    }


def fields_of(inputs: Inputs) -> dict[str, list[str]]:
    """Return the form as it was filled in for a question."""
    return {
        **{name: [inputs[name]] for name in (FIRST, SECOND, TYPE, WHO)},
        **{name: [plain(value)] for name, value in inputs[NUMBERS].items()},
        **compare_asked.carried(inputs[OWN]),
    }


def read(typed: Typed, most_years: int) -> tuple[Inputs, Problems]:
    """Read the form: what is asked, and what is wrong.

    Parameters
    ----------
    typed
        What was typed.
    most_years
        Years simulated in one run, at most.
    """
    problems: Problems = {}
    own = compare_asked.own_in(typed, problems)
    chosen = {name: first(typed, name) for name in (FIRST, SECOND, TYPE, WHO)}
    _check_frameworks(chosen, own, problems)
    if chosen[TYPE] not in service_types():
        problems[TYPE] = "Choose a type of service from the list"
    if chosen[WHO] not in WAYS:
        problems[WHO] = "Choose how to pick the provider"
    numbers = {name: field.read(typed, problems) for name, field in number_fields().items()}
    if chosen[WHO] != NUMBERED:  # a number that does not count is not worth a message, nor another run
        problems.pop("number", None)
        numbers["number"] = number_fields()["number"].default
    inputs: Inputs = {**chosen, NUMBERS: numbers, OWN: own}
    if not problems:
        _check_together(inputs, problems, most_years)
    return inputs, problems


def _check_frameworks(chosen: dict[str, str], own: str, problems: Problems) -> None:
    known = [each.name for group in compare_asked.offered() for each in group]
    for name, which in ((FIRST, "first"), (SECOND, "second")):
        if chosen[name] not in [*known, own_text.NAME]:
            problems[name] = f"Choose the {which} framework from the list"
    if problems:
        return
    pair = [chosen[FIRST], chosen[SECOND]]
    if pair[0] == pair[1]:
        problems[SECOND] = "Choose a different framework from the first one"
    elif own_text.NAME in pair and not own:
        problems[OWN_FILE] = "Choose the file of your own framework, or choose another framework above"
    elif own and own_text.NAME not in pair:
        problems[SECOND] = "Choose your own framework as one of the two, or remove its file"


def _check_together(inputs: Inputs, problems: Problems, most_years: int) -> None:
    there = service_types()[inputs[TYPE]]
    if inputs[WHO] == NUMBERED and inputs[NUMBERS]["number"] > there:
        problems["number"] = f"There are {there:,} {SERVICE_TITLES[inputs[TYPE]]}: enter 1 to {there:,}"
    elif size(inputs) > most_years:
        problems["years"] = "This is more than one run allows. Enter fewer years"


def size(inputs: Inputs) -> int:
    """Return the years simulated, warm-up included."""
    return int(SIMULATED * (scenario().run.warm_up_years + inputs[NUMBERS]["years"]))


def frameworks_of(inputs: Inputs) -> list[Framework]:
    """Return the two frameworks of a question.

    Raises
    ------
    InputError
        If an own one is of no use any more.
    """
    return compare_asked.frameworks_of(inputs | {compare_asked.FRAMEWORKS: [inputs[FIRST], inputs[SECOND]]})


def asked(inputs: Inputs) -> list[tuple[str, str]]:
    """Report what is asked, the default beside what differs from it."""
    titles = compare_asked.titles_of(inputs)
    pair: list[str] = [inputs[FIRST], inputs[SECOND]]
    one, other = (titles.get(name, name) for name in pair)
    fields = number_fields()
    counted = {name: field for name, field in fields.items() if name != "number" or inputs[WHO] == NUMBERED}
    return [
        ("First framework", one),
        ("Second framework", other),
        ("Type of service", capital(SERVICE_TITLES[inputs[TYPE]])),
        ("Which provider", WAYS[inputs[WHO]][0]),
        *compare_asked.numbers_told(counted, inputs[NUMBERS]),
    ]
