"""Which assumptions decide the difference between option A and the 2006 regime: the table of the page Assumptions.

``python -m docs.generators.deciding`` moves each assumption to either end of its range and writes
``scenarios/deciding/england-2006.csv``; ``--replications N`` sets how often. What is finished is kept in a folder
(``--folder``, by default ``build/deciding``), from which it continues when it is stopped and started again.
"""

import argparse
import time
from pathlib import Path
from typing import Final

from simulator.questions.sensitivity.deciding import MEASURE, deciders, question_of, varied, write_deciders
from simulator.questions.sensitivity.one_at_a_time import Swings, swings_of, swings_plan
from simulator.questions.sensitivity.stages import Stages
from simulator.running.crews import Crewing
from simulator.running.interruption import interruption
from simulator.running.targets import quantity

_REPLICATIONS: Final = 6


def swings_in(folder: Path, replications: int, threads: int = 1) -> Swings:
    """Run the question with each assumption at either end of its range; finished runs are kept in a folder."""
    question = question_of()
    every = varied(question)
    of = quantity(MEASURE, question.service_types)
    with interruption() as heard:
        staged = Stages(question, of, folder, Crewing("compiled", threads), True, heard, _tell)
        plan = swings_plan(every, replications)
        staged.expect(2 * plan.replications.size)
        return swings_of(every, staged.run("swings", every, plan))


def _tell(done: int, total: int) -> None:
    print(f"\r{done} of {total} runs", end="", flush=True)


def main() -> None:
    """Make the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replications", type=int, default=_REPLICATIONS)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("build/deciding"))
    asked = parser.parse_args()
    found = swings_in(asked.folder, asked.replications, asked.threads)
    path = write_deciders(deciders(found))
    print(f"\n{path.name}: {time.process_time():.0f} s of processor time")


if __name__ == "__main__":
    main()
