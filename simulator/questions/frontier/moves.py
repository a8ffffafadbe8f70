"""How a measure moves with the number of inspectors under one framework, in sentences."""

import math

import numpy as np

from simulator.measures.bands import running_of
from simulator.questions.frontier.curves import Frontier
from simulator.questions.frontier.words import figures
from simulator.running.posts import mean_fte
from simulator.running.targets import Quantity
from simulator.words.quantities import title_of
from simulator.words.targets import amount_told
from simulator.words.wording import joined, named


def moves_told(frontier: Frontier, framework: str, quantity: Quantity) -> str:
    """Report a measure at the fewest and the most inspectors tried, and from when on more make no difference."""
    told = f"{title_of(quantity)}, under {named(frontier.question.titles[framework])}"
    band = frontier.band(framework, quantity)
    if not np.isfinite(band.mean).any():
        return f"{told}: undefined with every number tried."
    shown = [position for position in _shown(frontier) if math.isfinite(band.mean[position])]
    levels = [_level(frontier, framework, quantity, position) for position in shown]
    return f"{told}: {joined(levels)}. {_further(frontier, framework, quantity)}"


def _shown(frontier: Frontier) -> list[int]:
    """Choose the numbers to name: the first, that nearest to the scenario's, and the last."""
    there = mean_fte(frontier.question, frontier.pool)
    nearest = [int(np.argmin(np.abs(np.array(frontier.numbers) - there)))] if math.isfinite(there) else []
    return sorted({0, *nearest, len(frontier.numbers) - 1})


def _level(frontier: Frontier, framework: str, quantity: Quantity, position: int) -> str:
    """Write a measure at a number of inspectors, with its interval."""
    mean, low, high = (float(end[position]) for end in frontier.band(framework, quantity))
    between = ""
    if math.isfinite(low) and low < high:
        ends = [amount_told(end, quantity) for end in (low, high)]
        between = f" ({ends[0].removesuffix('%')} to {ends[1]})"
    return f"{amount_told(mean, quantity)}{between} with {figures(frontier, frontier.numbers[position])} FTE"


def _further(frontier: Frontier, framework: str, quantity: Quantity) -> str:
    """Report the number from which on more inspectors make no clear difference, paired by replication."""
    values = frontier.values(framework, quantity)
    band = running_of(values[:, -1:] - values).band()
    clear = np.flatnonzero((band.low > 0) | (band.high < 0))
    last = figures(frontier, frontier.numbers[-1])
    if not clear.size:
        return f"Between these numbers, up to {last} FTE, no difference is clear."
    if clear[-1] >= len(frontier.numbers) - 2:
        return f"Up to {last} FTE more inspectors still make a clear difference."
    return f"From {figures(frontier, frontier.numbers[clear[-1] + 1])} FTE on, more make no clear difference."
