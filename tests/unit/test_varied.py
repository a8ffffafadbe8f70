"""The order of the shipped options when what it hangs on is varied: the table is of today, and what is told of it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from simulator.inputs.shipped import folder
from simulator.inspectorate.framework import load_framework
from simulator.questions.compare import in_worlds, varied
from simulator.questions.compare.chart_inspectors import inspectors_chart, inspectors_table
from simulator.questions.compare.comparison import Comparison
from simulator.questions.compare.varied import (
    FOLDER,
    KEY,
    WAYS,
    order_told,
    over_inspectors,
    read_varied,
    shipped_digest,
)
from simulator.running.options import with_options
from simulator.scenario.scenario import load_scenario

NAMES = ("2006-regime", "option-a", "option-b")


def asked(**options: Any) -> Comparison:
    scenario = with_options(load_scenario("england-2006"), frameworks=NAMES, **options)
    frameworks = tuple(load_framework(name) for name in NAMES)
    question = SimpleNamespace(scenario=scenario, frameworks=frameworks, own_register=False, baseline=NAMES[0])
    titles = {framework.name: framework.title for framework in frameworks}
    told = {"question": question, "titles": titles, "baseline": NAMES[0], "scenario": scenario, "own_register": False}
    return cast("Comparison", SimpleNamespace(**told))


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """Option A later than now everywhere, option B with few inspectors only."""
    rows = [
        (way.name, value, name, varied.DAYS, 0.0, 0.0, 0.0, difference, difference - 1, difference + 1)
        for way in WAYS
        for value in way.values
        for name, difference in (
            ("option-a", 5.0),
            ("option-b", 9.0 if way.name == "inspectors" and value <= 200 else 0.2),
        )
    ]
    ends = ["difference", "difference_low", "difference_high"]
    frame = pd.DataFrame(rows, columns=["varied", "value", "framework", "measure", "mean", "low", "high", *ends])
    monkeypatch.setattr(varied, "read_varied", lambda: frame)
    return frame


def test_the_table_was_made_from_the_scenario_and_the_frameworks_of_today() -> None:
    assert (Path(folder()) / FOLDER / KEY).read_text(encoding="utf-8").strip() == shipped_digest()
    rows = read_varied()
    for way in WAYS:
        assert tuple(rows.loc[rows["varied"] == way.name, "value"].unique()) == way.values
    assert set(load_scenario("england-2006").run.frameworks) == set(rows["framework"])


def test_it_is_told_who_keeps_the_side_and_who_turns(table: pd.DataFrame) -> None:
    turned, held = order_told(asked())
    assert held.startswith("With 180 to 300 inspectors and with 2.5 to 10 serious concerns")
    assert held.endswith("for longer than now under option A.")
    assert "hangs on these numbers: under option B " in turned
    assert "for longer than now with 180 to 200" in turned
    assert "about as long as now with 222 to 300 inspectors" in turned


def test_another_question_is_told_nothing_of_it(table: pd.DataFrame) -> None:
    assert order_told(asked(replications=5, seed=7)) == order_told(asked())
    assert order_told(asked(years=5)) == []
    assert order_told(asked(inspectors={"regulatory": 200})) == []


def test_duties_and_unfound_are_drawn_over_the_inspectors_from_the_table() -> None:
    over = over_inspectors(asked())
    assert over is not None
    chart, rows = inspectors_chart(over), inspectors_table(over)
    late = rows[(rows["measure"] == "on_time_share") & (rows["framework"] == "2006-regime")].set_index("fte")["mean"]
    enough = late.index[late >= 0.95][0]
    assert late.loc[:enough].iloc[:-1].max() < 0.95 <= late.loc[enough:].min()
    assert chart.title.startswith(f"Duties are kept from {enough:g} inspectors of")
    assert chart.narrow is not None
    assert len(rows) == 2 * len(NAMES) * len(WAYS[0].values)
    assert over_inspectors(asked(years=5)) is None


def test_a_table_of_other_rules_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(varied, "shipped_digest", lambda: "another")
    assert over_inspectors(asked()) is None
    assert order_told(asked()) == []


def test_the_plausible_worlds_are_of_today_and_have_every_option() -> None:
    assert in_worlds.key_of_worlds() == shipped_digest()
    assert {row["framework"] for row in in_worlds.read_worlds()} == set(load_scenario("england-2006").run.frameworks)


def test_it_is_told_in_how_many_worlds_each_option_does_better(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"service_type": "childrens_home", "measure": "undetected_poor_provider_years", "worlds": "64"}
    rows = [{**row, "framework": "option-a", "better": "0.5"}, {**row, "framework": "option-b", "better": "0.234375"}]
    monkeypatch.setattr(in_worlds, "read_worlds", lambda: rows)
    (told,) = in_worlds.worlds_told(asked())
    assert "Of 64 plausible worlds" in told
    assert "fewer homes are poor and unfound than now in 32 under option A and 15 under option B" in told
    assert in_worlds.worlds_told(asked(years=3)) == []
