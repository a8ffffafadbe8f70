"""Runs of the page on disk: addresses, what is remembered, what is cleared."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.inputs.messages import InputError
from simulator.page.run_store import Run, RunStore

INPUTS = {"frameworks": ["option-a"], "numbers": {"years": 1.0}}


def stored(store: RunStore, name: str = "run", **changes: object) -> Run:
    run = Run(store.keyed(name), "compare", INPUTS, "p", "waiting", time.time(), askers=("me",))
    return store.save(replace(run, **changes))  # type: ignore[arg-type]


def test_the_same_question_has_the_same_address_and_another_store_another(tmp_path: Path) -> None:
    store = RunStore(tmp_path / "one")
    address = store.address("compare", INPUTS, "program")
    assert RunStore(tmp_path / "one").address("compare", INPUTS, "program") == address
    others = {
        RunStore(tmp_path / "two").address("compare", INPUTS, "program"),
        store.address("size", INPUTS, "program"),
        store.address("compare", INPUTS | {"seed": 1}, "program"),
        store.address("compare", INPUTS, "other"),
    }
    assert len(others | {address}) == 5
    assert len(address) == 32


def test_the_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    RunStore(tmp_path)
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert len((tmp_path / "secret").read_bytes()) == 32


def test_what_is_saved_is_found_again_by_another_server(tmp_path: Path) -> None:
    run = stored(RunStore(tmp_path))
    assert RunStore(tmp_path).find(run.id) == run
    assert RunStore(tmp_path).open_runs() == [run]


def test_who_asked_is_forgotten_at_the_end(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    stored(store)
    ended = stored(store, state="finished")
    assert ended.askers == ()
    assert "me" not in (tmp_path / "runs" / ended.id / "status.json").read_text()
    assert store.open_runs() == []


@pytest.mark.parametrize("name", ["", ".", "..", "../secret", "a" * 31, "A" * 32, "a" * 32 + "\n", "a/" * 16, "1" * 32])
def test_what_is_no_address_is_not_looked_for(tmp_path: Path, name: str) -> None:
    assert RunStore(tmp_path).find(name) is None


@pytest.mark.parametrize("content", ["", "[]", "{", '{"kind": 1}', "null"])
def test_a_run_that_was_damaged_is_none(tmp_path: Path, content: str) -> None:
    store = RunStore(tmp_path)
    run = stored(store)
    (tmp_path / "runs" / run.id / "status.json").write_text(content)
    assert store.find(run.id) is None
    assert store.open_runs() == []


def test_old_runs_are_cleared_but_not_open_ones(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    old, kept = stored(store, "old", state="finished"), stored(store, "new", state="finished")
    waiting = stored(store, "waiting")
    for run in (old, waiting):
        os.utime(tmp_path / "runs" / run.id, (0, 0))
    assert store.clear(keep_seconds=1000, keep_bytes=10**9) == 1
    assert [store.find(run.id) is not None for run in (old, kept, waiting)] == [False, True, True]


def test_what_is_left_of_a_run_is_cleared_but_not_one_that_is_just_being_asked_for(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    left, begun = (tmp_path / "runs" / store.keyed(name) for name in ("left", "begun"))
    for folder in (left, begun):
        folder.mkdir()
    os.utime(left, (0, 0))
    assert store.clear(keep_seconds=10**9, keep_bytes=10**9) == 1
    assert [each.exists() for each in (left, begun)] == [False, True]


def test_of_too_many_those_opened_longest_ago_are_cleared(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    runs = [stored(store, str(number), state="finished") for number in range(4)]
    now = time.time()
    for age, run in enumerate(runs):
        results = store.results(run.id)
        results.mkdir()
        (results / "table.csv").write_bytes(bytes(100_000))
        os.utime(tmp_path / "runs" / run.id, (now - 100 * age, now - 100 * age))
    store.opened(runs[3].id)
    store.clear(keep_seconds=10**6, keep_bytes=250_000)
    assert [store.find(run.id) is not None for run in runs] == [True, False, False, True]


def test_one_server_at_a_time_uses_a_folder(tmp_path: Path) -> None:
    with (
        RunStore(tmp_path).alone(),
        pytest.raises(InputError, match="another server is using it"),
        RunStore(tmp_path).alone(),
    ):
        pass
    with RunStore(tmp_path).alone():
        pass
