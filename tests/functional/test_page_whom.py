"""For whom, on the page: what is kept with a comparison, and the answer redrawn for one kind of provider."""

import json
import re
import shutil
import time
from html import unescape
from math import nan
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from starlette.testclient import TestClient

import simulator
from simulator.answers.kept_run import KeptRun
from simulator.page import compare_asked, shipped_answers, size_asked
from simulator.page.answer import kept_in
from simulator.page.app import app_of
from simulator.page.limits import Limits
from simulator.page.run_store import Run, RunStore
from simulator.page.shipped_answers import ready_answer, ready_whom
from simulator.page.whom import whom_shown
from simulator.page.whom_choice import FIELD_NAMES, choice_of, kind_told
from simulator.page.whom_file import BY, OF_GROUP, OF_KIND, OF_TYPE, WHOM, key_of, told_of, whom_bytes, whom_of
from simulator.questions.compare.for_whom import FOR_WHOM
from simulator.words.estimates import by_key

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
NAMES = ["2006-regime", "option-a", "option-b-as-proposed"]
KEPT, BEFORE, OTHER = "a" * 32, "b" * 32, "c" * 32
HOSTILE = ("nowhere", "<script>alert(1)</script>", "\x00", "x" * 3000, "all ", "ALL", "\u202e", "{{7*7}}", "'\"--", "٣")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> KeptRun:
    """A comparison of few providers, as it is kept."""
    folder = tmp_path_factory.mktemp("compared") / "results"
    scenario = simulator.load_scenario(SMALL, replications=3)
    simulator.compare(scenario, NAMES, crewing=simulator.Crewing(workers=1)).save(folder)
    return kept_in(folder)


@pytest.fixture(scope="module")
def kept(run: KeptRun) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(whom_bytes(whom_of(run)))
    return read


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, kept: dict[str, Any]) -> TestClient:
    store = RunStore(tmp_path_factory.mktemp("runs"))
    inputs, _ = compare_asked.read(compare_asked.fields_by_default(), 10**9)
    sized, _ = size_asked.read(size_asked.fields_by_default(), 10**9)
    for run_id, kind, asked in ((KEPT, "compare", inputs), (BEFORE, "compare", inputs), (OTHER, "size", sized)):
        store.save(Run(run_id, kind, asked, "program", "finished", time.time()))
        store.results(run_id).mkdir()
        told = {"charts": [], "sentences": ["All of it."], "costs": [], **ready_answer()}
        told |= {"verdict": {}} if kind == "size" else {}
        (store.results(run_id).parent / "answer.json").write_text(json.dumps(told), encoding="utf-8")
    (store.results(KEPT).parent / WHOM).write_bytes(whom_bytes(kept))
    return TestClient(app_of(store, Limits(), "program"), base_url="http://127.0.0.1:8000", follow_redirects=False)


def page_of(client: TestClient, path: str = f"/runs/{KEPT}", **chosen: str) -> str:
    answer = client.get(path, params=chosen)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_what_is_kept_of_every_kind_of_provider_is_what_the_folder_says(run: KeptRun, kept: dict[str, Any]) -> None:
    tables = dict(iter(pd.read_parquet(run.folder / FOR_WHOM).groupby("service_type")))

    def told(*chosen: str) -> list[list[float]] | None:
        """Report the figures of a kind, None if there are none."""
        try:
            found = simulator.for_whom(tables[chosen[0]], **dict(zip((*FIELDS, "rating"), chosen, strict=True)))
        except simulator.InputError:
            return None
        numbers: list[list[float]] = found[list(OF_KIND)].to_numpy(float).tolist()
        return numbers

    checked = 0
    for key, kind in kept["kinds"].items():
        for rating in kept["choices"]["rating"]:
            expected, mine = told(*key.split("/"), rating), kind.get(rating)
            if expected is None:
                assert mine is None or all(row[1] is None for row in mine)
            else:
                assert mine is not None
                for row, numbers in zip(mine, expected, strict=True):
                    assert [nan if value is None else value for value in row] == pytest.approx(
                        numbers, rel=1e-3, nan_ok=True
                    )
                checked += 1
    assert checked > 50


FIELDS = ("service_type", "size", "region", "sector")


