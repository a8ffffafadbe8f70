"""Figures counted over the last years of records, with what was known before: by hand, and whole years as ever."""

from datetime import date

import numpy as np
import pytest

from simulator.questions.calibrate.distance import sampling_errors
from simulator.questions.calibrate.moments import moments_of, readings, transition_counts
from simulator.questions.calibrate.records import FULL, INTERIM, MONITORING, Inspections
from simulator.questions.calibrate.window import Window, within
from tests.unit.test_calibration_moments import Row, inspections

START = date(2014, 4, 1)
LAST_YEAR = Window(START, date(2016, 4, 1), date(2017, 4, 1))
SECOND = 365
THIRD = 731
"""Days on which the second and the third inspection year begin."""

ROWS: list[Row] = [
    (1, 10, FULL, 3),
    (1, SECOND + 10, FULL, 2),
    (1, SECOND + 200, INTERIM, 0),
    (1, THIRD + 20, FULL, 3),
    (1, THIRD + 300, INTERIM, 0),
    (2, SECOND + 40, FULL, 1),
    (2, SECOND + 340, FULL, 1),
    (2, THIRD + 20, MONITORING, 0),
    (2, THIRD + 50, FULL, 2),
    (3, THIRD + 100, FULL, 4),
    (3, THIRD + 300, INTERIM, 0),
    (4, THIRD + 200, FULL, 4),
    (5, SECOND + 5, FULL, 3),
]


def last_year(rows: list[Row]) -> Inspections:
    return within(inspections(rows), START, LAST_YEAR)


def test_a_pair_counts_where_its_second_inspection_does() -> None:
    counts = transition_counts(last_year(ROWS))  # rows and columns from outstanding to inadequate
    assert counts.tolist() == [[0, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]
    found = readings(last_year(ROWS))
    assert (found["from_2_to_3"].value, found["from_2_to_3"].cases) == (1, 1)
    assert found["from_3_to_2"].cases == 0  # both before
    assert (found["good_again"].value, found["good_again"].cases) == (1, 1)  # good two inspections before is known


def test_figures_by_year_are_numbered_from_the_first_that_counts() -> None:
    found = readings(last_year(ROWS))
    assert list(found) == [each.name for each in moments_of(1, 2016)]
    assert (found["judged_4_in_year_1"].value, found["judged_4_in_year_1"].cases) == (0.5, 4)
    assert (found["stock_3_after_year_1"].value, found["stock_3_after_year_1"].cases) == (0.75, 4)


def test_visits_are_counted_by_the_grade_held_when_the_year_began() -> None:
    found = readings(last_year(ROWS))
    # home 1 held requires improvement, home 2 inadequate; 3 is new; 4 came after September; 5 is seen no more
    expected = {
        "full_visits_of_2": (1, 1),
        "interim_visits_of_2": (1, 1),
        "monitoring_visits_of_2": (0, 1),
        "full_visits_of_1": (1, 1),
        "monitoring_visits_of_1": (1, 1),
        "full_visits_of_new": (1, 1),
        "interim_visits_of_new": (1, 1),
        "full_visits_of_all": (1, 2),
        "interim_visits_of_all": (0.5, 2),
    }
    assert {name: tuple(found[name]) for name in expected} == expected
    assert found["full_visits_of_3"].cases == found["full_visits_of_4"].cases == 0


def test_what_is_known_from_later_on_is_as_if_nothing_had_been_before() -> None:
    later = Window(date(2016, 4, 1), date(2016, 4, 1), date(2017, 4, 1))
    cut = within(inspections(ROWS), START, later)
    assert cut.years == 1
    assert cut.counted_from == 0
    alone = inspections([(row[0], row[1] - THIRD, *row[2:]) for row in ROWS if row[1] >= THIRD], years=1)
    here, there = readings(cut), readings(alone)
    assert {name: each.cases for name, each in here.items()} == {name: each.cases for name, each in there.items()}
    assert here["from_2_to_3"].cases == 0
    assert here["full_visits_of_all"].cases == 0


def test_all_years_counted_is_as_without_a_window() -> None:
    whole = within(inspections(ROWS), START, Window(START, START, date(2017, 4, 1)))
    for name, reading in readings(inspections(ROWS)).items():
        assert readings(whole)[name].cases == reading.cases
        assert readings(whole)[name].value == pytest.approx(reading.value, nan_ok=True)


def test_resampled_providers_keep_what_is_only_known() -> None:
    """A share of n independent homes has the standard error of a binomial share."""
    rows: list[Row] = []
    for home in range(200):
        rows += [(home, SECOND + 10, FULL, 3), (home, THIRD + 10, FULL, 1 if home % 4 == 0 else 3)]
    error = sampling_errors(last_year(rows), moments_of(1, 2016))
    assert error["from_3_to_1"] == pytest.approx(np.sqrt(0.25 * 0.75 / 200), rel=0.15)
    assert error["from_3_to_2"] == pytest.approx(0.5 / 200)  # none was seen: half a case
    assert error["judged_1_in_year_1"] == pytest.approx(error["from_3_to_1"])
