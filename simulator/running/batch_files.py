"""Finished batches on disk: a file each, whole or absent, in a folder that says which question they answer.

A file is a zip archive of NumPy arrays (``.npz``), with the tables asked for and the failures in it. Its name says
which replications it holds, so that a run can go on without opening any. A replication with a failure in it has a
file of its own, and is tried again when the run goes on.
"""

import hashlib
import io
import json
import os
import re
import shutil
import struct
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from simulator.inputs.messages import InputError, Named, shown
from simulator.running.batches import Array, Failure, Outcome

_QUESTION: Final = "question.json"
_BATCHES: Final = "batches"
_TABLES: Final = "tables"
POINTS: Final = "points"
"""In place of one such folder, many: one for each number that a search tries out."""
STAGES: Final = "stages"
"""In place of one such folder, several: one for each stage of work of which the next depends on the one before."""
FITS: Final = "fits"
"""In place of one such folder or search, many: one for each fit of a set."""
_MANY: Final = frozenset({POINTS, STAGES, FITS})
_NAME: Final = re.compile(r"(\d+)-(\d+)(\.failed)?\.npz")
_REPLICATIONS: Final = "replications.npy"
_FAILURES: Final = "failures.json"
_QUICK: Final = 1
"""Level of compression: higher ones take several times as long and save a tenth."""
_UNREADABLE: Final = (
    EOFError,
    KeyError,
    OSError,
    OverflowError,
    RuntimeError,  # of zipfile, that it has a password or is packed in a way that there is none of
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What comes of reading a file of which any byte may be another one."""
_MOST_SAID: Final = 5
"""Differences between two questions that a message names."""


class Part(NamedTuple):
    """What goes into one file: replications one after another, none with a failure in it, or one alone."""

    first: int
    last: int
    failures: int
    content: bytes


def parts_of(outcome: Outcome) -> list[Part]:
    """Turn an outcome into files; this is done by the worker."""
    return [
        Part(part.replications[0], part.replications[-1], len(part.failures), encoded(part))
        for part in outcome.parted()
    ]


def encoded(outcome: Outcome) -> bytes:
    """Write an outcome as bytes, the same ones every time."""
    buffer = io.BytesIO()
    arrays = {_REPLICATIONS: np.array(outcome.replications, dtype=np.int64)}
    arrays |= {f"arrays/{name}.npy": array for name, array in outcome.arrays.items()}
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, array in arrays.items():
            told = io.BytesIO()
            np.lib.format.write_array(told, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(name), told.getvalue(), zipfile.ZIP_DEFLATED, _QUICK)
        for (number, case, name), table in outcome.tables.items():
            archive.writestr(zipfile.ZipInfo(f"{_TABLES}/{number}/{case}/{name}"), table)
        failures = json.dumps([failure._asdict() for failure in outcome.failures])
        archive.writestr(zipfile.ZipInfo(_FAILURES), failures)
        archive.comment = _listed(archive)
    return buffer.getvalue()


class BatchFile(NamedTuple):
    """A finished batch, or a part of one."""

    first: int
    last: int
    failed: bool
    path: Path

    def arrays(self, *names: str) -> dict[str, Array]:
        """Read arrays by name; the first axis is that of the replications from `first` to `last`."""
        with self._opened() as archive:
            found = {name: _array(archive, f"arrays/{name}.npy") for name in names}
            if any(len(array) != self.last - self.first + 1 for array in found.values()):
                raise ValueError("an array in it does not have the length that its name states")
            return found

    def failures(self) -> list[Failure]:
        """Read which runs failed."""
        with self._opened() as archive:
            return [Failure(**failure) for failure in json.loads(archive.read(_FAILURES))]

    def tables(self, name: str) -> Iterator[tuple[int, int, bytes]]:
        """Read the tables of a name one after another, with replication and case (by position), in this order."""
        with self._opened() as archive:
            for entry in archive.namelist():
                folder, *key = entry.split("/")
                if folder == _TABLES and key[-1] == name:
                    yield int(key[0]), int(key[1]), archive.read(entry)

    @contextmanager
    def _opened(self) -> Iterator[zipfile.ZipFile]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                if archive.comment != _listed(archive):
                    raise ValueError("it does not contain what it states")
                if _array(archive, _REPLICATIONS).tolist() != [*range(self.first, self.last + 1)]:
                    raise ValueError("it contains other replications than its name states")
                yield archive
        except _UNREADABLE as error:
            raise InputError(
                f"{self.path}: cannot be read ({error}). Delete it, and continue with ", Named("resume")
            ) from error


class BatchFolder:
    """The finished batches of one run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def temporary(cls) -> "BatchFolder":
        """Make one that lasts as long as somebody refers to it."""
        made = cls(Path(tempfile.mkdtemp(prefix="inspectsim-")))
        weakref.finalize(made, shutil.rmtree, made.folder, ignore_errors=True)
        return made

    def begin(self, question: Mapping[str, Any], resume: bool) -> None:
        """Make ready for a run, which begins anew or goes on.

        Parameters
        ----------
        question
            What tells this run from others: from section and key to what was given.
        resume
            Whether to go on with what is there; runs that failed are tried again.

        Raises
        ------
        InputError
            If replications are there and it is not to go on with them, or they answer another question.
        """
        good = [file for file in self.files() if not file.failed]
        if not good:
            shutil.rmtree(self._batches, ignore_errors=True)
            self._batches.mkdir(parents=True, exist_ok=True)
            _write_whole(self.folder / _QUESTION, json.dumps(question, indent=1, ensure_ascii=False).encode())
            return
        if not resume:
            raise InputError(
                f"{self.folder}: contains a stopped run with {count(good)} replications finished. Use ",
                Named("resume"),
                " to continue it, choose another folder (",
                Named("out"),
                "), or delete this one to start again",
            )
        asked = self._question()
        if asked is None:
            raise InputError(
                f"{self.folder / _QUESTION}: missing or cannot be read, so the question is unknown. Choose another "
                "folder (",
                Named("out"),
                "), or delete this one to start again",
            )
        differences = list(_differences(asked, json.loads(json.dumps(question))))
        if differences:
            more = f"; and {len(differences) - _MOST_SAID} more" if len(differences) > _MOST_SAID else ""
            raise InputError(
                f"{self.folder}: the stopped run answers another question, and cannot continue: "
                f"{'; '.join(differences[:_MOST_SAID])}{more}. Repeat the earlier question, choose another folder "
                "(",
                Named("out"),
                "), or delete this one to start again",
            )
        wanted = {file.path for file in good}
        for path in self._batches.iterdir():
            if path not in wanted:
                path.unlink()

    def save(self, part: Part) -> None:
        """Write a file, whole or not at all."""
        end = ".failed.npz" if part.failures else ".npz"
        _write_whole(self._batches / f"{part.first:06d}-{part.last:06d}{end}", part.content)

    def files(self) -> list[BatchFile]:
        """List what is there, in the order of the replications."""
        found = []
        for path in self._batches.glob("*.npz"):
            name = _NAME.fullmatch(path.name)
            if name:
                found.append(BatchFile(int(name[1]), int(name[2]), bool(name[3]), path))
        return sorted(found)

    def remove_if_idle(self) -> None:
        """Remove all that is there, if no replication is finished: there is nothing to go on with."""
        if all(file.failed for file in self.files()):
            shutil.rmtree(self._batches, ignore_errors=True)
            (self.folder / _QUESTION).unlink(missing_ok=True)

    @property
    def _batches(self) -> Path:
        return self.folder / _BATCHES

    def _question(self) -> dict[str, Any] | None:
        try:
            read = json.loads((self.folder / _QUESTION).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return read if isinstance(read, dict) else None


@contextmanager
def batch_folder(folder: Path) -> Iterator[BatchFolder]:
    """Open a folder for finished batches; if there are none in the end, nothing is left in it.

    Raises
    ------
    InputError
        If another command was stopped in it, whose runs would be lost.
    """
    _refuse_others(folder, _MANY)
    kept = BatchFolder(folder)
    try:
        yield kept
    finally:
        kept.remove_if_idle()


@contextmanager
def many_folders(folder: Path, name: str, resume: bool) -> Iterator[Path]:
    """Yield a folder for many folders of batches; if nothing is finished in the end, nothing is left of it.

    Parameters
    ----------
    folder
        Where a run keeps what it will need to go on.
    name
        `POINTS`, `STAGES` or `FITS`.
    resume
        Whether to go on with what is there.

    Raises
    ------
    InputError
        If finished runs are there and it is not to go on with them, or they are those of another command.
    """
    _refuse_others(folder, _MANY - {name})
    if (folder / _QUESTION).exists():
        raise _another_command(folder)
    inside = folder / name
    if not resume and any(inside.rglob("*.npz")):
        raise InputError(
            f"{folder.parent}: contains a stopped search. Use ",
            Named("resume"),
            " to continue it, choose another folder (",
            Named("out"),
            "), or delete this one to start again",
        )
    try:
        yield inside
    finally:
        if not any(inside.rglob("*.npz")):
            shutil.rmtree(inside, ignore_errors=True)


def _refuse_others(folder: Path, names: Iterable[str]) -> None:
    if any(any((folder / name).rglob("*.npz")) for name in names):
        raise _another_command(folder)


def _another_command(folder: Path) -> InputError:
    return InputError(
        f"{folder.parent}: contains a stopped run of another command. Choose another folder (",
        Named("out"),
        "), finish that run, or delete this folder",
    )


def count(files: list[BatchFile]) -> int:
    """Count the replications in some files."""
    return sum(file.last - file.first + 1 for file in files)


def _listed(archive: zipfile.ZipFile) -> bytes:
    """Compute a digest of what is in an archive, by name, size and checksum."""
    digest = hashlib.blake2b(digest_size=8)
    for entry in archive.infolist():
        digest.update(f"{entry.filename} {entry.file_size} {entry.CRC}\n".encode())
    return digest.hexdigest().encode()


def _array(archive: zipfile.ZipFile, name: str) -> Array:
    array: Array = np.lib.format.read_array(io.BytesIO(archive.read(name)), allow_pickle=False)
    return array


def _differences(then: Any, now: Any, key: str = "") -> Iterator[str]:
    """Report the keys in which two questions differ."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name in dict.fromkeys([*then, *now]):
            yield from _differences(then.get(name), now.get(name), f"{key}.{name}" if key else name)
        if then.keys() == now.keys() and list(then) != list(now):  # arrays are laid out in it
            yield f"the order in {key or 'it'} was {_said(', '.join(then))} and is {_said(', '.join(now))}"
    elif then != now:
        yield f"{key} was {_said(then)} and is {_said(now)}"


def _said(value: Any) -> str:
    return "missing" if value is None else shown(value)


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside, see to it that it is on the disk, and rename."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
