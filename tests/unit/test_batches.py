"""Batches: cut so that nothing is lost or done twice, on disk as they were, and lost workers made up for."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.inputs.messages import InputError
from simulator.running import members
from simulator.running.batch_files import BatchFile, BatchFolder, Part, encoded, parts_of
from simulator.running.batches import Array, Batch, Failure, Outcome, Reading, batch_size, batches_of, carried_out
from simulator.running.program import program
from simulator.running.replicating import finished_files
from simulator.running.runner import LOSSES, carry_out

WELL = {"what": {"was": "asked"}}


class Drawing:
    """Work of two cases that fails where it is told to."""

    cases = ("one", "two")
    seed = 7

    def __init__(self, failing: frozenset[tuple[int, int]] = frozenset()) -> None:
        self.failing = failing

    def prepare(self) -> None: ...

    def in_replication(self, _number: int) -> "Drawing":
        return self

    def read(self, case: int, replication: int) -> Reading:
        if (case, replication) in self.failing:
            raise ValueError("no  such\nluck")
        drawn = np.random.default_rng([case, replication]).normal(size=3)
        return Reading({"drawn": drawn}, {"told": f"{case} {replication}".encode()})

    def blank(self) -> Mapping[str, Array]:
        return {"drawn": np.full(3, np.nan)}


def never() -> bool:
    return False


@given(
    st.sets(st.integers(1, 200)).map(sorted),
    st.integers(1, 30),
    st.integers(0, 5),
)
def test_every_replication_is_in_one_batch(numbers: list[int], size: int, small: int) -> None:
    batches = list(batches_of(numbers, size, small))
    assert [number for batch in batches for number in batch] == numbers
    for position, batch in enumerate(batches):
        assert list(batch) == list(range(batch[0], batch[-1] + 1))
        assert len(batch) <= (1 if position < small else size)


def test_size_of_batches() -> None:
    assert [batch_size(*each) for each in ((1, 2), (20, 2), (60, 2), (2000, 2), (2000, 64))] == [1, 2, 7, 25, 7]


@given(failing=st.frozensets(st.tuples(st.integers(0, 1), st.integers(3, 9))), last=st.integers(3, 9))
def test_what_was_written_is_read(
    failing: frozenset[tuple[int, int]], last: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = BatchFolder(tmp_path_factory.mktemp("kept"))
    folder.begin(WELL, resume=False)
    numbers = tuple(range(3, last + 1))
    for part in parts_of(carried_out(Drawing(failing), numbers, never)):
        folder.save(part)
    found = [number for file in folder.files() for number in range(file.first, file.last + 1)]
    assert found == list(numbers)
    failures = [failure for file in folder.files() for failure in file.failures()]
    assert {(Drawing.cases.index(each.case), each.replication) for each in failures} == {
        each for each in failing if each[1] <= last
    }
    for file in folder.files():
        drawn = file.arrays("drawn")["drawn"]
        assert file.failed == bool(file.failures())
        for number in range(file.first, file.last + 1):
            for case in range(2):
                failed = (case, number) in failing
                expected = Drawing().blank() if failed else Drawing().read(case, number).arrays
                np.testing.assert_array_equal(drawn[number - file.first, case], expected["drawn"])
        told = [(number, case) for number in range(file.first, file.last + 1) for case in range(2)]
        tables = [(*each, f"{each[1]} {each[0]}".encode()) for each in told if each[::-1] not in failing]
        assert list(file.tables("told")) == tables
        assert list(file.tables("else")) == []


def test_a_failure_is_told_with_its_seed_and_place() -> None:
    (failure,) = carried_out(Drawing(frozenset([(1, 4)])), (3, 4, 5), never).failures
    assert failure[:4] == ("two", 4, 7, "ValueError: no such luck")
    assert failure.where.startswith("test_batches.py, line ")


def read_all(file: BatchFile) -> tuple[list[float], list[tuple[int, int, bytes]], list[Failure]]:
    return file.arrays("drawn")["drawn"].ravel().tolist(), list(file.tables("told")), file.failures()


def test_whatever_byte_is_another_one_it_is_noticed_or_changes_nothing(tmp_path: Path) -> None:
    folder = BatchFolder(tmp_path)
    folder.begin(WELL, resume=False)
    for part in parts_of(carried_out(Drawing(), (2,), never)):
        folder.save(part)
    (file,) = folder.files()
    whole, before = file.path.read_bytes(), read_all(file)
    noticed = 0
    for place in range(len(whole)):
        file.path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            assert read_all(file) == before
        except InputError:
            noticed += 1
    assert noticed > len(whole) / 2
    for end in range(0, len(whole), 7):
        file.path.write_bytes(whole[:end])
        with pytest.raises(InputError, match="cannot be read"):
            read_all(file)


def test_a_file_under_another_name_is_refused(tmp_path: Path) -> None:
    folder = BatchFolder(tmp_path)
    folder.begin(WELL, resume=False)
    for part in parts_of(carried_out(Drawing(), (1, 2), never)):
        folder.save(part)
    (file,) = folder.files()
    file.path.rename(file.path.with_name("000003-000004.npz"))
    (file,) = folder.files()
    with pytest.raises(InputError, match="other replications than its name states"):
        file.arrays("drawn")


def test_a_replication_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    """It would hide those that follow, and the answer would rest on fewer than were asked for."""
    folder = BatchFolder(tmp_path)
    folder.begin(WELL, resume=False)
    for batch in ((1, 2, 3), (3, 4)):
        for part in parts_of(carried_out(Drawing(), batch, never)):
            folder.save(part)
    with pytest.raises(
        InputError, match="000003-000004\\.npz: contains replications that 000001-000003\\.npz also contains"
    ):
        finished_files(folder, 4)


def test_the_order_of_what_was_asked_is_a_part_of_it(tmp_path: Path) -> None:
    """Arrays are laid out in it."""
    folder = BatchFolder(tmp_path)
    folder.begin({"pools": {"one": 1, "other": 2}}, resume=False)
    for part in parts_of(carried_out(Drawing(), (1,), never)):
        folder.save(part)
    with pytest.raises(InputError, match=r'the order in pools was "one, other" and is "other, one"'):
        folder.begin({"pools": {"other": 2, "one": 1}}, resume=True)
    folder.begin({"pools": {"one": 1, "other": 2}}, resume=True)


def test_what_is_stopped_gives_the_replications_that_are_whole() -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 5

    assert carried_out(Drawing(), (1, 2, 3, 4), stop).replications == (1, 2)


def test_the_same_outcome_is_the_same_bytes() -> None:
    one, other = (encoded(carried_out(Drawing(), (1, 2), never)) for _ in range(2))
    assert one == other


class Untrusty:
    """A crew whose workers are lost now and then: at the batches handed in that it is told of."""

    workers, ahead = 2, 2

    def __init__(self, lost: Callable[[int], bool]) -> None:
        self.lost, self.handed_in, self.renewed = lost, 0, 0

    def submit(self, batch: Batch) -> "Future[list[Part]]":
        self.handed_in += 1
        done: Future[list[Part]] = Future()
        if self.lost(self.handed_in):
            done.set_exception(BrokenExecutor())
        else:
            done.set_result(parts_of(carried_out(Drawing(), batch, never)))
        return done

    def renew(self) -> None:
        self.renewed += 1

    def end_early(self) -> None: ...


def test_a_worker_process_that_runs_another_program_carries_out_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may have been changed between the begin of a run and that of one of its processes."""
    going_on = SimpleNamespace(value=0)
    monkeypatch.setattr(members, "_GIVEN", [Drawing(), going_on, program()])
    assert members.carry_out_here((1, 2)) == parts_of(carried_out(Drawing(), (1, 2), never))
    monkeypatch.setattr(members, "_GIVEN", [Drawing(), going_on, program() | {"rules": "other"}])
    with pytest.raises(InputError, match="changed during this run"):
        members.carry_out_here((1, 2))


