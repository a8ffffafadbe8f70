"""Events over a set of fits, one fit by itself, and what the how-to makes of them: visits per home-year."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from simulator.answers.kept_run import KeptRun
from simulator.commands.cli import app
from simulator.inspectorate.framework import load_framework
from simulator.questions.calibrate.fits import load_fits
from simulator.questions.calibrate.mechanisms import shares
from simulator.questions.over_fits.worlds import fitted_question
from simulator.running.event_tables import EVENTS
from simulator.running.question import posed
from simulator.running.store import read_manifest
from simulator.scenario.scenario import load_scenario
from tests.functional.test_calibration import TRUE
from tests.functional.test_validate import fits_of

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

PAGE = Path(__file__).parents[2] / "docs" / "forecasting.md"


def inspectsim(*arguments: str | Path | int) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The framework and the scenario of the how-to, with few homes, and a set of two fits."""
    path = tmp_path_factory.mktemp("later")
    rules, scenario = blocks("toml")
    (path / "homes-2017.toml").write_text(rules, encoding="utf-8")
    few = scenario.replace("[run]", "[population.types]\nchildrens_home.count = 150\n\n[run]")
    (path / "homes-later.toml").write_text(few.replace('"homes-2017.toml"', f'"{path}/homes-2017.toml"'), "utf-8")
    fits_of(path / "fitted", 150, TRUE, TRUE | {"judgement_noise": 0.5})
    return path


@pytest.fixture(scope="module")
def over_fits(folder: Path) -> Path:
    asked = ("--fits", folder / "fitted", "--events", "first", "--replications", 4, "--out", folder / "over")
    code, _, remarks = inspectsim("compare", folder / "homes-later.toml", *asked)
    assert code == 0, remarks
    return folder / "over"


@pytest.fixture(scope="module")
def second_fit(folder: Path) -> Path:
    asked = ("--fits", folder / "fitted", "--fit", 2, "--events", "first", "--replications", 2)
    code, _, remarks = inspectsim("compare", folder / "homes-later.toml", *asked, "--out", folder / "second")
    assert code == 0, remarks
    return folder / "second"


def test_tables_of_events_say_in_the_world_of_which_fit(over_fits: Path, second_fit: Path) -> None:
    for name in EVENTS:
        there, alone = (pd.read_parquet(run / f"{name}.parquet") for run in (over_fits, second_fit))
        assert there.columns.tolist() == ["fit", *alone.columns]
        assert set(there["fit"]) <= {1, 2}
        second = there[there["fit"] == 2].drop(columns="fit").reset_index(drop=True)
        pd.testing.assert_frame_equal(second, alone, check_categorical=False)
    assert set(pd.read_parquet(over_fits / "inspections.parquet")["fit"]) == {1, 2}
    manifest = read_manifest(over_fits)
    assert manifest is not None
    assert {f"{name}.parquet" for name in EVENTS} <= {*manifest["files"]}
    dictionary = pd.read_csv(over_fits / "data-dictionary.csv", keep_default_na=False)
    assert (dictionary["meaning"] != "").all()


def test_one_fit_is_a_comparison_in_its_world(folder: Path, over_fits: Path, second_fit: Path) -> None:
    by_fit = pd.read_csv(over_fits / "summary.csv").query("fit == 2").set_index(["service_type", "measure"])["mean"]
    alone = pd.read_csv(second_fit / "summary.csv").set_index(["service_type", "measure"])["mean"]
    pd.testing.assert_series_equal(by_fit, alone)
    kept = KeptRun(second_fit, read_manifest(second_fit) or {})
    fits = fits_of(folder / "same", 150, TRUE | {"judgement_noise": 0.5})
    world = fitted_question(posed(load_scenario(folder / "homes-later.toml")), load_fits(fits), 1)
    assert kept.scenario.quality == world.scenario.quality
    assert kept.every_framework["homes-2017"].kinds["key"].sigma == 0.5
    assert world.scenario.quality.start_shares["childrens_home"].poor == pytest.approx(shares(TRUE, "start")["poor"])


