"""Where in its year a visit falls: by the profile, spaced, as like the year before as asked, and as many as owed."""

import math
from datetime import date

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.inspectorate import planner
from simulator.ticks import TICKS_PER_DAY, month_starts
from simulator.world.streams import identity, root

RUN = np.uint64(root(1, 0))
MONTHS = month_starts(date(2003, 4, 1), date(2016, 4, 1))
YEARS = st.integers(0, 12)
DAYS_FREE = st.integers(0, 30)
WEIGHTS = st.lists(st.floats(0.05, 1), min_size=12, max_size=12)
SHARES = st.floats(0, 1, exclude_max=True)
EVEN = (1.0,) * 12
CROWDED = (1.0, 1, 1, 2, 2, 1, 1, 1, 1, 4, 5, 6)

Sample = npt.NDArray[np.float64]


def profile_of(weights: list[float] | tuple[float, ...]) -> Sample:
    profile = np.concatenate([[0.0], np.cumsum(weights) / math.fsum(weights)])
    profile[12] = 1.0
    return profile


def year_ticks(year: int) -> tuple[int, int]:
    return int(MONTHS[12 * year]), int(MONTHS[12 * (year + 1)])


def test_the_years_are_told_by_the_first_of_april() -> None:
    for year in range(13):
        begin, end = year_ticks(year)
        assert [planner.year_of(MONTHS, tick) for tick in (begin, begin + 1, end - 1)] == [year] * 3
    assert year_ticks(1)[0] == 366 * TICKS_PER_DAY  # 1 April 2004, after a leap day


@given(weights=WEIGHTS, year=YEARS, days_free=DAYS_FREE, share=SHARES)
def test_the_moment_at_a_share_is_where_so_much_of_the_year_is_gone(
    weights: list[float], year: int, days_free: int, share: float
) -> None:
    profile, free = profile_of(weights), days_free * TICKS_PER_DAY
    moment = planner.moment_at(profile, MONTHS, year, free, share)
    begin, end = year_ticks(year)
    assert begin <= moment <= end - free
    gone = planner.share_gone(profile, MONTHS, year, free, moment)
    one_tick = np.diff(profile).max() / TICKS_PER_DAY  # no month that visits are planned in is shorter than a day
    assert share - one_tick <= gone <= share + 1e-12


@given(weights=WEIGHTS, year=YEARS, days_free=DAYS_FREE, part=SHARES)
def test_the_share_gone_at_a_moment_leads_back_to_it(
    weights: list[float], year: int, days_free: int, part: float
) -> None:
    profile, free = profile_of(weights), days_free * TICKS_PER_DAY
    begin, end = year_ticks(year)
    moment = begin + int(part * (end - free - begin))
    share = planner.share_gone(profile, MONTHS, year, free, moment)
    assert planner.moment_at(profile, MONTHS, year, free, share) == pytest.approx(moment, abs=1)


@given(weights=WEIGHTS, year=YEARS, days_free=DAYS_FREE)
def test_the_share_gone_grows_from_0_to_1(weights: list[float], year: int, days_free: int) -> None:
    profile, free = profile_of(weights), days_free * TICKS_PER_DAY
    begin, end = year_ticks(year)
    gone = [planner.share_gone(profile, MONTHS, year, free, tick) for tick in range(begin, end, 5 * TICKS_PER_DAY)]
    assert gone[0] == 0
    assert (np.diff(gone) >= 0).all()
    assert planner.share_gone(profile, MONTHS, year, free, end - free) == 1
    assert planner.share_gone(profile, MONTHS, year, free, end - 1) == 1 or days_free == 0


@pytest.mark.parametrize("weights", [EVEN, CROWDED])
@pytest.mark.parametrize("days_free", [0, 21])
def test_the_months_of_visits_come_out_as_the_profile_was_put_in(weights: tuple[float, ...], days_free: int) -> None:
    many, year = 12_000, 4
    free = days_free * TICKS_PER_DAY
    shares = (np.arange(many) + 0.5) / many
    moments = [planner.moment_at(profile_of(weights), MONTHS, year, free, share) for share in shares]
    by_month = np.histogram(moments, bins=MONTHS[12 * year : 12 * (year + 1) + 1])[0]
    if days_free == 0:
        assert by_month / many == pytest.approx(np.array(weights) / sum(weights), abs=2 / many)
    until_march = by_month[:11] / by_month[:11].sum()
    assert until_march == pytest.approx(np.array(weights[:11]) / sum(weights[:11]), abs=4 / many)
    assert by_month[11] > 0
    in_may = np.histogram(moments, bins=MONTHS[12 * year + 1] + np.arange(32) * TICKS_PER_DAY)[0]
    assert in_may == pytest.approx(np.full(31, by_month[1] / 31), abs=1.01)


