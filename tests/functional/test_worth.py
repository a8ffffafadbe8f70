"""What is worth knowing, from the question to the folder: counts, groups, other measures without runs, and stops."""

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import simulator
from simulator.inputs.messages import InputError
from simulator.measures.names import MEASURES
from simulator.questions.sensitivity.assumptions import assumptions_of
from simulator.questions.sensitivity.plausible_worlds import CANNOT, PlausibleWorlds
from simulator.questions.worth.answer import WorthKnowing
from simulator.questions.worth.sources import REST, SOURCES, fits, source_of
from simulator.questions.worth.worlds import drawn
from simulator.running.batches import Reading
from simulator.running.comparing import VALUES
from simulator.running.crews import Crewing
from simulator.running.question import posed
from simulator.running.store import MANIFEST
from simulator.scenario.scenario import load_scenario
from simulator.statistics.information import partial
from tests.commands import INTERRUPTED, SMALL, ended, ran

UNFOUND = "undetected_poor_provider_years of childrens_home"
THREE = ["2006-regime", "option-a", "option-b"]
OF_THREE = [part for name in THREE for part in ("--framework", name)]
VARIED = ["quality.speed", "signals.complaints", "costs.cost_per_provider_day"]
SPEED, COMPLAINTS, COSTS = range(3)

Function = Callable[[np.ndarray, int], list[float]]
"""Of the positions of the varied assumptions and the number of a replication: the measures under each framework."""


def instead(monkeypatch: pytest.MonkeyPatch, function: Function, stop_at: int = 0) -> list[int]:
    """Let a function stand for the simulation; return where the worlds that are run are counted."""
    run: list[int] = []

    def read(work: PlausibleWorlds, case: int, replication: int) -> Reading:
        run.append(replication)
        if len(run) == stop_at:
            signal.raise_signal(signal.SIGINT)
        number = int(work.plan.replications[replication - 1, case])
        values = function(work.plan.positions[replication - 1, case], number)
        blank = {**work.blank(), CANNOT: np.array(not values)}
        found = np.ones((3, len(MEASURES), 14)) * np.array(values or [np.nan] * 3)[:, None, None]
        return Reading({**blank, VALUES: found})

    monkeypatch.setattr(PlausibleWorlds, "read", read)
    monkeypatch.setattr(PlausibleWorlds, "prepare", lambda work: None)
    return run


def hangs_on_complaints(positions: np.ndarray, number: int) -> list[float]:
    """Return the homes unfound: option A is better where there are many complaints, option B never."""
    noise = np.random.default_rng(number).normal(size=2)
    return [50.0, 50 + 40 * (0.45 - positions[COMPLAINTS]) + noise[0], 60 + noise[1]]


def asked(**more: object) -> WorthKnowing:
    return simulator.worth(SMALL, THREE, vary=VARIED, crewing=Crewing(workers=1), **more)  # type: ignore[arg-type]


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> WorthKnowing:
    instead(monkeypatch, hangs_on_complaints)
    return asked()


@pytest.mark.parametrize("name", ["england-2006", "homes-2014-2017"])
def test_every_assumption_can_be_answered_by_exactly_one_source(name: str) -> None:
    keys = [assumption.key for assumption in assumptions_of(posed(load_scenario(name)))]
    assert {key: [source.name for source in SOURCES if fits(source, key)] for key in keys} == {
        key: [source_of(key).name] for key in keys
    }
    assert source_of("something.else") == REST


def test_what_decides_is_worth_knowing_and_nothing_else(known: WorthKnowing) -> None:
    rows: Any = known.information.set_index("source")
    assert rows.index.tolist() == ["everything", "news", "quality", "providers"]
    assert rows["clear"].tolist() == [True, True, False, False]
    truth = 40 * (0.45**2) / 2
    """The mean of what is lost by option A, where it does worse: the choice is option A, as it is better on average."""
    for source in ("everything", "news"):
        assert rows.loc[source, "worth_low"] <= truth <= rows.loc[source, "worth_high"]
        assert rows.loc[source, "worth"] == pytest.approx(truth, rel=0.15)
    assert (rows.loc[["quality", "providers"], "worth_low"] == 0).all()
    told = known.sentences[-1]
    assert "Knowing what a year of complaints and concerns could tell would be worth" in told
    assert "nothing else is clearly worth knowing" in told
    assert f"about {known.found.for_singles} worlds" in told


def test_what_one_source_could_tell_does_not_pass_for_what_another_could() -> None:
    """The columns of a Sobol sequence are so correlated that it did in nearly all cases."""
    named = []
    for seed in range(20):
        positions = drawn(64, 94, seed)
        values = np.stack([np.zeros(64), positions[:, 3 * seed] - 0.5], axis=1)
        by_source = partial(values, [positions[:, 60:75], positions[:, 75:]], seed, 50)
        named.append(any(learnt.clear for learnt in by_source))
    assert np.mean(named) <= 0.15


