"""Runs on disk: a folder that appears whole or not at all, with files that are the same to the last byte.

Everything is written into a hidden folder inside the one asked for. Only when all of it is there, it is renamed
into place, `manifest.json` last, and what an earlier run had left there is removed. Whatever goes wrong before
(a full disk, Ctrl-C, the end of the process), the earlier run is still there as it was, and what the new one has
finished is kept in the hidden folder, from which it can go on. One run at a time is let into a folder.

A process may be ended at any moment, between any two operations on files. So whatever is moved can be moved on or back
from where it was left, and what is removed is marked first, in one step: the next run into the folder removes the rest.
"""

import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from simulator.inputs.given_files import MOST_TABLE, at, content_of, is_folder, reason_of
from simulator.inputs.messages import InputError, Named
from simulator.running.whole_files import make_folder, remove_if_empty, write_files

if TYPE_CHECKING:
    import pandas as pd

MANIFEST: Final = "manifest.json"
UNFINISHED: Final = ".unfinished"
"""Folder in that of a run, until it is finished."""
RESULTS: Final = "results"
EARLIER: Final = "earlier"
_LOCK: Final = "lock"
_FORGOTTEN: Final = "forgotten"
"""File that marks all else in the hidden folder as rubbish."""
SEAL: Final = "seal"
"""Key of a manifest that says its own digest, where a folder is sealed."""
FLOATS: Final = "%.10g"
"""How CSV files write numbers that are not whole: ten digits, more than any of them means."""
DAYS: Final = "%Y-%m-%d"

Table = dict[str, Any]


class RunFolder:
    """A folder being filled; its files are written below `results` until `finish`."""

    def __init__(self, target: Path, earlier: tuple[str, ...]) -> None:
        self.target = target
        self.replaced = False
        """Whether an earlier run was in its place that had left anything else."""
        self.unfinished = target / UNFINISHED
        """Where a run keeps what it will need to go on; goes with `forget`."""
        self.results = self.unfinished / RESULTS
        self.in_place = False
        """Whether everything is where it was to be."""
        self._earlier = earlier

    def path(self, name: str) -> Path:
        """Return the place of a file to be written, and make its folder."""
        return self.made(str(Path(name).parent)) / Path(name).name

    def made(self, name: str) -> Path:
        """Make a folder in it."""
        path = self.results / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def write_text(self, name: str, text: str) -> None:
        """Write a text file in UTF-8, lines ended alike on every system."""
        self.path(name).write_text(text, encoding="utf-8", newline="\n")

    def write_csv(self, name: str, *frames: "pd.DataFrame") -> None:
        """Write frames, one below the other, as CSV: a header, no index, empty where there is no value."""
        self.write_csv_pieces(name, frames)

    def write_csv_pieces(self, name: str, frames: "Iterable[pd.DataFrame]") -> None:
        """Write frames that come one after another, each of which may be forgotten then, as one CSV."""
        with self.path(name).open("w", encoding="utf-8", newline="") as file:
            for position, frame in enumerate(frames):
                _write_csv(frame, file, header=position == 0)

    def files(self) -> list[str]:
        """Name the files written so far, in order."""
        paths = (path for path in self.results.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.results).as_posix() for path in paths)

    def finish(self, manifest: Table, *, sealed: bool = False) -> None:
        """Put everything in its place; the manifest lists every file with its checksum, and its own if it is sealed.

        Raises
        ------
        OSError
            If something cannot be put there; then everything is again as it was.
        InputError
            If a file of somebody else is in the place of one.
        """
        names = self.files()
        _check_own(self.target, names, self._earlier)
        listed = {name: _listed(self.results / name) for name in names}
        told = manifest | {"files": listed}
        (self.results / MANIFEST).write_bytes(_as_json(told | {SEAL: seal_of(told)} if sealed else told))
        before = read_manifest(self.target)
        aside = self.unfinished / EARLIER
        aside.mkdir()
        moved: list[tuple[Path, Path]] = []
        try:
            for name in dict.fromkeys([MANIFEST, *self._earlier, *names]):
                _move(self.target / name, aside / name, moved)
            for name in (*names, MANIFEST):
                _move(self.results / name, self.target / name, moved)
        except BaseException:
            for source, place in reversed(moved):
                place.replace(source)
            shutil.rmtree(aside, ignore_errors=True)  # nothing but folders is left in it
            raise
        self.in_place, self.replaced = True, before is not None and before["files"] != listed
        shutil.rmtree(aside, ignore_errors=True)
        for folder in {(self.target / name).parent for name in self._earlier} - {self.target}:
            remove_if_empty(folder)

    @property
    def replaced_told(self) -> list[str]:
        """Report that an earlier run was replaced; nothing where there was none, or one that left the same files."""
        return [f"Replaced the earlier run in {self.target}."] if self.replaced else []

    def forget(self) -> None:
        """Remove what the run kept to go on: it is finished. If it cannot be removed now, the next run does."""
        with suppress(OSError):
            (self.unfinished / _FORGOTTEN).touch()
            _remove_forgotten(self.unfinished)


