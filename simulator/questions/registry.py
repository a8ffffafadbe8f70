"""The questions that leave answers in a folder: a line for each."""

from collections.abc import Mapping
from typing import Final

from simulator.answers.answer import Answer
from simulator.answers.kind import Kind
from simulator.questions.compare.answer import Compared
from simulator.questions.frontier.answer import Curves
from simulator.questions.over_fits.comparison_answer import ComparedOverFits
from simulator.questions.over_fits.levels_answer import CurvesOverFits, SizedOverFits
from simulator.questions.sensitivity.answer import Worlds
from simulator.questions.size.answer import Sized
from simulator.questions.trace.answer import Lives
from simulator.questions.validate.answer import Scored, Validated
from simulator.questions.validate.forecast_answer import Forecast

ANSWERS: Final[tuple[type[Answer], ...]] = (
    Compared,
    ComparedOverFits,
    Sized,
    Curves,
    SizedOverFits,
    CurvesOverFits,
    Worlds,
    Lives,
    Validated,
    Scored,
    Forecast,
)
KINDS: Final[Mapping[str, Kind]] = {answer.kind.name: answer.kind for answer in ANSWERS}
"""What is declared of the answers to each question, by the name that manifests give it."""
