"""The yearly risk assessment (3.1.16 to 3.1.20) and the self-assessment (3.2) of the consultation of 2006."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pydantic import ValidationError

from simulator.engine.recorded import CONCERN, DONE
from simulator.engine.run import simulate
from simulator.engine.trace import Trace
from simulator.inputs.messages import InputError
from simulator.measures import ALL_SERVICES, MEASURES, measure
from simulator.measures.discrimination import area_under
from simulator.measures.observed import observed
from simulator.ticks import TICKS_PER_DAY, TICKS_PER_YEAR
from simulator.world.services import SERVICE_TYPES
from tests.prices import paid, prices

if TYPE_CHECKING:
    from tests.functional.worlds import World

NATURAL = {"poor": 0.2, "adequate": 0.3, "good": 0.3, "excellent": 0.2}
COMPLAINTS = {"poor": 0.9, "adequate": 0.4, "good": 0.2, "excellent": 0.1}
SERIOUS = {"poor": 3.0, "adequate": 0.1}
NO_WEIGHT = dict.fromkeys(("record", "self_assessment", "users", "past_year", "concerns", "changes", "rating"), 0.0)
AS_GRADES = {"poor": 2.5, "adequate": 1.5, "good": 0.5}
NO_CONCERNS = {"complaint": 0.0, "serious_concern": 0.0, "breach": 0.0}
JUDGED = ["judgement"]


def points(cut_offs: Any = AS_GRADES, **weights: float) -> Any:
    return {"weights": {**NO_WEIGHT, **weights}, "cut_offs": cut_offs, "concerns": NO_CONCERNS}


def value(trace: Trace, name: str) -> float:
    values = measure(observed(trace), prices(cost_per_inspector_day=1), paid(trace))
    row = [each.name for each in MEASURES].index(name)
    return float(values[row, [*SERVICE_TYPES, ALL_SERVICES].index(ALL_SERVICES)])


def assert_same(one: Trace, other: Trace) -> None:
    for table in Trace._fields:
        if table != "assessments":
            assert np.array_equal(getattr(one, table), getattr(other, table)), table


@pytest.fixture
def lively(world: "World") -> "World":
    """Homes that change, are complained of and judged with some error, visited more often the worse they are rated."""
    homes = world.of(childrens_home=60).starting(**NATURAL).drifting(NATURAL, 0.8, good=0.05).during(6)
    homes = homes.with_rates(complaint=COMPLAINTS, serious=SERIOUS).with_manager_changes(0.3)
    homes = homes.with_effects(found_out=(6, 3, 0.2), new_manager=(2, 6), complacency=(1.5, 12))
    homes = homes.with_kind(sigma=0.3).saying_of_themselves(0.7, 0.3, 0.05, {"poor": 0.2}).with_users_saying(1.0)
    return homes.with_visits({"poor": 3, "adequate": 2, "good": 1, "excellent": 1, "not_yet_graded": 1})


def test_assessing_by_the_last_judgement_changes_nothing(lively: "World") -> None:
    assert_same(lively.assessing("last_judgement").run(), lively.run())


def test_points_for_the_last_judgement_alone_are_the_last_judgement(lively: "World") -> None:
    """All weight on the rating, and cut-offs half way between the grades."""
    by_points = lively.assessing("points", points=points(rating=1), review_on=JUDGED)
    assert_same(by_points.run(), lively.run())


def test_without_a_review_a_judgement_waits_for_the_yearly_assessment(lively: "World") -> None:
    by_points = lively.assessing("points", points=points(rating=1))
    trace = by_points.run()
    table = trace.assessments
    assert (table["review"] == 0).all()
    months = np.searchsorted(trace.month_starts, table["time"], side="right") - 1
    assert (table["time"] == trace.month_starts[months]).all()
    assert (months % 12 == 0).all()
    assert len(trace.inspections) != len(lively.run().inspections)


@pytest.mark.parametrize("weight", ["users", "self_assessment"])
def test_a_perfect_reading_rates_every_provider_as_it_is(lively: "World", weight: str) -> None:
    """Yearly, from what users say, or from what providers say honestly and rightly on a day of their own."""
    homes = lively.saying_of_themselves().with_users_saying(0).with_self_assessments()
    homes = homes.assessing("points", user_survey=True, points=points(**{weight: 1.0}), review_on=["self_assessment"])
    trace = homes.run()
    table = trace.assessments
    when = table["review"] == (weight == "self_assessment")
    assert when.sum() > 100
    assert (table["rating"] == table["true_grade"])[when].all()


def test_optimism_shows(world: "World") -> None:
    homes = world.of(childrens_home=5).starting(adequate=1).saying_of_themselves(optimism=1).during(3).with_kind()
    homes = homes.with_visits(1).with_self_assessments()
    homes = homes.assessing("points", points=points(self_assessment=1), review_on=["self_assessment"])
    table = homes.run().assessments
    assert set(table["rating"][table["review"] == 1]) == {3}


def test_news_brings_a_review_where_the_framework_says_so(lively: "World") -> None:
    scored = points(concerns=1, rating=1) | {"concerns": NO_CONCERNS | {"serious_concern": 3}}
    reviewing = lively.assessing("points", points=scored, review_on=["serious_concern"]).run()
    waiting = lively.assessing("points", points=scored).run()
    reviews = reviewing.assessments[reviewing.assessments["review"] == 1]
    assert len(reviews) > 50
    assert (reviews["rating"] <= reviews["rating_before"]).all()
    assert (reviews["rating"] < reviews["rating_before"]).any()
    assert not (waiting.assessments["review"] == 1).any()
    assert not np.array_equal(reviewing.inspections["raised"][:200], waiting.inspections["raised"][:200])


def test_concerns_count_for_a_year(world: "World") -> None:
    """The risk is 3 where one was heard in the past year and 0 where none was: shares 1 - exp(-rate)."""
    homes = world.of(childrens_home=4000).starting(good=1).with_rates(serious=0.5).during(4).with_kind().with_visits(1)
    scored = points(concerns=1) | {"concerns": NO_CONCERNS | {"serious_concern": 3}}
    table = homes.assessing("points", points=scored).run().assessments
    settled = table[table["time"] > 2 * TICKS_PER_YEAR]
    assert set(settled["risk"]) == {0.0, 3.0}
    assert (settled["risk"] == 3).mean() == pytest.approx(1 - np.exp(-0.5), abs=0.015)


def test_a_new_manager_is_a_change_of_the_past_year(world: "World") -> None:
    homes = (
        world.of(childrens_home=4000).starting(good=1).with_manager_changes(0.5).during(4).with_kind().with_visits(1)
    )
    table = homes.assessing("points", points=points(changes=1)).run().assessments
    settled = table[table["time"] > 2 * TICKS_PER_YEAR]
    assert (settled["risk"] == 3).mean() == pytest.approx(1 - np.exp(-0.5), abs=0.015)


def test_the_record_is_the_mean_of_all_judgements(lively: "World") -> None:
    trace = lively.assessing("points", points=points(record=1), review_on=JUDGED).run()
    provider = int(trace.inspections["provider"][np.flatnonzero(trace.inspections["judged"] > 0)[0]])
    judged = trace.inspections[(trace.inspections["provider"] == provider) & (trace.inspections["judged"] > 0)]
    judged = judged[judged["generation"] == 0]
    rows = trace.assessments[(trace.assessments["provider"] == provider) & (trace.assessments["review"] == 1)]
    first = round((4 - rows["risk"][0]) * 2) - judged["judged"][0]  # the judgement that the run begins with
    expected = [4 - (first + judged["judged"][: n + 1].sum()) / (n + 2) for n in range(len(judged))]
    assert rows["risk"] == pytest.approx(expected)


@pytest.mark.parametrize(("detects", "risk"), [(True, 3.0), (False, 2.0)])
def test_a_visit_without_a_grade_that_finds_a_provider_poor_counts_as_that(
    world: "World", detects: bool, risk: float
) -> None:
    """What is seen at a themed visit is information of the past year, where the kind can find the poor."""
    homes = world.of(childrens_home=50).starting(adequate=1).during(4).with_kind().with_rates(decline={"adequate": 50})
    homes = homes.with_round(date(2006, 4, 1), date(2006, 4, 2)).with_kind("themed", grades=False, detects=detects)
    homes = homes.with_round(date(2007, 6, 1), date(2007, 6, 2), "themes", kind="themed", satisfied_by=["themed"])
    table = homes.assessing("points", points=points(past_year=1, rating=0.001)).run().assessments
    after = table[table["time"] > 1.5 * TICKS_PER_YEAR]
    assert after["risk"][:50].mean() == pytest.approx(risk, abs=0.3)


# belief


@pytest.fixture(scope="module")
def believed() -> dict[str, Trace]:
    """The same histories assessed in three ways, since nothing that is done depends on the rating."""
    from tests.functional.worlds import World

    homes = World().of(childrens_home=400).starting(**NATURAL).drifting(NATURAL, 0.8, good=0.05, adequate=0.2)
    homes = homes.during(10).with_rates(complaint=COMPLAINTS, closure={"poor": 0.2, "adequate": 0.1})
    homes = homes.with_rates(serious={"poor": 1.5, "adequate": 0.1})
    homes = homes.with_manager_changes(0.3).with_effects(
        found_out=(6, 3, 0.2), found_out_months=(3, 15), new_manager=(2, 6), complacency=(1.5, 9)
    )
    homes = homes.with_kind(sigma=0.5).with_kind("first", sigma=0.5).with_kind("themed", sigma=0.8, grades=False)
    homes = homes.with_kind("interim", sigma=0.4, grades=False, detects=False, direction=True, counts=False)
    homes = homes.saying_of_themselves(
        0.7, {"poor": 0.4}, {"poor": 0.2, "good": 0.05}, {"poor": 0.3}
    ).with_users_saying(1.0)
    homes = homes.with_visits(1).with_visits(1, "themes", kind="themed", satisfied_by=["themed"])
    homes = homes.with_visits(1, "looks", kind="interim", satisfied_by=["interim"])
    homes = homes.with_first_inspections(30, 90).with_self_assessments(cross_check=0.5)
    homes = homes.with_kind("monitoring", sigma=0.4, grades=False, detects=False, counts=False)
    homes = homes.taking_plans(refused={"poor": 0.5, "adequate": 0.1}, improve_multiplier=3, under_notice=2)
    homes = homes.with_improvement_plans(180, after=["poor", "adequate"], days_to_produce=28, monitoring="monitoring")
    homes = homes.with_enforcement("notice", "restriction", "deregistration", days=90, monitoring="monitoring")
    weights = {"record": 1, "self_assessment": 1, "users": 1, "past_year": 2, "concerns": 3, "changes": 1, "rating": 6}
    scored = {"weights": weights, "cut_offs": AS_GRADES, "concerns": NO_CONCERNS | {"serious_concern": 3}}
    ways: dict[str, Any] = {
        "belief": {"belief": {"confidence": 0.5}},
        "points": {"points": scored},
        "last_judgement": {},
    }
    return {by: homes.assessing(by, user_survey=True, **how).run() for by, how in ways.items()}


def test_the_belief_is_the_share_of_the_poor_among_those_believed_so(believed: dict[str, Trace]) -> None:
    """A probability that is exact is kept: of those said to be poor with 30 %, 30 % are."""
    every = observed(believed["belief"]).risks.by_type()[-1]
    risk, poor = np.repeat(every.risk, every.times), np.repeat(every.poor, every.times)
    assert len(risk) > 3000
    order = np.argsort(risk, kind="stable")
    for part in np.array_split(order, 8):
        expected, error = risk[part].mean(), np.sqrt((risk[part] * (1 - risk[part])).sum()) / len(part)
        assert poor[part].mean() == pytest.approx(expected, abs=4 * error)


def test_no_assessment_of_the_same_information_is_better_than_belief(believed: dict[str, Trace]) -> None:
    for other in ("points", "last_judgement"):
        assert np.array_equal(believed["belief"].episodes, believed[other].episodes)
        for column in ("provider", "ended", "judged"):
            assert np.array_equal(believed["belief"].inspections[column], believed[other].inspections[column])
    areas = {by: area_under(observed(trace).risks.by_type()[-1]) for by, trace in believed.items()}
    assert areas["belief"] > areas["points"] > areas["last_judgement"] > 0.55
    assert areas["belief"] == pytest.approx(value(believed["belief"], "assessment_auc"))


def test_belief_rests_on_what_went_before_it_took_over(lively: "World") -> None:
    """A framework that believes knows all that was known under the one before."""
    believing = lively.with_visits(1).assessing("belief", belief={"confidence": 0.5})
    before = replace(believing, assessments={}).framework("before")
    longer = believing.during(3, date(2009, 4, 1), warm_up_years=3)
    knowing = simulate(longer.setting(believing.framework(), before), 0).assessments
    always = simulate(longer.setting(), 0).assessments
    at_takeover = always[always["time"] == knowing["time"][0]]
    assert len(at_takeover) > 50
    assert at_takeover["risk"] == pytest.approx(knowing["risk"][: len(at_takeover)], rel=1e-9)


def test_a_takeover_by_the_same_assessment_changes_nothing(lively: "World") -> None:
    """In the middle of a year a framework of the same rules takes over from itself."""
    homes = lively.with_self_assessments().during(3, date(2008, 9, 14), warm_up_years=2)
    homes = homes.assessing("points", user_survey=True, points=points(rating=2, users=1, self_assessment=1))
    split = homes.setting(later=[(date(2010, 1, 20), homes.framework())])
    for table in ("inspections", "episodes", "assessments"):
        one, other = (getattr(simulate(setting, 0), table) for setting in (homes.setting(), split))
        columns = [name for name in one.dtype.names if name != "regime"]
        assert all(np.array_equal(one[name], other[name]) for name in columns)


def test_where_nobody_assesses_the_last_judgement_is_the_rating_again(lively: "World") -> None:
    """From the day on which a framework takes over that does not assess."""
    assessing = lively.assessing("points", user_survey=True, points=points(users=1))
    plain = replace(lively, assessments={}).framework("plain")
    setting = assessing.setting(later=[(date(2009, 7, 1), plain)])
    trace = simulate(setting, 0)
    after = trace.inspections[trace.inspections["ended"] > setting.takeovers[0]]
    for row in after[after["judged"] > 0][-40:]:
        mine = trace.inspections["provider"] == row["provider"]
        earlier = trace.inspections[mine & (trace.inspections["ended"] < row["ended"])]
        graded = earlier[(earlier["judged"] > 0) & (earlier["generation"] == row["generation"])]
        assert row["rating_before"] == graded["judged"][-1]


# the work of it


def test_assessments_take_inspectors_from_discretionary_visits(world: "World") -> None:
    """200 homes at 11.976 days each take 9.01 to 9.98 of 20 inspectors, by the month: 10 whole ones are left.

    These make half of the visits that fill a year.
    """
    homes = world.of(childrens_home=200).with_inspectors(20).during(8).with_kind(effort=5, priority=5)
    homes = homes.with_visits(12, statutory=False)
    free = homes.assessing("last_judgement", effort_days=0).run()
    half = homes.assessing("last_judgement", effort_days=11.976).run()
    all_of_it = homes.assessing("last_judgement", effort_days=27).run()
    done = [(trace.inspections["status"] == DONE).sum() for trace in (free, half, all_of_it)]
    a_month = 20 * 260 / 5 / 12
    assert done[0] == pytest.approx(96 * a_month, rel=0.01)
    assert done[1] == pytest.approx((1 + 95 / 2) * a_month, rel=0.02)  # in the first month nobody is known yet
    assert done[2] == pytest.approx(a_month, rel=0.1)
    assert value(half, "desk_days_per_year") == pytest.approx(200 * 11.976 * 95 / 96, rel=0.01)
    assert value(all_of_it, "desk_days_per_year") == pytest.approx(20 * 260 * 95 / 96, rel=0.01)
    assert value(free, "desk_days_per_year") == 0
    assert value(half, "utilisation") == pytest.approx((10 * 260 + 200 * 11.976) / (20 * 260), abs=0.01)
    spent = value(half, "inspector_days_per_year") + value(half, "desk_days_per_year")
    assert value(half, "cost_per_year") == pytest.approx(spent)


def test_assessments_wait_for_the_days_that_statutory_visits_leave(world: "World") -> None:
    """Of 20 inspectors statutory visits take all, or as many as 8 visits of 5 days a year at 100 homes come to."""
    homes = world.of(childrens_home=200).with_inspectors(20).during(8).with_kind(effort=5)
    busy = homes.with_visits(12).assessing("last_judgement", effort_days=13).run()
    assert (busy.inspections["status"] == DONE).sum() == pytest.approx(96 * 20 * 260 / 5 / 12, rel=0.01)
    assert value(busy, "desk_days_per_year") < 0.01 * 20 * 260
    assert value(busy, "utilisation") == pytest.approx(1, abs=0.01)
    idle = replace(homes, providers={"childrens_home": 100}).with_visits(8).assessing("last_judgement", effort_days=27)
    trace = idle.run()
    assert value(trace, "inspector_days_per_year") == pytest.approx(100 * 8 * 5, rel=0.03)
    assert value(trace, "desk_days_per_year") == pytest.approx(20 * 260 - 100 * 8 * 5, rel=0.1)


def test_reviews_and_checks_take_their_days(world: "World") -> None:
    homes = world.of(childrens_home=50).with_rates(complaint=2.0).during(10).with_kind().with_visits(1)
    homes = homes.saying_of_themselves().with_self_assessments(check_days=0.5)
    scored = points(rating=1)
    reviewing = homes.assessing("points", points=scored, review_on=["complaint"], review_days=0.25).run()
    silent = homes.assessing("points", points=scored, review_days=0.25).run()
    assert value(silent, "desk_days_per_year") == pytest.approx(50 * 0.5, rel=0.02)
    assert value(reviewing, "desk_days_per_year") == pytest.approx(50 * (0.5 + 2 * 0.25), rel=0.08)


# self-assessments


@pytest.mark.parametrize(
    ("said", "cross_check", "a_year"),
    [
        ({"not_produced": 1}, 0, 1),
        ({"not_produced": 0}, 1, 0),
        ({"misleading": 1}, 1, 1),
        ({"misleading": 1}, 0, 0),
        ({"misleading": 1}, 0.5, 0.5),
    ],
)
def test_a_breach_counts_as_a_concern(world: "World", said: Any, cross_check: float, a_year: float) -> None:
    """One not produced, or found to mislead, adds a visit where the framework answers breaches, and none elsewhere."""
    homes = world.of(childrens_home=100).starting(poor=1).during(10).with_kind().with_kind("responsive", counts=False)
    homes = homes.with_interval(0).saying_of_themselves(**said).with_self_assessments(cross_check)
    answered = homes.responding("breach", "add", "responsive").run().inspections
    assert len(answered) == pytest.approx(1000 * a_year, abs=60 * (a_year == 0.5))
    assert set(answered["reason"]) <= {CONCERN}
    assert len(homes.run().inspections) == 0


def test_every_provider_has_its_own_day_once_a_year(world: "World") -> None:
    homes = world.of(childrens_home=300).starting(poor=1).during(5).with_kind().with_kind("responsive", counts=False)
    homes = homes.with_interval(0).saying_of_themselves(not_produced=1).with_self_assessments()
    table = homes.responding("breach", "add", "responsive").run().inspections
    by_provider = [np.sort(table["raised"][table["provider"] == provider]) for provider in range(300)]
    assert {len(days) for days in by_provider} == {5}
    gaps = np.concatenate([np.diff(days) for days in by_provider]) / TICKS_PER_DAY
    assert gaps.min() >= 364
    assert gaps.max() <= 367
    first = np.array([days[0] for days in by_provider]) / TICKS_PER_YEAR
    assert np.histogram(first, bins=4, range=(0, 1))[0] == pytest.approx(75, abs=25)


def test_a_new_provider_has_its_day_in_the_year_in_which_it_registers(world: "World") -> None:
    homes = world.of(childrens_home=300).starting(poor=1).during(5).with_kind().with_kind("responsive", counts=False)
    homes = homes.with_rates(closure=0.5).saying_of_themselves(not_produced=1).with_self_assessments().with_interval(0)
    table = homes.responding("breach", "add", "responsive").run().inspections
    assert len(table) == pytest.approx(1500, rel=0.05)
    assert table["generation"].max() > 1


# what does not go together


def test_belief_is_not_for_strands(world: "World") -> None:
    homes = world.of(local_authority=3).with_kind().with_visits(1).with_strands(3, 0.5)
    with pytest.raises(InputError, match="several strands; allowed: points or last_judgement"):
        homes.assessing("belief", belief={"confidence": 0.5}).run()


@pytest.mark.parametrize("asked", ["user_survey", "self_assessments"])
def test_what_is_asked_must_be_described(world: "World", asked: str) -> None:
    homes = world.with_kind().with_visits(1)
    asking = {
        "user_survey": homes.assessing("last_judgement", user_survey=True),
        "self_assessments": homes.with_self_assessments(),
    }
    with pytest.raises(InputError, match=rf"needs \[signals\.{asked}\]"):
        asking[asked].run()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"by": "points"}, r'by = "points" needs \[points\]'),
        ({"by": "belief"}, r'by = "belief" needs \[belief\]'),
        ({"by": "last_judgement", "points": points(rating=1)}, r'by = "last_judgement" takes no \[points\]'),
        ({"by": "last_judgement", "review_on": ["judgement"]}, "the last judgement is known at once"),
        ({"by": "points", "points": points()}, "weights: all are 0"),
        ({"by": "points", "points": points(users=1)}, "nobody asks the users"),
        ({"by": "points", "points": points({"poor": 1, "adequate": 2, "good": 0}, rating=1)}, "must fall"),
    ],
)
def test_an_assessment_must_hold_together(world: "World", changes: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        world.with_kind().with_visits(1).assessing(**changes).framework()


def test_an_unknown_pool_is_named(world: "World") -> None:
    with pytest.raises(InputError, match=r'assessments\.annual\.pool is "desk", but the scenario has only these pools'):
        world.with_kind().with_visits(1).assessing("last_judgement", pool="desk").run()
