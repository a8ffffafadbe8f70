"""A comparison over a set of fits that no command can name."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulator.answers.answer import Asked
from simulator.questions.calibrate.fits import Fits
from simulator.questions.compare.answer import Compared
from simulator.questions.compare.over_fits import MOST_COMPARED, ComparedOverFits
from simulator.questions.compare.run import find_comparison
from simulator.questions.over_fits.asking import ask_in_folders
from simulator.questions.over_fits.worlds import worlds_of
from simulator.running.crews import Crewing
from simulator.running.question import posed
from simulator.scenario.scenario import Scenario


def compared_over(scenario: Scenario, fits: Fits, folder: Path, crewing: Crewing, **how: Any) -> ComparedOverFits:
    """Compare under every fit, and keep finished runs in a folder."""
    worlds = worlds_of(posed(scenario), fits, MOST_COMPARED)
    how |= {"folder": folder, "crewing": crewing, "in_all": ComparedOverFits.ask_in_all}
    found = ask_in_folders(worlds, Compared, find_comparison, **how)
    return ComparedOverFits(found, Asked({}, datetime.now(UTC), datetime.now(UTC)))
