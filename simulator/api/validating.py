"""`simulator.validate`, `simulator.forecast` and `simulator.score`: does the model predict what happens."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.api.answer import Answer
from simulator.api.asked import plainly
from simulator.questions.validate import ask as predictions
from simulator.questions.validate import posed
from simulator.questions.validate.ask import MOST_FITS, RUNS
from simulator.questions.validate.asked import Wanted
from simulator.questions.validate.foretold import Foretold, foretell
from simulator.questions.validate.judged import Judged
from simulator.running.crews import cores
from simulator.running.replicating import Progress

if TYPE_CHECKING:
    import pandas as pd

    from simulator.answers.keeping import Keeping
    from simulator.charts.sheet import Chart


class Validated(Answer):
    """The answer of `validate` and of `score`."""

    def __init__(self, judged: Judged, began: datetime) -> None:
        name = "score" if judged.seal else "validate"
        super().__init__(judged.question, judged, {"python": f"simulator.{name}"}, began)
        self.judged = judged

    @property
    def sentences(self) -> list[str]:
        """How many figures are hit, how many lie in the range, and beside the forecast that nothing changes."""
        from simulator.questions.validate.told import judged_sentences

        return judged_sentences(self.judged)

    @property
    def caveats(self) -> list[str]:
        """What the sentences rest on."""
        from simulator.questions.validate.told import judged_caveats

        return judged_caveats(self.judged)

    @property
    def table(self) -> "pd.DataFrame":
        """The transition matrix for people: pairs, and shares recorded, predicted and if nothing changed."""
        from simulator.questions.calibrate.words import value_words

        frame = self.transitions
        shares = {name: frame[name].map(lambda each: value_words(each, "share")) for name in frame.columns[3:]}
        return frame.assign(**shares).rename(columns=lambda name: name.replace("_", " "))

    @property
    def figures(self) -> "pd.DataFrame":
        """Every figure: figure, title, unit, recorded, predicted with its range, outcome; and if nothing changed."""
        from simulator.questions.validate.frames import figures_frame

        return figures_frame(self.judged)

    @property
    def transitions(self) -> "pd.DataFrame":
        """The transition matrix: before, after, pairs, recorded, predicted with its range, nothing_changes."""
        from simulator.questions.validate.frames import transitions_frame

        return transitions_frame(self.judged)

    @property
    def scores(self) -> "pd.DataFrame":
        """How close it is: score, predicted, nothing_changes, figures."""
        from simulator.questions.validate.frames import scores_frame

        return scores_frame(self.judged)

    @property
    def by_fit(self) -> "pd.DataFrame":
        """Every predicted figure under each fit: fit, figure, value."""
        return self.judged.prediction.fits_frame()

    @property
    def _keeping(self) -> "Keeping[Judged]":
        from simulator.questions.validate.kept import VALIDATED

        return VALIDATED

    def _draw(self) -> "Sequence[Chart]":
        from simulator.questions.validate.chart import judged_charts

        return [chart for chart, _ in judged_charts(self.judged)]


class Forecast(Answer):
    """The answer of `forecast`; `save` writes it as a sealed folder."""

    def __init__(self, foretold: Foretold, began: datetime) -> None:
        super().__init__(foretold.forward.question, foretold, {"python": "simulator.forecast"}, began)
        self.foretold = foretold

    @property
    def sentences(self) -> list[str]:
        """The main figures, each with its range over the fits."""
        from simulator.questions.validate.told import prediction_sentences

        return prediction_sentences(self.foretold.prediction)

    @property
    def caveats(self) -> list[str]:
        """What the sentences rest on."""
        from simulator.questions.validate.foretold import foretold_caveats

        return foretold_caveats(self.foretold)

    @property
    def table(self) -> "pd.DataFrame":
        """Every figure for people: its mean over the fits, and their range."""
        import pandas as pd

        from simulator.questions.calibrate.words import value_words

        rows = [
            (each.title, *(value_words(value, each.unit) for value in values))
            for each, *values in zip(
                self.foretold.prediction.moments,
                self.foretold.prediction.mean,
                self.foretold.prediction.low,
                self.foretold.prediction.high,
                strict=True,
            )
        ]
        return pd.DataFrame(rows, columns=["figure", "mean", "least", "greatest"])

    @property
    def figures(self) -> "pd.DataFrame":
        """Every figure, for every day from which inspections may be known: known_from, figure, predicted and so on."""
        from simulator.questions.validate.foretold import forecast_frame

        return forecast_frame(self.foretold)

    @property
    def by_fit(self) -> "pd.DataFrame":
        """Every figure under each fit: known_from, fit, figure, value."""
        from simulator.questions.validate.foretold import by_fit_frame

        return by_fit_frame(self.foretold)

    @property
    def _keeping(self) -> "Keeping[Foretold]":
        from simulator.questions.validate.foretold import FORETOLD

        return FORETOLD

    def _draw(self) -> "Sequence[Chart]":
        return []


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
    """Predict what inspection records show, by runs that begin before them, and tell hits from misses.

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
        Of more fits, the best and others evenly through the set.
    workers : int, optional
        Runs at a time; changes nothing that comes out.
    progress : callable, optional
        Told how many runs are done, of how many.

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
    return Validated(posed.validate(records, wanted, day, workers or cores(), progress), began)


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
        As of `validate`.

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
    return Forecast(foretell(wanted, _day(since), years, workers or cores(), progress), began)


@plainly(predictions.Score)
def score(folder: str | Path, records: str | Path, *, seal: str | None = None) -> Validated:
    """Compare a sealed forecast with what happened.

    Parameters
    ----------
    folder : str or Path
        That ``inspectsim forecast`` or ``Forecast.save`` has written.
    records : str or Path
        CSV file of inspections, of all the years foretold; earlier ones are what was known.
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
    return Validated(posed.score(folder, records, seal), began)


def _wanted(
    fits: str | Path, framework: str | Path | None, scenario: str | Path | None, replications: int, most_fits: int
) -> Wanted:
    rules, base = (None if each is None else str(each) for each in (framework, scenario))
    return Wanted(str(fits), rules, base, replications, most_fits)


def _day(given: date | str) -> date:
    return given if isinstance(given, date) else posed.read_day(given)
