"""Which question is told by which module: a line for each, by the name that its manifest gives it."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from simulator.answers.document import Figure, Section
from simulator.answers.kept_run import KeptRun
from simulator.answers.run_files import (
    COMPARISON_FILES,
    FORECAST_FILES,
    FRONTIER_FILES,
    LEVELS_OVER_FITS_FILES,
    LIFE_FILES,
    OVER_FITS_FILES,
    SENSITIVITY_FILES,
    SIZE_FILES,
    VALIDATION_FILES,
)
from simulator.answers.sheets import SheetOf
from simulator.inputs.messages import InputError
from simulator.questions.compare import report as comparison
from simulator.questions.frontier import report as frontier
from simulator.questions.over_fits import comparison_report as over_fits
from simulator.questions.over_fits import levels_report as levels_over_fits
from simulator.questions.sensitivity import report as sensitivity
from simulator.questions.size import report as sizing
from simulator.questions.trace import report as lives
from simulator.questions.validate import forecast_report as forecast
from simulator.questions.validate import report as validation


class Told(NamedTuple):
    """How the answer to a question is told."""

    title: str
    question: Callable[[KeptRun], str]
    """What was asked, in a sentence or two."""
    figures: Callable[[KeptRun], list[Figure]]
    """Its charts, each with its numbers."""
    sections: Callable[[KeptRun], list[Section]]
    """What is told of it alone, costs last."""
    command: Callable[[KeptRun], list[str]]
    """What to type to ask it again, with FOLDER for the folder of the run."""
    sheets: tuple[SheetOf, ...]
    files: Mapping[str, str]
    """What its files hold."""


QUESTIONS: Final[Mapping[str, Told]] = {
    "compare": Told(
        "Frameworks of inspection compared",
        comparison.question,
        comparison.figures,
        comparison.sections,
        comparison.command,
        comparison.SHEETS,
        COMPARISON_FILES,
    ),
    "compare over fits": Told(
        "Frameworks of inspection compared over a set of fits",
        over_fits.question,
        over_fits.figures,
        over_fits.sections,
        over_fits.command,
        over_fits.SHEETS,
        OVER_FITS_FILES,
    ),
    "size": Told(
        "How many inspectors are needed",
        sizing.question,
        sizing.figures,
        sizing.sections,
        sizing.command,
        sizing.SHEETS,
        SIZE_FILES,
    ),
    "frontier": Told(
        "Results by number of inspectors",
        frontier.question,
        frontier.figures,
        frontier.sections,
        frontier.command,
        frontier.SHEETS,
        FRONTIER_FILES,
    ),
    "size over fits": Told(
        "How many inspectors are needed, over a set of fits",
        levels_over_fits.size_question,
        levels_over_fits.no_figures,
        levels_over_fits.size_sections,
        levels_over_fits.size_command,
        levels_over_fits.SIZE_SHEETS,
        LEVELS_OVER_FITS_FILES,
    ),
    "frontier over fits": Told(
        "Results by number of inspectors, over a set of fits",
        levels_over_fits.frontier_question,
        levels_over_fits.no_figures,
        levels_over_fits.frontier_sections,
        levels_over_fits.frontier_command,
        levels_over_fits.FRONTIER_SHEETS,
        LEVELS_OVER_FITS_FILES,
    ),
    "sensitivity": Told(
        "Would the answer change if the assumptions are wrong",
        sensitivity.question,
        sensitivity.figures,
        sensitivity.sections,
        sensitivity.command,
        sensitivity.SHEETS,
        SENSITIVITY_FILES,
    ),
    "trace": Told(
        "The life of one provider",
        lives.question,
        lives.figures,
        lives.sections,
        lives.command,
        lives.SHEETS,
        LIFE_FILES,
    ),
    "validate": Told(
        "Does it predict what happened",
        validation.question,
        validation.figures,
        validation.sections,
        validation.validate_command,
        validation.SHEETS,
        VALIDATION_FILES,
    ),
    "score": Told(
        "Did the forecast come true",
        validation.question,
        validation.figures,
        validation.sections,
        validation.score_command,
        validation.SHEETS,
        VALIDATION_FILES,
    ),
    "forecast": Told(
        "Forecast",
        forecast.question,
        forecast.figures,
        forecast.sections,
        forecast.command,
        forecast.SHEETS,
        FORECAST_FILES,
    ),
}


def told_of(run: KeptRun) -> Told:
    """Find how the question of a run is told.

    Raises
    ------
    InputError
        If it is none of these.
    """
    told = QUESTIONS.get(str(run.manifest.get("question")))
    if told is not None:
        return told
    version = run.manifest["inspectsim"]
    commands = dict.fromkeys(name.split()[0] for name in QUESTIONS)
    raise InputError(
        f"{run.folder}: contains no run that can be reported (written by inspectsim {version}, which may be older, or "
        f"it answers another question); allowed: the folder of inspectsim {', '.join(commands)}. {run.remedy}"
    )
