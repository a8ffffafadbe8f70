"""Scenarios: read, extended, changed, written back; what cannot be is refused in plain words."""

import copy
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from simulator.inputs.evidence import GIVEN, after_change, covering, covers, numbers
from simulator.inputs.messages import InputError
from simulator.inputs.shipped import folder
from simulator.scenario.scenario import Scenario, load_scenario, shipped_scenarios
from simulator.scenario.timeline import ITSELF
from simulator.world.services import SERVICE_TYPES

ENGLAND = "england-2006"


@pytest.fixture(scope="module")
def england() -> Scenario:
    return load_scenario(ENGLAND)


def written(folder_: Path, table: dict[str, Any], name: str = "own.toml") -> Path:
    path = folder_ / name
    path.write_text(tomli_w.dumps(table), encoding="utf-8")
    return path


def refusal(path: Path | str) -> str:
    with pytest.raises(InputError) as refused:
        load_scenario(path)
    return str(refused.value)


def england_with(keys: str, value: Any) -> dict[str, Any]:
    table = tomllib.loads((folder() / f"{ENGLAND}.toml").read_text(encoding="utf-8"))
    inner = table
    *around, last = keys.split("/")
    for key in around:
        inner = inner[key]
    inner[last] = copy.deepcopy(value)
    return table


def test_england_has_every_type_in_full_numbers(england: Scenario) -> None:
    counts = {service_type: england.population.count(service_type) for service_type in SERVICE_TYPES}
    assert counts["childrens_home"] == 1980
    assert counts["local_authority"] == counts["private_fostering"] == 150
    assert sum(counts.values()) == 3765
    assert england.run.begins == date(2003, 4, 1)


def test_shipped_scenarios_are_named(england: Scenario) -> None:
    assert ENGLAND in shipped_scenarios()
    assert "documents" not in shipped_scenarios()


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_number_of_a_shipped_scenario_has_evidence(name: str) -> None:
    scenario = load_scenario(name)
    used = set()
    for key, value in numbers(scenario.settings()):
        prefix = covering(scenario.evidence, key)
        assert prefix is not None, key
        used.add(prefix)
        entry = scenario.evidence[prefix]
        assert entry.unit, key
        if entry.range and not isinstance(value, date):
            assert entry.range[0] <= value <= entry.range[1], key
        if entry.factor:
            assert entry.factor[0] <= 1 <= entry.factor[1], key
        assert entry.range or entry.factor or entry.note, key
    assert set(scenario.evidence) == used


@pytest.mark.parametrize("name", shipped_scenarios())
def test_a_resolved_scenario_reads_back_the_same(name: str, tmp_path: Path) -> None:
    scenario = load_scenario(name)
    path = tmp_path / "scenario.toml"
    path.write_text(scenario.resolved_toml(), encoding="utf-8")
    again = load_scenario(path)
    assert again == scenario
    assert again.resolved_toml() == scenario.resolved_toml()


def test_a_scenario_extends_another_and_its_numbers_are_its_authors(england: Scenario, tmp_path: Path) -> None:
    child = {
        "title": "Half the inspectors",
        "extends": ENGLAND,
        "run": {"years": 10, "warm_up_years": 4},
        "capacity": {"pools": {"regulatory": {"fte": [{"from": date(2003, 4, 1), "fte": 100}]}}},
        "costs": {"cost_per_inspector_day": 600},
        "evidence": {"costs": {"mark": "R", "unit": "pounds", "source": "a neighbour"}},
    }
    own = load_scenario(written(tmp_path, child))
    assert own.title == "Half the inspectors"
    assert own.population == england.population
    assert own.capacity.pools["regulatory"].fte[0].fte == 100
    assert own.evidence["run.years"] == england.evidence["run.years"], "the same number keeps its evidence"
    assert own.evidence["run.warm_up_years"].source == GIVEN
    assert own.evidence["run.warm_up_years"].unit == "years"
    assert own.evidence["capacity.pools.regulatory.fte[1].fte"].source == GIVEN
    assert "capacity.pools.regulatory.fte[1].from" not in own.evidence
    assert own.evidence["costs.cost_per_inspector_day"].source == "a neighbour"
    assert own.evidence["costs.provider_days_per_inspector_day"].mark == "A"
    path = tmp_path / "resolved.toml"
    path.write_text(own.resolved_toml(), encoding="utf-8")
    assert load_scenario(path) == own


