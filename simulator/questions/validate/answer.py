"""The answers of `validate` and `score`: a prediction beside what was recorded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator.answers.kind import Kind
from simulator.answers.read_off import Frame, ReadOff, Shown
from simulator.questions.validate import report
from simulator.questions.validate.chart import judged_charts
from simulator.questions.validate.files import FIGURES_BY_FIT, FILES, SCORES, TRANSITIONS, VALIDATION
from simulator.questions.validate.frames import figures_frame, fits_frame, scores_frame, shown_frame, transitions_frame
from simulator.questions.validate.judged import Judged
from simulator.questions.validate.told import judged_caveats, judged_sentences


class Validated(ReadOff[Judged]):
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
    shown = Shown(judged_sentences, judged_caveats, shown_frame, judged_charts)

    figures = Frame(VALIDATION, figures_frame)
    transitions = Frame(TRANSITIONS, transitions_frame)
    scores = Frame(SCORES, scores_frame)
    by_fit = Frame(FIGURES_BY_FIT, fits_frame)

    @property
    def made(self) -> Mapping[str, Any]:
        """Which fits were run how often, for which records and days."""
        judged, prediction, window = self.found, self.found.prediction, self.found.prediction.window
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
        return {**super().made, "seal_of_the_forecast": self.found.seal}