def csv_bytes(frame: "pd.DataFrame") -> bytes:
    """Write a frame as CSV, as `RunFolder.write_csv` does."""
    file = io.StringIO(newline="")
    _write_csv(frame, file, header=True)
    return file.getvalue().encode("utf-8")


def _write_csv(frame: "pd.DataFrame", file: TextIO, header: bool) -> None:
    frame.to_csv(file, index=False, header=header, float_format=FLOATS, date_format=DAYS, lineterminator="\n")


@contextmanager
def run_folder(target: Path, expected: tuple[str, ...]) -> Iterator[RunFolder]:
    """Open a folder for a run: made if it is not there, an earlier run in it kept until `RunFolder.finish`.

    Parameters
    ----------
    target
        The folder.
    expected
        Names of files that will be written; if one of them is there and no manifest of an earlier run
        vouches for it, it is somebody else's and the folder is refused.

    Raises
    ------
    InputError
        If it cannot be used, another run is under way in it, or a file in it cannot be written: then nothing in it
        has changed.
    """
    made: list[Path] = []
    folder: RunFolder | None = None
    try:
        made = make_folder(target)
        with _locked(target):
            _put_back(target)
            folder = RunFolder(target, _earlier_files(target, expected))
            try:
                folder.made("")
                yield folder
            finally:
                if not (folder.unfinished / EARLIER).exists():  # else the next run needs them, to put all back
                    shutil.rmtree(folder.results, ignore_errors=True)
    except OSError as error:
        if folder and folder.in_place:
            raise InputError(
                f"{target}: the results are written, but a later step failed ({reason_of(error)})"
            ) from error
        kept = (". Finished work is kept. Continue with ", Named("resume")) if (target / UNFINISHED).exists() else ()
        raise InputError(
            f"{target}: cannot be written ({reason_of(error)}); nothing was changed there", *kept
        ) from error
    except KeyboardInterrupt:
        if folder and folder.in_place:
            raise KeyboardInterrupt(f"Interrupted after the results were written. They are in {target}.") from None
        if (target / UNFINISHED).exists():
            raise KeyboardInterrupt(
                f"Interrupted: no results were written, but finished work is kept in {target}. Continue with --resume."
            ) from None
        raise
    finally:
        for folder_made in reversed(made):
            remove_if_empty(folder_made)


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Lock a folder against other runs. The system ends the lock with the process, however that ends."""
    from filelock import FileLock, Timeout

    unfinished = target / UNFINISHED
    unfinished.mkdir(exist_ok=True)
    lock = FileLock(unfinished / _LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise InputError(
            f"{target}: another run is using it. Choose another folder (", Named("out"), "), or wait for it to end"
        ) from error
    try:
        yield
    finally:
        nothing_kept = all(path.name == _LOCK for path in unfinished.iterdir())
        if nothing_kept and os.name == "posix":
            (unfinished / _LOCK).unlink(missing_ok=True)  # whoever waits for it notices that it is gone
        lock.release()
        if nothing_kept:
            remove_if_empty(unfinished)


def _put_back(target: Path) -> None:
    """Undo a half-done `RunFolder.finish`, or do the rest of a half-done `RunFolder.forget`.

    If a process is ended in the midst of this, the next one undoes the rest: new files are moved back to where they
    were made before any earlier one comes back, so that it can be told which is which.
    """
    unfinished = target / UNFINISHED
    results, aside = (unfinished / name for name in (RESULTS, EARLIER))
    if aside.is_dir() and (results / MANIFEST).exists():
        new = read_manifest(results)
        for name in () if new is None else new["files"]:
            if not (results / name).exists():
                _move(target / name, results / name, [])
        for path in [path for path in aside.rglob("*") if path.is_file()]:
            _move(path, target / path.relative_to(aside), [])
    if aside.is_dir():  # without the new manifest, the last to be moved, all the new files are in their place
        shutil.rmtree(aside)
    shutil.rmtree(results, ignore_errors=True)
    if (unfinished / _FORGOTTEN).exists():
        _remove_forgotten(unfinished)


def _remove_forgotten(unfinished: Path) -> None:
    """Remove all that is marked as rubbish, the mark last.

    Raises
    ------
    OSError
        If something cannot be removed.
    """
    for path in unfinished.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in (_LOCK, _FORGOTTEN):
            path.unlink()
    (unfinished / _FORGOTTEN).unlink()


@contextmanager
def finished_run(target: Path) -> Iterator[Table]:
    """Lock the folder of a finished run against others, and return its manifest.

    Raises
    ------
    InputError
        If there is none, or another run is under way in it.
    """
    if not is_folder(target):
        what = "is a file" if at(target) else "there is no such folder"
        raise InputError(f"{target}: {what}; allowed: the folder of a run")
    try:
        with _locked(target):
            _put_back(target)
            manifest = read_manifest(target)
            if manifest is None:
                half = any(path.name != _LOCK for path in (target / UNFINISHED).iterdir())
                why = "the run in it was not finished" if half else f"contains no run: it has no {MANIFEST}"
                finish = (". To finish it, use the same command with ", Named("resume"))
                raise InputError(f"{target}: {why}", *(finish if half else ("; allowed: the folder of a run",)))
            yield manifest
    except OSError as error:
        raise InputError(f"{target}: cannot be read or written ({reason_of(error)})") from error


def add_to_run(target: Path, manifest: Table, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into the folder of a finished run, and list them in its manifest; call it within `finished_run`.

    Files that are there already and the same are left alone.

    Returns
    -------
    list of Path
        The files, in order.

    Raises
    ------
    InputError
        If one cannot be written.
    """
    told = {name: _as_listed(hashlib.sha256(content).hexdigest(), len(content)) for name, content in files.items()}
    new = {
        name: content
        for name, content in files.items()
        if not (target / name).is_file() or (target / name).read_bytes() != content
    }
    listed = dict(sorted((manifest["files"] | told).items()))
    if new or listed != manifest["files"]:
        write_files(target, new | {MANIFEST: _as_json(manifest | {"files": listed})})
    return [target / name for name in files]


