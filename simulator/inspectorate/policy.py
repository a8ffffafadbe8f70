"""A framework as numbers: one record that the handlers look rules up in.

`POLICY` has one row per framework of a run's timeline. Its nested tables are indexed by service type
(in the order of `SERVICE_TYPES`), kind of inspection (`KINDS`), rule and rating (0 not yet graded, 1 poor
to 4 excellent); all times are ticks.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from simulator.inspectorate.assessments import KEPT_FIELDS, let_believe
from simulator.inspectorate.framework import NAMED_CLAUSES, Framework
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.inspectorate.kinds import DESK, KINDS, RATINGS
from simulator.inspectorate.named_clauses import Fields, NamedClauses, Writing, concerned
from simulator.ticks import TICKS_PER_DAY
from simulator.world.services import SERVICE_TYPES

TYPE_COUNT: Final = len(SERVICE_TYPES)
KIND_COUNT: Final = len(KINDS)
GRADES: Final = len(RATINGS)

_KIND_FIELDS: Final[Fields] = [
    ("effort", "f8", (KIND_COUNT, TYPE_COUNT)),
    ("effort_spread", "f8", (KIND_COUNT,)),
    ("effort_log_variance", "f8", (KIND_COUNT,)),  # of the log-normal factor of that spread
    ("team", "i8", (KIND_COUNT,)),
    ("grades", "i8", (KIND_COUNT,)),
    ("direction", "i8", (KIND_COUNT,)),
    ("visits_there", "i8", (KIND_COUNT,)),  # 1 if it goes to the provider: all but work at the desk
    ("sigma", "f8", (KIND_COUNT,)),
    ("detects", "i8", (KIND_COUNT,)),
    ("priority", "i8", (KIND_COUNT,)),
    ("counts", "i8", (KIND_COUNT,)),
    ("lapse", "i8", (KIND_COUNT,)),  # after the date on which it was wanted, where it is not statutory
    ("pool", "i8", (KIND_COUNT,)),  # the first part of it, if it is regional
    ("regional", "i8", (KIND_COUNT,)),  # 1 if each region has a part of the pool
]

POLICY: Final = np.dtype(
    (np.record, [*(field for section in NAMED_CLAUSES.values() for field in section.fields), *_KIND_FIELDS])
)


def policy_of(
    framework: Framework, pools: Sequence[str], epoch: date, priorities: Mapping[str, int] = MappingProxyType({})
) -> np.void:
    """Turn a framework into one `POLICY` record.

    Parameters
    ----------
    framework : Framework
        The rules, as written in its file.
    pools : sequence of str
        Names of the inspector pools, in the order of their codes: that of a regional one for each of its parts.
    epoch : date
        Day of tick 0.
    priorities : mapping of str to int
        Priorities of kinds of inspection that hold in place of those of the framework.

    Raises
    ------
    InputError
        If a clause or kind of inspection names a pool that the scenario does not have.
    """
    policy: np.void = np.zeros(1, dtype=POLICY)[0]
    kinds = {name: _with_priority(kind, name, priorities) for name, kind in framework.kinds.items()}
    writing = Writing(framework.name, "", kinds, pools, epoch)
    for name, kind in kinds.items():
        _write_kind(policy, KINDS.index(name), kind, writing._replace(key=f"kinds.{name}"))
    for section, declared in NAMED_CLAUSES.items():
        for name, clause, at in _placed(getattr(framework, section), declared):
            own = clause if getattr(clause, "kind", None) not in priorities else _of_kind(clause)
            declared.write(policy, at, own, writing._replace(key=f"{section}.{name}"))
    return policy


def _with_priority(kind: KindOfInspection, name: str, priorities: Mapping[str, int]) -> KindOfInspection:
    return kind.model_copy(update={"priority": priorities[name]}) if name in priorities else kind


def _of_kind(clause: Any) -> Any:
    """Return a clause whose inspections have the priority of their kind, and none of its own."""
    return clause.model_copy(update={"priority": None}) if getattr(clause, "priority", None) else clause


def _placed(clauses: Mapping[str, Any], declared: NamedClauses) -> Iterator[tuple[str, Any, int | tuple[int, int]]]:
    """Return the clauses of a section with their places in the record: a service type, and a number if they have it."""
    rank = declared.rank
    names = clauses if rank is None else sorted(clauses, key=lambda name: rank(name, clauses[name]))
    numbers = [0] * TYPE_COUNT
    for name in names:
        for at in map(SERVICE_TYPES.index, concerned(clauses[name])):
            yield name, clauses[name], at if declared.most is None else (at, numbers[at])
            numbers[at] += 1


def policies_of(
    timeline: Sequence[Framework],
    pools: Sequence[str],
    epoch: date,
    priorities: Mapping[str, int] = MappingProxyType({}),
) -> npt.NDArray[np.void]:
    """Turn the frameworks of a timeline into a table of `POLICY`, and mark the clauses that each keeps."""
    policies = np.array([policy_of(framework, pools, epoch, priorities) for framework in timeline], dtype=POLICY)
    for before, after in pairwise(policies):
        for section in NAMED_CLAUSES.values():
            if section.kept and section.most:
                compared = [field for field, *_ in section.fields if field != section.kept]
                for at in np.ndindex(TYPE_COUNT, section.most):
                    after[section.kept][at] = _is_same(before, after, compared, at)
        for service_type in range(TYPE_COUNT):
            after["assessment_kept"][service_type] = _is_same(before, after, KEPT_FIELDS, (service_type,))
    let_believe(policies)
    return policies


def _is_same(before: np.void, after: np.void, fields: Iterable[str], at: tuple[int, ...]) -> bool:
    return all(np.array_equal(before[field][at], after[field][at]) for field in fields)


def _write_kind(policy: np.void, k: int, kind: KindOfInspection, writing: Writing) -> None:
    policy["pool"][k] = writing.code_of(kind.pool)
    policy["regional"][k] = writing.is_regional(kind.pool)
    for service_type, days in kind.effort_days.items():
        policy["effort"][k, SERVICE_TYPES.index(service_type)] = days
    policy["effort_spread"][k] = kind.effort_spread
    policy["effort_log_variance"][k] = math.log(1.0 + kind.effort_spread * kind.effort_spread)
    policy["team"][k] = kind.team
    policy["grades"][k] = kind.grades
    policy["direction"][k] = kind.direction
    policy["visits_there"][k] = k != DESK
    policy["sigma"][k] = kind.sigma
    policy["detects"][k] = kind.detects
    policy["priority"][k] = kind.priority
    policy["counts"][k] = kind.counts
    policy["lapse"][k] = kind.lapse_days * TICKS_PER_DAY
