"""The headline differences of a comparison, their precision, and the gain from common random numbers."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from simulator.measures.names import BY_NAME, HEADLINES
from simulator.questions.compare.comparison import Comparison
from simulator.running.precision import Known
from simulator.statistics.pairing import of_headlines
from simulator.words.units import scale_of
from simulator.words.wording import counted, decimals_for, joined, named, number

if TYPE_CHECKING:
    import pandas as pd

_MOST_TOLD: Final = 3
"""Differences that are listed one by one, where they have not reached the requested precision."""


def known_sentences(comparison: Comparison) -> list[str]:
    """Report the precision reached, where one was requested, and the gain from pairing."""
    until = comparison.scenario.run.until
    asked = until.precision if until else {}
    told = pairing_sentences(comparison.pairing, comparison.question.subject, list(asked) or list(HEADLINES))
    if until:
        after, most = _after(comparison)
        told = [*precision_sentences(comparison.known, comparison.titles, after, most), *told]
    return told


def missed_told(comparison: Comparison) -> list[str]:
    """Report in one sentence that a requested precision was not reached; nothing where it was, or none was asked."""
    if comparison.scenario.run.until is None:
        return []
    defined = _defined(comparison.known)
    missed = sum(not known.reached for known in defined)
    return [f"{_missed(missed, len(defined), *_after(comparison))}."] if missed else []


def _after(comparison: Comparison) -> tuple[str, bool]:
    """Return after how many replications a comparison ended, and whether no more were allowed."""
    until, finished = comparison.scenario.run.until, comparison.finished
    return f"After {counted(finished, 'replication')}", until is not None and finished >= until.most


def _missed(missed: int, defined: int, after: str, most: bool) -> str:
    """Report how many of the headline differences have not reached the requested precision; no full stop."""
    return (
        f"{after}{', the maximum (--most-replications),' if most else ''} {missed} of "
        f"{counted(defined, 'headline difference')} {'has' if missed == 1 else 'have'} not reached the requested "
        "precision"
    )


def _defined(told: Sequence[Known]) -> list[Known]:
    """Return the differences that some replication has."""
    return [known for known in told if known.replications]


def precision_sentences(told: Sequence[Known], titles: Mapping[str, str], after: str, most: bool) -> list[str]:
    """Report whether the headline differences have reached the requested precision.

    Parameters
    ----------
    told
        How closely they are known; none if there was nothing to compare with.
    titles
        Of the frameworks.
    after
        After how many replications this is so, such as ``After 20 replications``.
    most
        Whether no more were allowed.
    """
    if not told:
        return []
    defined = _defined(told)
    missed = sorted((known for known in defined if not known.reached), key=_share, reverse=True)
    sentences = []
    if missed:
        more = len(missed) - _MOST_TOLD
        listed = "; ".join(_said(known, titles) for known in missed[:_MOST_TOLD])
        and_more = f"; and {more} more" if more > 0 else ""
        sentences.append(f"{_missed(len(missed), len(defined), after, most)}: {listed}{and_more}.")
    elif defined:
        widest = _said(max(defined, key=_share), titles)
        if len(defined) == 1:
            sentences.append(f"{after} the headline difference has reached the requested precision: {widest}.")
        else:
            sentences.append(
                f"{after} all {counted(len(defined), 'headline difference')} have reached the requested precision; the "
                f"least precise is {widest}."
            )
    if len(defined) < len(told):
        undefined = [known for known in told if not known.replications]
        names = joined([_named(known, titles) for known in undefined])
        sentences.append(f"Undefined in every replication, and ignored: {names}.")
    return sentences


def _share(one: Known) -> float:
    """Return the half-width as a fraction of the one requested."""
    if one.half_width == 0:
        return 0.0
    return math.inf if math.isnan(one.half_width) or one.asked == 0 else one.half_width / one.asked


def _said(one: Known, titles: Mapping[str, str]) -> str:
    """Name a difference, with its half-width and the one requested."""
    factor, _ = scale_of(BY_NAME[one.measure])
    what = _named(one, titles)
    if math.isnan(one.half_width):
        return f"{what} (only {counted(one.replications, 'value')})"
    values = factor * one.half_width, factor * one.asked
    decimals = max(decimals_for([value]) for value in values if value) if any(values) else 0
    while values[0] != values[1] and number(values[0], decimals) == number(values[1], decimals):
        decimals += 1
    return f"{what} (±{number(values[0], decimals)}, ±{number(values[1], decimals)} was requested)"


def _named(one: Known, titles: Mapping[str, str]) -> str:
    title = f"{BY_NAME[one.measure].title}{scale_of(BY_NAME[one.measure])[1]}"
    return f"{title[:1].lower()}{title[1:]} under {named(titles[one.framework])}"


def pairing_sentences(pairing: "pd.DataFrame", service_type: str, measures: Sequence[str]) -> list[str]:
    """Report the gain from common random numbers for some measures; nothing where there is nothing to report.

    Parameters
    ----------
    pairing
        As `simulator.running.frames.RunningFrames.pairing` returns it.
    service_type, measures
        What to report on.
    """
    rows = of_headlines(pairing, service_type, measures)
    told = []
    for measure in measures:
        gains = rows.loc[rows["measure"] == measure, "gain"]
        if len(gains):
            low, high = (number(float(gain), 1) for gain in (gains.min(), gains.max()))
            title = BY_NAME[measure].title
            told.append(f"{low if low == high else f'{low} to {high}'} ({title[:1].lower()}{title[1:]})")
    if not told:
        return []
    needed, had = int(rows["replications_independent"].max()), int(rows["replications"].max())
    same = "All frameworks meet the same histories (common random numbers)"
    if needed <= had:
        return [f"{same}; for these differences there is no gain."]
    differs = (
        f"{same}. With independent runs, the variance of these differences would be larger by these factors: "
        f"{joined(told)}. The same precision would take {number(needed)} replications instead of {number(had)}."
    )
    return [differs]
