"""A framework takes over on a date: by its own rules, with the ratings, due dates and backlog that it finds."""

import math
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.recorded import BROUGHT_FORWARD, DONE
from simulator.engine.run import simulate
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.ticks import NEVER, TICKS_PER_DAY, TICKS_PER_YEAR, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

DRIFT = {"poor": 0.2, "adequate": 0.3, "good": 0.3, "excellent": 0.2}
MONTH = TICKS_PER_YEAR / 12


def handed_over(before: "World", after: "World", replication: int = 0) -> Trace:
    """A run of the second world that warms up under the rules of the first."""
    return simulate(after.setting(after.framework("after"), before.framework("before")), replication)


def lives(trace: Trace) -> list[npt.NDArray[np.void]]:
    """The inspections done, by provider and in the order of their ends."""
    done = trace.inspections[trace.inspections["status"] == DONE]
    done = done[np.lexsort((done["ended"], done["provider"]))]
    return np.split(done, np.flatnonzero(np.diff(done["provider"])) + 1)


def test_ratings_carry_over(world: "World") -> None:
    homes = world.of(childrens_home=100).starting(**DRIFT).drifting(DRIFT, 2).during(3, warm_up_years=2)
    homes = homes.with_kind(effort=3, sigma=0.5)
    trace = handed_over(homes.with_visits(2), homes.with_interval(6))
    for life in lives(trace):
        assert life["rating_before"][1:].tolist() == life["judged"][:-1].tolist()
    across = [np.searchsorted(life["ended"], trace.measured_from) for life in lives(trace)]
    assert sum(0 < first < len(life) for first, life in zip(across, lives(trace), strict=True)) > 90


def test_yearly_visits_follow_the_ratings_found(world: "World") -> None:
    homes = world.of(childrens_home=100).starting(**DRIFT).with_kind().during(2, warm_up_years=2)
    trace = handed_over(homes.with_visits(2), homes.with_visits({"poor": 4, "adequate": 2, "good": 1}))
    rows = trace.inspections
    for year in range(-2, 2):
        begin = tick_of(date(2006 + year, 4, 1), trace.epoch)
        end = tick_of(date(2007 + year, 4, 1), trace.epoch)
        this_year = rows[(rows["raised"] >= begin) & (rows["raised"] < end)]
        for grade, owed in enumerate((4, 2, 1, 0) if year >= 0 else (2, 2, 2, 2), start=1):
            of_grade = np.unique(rows["provider"][rows["true_grade"] == grade])
            assert np.isin(this_year["provider"], of_grade).sum() == owed * len(of_grade)


@pytest.mark.parametrize("months", [12, 30])
@pytest.mark.parametrize("days", [0, 180])
def test_an_interval_counts_from_the_last_inspection_though_another_framework_made_it(
    world: "World", months: int, days: int
) -> None:
    """What the new rule wants at once or before long may take the days that it leaves to come into line."""
    homes = world.of(childrens_home=200).with_kind().during(4, warm_up_years=4)
    trace = handed_over(homes.with_interval(36), homes.with_interval(months, catch_up_days=days))
    in_line = trace.measured_from + days * TICKS_PER_DAY
    checked = 0
    for life in lives(trace):
        first = int(np.searchsorted(life["raised"], trace.measured_from))
        if first > 0:
            due = max(life["ended"][first - 1] + months * MONTH, in_line)
            takes = life["ended"][first] - life["raised"][first]
            assert life["deadline"][first] == pytest.approx(due, abs=1)
            assert life["ended"][first] == pytest.approx(max(due, trace.measured_from + takes), abs=1)
            checked += 1
    assert checked > 190


