"""Files that appear whole or not at all in a folder that is made for them, and what the system says if they cannot."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from simulator.inputs.given_files import at, is_folder, reason_of
from simulator.inputs.messages import InputError


def write_files(target: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, made if it is not there; each replaces an older one of its name in one step.

    Raises
    ------
    InputError
        If one cannot be written.
    """
    try:
        make_folder(target)
        with _written_aside(target, files) as unfinished:
            return [(unfinished / name).replace(target / name) for name in files]
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({reason_of(error)})") from error


def write_new(target: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, made if it is not there: all of them or none, and none over one that is there.

    Raises
    ------
    InputError
        If one is there already or cannot be written.
    """
    made: list[Path] = []
    written: list[Path] = []
    try:
        made = make_folder(target)
        with _written_aside(target, files) as unfinished:
            for name in files:
                (target / name).touch(exist_ok=False)  # from here on the name is ours
                written.append(target / name)
            for path in written:
                (unfinished / path.name).replace(path)
        return written
    except FileExistsError as error:
        _take_back(written, made)
        raise InputError(f"{error.filename}: already exists. Choose another name") from error
    except OSError as error:
        _take_back(written, made)
        raise InputError(f"{target}: cannot be written ({reason_of(error)}); nothing was changed there") from error


@contextmanager
def _written_aside(target: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Write files into a hidden folder beside where they belong."""
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=target, ignore_cleanup_errors=True) as unfinished:
        for name, content in files.items():
            (Path(unfinished) / name).write_bytes(content)
        yield Path(unfinished)


def _take_back(written: list[Path], made: list[Path]) -> None:
    """Remove files just written, and folders just made for them."""
    for path in written:
        path.unlink(missing_ok=True)
    for folder in reversed(made):
        remove_if_empty(folder)


def make_folder(target: Path) -> list[Path]:
    """Make a folder and those above it; return those that were not there, the uppermost first."""
    if at(target) is not None and not is_folder(target):
        raise InputError(f"{target}: is a file. Name a folder, which is created if it does not exist")
    missing = [folder for folder in (*reversed(target.parents), target) if not at(folder)]
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{target}: cannot be created as a folder ({reason_of(error)})") from error
    return missing


def remove_if_empty(folder: Path) -> None:
    """Remove a folder unless something is in it, or it cannot be removed."""
    try:
        folder.rmdir()
    except OSError:
        return
