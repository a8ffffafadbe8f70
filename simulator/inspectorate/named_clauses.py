"""A section of a framework whose clauses have names of their own: all that is known of it, declared beside its model.

The module of a clause has its model, its fields of `simulator.inspectorate.policy.POLICY`, what writes it into them,
and a `NamedClauses` of these; `simulator.inspectorate.framework.Framework` takes it in with one line. Checks, schema,
template and the table of numbers follow from there. Its words are in `simulator.frameworks.clause_words`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin

import numpy as np
from pydantic.fields import FieldInfo

from simulator.inputs.messages import InputError
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.inspectorate.sources import Sourced
from simulator.world.services import SERVICE_TYPES

Fields = Sequence[tuple[Any, ...]]
"""Fields of a record, as NumPy has them: name, type, shape."""
BY_TYPE: Final = (len(SERVICE_TYPES),)
"""The shape of a field with a number for each service type."""


class Writing(NamedTuple):
    """What is known where a clause is written into a record, beside the clause."""

    framework: str
    """Name of the framework."""
    key: str
    """Of the clause: its section and name."""
    kinds: Mapping[str, KindOfInspection]
    """Kinds of inspection of the framework."""
    pools: Sequence[str]
    """Names of the inspector pools by their codes: that of a regional one for each of its parts."""
    epoch: date
    """Day of tick 0."""

    def code_of(self, pool: str) -> int:
        """Return the code of a pool, of a regional one that of its first part.

        Raises
        ------
        InputError
            If the scenario does not have it.
        """
        if pool not in self.pools:
            raise InputError(
                f'framework "{self.framework}": {self.key}.pool is "{pool}", '
                f"but the scenario has only these pools: {', '.join(dict.fromkeys(self.pools))}"
            )
        return self.pools.index(pool)

    def is_regional(self, pool: str) -> bool:
        """Return whether each region has a part of a pool."""
        return self.pools.count(pool) > 1


@dataclass(frozen=True)
class NamedClauses:
    """What is known of the clauses of a section, beside their model."""

    fields: Fields
    """Their fields of a record."""
    write: Callable[[np.void, Any, Any, Writing], None]
    """Writes a clause into a record at a service type, or at a service type and the clause's number there."""
    event: str = ""
    """For which event a clause says what is to happen: two of them for the same one contradict each other."""
    most: int | None = None
    """Clauses that one service type may have, numbered there; if none is given, they have no numbers."""
    called: str = ""
    """What several of them are called, if not as their section."""
    rank: Callable[[str, Any], Any] | None = None
    """What they are numbered by, of name and clause; if none is given, they are in the order of the file."""
    kept: str = ""
    """The field that marks a clause which the framework before had too; empty if there is none."""


def sections_of(framework: type[Any]) -> dict[str, NamedClauses]:
    """Return the sections of a model of frameworks whose clauses have names of their own, in its order."""
    return {
        name: declared
        for name, field in framework.model_fields.items()
        for declared in field.metadata
        if isinstance(declared, NamedClauses)
    }


def models_in(section: FieldInfo) -> tuple[type[Sourced], ...]:
    """Return the models that the clauses of a section may have: one, or one for each form."""
    hint = get_args(section.annotation)[1]
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return get_args(hint) or (hint,)


def concerned(clause: Any) -> tuple[str, ...]:
    """Return the service types of which a clause says something."""
    for key in ("types", "services", "covers"):
        if hasattr(clause, key):
            return tuple(getattr(clause, key))
    raise TypeError(f"{type(clause).__name__} is of no service type")
