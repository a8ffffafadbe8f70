"""How well a fit gives records back, and which fits belong to a set: by hand."""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from simulator.inputs.messages import InputError
from simulator.questions.calibrate.choosing import MOST_DEVIANCE, Told, chosen, tolerance_of, wild
from simulator.questions.calibrate.counting import Reading
from simulator.questions.calibrate.distance import Target
from simulator.questions.calibrate.goodness import MOST_APART, Goodness, apart_of, deviance, goodness
from simulator.questions.calibrate.moments import moments_of
from simulator.questions.calibrate.posing import of_years
from simulator.questions.calibrate.profile import Tried
from simulator.questions.calibrate.records import FULL, Records
from tests.unit.test_calibration_moments import inspections

Matrix = npt.NDArray[Any]
PAIRS = np.array([[60, 30, 8, 2], [100, 700, 150, 50], [5, 200, 150, 45], [0, 30, 50, 20]])
STEPS = [f"from_{before}_to_{after}" for before in (4, 3, 2, 1) for after in (4, 3, 2, 1)]


def shares_of(pairs: Matrix) -> Matrix:
    return np.asarray(pairs / pairs.sum(axis=1, keepdims=True), dtype=np.float64)


def test_the_deviance_of_the_recorded_shares_themselves_is_nothing() -> None:
    assert deviance(shares_of(PAIRS), PAIRS) == pytest.approx(0, abs=1e-9)


def test_the_deviance_is_the_likelihood_ratio() -> None:
    counts = np.zeros((4, 4), dtype=np.int64)
    counts[1] = [10, 70, 15, 5]
    shares = np.full((4, 4), 0.25)
    by_hand = 2 * sum(n * np.log(n / 25) for n in (10, 70, 15, 5))
    assert deviance(shares, counts) == pytest.approx(by_hand)


def test_the_deviance_of_records_from_the_shares_themselves_is_that_of_chance() -> None:
    draws = np.random.default_rng(1)
    shares = shares_of(PAIRS + 5)
    totals = 10 * PAIRS.sum(axis=1)
    found = [
        deviance(shares, np.array([draws.multinomial(n, row) for n, row in zip(totals, shares, strict=True)]))
        for _ in range(400)
    ]
    assert np.mean(found) == pytest.approx(12, abs=0.8)
    assert np.mean(np.array(found) > chi2.ppf(0.95, 12)) == pytest.approx(0.05, abs=0.03)


def test_steps_that_no_run_has_are_taken_for_half_a_pair() -> None:
    shares = shares_of(PAIRS)
    shares[0] = [0.62, 0.3, 0.08, 0.0]
    assert deviance(shares, PAIRS) == pytest.approx(2 * (60 * np.log(60 / 62) + 2 * np.log(2 / 0.5)))


def test_the_worst_share_is_read_off_row_by_row() -> None:
    shares = shares_of(PAIRS)
    shares[2] += [0, 0.04, -0.04, 0]
    assert apart_of(shares, PAIRS).max() == pytest.approx(0.04)
    assert apart_of(shares, np.zeros_like(PAIRS)).max() == 0


def judged(shares: np.ndarray, errors: float) -> Goodness:
    recorded = shares_of(PAIRS).ravel()
    error = dict.fromkeys(STEPS, errors)
    moments = tuple(moment for moment in moments_of(3, 2014) if moment.name in STEPS)
    readings = dict.fromkeys(STEPS, Reading(np.nan, 0))
    return goodness(shares.ravel(), 30.0, Target(moments, (), recorded, np.eye(16), readings, error, PAIRS))


def test_figures_are_missed_beyond_two_standard_errors_and_shares_are_wild_beyond_seven_points() -> None:
    shares = shares_of(PAIRS)
    near, far = shares.copy(), shares.copy()
    near[3] += [0, 0.03, -0.03, 0]
    far[3] += [0, 0.08, -0.08, 0]
    assert judged(near, 0.02).missed == 0
    assert judged(near, 0.01).missed == 2
    assert not judged(near, 0.01).beyond
    assert judged(far, 0.01).worst_share == pytest.approx(0.08)
    assert judged(far, 0.01).beyond
    assert judged(far, 0.034).beyond
    assert not judged(far, 0.04).beyond  # within three standard errors of records too few to tell seven points


def told(fits: list[Goodness]) -> Told:
    return Told([{} for _ in fits], Tried(np.zeros((1, 1)), np.zeros((1, 1)), (), 1), tuple(fits))


FITS = st.builds(
    Goodness,
    st.floats(1, 500),
    st.integers(0, 30),
    st.floats(0, 100),
    st.floats(0, 0.3),
    st.booleans(),
)


@given(st.lists(FITS, min_size=1, max_size=12), st.floats(1, 50))
def test_a_misfit_does_not_widen_the_set(fits: list[Goodness], tolerance: float) -> None:
    """The best always belongs to it, another only if near enough and not wild; a common misfit changes nothing."""
    kept = chosen(told(fits), tolerance)
    assert kept[0] == 0
    for i, each in enumerate(fits[1:], start=1):
        assert (i in kept) == (each.distance <= fits[0].distance + tolerance and not wild(each))
    distances = [fits[i].distance for i in kept[1:]]
    assert distances == sorted(distances)
    farther = [each._replace(distance=each.distance + 1024) for each in fits]
    if all(abs(each.distance - fits[0].distance - tolerance) > 1e-6 for each in fits):
        assert set(chosen(told(farther), tolerance)) == set(kept)


def test_wild_is_said_of_the_deviance_and_of_a_share() -> None:
    fit = Goodness(30, 2, 20, 0.04, beyond=False)
    assert not wild(fit)
    assert wild(fit._replace(deviance=MOST_DEVIANCE + 1))
    assert wild(fit._replace(beyond=True))
    assert MOST_APART == 0.07


def test_the_tolerance_is_the_quantile_of_chance() -> None:
    assert tolerance_of(16) == pytest.approx(26.296, abs=1e-3)


def records() -> Records:
    rows = [(home, day, FULL, 3) for home in (1, 2) for day in (10, 370, 740, 1090)]
    return Records(inspections(rows), "childrens_home", date(2014, 4, 1))


def test_records_can_be_restricted_to_some_of_their_years() -> None:
    cut = of_years(records(), date(2015, 4, 1), date(2016, 3, 31))
    assert (cut.start, cut.years) == (date(2015, 4, 1), 1)
    assert cut.inspections.day.tolist() == [5, 5]
    early = of_years(records(), None, date(2016, 3, 31))
    assert (early.start, early.years) == (date(2014, 4, 1), 2)
    assert early.inspections.day.tolist() == [10, 370, 10, 370]
    whole = records()
    assert of_years(whole, None, None) is whole


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2014, 5, 1), None, "--from: given 2014-05-01"),
        (date(2013, 4, 1), None, "--from: given 2013-04-01"),
        (None, date(2016, 12, 31), "--until: given 2016-12-31"),
        (None, date(2018, 3, 31), "--until: given 2018-03-31"),
        (date(2016, 4, 1), date(2016, 3, 31), "at least one whole inspection year"),
    ],
)
def test_other_days_are_refused(first: date | None, last: date | None, said: str) -> None:
    with pytest.raises(InputError, match=said):
        of_years(records(), first, last)
