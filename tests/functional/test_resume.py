"""Runs that are killed, interrupted or disturbed, for real: nothing lost, nothing counted twice, the same bytes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.running.store import UNFINISHED
from tests.commands import INTERRUPTED, PAIR, REFUSED, SMALL, content, ended, ran
from tests.undrawn import PROGRAM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="sends signals"),
    pytest.mark.usefixtures("undrawn_throughout"),
]

ROOT = Path(__file__).parents[2]
REPLICATIONS = 40
SECONDS = 120
CREWS = {
    "one": ["--workers", "1"],
    "threads": ["--workers", "2"],
    "processes": ["--workers", "2", "--processes"],
    "cluster": ["--workers", "2", "--cluster", "local"],
}

Begin = Callable[..., "subprocess.Popen[str]"]


def asked(out: Path, *options: str) -> list[str]:
    usual = ["--replications", str(REPLICATIONS), "--batch", "2", "--out", str(out)]
    return ["compare", str(SMALL), *PAIR, *usual, *options]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Begin a command in a process group of its own, as a shell does; whatever is left of it is ended."""
    begun: list[subprocess.Popen[str]] = []

    def one(out: Path, *options: str) -> "subprocess.Popen[str]":
        begun.append(
            subprocess.Popen(
                [sys.executable, "-c", PROGRAM, *asked(out, *options)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                start_new_session=True,
            )
        )
        return begun[-1]

    yield one
    for each in begun:
        if each.poll() is None:
            os.killpg(each.pid, signal.SIGKILL)
        each.communicate()


def finish(out: Path, *options: str) -> None:
    """Run it undisturbed, without a process of its own: that takes most of the time of a small run."""
    ran(*asked(out, *options))


def refused(out: Path, *options: str) -> str:
    return ended(REFUSED, *asked(out, *options)).stderr


def batches(out: Path) -> list[str]:
    return sorted(path.name for path in (out / UNFINISHED).glob("batches/*.npz"))


def wait_for(number: int, out: Path, process: "subprocess.Popen[str]") -> None:
    """Wait until so many batches are finished, among them the first, without which there are no results."""
    ends = time.monotonic() + SECONDS
    while len(there := batches(out)) < number or not there[0].startswith("000001-"):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < ends
        time.sleep(0.02)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("runs") / "undisturbed"
    finish(folder, "--workers", "1")
    return content(folder)


def test_a_run_that_was_killed_goes_on(undisturbed: dict[str, bytes], tmp_path: Path, begin: Begin) -> None:
    out = tmp_path / "run"
    killed = begin(out, *CREWS["processes"])
    wait_for(4, out, killed)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    there = batches(out)
    assert there
    assert [path.name for path in out.iterdir()] == [UNFINISHED]

    assert "contains a stopped run" in refused(out)
    assert "scenario.run.seed was 2006 and is 1" in refused(out, "--resume", "--seed", "1")
    assert batches(out) == there

    finish(out, "--resume", "--workers", "1", "--batch", "7")
    assert content(out) == undisturbed


@pytest.mark.parametrize("crew", ["threads", "processes", "cluster"])
def test_ctrl_c_ends_with_what_is_finished_and_it_goes_on(
    undisturbed: dict[str, bytes], tmp_path: Path, begin: Begin, crew: str
) -> None:
    if crew == "cluster":
        pytest.importorskip("distributed", reason="needs the extra inspectsim[cluster]")
    out = tmp_path / "run"
    stopped = begin(out, *CREWS[crew])
    wait_for(3, out, stopped)
    os.killpg(stopped.pid, signal.SIGINT)
    told, remarks = stopped.communicate(timeout=SECONDS)
    assert stopped.returncode == INTERRUPTED, remarks
    assert "Traceback" not in remarks
    assert "To continue, use the same command with --resume" in remarks
    assert "Files in" in told
    assert batches(out)
    finish(out, "--resume")
    assert content(out) == undisturbed


@pytest.mark.parametrize("crew", ["processes", "cluster"])
def test_workers_end_with_the_process_that_began_them(tmp_path: Path, begin: Begin, crew: str) -> None:
    psutil = pytest.importorskip("psutil", reason="needs the extra inspectsim[cluster]")
    out = tmp_path / "run"
    killed = begin(out, *CREWS[crew], "--replications", "400")
    wait_for(2, out, killed)
    workers = psutil.Process(killed.pid).children(recursive=True)
    assert len(workers) >= 2
    killed.kill()
    _, alive = psutil.wait_procs(workers, timeout=30)
    assert alive == []


def test_ctrl_c_twice_ends_at_once_and_what_is_finished_is_kept(tmp_path: Path, begin: Begin) -> None:
    out = tmp_path / "run"
    stopped = begin(out, *CREWS["processes"], "--replications", "400", "--batch", "20")
    wait_for(2, out, stopped)
    for _ in range(2):
        os.killpg(stopped.pid, signal.SIGINT)
        time.sleep(0.3)  # two that come at once are one
    told, remarks = stopped.communicate(timeout=SECONDS)
    assert stopped.returncode == INTERRUPTED, remarks
    assert told == ""
    assert "Continue with --resume" in remarks
    assert batches(out)


@pytest.mark.parametrize("crew", ["processes", "cluster"])
def test_a_worker_that_is_killed_is_made_up_for(
    undisturbed: dict[str, bytes], tmp_path: Path, begin: Begin, crew: str
) -> None:
    psutil = pytest.importorskip("psutil", reason="needs the extra inspectsim[cluster]")
    out = tmp_path / "run"
    running = begin(out, *CREWS[crew])
    wait_for(3, out, running)
    workers = [each for each in psutil.Process(running.pid).children() if "spawn_main" in " ".join(each.cmdline())]
    assert len(workers) == 2
    workers[0].kill()
    _, remarks = running.communicate(timeout=SECONDS)
    assert running.returncode == 0, remarks
    assert "Traceback" not in remarks
    assert content(out) == undisturbed


def test_a_second_run_into_the_same_folder_is_refused(
    undisturbed: dict[str, bytes], tmp_path: Path, begin: Begin
) -> None:
    out = tmp_path / "run"
    first = begin(out, *CREWS["one"])
    wait_for(1, out, first)
    first.send_signal(signal.SIGSTOP)  # it does not end meanwhile, however slow the others are to begin
    for options in ([], ["--resume"]):
        assert "another run is using it" in refused(out, *options)
    first.send_signal(signal.SIGCONT)
    _, remarks = first.communicate(timeout=SECONDS)
    assert first.returncode == 0, remarks
    assert content(out) == undisturbed
