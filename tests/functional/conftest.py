"""What functional tests share: an empty world to build theirs from."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.functional.worlds import World


def _world_type() -> "type[World]":
    """Load `worlds.py` from beside this file by its path: test folders are no packages, and not on the path."""
    spec = spec_from_file_location("worlds_of_functional_tests", Path(__file__).with_name("worlds.py"))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules.setdefault(spec.name, module_from_spec(spec))
    spec.loader.exec_module(module)
    world: type[World] = module.World
    return world


@pytest.fixture(scope="session")
def world() -> "World":
    """A world with one provider in it, and nothing else."""
    return _world_type()()
