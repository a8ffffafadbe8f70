"""Inspections on a sample basis, kinds that give no grade, and which work yields when inspectors are short."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.recorded import DONE, LAPSED, OUT_OF_TIME, SAMPLED
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.ticks import NEVER, TICKS_PER_DAY, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

YEARS = 10
KEY, INTERIM = KINDS.index("key"), KINDS.index("interim")


def sampling(world: "World", homes: int = 400) -> "World":
    """Homes that are visited when they are drawn, and never else."""
    return world.of(childrens_home=homes).without_rules().with_kind("random", counts=False).during(YEARS)


def years_of(trace: Trace) -> npt.NDArray[np.int64]:
    """The inspection year of each inspection raised."""
    starts = [tick_of(date(2006 + year, 4, 1), trace.epoch) for year in range(YEARS + 1)]
    years: npt.NDArray[np.int64] = np.searchsorted(starts, trace.inspections["raised"], side="right") - 1
    return years


def each_year(trace: Trace) -> list[int]:
    return [int(number) for number in np.bincount(years_of(trace), minlength=YEARS)]


def nobody_twice_in_a_year(trace: Trace) -> bool:
    pairs = np.stack([trace.inspections["provider"], years_of(trace)], axis=1)
    return len(np.unique(pairs, axis=0)) == len(pairs)


@pytest.mark.parametrize("grade", ["poor", "adequate", "good", "excellent"])
def test_a_share_of_each_rating_is_drawn(world: "World", grade: str) -> None:
    shares = {"poor": 0.5, "adequate": 0.2, "good": 0.1, "excellent": 0.05}
    trace = sampling(world, 1000).starting(**{grade: 1}).with_sample(shares).run()
    expected = shares[grade] * 1000 * YEARS
    assert len(trace.inspections) == pytest.approx(expected, abs=4 * (expected * (1 - shares[grade])) ** 0.5)
    assert nobody_twice_in_a_year(trace)
    assert (trace.inspections["reason"] == SAMPLED).all()
    assert (trace.inspections["statutory"] == 0).all()


def test_who_is_drawn_this_year_has_nothing_to_do_with_who_was_last_year(world: "World") -> None:
    trace = sampling(world, 2000).with_sample(0.3).run()
    drawn = np.zeros((2000, YEARS))
    drawn[trace.inspections["provider"], years_of(trace)] = 1
    both = (drawn[:, 1:] * drawn[:, :-1]).mean()
    assert both == pytest.approx(0.3**2, abs=0.01)


def test_any_time_of_the_year_is_as_good_as_another(world: "World") -> None:
    trace = sampling(world, 2000).with_sample(0.5).run()
    month = (trace.inspections["raised"] / TICKS_PER_DAY % 365.25 // 30.4375).astype(int)
    by_month = np.bincount(month, minlength=12)[:12]
    assert by_month / by_month.sum() == pytest.approx([1 / 12] * 12, abs=0.012)


def test_between_20_and_25_authorities_every_year_and_none_twice_in_one(world: "World") -> None:
    authorities = replace(sampling(world), providers={"local_authority": 150}).without_rules()
    traces = [
        authorities.with_kind("children_in_care", counts=False)
        .with_sample(number=(20, 25), kind="children_in_care")
        .run(replication)
        for replication in range(12)
    ]
    numbers = [number for trace in traces for number in each_year(trace)]
    assert set(numbers) == set(range(20, 26))
    assert np.mean(numbers) == pytest.approx(22.5, abs=4 * 1.71 / 120**0.5)
    assert all(map(nobody_twice_in_a_year, traces))
    often = np.bincount(np.concatenate([trace.inspections["provider"] for trace in traces]), minlength=150)
    assert often.std() == pytest.approx((120 * 0.15 * 0.85) ** 0.5, rel=0.25)  # everyone has the same chance


def test_a_number_is_drawn_from_each_service_type_and_from_no_more_than_there_are(world: "World") -> None:
    two = replace(sampling(world), providers={"la_fostering": 30, "la_adoption": 30}).without_rules()
    two = two.with_kind("random", counts=False)
    trace = two.with_sample(number=(7, 7)).run()
    for service_type in (6, 8):
        assert (trace.inspections["service_type"] == service_type).sum() == 7 * YEARS
    assert each_year(two.with_sample(number=(50, 50)).run()) == [60] * YEARS


def test_a_framework_that_takes_over_within_a_year_draws_for_the_rest_of_it(world: "World") -> None:
    homes = sampling(world, 4000).during(1, date(2006, 10, 1))
    trace = homes.with_sample(0.2).run()
    half = tick_of(date(2007, 4, 1), trace.epoch)
    first = (trace.inspections["raised"] < half).sum()
    assert first == pytest.approx(4000 * 0.2 / 2, abs=4 * (400 * 0.9) ** 0.5)
    numbered = homes.with_sample(number=(100, 100)).run()
    assert (numbered.inspections["raised"] < half).sum() == 50


def test_what_is_not_begun_by_the_end_of_its_year_lapses(world: "World") -> None:
    """Two inspectors have the days for 26 visits of a month a year: those of March find them busy."""
    homes = sampling(world).with_kind("random", effort=20, counts=False).with_sample(0.3).with_inspectors(2)
    trace = homes.run()
    year_ends = np.array([tick_of(date(2007 + year, 4, 1), trace.epoch) for year in range(YEARS)])
    out = trace.inspections["lapse"] == OUT_OF_TIME
    rows = trace.inspections[out]
    assert len(rows) > 10
    assert (rows["status"] == LAPSED).all()
    assert (rows["ended"] == year_ends[years_of(trace)[out]]).all()
    assert (rows["started"] == NEVER).all()
    of_the_last_year = trace.inspections[years_of(trace) == YEARS - 1]
    assert OUT_OF_TIME not in of_the_last_year["lapse"]  # it ends with the run


def test_what_is_begun_is_finished_and_what_law_asks_for_waits(world: "World") -> None:
    homes = sampling(world).with_kind("random", effort=40, counts=False).with_sample(0.3)
    done = homes.run().inspections
    over_the_end = done[(done["status"] == DONE) & (done["ended"] > done["deadline"])]
    assert len(over_the_end) > 100
    assert (done["status"] != LAPSED).all()
    asked_for_by_law = sampling(world).with_interval(12).with_inspectors(0).run().inspections
    assert not (asked_for_by_law["status"] == LAPSED).any()


def test_the_same_are_drawn_whatever_else_the_rules_are(world: "World") -> None:
    homes = sampling(world)
    alone = homes.with_sample(0.3).run().inspections
    beside = homes.with_visits(2, name="interval").with_sample(0.3).with_sample(0.5, name="other").run().inspections
    assert set(alone[["provider", "raised"]].tolist()) <= set(beside[["provider", "raised"]].tolist())


def busy(world: "World") -> "World":
    """Homes with everything that happens to them."""
    homes = world.of(childrens_home=80).starting(poor=0.2, adequate=0.3, good=0.4, excellent=0.1)
    homes = homes.drifting({"poor": 0.3, "adequate": 0.3, "good": 0.3, "excellent": 0.1}, 0.6)
    homes = homes.with_rates(complaint=0.5, closure=0.1).with_kind("random", counts=False, effort=2)
    homes = homes.with_kind(effort=4, sigma=0.3, effort_spread=0.3).with_kind("responsive", counts=False, sigma=0.3)
    homes = homes.responding("complaint", "add", "responsive").with_reinspection(20, 80).with_inspectors(3)
    return homes.with_visits({"poor": 3, "adequate": 2, "good": 1, "excellent": 1, "not_yet_graded": 1})


def same(one: Trace, other: Trace) -> bool:
    """Whether two traces are the same to the last bit."""
    tables = ("inspections", "episodes", "backlog", "provider_years")
    return all(getattr(one, table).tobytes() == getattr(other, table).tobytes() for table in tables)


def test_what_is_neutral_changes_nothing_to_the_last_bit(world: "World") -> None:
    homes = busy(world)
    trace = homes.run()
    neutral = [
        homes.with_sample(0.0),
        homes.with_sample(number=(0, 0)),
        homes.with_sample(0.0).with_sample(number=(0, 0), name="another"),
        homes.judging_strands("best_fit"),
        homes.judging_strands("limiting"),
        homes.with_visits(dict(homes.rules["visits"]["per_year"]), priority=3),
        homes.with_kind("interim", grades=False, direction=True),
    ]
    assert all(same(trace, each.run()) for each in neutral)
    assert not same(trace, homes.with_sample(0.1).run())
    assert not same(trace, homes.with_interval(8, priority=5).run())


@pytest.mark.parametrize("sigma", [0.0, 0.3])
def test_a_second_rule_under_which_nothing_falls_due_changes_nothing(world: "World", sigma: float) -> None:
    homes = busy(world).with_kind(effort=4, sigma=sigma)
    assert same(homes.run(), homes.with_interval(0, statutory=False, priority=5).run())


@pytest.mark.parametrize("priority", [5, None])
def test_discretionary_work_yields_to_statutory(world: "World", priority: int | None) -> None:
    homes = world.of(childrens_home=150).starting(poor=1).with_kind(effort=4).with_inspectors(3)
    homes = homes.with_interval(12, name="law", satisfied_by=["key"])
    homes = homes.with_kind("interim", effort=4, grades=False, counts=False, detects=False)
    homes = homes.with_interval(
        4, name="sooner", kind="interim", statutory=False, satisfied_by=["interim"], priority=priority
    )
    rows = homes.during(6).run().inspections
    law, sooner = rows[rows["statutory"] == 1], rows[rows["statutory"] == 0]
    overtaken = sum(
        bool(((law["raised"] < begun) & (law["started"] > begun)).any())
        for begun in sooner["started"][sooner["started"] < NEVER]
    )
    assert (sooner["started"] < NEVER).sum() > 20
    assert overtaken == 0 if priority else overtaken > 20


def interims(world: "World", **changes: Any) -> "World":
    """Homes that fall and rise, with a key and an interim inspection a year."""
    homes = world.of(childrens_home=400).starting(poor=0.2, adequate=0.3, good=0.4, excellent=0.1).during(YEARS)
    homes = homes.drifting({"poor": 0.2, "adequate": 0.3, "good": 0.4, "excellent": 0.1}, 1.5)
    homes = homes.with_kind().with_visits(1, name="key")
    kind: dict[str, Any] = {"grades": False, "direction": True, "detects": False, "counts": False} | changes
    homes = homes.with_kind("interim", **kind)
    return homes.with_visits(1, name="interim", kind="interim", satisfied_by=["interim"])


def test_an_interim_says_the_direction_since_the_last_grade_and_gives_none(world: "World") -> None:
    rows = interims(world).run().inspections
    rows = rows[rows["status"] == DONE]
    interim, key = rows[rows["kind"] == INTERIM], rows[rows["kind"] == KEY]
    assert (interim["judged"] == 0).all()
    assert (key["direction"] == 0).all()
    direction = 2 + np.sign(interim["true_grade"] - interim["rating_before"])  # declined 1, sustained 2, improved 3
    assert interim["direction"].tolist() == direction.tolist()
    assert set(interim["direction"]) == {1, 2, 3}


def test_an_interim_leaves_the_rating_as_it_was(world: "World") -> None:
    rows = interims(world).run().inspections
    rows = rows[rows["status"] == DONE]
    rows = rows[np.lexsort((rows["ended"], rows["provider"]))]
    for before, after in pairwise(rows):
        if before["provider"] == after["provider"]:
            held = before["judged"] if before["kind"] == KEY else before["rating_before"]
            assert after["rating_before"] == held


def test_a_direction_is_as_unsure_as_what_is_seen(world: "World") -> None:

    homes = interims(world, sigma=0.6)
    homes = replace(homes, speed=0.0, natural=0.25).starting(adequate=1)
    rows = homes.run().inspections
    interim = rows[(rows["kind"] == INTERIM) & (rows["status"] == DONE)]
    shares = np.bincount(interim["direction"], minlength=4)[1:] / len(interim)
    beyond = 0.2023  # of a normal distribution, beyond 0.5 / 0.6 standard deviations
    assert shares == pytest.approx([beyond, 1 - 2 * beyond, beyond], abs=4 * (0.24 / len(interim)) ** 0.5)


@pytest.mark.parametrize("detects", [True, False])
def test_a_kind_without_a_grade_finds_the_poor_only_if_it_can(world: "World", detects: bool) -> None:
    trace = interims(world, detects=detects).run()
    ends = {
        kind: set(zip(rows["provider"].tolist(), rows["ended"].tolist(), strict=True))
        for kind in (KEY, INTERIM)
        for rows in [trace.inspections[trace.inspections["kind"] == kind]]
    }
    found = trace.episodes[trace.episodes["detected"] < NEVER]
    by = [(int(row["provider"]), int(row["detected"])) in ends[INTERIM] for row in found]
    assert any(by) is detects
