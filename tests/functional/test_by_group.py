"""Measures of groups are those of a run of nobody else, and the groups of a division are everybody."""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import load_framework
from simulator.inspectorate.kinds import DESK
from simulator.measures import MEASURES, measure
from simulator.measures.by_group import GROUP_MEASURES, by_group
from simulator.measures.by_rating import HELD_RATINGS
from simulator.measures.grouping import Grouping, group_names, groupings, providers_in
from simulator.measures.observed import Observed, observe, observed
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import load_scenario
from simulator.ticks import TICKS_PER_YEAR
from tests.prices import paid, prices

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
COSTS = prices()
ROWS = {each.name: row for row, each in enumerate(MEASURES)}
OF_TABLES = [name for name in GROUP_MEASURES if "visits" not in name and "burden" not in name]
"""Measures that are read off episodes and duties."""

Floats = npt.NDArray[np.float64]


@cache
def setting() -> Setting:
    """So few inspectors that some dates are missed."""
    changes = {
        "run": {"years": 3},
        "population": {"local_authorities": 6},
        "capacity": {"pools": {"regulatory": {"fte": [{"from": "2003-04-01", "fte": 3}]}}},
    }
    scenario = load_scenario(SMALL).changed(changes, "a test")
    return settings_of(posed(scenario, [load_framework("option-a")]))[0]


@cache
def trace() -> Trace:
    return simulate(setting(), 1)


@cache
def groups() -> Floats:
    return by_group(observed(trace()), divisions(), COSTS)


def divisions() -> tuple[Grouping, ...]:
    return groupings(setting(), authorities=True)


def rows_of(kind: str) -> list[int]:
    return [row for row, (its, _) in enumerate(group_names(setting(), authorities=True)) if its == kind]


def measured(run: Observed) -> Floats:
    return measure(run, COSTS, paid(run.trace))


def value(name: str, rows: list[int]) -> Floats:
    return groups()[rows, GROUP_MEASURES.index(name)]


def only(division: Grouping, code: int) -> Trace:
    """Leave of the trace what happened at the providers of one group."""
    within = division.of_provider == code
    tables = {name: getattr(trace(), name) for name in ("inspections", "episodes", "duties", "lives")}
    return trace()._replace(**{name: table[within[table["provider"]]] for name, table in tables.items()})


def test_observed_while_it_runs_and_read_off_its_tables_groups_are_the_same() -> None:
    assert np.array_equal(by_group(observe(setting(), 1), divisions(), COSTS), groups(), equal_nan=True)


@pytest.mark.parametrize("kind", ["sector", "region", "size", "authority"])
def test_episodes_and_duties_of_a_group_are_measured_as_those_of_a_run_of_nobody_else(kind: str) -> None:
    division = next(each for each in divisions() if each.kind == kind)
    assert len(division.names) == len(rows_of(kind)) > 1
    for code, row in enumerate(rows_of(kind)):
        expected = measured(observed(only(division, code)))
        for name in OF_TABLES:
            found = groups()[row, GROUP_MEASURES.index(name)]
            assert found == pytest.approx(expected[ROWS[name]], nan_ok=True), (kind, division.names[code], name)


@pytest.mark.parametrize("kind", ["sector", "region", "size", "authority"])
def test_visits_of_a_group_are_those_begun_at_its_providers(kind: str) -> None:
    division = next(each for each in divisions() if each.kind == kind)
    for code, row in enumerate(rows_of(kind)):
        own = only(division, code)
        started = own.inspections["started"]
        begun = (started >= own.measured_from) & (started < own.horizon) & (own.inspections["kind"] != DESK)
        opened = np.maximum(own.lives["opened"], own.measured_from)
        years = np.maximum(np.minimum(own.lives["closed"], own.horizon) - opened, 0).sum() / TICKS_PER_YEAR
        assert value("visits_per_provider_year", [row])[0, -1] == pytest.approx(begun.sum() / years)


@pytest.mark.parametrize("kind", ["sector", "region", "size", "authority", "year"])
@pytest.mark.parametrize("name", ["undetected_poor_provider_years", "providers_past_duty"])
def test_numbers_of_providers_add_up_to_those_of_everybody(kind: str, name: str) -> None:
    rows = rows_of(kind)
    whole = measured(observed(trace()))[ROWS[name]]
    weights = np.ones(len(rows)) if kind != "year" else np.full(len(rows), 1 / len(rows))
    assert weights @ value(name, rows) == pytest.approx(whole, rel=0.002)
    assert whole[-1] > 0


def test_years_of_the_window_are_measured_one_by_one() -> None:
    rows = rows_of("year")
    assert [group_names(setting(), authorities=True)[row][1] for row in rows] == ["2006-07", "2007-08", "2008-09"]
    duties = observed(trace()).duties
    assert value("on_time_share", rows)[:, -1] == pytest.approx(
        duties.on_time_by_year.sum(axis=1) / duties.due_by_year.sum(axis=1)
    )
    visits = trace().held_by_year["visits"].sum(axis=(1, 2))
    years = trace().held_by_year["ticks"].sum(axis=(1, 2)) / TICKS_PER_YEAR
    assert value("visits_per_provider_year", rows)[:, -1] == pytest.approx(visits / years)


def test_ratings_held_have_the_visits_of_the_measures_and_nothing_that_is_not_known_of_them() -> None:
    rows = rows_of("rating")
    whole = measured(observed(trace()))
    names = ("visits_rated_good", "visits_rated_adequate", "visits_rated_poor", "visits_not_graded")
    assert len(rows) == len(HELD_RATINGS)
    found = value("visits_per_provider_year", rows)
    assert found == pytest.approx(whole[[ROWS[name] for name in names]], nan_ok=True)
    days = value("burden_days_per_provider_year", rows)
    assert days[0] == pytest.approx(whole[ROWS["burden_days_rated_good"]], nan_ok=True)
    assert np.isnan(value("days_unfound_mean", rows)).all()


def test_everybody_is_in_one_group_of_each_division() -> None:
    counts = providers_in(setting(), authorities=True)
    everybody = np.bincount(setting().providers["service_type"], minlength=13)
    for kind in ("sector", "region", "size", "authority"):
        assert np.array_equal(counts[rows_of(kind)].sum(axis=0), np.append(everybody, everybody.sum()))
    assert (counts[rows_of("year")] == np.append(everybody, everybody.sum())).all()
