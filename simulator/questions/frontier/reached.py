"""Where targets are met on the curves of a frontier: with which of the numbers of inspectors tried."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.measures.bands import CONFIDENCE
from simulator.questions.frontier.curves import Frontier
from simulator.questions.frontier.words import figures
from simulator.questions.size.found import next_above
from simulator.running.targets import Target, verdict
from simulator.words.pools import decimals_of
from simulator.words.targets import amount_told, target_told
from simulator.words.wording import capital, named, verb

if TYPE_CHECKING:
    import pandas as pd


class Reached(NamedTuple):
    """Where a framework meets a target."""

    framework: str
    target: Target
    met: float
    """The smallest number tried from which on the target is met with confidence; not-a-number if there is none."""
    low: float
    """The smallest number that may be enough: just above the largest tried below that misses the target."""
    at_most: float
    """Mean of the measure at the largest number tried."""


def reached(frontier: Frontier) -> list[Reached]:
    """Return where each framework meets each target."""
    return [_reached(frontier, name, target) for target in frontier.targets for name in frontier.question.names]


def _reached(frontier: Frontier, framework: str, target: Target) -> Reached:
    values = frontier.values(framework, target.quantity)
    verdicts = [verdict(column, target, CONFIDENCE) for column in values.T]
    standings = [there.standing for there in verdicts]
    unmet = max((place for place, standing in enumerate(standings) if standing != "met"), default=-1)
    numbers = frontier.numbers
    met = numbers[unmet + 1] if unmet + 1 < len(numbers) else np.nan
    missed = [fte for fte, standing in zip(numbers, standings, strict=True) if standing == "missed" and fte < met]
    low = next_above(max(missed), decimals_of(numbers)) if missed else 0.0
    return Reached(framework, target, met, np.nan if np.isnan(met) else min(low, met), verdicts[-1].mean)


def reached_told(frontier: Frontier, place: Reached) -> str:
    """Report with how many inspectors a framework meets a target."""
    title, numbers = frontier.question.titles[place.framework], frontier.numbers
    what = f"{named(title)} {verb(title, 'meets')} the target that {target_told(place.target)}"
    if np.isnan(place.met):
        least, most = (figures(frontier, fte) for fte in (numbers[0], numbers[-1]))
        at = "undefined" if np.isnan(place.at_most) else amount_told(place.at_most, place.target.quantity)
        return capital(
            f"{what}, with confidence, with none of the largest numbers tried, {least} to {most} FTE (it reaches {at} "
            f"with {most})."
        )
    met, low = (figures(frontier, fte) for fte in (place.met, place.low))
    if place.met == numbers[0]:
        return capital(f"{what} with every number tried, {met} FTE or more; fewer were not tried.")
    return capital(f"{what} from {met} FTE on (the smallest number that does lies between {low} and {met}).")


def reached_frame(frontier: Frontier) -> "pd.DataFrame":
    """Return where each framework meets each target, a row for each; empty where none of the numbers tried does."""
    import pandas as pd

    rows = [(place.framework, str(place.target), place.met, place.low, place.met) for place in reached(frontier)]
    return pd.DataFrame(rows, columns=["framework", "target", "fte", "fte_low", "fte_high"])
