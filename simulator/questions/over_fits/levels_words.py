"""Sizes and curves over a set of fits, in sentences."""

from collections.abc import Sequence

import numpy as np

from simulator.questions.frontier.curves import Pair
from simulator.questions.frontier.reached import Reached, reached
from simulator.questions.frontier.words import figures
from simulator.questions.over_fits.levels import FrontierOverFits, SizingOverFits, crossings_of
from simulator.questions.over_fits.worlds import spread
from simulator.questions.size.words import fte, targets_told
from simulator.running.post_costs import price_of_post
from simulator.running.targets import Quantity
from simulator.words.money import pounds
from simulator.words.quantities import does, title_of, way
from simulator.words.targets import amount_told, target_told
from simulator.words.wording import capital, counted, named, verb


def size_sentences(sized: SizingOverFits) -> list[str]:
    """Report the number of inspectors that each framework needs over the fits."""
    return [_size_told(sized, name) for name in sized.question.names]


def _size_told(sized: SizingOverFits, name: str) -> str:
    one, title, of = sized.sizings[0], sized.question.titles[name], len(sized.numbers)
    found = sized.fte(name)
    without = int(np.isinf(found).sum())
    if without == of:
        return capital(f"{named(title)}: in no fit is any number of inspectors known to meet {targets_told(one)}.")
    over = sized.spread(name)
    price = price_of_post(sized.question.scenario).pounds
    middle = "with no number in the median fit"
    if np.isfinite(over.median):
        middle = f"with {fte(one, over.median)} FTE in the median fit, {pounds(price * over.median)} a year"
    told = f"{named(title)} {verb(title, 'meets')} {targets_told(one)} {middle}"
    between = f"{fte(one, over.low)} to {fte(one, over.high) if np.isfinite(over.high) else 'no number'}"
    best = fte(one, over.best) if np.isfinite(over.best) else "no number"
    none = f"; in {without} of {of} the number is unknown" if without else ""
    return capital(f"{told} ({between} in nine in ten of them; best fit: {best}{none}).")


def frontier_told(traced: FrontierOverFits) -> list[str]:
    """Report the number of fits in which one of two frameworks does better, by measure, and where curves cross."""
    return [_pair_told(traced, pairs) for pairs in traced.pairs()]


def plainly_told(traced: FrontierOverFits) -> list[str]:
    """Report where targets are met, and of one framework alone how each measure moves with the number of inspectors."""
    names, first = traced.question.names, traced.frontiers[0]
    met = [_reached_told(traced, places) for places in zip(*map(reached, traced.frontiers), strict=True)]
    return [*met, *(_moves_told(traced, names[0], of) for of in first.quantities if len(names) == 1)]


def _reached_told(traced: FrontierOverFits, places: Sequence[Reached]) -> str:
    """Report over the fits with how many inspectors a framework meets a target."""
    frontier, title = traced.frontiers[0], traced.question.titles[places[0].framework]
    what = f"{named(title)} {verb(title, 'meets')} the target that {target_told(places[0].target)}"
    found = [np.inf if np.isnan(place.met) else place.met for place in places]
    without = int(np.isinf(found).sum())
    if without == len(places):
        return capital(f"{what}, with confidence, in no fit with the largest number tried.")
    over = spread(found)
    least = spread([np.inf if np.isnan(place.low) else place.low for place in places]).low
    low, high = (figures(frontier, end) if np.isfinite(end) else "no number tried" for end in (least, over.high))
    middle = f"from {figures(frontier, over.median)} FTE on" if np.isfinite(over.median) else "with no number tried"
    return capital(f"{what} {middle} in the median fit ({low} to {high} in nine in ten of them).")


def _moves_told(traced: FrontierOverFits, framework: str, of: Quantity) -> str:
    """Report over the fits how a measure moves with the number of inspectors under one framework."""
    frontier, means = traced.frontiers[0], traced.means(framework, of)
    levels = []
    for place in (0, -1):
        over = spread(list(means[:, place]))
        low, middle, high = (amount_told(value, of) for value in (over.low, over.median, over.high))
        levels.append(f"{middle} ({low.removesuffix('%')} to {high}) with {figures(frontier, frontier.numbers[place])}")
    what = f"{title_of(of)}, under {named(traced.question.titles[framework])}"
    return f"{what}, in the median fit (and nine in ten of them): {levels[0]} FTE and {levels[1]} FTE."


def _pair_told(traced: FrontierOverFits, pairs: Sequence[Pair]) -> str:
    frontier, of = traced.frontiers[0], len(traced.numbers)
    first = pairs[0]
    signs = np.array([pair.course.signs for pair in pairs])
    ends = [figures(frontier, frontier.numbers[at]) for at in (0, -1)]
    title, other = traced.question.titles[first.framework], named(traced.question.titles[first.other])
    less, more = (signs == -1).sum(axis=0), (signs == 1).sum(axis=0)
    if not (less.any() or more.any()):
        between = f"{named(title)} and {other} ({title_of(first.quantity)})"
        return f"From {ends[0]} to {ends[1]} FTE no fit shows a clear difference between {between}."
    for sign, count in ((-1, less), (1, more)):
        if (count == of).all():
            what = does(title, first.quantity, sign)
            return capital(f"in all {of} fits and at every number from {ends[0]} to {ends[1]} FTE {what} than {other}.")
    sign, count = (-1, less) if less.sum() >= more.sum() else (1, more)
    against = more if sign == -1 else less
    told = (
        f"{does(title, first.quantity, sign)} than {other} in {count[0]} of {of} fits with {ends[0]} FTE and in "
        f"{count[-1]} with {ends[1]}"
    )
    if against.any():
        told += f", {way(first.quantity, -sign)} in {against[0]} and in {against[-1]}"
    crossings = crossings_of(pairs)
    if crossings:
        at = spread([crossing.at for crossing in crossings])
        at = at._replace(low=spread([of.low for of in crossings]).low, high=spread([of.high for of in crossings]).high)
        low, middle, high = (figures(frontier, bound) for bound in (at.low, at.median, at.high))
        told += (
            f"; in {counted(len(crossings), 'fit')} the curves cross, with a median of {middle} FTE ({low} to {high})"
        )
    return capital(f"{told}. The others show no clear difference.")


def fits_caveat(answer: SizingOverFits | FrontierOverFits) -> str:
    """Report what the fits are, and that their spread is no random variation."""
    return (
        f"Answered for {counted(len(answer.numbers), 'fit')} of {answer.fits.name}, which fit the records about "
        "equally well: the best, and others spread evenly through the set. Their spread shows what the records do not "
        "determine. Random variation is additional, and is in the intervals of each fit."
    )
