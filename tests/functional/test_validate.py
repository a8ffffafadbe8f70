"""Records that the simulator made from known mechanisms are predicted by these, and not by others; seals hold."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import simulator
from simulator.commands.cli import app
from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.questions.calibrate.mechanisms import MECHANISMS
from simulator.questions.calibrate.records import DIRECTIONS, Records, read_records
from simulator.questions.calibrate.trial import inspections_of
from simulator.questions.over_fits.worlds import fitted_question
from simulator.questions.validate.asked import Wanted, forward_of, window_of
from simulator.questions.validate.fits_run import FitsRun
from simulator.questions.validate.judged import Judged, Source, judged_by
from simulator.questions.validate.predicted import predicted
from simulator.render import terminal
from simulator.running.batches import Reading
from simulator.running.question import settings_of
from simulator.running.store import UNFINISHED, read_manifest, seal_of
from tests.commands import INTERRUPTED, content
from tests.functional.test_calibration import TRUE
from tests.functional.test_report import Page
from tests.undrawn import PROGRAM

ROOT = Path(__file__).parents[2]
HOMES = "childrens_home"
START = date(2014, 4, 1)
LAST_YEAR = date(2016, 4, 1)
END = date(2017, 4, 1)
UNSEEN = 900
"""A replication that no prediction runs."""
LATER_RULE = """
title = "One full inspection"
extends = "childrens-homes-2014"
leaves_out = ["rules.childrens-homes-interim"]
"""


def inspectsim(*arguments: str | Path | int) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def fits_of(folder: Path, homes: int, *fits: dict[str, float], **said: object) -> Path:
    """The folder of a calibration that has found exactly these fits in the first two years."""
    folder.mkdir()
    scenario = folder.parent / f"{folder.name}-homes.toml"
    scenario.write_text(
        f'title = "Homes"\nextends = "homes-2014-2017"\n[population.types]\nchildrens_home.count = {homes}\n',
        encoding="utf-8",
    )
    names = [each.name for each in MECHANISMS]
    rows = [",".join(str(fit[name]) for name in names) for fit in fits]
    (folder / "fits.csv").write_text("\n".join([",".join(names), *rows]) + "\n", encoding="utf-8")
    manifest = {
        "inspectsim": "0",
        "service_type": HOMES,
        "begins": "2013-04-01",
        "from": "2014-04-01",
        "inspection_years": 2,
        "framework": "childrens-homes-2014",
        "command": {"scenario": str(scenario)},
        "files": {},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest | said), encoding="utf-8")
    return folder


def recorded(fits: Path, replication: int, framework: Path | None = None, until: date = END) -> Records:
    """What would be recorded of one run of the first fit."""
    setting, years = first_fit(fits, framework, until)
    return Records(inspections_of(simulate(setting, replication), HOMES, years), HOMES, START)


@cache
def first_fit(fits: Path, framework: Path | None, until: date) -> tuple[Setting, int]:
    """The world of the first fit, and its years; the fits of a folder do not change here."""
    forward = forward_of(Wanted(str(fits), str(framework) if framework else None), LAST_YEAR, until)
    (setting,) = settings_of(fitted_question(forward.question, forward.fits, 1))
    return setting, forward.question.scenario.run.years


def written(records: Records, path: Path, since: date = START) -> Path:
    """Records as a CSV file, those from a day on."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["provider", "service_type", "kind", "date", "grade", "direction"])
        for provider, day, kind, grade, direction in zip(*records.inspections[:5], strict=True):
            when = records.start + timedelta(days=int(day))
            if when >= since:
                said = DIRECTIONS[direction - 1] if direction else ""
                lines.writerow([provider, HOMES, ("full", "interim", "monitor")[kind], when, grade or "", said])
    return path


@pytest.fixture(scope="module")
def true_fits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fits_of(tmp_path_factory.mktemp("true") / "fitted", 1200, TRUE)


