"""Run folders: whole or not at all, the same bytes every time, nobody else's files lost."""

import errno
import json
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulator.inputs.messages import InputError
from simulator.running.store import MANIFEST, UNFINISHED, read_manifest, run_folder
from simulator.running.whole_files import write_files

EXPECTED = ("summary.csv",)
FRAME = pd.DataFrame(
    {
        "name": pd.Categorical(["b", "a", None]),
        "share": [1 / 3, np.nan, 2.0],
        "count": [1, 2, 3],
        "when": pd.Series(["2006-04-01", None, "2007-12-31"], dtype="datetime64[s]"),
    }
)


def fill(target: Path, files: dict[str, str]) -> None:
    with run_folder(target, EXPECTED) as folder:
        for name, text in files.items():
            folder.write_text(name, text)
        folder.finish({"inspectsim": "1"})


def content(target: Path) -> dict[str, bytes]:
    return {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def test_manifest_lists_every_file_with_its_checksum(tmp_path: Path) -> None:
    fill(tmp_path / "new" / "run", {"summary.csv": "a\n", "charts/one.svg": "<svg/>"})
    manifest = read_manifest(tmp_path / "new" / "run")
    assert manifest is not None
    assert list(manifest["files"]) == ["charts/one.svg", "summary.csv"]
    assert manifest["files"]["summary.csv"] == {
        "sha256": "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7",
        "bytes": 2,
    }


def test_nothing_hidden_is_left_behind(tmp_path: Path) -> None:
    fill(tmp_path, {"summary.csv": "a"})
    fill(tmp_path, {"summary.csv": "b"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "summary.csv"]


def test_a_later_run_replaces_an_earlier_one_and_leaves_other_files_alone(tmp_path: Path) -> None:
    fill(tmp_path, {"summary.csv": "old", "charts/gone.svg": "x"})
    (tmp_path / "notes.txt").write_text("mine")
    fill(tmp_path, {"summary.csv": "new"})
    assert set(content(tmp_path)) == {MANIFEST, "summary.csv", "notes.txt"}
    assert (tmp_path / "summary.csv").read_text() == "new"
    assert not (tmp_path / "charts").exists()


@pytest.mark.parametrize(
    ("fault", "seen"), [(OSError(errno.ENOSPC, "No space left on device"), InputError), (KeyboardInterrupt(), None)]
)
def test_what_goes_wrong_while_writing_leaves_the_earlier_run_as_it_was(
    tmp_path: Path, fault: BaseException, seen: type[BaseException] | None
) -> None:
    fill(tmp_path, {"summary.csv": "old", "charts/one.svg": "x"})
    before = content(tmp_path)
    with pytest.raises(seen or type(fault)):
        fill_half(tmp_path, fault)
    assert content(tmp_path) == before


def fill_half(target: Path, fault: BaseException) -> None:
    with run_folder(target, EXPECTED) as folder:
        folder.write_text("summary.csv", "half")
        raise fault


def test_what_goes_wrong_while_renaming_leaves_the_earlier_run_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, {"summary.csv": "old", "charts/one.svg": "x"})
    before = content(tmp_path)
    replace = Path.replace

    def fail_once(self: Path, target: Path) -> Path:
        if self.name == "two.csv" and "two.csv" not in failed:
            failed.append("two.csv")
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(self, target)

    failed: list[str] = []
    monkeypatch.setattr(Path, "replace", fail_once)
    with pytest.raises(InputError, match="nothing was changed there"):
        fill(tmp_path, {"summary.csv": "new", "two.csv": "new"})
    assert failed
    assert content(tmp_path) == before


def test_a_folder_made_in_vain_is_removed_again(tmp_path: Path) -> None:
    with pytest.raises(InputError), run_folder(tmp_path / "a" / "b", EXPECTED):
        raise InputError("no such framework")
    assert not (tmp_path / "a").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for target in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InputError, match="file"), run_folder(target, EXPECTED):
            pass
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("manifest", [None, "not json", '{"name": "another program"}', "[]"])
def test_files_of_somebody_else_are_not_overwritten(tmp_path: Path, manifest: str | None) -> None:
    (tmp_path / "summary.csv").write_text("mine")
    if manifest is not None:
        (tmp_path / MANIFEST).write_text(manifest)
    with pytest.raises(InputError, match=r"summary\.csv.* not the folder of an\s+earlier run"):
        fill(tmp_path, {"summary.csv": "new"})
    assert (tmp_path / "summary.csv").read_text() == "mine"


