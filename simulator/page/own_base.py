"""What an own option begins from.

A *base* is the name of a shipped framework, or that and the name of a package that it carries:
``option-a+proposals-2006``.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from simulator.inspectorate.framework import Framework, extended_by, load_framework, shipped_frameworks
from simulator.inspectorate.framework_layers import Package, shipped_packages
from simulator.inspectorate.titles import Title
from simulator.words.wording import joined

_WITH: Final = "+"
_ANCHORS: Final = ("none", "clairvoyant", "random", "cyclic", "belief-index", "discretion")
"""Yardsticks: nothing to begin an option from."""


def base_of(framework: str, package: str) -> str:
    """Name what an option begins from; the package may be empty."""
    return f"{framework}{_WITH}{package}" if package else framework


def extended(base: str) -> str | list[str]:
    """Return what an option begun from a base extends, as a file has it."""
    names = base.split(_WITH)
    return names if len(names) > 1 else base


@lru_cache(maxsize=64)
def begun_from(base: str) -> Framework:
    """Return what to begin from as a framework."""
    names = extended(base)
    if isinstance(names, str):
        return load_framework(names)
    framework = extended_by(names, Path(f"{names[0]}.toml"))
    return framework.model_copy(update={"title": with_packages(framework)})


def with_packages(framework: Framework) -> str:
    """Write the title of a framework with those of the packages laid over it."""
    return Title(f"{framework.title} with {joined(framework.packages)}", framework.plural)


@cache
def beginnings() -> list[str]:
    """Name the frameworks that an option can begin from: those that carry no package, which can be added."""
    first = ["2006-regime", "option-a", "option-b"]
    others = [name for name in shipped_frameworks() if name not in (*first, *_ANCHORS)]
    return [*first, *(name for name in others if not begun_from(name).packages)]


@cache
def packages() -> dict[str, Package]:
    """Return the packages that an option can carry, by name."""
    return shipped_packages()