def test_no_events_are_kept_unless_asked_for(folder: Path) -> None:
    asked = ("--fits", folder / "fitted", "--replications", 4, "--out", folder / "none")
    code, _, remarks = inspectsim("compare", folder / "homes-later.toml", *asked)
    assert code == 0, remarks
    assert not list((folder / "none").glob("*.parquet"))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--fits", "fitted", "--fit", 3), "--fit: given 3; allowed: 1 (the best) to 2, the fits of fitted"),
        (("--fits", "fitted", "--fit", 0), "--fit: given 0; allowed: 1 (the best) to 2, the fits of fitted"),
        (("--fit", 1), "--fit: selects one fit of a set. Use it with --fits, which names the set"),
    ],
)
def test_refusals(
    options: tuple[str | int, ...], told: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    code, said, remarks = inspectsim("compare", "homes-2014-2017", *options, "--out", tmp_path / "out")
    assert (code, said) == (2, "")
    assert told in remarks
    assert not (tmp_path / "out").exists()


# --- the how-to ----------------------------------------------------------------------------------------------


def visits_per_home_year() -> Callable[..., pd.DataFrame]:
    (block,) = blocks("python")
    defined: dict[str, Callable[..., pd.DataFrame]] = {}
    exec(block, defined)
    return defined["visits_per_home_year"]


def test_the_framework_of_the_how_to_asks_for_what_the_page_says(folder: Path) -> None:
    framework = load_framework(folder / "homes-2017.toml")
    owed = {
        name: framework.rules[name].model_dump()["per_year"]
        for name in ("childrens-homes-full", "childrens-homes-interim")
    }
    assert owed == {
        "childrens-homes-full": {"excellent": 1, "good": 1, "adequate": 1, "poor": 2, "not_yet_graded": 1},
        "childrens-homes-interim": {"excellent": 0, "good": 0, "adequate": 1, "poor": 0, "not_yet_graded": 1},
    }
    before = load_framework("childrens-homes-2014")
    assert framework.kinds == before.kinds
    for name, rule in framework.rules.items():
        theirs = before.rules[name].model_dump(exclude={"per_year", "source"})
        assert rule.model_dump(exclude={"per_year", "source"}) == theirs


def test_visits_per_home_year_by_hand(tmp_path: Path) -> None:
    """One home, good from July on, closed at the end of the year; its successor opens for the last quarter."""
    lives: list[dict[str, object]] = [
        {"provider": "a", "opened": "2015-04-01", "closed": "2017-12-31"},
        {"provider": "a-2", "opened": "2018-01-01", "closed": None},
    ]
    visits = [
        {
            "provider": "a",
            "started": "2016-05-01",
            "ended": "2016-05-02",
            "judged": "adequate",
            "rating_before": "good",
        },
        {
            "provider": "a",
            "started": "2017-06-30",
            "ended": "2017-07-01",
            "judged": "good",
            "rating_before": "adequate",
        },
        {"provider": "a", "started": "2017-10-01", "ended": "2017-10-02", "judged": None, "rating_before": "good"},
    ]
    moments = ("opened", "closed", "started", "ended")
    for name, rows in (("lives", lives), ("inspections", visits)):
        frame = pd.DataFrame(rows).assign(framework="f", replication=1)
        if name == "inspections":
            frame = frame.assign(kind=["key", "key", "interim"], status="done")
        for column in set(moments) & set(frame.columns):
            frame[column] = pd.to_datetime(frame[column])
        frame.to_parquet(tmp_path / f"{name}.parquet")
    found = visits_per_home_year()(tmp_path, "2017-04-01", "2018-04-01")
    assert found.loc["adequate", "key"] == pytest.approx(1 / (91 / 365.25))  # 1 April to 1 July
    assert found.loc["good", "interim"] == pytest.approx(1 / (183 / 365.25))  # 1 July to 31 December
    assert found.loc["good", "key"] == 0


def test_visits_per_home_year_follow_the_rule(over_fits: Path) -> None:
    found = visits_per_home_year()(over_fits, "2017-04-01", "2018-04-01")
    assert found.index.names == ["fit", "grade"]
    of_good = found.xs("good", level="grade")
    assert of_good["key"].between(0.7, 1.3).all()
    assert (of_good["interim"] < 0.4).all()
    assert (found.xs("adequate", level="grade")["interim"] > 0.4).all()
