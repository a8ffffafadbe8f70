"""The parts of the search by themselves: mechanisms, distance, surrogate, walk."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.inputs.sections import GradeValues
from simulator.inspectorate.framework import load_framework
from simulator.questions.calibrate.descent import descend, drawn
from simulator.questions.calibrate.distance import FEWEST_RUNS, LEAST_CASES, Target, distance, reweighed, target_of
from simulator.questions.calibrate.effort import AGAIN, Effort
from simulator.questions.calibrate.mechanisms import (
    MECHANISMS,
    NOISE,
    concerns,
    falls,
    fitted_framework,
    shares,
    speed,
    values_at,
)
from simulator.questions.calibrate.moments import moments_of
from simulator.questions.calibrate.records import FULL
from simulator.questions.calibrate.search import Expected, best_place, walk
from simulator.questions.calibrate.surrogate import learn
from simulator.questions.over_fits.worlds import spread_out
from simulator.world.effects import Falls
from simulator.world.quality import yearly_rates
from tests.unit.test_calibration_moments import inspections

PLACES = st.lists(st.floats(0, 1), min_size=len(MECHANISMS), max_size=len(MECHANISMS))


@given(PLACES)
def test_every_place_of_the_search_is_a_chain_that_there_can_be(places: list[float]) -> None:
    values = values_at(np.array(places), MECHANISMS)
    natural = GradeValues(**shares(values, "natural"))
    decline, improve, fall = yearly_rates(natural, speed(values), Falls(**falls(values)))
    p = np.array(natural.by_grade())
    assert sum(p) == pytest.approx(1)
    slow = float(p @ decline) * 2  # what goes down one step by step comes up again
    assert slow == pytest.approx(values["gradual_changes"])
    assert float(p @ (decline + improve + fall)) == pytest.approx(speed(values))
    assert sorted(concerns(values).values(), reverse=True) == list(concerns(values).values())


@given(PLACES)
def test_a_value_knows_its_place(places: list[float]) -> None:
    for each, place in zip(MECHANISMS, places, strict=True):
        assert each.place_of(each.at(place)) == pytest.approx(place, abs=1e-9)
        assert each.low - 1e-12 <= each.at(place) <= each.high * (1 + 1e-12)


def test_judges_of_a_fitted_framework_keep_their_proportions() -> None:
    values = values_at(np.full(len(MECHANISMS), 0.5), MECHANISMS)
    before = load_framework("childrens-homes-2014")
    after = fitted_framework(before, values, "childrens_home")
    assert after.kinds["key"].sigma == pytest.approx(values[NOISE])
    assert after.kinds["first"].sigma == pytest.approx(values[NOISE])
    proportion = before.kinds["responsive"].sigma / before.kinds["key"].sigma
    assert after.kinds["responsive"].sigma == pytest.approx(values[NOISE] * proportion)
    assert after.kinds["interim"].sigma == values["interim_noise"]
    assert after.kinds["monitoring"].sigma == before.kinds["monitoring"].sigma
    assert after.rules == before.rules
    assert after.severity["first-year"].grades_added == pytest.approx(-0.2)
    assert after.severity["first-year"].until == before.severity["first-year"].until


def test_the_distance_of_independent_figures_is_the_sum_of_squared_errors() -> None:
    assert distance(np.array([1.0, 2.0]), np.diag([1.0, 4.0])) == pytest.approx(2)


def test_figures_with_few_cases_are_left_out_and_no_share_is_too_sure() -> None:
    rows = [(home, day, FULL, grade) for home in range(60) for day, grade in ((10, 3), (400, 3 if home % 4 else 2))]
    target = target_of(inspections(rows), moments_of(3, 2014))
    assert "from_3_to_2" in target.names
    assert "from_1_to_1" in {each.name for each in target.left_out}
    at = target.names.index("from_3_to_1")  # never seen in 60 pairs
    assert target.value[at] == 0
    assert np.sqrt(target.covariance[at, at]) == pytest.approx(0.5 / 60)
    at = target.names.index("from_3_to_2")
    assert np.sqrt(target.covariance[at, at]) == pytest.approx(np.sqrt(0.25 * 0.75 / 60), rel=0.15)
    assert min(target.readings[name].cases for name in target.names) >= LEAST_CASES


def quadratic(points: np.ndarray) -> np.ndarray:
    return np.stack([points[:, 0] ** 2 - points[:, 1], points[:, 0] * points[:, 1] + 1.0], axis=1)


def toy() -> tuple[Target, np.ndarray]:
    points = np.random.default_rng(1).random((80, 2))
    covariance = np.diag([0.01, 0.01])
    return Target((), (), quadratic(np.array([[0.6, 0.3]]))[0], covariance, {}, {}, np.zeros((4, 4), int)), points


def test_the_surrogate_learns_a_quadratic_exactly() -> None:
    _, points = toy()
    surrogate = learn(points, quadratic(points), np.ones(80))
    fresh = np.array([[0.2, 0.9], [0.5, 0.5]])
    assert surrogate(fresh) == pytest.approx(quadratic(fresh), abs=5e-3)


def expected(target: Target, points: np.ndarray) -> Expected:
    surrogate = learn(points, quadratic(points), np.ones(80))
    return Expected(surrogate, target, np.asarray(np.linalg.inv(target.covariance), dtype=np.float64))


def test_the_least_distance_is_found() -> None:
    target, points = toy()
    assert best_place(expected(target, points), points[:4]) == pytest.approx([0.6, 0.3], abs=0.03)


def test_a_walk_draws_where_the_distance_is_small() -> None:
    target, points = toy()
    learnt_there = expected(target, points)
    cool, hot = (walk(learnt_there, heat, 200, np.random.default_rng(2), points) for heat in (0.05, 5.0))
    assert cool.mean(axis=0) == pytest.approx([0.6, 0.3], abs=0.05)
    assert (hot.std(axis=0) > 2 * cool.std(axis=0)).all()


class Valley:
    """A space whose figures are a known function of the place, and of chance that all places share."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.runs = 0

    def values(self, points: np.ndarray) -> list[dict[str, float]]:
        return [{"x": float(x), "y": float(y)} for x, y in points]

    def found(self, values: list[dict[str, float]], names: tuple[str, ...], numbers: range) -> list[np.ndarray]:
        self.runs += len(values) * len(numbers)
        chance = np.array([np.random.default_rng(number).normal(0, 0.01, 2) for number in numbers])
        return [quadratic(np.array([[each["x"], each["y"]]])) + chance for each in values]


