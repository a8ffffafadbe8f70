"""Runs of the page on disk: a folder each, under an address that nobody can guess.

The folder of a run holds ``request.json`` (what was asked), ``status.json`` (how far it is) and, in ``results``, what
came out, as the commands write it. The address is a hash of what was asked and of the program that answers, keyed
with a secret of the store: the same question has the same address, and nobody who does not ask it finds it.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import stat
import tempfile
import time
from base64 import b32encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from simulator.inputs.messages import InputError
from simulator.running.whole_files import write_files

_State = Literal["waiting", "running", "finished", "failed", "cancelled"]
OPEN: Final[tuple[_State, ...]] = ("waiting", "running")
"""States in which there is something still to come."""

_REQUEST: Final = "request.json"
_STATUS: Final = "status.json"
_RESULTS: Final = "results"
SECRET: Final = "secret"
_RUNS: Final = "runs"
_ID: Final = re.compile(r"[a-z2-7]{32}")
_BYTES: Final = 20
"""Of an address: 160 bits, 32 letters."""
_SECRET_BYTES: Final = 32
_FORGOTTEN: Final = ".forgotten"
"""Ending of the names of folders that are being removed: they are no runs and no results any more."""
_HALF_MADE_SECONDS: Final = 3600.0
"""A folder without a run in it may be that of one which is just being asked for; after so long it is not."""

_BLOCK: Final = 4096
_OF_STAT: Final = 512
"""Bytes of the blocks that the system counts."""

Inputs = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """One run: what was asked, and how far it is."""

    id: str
    kind: str
    """Name of the kind of question (`simulator.page.kinds`)."""
    inputs: Inputs
    """What was asked, in plain values."""
    program: str
    """Digest of the program that it was asked of."""
    state: _State
    asked_at: float
    """Seconds since the epoch, as are all times here."""
    began_at: float | None = None
    ended_at: float | None = None
    reason: str = ""
    """Why it failed, in words."""
    askers: tuple[str, ...] = ()
    """Those who asked (`simulator.page.runs`), hashed; only while it is open."""


class RunStore:
    """The runs in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._runs = folder / _RUNS
        try:
            self._runs.mkdir(parents=True, exist_ok=True)
            self._runs.chmod(stat.S_IRWXU)  # for its owner alone, as the addresses of the runs in it are
            self._secret = _secret(folder / SECRET)
        except OSError as error:
            raise InputError(f"{folder}: cannot be used for runs ({os.strerror(error.errno or 0)})") from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Lock the folder against other servers.

        Raises
        ------
        InputError
            If one does.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / "lock")
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            raise InputError(f"{self.folder}: another server is using it. Choose another folder (--runs)") from error
        try:
            yield
        finally:
            lock.release()

    def keyed(self, text: str, size: int = _BYTES) -> str:
        """Hash a text with the secret of the store: `size` bytes, in small letters and digits."""
        digest = hashlib.blake2b(text.encode(), key=self._secret, digest_size=size).digest()
        return b32encode(digest).decode().rstrip("=").lower()

    def address(self, kind: str, inputs: Inputs, program: str) -> str:
        """Return the address of a question."""
        return self.keyed(json.dumps([kind, inputs, program], sort_keys=True, ensure_ascii=False))

    def find(self, run_id: str) -> Run | None:
        """Return a run by its address; None if there is none, or it is no address at all."""
        if not _ID.fullmatch(run_id):
            return None
        request, status = (_read(self._runs / run_id / name) for name in (_REQUEST, _STATUS))
        if request is None or status is None:
            return None
        try:
            return Run(id=run_id, **request, **(status | {"askers": tuple(status.get("askers", ()))}))
        except TypeError:
            return None

    def save(self, run: Run) -> Run:
        """Write down a run, new or changed; an open one alone remembers who asked."""
        if run.state not in OPEN:
            run = replace(run, askers=())
        request = {"kind": run.kind, "inputs": run.inputs, "program": run.program}
        status = {
            name: getattr(run, name) for name in ("state", "asked_at", "began_at", "ended_at", "reason", "askers")
        }
        files = {} if (self._runs / run.id / _REQUEST).exists() else {_REQUEST: _encoded(request)}
        write_files(self._runs / run.id, files | {_STATUS: _encoded(status)})
        return run

    def results(self, run_id: str) -> Path:
        """Return the folder for what comes out of a run."""
        return self._runs / run_id / _RESULTS

    def result_file(self, run_id: str, name: str) -> Path | None:
        """Return a file that came out of a run, None if there is none such; `name` comes from the program alone."""
        path = self.results(run_id) / name
        return path if path.is_file() else None

    def opened(self, run_id: str) -> None:
        """Remember that somebody looked at a run today, so that it is kept."""
        try:
            os.utime(self._runs / run_id)
        except OSError:
            return

    def open_runs(self) -> list[Run]:
        """List the runs that are not at an end, in the order in which they were asked for."""
        found = (self.find(path.name) for path in self._runs.iterdir())
        return sorted((run for run in found if run and run.state in OPEN), key=lambda run: run.asked_at)

    def forget_results(self, run_id: str) -> None:
        """Remove what came out of a run and what it would take to go on."""
        _remove(self.results(run_id))
        for path in (self._runs / run_id).glob("*"):
            if path.is_file() and path.name not in (_REQUEST, _STATUS):
                path.unlink(missing_ok=True)

    def has_room(self, least: int) -> bool:
        """Return whether at least so many bytes are free on the disk."""
        try:
            return shutil.disk_usage(self.folder).free >= least
        except OSError:
            return False

    def clear(self, keep_seconds: float, keep_bytes: int) -> int:
        """Remove runs at an end that are too old, and more if all are too large: first those without an answer.

        Of the same kind, those opened longest ago are removed first.

        Returns
        -------
        int
            How many were removed.
        """
        kept: list[tuple[bool, float, int, Path]] = []
        removed = 0
        for path in self._runs.iterdir():
            run = self.find(path.name)
            if run and run.state in OPEN:
                continue
            touched = path.stat().st_mtime
            if time.time() - touched > (keep_seconds if run else _HALF_MADE_SECONDS):
                _remove(path)
                removed += 1
            else:
                answered = run is not None and run.state == "finished"
                kept.append((answered, touched, _size(path), path))
        total = sum(size for _, _, size, _ in kept)
        for _, _, size, path in sorted(kept):
            if total <= keep_bytes:
                break
            _remove(path)
            total -= size
            removed += 1
        return removed


