"""Whoever carries out a comparison, and in whatever batches: the same bytes; a run that fails is told and left out."""

import sys
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from simulator.commands.cli import app
from simulator.inspectorate.framework import load_framework
from simulator.questions.compare.comparison import compare
from simulator.running import comparing
from simulator.running.comparing import VALUES
from simulator.running.crews import Crewing
from simulator.running.question import posed
from simulator.running.store import MANIFEST, UNFINISHED
from simulator.scenario.scenario import load_scenario

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
FAILED, REFUSED = 3, 2
REPLICATIONS = 6
FRAMEWORKS = ("2006-regime", "option-a", "option-b")
NAMED = [word for name in FRAMEWORKS for word in ("--framework", name)]


def inspectsim(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


def run(out: Path, *options: str, exit_code: int = 0) -> Result:
    result = inspectsim("compare", SMALL, *NAMED, "--replications", str(REPLICATIONS), "--out", out, *options)
    assert result.exit_code == exit_code, result.stderr
    return result


def content(folder: Path) -> dict[str, bytes]:
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: each for name, each in files.items() if name != MANIFEST}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("runs") / "undisturbed"
    run(folder, "--workers", "1", "--batch", "100", "--events", "all")
    return content(folder)


@pytest.mark.parametrize(
    "options",
    [
        ["--workers", "1", "--batch", "1"],
        ["--workers", "2"],
        ["--workers", "3", "--batch", "4"],
        ["--workers", "2", "--processes", "--batch", "2"],
        ["--workers", "1", "--processes"],
    ],
    ids=" ".join,
)
def test_crews_and_batches_change_no_byte(undisturbed: dict[str, bytes], tmp_path: Path, options: list[str]) -> None:
    run(tmp_path / "run", *options, "--events", "all")
    assert content(tmp_path / "run") == undisturbed


@pytest.mark.slow
def test_a_local_cluster_changes_no_byte(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="needs the extra inspectsim[cluster]")
    told = run(tmp_path / "run", "--workers", "2", "--cluster", "local", "--batch", "2", "--events", "all")
    assert content(tmp_path / "run") == undisturbed
    assert "distributed" not in told.stderr


def test_an_address_where_nobody_answers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="needs the extra inspectsim[cluster]")
    from simulator.running import cluster

    monkeypatch.setattr(cluster, "SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense"):
        refused = run(tmp_path / "run", "--cluster", address, exit_code=REFUSED)
        assert f"nobody answers at {address}" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_it_is_told_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    refused = run(tmp_path / "run", "--cluster", "local", exit_code=REFUSED)
    assert 'pip install "inspectsim[cluster]"' in refused.stderr


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, int]]:
    """Frameworks and replications that are to fail."""
    told: set[tuple[str, int]] = set()
    from simulator.measures.observed import observe

    def observe_or_fail(setting: Any, replication: int, *options: Any) -> Any:
        if (setting.timeline[-1], replication) in told:
            raise ZeroDivisionError("as told")
        return observe(setting, replication, *options)

    monkeypatch.setattr(comparing, "observe", observe_or_fail)
    return told


