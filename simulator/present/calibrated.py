"""A calibration in words: what fits, what misses, and what the records cannot tell apart."""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.experiments.calibration.fits import Told, described, interval
from simulator.experiments.calibration.mechanisms import MECHANISMS, NOISE, Mechanism
from simulator.present.paragraphs import print_paragraphs
from simulator.present.wording import counted, joined, number

if TYPE_CHECKING:
    from rich.console import Console

HIT: Final = 2.0
"""A figure is met if the best fit lies within so many standard errors of the recorded one."""
TOLD_LITTLE: Final = 0.6
"""A mechanism whose interval takes up more of the space searched than this is told little of."""
TOGETHER: Final = 0.7
"""Two mechanisms that move together over the fits as closely as this are told of together only."""
REJECTED: Final = 3.84
"""Excess of the distance above the least, over the misfit, from which one noise of judgement is rejected: the 95 %
quantile of a chi-squared distribution with one degree of freedom."""
FINE: Final = 501
SIGNIFICANT: Final = 3
ENOUGH_FITS: Final = 8
"""Fits it takes to say which mechanisms move together."""


def print_calibration(told: Told, console: "Console") -> None:
    """Print the answer in sentences, the mechanisms as a table, and the figures that are missed."""
    console.print()
    print_paragraphs(sentences(told), console)
    console.print()
    for name, title, unit in (("", "Mechanism", ""), *((each.name, each.title, each.unit) for each in described())):
        best, low, high = ("best fit", "from", "to") if not name else _three(told, name)
        console.print(f"  {title:<52} {best:>9} {low:>9} {high:>9}  {unit}", soft_wrap=True)


def sentences(told: Told) -> Iterator[str]:
    """Say how it came out."""
    made = told.manifest
    yield (
        f"{made['mechanisms']} mechanisms were fitted to {made['figures_fitted_to']} figures of "
        f"{made['inspections']:,} inspections of {counted(made['providers'], 'provider')}, "
        f"by {made['runs']:,} runs of the simulation under {made['framework']}. "
        f"{counted(len(told.fits), 'fit').capitalize()} fit about equally well."
    )
    if made["misfit"] > 1:
        yield (
            f"The model misses more than chance would: {number(made['misfit'], 1)} times. "
            "The intervals are widened accordingly."
        )
    yield met_sentence(told)
    misses = missed(told)
    if misses:
        yield "Missed: " + "; ".join(miss_words(row) for row in misses) + "."
    yield from untold(told)
    yield noise_sentence(told)
    yield undetected_sentence(told)


def met_sentence(told: Told) -> str:
    """Say how many of the figures fitted to are met."""
    fitted = told.moments[told.moments["fitted_to"]]
    met = int((fitted["errors_apart"].abs() <= HIT).sum())
    return (
        f"Of the {len(fitted)} figures fitted to, the best fit meets {met} within twice their standard error "
        "in the records."
    )


def missed(told: Told) -> list[dict[str, Any]]:
    """Give the figures fitted to that are missed, the worst first."""
    fitted = told.moments[told.moments["fitted_to"] & (told.moments["errors_apart"].abs() > HIT)]
    order = fitted["errors_apart"].abs().sort_values(ascending=False).index
    return [{str(key): value for key, value in row.items()} for row in fitted.loc[order].to_dict("records")]


def miss_words(row: dict[str, Any]) -> str:
    """Write a figure that is missed: what it is, recorded and simulated."""
    title = row["title"][:1].lower() + row["title"][1:]
    recorded, simulated = (value_words(row[name], row["unit"]) for name in ("recorded", "simulated"))
    return f"{title}, {recorded} recorded and {simulated} simulated"


def value_words(value: float, unit: str) -> str:
    """Write a value of a figure: shares as per cent."""
    if np.isnan(value):
        return "-"
    if unit == "share":
        return f"{number(100 * value, 1)} %"
    return f"{number(value, 0)} days" if unit == "days" else number(value, 2)


def untold(told: Told) -> Iterator[str]:
    """Say which mechanisms the records tell little of, and which of together only."""
    nothing = [each.title for each in MECHANISMS if each.name in told.manifest["not_told_of"]]
    if nothing:
        yield f"The records tell nothing of: {joined([_small(title) for title in nothing])}."
    little = [
        each.title
        for each in MECHANISMS
        if each.name not in told.manifest["not_told_of"] and width(told, each) > TOLD_LITTLE
    ]
    if little:
        yield f"They tell little of: {joined([_small(title) for title in little])}."
    pairs = [f"{_small(one.title)} and {_small(other.title)}" for one, other in together(told)]
    if pairs:
        yield f"They tell apart only together: {'; '.join(pairs)}."


def width(told: Told, mechanism: Mechanism) -> float:
    """Give how much of the space searched, 0 to 1, the interval of a mechanism takes up."""
    low, high = interval(told.fits[mechanism.name].to_list())
    return mechanism.place_of(max(high, mechanism.low)) - mechanism.place_of(max(low, mechanism.low))


def together(told: Told) -> list[tuple[Mechanism, Mechanism]]:
    """Give the pairs of mechanisms that move together, or against each other, over the fits."""
    if len(told.fits) < ENOUGH_FITS:
        return []
    searched = [each for each in MECHANISMS if each.name not in told.manifest["not_told_of"]]
    correlation = told.fits[[each.name for each in searched]].corr("spearman").abs().to_numpy()
    return [
        (searched[i], searched[j]) for i, j in combinations(range(len(searched)), 2) if correlation[i, j] >= TOGETHER
    ]


def noise_sentence(told: Told) -> str:
    """Say which noises of judgement fit about equally well."""
    low, high = held_noises(told)
    noise = told.profile[NOISE]
    below, above = low > float(noise.min()), high < float(noise.max())
    if not below and not above:
        return "Every noise of judgement tried fits about equally well: the records do not tell it."
    said = f"A noise of judgement from {number(low, 2)} to {number(high, 2)} grades fits about equally well"
    rejected = [*(["less"] if below else []), *(["more"] if above else [])]
    return f"{said}; {joined(rejected)} {'is' if len(rejected) == 1 else 'are'} rejected."


def held_noises(told: Told) -> tuple[float, float]:
    """Give the least and the greatest noise that is not rejected; between those tried along a straight line."""
    noise, excess = told.profile[NOISE].to_numpy(), told.profile["excess"].to_numpy()
    fine = np.linspace(noise.min(), noise.max(), FINE)
    held = fine[np.interp(fine, noise, excess) <= REJECTED]
    return (float(held.min()), float(held.max())) if len(held) else (float(noise[excess.argmin()]),) * 2


def undetected_sentence(told: Told) -> str:
    """Say how much undetected poor time the fits imply: no record shows it."""
    low, high = interval(told.fits["undetected_per_100"].to_list())
    return (
        f"Undetected poor time, which no record shows, is {number(low, 1)} to {number(high, 1)} years per 100 "
        f"provider-years over the fits, {number(told.fits['undetected_per_100'].iloc[0], 1)} in the best."
    )


def _three(told: Told, name: str) -> tuple[str, str, str]:
    low, high = interval(told.fits[name].to_list())
    return tuple(short(each) for each in (told.fits[name].iloc[0], low, high))  # type: ignore[return-value]


def short(value: float) -> str:
    """Write a value with three figures that mean something."""
    return f"{value:.{SIGNIFICANT}g}"


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
