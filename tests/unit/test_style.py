"""The check of wording finds what it looks for, and passes over what is no text."""

import ast
from pathlib import Path

import pytest

from tests.style.__main__ import Check, cells, checks, docstrings_of, prose, strings, texts_of
from tests.style.retired import OPENINGS, PHRASES


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tests.style.__main__.ROOT", tmp_path)
    return tmp_path


def written(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.write_text(text, encoding="utf-8")
    return path


def test_prose_is_read_without_code() -> None:
    assert [line.line for line in prose("one\n```sh\ntwo\n```\nthree")] == [1, 5]


def test_strings_are_read_with_their_parts_joined_and_without_docstrings() -> None:
    read = strings(ast.parse('def f(x):\n    """Not this."""\n    return f"so " f"many {x} %"\n'))
    assert [text for _, text in read] == ["so many {} %"]


def test_of_a_notebook_the_prose_is_read() -> None:
    notebook = '{"cells": [{"cell_type": "markdown", "source": ["a\\n", "b"]}, {"cell_type": "code", "source": ["c"]}]}'
    assert [text for _, text in cells(notebook)] == ["a", "b"]


def test_a_retired_phrase_is_found_with_its_line_and_what_to_write(root: Path) -> None:
    page = written(root, "page.md", "Plain.\nThe answer is told\nwith 95 % confidence.\n")
    found = list(Check([page], texts_of, PHRASES).run())
    assert [line.split(": ")[:2] for line in found] == [["page.md:2", '"is told"'], ["page.md:3", '"%"']]
    assert "72%" in found[1]


def test_openings_of_docstrings_are_looked_at(root: Path) -> None:
    module = written(
        root, "module.py", 'def f():\n    """Give the mean."""\n\n\ndef g():\n    """Return what to say."""\n'
    )
    (found,) = Check([module], docstrings_of, OPENINGS).run()
    assert found.startswith('module.py:2: "Give"')


def test_the_project_keeps_to_its_style() -> None:
    assert [line for check in checks() for line in check.run()] == []
