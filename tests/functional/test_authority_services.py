"""Services of one local authority: inspected at the same time, or as part of the inspection of the authority."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from simulator.engine.recorded import BROUGHT_FORWARD, DONE, INCLUDED, PLANNED
from simulator.engine.run import simulate
from simulator.engine.trace import Trace
from simulator.inputs.messages import InputError
from simulator.inspectorate.kinds import KINDS
from simulator.ticks import NEVER, TICKS_PER_DAY, TICKS_PER_YEAR, tick_of
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    from tests.functional.worlds import World

BOTH = ("la_fostering", "la_adoption")
WHOLE = (*BOTH, "local_authority")
AUTHORITIES = 200
WINDOW = 183
THREE_YEARS = 3 * TICKS_PER_YEAR
Rows = npt.NDArray[np.void]


def pairs(world: "World", effort: float = 8.0) -> "World":
    """Fostering and adoption of each authority, every three years to the day, with a start of its own each."""
    both = world.of(**dict.fromkeys(BOTH, AUTHORITIES)).with_kind("key", effort).with_interval(36)
    return both.during(8).with_inspectors(np.inf)


def first_of_each(trace: Trace) -> tuple[Rows, Rows]:
    """The first inspection of the fostering and of the adoption service of each authority."""
    rows = trace.inspections[np.argsort(trace.inspections["raised"], kind="stable")]
    providers, first = np.unique(rows["provider"], return_index=True)
    assert len(providers) == 2 * AUTHORITIES
    return rows[first[:AUTHORITIES]], rows[first[AUTHORITIES:]]


def assert_same_trace(one: Trace, other: Trace) -> None:
    for table in Trace._fields:
        assert np.array_equal(getattr(one, table), getattr(other, table)), table


# At the same time


def test_what_falls_due_within_the_window_is_inspected_together_and_what_does_not_is_not(world: "World") -> None:
    apart, together = pairs(world).run(), pairs(world).made_together(*BOTH, within_days=WINDOW).run()
    due, made = first_of_each(apart), first_of_each(together)
    sooner = np.minimum(due[0]["raised"], due[1]["raised"])
    near = np.maximum(due[0]["deadline"], due[1]["deadline"]) - sooner <= WINDOW * TICKS_PER_DAY
    assert 20 < near.sum() < AUTHORITIES - 20
    for service, other in ((0, 1), (1, 0)):
        next_of_other = due[other]["ended"] + THREE_YEARS - due[service]["raised"]
        joined = near | ((next_of_other >= 0) & (next_of_other <= WINDOW * TICKS_PER_DAY))
        assert (made[service]["raised"] == np.where(near, sooner, due[service]["raised"])).all()
        assert (made[service]["inspector_days"] == np.where(joined, 6.5, 8.0)).all()  # 13 in place of 8 and 8
        assert (made[service]["reason"] == PLANNED).all()
        assert (made[service]["deadline"] == due[service]["deadline"]).all()


def test_once_made_together_they_stay_together(world: "World") -> None:
    rows = pairs(world).made_together(*BOTH, within_days=WINDOW).run().inspections
    raised = [set(zip(part["provider"] % AUTHORITIES, part["raised"], strict=True)) for part in by_service(rows)]
    first = {authority for authority, _ in raised[0] & raised[1]}
    for authority in first:
        mine = [sorted(tick for at, tick in part if at == authority) for part in raised]
        met = next(tick for tick in mine[0] if tick in mine[1])
        assert [t for t in mine[0] if t >= met] == [t for t in mine[1] if t >= met]


def by_service(rows: Rows) -> list[Rows]:
    return [rows[rows["service_type"] == SERVICE_TYPES.index(name)] for name in BOTH]


def test_without_a_window_or_a_kind_that_is_made_nothing_changes(world: "World") -> None:
    apart = pairs(world).with_kind("random", 1.0)
    assert_same_trace(apart.run(), apart.made_together(*BOTH, within_days=0).run())
    assert_same_trace(apart.run(), apart.made_together(*BOTH, within_days=900, kinds=["random"]).run())
    assert_same_trace(
        apart.made_together(*BOTH, within_days=WINDOW, saving=0).run(1),
        apart.made_together(*BOTH, within_days=WINDOW, saving=0, kinds=["key", "random"]).run(1),
    )


def test_services_that_are_not_named_keep_their_own_time(world: "World") -> None:
    three = replace(pairs(world), providers=dict.fromkeys((*BOTH, "private_fostering"), AUTHORITIES))
    three = three.with_kind("key", 8.0).with_interval(36)
    private = SERVICE_TYPES.index("private_fostering")
    apart, together = three.run().inspections, three.made_together(*BOTH, within_days=WINDOW).run().inspections
    alone, still = (rows[rows["service_type"] == private] for rows in (apart, together))
    assert np.array_equal(alone, still)


@pytest.mark.parametrize("saving", [0.0, 0.1875, 0.5])
def test_what_waits_and_has_not_begun_joins_however_long_ago_it_was_due(world: "World", saving: float) -> None:
    nobody = pairs(world).with_inspectors(0, (date(2011, 4, 1), np.inf))
    for row in (*first_of_each(nobody.made_together(*BOTH, within_days=0, saving=saving).run()),):
        assert (row["started"] == tick_of(date(2011, 4, 1), date(2006, 4, 1))).all()
        assert row["inspector_days"] == pytest.approx(8 * (1 - saving))


def test_what_has_begun_is_not_joined(world: "World") -> None:
    long = pairs(world, effort=200.0)
    due = first_of_each(long.run())
    apart = np.abs(due[0]["raised"] - due[1]["raised"])
    assert ((apart > 0) & (apart < 200 * TICKS_PER_DAY)).sum() > 20
    rows = long.made_together(*BOTH, within_days=0).run().inspections
    rows = rows[
        (apart > 0)[rows["provider"] % AUTHORITIES]
    ]  # some are due too soon when the run begins, and begin then
    assert (rows["inspector_days"][rows["inspector_days"] > 0] == 200).all()


def test_a_round_is_not_begun_before_its_first_day(world: "World") -> None:
    first = date(2009, 1, 1)
    both = pairs(world).with_interval(12, types=["la_fostering"])
    both = both.with_round(first, date(2011, 12, 31), types=["la_adoption"]).made_together(*BOTH, within_days=3000)
    rows = both.run().inspections
    fostering, adoption = by_service(rows)
    begins = tick_of(first, date(2006, 4, 1))
    assert len(adoption) == AUTHORITIES
    for row in adoption:
        mine = fostering["raised"][fostering["provider"] % AUTHORITIES == row["provider"] % AUTHORITIES]
        assert row["raised"] >= begins
        assert row["raised"] <= mine[mine >= begins].min()


@pytest.mark.parametrize("spacing", [0, 150])
def test_visits_of_a_year_keep_their_spacing(world: "World", spacing: int) -> None:
    both = pairs(world, effort=0.001).with_interval(1, types=["la_fostering"])
    both = both.with_visits(2, types=["la_adoption"], minimum_spacing_days=spacing)
    _, adoption = by_service(both.made_together(*BOTH, within_days=365).run().inspections)
    gaps = np.concatenate(
        [np.diff(adoption["raised"][adoption["provider"] == n]) for n in np.unique(adoption["provider"])]
    )
    assert (gaps.min() >= 150 * TICKS_PER_DAY) == (spacing == 150)


def test_a_framework_can_join_what_is_drawn_with_what_law_asks_for(world: "World") -> None:
    both = pairs(world).with_kind("themed", 4.0, counts=False, priority=7)
    both = both.with_sample(0.5, kind="themed", types=["la_adoption"]).with_interval(36, types=["la_fostering"])
    both = both.with_interval(0, name="none", types=["la_adoption"])
    both = both.made_together(*BOTH, within_days=366, kinds=["key", "themed"])
    fostering, adoption = by_service(both.run().inspections)
    raised = set(zip(fostering["provider"] % AUTHORITIES, fostering["raised"], strict=True))
    joined = np.array([(row["provider"] % AUTHORITIES, row["raised"]) in raised for row in adoption])
    done = adoption["status"] == DONE
    assert joined.sum() > 50
    assert (adoption["inspector_days"][done] == np.where(joined, 3.25, 4.0)[done]).all()


# As part of the inspection of the authority


def authorities(world: "World", effort: float = 70.0, sigma: float = 0.0) -> "World":
    """Authorities with their fostering and adoption services, inspected as a whole every two years."""
    whole = world.of(**dict.fromkeys(WHOLE, 60)).starting(poor=0.3, good=0.7).during(12)
    whole = whole.with_kind("area", effort, team=7, sigma=sigma, effort_spread=0.25)
    whole = whole.with_interval(24, kind="area", types=["local_authority"])
    return whole.covering(*BOTH)


def parts_and_wholes(trace: Trace) -> tuple[Rows, Rows]:
    rows = trace.inspections
    whole = rows["service_type"] == SERVICE_TYPES.index("local_authority")
    return rows[~whole], rows[whole]


@pytest.mark.parametrize("fte", [np.inf, 8.0])
def test_a_covered_service_is_inspected_whenever_its_authority_is_and_at_no_other_time(
    world: "World", fte: float
) -> None:
    parts, wholes = parts_and_wholes(authorities(world).with_inspectors(fte).run())
    begun = wholes[wholes["inspector_days"] > 0]
    assert len(begun) > 100
    for name in BOTH:
        mine = parts[parts["service_type"] == SERVICE_TYPES.index(name)]
        for field in ("started", "ended", "kind", "statutory", "deadline", "status"):
            of_parts, of_wholes = (
                sorted(zip(rows["provider"] % 60, rows["started"], rows[field], strict=True)) for rows in (mine, begun)
            )
            assert of_parts == of_wholes, field
    assert (parts["reason"] == INCLUDED).all()
    assert (parts["inspector_days"] == 0).all()
    assert (parts["team"] == 0).all()
    assert ((begun["started"] > begun["raised"]).any()) == np.isfinite(fte)


def test_a_kind_that_covers_nothing_judges_no_service(world: "World") -> None:
    whole = authorities(world).with_kind("key", 1.0)
    parts, wholes = parts_and_wholes(whole.covering(*BOTH, kind="key").run())
    assert len(parts) == 0
    assert len(wholes) > 200


def test_services_that_are_covered_change_nothing_for_their_authority(world: "World") -> None:
    _, with_them = parts_and_wholes(authorities(world).run())
    alone = (
        authorities(world).covering("la_adoption").with_interval(0, name="none", types=["la_fostering"], kind="area")
    )
    parts, wholes = parts_and_wholes(alone.run())
    assert np.array_equal(with_them, wholes)
    assert (parts["service_type"] == SERVICE_TYPES.index("la_adoption")).all()


def test_a_part_is_judged_by_itself_and_becomes_the_rating(world: "World") -> None:
    for sigma in (0.0, 0.6):
        parts, _ = parts_and_wholes(authorities(world, sigma=sigma).run())
        done = parts[parts["status"] == DONE]
        assert (done["judged"] > 0).all()
        assert (done["judged"] == done["true_grade"]).all() == (sigma == 0)
        for provider in np.unique(done["provider"]):
            mine = done[done["provider"] == provider]
            assert (mine["rating_before"][1:] == mine["judged"][:-1]).all()
            assert (mine["since_last_visit"][1:] == np.diff(mine["ended"])).all()
    of_both = [done["judged"][done["service_type"] == SERVICE_TYPES.index(name)][:500] for name in BOTH]
    assert (of_both[0] != of_both[1]).any()


def test_a_part_detects(world: "World") -> None:
    falling = authorities(world, effort=0.01).with_rates(fall=0.5).starting(good=1)
    trace = falling.run()
    episodes = trace.episodes[trace.episodes["service_type"] == SERVICE_TYPES.index("la_fostering")]
    parts, _ = parts_and_wholes(trace)
    assert len(episodes) > 40
    for episode in episodes:
        ended = parts["ended"][(parts["provider"] == episode["provider"]) & (parts["ended"] > episode["began"])]
        assert episode["detected"] == min(ended, default=episode["detected"])
    assert (episodes["detected"] < trace.horizon).any()


def test_a_closed_service_is_left_out(world: "World") -> None:
    whole = authorities(world)
    closes = pd.Timestamp("2010-01-01")
    register = whole.register()
    fostering = register["service_type"] == "la_fostering"
    register["closed"] = register["closed"].mask(fostering, closes)
    parts, wholes = parts_and_wholes(simulate(whole.setting(register=register), 0))
    last = {name: parts["started"][parts["service_type"] == SERVICE_TYPES.index(name)].max() for name in BOTH}
    tick = tick_of(closes.date(), date(2006, 4, 1))
    assert last["la_fostering"] < tick < last["la_adoption"] == wholes["started"].max()


def test_who_inspects_a_service_with_its_authority_needs_the_authority(world: "World") -> None:
    whole = authorities(world)
    register = whole.register()
    lost = register[(register["service_type"] != "local_authority") | (register["local_authority"] != "LA 007")]
    with pytest.raises(
        InputError, match=r"inspects la_fostering-007 .*as part of its local authority, but there is no"
    ):
        whole.setting(register=lost)


def test_what_else_is_under_way_at_a_service_goes_on(world: "World") -> None:
    whole = authorities(world).with_kind("key", 100.0).with_interval(12, name="own", types=["la_fostering"])
    parts, wholes = parts_and_wholes(whole.run())
    own = parts[parts["kind"] == KINDS.index("key")]
    assert len(own) > 200
    included = parts[parts["reason"] == INCLUDED]
    both = included["service_type"] == SERVICE_TYPES.index("la_fostering")
    assert both.sum() == (wholes["inspector_days"] > 0).sum()


def test_a_covered_service_begins_with_a_rating_as_its_authority_does(world: "World") -> None:
    parts, _ = parts_and_wholes(authorities(world).run())
    first = {int(row["provider"]): int(row["rating_before"]) for row in parts[::-1] if row["judged"] > 0}
    assert len(first) == 2 * 60
    assert set(first.values()) == {1, 3}  # as truly: poor or good


# A desk assessment is no visit


def assessed(world: "World") -> "World":
    """Authorities inspected every five years and assessed on paper in every one, which takes half a year."""
    desks = world.of(local_authority=100).with_rates(serious=0.2).during(5)
    desks = desks.with_kind("area", 1.0).with_kind("desk", 130.0, counts=False)
    desks = desks.with_interval(60, name="cycle", kind="area", satisfied_by=["area"])
    return desks.responding("serious_concern", "move", reach="any_year")


def test_news_brings_the_next_visit_forward_whatever_assessment_is_under_way(world: "World") -> None:
    with_desks = assessed(world).with_visits(1, kind="desk", satisfied_by=["desk"]).run().inspections
    without = assessed(world).with_interval(0, name="none", kind="desk").run().inspections
    of_both = [rows[rows["kind"] == KINDS.index("area")] for rows in (with_desks, without)]
    assert (with_desks["kind"] == KINDS.index("desk")).sum() > 400
    assert (of_both[0]["reason"] == BROUGHT_FORWARD).sum() > 30
    for field in ("provider", "raised", "reason", "judged", "since_last_visit"):
        assert np.array_equal(of_both[0][field], of_both[1][field]), field


def test_news_brings_no_assessment_forward(world: "World") -> None:
    reviewed = assessed(world).with_interval(0, name="cycle", kind="area")
    desks = reviewed.with_kind("desk", 1.0, counts=False).with_visits(1, kind="desk", satisfied_by=["desk"])
    calm, troubled = (simulate(each.setting(), 0).inspections for each in (desks.with_rates(serious=0), desks))
    assert (troubled["reason"] == PLANNED).all()
    assert np.array_equal(calm["raised"], troubled["raised"])


def test_news_hastens_the_visit_that_waits_whatever_assessment_waits_too(world: "World") -> None:
    short = assessed(world).with_rates(serious=2).with_kind("area", 30.0, pool="area").with_inspectors(1.6, pool="area")
    short = short.with_interval(
        24, name="cycle", kind="area", satisfied_by=["area"], available_share=0.9
    ).with_inspectors(0.2)
    with_desks = short.with_visits(1, kind="desk", satisfied_by=["desk"]).run().inspections
    without = short.with_interval(0, name="none", kind="desk").run().inspections
    of_both = [rows[(rows["kind"] == KINDS.index("area")) & (rows["status"] == DONE)] for rows in (with_desks, without)]
    assert len(of_both[0]) > 50
    assert (with_desks["started"][with_desks["kind"] == KINDS.index("desk")] == NEVER).sum() > 200
    assert np.array_equal(of_both[0]["provider"], of_both[1]["provider"])
    assert np.array_equal(of_both[0]["started"], of_both[1]["started"])
