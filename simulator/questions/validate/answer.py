"""The answers of `validate` and `score`: a prediction beside what was recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.questions.calibrate.words import value_words
from simulator.questions.validate import report
from simulator.questions.validate.chart import judged_charts
from simulator.questions.validate.files import FIGURES_BY_FIT, FILES, SCORES, TRANSITIONS, VALIDATION
from simulator.questions.validate.frames import figures_frame, scores_frame, transitions_frame
from simulator.questions.validate.judged import Judged
from simulator.questions.validate.told import judged_caveats, judged_sentences

if TYPE_CHECKING:
    import pandas as pd


class Validated(Answer):
    """The answer of `validate`."""

    kind = Kind(
        "validate",
        "Does it predict what happened",
        FILES,
        report.question,
        report.sections,
        report.validate_command,
        report.figures,
        needs="the records and the set of fits",
    )
    apart = True

    def __init__(self, judged: Judged, asked: Asked) -> None:
        super().__init__(judged.question, asked)
        self.judged = judged

    @property
    def sentences(self) -> list[str]:
        """How many figures are hit, how many lie in the range, and beside the forecast that nothing changes."""
        return judged_sentences(self.judged)

    @property
    def rests_on(self) -> list[str]:
        """What the sentences rest on."""
        return judged_caveats(self.judged)

    @property
    def table(self) -> "pd.DataFrame":
        """The transition matrix for people: pairs, and shares recorded, predicted and if nothing changed."""
        frame = self.transitions
        shares = {name: frame[name].map(lambda share: value_words(share, "share")) for name in frame.columns[3:]}
        return frame.assign(**shares).rename(columns=lambda name: name.replace("_", " "))

    @property
    def figures(self) -> "pd.DataFrame":
        """Every figure: figure, title, unit, recorded, predicted with its range, outcome; and if nothing changed."""
        return figures_frame(self.judged)

    @property
    def transitions(self) -> "pd.DataFrame":
        """The transition matrix: before, after, pairs, recorded, predicted with its range, nothing_changes."""
        return transitions_frame(self.judged)

    @property
    def scores(self) -> "pd.DataFrame":
        """How close it is: score, predicted, nothing_changes, figures."""
        return scores_frame(self.judged)

    @property
    def by_fit(self) -> "pd.DataFrame":
        """Every predicted figure under each fit: fit, figure, value."""
        return self.judged.prediction.fits_frame()

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table."""
        return {
            VALIDATION: self.figures,
            TRANSITIONS: self.transitions,
            SCORES: self.scores,
            FIGURES_BY_FIT: self.by_fit,
        }

    def _draw(self) -> Sequence[Drawn]:
        return [Drawn(*pair) for pair in judged_charts(self.judged)]

    @property
    def made(self) -> Mapping[str, Any]:
        """Which fits were run how often, for which records and days."""
        judged, prediction, window = self.judged, self.judged.prediction, self.judged.prediction.window
        return {
            "fits": judged.fits,
            "fits_run": list(prediction.numbers),
            "replications": prediction.runs,
            "records": {"name": judged.source.name, "sha256": judged.source.digest},
            "known_from": window.known_from.isoformat(),
            "counted_from": window.counted_from.isoformat(),
            "until": window.until.isoformat(),
        }


class Scored(Validated):
    """The answer of `score`: a sealed forecast beside what was recorded."""

    kind = replace(
        Validated.kind,
        name="score",
        title="Did the forecast come true",
        command=report.score_command,
        needs="the records and the sealed forecast",
    )

    @property
    def made(self) -> Mapping[str, Any]:
        """The same, and the seal of the forecast."""
        return {**super().made, "seal_of_the_forecast": self.judged.seal}
