"""The shipped frameworks in plausible worlds: the table that the verdict of the shipped comparison reads.

``python -m docs.generators.worth make`` runs them (about two minutes of one processor) and writes
``scenarios/worlds/england-2006.csv`` with its key; with the folder of an earlier answer, from the runs in there.
"""

import sys
from typing import Final

import simulator
from simulator.inputs.shipped import folder
from simulator.questions.compare.in_worlds import FOLDER
from simulator.questions.compare.varied import KEY, SCENARIO, TABLE, shipped_digest

_MAKE: Final = "make"


def make(scenario: str = SCENARIO) -> None:
    """Run the worlds, or take the runs of an earlier answer, and write the table with its key."""
    answer = simulator.worth(scenario, crewing=simulator.Crewing(workers=1))
    place = folder() / FOLDER
    place.mkdir(exist_ok=True)
    answer.options.to_csv(place / TABLE, index=False, float_format="%.6g", lineterminator="\n")
    (place / KEY).write_text(f"{shipped_digest()}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if sys.argv[1:2] != [_MAKE]:
        sys.exit("usage: python -m docs.generators.worth make [FOLDER]")
    make(*sys.argv[2:3])
