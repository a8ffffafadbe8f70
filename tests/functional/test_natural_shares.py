"""Natural shares are solved for until simulated ratings are the published ones."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from simulator.commands.cli import app
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import load_framework
from simulator.questions.natural_shares.solving import as_toml, current, regime_of_the_day, solve
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.scenario.timeline import ITSELF

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
MARKED = f"""title = "Tiny"
extends = "{SMALL}"
# >>> natural shares
# <<< natural shares
[run]
seed = 3
"""


@pytest.fixture(scope="module")
def small() -> Scenario:
    """The small England, its natural shares forgotten: they begin as the published ratings."""
    scenario = load_scenario(SMALL)
    shares = {name: each.model_dump() for name, each in scenario.quality.start_shares.items()}
    return scenario.changed({"quality": {"natural_shares": shares}}, "a test")


def test_passes_come_closer_to_the_published_ratings(small: Scenario) -> None:
    passes = list(solve(small, load_framework("2006-regime"), passes=12, enough=500))
    assert np.array_equal(passes[0].natural, current(small))
    assert passes[0].miss > 0.05
    assert passes[-1].miss < 0.4 * passes[0].miss
    for each in passes:
        assert each.natural.sum(axis=1) == pytest.approx(1)
        assert each.ratings.sum(axis=1) == pytest.approx(1)


def test_a_pass_is_the_same_again(small: Scenario) -> None:
    first, second = (next(solve(small, load_framework("2006-regime"), enough=50)) for _ in range(2))
    assert np.array_equal(first.ratings, second.ratings)


def test_types_of_which_there_is_nobody_keep_their_shares(small: Scenario) -> None:
    """Services of which every authority has one, and others: the ratings of nobody are not numbers."""
    nobody = {"la_fostering": {"count": 0}, "private_fostering": {"count": 0}, "boarding_school": {"count": 0}}
    given = {"local_authority": {"count": 3}}
    some = small.changed({"population": {"types": nobody | given}}, "a test")
    first, second = solve(some, load_framework("2006-regime"), passes=2, enough=50)
    types = list(some.population.types)
    assert first.ratings.shape == (len(types) - 3, 4)
    assert np.isfinite(first.ratings).all()
    assert 0 < first.miss < 1
    stayed = [name for at, name in enumerate(types) if np.array_equal(first.natural[at], second.natural[at])]
    assert set(stayed) == set(nobody)
    assert tomllib.loads(as_toml(types, second.natural))["quality"]["natural_shares"].keys() == set(types)


def test_a_scenario_without_anybody_is_refused(small: Scenario) -> None:
    nobody = {name: {"count": 0} for name in small.population.types}
    with pytest.raises(InputError, match="0 for every type"):
        next(solve(small.changed({"population": {"types": nobody}}, "a test"), load_framework("2006-regime")))


def test_a_regime_that_rates_nobody_of_a_type_is_refused(small: Scenario) -> None:
    regime = load_framework("2006-regime")
    kinds = {name: kind.model_copy(update={"grades": name in {"area", "desk"}}) for name, kind in regime.kinds.items()}
    unrated = regime.model_copy(update={"kinds": kinds})
    with pytest.raises(InputError, match=r"no rating for childrens_home, secure_childrens_home, .*Use a framework"):
        next(solve(small, unrated, enough=20))


def test_the_table_reads_back(small: Scenario) -> None:
    types = list(small.population.types)
    table = tomllib.loads(as_toml(types, current(small)))["quality"]["natural_shares"]
    assert list(table) == types
    assert all(sum(shares.values()) == pytest.approx(1) for shares in table.values())
    assert table["childrens_home"] == {"poor": 0.15, "adequate": 0.3, "good": 0.43, "excellent": 0.12}


def test_the_regime_of_the_day_is_that_of_the_warm_up(small: Scenario) -> None:
    assert regime_of_the_day(small).name == small.run.warm_up_framework
    long_run = small.changed({"run": {"warm_up_framework": ITSELF}}, "a test")
    assert regime_of_the_day(long_run, "option-a").name == "option-a"
    with pytest.raises(InputError, match="Name one with --framework"):
        regime_of_the_day(long_run)
    with pytest.raises(InputError, match="warm_up_years: given 0"):
        regime_of_the_day(small.changed({"run": {"warm_up_years": 0}}, "a test"))


def test_the_command_prints_the_table_and_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "tiny.toml"
    path.write_text(MARKED, encoding="utf-8")
    # of fewer, chance misses ratings by so much that the shares set for it can leave nothing of a speed
    command = ["natural-shares", str(path), "--passes", "2", "--providers", "200"]
    printed = CliRunner().invoke(app, command, catch_exceptions=False)
    assert printed.exit_code == 0
    assert path.read_text(encoding="utf-8") == MARKED
    written = CliRunner().invoke(app, [*command, "--write"], catch_exceptions=False)
    assert written.stdout == printed.stdout
    assert "Pass 2 of 2: the largest miss of a rating is " in written.stderr
    table = tomllib.loads(written.stdout)["quality"]["natural_shares"]
    shares = load_scenario(path).quality.natural_shares
    assert {name: each.model_dump() for name, each in shares.items()} == table
    assert load_scenario(path).run.seed == 3


def test_a_scenario_without_the_place_is_refused_at_once() -> None:
    result = CliRunner().invoke(app, ["natural-shares", str(SMALL), "--write"], catch_exceptions=False)
    assert result.exit_code == 2
    assert "has no place to write to" in result.stderr
    assert "Pass" not in result.stderr