def test_batches_of_lost_workers_are_handed_in_again() -> None:
    kept: list[int] = []
    crew = Untrusty(lambda number: number % 3 == 0)
    carry_out(batches_of(range(1, 21), 3), crew, lambda part: kept.extend(range(part.first, part.last + 1)), never)
    assert sorted(kept) == list(range(1, 21))
    assert crew.renewed


def test_workers_lost_again_and_again_end_it() -> None:
    crew = Untrusty(lambda number: number > 1)
    with pytest.raises(InputError, match="repeatedly"):
        carry_out(batches_of(range(1, 21), 1), crew, lambda _: None, never)
    assert crew.renewed < LOSSES


def test_a_bounded_number_of_batches_is_under_way() -> None:
    taken = 0

    def batches() -> Iterator[Batch]:
        nonlocal taken
        for number in range(1, 101):
            taken += 1
            yield (number,)

    kept: list[int] = []

    def keep(part: Part) -> None:
        kept.append(part.first)
        assert taken - len(kept) < Untrusty.workers + Untrusty.ahead

    carry_out(batches(), Untrusty(lambda _: False), keep, never)
    assert len(kept) == 100


def fill(folder: BatchFolder, *batches: Batch, failing: frozenset[tuple[int, int]] = frozenset()) -> None:
    for batch in batches:
        for part in parts_of(carried_out(Drawing(failing), batch, never)):
            folder.save(part)