def test_a_scenario_extends_one_beside_it_and_gives_all_regions_or_none(tmp_path: Path) -> None:
    written(tmp_path, {"extends": ENGLAND, "population": {"regions": {"Here": 1}}}, "parent.toml")
    child = load_scenario(written(tmp_path, {"extends": "parent.toml", "run": {"seed": 1}}))
    assert child.population.regions == {"Here": 1}
    assert child.evidence["population.regions.Here"].source == GIVEN
    assert child.run.seed == 1


def test_frameworks_of_a_scenario_are_found_from_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "parent").mkdir()
    (tmp_path / "child").mkdir()
    for name in ("parent", "child"):
        (tmp_path / name / f"{name}-rules.toml").write_text('extends = "option-a"\n', encoding="utf-8")
    run = {"frameworks": ["option-b", "parent-rules.toml"], "baseline": "parent-rules.toml"}
    written(tmp_path / "parent", {"extends": ENGLAND, "run": run}, "scenario.toml")
    warm_up = {"warm_up_framework": "./child-rules.toml", "baseline": "../parent/parent-rules.toml"}
    written(tmp_path / "child", {"extends": "../parent/scenario.toml", "run": warm_up}, "scenario.toml")
    monkeypatch.chdir(tmp_path)
    own = load_scenario("child/scenario.toml").run
    assert own.frameworks == ["option-b", str(Path("parent/parent-rules.toml"))]
    assert own.baseline == own.frameworks[1]
    assert own.warm_up_framework == str(Path("child/child-rules.toml"))
    monkeypatch.chdir(tmp_path / "child")
    (tmp_path / "parent" / "parent-rules.toml").rename("parent-rules.toml")
    message = refusal("scenario.toml")
    assert message.startswith('../parent/scenario.toml: run.frameworks: there is no framework "parent-rules.toml"')
    assert message.endswith("or the path of a TOML file as seen from this one")


def test_a_file_that_extends_itself_is_refused(tmp_path: Path) -> None:
    written(tmp_path, {"extends": "b.toml"}, "a.toml")
    assert "extends itself" in refusal(written(tmp_path, {"extends": "a.toml"}, "b.toml"))


def test_options_change_a_scenario_and_are_named_as_the_source(england: Scenario) -> None:
    changed = england.changed({"run": {"years": 5, "seed": 2006}}, "set for this run")
    assert changed.run.years == 5
    assert changed.evidence["run.years"].source == "set for this run"
    assert changed.evidence["run.seed"] == england.evidence["run.seed"]
    assert england.run.years == 10
    with pytest.raises(InputError, match="set for this run: run\\.years: given 0; allowed: 1 or more"):
        england.changed({"run": {"years": 0}}, "set for this run")
    assert england.changed({}, "nothing") == england


def test_a_long_run_can_be_asked_for(england: Scenario) -> None:
    assert england.changed({"run": {"warm_up_framework": ITSELF}}, "a test").run.warm_up_framework == ITSELF


def test_a_leap_day_has_a_warm_up(england: Scenario) -> None:
    leap = england.changed({"run": {"start": date(2008, 2, 29)}}, "a test")
    assert leap.run.begins == date(2005, 2, 28)


