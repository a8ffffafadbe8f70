"""Look for the retired phrases of docs/style.md: `python -m tests.style`, a part of `make lint`.

Prose is read whole; of a Python file, the strings that users may read and, separately, the openings of docstrings.
"""

import ast
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.style.retired import OPENINGS, PHRASES, Retired

ROOT = Path(__file__).parents[2]
FENCE = "```"


class Text(NamedTuple):
    """A piece of text and the line on which it begins."""

    line: int
    text: str


class Found(NamedTuple):
    """A retired phrase in a file."""

    name: str
    line: int
    phrase: str
    instead: str

    def __str__(self) -> str:
        """Write it as ruff does, with what to write instead."""
        return f'{self.name}:{self.line}: "{self.phrase}": write {self.instead}'


def prose(text: str) -> Iterator[Text]:
    """Return the lines of a Markdown file or a template, without code."""
    code = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith(FENCE):
            code = not code
        elif not code:
            yield Text(number, line)


def cells(text: str) -> Iterator[Text]:
    """Return the lines of the prose of a notebook; each is numbered within its cell."""
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "markdown":
            yield from prose("".join(cell["source"]))


def docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Return the docstrings of a module, attributes' included."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else []:
            match statement:
                case ast.Expr(value=ast.Constant(value=str()) as text):
                    yield text


def strings(tree: ast.Module) -> Iterator[Text]:
    """Return the strings of a module that are no docstrings; a value put into one is ``{}``."""
    left_out = {id(text) for text in docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            left_out |= {id(part) for part in node.values}
            yield Text(node.lineno, "".join(map(str, parts)))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and " " in node.value
            and id(node) not in left_out
        ):
            yield Text(node.lineno, node.value)


def texts_of(path: Path) -> Iterator[Text]:
    """Return what users may read of a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return strings(ast.parse(text))
    return cells(text) if path.suffix == ".ipynb" else prose(text)


def docstrings_of(path: Path) -> Iterator[Text]:
    """Return the docstrings of a Python file."""
    return (Text(text.lineno, str(text.value)) for text in docstrings(ast.parse(path.read_text(encoding="utf-8"))))


class Check(NamedTuple):
    """What is looked for in which files."""

    paths: list[Path]
    read: Callable[[Path], Iterator[Text]]
    retired: tuple[Retired, ...]

    def found_in(self, path: Path) -> list[Found]:
        """Return the retired phrases of a file."""
        name = path.relative_to(ROOT).as_posix()
        return [
            Found(name, line, match[0].strip(), phrase.instead)
            for line, text in self.read(path)
            for phrase in self.retired
            if (match := phrase.pattern.search(" ".join(text.split())))
        ]

    def run(self) -> Iterator[str]:
        """Report every phrase."""
        for path in self.paths:
            yield from map(str, self.found_in(path))


def checks() -> tuple[Check, Check]:
    """Return the check of texts and that of docstrings."""
    program = sorted([*(ROOT / "simulator").rglob("*.py"), *(ROOT / "docs" / "generators").glob("*.py")])
    pages = sorted((ROOT / "simulator").rglob("templates/*.html"))
    written = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "notebooks").glob("*.*"))]
    written.remove(ROOT / "docs" / "style.md")  # it names them
    texts = [*written, *pages, *program]
    return Check(texts, texts_of, PHRASES), Check(program, docstrings_of, OPENINGS)


def main() -> int:
    """Print what is found; 1 if anything is."""
    problems = [line for check in checks() for line in check.run()]
    print(*problems, sep="\n", end="\n" if problems else "")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
