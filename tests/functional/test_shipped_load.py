"""What the shipped frameworks come to where grades are held and inspectors are never short."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.recorded import DONE
from simulator.engine.run import simulate
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import Framework, load_framework
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.rules import Interval
from simulator.scenario.scenario import load_scenario
from simulator.ticks import day_of, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

POOLS = ("regulatory", "area")
JANUARY_1990 = date(1990, 1, 1)


def calm(framework: Framework) -> Framework:
    """The framework where nothing but the rules brings an inspection; every judgement and effort is as expected."""
    exact = {
        name: kind.model_copy(update={"sigma": 0.0, "effort_spread": 0.0}) for name, kind in framework.kinds.items()
    }
    switched_off = (
        "triggers",
        "reinspections",
        "samples",
        "assessments",
        "self_assessments",
        "alignments",
        "improvement_plans",
        "enforcement",
    )
    nothing: dict[str, dict[str, object]] = {section: {} for section in switched_off}
    return framework.model_copy(update={"kinds": exact, **nothing})


def without_duration(framework: Framework) -> Framework:
    """The framework where an inspection takes no time and takes place when it is due."""
    kinds = {
        name: kind.model_copy(update={"effort_days": dict.fromkeys(kind.effort_days, 0.001)})
        for name, kind in framework.kinds.items()
    }
    to_the_day = {"available_share": 0.0, "last_days_free": 0}
    rules = {
        name: rule.model_copy(update=to_the_day) if isinstance(rule, Interval) else rule
        for name, rule in framework.rules.items()
    }
    return framework.model_copy(update={"kinds": kinds, "rules": rules})


def run(world: "World", framework: Framework) -> Trace:
    for pool in POOLS:
        world = world.with_inspectors(np.inf, pool=pool)
    return simulate(world.setting(framework), 0)


def per_provider_and_year(trace: Trace, providers: int) -> npt.NDArray[np.int64]:
    """Inspections ended by provider and inspection year from 1 April 2006, but for the extra ones of secure homes."""
    years = [tick_of(date(year, 4, 1), trace.epoch) for year in range(2006, 2017)]
    done = trace.inspections[trace.inspections["status"] == DONE]
    done = done[done["kind"] != KINDS.index("secure")]
    counts, _, _ = np.histogram2d(done["provider"], done["ended"], bins=[np.arange(providers + 1), years])
    whole: npt.NDArray[np.int64] = counts.astype(np.int64)
    return whole


@pytest.mark.parametrize(
    ("name", "visits", "average"),
    [
        ("2006-regime", {"poor": 2, "adequate": 2, "good": 2, "excellent": 2}, 2.00),
        ("option-a", {"poor": 3, "adequate": 2, "good": 1, "excellent": 1}, 1.60),
        ("option-b", {"poor": 3, "adequate": 1, "good": 1, "excellent": 1}, 1.30),
    ],
)
@pytest.mark.parametrize("service_type", ["childrens_home", "secure_childrens_home"])
def test_inspections_per_home_and_year_at_15_30_and_55_per_cent(
    world: "World", name: str, visits: dict[str, int], average: float, service_type: str
) -> None:
    framework, homes = calm(load_framework(name)), 40
    for grade, expected in visits.items():
        held = world.of(**{service_type: homes}).starting(**{grade: 1}).during(10, warm_up_years=3)
        counts = per_provider_and_year(run(held, framework), homes)
        assert (counts == expected).all()
    shares = {"poor": 0.15, "adequate": 0.30, "good": 0.40, "excellent": 0.15}
    assert sum(shares[grade] * visits[grade] for grade in shares) == pytest.approx(average)


@pytest.mark.parametrize("name", ["2006-regime", "option-a", "option-b"])
def test_a_mixed_population_is_visited_by_the_grade_of_each_home(world: "World", name: str) -> None:
    framework, homes = calm(load_framework(name)), 300
    mixed = world.of(childrens_home=homes).starting(poor=0.15, adequate=0.3, good=0.4, excellent=0.15)
    trace = run(mixed.during(10), framework)
    counts = per_provider_and_year(trace, homes)
    grade = np.zeros(homes, dtype=int)
    grade[trace.inspections["provider"]] = trace.inspections["true_grade"]
    rule = framework.rules["childrens-homes"]
    per_year = rule.model_dump()["per_year"]
    owed = np.array([0, per_year["poor"], per_year["adequate"], per_year["good"], per_year["excellent"]])
    assert (counts == owed[grade][:, None]).all()
    assert set(grade) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("name", "service_type"),
    [
        ("2006-regime", "residential_special_school"),
        ("2006-regime", "la_fostering"),
        ("2006-regime", "independent_fostering"),
        ("2006-regime", "residential_family_centre"),
        ("option-a", "residential_special_school"),
        ("option-a-as-proposed", "residential_special_school"),
        ("option-b-as-proposed", "residential_special_school"),
    ],
)
def test_once_a_year_is_once_in_every_inspection_year(world: "World", name: str, service_type: str) -> None:
    held = world.of(**{service_type: 30}).starting(poor=0.5, excellent=0.5).during(10, warm_up_years=3)
    trace = run(held, calm(load_framework(name)))
    visits = per_provider_and_year(trace, 30)
    assert (visits >= 1).all()  # a visit at discretion stands for the year's own
    poor = np.bincount(trace.inspections["provider"], trace.inspections["true_grade"] == 1, minlength=30) > 0
    assert (visits[~poor] == 1).all()


@pytest.mark.parametrize(("grade", "in_fifteen_years"), [("poor", 10), ("adequate", 5), ("good", 3), ("excellent", 3)])
@pytest.mark.parametrize(
    ("name", "service_type"),
    [
        ("2012-as-proposed", "local_authority"),
        *(
            ("2012-proportional", service_type)
            for service_type in ("local_authority", "childrens_home", "la_adoption", "fe_college")
        ),
    ],
)
def test_the_proportional_cycle_is_one_and_a_half_three_and_five_years(
    world: "World", grade: str, in_fifteen_years: int, name: str, service_type: str
) -> None:
    framework, providers = without_duration(calm(load_framework(name))), 150
    held = world.of(**{service_type: providers}).starting(**{grade: 1}).during(15)
    trace = run(held, framework)
    # 15 years of the calendar are 5479 days, a quarter of a day more than 15 mean years
    assert len(trace.inspections) / providers == pytest.approx(in_fifteen_years, abs=0.011)
    rate = trace.provider_years.sum(axis=0) / 15 / providers
    cycle = rate[1] / 1.5 + rate[2] / 3 + (rate[3] + rate[4]) / 5
    assert len(trace.inspections) / providers / 15 == pytest.approx(cycle, abs=1e-3)


@pytest.mark.parametrize("name", ["2006-regime", "option-a-as-proposed", "option-b-as-proposed"])
@pytest.mark.parametrize("service_type", ["boarding_school", "la_adoption", "adoption_support_agency"])
def test_every_three_years_is_four_times_in_twelve(world: "World", name: str, service_type: str) -> None:
    held = world.of(**{service_type: 50}).during(12)
    trace = run(held, without_duration(calm(load_framework(name))))
    assert np.bincount(trace.inspections["provider"]).tolist() == [4] * 50


ROUNDS = {
    "local_authority": [(date(2005 + 3 * n, 9, 1), date(2008 + 3 * n, 9, 1)) for n in range(4)],
    "private_fostering": [(date(2006 + 3 * n, 4, 1), date(2009 + 3 * n, 4, 1)) for n in range(3)],
}


def rounds(world: "World", name: str, service_type: str) -> Trace:
    """Twelve years of rounds with a takeover within one of them, and much news that moves inspections."""
    held = world.of(**{service_type: 150}).starting(poor=0.5, good=0.5).during(12, warm_up_years=3)
    held = held.saying_of_themselves().with_users_saying(1)
    return run(held.with_rates(complaint=3.0, serious=1.0), load_framework(name))


def by_the_round(trace: Trace) -> npt.NDArray[np.void]:
    """What law asks for once in a round; an authority's desk assessment is for every year."""
    rows = trace.inspections
    asked_for: npt.NDArray[np.void] = rows[(rows["statutory"] == 1) & (rows["kind"] != KINDS.index("desk"))]
    return asked_for