@pytest.mark.parametrize(
    ("keys", "value", "said"),
    [
        ("run/yeers", 3, 'run.yeers: unknown key; did you mean "years"? allowed here: start, years'),
        ("run/years", "ten", 'run.years: given "ten"; must be a whole number'),
        ("run/years", True, "run.years: given true; must be a whole number"),
        ("run/years", 2.5, "run.years: given 2.5; must be a whole number"),
        ("run/years", 0, "run.years: given 0; allowed: 1 or more"),
        ("run/years", -1, "run.years: given -1; allowed: 1 or more"),
        ("run/start", "April 2006", 'run.start: given "April 2006"; must be a date such as 2006-04-01'),
        ("run/start", date(1066, 10, 14), "run.start: given"),
        ("run/replications", 0, "run.replications: given 0; allowed: 1 or more"),
        ("run/frameworks", [], "run.frameworks: given 0 entries; allowed: at least 1"),
        ("run/frameworks", ["2006-regime", "option-aa"], 'no framework "option-aa"; did you mean "option-a"?'),
        ("run/frameworks", ["2006-regime", "2006-regime"], "given twice: 2006-regime"),
        ("run/warm_up_framework", "2005-regime", 'run.warm_up_framework: there is no framework "2005-regime"'),
        ("run/baseline", "option-c", 'baseline: there is no framework of the run "option-c"; did you mean'),
        ("run", 3, "run: given 3; must be a table"),
        ("title", "", "title: given an empty text"),
        ("colour", "red", "colour: unknown key"),
        ("population/local_authorities", -150, "population.local_authorities: given -150; allowed: 1 or more"),
        ("population/types/childrens_home/count", -3, "population.types.childrens_home.count: given -3; allowed: 0"),
        ("population/types/childrens_homes", {}, 'no service type "childrens_homes"; did you mean "childrens_home"?'),
        (
            "population/types/childrens_home/closures/outstanding",
            0.1,
            "closures.outstanding: unknown key; allowed here: poor, adequate, good, excellent",
        ),
        ("population/types/childrens_home/sectors", {"private": 0.5}, "sectors: the shares sum to 0.5; they must"),
        ("quality/start_shares/childrens_home/poor", 0.5, "quality.start_shares.childrens_home: the shares sum to"),
        ("quality/start_shares", {}, "quality.start_shares: missing for childrens_home, secure_childrens_home"),
        ("quality/entry_shares/home", {"poor": 1, "adequate": 0, "good": 0, "excellent": 0}, 'service type "home"'),
        (
            "quality/strands",
            {"authority": {"count": 3, "shared": 0.5}},
            'strands: there is no service type "authority"',
        ),
        (
            "quality/strands",
            {"local_authority": {"count": 1, "shared": 0}},
            "local_authority.count: given 1; allowed: 2",
        ),
        (
            "quality/strands",
            {"local_authority": {"count": 3, "shared": 2}},
            "local_authority.shared: given 2; allowed:",
        ),
        ("quality/falls/good", float("inf"), "quality.falls.good: given inf; must be a finite number"),
        ("signals/manager_changes", float("nan"), "signals.manager_changes: given nan"),
        (
            "capacity/pools/regulatory/fte",
            [{"from": date(2007, 1, 1), "fte": 3}, {"from": date(2006, 1, 1), "fte": 2}],
            "capacity.pools.regulatory.fte: the dates must rise, but 2006-01-01 comes after 2007-01-01",
        ),
        ("capacity/pools/regulatory/fte", [{"from": date(2007, 1, 1), "fte": -1}], "fte: given -1; allowed: 0 or more"),
        (
            "capacity/pools/area/turnover",
            2.5,
            "capacity.pools.area.turnover: given 2.5; allowed: 0 or more and at most 2",
        ),
        (
            "capacity/pools/area/training_months",
            -1,
            "area.training_months: given -1; allowed: 0 or more and at most 120",
        ),
        ("capacity/pools/area/by_region", "yes", 'capacity.pools.area.by_region: given "yes"; must be true or false'),
        (
            "capacity/pools/area/region_shares",
            {"London": 1},
            "capacity.pools.area: region_shares: given, but by_region is false; allowed: by_region = true",
        ),
        ("capacity/pools/area/turnovr", 0.1, 'unknown key; did you mean "turnover"?'),
        ("costs/cost_per_inspector_day", -540, "costs.cost_per_inspector_day: given -540; allowed: 0 or more"),
        ("evidence", 3, "evidence: given 3; must be a table"),
        (
            "evidence/run.yeers",
            {"mark": "A", "unit": "", "source": "x"},
            'evidence: given "run.yeers", under which the scenario has no number; did you mean "run.years"?',
        ),
        ("evidence/run.years", {"mark": "B", "unit": "", "source": "x"}, 'mark: given "B"; allowed: "F", "D"'),
        ("evidence/run.years", {"mark": "A", "unit": "", "source": ""}, "source: given an empty text"),
        (
            "evidence/run.years",
            {"mark": "A", "unit": "", "source": "x", "range": [3, 1]},
            "allowed: the lower number first",
        ),
        (
            "evidence/run.years",
            {"mark": "A", "unit": "", "source": "x", "range": [3, 15], "factor": [1, 2]},
            "allowed: one of them",
        ),
        (
            "evidence/costs",
            {"mark": "A", "unit": "", "source": "x", "range": [3, 5]},
            'evidence."costs".range: 13 numbers are under this key. Set a factor',
        ),
        ("extends", 3, "extends: given 3; allowed: a name or a path"),
        ("extends", "england-2007", 'no scenario "england-2007"; did you mean "england-2006"?'),
    ],
)
def test_what_cannot_be_is_refused_by_file_key_given_and_allowed(
    keys: str, value: Any, said: str, tmp_path: Path
) -> None:
    path = written(tmp_path, england_with(keys, value))
    message = refusal(path)
    assert said in message
    assert message.startswith(str(path))
    assert len(message.splitlines()) <= 5


