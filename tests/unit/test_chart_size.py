"""The chart of how many inspectors it takes, and its title."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.questions.size.chart import size_chart, size_headline
from simulator.questions.size.found import Effort, Point, Sized, Sizing
from simulator.running.question import posed
from simulator.running.targets import Quantity, Standing, Target, Verdict
from simulator.scenario.scenario import load_scenario
from simulator.words.targets import target_told

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
NAMES = ("2006-regime", "option-a", "2012-proportional")
SOON = Target(Quantity("days_unfound_mean", "childrens_home"), "<=", 75)
BOTH = "The 2006 regime needs 190 inspectors to meet the target, option A 205"


def made_up(*found: float | Standing) -> Sizing:
    """A search that nobody made: so many for each framework, at most ten fewer, and 20 more by arithmetic.

    In place of a number stands how the target stands where there is no limit.
    """
    run = {"run": {"frameworks": list(NAMES[: len(found)])}}
    asked = posed(load_scenario(SMALL).changed(run, "a test"))
    sized = []
    for name, each in zip(NAMES, found, strict=False):
        fte, standing = (None, each) if isinstance(each, str) else (each, None)
        verdicts = (Verdict(80.0, 79.0, 81.0, 4, standing),) if standing else ()
        limitless = Point(math.inf, verdicts, 4, 100.0, math.inf)
        sized.append(Sized(name, limitless, fte, fte and fte - 11, 20.0 + (fte or 0), (limitless,), ()))
    return Sizing(asked, "regulatory", (SOON,), Effort(1, 0.95, 4, 4), tuple(sized), ())


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ((190.0, 205.0), BOTH),
        ((190.0, 190.0), "Every framework needs 190 inspectors to meet the target"),
        ((190.0,), "The 2006 regime needs 190 inspectors to meet the target"),
        ((190.0, 205.0, "met"), f"{BOTH}; for the 2012 proportional cycles the number is unclear"),
        ((190.0, 205.0, "missed"), f"{BOTH}; the 2012 proportional cycles cannot meet it with any number"),
        (
            (190.0, 190.0, "missed"),
            (
                "The 2006 regime and option A need 190 inspectors to meet the target; "
                "the 2012 proportional cycles cannot meet it with any number"
            ),
        ),
        (
            ("unclear", 205.0, "missed"),
            (
                "Option A needs 205 inspectors to meet the target; the 2012 proportional cycles cannot meet it with "
                "any number; for the 2006 regime the number is unclear"
            ),
        ),
        (("unclear", "met"), "It is unclear whether any number of inspectors meets the target"),
        (("missed", "missed"), "No number of inspectors is enough to meet the target"),
        (
            ("missed", "unclear"),
            "The 2006 regime cannot meet the target with any number; for option A the number is unclear",
        ),
    ],
)
def test_the_title_says_who_needs_how_many(found: tuple[float | Standing, ...], title: str) -> None:
    assert size_headline(made_up(*found)) == title


def test_number_interval_and_arithmetic_are_said_and_drawn() -> None:
    chart = size_chart(made_up(190.0, "missed"))
    assert "2006 regime: 190 (180 to 190), simple arithmetic 210.0; £12.31 million a year." in chart.alt
    assert "Option A: none (impossible), simple arithmetic 20.0." in chart.alt
    drawn = chart.svg()
    assert drawn == size_chart(made_up(190.0, "missed")).svg()
    for told in ("190 (180 to 190)", "simple arithmetic 210.0", "none (impossible)", "needed, with interval"):
        assert told in drawn.decode()


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (SOON, "poor children's homes stay unfound for at most 75 days on average"),
        (Target(Quantity("on_time_share", "all"), ">=", 0.955), "at least 95.5% of statutory inspections end on time"),
        (
            Target(Quantity("detected_within_180_days", "childrens_home"), ">=", 0.5),
            "poor episodes detected within 180 days, children's homes is at least 50%",
        ),
    ],
)
def test_a_target_is_told_in_words(target: Target, told: str) -> None:
    assert target_told(target) == told


def test_whose_number_it_is_is_said_in_words() -> None:
    assert "Smallest number of inspectors of services (FTE) with" in size_chart(made_up(190.0)).svg().decode()


@pytest.mark.parametrize(
    ("step", "missed", "answer", "low"),
    [
        (4, 232, 236, 233),
        (1, 235, 236, 236),
        (0.5, 3.5, 4, 3.6),
        (0.25, 3.75, 4, 3.76),
        (0.2, 3.8, 4, 3.9),
        (1.5, 3, 4.5, 3.1),
    ],
)
def test_an_interval_takes_in_what_was_not_tried(step: float, missed: float, answer: float, low: float) -> None:
    sizing = made_up(answer)
    found = replace(sizing.sized[0], missed=missed)
    assert replace(sizing, effort=Effort(step, 0.95, 4, 4)).interval(found) == (low, answer)
