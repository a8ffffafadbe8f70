"""The source of the package as a part of keys: what is kept on disk is good for the source that it was made by.

Three kinds of things are kept. Compiled code depends on the files that compiled functions stand in; finished runs on
all that carries them out and reads them off; what a page shows on the whole package. Which files these are is found
out from the files themselves, so that a new one is in every key that it belongs to.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parent
FIRST: Final = "version.py"
"""What the package loads before any other of its files."""
RUNNING: Final = "running/"
"""Room of the modules that carry out runs and read off what came of them."""
ASKING: Final = "questions/"
"""Room of the questions, whose modules carry out runs too, unless they import what only shows answers."""
TELLING: Final = ("answers/", "charts/", "frameworks/", "words/")
"""Rooms of what only shows answers."""
SHOWING: Final = (".py", ".html", ".css")
"""Endings of the files that make what is shown."""
BUILT: Final = "page/built/"
"""Style sheet and script of the page, which are made elsewhere and change no answer."""

Files = Mapping[str, bytes]
"""Content of files by name, as seen from the folder that they are in."""

_IMPORT: Final = re.compile(
    rb"^[ \t]*(?:from[ \t]+simulator\.([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)|import[ \t]+simulator\.([\w.]+))",
    re.MULTILINE,
)
_COMPILES: Final = re.compile(rb"^[ \t]*(?:(?:from|import)[ \t]+numba\b|@(?:[\w.]+\.)?compiled\b)", re.MULTILINE)


def python_files(package: Path = PACKAGE) -> dict[str, bytes]:
    """Read every Python file of the package."""
    return files_in(package, (".py",))


def files_in(folder: Path, endings: tuple[str, ...] = ("",)) -> dict[str, bytes]:
    """Read every file in a folder and below whose name has one of some endings, in the order of their names."""
    found = (path for path in folder.rglob("*") if path.name.endswith(endings) and path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in found if "__pycache__" not in path.parts}
    return {name: named[name].read_bytes() for name in sorted(named)}


def compiling_files(files: Files) -> dict[str, bytes]:
    """Keep the files that compiled functions stand in, and all that these import, in turn."""
    return with_imports(files, (name for name, content in files.items() if _COMPILES.search(content)))


def running_files(files: Files) -> dict[str, bytes]:
    """Keep the files that carry out runs and read off what came of them, and all that these import, in turn."""
    return with_imports(files, (name for name in files if name.startswith(RUNNING) or _asks(name, files)))


def _asks(name: str, files: Files) -> bool:
    """Return whether a file belongs to a question, and neither it nor anything that it imports shows answers."""
    return name.startswith(ASKING) and not any(each.startswith(TELLING) for each in with_imports(files, [name]))


def showing_files(package: Path = PACKAGE) -> dict[str, bytes]:
    """Read every file that has a part in what a page shows."""
    return {name: content for name, content in files_in(package, SHOWING).items() if not name.startswith(BUILT)}


def digest_of(files: Files) -> str:
    """Compute a digest of the names and the content of files."""
    digest = hashlib.blake2b(digest_size=8)
    for name, content in files.items():
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def with_imports(files: Files, begin: Iterable[str]) -> dict[str, bytes]:
    """Keep some files, and all that these import, in turn."""
    found: set[str] = set()
    to_do = {*begin, FIRST} & files.keys()
    while to_do:
        found |= to_do
        imported = (_imported(files[name]) for name in to_do)
        to_do = (files.keys() & frozenset[str]().union(*imported)) - found
    return {name: content for name, content in files.items() if name in found}


@cache  # questions import much in common: each file is searched once
def _imported(content: bytes) -> frozenset[str]:
    """Return the names of the files that a file may import."""
    return frozenset(_named(content))


def _named(content: bytes) -> Iterator[str]:
    """Name the files that a file may import: a name taken from a module may be a module of its own."""
    for module, names, plain in _IMPORT.findall(content):
        own = (module or plain).decode()
        for each in (own, *(f"{own}.{name}" for name in re.findall(r"\w+", names.decode()))):
            path = each.replace(".", "/")
            yield from (f"{path}.py", f"{path}/__init__.py")
