"""The tool that names the event at which the engines part finds it, wherever one is made to."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.engine.run import simulate
from simulator.engine.setting import Regime, Setting, setting_of
from simulator.inspectorate.framework import load_framework
from simulator.scenario.scenario import load_scenario
from simulator.world.population import synthetic

from .first_difference import first_difference, rows_that_differ

FOLDER = Path(__file__).with_name("plain")

ANOTHER_ORDER = """
from simulator.engine import compiled_engine
from simulator.engine.agenda import EVENT_NAMES

entry_of, happen, last = compiled_engine.entry_of, compiled_engine.happen, len(EVENT_NAMES) - 1
compiled_engine.entry_of = lambda time, kind, subject: entry_of(time, last - kind, subject)
compiled_engine.happen = lambda state, time, kind, subject: happen(state, time, last - kind, subject)
"""

ANOTHER_RULE = """
from simulator.engine import compiled_engine
from simulator.engine.agenda import MONTH

happen = compiled_engine.happen

def happen_otherwise(state, time, kind, subject):
    happen(state, time, kind, subject)
    if kind == MONTH and subject == 17:
        state.providers[3].places += 1

compiled_engine.happen = happen_otherwise
"""


@pytest.fixture(scope="module")
def tight() -> Setting:
    scenario = load_scenario(FOLDER / "tight.toml").changed({"run": {"years": 1, "warm_up_years": 1}}, "a test")
    before, after = (load_framework(FOLDER / f"{name}.toml") for name in ("cycles", "no-rounds"))
    regimes = [Regime(scenario.run.begins, before), Regime(scenario.run.start, after)]
    return setting_of(scenario, regimes, synthetic(scenario.population, 4))


def test_there_is_none_between_the_engines_as_they_are(tight: Setting) -> None:
    said = first_difference(tight, 0)
    assert said.startswith("All ")
    assert "events are the same" in said
    assert "\n" not in said


def test_events_in_another_order_are_named(tight: Setting) -> None:
    """At the first tick plans of the year come before withdrawals, in one engine; in the other after them."""
    said = first_difference(tight, 0, before=ANOTHER_ORDER)
    assert said.startswith("Event 1 is another, though the state before it is the same: the compiled engine has ")
    assert "the SimPy engine has plan of childrens_home-0001 (0) at 2005-08-01 00:00" in said


def test_an_event_that_goes_another_way_is_named_with_what_it_leaves(tight: Setting) -> None:
    said = first_difference(tight, 0, before=ANOTHER_RULE).splitlines()
    places = int(tight.providers["places"][3])
    assert said[0].startswith("Event ")
    assert ", month of number 17 at 2006-09-01 00:00 " in said[0]
    assert said[1:] == [f"providers[3] places: the compiled engine has {places + 1}, the SimPy engine {places}"]


def test_another_number_is_found_where_it_first_tells(tight: Setting) -> None:
    policies = tight.policies.copy()
    policies["sigma"] *= 2
    other = replace(tight, policies=policies)
    said = first_difference(tight, 0, simpy=other).splitlines()
    assert said[0].startswith("Event ")
    assert any(line.startswith("inspections[") for line in said)
    assert said[-len(rows_that_differ(simulate(tight, 0), simulate(other, 0))) :] == rows_that_differ(
        simulate(tight, 0), simulate(other, 0)
    )
