from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.engine.recorded import BACKLOG, DONE, EPISODE, INSPECTION
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.measures.bands import Running
from simulator.measures.observed import observed
from simulator.measures.series import DETECTION_DAYS, RunningSeries, month_ends, series_of
from simulator.ticks import NEVER, TICKS_PER_DAY

YEAR = 525_960
"""Ticks of 365.25 days."""
ALL = 13


@pytest.fixture
def trace() -> Trace:
    """One year without warm-up: three inspections, two poor episodes, two months of backlog in two pools."""
    inspections = np.zeros(3, dtype=INSPECTION)
    inspections["status"] = DONE
    inspections["kind"] = [KINDS.index("key"), KINDS.index("key"), KINDS.index("area")]
    inspections["service_type"] = [0, 2, 12]
    inspections["ended"] = [10, 20, 30]
    episodes = np.zeros(2, dtype=EPISODE)
    episodes["began"] = 0
    episodes["detected"] = [50 * TICKS_PER_DAY, NEVER]
    episodes["ended"] = [60 * TICKS_PER_DAY, 100 * TICKS_PER_DAY]
    episodes["end"] = 1
    backlog = np.zeros(4, dtype=BACKLOG)
    backlog["month"] = [100, 100, 200, 200]
    backlog["pool"] = [0, 1, 0, 1]
    backlog["service_type"] = [0, 12, 0, 12]
    backlog["waiting"] = [5, 1, 7, 2]
    return Trace(inspections, episodes, backlog, np.ones((13, 5)), date(2006, 4, 1), 0, YEAR, ("one",))


def test_inspections_are_counted_by_kind_and_type(trace: Trace) -> None:
    by_kind = series_of(observed(trace)).by_kind
    assert by_kind.shape == (12, 14)
    assert by_kind[KINDS.index("key"), [0, 2, 12, ALL]].tolist() == [1, 1, 0, 2]
    assert by_kind[KINDS.index("area"), [0, 2, 12, ALL]].tolist() == [0, 0, 1, 1]
    assert by_kind.sum() == 6


def test_detection_rises_when_one_is_found_and_stays_when_one_ends_unseen(trace: Trace) -> None:
    detected = series_of(observed(trace)).detected
    assert detected.shape == (len(DETECTION_DAYS), 14)
    at = dict(zip(DETECTION_DAYS.tolist(), detected[:, 0].tolist(), strict=True))
    assert [at[days] for days in (0, 45, 50, 100, 730)] == [0, 0, 0.5, 0.5, 0.5]
    assert np.isnan(detected[:, 1]).all()
    assert np.array_equal(detected[:, 0], detected[:, ALL])


def test_the_backlog_is_added_up_over_pools(trace: Trace) -> None:
    waiting = series_of(observed(trace)).waiting
    assert waiting.shape == (2, 14)
    assert waiting[:, [0, 12, ALL]].tolist() == [[5, 1, 6], [7, 2, 9]]


def test_series_are_averaged_run_by_run(trace: Trace) -> None:
    running = RunningSeries()
    twice = trace.backlog.copy()
    twice["waiting"] *= 2
    for each in (trace, trace._replace(backlog=twice)):
        running.add(series_of(observed(each)))
    bands = running.bands()
    assert bands.waiting.mean[:, ALL].tolist() == [9, 13.5]
    assert bands.by_kind.low[0, 0] == bands.by_kind.high[0, 0] == 1
    assert np.isnan(bands.detected.mean[:, 1]).all()


@given(arrays(float, (7, 3), elements=st.floats(-1e6, 1e6)))
def test_running_means_and_intervals_are_those_of_the_textbook(values: np.ndarray) -> None:
    from scipy import stats

    running = Running()
    for row in values:
        running.add(row)
    band = running.band()
    half = stats.t.ppf(0.975, 6) * values.std(axis=0, ddof=1) / np.sqrt(7)
    assert np.allclose(band.mean, values.mean(axis=0), rtol=1e-9, atol=1e-6)
    assert np.allclose(band.high - band.mean, half, rtol=1e-6, atol=1e-3)


def test_undefined_values_are_passed_over() -> None:
    running = Running()
    for row in ([1.0, np.nan, np.nan], [3.0, 5.0, np.nan], [np.nan, 7.0, 9.0]):
        running.add(np.array(row))
    band = running.band()
    assert band.mean.tolist() == [2, 6, 9]
    assert np.isnan(band.low).tolist() == [False, False, True]


def test_nothing_added_is_nothing() -> None:
    assert all(part.size == 0 for part in Running().band())


def test_month_ends_are_firsts_of_months_and_the_horizon() -> None:
    ends = month_ends(date(2005, 11, 1), date(2006, 4, 1))
    assert ends == [date(2005, 12, 1), date(2006, 1, 1), date(2006, 2, 1), date(2006, 3, 1), date(2006, 4, 1)]
    assert month_ends(date(2006, 4, 10), date(2006, 6, 15)) == [date(2006, 5, 1), date(2006, 6, 1), date(2006, 6, 15)]