@given(
    moment=st.integers(-50, 400),
    previous=st.integers(-400, 340),
    spacing=st.integers(0, 120),
    days_free=st.integers(0, 45),
    to_follow=st.integers(0, 3),
)
def test_visits_keep_their_distance_and_leave_room_but_stay_in_the_year(
    moment: int, previous: int, spacing: int, days_free: int, to_follow: int
) -> None:
    year_end = 365
    placed = planner.spaced(moment, previous, spacing, year_end, days_free, to_follow)
    latest = year_end - days_free - to_follow * spacing - 1
    assert placed <= latest
    assert placed >= previous + spacing or placed == latest
    if previous + spacing <= moment <= latest:
        assert placed == moment


HOMES = [identity(f"childrens_home-{number:04d}") for number in range(6000)]


def scores(correlation: float, year: int, visit: int = 0, rule: int = 0) -> Sample:
    return np.array([planner.score_of_year(RUN, home, rule, visit, year, correlation, 0.0, -1) for home in HOMES])


@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.9])
def test_scores_are_standard_normal_and_resemble_the_year_before_as_much_as_asked(correlation: float) -> None:
    years = [scores(correlation, year) for year in range(5)]
    noise = 4 / math.sqrt(len(HOMES))
    for sample in years:
        assert stats.kstest(sample, "norm").pvalue > 1e-4
        places = [planner.place_of_score(score) for score in sample]
        assert stats.kstest(places, "uniform").pvalue > 1e-4
    for later in range(1, 5):
        assert np.corrcoef(years[0], years[later])[0, 1] == pytest.approx(correlation**later, abs=noise)
        assert np.corrcoef(years[later - 1], years[later])[0, 1] == pytest.approx(correlation, abs=noise)


def test_two_years_are_jointly_normal() -> None:
    before, after = scores(0.5, 3), scores(0.5, 4)
    new = (after - 0.5 * before) / math.sqrt(0.75)
    assert stats.kstest(new, "norm").pvalue > 1e-4
    for half in (before < 0, before >= 0):
        assert stats.kstest(new[half], "norm").pvalue > 1e-4


def test_visits_of_one_year_and_of_two_rules_fall_apart_from_one_another() -> None:
    here = scores(0.5, 2)
    for there in (scores(0.5, 2, visit=1), scores(0.5, 2, visit=2), scores(0.5, 2, rule=1), scores(0.5, 2, rule=2)):
        assert abs(np.corrcoef(here, there)[0, 1]) < 4 / math.sqrt(len(here))


@given(correlation=SHARES, year=YEARS, back=st.integers(0, 12), visit=st.integers(0, 26))
def test_a_score_is_the_same_to_the_last_bit_carried_on_or_from_the_beginning(
    correlation: float, year: int, back: int, visit: int
) -> None:
    known_year = max(year - back, 0)
    home = identity("childrens_home-0001")
    known = planner.score_of_year(RUN, home, 0, visit, known_year, correlation, 0.0, -1)
    from_scratch = planner.score_of_year(RUN, home, 0, visit, year, correlation, 0.0, -1)
    assert planner.score_of_year(RUN, home, 0, visit, year, correlation, known, known_year) == from_scratch


@given(score=st.floats(-50, 50))
def test_the_place_of_a_score_is_its_share_and_never_the_end(score: float) -> None:
    place = planner.place_of_score(score)
    assert 0 <= place < 1
    assert place == pytest.approx(stats.norm.cdf(score), abs=1e-12)


def test_no_two_visits_share_an_address() -> None:
    addresses = {
        planner.address_of(rule, visit, year) for rule in range(8) for visit in range(32) for year in range(30)
    }
    assert len(addresses) == 8 * 32 * 30


@given(visit=st.integers(0, 26), year=st.integers(0, 12))
def test_full_correlation_keeps_the_first_year_for_good(visit: int, year: int) -> None:
    home = identity("childrens_home-0001")
    almost_one = math.nextafter(1, 0)
    kept = planner.score_of_year(RUN, home, 0, visit, year, almost_one, 0.0, -1)
    assert kept == pytest.approx(planner.score_of_year(RUN, home, 0, visit, 0, 0.0, 0.0, -1), abs=1e-6)


@given(per_year=st.integers(0, 26), part=st.floats(0, 1))
def test_visits_owed_for_part_of_a_year_are_whole_and_right_on_average(per_year: int, part: float) -> None:
    many, expected = 1000, per_year * part
    draws = (np.arange(many) + 0.5) / many
    owed = [planner.whole_visits(expected, draw) for draw in draws]
    assert np.mean(owed) == pytest.approx(expected, abs=1 / many)
    assert set(owed) <= {math.floor(expected), math.floor(expected) + 1}
    if expected == int(expected):
        assert set(owed) == {int(expected)}
