"""The question of the form Compare options: its fields, what may be typed into them, and how it is told again."""

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.page import own_text
from simulator.page.fields import NumberField, Problems, Typed, default_of, field_of, first
from simulator.page.page_scenario import scenario
from simulator.page.run_store import Inputs
from simulator.questions.compare.ask import Compare
from simulator.words.assumptions import plain
from simulator.words.wording import joined

FRAMEWORKS: Final = "frameworks"
BASELINE: Final = "baseline"
MOST: Final = 4
"""Frameworks in one comparison: as many as a chart can tell apart."""
HOMES: Final = "childrens_home"
NUMBERS: Final = "numbers"
OWN: Final = "own"
"""Field with the text of an own framework, and what was asked of it."""
OWN_FILE: Final = "own_file"
"""Field that takes the file of it."""
OWN_DROPPED: Final = "own_dropped"
"""Field to tick to leave out the one sent before."""


class Offered(NamedTuple):
    """A framework that can be ticked."""

    name: str
    title: str
    summary: str


@cache
def offered() -> tuple[list[Offered], list[Offered]]:
    """Return the frameworks of the scenario, and the others that come with the program."""
    usual = scenario().run.frameworks
    named = {name: load_framework(name) for name in dict.fromkeys([*usual, *shipped_frameworks()])}
    listed = {name: Offered(name, each.title, each.summary) for name, each in named.items()}
    return [listed[name] for name in usual], [each for name, each in listed.items() if name not in usual]


@cache
def number_fields() -> dict[str, NumberField]:
    """Return the fields for numbers by their names, in the order of the form."""
    given = scenario()
    run, pools = given.run, given.capacity.pools
    regulatory, area = (pools[name].fte[0].fte for name in ("regulatory", "area"))
    poor = 100 * given.quality.start_shares[HOMES].poor
    cost = given.costs.cost_per_inspector_day
    key = "quality.start_shares.childrens_home.poor"
    fields = [
        NumberField(
            "regulatory",
            "Inspectors of services",
            "full-time equivalents",
            1,
            2000,
            regulatory,
            default_of(given, "capacity.pools.regulatory.fte[1].fte", f"{plain(regulatory)} full-time equivalents"),
        ),
        field_of(
            Compare.option("years"),
            1,
            20,
            run.years,
            "More years take longer. " + default_of(given, "run.years", f"{run.years} years"),
        ),
        field_of(
            Compare.option("replications"),
            2,
            200,
            run.replications,
            "Each replication is another history of the same providers. Four times as many halve the intervals. "
            f"Default: {run.replications} runs. Choice of the experiment.",
        ),
        NumberField(
            "poor",
            "Percentage of children's homes that are poor",
            "per cent at the start",
            10,
            20,
            poor,
            "The percentages for all other types change in proportion, at the start and later. "
            + default_of(given, key, f"{plain(poor)} per cent"),
        ),
        NumberField(
            "area",
            "Inspectors of whole authorities",
            "full-time equivalents",
            1,
            2000,
            area,
            default_of(given, "capacity.pools.area.fte[1].fte", f"{plain(area)} full-time equivalents"),
        ),
        NumberField(
            "noise",
            "Noise of judgements",
            "times the default",
            0,
            3,
            1,
            "How far a judgement differs from the truth, for every kind of inspection; 0 means never. " + _noise_told(),
        ),
        NumberField(
            "concerns",
            "Serious concerns",
            "times the default",
            0,
            5,
            1,
            "How often a serious concern about a provider is raised, for every true grade. "
            + default_of(given, "signals.serious_concerns.poor", "5 a year about a poor provider"),
        ),
        NumberField(
            "complaints",
            "Complaints",
            "times the default",
            0,
            5,
            1,
            "How often people complain about a provider, for every true grade. "
            + default_of(given, "signals.complaints.poor", "0.9 a year about a poor provider, 0.18 about a good one"),
        ),
        NumberField(
            "cost",
            "Cost of an inspector-day",
            "pounds",
            0,
            10_000,
            cost,
            default_of(given, "costs.cost_per_inspector_day", f"{plain(cost)} pounds"),
        ),
        field_of(
            Compare.option("seed"),
            0,
            999_999_999,
            run.seed,
            "Random seed: another number produces other random events. The same seed produces the same result to the "
            "last digit.",
        ),
    ]
    return {field.name: field for field in fields}


def _noise_told() -> str:
    """Report how far a key inspection strays, and what that rests on."""
    key = load_framework(scenario().run.baseline).kinds["key"]
    low, high = key.source.vary["sigma"]
    return (
        f"For a key inspection the default is a standard deviation of {plain(key.sigma)} grades. Assumption: no "
        f"record shows it. Range to vary: {plain(low)} to {plain(high)} grades."
    )


def fields_by_default() -> dict[str, list[str]]:
    """Return the form as it is before anything is typed."""
    numbers = {name: [plain(field.default)] for name, field in number_fields().items()}
    return {FRAMEWORKS: list(scenario().run.frameworks), BASELINE: [scenario().run.baseline], **numbers}


def fields_of(inputs: Inputs) -> dict[str, list[str]]:
    """Return the form as it was filled in for a question."""
    numbers = {name: [plain(value)] for name, value in inputs[NUMBERS].items()}
    return {FRAMEWORKS: shipped_of(inputs), BASELINE: [inputs[BASELINE]], **numbers, **carried(inputs[OWN])}


