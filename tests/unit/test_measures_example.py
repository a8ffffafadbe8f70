"""Every measure on one small trace, worked by hand."""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from pydantic import ValidationError

from simulator.engine.recorded import (
    ASSESSMENT,
    BACKLOG,
    DONE,
    DUTY,
    EPISODE,
    HELD,
    INSPECTION,
    JUDGED_LOW,
    LAPSED,
    MET,
    OUT_OF_TIME,
    OUTSTANDING,
    PROVIDER_CLOSED,
    PURPOSE_GONE,
    RUNNING,
    SAMPLED,
    VOID,
    WAITING,
)
from simulator.engine.trace import Trace
from simulator.inspectorate.costs import CostSettings
from simulator.inspectorate.enforcement import STEPS
from simulator.inspectorate.kinds import KINDS
from simulator.measures import MEASURES, measure
from simulator.measures.observed import observed
from simulator.ticks import NEVER, TICKS_PER_DAY
from simulator.world.services import SERVICE_TYPES
from tests.prices import PRICES, paid, prices

DAY = TICKS_PER_DAY
YEAR_DAYS = 365.25
START = int(365.25 * DAY)
END = 3 * START
HOME = SERVICE_TYPES.index("childrens_home")
FOSTERING = SERVICE_TYPES.index("la_fostering")
KEY, RANDOM, DESK = (KINDS.index(name) for name in ("key", "random", "desk"))
COSTS = prices(discount_rate=0.25)
FIRST_YEAR, SECOND_YEAR = 14, 30
"""Months of the first and of the second year of the window."""

NO_INSPECTION = {"status": DONE, "deadline": NEVER, "ended": NEVER, "kind": KEY, "true_grade": 2}


def table(dtype: np.dtype[np.void], rows: list[dict[str, Any]]) -> npt.NDArray[np.void]:
    result = np.zeros(len(rows), dtype=dtype)
    for i, row in enumerate(rows):
        for name, value in row.items():
            result[name][i] = value
    return result


def inspection(service_type: int, ended: float, **columns: Any) -> dict[str, Any]:
    return NO_INSPECTION | {"service_type": service_type, "ended": ended} | columns


def due(service_type: int, deadline: float, ended: float, **columns: Any) -> dict[str, Any]:
    return inspection(service_type, ended, statutory=1, deadline=deadline, **columns)


def duty(service_type: int, provider: int, due: float, **columns: Any) -> dict[str, Any]:
    row = {"service_type": service_type, "provider": provider, "due": due, "met": NEVER, "ended": NEVER, "gap": NEVER}
    if "met" in columns:
        row |= {"outcome": MET, "ended": columns["met"]}
    if "void" in columns:
        row |= {"outcome": VOID, "ended": columns.pop("void"), "gap_open": 1}
    return row | columns


def episode(
    service_type: int, places: int, began: float, detected: float = NEVER, ended: float = NEVER
) -> dict[str, Any]:
    return {
        "service_type": service_type,
        "places": places,
        "began": began,
        "detected": detected,
        "ended": ended,
    }


def assessment(service_type: int, time: float, risk: float, true_grade: int, **columns: Any) -> dict[str, Any]:
    return {"service_type": service_type, "time": time, "risk": risk, "true_grade": true_grade} | columns


def month(tick: float, pool: int, service_type: int, waiting: int, worked: float, desk: float = 0) -> dict[str, Any]:
    there = (10.0, 5.0)[pool]
    return {
        "month": tick,
        "pool": pool,
        "service_type": service_type,
        "waiting": waiting,
        "inspector_days_worked": worked,
        "inspector_days_there": there,
        "desk_days": desk,
    }