@pytest.mark.parametrize("name", ["2006-regime", "jar-apa-2005", "option-a-as-proposed", "option-b-as-proposed"])
@pytest.mark.parametrize("service_type", list(ROUNDS))
def test_everyone_is_inspected_exactly_once_in_every_round(world: "World", name: str, service_type: str) -> None:
    trace = rounds(world, name, service_type)
    asked_for = by_the_round(trace)
    assert asked_for["raised"].min() >= tick_of(ROUNDS[service_type][0][0], trace.epoch)
    for first, following in ROUNDS[service_type]:
        begin, end = tick_of(first, trace.epoch), tick_of(following, trace.epoch)
        within = asked_for[(asked_for["raised"] >= begin) & (asked_for["ended"] < end)]
        assert np.bincount(within["provider"], minlength=150).tolist() == [1] * 150
    if name == "2006-regime":
        assert (np.bincount(asked_for["reason"])[[0, 1]] > 20).all()  # planned, and brought forward


@pytest.mark.parametrize("service_type", list(ROUNDS))
def test_later_rounds_end_on_the_same_day_of_the_calendar(world: "World", service_type: str) -> None:
    trace = rounds(world, "2006-regime", service_type)
    deadlines = by_the_round(trace)["deadline"]
    known = deadlines[deadlines <= trace.horizon]
    ends = {day_of(int(tick), trace.epoch) for tick in known}
    assert {following for _, following in ROUNDS[service_type]} <= ends
    assert len({(day.month, day.day) for day in ends}) == 1