def test_zero_and_unlimited_inspectors_are_allowed(england: Scenario) -> None:
    for fte in (0, float("inf")):
        steps = {"fte": [{"from": date(2003, 4, 1), "fte": fte}]}
        changed = england.changed({"capacity": {"pools": {"regulatory": steps}}}, "a test")
        assert changed.capacity.pools["regulatory"].fte[0].fte == fte
        assert tomllib.loads(changed.resolved_toml())["capacity"]["pools"]["regulatory"]["fte"][0]["fte"] == fte


def staffed(**settings: Any) -> dict[str, Any]:
    return {"extends": ENGLAND, "capacity": {"pools": {"regulatory": settings}}}


def test_how_a_pool_is_staffed_is_read_and_written_back(tmp_path: Path) -> None:
    settings = {"by_region": True, "recruitment_months": 3, "training_months": 6.5, "turnover": 0.12}
    shares = {"North": 0.4, "South": 0.6}
    own = load_scenario(written(tmp_path, staffed(region_shares=shares, **settings)))
    pool = own.capacity.pools["regulatory"]
    assert pool.model_dump(exclude={"fte", "region_shares"}) == settings
    assert pool.region_shares == shares
    assert own.evidence["capacity.pools.regulatory.turnover"].source == GIVEN
    path = tmp_path / "resolved.toml"
    path.write_text(own.resolved_toml(), encoding="utf-8")
    assert load_scenario(path) == own


FLOWS: dict[str, Any] = {
    "by_region": True,
    "training_output": 0.3,
    "turnover_by_service": [{"from_years": 0, "turnover": 0.25}, {"from_years": 2, "turnover": 0.1}],
    "freezes": [{"from": date(2007, 4, 1), "until": date(2008, 4, 1)}],
    "intakes": [{"from": date(2007, 9, 1), "number": 10}, {"from": date(2008, 9, 1), "number": 4, "region": "North"}],
    "agency": [
        {
            "from": date(2007, 1, 1),
            "until": date(2007, 4, 1),
            "fte": 5.0,
            "cost_per_day": 900.0,
            "every_year": True,
        }
    ],
    "regions": {"North": {"turnover": 0.4, "recruitment_months": 9.0}},
}


