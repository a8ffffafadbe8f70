"""Options of the command line, laid over a scenario."""

import math

import pytest

from simulator.inputs.evidence import covering
from simulator.inputs.messages import InputError
from simulator.running.options import SOURCE, pools_without_inspectors, read_inspectors, with_options
from simulator.scenario.scenario import Scenario
from simulator.scenario.timeline import ITSELF


def test_no_option_changes_nothing(england: Scenario) -> None:
    assert with_options(england) is england


def test_numbers_and_their_evidence(england: Scenario) -> None:
    asked = with_options(england, replications=3, years=4, seed=0, long_run=True)
    assert (asked.run.replications, asked.run.years, asked.run.seed) == (3, 4, 0)
    assert asked.run.warm_up_framework == ITSELF
    entry = covering(asked.evidence, "run.years")
    assert entry is not None
    assert asked.evidence[entry].source == SOURCE


def test_a_plain_number_is_for_the_first_pool(england: Scenario) -> None:
    asked = with_options(england, inspectors=read_inspectors(["100", "area=inf"], england))
    assert [step.fte for step in asked.capacity.pools["regulatory"].fte] == [100]
    assert [step.fte for step in asked.capacity.pools["area"].fte] == [math.inf]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("many", "allowed: full-time equivalents"),
        ("-1", "0 or more"),
        ("nan", "0 or more"),
        ("regulatry=3", 'did you mean "regulatory"'),
        ("regulatory=", "allowed: full-time equivalents"),
    ],
)
def test_inspectors_that_cannot_be(england: Scenario, given: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        with_options(england, inspectors=read_inspectors([given], england))


def test_a_pool_is_given_once(england: Scenario) -> None:
    with pytest.raises(InputError, match="set twice"):
        with_options(england, inspectors=read_inspectors(["100", "regulatory=100"], england))


def test_frameworks_and_baseline(england: Scenario) -> None:
    assert with_options(england, frameworks=["option-b", "2006-regime"]).run.baseline == "2006-regime"
    assert with_options(england, frameworks=["option-b", "option-a"]).run.baseline == "option-b"
    with pytest.raises(InputError, match='did you mean "option-a"'):
        with_options(england, frameworks=["optoin-a"])
    with pytest.raises(InputError, match="twice"):
        with_options(england, frameworks=["option-a", "option-a"])


def test_frameworks_besides_are_added_once(england: Scenario) -> None:
    given = with_options(england, besides=["cyclic", "option-a", "none"])
    assert given.run.frameworks == [*england.run.frameworks, "cyclic", "none"]
    assert given.run.baseline == england.run.baseline
    asked = with_options(england, frameworks=["option-b", "cyclic"], besides=["none", "cyclic"])
    assert asked.run.frameworks == ["option-b", "cyclic", "none"]
    assert asked.run.baseline == "option-b"


def test_empty_pools_are_told(england: Scenario) -> None:
    assert pools_without_inspectors(england) == []
    assert (
        "only grows" in pools_without_inspectors(with_options(england, inspectors=read_inspectors(["0"], england)))[0]
    )
    later = [{"from": "2003-04-01", "fte": 5}, {"from": "2009-04-01", "fte": 0}]
    cut = england.changed({"capacity": {"pools": {"area": {"fte": later}}}}, SOURCE)
    assert "from 2009-04-01 on" in pools_without_inspectors(cut)[0]
