"""Who could answer which assumption: groups of assumptions that one inquiry would settle.

Which inquiry settles what is our own judgement, made for this question.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.questions.sensitivity.assumptions import Assumption


class Source(NamedTuple):
    """An inquiry that would settle some assumptions."""

    name: str
    """In tables."""
    title: str
    """Within a sentence: what could tell."""
    keys: tuple[str, ...]
    """Patterns of the keys of assumptions, a ``*`` for any characters; no key fits those of two sources."""


SOURCES: Final = (
    Source(
        "accounts",
        "the inspectorate's accounts of staff and time",
        (
            "capacity.*",
            "costs.cost_per_inspector_day",
            "kinds.*.effort*",
            "kinds.*.team",
            "kinds.*.lapse_days",
            "assessments.*.effort_days",
            "assessments.*.review_days",
            "alignments.*.saving",
        ),
    ),
    Source(
        "judgements",
        "a study of inspectors' judgements",
        ("kinds.*.sigma*", "overall_judgements*", "severity.*", "inspectors.*"),
    ),
    Source("news", "a year of complaints and concerns", ("signals.*", "triggers.*")),
    Source("quality", "records of quality over years", ("quality.*",)),
    Source(
        "intentions",
        "the department's intentions",
        (
            "rules.*",
            "first_inspections.*",
            "reinspections.*",
            "samples.*",
            "alignments.*.within_days",
            "self_assessments.*",
            "improvement_plans.*",
            "enforcement.*",
        ),
    ),
    Source(
        "providers",
        "a register of providers and their costs",
        ("population.*", "costs.provider_*", "costs.cost_per_provider_day", "costs.enforcement*"),
    ),
)
REST: Final = Source("rest", "anybody about all other assumptions", ())
"""Of assumptions that only other scenarios or frameworks have."""


def source_of(key: str) -> Source:
    """Return who could answer an assumption."""
    return next((source for source in SOURCES if fits(source, key)), REST)


def fits(source: Source, key: str) -> bool:
    """Return whether a source could answer an assumption."""
    return any(fnmatchcase(key, pattern) for pattern in source.keys)


def columns_by_source(assumptions: Sequence[Assumption]) -> dict[Source, npt.NDArray[np.int64]]:
    """Return the places of the assumptions of each source that has any."""
    sources = [source_of(assumption.key) for assumption in assumptions]
    there = [source for source in (*SOURCES, REST) if source in sources]
    return {source: np.array([place for place, one in enumerate(sources) if one == source]) for source in there}
