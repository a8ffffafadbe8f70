"""Regular expressions of the program take no longer than in proportion to what they are given."""

import ast
import re
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

import simulator

METHODS = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")
LEAST = 16 * 1024
"""Characters of which four times as many may take six times as long."""
NOTHING = 0.001
"""Seconds of CPU below which a pattern is not measured."""
STANDS_FOR = {"d": "1", "w": "a", "s": " ", "S": "a", "W": " "}
SIGNS = frozenset("()[]{}*+?|^$.")


class Used(NamedTuple):
    """A pattern of the program, and what is done with it."""

    place: str
    pattern: re.Pattern[str]
    method: str


def _used() -> Iterator[Used]:
    """List every pattern that is written out in the program, with each method by which it is used."""
    folder = Path(simulator.__file__).parent
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}
    for path, tree in trees.items():
        compiled = dict(_compiled(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (called := _of(node)) and called[1] in METHODS:
                pattern = compiled.get(called[0]) or (_pattern(node) if called[0] == "re" else None)
                if pattern:
                    yield Used(f"{path.relative_to(folder)}:{node.lineno}", pattern, called[1])


def _compiled(tree: ast.Module) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Return the patterns of a module that have a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Call):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            pattern = _pattern(node.value) if _of(node.value) == ("re", "compile") else None
            if isinstance(target, ast.Name) and pattern:
                yield target.id, pattern


def _of(call: ast.Call) -> tuple[str, str] | None:
    """Return whose method is called, and its name."""
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.value.id, function.attr
    return None


def _pattern(call: ast.Call) -> re.Pattern[str] | None:
    """Compile the pattern of a call, None if it is not written out or one of bytes."""
    if not call.args or not isinstance(call.args[0], ast.Constant) or not isinstance(call.args[0].value, str):
        return None
    flags = 0
    for argument in [*call.args[1:], *(keyword.value for keyword in call.keywords)]:
        if isinstance(argument, ast.Attribute) and argument.attr in re.RegexFlag.__members__:
            flags |= re.RegexFlag[argument.attr]
    return re.compile(call.args[0].value, flags)


def _own_signs(pattern: str) -> list[str]:
    """Return signs that a pattern is made for: those that stand in it, and one of each kind."""
    kinds = re.findall(r"\\([a-zA-Z])", pattern)
    plain = re.sub(r"\\[a-zA-Z]", "", pattern)
    escaped = re.findall(r"\\([^a-zA-Z])", plain)
    signs = [STANDS_FOR.get(kind, "n") for kind in kinds] + escaped
    signs += [sign for sign in plain if sign not in SIGNS and sign.isprintable()] + ["a", "\n"]
    return list(dict.fromkeys(signs))[:14]


def _cost(used: Used, text: str, most: int = 3) -> float:
    """Return the least seconds of CPU of several trials."""
    act = getattr(used.pattern, used.method)
    call: Callable[[], object] = (lambda: act("", text)) if used.method == "sub" else (lambda: act(text))
    costs = []
    for _ in range(most):
        began = time.process_time()
        found = call()
        if used.method == "finditer":
            list(found)  # type: ignore[call-overload]
        costs.append(time.process_time() - began)
        if costs[-1] < NOTHING:
            break
    return min(costs)


def _superlinear(used: Used, least: int = LEAST) -> list[str]:
    """Return the pairs of signs that cost more than six times as much when there are four times as many."""
    wrong = []
    for pair in map("".join, product(_own_signs(used.pattern.pattern), repeat=2)):
        short, long = pair * (least // 2), pair * (2 * least)
        if (cost := _cost(used, long, most=1)) > max(NOTHING, 6 * _cost(used, short, most=1)):
            cost = min(cost, _cost(used, long))
            wrong += [pair] if cost > 6 * _cost(used, short) else []
    return wrong


PATTERNS = list(dict.fromkeys(_used()))


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 25
    assert any("page/" in used.place for used in PATTERNS)


@pytest.mark.parametrize("used", PATTERNS, ids=lambda used: f"{used.place}.{used.method}")
def test_no_pattern_is_quadratic(used: Used) -> None:
    assert _superlinear(used) == []


def test_a_quadratic_pattern_is_found() -> None:
    strings = re.compile(r'"(?:[^"\\\n]|\\.)*"')
    assert '\\"' in _superlinear(Used("here", strings, "sub"), least=512)
