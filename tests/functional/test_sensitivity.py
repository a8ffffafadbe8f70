"""Plausible worlds: known indices and splits through the whole path, noise that decides nothing, stops, the command."""

import html
import json
import signal
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from simulator.commands.cli import app
from simulator.engine.setting_checks import NoTeamError
from simulator.inputs.messages import InputError
from simulator.measures.names import MEASURES
from simulator.questions.sensitivity.analysis import sensitivity
from simulator.questions.sensitivity.assumptions import assumptions_of, chosen
from simulator.questions.sensitivity.beyond import beyond
from simulator.questions.sensitivity.chart import sensitivity_charts
from simulator.questions.sensitivity.found import CHANCE, OTHERS, Effort, Sensitivity
from simulator.questions.sensitivity.plausible_worlds import (
    CANNOT,
    FASTER,
    NoSuchWorldError,
    Plan,
    PlausibleWorlds,
    plausible_worlds,
)
from simulator.questions.sensitivity.words import sensitivity_sentences
from simulator.running.batches import Reading
from simulator.running.comparing import VALUES
from simulator.running.crews import Crewing
from simulator.running.question import Question, posed
from simulator.running.store import MANIFEST, UNFINISHED
from simulator.running.targets import Quantity
from simulator.scenario.scenario import load_scenario
from tests.undrawn import as_drawn
from tests.unit.test_sobol import FIRST, TOTAL, ishigami

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
REFUSED = 2
UNFOUND = Quantity("undetected_poor_provider_years", "childrens_home")
THREE = SPEED, FOUND_OUT, MANAGERS = ("quality.speed", "quality.found_out.after_poor", "signals.manager_changes")

Positions = Mapping[str, float]
Function = Callable[[Positions, float], float]
"""Of the positions of assumptions by their keys (a half where as given) and of a number that is chance."""


def instead(monkeypatch: pytest.MonkeyPatch, function: Function) -> None:
    """Let a function of positions and chance stand for the simulation: the difference is what it gives."""

    def read(work: PlausibleWorlds, case: int, replication: int) -> Reading:
        positions = defaultdict(lambda: 0.5)
        for each, position in zip(work.assumptions, work.plan.positions[replication - 1, case], strict=True):
            if not np.isnan(position):
                positions[each.key] = float(position)
        number = int(work.plan.replications[replication - 1, case])
        values = np.zeros((2, len(MEASURES), 14))
        values[0] = function(positions, float(np.random.default_rng(number).normal()))
        return Reading({VALUES: values, FASTER: np.array(False), CANNOT: np.array(False)})

    monkeypatch.setattr(PlausibleWorlds, "read", read)
    monkeypatch.setattr(PlausibleWorlds, "prepare", lambda work: None)


@pytest.fixture(scope="module")
def question() -> Question:
    return posed(load_scenario(SMALL).changed({"run": {"frameworks": ["option-b", "2006-regime"]}}, "a test"))


def analysed(question: Question, *keys: str, worlds: int = 256, singly: int = 8) -> Sensitivity:
    varied = chosen(keys or THREE, question)
    effort = Effort(worlds, singly, replications=4)
    return sensitivity(question, UNFOUND, assumptions=varied, effort=effort, crewing=Crewing(workers=1))


def test_ishigamis_indices_come_out_of_the_whole_path(question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, lambda at, _: float(ishigami(np.array([at[key] for key in THREE]))))
    found = analysed(question, worlds=1024)
    for key, first, total in zip(THREE, FIRST, TOTAL, strict=True):
        assert found.indices[key].first.value == pytest.approx(first, abs=0.08)
        assert found.indices[key].total.value == pytest.approx(total, abs=0.08)
    assert found.indices[CHANCE].total.value == 0
    assert found.standings.noise == 0
    assert OTHERS not in found.indices
    told = " ".join(sensitivity_sentences(found))
    assert "most of all speed at which grades change" in told or "most of all changes of manager" in told
    assert "so assumptions interact with one another" in told
    assert "Chance plays a part in 0%" in told


