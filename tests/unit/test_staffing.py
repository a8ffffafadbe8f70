"""From posts to inspectors in the field: recruitment and training, random departures, vacancies."""

import math
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.inspectorate.staffing import (
    Establishment,
    Steps,
    monthly_means,
    on_day,
    spells_of,
    trained,
    vacancies,
)
from simulator.world.streams import DEPARTURE, exponential, identity, root

FIRSTS = [date(2006 + month // 12, month % 12 + 1, 1) for month in range(3, 40)]
"""From 1 April 2006 to 1 April 2009."""
MANY_FIRSTS = [date(2006 + month // 12, month % 12 + 1, 1) for month in range(3, 12 * 40 + 4)]
RUN = np.uint64(root(2006, 0))


def staff(*steps: tuple[date, float], pool: str = "regulatory", days: int = 0, turnover: float = 0) -> Establishment:
    return Establishment(pool=pool, region=None, posts=steps, days_to_fill=days, turnover=turnover, deployable=1.0)


def ten_posts(fte: float = 10, **settings: float) -> Establishment:
    days, turnover = int(settings.get("days", 300)), settings.get("turnover", 0.5)
    return staff((date(2000, 1, 1), fte), days=days, turnover=turnover)


# Recruitment and training


def test_who_fills_a_new_post_counts_once_recruited_and_trained() -> None:
    field = staff((date(2000, 1, 1), 4), (date(2007, 4, 1), 10), days=91).at_most(FIRSTS)
    assert field.tolist() == [4] * 15 + [10] * 21  # 1 April and 91 days: 1 July


def test_posts_that_are_taken_away_are_empty_at_once() -> None:
    field = staff((date(2000, 1, 1), 10), (date(2007, 4, 1), 4), days=91).at_most(FIRSTS)
    assert field.tolist() == [10] * 12 + [4] * 24


def test_posts_given_for_a_shorter_time_than_it_takes_to_fill_them_stay_empty() -> None:
    field = staff((date(2000, 1, 1), 4), (date(2007, 4, 1), 10), (date(2007, 6, 1), 5), days=91).at_most(FIRSTS)
    assert field.tolist() == [4] * 15 + [5] * 21  # the one that stays was recruited in April


def test_everybody_is_there_when_the_first_month_begins() -> None:
    field = staff((date(2000, 1, 1), 4), (date(2006, 3, 31), 10), days=3000).at_most(FIRSTS)
    assert field.tolist() == [10] * 36


steps_of_posts = st.lists(
    st.tuples(st.dates(date(2005, 1, 1), date(2009, 6, 1)), st.integers(0, 9).map(float)),
    min_size=1,
    max_size=6,
    unique_by=lambda step: step[0],
).map(lambda steps: tuple(sorted(steps)))


@given(posts=steps_of_posts, days=st.integers(0, 400))
def test_a_post_counts_if_it_has_been_there_all_the_time_that_it_takes_to_fill_one(posts: Steps, days: int) -> None:
    steps = trained(posts, FIRSTS, days)
    for day in (FIRSTS[0] + timedelta(days=n) for n in range(0, 1096, 7)):
        window = (max(FIRSTS[0], day - timedelta(days=days)) + timedelta(days=n) for n in range(days + 1))
        assert on_day(steps, day) == min(on_day(posts, each) for each in window if each <= day)


@given(posts=steps_of_posts)
def test_where_nobody_needs_time_posts_are_inspectors_to_the_last_bit(posts: Steps) -> None:
    assert staff(*posts).at_most(FIRSTS).tobytes() == monthly_means(posts, FIRSTS).tobytes()


# Random departures


def vacancies_of(post: np.uint64, spells: list[tuple[float, float]], yearly: float) -> np.ndarray:
    return np.array(list(vacancies(RUN, post, spells, yearly, 100)))


def test_a_post_is_left_after_exponential_times_and_filled_again() -> None:
    post = identity("regulatory/1")
    waits = [exponential(RUN, DEPARTURE, post, n) * 365.25 / 0.5 for n in range(4)]
    left = [waits[0]]
    for wait in waits[1:]:
        left.append(left[-1] + 100 + wait)
    spells = [(0.0, left[3] - 1)]
    expected = [(each, each + 100) for each in left[:3]]
    assert vacancies_of(post, spells, 0.5) == pytest.approx(np.array(expected))
    cut = [(0.0, left[1] + 10)]
    assert vacancies_of(post, cut, 0.5) == pytest.approx(np.array([expected[0], (left[1], left[1] + 10)]))


def test_a_post_that_comes_back_is_filled_when_it_does() -> None:
    post = identity("regulatory/1")
    wait = exponential(RUN, DEPARTURE, post, 0) * 365.25
    again = exponential(RUN, DEPARTURE, post, 1) * 365.25
    found = vacancies_of(post, [(0.0, wait + 1), (5000.0, 5000 + again + 1)], 1)
    assert found == pytest.approx(np.array([(wait, wait + 1), (5000 + again, 5000 + again + 1)]))


def test_spells_are_stretches_between_edges() -> None:
    edges = np.array([0.0, 10, 20, 30, 40])
    assert spells_of(edges, np.array([True, False, True, True])) == [(0, 10), (20, 40)]
    assert spells_of(edges, np.array([False, True, False, False])) == [(10, 20)]
    assert spells_of(edges, np.zeros(4, dtype=bool)) == []


def test_months_have_the_mean_of_their_moments() -> None:
    """Against counting who is there at a quarter past each hour."""
    steps = ((date(2000, 1, 1), 3.4), (date(2006, 8, 11), 1.2), (date(2007, 2, 1), 5.5), (date(2008, 1, 16), 2.0))
    establishment = staff(*steps, days=60, turnover=1.5)
    filled = trained(steps, FIRSTS, 60)
    ends = [*(day for day, _ in filled[1:]), FIRSTS[-1]]
    days = [(day - FIRSTS[0]).days for day in FIRSTS]
    moments = np.arange(24 * days[-1]) / 24 + 1 / 96
    there = np.zeros(len(moments))
    for number in range(6):
        part = np.zeros(len(moments))
        for (day, fte), end in zip(filled, ends, strict=True):
            stretch = (moments >= (day - FIRSTS[0]).days) & (moments < (end - FIRSTS[0]).days)
            part[stretch] = min(max(fte - number, 0), 1)
        changes = np.flatnonzero(np.diff((part > 0).astype(int), prepend=0, append=0))
        spells = [
            (math.floor(moments[a]), math.ceil(moments[b - 1]))
            for a, b in zip(changes[::2], changes[1::2], strict=True)
        ]
        for left, back in vacancies(RUN, identity(f"regulatory/{number + 1}"), spells, 1.5, 60):
            part[(moments >= left) & (moments < back)] = 0
        there += part
    means = [there[24 * first : 24 * following].mean() for first, following in pairwise(days)]
    field = establishment.in_the_field(FIRSTS, RUN)
    assert field == pytest.approx(means, abs=0.01)
    assert (field < monthly_means(filled, FIRSTS) - 0.1).sum() > 10


def test_in_the_long_run_posts_are_filled_as_the_renewal_theorem_says() -> None:
    fte, turnover, days = 400, 0.5, 274
    field = ten_posts(fte, days=days, turnover=turnover).in_the_field(MANY_FIRSTS, RUN)
    expected = 1 / (1 + turnover * days / 365.25)
    assert field[120:].mean() / fte == pytest.approx(expected, abs=0.01)
    assert expected < 0.73


def test_until_the_first_replacements_come_the_number_decays_exponentially() -> None:
    fte, turnover = 2000, 0.5
    field = ten_posts(fte, days=3000, turnover=turnover).in_the_field(FIRSTS, RUN)
    middle = np.array([((first - FIRSTS[0]).days + (after - FIRSTS[0]).days) / 2 for first, after in pairwise(FIRSTS)])
    assert field / fte == pytest.approx(np.exp(-turnover * middle / 365.25), abs=0.05)


def test_one_more_post_moves_no_others_history() -> None:
    ten, half, eleven, twelve = (ten_posts(fte).in_the_field(FIRSTS, RUN) for fte in (10, 10.5, 11, 12))
    eleventh = eleven - ten
    assert eleventh[0] == pytest.approx(1)
    assert ((eleventh > -1e-9) & (eleventh < 1 + 1e-9)).all()
    assert half - ten == pytest.approx(eleventh / 2)
    assert twelve - eleven != pytest.approx(eleventh)


def test_nobody_is_missed_who_is_replaced_at_once_and_nobody_leaves_without_turnover() -> None:
    for establishment in (ten_posts(10.3, days=0), ten_posts(10.3, turnover=0)):
        assert not establishment.is_random
        assert establishment.in_the_field(FIRSTS, RUN).tobytes() == establishment.at_most(FIRSTS).tobytes()


def test_months_in_which_everybody_is_there_have_the_number_of_posts_to_the_last_bit() -> None:
    establishment = ten_posts(10.3, turnover=0.02)
    field, most = establishment.in_the_field(FIRSTS, RUN), establishment.at_most(FIRSTS)
    assert field[0] == most[0]
    assert ((field == most) | (field < most - 1e-6)).all()


def test_departures_are_those_of_the_pool_the_region_and_the_replication() -> None:
    posts = ((date(2000, 1, 1), 10.0),)
    field = ten_posts().in_the_field(FIRSTS, RUN)
    assert (field == ten_posts().in_the_field(FIRSTS, RUN)).all()
    assert (field != ten_posts().in_the_field(FIRSTS, np.uint64(root(2006, 1)))).any()
    assert (field != staff(*posts, pool="area", days=300, turnover=0.5).in_the_field(FIRSTS, RUN)).any()
    north = Establishment("regulatory", "North", posts, 300, 0.5, 1.0)
    assert (field != north.in_the_field(FIRSTS, RUN)).any()


def test_where_nobody_can_be_short_nobody_is_missed() -> None:
    steps = ((date(2000, 1, 1), 3.0), (date(2007, 4, 1), np.inf))
    field = staff(*steps, days=91, turnover=2).in_the_field(FIRSTS, RUN)
    assert np.isfinite(field[:15]).all()
    assert (field[:15] < 3).any()
    assert np.isinf(field[15:]).all()
    assert (staff((date(2000, 1, 1), 0.0), days=91, turnover=2).in_the_field(FIRSTS, RUN) == 0).all()


@pytest.mark.parametrize("fte", [0.1, 0.3, 0.7, 1.1, 2.3])
def test_where_everybody_has_left_nobody_is_there_and_no_fewer(fte: float) -> None:
    field = ten_posts(fte, days=3650, turnover=2).in_the_field(MANY_FIRSTS, RUN)
    assert (field >= 0).all()
    assert (field < 1e-9).sum() > 100
