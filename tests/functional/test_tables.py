"""Tables for people say what the trace says."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulator.engine.recorded import AGAIN_RULE, DONE, DUTY, FIRST_RULE, MET, OUTSTANDING, VOID
from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.table_columns import (
    ASSESSMENT_COLUMNS,
    BACKLOG_COLUMNS,
    DUTY_COLUMNS,
    EPISODE_COLUMNS,
    INSPECTION_COLUMNS,
    LIFE_COLUMNS,
    PROVIDER_YEAR_COLUMNS,
    WHOSE,
)
from simulator.engine.tables import Tables, tables_of
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import load_framework
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import load_scenario
from simulator.ticks import NEVER

SMALL = Path(__file__).parents[1] / "data" / "small.toml"


@pytest.fixture(scope="module")
def setting() -> Setting:
    longer = load_scenario(SMALL).changed({"run": {"years": 8}}, "the test")
    return settings_of(posed(longer, [load_framework("option-a")]))[0]


@pytest.fixture(scope="module")
def trace(setting: Setting) -> Trace:
    return simulate(setting, 1)


@pytest.fixture(scope="module")
def tables(trace: Trace, setting: Setting) -> Tables:
    return tables_of(trace, setting)


def test_columns_are_those_documented(tables: Tables) -> None:
    documented = [INSPECTION_COLUMNS, EPISODE_COLUMNS, BACKLOG_COLUMNS, ASSESSMENT_COLUMNS]
    documented += [DUTY_COLUMNS, LIFE_COLUMNS, PROVIDER_YEAR_COLUMNS]
    for table, columns in zip(tables, documented, strict=True):
        assert list(table) == list(columns)


def test_a_row_for_each_of_the_trace(tables: Tables, trace: Trace) -> None:
    assert len(tables.inspections) == len(trace.inspections)
    assert len(tables.episodes) == len(trace.episodes)
    assert len(tables.backlog) == len(trace.backlog)
    assert tables.provider_years["provider_years"].sum() == pytest.approx(trace.provider_years.sum())


def test_successors_carry_a_number(tables: Tables, trace: Trace, setting: Setting) -> None:
    generation = trace.inspections["generation"]
    assert generation.max() > 0
    for row in (0, int(np.argmax(generation))):
        name, number = setting.register[trace.inspections["provider"][row]], int(generation[row])
        expected = name if number == 0 else f"{name}-{number + 1}"
        assert tables.inspections["provider"].iloc[row] == expected
    assert tables.inspections["provider"].isna().sum() == 0


def test_every_row_says_whom_it_is_of_as_the_register_does(tables: Tables, trace: Trace, setting: Setting) -> None:
    longer = load_scenario(SMALL).changed({"run": {"years": 8}}, "the test")
    register = posed(longer, [load_framework("option-a")]).register.set_index("provider")
    there = list(WHOSE)[2:]
    for name in ("inspections", "episodes", "assessments", "lives"):
        table = getattr(tables, name)
        assert table["place"].tolist() == [setting.register[row] for row in getattr(trace, name)["provider"]]
        assert (table[there].to_numpy() == register.loc[table["place"], there].to_numpy()).all()
    assert (tables.inspections["provider"].astype(str) != tables.inspections["place"].astype(str)).any()


def test_tables_join_by_provider_with_when_it_was_open(tables: Tables) -> None:
    lives = tables.lives.assign(provider=tables.lives["provider"].astype(str)).set_index("provider")
    assert lives.index.is_unique
    for name, moment in (("episodes", "began"), ("assessments", "time"), ("inspections", "raised")):
        rows = getattr(tables, name)
        joined = rows.assign(provider=rows["provider"].astype(str)).join(lives[["opened", "closed"]], on="provider")
        assert joined["opened"].notna().all()
        assert (joined["opened"] <= joined[moment]).all()
        assert not (joined["closed"] < joined[moment]).any()
    generations = lives.groupby("place", observed=True)["generation"]
    assert (generations.max() == generations.count()).all()
    assert generations.max().max() > 1


def test_duties_are_told_in_words(trace: Trace, setting: Setting) -> None:
    duties = np.zeros(3, dtype=DUTY)
    duties["outcome"] = [MET, OUTSTANDING, VOID]
    duties["rule"] = [0, AGAIN_RULE, FIRST_RULE]
    duties["met"] = [2000, NEVER, NEVER]
    duties["ended"] = [2000, NEVER, 500]
    duties["gap"] = [1440, 720, NEVER]
    duties["gap_open"] = [0, 1, 1]
    rows = tables_of(trace._replace(duties=duties), setting).duties
    assert rows["outcome"].tolist() == ["met", "outstanding", "void"]
    assert rows["rule"].tolist() == ["1", "re-inspection", "first inspection"]
    assert rows["met"].isna().tolist() == [False, True, True]
    assert rows["ended"].isna().tolist() == [False, True, False]
    assert rows["gap_days"].tolist()[:2] == [1, 0.5]
    assert rows["gap_days"].isna().tolist() == [False, False, True]
    assert rows["gap_open"].tolist() == [False, True, True]


def test_moments_and_what_never_happened(tables: Tables, trace: Trace) -> None:
    rows = tables.inspections
    assert (rows["deadline"].isna() == (trace.inspections["deadline"] == NEVER)).all()
    first = trace.inspections["raised"][0]
    assert rows["raised"].iloc[0] == pd.Timestamp(trace.epoch) + pd.Timedelta(minutes=int(first))
    done = rows[rows["status"] == "done"]
    assert (done["ended"] > done["started"]).all()
    assert (done["started"] >= done["raised"]).all()
    unfound = tables.episodes["detected"].isna()
    assert (unfound == (trace.episodes["detected"] == NEVER)).all()


def test_names_in_place_of_codes(tables: Tables, trace: Trace) -> None:
    rows = tables.inspections
    assert set(rows["regime"].dropna()) == {"2006-regime", "option-a"}
    assert ((rows["status"] == "done") == (trace.inspections["status"] == DONE)).all()
    assert (rows["judged"].isna() == (trace.inspections["judged"] == 0)).all()
    assert set(rows["judged"].dropna()) <= {"poor", "adequate", "good", "excellent"}
    assert rows["direction"].isna().all()  # under no framework here is there an interim inspection
    assert rows["rating_before"].notna().all()
    assert set(tables.backlog["pool"]) == {"regulatory", "area"}
    assert set(tables.episodes["end"]) <= {"recovered", "closed", "horizon"}


def test_the_direction_of_travel_is_named(trace: Trace, setting: Setting) -> None:
    inspections = trace.inspections[:4].copy()
    inspections["direction"] = [0, 1, 2, 3]
    rows = tables_of(trace._replace(inspections=inspections), setting).inspections
    assert rows["direction"].tolist()[1:] == ["declined", "sustained", "improved"]
    assert rows["direction"].isna().tolist() == [True, False, False, False]