def test_flows_of_people_are_read_and_written_back(tmp_path: Path) -> None:
    own = load_scenario(written(tmp_path, staffed(**FLOWS)))
    pool = own.capacity.pools["regulatory"]
    assert pool.model_dump(exclude={"fte", "region_shares"}, by_alias=True, mode="python") == {
        **FLOWS,
        **{name: tuple(value) for name, value in FLOWS.items() if isinstance(value, list)},
    }
    path = tmp_path / "resolved.toml"
    path.write_text(own.resolved_toml(), encoding="utf-8")
    assert load_scenario(path) == own


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"turnover": 0.1}, "turnover_by_service: given beside turnover"),
        ({"turnover_by_service": [{"from_years": 1, "turnover": 0.1}]}, "begins with from_years = 1; allowed: 0"),
        (
            {"freezes": [{"from": date(2008, 4, 1), "until": date(2008, 4, 1)}]},
            "until: given 2008-04-01; allowed: a day",
        ),
        ({"freezes": [*FLOWS["freezes"], *FLOWS["freezes"]]}, "the stretches must follow one another"),
        ({"by_region": False}, 'regions: given "North", but by_region is false'),
        ({"intakes": [{"from": date(2007, 9, 1), "number": -1}]}, "number: given -1; allowed: 0 or more"),
        ({"agency": [FLOWS["agency"][0] | {"until": date(2009, 1, 1)}]}, "with every_year; allowed: at most a year"),
    ],
)
def test_flows_that_cannot_be_are_refused(settings: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        load_scenario(written(tmp_path, staffed(**FLOWS | settings)))


def test_a_scenario_gives_the_shares_of_all_regions_or_none(tmp_path: Path) -> None:
    written(tmp_path, staffed(by_region=True, region_shares={"North": 0.4, "South": 0.6}), "parent.toml")
    changed = staffed(region_shares={"Here": 1.0}) | {"extends": "parent.toml"}
    child = load_scenario(written(tmp_path, changed))
    assert child.capacity.pools["regulatory"].region_shares == {"Here": 1}
    assert child.capacity.pools["regulatory"].by_region
    assert "capacity.pools.regulatory.region_shares.North" not in child.evidence


def test_a_scenario_that_says_nothing_of_staffing_writes_nothing_of_it(england: Scenario) -> None:
    assert set(tomllib.loads(england.resolved_toml())["capacity"]["pools"]["regulatory"]) == {"fte"}


def test_files_that_hold_no_scenario_are_refused(tmp_path: Path) -> None:
    assert 'there is no scenario "england-2005"; did you mean "england-2006"?' in refusal("england-2005")
    assert "no such file" in refusal(tmp_path / "absent.toml")
    assert "cannot be read" in refusal(tmp_path)
    broken = tmp_path / "broken.toml"
    broken.write_text("[run\nstart = 2006")
    assert "broken.toml: not valid TOML: " in refusal(broken)
    assert "at line 1" in refusal(broken)
    broken.write_bytes(b'title = "\xff"')
    assert "not a text file in UTF-8" in refusal(broken)
    broken.write_text("")
    assert "broken.toml: run: missing" in refusal(broken)


def test_evidence_covers_by_whole_names_and_the_most_exact_key_holds() -> None:
    assert covers("run", "run.years")
    assert covers("run.years", "run.years")
    assert covers("a.*.c", "a.b.c.d")
    assert covers("a.b", "a.b[1].c")
    assert not covers("run.year", "run.years")
    assert not covers("a.b.c", "a.b")
    entries = ["a", "a.*.c", "a.b", "a.b.c"]
    assert covering(entries, "a.b.c") == "a.b.c"
    assert covering(entries, "a.x.c") == "a.*.c"
    assert covering(entries, "a.b.x") == "a.b"
    assert covering(entries, "z") is None


def test_a_list_that_becomes_shorter_leaves_no_evidence_behind() -> None:
    entry = {"mark": "A", "unit": "u", "source": "s"}
    before, after = {"a": [1, 2]}, {"a": [1]}
    assert after_change({"a[2]": entry, "a": entry}, {}, before, after, after, "x") == {"a": entry}


# What is inherited


def test_a_description_is_not_inherited(england: Scenario, tmp_path: Path) -> None:
    child = load_scenario(written(tmp_path, {"extends": ENGLAND, "run": {"seed": 1}}))
    assert england.description
    assert child.description == ""
    assert child.title == england.title
    told = load_scenario(written(tmp_path, {"extends": ENGLAND, "description": "Mine."}))
    assert told.description == "Mine."


def test_numbers_that_are_inherited_are_counted(england: Scenario, tmp_path: Path) -> None:
    assert england.inherited is None
    parent = written(tmp_path, {"extends": ENGLAND, "run": {"seed": 1, "years": 4}}, "parent.toml")
    child = load_scenario(written(tmp_path, {"extends": "parent.toml", "run": {"years": 4}}))
    of_parent, of_child = load_scenario(parent).inherited, child.inherited
    assert of_parent is not None
    assert of_child is not None
    assert of_parent.from_ == {ENGLAND: of_parent.numbers - 2}
    assert of_child.from_ == {ENGLAND: of_child.numbers - 2, "parent": 1}
    assert child.changed({"run": {"seed": 3}}, "a test").inherited == of_child
    again = Scenario.model_validate(tomllib.loads(child.resolved_toml()))
    assert again == child


def test_whose_price_year_it_is_is_known(tmp_path: Path) -> None:
    def price_year_from(table: dict[str, Any]) -> str:
        inherited = load_scenario(written(tmp_path, {"extends": ENGLAND, **table})).inherited
        return inherited.price_year_from if inherited else "nobody"

    later = {"start": date(2012, 4, 1)}
    assert price_year_from({"run": {"seed": 1}}) == ""
    assert price_year_from({"run": {"start": date(2006, 7, 1)}}) == ""
    assert price_year_from({"run": later}) == ENGLAND
    assert price_year_from({"run": later, "costs": {"price_year": 2012}}) == ""


def test_a_pool_can_be_left_out(tmp_path: Path) -> None:
    table: dict[str, Any] = {"extends": ENGLAND, "leaves_out": ["capacity.pools.area"]}
    child = load_scenario(written(tmp_path, table))
    assert list(child.capacity.pools) == ["regulatory"]
    assert "capacity.pools.area.fte" not in child.evidence
    table = {**table, "capacity": {"pools": {"area": {"fte": [{"from": date(2003, 4, 1), "fte": 7}]}}}}
    assert load_scenario(written(tmp_path, table)).capacity.pools["area"].posts == ((date(2003, 4, 1), 7),)


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        (
            ["capacity.pools.aera"],
            'leaves_out: there is no inherited pool "capacity.pools.aera"; did you mean "capacity',
        ),
        (["capacity.pools"], 'no inherited pool "capacity.pools"'),
        ("capacity.pools.area", 'must be a list such as ["capacity.pools.area"]'),
        (["capacity.pools.area", "capacity.pools.regulatory"], "capacity.pools: given 0 entries; allowed: at least 1"),
    ],
)
def test_what_cannot_be_left_out_is_refused(tmp_path: Path, left_out: Any, message: str) -> None:
    assert message in refusal(written(tmp_path, {"extends": ENGLAND, "leaves_out": left_out}))


def test_a_scenario_that_extends_none_has_nothing_to_leave_out(tmp_path: Path) -> None:
    table = england_with("leaves_out", ["capacity.pools.area"])
    assert 'there is no inherited pool "capacity.pools.area"; allowed: none' in refusal(written(tmp_path, table))
