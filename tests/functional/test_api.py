"""The simulator in Python: quick to import, the same numbers as the commands, answers that show themselves."""

import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from typer.testing import CliRunner

import simulator
from simulator.commands.cli import app
from simulator.running.store import DAYS, FLOATS, MANIFEST

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
FRAMEWORKS = ["2006-regime", "option-a"]
HOME = "childrens_home-0001"
SLOW = ("matplotlib", "numba", "numpy", "pandas", "pydantic", "scipy")


def command(*arguments: str | Path) -> None:
    result = CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr


def both(name: str) -> list[str]:
    return [name, *(f"--framework={each}" for each in FRAMEWORKS)]


@pytest.fixture(scope="module")
def scenario() -> simulator.Scenario:
    return simulator.load_scenario(SMALL, replications=3)


@pytest.fixture(scope="module")
def compared(scenario: simulator.Scenario) -> simulator.Compared:
    return simulator.compare(scenario, FRAMEWORKS)


@pytest.fixture(scope="module")
def sized(scenario: simulator.Scenario) -> simulator.Sized:
    return simulator.size(scenario, FRAMEWORKS, targets="on_time_share >= 0.5", step=2, most_replications=3)


@pytest.fixture(scope="module")
def curves(scenario: simulator.Scenario) -> simulator.Curves:
    return simulator.frontier(scenario, FRAMEWORKS, measures=["on_time_share"], numbers=[2, 4])


@pytest.fixture(scope="module")
def lives(scenario: simulator.Scenario) -> simulator.Lives:
    return simulator.trace(scenario, FRAMEWORKS, provider=HOME)


@pytest.fixture(scope="module")
def worlds() -> simulator.Worlds:
    scenario = simulator.load_scenario(SMALL, years=1)
    return simulator.sensitivity(
        scenario, FRAMEWORKS, vary=["quality.speed", "signals"], worlds=16, singly=1, replications=2
    )


@pytest.fixture(scope="module", params=["compared", "sized", "curves", "worlds", "lives"])
def answer(request: pytest.FixtureRequest) -> simulator.Answer:
    given: simulator.Answer = request.getfixturevalue(request.param)
    return given


