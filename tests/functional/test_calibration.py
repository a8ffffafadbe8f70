"""Calibration finds what records were made with, says how sure it is, and leaves a set that can be asked further."""

import csv
from collections.abc import Hashable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from docs.generators.coverage import MADE_IN, made_records, years_without_records
from simulator.commands.cli import app
from simulator.engine.run import simulate
from simulator.inputs.messages import InputError
from simulator.questions.calibrate.best_scenario import best_scenario
from simulator.questions.calibrate.chart import calibration_charts
from simulator.questions.calibrate.effort import Effort
from simulator.questions.calibrate.fit_tables import read_told, told_of, write_fits
from simulator.questions.calibrate.fits import Fits, interval, load_fits
from simulator.questions.calibrate.fitting import Fitted, fit
from simulator.questions.calibrate.mechanisms import INTERIM_NOISE, MECHANISMS, NOISE, SEVERITY
from simulator.questions.calibrate.moments import moments_of, readings
from simulator.questions.calibrate.posing import posed_to
from simulator.questions.calibrate.records import DIRECTIONS, FULL, Inspections, Records, in_order
from simulator.questions.calibrate.trial import Bench, run_trials, setting_at
from simulator.questions.calibrate.window import Window
from simulator.questions.calibrate.words import sentences
from simulator.questions.compare.comparison import compare_posed
from simulator.questions.over_fits.worlds import fitted_question
from simulator.questions.validate.asked import Wanted, forward_of
from simulator.questions.validate.predicted import predicted
from simulator.running.crews import Crewing
from simulator.running.question import posed, settings_of
from simulator.running.store import run_folder
from simulator.scenario.scenario import Scenario, load_scenario
from tests.functional.over_fits import compared_over

HOMES = "childrens_home"
UNFOUND = "undetected_poor_provider_years"
START = date(2014, 4, 1)
TRUE = {
    "gradual_changes": 0.3,
    "falls_from_good": 0.05,
    "falls_adequate_ratio": 7.0,
    "falls_excellent_ratio": 0.1,
    "found_out_poor": 9.0,
    "found_out_poor_months": 2.0,
    "found_out_adequate": 3.0,
    "found_out_adequate_months": 12.0,
    "damping_to_excellent": 0.2,
    "serious_concerns": 5.0,
    "concerns_fall": 45.0,
    NOISE: 0.15,
    SEVERITY: 0.15,
    "natural_poor": 0.3,
    "natural_adequate": 0.5,
    "natural_excellent": 0.4,
    "start_poor": 0.1,
    "start_adequate": 0.6,
    "start_excellent": 0.2,
    INTERIM_NOISE: 0.5,
}
LITTLE = Effort(
    starts=2,
    first=160,
    wave=48,
    waves=3,
    closing=64,
    closings=1,
    descents=3,
    descent_steps=3,
    descent_replications=4,
    weighing=120,
    candidates=24,
    drawn_steps=2,
    drawn_replications=2,
    candidate_replications=2,
    finals=4,
    final_replications=3,
    told=32,
    told_replications=4,
    noises=3,
    noise_steps=2,
)
LEAST = Effort(
    starts=2,
    first=24,
    wave=8,
    waves=1,
    closing=8,
    closings=1,
    descents=2,
    descent_steps=1,
    descent_replications=1,
    weighing=2,
    candidates=12,
    drawn_steps=1,
    drawn_replications=1,
    candidate_replications=2,
    finals=4,
    final_replications=3,
    told=16,
    told_replications=2,
    noises=2,
    noise_steps=1,
)


def scenario(homes: int) -> Scenario:
    few = {"population": {"types": {HOMES: {"count": homes}}}}
    return load_scenario("homes-2014-2017").changed(few, "a test")


def made(homes: int, directions: bool = True) -> tuple[Bench, Records]:
    """Records of a run with mechanisms that are known."""
    bench = posed_to(scenario(homes), "childrens-homes-2014", years_without_records(HOMES, START, 3))
    return bench, made_records(bench, TRUE, 0, directions)


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    """A set of fits of a search far too short to find anything."""
    bench, records = made(400, directions=False)
    return fit(records, bench, LEAST)


