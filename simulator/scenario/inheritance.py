"""What a scenario takes from those that it extends: how many numbers, whose price year, and what it leaves out."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from pydantic import Field

from simulator.inputs.evidence import numbers
from simulator.inputs.messages import InputError, not_one_of, shown
from simulator.inputs.sections import Section
from simulator.inputs.toml_files import Table

_POOLS: Final = "capacity.pools."


class Inheritance(Section):
    """The numbers of a scenario that stand in the files of others."""

    numbers: Annotated[int, Field(ge=0)]
    """Numbers and dates of the scenario."""
    from_: Annotated[dict[str, Annotated[int, Field(ge=1)]], Field(alias="from")]
    """How many of them are inherited, by the name of the scenario that sets them."""
    price_year_from: str = ""
    """The scenario that sets the price year, where this one starts in another year than that; else empty."""


def inheritance(layers: Sequence[tuple[str, Table]], settings: Table) -> Table:
    """Count the numbers that a scenario inherits.

    Parameters
    ----------
    layers
        Names and settings of the files, the eldest first and the scenario itself last.
    settings
        The outcome.

    Returns
    -------
    dict
        As `Inheritance` reads it.
    """
    setting = {key: position for position, (_, table) in enumerate(layers) for key, _ in numbers(table)}
    keys = [key for key, _ in numbers(settings)]
    inherited: dict[str, int] = {}
    for key in keys:
        name = layers[setting[key]][0]
        if setting[key] < len(layers) - 1:
            inherited[name] = inherited.get(name, 0) + 1
    return {"numbers": len(keys), "from": inherited} | _price_year(layers)


def _price_year(layers: Sequence[tuple[str, Table]]) -> Table:
    """Name the scenario whose price year is inherited by one that starts in another year."""
    year, whose, start = None, "", None
    for name, table in layers:
        began = _within(table, "run", "start")
        if _within(table, "costs", "price_year") is not None:
            year, whose = name, ""
        elif year is not None and began is not None and _year(began) != _year(start):
            whose = year
        start = start if began is None else began
    return {"price_year_from": whose} if whose else {}


def _within(table: Table, section: str, key: str) -> Any:
    settings = table.get(section)
    return settings.get(key) if isinstance(settings, dict) else None


def _year(day: Any) -> int | None:
    return getattr(day, "year", None)


def without_pools(table: Table, left_out: Any, file: str) -> Table:
    """Return what a scenario inherits without the pools that it leaves out, each as ``capacity.pools.NAME``.

    Raises
    ------
    InputError
        If one is not inherited.
    """
    if not isinstance(left_out, list) or not all(isinstance(name, str) for name in left_out):
        raise InputError(f'{file}: leaves_out: given {shown(left_out)}; must be a list such as ["{_POOLS}area"]')
    capacity = table.get("capacity")
    pools = capacity.get("pools", {}) if isinstance(capacity, dict) else {}
    there = [f"{_POOLS}{name}" for name in pools]
    unknown = next((name for name in left_out if name not in there), None)
    if unknown is not None:
        raise InputError(f"{file}: leaves_out: {not_one_of(unknown, 'inherited pool', there)}")
    if not left_out:
        return dict(table)
    kept = {name: pool for name, pool in pools.items() if f"{_POOLS}{name}" not in left_out}
    return table | {"capacity": dict(capacity or {}) | {"pools": kept}}
