"""The verdict over the fits: the lines of the verdict in each, with the median fit and the range of nine in ten."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from simulator.questions.over_fits.spreading import quantiles
from simulator.questions.over_fits.words import Told
from simulator.render.verdict import Line, Verdict
from simulator.running.worlds import Sort
from simulator.words.rounded import in_unit
from simulator.words.wording import counted

_MOST_TOLD: Final = 6
"""Numbers that the verdict tells of, with the one in its title."""


def verdict_over(
    verdicts: Sequence[Verdict], told: Sequence[Told], doubts: Sequence[str], between: bool, sort: Sort
) -> Verdict:
    """Return the verdict over the fits, the best first; without lines where a question has no verdict of its own.

    Parameters
    ----------
    verdicts
        One in each fit.
    told
        What is told of numbers over the fits.
    doubts
        What the answer rests on.
    between
        Whether a median may lie between two fits.
    sort
        What the worlds are.
    """
    first, details = told[0], [one.sentence for one in told[1:_MOST_TOLD]]
    return Verdict(
        first.headline,
        trouble=tuple(_trouble(verdicts[sort.beside :], sort)),
        layers=verdicts[0].layers,
        columns=verdicts[0].columns,
        lines=tuple(_lines(verdicts[sort.beside :], between)),
        told=tuple(filter(None, [first.detail, *details, *_of_best(verdicts[0], sort)])),
        doubts=tuple(doubts),
    )


def _trouble(verdicts: Sequence[Verdict], sort: Sort) -> Iterator[str]:
    """Report in how many fits something must be known before any number is used, and what it is in one of them."""
    troubled = [verdict for verdict in verdicts if verdict.trouble]
    if troubled:
        yield f"In {len(troubled)} of {counted(len(verdicts), sort.one)}: {' '.join(troubled[0].trouble)}"


def _of_best(verdict: Verdict, sort: Sort) -> Iterator[str]:
    """Return the title of the verdict of the best fit, which is where trouble with the law is told."""
    if verdict.lines:
        yield f"{'With' if sort.beside else 'In'} the {sort.best}: {verdict.title}"


def _lines(verdicts: Sequence[Verdict], between: bool) -> Iterator[Line]:
    """Return the lines that the best fit has, with numbers over all fits."""
    for line in verdicts[0].lines:
        same = [other for verdict in verdicts for other in verdict.lines if other.whole_label == line.whole_label]
        if not line.values:
            continue
        values = np.array([[np.nan if value is None else value for value in other.values] for other in same])
        low, middle, high = quantiles(values.T, between)
        written = {value: cell for other in same for value, cell in zip(other.values, other.cells, strict=True)}
        cells = (_cell(*bounds, line.unit, written) for bounds in zip(low, middle, high, strict=True))
        yield line._replace(cells=tuple(cells), values=())  # the difference of two medians is no median difference


def _cell(low: float, middle: float, high: float, unit: str, written: Mapping[float | None, str]) -> str:
    """Write a median with its range, as the verdicts of the fits write them if all are numbers of fits."""
    if np.isnan(middle):
        return "–"
    bounds = [float(value) for value in (low, middle, high)]
    of_fits = all(value in written for value in bounds)
    least, median, most = (written[value] if of_fits else in_unit(value, unit) for value in bounds)
    return median if least == median == most else f"{median} ({least.removesuffix('%')} to {most})"