def test_a_run_that_fails_is_told_and_left_out_and_tried_again(
    undisturbed: dict[str, bytes], tmp_path: Path, failing: set[tuple[str, int]]
) -> None:
    failing |= {("option-a", 2), ("option-b", 5)}
    told = run(tmp_path / "run", "--workers", "2", "--batch", "3", exit_code=FAILED)
    assert "2 runs failed" in told.stderr
    assert "ZeroDivisionError: as told" in told.stderr
    assert "trace childrens_home-0001" in told.stderr
    assert "--framework option-a --replication 2" in told.stderr
    assert "failures.csv" in told.stdout
    failures = pd.read_csv(tmp_path / "run" / "failures.csv")
    assert list(failures) == ["framework", "replication", "seed", "error", "where"]
    assert failures[["framework", "replication"]].to_numpy().tolist() == [["option-a", 2], ["option-b", 5]]
    assert set(failures["seed"]) == {2006}

    keys = ["framework", "replication", "service_type", "measure"]
    values = pd.read_csv(tmp_path / "run" / "replications.csv").set_index(keys)["value"]
    (tmp_path / "all.csv").write_bytes(undisturbed["replications.csv"])
    expected = pd.read_csv(tmp_path / "all.csv").set_index(keys)["value"]
    for name, number in failing:
        one = (expected.index.get_level_values(0) == name) & (expected.index.get_level_values(1) == number)
        expected[one] = np.nan
    pd.testing.assert_series_equal(values, expected)

    summary = pd.read_csv(tmp_path / "run" / "summary.csv").set_index(["framework", "service_type", "measure"])
    counts = summary["replications"].xs(("all", "inspections_per_year"), level=("service_type", "measure"))
    assert counts.to_dict() == {name: REPLICATIONS - (name in ("option-a", "option-b")) for name in counts.index}
    differences = pd.read_csv(tmp_path / "run" / "differences.csv")
    paired = differences[differences["measure"] == "inspections_per_year"].groupby("framework")["replications"].max()
    assert paired["option-a"] == REPLICATIONS - 1

    other = run(tmp_path / "other", "--workers", "1", "--batch", "1", exit_code=FAILED)
    assert "2 runs failed" in other.stderr
    for name in ("failures.csv", "replications.csv", "summary.csv"):
        assert (tmp_path / "other" / name).read_bytes() == (tmp_path / "run" / name).read_bytes()

    failing.clear()
    run(tmp_path / "run", "--resume")
    now = content(tmp_path / "run")
    run(tmp_path / "never failed")
    assert now == content(tmp_path / "never failed")
    of_events = {"report.html", "data-dictionary.csv"}  # they tell of tables of events, which the undisturbed run has
    assert {name for name, each in now.items() if undisturbed[name] != each} <= of_events
    assert not (tmp_path / "run" / UNFINISHED).exists()


def test_where_every_run_fails_there_are_no_results(tmp_path: Path, failing: set[tuple[str, int]]) -> None:
    failing |= {(name, number) for name in FRAMEWORKS for number in range(1, REPLICATIONS + 1)}
    told = run(tmp_path / "run", exit_code=REFUSED)
    runs = len(FRAMEWORKS) * REPLICATIONS
    assert f"all {runs} runs failed; the first, replication 1 of 2006-regime with seed 2006" in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_blank_reading_has_the_shape_of_one() -> None:
    work = comparing.comparing(posed(load_scenario(SMALL)), "compiled", "none")
    blank, read = work.blank(), work.read(0, 1).arrays
    assert {name: array.shape for name, array in blank.items()} == {name: array.shape for name, array in read.items()}
    assert VALUES in read


def test_the_values_of_a_comparison_are_read_in_pieces() -> None:
    small = load_scenario(SMALL).changed({"run": {"replications": 5}}, "the test")
    ended = compare(small, crewing=Crewing(workers=1, batch=2))
    pieces = [len(set(piece["replication"])) for piece in ended.replication_frames()]
    assert pieces == [1, 2, 2] * len(small.run.frameworks)
    assert len(ended.replications) == sum(len(piece) for piece in ended.replication_frames())


@pytest.mark.slow
def test_memory_does_not_grow_with_replications() -> None:
    def most_bytes(replications: int) -> int:
        few = load_scenario(SMALL).changed({"run": {"replications": replications, "years": 1}}, "the test")
        frameworks = [load_framework("option-a"), load_framework("2006-regime")]
        tracemalloc.start()
        ended = compare(few, frameworks, crewing=Crewing(workers=1, batch=5))
        assert sum(len(piece) for piece in ended.replication_frames()) % replications == 0
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most_bytes(10)  # what is loaded once
    assert most_bytes(160) < 1.1 * most_bytes(20)