INSPECTIONS = [
    # ends with the warm-up: counted, but its deadline was the warm-up's
    due(HOME, START, START, inspector_days=4, judged=1, true_grade=1),
    # ten days late, and a false alarm
    due(HOME, START + 90 * DAY, START + 100 * DAY, inspector_days=4, judged=1, true_grade=3),
    # on time to the minute, a re-inspection
    due(HOME, START + 200 * DAY, START + 200 * DAY, inspector_days=5, judged=3, true_grade=4, reason=JUDGED_LOW),
    # ended in the warm-up, due in the window: on time, not counted
    due(HOME, START + 10 * DAY, START - 1, inspector_days=7, judged=1, true_grade=4),
    due(HOME, END - 20 * DAY, NEVER, status=WAITING),
    # the last deadline of the window
    due(HOME, END, NEVER, status=RUNNING, inspector_days=3),
    due(HOME, START + 50 * DAY, START + 60 * DAY, status=LAPSED),
    # of a sample: lapsed at the end of the window's last year, and of the warm-up's
    inspection(FOSTERING, END, deadline=END, status=LAPSED, reason=SAMPLED, lapse=OUT_OF_TIME, kind=RANDOM),
    inspection(FOSTERING, START, deadline=START, status=LAPSED, reason=SAMPLED, lapse=OUT_OF_TIME),
    # not for want of inspectors, and never of those that a rule asks for
    inspection(FOSTERING, END, status=LAPSED, reason=SAMPLED, lapse=PROVIDER_CLOSED),
    inspection(FOSTERING, END, status=LAPSED, reason=JUDGED_LOW, lapse=PURPOSE_GONE),
    inspection(FOSTERING, END, status=LAPSED, statutory=1, lapse=OUT_OF_TIME),
    inspection(HOME, START + 40 * DAY, status=LAPSED, reason=JUDGED_LOW, lapse=OUT_OF_TIME),
    # no statutory deadline to meet, and no visit
    inspection(FOSTERING, START + 300 * DAY, deadline=START + 250 * DAY, kind=DESK, inspector_days=10, true_grade=2),
    inspection(FOSTERING, START + 310 * DAY, statutory=1, inspector_days=6, judged=1, true_grade=1),
    # ends at the horizon: not counted
    due(FOSTERING, END - 30 * DAY, END, inspector_days=8, judged=1, true_grade=4),
]

DUTIES = [
    # due as the warm-up ended: not counted, though its gap ended with the inspection, in the window
    duty(HOME, 0, START, met=START, gap=100 * DAY),
    # ten days late; another rule of the same provider leaves it past a date for five days more
    duty(HOME, 0, START + 90 * DAY, met=START + 100 * DAY, gap=200 * DAY),
    duty(HOME, 0, START + 95 * DAY, met=START + 105 * DAY, gap=210 * DAY),
    # met on time to the minute, and in the warm-up
    duty(HOME, 0, START + 200 * DAY, met=START + 200 * DAY, gap=110 * DAY),
    duty(HOME, 1, START + 10 * DAY, met=START - 1, gap=300 * DAY),
    # outstanding; and with a date at the last moment of the window, one before it, and one after it
    duty(HOME, 1, END - 20 * DAY, outcome=OUTSTANDING, gap=400 * DAY, gap_open=1),
    duty(HOME, 2, END, outcome=OUTSTANDING, gap_open=1),
    duty(HOME, 2, END + DAY, outcome=OUTSTANDING, gap_open=1),
    # void before its date, at it, and six days after it
    duty(HOME, 3, START + 50 * DAY, void=START + 40 * DAY),
    duty(HOME, 3, START + 50 * DAY, void=START + 50 * DAY),
    duty(HOME, 4, START + 50 * DAY, void=START + 56 * DAY, gap=500 * DAY),
    # of the warm-up, and still past its date for eight days of the window
    duty(FOSTERING, 5, START - 30 * DAY, met=START + 8 * DAY, gap=30 * DAY),
    # the framework of the warm-up gave way: its gap went on
    duty(FOSTERING, 6, START + 9 * DAY, void=START, gap=900 * DAY),
    duty(FOSTERING, 6, END - 30 * DAY, outcome=OUTSTANDING, gap=60 * DAY, gap_open=1),
]