def test_a_descent_ends_where_the_distance_is_least() -> None:
    target, _ = toy()
    space: Any = Valley(target)
    bottom = descend(space, np.array([0.9, 0.9]), 12, range(1, 9))
    assert bottom.point == pytest.approx([0.6, 0.3], abs=0.03)
    assert bottom.distance < 0.01
    assert bottom.figures == pytest.approx(target.value, abs=0.01)


def test_a_descent_stays_within_bounds_and_at_what_is_held() -> None:
    target, _ = toy()
    beyond = target._replace(value=quadratic(np.array([[1.3, 0.3]]))[0])
    space: Any = Valley(beyond)
    assert descend(space, np.array([0.5, 0.5]), 12, range(1, 5)).point[0] == pytest.approx(1.0, abs=0.01)
    held = descend(space, np.array([0.5, 0.5]), 12, range(1, 5), {0: 0.25})
    assert held.point[0] == 0.25
    assert held.point[1] != 0.5


def test_places_are_drawn_as_far_apart_as_chance_leaves_them_unsure() -> None:
    """By the slopes at the bottom, the places have the covariance of a fit to records of which only chance is known."""
    target, _ = toy()
    target = target._replace(covariance=np.diag([0.02, 0.01]) ** 2)
    space: Any = Valley(target)
    effort = Effort(drawn_steps=8, drawn_replications=32)
    places = drawn(space, np.full((300, 2), 0.5), effort, np.random.default_rng(3))
    slopes = np.array([[1.2, -1.0], [0.3, 0.6]])  # of `quadratic`, at 0.6 and 0.3
    precision = slopes.T @ np.linalg.inv(target.covariance + np.eye(2) * 0.01**2 / 32) @ slopes + np.eye(2) * 12
    assert places.mean(axis=0) == pytest.approx([0.6, 0.3], abs=0.01)
    assert np.cov(places.T) == pytest.approx(np.linalg.inv(precision), rel=0.35, abs=3e-5)


def test_figures_are_weighed_by_the_chance_that_runs_show() -> None:
    rows = [(home, day, FULL, grade) for home in range(90) for day, grade in ((10, 3), (400, 3 if home % 9 else 2))]
    target = target_of(inspections(rows), moments_of(3, 2014))
    draws = np.random.default_rng(1)
    error = 0.02 + 0.01 * np.arange(len(target.names))
    runs = target.value + draws.normal(0, 1, (4_000, len(target.names))) * error
    again = reweighed(target, runs, 180.0, 90)
    assert np.sqrt(np.diag(again.covariance)) == pytest.approx(error * np.sqrt(2), rel=0.05)
    assert again.value is target.value
    few = np.where(np.arange(len(runs))[:, None] < FEWEST_RUNS - 1, runs, np.nan)
    assert reweighed(target, few, 180.0, 90) is target


def test_effort_scales_and_counts_its_runs() -> None:
    one = Effort(
        starts=2,
        first=8,
        wave=4,
        waves=3,
        closing=5,
        closings=2,
        descents=3,
        descent_steps=2,
        descent_replications=4,
        weighing=9,
        candidates=6,
        drawn_steps=5,
        drawn_replications=2,
        candidate_replications=3,
        finals=2,
        final_replications=5,
        told=4,
        told_replications=7,
        noises=2,
        noise_steps=3,
    )
    searched = 2 * (8 + 3 * 4) + 2 * 5
    places = len(MECHANISMS) + 1  # a place, and one more for the slope by each mechanism
    descended = (3 + AGAIN) * 2 * places * 4 + 9
    profiled = 2 * 3 * places * 4
    drawn_ = 6 * 5 * places * 2
    chosen = (6 + 3 + 2) * 3 + 2 * 5
    assert one.runs == searched + descended + profiled + drawn_ + chosen + (4 + 2) * 7
    assert Effort().times(1) == Effort()
    assert Effort().times(2).first == 2 * Effort().first
    assert (Effort().times(2).waves, Effort().times(2).starts) == (Effort().waves, Effort().starts)
    assert Effort().times(0.25).noises < Effort().noises
    assert Effort().times(0.05).runs < 0.2 * Effort().runs


def test_a_large_set_is_thinned_evenly_from_the_best_on() -> None:
    assert spread_out(3, 20) == [1, 2, 3]
    assert spread_out(101, 5) == [1, 26, 51, 76, 101]