def test_chance_has_the_share_of_variance_that_it_makes(question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    """A uniform over [0, 4] has the variance 4/3: chance, of variance 1, makes 3 of 7 parts."""
    instead(monkeypatch, lambda at, chance: 4 * at[SPEED] + chance)
    found = analysed(question, worlds=1024)
    assert found.indices[CHANCE].total.value == pytest.approx(3 / 7, abs=0.07)
    assert found.indices[THREE[0]].first.value == pytest.approx(4 / 7, abs=0.08)
    assert found.standings.noise == pytest.approx(1, abs=0.08)
    assert found.indices[THREE[1]].total.value == 0
    assert "There is no clear interaction between assumptions" in " ".join(sensitivity_sentences(found))


def test_the_assumption_that_decides_is_found(question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, lambda at, chance: 10 * np.sign(at[FOUND_OUT] - 0.7) + chance)
    found = analysed(question)
    tree = found.decision.tree
    assert tree.feature is not None
    assert found.singly[tree.feature].key == THREE[1]
    assert tree.threshold == pytest.approx(0.7, abs=0.03)
    assert found.decision.accuracy > 0.95
    assert found.shares.set_index("framework")["share"]["option-b"] == pytest.approx(0.7, abs=0.02)
    told = " ".join(sensitivity_sentences(found))
    assert "In 70% (" in told
    assert "option B leaves fewer homes poor and unfound than the 2006 regime" in told
    assert (
        "The deciding assumption is improvement after being found poor: with improvement after being found poor at "
        "most 12" in told
    )
    assert "alone reverses the difference" in told
    assert "So the answer, option B, holds in most plausible worlds." in told


def test_noise_alone_has_no_winner_and_no_deciding_assumption(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead(monkeypatch, lambda _, chance: chance)
    found = analysed(question)
    assert found.standings.winner is None
    assert found.decision.tree.feature is None
    assert found.indices[CHANCE].total.value == pytest.approx(1, abs=0.25)
    told = " ".join(sensitivity_sentences(found))
    assert "There is no clear winner" in told
    assert "What decides" not in told


def test_two_frameworks_that_come_to_the_same_are_told_so(question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, lambda _, __: 0.0)
    found = analysed(question, worlds=32)
    told = sensitivity_sentences(found)
    assert "have exactly the same result" in told[0]
    assert "no assumption changes the difference" in told[1]
    assert len(told) == 2
    assert [drawn.chart.name for drawn in sensitivity_charts(found)] == ["tornado"]


def test_those_that_swing_furthest_are_looked_at_singly_and_the_others_together(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Complaints do something only where two others are high, and are not found one at a time."""
    one, other, hidden = "signals.manager_changes", "signals.serious_concerns.poor", "signals.complaints"

    def function(at: Positions, _: float) -> float:
        return 8 * at[one] + 6 * at[other] + 20 * (at[hidden] > 0.8) * (at[one] > 0.6) * (at[other] > 0.6)

    instead(monkeypatch, function)
    found = analysed(question, "signals", worlds=512, singly=2)
    assert [each.key for each in found.singly] == [one, other]
    assert found.screening is not None
    widths = {each.key: found.screening.width(each) for each in found.assumptions}
    assert (widths[one], widths[other], widths[hidden]) == pytest.approx((4, 3, 0))
    assert found.indices[OTHERS].total.low > 0
    assert "not examined singly, all together, in" in " ".join(sensitivity_sentences(found))


def test_worlds_in_which_a_run_fails_are_left_out_and_counted(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(at: Positions, chance: float) -> float:
        if at[SPEED] > 0.9 and at[FOUND_OUT] > 0.5:
            raise ValueError("no such world")
        return 5 + chance

    instead(monkeypatch, failing)
    found = analysed(question)
    assert 0 < found.left_out < 40
    assert len(found.standings.verdicts) == len(found.positions) == 256 - found.left_out
    assert {each.error for each in found.failures} == {"ValueError: no such world"}
    assert f"{found.left_out} of 256 worlds are left out" in " ".join(sensitivity_sentences(found))
    assert found.standings.winner == "worse"


def test_charts_say_what_is_to_be_seen_and_are_the_same_every_time(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead(monkeypatch, lambda at, chance: 10 * (at[FOUND_OUT] - 0.5) + 0.1 * chance)
    found = analysed(question, worlds=64)
    tornado, spread = (drawn.chart for drawn in sensitivity_charts(found))
    assert tornado.title == "Improvement after being found poor moves the difference most"
    assert "Improvement after being found poor: at the lower end (5) −5.0" in tornado.alt
    assert "; at the upper end (15) 5.0" in tornado.alt
    assert spread.title.startswith("Improvement after being found poor has a part in ")
    first, again = (as_drawn(lambda: sensitivity_charts(found)[0].chart) for _ in range(2))
    assert first == again
    first, again = (as_drawn(lambda: sensitivity_charts(found)[1].chart) for _ in range(2))
    assert first == again


def test_the_end_of_a_range_is_said_once_where_there_are_many_ranges(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead(monkeypatch, lambda at, _: 2 * at["kinds.*.effort_days"])
    tornado = sensitivity_charts(analysed(question, "kinds.*.effort_days", worlds=16))[0].chart
    assert "Inspector-days that an inspection takes: at the lower end 0; at the upper end 2.0." in tornado.alt


# --- The command --------------------------------------------------------------------------------------------


def inspectsim(out: Path, *options: str, exit_code: int = 0) -> Result:
    told = ["sensitivity", str(SMALL), "--framework", "option-b", "--framework", "2006-regime", "--out", str(out)]
    result = CliRunner().invoke(app, [*told, *options], catch_exceptions=False)
    assert result.exit_code == exit_code, result.stderr
    return result


QUICK = ("--worlds", "16", "--replications", "2", "--workers", "1")
VARIED = tuple(part for key in THREE for part in ("--vary", key))


def content(folder: Path) -> dict[str, bytes]:
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: each for name, each in files.items() if name != MANIFEST}


def test_the_command_runs_both_frameworks_and_writes_every_table(tmp_path: Path) -> None:
    out = tmp_path / "run"
    told = inspectsim(out, "--vary", THREE[0], "--years", "1", *QUICK)
    assert "of the plausible worlds option B leaves" in told.stdout
    for name in ("shares", "splits", "swings", "spread", "worlds", "assumptions", "charts/tornado", "charts/spread"):
        assert len(pd.read_csv(out / f"{name}.csv")) > 0
    worlds = pd.read_csv(out / "worlds.csv")
    assert len(worlds) == 16
    assert worlds[THREE[0]].between(0.35, 0.6).all()
    assert worlds["difference"].nunique() > 8
    swings = pd.read_csv(out / "swings.csv")
    assert swings["value"].dropna().tolist() == [0.35, 0.6]
    shares = pd.read_csv(out / "shares.csv")
    assert shares["worlds"].sum() == 16
    for name in ("tornado", "spread"):
        assert "<desc" in (out / "charts" / f"{name}.svg").read_text()
        assert (out / "charts" / f"{name}.png").exists()
    assert not (out / UNFINISHED).exists()


def test_ranges_that_reach_beyond_what_can_be_run_are_named(question: Question) -> None:
    """Of the area pool of the small scenario only so many are in the field as its teams need."""
    ends = beyond(question, assumptions_of(question))
    assert [(each.assumption.key, each.end) for each in ends] == [
        ("capacity.deployable_days_per_fte_year", 0.0),
        ("kinds.*.team", 1.0),
    ]
    assert all("asks for inspections by a team of" in each.why for each in ends)


def test_worlds_that_cannot_be_run_are_foretold_left_out_and_counted(tmp_path: Path) -> None:
    out = tmp_path / "run"
    told = inspectsim(out, "--vary", "kinds.*.team", "--years", "1", *QUICK)
    why = (
        'size of teams at its upper end, framework "2006-regime": rules.local-authorities.kind asks for inspections '
        "by a team of 12"
    )
    assert told.stderr.startswith(f"Warning: with {why}")
    assert told.stderr.index("Warning") < told.stderr.index("runs done")
    there = len(pd.read_csv(out / "worlds.csv"))
    assert 0 < there < 16
    sentence = f"{16 - there} of 16 worlds are left out because they cannot be run: with {why}"
    assert sentence in told.stdout
    assert sentence in (out / "answer.txt").read_text(encoding="utf-8")
    assert sentence in html.unescape((out / "report.html").read_text(encoding="utf-8"))
    counted = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["worlds"]
    assert (counted["left_out"], counted["cannot_be_run"]) == (16 - there, 16 - there)
    assert not (out / "failures.csv").exists()
    assert not (out / UNFINISHED).exists()


def test_where_no_world_can_be_run_it_is_refused(question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, lambda _, __: 0.0)
    read = PlausibleWorlds.read

    def nothing(work: PlausibleWorlds, case: int, replication: int) -> Reading:
        return Reading({**read(work, case, replication).arrays, CANNOT: np.array(True)})

    monkeypatch.setattr(PlausibleWorlds, "read", nothing)
    with pytest.raises(InputError, match="no world within the ranges can be run"):
        analysed(question)


@pytest.mark.parametrize("refusal", [NoTeamError("too few"), NoSuchWorldError("no such grade")])
def test_only_what_a_range_leads_to_is_a_world_that_cannot_be_run(
    question: Question, monkeypatch: pytest.MonkeyPatch, refusal: InputError
) -> None:
    """Whatever else cannot be used is told, and not counted as one of them."""
    faults: list[InputError] = [refusal]

    def refused(_: Question) -> object:
        raise faults[0]

    every = assumptions_of(question)
    plan = Plan(np.full((1, 1, len(every)), np.nan), np.ones((1, 1), dtype=np.int64))
    work = plausible_worlds(question, every, plan, "compiled")
    monkeypatch.setattr("simulator.questions.sensitivity.plausible_worlds.settings_of", refused)
    monkeypatch.setattr("simulator.questions.sensitivity.beyond.settings_of", refused)
    assert work.read(0, 1).arrays[CANNOT]
    assert {each.why for each in beyond(question, every)} == {str(refusal)}
    faults[0] = InputError("a file that cannot be read")
    with pytest.raises(InputError, match="cannot be read"):
        work.read(0, 1)
    with pytest.raises(InputError, match="cannot be read"):
        beyond(question, every)


def test_the_same_assumptions_in_another_order_are_another_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that are finished have them in theirs."""
    runs = 0

    def stopping(at: Positions, chance: float) -> float:
        nonlocal runs
        runs += 1
        if runs == 9:
            raise KeyboardInterrupt
        return 3 * at[SPEED] + at[FOUND_OUT] + chance

    instead(monkeypatch, stopping)
    inspectsim(tmp_path / "run", *VARIED, *QUICK, exit_code=130)
    other = [each for key in reversed(THREE) for each in ("--vary", key)]
    told = inspectsim(tmp_path / "run", *other, *QUICK, "--resume", exit_code=REFUSED)
    assert "the order in assumptions was" in told.stderr


def test_a_run_that_was_stopped_goes_on_to_the_same_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = 0

    def function(at: Positions, chance: float) -> float:
        nonlocal runs
        runs += 1
        if runs == stop:
            raise KeyboardInterrupt
        return 3 * at[SPEED] + at[FOUND_OUT] + chance

    instead(monkeypatch, function)
    options = (*VARIED, *QUICK, "--singly", "2")
    stop = 0
    inspectsim(tmp_path / "whole", *options)
    assert runs == 2 * 7 + 2 * 5 + 8 * 7
    out = tmp_path / "stopped"
    for runs, stop in ((0, 9), (0, 20)):  # noqa: B007  (both are read above)
        told = inspectsim(out, *options, *(["--resume"] if stop > 9 else []), exit_code=130)
        assert "Continue with --resume" in told.stderr
    assert "Use --resume to continue it" in inspectsim(out, *options, exit_code=REFUSED).stderr
    assert "answers another question" in inspectsim(out, *options, "--seed", "1", "--resume", exit_code=REFUSED).stderr
    stop = 0
    inspectsim(out, *options, "--resume")
    assert content(out) == content(tmp_path / "whole")


def test_enough_worlds_have_results_even_if_it_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "run"
    runs = 0

    def function(at: Positions, chance: float) -> float:
        nonlocal runs
        runs += 1
        if runs == 7 * 2 + 9 * 7 + 3:
            signal.raise_signal(signal.SIGINT)
        return 3 * at[SPEED] + chance

    instead(monkeypatch, function)
    told = inspectsim(out, *VARIED, "--worlds", "64", *QUICK[2:], exit_code=130)
    assert "these are the results of 18 of 64 worlds" in told.stderr
    assert len(pd.read_csv(out / "worlds.csv")) == 18
    assert (out / UNFINISHED).exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--vary", "quality.sped"], 'did you mean "quality.speed"?'),
        (["--measure", "undetected"], 'there is no measure "undetected"; did you mean'),
        (["--measure", "inspections_per_year"], "there is no winner"),
        (["--framework", "option-a"], "--framework: given 3"),
        (["--worlds", "4"], "allowed: 16 or more"),
        (["--replications", "1"], "allowed: 2 or more"),
        (["--singly", "0"], "allowed: 1 or more"),
    ],
)
def test_what_cannot_be_used_ends_with_one_message(tmp_path: Path, options: list[str], message: Any) -> None:
    told = inspectsim(tmp_path / "run", *options, exit_code=REFUSED)
    assert message in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


def test_one_framework_is_too_few(tmp_path: Path) -> None:
    options = ["sensitivity", str(SMALL), "--framework", "option-b", "--out", str(tmp_path / "run")]
    refused = CliRunner().invoke(app, options, catch_exceptions=False)
    assert refused.exit_code == REFUSED
    assert "--framework: given 1 (option-b); allowed: two" in refused.stderr
