"""Common random numbers: the same world in both engines, under every framework, and whoever else is in it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine.run import ENGINES, simulate
from simulator.engine.setting import Regime, Setting, setting_of
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import Framework, load_framework
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.ticks import NEVER, tick_of
from simulator.world.population import synthetic

if TYPE_CHECKING:
    from tests.functional.any_worlds import Draw, DrawWorld
    from tests.functional.worlds import World

SHIPPED = ("2006-regime", "option-a-as-proposed", "option-b-as-proposed", "2012-proportional")
TABLES = ("inspections", "episodes", "backlog", "assessments", "duties", "lives", "provider_years", "steps_taken")


def same(one: Trace, other: Trace) -> bool:
    """Whether two traces agree to the last bit, the names of the frameworks apart."""
    return all(content(getattr(one, table)) == content(getattr(other, table)) for table in TABLES)


def content(table: npt.NDArray[Any]) -> list[bytes]:
    """The bytes of a table, column by column: those between two columns mean nothing."""
    return [table[name].tobytes() for name in table.dtype.names] if table.dtype.names else [table.tobytes()]


def until(trace: Trace, moment: int) -> list[list[Any]]:
    """What the tables would have said at a moment: later times in them are not known yet."""
    inspections = trace.inspections[trace.inspections["raised"] < moment].copy()
    ended, begun = inspections["ended"] < moment, inspections["started"] < moment
    for learned in (
        "regime",
        "ended",
        "true_grade",
        "judged",
        "direction",
        "rating_before",
        "since_last_visit",
        "lapse",
    ):
        inspections[learned][~ended] = -1
    inspections["status"][~ended] = np.where(begun, 2, 1)[~ended]
    for decided in ("started", "inspector_days", "statutory", "deadline"):  # what waits may become statutory
        inspections[decided][~begun & ~ended] = -1
    episodes = trace.episodes[trace.episodes["began"] < moment]
    episodes = episodes[np.lexsort([episodes["provider"], episodes["began"]])].copy()
    episodes["end"][episodes["ended"] >= moment] = 0
    for when in ("detected", "ended"):
        episodes[when][episodes[when] >= moment] = NEVER
    backlog = trace.backlog[trace.backlog["month"] <= moment]
    duties = trace.duties[trace.duties["ended"] < moment]
    return [sorted(inspections.tolist()), episodes.tolist(), backlog.tolist(), sorted(duties.tolist())]


@settings(max_examples=40)
@given(data=st.data())
def test_both_engines_give_the_same_trace(
    world: "World", any_world: "DrawWorld", with_any_rules: "DrawWorld", data: st.DataObject
) -> None:
    drawn = any_world(data.draw, world)
    if data.draw(st.booleans()):
        drawn = drawn.with_kind("responsive", 2.0, sigma=0.4, grades=False, direction=True, counts=False)
    setting = drawn.setting(warm_up=with_any_rules(data.draw, drawn).framework("before"))
    assert same(simulate(setting, 3, "compiled"), simulate(setting, 3, "simpy"))


@settings(max_examples=20)
@given(data=st.data())
def test_two_frameworks_with_the_same_rules_give_the_same_trace(
    world: "World", any_world: "DrawWorld", data: st.DataObject
) -> None:
    drawn = any_world(data.draw, world)
    one = simulate(drawn.setting(drawn.framework("one")), 0)
    other = simulate(drawn.setting(drawn.framework("other")), 0)
    assert same(one, other)
    assert same(one, simulate(drawn.setting(drawn.framework("one")), 0))
    assert one.timeline != other.timeline


@settings(max_examples=40)
@given(data=st.data())
def test_frameworks_that_differ_after_a_date_agree_before_it(
    world: "World", any_world: "DrawWorld", with_any_rules: "DrawWorld", data: st.DataObject
) -> None:
    drawn = any_world(data.draw, world).warming_up(2)
    common = drawn.framework("common")
    traces = [
        simulate(drawn.setting(with_any_rules(data.draw, drawn).framework(name), common), 1)
        for name in ("one", "other")
    ]
    moment = traces[0].measured_from
    assert until(traces[0], moment) == until(traces[1], moment)


def but_regime(trace: Trace) -> Trace:
    """A trace in which one framework has been in force from beginning to end."""
    tables = {name: getattr(trace, name).copy() for name in ("inspections", "assessments", "duties")}
    for rows in tables.values():
        rows["regime"] = 0
    return trace._replace(**tables)


def some_days(draw: "Draw", drawn: "World", count: int) -> list[date]:
    """Days within the years measured, in order."""
    last = drawn.years * 365 - 1
    days = draw(st.lists(st.integers(1, last), min_size=count, max_size=count, unique=True))
    return [drawn.start + timedelta(days=number) for number in sorted(days)]


@settings(max_examples=40)
@given(data=st.data())
def test_a_framework_that_takes_over_from_itself_changes_nothing(
    world: "World", any_world: "DrawWorld", data: st.DataObject
) -> None:
    drawn = any_world(data.draw, world)
    drawn = with_any_samples(data.draw, drawn)
    engine = data.draw(st.sampled_from(ENGINES))
    framework = drawn.framework()
    later = [(day, framework) for day in some_days(data.draw, drawn, 3)]
    whole, split = drawn.setting(framework), drawn.setting(framework, later=later)
    assert len(split.takeovers) == len(whole.takeovers) + 3
    assert same(but_regime(simulate(whole, 2)), but_regime(simulate(split, 2, engine)))


def with_any_samples(draw: "Draw", world: "World") -> "World":
    """Draw samples of a yearly share and of a number, too."""
    shares = {rating: draw(st.sampled_from([0.0, 0.3, 0.9])) for rating in ("poor", "good", "excellent")}
    world = replace(world, samples={name: clause for name, clause in world.samples.items() if name == "random"})
    world = world.with_kind("random", 1, counts=False).with_kind("themed", 1, counts=False)
    world = world.with_sample(shares, name="share", types=["childrens_home"])
    return world.with_sample(number=(2, 4), name="number", kind="themed", types=["childrens_home"])


@settings(max_examples=40)
@given(data=st.data())
def test_equal_timelines_agree_until_the_day_on_which_they_part(
    world: "World", any_world: "DrawWorld", with_any_rules: "DrawWorld", data: st.DataObject
) -> None:
    drawn = any_world(data.draw, world)
    first, second, one, other = (with_any_rules(data.draw, drawn).framework(name) for name in "abcd")
    takes_over, parts = some_days(data.draw, drawn, 2)
    settings_ = [drawn.setting(first, later=[(takes_over, second), (parts, last)]) for last in (one, other)]
    traces = [simulate(each, 1, engine) for each, engine in zip(settings_, ENGINES, strict=True)]
    moment = tick_of(parts, settings_[0].epoch)
    assert until(traces[0], moment) == until(traces[1], moment)


def england(**counts: int) -> Scenario:
    """England with fewer providers, and inspectors to match."""
    types = {name: {"count": counts.get(name, 0)} for name in load_scenario("england-2006").population.types}
    changes = {
        "run": {"years": 3, "warm_up_years": 3},
        "population": {"local_authorities": 12, "types": types},
        "capacity": {"pools": {"regulatory": {"fte": [{"from": "2003-04-01", "fte": 14}]}}},
    }
    return load_scenario("england-2006").changed(changes, "a test")


def setting_under(scenario: Scenario, framework: Framework, register: pd.DataFrame | None = None) -> Setting:
    providers = synthetic(scenario.population, scenario.run.seed) if register is None else register
    warm_up = Regime(scenario.run.begins, load_framework("2006-regime"))
    return setting_of(scenario, [warm_up, Regime(scenario.run.start, framework)], providers)


COUNTS = {"childrens_home": 150, "independent_fostering": 20, "local_authority": 12, "la_fostering": 12}


def test_the_shipped_frameworks_agree_until_they_take_over_and_no_longer() -> None:
    scenario = england(**COUNTS)
    traces = [simulate(setting_under(scenario, load_framework(name)), 5) for name in SHIPPED]
    moment = traces[0].measured_from
    for trace in traces[1:]:
        assert until(trace, moment) == until(traces[0], moment)
        assert until(trace, trace.horizon) != until(traces[0], moment)
        assert trace.inspections.tobytes() != traces[0].inspections.tobytes()
    assert len(until(traces[0], moment)[0]) > 900


@pytest.mark.parametrize("name", SHIPPED)
def test_both_engines_agree_on_every_shipped_framework(name: str) -> None:
    setting = setting_under(england(**COUNTS), load_framework(name))
    assert same(simulate(setting, 0), simulate(setting, 0, "simpy"))


def test_replications_and_seeds_differ(world: "World") -> None:
    homes = world.of(childrens_home=50).with_kind().with_visits(2)
    first = homes.run()
    assert same(first, homes.run())
    assert not same(first, homes.run(1))
    assert not same(first, homes.seeded(2).run())


def histories(trace: Trace, setting: Setting, fields: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    """What happened to each provider, by its name."""
    table: npt.NDArray[np.void] = trace.inspections if "raised" in fields else trace.episodes
    life: dict[str, list[tuple[Any, ...]]] = {name: [] for name in setting.register}
    for row in table:
        life[setting.register[row["provider"]]].append(tuple(row[field].item() for field in fields))
    return {name: sorted(rows) for name, rows in life.items()}


TRUTH = ("generation", "began", "ended", "end")
SEEN = ("generation", "began", "detected", "ended", "end", "places")
INSPECTED = ("generation", "kind", "reason", "raised", "started", "ended", "inspector_days", "true_grade", "judged")


def agree(few: tuple[Trace, Setting], many: tuple[Trace, Setting], *fields: tuple[str, ...]) -> bool:
    """Whether everyone who is in both worlds lives the same life in both."""
    for wanted in fields:
        here, there = histories(*few, wanted), histories(*many, wanted)
        assert sum(map(len, here.values())) > 100, "too little happens to tell"
        if any(here[name] != there[name] for name in set(here) & set(there)):
            return False
    return True


def of_england(inspectors: float = np.inf, found_out: float | None = None, **counts: int) -> tuple[Trace, Setting]:
    scenario = england(**counts)
    framework = load_framework("option-a-as-proposed")
    changes: dict[str, Any] = {"capacity": {"pools": {}}}
    for pool, fte in (("regulatory", inspectors), ("area", max(inspectors, 20))):  # its teams are of eight
        changes["capacity"]["pools"][pool] = {"fte": [{"from": "2003-04-01", "fte": fte}]}
    if found_out is not None:
        same_hazard = {"after_poor": found_out, "after_adequate": found_out, "damping_to_excellent": found_out}
        changes["quality"] = {"found_out": same_hazard, "improvement_plan": {"improve_multiplier": 1}}
        framework = framework.model_copy(update={"enforcement": {}})
    setting = setting_under(scenario.changed(changes, "a test"), framework)
    return simulate(setting, 0), setting


@pytest.mark.parametrize(
    "more",
    [
        {"childrens_home": 160},
        {"secure_childrens_home": 20},
        {"secure_childrens_home": 20, "boarding_school": 30, "private_fostering": 12},
    ],
)
def test_a_provider_or_a_service_type_more_changes_no_life_but_its_own(more: dict[str, int]) -> None:
    few = of_england(**COUNTS)
    assert agree(few, of_england(**COUNTS | more), SEEN, INSPECTED)
    assert agree(of_england(**COUNTS | more), few, SEEN, INSPECTED)


def test_where_inspectors_are_short_others_still_leave_the_truth_alone() -> None:
    """If only nothing that inspectors find feeds back on it."""
    few, many = of_england(8, 1, **COUNTS), of_england(8, 1, **COUNTS | {"secure_childrens_home": 40})
    assert agree(few, many, TRUTH)
    assert not agree(few, many, INSPECTED)


def test_the_order_of_the_register_does_not_matter_where_inspectors_are_not_short(world: "World") -> None:
    homes = world.of(childrens_home=60, local_authority=12).with_kind(effort=5, sigma=0.5).with_visits(2)
    homes = homes.drifting({"poor": 0.3, "adequate": 0.3, "good": 0.3, "excellent": 0.1}, 1.5)
    homes = homes.with_rates(closure=0.1)
    register = homes.register()
    shuffled = register.sample(frac=1, random_state=1)
    traces = [
        (simulate(setting, 0), setting) for setting in (homes.setting(register=rows) for rows in (register, shuffled))
    ]
    assert agree(traces[0], traces[1], SEEN, INSPECTED)
    assert traces[0][1].register != traces[1][1].register


def test_without_feedback_the_truth_is_the_same_under_every_framework(world: "World") -> None:
    homes = world.of(childrens_home=80).drifting({"poor": 0.3, "adequate": 0.3, "good": 0.3, "excellent": 0.1}, 1.5)
    homes = homes.with_rates(closure=0.1, complaint=1).with_kind("key", 5, sigma=0.5)
    often = homes.with_visits(4).responding("complaint", "move").with_inspectors(2).setting()
    never = homes.with_interval(0).setting()
    assert agree((simulate(often, 0), often), (simulate(never, 0), never), TRUTH)


def test_a_framework_bends_a_history_and_does_not_redraw_it(world: "World") -> None:
    """A home that nobody has found out yet lives the same life, whoever else has been found out, and when."""
    homes = world.of(childrens_home=400).drifting({"poor": 0.3, "adequate": 0.3, "good": 0.3, "excellent": 0.1}, 1.5)
    homes = homes.with_effects(found_out=(9, 3, 0.2)).starting(good=1).with_kind()
    once, twice = homes.with_visits(1).run(), homes.with_visits(2).run()
    for home in range(400):
        judged_low = [
            min(rows["ended"][(rows["provider"] == home) & (rows["judged"] <= 2)], default=NEVER)
            for rows in (once.inspections, twice.inspections)
        ]
        first = [
            [
                (row["began"], min(row["ended"], *judged_low))
                for row in trace.episodes[trace.episodes["provider"] == home]
                if row["began"] < min(judged_low)
            ]
            for trace in (once, twice)
        ]
        assert first[0] == first[1]
