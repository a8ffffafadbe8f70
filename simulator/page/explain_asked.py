"""The question of the form Why?: its fields, what may be typed into them, and how it is told again."""

from functools import cache, lru_cache
from typing import Final

from simulator.inputs.messages import InputError
from simulator.page import compare_asked, form_parts
from simulator.page.compare_asked import BASELINE
from simulator.page.fields import Filled, NumberFields, Problems, Typed, field_of, first
from simulator.page.form_parts import FRAMEWORKS, NUMBERS, OWN, check_chosen, filled_in, own_in, titles_of
from simulator.page.page_scenario import scenario
from simulator.page.run_store import Inputs
from simulator.questions.explain.ask import Explain
from simulator.questions.explain.groups import groups_of
from simulator.questions.explain.parts import Pair
from simulator.questions.explain.ways import PARAGRAPHS
from simulator.words.wording import named, verb

OPTION: Final = "option"
"""Field of the framework to explain."""
AGAINST: Final = "against"
TIME: Final = "inspectors_time"
"""Box to tick for the same without a limit to inspectors."""
MOST: Final = Explain.most_combinations
"""Combinations of parts that are run, at most; of more, orders are drawn."""
_CALLED: Final = {OPTION: "the option to explain", AGAINST: "the framework to compare it with"}
_USUAL: Final = "option-a"
_FEWEST: Final = 2
"""Replications that have intervals."""


@cache
def number_fields() -> NumberFields:
    """Return the fields for numbers by their names: those of the form Compare options, with fewer replications."""
    replications = field_of(Explain.option("replications"), 50, 3).hinted(
        "Each replication is another history of the same providers, and takes a run of every combination of parts. "
        "Default: 3 runs."
    )
    shared = compare_asked.number_fields().values()
    return NumberFields(*(replications if field.name == replications.name else field for field in shared))


def fields_by_default() -> Filled:
    """Return the form as it is before anything is typed."""
    usual = {OPTION: _USUAL, AGAINST: scenario().run.baseline, TIME: []}
    return filled_in({**usual, NUMBERS: number_fields().defaults(), OWN: []})


def fields_of(inputs: Inputs) -> Filled:
    """Return the form as it was filled in for a question."""
    return filled_in(inputs)


def fields_of_why(compared: Inputs, option: str, most_years: int) -> Filled:
    """Return the form filled in to explain an option of a comparison, with no more replications than one run allows.

    Parameters
    ----------
    compared
        Inputs of the comparison.
    option
        Name of one of its frameworks.
    most_years
        Years simulated in one run, at most.
    """
    numbers = compared[NUMBERS] | {"replications": 1}
    inputs = {OPTION: option, AGAINST: compared[BASELINE], TIME: [], NUMBERS: numbers, OWN: compared[OWN]}
    usual = number_fields()["replications"].default
    fitting = min(usual, compared[NUMBERS]["replications"], most_years // size(inputs))
    return filled_in(inputs | {NUMBERS: numbers | {"replications": max(_FEWEST, fitting)}})


def read(typed: Typed, most_years: int) -> tuple[Inputs, Problems]:
    """Read the form: what is asked, and what is wrong; one run simulates a number of years at most."""
    problems: Problems = {}
    own = own_in(typed, problems)
    chosen = {name: first(typed, name) for name in _CALLED}
    check_chosen(chosen, _CALLED, own, problems)
    time = ["yes"] if first(typed, TIME) else []
    inputs: Inputs = {**chosen, TIME: time, NUMBERS: number_fields().read(typed, problems), OWN: own}
    if not problems and size(inputs) > most_years:
        _note_too_much(inputs, problems, most_years)
    return inputs, problems


def _note_too_much(inputs: Inputs, problems: Problems, most_years: int) -> None:
    """Note what to enter so that one run is enough: fewer replications, or if that is not enough, fewer years."""
    numbers = inputs[NUMBERS]
    runs = _runs(inputs)
    less = " or do not ask for the same without a limit to inspectors" if inputs[TIME] else ""
    told = f"This is more than one run allows, because each replication takes {runs} simulations. Enter"
    replications = int(most_years * numbers["replications"] / size(inputs))
    years = most_years // (runs * _FEWEST) - scenario().run.warm_up_years
    if replications >= _FEWEST:
        problems["replications"] = f"{told} {replications} replications or fewer, or fewer years,{less}".rstrip(",")
    elif years >= 1:
        problems["years"] = f"{told} {years} years or fewer, and {_FEWEST} replications,{less}".rstrip(",")
    else:
        problems[OPTION] = "This option has more parts than one run allows. Choose another one"


def size(inputs: Inputs) -> int:
    """Return the years simulated, over all replications and combinations of parts, warm-up included."""
    numbers = inputs[NUMBERS]
    years = scenario().run.warm_up_years + numbers["years"]
    return int(years * numbers["replications"] * _runs(inputs))


def _runs(inputs: Inputs) -> int:
    """Return the simulations that a replication takes."""
    combinations = _combinations(inputs[OPTION], inputs[AGAINST], tuple(inputs[OWN]))
    return combinations * (2 if inputs[TIME] else 1)


@lru_cache(maxsize=256)
def _combinations(option: str, against: str, own: tuple[str, ...]) -> int:
    """Return the combinations of parts to run; the most there may be where an own framework is of no use any more."""
    try:
        pair = Pair(*form_parts.frameworks_of({FRAMEWORKS: [option, against], OWN: own}))
    except InputError:
        return MOST
    return int(min(2 ** len(groups_of(pair, PARAGRAPHS)), MOST))


def as_comparison(inputs: Inputs) -> Inputs:
    """Return the inputs of the comparison of the two frameworks."""
    return inputs | {FRAMEWORKS: [inputs[OPTION], inputs[AGAINST]], BASELINE: inputs[AGAINST]}


def asked(inputs: Inputs) -> list[tuple[str, str]]:
    """Report what is asked, the default beside what differs from it."""
    option, against = titles_of([inputs[OPTION], inputs[AGAINST]], inputs[OWN])
    time = [("Inspectors", "Also without a limit to them")] if inputs[TIME] else []
    pair = [("Option to explain", option), ("Compared with", against)]
    return [*pair, *time, *number_fields().rows(inputs[NUMBERS])]


def whys(compared: Inputs) -> list[dict[str, str]]:
    """Return the options of a comparison that can be explained, each with its name (``option``) and ``words``."""
    options = [name for name in compared[FRAMEWORKS] if name != compared[BASELINE]]
    titles = titles_of(options, compared[OWN])
    return [
        {"option": name, "words": f"Why {verb(title, 'does')} {named(title)} differ?"}
        for name, title in zip(options, titles, strict=True)
    ]


def whys_of_shipped() -> list[dict[str, str]]:
    """Return the options of the shipped comparison that can be explained (`whys`)."""
    run = scenario().run
    return whys({FRAMEWORKS: run.frameworks, BASELINE: run.baseline, OWN: []})