@pytest.mark.parametrize("service_type", ["private_fostering", "local_authority"])
@pytest.mark.parametrize("name", ["2012-as-proposed", "2013-single-framework"])
def test_private_fostering_keeps_its_rounds_and_reviews_end_with_the_regime(
    world: "World", name: str, service_type: str
) -> None:
    rounds_kept = service_type == "private_fostering"
    asked_for = by_the_round(rounds(world, name, service_type))
    once = []
    for first, following in ROUNDS[service_type]:
        begin, end = (tick_of(day, date(2003, 4, 1)) for day in (first, following))
        within = asked_for[(asked_for["raised"] >= begin) & (asked_for["ended"] < end)]
        once.append(np.bincount(within["provider"], minlength=150).tolist() == [1] * 150)
    assert all(once) == rounds_kept


def test_every_authority_is_assessed_in_every_year(world: "World") -> None:
    trace = run(world.of(local_authority=40).during(10), load_framework("2006-regime"))
    desk = trace.inspections[trace.inspections["kind"] == KINDS.index("desk")]
    years = [tick_of(date(year, 4, 1), trace.epoch) for year in range(2006, 2017)]
    counts, _, _ = np.histogram2d(desk["provider"], desk["raised"], bins=[np.arange(41), years])
    assert (counts == 1).all()


def test_reviews_and_assessments_take_nearly_all_that_their_inspectors_can_do() -> None:
    england, regime = load_scenario("england-2006"), load_framework("2006-regime")
    review, desk = (regime.kinds[kind].effort_days["local_authority"] for kind in ("area", "desk"))
    authorities = england.population.local_authorities
    load = authorities / 3 * review + authorities * desk
    (step,) = england.capacity.pools["area"].fte
    assert load / (step.fte * england.capacity.deployable_days_per_fte_year) == pytest.approx(0.9, abs=0.02)
