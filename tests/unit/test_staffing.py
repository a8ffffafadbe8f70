"""From posts to inspectors in the field: recruitment and training, random departures, vacancies."""

import math
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.inspectorate.careers import Filling, by_post
from simulator.inspectorate.staff import Steps, monthly_means, on_day, spells_of
from simulator.inspectorate.staffing import Establishment, Hire, Recruitment
from simulator.world.streams import DEPARTURE, exponential, identity, root

FIRSTS = [date(2006 + month // 12, month % 12 + 1, 1) for month in range(3, 40)]
"""From 1 April 2006 to 1 April 2009."""
MANY_FIRSTS = [date(2006 + month // 12, month % 12 + 1, 1) for month in range(3, 12 * 40 + 4)]
RUN = np.uint64(root(2006, 0))


def staff(*steps: tuple[date, float], pool: str = "regulatory", days: int = 0, turnover: float = 0) -> Establishment:
    return Establishment(pool, None, steps, recruited(days, turnover), deployable=1.0)


def recruited(days: int, turnover: float = 0) -> Recruitment:
    """Recruited in a part of the days, trained in the rest."""
    rate = ((0.0, turnover),) if turnover else ()
    return Recruitment(recruitment_days=days // 3, training_days=days - days // 3, turnover=rate)


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
    of_days = [FIRSTS[0] + timedelta(days=n) for n in range((FIRSTS[-1] - FIRSTS[0]).days)]
    level = np.array([on_day(posts, day) for day in of_days])
    filled = np.array([level[max(0, n - days) : n + 1].min() for n in range(len(level))])
    edges = [(day - FIRSTS[0]).days for day in FIRSTS]
    means = [filled[first:following].mean() for first, following in pairwise(edges)]
    assert staff(*posts, days=days).at_most(FIRSTS) == pytest.approx(means)


def test_parts_of_posts_are_recruited_for_as_whole_ones_are() -> None:
    """A pool that its regions share has a part of a post in each, all of which grow."""
    field = staff((date(2000, 1, 1), 4.4), (date(2007, 4, 1), 4.9), days=91).at_most(FIRSTS)
    assert field == pytest.approx([4.4] * 15 + [4.9] * 21)


@given(posts=steps_of_posts)
def test_where_nobody_needs_time_posts_are_inspectors_to_the_last_bit(posts: Steps) -> None:
    assert staff(*posts).at_most(FIRSTS).tobytes() == monthly_means(posts, FIRSTS).tobytes()


# Random departures


def vacancies_of(post: np.uint64, spells: list[tuple[float, float]], yearly: float) -> np.ndarray:
    """From when until when nobody trained is in a post, since somebody has left."""
    filling = Filling(recruitment_days=60, training_days=40, turnover=((0.0, yearly),))
    found = []
    for begin, end in spells:
        stays = [stay for stay in by_post(filling, 0, post, spells, RUN) if begin <= stay.joined < end]
        found += [(stay.left, min(stay.left + 100, end)) for stay in stays if stay.left < end]
    return np.array(found)


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


def test_a_post_that_comes_back_is_recruited_for_when_it_does() -> None:
    post = identity("regulatory/1")
    wait = exponential(RUN, DEPARTURE, post, 0) * 365.25
    again = exponential(RUN, DEPARTURE, post, 1) * 365.25
    found = vacancies_of(post, [(0.0, wait + 1), (5000.0, 5100 + again + 1)], 1)
    assert found == pytest.approx(np.array([(wait, wait + 1), (5100 + again, 5100 + again + 1)]))


def test_spells_are_stretches_between_edges() -> None:
    edges = np.array([0.0, 10, 20, 30, 40])
    assert spells_of(edges, np.array([True, False, True, True])) == [(0, 10), (20, 40)]
    assert spells_of(edges, np.array([False, True, False, False])) == [(10, 20)]
    assert spells_of(edges, np.zeros(4, dtype=bool)) == []


def test_months_have_the_mean_of_their_moments() -> None:
    """Against counting who is there at a quarter past each hour."""
    steps = ((date(2000, 1, 1), 3.4), (date(2006, 8, 11), 1.2), (date(2007, 2, 1), 5.5), (date(2008, 1, 16), 2.0))
    establishment = staff(*steps, days=60, turnover=1.5)
    edges = np.array([*((day - FIRSTS[0]).days for day, _ in steps), (FIRSTS[-1] - FIRSTS[0]).days], dtype=np.float64)
    edges[0] = 0
    days = [(day - FIRSTS[0]).days for day in FIRSTS]
    moments = np.arange(24 * days[-1]) / 24 + 1 / 96
    there = np.zeros(len(moments))
    filling = establishment.recruitment.from_day(FIRSTS[0])
    for number in range(6):
        parts = np.array([min(max(fte - number, 0), 1) for _, fte in steps])
        part = parts[np.searchsorted(edges, moments, side="right") - 1]
        for place in range(1, len(parts)):  # a post that becomes a larger part of one: the rest is recruited for
            if parts[place] > parts[place - 1] > 0:
                part[(moments >= edges[place]) & (moments < edges[place] + 60)] -= parts[place] - parts[place - 1]
        held = np.zeros(len(moments), dtype=bool)
        for stay in by_post(filling, number, identity(f"regulatory/{number + 1}"), spells_of(edges, parts > 0), RUN):
            held |= (moments >= stay.trained) & (moments < stay.left)
        there += part * held
    means = [there[24 * first : 24 * following].mean() for first, following in pairwise(days)]
    field = establishment.in_the_field(FIRSTS, RUN)
    assert field == pytest.approx(means, abs=0.01)
    assert (field < monthly_means(steps, FIRSTS) - 0.1).sum() > 10


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
    north = Establishment("regulatory", "North", posts, recruited(300, 0.5), 1.0)
    assert (field != north.in_the_field(FIRSTS, RUN)).any()


def test_where_nobody_can_be_short_nobody_is_missed() -> None:
    steps = ((date(2000, 1, 1), 3.0), (date(2007, 4, 1), np.inf))
    field = staff(*steps, days=91, turnover=2).in_the_field(FIRSTS, RUN)
    assert np.isfinite(field[:12]).all()
    assert (field[:12] < 3).any()
    assert np.isinf(field[12:]).all()
    assert (staff((date(2000, 1, 1), 0.0), days=91, turnover=2).in_the_field(FIRSTS, RUN) == 0).all()


@pytest.mark.parametrize("fte", [0.1, 0.3, 0.7, 1.1, 2.3])
def test_where_everybody_has_left_nobody_is_there_and_no_fewer(fte: float) -> None:
    field = ten_posts(fte, days=3650, turnover=2).in_the_field(MANY_FIRSTS, RUN)
    assert (field >= 0).all()
    assert (field < 1e-9).sum() > 100


# Flows


def pool(*steps: tuple[date, float], **recruitment: Any) -> Establishment:
    return Establishment("regulatory", None, steps, Recruitment(**recruitment), deployable=1.0)


OLD = date(2000, 1, 1)
ALWAYS = ((0.0, 0.4),)


def test_an_intake_without_turnover_is_a_step_of_posts() -> None:
    by_intake = pool((OLD, 4), (date(2006, 5, 1), 10), intakes=((date(2007, 4, 1), 6),))
    by_steps = pool((OLD, 4), (date(2007, 4, 1), 10))
    assert by_intake.at_most(FIRSTS).tolist() == by_steps.at_most(FIRSTS).tolist()


def test_an_intake_joins_after_recruitment_and_counts_in_part_until_trained() -> None:
    own = pool(
        (OLD, 4),
        (date(2006, 5, 1), 10),
        intakes=((date(2007, 4, 1), 8),),
        recruitment_days=91,
        training_days=92,
        training_output=0.5,
    )
    found = own.staff(FIRSTS, None)
    assert found.joined.tolist() == [0] * 15 + [6] + [0] * 20  # 1 July; two find no post
    assert found.in_training.tolist() == [0] * 15 + [6] * 3 + [0] * 18
    assert own.at_most(FIRSTS).tolist() == [4] * 15 + [7] * 3 + [10] * 18


def test_nobody_joins_in_a_freeze_and_recruitment_stands_still() -> None:
    freeze = ((date(2006, 10, 1), date(2007, 10, 1)),)
    new = pool((OLD, 4), (date(2006, 9, 1), 10), recruitment_days=61, freezes=freeze).staff(FIRSTS, None)
    assert np.flatnonzero(new.joined).tolist() == [18 + 1]  # 30 of 61 days were over; the rest ends on 1 November
    leavers = pool((OLD, 200), turnover=ALWAYS, freezes=freeze).staff(FIRSTS, RUN)
    assert (leavers.joined[6:18] == 0).all()
    assert (leavers.left[6:18] > 0).all()
    assert leavers.joined[18] >= leavers.left[6:18].sum()
    assert leavers.at_end[18] == 200


def test_flows_conserve_people() -> None:
    intakes = tuple((date(2006 + year, 9, 1), 12) for year in range(3))
    steps = ((OLD, 60.0), (date(2007, 2, 10), 45.0), (date(2008, 1, 5), 70.0))
    for own in (
        pool(*steps, turnover=ALWAYS, intakes=intakes, recruitment_days=40, training_days=90),
        pool(*steps, turnover=ALWAYS, recruitment_days=40, training_days=90),
        pool(*steps),
    ):
        found = own.staff(FIRSTS, RUN)
        assert found.at_end == pytest.approx(60 + np.cumsum(found.joined - found.left))
        assert (found.in_training <= found.in_post + 1e-9).all()
        assert (found.in_post <= found.posts + 1e-9).all()


def test_of_posts_taken_away_vacant_ones_go_first_where_intakes_fill_them() -> None:
    found = pool((OLD, 100), (date(2008, 4, 1), 70), turnover=ALWAYS, intakes=()).staff(FIRSTS, RUN)
    before = found.at_end[23]
    assert 25 < before < 70
    assert found.left[24] < 6  # as in any month: nobody had to go


def test_until_intakes_begin_each_post_is_filled_by_itself() -> None:
    begins = date(2007, 4, 1)
    slow = {"turnover": ALWAYS, "recruitment_days": 40, "training_days": 50}
    by_itself = pool((OLD, 80), **slow).staff(FIRSTS, RUN)
    then_intakes = pool((OLD, 80), **slow, intakes=(), intakes_from=begins).staff(FIRSTS, RUN)
    assert then_intakes.in_post[:12].tolist() == by_itself.in_post[:12].tolist()
    assert (then_intakes.joined[12:] == 0).all()
    assert then_intakes.at_end[-1] == pytest.approx(80 + (then_intakes.joined - then_intakes.left).sum())


def test_leaving_by_length_of_service_has_its_own_rates() -> None:
    once = ((0.0, 2.0), (1.0, 0.0))
    intake = ((date(2006, 4, 2), 1000),)
    found = pool((OLD, 0), (date(2006, 4, 2), 1000), turnover=once, intakes=intake).staff(FIRSTS, RUN)
    assert found.at_end[-1] == pytest.approx(1000 * math.exp(-2), abs=40)
    assert (found.left[13:] == 0).all()
    there = pool((OLD, 50), turnover=once, recruitment_days=30).staff(FIRSTS, RUN)
    assert (there.left == 0).all()  # experienced from the beginning


def test_one_rate_of_leaving_is_the_same_however_it_is_written() -> None:
    single, twice = ((0.0, 0.3),), ((0.0, 0.3), (1.0, 0.3))
    one, two = (pool((OLD, 40), turnover=rates, recruitment_days=30).staff(FIRSTS, RUN) for rates in (single, twice))
    assert one.in_post == pytest.approx(two.in_post)


def test_agency_staff_come_and_go_and_months_offer_their_share() -> None:
    extra = Hire(((date.min, 0.0), (date(2006, 7, 1), 3.0), (date(2006, 9, 1), 0.0)), 900)
    by_month = (0.5, 1.5, *(1.0,) * 10)
    own = Establishment("regulatory", None, ((OLD, 10.0),), Recruitment(), 0.5, (extra,), by_month)
    field = own.at_most(FIRSTS)
    assert field[:12].tolist() == [5, 5, 5, 6.5, 6.5, 5, 5, 5, 5, 2.5, 7.5, 5]