def same_rules(world: "World", rules: str) -> "World":
    homes = world.of(childrens_home=200).starting(**DRIFT).drifting(DRIFT, 1.0).with_kind(effort=1, sigma=0.3)
    if "visits" in rules:
        per_year = {"poor": 3, "adequate": 2, "good": 1, "excellent": 1, "not_yet_graded": 1}
        homes = homes.with_visits(per_year, minimum_spacing_days=60, last_days_free=21, year_to_year_correlation=0.5)
    elif "round" in rules:
        homes = homes.with_round(date(2004, 4, 1), date(2007, 3, 31), repeat_months=36)
    else:
        months = {"poor": 6, "adequate": 12, "good": 24, "excellent": 30, "not_yet_graded": 12}
        homes = homes.with_interval(months, available_share=0.25)
    if "concerns" in rules:
        homes = homes.with_kind("responsive", 1, counts=False, priority=1).with_rates(complaint=1)
        homes = homes.responding("complaint", "add", "responsive", delay_days=14, within_days=42)
    if "moves" in rules:
        homes = homes.with_rates(complaint=1).responding("complaint", "move", delay_days=14, within_days=42)
    if "new" in rules:
        homes = homes.with_kind("first", 1).with_rates(closure=0.2).with_first_inspections(80, 300)
    if "again" in rules:
        homes = homes.with_reinspection(20, 80)
    if "samples" in rules:
        homes = homes.with_kind("random", 4, counts=False, priority=6).with_sample(0.4)
        homes = homes.with_sample(name="themed", days=100)
    return homes.with_inspectors(0.8) if "queue" in rules else homes


@pytest.mark.parametrize(
    "rules",
    [
        "visits",
        "interval",
        "round",
        "visits, concerns",
        "interval, concerns",
        "visits, moves",
        "interval, moves",
        "round, moves",
        "visits, new",
        "interval, new",
        "visits, again",
        "visits, samples",
        "visits, concerns, samples, queue",
        "visits, queue",
        "interval, queue",
        "round, moves, queue",
    ],
)
def test_a_takeover_by_the_same_rules_changes_nothing(world: "World", rules: str) -> None:
    homes = same_rules(world, rules)
    early = homes.during(5, start=date(2006, 4, 1), warm_up_years=3).run()
    late = homes.during(3, start=date(2008, 4, 1), warm_up_years=5).run()
    assert early.measured_from < late.measured_from
    for table in ("inspections", "episodes", "backlog"):
        one, other = getattr(early, table), getattr(late, table)
        assert len(one) == len(other) > 100
        for name in one.dtype.names:
            assert name == "regime" or one[name].tolist() == other[name].tolist()


@pytest.mark.parametrize("months", [60, 48])
def test_news_of_the_days_before_a_takeover_is_still_answered(world: "World", months: int) -> None:
    """What was to be brought forward to a day after the takeover is brought forward, under another rule too."""
    homes = world.of(childrens_home=400).with_kind().during(1, warm_up_years=3).with_rates(complaint=0.5)
    homes = homes.responding("complaint", "move", reach="any_year", delay_days=40, within_days=60)
    trace = handed_over(homes.with_interval(60), homes.with_interval(months))
    moved = trace.inspections[trace.inspections["reason"] == BROUGHT_FORWARD]["raised"]
    by_40_days = np.histogram(moved - trace.measured_from, bins=np.arange(-6, 7) * 40 * TICKS_PER_DAY)[0]
    assert by_40_days[6] > np.mean(by_40_days) / 2  # the first forty days


@pytest.mark.parametrize("correlation", [0.0, 0.5])
def test_a_visit_made_ahead_of_its_year_is_not_owed_again_after_a_takeover(world: "World", correlation: float) -> None:
    """By the same rule or, with another correlation, by a new one."""
    homes = world.of(childrens_home=50).with_kind().with_rates(complaint=20)
    homes = homes.responding("complaint", "move", reach="into_this_year")
    homes = homes.during(3, warm_up_years=3)
    trace = handed_over(homes.with_visits(1), homes.with_visits(1, year_to_year_correlation=correlation))
    visits = np.bincount(trace.inspections["provider"], minlength=50)
    assert set(visits) == {6 + 1}  # six years, and the first visit of the seventh


