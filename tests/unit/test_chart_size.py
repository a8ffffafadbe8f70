"""The chart of how many inspectors it takes, and its title."""

import math
from pathlib import Path

import pytest

from simulator.experiments.question import posed
from simulator.experiments.sized import Effort, Point, Sized, Sizing
from simulator.experiments.targets import Quantity, Target
from simulator.present.chart_size import in_words, size_chart, size_headline
from simulator.scenario import load_scenario

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
NAMES = ("2006-regime", "option-a", "2012-proportional")
SOON = Target(Quantity("days_to_detection_mean", "childrens_home"), "<=", 75)
BOTH = "The 2006 regime needs 190 inspectors to meet the target, option A 205"


def made_up(*found: float | None) -> Sizing:
    """A search that nobody made: so many for each framework, at most ten fewer, and 20 more by arithmetic."""
    run = {"run": {"frameworks": list(NAMES[: len(found)])}}
    asked = posed(load_scenario(SMALL).changed(run, "a test"))
    limitless = Point(math.inf, (), 4, 100.0, math.inf)
    sized = [
        Sized(name, limitless, fte, None if fte is None else fte - 11, 20.0 + (fte or 0), (limitless,), ())
        for name, fte in zip(NAMES, found, strict=False)
    ]
    return Sizing(asked, "regulatory", (SOON,), Effort(1, 0.95, 4, 4), tuple(sized), ())


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ((190.0, 205.0), BOTH),
        ((190.0, 190.0), "Every framework needs 190 inspectors to meet the target"),
        ((190.0,), "The 2006 regime needs 190 inspectors to meet the target"),
        (
            (190.0, 205.0, None),
            f"{BOTH}; for the 2012 proportional cycles no number is known",
        ),
        ((None, None), "No number of inspectors is known to meet the target"),
    ],
)
def test_the_title_says_who_needs_how_many(found: tuple[float | None, ...], title: str) -> None:
    assert size_headline(made_up(*found)) == title


def test_number_interval_and_arithmetic_are_said_and_drawn() -> None:
    chart = size_chart(made_up(190.0, None))
    assert "2006 regime: 190 (180 to 190), by arithmetic 210.0; £12.31 million a year." in chart.alt
    assert "Option A: none (impossible), by arithmetic 20.0." in chart.alt
    drawn = chart.svg()
    assert drawn == size_chart(made_up(190.0, None)).svg()
    for told in ("190 (180 to 190)", "by arithmetic 210.0", "none (impossible)", "found, with interval"):
        assert told in drawn.decode()


def test_a_target_is_told_in_words() -> None:
    assert in_words(SOON) == "mean days to detection, children's homes, at most 75"
