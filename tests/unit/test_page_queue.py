"""The queue of the page: it outlives every error and a full disk, each client has bounds, and only askers cancel."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from starlette.testclient import TestClient

from simulator.inputs.messages import InputError
from simulator.page import compare_asked
from simulator.page.app import app_of
from simulator.page.askers import EachMinute, NotAskedError, TooBusyError
from simulator.page.limits import Limits
from simulator.page.run_store import OPEN, Run, RunStore
from simulator.page.runs import Runs
from simulator.page.slots import Outcome

SAME = {"Sec-Fetch-Site": "same-origin"}


class Disk:
    """A disk that is full at times."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refuses: set[str] = set()
        """States of runs that cannot be written down."""
        self.full = False
        save = RunStore.save

        def written(store: RunStore, run: Run) -> Run:
            if run.state in self.refuses:
                raise InputError("cannot be written (No space left on device)")
            return save(store, run)

        monkeypatch.setattr(RunStore, "save", written)
        monkeypatch.setattr(RunStore, "has_room", lambda *_: not self.full)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


class QuickSlot:
    """A slot without a process."""

    faults: int = 0
    """Errors that the next slots meet before they begin."""
    course: threading.Event | None = None
    """For which a job waits."""

    def __init__(self, *_: Any) -> None: ...

    def begin(self) -> None:
        if QuickSlot.faults:
            QuickSlot.faults -= 1
            raise OSError(11, "Resource temporarily unavailable")

    def end(self) -> None: ...

    def carry_out(self, *_: Any) -> Outcome:
        return Outcome("finished")


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    monkeypatch.setattr("simulator.page.runs.Slot", QuickSlot)
    monkeypatch.setattr("simulator.page.runs._AGAIN", 0.01)
    begun = Runs(RunStore(tmp_path), Limits(threads=1), "program")
    begun.start()
    yield begun
    begun.stop()


def inputs(seed: float = 1) -> dict[str, Any]:
    asked, _ = compare_asked.read(compare_asked.fields_by_default(), 10**9)
    return asked | {"numbers": asked["numbers"] | {"seed": seed}}


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def state(runs: Runs, run: Run) -> str:
    found = runs.store.find(run.id)
    assert found is not None
    return found.state


@pytest.mark.parametrize("refused", ["running", "finished"])
def test_a_run_that_cannot_be_written_down_waits_for_room(runs: Runs, disk: Disk, refused: str) -> None:
    """Whether it begins or ends meanwhile: the slot lives on, and the run is answered without a restart."""
    disk.refuses.add(refused)
    run = runs.ask("compare", inputs(), "one")
    time.sleep(0.1)
    assert state(runs, run) in OPEN
    assert runs.health()[1] == ""
    disk.refuses.clear()
    until(lambda: state(runs, run) == "finished")
    other = runs.ask("compare", inputs(2), "two")
    until(lambda: state(runs, other) == "finished")


def test_a_slot_outlives_what_its_process_meets(runs: Runs) -> None:
    QuickSlot.faults = 3
    for seed in range(5):
        run = runs.ask("compare", inputs(seed), "one")
        until(lambda run=run: state(runs, run) == "finished")  # type: ignore[misc]
    assert QuickSlot.faults == 0
    assert runs.health()[1] == ""


def test_a_full_disk_begins_nothing_and_is_told(runs: Runs, disk: Disk) -> None:
    disk.full = True
    with pytest.raises(TooBusyError) as busy:
        runs.ask("compare", inputs(), "one")
    assert busy.value.whose == "disk"
    assert runs.health() == ("slots: 1 of 1, 0 at work\nqueue: 0 of 200\ndisk: full\n", "the disk is full")
    disk.full = False
    run = runs.ask("compare", inputs(), "one")
    until(lambda: state(runs, run) == "finished")
    assert runs.health() == ("slots: 1 of 1, 0 at work\nqueue: 0 of 200\ndisk: room\n", "")


def test_nothing_is_changed_by_what_cannot_be_written_down(tmp_path: Path, disk: Disk) -> None:
    runs = Runs(RunStore(tmp_path), Limits(waiting_each=1), "program")
    disk.refuses = {"waiting", "cancelled"}
    with pytest.raises(TooBusyError):
        runs.ask("compare", inputs(), "one")
    disk.refuses = {"cancelled"}
    run = runs.ask("compare", inputs(), "one")  # the place in the line was not taken
    with pytest.raises(TooBusyError):
        runs.cancel(run, "one")
    assert state(runs, run) == "waiting"
    assert runs.progress(run.id).place == 1
    disk.refuses.clear()
    assert runs.cancel(run, "one").state == "cancelled"


def test_a_run_of_another_version_stops_no_server(tmp_path: Path, runs: Runs) -> None:
    store = RunStore(tmp_path)
    store.save(Run(store.keyed("old"), "of old", {}, "old", "waiting", 0.0))
    again = Runs(store, Limits(threads=1), "program")
    again.start()
    run = again.ask("compare", inputs(), "one")
    until(lambda: state(again, run) == "finished")
    again.stop()


