"""A calibration in words: what fits, what misses, and what the records cannot tell apart."""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.questions.calibrate.choosing import FEWEST_FITS, MOST_DEVIANCE
from simulator.questions.calibrate.effort import LOW
from simulator.questions.calibrate.fit_tables import Told
from simulator.questions.calibrate.fits import interval
from simulator.questions.calibrate.goodness import FREEDOM, HIT, MOST_APART
from simulator.questions.calibrate.mechanisms import MECHANISMS, NOISE, Mechanism, described
from simulator.render.paragraphs import print_paragraphs
from simulator.words.wording import counted, joined, number

if TYPE_CHECKING:
    from rich.console import Console

_TOLD_LITTLE: Final = 0.6
"""Share of the space searched above which an interval says little about its mechanism."""
_TOGETHER: Final = 0.7
"""Rank correlation over the fits from which on the records determine two mechanisms only in combination."""
_AT_BOUND: Final = 0.02
"""A mechanism within this share of the space searched from its end is at a bound."""
_OFTEN: Final = 0.25
"""Share of the fits at a bound from which on it is reported, though the best fit is not at it."""
_SIGNIFICANT: Final = 3
_ENOUGH_FITS: Final = 8
"""Fits it takes to say which mechanisms move together."""
_MOST_PAIRS: Final = 5
"""Pairs that a sentence names."""


def print_calibration(told: Told, console: "Console") -> None:
    """Print the answer in sentences, the mechanisms as a table, and the figures that are missed."""
    console.print()
    print_paragraphs(sentences(told), console)
    console.print()
    for name, title, unit in (("", "Mechanism", ""), *((row.name, row.title, row.unit) for row in described())):
        best, low, high = map(short, _values(told, name)) if name else ("best fit", "from", "to")
        console.print(f"  {title:<52} {best:>9} {low:>9} {high:>9}  {unit}", soft_wrap=True)


def sentences(told: Told) -> Iterator[str]:
    """Report how it came out."""
    made = told.manifest
    yield (
        f"{made['mechanisms']} mechanisms were fitted to {made['figures_fitted_to']} figures of "
        f"{made['inspections']:,} inspections of {counted(made['providers'], 'provider')}, "
        f"by {made['runs']:,} runs of the simulation under {made['framework']}."
    )
    yield from set_sentences(told)
    yield met_sentence(told)
    yield transitions_sentence(told)
    misses = missed(told)
    if misses:
        yield "Missed: " + "; ".join(_miss_words(row) for row in misses) + "."
    yield from bounds_sentences(told)
    yield from untold(told)
    yield f"{noise_sentence(told)} {held_sentence(told)}"
    yield from implied_sentences(told)


def set_sentences(told: Told) -> Iterator[str]:
    """Report which fits are in the set, and what speaks against relying on it."""
    made, best = told.manifest, told.fits.iloc[0]
    yield (
        f"{counted(len(told.fits), 'fit').capitalize()} fit about equally well: in independent runs their distance "
        f"from the records exceeds that of the best, {number(best['distance'], 0)}, by no more than "
        f"{number(made['tolerance'], 0)}."
    )
    if made["misfit"] > 1:
        yield (
            f"The best fit lies {number(made['misfit'], 1)} times as far from the records as random variation alone "
            "would explain. So the model is wrong somewhere; this does not widen the set."
        )
    if best["transition_deviance"] > MOST_DEVIANCE or best["worst_transition_share"] > MOST_APART:
        yield "The best fit itself misses transitions by more than any other fit of a set may: do not rely on it."
    if len(told.fits) < FEWEST_FITS:
        yield (
            f"A set of fewer than {FEWEST_FITS} fits spreads too little to rely on, and is not widened. A longer "
            "search may find more."
        )
    if made["runs"] < LOW * made["usual_runs"]:
        yield (
            f"The effort was low: {made['runs']:,} runs instead of the usual {made['usual_runs']:,}. A longer search "
            "may find better fits elsewhere."
        )
    starts = made["starts"]
    yield (
        f"Searches from {counted(len(starts), 'start')} reached distances of {number(min(starts), 0)} to "
        f"{number(max(starts), 0)}."
    )


def transitions_sentence(told: Told) -> str:
    """Report how far pairs of full inspections are off."""
    deviance, apart = told.fits["transition_deviance"], told.fits["worst_transition_share"]
    return (
        f"From one full inspection to the next, the best fit has a deviance of {number(deviance.iloc[0], 0)}, "
        f"compared with about {FREEDOM} for a true model, and its worst share is {number(100 * apart.iloc[0], 1)} "
        f"points off; over the set, up to {number(deviance.max(), 0)} and {number(100 * apart.max(), 1)} points."
    )


def bounds_sentences(told: Told) -> Iterator[str]:
    """Report which mechanisms lie at a bound of what was searched."""
    found = []
    for mechanism in _searched(told):
        places = np.array([mechanism.place_of(value) for value in told.fits[mechanism.name]])
        for at, bound in ((places < _AT_BOUND, mechanism.low), (places > 1 - _AT_BOUND, mechanism.high)):
            if at[0] or at.mean() > _OFTEN:
                how_often = f"in {number(100 * at.mean(), 0)}% of the fits"
                found.append(f"{_small(mechanism.title)} ({short(bound)}, {how_often})")
    if found:
        yield f"At a bound of the search: {joined(found)}."


