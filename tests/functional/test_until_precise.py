"""A comparison that goes on until its differences are known: where it ends, and what its intervals are worth."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from typer.testing import CliRunner, Result

from simulator.commands.cli import app
from simulator.inputs.messages import InputError
from simulator.inputs.shipped import folder
from simulator.measures.bands import Floats
from simulator.measures.names import HEADLINES, MEASURES
from simulator.questions.calibrate.fits import load_fits
from simulator.questions.compare.comparison import Comparison, compare
from simulator.running.batch_files import BatchFolder
from simulator.running.crews import Crewing
from simulator.running.looks import until
from simulator.running.options import with_options
from simulator.scenario.scenario import Scenario, load_scenario
from tests.functional.over_fits import compared_over

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
TWO = ("--framework", "2006-regime", "--framework", "2012-proportional", "--years", "1")
SOURCE = "a test"
NAMES = [each.name for each in MEASURES]


def inspectsim(*told: str | Path, exit_code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(each) for each in told], catch_exceptions=False)
    assert result.exit_code == exit_code, result.output
    return result


def tables(folder: Path) -> dict[str, bytes]:
    """Give all that is written but the manifest, which tells when, and the charts, which the tables tell."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.*")) if path.name != "manifest.json"}


def told_of(folder: Path) -> dict[str, Any]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    told: dict[str, Any] = manifest["replications"]
    return told


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    out = tmp_path_factory.mktemp("until") / "run"
    return out, inspectsim("compare", SMALL, *TWO, "--precision", "0.35", "--workers", "1", "--out", out)


def test_it_ends_at_the_first_look_at_which_all_is_known(run: tuple[Path, Result]) -> None:
    out, result = run
    told, known = told_of(out), pd.read_csv(out / "precision.csv")
    assert told["precise"] is True
    assert told["looks"] == [5, 8, 12, 18, 27, 41, 50][: len(told["looks"])]
    ended = told["finished"]
    assert ended == told["asked"] == told["looks"][-1] > 5
    assert known["reached"].all()
    assert (known["half_width"] <= known["asked"]).all()
    assert list(known["measure"]) == list(HEADLINES)
    reached = f"After {ended} replications all 4 headline differences have reached the requested precision"
    answer = (out / "answer.txt").read_text(encoding="utf-8")
    assert reached in answer
    assert "common random numbers" in answer
    assert "requested precision" not in result.stdout
    assert "runs are not enough for the precision asked" in result.stderr or " left" in result.stderr


def test_its_intervals_are_those_of_the_corrected_confidence(run: tuple[Path, Result]) -> None:
    out, _ = run
    values = pd.read_csv(out / "replications.csv")
    of = values[(values["measure"] == "inspections_per_year") & (values["service_type"] == "childrens_home")]
    wide = of.pivot_table(index="replication", columns="framework", values="value")
    paired = wide["2012-proportional"] - wide["2006-regime"]
    used = until(5, 50).confidence
    half = student.ppf((1 + used) / 2, len(paired) - 1) * paired.std() / np.sqrt(len(paired))
    row = pd.read_csv(out / "precision.csv").set_index("measure").loc["inspections_per_year"]
    assert row["half_width"] == pytest.approx(half)
    assert told_of(out)["confidence_used"] == used > 0.95
    levels = pd.read_csv(out / "summary.csv").set_index(["framework", "service_type", "measure"])
    level = levels.xs(("2006-regime", "childrens_home", "inspections_per_year"))
    half = student.ppf((1 + used) / 2, len(wide) - 1) * wide["2006-regime"].std() / np.sqrt(len(wide))
    assert (level["high"] - level["low"]) / 2 == pytest.approx(half)


@pytest.mark.parametrize(
    "options", [("--workers", "2", "--batch", "3"), ("--engine", "simpy", "--workers", "1")], ids=["threads", "simpy"]
)
def test_neither_crew_nor_engine_changes_where_it_ends(
    run: tuple[Path, Result], tmp_path: Path, options: tuple[str, ...]
) -> None:
    out, _ = run
    inspectsim("compare", SMALL, *TWO, "--precision", "0.35", *options, "--out", tmp_path / "other")
    assert tables(tmp_path / "other") == tables(out)


def test_it_is_run_again_from_its_folder(run: tuple[Path, Result], tmp_path: Path) -> None:
    out, _ = run
    inspectsim("compare", out, "--out", tmp_path / "again")
    assert tables(tmp_path / "again") == tables(out)


def test_a_number_of_replications_is_exactly_so_many_with_plain_intervals(
    run: tuple[Path, Result], tmp_path: Path
) -> None:
    out, _ = run
    number = str(told_of(out)["finished"])
    result = inspectsim("compare", SMALL, *TWO, "--replications", number, "--out", tmp_path / "fixed")
    fixed, ended = tables(tmp_path / "fixed"), tables(out)
    assert fixed["replications.csv"] == ended["replications.csv"]
    assert "precision.csv" not in fixed
    assert "±" in result.stdout
    plain, wider = (pd.read_csv(folder / "differences.csv") for folder in (tmp_path / "fixed", out))
    assert ((plain["high"] - plain["low"]).dropna() <= (wider["high"] - wider["low"]).dropna()).all()
    assert told_of(tmp_path / "fixed") == {"asked": int(number), "finished": int(number)}