@pytest.fixture(scope="module")
def file(true_fits: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(recorded(true_fits, UNSEEN), tmp_path_factory.mktemp("records") / "records.csv")


@pytest.fixture(scope="module")
def validated(true_fits: Path, file: Path) -> simulator.Validated:
    return simulator.validate(file, true_fits, since=LAST_YEAR, workers=1)


@pytest.fixture(scope="module")
def later_rule(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rule") / "one-full.toml"
    path.write_text(LATER_RULE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sealed(true_fits: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forecast") / "sealed"
    asked = ("--fits", true_fits, "--from", "2016-04-01", "--years", 1, "--out", folder)
    code, said, remarks = inspectsim("forecast", *asked)
    assert code == 0, remarks
    assert f"Seal, to be recorded elsewhere: {seal(folder)}" in said
    return folder


def of(frame: pd.DataFrame, name: str, column: str = "predicted") -> float:
    """The number in a column of the row of a figure, or a score, by its name."""
    (found,) = frame.loc[(frame == name).any(axis=1), column].astype("float64")
    return float(found)


def seal(folder: Path) -> str:
    manifest = read_manifest(folder)
    assert manifest is not None
    return str(manifest["seal"])


# --- what is predicted ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_mechanisms_that_made_the_records_hit_as_often_as_is_said(true_fits: Path) -> None:
    """Of a true model 95 in 100 figures hit on average; over the years of several worlds that shows."""
    forward = forward_of(Wanted(str(true_fits), runs=20), LAST_YEAR, END)
    window = window_of(recorded(true_fits, UNSEEN), START, LAST_YEAR, "made up")
    (prediction,) = predicted(forward, [window], 2)

    def of_world(replication: int) -> Judged:
        records = recorded(true_fits, replication)
        return judged_by(prediction, records, Source("", ""), (forward.question, "true"), LAST_YEAR)

    worlds = [of_world(UNSEEN + number) for number in range(12)]
    hits = np.concatenate([each.hit[each.judged] for each in worlds])
    assert len(hits) > 12 * 40
    assert 0.92 <= hits.mean() <= 0.98
    assert min(each.hit[each.judged].mean() for each in worlds) > 0.8


def test_a_set_of_fits_that_is_wrong_misses(file: Path, validated: simulator.Validated, tmp_path: Path) -> None:
    wrong = TRUE | {"gradual_changes": 1.2, "falls_from_good": 0.2, "found_out_poor": 1.5, "judgement_noise": 0.6}
    missed = simulator.validate(file, fits_of(tmp_path / "wrong", 1200, wrong), since="2016-04-01", workers=1)
    assert of(validated.scores, "hits") > 0.85
    assert of(validated.scores, "coverage") >= of(validated.scores, "hits")
    assert of(missed.scores, "hits_fitted_to") < 0.5
    assert of(validated.scores, "transitions_error") < of(missed.scores, "transitions_error") / 2


def test_the_range_over_the_fits_is_from_the_least_to_the_greatest(file: Path, tmp_path: Path) -> None:
    fits = fits_of(tmp_path / "two", 300, TRUE, TRUE | {"judgement_noise": 0.6})
    found = simulator.validate(file, fits, since="2016-04-01", replications=3, workers=1)
    by_fit = found.by_fit.pivot_table(index="figure", columns="fit", values="value", sort=False)
    figures = found.figures.set_index("figure").loc[by_fit.index]
    assert figures["predicted"].to_numpy() == pytest.approx(by_fit.mean(axis=1).to_numpy())
    assert figures["predicted_low"].to_numpy() == pytest.approx(by_fit.min(axis=1).to_numpy())
    assert figures["predicted_high"].to_numpy() == pytest.approx(by_fit.max(axis=1).to_numpy())
    assert by_fit[2]["from_3_to_3"] < by_fit[1]["from_3_to_3"] - 0.1


def test_figures_do_not_depend_on_the_number_of_workers(true_fits: Path, file: Path) -> None:
    one, two = (
        simulator.validate(file, true_fits, since="2016-04-01", replications=2, workers=workers) for workers in (1, 2)
    )
    pd.testing.assert_frame_equal(one.figures, two.figures)


def test_another_framework_is_in_force_from_the_day_on(
    true_fits: Path, later_rule: Path, validated: simulator.Validated, tmp_path: Path
) -> None:
    """Records of a year without interim visits are predicted by the framework that has none, not by the one before."""
    path = written(recorded(true_fits, UNSEEN, later_rule), tmp_path / "later.csv")
    under = simulator.validate(path, true_fits, framework=later_rule, since="2016-04-01", workers=1)
    visits = "interim_visits_of_3"
    assert of(under.figures, visits, "recorded") < 0.05
    assert of(under.figures, visits) < 0.05
    assert of(validated.figures, visits) > 0.8
    assert of(under.figures, visits, "nothing_changes") > 0.8
    assert of(under.scores, "hits") > 0.85
    assert of(under.scores, "hits_beside") > of(under.scores, "hits_beside", "nothing_changes")
    assert under.question.changes[0].framework is not None
    assert [each.begins for each in under.question.changes] == [date(2013, 4, 1), START, LAST_YEAR]


def test_records_that_begin_with_the_years_predicted_are_read_as_such(
    true_fits: Path, file: Path, tmp_path: Path
) -> None:
    """Pairs need both inspections in them, in the runs as in the records; and there is no forecast of no change."""
    alone = written(read_records(file), tmp_path / "alone.csv", LAST_YEAR)
    answer = simulator.validate(alone, true_fits, workers=1)
    window = answer.found.prediction.window
    assert (window.known_from, window.counted_from, window.until) == (LAST_YEAR, LAST_YEAR, END)
    assert answer.found.before is None
    assert of(answer.figures, "from_3_to_3", "cases") < 200
    assert of(answer.figures, "judged_1_in_year_1", "cases") > 1000
    assert of(answer.scores, "hits") > 0.7  # sixteen figures, some of which move as one


def test_the_command_writes_what_python_answers(
    true_fits: Path, file: Path, validated: simulator.Validated, tmp_path: Path
) -> None:
    out = tmp_path / "validated"
    code, said, remarks = inspectsim("validate", file, "--fits", true_fits, "--from", "2016-04-01", "--out", out)
    assert code == 0, remarks
    assert validated.sentences[0] in " ".join(said.split())
    read = pd.read_csv(out / "validation.csv", keep_default_na=False, na_values=[""])
    assert read["predicted"].to_numpy() == pytest.approx(validated.figures["predicted"].to_numpy(), nan_ok=True)
    assert read["outcome"].fillna("").tolist() == validated.figures["outcome"].tolist()
    saved = validated.save(tmp_path / "saved")
    assert {path.name for path in saved} >= {"validation.csv", "transitions.csv", "scores.csv", "report.html"}
    for name in ("validation.csv", "transitions.csv", "scores.csv", "figures_by_fit.csv", "answer.txt"):
        assert (tmp_path / "saved" / name).read_bytes() == (out / name).read_bytes()
    manifest = read_manifest(out)
    assert manifest is not None
    assert (manifest["question"], manifest["records"]["name"]) == ("validate", "records.csv")
    assert not any("records.csv" in name for name in manifest["files"])  # records stay where they are
    report = (out / "report.html").read_text(encoding="utf-8")
    assert validated.sentences[2] in report
    captions = Page(report).texts["caption"]
    assert {"Share of the full inspections after each grade", "Every figure, recorded and predicted"} <= {*captions}
    sheets = openpyxl.load_workbook(out / "workbook.xlsx").sheetnames
    assert {"Figures", "Transitions", "Scores", "By fit", "Assumptions"} <= {*sheets}
    assert set(validated.charts) == {"judgements", "visits"}
    assert (out / "charts" / "visits.csv").is_file()
    assert "It is not a forecast" not in report
    dictionary = pd.read_csv(out / "data-dictionary.csv", keep_default_na=False)
    assert (dictionary["meaning"] != "").all()
    code, _, remarks = inspectsim("report", out)
    assert code == 0, remarks


# --- sealed forecasts ----------------------------------------------------------------------------------------


def test_a_forecast_is_scored_as_it_would_be_validated(
    sealed: Path, file: Path, validated: simulator.Validated, tmp_path: Path
) -> None:
    scored = simulator.score(sealed, file, seal=seal(sealed))
    assert scored.sentences == validated.sentences
    one, other = scored.figures.drop(columns="unit"), validated.figures.drop(columns="unit")
    pd.testing.assert_frame_equal(one, other, check_dtype=False)
    code, said, remarks = inspectsim("score", sealed, file, "--out", tmp_path / "scored")
    assert code == 0, remarks
    assert scored.sentences[0] in " ".join(said.split())
    manifest = read_manifest(tmp_path / "scored")
    assert manifest is not None
    assert (manifest["question"], manifest["seal_of_the_forecast"]) == ("score", seal(sealed))


def test_a_forecast_can_be_scored_by_later_records_alone(
    true_fits: Path, sealed: Path, file: Path, tmp_path: Path
) -> None:
    alone = written(read_records(file), tmp_path / "alone.csv", LAST_YEAR)
    scored, direct = simulator.score(sealed, alone), simulator.validate(alone, true_fits, workers=1)
    assert scored.sentences == direct.sentences


def test_a_sealed_folder_holds_all_that_was_asked(sealed: Path, true_fits: Path) -> None:
    manifest = read_manifest(sealed)
    assert manifest is not None
    assert seal_of(manifest) == manifest["seal"]
    assert manifest["inspectsim"] == simulator.__version__
    assert "ended" in manifest
    assert {"forecast.csv", "figures_by_fit.csv", "fits_run.csv", "scenario.toml", "report.html", "answer.txt"} <= {
        *manifest["files"]
    }
    assert "frameworks/childrens-homes-2014.toml" in manifest["files"]
    frame = pd.read_csv(sealed / "forecast.csv")
    assert sorted(frame["known_from"].unique()) == ["2014-04-01", "2015-04-01", "2016-04-01"]
    assert pd.read_csv(sealed / "fits_run.csv")["falls_from_good"].tolist() == [TRUE["falls_from_good"]]
    dictionary = pd.read_csv(sealed / "data-dictionary.csv", keep_default_na=False)
    assert (dictionary["meaning"] != "").all()


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def kinder(folder: Path) -> None:
    frame = pd.read_csv(folder / "forecast.csv")
    frame.assign(predicted=frame["predicted"] * 1.01).to_csv(folder / "forecast.csv", index=False)


def later(folder: Path) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"ended": "2016-01-01T00:00:00+00:00"}), encoding="utf-8")


def listed(folder: Path) -> None:
    """A file altered, and its checksum in the manifest with it."""
    import hashlib

    kinder(folder)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    digest = hashlib.sha256((folder / "forecast.csv").read_bytes()).hexdigest()
    manifest["files"]["forecast.csv"]["sha256"] = digest
    path.write_text(json.dumps(manifest), encoding="utf-8")


TAMPERING: list[tuple[Callable[[Path], object], str]] = [
    (kinder, "forecast.csv was altered"),
    (lambda folder: append(folder / "report.html"), "report.html was altered"),
    (
        lambda folder: append(folder / "frameworks" / "childrens-homes-2014.toml"),
        "childrens-homes-2014.toml was altered",
    ),
    (lambda folder: (folder / "fits_run.csv").unlink(), "fits_run.csv is missing"),
    (lambda folder: (folder / "note.txt").write_text("after the fact", encoding="utf-8"), "note.txt was added"),
    (lambda folder: append_new(folder / "frameworks" / "another.toml"), "frameworks/another.toml was added"),
    (later, "manifest.json was altered"),
    (listed, "manifest.json was altered"),
    (lambda folder: (folder / "manifest.json").unlink(), "contains no sealed forecast"),
    (lambda folder: (folder / "manifest.json").write_text("{", encoding="utf-8"), "contains no sealed forecast"),
]


def append_new(path: Path) -> None:
    path.write_text("title = 'Another'\n", encoding="utf-8")


@pytest.mark.parametrize(("tamper", "told"), TAMPERING)
def test_a_folder_that_was_altered_is_refused(
    tamper: Callable[[Path], object], told: str, sealed: Path, file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "sealed"
    shutil.copytree(sealed, folder)
    tamper(folder)
    code, said, remarks = inspectsim("score", folder, file, "--out", tmp_path / "scored")
    assert (code, said) == (2, "")
    assert told in remarks
    assert "Use the unchanged folder" in remarks
    assert "Traceback" not in remarks
    assert not (tmp_path / "scored").exists()


def test_a_folder_sealed_anew_does_not_bear_the_seal_that_was_noted(sealed: Path, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sealed"
    shutil.copytree(sealed, folder)
    listed(folder)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"seal": seal_of(manifest)}), encoding="utf-8")
    assert inspectsim("score", folder, file, "--out", tmp_path / "scored")[0] == 0
    code, _, remarks = inspectsim("score", folder, file, "--seal", seal(sealed), "--out", tmp_path / "scored")
    assert code == 2
    assert f"--seal: given {seal(sealed)}" in remarks


