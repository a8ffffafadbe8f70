"""What each number of inspectors brings, in sentences: who does better where, and where two curves cross."""

from typing import Final

import numpy as np

from simulator.experiments.crossings import Crossing
from simulator.experiments.frontier import Frontier, Pair
from simulator.experiments.targets import Quantity
from simulator.measures.names import ALL_SERVICES, MEASURES
from simulator.present.compared import CHILDRENS_HOMES
from simulator.present.wording import capital, day_words, decimals_for, named, number, verb
from simulator.world.services import SERVICE_TITLES

WAYS: Final[dict[str, tuple[str, str, str]]] = {
    "days_to_detection_median": ("finds", "poor {providers} {way}", "sooner/later"),
    "days_to_detection_mean": ("finds", "poor {providers} {way}", "sooner/later"),
    "undetected_poor_provider_years": ("leaves", "{way} {providers} poor and unfound", "fewer/more"),
    "detected_within_90_days": ("finds", "{way} poor {providers} within 90 days", "fewer/more"),
    "detected_within_180_days": ("finds", "{way} poor {providers} within 180 days", "fewer/more"),
    "detected_within_365_days": ("finds", "{way} poor {providers} within a year", "fewer/more"),
    "on_time_share": ("ends", "{way} of the statutory inspections on time", "fewer/more"),
    "backlog_mean": ("leaves", "{way} inspections waiting", "fewer/more"),
    "never_detected_share": ("leaves", "{way} poor {providers} unfound for good", "fewer/more"),
}
"""By measure: a verb, what follows it, and the words for less and for more."""


def providers_of(quantity: Quantity) -> str:
    """Name the providers that a measure is of, in the plural."""
    if quantity.service_type == ALL_SERVICES:
        return "providers"
    if quantity.service_type == CHILDRENS_HOMES.service_type:
        return CHILDRENS_HOMES.short
    return SERVICE_TITLES[quantity.service_type]


def title_of(quantity: Quantity) -> str:
    """Name a measure of some providers for people."""
    title = next(each.title for each in MEASURES if each.name == quantity.measure)
    of = "all providers" if quantity.service_type == ALL_SERVICES else SERVICE_TITLES[quantity.service_type]
    return f"{title}, {of}"


def frontier_sentences(frontier: Frontier) -> list[str]:
    """Write a sentence for every two frameworks by every measure."""
    return [pair_told(frontier, each) for each in frontier.pairs]


def pair_told(frontier: Frontier, pair: Pair) -> str:
    """Tell who does better where."""
    titles, crossings = frontier.question.titles, pair.course.crossings
    other = named(titles[pair.other])
    if crossings:
        told = (_crossing(frontier, pair, each, first=position == 0) for position, each in enumerate(crossings))
        return f"{'; '.join(told)}."
    signs = pair.course.signs
    first, last = (figures(frontier, each) for each in (frontier.numbers[0], frontier.numbers[-1]))
    if not signs.any():
        what = title_of(pair.quantity)
        return capital(
            f"from {first} to {last} FTE there is no clear difference between {named(titles[pair.framework])} and "
            f"{other} ({what})."
        )
    clear = np.flatnonzero(signs)
    where = f"at every number from {first} to {last} FTE"
    if len(clear) < len(signs):
        some = [figures(frontier, frontier.numbers[position]) for position in clear]
        where = f"with {some[0]} FTE" if len(some) == 1 else f"where it is clear, from {some[0]} to {some[-1]} FTE,"
    return capital(f"{where} {does(titles[pair.framework], pair.quantity, int(signs[clear[0]]))} than {other}.")


def _crossing(frontier: Frontier, pair: Pair, crossing: Crossing, first: bool) -> str:
    other = named(frontier.question.titles[pair.other])
    at, low, high = (figures(frontier, each) for each in (crossing.at, crossing.low, crossing.high))
    if not first:
        return f"above {at} ({low} to {high}) {way(pair.quantity, -crossing.before)} again"
    between = f"the crossing lies between {low} and {high} FTE, with 95 % confidence"
    title = frontier.question.titles[pair.framework]
    below = f"below {at} FTE {does(title, pair.quantity, crossing.before)} than {other}"
    return capital(f"{below}; above, {way(pair.quantity, -crossing.before)} ({between})")


def does(title: str, quantity: Quantity, sign: int) -> str:
    """Say what a framework does, with the word for less (sign -1) or for more (1): ``finds poor homes sooner``."""
    told = WAYS.get(quantity.measure)
    if told is None:
        what = next(each.title for each in MEASURES if each.name == quantity.measure)
        what = f"{what[:1].lower()}{what[1:]}, {providers_of(quantity)}"
        return f"{named(title)} {verb(title, 'has')} {way(quantity, sign)} values of {what},"
    verb_, what, _ = told
    return (
        f"{named(title)} {verb(title, verb_)} {what.format(providers=providers_of(quantity), way=way(quantity, sign))}"
    )


def way(quantity: Quantity, sign: int) -> str:
    """Give the word for less (sign -1) or for more (1) of a measure: ``sooner``, ``fewer``, ``lower``."""
    less, more = WAYS.get(quantity.measure, ("", "", "lower/higher"))[2].split("/")
    return more if sign > 0 else less


def figures(frontier: Frontier, fte: float) -> str:
    """Write full-time equivalents with as many decimals as the numbers tried out."""
    steps = np.diff(frontier.numbers)
    return number(fte, decimals_for([float(steps.min())]) if steps.size and steps.min() < 1 else 0)


def frontier_caveats(frontier: Frontier) -> list[str]:
    """Say what the sentences rest on."""
    paired = (
        f"Means over {frontier.finished} replications, paired: each is the same world under every framework and with "
        "every number of inspectors. A crossing is told only between two numbers at which the difference is clear the "
        "one way and the other way; its interval is that of a bootstrap over replications, with curves straight "
        "between the numbers tried out: a smaller --step follows them more closely."
    )
    numbers = (
        f"Numbers of inspectors hold from {day_words(frontier.since)} on. Days to detection know only the providers "
        "that are found; the number poor and unfound counts the others too."
    )
    return [paired, numbers, "All numbers are simulated and rest on the assumptions that report.html lists."]