def carried(own: str) -> dict[str, list[str]]:
    """Return the field in which a form carries the text of an own framework; none if there is none."""
    return {OWN: [own]} if own else {}


def read(typed: Typed, most_years: int) -> tuple[Inputs, Problems]:
    """Read the form.

    Parameters
    ----------
    typed
        What was typed.
    most_years
        Years simulated in one run, at most.

    Returns
    -------
    tuple of dict and dict
        What is asked, and what is wrong: nothing, or the question is of no use.
    """
    problems: Problems = {}
    wrong_file: Problems = {}
    own = own_in(typed, wrong_file)
    frameworks = ticked(typed, bool(own), problems)
    problems |= wrong_file  # in the order of the form
    baseline = first(typed, BASELINE)
    if baseline not in frameworks:
        baseline = frameworks[0] if frameworks else ""
    numbers = {name: field.read(typed, problems) for name, field in number_fields().items()}
    inputs = {FRAMEWORKS: frameworks, BASELINE: baseline, NUMBERS: numbers, OWN: own}
    if not problems and size(inputs) > most_years:
        fewer = int(most_years / (size(inputs) / numbers["replications"]))
        problems["replications"] = (
            f"This is more than one run allows. Enter {fewer} replications or fewer, or choose fewer years or "
            "frameworks"
        )
    return inputs, problems


def own_in(typed: Typed, problems: Problems) -> str:
    """Return the text of the own framework in a form, nothing if there is none; note what is wrong with it."""
    own = "" if first(typed, OWN_DROPPED) else own_text.unix_lines(first(typed, OWN))
    own_framework_of(own, problems)
    return own


def own_framework_of(text: str, problems: Problems) -> Framework | None:
    """Read an own framework; None if there is none, or it is of no use, which is noted at the field of its file."""
    if not text:
        return None
    try:
        return own_text.own_framework(text)
    except InputError as error:
        problems[OWN_FILE] = f"The file of your own framework cannot be used: {error}"
        return None


def shipped_of(inputs: Inputs) -> list[str]:
    """Name the frameworks of a question but for an own one."""
    return [name for name in inputs[FRAMEWORKS] if name != own_text.NAME]


def ticked(typed: Typed, own: bool, problems: Problems) -> list[str]:
    """Read which frameworks are ticked, an own one last; note what is wrong with the choice."""
    chosen = set(typed.get(FRAMEWORKS, ()))
    known = [each.name for group in offered() for each in group]
    frameworks = [name for name in known if name in chosen] + ([own_text.NAME] if own else [])
    if not frameworks and not chosen:
        problems[FRAMEWORKS] = "Choose at least one framework"
    elif not chosen <= set(known):
        problems[FRAMEWORKS] = "Choose frameworks from the list"
    elif len(frameworks) > MOST:
        problems[FRAMEWORKS] = f"Choose at most {MOST} frameworks: a chart cannot show more clearly"
    return frameworks


def size(inputs: Inputs) -> int:
    """Return the years simulated, over all replications and frameworks, warm-up included."""
    numbers = inputs[NUMBERS]
    years = scenario().run.warm_up_years + numbers["years"]
    return int(years * numbers["replications"] * len(inputs[FRAMEWORKS]))


def frameworks_of(inputs: Inputs) -> list[Framework]:
    """Return the frameworks of a question.

    Raises
    ------
    InputError
        If its own one is of no use any more.
    """
    names = inputs[FRAMEWORKS]
    return [own_text.own_framework(inputs[OWN]) if name == own_text.NAME else load_framework(name) for name in names]


def titles_of(inputs: Inputs) -> dict[str, str]:
    """Return the titles of all frameworks that may be asked about, by name."""
    titles = {each.name: each.title for group in offered() for each in group}
    own = own_framework_of(inputs[OWN], {})
    return titles | ({own_text.NAME: f"{own.title} (your own)"} if own else {})


def asked(inputs: Inputs) -> list[tuple[str, str]]:
    """Report what is asked, the default beside what differs from it."""
    titles = titles_of(inputs)
    rows: list[tuple[str, str]] = [("Frameworks", joined([titles.get(name, name) for name in inputs[FRAMEWORKS]]))]
    if len(inputs[FRAMEWORKS]) > 1:
        baseline: str = inputs[BASELINE]
        rows.append(("Compared with", titles.get(baseline, baseline)))
    return rows + numbers_told(number_fields(), inputs[NUMBERS])


def numbers_told(fields: Mapping[str, NumberField], numbers: Mapping[str, float]) -> list[tuple[str, str]]:
    """Report what was entered in fields for numbers, the default beside what differs from it."""
    rows = []
    for name, field in fields.items():
        value = numbers[name]
        usual = "" if value == field.default else f" (default: {plain(field.default)})"
        rows.append((field.label, (plain(value) if field.unitless else _amount(value, field.unit)) + usual))
    return rows


def _amount(value: float, unit: str) -> str:
    """Write a number with its unit."""
    if value == 1 and unit == "times the default":
        return "the default"
    return f"{plain(value)} {'year' if value == 1 and unit == 'years' else unit}"