def test_what_is_planned_after_a_takeover_takes_what_the_new_framework_says(world: "World") -> None:
    homes = world.of(childrens_home=50).during(2, warm_up_years=1)
    for rules in (homes.with_visits(2), homes.with_interval(6)):
        trace = handed_over(rules.with_kind(effort=1), rules.with_kind(effort=2, team=2))
        rows = trace.inspections[trace.inspections["started"] < NEVER]
        later = rows["raised"] > trace.measured_from + TICKS_PER_YEAR / 2
        before = rows["raised"] < trace.measured_from
        assert later.sum() > 100
        assert (rows["inspector_days"][later] == 2).all()
        assert (rows["team"][later] == 2).all()
        assert (rows["inspector_days"][before] == 1).all()


@pytest.mark.parametrize(("start", "per_year"), [(date(2006, 7, 1), 3), (date(2006, 11, 20), 1), (date(2007, 3, 1), 2)])
def test_from_within_a_year_visits_are_owed_pro_rata_and_right_on_average(
    world: "World", start: date, per_year: int
) -> None:
    homes = world.of(childrens_home=3000).with_kind().during(2, start, warm_up_years=1)
    trace = handed_over(homes.with_interval(0), homes.with_visits(per_year))
    end = tick_of(date(2007, 4, 1), trace.epoch)
    part = (date(2007, 4, 1) - start).days / 365
    raised = trace.inspections["raised"]
    visits = np.bincount(trace.inspections["provider"][raised < end], minlength=3000)
    assert set(visits) <= {math.floor(per_year * part), math.ceil(per_year * part)}
    assert visits.mean() == pytest.approx(per_year * part, abs=4 * 0.5 / math.sqrt(3000))
    assert raised.min() >= trace.measured_from
    months = np.histogram(raised[raised < end], bins=4, range=(trace.measured_from, end))[0]
    assert months / months.sum() == pytest.approx(np.full(4, 0.25), abs=0.05)
    whole = np.bincount(trace.inspections["provider"][(raised >= end)], minlength=3000)
    assert whole.min() >= per_year


def test_who_is_rated_worse_within_the_year_owes_the_difference_for_the_rest_of_it(world: "World") -> None:
    """Homes rated good fall on the first day; the one visit of the year finds it out."""
    homes = world.of(childrens_home=3000).with_kind().with_visits({"good": 1, "poor": 3}).during(1)
    trace = homes.with_rates(fall={"good": 10_000}).run()
    first = np.array([life["ended"][0] for life in lives(trace)])
    more = np.array([len(life) - 1 for life in lives(trace)])
    owed = (3 - 1) * (1 - first / tick_of(date(2007, 4, 1), trace.epoch))
    assert len(first) == 3000
    assert ((more == np.floor(owed)) | (more == np.ceil(owed))).all()
    assert more.mean() == pytest.approx(owed.mean(), abs=4 * 0.5 / math.sqrt(3000))


def test_who_is_rated_better_within_the_year_keeps_its_visits_and_owes_fewer_from_april(world: "World") -> None:
    homes = world.of(childrens_home=100).starting(poor=1).with_kind().during(2)
    trace = homes.with_visits({"good": 1, "poor": 3}).with_rates(improve={"poor": 10_000, "adequate": 10_000}).run()
    end = tick_of(date(2007, 4, 1), trace.epoch)
    for life in lives(trace):
        assert (life["ended"] < end).sum() == 3
        assert (life["ended"] >= end).sum() == 1


