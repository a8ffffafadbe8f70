"""The examples in the documentation of the API say what happens."""

import doctest
import inspect

import pytest

import simulator

FUNCTIONS = [name for name in simulator.__all__ if inspect.isfunction(getattr(simulator, name))]
AS_DOCUMENTED = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
WITHOUT = {"shipped_frameworks", "shipped_scenarios"}
"""Functions that take nothing and need no example."""


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in WITHOUT])
def test_examples(name: str) -> None:
    function = inspect.unwrap(getattr(simulator, name))
    (found,) = doctest.DocTestFinder(recurse=False).find(function, name, globs={})
    assert found.examples
    told: list[str] = []
    failed, _ = doctest.DocTestRunner(optionflags=AS_DOCUMENTED).run(found, out=told.append)
    assert not failed, "".join(told)
