"""`simulator.validate`, `simulator.forecast` and `simulator.score`: does the model predict what happens."""

from datetime import UTC, date, datetime
from pathlib import Path

from simulator.answers.answer import Asked
from simulator.api.asked import plainly
from simulator.questions.validate import ask as predictions
from simulator.questions.validate import posed
from simulator.questions.validate.answer import Scored, Validated
from simulator.questions.validate.ask import MOST_FITS, RUNS
from simulator.questions.validate.asked import Wanted
from simulator.questions.validate.forecast_answer import Forecast
from simulator.questions.validate.foretold import foretell
from simulator.running.crews import cores
from simulator.running.replicating import Progress


@plainly(predictions.Validate)
def validate(  # noqa: PLR0913  (a choice each)
    records: str | Path,
    fits: str | Path,
    *,
    framework: str | Path | None = None,
    since: date | str | None = None,
    scenario: str | Path | None = None,
    replications: int = RUNS,
    most_fits: int = MOST_FITS,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Validated:
    """Predict what inspection records show, by runs that begin before them, and separate hits from misses.

    Parameters
    ----------
    records : str or Path
        CSV file of inspections, as ``inspectsim calibrate`` takes it.
    fits : str or Path
        Set of fits: folder of a calibration, or name of a shipped set.
    framework : str or Path, optional
        In force from `since` on: shipped name, or path of a TOML file; if left out, that of the fits stays in force.
    since : date or str, optional
        First day of the years that are predicted, a 1 April; if left out, the first that records and runs both know.
    scenario : str or Path, optional
        What is not fitted; if left out, that of the calibration.
    replications : int
        Runs of each fit, 2 or more.
    most_fits : int
        Maximum number of fits used: the best, and others evenly through the set.
    workers : int, optional
        Runs at a time; changes no result.
    progress : callable, optional
        Called with the number of runs done and the total.

    Returns
    -------
    Validated

    Raises
    ------
    InputError
        If something given cannot be used.

    Examples
    --------
    >>> import simulator
    >>> simulator.validate("records.csv", "homes-2014", since="2016-04-01")
    Traceback (most recent call last):
    simulator.inputs.messages.InputError: there is no set of fits "homes-2014"; ...
    """
    began = datetime.now(UTC)
    wanted = _wanted(fits, framework, scenario, replications, most_fits)
    day = _day(since) if since is not None else None
    judged = posed.validate(records, wanted, day, workers or cores(), progress)
    return Validated(judged, Asked({"python": "simulator.validate"}, began, datetime.now(UTC)))


@plainly(predictions.Forecast)
def forecast(  # noqa: PLR0913  (a choice each)
    fits: str | Path,
    *,
    since: date | str,
    years: int,
    framework: str | Path | None = None,
    scenario: str | Path | None = None,
    replications: int = RUNS,
    most_fits: int = MOST_FITS,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Forecast:
    """Predict the figures of years to come; ``.save(folder)`` seals them.

    Parameters
    ----------
    years : int
        Inspection years to predict.
    fits, since, framework, scenario, replications, most_fits, workers, progress
        As in `validate`.

    Returns
    -------
    Forecast

    Raises
    ------
    InputError
        If something given cannot be used.

    Examples
    --------
    >>> import simulator
    >>> answer = simulator.forecast("homes-2014-2017", since="2017-04-01", years=1, replications=2, most_fits=1)
    >>> print(answer.sentences[0])
    Full inspections of 2017-18 that judge inadequate: ...% (... over the fits).
    """
    began = datetime.now(UTC)
    wanted = _wanted(fits, framework, scenario, replications, most_fits)
    foretold = foretell(wanted, _day(since), years, workers or cores(), progress)
    return Forecast(foretold, Asked({"python": "simulator.forecast"}, began, datetime.now(UTC)))


@plainly(predictions.Score)
def score(folder: str | Path, records: str | Path, *, seal: str | None = None) -> Validated:
    """Compare a sealed forecast with what happened.

    Parameters
    ----------
    folder : str or Path
        That ``inspectsim forecast`` or ``Forecast.save`` has written.
    records : str or Path
        CSV file of inspections, of all the years predicted; earlier ones are what was known.
    seal : str, optional
        Its digest as it was noted when it was made.

    Returns
    -------
    Validated

    Raises
    ------
    InputError
        If the folder is not as it was sealed, or the records are not of its years.

    Examples
    --------
    >>> import simulator
    >>> simulator.score("sealed", "records.csv")
    Traceback (most recent call last):
    simulator.inputs.messages.InputError: sealed: contains no sealed forecast (...). Use ...
    """
    began = datetime.now(UTC)
    judged = posed.score(folder, records, seal)
    return Scored(judged, Asked({"python": "simulator.score"}, began, datetime.now(UTC)))


def _wanted(
    fits: str | Path, framework: str | Path | None, scenario: str | Path | None, replications: int, most_fits: int
) -> Wanted:
    rules, base = (None if given is None else str(given) for given in (framework, scenario))
    return Wanted(str(fits), rules, base, replications, most_fits)


def _day(given: date | str) -> date:
    return given if isinstance(given, date) else posed.read_day(given)
