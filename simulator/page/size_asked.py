"""The question of the form Size a workforce: its fields, what may be typed into them, and how it is told again."""

from functools import cache
from typing import Final

from simulator.page import compare_asked
from simulator.page.fields import Filled, NumberField, NumberFields, Problems, Typed, field_of, first
from simulator.page.form_parts import FRAMEWORKS, NUMBERS, OWN, filled_in, frameworks_in, frameworks_of, titles_of
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
_POOL: Final = "pool"
POOLS: Final = {name: capital(told) for name, told in OF_POOL.items()}
"""Pools of the scenario, in words."""
_SHARED: Final = ("poor", "regulatory", "area", "noise", "concerns", "complaints", "cost", "seed")
"""Fields that the form Compare options has too."""


@cache
def number_fields() -> NumberFields:
    """Return the fields for numbers by their names, in the order of the form; those of targets apart."""
    return NumberFields(
        field_of(Size.option("years"), 20, 5).hinted(
            "A search simulates much more than a comparison: fewer years are quicker. Default: 5 years."
        ),
        field_of(Size.option("replications"), 50, 6).hinted(
            "Each replication is another history of the same providers. Default: 6 runs."
        ),
        field_of(Size.option("most_replications"), 200, 24, name="most").hinted(
            "If it stays unclear whether a target is met, replications are doubled, up to this number. Default: 24 "
            "runs."
        ),
        field_of(Size.option("confidence"), 99.9, 95, low=51).hinted(
            "Confidence that a target is met, given random variation in the simulation. Default: 95 per cent."
        ),
        field_of(Size.option("step"), 50, 2, low=0.5).hinted(
            "Difference between the numbers tried; a smaller step takes longer. Default: 2 full-time equivalents."
        ),
        *(_shared(name) for name in _SHARED),
    )


def _shared(name: str) -> NumberField:
    """Return a field of the form Compare options; the number of those inspectors that are sized does not count."""
    field = compare_asked.number_fields()[name]
    return field.hinted(f"Not used for the inspectors to size. {field.hint}") if name in POOLS else field


def fields_by_default() -> Filled:
    """Return the form as it is before anything is typed."""
    usual = {FRAMEWORKS: scenario().run.frameworks, TICKED: [TARGETS[0].name], _POOL: next(iter(POOLS))}
    numbers = {target.field.name: target.default for target in TARGETS} | number_fields().defaults()
    return filled_in({**usual, NUMBERS: numbers, OWN: []})


def fields_of(inputs: Inputs) -> Filled:
    """Return the form as it was filled in for a question; targets that were not ticked have the usual numbers."""
    ticked = {BY_NAME[name].field.name: [plain(number)] for name, number in inputs[TICKED].items()}
    return fields_by_default() | filled_in(inputs) | ticked


def read(typed: Typed, most_years: int) -> tuple[Inputs, Problems]:
    """Read the form: what is asked, and what is wrong; one run simulates a number of years at most."""
    problems: Problems = {}
    frameworks, own = frameworks_in(typed, problems)
    targets = _targets(typed, problems)
    pool = first(typed, _POOL)
    if pool not in POOLS:
        problems[_POOL] = "Choose which inspectors to size"
    numbers = number_fields().read(typed, problems)
    if pool in POOLS:  # the number searched for: what stands in its field does not count
        numbers[pool] = number_fields()[pool].default
    inputs = {FRAMEWORKS: frameworks, TICKED: targets, _POOL: pool, NUMBERS: numbers, OWN: own}
    if not problems:
        _check_together(inputs, problems, most_years)
    return inputs, problems


def _targets(typed: Typed, problems: Problems) -> dict[str, float]:
    ticked = set(typed.get(TICKED, ()))
    if not ticked:
        problems[TICKED] = "Choose at least one target"
    elif not ticked <= set(BY_NAME):
        problems[TICKED] = "Choose targets from the list"
    return {target.name: target.field.read(typed, problems) for target in TARGETS if target.name in ticked}


def _check_together(inputs: Inputs, problems: Problems, most_years: int) -> None:
    numbers, pool = inputs[NUMBERS], inputs[_POOL]
    idle = next((framework.title for framework in frameworks_of(inputs) if pool not in framework.pools), None)
    if numbers["most"] < numbers["replications"]:
        problems["most"] = "Replications at most must not be fewer than those to start with"
    elif idle is not None:
        problems[_POOL] = f"{POOLS[pool]} have no work under “{idle}”. Choose the others, or leave that framework out"
    elif size(inputs) > most_years:
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
    targets = [BY_NAME[name].target(number) for name, number in inputs[TICKED].items()]
    fields = [field for field in number_fields().values() if field.name != inputs[_POOL]]
    return [
        ("Frameworks", "; ".join(titles_of(inputs[FRAMEWORKS], inputs[OWN]))),
        *(("Target", capital(target_told(target))) for target in targets),
        ("Which inspectors", POOLS[inputs[_POOL]]),
        *NumberFields(*fields).rows(inputs[NUMBERS]),
    ]