def test_a_copy_that_is_the_same_is_scored(sealed: Path, file: Path, tmp_path: Path) -> None:
    shutil.copytree(sealed, tmp_path / "elsewhere")
    assert simulator.score(tmp_path / "elsewhere", file).sentences == simulator.score(sealed, file).sentences


def test_a_sealed_forecast_is_neither_replaced_nor_reported_anew(sealed: Path, true_fits: Path) -> None:
    before = {path: path.read_bytes() for path in sealed.rglob("*") if path.is_file()}
    asked = ("--fits", true_fits, "--from", "2016-04-01", "--years", 1, "--out", sealed)
    code, _, remarks = inspectsim("forecast", *asked)
    assert code == 2
    assert "already contains a sealed forecast" in remarks
    code, _, remarks = inspectsim("report", sealed)
    assert code == 2
    assert "is sealed, and a new report would alter it" in remarks
    assert {path: path.read_bytes() for path in sealed.rglob("*") if path.is_file()} == before


# --- stops ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two_fits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fits_of(tmp_path_factory.mktemp("two") / "fitted", 300, TRUE, TRUE | {"judgement_noise": 0.6})


def on_first_of_april(two_fits: Path, *others: str | Path | int) -> tuple[str | Path | int, ...]:
    return ("--fits", two_fits, "--from", "2016-04-01", "--workers", 1, *others)


