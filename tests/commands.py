"""Commands as a user gives them, for tests: what comes of one, what a run leaves, and one that is stopped midway."""

from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner, Result

from simulator.commands.cli import app
from simulator.running.staffing_levels import StaffingLevels
from simulator.running.store import MANIFEST

SMALL: Final = Path(__file__).parent / "data" / "small.toml"
"""A scenario that takes a moment."""
PAIR: Final = ("--framework", "2006-regime", "--framework", "option-b")
"""Two of its six frameworks, where it is not about frameworks."""
REFUSED: Final = 2
INTERRUPTED: Final = 130


def inspectsim(*arguments: str | Path) -> Result:
    """Give a command."""
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


def ended(exit_code: int, *arguments: str | Path) -> Result:
    """Give a command that must end with this exit code."""
    result = inspectsim(*arguments)
    assert result.exit_code == exit_code, result.stderr
    return result


def ran(*arguments: str | Path) -> Result:
    """Give a command that must do what it is told."""
    return ended(0, *arguments)


def content(folder: Path) -> dict[str, bytes]:
    """Give every file of a run but its manifest, which alone knows the time."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: written for name, written in files.items() if name != MANIFEST}


def stop_at(monkeypatch: pytest.MonkeyPatch, run: int) -> None:
    """Press Ctrl-C when a run of so many inspectors begins: the first, the second, ... one."""
    read, runs = StaffingLevels.read, 0

    def stopping(work: StaffingLevels, case: int, replication: int) -> object:
        nonlocal runs
        runs += 1
        if runs == run:
            raise KeyboardInterrupt
        return read(work, case, replication)

    monkeypatch.setattr(StaffingLevels, "read", stopping)
