"""Targets are read as they are written or refused with what is allowed, and judged by Student's t."""

import numpy as np
import pytest
from scipy import stats

from simulator.inputs.messages import InputError
from simulator.measures.names import HELPED
from simulator.page.size_targets import TARGETS
from simulator.running.targets import NAMES, Quantity, Target, quantity, target, together, verdict

TYPES = ["childrens_home", "boarding_school", "all"]
ON_TIME = Target(Quantity("on_time_share", "all"), ">=", 0.95)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("on_time_share >= 0.95", ON_TIME),
        ("on_time_share>=95%", ON_TIME),
        ("  on_time_share ≥ 95%", ON_TIME),
        (
            "days_to_detection_median of childrens_home <= 120",
            Target(Quantity("days_to_detection_median", "childrens_home"), "<=", 120),
        ),
        ("backlog_mean <= 0", Target(Quantity("backlog_mean", "all"), "<=", 0)),
    ],
)
def test_a_target_is_read(given: str, expected: Target) -> None:
    assert target(given, TYPES) == expected
    assert target(str(expected), TYPES) == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("on time", "cannot be read; allowed: a measure, >= or <=, and a number"),
        ("on_time_shar >= 0.95", 'did you mean "on_time_share"?'),
        ("on_time_share of childrens_homes >= 0.95", 'did you mean "childrens_home"?'),
        ("on_time_share of fe_college >= 0.95", "allowed: childrens_home, boarding_school, all"),
        ("on_time_share >= many", "many is not a number"),
        ("on_time_share >= nan", "nan is not a number"),
        ("on_time_share <= 0.95", "allowed: on_time_share >= 0.95"),
        (
            "on_time_share >= 2",
            "given 2, but this measure is 0 to 1 (0% to 100%) with any number of inspectors",
        ),
        ("on_time_share >= 95", "For 95 per cent write 95%"),
        ("on_time_share >= 101%", "given 101%, but this measure is 0 to 1"),
        ("on_time_share >= -0.1", "given -0.1, but this measure is 0 to 1"),
        ("on_time_share >= 0", "every number of inspectors meets this"),
        ("never_detected_share <= 100%", "every number of inspectors meets this"),
        ("days_unfound_mean <= 731", "every number of inspectors meets this, because this measure is 0 to 730.5"),
        ("backlog_mean <= -1", "given -1, but this measure is 0 or more"),
        ("inspections_per_year >= 0", "every number of inspectors meets this"),
        ("backlog_mean <= 5%", "backlog_mean is not a share; allowed: a number without %"),
        ("utilisation >= 0.8", "more inspectors do not help to meet a target of utilisation"),
    ],
)
def test_what_is_no_target_is_refused(given: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        target(given, TYPES)
    assert message in str(refused.value)
    assert given in str(refused.value)


def test_a_quantity_is_read_or_refused() -> None:
    assert quantity("backlog_mean of boarding_school", TYPES) == Quantity("backlog_mean", "boarding_school")
    with pytest.raises(InputError, match=r'--measure "backlog mean": allowed: a measure'):
        quantity("backlog mean", TYPES)


def test_targets_are_of_measures_that_there_are() -> None:
    assert set(HELPED) <= set(NAMES)


def test_the_interval_is_one_sided_by_student() -> None:
    values = np.array([0.93, 0.97, 0.95, np.nan, 0.99])
    told = verdict(values, ON_TIME, 0.95)
    there = values[~np.isnan(values)]
    half = stats.t.ppf(0.95, 3) * stats.sem(there)
    assert told.replications == 4
    assert told.low == pytest.approx(there.mean() - half)
    assert told.high == pytest.approx(there.mean() + half)


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ([0.96, 0.97, 0.98], "met"),
        ([0.90, 0.97, 0.98], "unclear"),
        ([0.90, 0.91, 0.92], "missed"),
        ([0.95, 0.95], "met"),
        ([0.94, 0.94], "missed"),
        ([0.99], "unclear"),
        ([np.nan, np.nan], "undefined"),
    ],
)
def test_a_target_is_met_unclear_or_missed(values: list[float], standing: str) -> None:
    assert verdict(np.array(values), ON_TIME, 0.95).standing == standing
    mirrored = Target(Quantity("backlog_mean", "all"), "<=", -0.95)
    assert verdict(-np.array(values), mirrored, 0.95).standing == standing


def test_several_targets_are_met_together_only() -> None:
    assert together(["met", "met"]) == "met"
    assert together(["met", "unclear"]) == "unclear"
    assert together(["unclear", "missed"]) == "missed"
    assert together(["missed", "undefined"]) == "undefined"


def test_targets_that_the_page_offers_have_names_of_their_own() -> None:
    assert len({each.name for each in TARGETS}) == len(TARGETS)
    assert {each.quantity.measure for each in TARGETS} <= set(HELPED)
