"""The summary figures of records, counted by hand."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from simulator.questions.calibrate.moments import moments_of, readings, transition_counts
from simulator.questions.calibrate.records import (
    FULL,
    INTERIM,
    MONITORING,
    Inspections,
    in_order,
    year_starts,
)

Row = tuple[int, int, int, int] | tuple[int, int, int, int, int]


def inspections(rows: Sequence[Row], years: int = 3) -> Inspections:
    """Inspections from rows of provider, day, kind, grade and (if it said one) direction."""
    columns = list(zip(*[(*row, 0)[:5] for row in rows], strict=True))
    arrays = [np.array(column, dtype=np.int64) for column in columns]
    provider, day, kind, grade, direction = arrays
    return in_order(Inspections(provider, day, kind, grade, direction, year_starts(date(2014, 4, 1), years)))


def value(rows: Sequence[Row], name: str) -> float:
    return readings(inspections(rows))[name].value


def test_the_figures_are_those_described_in_their_order() -> None:
    found = readings(inspections([(1, 0, FULL, 3)]))
    assert list(found) == [each.name for each in moments_of(3, 2014)]


def test_transitions_are_between_a_providers_own_full_inspections() -> None:
    rows: list[Row] = [
        (1, 10, FULL, 3),
        (1, 200, INTERIM, 0),
        (1, 380, FULL, 1),
        (1, 430, FULL, 2),
        (2, 40, FULL, 3),
        (2, 400, FULL, 3),
        (3, 50, FULL, 4),
    ]
    counts = transition_counts(inspections(rows))  # rows and columns from outstanding to inadequate
    assert counts.tolist() == [[0, 0, 0, 0], [0, 1, 0, 1], [0, 0, 0, 0], [0, 0, 1, 0]]
    assert value(rows, "from_3_to_1") == 0.5
    assert value(rows, "from_1_to_2") == 1
    assert np.isnan(value(rows, "from_4_to_3"))


def test_grades_by_year() -> None:
    rows: list[Row] = [(1, 0, FULL, 1), (2, 364, FULL, 3), (3, 365, FULL, 2), (4, 730, FULL, 4), (5, 731, FULL, 4)]
    assert value(rows, "judged_1_in_year_1") == 0.5
    assert value(rows, "judged_2_in_year_2") == pytest.approx(1 / 2)  # 2016 is a leap year: day 730 lies in the second
    assert value(rows, "judged_4_in_year_3") == 1


def test_finds_early_and_late() -> None:
    early: list[Row] = [
        (home, day, FULL, grade) for home in (1, 2) for day, grade in ((0, 3), (150, 1 if home == 1 else 3))
    ]
    late: list[Row] = [
        (home, day, FULL, grade) for home in (3, 4, 5, 6) for day, grade in ((0, 4), (310, 1 if home == 3 else 3))
    ]
    found = readings(inspections(early + late))
    assert found["found_early"] == (0.5, 2)
    assert found["found_late"] == (0.25, 4)
    assert found["found_ratio"].value == 2


def test_days_unseen_count_visits_of_any_kind_and_finds_at_good_homes_only() -> None:
    rows: list[Row] = [
        (1, 0, FULL, 3),
        (1, 100, MONITORING, 0),
        (1, 160, FULL, 1),  # 60 days after the last visit
        (1, 200, FULL, 1),  # was not good
        (2, 0, FULL, 4),
        (2, 80, FULL, 1),
    ]
    assert value(rows, "days_unseen_mean") == 70
    assert value(rows, "after_poor_median") == 40


def test_three_in_a_row() -> None:
    rows: list[Row] = [
        *((1, day, FULL, grade) for day, grade in ((0, 3), (300, 2), (600, 3))),  # good, not, good again
        *((2, day, FULL, grade) for day, grade in ((0, 2), (300, 2), (600, 2))),  # never
        *((3, day, FULL, grade) for day, grade in ((0, 3), (300, 4), (600, 4))),
        *((4, day, FULL, grade) for day, grade in ((0, 4), (300, 4), (600, 3))),
    ]
    assert value(rows, "good_again") == 1
    assert value(rows, "good_at_last") == 0
    assert value(rows, "outstanding_new") == 1
    assert value(rows, "outstanding_old") == 0


def test_visits_of_homes_open_all_year_are_those_seen_before_and_after_it() -> None:
    rows: list[Row] = [
        *(
            (1, day, kind, 3 if kind == FULL else 0)
            for day, kind in ((0, FULL), (400, FULL), (600, INTERIM), (800, FULL))
        ),
        *((2, day, FULL, 3) for day in (0, 500, 900)),
        *((3, day, FULL, 3) for day in (0, 500)),  # gone after it, as far as one knows
        (1, 650, MONITORING, 0),  # no regular visit
    ]
    found = readings(inspections(rows))
    assert found["visits_a_year"] == (1.5, 2)
    assert found["two_visits"].value == 0.5


def test_gaps_leave_out_monitoring_and_what_follows_a_find() -> None:
    rows: list[Row] = [
        (1, 0, FULL, 3),
        (1, 50, MONITORING, 0),
        (1, 200, INTERIM, 0),  # 200 days after the last regular visit
        (1, 300, FULL, 1),  # 100
        (1, 350, FULL, 3),  # follows a find
        (1, 650, FULL, 3),  # 300
    ]
    assert value(rows, "gap_mean") == 200


def test_the_stock_is_the_last_judgement_of_homes_visited_in_the_year() -> None:
    rows: list[Row] = [
        (1, 0, FULL, 1),
        (1, 50, FULL, 3),  # found and better: no longer inadequate at the end of the year
        (2, 300, FULL, 1),
        (3, 10, FULL, 4),
        (4, 400, FULL, 2),  # not yet there
    ]
    assert value(rows, "stock_1_after_year_1") == pytest.approx(1 / 3)
    assert value(rows, "stock_3_after_year_1") == pytest.approx(2 / 3)
    assert value(rows, "judged_1_in_year_1") == 0.5


def test_directions_and_what_the_next_full_inspection_found() -> None:
    rows: list[Row] = [
        (1, 0, FULL, 3),
        (1, 200, INTERIM, 0, 1),
        (1, 400, FULL, 1),
        (2, 0, FULL, 3),
        (2, 200, INTERIM, 0, 2),
        (2, 400, FULL, 3),
        (2, 700, FULL, 1),  # no interim visit between
        (3, 0, FULL, 2),
        (3, 200, INTERIM, 0, 1),  # was not good
    ]
    found = readings(inspections(rows))
    assert found["interim_declined"] == (0.5, 2)
    assert found["poor_after_declined"] == (1, 1)
    assert found["poor_after_others"] == (0, 1)


def test_the_same_time_of_year() -> None:
    alike: list[Row] = [(home, 30 * home + 365 * year, FULL, 3) for home in range(1, 9) for year in (0, 1)]
    turned: list[Row] = [
        (home, (30 * home if year == 0 else 365 + 300 - 30 * home), FULL, 3) for home in range(1, 9) for year in (0, 1)
    ]
    assert value(alike, "same_time_of_year") == pytest.approx(1)
    assert value(turned, "same_time_of_year") == pytest.approx(-1)