def read_manifest(folder: Path) -> Table | None:
    """Return what the manifest of a run says, None if the folder has none."""
    try:
        read = json.loads(content_of(folder / MANIFEST, MOST_TABLE).decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) and "inspectsim" in read and isinstance(read.get("files"), dict) else None


def seal_of(manifest: Table) -> str:
    """Return the SHA-256 of all that a manifest says but its seal, the checksums of files among it."""
    told = {key: value for key, value in manifest.items() if key != SEAL}
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _earlier_files(target: Path, expected: tuple[str, ...]) -> tuple[str, ...]:
    """Name the files that an earlier run left in a folder."""
    manifest = read_manifest(target)
    if manifest is not None:
        return tuple(name for name in manifest["files"] if (target / name).resolve().is_relative_to(target.resolve()))
    _check_own(target, (*expected, MANIFEST), ())
    return ()


def _check_own(target: Path, names: Iterable[str], earlier: tuple[str, ...]) -> None:
    """Refuse to overwrite files of somebody else.

    Raises
    ------
    InputError
        If files to be written are there, and no earlier run left them.
    """
    others = [name for name in names if name not in earlier and (target / name).exists()]
    if others:
        raise InputError(
            f"{target}: contains files that would be overwritten ({', '.join(others)}) and is not the folder of an "
            "earlier run that left them. Choose another folder"
        )


def _as_json(manifest: Table) -> bytes:
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def _listed(path: Path) -> Table:
    with path.open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    return _as_listed(checksum, path.stat().st_size)


def _as_listed(checksum: str, size: int) -> Table:
    return {"sha256": checksum, "bytes": size}


def _move(source: Path, place: Path, moved: list[tuple[Path, Path]]) -> None:
    """Rename a file if it is there, and remember it."""
    if not source.is_file():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    source.replace(place)
    moved.append((source, place))