def stopped_in_run(monkeypatch: pytest.MonkeyPatch, run: int, asked: tuple[str | Path | int, ...]) -> str:
    """What a command says that is stopped by Ctrl-C when a run begins: the first, the second, ... one."""
    read, runs = FitsRun.read, 0

    def stopping(work: FitsRun, case: int, replication: int) -> Reading:
        nonlocal runs
        runs += 1
        if runs == run:
            raise KeyboardInterrupt
        return read(work, case, replication)

    with monkeypatch.context() as patched:
        patched.setattr(FitsRun, "read", stopping)
        code, said, remarks = inspectsim(*asked)
    assert (code, said) == (INTERRUPTED, "")
    return remarks


def runs_made(monkeypatch: pytest.MonkeyPatch, asked: tuple[str | Path | int, ...]) -> list[tuple[int, int]]:
    """Fit and replication of the runs that a command makes, which must succeed."""
    read, made = FitsRun.read, []

    def noting(work: FitsRun, case: int, replication: int) -> Reading:
        made.append((case, replication))
        return read(work, case, replication)

    with monkeypatch.context() as patched:
        patched.setattr(FitsRun, "read", noting)
        code, _, remarks = inspectsim(*asked)
    assert code == 0, remarks
    return made


def untimed(folder: Path) -> dict[str, object]:
    """All that a folder contains but times and what depends on them: the report names them, the seal is over them."""
    manifest = read_manifest(folder)
    assert manifest is not None
    for name in ("began", "ended", "seconds", "seal"):
        manifest.pop(name, None)
    for name in ("out", "resume"):
        manifest["command"].pop(name, None)
    del manifest["files"]["report.html"]
    files = {name: each for name, each in content(folder).items() if name != "report.html"}
    return {"manifest": manifest, "files": files}


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("question", ["validate", "forecast"])
def test_a_prediction_that_was_stopped_goes_on_to_the_same_folder(
    question: str, two_fits: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = {"validate": (file,), "forecast": ("--years", 1)}[question]
    asked = (question, *on_first_of_april(two_fits, *ends, "--replications", 3, "--out"))
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    assert len(runs_made(monkeypatch, (*asked, whole))) == 6
    assert "Nothing was written" in stopped_in_run(monkeypatch, 2, (*asked, stopped))
    assert not stopped.exists()
    assert "Continue with --resume" in stopped_in_run(monkeypatch, 6, (*asked, stopped))
    assert [path.name for path in stopped.iterdir()] == [UNFINISHED]
    code, _, remarks = inspectsim(*asked, stopped)
    assert code == 2
    assert "contains a stopped run with 2 replications finished. Use --resume to continue it" in remarks
    assert runs_made(monkeypatch, (*asked, stopped, "--resume")) == [(0, 3), (1, 3)]
    assert untimed(stopped) == untimed(whole)
    assert not (stopped / UNFINISHED).exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
@pytest.mark.usefixtures("undrawn")
def test_a_prediction_that_the_system_ended_goes_on(
    two_fits: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("validate", file, *on_first_of_april(two_fits, "--replications", 20, "--out"))
    whole, ended = tmp_path / "whole", tmp_path / "ended"
    assert len(runs_made(monkeypatch, (*asked, whole))) == 40
    arguments = [sys.executable, "-c", PROGRAM, *map(str, asked), str(ended)]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
        until = time.monotonic() + 120
        while not list(ended.glob(f"{UNFINISHED}/batches/*.npz")):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
        process.terminate()
    assert process.returncode == -signal.SIGTERM
    assert [path.name for path in ended.iterdir()] == [UNFINISHED]
    assert 0 < len(runs_made(monkeypatch, (*asked, ended, "--resume"))) < 40
    assert untimed(ended) == untimed(whole)


@pytest.mark.usefixtures("undrawn")
def test_ctrl_c_keeps_the_runs_that_are_finished(
    two_fits: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def interrupting(*_: object) -> Iterator[terminal.Told]:
        yield lambda done, of: signal.raise_signal(signal.SIGINT) if done else None

    asked = ("validate", file, *on_first_of_april(two_fits, "--replications", 4, "--out", tmp_path / "out"))
    with monkeypatch.context() as patched:
        patched.setattr(terminal, "progress", interrupting)
        code, said, remarks = inspectsim(*asked)
    assert (code, said) == (INTERRUPTED, "")
    assert "finished work is kept" in remarks
    assert 0 < len(runs_made(monkeypatch, (*asked, "--resume"))) < 8


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (("--from", "2015-04-01"), "windows was"),
        (("--most-fits", 1), "fits.fit-2 was"),
        (("--framework", "no-interims"), "the stopped run answers another question"),
    ],
)
def test_a_stopped_prediction_does_not_answer_another_question(
    other: tuple[str | int, ...],
    told: str,
    two_fits: Path,
    file: Path,
    later_rule: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = ("validate", file, *on_first_of_april(two_fits, "--replications", 3, "--out", tmp_path / "out"))
    stopped_in_run(monkeypatch, 4, asked)
    given = [later_rule if each == "no-interims" else each for each in other]
    code, said, remarks = inspectsim(*asked, *given, "--resume")
    assert (code, said) == (2, "")
    assert told in remarks


@pytest.mark.usefixtures("undrawn")
def test_a_prediction_needs_all_of_its_runs(
    two_fits: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = FitsRun.read

    def failing(work: FitsRun, case: int, replication: int) -> Reading:
        if (case, replication) == (1, 2):
            raise MemoryError("none left")
        return read(work, case, replication)

    asked = ("validate", file, *on_first_of_april(two_fits, "--replications", 3, "--out", tmp_path / "out"))
    with monkeypatch.context() as patched:
        patched.setattr(FitsRun, "read", failing)
        code, said, remarks = inspectsim(*asked)
    assert (code, said) == (2, "")
    assert "1 run failed, and a prediction needs all of its runs; the first, replication 2 of fit-2" in remarks
    assert runs_made(monkeypatch, (*asked, "--resume")) == [(0, 2), (1, 2)]


# --- what cannot be used -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--from", "2016-05-01"), "--from: given 2016-05-01; allowed: the first day of an inspection year, such as"),
        (("--from", "2013-04-01"), "but the runs of"),
        (("--from", "2019-04-01"), "--from: given 2019-04-01, but"),
        (("--from", "yesterday"), '--from: given "yesterday"; allowed: a day such as 2016-04-01'),
        (("--from", "2016-04-01", "--replications", "1"), "--replications: given 1; allowed: 2 or more"),
        (("--from", "2016-04-01", "--framework", "no-such"), 'there is no framework "no-such"'),
        (("--from", "2016-04-01", "--scenario", "england-2006"), "a scenario with childrens_home only"),
    ],
)
def test_refusals_of_validate(options: tuple[str, ...], told: str, true_fits: Path, file: Path, tmp_path: Path) -> None:
    code, said, remarks = inspectsim("validate", file, "--fits", true_fits, *options, "--out", tmp_path / "out")
    assert (code, said) == (2, "")
    assert told in remarks
    assert not (tmp_path / "out").exists()


def test_records_must_hold_the_years_foretold(sealed: Path, true_fits: Path, tmp_path: Path) -> None:
    early = recorded(true_fits, UNSEEN)
    cut = early.inspections.day < (LAST_YEAR - START).days
    seen = early.inspections
    kept = seen._replace(
        **{name: getattr(seen, name)[cut] for name in ("provider", "day", "kind", "grade", "direction")}
    )
    path = written(early._replace(inspections=kept), tmp_path / "early.csv")
    code, _, remarks = inspectsim("score", sealed, path, "--out", tmp_path / "out")
    assert code == 2
    assert (
        "contains the inspection years from 2014-04-01 to 2016-03-31, but the forecast covers those from 2016-04-01"
        in remarks
    )


def test_refusals_in_python_are_in_its_words(true_fits: Path, file: Path) -> None:
    with pytest.raises(simulator.InputError, match=r"^since: given 2016-05-01"):
        simulator.validate(file, true_fits, since="2016-05-01")
    with pytest.raises(simulator.InputError, match=r"^years: given 0; allowed: 1 or more"):
        simulator.forecast(true_fits, since="2016-04-01", years=0)


def test_fits_that_do_not_say_where_they_are_from_are_refused(file: Path, tmp_path: Path) -> None:
    fits = fits_of(tmp_path / "fitted", 60, TRUE, command={})
    code, _, remarks = inspectsim("validate", file, "--fits", fits, "--from", "2016-04-01", "--out", tmp_path / "out")
    assert code == 2
    assert "does not state the first day, framework and scenario" in remarks
