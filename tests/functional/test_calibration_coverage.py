"""Sets of fits cover what made the records about as often as they say: a small version of `make coverage`."""

from itertools import groupby

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from docs.generators.coverage import (
    WITHIN,
    Covered,
    coverage_frame,
    covered,
    made_records,
    read_coverage,
    years_without_records,
)
from simulator.questions.calibrate.effort import Effort
from simulator.questions.calibrate.implied import IMPLIED
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
    weighing=80,
    candidates=20,
    drawn_steps=2,
    drawn_replications=3,
    candidate_replications=2,
    finals=4,
    final_replications=3,
    told=32,
    told_replications=6,
    noises=3,
    noise_steps=2,
)


@pytest.mark.slow
def test_a_fit_to_records_made_from_known_values_says_what_it_covers() -> None:
    """One lot: every number is told, and the set is narrow. How often sets cover is in the shipped table."""
    bench = posed_to(scenario(400), "childrens-homes-2014", years_without_records(HOMES, START, 3))
    known = [each.name for each in MECHANISMS if each.name not in FREE]
    found = list(covered(bench, [TRUE | {NOISE: 0.2, "natural_adequate": 0.5}], SMALL, workers=2, known=known))
    told = {each.name: each for each in found}
    assert set(told) == {*FREE, *IMPLIED, WITHIN}
    assert told[WITHIN].inside, "the true values would belong to the set themselves"
    table = coverage_frame(found, 400, SMALL)
    width = dict(zip(table["name"], table["width"], strict=True))
    assert width[NOISE] < 0.5
    assert width["natural_adequate"] < 0.6
    assert (table["times"] == 1).all()


def test_shipped_sets_cover_the_truth_about_as_often_as_they_say() -> None:
    """Twenty lots: every number within what a binomial allows once in two hundred times, and all of them together."""
    table = read_coverage()
    numbers, within = table[table["name"] != WITHIN], table[table["name"] == WITHIN]
    assert (table["times"] == 20).all()
    for row in numbers.itertuples():
        assert row.inside >= binom.ppf(0.005, row.times, row.expected), row.name
    assert numbers["inside"].sum() / numbers["times"].sum() == pytest.approx(numbers["expected"].mean(), abs=0.05)
    assert within["inside"].item() >= 18


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