@pytest.mark.parametrize("earlier", [False, True])
def test_a_file_of_somebody_else_that_nobody_expected_is_not_overwritten(tmp_path: Path, earlier: bool) -> None:
    if earlier:
        fill(tmp_path, {"summary.csv": "old"})
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "one.svg").write_text("mine")
    with pytest.raises(InputError, match=r"charts/one\.svg"):
        fill(tmp_path, {"summary.csv": "new", "charts/one.svg": "x"})
    assert (tmp_path / "charts" / "one.svg").read_text() == "mine"
    assert (tmp_path / "summary.csv").exists() == earlier


def test_it_is_told_that_an_earlier_run_was_replaced_unless_it_left_the_same(tmp_path: Path) -> None:
    told: list[list[str]] = []
    for text in ("one", "one", "two"):
        with run_folder(tmp_path, EXPECTED) as folder:
            folder.write_text("summary.csv", text)
            folder.finish({"inspectsim": "1", "began": str(len(told))})
        told.append(folder.replaced_told)
    assert told == [[], [], [f"Replaced the earlier run in {tmp_path}."]]


def test_a_manifest_names_no_file_outside(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "run").mkdir()
    forged: dict[str, Any] = {"inspectsim": "1", "files": {"../precious": {}}}
    (tmp_path / "run" / MANIFEST).write_text(json.dumps(forged))
    fill(tmp_path / "run", {"summary.csv": "new"})
    assert (tmp_path / "precious").read_text() == "mine"


def test_csv_is_written_in_one_fixed_way(tmp_path: Path) -> None:
    with run_folder(tmp_path, EXPECTED) as folder:
        folder.write_csv("frame.csv", FRAME)
        folder.finish({"inspectsim": "1"})
    assert (tmp_path / "frame.csv").read_bytes() == (
        b"name,share,count,when\nb,0.3333333333,1,2006-04-01\na,,2,\n,2,3,2007-12-31\n"
    )


def test_csv_of_many_pieces_is_that_of_one(tmp_path: Path) -> None:
    with run_folder(tmp_path, EXPECTED) as folder:
        folder.write_csv("one.csv", FRAME)
        folder.write_csv_pieces("two.csv", iter([FRAME.iloc[:1], FRAME.iloc[1:]]))
        folder.finish({"inspectsim": "1"})
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_a_second_run_is_refused_while_one_is_under_way(tmp_path: Path) -> None:
    with run_folder(tmp_path / "run", EXPECTED) as folder:
        with pytest.raises(InputError, match="another run is using it"):
            fill(tmp_path / "run", {"summary.csv": "b"})
        folder.write_text("summary.csv", "a")
        folder.finish({"inspectsim": "1"})
    assert set(content(tmp_path / "run")) == {MANIFEST, "summary.csv"}
    fill(tmp_path / "run", {"summary.csv": "b"})
    assert (tmp_path / "run" / "summary.csv").read_text() == "b"


@pytest.mark.parametrize("moves", range(8))
def test_a_process_ended_while_files_are_put_in_place_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    fill(tmp_path, {"summary.csv": "old", "charts/one.svg": "x"})
    earlier = content(tmp_path)
    replace, left = Path.replace, [moves]

    def end_suddenly(self: Path, target: Path) -> Path:
        if left[0] == 0:
            raise SuddenEndError
        left[0] -= 1
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", end_suddenly)
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)  # nor would anything be cleared away
        ended = moves < 6
        with pytest.raises(SuddenEndError) if ended else nullcontext():
            fill(tmp_path, {"summary.csv": "new", "two.csv": "new"})
    with run_folder(tmp_path, EXPECTED):
        now = {name: each for name, each in content(tmp_path).items() if not name.startswith(UNFINISHED)}
    if ended:
        assert now == earlier
    else:
        assert set(now) == {MANIFEST, "summary.csv", "two.csv"}
    assert not (tmp_path / UNFINISHED).exists()


class SuddenEndError(BaseException):
    """Ends a process, as it were."""


def test_single_files_replace_older_ones(tmp_path: Path) -> None:
    write_files(tmp_path / "traces", {"a.txt": b"old"})
    assert write_files(tmp_path / "traces", {"a.txt": b"new"}) == [tmp_path / "traces" / "a.txt"]
    assert content(tmp_path) == {"traces/a.txt": b"new"}
    with pytest.raises(InputError, match="is a file"):
        write_files(tmp_path / "traces" / "a.txt", {"b.txt": b""})
