"""The comparison: the same whatever the workers and the engine, in one order, and ended early without loss."""

import io
import signal
import threading
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulator.engine.setting import Regime, setting_of
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import load_framework
from simulator.measures import MEASURES
from simulator.questions.compare.comparison import Comparison, compare
from simulator.running.crews import Crewing
from simulator.running.event_tables import EVENTS, Events
from simulator.running.question import posed
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.world.population import synthetic

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
SOURCE = "the test"


@pytest.fixture(scope="module")
def small() -> Scenario:
    return load_scenario(SMALL)


@pytest.fixture(scope="module")
def comparison(small: Scenario) -> Comparison:
    return compare(small, crewing=Crewing(workers=1))


def same(one: Comparison, other: Comparison) -> None:
    for name in ("summary", "differences", "replications"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    for framework in one.titles:
        for mine, its in zip(one.series[framework], other.series[framework], strict=True):
            for values, others in zip(mine, its, strict=True):
                np.testing.assert_array_equal(values, others)


def test_every_measure_of_every_service_under_every_framework(small: Scenario, comparison: Comparison) -> None:
    summary = comparison.summary
    assert list(dict.fromkeys(summary["framework"])) == small.run.frameworks
    assert list(dict.fromkeys(summary["measure"])) == [each.name for each in MEASURES]
    assert summary["service_type"].nunique() == 14
    assert len(comparison.replications) == len(summary) * small.run.replications
    assert list(dict.fromkeys(comparison.replications["replication"])) == [1, 2, 3, 4]
    assert not comparison.interrupted


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_change_nothing(small: Scenario, comparison: Comparison, workers: int) -> None:
    same(compare(small, crewing=Crewing(workers=workers)), comparison)


@pytest.mark.slow
def test_engines_and_processes_change_nothing(small: Scenario, comparison: Comparison) -> None:
    same(compare(small, crewing=Crewing("simpy", 2)), comparison)


def test_order_of_frameworks_changes_no_value(small: Scenario, comparison: Comparison) -> None:
    turned = compare(
        small, [load_framework(name) for name in reversed(small.run.frameworks)], crewing=Crewing(workers=2)
    )
    keys = ["framework", "replication", "service_type", "measure"]
    one, other = (each.replications.set_index(keys).sort_index() for each in (turned, comparison))
    pd.testing.assert_frame_equal(one, other, check_exact=True)
    assert turned.baseline == comparison.baseline == "2006-regime"


def test_first_replications_are_those_of_a_shorter_run(small: Scenario, comparison: Comparison) -> None:
    shorter = compare(small.changed({"run": {"replications": 2}}, SOURCE), crewing=Crewing(workers=2)).replications
    longer = comparison.replications
    pd.testing.assert_frame_equal(shorter, longer[longer["replication"] <= 2].reset_index(drop=True), check_exact=True)


def test_ctrl_c_keeps_what_is_finished(small: Scenario, comparison: Comparison) -> None:
    asked = small.changed({"run": {"replications": 50}}, SOURCE)
    told: list[tuple[int, int]] = []

    def interrupt_after_the_second(done: int, of: int) -> None:
        told.append((done, of))
        if len(told) == 3:
            signal.raise_signal(signal.SIGINT)

    ended = compare(asked, crewing=Crewing(workers=2), progress=interrupt_after_the_second)
    assert ended.interrupted
    assert 2 <= ended.finished < 50
    one = len(asked.run.frameworks)  # the first batches are of one replication
    assert told[:3] == [(0, 50 * one), (one, 50 * one), (2 * one, 50 * one)]
    counts = ended.replications.groupby("framework")["replication"].nunique()
    assert set(counts) == {ended.finished}
    mine, its = (each.replications[each.replications["replication"] <= 2] for each in (ended, comparison))
    pd.testing.assert_frame_equal(mine.reset_index(drop=True), its[its["replication"] <= 2].pipe(reordered, mine))
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def reordered(frame: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    keys = ["framework", "replication", "service_type", "measure"]
    return like[keys].merge(frame, on=keys, how="left")


def test_ctrl_c_before_anything_is_finished_ends_at_once(small: Scenario) -> None:
    def at_once(done: int, of: int) -> None:
        assert done == 0
        signal.raise_signal(signal.SIGINT)
        raise AssertionError

    with pytest.raises(KeyboardInterrupt):
        compare(small, crewing=Crewing(workers=2), progress=at_once)


def test_other_threads_can_compare(small: Scenario, comparison: Comparison) -> None:
    found: list[Comparison] = []
    thread = threading.Thread(target=lambda: found.append(compare(small, crewing=Crewing(workers=2))))
    thread.start()
    thread.join()
    same(found[0], comparison)


def test_events_come_in_order_and_once(small: Scenario) -> None:
    def kept(events: Events) -> list[tuple[str, int]]:
        ended = compare(small, crewing=Crewing(workers=2, batch=3), events=events)
        frames = [pd.read_parquet(io.BytesIO(table)) for table in ended.tables("backlog")]
        assert [len(list(ended.tables(name))) for name in EVENTS] == [len(frames)] * len(EVENTS)
        return [(each["framework"][0], each["replication"][0]) for each in frames]

    names = small.run.frameworks
    assert kept("none") == []
    assert kept("first") == [(name, 1) for name in names]
    assert kept("all") == [(name, number) for number in range(1, 5) for name in names]


def test_long_run_warms_up_under_itself(small: Scenario, comparison: Comparison) -> None:
    itself = compare(small.changed({"run": {"warm_up_framework": "itself"}}, SOURCE), crewing=Crewing(workers=2))
    assert itself.question.warm_up is None
    keys = ["framework", "replication"]
    for one, other in zip(itself.replications.groupby(keys), comparison.replications.groupby(keys), strict=True):
        alike = one[1]["value"].equals(other[1]["value"])
        assert alike == (one[0][0] == "2006-regime")


def test_register_in_place_of_the_synthetic_population(small: Scenario, comparison: Comparison) -> None:
    drawn = synthetic(small.population, small.run.seed)
    given = compare(small, register=drawn, crewing=Crewing(workers=2))
    assert given.own_register
    same(given, comparison)
    homes = compare(small, register=drawn[drawn["service_type"] == "childrens_home"], crewing=Crewing(workers=2))
    assert set(homes.summary["service_type"]) == {"childrens_home", "all"}


def test_two_frameworks_of_one_name_are_refused(small: Scenario, tmp_path: Path) -> None:
    own = tmp_path / "2006-regime.toml"
    own.write_text('extends = "2006-regime"\ntitle = "Mine"\n')
    mine, shipped = load_framework(own), load_framework("2006-regime")
    with pytest.raises(InputError, match='two frameworks are called "2006-regime"'):
        posed(small, [mine, shipped])
    with pytest.raises(InputError, match="the warm-up"):
        posed(small, [mine, load_framework("option-a")])


def test_frameworks_that_share_a_title_are_told_apart(small: Scenario, tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('extends = "option-a"\n')
    titles = posed(small, [load_framework("option-a"), load_framework(own)]).titles
    assert titles == {"option-a": "Option A (option-a)", "mine": "Option A (mine)"}


def test_nobody_to_inspect_is_refused(small: Scenario) -> None:
    nobody = synthetic(small.population, 1).iloc[:0]
    with pytest.raises(InputError, match="no provider"):
        posed(small, register=nobody)


def test_providers_of_a_type_that_the_scenario_does_not_describe_are_refused(small: Scenario) -> None:
    providers = synthetic(small.population, 1)
    types = {name: settings for name, settings in small.population.types.items() if name != "fe_college"}
    fewer = small.model_copy(update={"population": small.population.model_copy(update={"types": types})})
    with pytest.raises(InputError, match=r'\[population\.types\]: there is no type "fe_college"'):
        setting_of(fewer, [Regime(fewer.run.start, load_framework("option-a"))], providers)