EPISODES = [
    episode(HOME, 4, START, detected=START + 60 * DAY, ended=START + 100 * DAY),
    episode(HOME, 5, START + 10 * DAY, ended=START + 70 * DAY),
    episode(HOME, 6, START + 20 * DAY, detected=START + 220 * DAY),
    episode(HOME, 1, END - 60 * DAY),
    episode(HOME, 10, END - 10 * DAY),
    # of the warm-up: fifteen days of the first fall in the window, none of the second
    episode(HOME, 20, START - 50 * DAY, detected=START + 15 * DAY, ended=START + 40 * DAY),
    episode(HOME, 30, START - 100 * DAY, detected=START - 20 * DAY, ended=START + 5 * DAY),
    episode(FOSTERING, 100, START + 100 * DAY, ended=START + 500 * DAY),
    episode(FOSTERING, 50, START, detected=START + 20 * DAY),
]

BACKLOG_ROWS = [
    month(START, 0, HOME, 100, 9.0, 9.0),
    month(START + 30 * DAY, 0, HOME, 3, 4.0, 1.0),
    month(START + 30 * DAY, 0, FOSTERING, 1, 2.0),
    month(START + 30 * DAY, 1, HOME, 0, 0.0),
    month(START + 30 * DAY, 1, FOSTERING, 2, 1.0),
    month(END, 0, HOME, 5, 6.0),
    month(END, 0, FOSTERING, 0, 3.0, 2.0),
    month(END, 1, FOSTERING, 0, 5.0),
]


ASSESSMENTS = [
    assessment(HOME, START, 3, 1),
    assessment(HOME, START, 2, 1),
    assessment(HOME, START, 2, 2),
    assessment(HOME, START, 1, 3),
    assessment(HOME, END - 1, 0, 4),
    assessment(FOSTERING, START, 2.5, 2),
    # before the window, in the course of the year, and of nobody knows what: not counted
    assessment(HOME, START - 1, 0, 1),
    assessment(HOME, START + DAY, 0, 1, review=1),
    assessment(HOME, START, np.nan, 1),
]


def held_by_year() -> npt.NDArray[np.void]:
    """Homes hold each rating for some days of two years; a fostering service is good for one of them."""
    held = np.zeros((2, len(SERVICE_TYPES), 5), dtype=HELD)
    held["ticks"][0, HOME] = np.array([100, 200, 300, 400, 500]) * DAY
    held["ticks"][1, HOME] = np.array([0, 200, 100, 400, 100]) * DAY
    held["ticks"][0, FOSTERING, 3] = 400 * DAY
    held["visits"][0, HOME] = [1, 3, 2, 1, 0]
    held["visits"][1, HOME] = [0, 2, 0, 2, 1]
    held["visits"][0, FOSTERING, 3] = 1
    held["inspector_days"][0, HOME] = [1, 6, 4, 2.5, 0]
    held["inspector_days"][1, HOME] = [0, 4, 0, 5, 2]
    held["inspector_days"][0, FOSTERING, 3] = 6
    held["self_assessments"][0, HOME] = [0, 1, 0, 1, 1]
    held["plans"][1, HOME] = [0, 1, 1, 0, 0]
    held["plans"][1, FOSTERING, 3] = 1
    return held