class Shown(HTMLParser):
    """Text and open tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_import_is_quick_and_brings_nothing_slow() -> None:
    asked = f"import sys, simulator; print([name for name in {SLOW} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_names_are_those_of_the_api() -> None:
    from simulator import api

    assert set(simulator.__all__) == {*api.__all__, "__version__"}
    assert set(simulator.__all__) <= set(dir(simulator))
    assert not hasattr(simulator, "nothing")


def test_comparison_is_that_of_the_command(compared: simulator.Compared, tmp_path: Path) -> None:
    by_command, saved = tmp_path / "command", tmp_path / "saved"
    command(*both("compare"), SMALL, "--replications", "3", "--out", by_command)
    written = compared.save(saved)
    assert sorted(path.relative_to(saved).as_posix() for path in written) == sorted(
        path.relative_to(by_command).as_posix()
        for path in by_command.rglob("*")
        if path.is_file() and path.name != MANIFEST
    )
    for path in written:
        assert path.read_bytes() == (by_command / path.relative_to(saved)).read_bytes(), path.name
    for name in ("summary", "differences", "replications"):
        assert as_csv(getattr(compared, name)) == (by_command / f"{name}.csv").read_bytes()


@pytest.mark.usefixtures("undrawn")
def test_time_taken_is_that_of_the_runs_and_not_until_they_are_saved(
    scenario: simulator.Scenario, tmp_path: Path
) -> None:
    began = time.monotonic()
    answer = simulator.compare(scenario, "option-a")
    took = time.monotonic() - began
    time.sleep(1)
    answer.save(tmp_path)
    told = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert told["seconds"] <= took + 0.1
    assert datetime.fromisoformat(told["ended"]) - datetime.fromisoformat(told["began"]) <= timedelta(seconds=took + 1)


@pytest.mark.usefixtures("undrawn")
def test_search_is_that_of_the_command(sized: simulator.Sized, tmp_path: Path) -> None:
    asked = ["--replications", 3, "--most-replications", 3, "--step", 2, "--target", "on_time_share >= 0.5"]
    command(*both("size"), SMALL, *map(str, asked), "--out", tmp_path)
    assert as_csv(sized.sizes) == (tmp_path / "size.csv").read_bytes()
    assert as_csv(sized.points) == (tmp_path / "points.csv").read_bytes()


@pytest.mark.usefixtures("undrawn")
def test_frontier_is_that_of_the_command(curves: simulator.Curves, tmp_path: Path) -> None:
    asked = ["--replications", 3, "--from", 2, "--to", 4, "--step", 2, "--measure", "on_time_share"]
    command(*both("frontier"), SMALL, *map(str, asked), "--out", tmp_path)
    assert as_csv(curves.curves) == (tmp_path / "frontier.csv").read_bytes()
    assert as_csv(curves.crossings) == (tmp_path / "crossings.csv").read_bytes()
    assert as_csv(curves.crossings_by_cost) == (tmp_path / "crossings_by_cost.csv").read_bytes()


@pytest.mark.usefixtures("undrawn")
def test_sensitivity_is_that_of_the_command(worlds: simulator.Worlds, tmp_path: Path) -> None:
    asked = ["--vary", "quality.speed", "--vary", "signals", "--worlds", "16", "--singly", "1", "--replications", "2"]
    asked += ["--years", "1"]
    by_command, saved = tmp_path / "command", tmp_path / "saved"
    command(*both("sensitivity"), SMALL, *asked, "--out", by_command)
    for path in worlds.save(saved):
        assert path.read_bytes() == (by_command / path.relative_to(saved)).read_bytes(), path.name
    for name in ("shares", "splits", "swings", "spread", "worlds", "assumptions"):
        assert as_csv(getattr(worlds, name)) == (by_command / f"{name}.csv").read_bytes()


def test_life_is_that_of_the_command(lives: simulator.Lives, tmp_path: Path) -> None:
    by_command, saved = tmp_path / "command", tmp_path / "saved"
    command(*both("trace"), HOME, SMALL, "--replication", "1", "--out", by_command)
    for path in lives.save(saved):
        if path.name not in ("scenario.toml", "report.html", "workbook.xlsx"):  # asked for other replications
            assert path.read_bytes() == (by_command / path.relative_to(saved)).read_bytes(), path.name


def as_csv(frame: pd.DataFrame) -> bytes:
    written = io.StringIO()
    frame.to_csv(written, index=False, float_format=FLOATS, date_format=DAYS, lineterminator="\n")
    return written.getvalue().encode()


def test_answers_show_themselves(answer: simulator.Answer) -> None:
    shown = Shown()
    shown.feed(answer._repr_html_())
    shown.close()
    assert not shown.open
    assert {"table", "th", "p"} <= shown.tags
    verdict = answer.verdict
    short = [*verdict.paragraphs, *verdict.heads] if verdict.lines else [*answer.sentences, *answer.caveats]
    for told in short:
        assert told in shown.text
    assert all(line.whole_label in shown.text for line in verdict.lines)
    assert "synthetic" in shown.text
    assert "synthetic" in repr(answer)
    assert answer.sentences[0].split()[0] in repr(answer)


def test_answers_draw_themselves(answer: simulator.Answer) -> None:
    first = answer.chart()
    assert first is next(iter(answer.charts.values()))
    assert isinstance(answer.figure(first.name), Figure)
    assert first._repr_svg_().startswith("<?xml")
    assert repr(first) == first.alt
    with pytest.raises(simulator.InputError, match='there is no chart "nothing"'):
        answer.chart("nothing")


def test_frames_are_the_callers_own(compared: simulator.Compared) -> None:
    mine = compared.summary
    mine["mean"] = -1.0
    assert (compared.summary["mean"] != -1.0).all()


def test_names_in_a_page_are_escaped(scenario: simulator.Scenario, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('title = "<b>Own</b>"\nsummary = "Mine."\nextends = "option-a"\n', encoding="utf-8")
    shown = simulator.compare(simulator.load_scenario(SMALL, replications=1), own)._repr_html_()
    assert "&lt;b&gt;Own&lt;/b&gt;" in shown
    assert "<b>" not in shown


def test_nothing_is_written_unless_asked_for(
    scenario: simulator.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    for ask in (simulator.compare, simulator.frontier, simulator.size):
        ask(scenario, "option-a")
    simulator.trace(scenario, provider=HOME)
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]
    assert not list((tmp_path / "temporary").iterdir())


def test_a_framework_as_loaded_is_the_one_of_its_name(compared: simulator.Compared) -> None:
    scenario = simulator.load_scenario(SMALL, replications=3)
    loaded = simulator.compare(scenario, [simulator.load_framework(name) for name in FRAMEWORKS])
    pd.testing.assert_frame_equal(loaded.summary, compared.summary, check_exact=True)


def test_yardsticks_tell_gains() -> None:
    """In so few homes it takes some replications to tell a gain from chance."""
    gauged = simulator.compare(simulator.load_scenario(SMALL, replications=12), "option-a", yardsticks=True)
    assert set(gauged.gains["lower"]) == {"none", "cyclic"}
    assert any("possible gain" in told for told in gauged.sentences)


def test_replications_until_differences_are_known(scenario: simulator.Scenario) -> None:
    found = simulator.compare(scenario, FRAMEWORKS, precision=0.5, most_replications=6)
    assert 5 <= found.replications["replication"].max() <= 6
    assert "headline differences" in found.caveats[0]
    assert set(found.pairing["framework"]) == {"option-a"}


def test_inspectors_by_number_and_by_pool() -> None:
    one = simulator.load_scenario("england-2006", inspectors=150)
    two = simulator.load_scenario("england-2006", inspectors={"area": 61.5, "regulatory": float("inf")})
    assert [step.fte for step in one.capacity.pools["regulatory"].fte] == [222, 150]
    assert [pool.fte[-1].fte for pool in two.capacity.pools.values()] == [float("inf"), 61.5]


def test_a_pool_without_inspectors_is_told_of(compared: simulator.Compared) -> None:
    scenario = simulator.load_scenario(SMALL, replications=1, inspectors=0)
    assert any('"regulatory" has no inspectors' in told for told in simulator.compare(scenario, "option-a").caveats)


@pytest.mark.usefixtures("undrawn")
def test_an_earlier_run_is_asked_again(compared: simulator.Compared, tmp_path: Path) -> None:
    compared.save(tmp_path / "run")
    again = simulator.compare(tmp_path / "run")
    pd.testing.assert_frame_equal(again.summary, compared.summary, check_exact=True)
    assert simulator.load_scenario(tmp_path / "run").run.replications == 3


@pytest.mark.usefixtures("undrawn")
def test_a_run_with_own_providers_keeps_them(
    scenario: simulator.Scenario, compared: simulator.Compared, tmp_path: Path
) -> None:
    compared.save(tmp_path / "run")
    own = simulator.compare(scenario, FRAMEWORKS, register=tmp_path / "run" / "providers.csv")
    pd.testing.assert_frame_equal(own.summary, compared.summary, check_exact=True)
    assert "The providers are synthetic" not in repr(own)
    own.save(tmp_path / "own")
    assert simulator.compare(tmp_path / "own").question.own_register
    with pytest.raises(simulator.InputError, match="its own providers"):
        simulator.load_scenario(tmp_path / "own")


def test_lives_side_by_side(lives: simulator.Lives) -> None:
    titles = [simulator.load_framework(name).title for name in FRAMEWORKS]
    assert list(lives.table.columns) == ["date", *titles]
    assert lives.table["date"].is_monotonic_increasing
    assert set(lives.inspections["framework"]) == set(FRAMEWORKS)
    assert lives.provider == HOME
    assert lives.diary() != lives.diary("option-a")
    done = lives.inspections.query("status == 'done' and ended >= '2006-04-01'")
    assert (lives.table[titles] != "").to_numpy().sum() == len(done.groupby(["framework", done["ended"].dt.date]))


WRONG: list[tuple[str, Callable[[simulator.Scenario], object], str]] = [
    ("scenario", lambda _: simulator.compare("england-206"), 'no scenario "england-206"; did you mean "england-2006"?'),
    ("framework", lambda given: simulator.compare(given, "option-c"), 'no framework "option-c"; did you mean'),
    ("none", lambda given: simulator.compare(given, []), "no framework to run"),
    ("register", lambda given: simulator.compare(given, register="nowhere.csv"), "nowhere.csv: cannot be read"),
    ("years", lambda _: simulator.load_scenario(years=0), "run.years: given 0; allowed: 1 or more"),
    ("pool", lambda _: simulator.load_scenario(inspectors={"x": 3}), 'inspectors x=3: there is no pool "x"'),
    ("target", lambda given: simulator.size(given, targets="x"), 'targets "x": cannot be read'),
    ("confidence", lambda given: simulator.size(given, confidence=2), "confidence: given 2; allowed"),
    ("precision", lambda given: simulator.compare(given, precision=2), "precision: given 2; allowed: a fraction"),
    ("fewest", lambda given: simulator.compare(given, most_replications=9), "most_replications 9: the scenario sets"),
    ("most", lambda given: simulator.size(given, most_replications=1), "replications 3, most_replications 1: allowed"),
    ("measure", lambda given: simulator.frontier(given, measures="x"), 'measures "x": there is no measure "x"'),
    ("numbers", lambda given: simulator.frontier(given, numbers=[3, 2]), "numbers: given 3, 2; allowed: 2 to 100"),
    ("two", lambda given: simulator.sensitivity(given, "option-a"), "frameworks: given 1 (option-a); allowed: two"),
    ("worlds", lambda given: simulator.sensitivity(given, FRAMEWORKS, worlds=1), "worlds: given 1; allowed: 16"),
    ("vary", lambda given: simulator.sensitivity(given, FRAMEWORKS, vary="x"), '"x"'),
    ("provider", lambda given: simulator.trace(given, provider="x"), 'no provider "x" in the register'),
    ("replication", lambda given: simulator.trace(given, provider=HOME, replication=0), "replication: given 0"),
]


@pytest.mark.parametrize(("ask", "said"), [pytest.param(ask, said, id=name) for name, ask, said in WRONG])
def test_what_cannot_be_used_is_said_plainly(
    scenario: simulator.Scenario, ask: Callable[[simulator.Scenario], object], said: str
) -> None:
    with pytest.raises(simulator.InputError) as caught:
        ask(scenario)
    assert said in str(caught.value)
    assert "--" not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert isinstance(caught.value, ValueError)


def test_a_check_says_what_differs(tmp_path: Path) -> None:
    path = simulator.new_framework("my-option", "option-a", tmp_path)
    found, begun_from = simulator.check_framework(path), simulator.check_framework("option-a")
    assert found.parts["What falls due"] == begun_from.parts["What falls due"]
    assert "What differs from option-a" in repr(found)
    assert "<li>" in found._repr_html_()
    assert "What falls due" in simulator.check_framework(simulator.load_framework("option-a")).parts
    with pytest.raises(simulator.InputError, match="already exists"):
        simulator.new_framework("my-option", "option-a", tmp_path)
