"""The notebooks run, by the public interface alone, and show what they were stored with.

They are stored as they came out, so that they can be read where nothing runs. `make notebooks` stores them anew.
"""

import ast
import re
import shutil
import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbmake.nb_run import NotebookRun

import simulator

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
SECONDS = 300
"""That a cell may take: the first one to run may have to compile."""
PICTURES = ("image/svg+xml", "image/png")
"""Not compared: other versions of the drawing library draw other bytes."""
OF_A_MACHINE = re.compile(r"/(?:home|root|tmp|work|usr|Users|var)/|[A-Z]:\\|\d\d:\d\d:\d\d(?!\.)")

Notebook = Any


def executed(path: Path, folder: Path) -> Notebook:
    """Run a copy of a notebook in a folder; nothing in what comes out tells when or where."""
    result = NotebookRun(Path(shutil.copy(path, folder)), SECONDS).execute()
    assert result.error is None, result.error
    for cell in result.nb.cells:
        cell.metadata.pop("execution", None)
    result.nb.metadata.pop("language_info", None)
    return result.nb


def shown(notebook: Notebook) -> list[list[str]]:
    """Give what the cells show in text; in how many pieces a stream came depends on how busy the machine was."""
    return [
        [
            text
            for stream, outputs in groupby(cell.outputs, lambda output: output.get("name"))
            for text in (joined(outputs) if stream else (each for output in outputs for each in texts_of(output)))
        ]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def joined(pieces: Iterable[Notebook]) -> list[str]:
    return ["".join(piece.text for piece in pieces)]


def texts_of(output: Notebook) -> list[str]:
    if output.output_type == "stream":
        return [output.text]
    return [text for form, text in sorted(output.data.items()) if form not in PICTURES]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    given: Path = request.param
    return given


def test_there_are_some() -> None:
    assert len(NOTEBOOKS) >= 4


def test_it_shows_what_it_was_stored_with(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    stored = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    assert shown(executed(path, tmp_path)) == shown(stored)


def test_nothing_stored_tells_of_a_machine(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    assert "language_info" not in notebook.metadata
    for cell in notebook.cells:
        assert not OF_A_MACHINE.search(cell.source)
        assert "execution" not in cell.metadata
        for text in (text for output in cell.get("outputs", []) for text in texts_of(output)):
            assert not OF_A_MACHINE.search(text), text


def test_it_says_that_data_are_synthetic_and_what_is_assumed(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    told = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert "synthetic" in told
    assert "assum" in told


def test_it_calls_the_public_interface_alone(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    for cell in (each for each in notebook.cells if each.cell_type == "code"):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Import):
                assert all("." not in each.name for each in node.names)
            if isinstance(node, ast.ImportFrom):
                assert node.module in {"pathlib", "simulator"}
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "simulator":
                assert node.attr in simulator.__all__


if __name__ == "__main__":
    for each in NOTEBOOKS:
        with tempfile.TemporaryDirectory() as folder:
            nbformat.write(executed(each, Path(folder)), each)  # type: ignore[no-untyped-call]