def example() -> Trace:
    provider_years = np.zeros((len(SERVICE_TYPES), 5))
    provider_years[HOME] = [0, 1, 2, 2, 1]
    provider_years[FOSTERING] = [0, 2, 0, 1, 1]
    month_starts = np.arange(3 * 12 + 1) * (START // 12)
    steps = np.zeros((len(month_starts), len(SERVICE_TYPES), STEPS), dtype=np.int64)
    steps[FIRST_YEAR, HOME] = [0, 8, 4, 1, 0, 0]
    steps[SECOND_YEAR, HOME] = [0, 0, 2, 2, 2, 1]
    steps[FIRST_YEAR, FOSTERING] = [0, 4, 4, 0, 0, 0]
    self_assessments = np.zeros(steps.shape[:2], dtype=np.int64)
    self_assessments[12, HOME], self_assessments[35, HOME], self_assessments[24, FOSTERING] = 3, 2, 1
    return Trace(
        inspections=table(INSPECTION, INSPECTIONS),
        episodes=table(EPISODE, EPISODES),
        backlog=table(BACKLOG, BACKLOG_ROWS),
        assessments=table(ASSESSMENT, ASSESSMENTS),
        duties=table(DUTY, DUTIES),
        provider_years=provider_years,
        month_starts=month_starts,
        steps_by_month=steps,
        self_assessments_by_month=self_assessments,
        held_by_year=held_by_year(),
        epoch=date(2005, 4, 1),
        measured_from=START,
        horizon=END,
        timeline=("2006-regime",),
    )


def measured(trace: Trace) -> npt.NDArray[np.float64]:
    return measure(observed(trace), COSTS, paid(trace))


# homes, fostering services, all
WORKED_BY_HAND = {
    "inspections_per_year": (3 / 2, 2 / 2, 5 / 2),
    "inspections_per_provider_year": (3 / 6, 2 / 4, 5 / 10),
    "inspector_days_per_year": (13 / 2, 16 / 2, 29 / 2),
    "desk_days_per_year": (1 * 12 / 2, 2 * 12 / 2, 3 * 12 / 2),  # in two months
    "utilisation": (10 / 30, 11 / 30, 21 / 30),
    # visits at homes: 4 in 1400 days good or better, 2 in 400 adequate, 5 in 400 poor, 1 in 100 not graded
    "visits_per_provider_year": (12 / 2300 * YEAR_DAYS, 1 / 400 * YEAR_DAYS, 13 / 2700 * YEAR_DAYS),
    "visits_rated_good": (4 / 1400 * YEAR_DAYS, 1 / 400 * YEAR_DAYS, 5 / 1800 * YEAR_DAYS),
    "visits_rated_adequate": (2 / 400 * YEAR_DAYS, np.nan, 2 / 400 * YEAR_DAYS),
    "visits_rated_poor": (5 / 400 * YEAR_DAYS, np.nan, 5 / 400 * YEAR_DAYS),
    "visits_not_graded": (1 / 100 * YEAR_DAYS, np.nan, 1 / 100 * YEAR_DAYS),
    # homes: 12 prepared for, 24.5 inspector-days, 3 self-assessments, 2 plans; at good ones 4, 9.5, 2 and none
    "burden_days_per_provider_year": (83 / 2300 * YEAR_DAYS, 18 / 400 * YEAR_DAYS, 101 / 2700 * YEAR_DAYS),
    "burden_days_rated_good": (31 / 1400 * YEAR_DAYS, 18 / 400 * YEAR_DAYS, 49 / 1800 * YEAR_DAYS),
    "burden_cost_rated_good": (31 * 150 / 1400 * YEAR_DAYS, 18 * 150 / 400 * YEAR_DAYS, 49 * 150 / 1800 * YEAR_DAYS),
    # homes: two on time, two late, two outstanding, one void; fostering: one late from the warm-up on, one outstanding
    "duties_due_per_year": (7 / 2, 2 / 2, 9 / 2),
    "on_time_share": (2 / 7, 0 / 2, 2 / 9),
    "late_share": (5 / 7, 2 / 2, 7 / 9),
    "days_overdue_mean": ((10 + 10 + 20 + 6) / 7, (38 + 30) / 2, 114 / 9),
    "providers_past_duty": (
        (15 + 20 + 6) / YEAR_DAYS / 2,
        (8 + 30) / YEAR_DAYS / 2,
        79 / YEAR_DAYS / 2,
    ),
    # homes: gaps of 100, 110, 200 and 210 days ended, of 400 and 500 did not; fostering: 30 ended, 60 did not
    "gap_days_95th": (500, 60, 500),
    "gap_days_longest": (500, 60, 500),
    "backlog_mean": ((3 + 5) / 2, (3 + 0) / 2, 11 / 2),
    "backlog_at_end": (5, 0, 5),
    # one month in each of two years: a year apart
    "backlog_growth_per_year": (5 - 3, 0 - 3, 5 - 6),
    "lapsed_per_year": (1 / 2, 1 / 2, 2 / 2),
    # homes: one lapsed, none made; fostering: one made at the desk, a random one lapsed
    "discretionary_made_share": (0, 1 / 2, 1 / 3),
    "random_made_share": (np.nan, 0, 0),
    "themed_made_share": (np.nan, np.nan, np.nan),
    "poor_episodes_per_year": (5 / 2, 2 / 2, 7 / 2),
    # homes: at 60 days 4 are at risk, 1 is detected and 1 ends unseen; at 200 days 1 is at risk and detected
    # all: at 20 days 6 are at risk; at 60 days 5; at 200 days 2, with 5/6 * 3/5 still undecided
    "detected_within_90_days": (1 / 4, 1 / 2, 1 / 6 + 1 / 6),
    "detected_within_180_days": (1 / 4, 1 / 2, 1 / 6 + 1 / 6),
    "detected_within_365_days": (3 / 4, 1 / 2, 1 / 6 + 1 / 6 + 1 / 4),
    # homes: all until 60 days, then half (two of the four at risk), none from 200
    # all: then 5/6 from 20 days, half from 60, a quarter from 200, none from 400
    "days_unfound_mean": (60 + 140 / 2, 20 + 380 / 2, 20 + 40 * 5 / 6 + 140 / 2 + 200 / 4),
    "days_unfound_median": (60, 20, 60),
    "days_unfound_90th": (200, 400, 400),
    "days_unfound_95th": (200, 400, 400),
    "days_unfound_worst_tenth": (200, 400, 400),
    "days_to_detection_median": (130, 20, 60),
    "days_to_detection_mean": (130, 20, 280 / 3),
    "never_detected_share": (1 / 3, 1 / 2, 2 / 5),
    "detected_later_share": (1 - 1 / 4 - 1 / 3, 0, 1 - 1 / 3 - 2 / 5),
    "undetected_poor_provider_years": (
        405 / YEAR_DAYS / 2,
        420 / YEAR_DAYS / 2,
        825 / YEAR_DAYS / 2,
    ),
    "child_years_undetected": (
        2200 / YEAR_DAYS / 2,
        41_000 / YEAR_DAYS / 2,
        43_200 / YEAR_DAYS / 2,
    ),
    "false_alarm_share": (1 / 2, 0 / 1, 1 / 3),
    "inspections_per_good_provider_year": (2 / 3, 0 / 2, 2 / 5),
    # visits: 13 inspector-days in 3, 6 in 1; 5 and 1 self-assessments, 6 and 4 plans produced
    "burden_days_per_year": (79 / 2, 37 / 2, 116 / 2),
    "burden_reinspection_days_per_year": ((5 * 2 + 1) / 2, 0, 11 / 2),
    "burden_paperwork_days_per_year": ((5 * 4 + 6 * 5) / 2, (1 * 4 + 4 * 5) / 2, 74 / 2),
    "burden_cost_per_year": (79 / 2 * 150, 37 / 2 * 150, 116 / 2 * 150),
    "cost_per_year": ((13 / 2 + 6) * 500, (16 / 2 + 12) * 500, (29 / 2 + 18) * 500),
    "posts_cost_per_year": (np.nan, np.nan, 100 * 500),
    "enforcement_cost_per_year": (17_800 / 2, 400 / 2, 18_200 / 2),
    "whole_cost_per_year": (6250 + 8900 + 5925, 10_000 + 200 + 2775, 16_250 + 9100 + 8700),
    "cost_per_inspection": (6250 / 1.5, 10_000, 16_250 / 2.5),
    "poor_found_per_year": (3 / 2, 1 / 2, 4 / 2),
    "cost_per_poor_found": (6250 / 1.5, 10_000 / 0.5, 16_250 / 2),
    "posts_cost_per_poor_found": (np.nan, np.nan, 50_000 / 2),
    # what falls in the second year counts four fifths: desk work of the fostering services, three steps and
    # paperwork of homes, a self-assessment of the fostering services
    "cost_present_value": (25 * 500, 16 * 500 + 0.8 * 24 * 500, 30_100),
    "posts_cost_present_value": (np.nan, np.nan, 50_000 + 0.8 * 50_000),
    "enforcement_cost_present_value": (1800 + 0.8 * 16_000, 400, 15_000),
    "burden_cost_present_value": ((61 + 0.8 * 18) * 150, (33 + 0.8 * 4) * 150, 111.6 * 150),
    # homes: 3 above three others, 2 above two and level with one; with fostering one more below 3 and above 2
    "assessment_auc": (5.5 / 6, np.nan, 6.5 / 8),
    "improvement_plans_per_year": (8 / 2, 4 / 2, 12 / 2),
    "enforcement_notices_per_year": (3 / 2, 0, 3 / 2),
    "deregistrations_per_year": (1 / 2, 0, 1 / 2),
}

ZERO_WHERE_NOTHING_IS = {
    "inspections_per_year",
    "inspector_days_per_year",
    "desk_days_per_year",
    "utilisation",
    "backlog_mean",
    "duties_due_per_year",
    "providers_past_duty",
    "backlog_at_end",
    "backlog_growth_per_year",
    "lapsed_per_year",
    "poor_episodes_per_year",
    "undetected_poor_provider_years",
    "child_years_undetected",
    "burden_days_per_year",
    "burden_reinspection_days_per_year",
    "burden_paperwork_days_per_year",
    "burden_cost_per_year",
    "cost_per_year",
    "enforcement_cost_per_year",
    "whole_cost_per_year",
    "poor_found_per_year",
    "cost_present_value",
    "enforcement_cost_present_value",
    "burden_cost_present_value",
    "improvement_plans_per_year",
    "enforcement_notices_per_year",
    "deregistrations_per_year",
}


def test_the_measures_are_there_in_order() -> None:
    assert [each.name for each in MEASURES] == list(WORKED_BY_HAND)
    assert measured(example()).shape == (len(WORKED_BY_HAND), 14)


@pytest.mark.parametrize(("row", "name"), list(enumerate(WORKED_BY_HAND)))
def test_worked_by_hand(row: int, name: str) -> None:
    values = measured(example())[row]
    assert values[[HOME, FOSTERING, -1]] == pytest.approx(WORKED_BY_HAND[name], rel=1e-12, nan_ok=True)


@pytest.mark.parametrize(("row", "name"), list(enumerate(WORKED_BY_HAND)))
def test_a_service_type_without_providers_has_zero_counts_and_no_shares(row: int, name: str) -> None:
    others = np.delete(measured(example())[row], [HOME, FOSTERING, -1])
    assert (others == 0).all() if name in ZERO_WHERE_NOTHING_IS else np.isnan(others).all()


def test_a_run_in_which_nothing_happens() -> None:
    empty = example()._replace(
        inspections=table(INSPECTION, []),
        episodes=table(EPISODE, []),
        backlog=table(BACKLOG, []),
        assessments=table(ASSESSMENT, []),
        duties=table(DUTY, []),
        provider_years=np.zeros((len(SERVICE_TYPES), 5)),
        steps_by_month=np.zeros_like(example().steps_by_month),
        self_assessments_by_month=np.zeros_like(example().self_assessments_by_month),
        held_by_year=np.zeros_like(held_by_year()),
    )
    without_limit = paid(empty, np.inf)
    of_months = ("utilisation", "backlog_mean", "backlog_at_end", "backlog_growth_per_year")
    for each, values in zip(MEASURES, measure(observed(empty), COSTS, without_limit), strict=True):
        undefined = each.name not in ZERO_WHERE_NOTHING_IS or each.name in of_months
        assert np.isnan(values).all() if undefined else (values == 0).all()


@pytest.mark.parametrize("given", [-1, float("nan"), float("inf"), "much"])
def test_costs_must_be_numbers_and_not_negative(given: Any) -> None:
    with pytest.raises(ValidationError):
        CostSettings.model_validate(PRICES | {"cost_per_inspector_day": given})
