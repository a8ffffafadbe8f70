"""Two runs, scenarios or frameworks side by side: what differs, in which words, and how results are paired."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import simulator
from simulator.questions.diff.results import _welch
from tests.commands import SMALL, ended, ran

PAIR = ("--framework", "option-a", "--framework", "2006-regime")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A run, the same with more inspectors, and the same with another seed."""
    folder: Path = tmp_path_factory.mktemp("diff")
    asked = {"as-given": (), "more": ("--inspectors", "8"), "seeded": ("--seed", "9")}
    for name, options in asked.items():
        ran("compare", SMALL, *PAIR, *options, "--replications", "3", "--out", folder / name)
    return {name: folder / name for name in asked}


def test_a_run_and_itself_differ_in_nothing(runs: dict[str, Path]) -> None:
    found = simulator.diff(runs["as-given"], runs["as-given"])
    assert found.rows == ()
    assert "the same to the last digit" in found.sentences[1]


def test_the_input_that_was_changed_is_found_with_its_sources(runs: dict[str, Path]) -> None:
    found = simulator.diff(runs["as-given"], runs["more"])
    changed = found.inputs.set_index("key").loc["capacity.pools.regulatory.fte[2].fte"]
    assert (changed["what"], changed["second"]) == ("Number of inspectors of services", "8")
    assert "set for this run" in changed["second_source"]
    assert all(key.startswith("capacity") for key in found.inputs["key"])


def test_results_are_paired_where_the_histories_are_the_same(runs: dict[str, Path]) -> None:
    """The interval is that of the differences by replication, recomputed here from both files."""
    found = simulator.diff(runs["as-given"], runs["more"])
    assert found.found is not None
    assert found.found.paired
    row = found.results.query("framework == 'option-a' and measure == 'inspections_per_year' and service_type == 'all'")
    both = []
    for name in ("as-given", "more"):
        values = pd.read_csv(runs[name] / "replications.csv", dtype={"framework": str})
        mine = values.query("framework == 'option-a' and measure == 'inspections_per_year' and service_type == 'all'")
        both.append(mine.sort_values("replication")["value"].to_numpy())
    differences = both[1] - both[0]
    half = 4.302652729911275 * differences.std(ddof=1) / np.sqrt(3)  # t with two degrees of freedom
    wanted = [differences.mean(), differences.mean() - half, differences.mean() + half]
    assert row[["difference", "low", "high"]].to_numpy()[0] == pytest.approx(wanted)


def test_another_seed_is_not_paired(runs: dict[str, Path]) -> None:
    found = simulator.diff(runs["as-given"], runs["seeded"])
    assert found.found is not None
    assert not found.found.paired
    assert {"run.seed", "providers.csv"} <= set(found.inputs["key"])


def test_independent_means_are_compared_as_welch_does() -> None:
    """The worked example of a textbook: unequal variances, 95% interval."""
    one, other = np.array([27.5, 21.0, 19.0, 23.6, 17.0, 17.9]), np.array([27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8])
    found = _welch(one, other)
    from scipy.stats import ttest_ind

    low, high = ttest_ind(other, one, equal_var=False).confidence_interval()
    assert found == pytest.approx((other.mean() - one.mean(), low, high))


def test_frameworks_differ_by_clause() -> None:
    found = simulator.diff("option-a", "option-b")
    assert found.inputs["key"].tolist() == ["rules.childrens-homes"]
    assert "3.1.11" in found.inputs["first_source"][0]
    assert "3.1.12" in found.inputs["second_source"][0]


def test_scenarios_differ_by_number_with_both_sources() -> None:
    found = simulator.diff("england-2006", SMALL)
    rows = found.inputs.set_index("key")
    homes = rows.loc["population.types.childrens_home.count"]
    assert (homes["first"], homes["second"]) == ("1980", "30")
    assert found.found is None


def test_the_command_prints_and_writes(runs: dict[str, Path], tmp_path: Path) -> None:
    told = ran("diff", runs["as-given"], runs["more"], "--out", tmp_path / "out")
    assert "Number of inspectors of services" in told.stdout
    assert "paired by replication" in told.stdout
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"inputs.csv", "results.csv"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["option-a", "option-c"], "did you mean"),
        (["option-a", "england-2006"], "option-a is a framework and england-2006 a scenario"),
        (["option-a", "."], "contains no finished run"),
        (["option-a", "none.toml"], "none.toml"),
    ],
)
def test_what_it_refuses_is_one_message(asked: list[str], told: str) -> None:
    assert told in ended(2, "diff", *asked).stderr