def test_a_stopped_run_is_not_begun_anew_unasked(tmp_path: Path) -> None:
    folder = BatchFolder(tmp_path / "kept")
    folder.begin(WELL, resume=True)  # nothing is there: it begins
    fill(folder, (1, 2), (5,))
    with pytest.raises(InputError, match=r"3 replications finished\. Use --resume .* another folder"):
        folder.begin(WELL, resume=False)
    with pytest.raises(
        InputError, match=r'another question.* what\.was was "asked" and is "told"; what\.else was missing'
    ):
        folder.begin({"what": {"was": "told", "else": 1}}, resume=True)
    folder.begin(WELL, resume=True)
    assert [(each.first, each.last) for each in folder.files()] == [(1, 2), (5, 5)]


def test_what_failed_or_is_half_written_is_tried_again(tmp_path: Path) -> None:
    folder = BatchFolder(tmp_path)
    folder.begin(WELL, resume=False)
    fill(folder, (1, 2, 3, 4), failing=frozenset([(0, 2)]))
    (file, *_) = folder.files()
    half = file.path.with_name("000005-000009.npz.part")
    half.write_bytes(b"half")
    folder.begin(WELL, resume=True)
    assert [(each.first, each.last) for each in folder.files()] == [(1, 1), (3, 4)]
    assert not half.exists()


def test_where_everything_failed_there_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    folder = BatchFolder(tmp_path)
    folder.begin(WELL, resume=False)
    fill(folder, (1,), failing=frozenset([(0, 1)]))
    folder.begin({"another": {}}, resume=False)
    assert folder.files() == []
    folder.remove_if_idle()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    folder = BatchFolder(tmp_path)
    folder.begin(WELL, resume=False)
    (part,) = parts_of(carried_out(Drawing(), (1, 2), never))
    middle = len(part.content) // 2
    inside = part.content.index(b"drawn.npy") + 60
    bent = part.content[:inside] + bytes([part.content[inside] ^ 255]) + part.content[inside + 1 :]
    for content in (b"not what it was", part.content[:middle], bent):
        folder.save(part._replace(content=content))
        with pytest.raises(InputError, match=r"000001-000002\.npz: cannot be read .* Delete it"):
            folder.files()[0].arrays("drawn")


def test_temporary_folders_go_with_the_last_who_refers_to_them() -> None:
    folder = BatchFolder.temporary()
    path = folder.folder
    assert path.is_dir()
    del folder
    assert not path.exists()


def test_parts_of_an_outcome_without_failures_are_one() -> None:
    whole = carried_out(Drawing(), (1, 2, 3), never)
    (part,) = whole.parted()
    assert isinstance(part, Outcome)
    assert part.replications == (1, 2, 3)