def test_the_most_allowed_ends_it_and_is_told(tmp_path: Path) -> None:
    options = ("--precision", "0.0001", "--most-replications", "7")
    result = inspectsim("compare", SMALL, *TWO, *options, "--out", tmp_path / "run")
    missed = "After 7 replications, the maximum (--most-replications), 4 of 4 headline differences have not reached "
    assert f"{missed}the requested precision." in " ".join(result.stdout.split())
    assert f"{missed}the requested precision: " in (tmp_path / "run" / "answer.txt").read_text(encoding="utf-8")
    told = told_of(tmp_path / "run")
    assert (told["precise"], told["finished"], told["looks"]) == (False, 7, [5, 7])
    assert not pd.read_csv(tmp_path / "run" / "precision.csv")["reached"].any()


def until_precise(most: int) -> Scenario:
    table = {"least": 5, "most": most, "precision": {name: {"relative": 0.35} for name in HEADLINES}}
    run = {"years": 1, "replications": table}
    frameworks = ["2006-regime", "2012-proportional"]
    return with_options(load_scenario(SMALL).changed({"run": run}, SOURCE), frameworks=frameworks)


def test_what_was_stopped_goes_on_to_the_same_end(run: tuple[Path, Result], tmp_path: Path) -> None:
    """Ctrl-C after some runs; then the rest, in other batches."""
    if os.name != "posix":
        pytest.skip("sends a signal")
    asked, batches = until_precise(50), BatchFolder(tmp_path)

    def stop_soon(done: int, _of: int) -> None:
        if done >= 6:
            signal.raise_signal(signal.SIGINT)

    stopped = compare(asked, crewing=Crewing(workers=1, batch=1), batches=batches, progress=stop_soon)
    assert stopped.interrupted
    assert stopped.finished < stopped.asked
    ended = compare(asked, crewing=Crewing(workers=2, batch=4), batches=batches, resume=True)
    assert not ended.interrupted
    assert ended.finished == told_of(run[0])["finished"]
    written = pd.read_csv(run[0] / "precision.csv")
    assert [each.half_width for each in ended.known] == pytest.approx(list(written["half_width"]))


def test_more_on_disk_than_needed_changes_nothing(tmp_path: Path, run: tuple[Path, Result]) -> None:
    fixed = until_precise(50).changed({"run": {"replications": 45}}, SOURCE)
    batches = BatchFolder(tmp_path)
    compare(fixed, batches=batches, crewing=Crewing(batch=45, workers=1))
    ended = compare(until_precise(50), batches=batches, resume=True)
    assert ended.finished == told_of(run[0])["finished"] < 45
    assert len(list(ended.values())) == ended.finished


