"""Processes that are ended in the midst of moving and removing files: the next one finds all or nothing."""

import hashlib
import os
import shutil
from base64 import b32encode
from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from simulator.inputs.messages import InputError
from simulator.page.run_store import RunStore
from simulator.running.batch_files import FITS, POINTS, BatchFolder, Part, batch_folder, many_folders
from simulator.running.store import EARLIER, MANIFEST, RESULTS, UNFINISHED, run_folder
from tests.sudden_ends import ended_at
from tests.unit.test_web_run_store import stored

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks")

EXPECTED = ("summary.csv",)
ASKED = {"what": {"was": "asked"}}
OLD = {"summary.csv": "old", "charts/gone.svg": "old"}
NEW = {"summary.csv": "new", "two.csv": "new"}
MOST = 200
"""Operations, more than anything here takes."""


def fill(target: Path, files: dict[str, str]) -> None:
    with run_folder(target, EXPECTED) as folder:
        for name, text in files.items():
            folder.write_text(name, text)
        folder.finish({"inspectsim": "1"})


def content(target: Path) -> dict[str, bytes]:
    there = {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    return {name: each for name, each in there.items() if not name.startswith(UNFINISHED)}


def finish_one(target: Path) -> None:
    """Carry out a run of one folder of batches, as a command does, from its beginning or from where it was left."""
    with run_folder(target, EXPECTED) as folder, batch_folder(folder.unfinished) as kept:
        carried_out(kept, folder.unfinished)
        folder.write_text("summary.csv", told(kept))
        folder.finish({"inspectsim": "1"})
        folder.forget()


def finish_many(target: Path) -> None:
    """The same of a run of several, as a search does."""
    with run_folder(target, EXPECTED) as folder:
        with many_folders(folder.unfinished, "points", resume=True) as points:
            kept = [BatchFolder(points / name) for name in ("2", "inf")]
            for each in kept:
                carried_out(each, each.folder)
            text = "".join(map(told, kept))
        folder.write_text("summary.csv", text)
        folder.finish({"inspectsim": "1"})
        folder.forget()


def finish_over_fits(target: Path) -> None:
    """The same of a question over fits: in the world of one it is a run as `explain` and `worth` are, then a search."""
    with run_folder(target, EXPECTED) as folder:
        with many_folders(folder.unfinished, FITS, resume=True) as fits:
            with batch_folder(fits / "fit-1") as one:
                carried_out(one, fits / "fit-1", {1})
            with many_folders(fits / "fit-2", POINTS, resume=True) as points:
                other = BatchFolder(points / "2")
                carried_out(other, other.folder, {1})
            text = told(one, [1]) + told(other, [1])
        folder.write_text("summary.csv", text)
        folder.finish({"inspectsim": "1"})
        folder.forget()


def carried_out(kept: BatchFolder, inside: Path, wanted: Collection[int] = (1, 2, 3)) -> None:
    inside.mkdir(parents=True, exist_ok=True)
    kept.begin(ASKED, resume=True)
    there = {each.first for each in kept.files()}
    for number in sorted({*wanted} - there):
        kept.save(Part(number, number, 0, f"batch {number}\n".encode()))


def told(kept: BatchFolder, wanted: Collection[int] = (1, 2, 3)) -> str:
    files = kept.files()
    assert [each.first for each in files] == [*wanted]
    return "".join(each.path.read_text() for each in files)


def every_end(act: Callable[[], object], begin: Callable[[], object] = lambda: None) -> Iterator[int]:
    """End an act at each of its operations, one after another, each time from the same beginning."""
    for operation in count():
        assert operation < MOST
        begin()
        if not ended_at(operation, act):
            return
        yield operation


@pytest.mark.parametrize("finish", [finish_one, finish_many, finish_over_fits])
def test_a_run_goes_on_wherever_it_was_ended(tmp_path: Path, finish: Callable[[Path], None]) -> None:
    """At any operation from its first to the last of its clean-up, and again at any of going on."""
    finish(tmp_path / "undisturbed")
    undisturbed = content(tmp_path / "undisturbed")
    run = tmp_path / "run"
    ends = 0
    for end in every_end(partial(finish, run), partial(shutil.rmtree, run, ignore_errors=True)):
        finish(run)
        assert content(run) == undisturbed, end
        assert not (run / UNFINISHED).exists()
        ends += 1
    assert ends > 20


@pytest.mark.slow
def test_going_on_may_be_ended_as_well(tmp_path: Path) -> None:
    finish_many(tmp_path / "undisturbed")
    undisturbed = content(tmp_path / "undisturbed")
    run, left = tmp_path / "run", tmp_path / "left"
    for _ in every_end(partial(finish_many, run), partial(shutil.rmtree, run, ignore_errors=True)):
        shutil.rmtree(left, ignore_errors=True)
        if run.exists():
            shutil.copytree(run, left)
            for operation in (1, 4, 9):
                shutil.rmtree(run)
                shutil.copytree(left, run)
                ended_at(operation, partial(finish_many, run))
                finish_many(run)
                assert content(run) == undisturbed


@pytest.mark.slow
def test_an_earlier_run_is_there_or_the_new_one_whole_however_often_it_was_ended(tmp_path: Path) -> None:
    """Ended while files are put in place, and again while that is undone, at each operation of both."""
    fill(tmp_path / "old", OLD)
    fill(tmp_path / "new", OLD)
    fill(tmp_path / "new", NEW)
    allowed = [content(tmp_path / name) for name in ("old", "new")]
    run, left = tmp_path / "run", tmp_path / "left"

    def begin(source: Path) -> None:
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(source, run)

    def opened() -> None:
        with run_folder(run, EXPECTED):
            pass

    seen = set()
    for _ in every_end(partial(fill, run, NEW), partial(begin, tmp_path / "old")):
        shutil.rmtree(left, ignore_errors=True)
        shutil.copytree(run, left)
        for _ in every_end(opened, partial(begin, left)):
            opened()
            assert content(run) in allowed
            seen.add(allowed.index(content(run)))
        begin(left)
        opened()
        assert content(run) in allowed
        assert not (run / UNFINISHED).exists()
    assert seen == {0, 1}


def test_ctrl_c_while_files_are_put_back_leaves_them_to_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, OLD)
    before = content(tmp_path)
    replace, calls = Path.replace, count()

    def stopping(self: Path, target: Path) -> Path:
        if next(calls) in (4, 5):
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stopping)
        with pytest.raises(KeyboardInterrupt):
            fill(tmp_path, NEW)
    assert (tmp_path / UNFINISHED / EARLIER).exists()
    with run_folder(tmp_path, EXPECTED):
        assert content(tmp_path) == before