def met_sentence(told: Told) -> str:
    """Report how many of the figures fitted to are met."""
    fitted = told.moments[told.moments["fitted_to"]]
    met = int((fitted["errors_apart"].abs() <= HIT).sum())
    return (
        f"Of the {len(fitted)} figures fitted to, the best fit meets {met} within twice their standard error "
        "in the records."
    )


def missed(told: Told) -> list[dict[str, Any]]:
    """Return the figures fitted to that are missed, the worst first."""
    fitted = told.moments[told.moments["fitted_to"] & (told.moments["errors_apart"].abs() > HIT)]
    order = fitted["errors_apart"].abs().sort_values(ascending=False).index
    return [{str(key): value for key, value in row.items()} for row in fitted.loc[order].to_dict("records")]


def _miss_words(row: dict[str, Any]) -> str:
    """Write a figure that is missed: what it is, recorded and simulated."""
    recorded, simulated = (value_words(row[name], row["unit"]) for name in ("recorded", "simulated"))
    return f"{_small(row['title'])}, {recorded} recorded and {simulated} simulated"


def value_words(value: float, unit: str) -> str:
    """Write a value of a figure: shares as per cent."""
    if np.isnan(value):
        return "-"
    if unit == "share":
        return f"{number(100 * value, 1)}%"
    return f"{number(value, 0)} days" if unit == "days" else number(value, 2)


def untold(told: Told) -> Iterator[str]:
    """Report which mechanisms the records tell little of, and which of together only."""
    searched = _searched(told)
    nothing = [mechanism.title for mechanism in MECHANISMS if mechanism not in searched]
    if nothing:
        yield f"The records contain no information about: {joined([_small(title) for title in nothing])}."
    little = [mechanism.title for mechanism in searched if width(told, mechanism) > _TOLD_LITTLE]
    if little:
        yield f"They contain little information about: {joined([_small(title) for title in little])}."
    pairs = [f"{_small(one.title)} and {_small(other.title)}" for one, other in together(told)]
    if pairs:
        more = f"; and {len(pairs) - _MOST_PAIRS} more pairs" if len(pairs) > _MOST_PAIRS else ""
        yield f"They determine only in combination: {'; '.join(pairs[:_MOST_PAIRS])}{more}."


def width(told: Told, mechanism: Mechanism) -> float:
    """Return how much of the space searched, 0 to 1, the interval of a mechanism takes up."""
    low, high = interval(told.fits[mechanism.name].to_list())
    return mechanism.place_of(max(high, mechanism.low)) - mechanism.place_of(max(low, mechanism.low))


def together(told: Told) -> list[tuple[Mechanism, Mechanism]]:
    """Return the pairs of mechanisms that move together, or against each other, over the fits; the closest first."""
    if len(told.fits) < _ENOUGH_FITS:
        return []
    searched = _searched(told)
    correlation = told.fits[[mechanism.name for mechanism in searched]].corr("spearman").abs().to_numpy()
    close = [(i, j) for i, j in combinations(range(len(searched)), 2) if correlation[i, j] >= _TOGETHER]
    close.sort(key=lambda pair: -correlation[pair])
    return [(searched[i], searched[j]) for i, j in close]


def noise_sentence(told: Told) -> str:
    """Report which noises of judgement the fits have: those of the table."""
    best, low, high = _three(told, NOISE, 2)
    return f"The noise of a judgement is {low} to {high} grades over the fits, {best} in the best."


def held_sentence(told: Told) -> str:
    """Report what came of the least and the greatest noise by itself."""
    least, most = (told.profile.iloc[at] for at in (0, -1))
    ends = [
        f"at {number(row[NOISE], 2)} grades the closest fit has a distance of {number(row['distance'], 0)}"
        for row in (least, most)
    ]
    return f"Held {joined(ends)}."


def implied_sentences(told: Told) -> Iterator[str]:
    """Report what the fits imply that no record shows."""
    best, low, high = _three(told, "turned_poor_per_100", 1)
    yield (
        f"Over the fits, providers turn poor {low} to {high} times per 100 provider-years, {best} in the best. No "
        "record shows this."
    )
    best, low, high = _three(told, "days_without_inspection", 0)
    yield f"Without inspection, they would stay poor for {low} to {high} days on average, {best} in the best."
    best, low, high = (number(100 * value, 0) for value in _values(told, "never_found_share"))
    yield f"Of every 100 such episodes, {low} to {high} end without being found, {best} in the best."
    yield undetected_sentence(told)


def undetected_sentence(told: Told) -> str:
    """Report how much undetected poor time the fits imply: no record shows it."""
    best, low, high = _three(told, "undetected_per_100", 1)
    return (
        f"Undetected poor time, which no record shows, is {low} to {high} years per 100 provider-years over the fits, "
        f"{best} in the best."
    )


def _searched(told: Told) -> list[Mechanism]:
    """Return the mechanisms that the records tell of."""
    return [mechanism for mechanism in MECHANISMS if mechanism.name not in told.manifest["not_told_of"]]


def _values(told: Told, name: str) -> tuple[float, float, float]:
    """Return a column of the fits as the best, and the ends of its interval."""
    return (float(told.fits[name].iloc[0]), *interval(told.fits[name].to_list()))


def _three(told: Told, name: str, decimals: int) -> tuple[str, str, str]:
    best, low, high = (number(value, decimals) for value in _values(told, name))
    return best, low, high


def short(value: float) -> str:
    """Write a value with three figures that mean something."""
    return f"{value:.{_SIGNIFICANT}g}"


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
