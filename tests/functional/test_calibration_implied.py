"""What a fit implies and no record shows, against the chain by other means."""

import numpy as np
import pytest
from scipy.linalg import expm

from simulator.engine.run import simulate
from simulator.questions.calibrate.implied import IMPLIED, days_without_inspection, implied
from simulator.questions.calibrate.trial import setting_at
from simulator.ticks import TICKS_PER_DAY, TICKS_PER_YEAR
from simulator.world.services import SERVICE_TYPES
from tests.functional.test_calibration import HOMES, TRUE, made


def test_an_episode_without_inspection_lasts_as_long_as_the_chain_makes_it() -> None:
    """By the matrix exponential: the time spent at poor, from poor on, before it is first left."""
    bench, _ = made(60)
    setting = setting_at(bench, TRUE)
    service = setting.services[SERVICE_TYPES.index(HOMES)]
    leaving = float(service["improve"][1] + service["closure"][1]) * TICKS_PER_YEAR
    generator = np.array([[-leaving, leaving], [0.0, 0.0]])
    steps = np.arange(0, 40, 0.002)
    once = expm(generator * 0.002)
    still = once[0, 0] ** np.arange(len(steps))
    days = float(np.trapezoid(still, steps)) * TICKS_PER_YEAR / TICKS_PER_DAY
    assert days_without_inspection(setting, HOMES) == pytest.approx(days, rel=0.01)


def test_what_is_implied_is_counted_from_the_episodes() -> None:
    bench, _ = made(400)
    setting = setting_at(bench, TRUE)
    trace = simulate(setting, 7)
    told = implied(trace, setting, HOMES)
    assert set(told) == set(IMPLIED)
    never, begun, found = 0, 0, 0
    for row in trace.episodes:
        if row["began"] >= trace.measured_from:
            begun += 1
            found += row["detected"] <= trace.horizon
            never += row["detected"] > trace.horizon and row["ended"] <= trace.horizon
    assert begun > 50
    years = trace.provider_years[SERVICE_TYPES.index(HOMES)].sum()
    assert told["turned_poor"] == pytest.approx(100 * begun / years)
    assert told["never_found"] == pytest.approx(never / (never + found))
    assert 0 < told["never_found"] < 1
