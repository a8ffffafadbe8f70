"""The C loop, the engines and the plain model run the same trial; the loop leaves the engines' trace, row for row."""

from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.recorded import LAPSED
from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.simpy_engine import simulate_simpy
from simulator.engine.trace import Trace
from simulator.ticks import NEVER

from ..functional import plain_measures, plain_model
from . import c_loop
from .settings import Posed, posed, trial

ORDERS = {
    "inspections": ("ended", "raised", "provider", "kind"),
    "episodes": ("ended", "provider"),
    "backlog": ("month",),
}


@pytest.fixture(scope="module")
def little() -> Posed:
    return trial(0.1)


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> c_loop.Loop:
    if c_loop.compiler() is None:
        pytest.skip("there is no C compiler here: nothing to compare the engines with")
    return c_loop.Loop(tmp_path_factory.mktemp("loop"))


def in_columns_of_the_loop(trace: Trace, setting: Setting) -> dict[str, npt.NDArray[np.void]]:
    """Give the engine's tables with the columns, the kinds and the one service type that the loop has."""
    service_type = setting.providers["service_type"][0]
    key = setting.policies[0]["kind"][service_type, 0]
    rows = {
        "inspections": (trace.inspections, c_loop.INSPECTION),
        "episodes": (trace.episodes, c_loop.EPISODE),
        "backlog": (trace.backlog[trace.backlog["service_type"] == service_type], c_loop.BACKLOG),
    }
    tables = {}
    for name, (table, columns) in rows.items():
        tables[name] = np.empty(len(table), dtype=columns)
        for column in columns.names or ():
            tables[name][column] = table[column]
    tables["inspections"]["kind"] = trace.inspections["kind"] != key
    return tables


@pytest.mark.parametrize("replication", range(3))
def test_the_loop_leaves_the_same_trace(little: Posed, loop: c_loop.Loop, replication: int) -> None:
    trace = simulate(little.setting, replication)
    left = loop.run(little.setting, replication)
    for name, ours in in_columns_of_the_loop(trace, little.setting).items():
        theirs = getattr(left, name)
        assert len(ours) > 100
        assert np.array_equal(np.sort(ours, order=ORDERS[name]), np.sort(theirs, order=ORDERS[name])), name


def test_the_loop_leaves_the_same_trace_where_concerns_yield(loop: c_loop.Loop) -> None:
    """Inspections for concerns go last: some lapse, others become statutory when the date of the provider is near."""
    posed_as_given = trial(0.1)
    kinds = posed_as_given.after.kinds
    yielding = kinds["responsive"].model_copy(update={"priority": 5, "lapse_days": 120})
    framework = posed_as_given.after.model_copy(update={"kinds": {**kinds, "responsive": yielding}})
    setting = posed(posed_as_given.scenario, framework, framework).setting
    trace, left = simulate(setting, 0), loop.run(setting, 0)
    ours = in_columns_of_the_loop(trace, setting)["inspections"]
    assert (ours["status"] == LAPSED).sum() > 10
    assert ((ours["kind"] == 1) & (ours["deadline"] < NEVER)).sum() > 10
    assert np.array_equal(
        np.sort(ours, order=ORDERS["inspections"]), np.sort(left.inspections, order=ORDERS["inspections"])
    )


def test_the_loop_has_the_same_events_where_it_looks_as_often(little: Posed, loop: c_loop.Loop) -> None:
    happened: Counter[int] = Counter()
    simulate_simpy(little.setting, 0, lambda _state, _time, kind, _subject: happened.update([kind]))
    left = loop.run(little.setting, 0, looks=c_loop.yearly_looks(little.setting))
    assert left.events == {kind: happened[kind] for kind in c_loop.EVENTS}
    assert sum(left.events.values()) > 5000


def test_looks_that_the_rules_do_not_ask_for_change_nothing(little: Posed, loop: c_loop.Loop) -> None:
    once, yearly = (loop.run(little.setting, 0, looks=n) for n in (1, c_loop.yearly_looks(little.setting)))
    assert np.array_equal(once.inspections, yearly.inspections)
    assert sum(once.events.values()) < sum(yearly.events.values())


def test_faster_code_says_the_same(little: Posed, loop: c_loop.Loop, tmp_path: Path) -> None:
    tuned = c_loop.Loop(tmp_path, c_loop.TUNED).run(little.setting, 0)
    assert np.array_equal(tuned.inspections, loop.run(little.setting, 0).inspections)


def test_the_plain_model_can_run_the_trial(little: Posed) -> None:
    """It draws otherwise, so that numbers agree on the whole only."""
    world = plain_model.run(little.scenario, little.after, little.before, little.register, 1)
    theirs = plain_measures.of_plain(world)
    ours = plain_measures.of_simulator(simulate(little.setting, 0), little.scenario.costs)
    for name in ("inspections_per_provider_year", "inspector_days_per_year"):
        assert ours[name] == pytest.approx(theirs[name], rel=0.1), name
