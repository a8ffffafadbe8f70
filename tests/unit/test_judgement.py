"""A judgement is the true grade plus normal noise, rounded and clipped."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.inspectorate.judgement import judged_grade
from simulator.world.streams import JUDGEMENT, identity, normal, root

GRADES = (1, 2, 3, 4)
NOISE = st.floats(-8, 8)
SIGMA = st.floats(0, 3)


@pytest.mark.parametrize("grade", GRADES)
@given(noise=NOISE)
def test_a_perfect_inspector_judges_what_is_true(grade: int, noise: float) -> None:
    assert judged_grade(grade, 0.0, 0.0, noise) == grade


@given(grade=st.sampled_from(GRADES), sigma=SIGMA, noise=NOISE)
def test_a_judgement_is_the_nearest_grade_there_is(grade: int, sigma: float, noise: float) -> None:
    seen = grade + sigma * noise
    judged = judged_grade(grade, 0.0, sigma, noise)
    assert judged in GRADES
    assert abs(judged - seen) <= min(abs(each - seen) for each in GRADES) + 1e-9


@given(sigma=SIGMA, noise=NOISE, more=st.floats(0, 3))
def test_more_quality_or_more_luck_never_makes_a_judgement_worse(sigma: float, noise: float, more: float) -> None:
    judged = [judged_grade(grade, 0.0, sigma, noise) for grade in GRADES]
    assert judged == sorted(judged)
    assert all(judged_grade(grade, 0.0, sigma, noise + more) >= judged[grade - 1] for grade in GRADES)


@pytest.mark.parametrize(("seen", "judged"), [(1.49, 1), (1.5, 2), (2.49, 2), (2.5, 3), (3.5, 4), (0.2, 1), (5.1, 4)])
def test_halves_go_up(seen: float, judged: int) -> None:
    assert judged_grade(2, 0.0, 1.0, seen - 2) == judged


@pytest.mark.parametrize("sigma", [0.25, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("grade", GRADES)
def test_judgements_come_as_often_as_the_normal_distribution_says(grade: int, sigma: float) -> None:
    many = 8000
    run, entity = np.uint64(root(1, 0)), identity("childrens_home-0001")
    judged = [judged_grade(grade, 0.0, sigma, normal(run, JUDGEMENT, entity, n)) for n in range(many)]
    below = stats.norm.cdf((np.array([1.5, 2.5, 3.5]) - grade) / sigma)
    expected = np.diff([0, *below, 1])
    share = np.bincount(judged, minlength=5)[1:] / many
    assert share == pytest.approx(expected, abs=4 * np.sqrt(0.25 / many))
