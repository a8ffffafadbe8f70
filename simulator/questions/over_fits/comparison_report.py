"""The report of a comparison over a set of fits."""

from typing import TYPE_CHECKING, Final

from simulator.answers.kept_run import KeptRun
from simulator.questions.compare.report import measured_sections
from simulator.questions.compare.report import question as compared
from simulator.questions.over_fits.files import DIFFERENCES_OVER_FITS, INTERVALS, SUMMARY_OVER_FITS
from simulator.render.document import Section
from simulator.words.wording import counted

if TYPE_CHECKING:
    import pandas as pd

NOTE: Final = f"Below each number is {INTERVALS}."


def question(run: KeptRun) -> str:
    """Report what is asked."""
    return f"{compared(run)} {asked_in(run)}"


def asked_in(run: KeptRun) -> str:
    """Report in how many fits something was asked."""
    fits = counted(len(run.manifest["fits_run"]), "fit")
    return f"Answered for each of {fits} of the set {run.manifest['fits']}, which fit about equally well."


def sections(run: KeptRun) -> list[Section]:
    """Return key figures, differences and costs."""
    levels, differences = (_middle(run, name) for name in (SUMMARY_OVER_FITS, DIFFERENCES_OVER_FITS))
    return measured_sections(run, levels, differences, NOTE, "the median fit")


def _middle(run: KeptRun, name: str) -> "pd.DataFrame":
    return run.frame(name).rename(columns={"median": "mean"})


def command(run: KeptRun) -> list[str]:
    """Report what to type to compare again."""
    return ["inspectsim", "compare", "FOLDER", "--fits", str(run.manifest["fits"])]