def test_the_backlog_is_carried_out_as_it_was_raised(world: "World") -> None:
    """Under the new framework there is no such kind of inspection; what it takes and when it lapses is still known."""
    homes = world.of(childrens_home=30).with_kind(effort=1).with_rates(complaint=5).during(2, warm_up_years=1)
    old = homes.with_kind("responsive", 2, team=2, counts=False, lapse_days=700).with_interval(0)
    old = old.responding("complaint", "add", "responsive")
    new = homes.with_interval(0).with_inspectors(0, (date(2006, 4, 1), 4))
    trace = handed_over(old, new)
    assert len(trace.inspections) > 25
    assert (trace.inspections["status"] == DONE).all()
    assert (trace.inspections["kind"] == KINDS.index("responsive")).all()
    assert (trace.inspections["inspector_days"] == 2).all()
    assert (trace.inspections["judged"] == 3).all()
    assert (trace.inspections["started"] >= trace.measured_from).all()


@pytest.mark.parametrize("planned", ["response", "again", "first"])
def test_what_was_planned_and_not_raised_takes_what_it_takes(world: "World", planned: str) -> None:
    """The kind of inspection is another's, or it does not take place; it never costs nothing."""
    homes = world.of(childrens_home=60).starting(poor=1).with_kind(effort=1).during(2, warm_up_years=1)
    old = homes.with_kind("responsive", 2, counts=False).with_visits(2)
    if planned == "response":
        old = old.responding("complaint", "add", "responsive", delay_days=25)
        homes = homes.with_rates(complaint=6)
    elif planned == "again":
        old = old.with_reinspection(20, 200, kind="responsive", counts=False)
    else:
        old = old.with_first_inspections(80, 300, kind="responsive")
        homes = homes.with_rates(closure=2)
    new = homes.with_visits(2)
    rows = handed_over(old, new).inspections
    begun = rows[rows["started"] < NEVER]
    assert (begun["team"] >= 1).all()
    assert (begun["inspector_days"] >= 1).all()
    assert np.isin(begun["inspector_days"][begun["kind"] == KINDS.index("responsive")], [2]).all()


def test_priority_goes_before_deadline_though_that_is_long_past(world: "World") -> None:
    """Under a shorter interval inspections are due when it takes over, a year before there is an inspector."""
    both = world.of(childrens_home=20, secure_childrens_home=20).with_kind(effort=1, priority=9)
    both = both.with_kind("responsive", 1, priority=1, counts=False, lapse_days=700).with_rates(complaint=3)
    both = both.with_inspectors(0, (date(2007, 4, 1), 1)).during(2, warm_up_years=1)
    new = both.with_interval(6, types=["childrens_home"], catch_up_days=0).with_interval(
        0, "none", types=["secure_childrens_home"]
    )
    new = new.responding("complaint", "add", "responsive", types=["secure_childrens_home"])
    trace = handed_over(both.with_interval(60), new)
    assert (trace.inspections["deadline"] == trace.measured_from).any()
    check_order(trace, {KINDS.index("key"): 9, KINDS.index("responsive"): 1})


def check_order(trace: Trace, priority: dict[int, int]) -> None:
    """Nothing starts while something that goes before it waits: by priority, and then by deadline."""
    rows = trace.inspections
    urgency = np.array([priority[kind] for kind in rows["kind"]])
    for row, mine in zip(rows, urgency, strict=True):
        if row["started"] < NEVER:
            waits = (rows["raised"] < row["started"]) & (rows["started"] > row["started"])
            waits &= rows["ended"] > row["started"]
            assert not (waits & (urgency < mine)).any()
            assert not (waits & (urgency == mine) & (rows["deadline"] < row["deadline"])).any()


def test_priorities_and_deadlines_are_kept(world: "World") -> None:
    homes = world.of(childrens_home=60).with_kind(effort=3, effort_spread=0.5, priority=4).with_interval(6)
    homes = homes.with_kind("responsive", 2, counts=False, priority=2).with_rates(complaint=2)
    homes = homes.responding("complaint", "add", "responsive").with_inspectors(2).during(6)
    trace = homes.run()
    assert trace.backlog["waiting"].mean() * 13 > 3
    check_order(trace, {KINDS.index("key"): 4, KINDS.index("responsive"): 2})