@pytest.fixture(scope="module")
def folder(fitted: Fitted, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("calibrated") / "fitted"
    with run_folder(target, ()) as files:
        write_fits(files, fitted, "made-up records", {"command": {}})
    return target


@pytest.mark.slow
def test_mechanisms_that_made_the_records_are_found() -> None:
    bench, records = made(400)
    found = fit(records, bench, LITTLE, workers=2)
    inside = []
    for each in MECHANISMS:
        low, high = interval([values[each.name] for values in found.fits])
        inside.append(low <= TRUE[each.name] <= high)
    assert sum(inside) >= 17, [each.name for each, there in zip(MECHANISMS, inside, strict=True) if not there]
    assert found.mechanisms == MECHANISMS  # interim visits say a direction
    assert found.goodness[0].distance < 3 * found.freedom
    low, high = interval([values[INTERIM_NOISE] for values in found.fits])
    assert high - low < 0.3  # of a space of 1.1: directions tell it well
    by_noise = {round(each.point.noise, 2): each.distance for each in found.profile}
    assert by_noise[0.5] > 5 * by_noise[0.25]


def test_the_records_of_a_run_are_its_inspections() -> None:
    bench, records = made(200)
    trace = simulate(setting_at(bench, TRUE), MADE_IN)
    rows = trace.inspections[(trace.inspections["status"] == 3) & (trace.inspections["started"] >= trace.measured_from)]
    seen = records.inspections
    assert len(seen.day) == len(rows)
    assert sorted(seen.grade.tolist()) == sorted(rows["judged"].tolist())
    assert (seen.grade > 0).tolist() == (seen.kind == FULL).tolist()
    assert 0 <= seen.day.min() <= seen.day.max() < 1096
    assert list(seen.provider) == sorted(seen.provider)


def test_a_trial_is_the_scenario_with_these_mechanisms_read_whole() -> None:
    """What is written straight into the arrays is what a scenario and a framework with these numbers give."""
    bench, _ = made(60)
    fits = Fits("one", HOMES, bench.scenario.run.begins, (TRUE,))
    question = fitted_question(posed(bench.scenario, [bench.framework]), fits, 1)
    (whole,) = settings_of(question)
    straight = setting_at(bench, TRUE)
    assert np.array_equal(whole.services, straight.services)
    assert np.array_equal(whole.policies, straight.policies)
    assert np.array_equal(simulate(whole, 3).inspections, simulate(straight, 3).inspections)


def test_trials_do_not_depend_on_the_number_of_workers() -> None:
    bench, _ = made(60)
    names = [each.name for each in moments_of(3, 2014)]
    other = TRUE | {NOISE: 0.4}
    one, two = (list(run_trials(bench, [TRUE, other, TRUE], [1, 2], names, workers)) for workers in (1, 2))
    for alone, beside in zip(one, two, strict=True):
        assert np.array_equal(alone, beside, equal_nan=True)
    assert np.array_equal(one[0], one[2], equal_nan=True)
    assert not np.array_equal(one[0], one[1], equal_nan=True)


def test_more_concerns_find_sooner_and_noise_stirs_grades() -> None:
    bench, _ = made(1000)
    names = ["days_unseen_mean", "from_3_to_3", "undetected"]
    concerned, quiet, noisy = (
        each.mean(axis=0)
        for each in run_trials(
            bench,
            [TRUE | {"serious_concerns": 15.0}, TRUE | {"serious_concerns": 0.4}, TRUE | {NOISE: 0.5}],
            range(4),
            names,
        )
    )
    assert concerned[2] < quiet[2]
    assert noisy[1] < quiet[1] - 0.1


def test_a_set_of_fits_comes_back_as_it_was_written(fitted: Fitted, folder: Path) -> None:
    read = load_fits(folder)
    assert (read.name, read.service_type, read.begins) == ("fitted", HOMES, date(2013, 4, 1))
    assert len(read.fits) == len(fitted.fits)
    for there, here in zip(read.fits, fitted.fits, strict=True):
        assert there == pytest.approx({each.name: here[each.name] for each in MECHANISMS}, rel=1e-8)
    told = read_told(folder)
    assert told.fits["weight"].sum() == pytest.approx(1)
    assert told.fits["distance"].iloc[1:].is_monotonic_increasing  # the best was chosen by other runs
    assert list(told.profile[NOISE]) == [0.0, 0.5]
    pairs = told.moments.set_index("figure")["cases"][[f"from_{grade}_to_1" for grade in (1, 2, 3, 4)]]
    assert told.transitions["recorded"].sum() == pairs.sum()
    assert list(told.moments["figure"]) == list(readings(fitted.records.inspections))
    assert told.manifest["not_told_of"] == [INTERIM_NOISE]


def test_the_scenario_of_the_best_fit_runs_and_says_where_it_is_from(fitted: Fitted, folder: Path) -> None:
    best = load_scenario(folder / "scenario.toml")
    assert best == best_scenario(fitted, "made-up records")
    entry = best.evidence["quality.speed"]
    assert (entry.mark, entry.source) == ("D", "fitted to made-up records")
    assert entry.range is not None
    assert entry.range[0] <= best.quality.speed * (1 + 1e-3)
    assert best.quality.found_out.after_poor == pytest.approx(fitted.fits[0]["found_out_poor"])


def test_it_is_told_in_words_and_drawn(fitted: Fitted) -> None:
    told = told_of(fitted, "made-up records")
    said = " ".join(sentences(told))
    assert "19 mechanisms were fitted to" in said
    assert "The effort was low: " in said
    assert "A set of fewer than 20 fits spreads too little to rely on" in said
    assert "The records contain no information about: noise of what an interim visit sees." in said
    assert "Undetected poor time, which no record shows" in said
    charts = calibration_charts(told)
    assert [chart.name for chart in charts] == ["figures", "profile"]
    for chart in charts:
        assert chart.alt.removeprefix("Dot plot. ").removeprefix("Two line charts. ").startswith(chart.title)
        assert chart.svg() == chart.svg()


def test_the_folder_says_all_that_it_takes_to_predict_the_years_after(fitted: Fitted, folder: Path) -> None:
    forward = forward_of(Wanted(str(folder), runs=2, most_fits=2), date(2017, 4, 1), date(2018, 4, 1))
    assert (forward.start, forward.fitted_until) == (START, date(2017, 4, 1))
    assert forward.question.frameworks[0].name == "childrens-homes-2014"
    assert forward.question.frameworks[0].kinds["key"].sigma == pytest.approx(fitted.fits[0][NOISE])
    assert (forward.question.scenario.run.begins, forward.question.scenario.run.ends) == (
        date(2013, 4, 1),
        date(2018, 4, 1),
    )
    window = Window(START, date(2017, 4, 1), date(2018, 4, 1))
    (prediction,) = predicted(forward, [window])
    assert prediction.by_fit.shape == (len(forward.numbers), len(prediction.moments))
    by_name = dict(zip((each.name for each in prediction.moments), prediction.mean, strict=True))
    assert 0 < by_name["judged_1_in_year_1"] < 0.5
    with pytest.raises(InputError, match=f"--from: given 2013-04-01, but the runs of {folder} are known from"):
        forward_of(Wanted(str(folder)), date(2013, 4, 1), date(2018, 4, 1))


def test_an_answer_over_the_set_spreads_as_the_fits_do(fitted: Fitted, folder: Path, tmp_path: Path) -> None:
    fits = load_fits(folder)
    few = scenario(80).changed({"run": {"replications": 4, "years": 1}}, "a test")
    compared = compared_over(few, fits, tmp_path, Crewing(workers=1))
    numbers = compared.worlds.numbers
    fewest = max(2, -(-4 // len(numbers)))
    assert compared.replications == fewest
    rows = compared.over("summary.csv").set_index(["service_type", "measure"]).loc[HOMES]
    by_fit = compared.by_fit("summary.csv")
    by_fit = by_fit[by_fit["service_type"] == HOMES]
    for measure in ("undetected_poor_provider_years", "inspections_per_provider_year"):
        values = by_fit.loc[by_fit["measure"] == measure, "mean"].to_numpy()
        assert len(values) == len(numbers)
        assert rows.loc[measure, "best"] == values[0]
        assert rows.loc[measure, "median"] == pytest.approx(np.median(values))
        assert (rows.loc[measure, "low"], rows.loc[measure, "high"]) == pytest.approx(interval(values.tolist()))
        assert rows.loc[measure, "mean"] == pytest.approx(values.mean())
        assert (rows.loc[measure, "lowest"], rows.loc[measure, "highest"]) == (values.min(), values.max())


def test_shares_of_the_possible_gain_spread_as_the_fits_do(tmp_path: Path) -> None:
    """Each share is that of a comparison in the world of its fit."""
    fits = Fits("three", HOMES, START, (TRUE, TRUE | {"gradual_changes": 0.5}, TRUE | {"serious_concerns": 1.0}))
    few = {"replications": 15, "years": 1, "baseline": "cyclic"}
    asked = scenario(300).changed({"run": few | {"frameworks": ["cyclic", "none", "clairvoyant"]}}, "a test")
    compared = compared_over(asked, fits, tmp_path / "gains", Crewing(workers=1))
    of_fits = []
    for number in compared.worlds.numbers:
        world = fitted_question(posed(asked), fits, number)
        so_often = world.scenario.changed({"run": {"replications": compared.replications}}, "a test")
        of_fits.append(_of_homes(compare_posed(replace(world, scenario=so_often), Crewing(workers=1)).gains)["share"])
    row = _of_homes(compared.over("gains.csv"))
    assert (row["framework"], row["lower"], row["upper"]) == ("cyclic", "none", "clairvoyant")
    assert len(set(of_fits)) == 3
    assert row["best"] == of_fits[0]
    assert row["median"] == pytest.approx(np.median(of_fits))
    low, high = interval(of_fits)
    assert (row["low"], row["high"]) == pytest.approx((low, high))
    assert any("of the possible gain from Concerns only to Clairvoyant" in each for each in compared.sentences)
    alone = asked.changed({"run": {"frameworks": ["cyclic"], "replications": 2}}, "a test")
    assert compared_over(alone, fits, tmp_path / "alone", Crewing(workers=1)).over("gains.csv").empty


def _of_homes(gains: pd.DataFrame) -> dict[Hashable, Any]:
    (row,) = gains[(gains["service_type"] == HOMES) & (gains["measure"] == UNFOUND)].to_dict("records")
    return row


def test_grades_at_the_start_are_the_fits_only_where_the_run_begins_as_theirs_did() -> None:
    fits = Fits("one", HOMES, date(2013, 4, 1), (TRUE,))
    own = scenario(20)
    same = fitted_question(posed(own), fits, 1).scenario
    later = fitted_question(posed(own.changed({"run": {"start": date(2015, 4, 1)}}, "a test")), fits, 1).scenario
    from_2017 = own.changed({"run": {"start": date(2017, 4, 1), "warm_up_years": 4}}, "a test")
    assert (
        same.quality.start_shares[HOMES]
        == fitted_question(posed(from_2017), fits, 1).scenario.quality.start_shares[HOMES]
    )
    assert later.quality.start_shares[HOMES] == own.quality.start_shares[HOMES]
    assert later.quality.natural_shares[HOMES] == same.quality.natural_shares[HOMES]


def test_fits_that_suit_no_other_service_are_refused_with_what_to_do() -> None:
    fits = Fits("one", HOMES, date(2013, 4, 1), (TRUE | {"falls_from_good": 0.2, "gradual_changes": 0.1},))
    with pytest.raises(InputError) as refused:
        fitted_question(posed(load_scenario("england-2006")), fits, 1)
    assert "a scenario with childrens_home only" in str(refused.value)


# --- the command ----------------------------------------------------------------------------------------------


def written(records: Records, path: Path) -> Path:
    seen = records.inspections
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["provider", "service_type", "kind", "date", "grade", "direction"])
        for provider, day, kind, grade, direction in zip(*seen[:5], strict=True):
            when = records.start + timedelta(days=int(day))
            said = DIRECTIONS[direction - 1] if direction else ""
            lines.writerow([provider, HOMES, ("full", "interim", "monitor")[kind], when, grade or "", said])
    return path


def inspectsim(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.slow
@pytest.mark.usefixtures("undrawn")
def test_calibrate_and_ask_over_the_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With less effort than the command would let itself be told: what it tries is for the tests above."""
    asked: list[float] = []

    def times(_: Effort, factor: float) -> Effort:
        asked.append(factor)
        return LEAST

    monkeypatch.setattr(Effort, "times", times)
    _, records = made(200)
    path = written(records, tmp_path / "records.csv")
    small = tmp_path / "small.toml"
    small.write_text(
        'title = "Few homes"\nextends = "homes-2014-2017"\n[population.types]\nchildrens_home.count = 100\n'
        "[run]\nreplications = 4\n",
        encoding="utf-8",
    )
    out = tmp_path / "fitted"
    code, said, remarks = inspectsim(
        "calibrate", path, "--framework", "childrens-homes-2014", "--scenario", small, "--out", out, "--effort", "0.05"
    )
    assert code == 0, remarks
    assert asked == [0.05]
    assert "mechanisms were fitted to" in said
    assert "left" in remarks
    assert {"fits.csv", "profile.csv", "moments.csv", "transitions.csv", "scenario.toml"} <= {
        each.name for each in out.iterdir()
    }
    assert (out / "charts" / "profile.svg").is_file()
    code, said, remarks = inspectsim("compare", small, "--fits", out, "--out", tmp_path / "over", "--years", "1")
    assert code == 0, remarks
    assert "Answered for 1 fit of fitted" in said or "fits of fitted" in said
    assert "days unfound, on average" in said
    assert len(pd.read_csv(tmp_path / "over" / "summary_over_fits.csv")) > 0


def test_refusals_of_the_command(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text(
        "provider,service_type,kind,date,grade\n1,childrens_home,full,2014-04-10,3\n"
        "1,childrens_home,full,2015-03-20,3\n",
        encoding="utf-8",
    )
    code, _, said = inspectsim("calibrate", path, "--framework", "childrens-homes-2014", "--out", tmp_path / "out")
    assert code == 2
    assert "are too few to fit to" in said
    assert not (tmp_path / "out").exists()
    code, _, said = inspectsim("compare", "homes-2014-2017", "--fits", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert code == 2
    assert "or a folder that inspectsim calibrate has written" in said


def test_a_set_of_fits_that_was_spoilt_is_refused(folder: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt"
    spoilt.mkdir()
    text = (folder / "fits.csv").read_text(encoding="utf-8")
    (spoilt / "manifest.json").write_bytes((folder / "manifest.json").read_bytes())
    first = text.splitlines()[1].split(",")
    position = text.splitlines()[0].split(",").index("serious_concerns")
    first[position] = "many"
    (spoilt / "fits.csv").write_text("\n".join([text.splitlines()[0], ",".join(first)]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match='line 2: serious_concerns: given "many"; must be a number'):
        load_fits(spoilt)
    (spoilt / "fits.csv").write_text("fit,distance\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1: missing column gradual_changes"):
        load_fits(spoilt)


def test_records_in_another_order_are_the_same() -> None:
    _, records = made(60)
    seen = records.inspections
    order = np.random.default_rng(1).permutation(len(seen.day))
    shuffled = in_order(
        Inspections(
            seen.provider[order],
            seen.day[order],
            seen.kind[order],
            seen.grade[order],
            seen.direction[order],
            seen.year_starts,
        )
    )
    for here, there in zip(readings(seen).values(), readings(shuffled).values(), strict=True):
        assert here.cases == there.cases
        assert here.value == pytest.approx(there.value, nan_ok=True)
