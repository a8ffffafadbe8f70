"""One number in place of a table whose numbers are all the same: ``months = 36``, ``effort_days = 2.5``.

A file has either. A framework that has been read has the table, so that whatever is computed and varied is the same;
what is written for people or into files has the number again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

from simulator.inputs.messages import shown
from simulator.inputs.toml_files import Table
from simulator.inspectorate.clause_values import GROUPS, MOST_EFFORT
from simulator.inspectorate.kinds import RATINGS

EFFORT: Final = "effort_days"
"""The key of a kind of inspection that has a number for each service type."""
_MADE_AT: Final[dict[str, tuple[str, ...]]] = {
    "first": GROUPS["registered_providers"],
    "secure": ("secure_childrens_home",),
    "area": ("local_authority",),
    "desk": ("local_authority",),
    "follow_up": ("local_authority",),
    "children_in_care": ("local_authority",),
}
"""The service types that a kind of inspection is made at, if not at all providers: those that one number is for."""


@dataclass(frozen=True)
class OneNumber:
    """Marks a table that may be given as one number, which then stands at each of these keys."""

    keys: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Spread a number over the keys before the table is checked."""
        return core_schema.no_info_wrap_validator_function(self._spread, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow a number with the bounds that the numbers of the table have."""
        table = handler.resolve_ref_schema(handler(schema))
        number = table.get("properties", {}).get(self.keys[0]) or table["additionalProperties"]
        return number | table | {"type": [number["type"], table["type"]]}

    def _spread(self, given: Any, check: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if given is None or isinstance(given, (Mapping, BaseModel)):
            return check(given)
        if not _is_number(given):
            message = f"given {shown(given)}; must be a number, or a table with the keys {', '.join(self.keys)}"
            raise PydanticCustomError("not_one_of", "{message}", {"message": message})
        try:
            return check(dict.fromkeys(self.keys, given))
        except ValidationError as error:  # the same of every key: said once
            first = error.errors()[0]
            raise PydanticKnownError(first["type"], first.get("ctx")) from None  # type: ignore[arg-type]


BY_RATING: Final = OneNumber(("excellent", "good", "adequate", "poor", "not_yet_graded"))
"""Marks a table by the rating held."""
BY_SERVICE: Final = OneNumber(GROUPS["all_providers"])
"""Marks a table by service type."""


def with_efforts_as_tables(layer: Table) -> Table:
    """Spread efforts given as one number, so that files laid over one another may change some service types."""
    kinds = layer.get("kinds")
    if not isinstance(kinds, dict):
        return layer
    return layer | {"kinds": {name: _as_table(name, kind) for name, kind in kinds.items()}}


def in_short(framework: Table) -> Table:
    """Write one number for every table of a framework whose numbers are all the same."""
    return {
        section: {name: _clause_in_short(section, name, clause) for name, clause in value.items()}
        if isinstance(value, dict)
        else value
        for section, value in framework.items()
    }


def by_rating_in_short(value: Any) -> Any:
    """Return the number that a table has for every rating; anything else as it is."""
    return _one_of(value, RATINGS)


def efforts_in_short(kind: str, efforts: Mapping[str, float]) -> Any:
    """Return the number that a kind of inspection takes at every service type it is made at; else the table."""
    return _one_of(efforts, _made_at(kind))


def _clause_in_short(section: str, name: str, clause: Any) -> Any:
    if not isinstance(clause, dict):
        return clause
    short = {key: by_rating_in_short(value) for key, value in clause.items()}
    if section == "kinds" and EFFORT in clause:
        short[EFFORT] = efforts_in_short(name, clause[EFFORT])
    return short


def _as_table(name: str, kind: Any) -> Any:
    effort = kind.get(EFFORT) if isinstance(kind, dict) else None
    if not _is_number(effort) or not 0 < effort <= MOST_EFFORT:  # the model refuses it once, not for every service type
        return kind
    return kind | {EFFORT: dict.fromkeys(_made_at(name), effort)}


def _made_at(kind: str) -> tuple[str, ...]:
    return _MADE_AT.get(kind, GROUPS["all_providers"])


def _one_of(value: Any, keys: Iterable[str]) -> Any:
    is_one = isinstance(value, Mapping) and set(value) == set(keys) and len({*value.values()}) == 1
    return next(iter(value.values())) if is_one else value


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