def test_files_of_an_earlier_run_come_back_where_the_new_manifest_cannot_be_read(tmp_path: Path) -> None:
    fill(tmp_path, OLD)
    before = content(tmp_path)
    aside, results = (tmp_path / UNFINISHED / name for name in (EARLIER, RESULTS))
    for name in (MANIFEST, *OLD):
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).replace(aside / name)
    results.mkdir()
    (results / MANIFEST).write_bytes(b"")
    with run_folder(tmp_path, EXPECTED):
        assert content(tmp_path) == before


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_goes_wrong_when_all_is_written_is_not_told_as_if_nothing_were(
    tmp_path: Path, fault: BaseException
) -> None:
    def fail() -> None:
        with run_folder(tmp_path, EXPECTED) as folder:
            folder.write_text("summary.csv", "new")
            folder.finish({"inspectsim": "1"})
            raise fault

    with pytest.raises((InputError, KeyboardInterrupt), match=r"results (are|were) written"):
        fail()
    assert (tmp_path / "summary.csv").read_text() == "new"


def test_what_cannot_be_removed_now_is_removed_by_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with run_folder(tmp_path, EXPECTED) as folder:
        (folder.unfinished / "batches").mkdir()
        folder.write_text("summary.csv", "new")
        folder.finish({"inspectsim": "1"})
        with monkeypatch.context() as patched:
            patched.setattr("shutil.rmtree", refuse)
            folder.forget()
        assert (folder.unfinished / "batches").exists()
    with run_folder(tmp_path, EXPECTED) as folder:
        assert not (folder.unfinished / "batches").exists()


def test_a_store_of_the_page_is_never_without_its_secret(tmp_path: Path) -> None:
    for _ in every_end(partial(RunStore, tmp_path), partial(shutil.rmtree, tmp_path, ignore_errors=True)):
        store = RunStore(tmp_path)
        assert len((tmp_path / "secret").read_bytes()) == 32
        assert RunStore(tmp_path).keyed("a question") == store.keyed("a question")
    (tmp_path / "secret").write_bytes(b"")
    empty = b32encode(hashlib.blake2b(b"a question", digest_size=20).digest()).decode().lower()
    assert RunStore(tmp_path).keyed("a question") != empty


def test_results_of_the_page_are_forgotten_in_one_step(tmp_path: Path) -> None:
    """A run whose batches are half gone could not go on: it has all of them or none."""
    store = RunStore(tmp_path)
    run = stored(store)
    left = store.results(run.id) / UNFINISHED

    def begin() -> None:
        left.mkdir(parents=True, exist_ok=True)
        for name in ("question.json", "batch", "other"):
            (left / name).write_text("kept")

    for _ in every_end(partial(store.forget_results, run.id), begin):
        assert not left.exists() or len(list(left.iterdir())) == 3
        assert store.find(run.id) == run
        store.forget_results(run.id)
        assert [path.name for path in (tmp_path / "runs" / run.id).iterdir() if path.is_dir()] == []


def test_a_run_of_the_page_is_cleared_in_one_step(tmp_path: Path) -> None:
    store = RunStore(tmp_path)

    def begin() -> None:
        run = stored(store, state="finished")
        store.results(run.id).mkdir(exist_ok=True)
        for name in ("a", "b"):
            (store.results(run.id) / name).touch()
        os.utime(tmp_path / "runs" / run.id, (0, 0))

    for _ in every_end(partial(store.clear, 1000, 10**9), begin):
        run = store.find(store.keyed("run"))
        assert run is None or len(list(store.results(run.id).iterdir())) == 2
        store.clear(1000, 10**9)
        for path in (tmp_path / "runs").iterdir():
            os.utime(path, (0, 0))
        store.clear(1000, 10**9)
        assert list((tmp_path / "runs").iterdir()) == []
