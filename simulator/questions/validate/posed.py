"""The questions as commands and Python ask them: validate against records, or score a sealed forecast."""

import hashlib
from datetime import date
from pathlib import Path

from simulator.inputs.messages import InputError, Named, shortened
from simulator.questions.calibrate.fits import load_fits
from simulator.questions.calibrate.records import Records, read_records
from simulator.questions.calibrate.window import Window
from simulator.questions.validate.asked import Wanted, forward_of, origin_of, window_of
from simulator.questions.validate.judged import Judged, Source, judged_by
from simulator.questions.validate.predicted import predicted
from simulator.questions.validate.sealed import Sealed, open_sealed
from simulator.running.batch_files import BatchFolder
from simulator.running.replicating import Progress


def read_day(given: str) -> date:
    """Read the first day of the years to be predicted.

    Raises
    ------
    InputError
        If it is no day.
    """
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InputError(Named("from"), f': given "{shortened(given)}"; allowed: a day such as 2016-04-01') from None


def validate(
    records: str | Path,
    wanted: Wanted,
    counted_from: date | None,
    workers: int,
    progress: Progress | None = None,
    batches: BatchFolder | None = None,
    resume: bool = False,
) -> Judged:
    """Predict what records show by runs that begin before them.

    Parameters
    ----------
    records
        A CSV file (`simulator.questions.calibrate.records.read_records`).
    wanted
        What is run.
    counted_from
        First day of the years to predict; if left out, the first that both records and runs know.
    workers, progress, batches, resume
        As for `simulator.questions.validate.predicted.predicted`.

    Raises
    ------
    InputError
        If something given cannot be used.
    """
    fits = load_fits(wanted.fits)
    given = read_records(records, fits.service_type)
    first = counted_from or max(given.start, origin_of(wanted.fits, wanted.scenario).start)
    forward = forward_of(wanted, first, max(given.until, date(first.year + 1, first.month, 1)))
    window = window_of(given, forward.start, first, records)
    (prediction,) = predicted(forward, [window], workers, progress, batches, resume)
    of = (forward.question, forward.fits.name)
    return judged_by(prediction, given, _source(records), of, forward.fitted_until)


def score(folder: str | Path, records: str | Path, seal: str | None = None) -> Judged:
    """Compare a sealed forecast with what happened.

    Parameters
    ----------
    folder
        Of the forecast.
    records
        A CSV file with whole years of what it foretells; earlier years are what was known.
    seal
        Its digest, as noted when it was made.

    Raises
    ------
    InputError
        If the forecast is not as it was sealed, or the records are not of its years.
    """
    sealed = open_sealed(Path(folder), seal)
    given = read_records(records, str(sealed.manifest["service_type"]))
    window = _window_of_forecast(sealed, given, records)
    prediction = sealed.prediction(window.known_from)
    of = (sealed.question, str(sealed.manifest["fits"]))
    return judged_by(prediction, given, _source(records), of, sealed.fitted_until, sealed.seal)


def _window_of_forecast(sealed: Sealed, records: Records, path: str | Path) -> Window:
    end = records.until
    if records.start > sealed.counted_from or end < sealed.until:
        raise InputError(
            f"{path}: contains the inspection years from {records.start} to {date(end.year, 3, 31)}, but the forecast "
            f"covers those from {sealed.counted_from} to {date(sealed.until.year, 3, 31)}. Use records of all of "
            "these years, and earlier ones if you have them"
        )
    return Window(max(records.start, sealed.start), sealed.counted_from, sealed.until)


def _source(path: str | Path) -> Source:
    return Source(Path(path).name, hashlib.sha256(Path(path).read_bytes()).hexdigest())
