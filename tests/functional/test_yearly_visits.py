"""Visits of an inspection year: what news moves, what a first inspection and a re-inspection stand for."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from simulator.engine.recorded import BROUGHT_FORWARD, CONCERN, JUDGED_LOW, NEW_PROVIDER, PLANNED
from simulator.inspectorate.kinds import KINDS
from simulator.ticks import TICKS_PER_DAY, tick_of
from tests.functional.worlds import MOMENT

if TYPE_CHECKING:
    from simulator.engine.addressed import Table
    from tests.functional.worlds import World

Whole = npt.NDArray[np.signedinteger]

START = date(2006, 4, 1)
KEY, INTERIM, MONITORING, FIRST = (KINDS.index(name) for name in ("key", "interim", "monitoring", "first"))
UNGRADED = {"grades": False, "detects": False, "counts": False}


def day(year: int, month: int = 4) -> int:
    return tick_of(date(year, month, 1), START)


def year_of(ticks: npt.ArrayLike) -> Whole:
    return np.searchsorted([day(year) for year in range(2007, 2020)], ticks, side="right")


def per_home(rows: "Table", kind: int, homes: int) -> Whole:
    return np.bincount(rows["provider"][rows["kind"] == kind], minlength=homes)


def with_both(homes: "World", **of_interim: object) -> "World":
    """A full and an interim visit a year."""
    both = homes.with_kind().with_kind("interim", direction=True, **UNGRADED).with_visits(1, "full")
    return both.with_visits(1, "interim", kind="interim", satisfied_by=["interim", "key"], **of_interim)


@pytest.mark.parametrize("counts", [True, False])
def test_a_reinspection_stands_for_a_visit_of_the_year_or_comes_on_top(world: "World", *, counts: bool) -> None:
    """Poor homes are owed two visits a year, and are inspected again 50 or 51 days after every judgement."""
    homes = world.of(childrens_home=60).starting(poor=1).with_kind().with_visits(2)
    rows = homes.with_reinspection(50, 52, counts=counts).run().inspections
    again = rows["reason"] == JUDGED_LOW
    assert again.sum() / 60 == pytest.approx(10 * 365 / 51, rel=0.06)
    assert (~again).sum() / 60 == pytest.approx(1 if counts else 20, abs=1)


def with_early_and_late(homes: "World", full: int) -> "World":
    """Full visits from April to September, an interim one in March."""
    early, late = [1.0] * 6 + [1e-9] * 6, [1e-9] * 11 + [1.0]
    both = homes.with_kind().with_kind("interim", **UNGRADED).with_kind("follow_up")
    both = both.with_visits(full, "full", month_profile=early)
    return both.with_visits(
        1, "interim", kind="interim", month_profile=late, satisfied_by=["interim", "key", "follow_up"]
    )


def test_a_reinspection_stands_for_one_visit_though_it_satisfies_two_rules(world: "World") -> None:
    """After the first full inspection of a year one full and one interim are left: the next one planned is not made."""
    homes = with_early_and_late(world.of(childrens_home=40).starting(poor=1), full=2)
    rows = homes.with_reinspection(1, 2, kind="follow_up", after_kinds=["key"]).during(5).run().inspections
    assert (np.bincount(rows["provider"]) == 3 * 5).all()
    for kind in (KEY, INTERIM, KINDS.index("follow_up")):
        assert (per_home(rows, kind, 40) == 5).all()


def test_an_added_visit_stands_for_one_of_its_own_kind_rather_than_for_the_next_one_planned(world: "World") -> None:
    """Of two rules whose visits are left, the full one planned later is not made."""
    early, late = [1e-9] * 10 + [1.0, 1e-9], [1e-9] * 11 + [1.0]
    homes = world.of(childrens_home=300).with_kind().with_kind("interim", **UNGRADED).with_rates(complaint=0.3)
    homes = homes.with_visits(1, "full", month_profile=late).responding("complaint", "add", "key")
    homes = homes.with_visits(1, "interim", kind="interim", month_profile=early, satisfied_by=["interim", "key"])
    rows = homes.during(1).run().inspections
    added = np.bincount(rows["provider"][rows["reason"] == CONCERN], minlength=300)
    first = np.full(300, np.iinfo(np.int64).max)
    np.minimum.at(first, rows["provider"][rows["reason"] == CONCERN], rows["raised"][rows["reason"] == CONCERN])
    once = (added == 1) & (first < day(2007, 2))
    assert once.sum() > 30
    for kind in (KEY, INTERIM):
        assert (per_home(rows, kind, 300)[once] == 1).all()


@pytest.mark.parametrize("per_year", [1, 2])
def test_news_moves_visits_of_this_year_and_no_more(world: "World", per_year: int) -> None:
    homes = world.of(childrens_home=50).with_kind().with_visits(per_year).with_rates(complaint=50)
    rows = homes.responding("complaint", "move").during(6).run().inspections
    assert set(np.bincount(rows["provider"])) == {6 * per_year}
    assert np.mean(rows["raised"] - [day(2006 + each) for each in year_of(rows["raised"])]) < 40 * TICKS_PER_DAY


@pytest.mark.parametrize("per_year", [1, 2])
def test_where_news_reaches_far_a_visit_of_next_year_is_made_in_this_one_but_only_one(
    world: "World", per_year: int
) -> None:
    homes = world.of(childrens_home=50).with_kind().with_visits(per_year).with_rates(complaint=50)
    rows = homes.responding("complaint", "move", reach="into_this_year").during(6).run().inspections
    assert set(np.bincount(rows["provider"])) == {6 * per_year + 1}
    assert set(np.bincount(rows["provider"][rows["raised"] < day(2007)])) == {per_year + 1}


def test_where_news_reaches_the_next_year_its_first_visit_comes_as_if_the_news_came_on_1_april(world: "World") -> None:
    """Visits crowd into March, but where a complaint came after the last one it is April, two to four weeks on."""
    homes = world.of(childrens_home=200).with_kind().with_visits(1, month_profile=[1e-9] * 11 + [1.0])
    homes = homes.responding("complaint", "move", reach="next_year", delay_days=14).with_rates(complaint=3)
    rows = homes.during(6).run().inspections
    years = year_of(rows["raised"])
    made = np.array([np.bincount(rows["provider"][years == each], minlength=200) for each in range(6)])
    assert (made == 1).all()
    into = (rows["raised"] - np.array([day(2006 + each) for each in years])) / TICKS_PER_DAY
    assert ((into[years > 0] >= 14) | (rows["reason"][years > 0] == PLANNED)).all()
    in_april = into[(years > 0) & (into < 28)]
    assert 0.5 < len(in_april) / 200 / 5 < 0.98
    assert (rows["reason"][into < 28] == BROUGHT_FORWARD).all()
    assert stats.kstest((in_april - 14) / 16, stats.uniform(0, 14 / 16).cdf).pvalue > 1e-4


def test_news_late_in_the_year_may_reach_beyond_its_end(world: "World") -> None:
    homes = world.of(childrens_home=200).with_kind().with_visits(1).with_rates(complaint=2)
    homes = homes.responding("complaint", "move", reach="into_this_year", delay_days=60, within_days=90)
    rows = homes.during(6).run().inspections
    years = year_of(rows["raised"])
    made = np.array([np.bincount(rows["provider"][years == each], minlength=200) for each in range(6)])
    assert made.max() == 2
    assert (np.cumsum(made, axis=0) >= np.arange(1, 7)[:, None]).all()
    assert (np.cumsum(made, axis=0) <= np.arange(2, 8)[:, None]).all()


def test_news_moves_a_reinspection_no_sooner_than_its_rule_has_it_begin(world: "World") -> None:
    homes = world.of(childrens_home=100).starting(poor=1).with_kind().with_visits(1).with_rates(complaint=30)
    rows = homes.with_reinspection(40, 90).responding("complaint", "move").during(3).run().inspections
    again = rows[rows["reason"] != PLANNED]
    days = again["since_last_visit"] / TICKS_PER_DAY
    assert (days[again["reason"] == BROUGHT_FORWARD] >= 40 - MOMENT).mean() > 0.8
    at_once = np.abs(days - 40) < 1
    assert at_once.mean() > 0.5


def test_where_none_of_the_year_is_left_news_adds_a_visit(world: "World") -> None:
    homes = world.of(childrens_home=50).with_kind().with_kind("responsive", counts=False).with_visits(1)
    homes = homes.with_rates(complaint=6).responding("complaint", "move", "responsive").during(6)
    rows = homes.run().inspections
    assert (per_home(rows, KEY, 50) == 6).all()
    added = rows["kind"] == KINDS.index("responsive")
    assert (rows["reason"][added] == CONCERN).all()
    assert added.sum() / 50 / 6 == pytest.approx(4.9, rel=0.15)
    last_key = {(home, year): tick for home, year, tick in zip(*_keys(rows), strict=True)}
    for home, tick in zip(rows["provider"][added], rows["raised"][added], strict=True):
        assert last_key[home, int(year_of(tick))] <= tick


def test_news_moves_no_inspection_of_a_round_that_begins_too_late_to_answer_it(world: "World") -> None:
    homes = world.of(childrens_home=50).with_kind().with_kind("responsive", counts=False)
    homes = homes.with_round(date(2006, 4, 1), date(2009, 3, 31), repeat_months=36)
    homes = homes.with_rates(complaint=1).responding("complaint", "move", "responsive").during(6)
    rows = homes.run().inspections
    keys, added = rows[rows["kind"] == KEY], rows[rows["reason"] == CONCERN]
    assert (per_home(rows, KEY, 50) == 2).all()
    second = keys["raised"][keys["raised"] >= day(2009)]
    assert (second > day(2009)).mean() > 0.8
    assert (added["raised"] < day(2009) - 30 * TICKS_PER_DAY).sum() > 40


def test_a_sample_that_waits_is_no_answer_to_news(world: "World") -> None:
    """It goes after all else, and with an inspector for statutory work alone it lapses."""
    homes = world.of(childrens_home=60).with_kind(effort=4).with_kind("random", 4, priority=7, counts=False)
    homes = homes.with_visits(4).with_rates(complaint=1).responding("complaint", "move").with_inspectors(1).during(4)
    runs = [each.run().inspections for each in (homes, homes.with_sample(1.0))]
    moved = [(rows["reason"] == BROUGHT_FORWARD).sum() for rows in runs]
    assert (runs[1]["kind"] == KINDS.index("random")).sum() > 200
    assert moved[0] == moved[1] > 20


def _keys(rows: "Table") -> tuple[Whole, Whole, Whole]:
    keys = rows[rows["kind"] == KEY]
    return keys["provider"], year_of(keys["raised"]), keys["raised"]


@pytest.mark.parametrize("reach", ["this_year", "next_year", "into_this_year"])
def test_news_raises_no_visit_under_a_rule_that_owes_none(world: "World", reach: str) -> None:
    homes = with_both(world.of(childrens_home=50)).with_visits({"poor": 1}, "full").with_rates(complaint=20)
    rows = homes.responding("complaint", "move", reach=reach).during(4).run().inspections
    assert (per_home(rows, KEY, 50) == 0).all()
    assert (per_home(rows, INTERIM, 50) == 4 + (reach == "into_this_year")).all()


def test_news_moves_only_the_kinds_that_it_may(world: "World") -> None:
    homes = with_both(world.of(childrens_home=50).with_rates(complaint=6))
    moved = homes.responding("complaint", "move", kinds=["key"]).run().inspections
    quiet = homes.run().inspections
    raised = [rows["raised"][rows["kind"] == INTERIM] for rows in (moved, quiet)]
    assert np.array_equal(np.sort(raised[0]), np.sort(raised[1]))
    keys = [rows["raised"][rows["kind"] == KEY] for rows in (moved, quiet)]
    assert np.mean(keys[0]) < np.mean(keys[1]) - 60 * TICKS_PER_DAY


def test_a_visit_that_says_declined_brings_the_next_full_one_forward(world: "World") -> None:
    """Interims, in August, see without noise; full ones come in March: where a home has declined, within 30 days."""
    early, late = [1e-9] * 4 + [1.0] + [1e-9] * 7, [1e-9] * 11 + [1.0]
    homes = world.of(childrens_home=200).with_kind().with_kind("interim", direction=True, **UNGRADED)
    homes = homes.with_visits(1, "full", month_profile=late).with_rates(decline={"good": 0.3})
    homes = homes.with_visits(1, "interim", kind="interim", month_profile=early, satisfied_by=["interim"])
    rows = homes.responding("declined", "move", kinds=["key"], within_days=30).during(6).run().inspections
    soon = 0
    for row in rows[(rows["kind"] == INTERIM) & (rows["direction"] > 0)]:
        keys = rows["raised"][(rows["provider"] == row["provider"]) & (rows["kind"] == KEY)]
        following = keys[keys >= row["ended"]].min(initial=np.iinfo(np.int64).max)
        if following == np.iinfo(np.int64).max:
            continue
        assert (following - row["ended"] < 31 * TICKS_PER_DAY) == (row["direction"] == 1)
        soon += row["direction"] == 1
    assert soon > 50


def test_a_new_home_has_its_first_inspection_and_no_other_full_one_in_that_year(world: "World") -> None:
    homes = with_both(world.of(childrens_home=150).with_rates(closure=0.5)).with_kind("first")
    rows = homes.with_first_inspections(80, 300, kind="first").run().inspections
    born = rows[rows["reason"] == NEW_PROVIDER]
    assert len(born) > 300
    keys = {(row["provider"], row["generation"], int(year_of(row["raised"]))) for row in rows[rows["kind"] == KEY]}
    assert not keys & {(row["provider"], row["generation"], int(year_of(row["ended"]))) for row in born}


@pytest.mark.parametrize("month", [None, "october"])
def test_of_other_kinds_a_new_home_is_owed_what_the_rule_says(world: "World", month: str | None) -> None:
    homes = with_both(world.of(childrens_home=400).with_rates(closure=0.5), whole_year_if_first_before=month)
    rows = homes.with_kind("first").with_first_inspections(30, 300, kind="first").run().inspections
    interims = {
        (row["provider"], row["generation"], int(year_of(row["raised"]))) for row in rows[rows["kind"] == INTERIM]
    }
    had: dict[bool, list[bool]] = {True: [], False: []}
    for row in rows[(rows["reason"] == NEW_PROVIDER) & (rows["ended"] < day(2015))]:
        year = int(year_of(row["ended"]))
        still_open = rows["ended"][(rows["provider"] == row["provider"]) & (rows["generation"] == row["generation"])]
        if still_open.max() >= day(2007 + year):
            early = row["ended"] < day(2006 + year, 10)
            had[early].append((row["provider"], row["generation"], year) in interims)
    if month is None:
        assert 0.4 < np.mean(had[True]) < 0.97
        assert 0.2 < np.mean(had[False]) < 0.8
    else:
        assert all(had[True])
        assert np.mean(had[False]) == pytest.approx(0.25, abs=0.1)


@pytest.mark.parametrize(("rating", "visits"), [("current", 1 + 3 / 2), ("on_1_april", 1.0)])
def test_which_rating_says_what_is_owed(world: "World", rating: str, visits: float) -> None:
    """Homes rated good at the start are truly poor and judged so half a year on, on average; poor owes four a year."""
    homes = world.of(childrens_home=800).starting(poor=1).with_kind()
    homes = homes.with_visits({"excellent": 1, "good": 1, "adequate": 1, "poor": 4}, rating=rating)
    homes = homes.judging_harder(-2, date(2005, 4, 1), date(2006, 4, 1))
    made = np.bincount(homes.during(1).run().inspections["provider"], minlength=800)
    assert made.mean() == pytest.approx(visits, abs=0.15)


def test_the_order_of_rules_in_a_file_means_nothing(world: "World") -> None:
    homes = with_both(
        world.of(childrens_home=40).drifting({"poor": 0.3, "adequate": 0.3, "good": 0.3, "excellent": 0.1}, 2)
    )
    homes = homes.with_rates(complaint=3).responding("complaint", "move", reach="next_year").with_reinspection(40, 80)
    turned = replace(homes, rules={name: homes.rules[name] for name in reversed(list(homes.rules))})
    assert list(turned.rules) != list(homes.rules)
    assert np.array_equal(turned.run().inspections, homes.run().inspections)


def test_some_reinspections_have_another_visit_before_them(world: "World") -> None:
    homes = world.of(childrens_home=600).starting(poor=1).with_kind().with_kind("monitoring", **UNGRADED).with_visits(1)
    looks = {"look_kind": "monitoring", "look_probability": 0.4, "look_not_before_days": 20, "look_within_days": 60}
    looks |= {"after_look_not_before_days": 30, "after_look_within_days": 50}
    rows = homes.with_reinspection(38, 60, **looks).during(3).run().inspections
    gaps: dict[str, list[float]] = {"direct": [], "look": [], "after": []}
    for home in range(600):
        mine = rows[rows["provider"] == home]
        mine = mine[np.argsort(mine["raised"])]
        for before, after, last in zip(mine[:-1], mine[1:], [*mine[2:], None], strict=True):
            days = (after["raised"] - before["ended"]) / TICKS_PER_DAY
            if before["kind"] != KEY:
                continue
            if after["kind"] == MONITORING:
                gaps["look"].append(days)
                if last is not None:
                    gaps["after"].append((last["raised"] - after["raised"]) / TICKS_PER_DAY)
            elif after["reason"] == JUDGED_LOW:
                gaps["direct"].append(days)
    assert len(gaps["look"]) / (len(gaps["look"]) + len(gaps["direct"])) == pytest.approx(0.4, abs=0.02)
    for name, (low, high) in {"direct": (38, 60), "look": (20, 60), "after": (30, 50)}.items():
        assert low - MOMENT <= min(gaps[name]) < low + 1
        assert high - 1 < max(gaps[name]) <= high + MOMENT


def test_inspectors_judge_harder_between_two_dates(world: "World") -> None:
    homes = world.of(childrens_home=50).starting(good=1).with_kind().with_visits(2)
    rows = homes.judging_harder(0.6, date(2007, 4, 1), date(2008, 9, 30)).run().inspections
    hard = (rows["ended"] >= day(2007)) & (rows["ended"] < day(2008, 10))
    assert (rows["judged"][hard] == 2).all()
    assert (rows["judged"][~hard] == 3).all()
    assert hard.any()


@pytest.mark.parametrize("counts", [True, False])
def test_after_a_late_visit_a_planned_one_keeps_its_spacing_as_far_as_the_year_has_room(
    world: "World", *, counts: bool
) -> None:
    """From when the late one began; one that the law asks for and that still waits could begin now at the soonest."""
    spacing, free = 60, 21
    homes = world.of(childrens_home=60).starting(poor=0.5, good=0.5).with_kind(effort=4)
    homes = homes.with_visits(2, minimum_spacing_days=spacing, last_days_free=free).with_inspectors(3.5)
    rows = homes.with_reinspection(30, 60, counts=counts).run().inspections
    late, apart = 0, 0
    for home in range(60):
        mine = rows[rows["provider"] == home]
        for visit in mine[mine["reason"] == PLANNED]:
            began = mine["started"] < visit["raised"]
            held_up = (mine["started"] > mine["raised"]) & (began | (mine["statutory"] == 1))
            before = mine[(mine["raised"] < visit["raised"]) & held_up]
            if not len(before) or visit["raised"] - before["started"].max() > spacing * TICKS_PER_DAY:
                continue
            year_end = day(2007 + int(year_of(visit["raised"])))
            to_follow = ((mine["raised"] > visit["raised"]) & (mine["raised"] < year_end)).sum()
            late += 1
            latest = year_end - (free + int(to_follow) * spacing) * TICKS_PER_DAY - 1
            if visit["raised"] < latest:
                apart += 1
                assert visit["raised"] - before["started"].max() == spacing * TICKS_PER_DAY
    assert late > 100
    assert apart > 50