def test_types_and_groups_are_those_of_the_tables(run: KeptRun, kept: dict[str, Any]) -> None:
    summary = by_key(run.frame("summary.csv"))
    for name in OF_TYPE:
        for framework, band in zip(NAMES, kept["types"]["childrens_home"][name], strict=True):
            expected = summary[framework, "childrens_home", name]
            assert [nan if value is None else value for value in band] == pytest.approx(
                [*expected], rel=1e-4, nan_ok=True
            )
    groups = run.frame("groups.csv").set_index(["by", "group", "service_type", "measure", "framework"])["mean"]
    assert set(kept["groups"]["childrens_home"]) == set(OF_GROUP)
    for name, rows in kept["groups"]["childrens_home"].items():
        order = [BY.index(by) for by, _, _ in rows]
        assert order == sorted(order)
        for by, group, bands in rows:
            for framework, band in zip(NAMES, bands, strict=True):
                assert band[0] == pytest.approx(groups[by, group, "childrens_home", name, framework], rel=1e-4)


def test_numbers_of_few_providers_are_not_kept(kept: dict[str, Any]) -> None:
    few = [kind for kind in kept["kinds"].values() if kind["in_register"] < 10]
    assert len(few) > 10
    assert all(set(kind) == {"in_register"} for kind in few)


@pytest.mark.parametrize(
    ("baseline", "layers", "told"),
    [
        (0, ["Rules alone", "Rules alone", "With the package"], [0, 1]),
        (1, ["Rules alone", "Rules alone", "With the package"], [1, 0]),
        (0, ["Rules alone", "With the package", "With the package"], [0, 1, 2]),
        (0, ["Rules alone"], [0]),
    ],
)
def test_a_sentence_compares_what_is_in_the_layer_of_the_baseline(
    baseline: int, layers: list[str], told: list[int]
) -> None:
    assert told_of(baseline, layers) == told


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({}, "a children's home, judged good or better"),
        (
            {"size": "small", "region": "North West"},
            "a small children's home in the North West, judged good or better",
        ),
        (
            {"service_type": "independent_fostering", "rating": "poor", "sector": "private", "region": "London"},
            "a private independent fostering agency in London, judged poor",
        ),
        (
            {"service_type": "la_fostering", "sector": "local_authority", "rating": "not_yet_graded"},
            "a local authority fostering service, not yet judged",
        ),
        ({"service_type": "adoption_support_agency", "rating": "all"}, "an adoption support agency"),
        (
            {"service_type": "all", "rating": "adequate", "sector": "local_authority"},
            "a local authority provider, judged adequate",
        ),
    ],
)
def test_a_kind_is_described_as_people_speak(kept: dict[str, Any], chosen: dict[str, str], told: str) -> None:
    offered = {name: [*values, *chosen.values()] for name, values in kept["choices"].items()}
    problems: dict[str, str] = {}
    assert kind_told(choice_of(chosen, offered, problems)) == told
    assert problems == {}


def test_the_sentence_has_the_numbers_of_the_folder_and_the_layer_of_the_baseline(run: KeptRun, kept: Any) -> None:
    found = simulator.for_whom(run.folder, service_type="childrens_home", rating="good").set_index("framework")
    sentence, behind = whom_shown(kept, {})["sentences"]
    visits, days = found["visits"], found["days"]
    decimals = 0 if max(days["2006-regime"], days["option-a"]) >= 10 else 1
    assert sentence == (
        f"A children's home, judged good or better: {visits['2006-regime']:.1f} visits a year now and "
        f"{visits['option-a']:.1f} under option A; {days['2006-regime']:.{decimals}f} days of its staff a year now and "
        f"{days['option-a']:.{decimals}f} under option A."
    )
    there = kept["kinds"][key_of(("childrens_home", "all", "all", "all"))]["in_register"]
    assert behind.startswith(f"Behind these numbers stand {there} providers of this kind")
    assert "over 3 replications" in behind


def test_the_page_of_an_answer_redraws_it_for_whom_is_chosen(client: TestClient, kept: dict[str, Any]) -> None:
    usual = page_of(client)
    assert whom_shown(kept, {})["sentences"][0] in usual
    assert '<option value="childrens_home" selected>' in usual
    assert '<a class="govuk-link" href="#for-whom">' in usual
    chosen = {"service_type": "all", "rating": "all", "size": "small"}
    other = page_of(client, **chosen)
    shown = whom_shown(kept, chosen)
    assert shown["sentences"][0].startswith("A small provider: ")
    assert shown["sentences"][0] in other
    assert shown["sentences"][0] not in usual
    for name, value in chosen.items():
        field = other[other.index(f'<select class="govuk-select" id="{name}"') :]
        assert re.findall(r'<option value="([^"]*)" selected>', field[: field.index("</select>")]) == [value]
    table = re.search(r'<table class="govuk-table app-lines app-lines--one".*?</table>', other, re.DOTALL)
    assert table
    for row in shown["table"]["rows"]:
        assert all(cell["text"] in table[0] and cell["beside"] in table[0] for cell in row)
    assert "All providers: how soon the poor are found" in other
    assert "All providers: by region, sector, size and year" in other


