"""Where compiled code is kept: as the user says, and somewhere else where that cannot be written."""

import os
import stat
from pathlib import Path
from typing import Any

import numba
import pytest

from simulator import compiling
from simulator.compiling import cache_folder, compiled

pytestmark = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled under NUMBA_DISABLE_JIT")


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in place of every folder that there might be; that of temporary files is still there."""
    (tmp_path / "file").touch()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return tmp_path


def test_it_is_where_the_user_says(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(nowhere / "xdg"))
    assert cache_folder() == nowhere / "xdg" / "inspectsim" / compiling.key()
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(nowhere / "home"))
    assert cache_folder() == nowhere / "home" / ".cache" / "inspectsim" / compiling.key()
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(nowhere / "mine"))
    assert cache_folder() == nowhere / "mine" / compiling.key()
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(nowhere / "file"))
    assert cache_folder() == nowhere / "home" / ".cache" / "inspectsim" / compiling.key()


@pytest.mark.skipif(os.name != "posix", reason="asks for owners and modes")
def test_without_a_home_it_is_in_a_temporary_folder_that_nobody_else_can_write_to(nowhere: Path) -> None:
    folder = cache_folder()
    assert folder is not None
    assert folder.name == compiling.key()
    assert folder.parent.parent == nowhere / "temporary"
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert cache_folder() == folder
    folder.parent.chmod(0o777)
    assert cache_folder() is None


def test_where_nothing_can_be_written_rules_are_compiled_and_not_kept(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(nowhere / "file"))
    assert cache_folder() is None
    monkeypatch.setattr(compiling, "FOLDER", None)

    @compiled
    def double(number: int) -> int:
        return 2 * number

    assert double(4) == 8


def test_what_others_compile_is_kept_where_they_say(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(nowhere / "theirs"))

    @compiled
    def double(number: int) -> int:
        return 2 * number

    def treble(number: int) -> int:
        return 3 * number

    ours: Any = double
    theirs: Any = numba.njit(cache=True)(treble)
    assert Path(ours.stats.cache_path).parent == compiling.FOLDER
    assert Path(theirs.stats.cache_path).parent == nowhere / "theirs"
