"""A comparison over a set of fits: in sentences and a table, and as files."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.answers.answer import answer_of, as_text
from simulator.answers.keeping import Keeping, Missing
from simulator.answers.paragraphs import print_paragraphs
from simulator.answers.run_files import (
    ANSWER,
    BY_FIT,
    DIFFERENCES_OVER_FITS,
    GAINS_OVER_FITS,
    OVER_FITS_EXPECTED,
    OVER_FITS_FILES,
    SUMMARY_OVER_FITS,
)
from simulator.measures.names import ALL_SERVICES, KEY
from simulator.questions.compare.answer import given, times_of
from simulator.questions.compare.gain_sentences import sentences_on_gains
from simulator.questions.compare.precision_words import precision_sentences
from simulator.questions.compare.sentences import DAYS, INSPECTIONS, UNFOUND, difference_sentence, level_sentence
from simulator.questions.over_fits.comparison import OverFits
from simulator.render.writing import finish
from simulator.running.event_tables import EVENTS, join_tables
from simulator.running.run_folder import (
    FAILURES,
    PRECISION,
    precision_frame,
    precision_told,
    provenance,
    write_question,
)
from simulator.running.store import RunFolder
from simulator.words.estimates import CHILDRENS_HOMES, EVERYONE, UNDEFINED, Subject, by_key
from simulator.words.units import SHARE
from simulator.words.wording import decimals_for, number

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

NINE_IN_TEN: Final = (
    "Ranges in brackets hold nine in ten of the fits: they show how far the answer depends on what the records do not "
    "determine. Random variation is additional, and shrinks with more replications of each fit."
)


def write_over_fits(
    folder: RunFolder, compared: OverFits, options: Mapping[str, Any], began: datetime, *, ended: datetime | None = None
) -> list[str]:
    """Write everything and put it in its place.

    Returns
    -------
    list of str
        Names of the files.
    """
    times = times_of(began, ended)
    folder.write_csv(SUMMARY_OVER_FITS, compared.summary)
    folder.write_csv(DIFFERENCES_OVER_FITS, compared.differences)
    if len(compared.gains):
        folder.write_csv(GAINS_OVER_FITS, compared.gains)
    folder.write_csv(BY_FIT, compared.by_fit)
    if compared.known:
        folder.write_csv(PRECISION, precision_frame(compared.known))
    for name in EVENTS:
        join_tables(folder.path(f"{name}.parquet"), compared.tables(name))
    folder.write_text(ANSWER, as_text(answer_of(over_fits_sentences(compared), over_fits_caveats(compared))))
    write_question(folder, compared.question)
    made: dict[str, Any] = {
        "question": "compare over fits",
        "fits": compared.fits.name,
        "fits_run": list(compared.numbers),
        "replications": compared.replications,
    }
    until = compared.question.scenario.run.until
    if until is not None:
        made["precision"] = precision_told(until, compared.plan, compared.replications, compared.known)
    if compared.failures:
        folder.write_csv(FAILURES, failed_fits_frame(compared))
    made["failures"] = len(compared.failures)
    files = finish(folder, provenance(compared.question, given(options), made | times))
    if not compared.failures:
        folder.forget()
    return files


def failed_fits_frame(compared: OverFits) -> "pd.DataFrame":
    """Lay out the runs that failed: columns fit, framework, replication, seed, error, where."""
    import pandas as pd

    rows = [{"fit": fit} | each._asdict() for fit, each in compared.failures]
    return pd.DataFrame(rows).rename(columns={"case": "framework"})


def over_fits_sentences(compared: OverFits) -> list[str]:
    """Write a sentence for each framework: the baseline first, in levels, then the others against it."""
    titles, base = compared.question.titles, compared.question.baseline
    subject = _whom(compared)
    levels, differences = (by_key(each.rename(columns={"median": "mean"})) for each in _frames(compared))
    there = {name: levels.get((base, subject.service_type, name), UNDEFINED) for name in (INSPECTIONS, DAYS, UNFOUND)}
    told = [level_sentence(titles[base], subject, there)]
    for framework in titles:
        if framework != base:
            mine = {name: differences.get((framework, subject.service_type, name), UNDEFINED) for name in there}
            told.append(difference_sentence((titles[framework], titles[base]), subject, there, mine))
    return [*told, *gains_over_fits(compared)]


def gains_over_fits(compared: OverFits) -> list[str]:
    """Report which share of the possible gain each framework realises over the fits; nothing without yardsticks."""
    gains = compared.gains.rename(columns={"median": "share"})
    return sentences_on_gains(_whom(compared), compared.question.titles, gains)


def _frames(compared: OverFits) -> "tuple[pd.DataFrame, pd.DataFrame]":
    return compared.summary, compared.differences


def over_fits_caveats(compared: OverFits) -> list[str]:
    """Report what the sentences rest on."""
    fits = f"{len(compared.numbers)} fits of {compared.fits.name} are run, {compared.replications} times each."
    simulated = "All numbers are simulated and depend on the assumptions listed in report.html."
    return [fits, *over_fits_precision(compared), NINE_IN_TEN, simulated]


def _subject_of(compared: OverFits) -> str:
    """Name the providers that the answer is about: those of the fits, or all where there are none of them."""
    subject = compared.fits.service_type
    return subject if subject in compared.question.service_types else ALL_SERVICES


def _whom(compared: OverFits) -> Subject:
    return CHILDRENS_HOMES if _subject_of(compared) == CHILDRENS_HOMES.service_type else EVERYONE


def print_over_fits(compared: OverFits, console: "Console") -> None:
    """Print what the answers are and how they spread."""
    print_paragraphs(lines(compared), console)


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
    yield from gains_over_fits(compared)
    yield from over_fits_precision(compared)


def over_fits_precision(compared: OverFits) -> list[str]:
    """Report how closely differences are known, where a precision was asked for."""
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


COMPARISON_OVER_FITS: Final = Keeping(
    OVER_FITS_EXPECTED,
    OVER_FITS_FILES,
    write_over_fits,
    print_over_fits,
    lambda compared: Missing(len(compared.failures), 1, 1),
)
