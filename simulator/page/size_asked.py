"""The question of the form Size a workforce: its fields, what may be typed into them, and how it is told again."""

from dataclasses import replace
from functools import cache
from typing import Final

from simulator.page import compare_asked
from simulator.page.compare_asked import FRAMEWORKS, NUMBERS, OWN
from simulator.page.fields import NumberField, Problems, Typed, field_of, first
from simulator.page.page_scenario import scenario
from simulator.page.run_store import Inputs
from simulator.page.size_targets import BY_NAME, TARGETS
from simulator.questions.size.ask import Size
from simulator.running.pace import POINTS
from simulator.words.assumptions import plain
from simulator.words.pools import OF_POOL
from simulator.words.targets import target_told
from simulator.words.wording import capital

TICKED: Final = "targets"
POOL: Final = "pool"
POOLS: Final = {name: capital(told) for name, told in OF_POOL.items()}
"""Pools of the scenario, in words."""
SHARED: Final = ("poor", "regulatory", "area", "noise", "concerns", "complaints", "cost", "seed")
"""Fields that the form Compare options has too."""


@cache
def number_fields() -> dict[str, NumberField]:
    """Return the fields for numbers by their names, in the order of the form; those of targets apart."""
    fields = [
        field_of(
            Size.option("years"),
            1,
            20,
            5,
            "A search simulates much more than a comparison: fewer years are quicker. Default: 5 years.",
        ),
        field_of(
            Size.option("replications"),
            2,
            50,
            6,
            "Each replication is another history of the same providers. Default: 6 runs.",
        ),
        field_of(
            Size.option("most_replications"),
            2,
            200,
            24,
            "If it stays unclear whether a target is met, replications are doubled, up to this number. Default: 24 "
            "runs.",
            name="most",
        ),
        field_of(
            Size.option("confidence"),
            51,
            99.9,
            95,
            "Confidence that a target is met, given random variation in the simulation. Default: 95 per cent.",
        ),
        field_of(
            Size.option("step"),
            0.5,
            50,
            2,
            "Difference between the numbers tried; a smaller step takes longer. Default: 2 full-time equivalents.",
        ),
        *(compare_asked.number_fields()[name] for name in SHARED),
    ]
    return {field.name: field for field in fields}


def fields_by_default() -> dict[str, list[str]]:
    """Return the form as it is before anything is typed."""
    return {
        FRAMEWORKS: list(scenario().run.frameworks),
        TICKED: [TARGETS[0].name],
        POOL: [next(iter(POOLS))],
        **{each.field.name: [plain(each.default)] for each in TARGETS},
        **{name: [plain(field.default)] for name, field in number_fields().items()},
    }


def fields_of(inputs: Inputs) -> dict[str, list[str]]:
    """Return the form as it was filled in for a question."""
    return {
        **fields_by_default(),
        **compare_asked.carried(inputs[OWN]),
        FRAMEWORKS: compare_asked.shipped_of(inputs),
        TICKED: list(inputs[TICKED]),
        POOL: [inputs[POOL]],
        **{BY_NAME[name].field.name: [plain(number)] for name, number in inputs[TICKED].items()},
        **{name: [plain(value)] for name, value in inputs[NUMBERS].items()},
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
    wrong_file: Problems = {}
    own = compare_asked.own_in(typed, wrong_file)
    frameworks = compare_asked.ticked(typed, bool(own), problems)
    problems |= wrong_file  # in the order of the form
    targets = _targets(typed, problems)
    pool = first(typed, POOL)
    if pool not in POOLS:
        problems[POOL] = "Choose which inspectors to size"
    numbers = {name: field.read(typed, problems) for name, field in number_fields().items()}
    inputs = {FRAMEWORKS: frameworks, TICKED: targets, POOL: pool, NUMBERS: numbers, OWN: own}
    if not problems:
        _check_together(inputs, problems, most_years)
    return inputs, problems


def _targets(typed: Typed, problems: Problems) -> dict[str, float]:
    ticked = set(typed.get(TICKED, ()))
    if not ticked:
        problems[TICKED] = "Choose at least one target"
    elif not ticked <= set(BY_NAME):
        problems[TICKED] = "Choose targets from the list"
    return {each.name: each.field.read(typed, problems) for each in TARGETS if each.name in ticked}


def _check_together(inputs: Inputs, problems: Problems, most_years: int) -> None:
    numbers = inputs[NUMBERS]
    if numbers["most"] < numbers["replications"]:
        problems["most"] = "Replications at most must not be fewer than those to start with"
        return
    for framework in compare_asked.frameworks_of(inputs):
        if inputs[POOL] not in framework.pools:
            problems[POOL] = (
                f"{POOLS[inputs[POOL]]} have no work under “{framework.title}”. Choose the others, or leave that "
                "framework out"
            )
            return
    if size(inputs) > most_years:
        problems["replications"] = (
            "This is more than one run allows. Enter fewer replications, or choose fewer years or frameworks"
        )


def size(inputs: Inputs) -> int:
    """Return the years simulated, about: nobody knows before how many numbers a search will try out."""
    numbers = inputs[NUMBERS]
    years = scenario().run.warm_up_years + numbers["years"]
    runs = POINTS * numbers["replications"] + 2 * (numbers["most"] - numbers["replications"])
    return int(years * runs * len(inputs[FRAMEWORKS]))


def asked(inputs: Inputs) -> list[tuple[str, str]]:
    """Report what is asked, the default beside what differs from it."""
    titles = compare_asked.titles_of(inputs)
    rows: list[tuple[str, str]] = [("Frameworks", "; ".join(titles[name] for name in inputs[FRAMEWORKS]))]
    for name, number in inputs[TICKED].items():
        rows.append(("Target", capital(target_told(BY_NAME[name].target(number)))))
    rows.append(("Which inspectors", POOLS[inputs[POOL]]))
    fields = number_fields()
    sized = fields[inputs[POOL]]
    fields = fields | {sized.name: replace(sized, label=f"{sized.label}, before the frameworks take over")}
    return rows + compare_asked.numbers_told(fields, inputs[NUMBERS])