def test_one_framework_has_no_difference_to_wait_for(tmp_path: Path) -> None:
    told = ("--framework", "option-a", "--years", "1", "--precision", "0.01")
    inspectsim("compare", SMALL, *told, "--out", tmp_path / "one")
    assert told_of(tmp_path / "one")["finished"] == 5
    assert not (tmp_path / "one" / "precision.csv").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--replications", "9", "--precision", "0.1"), "--replications 9 sets an exact number"),
        (("--most-replications", "9"), "no precision. Add --precision"),
    ],
)
def test_options_that_contradict_each_other_are_refused(tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    assert message in inspectsim("compare", SMALL, *options, "--out", tmp_path / "no", exit_code=2).stderr
    assert not (tmp_path / "no").exists()


# --- over a set of fits ---------------------------------------------------------------------------------------


UNFOUND = "undetected_poor_provider_years"


def homes(most: int) -> Scenario:
    """Few homes, to be asked over the shipped fits."""
    table = {"least": 20, "most": most, "precision": {UNFOUND: {"relative": 0.001}}}
    frameworks = ["childrens-homes-2014", "cyclic"]
    run = {"years": 1, "replications": table, "frameworks": frameworks, "baseline": frameworks[0]}
    few = {"types": {"childrens_home": {"count": 100}}}
    return load_scenario("homes-2014-2017").changed({"run": run, "population": few}, SOURCE)


def test_over_fits_the_mean_of_the_fits_is_known_to_a_precision_and_a_stop_loses_nothing(tmp_path: Path) -> None:
    fits = load_fits(str(folder() / "fits" / "homes-2014-2017"))
    fits = fits._replace(fits=fits.fits[:3])
    straight = compared_over(homes(33), fits, tmp_path / "straight", Crewing(workers=1))
    assert straight.plan.looks == (7, 11)
    (difference,) = straight.differences_known
    assert difference.replications == straight.replications == 11
    assert not difference.reached
    by_fit = straight.by_fit("summary.csv")
    mean = by_fit[by_fit["measure"] == UNFOUND]
    level = mean[mean["service_type"] == "childrens_home"].groupby("framework")["mean"].mean()
    assert difference.mean == pytest.approx(level["cyclic"] - level["childrens-homes-2014"])
    if os.name != "posix":
        return

    def stop_soon(done: int, _of: int) -> None:
        if done >= 20:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        compared_over(homes(33), fits, tmp_path / "run", Crewing(workers=1, batch=1), progress=stop_soon)
    with pytest.raises(InputError, match="--resume to continue it"):
        compared_over(homes(33), fits, tmp_path / "run", Crewing())
    ended = compared_over(homes(33), fits, tmp_path / "run", Crewing(workers=2), resume=True)
    assert ended.differences_known == straight.differences_known
    pd.testing.assert_frame_equal(ended.over("differences.csv"), straight.over("differences.csv"))


# --- what the intervals are worth -----------------------------------------------------------------------------


TEAM = 20
"""Inspectors, at least, so that every team can be put together."""


@pytest.fixture(scope="module", params=["england-2006", "england-2005-2017"])
def shipped(request: pytest.FixtureRequest) -> Comparison:
    """A shipped comparison as it is, with fewer providers and replications."""
    england = load_scenario(request.param)
    fewer = {name: {"count": max(1, each.count // 10)} for name, each in england.population.types.items() if each.count}
    pools = {
        name: {"fte": [{"from": step.from_, "fte": max(step.fte / 10, TEAM)} for step in pool.fte]}
        for name, pool in england.capacity.pools.items()
    }
    changes = {
        "run": {"replications": 24},
        "population": {"local_authorities": 15, "types": fewer},
        "capacity": {"pools": pools},
    }
    return compare(england.changed(changes, SOURCE))


@pytest.mark.slow
def test_a_paired_interval_is_never_wider_than_the_unpaired_one_by_more_than_noise(shipped: Comparison) -> None:
    """It is wider where a framework and the baseline vary against each other: that may be by chance alone."""
    values = np.array(list(shipped.values()))
    base = values[:, [shipped.question.names.index(shipped.baseline)]]
    others = np.delete(values, shipped.question.names.index(shipped.baseline), axis=1)
    spread = np.sqrt(np.var(others, axis=0, ddof=1) * np.var(base, axis=0, ddof=1))
    varied = np.isfinite(spread) & (spread > 1e-12)
    covariance = np.mean((others - others.mean(axis=0)) * (base - base.mean(axis=0)), axis=0) * 24 / 23
    correlation = covariance[varied] / spread[varied]
    # as far below 0 as that many correlations of 24 pairs fall by chance once in a thousand
    bound = student.ppf(1 - 0.001 / correlation.size, 22)
    assert correlation.min() > -bound / np.sqrt(22 + bound**2)
    frame = shipped.pairing.set_index(["framework", "service_type", "measure"])["gain"]
    for name in shipped.titles:
        if name != shipped.baseline:
            assert frame.xs((name, "childrens_home", UNFOUND)) > 1


@pytest.mark.slow
def test_intervals_of_small_runs_cover_the_truth() -> None:
    """Small experiments again and again, of replications drawn with replacement from many, whose mean is the truth."""
    there, size, experiments = 600, 20, 2_000
    small = load_scenario(SMALL).changed({"run": {"years": 1, "replications": there}}, SOURCE)
    ran = compare(with_options(small, frameworks=["2006-regime", "option-b-as-proposed"]))
    measures = [NAMES.index(name) for name in SYMMETRIC]
    first, second = np.moveaxis(np.array(list(ran.values()))[:, :, measures, -1], 1, 0)
    drawn = np.random.default_rng(2006).integers(0, there, (experiments, size))
    looks, used = until(10, size)
    for kind, values in (("level", first), ("level", second), ("difference", second - first)):
        for name, of in zip(SYMMETRIC, values.T, strict=True):
            mean, half = interval(of[drawn], 0.95)
            assert 0.93 <= np.mean(np.abs(mean - of.mean()) <= half) <= 0.97, (kind, name)
            mean, half = interval(of[drawn[:, : looks[0]]], used)
            for look in looks[1:]:
                wide = half > 0.6 * of.std()
                more = interval(of[drawn[:, :look]], used)
                mean, half = (np.where(wide, new, old) for new, old in zip(more, (mean, half), strict=True))
            assert 0.93 <= np.mean(np.abs(mean - of.mean()) <= half) <= 0.97, (kind, name, "after stopping")


SYMMETRIC = (
    "inspections_per_year",
    "inspector_days_per_year",
    "undetected_poor_provider_years",
    "poor_episodes_per_year",
)
"""Measures that are not far from normal even in so small a world."""


def interval(values: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Give mean and half-width of the interval by Student's t, of every row."""
    n = values.shape[-1]
    half = student.ppf((1 + confidence) / 2, n - 1) * values.std(axis=-1, ddof=1) / np.sqrt(n)
    return values.mean(axis=-1), np.asarray(half)
