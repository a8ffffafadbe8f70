"""Options of the command line, laid over a scenario."""

import math
from datetime import date

import pytest

from simulator.inputs.evidence import covering
from simulator.inputs.messages import InputError
from simulator.running.inspectors_given import read_amount, read_inspectors
from simulator.running.options import SOURCE, pools_without_inspectors, with_options
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.scenario.timeline import ITSELF
from tests.commands import SMALL


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
    assert asked.capacity.pools["regulatory"].posts == ((date(2003, 4, 1), 222), (date(2006, 4, 1), 100))
    assert asked.capacity.pools["area"].posts == ((date(2003, 4, 1), 70), (date(2006, 4, 1), math.inf))


def test_numbers_hold_from_another_day_if_one_is_named(england: Scenario) -> None:
    asked = with_options(england, inspectors={"regulatory": 100}, inspectors_from="2007-10-01")
    assert asked.capacity.pools["regulatory"].posts == ((date(2003, 4, 1), 222), (date(2007, 10, 1), 100))
    warm_up_too = with_options(england, inspectors={"regulatory": 100}, inspectors_from=date(2003, 4, 1))
    assert warm_up_too.capacity.pools["regulatory"].posts == ((date(2003, 4, 1), 100),)
    long_run = with_options(england, inspectors={"regulatory": 100}, long_run=True)
    assert long_run.capacity.pools["regulatory"].posts == ((date(2003, 4, 1), 100),)


def test_posts_that_begin_with_the_takeover_are_the_same_before_it(england: Scenario) -> None:
    steps = [{"from": "2006-04-01", "fte": 222}]
    late = england.changed({"capacity": {"pools": {"regulatory": {"fte": steps}}}}, "a test")
    asked = with_options(late, inspectors={"regulatory": 100}).capacity.pools["regulatory"]
    assert (asked.fte_on(date(2006, 3, 31)), asked.fte_on(date(2006, 4, 1))) == (222, 100)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("2001-04-01", "--inspectors-from: given 2001-04-01, which is outside the run; allowed: 2003-04-01"),
        ("2031-04-01", "outside the run"),
        ("1 April", 'given "1 April"; allowed: a date such as 2006-04-01'),
    ],
)
def test_a_day_that_cannot_be(england: Scenario, given: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        with_options(england, inspectors={"regulatory": 100}, inspectors_from=given)


def test_a_day_needs_a_number(england: Scenario) -> None:
    with pytest.raises(InputError, match=r"applies to a number of inspectors\. Use it with --inspectors"):
        with_options(england, inspectors_from="2006-04-01")


def test_per_cent_are_of_the_inspectors_of_the_scenario(england: Scenario) -> None:
    asked = with_options(england, inspectors=read_inspectors(["80%", "area=110 %"], england))
    assert [asked.capacity.pools[name].fte_on(date(2006, 4, 1)) for name in ("regulatory", "area")] == [177.6, 77]
    assert asked.evidence["capacity.pools.regulatory.fte[2].fte"].source == f"{SOURCE}: 80% of 222"
    assert covering(asked.evidence, "capacity.pools.regulatory.fte[1].fte") == "capacity.pools.*.fte"


@pytest.mark.parametrize("whole", [math.inf, 0.0])
def test_per_cent_of_nothing_known_name_both_meanings(whole: float) -> None:
    with pytest.raises(InputError, match=r"as per cent of the scenario's .*\. For 80 full-time equivalents, write 80"):
        read_amount("80%", "inspectors", lambda: whole, "regulatory")
    with pytest.raises(InputError, match=r"at most 1000% of a number\. For 2000 full-time equivalents, write 2000"):
        read_amount("2000%", "inspectors", lambda: 222, "regulatory")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("many", "allowed: full-time equivalents"),
        ("-1", "0 or more"),
        ("nan", "0 or more"),
        ("1e9", r"0 or more and at most 100,000 \(or inf for no limit\)"),
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


def test_a_team_must_fit_into_the_inspectors_there_once_its_framework_is_in_force() -> None:
    """The warm-up has enough for teams of eight; after the takeover nobody could make a visit."""
    small = with_options(load_scenario(SMALL), frameworks=["option-a"])
    few = posed(with_options(small, inspectors={"area": 5}))
    with pytest.raises(InputError, match=r'"area" never more than 3 are in the field at once from 2006-04-01 on; '):
        settings_of(few)
    assert settings_of(posed(with_options(small, inspectors={"area": 0})))
