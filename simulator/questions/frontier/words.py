"""What each number of inspectors achieves, in sentences: who does better where, and where two curves cross."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from simulator.questions.frontier.curves import Frontier, Pair
from simulator.running.posts import mean_fte
from simulator.statistics.crossings import Course, Crossing
from simulator.words.assumptions import plain
from simulator.words.money import pounds
from simulator.words.pools import decimals_of
from simulator.words.quantities import does, title_of, way
from simulator.words.wording import capital, day_words, named, number, percent


class _Over(NamedTuple):
    """The axis that a difference is followed over, and how to write a place on it."""

    at: Sequence[float]
    course: Course
    figure: Callable[[float], str]
    unit: str
    """Behind a figure, such as `` FTE``."""
    every: str
    """What there is at each point, such as ``number``."""
    one: str
    """Before a figure: ``with``, ``at``."""


def frontier_sentences(frontier: Frontier) -> list[str]:
    """Write for every two frameworks by every measure who does better where, over FTE and over cost."""
    return [f"{pair_told(frontier, pair)} {cost_told(frontier, pair)}" for pair in frontier.pairs]


def pair_told(frontier: Frontier, pair: Pair) -> str:
    """Report the numbers of inspectors with which each framework does better."""
    over = _Over(frontier.numbers, pair.course, lambda fte: figures(frontier, fte), " FTE", "number", "with")
    return capital(_told(frontier, pair, over))


def cost_told(frontier: Frontier, pair: Pair) -> str:
    """Report the costs at which each framework does better, or that no cost is common to both."""
    if pair.by_cost is None:
        return "Over cost they cannot be compared: they share no range of costs."
    over = _Over(pair.by_cost.at.tolist(), pair.by_cost.course, pounds, " a year", "cost", "at")
    return capital(_told(frontier, pair, over))


def _told(frontier: Frontier, pair: Pair, over: _Over) -> str:
    titles, course = frontier.question.titles, over.course
    title, other = titles[pair.framework], named(titles[pair.other])
    if course.crossings:
        told = (_crossing((title, other), pair, over, crossing) for crossing in course.crossings)
        return f"{'; '.join(told)}."
    signs = course.signs
    first, last = (over.figure(end) for end in (over.at[0], over.at[-1]))
    if not signs.any():
        return (
            f"from {first} to {last}{over.unit} there is no clear difference between {named(title)} and {other} "
            f"({title_of(pair.quantity)})."
        )
    clear = np.flatnonzero(signs)
    where = f"at every {over.every} from {first} to {last}{over.unit}"
    if len(clear) < len(signs):
        some = [over.figure(over.at[position]) for position in clear.tolist()]
        where = f"where it is clear, from {some[0]} to {some[-1]}{over.unit},"
        where = f"{over.one} {some[0]}{over.unit}" if some[0] == some[-1] else where
    return f"{where} {does(title, pair.quantity, int(signs[clear[0]]))} than {other}."


def _crossing(titles: tuple[str, str], pair: Pair, over: _Over, crossing: Crossing) -> str:
    title, other = titles
    at, low, high = (over.figure(bound) for bound in (crossing.at, crossing.low, crossing.high))
    if crossing is not over.course.crossings[0]:
        return f"above {at} ({low} to {high}) {way(pair.quantity, -crossing.before)} again"
    between = f"the crossing lies between {low} and {high}{over.unit}, with 95% confidence"
    below = f"below {at}{over.unit} {does(title, pair.quantity, crossing.before)} than {other}"
    return f"{below}; above, {way(pair.quantity, -crossing.before)} ({between})"


def figures(frontier: Frontier, fte: float) -> str:
    """Write full-time equivalents with as many decimals as the numbers tried."""
    return number(fte, decimals_of(frontier.numbers))


def frontier_caveats(frontier: Frontier) -> list[str]:
    """Return the caveats of the sentences."""
    by_cost = (
        "Cost is the cost of the work that inspectors do under each framework: more inspectors cost more only if "
        "there is work for them. Curves are compared over the range of costs that they share. The interval of a "
        "crossing allows for random variation in cost."
    )
    paired = (
        f"Means over {frontier.finished} paired replications: each is the same world under every framework and with "
        "every number of inspectors. A crossing is reported only between two numbers at which the difference is clear "
        "in opposite directions. Its place assumes straight lines between the numbers tried; its interval is a "
        "bootstrap over replications, widened to the numbers tried around it: a smaller --step is more precise."
    )
    numbers = (
        f"Numbers of inspectors apply from {day_words(frontier.since)}{_beside_the_scenario(frontier)}. Days poor and "
        "unfound cover all providers that become poor, each for two years at most. Days to detection cover only those "
        "that are found."
    )
    return [paired, by_cost, numbers, "All numbers are simulated and depend on the assumptions listed in report.html."]


def _beside_the_scenario(frontier: Frontier) -> str:
    """Report the scenario's number, and which parts of it are tried; nothing where it has no limit."""
    there = mean_fte(frontier.question, frontier.pool)
    if not (math.isfinite(there) and there > 0):
        return ""
    least, most = (percent(fte / there) for fte in (frontier.numbers[0], frontier.numbers[-1]))
    return f"; the scenario has {plain(round(there, 2))}, and {least} to {most} of that are tried"
