"""How the judgements of several strands become one: as a framework's file writes it, and as numbers."""

from typing import Final, Literal

import numpy as np

from simulator.inspectorate.clause_values import ServiceTypes
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.inspectorate.sources import Sourced


class OverallJudgement(Sourced):
    """How the judgements of several strands become one: by best fit, or limited by the worst."""

    types: ServiceTypes
    """The service types whose strands are judged one by one."""
    by: Literal["best_fit", "limiting"]
    """"best_fit" is the middle of the strands' grades; "limiting" is poor if any strand is, else the middle."""


def _write(policy: np.void, at: int, overall: OverallJudgement, _: Writing) -> None:
    policy["limiting"][at] = overall.by == "limiting"


OVERALL_JUDGEMENTS: Final = NamedClauses(
    fields=[("limiting", "i8", BY_TYPE)], write=_write, event="the strands of a {service_type}"
)