def test_a_client_asks_and_cancels_so_often_in_a_minute() -> None:
    acts = EachMinute(3)
    assert [acts.allows("one", second) for second in (0.0, 10.0, 20.0, 30.0)] == [True, True, True, False]
    assert acts.allows("other", 30.0)
    assert not acts.allows("one", 59.0)
    assert acts.allows("one", 61.0)
    assert not acts.allows("one", 62.0)


def test_clients_who_did_nothing_for_a_minute_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.page.askers._MOST_CLIENTS", 5)
    acts = EachMinute(3)
    for number in range(100):
        assert acts.allows(f"client {number}", 20.0 * number)
    assert len(acts._times) < 10


def test_only_those_who_asked_cancel_and_the_last_of_them_ends_it(tmp_path: Path) -> None:
    runs = Runs(RunStore(tmp_path), Limits(), "program")
    run = runs.ask("compare", inputs(), "office", "first")
    assert runs.ask("compare", inputs(), "office", "second").id == run.id
    for address, token in (("office", ""), ("office", "guessed"), ("elsewhere", "")):
        with pytest.raises(NotAskedError):
            runs.cancel(run, address, token)
    assert runs.cancel(run, "on the way", "first").state == "waiting"
    with pytest.raises(NotAskedError):
        runs.cancel(run, "office", "first")
    assert runs.cancel(run, "office", "second").state == "cancelled"
    assert "first" not in (runs.store.folder / "runs" / run.id / "status.json").read_text()


def test_of_too_many_runs_those_without_an_answer_are_cleared_first(tmp_path: Path) -> None:
    """However long ago the answers were opened; and a run takes whole blocks, though its files are small."""
    store = RunStore(tmp_path)
    states: list[Literal["finished", "cancelled", "failed"]]
    states = ["finished", "cancelled", "failed", "cancelled", "finished"]
    runs = [store.save(Run(store.keyed(f"{n}"), "compare", {}, "p", state, 0.0)) for n, state in enumerate(states)]
    assert store.clear(keep_seconds=10**9, keep_bytes=10**6) == 0
    assert store.clear(keep_seconds=10**9, keep_bytes=4 * 4096) > 0  # of names and numbers there are 2,000 bytes
    left = [store.find(run.id) for run in runs]
    assert [run and run.state for run in left[1:4]] == [None, None, None]
    assert [run.state for run in left if run] == ["finished"] * sum(run is not None for run in left)
    assert any(left)


def test_runs_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir(mode=0o755)
    RunStore(tmp_path)
    assert (tmp_path / "runs").stat().st_mode & 0o077 == 0


@pytest.fixture
def page(tmp_path: Path) -> Callable[[], TestClient]:
    """Makes browsers, of a page that carries out nothing; all at one address."""
    app = app_of(RunStore(tmp_path), Limits(threads=1, acts_a_minute=6), "program")
    return lambda: TestClient(app, follow_redirects=False)


def asks(browser: TestClient, **fields: str) -> Any:
    return browser.post("/compare", data=compare_asked.fields_by_default() | fields, headers=SAME)


def test_a_run_is_cancelled_in_the_browser_in_which_it_was_asked_for(page: Callable[[], TestClient]) -> None:
    mine, other = page(), page()
    answer = asks(mine)
    run, cookie = answer.headers["location"], answer.headers["set-cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert ">Cancel<" in mine.get(run).text.replace("\n", "").replace(" ", "")
    assert "/cancel" not in other.get(run).text
    refused = other.post(f"{run}/cancel", headers=SAME)
    assert refused.status_code == 403
    assert "Only those who asked the question can cancel it" in refused.text
    assert "set-cookie" not in asks(mine, seed="2").headers  # it has one
    assert mine.post(f"{run}/cancel", headers=SAME).status_code == 303
    assert "This run was cancelled" in other.get(run).text


def test_a_client_that_asks_too_often_is_told_when_to_come_back(page: Callable[[], TestClient]) -> None:
    browser = page()
    for _ in range(3):
        run = asks(browser).headers["location"]
        browser.post(f"{run}/cancel", headers=SAME)
    answer = asks(browser, seed="7")
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "60"
    assert "6 runs in a minute" in answer.text
    assert '<input type="hidden" name="seed" value="7">' in answer.text


def test_a_full_disk_is_told_in_words(page: Callable[[], TestClient], disk: Disk) -> None:
    browser = page()
    run = asks(browser).headers["location"]
    browser.post(f"{run}/cancel", headers=SAME)
    disk.full = True
    for answer in (asks(browser, seed="7"), browser.post(f"{run}/again", headers=SAME)):
        assert answer.status_code == 503
        assert "The disk of this server is full" in answer.text
        assert answer.headers["retry-after"]
    health = browser.get("/health")
    assert health.status_code == 503
    assert health.text.endswith("\nthe disk is full\n")
    disk.full, disk.refuses = False, {"waiting"}
    assert asks(browser, seed="8").status_code == 503
    disk.refuses.clear()
    assert asks(browser, seed="8").status_code == 303
    assert browser.get("/health").text.endswith("\nwell\n")
