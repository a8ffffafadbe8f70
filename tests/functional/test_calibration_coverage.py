"""Sets of fits cover what made the records about as often as they say: a small version of `make coverage`."""

from itertools import groupby

import numpy as np
import pandas as pd
import pytest

from docs.generators.coverage import (
    WITHIN,
    Covered,
    coverage_frame,
    covered,
    made_records,
    years_without_records,
)
from simulator.questions.calibrate.effort import Effort
from simulator.questions.calibrate.mechanisms import MECHANISMS, NOISE
from simulator.questions.calibrate.posing import posed_to
from tests.functional.test_calibration import HOMES, START, TRUE, scenario

FREE = ("falls_from_good", "found_out_adequate", NOISE, "natural_adequate")
SMALL = Effort(
    starts=2,
    first=40,
    wave=16,
    waves=2,
    closing=24,
    closings=1,
    descents=2,
    descent_steps=4,
    descent_replications=6,
    weighing=120,
    candidates=32,
    drawn_steps=3,
    drawn_replications=3,
    candidate_replications=2,
    finals=4,
    final_replications=3,
    told=32,
    told_replications=6,
    noises=3,
    noise_steps=2,
)
LOTS = 4


@pytest.fixture(scope="module")
def found() -> list[Covered]:
    bench = posed_to(scenario(800), "childrens-homes-2014", years_without_records(HOMES, START, 3))
    known = [each.name for each in MECHANISMS if each.name not in FREE]
    truths = [TRUE | {NOISE: 0.1 + 0.05 * lot, "natural_adequate": 0.4 + 0.1 * lot} for lot in range(LOTS)]
    return list(covered(bench, truths, SMALL, workers=2, known=known))


@pytest.mark.slow
def test_sets_cover_the_truth_about_as_often_as_they_say(found: list[Covered]) -> None:
    """Of 16 intervals that held the truth in 9 of 10 cases, fewer than 11 would hold it once in three hundred times."""
    free = [each for each in found if each.name in FREE]
    assert len(free) == LOTS * len(FREE)
    assert sum(each.inside for each in free) >= 11, [each for each in free if not each.inside]


@pytest.mark.slow
def test_the_true_values_would_belong_to_nearly_every_set(found: list[Covered]) -> None:
    """The tolerance is to hold the true values in 95 of 100 sets; the distance varies more than it allows for."""
    assert sum(each.inside for each in found if each.name == WITHIN) >= LOTS - 1


@pytest.mark.slow
def test_sets_are_narrow_enough_to_tell_something(found: list[Covered]) -> None:
    """Intervals as wide as the space would cover everything: noise and shares are told within part of it."""
    table = coverage_frame(found, 800, SMALL)
    width = dict(zip(table["name"], table["width"], strict=True))
    assert width[NOISE] < 0.5
    assert width["natural_adequate"] < 0.6
    assert (table["times"] == LOTS).all()


def test_each_lot_of_records_has_chances_of_its_own_and_no_directions_unless_asked_for() -> None:
    bench = posed_to(scenario(60), "childrens-homes-2014", years_without_records(HOMES, START, 3))
    one, again, other = (made_records(bench, TRUE, lot).inspections for lot in (0, 0, 1))
    assert np.array_equal(one.day, again.day)
    assert not np.array_equal(one.day, other.day)
    assert not one.direction.any()
    assert made_records(bench, TRUE, 0, directions=True).inspections.direction.any()


def test_the_table_counts_what_was_covered() -> None:
    found = [
        Covered(0, NOISE, 0.2, 0.1, 0.3, 19),
        Covered(1, NOISE, 0.4, 0.1, 0.3, 19),
        Covered(0, "undetected", 2.0, 1.0, 4.0, 19),
        Covered(1, "undetected", 2.0, 1.0, 3.0, 19),
        Covered(0, WITHIN, 40.0, 0.0, 50.0, 19),
        Covered(1, WITHIN, 60.0, 0.0, 50.0, 19),
    ]
    table = coverage_frame(found, 100, SMALL)
    assert [name for name, _ in groupby(table["name"])] == [NOISE, "undetected", WITHIN]
    assert table["inside"].tolist() == [1, 2, 1]
    assert table["width"].iloc[:2].tolist() == pytest.approx([0.4, 1.25])
    assert pd.isna(table["width"].iloc[2])
    assert set(table["runs"]) == {SMALL.runs}
    assert table["expected"].tolist() == pytest.approx([0.81, 0.81, 1.0])
    assert set(table["mechanisms"]) == {1}