def test_each_option_is_counted_against_the_baseline(known: WorthKnowing) -> None:
    rows: Any = known.options.query("measure == 'undetected_poor_provider_years'").set_index("framework")
    wide: Any = known.worlds.query("measure == 'undetected_poor_provider_years'").pivot(
        index="world", columns="framework", values="value"
    )
    better = (wide["option-a"] < wide["2006-regime"]).sum()
    assert rows.loc["option-a", "better"] == better / 64
    assert rows.loc["option-b", "better"] == 0
    assert rows.loc["option-a", "difference"] == pytest.approx((wide["option-a"] - wide["2006-regime"]).mean())
    assert rows["best"].sum() == pytest.approx(1)
    assert not rows.loc["option-b", "may_be_best"]
    assert np.isnan(rows.loc["2006-regime", "difference"])
    title = known.verdict.title
    assert title.startswith(f"Option A leaves fewer homes poor and unfound than the 2006 regime in {better} of 64")
    cells = {line.label: line.cells for line in known.verdict.lines[:4]}
    assert cells["better than now, of 64 worlds"] == ("–", str(better), "0")
    assert sum(map(int, cells["best of all, of 64 worlds"])) == 64


def test_the_chance_of_at_least_so_much_falls_from_one_to_nought(known: WorthKnowing) -> None:
    chart = known.drawn[0]
    assert chart.chart.name == "chance-undetected_poor_provider_years-childrens_home"
    for _, rows in chart.numbers.groupby("framework"):
        assert rows["mean"].iloc[0] == 1
        assert rows["mean"].iloc[-1] == 0
        assert (np.diff(rows["mean"]) <= 0).all()
        assert (np.diff(rows["at_least"]) > 0).all()
    assert 0.0 in chart.numbers["at_least"].round(9).tolist()


def test_where_no_option_overtakes_nothing_is_worth_knowing(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, lambda positions, number: [50 + positions[SPEED], 40 + positions[SPEED], 60.0])
    answer = asked(measures=UNFOUND)
    assert answer.sentences[-1] == (
        "Nothing is worth knowing for this choice: no option overtakes option A in any of these worlds."
    )
    assert (answer.information["worth"] == 0).all()
    assert "No one source is clearly worth asking" in answer.charts["information"].title


def test_worlds_that_cannot_be_run_are_counted_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def some(positions: np.ndarray, number: int) -> list[float]:
        return hangs_on_complaints(positions, number) if positions[SPEED] < 0.75 else []

    instead(monkeypatch, some)
    answer = asked(worlds=32)
    assert answer.made["worlds"] == {"asked": 32, "finished": 32, "left_out": 8, "cannot_be_run": 8}
    assert any(caveat.startswith("8 of 32 worlds are left out because they cannot be run") for caveat in answer.basis)


@pytest.mark.usefixtures("undrawn")
def test_other_measures_are_read_off_without_new_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run = instead(monkeypatch, hangs_on_complaints)
    first, second = tmp_path / "first", tmp_path / "second"
    vary = [part for key in VARIED for part in ("--vary", key)]
    ran("worth", SMALL, *OF_THREE, *vary, "--worlds", "16", "--out", first)
    count = len(run)
    assert count == 32
    days = "days_unfound_mean of childrens_home"
    ran("worth", first, *vary, "--worlds", "16", "--measure", days, "--out", second)
    assert len(run) == count
    assert json.loads((second / MANIFEST).read_text())["measures"] == [days]
    assert set(pd.read_csv(second / "options.csv")["measure"]) == {"days_unfound_mean"}
    ran("worth", first, *vary, "--worlds", "32", "--measure", days, "--out", second)
    assert len(run) == count + 64


@pytest.mark.usefixtures("undrawn")
def test_a_stopped_run_keeps_its_worlds_and_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    command = ["worth", str(SMALL), *OF_THREE, "--vary", "quality.speed", "--vary", "signals.complaints"]
    command += ["--worlds", "16", "--workers", "1", "--measure", UNFOUND]
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    run = instead(monkeypatch, hangs_on_complaints)
    ran(*command, "--out", whole)
    run = instead(monkeypatch, hangs_on_complaints, stop_at=21)
    ended(INTERRUPTED, *command, "--out", stopped)
    assert "results of 10 of 16 worlds" in (stopped / "report.html").read_text()
    run.clear()
    run = instead(monkeypatch, hangs_on_complaints)
    ran(*command, "--out", stopped, "--resume")
    assert set(run) == set(range(11, 17))
    for name in ("options.csv", "information.csv", "worlds.csv", "verdict.json", "runs.npz"):
        assert (stopped / name).read_bytes() == (whole / name).read_bytes()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"frameworks": ["option-a"]}, "frameworks: given one (option-a); allowed: two or more"),
        ({"frameworks": THREE, "worlds": 4}, "worlds: given 4; allowed: 8 or more"),
        ({"frameworks": THREE, "measures": "inspections_per_year"}, "neither more nor less of it is better"),
    ],
)
def test_what_cannot_be_used_gets_one_message(given: dict[str, object], said: str) -> None:
    with pytest.raises(InputError) as refused:
        simulator.worth(SMALL, **given)  # type: ignore[arg-type]
    assert said in str(refused.value)


def test_a_small_england_is_run_in_a_few_worlds(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    told = ran("worth", SMALL, *OF_THREE[:4], "--worlds", "8", "--out", folder)
    assert "of 6 plausible worlds" in told.stdout
    assert "2 of 8 worlds are left out because they cannot be run" in " ".join(told.stdout.split())
    assert "Warning: with deployable days of an inspector a year at its lower end" in told.stderr
    manifest = json.loads((folder / MANIFEST).read_text())
    assert manifest["worlds"]["finished"] == 8
    assert len(pd.read_csv(folder / "positions.csv").columns) > 60
    report = (folder / "report.html").read_text()
    assert "What is worth knowing" in report
    assert "Who could answer" in report
    assert {"runs.npz", "charts/information.svg"} <= {str(path.relative_to(folder)) for path in folder.rglob("*")}
