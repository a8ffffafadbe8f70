"""A full disk and Ctrl-C: the earlier run stays as it was, and what is finished is written or kept."""

import json
import resource
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from simulator.render import terminal
from simulator.running.store import MANIFEST, UNFINISHED
from tests.commands import INTERRUPTED, PAIR, REFUSED, SMALL, content, inspectsim, ran

pytestmark = pytest.mark.usefixtures("undrawn_throughout")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "one"
    ran("compare", SMALL, *PAIR, "--out", folder, "--workers", "1")
    return folder


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of another seed, to be copied."""
    folder = tmp_path_factory.mktemp("runs") / "earlier"
    ran("compare", SMALL, *PAIR, "--out", folder, "--seed", "1")
    return folder


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [1_000, 60_000, 150_000])
def test_a_full_disk_leaves_the_earlier_run_as_it_was_and_keeps_what_is_finished(
    run: Path, earlier: Path, tmp_path: Path, size: int
) -> None:
    shutil.copytree(earlier, tmp_path / "run")
    before = {**content(tmp_path / "run"), MANIFEST: (tmp_path / "run" / MANIFEST).read_bytes()}
    with largest_file(size):
        again = inspectsim("compare", SMALL, *PAIR, "--out", tmp_path / "run", "--workers", "1")
        new = inspectsim("compare", SMALL, *PAIR, "--out", tmp_path / "new", "--workers", "1")
    for result in (again, new):
        assert result.exit_code == REFUSED
        assert "cannot be written (File too large)" in result.stderr
        assert result.stdout == ""
    something_done = size > 1_000
    assert something_done == ("Continue with --resume" in again.stderr)
    assert something_done == (tmp_path / "new").exists() == (tmp_path / "run" / UNFINISHED).exists()
    now = {name: each for name, each in content(tmp_path / "run").items() if not name.startswith(UNFINISHED)}
    assert {**now, MANIFEST: (tmp_path / "run" / MANIFEST).read_bytes()} == before
    for name in ("run", "new"):
        ran("compare", SMALL, *PAIR, "--out", tmp_path / name, "--resume")
        assert content(tmp_path / name) == content(run)


def test_ctrl_c_writes_what_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = 2  # runs of the first replication, one for each framework

    @contextmanager
    def interrupting(*_: object, **__: object) -> Iterator[terminal.Told]:
        yield lambda done, of: signal.raise_signal(signal.SIGINT) if done == first else None

    monkeypatch.setattr(terminal, "progress", interrupting)
    run = ("compare", SMALL, *PAIR, "--out", tmp_path / "run", "--replications", "50", "--events", "all")
    result = inspectsim(*run, "--workers", "1")  # with more, a later replication may be finished before the first
    assert result.exit_code == INTERRUPTED
    manifest = json.loads((tmp_path / "run" / MANIFEST).read_text())
    finished = manifest["replications"]["finished"]
    assert manifest["interrupted"]
    assert 1 <= finished < 50
    assert f"results of {finished} of 50 replications" in result.stderr.replace("\n", " ")
    values = pd.read_csv(tmp_path / "run" / "replications.csv")
    assert set(values["replication"]) == set(range(1, finished + 1))
    assert set(pd.read_parquet(tmp_path / "run" / "backlog.parquet")["replication"]) == set(range(1, finished + 1))


def test_ctrl_c_before_anything_is_finished_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def interrupting(*_: object, **__: object) -> Iterator[terminal.Told]:
        signal.raise_signal(signal.SIGINT)
        yield lambda done, of: None

    monkeypatch.setattr(terminal, "progress", interrupting)
    result = inspectsim("compare", SMALL, *PAIR, "--out", tmp_path / "run")
    assert result.exit_code == INTERRUPTED
    assert "Nothing was written" in result.stderr
    assert list(tmp_path.iterdir()) == []
