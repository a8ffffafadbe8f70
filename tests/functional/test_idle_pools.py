"""Posts are paid for where there is work for them; a scenario may leave out a pool; what is inherited is said."""

from pathlib import Path

import pandas as pd
import pytest

import simulator
from simulator.answers.conditions import conditions
from simulator.inputs.messages import InputError
from simulator.questions.compare.answer import Compared
from simulator.running.crews import Crewing
from simulator.running.question import posed
from simulator.scenario.scenario import load_scenario
from tests.commands import SMALL

ONE = Crewing(workers=1)
NO_OTHERS = """
[population.types]
secure_childrens_home.count = 0
residential_special_school.count = 0
boarding_school.count = 0
fe_college.count = 0
residential_family_centre.count = 0
independent_fostering.count = 0
voluntary_adoption_agency.count = 0
adoption_support_agency.count = 0
la_fostering.count = 0
la_adoption.count = 0
private_fostering.count = 0
local_authority.count = 0
"""
SAME = {"posts_cost_per_year", "posts_cost_per_poor_found", "posts_cost_present_value"}


def homes(folder: Path, more: str = "", name: str = "homes.toml") -> Path:
    path = folder / name
    path.write_text(f'extends = "{SMALL}"\n{more}\n{NO_OTHERS}', encoding="utf-8")
    return path


def compared(scenario: Path, **pools: float) -> Compared:
    asked = simulator.load_scenario(scenario, replications=2, inspectors=pools or None)
    return simulator.compare(asked, ["2006-regime", "option-a"], crewing=ONE)


def posts_cost(answer: Compared) -> float:
    rows = answer.summary.query("measure == 'posts_cost_per_year' and service_type == 'all'")
    assert rows["mean"].nunique(dropna=False) == 1
    return float(rows["mean"].iloc[0])


def test_posts_without_work_are_left_out_of_the_costs(tmp_path: Path) -> None:
    answer = compared(homes(tmp_path))
    costs = answer.question.scenario
    assert posts_cost(answer) == pytest.approx(
        4 * costs.capacity.deployable_days_per_fte_year * costs.costs.cost_per_inspector_day, rel=1e-3
    )
    said = "Inspectors of whole authorities: no provider here is inspected by them, so their posts (20 full-time"
    assert any(line.startswith(said) for line in answer.caveats)
    assert posts_cost(compared(homes(tmp_path), area=float("inf"))) == posts_cost(answer)


def test_a_scenario_that_leaves_out_a_pool_without_work_comes_to_the_same(tmp_path: Path) -> None:
    left_out = compared(homes(tmp_path, 'leaves_out = ["capacity.pools.area"]', "left-out.toml"))
    assert list(left_out.question.scenario.capacity.pools) == ["regulatory"]
    assert not any("whole authorities" in line for line in left_out.caveats)
    one, other = left_out.summary, compared(homes(tmp_path)).summary
    pd.testing.assert_frame_equal(one.query("measure != 'utilisation'"), other.query("measure != 'utilisation'"))


def test_what_needs_a_pool_that_is_left_out_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'extends = "{SMALL}"\nleaves_out = ["capacity.pools.area"]\n', encoding="utf-8")
    said = r'framework "2006-regime": rules\.\S+ needs the pool "area" for providers of type local_authority'
    with pytest.raises(InputError, match=said):
        posed(load_scenario(path))


def test_where_every_pool_has_work_none_is_idle() -> None:
    assert posed(load_scenario(SMALL)).idle_pools == ()
    assert posed(load_scenario("england-2006")).idle_pools == ()


def test_a_pool_without_work_here_cannot_be_sized(tmp_path: Path) -> None:
    scenario = simulator.load_scenario(homes(tmp_path), replications=2)
    with pytest.raises(InputError, match='pool area: this pool has no work under "2006-regime"'):
        simulator.size(scenario, "2006-regime", pool="area", crewing=ONE)


def test_answers_say_how_many_numbers_are_inherited_and_from_where(tmp_path: Path) -> None:
    inherited = load_scenario(SMALL).inherited
    assert inherited is not None
    count = f"{inherited.from_['england-2006']} of the {inherited.numbers} numbers"
    said = f"{count} of the scenario are inherited from england-2006."
    assert said in conditions(posed(load_scenario(SMALL)))
    assert not any("inherited" in line for line in conditions(posed(load_scenario("england-2006"))))
    grandchild = conditions(posed(load_scenario(homes(tmp_path))))
    assert any("are inherited from england-2006 (" in line and "and small (" in line for line in grandchild)


def test_an_inherited_price_year_is_said(tmp_path: Path) -> None:
    later = homes(
        tmp_path, "[run]\nstart = 2012-04-01\n[capacity.pools.regulatory]\nfte = [{ from = 2009-04-01, fte = 4 }]"
    )
    said = "The price year, 2006-07, is inherited from england-2006, although the scenario starts in 2012."
    assert said in conditions(posed(load_scenario(later)))
    stated = homes(tmp_path, "[run]\nstart = 2012-04-01\n[costs]\nprice_year = 2012")
    assert not any("price year" in line for line in conditions(posed(load_scenario(stated))))