def _secret(path: Path) -> bytes:
    """Read the secret of a store; make it if there is none, or half of one: without it addresses could be guessed."""
    if not path.is_file() or path.stat().st_size != _SECRET_BYTES:
        number, beside = tempfile.mkstemp(prefix=f"{path.name}-", dir=path.parent)  # for its owner alone
        with os.fdopen(number, "wb") as file:
            file.write(secrets.token_bytes(_SECRET_BYTES))
        Path(beside).replace(path)
    return path.read_bytes()


def _remove(folder: Path) -> None:
    """Remove a folder: it is gone in one step, whenever the process is ended, though its files may not be."""
    if folder.name.endswith(_FORGOTTEN):
        shutil.rmtree(folder, ignore_errors=True)
        return
    aside = folder.with_name(f"{folder.name}{_FORGOTTEN}")
    shutil.rmtree(aside, ignore_errors=True)
    with suppress(OSError):
        folder.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def _read(path: Path) -> Inputs | None:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return read if isinstance(read, dict) else None


def _encoded(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def _size(folder: Path) -> int:
    """Return the bytes that a folder takes on disk: whole blocks, where the system tells of them."""
    return sum(_on_disk(path) for path in (folder, *folder.rglob("*")))


def _on_disk(path: Path) -> int:
    try:
        told = path.lstat()
    except OSError:  # it has just been removed
        return 0
    blocks: int | None = getattr(told, "st_blocks", None)
    return -(-told.st_size // _BLOCK) * _BLOCK if blocks is None else blocks * _OF_STAT
