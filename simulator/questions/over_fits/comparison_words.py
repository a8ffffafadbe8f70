"""A comparison over a set of fits in sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.measures.declaration import SHARE
from simulator.measures.names import ALL_SERVICES, KEY
from simulator.questions.compare.gain_sentences import sentences_on_gains
from simulator.questions.compare.precision_words import precision_sentences
from simulator.questions.compare.sentences import DAYS, INSPECTIONS, UNFOUND, difference_sentence, level_sentence
from simulator.questions.over_fits.comparison import OverFits
from simulator.words.estimates import CHILDRENS_HOMES, EVERYONE, UNDEFINED, Subject, by_key
from simulator.words.wording import decimals_for, number

if TYPE_CHECKING:
    import pandas as pd

_NINE_IN_TEN: Final = (
    "Ranges in brackets hold nine in ten of the fits: they show how far the answer depends on what the records do not "
    "determine. Random variation is additional, and shrinks with more replications of each fit."
)


def over_fits_sentences(compared: OverFits) -> list[str]:
    """Write a sentence for each framework: the baseline first, in levels, then the others against it."""
    titles, base = compared.question.titles, compared.question.baseline
    subject = _whom(compared)
    levels, differences = (by_key(frame.rename(columns={"median": "mean"})) for frame in _frames(compared))
    there = {name: levels.get((base, subject.service_type, name), UNDEFINED) for name in (INSPECTIONS, DAYS, UNFOUND)}
    told = [level_sentence(titles[base], subject, there)]
    for framework in titles:
        if framework != base:
            mine = {name: differences.get((framework, subject.service_type, name), UNDEFINED) for name in there}
            told.append(difference_sentence((titles[framework], titles[base]), subject, there, mine))
    return [*told, *_gains_over_fits(compared)]


def _gains_over_fits(compared: OverFits) -> list[str]:
    """Report the share of the possible gain that each framework realises over the fits; nothing without yardsticks."""
    gains = compared.gains.rename(columns={"median": "share"})
    return sentences_on_gains(_whom(compared), compared.question.titles, gains)


def _frames(compared: OverFits) -> "tuple[pd.DataFrame, pd.DataFrame]":
    return compared.summary, compared.differences


def over_fits_caveats(compared: OverFits) -> list[str]:
    """Return the caveats of the sentences."""
    fits = f"{len(compared.numbers)} fits of {compared.fits.name} are run, {compared.replications} times each."
    simulated = "All numbers are simulated and depend on the assumptions listed in report.html."
    return [fits, *_over_fits_precision(compared), _NINE_IN_TEN, simulated]


def _subject_of(compared: OverFits) -> str:
    """Name the providers that the answer is about: those of the fits, or all where there are none of them."""
    subject = compared.fits.service_type
    return subject if subject in compared.question.service_types else ALL_SERVICES


def _whom(compared: OverFits) -> Subject:
    return CHILDRENS_HOMES if _subject_of(compared) == CHILDRENS_HOMES.service_type else EVERYONE


def lines(compared: OverFits) -> Iterator[str]:
    """Report each key measure of each framework over the fits, and each difference that the fits agree on."""
    yield ""
    yield (
        f"Over {len(compared.numbers)} fits of {compared.fits.name}, {compared.replications} replications of each: "
        "the median fit, and the interval that holds nine in ten of them."
    )
    subject = _subject_of(compared)
    titles = compared.question.titles
    for framework, title in titles.items():
        yield ""
        yield f"{title}, {_subject(subject)}"
        yield from _measures(_rows(compared.summary, framework, subject))
    for framework in compared.differences["framework"].unique():
        yield ""
        yield f"{titles[framework]} minus {titles[compared.question.baseline]}"
        yield from _measures(_rows(compared.differences, framework, subject))
    yield ""
    yield from _gains_over_fits(compared)
    yield from _over_fits_precision(compared)


def _over_fits_precision(compared: OverFits) -> list[str]:
    """Report the precision of the differences, where one was requested."""
    return precision_sentences(
        compared.known,
        compared.question.titles,
        f"Averaged over the fits, after {compared.replications} replications of each",
        compared.replications == compared.plan.looks[-1],
    )


def _measures(rows: list[dict[str, Any]]) -> Iterator[str]:
    told = {measure.name: measure for measure in KEY}
    for row in rows:
        if row["measure"] in told and not np.isnan(row["median"]):
            measure = told[row["measure"]]
            factor, unit = (100, "%") if measure.unit == SHARE else (1, measure.unit)
            values = [factor * row[name] for name in ("low", "median", "high")]
            low, middle, high = (number(value, decimals_for(values)) for value in values)
            yield f"  {measure.title}: {middle} ({low} to {high}) {unit}"


def _rows(frame: Any, framework: str, subject: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame[(frame["framework"] == framework) & (frame["service_type"] == subject)].to_dict(
        "records"
    )
    return rows


def _subject(name: str) -> str:
    return name.replace("_", " ") if name != ALL_SERVICES else "all services"