def test_a_choice_stays_in_the_link_with_the_name_of_the_run_and_nothing_else_does(client: TestClient) -> None:
    page = page_of(client, run_name="My idea", rating="all", stray="x")
    assert f"<strong>http://127.0.0.1:8000/runs/{KEPT}?run_name=My+idea&rating=all</strong>" in page
    form = page[page.index(f'action="/runs/{KEPT}#for-whom"') :]
    assert '<input type="hidden" name="run_name" value="My idea">' in form[: form.index("</form>")]
    assert "stray" not in page


def test_too_few_providers_are_refused_in_words_and_their_type_is_still_shown(
    client: TestClient, kept: dict[str, Any]
) -> None:
    few = next(
        key.split("/")
        for key, kind in kept["kinds"].items()
        if key.startswith("childrens_home") and 1 < kind["in_register"] < 10
    )
    there = kept["kinds"][key_of(few)]["in_register"]
    page = page_of(client, **dict(zip(FIELDS, few, strict=True)))
    assert f"No numbers are shown: only {there} providers of this kind are in the simulated register" in page
    assert "Behind these numbers" not in page
    assert "Children's homes: how soon the poor are found" in page
    colleges = page_of(client, service_type="fe_college")
    assert "only 2 providers of this kind" in colleges
    assert "how soon the poor are found" not in colleges
    nobody = page_of(client, service_type="la_fostering", sector="private")
    assert "No numbers are shown: no providers of this kind are in the simulated register" in nobody


def test_a_judgement_that_nobody_held_is_refused_in_words(kept: dict[str, Any]) -> None:
    key = key_of(("childrens_home", "all", "all", "all"))
    nobody = {**kept["kinds"][key], "poor": [[0.0, *[None] * (len(OF_KIND) - 1)]] * len(NAMES)}
    shown = whom_shown({**kept, "kinds": {**kept["kinds"], key: nobody}}, {"rating": "poor"})
    assert shown["refused"] == "No provider of this kind ever held this judgement. Choose another judgement."
    assert "sentences" not in shown


@pytest.mark.parametrize("given", HOSTILE)
@pytest.mark.parametrize("name", FIELD_NAMES)
def test_what_cannot_be_chosen_is_said_at_its_field_and_above(client: TestClient, name: str, given: str) -> None:
    answer = client.get(f"/runs/{KEPT}", params={name: given})
    assert answer.status_code == 422
    assert answer.text.count("Choose one from the list") == 2
    assert f'href="#{name}"' in answer.text
    assert "<script>alert" not in answer.text
    assert "x" * 100 not in answer.text
    assert "Behind these numbers" not in answer.text
    assert ready_answer()["title"] in unescape(answer.text)


@pytest.mark.parametrize("run_id", [BEFORE, OTHER])
def test_an_answer_without_these_numbers_has_no_choice_whatever_is_asked(client: TestClient, run_id: str) -> None:
    for query in ({}, {"region": "nowhere"}):
        page = page_of(client, f"/runs/{run_id}", **query)
        assert "All of it." in page
        assert "for-whom" not in page


def test_the_introduction_leads_to_the_choice_of_the_shipped_answer(
    client: TestClient, kept: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = tmp_path / "ready"
    shutil.copytree(shipped_answers.READY, ready)
    (ready / WHOM).unlink(missing_ok=True)
    monkeypatch.setattr(shipped_answers, "READY", ready)
    ready_whom.cache_clear()
    assert client.get("/for-whom").status_code == 404
    assert 'href="/for-whom"' not in client.get("/").text
    ready_whom.cache_clear()
    (ready / WHOM).write_bytes(whom_bytes(kept))
    assert 'href="/for-whom"' in client.get("/").text
    page = page_of(client, "/for-whom", rating="adequate")
    assert whom_shown(kept, {"rating": "adequate"})["sentences"][0] in page
    assert 'action="/for-whom#for-whom"' in page
    wrong = client.get("/for-whom", params={"region": "<b>"})
    assert wrong.status_code == 422
    assert "<b>" not in wrong.text
    ready_whom.cache_clear()


def test_the_file_of_the_folder_is_read_as_the_run_left_it(run: KeptRun) -> None:
    path = run.folder / FOR_WHOM
    content = path.read_bytes()
    path.write_bytes(content + b"x")
    try:
        with pytest.raises(simulator.InputError, match=r"for-whom\.parquet has changed since the run"):
            whom_of(run)
    finally:
        path.write_bytes(content)
