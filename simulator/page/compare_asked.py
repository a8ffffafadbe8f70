"""The question of the form Compare options: its fields, what may be typed into them, and how it is told again."""

from functools import cache
from typing import Final

from simulator.inspectorate.framework import load_framework
from simulator.page.fields import Filled, NumberField, NumberFields, Problems, Typed, default_of, field_of, first
from simulator.page.form_parts import FRAMEWORKS, NUMBERS, OWN, filled_in, frameworks_in, titles_of
from simulator.page.page_scenario import HOMES, scenario
from simulator.page.run_store import Inputs
from simulator.questions.compare.ask import Compare
from simulator.words.assumptions import plain
from simulator.words.wording import joined

BASELINE: Final = "baseline"
_FTE: Final = "full-time equivalents"
_TIMES: Final = "times the default"
_FROM_WHEN: Final = (
    "From April 2006, when the frameworks take over; before that, the default. You can enter 80% for 80 per cent of "
    "the default. "
)


@cache
def number_fields() -> NumberFields:
    """Return the fields for numbers by their names, in the order of the form."""
    given = scenario()
    run, pools = given.run, given.capacity.pools
    regulatory, area = (pools[name].fte[0].fte for name in ("regulatory", "area"))
    poor = 100 * given.quality.start_shares[HOMES].poor
    cost = given.costs.cost_per_inspector_day
    return NumberFields(
        NumberField("regulatory", "Inspectors of services", _FTE, 1, 2000, regulatory, of_default=True).hinted(
            _FROM_WHEN + default_of("capacity.pools.regulatory.fte[1].fte", f"{plain(regulatory)} {_FTE}")
        ),
        field_of(Compare.option("years"), 20, run.years).hinted(
            "More years take longer. " + default_of("run.years", f"{run.years} years")
        ),
        field_of(Compare.option("replications"), 200, run.replications, low=2).hinted(
            "Each replication is another history of the same providers. Four times as many halve the intervals. "
            f"Default: {run.replications} runs. Choice of the experiment."
        ),
        NumberField(
            "poor", "Percentage of children's homes that are poor", "per cent at the start", 10, 20, poor
        ).hinted(
            "The percentages for all other types change in proportion, at the start and later. "
            + default_of("quality.start_shares.childrens_home.poor", f"{plain(poor)} per cent")
        ),
        NumberField("area", "Inspectors of whole authorities", _FTE, 1, 2000, area, of_default=True).hinted(
            _FROM_WHEN + default_of("capacity.pools.area.fte[1].fte", f"{plain(area)} {_FTE}")
        ),
        NumberField("noise", "Noise of judgements", _TIMES, 0, 3, 1).hinted(
            "How far a judgement differs from the truth, for every kind of inspection; 0 means never. " + _noise()
        ),
        NumberField("concerns", "Serious concerns", _TIMES, 0, 5, 1).hinted(
            "How often a serious concern about a provider is raised, for every true grade. "
            + default_of("signals.serious_concerns.poor", "5 a year about a poor provider")
        ),
        NumberField("complaints", "Complaints", _TIMES, 0, 5, 1).hinted(
            "How often people complain about a provider, for every true grade. "
            + default_of("signals.complaints.poor", "0.9 a year about a poor provider, 0.18 about a good one")
        ),
        NumberField("cost", "Cost of an inspector-day", "pounds", 0, 10_000, cost).hinted(
            default_of("costs.cost_per_inspector_day", f"{plain(cost)} pounds")
        ),
        field_of(Compare.option("seed"), 999_999_999, run.seed).hinted(
            "Random seed: another number produces other random events. The same seed produces the same result to the "
            "last digit."
        ),
    )


def _noise() -> str:
    """Report how far a key inspection strays, and the source of that."""
    key = load_framework(scenario().run.baseline).kinds["key"]
    low, high = key.source.vary["sigma"]
    return (
        f"For a key inspection the default is a standard deviation of {plain(key.sigma)} grades. Assumption: no "
        f"record shows it. Range to vary: {plain(low)} to {plain(high)} grades."
    )


def fields_by_default() -> Filled:
    """Return the form as it is before anything is typed."""
    run = scenario().run
    usual = {FRAMEWORKS: run.frameworks, BASELINE: run.baseline, NUMBERS: number_fields().defaults(), OWN: []}
    return filled_in(usual)


def fields_of(inputs: Inputs) -> Filled:
    """Return the form as it was filled in for a question."""
    return filled_in(inputs)


def read(typed: Typed, most_years: int) -> tuple[Inputs, Problems]:
    """Read the form: what is asked, and what is wrong; one run simulates a number of years at most."""
    problems: Problems = {}
    frameworks, own = frameworks_in(typed, problems)
    baseline = first(typed, BASELINE)
    if baseline not in frameworks:
        baseline = frameworks[0] if frameworks else ""
    numbers = number_fields().read(typed, problems)
    inputs = {FRAMEWORKS: frameworks, BASELINE: baseline, NUMBERS: numbers, OWN: own}
    if not problems and size(inputs) > most_years:
        fewer = int(most_years / (size(inputs) / numbers["replications"]))
        problems["replications"] = (
            f"This is more than one run allows. Enter {fewer} replications or fewer, or choose fewer years or "
            "frameworks"
        )
    return inputs, problems


def size(inputs: Inputs) -> int:
    """Return the years simulated, over all replications and frameworks, warm-up included."""
    numbers = inputs[NUMBERS]
    years = scenario().run.warm_up_years + numbers["years"]
    return int(years * numbers["replications"] * len(inputs[FRAMEWORKS]))


def asked(inputs: Inputs) -> list[tuple[str, str]]:
    """Report what is asked, the default beside what differs from it."""
    frameworks = titles_of(inputs[FRAMEWORKS], inputs[OWN])
    rows = [("Frameworks", joined(frameworks))]
    if len(frameworks) > 1:
        rows += [("Compared with", title) for title in titles_of([inputs[BASELINE]], inputs[OWN])]
    return rows + number_fields().rows(inputs[NUMBERS])
