"""The command: what it prints and writes, what it refuses, and that nothing is lost when it ends early."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from simulator.inspectorate.framework import load_framework, shipped_frameworks
from simulator.render import terminal
from simulator.running.run_folder import framework_toml
from simulator.running.runner import must_compile
from simulator.running.store import MANIFEST
from simulator.scenario.scenario import load_scenario
from tests.commands import PAIR, REFUSED, SMALL, content, inspectsim, ran

THREE = SMALL.with_name("three.toml")
COMPARED = load_scenario(THREE).run.frameworks
HELP_SECONDS = 0.3
FIRST_RUN_SECONDS = 2


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "one"
    ran("compare", THREE, "--out", folder, "--workers", "1", "--events", "first")
    return folder


def test_help_answers_at_once() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run(
        [sys.executable, "-c", "from simulator.commands.cli import main; main()", "--help"],
        capture_output=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert told.returncode == 0
    assert b"compare" in told.stdout
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < HELP_SECONDS


def test_a_comparison_begins_at_once(run: Path) -> None:
    """With all compiled: CPU time from the start of the program to the first replication of the shipped England."""
    assert run.is_dir()  # so it has been compiled
    program = (
        "import time, os\n"
        "from simulator.running import comparing\n"
        "from simulator.commands.cli import main\n"
        "def begin(*_):\n"
        "    print(time.process_time(), flush=True)\n"
        "    os._exit(0)\n"
        "comparing.observe = begin\n"
        "main()\n"
    )
    command = [sys.executable, "-c", program, "compare", "--workers", "1", "--out", str(run.parent / "begun")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(told.stdout) < FIRST_RUN_SECONDS


def test_compare_writes_all_files(run: Path) -> None:
    manifest = json.loads((run / MANIFEST).read_text())
    assert set(manifest["files"]) == set(content(run))
    assert {"summary.csv", "differences.csv", "replications.csv", "scenario.toml", "providers.csv"} <= set(content(run))
    assert {f"frameworks/{name}.toml" for name in COMPARED} <= set(content(run))
    assert [Path(name).suffix for name in manifest["files"] if name.startswith("charts/")].count(".svg") == 9
    assert manifest["command"]["scenario"] == str(THREE)
    assert manifest["replications"] == {"asked": 4, "finished": 4}
    assert manifest["seed"] == 2006
    assert not manifest["interrupted"]


def test_frames_have_the_columns_promised(run: Path) -> None:
    columns = {name: (run / f"{name}.csv").read_text().splitlines()[0] for name in ("summary", "differences")}
    assert columns == {
        "summary": "framework,service_type,measure,mean,low,high,replications",
        "differences": "framework,baseline,service_type,measure,mean,low,high,replications",
    }
    for name in ("inspections", "episodes", "backlog"):
        events = pd.read_parquet(run / f"{name}.parquet")
        assert list(events)[:2] == ["framework", "replication"]
        assert set(events["replication"]) == {1}
        assert set(events["framework"]) == set(COMPARED)


@pytest.mark.usefixtures("undrawn")
def test_compare_tells_the_answer(tmp_path: Path) -> None:
    told = ran("compare", SMALL, "--out", tmp_path / "run", "--framework", "2006-regime", "--framework", "option-b")
    lines = told.stdout.splitlines()
    verdict = json.loads((tmp_path / "run" / "verdict.json").read_text("utf-8"))
    for paragraph in (verdict["title"], *verdict["trouble"], *verdict["told"], *verdict["doubts"]):
        assert paragraph in lines
    answer = (tmp_path / "run" / "answer.txt").read_text("utf-8").splitlines()
    assert any(line.startswith("The 2006 regime makes") for line in answer)
    assert any(line.startswith("Option B makes") for line in answer)
    assert "All providers" in told.stdout
    assert "Files in" in told.stdout
    assert "8 of 8 runs done" in told.stderr
    assert "runs done" not in told.stdout


@pytest.mark.usefixtures("undrawn")
def test_yardsticks_say_which_share_of_the_possible_gain_is_realised(run: Path, tmp_path: Path) -> None:
    assert "gains.csv" not in content(run)
    asked = ("--yardsticks", "--framework", "option-a", "--framework", "cyclic", "--replications", "12")
    told = ran("compare", SMALL, *asked, "--out", tmp_path)
    answer = (tmp_path / "answer.txt").read_text("utf-8")
    sentence = next(line for line in answer.splitlines() if line.startswith("Option A achieves"))
    assert "of the possible gain from Concerns only to Clairvoyant" in sentence
    assert "gains.csv" in told.stdout
    gains = pd.read_csv(tmp_path / "gains.csv")
    scales = gains[gains["service_type"] == "all"].groupby(["lower", "upper"])["framework"].unique().map(set)
    assert scales["none", "clairvoyant"] == {"option-a", "cyclic", "belief-index"}
    assert scales["cyclic", "belief-index"] == {"option-a", "none", "clairvoyant"}
    values = pd.read_csv(tmp_path / "replications.csv")
    chosen = values[(values["service_type"] == "childrens_home") & (values["measure"] == "child_years_undetected")]
    mean = chosen.groupby("framework")["value"].mean()
    (row,) = gains.query(
        "framework == 'option-a' and lower == 'none' and service_type == 'childrens_home' "
        "and measure == 'child_years_undetected'"
    ).to_dict("records")
    assert row["share"] == pytest.approx((mean["none"] - mean["option-a"]) / (mean["none"] - mean["clairvoyant"]))
    assert row["possible"] == pytest.approx(mean["none"] - mean["clairvoyant"])
    assert row["low"] < row["share"] < row["high"]
    assert row["replications"] == 12


def test_a_run_is_made_again_from_its_folder(run: Path, tmp_path: Path) -> None:
    ran("compare", run / "scenario.toml", "--out", tmp_path / "again", "--events", "first")
    assert content(tmp_path / "again") == content(run)


@pytest.mark.usefixtures("undrawn")
def test_a_run_with_options_own_framework_and_register_is_made_again(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.toml").write_text('extends = "option-b"\ntitle = "Mine"\n[kinds.key]\nsigma = 0.3\n')
    register = pd.read_csv(run / "providers.csv", dtype=str).iloc[3:]
    register.to_csv("register.csv", index=False)
    options = ["--years", "3", "--inspectors", "5", "--inspectors", "area=inf", "--seed", "7", "--replications", "2"]
    named = ["--framework", "own.toml", "--framework", "option-a", "--register", "register.csv"]
    ran("compare", SMALL, "--out", "first", *options, *named, "--long-run", "--events", "all")
    assert set(pd.read_parquet("first/episodes.parquet")["replication"]) == {1, 2}
    Path("own.toml").unlink()
    Path("first").rename("elsewhere")
    ran("compare", "elsewhere", "--events", "all")
    assert content(tmp_path / "results" / "elsewhere-again") == content(tmp_path / "elsewhere")
    assert ran("compare", "elsewhere/scenario.toml", "--framework", "own", "--out", "third").exit_code == 0


@pytest.mark.usefixtures("undrawn")
def test_a_scenario_names_frameworks_from_its_folder_and_an_option_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("there", "."):
        Path(folder).mkdir(exist_ok=True)
        Path(folder, "own.toml").write_text(f'extends = "option-a"\ntitle = "From {folder}"\n')
    run_table = '[run]\nframeworks = ["own.toml"]\nbaseline = "own.toml"\nreplications = 1\n'
    Path("there", "mine.toml").write_text(f'extends = "{SMALL}"\n{run_table}')
    assert "From there" in ran("compare", "there/mine.toml").stdout
    assert "From there" in ran("compare", "there/mine.toml", "--framework", "own").stdout
    assert "From ." in ran("compare", "there/mine.toml", "--framework", "own.toml").stdout


@pytest.mark.usefixtures("undrawn")
def test_results_go_to_a_folder_named_after_the_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran("compare", SMALL, "--framework", "option-a", "--replications", "1")
    assert (tmp_path / "results" / "small" / MANIFEST).is_file()


@pytest.mark.parametrize("name", shipped_frameworks())
def test_frameworks_read_back_from_the_folder_of_a_run(run: Path, tmp_path: Path, name: str) -> None:
    """Those that were not compared are written as they would be."""
    file = run / "frameworks" / f"{name}.toml"
    if name not in COMPARED:
        file = tmp_path / f"{name}.toml"
        file.write_text(framework_toml(load_framework(name)), encoding="utf-8")
    assert load_framework(file) == load_framework(name)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compare", "englnd-2006"], 'did you mean "england-2006"'),
        (["compare", "missing.toml"], "no such file"),
        (["compare", "england2006.toml"], 'no such file; did you mean "england-2006"'),
        (["compare", "--framework", "optoin-a"], 'did you mean "option-a"'),
        (["compare", "--framework", "option-a", "--framework", "option-a"], "given twice"),
        (["compare", "--inspectors", "lots"], "full-time equivalents"),
        (["compare", "--register", "missing.csv"], "missing.csv: cannot be read"),
        (["compare", "--replications", "0"], "--replications"),
        (["compare", "--replications", "2000000"], "run.replications"),
        (["compare", "--years", "201"], "run.years"),
        (["compare", "--seed", "-1"], "run.seed"),
        (["compare", "--engine", "simpi"], "compiled"),
        (["compare", "--sed", "1"], "--seed"),
        (["compare", "--events", "some"], "first"),
        (["compare", "--processes", "--cluster", "local"], "choose one of them"),
        (["compare", "--workers", "2", "--cluster", "tcp://10.0.0.1:1"], "--workers: given 2"),
        (["comapre"], "compare"),
        (["frameworks", "show", "option-c"], "did you mean"),
        (["trace", "childrens_home-9999"], "there is no provider"),
    ],
)
def test_what_cannot_be_used_ends_with_one_message(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = inspectsim(*arguments)
    assert result.exit_code == REFUSED
    assert message in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_an_output_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    result = inspectsim("compare", SMALL, "--out", tmp_path / "file")
    assert result.exit_code == REFUSED
    assert "is a file" in result.stderr
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.usefixtures("undrawn")
def test_what_has_run_is_compiled(run: Path, tmp_path: Path) -> None:
    assert not must_compile("compiled")
    ran("compare", SMALL, *PAIR, "--engine", "simpy", "--replications", "1", "--out", tmp_path)
    assert not must_compile("simpy")


@pytest.mark.usefixtures("undrawn")
def test_compiling_is_announced_where_it_will_be_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "must_compile", lambda engine: engine == "compiled")
    compared = ran("compare", SMALL, "--out", tmp_path, "--framework", "option-a", "--replications", "1")
    assert "about a minute" in compared.stderr
    refused = inspectsim("compare", SMALL, "--out", tmp_path, "--framework", SMALL)
    assert "about a minute" not in refused.stderr
    assert "about a minute" in ran("trace", "childrens_home-0001", SMALL, "--out", tmp_path / "traces").stderr


@pytest.mark.usefixtures("undrawn")
def test_no_inspectors_are_allowed_with_a_warning(tmp_path: Path) -> None:
    none = ("--inspectors", "0", "--replications", "1", "--events", "all")
    result = ran("compare", SMALL, *PAIR, *none, "--out", tmp_path)
    assert 'the pool "regulatory" has no inspectors' in result.stderr
    backlog = pd.read_parquet(tmp_path / "backlog.parquet").groupby(["framework", "month"])["waiting"].sum()
    assert backlog.groupby("framework").last().min() > 0


def test_lists() -> None:
    assert "england-2006: England, 2006" in ran("scenarios").stdout
    listed = ran("frameworks").stdout
    assert all(name in listed for name in shipped_frameworks())
    assert "3.1.11" in ran("frameworks", "show", "option-a").stdout
    assert ran("--version").stdout.startswith("inspectsim ")


def test_trace_tells_a_life_and_draws_it(tmp_path: Path) -> None:
    told = ran("trace", "childrens_home-0003-2", SMALL, "--framework", "option-b", "--out", tmp_path / "life")
    assert "Children's home number 3 (in tables childrens_home-0003), " in told.stdout
    assert (tmp_path / "life" / "diary.txt").read_text() in told.stdout
    assert {path.name for path in (tmp_path / "life" / "charts").iterdir()} == {"life.csv", "life.png", "life.svg"}
    assert "Children's home number 3 was" in (tmp_path / "life" / "report.html").read_text().replace("&#39;", "'")


@pytest.mark.usefixtures("undrawn")
def test_trace_follows_a_provider_under_several_frameworks_side_by_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    both = ("--framework", "2006-regime", "--framework", "option-b")
    ran("trace", "childrens_home-0003", SMALL, *both)
    folder = tmp_path / "results" / "childrens_home-0003-2006-regime-option-b-1"
    shown = (folder / "report.html").read_text()
    for told in ("Under the 2006 regime", "Under option B", "Both lives use the same random numbers", "Day by day"):
        assert told in shown
    assert set(pd.read_csv(folder / "diaries.csv")["framework"]) == {"2006-regime", "option-b"}
    (folder / "report.html").write_text("spoilt")
    ran("report", folder)
    assert (folder / "report.html").read_text() == shown
    ran("trace", "childrens_home-0003", folder, *both, "--replication", "1", "--out", tmp_path / "again")
    assert (tmp_path / "again" / "report.html").read_text() == shown


def test_the_command_runs_as_a_program(run: Path, tmp_path: Path) -> None:
    """With the SimPy engine in processes of their own, which read the program's start anew."""
    program = Path(sys.executable).with_name("inspectsim")
    command = [str(program), "compare", str(run), "--engine", "simpy", "--workers", "2", "--events", "first"]
    done = subprocess.run([*command, "--out", "again"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert content(tmp_path / "again") == content(run)
