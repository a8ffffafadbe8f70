"""What functional tests share: an empty world to build theirs from, worlds at random, and runs that draw nothing."""

import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from tests import undrawn as runs

if TYPE_CHECKING:
    from tests.functional.any_worlds import DrawWorld
    from tests.functional.worlds import World


def _beside(name: str) -> ModuleType:
    """Load a file from beside this one by its path: test folders are no packages, and not on the path."""
    spec = spec_from_file_location(f"{name}_of_functional_tests", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules.setdefault(spec.name, module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def world() -> "World":
    """A world with one provider in it, and nothing else."""
    empty: World = _beside("worlds").World()
    return empty


@pytest.fixture(scope="session")
def any_world() -> "DrawWorld":
    """What draws a world: a small one, in which all that there is may happen."""
    draw: DrawWorld = _beside("any_worlds").any_world
    return draw


@pytest.fixture(scope="session")
def with_any_rules() -> "DrawWorld":
    """What draws other rules for a world."""
    draw: DrawWorld = _beside("any_worlds").with_any_rules
    return draw


@pytest.fixture
def undrawn() -> Iterator[None]:
    """Neither PNG pictures nor workbooks are drawn in this test."""
    with runs.undrawn():
        yield


@pytest.fixture(scope="module")
def undrawn_throughout() -> Iterator[None]:
    """Neither PNG pictures nor workbooks are drawn in any test of this file, nor in what its fixtures run."""
    with runs.undrawn():
        yield
