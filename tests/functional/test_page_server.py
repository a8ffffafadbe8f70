"""The server of the page: clients that send nothing, a restart in mid-run, runs that take too much."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from simulator.inputs.messages import InputError
from simulator.page import compare_asked
from simulator.page.askers import TooBusyError
from simulator.page.limits import Limits
from simulator.page.run_store import OPEN, Run, RunStore
from simulator.page.runs import Runs
from simulator.page.serving import Address, program_digest, serve
from tests.served import served

PATIENCE = 0.5
HALF_A_FORM = (
    b"POST /compare HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Length: 100\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nyears="
)


def inputs(**numbers: float) -> dict[str, object]:
    asked, _ = compare_asked.read(compare_asked.fields_by_default(), 10**9)
    frameworks = {"frameworks": ["option-a", "option-b"], "baseline": "option-a"}
    return asked | frameworks | {"numbers": asked["numbers"] | numbers}


@contextmanager
def running(folder: Path, limits: Limits) -> Iterator[Runs]:
    runs = Runs(RunStore(folder), limits, "program")
    runs.start()
    try:
        yield runs
    finally:
        runs.stop()


def ended(runs: Runs, run: Run, seconds: float = 900) -> Run:
    deadline = time.monotonic() + seconds
    while (now := runs.store.find(run.id)) is not None and now.state in OPEN:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert now is not None
    return now


def until_under_way(runs: Runs, run: Run) -> None:
    deadline = time.monotonic() + 900
    while not runs.progress(run.id).done:
        now = runs.store.find(run.id)
        assert now is not None
        assert now.state in OPEN, now.reason
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_run_goes_on_after_a_restart_with_what_was_finished(tmp_path: Path) -> None:
    with running(tmp_path, Limits(threads=1)) as runs:
        run = runs.ask("compare", inputs(years=2, replications=100), "here")
        until_under_way(runs, run)
    stopped = RunStore(tmp_path).find(run.id)
    assert stopped is not None
    assert stopped.state == "waiting"
    kept = list((tmp_path / "runs" / run.id / "results" / ".unfinished" / "batches").glob("*.npz"))
    assert kept
    with running(tmp_path, Limits(threads=1)) as runs:
        while not (progress := runs.progress(run.id)).of:
            time.sleep(0.01)
        assert progress.done >= 2 * len(kept)
        runs.cancel(run, "here")
    assert not runs.store.results(run.id).exists()


def test_a_run_that_takes_too_long_is_ended_and_the_next_one_is_served(tmp_path: Path) -> None:
    with running(tmp_path, Limits(threads=1, run_seconds=0.3)) as runs:
        run = ended(runs, runs.ask("compare", inputs(years=20, replications=200), "here"))
        assert run.state == "failed"
        assert "took longer than" in run.reason
        assert runs.again(run, "here").state == "waiting"
        runs.cancel(run, "here")


def test_a_run_that_takes_too_much_memory_fails_and_the_server_goes_on(tmp_path: Path) -> None:
    with running(tmp_path, Limits(threads=1, memory=2**20)) as runs:
        run = ended(runs, runs.ask("compare", inputs(years=1, replications=2), "here"))
        assert run.state == "failed"
        assert run.reason
        other = ended(runs, runs.ask("compare", inputs(years=1, replications=3), "here"))
        assert other.state == "failed"


def test_clients_take_turns_and_each_has_so_many(tmp_path: Path) -> None:
    limits = Limits(threads=1, jobs=1, waiting_each=3, waiting=4)
    with running(tmp_path, limits) as runs:
        first = runs.ask("compare", inputs(years=20, replications=100), "greedy")
        until_under_way(runs, first)
        for seed in (1, 2):
            runs.ask("compare", inputs(seed=seed), "greedy")
        with pytest.raises(TooBusyError) as busy:
            runs.ask("compare", inputs(seed=3), "greedy")
        assert busy.value.whose == "client"
        modest = runs.ask("compare", inputs(seed=4), "modest")
        assert runs.progress(modest.id).place == 2
        assert runs.progress(modest.id).seconds_left is not None
        runs.ask("compare", inputs(seed=5), "third")
        with pytest.raises(TooBusyError) as busy:
            runs.ask("compare", inputs(seed=6), "fourth")
        assert busy.value.whose == "everybody"


def test_a_run_that_two_asked_for_goes_on_when_one_cancels(tmp_path: Path) -> None:
    with running(tmp_path, Limits(threads=1)) as runs:
        run = runs.ask("compare", inputs(years=20, replications=100), "one")
        assert runs.ask("compare", inputs(years=20, replications=100), "two").id == run.id
        assert runs.cancel(run, "one").state in OPEN
        assert runs.cancel(run, "two").state == "cancelled"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Serve with little patience; give the address."""
    with served(tmp_path_factory.mktemp("runs"), Limits(read_seconds=PATIENCE)) as listening:
        yield listening


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        HALF_A_FORM,
    ],
)
def test_a_client_that_does_not_go_on_is_not_waited_for(address: tuple[str, int], sent: bytes) -> None:
    began = time.monotonic()
    with socket.create_connection(address, timeout=20) as client:
        client.sendall(sent)
        answer = b""
        while piece := client.recv(65536):
            answer += piece
            if b"</html>" in answer:
                break
    assert time.monotonic() - began < 15
    assert not answer or answer.startswith(b"HTTP/1.1 408")


def test_a_client_that_sends_a_byte_at_a_time_is_not_waited_for(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=20) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        while not answer.endswith(b"well\n"):
            answer += client.recv(65536)
        with pytest.raises(OSError, match=r"."):
            drip(client, b"GET /health HTTP/1.1\r\nHost: " + b"x" * 200)


def drip(client: socket.socket, content: bytes) -> None:
    for byte in content:
        client.sendall(bytes([byte]))
        time.sleep(0.05)


def test_a_port_that_is_taken_is_said_so(address: tuple[str, int], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be used"):
        serve(Address(*address), tmp_path, Limits(), "", lambda: None)


def test_without_style_sheet_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("simulator.page.serving.missing", lambda: ["page.css"])
    with pytest.raises(InputError, match="make page"):
        serve(Address("127.0.0.1", 0), tmp_path, Limits(), "", lambda: None)


def test_the_program_is_told_apart_by_its_rules_and_files() -> None:
    assert program_digest() == program_digest()
    assert len(program_digest()) == 16
