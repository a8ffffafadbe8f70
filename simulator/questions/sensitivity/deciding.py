"""Which assumptions decide the difference between option A and the 2006 regime: a table that travels with the package.

Each assumption is moved by itself to either end of its range, all others as given, in a few replications with common
random numbers (`simulator.questions.sensitivity.one_at_a_time`): ``python -m docs.generators.deciding``.
"""

import csv
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from simulator.inputs.shipped import folder
from simulator.questions.sensitivity.assumptions import Assumption, assumptions_of
from simulator.questions.sensitivity.one_at_a_time import Swing, Swings
from simulator.running.question import Question, posed
from simulator.scenario.scenario import load_scenario
from simulator.source_files import digest_of, python_files, with_imports

SCENARIO: Final = "england-2006"
PAIR: Final = ("option-a", "2006-regime")
"""The difference is that of the first less the second."""
MEASURE: Final = "days_unfound_mean of childrens_home"
_FILE: Final = "deciding/england-2006.csv"
"""Below the folder of shipped scenarios."""
_KEY: Final = "deciding/england-2006.key"
"""File with the digest of what the table was made from."""
_MOVES_NOTHING: Final = "costs."
"""Section whose numbers turn what happened into days and pounds, and change nothing that happens."""
_MAKERS: Final = ("one_at_a_time", "plausible_worlds", "assumptions", "stages")
_ENDS: Final = 2


class Decider(NamedTuple):
    """An assumption, and the difference in days with it at either end of its range."""

    assumption: str
    """Its key."""
    low_end: float
    """Value or factor at the lower end; not-a-number where that differs from place to place."""
    high_end: float
    at_low: float
    """Difference with the assumption at the lower end, in days; not-a-number where no such world can be run."""
    at_default: float
    at_high: float
    half_width: float
    """Half of the 95% confidence interval of the larger change from the default, in days."""
    replications: int

    @property
    def swing(self) -> float:
        """Days by which the assumption moves the difference from the default, at the end that moves it further."""
        changes = [abs(end - self.at_default) for end in (self.at_low, self.at_high)]
        return max((change for change in changes if np.isfinite(change)), default=0.0)


def question_of() -> Question:
    """Return the question: the shipped scenario with the two frameworks."""
    question = posed(load_scenario(SCENARIO))
    frameworks = {framework.name: framework for framework in question.frameworks}
    return replace(question, frameworks=tuple(frameworks[name] for name in PAIR))


def varied(question: Question) -> list[Assumption]:
    """Return the assumptions that can move what happens in a run."""
    return [assumption for assumption in assumptions_of(question) if not assumption.key.startswith(_MOVES_NOTHING)]


def deciders(swings: Swings) -> list[Decider]:
    """Return the rows of the table: the assumption that moves the difference furthest first."""
    pairs = [swings.swings[at : at + _ENDS] for at in range(0, len(swings.swings), _ENDS)]
    rows = [_decider(low, high, swings) for low, high in pairs]
    return sorted(rows, key=lambda row: -row.swing)


def _decider(low: Swing, high: Swing, swings: Swings) -> Decider:
    further = max((low, high), key=lambda swing: np.nan_to_num(abs(float(swing.change.mean)), nan=-1.0))
    return Decider(
        low.assumption.key,
        low.assumption.at(0.0),
        low.assumption.at(1.0),
        float(low.difference.mean),
        float(swings.given.mean),
        float(high.difference.mean),
        float(further.change.high - further.change.low) / 2,
        swings.replications,
    )


def write_deciders(rows: Sequence[Decider]) -> Path:
    """Write the table and its key into the folder of shipped scenarios, and return the path of the table."""
    path = folder() / _FILE
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Decider._fields)
        writer.writerows([f"{value:.6g}" if isinstance(value, float) else value for value in row] for row in rows)
    (folder() / _KEY).write_text(f"{key_of_today()}\n", encoding="utf-8", newline="\n")
    return path


@cache
def read_deciders() -> tuple[Decider, ...]:
    """Read the table that travels with the package; nothing if it has not been made."""
    if not (folder() / _FILE).is_file():
        return ()
    with (folder() / _FILE).open(encoding="utf-8", newline="") as file:
        return tuple(_read(row) for row in csv.DictReader(file))


def _read(row: dict[str, str]) -> Decider:
    counts = {name: float(row[name]) for name in Decider._fields[1:-1]}
    return Decider(row["assumption"], replications=int(row["replications"]), **counts)


@cache
def is_of_today() -> bool:
    """Whether the table was made by the rules, the scenario and the frameworks that are here."""
    path = folder() / _KEY
    return path.is_file() and path.read_text(encoding="utf-8").strip() == key_of_today()


def key_of_today() -> str:
    """Compute a digest of all that the table follows from: source, scenario and frameworks."""
    source = with_imports(python_files(), [f"questions/sensitivity/{name}.py" for name in _MAKERS])
    files = [f"{SCENARIO}.toml", *(f"frameworks/{name}.toml" for name in PAIR)]
    return digest_of({**source, **{f"shipped/{name}": (folder() / name).read_bytes() for name in files}})
