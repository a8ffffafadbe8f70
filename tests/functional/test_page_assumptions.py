"""The page Assumptions, by HTTP: what decides the answer first, then every number in words."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.testclient import TestClient

from simulator.inputs.evidence import numbers
from simulator.page import assumptions_page
from simulator.page.app import app_of
from simulator.page.limits import Limits
from simulator.page.run_store import RunStore
from simulator.questions.sensitivity.deciding import Decider
from simulator.scenario.scenario import load_scenario, shipped_scenarios
from simulator.words.assumptions import defaults
from simulator.words.parameters import title_of

TABLE = (
    Decider("signals.serious_concerns.poor", 2.5, 10.0, 12.4, 7.0, 3.0, 0.8, 6),
    Decider("kinds.*.sigma", 0.0, 0.4, 7.3, 7.0, -2.0, 1.2, 6),
    Decider("quality.falls", 0.6, 1.2, float("nan"), 7.0, 7.01, 1.0, 6),
)


@pytest.fixture
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    assumptions_page._shown.cache_clear()
    store = RunStore(tmp_path_factory.mktemp("none"))
    yield TestClient(app_of(store, Limits(threads=1), "program"), follow_redirects=False)
    assumptions_page._shown.cache_clear()


def shown(client: TestClient) -> str:
    answer = client.get("/assumptions")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(answer.text))


@pytest.mark.parametrize("of_today", [True, False])
def test_what_decides_comes_first_in_words(client: TestClient, monkeypatch: pytest.MonkeyPatch, of_today: bool) -> None:
    monkeypatch.setattr(assumptions_page, "read_deciders", lambda: TABLE)
    monkeypatch.setattr(assumptions_page, "is_of_today", lambda: of_today)
    page = shown(client)
    told = page.split("The ten that decide the answer")[1].split("All numbers by topic")[0]
    assert "With our values the answer is 7.0 days longer." in told
    assert "<strong>Serious concerns at poor providers</strong>: the answer moves by up to 5.4 days" in told
    assert "up to 0.0 days (give or take 1.0 day, so this may be chance)" in told
    assert told.count("so this may be chance") == 1
    assert "At the lower end: 12 days longer. At the upper end: 3.0 days longer." in told
    assert "At the upper end: 2.0 days sooner." in told
    assert "At the lower end: it cannot be simulated." in told
    assert told.index("Serious concerns") < told.index("Noise of inspectors")
    assert ("have changed since this list was made" in told) != of_today


def test_a_table_that_was_not_made_is_said_to_be_missing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assumptions_page, "read_deciders", lambda: ())
    assert "This list has not been made yet." in shown(client)


def test_every_number_stands_on_the_page_by_a_title_in_words(client: TestClient) -> None:
    page = shown(client)
    scenario = load_scenario("england-2006")
    for default in defaults(scenario, numbers(scenario.settings())):
        assert default.key in page
        title = title_of(default.key)
        assert title != default.key
        assert f"{title[:1].upper()}{title[1:]}<code" in page


@pytest.mark.parametrize("name", shipped_scenarios())
def test_no_number_of_a_shipped_scenario_is_without_a_title(name: str) -> None:
    scenario = load_scenario(name)
    rows = list(defaults(scenario, numbers(scenario.settings())))
    assert [row.key for row in rows if title_of(row.key) == row.key] == []


def test_the_filter_is_there_with_script_alone(client: TestClient) -> None:
    """Without it nothing is hidden but what folds away by itself."""
    page = shown(client)
    assert re.search(r"data-app-filter hidden>", page)
    assert page.count("data-app-filtered") > 10
    assert page.count("data-app-filtered hidden") == 0
