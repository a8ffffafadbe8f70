"""Whether records are enough to fit to, in words if not."""

from typing import Final, NamedTuple

import numpy as np

from simulator.inputs.messages import InputError
from simulator.questions.calibrate.counting import GOOD, count
from simulator.questions.calibrate.records import FULL, Records


class Need(NamedTuple):
    """What must be there, and what for."""

    what: str
    least: int
    why: str


_YEARS: Final = Need("whole inspection years", 2, "the years separate where the grades start from how they change")
_HOMES: Final = Need("providers with a full inspection", 150, "with fewer, random variation would pass for mechanisms")
_PAIRS: Final = Need("pairs of a full inspection and the next", 250, "how fast grades change is seen in them alone")
_POOR: Final = Need("judgements of inadequate", 30, "what follows a find is seen after them alone")
_FINDS: Final = Need(
    "finds of inadequate at a home last judged good or better", 15, "falls and concerns are seen in them alone"
)


def check_enough(records: Records, path: str) -> None:
    """Refuse records that are too few.

    Raises
    ------
    InputError
        Saying of each thing that is short how many there are, how many it takes, and what for.
    """
    short = [
        f"{there} {need.what}, {need.least} needed: {need.why}"
        for need, there in _counts(records)
        if there < need.least
    ]
    if short:
        raise InputError(
            f'{path}: the records of service type "{records.service_type}" are too few to fit to. There are\n'
            + "\n".join(f"  {line}" for line in short)
            + "\nRecords of more years or of several departments together can be fitted to."
        )


def _counts(records: Records) -> list[tuple[Need, int]]:
    """Count what is needed."""
    seen = records.inspections
    counted = count(seen)
    full = seen.kind == FULL
    poor = full & (seen.grade == 1)
    return [
        (_YEARS, records.years),
        (_HOMES, len(np.unique(seen.provider[full]))),
        (_PAIRS, len(counted.pairs.before)),
        (_POOR, int(poor.sum())),
        (_FINDS, int((poor & (counted.graded_before >= GOOD)).sum())),
    ]
