"""How far a search is: runs are counted once, and what is left is reckoned from what there was."""

from time import sleep

import pytest
from rich.console import Console

from simulator.render.search_progress import search_progress
from simulator.running.pace import POINTS, Pace, Progress
from simulator.running.staffing_levels import Level
from simulator.words.wording import time_told


def searched(told: list[Progress], frameworks: int, points: int, runs: int) -> Pace:
    pace = Pace(frameworks, told.append)
    for number in range(frameworks):
        for point in range(points):
            level = Level(f"framework-{number}", float(point))
            pace.point_begins(level, runs)
            for done in range(runs + 1):
                pace.runs(done, runs)
            pace.point_done(level, "met")
        pace.framework_done()
    return pace


def test_runs_are_counted_and_the_rest_is_reckoned() -> None:
    told: list[Progress] = []
    searched(told, frameworks=3, points=7, runs=4)
    done = [each.done for each in told]
    assert done == sorted(done)
    assert done[-1] == 3 * 7 * 4
    assert all(each.about >= each.done for each in told)
    assert told[0].about == 3 * POINTS * 4
    assert {each.about for each in told if each.level.framework == "framework-1"} == {3 * 7 * 4}
    assert told[-1].about == told[-1].done
    assert [each.standing for each in told].count("met") == 21


def test_progress_is_told_in_lines_with_the_time_left() -> None:
    console = Console(force_terminal=False, width=120, record=True)
    with search_progress(console) as tell:
        for each in (Progress(0, 100, Level("a", 3.0), None), Progress(4, 100, Level("a", 3.0), "missed")):
            tell(each)
    told = console.export_text()
    assert "a with 3 FTE: missed (4 runs done, about" in told
    assert told.rstrip().endswith("left)")


def test_on_a_terminal_it_is_a_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with search_progress(Console(force_terminal=True, width=100)) as tell:
        tell(Progress(50, 100, Level("a", 3.0), None))
        sleep(0.2)  # it is drawn ten times a second
    assert "a with 3 FTE" in capsys.readouterr().out


def test_time_is_told_roughly() -> None:
    assert [time_told(each) for each in (0.1, 42.4, 90, 3000)] == ["1 s", "42 s", "1.5 min", "50 min"]
