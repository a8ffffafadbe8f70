"""Size a workforce and Write your own option, by HTTP: from the form to the answer and the files."""

import html
import re
import time
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from simulator.inspectorate.framework import Interval, Visits, framework_in, load_framework, named_clauses
from simulator.page import own_asked, size_asked
from simulator.page.app import app_of
from simulator.page.limits import Limits
from simulator.page.own_text import MOST, NAME
from simulator.page.run_store import RunStore

LIMITS = Limits(threads=1, waiting_each=5)
SAME = {"Sec-Fetch-Site": "same-origin"}
Form = dict[str, str | list[str]]
TITLE = 'Homes <script>alert("1")</script> $\\frac soon'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(app_of(RunStore(folder), LIMITS, "program"), follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of a server that carries out nothing."""
    return TestClient(app_of(RunStore(tmp_path_factory.mktemp("none")), LIMITS, "program"), follow_redirects=False)


def sizing(**changes: str | list[str]) -> Form:
    quick: Form = {"frameworks": ["2006-regime"], "years": "1", "replications": "2", "most": "2", "step": "50"}
    return {**size_asked.fields_by_default(), **quick, **changes}


def own(**changes: str | list[str]) -> Form:
    poor: Form = {"often_childrens_home_poor": "2", "unit_childrens_home_poor": "months"}
    return {**own_asked.fields_by_default("option-a"), "title": TITLE, **poor, **changes}


def hidden(page: str) -> dict[str, str]:
    """Read the option that a page hands on, as a browser would."""
    found = re.findall(r'<input type="hidden" name="(own)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def finished(client: TestClient, run: str, seconds: float = 240) -> str:
    deadline = time.monotonic() + seconds
    while client.get(f"{run}/status.json").json()["open"]:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return str(client.get(run).text)


@pytest.fixture(scope="module")
def carried(still: TestClient) -> dict[str, str]:
    """An option as the page that tells it hands it on."""
    told = still.post("/own", data=own(), headers=SAME)
    assert told.status_code == 200, told.text
    return hidden(told.text)


def test_a_workforce_is_sized_and_told_in_words(client: TestClient) -> None:
    asked = client.post("/size", data=sizing(targets=["on_time", "backlog"], target_backlog="5000"), headers=SAME)
    assert asked.status_code == 303, asked.text
    run = asked.headers["location"]
    page = finished(client, run)
    assert re.search(
        "The 2006 regime meets the targets that at least 95% of statutory inspections end on time and that", page
    )
    assert "FTE of inspectors of services" in page
    assert "Simple arithmetic gives" in page
    assert "FTE are full-time equivalents" in page
    assert "The numbers apply from 1 April 2006, where the scenario has 222; the time before is common to all." in page
    asked_for = re.findall(r'class="govuk-summary-list__key">\s*([^<]*?)\s*</dt>', page)
    assert "Inspectors of whole authorities" in asked_for
    assert "Inspectors of services" not in asked_for  # their number is searched for
    assert "on_time_share" not in page
    offered = re.findall(rf'href="({run}/files/[^"]+)"', page)
    assert {f"{run}/files/size.csv", f"{run}/files/points.csv", f"{run}/files/results.zip"} <= set(offered)
    assert client.get(re.findall(r'<img src="(/runs/[^"]+)"', page)[0]).status_code == 200
    assert 'value="5000"' in client.get(f"/size?from={run.rpartition('/')[2]}").text


def test_a_target_that_no_number_meets_is_told_so(client: TestClient) -> None:
    asked = client.post("/size", data=sizing(targets=["days_unfound"], target_days_unfound="1"), headers=SAME)
    page = finished(client, asked.headers["location"])
    wanted = "the target that poor children's homes stay unfound for at most 1 days on average"
    assert f"cannot meet {wanted}" in html.unescape(page)


def test_a_search_goes_on_when_the_server_begins_again(tmp_path: Path) -> None:
    """The search is stopped in mid-run with its server; the next one finishes it from what is on disk."""
    store = RunStore(tmp_path)
    with TestClient(app_of(store, LIMITS, "program"), follow_redirects=False) as first:
        run = first.post("/size", data=sizing(step="5"), headers=SAME).headers["location"]
        points = store.results(run.rpartition("/")[2]) / ".unfinished" / "points"
        deadline = time.monotonic() + 240
        while not any(points.rglob("*.npz")):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    kept = {path: path.stat().st_mtime_ns for path in points.rglob("*.npz")}
    assert kept
    with TestClient(app_of(store, LIMITS, "program"), follow_redirects=False) as second:
        assert {path: path.stat().st_mtime_ns for path in kept} == kept
        assert second.get(f"{run}/status.json").json()["open"]
        assert "Simple arithmetic gives" in finished(second, run)


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("targets", [], "Choose at least one target"),
        ("targets", ["backlog", "nothing"], "Choose targets from the list"),
        ("target_on_time", "101", "must be 1 to 100 per cent"),
        ("target_on_time", "NaN", "must be a number"),
        ("pool", "nobody", "Choose which inspectors to size"),
        ("most", "1", "must be 2 to 200"),
        ("confidence", "50", "Confidence must be 51 to 99.9 per cent"),
        ("frameworks", ["../option-a"], "Choose frameworks from the list"),
    ],
)
def test_what_is_wrong_with_a_search_is_said(still: TestClient, field: str, given: str | list[str], said: str) -> None:
    answer = still.post("/size", data=sizing(**{field: given}), headers=SAME)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2


def test_a_search_that_would_take_too_long_is_refused(still: TestClient) -> None:
    answer = still.post("/size", data=sizing(years="20", replications="50", most="200"), headers=SAME)
    assert answer.status_code == 422
    assert "more than one run allows" in answer.text


def test_a_pool_that_does_nothing_under_a_framework_is_refused(still: TestClient) -> None:
    kinds = [name for name, kind in load_framework("none").kinds.items() if kind.pool == "area"]
    given = 'pool = "regulatory"\nsource = { assumption = "own proposal" }'
    text = 'title = "One pool"\nsummary = "One pool does everything."\nextends = "none"\n' + (
        'leaves_out = ["assessments.local-authorities"]\n' + "\n".join(f"[kinds.{name}]\n{given}" for name in kinds)
    )
    answer = still.post("/size", data=sizing(frameworks=["2006-regime"], own=text, pool="area"), headers=SAME)
    assert answer.status_code == 422
    said = (
        "Inspectors of whole authorities have no work under “One pool”. Choose the others, or leave that framework out"
    )
    assert answer.text.count(said) == 2
    answer = still.post("/size", data=sizing(frameworks=["2006-regime"], own=text, pool="regulatory"), headers=SAME)
    assert answer.status_code == 303


def test_an_option_is_told_in_words_and_its_title_is_text(still: TestClient) -> None:
    page = still.post("/own", data=own(), headers=SAME).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert re.search(r"Children&#39;s homes rated poor: every 2 months", page)
    assert "What differs from “Option A”" in page
    assert "Children&#39;s homes, poor: was 3 times a year (key inspection); now every 2 months" in page


def test_no_lay_reader_meets_a_key_of_the_file(still: TestClient) -> None:
    changed = own(
        window_la_fostering="10", length_key="50", again=[], unit_la_adoption_good="none", often_la_adoption_good=""
    )
    page = still.post("/own", data=changed, headers=SAME).text
    shown = re.sub(r'<input type="hidden"[^>]*>', "", page)
    keys = {f"{section}.{name}" for section, name, _ in named_clauses(load_framework("option-a"))}
    assert [key for key in keys if key in shown] == []
    assert not re.findall(r"own-[a-z]+-(?:visits|months)|kinds\.\w+", shown)
    assert "Key inspection: takes 50% of the inspector-days that it took" in shown


@pytest.mark.parametrize(
    ("amount", "unit", "rules"),
    [
        ("2", "months", {"own-fe-college-months"}),
        ("4", "year", {"own-fe-college-visits", "own-fe-college-months"}),
        ("", "none", {"own-fe-college-months"}),
    ],
)
def test_each_rating_has_the_unit_that_was_chosen(still: TestClient, amount: str, unit: str, rules: set[str]) -> None:
    typed = own(often_fe_college_poor=amount, unit_fe_college_poor=unit)
    page = still.post("/own", data=typed, headers=SAME)
    framework = framework_in(hidden(page.text)["own"].encode(), NAME)
    mine = {name: rule for name, rule in framework.rules.items() if name.startswith("own-fe-college")}
    assert set(mine) == rules
    visits, months = mine.get("own-fe-college-visits"), mine.get("own-fe-college-months")
    assert (visits.per_year.poor if isinstance(visits, Visits) else 0) == (4 if unit == "year" else 0)
    assert isinstance(months, Interval)
    assert months.months.poor == (2 if unit == "months" else 0)
    assert months.months.good == 36
    assert "fe_college" not in framework.rules["boarding-and-colleges"].types


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        ("0.5", "year", "For less than one visit a year, choose months apart"),
        ("27", "year", "must be a whole number from 1 to 26"),
        ("0.1", "months", "must be 0.5 to 240"),
        ("2", "weeks", "Choose visits a year or months apart"),
    ],
)
def test_a_wrong_frequency_is_told_at_its_field(still: TestClient, amount: str, unit: str, said: str) -> None:
    answer = still.post("/own", data=own(often_fe_college_poor=amount, unit_fe_college_poor=unit), headers=SAME)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    at = "unit" if unit == "weeks" else "often"
    assert f'id="{at}_fe_college_poor-error"' in answer.text


def test_an_option_can_carry_the_package_of_the_proposals(still: TestClient) -> None:
    form = still.get("/own?begin=2006-regime&package=proposals-2006")
    assert "Started from “2006 regime with the package of 2006”" in form.text
    typed = {**own_asked.fields_by_default("2006-regime", "proposals-2006"), "title": "As now and more"}
    page = still.post("/own", data=typed, headers=SAME)
    framework = framework_in(hidden(page.text)["own"].encode(), NAME)
    assert framework.packages == ("the package of 2006",)
    assert framework.rules == load_framework("2006-regime-with-package").rules
    assert "Nothing differs." in page.text
    assert still.get("/own?begin=2006-regime&package=nothing").status_code == 422


def test_several_options_are_compared_together(still: TestClient, carried: dict[str, str]) -> None:
    begun = still.post("/own/another", data=carried, headers=SAME)
    assert begun.text.count('name="others"') == 2
    form = still.post("/own/another", data={"others": carried["own"], "begin": "option-b"}, headers=SAME)
    assert "Started from “Option B”" in form.text
    second = {**own_asked.fields_by_default("option-b"), "others": carried["own"], "title": "Second"}
    same = still.post("/own", data=second | {"title": TITLE}, headers=SAME)
    assert same.status_code == 422
    assert same.text.count("Another framework has this title") == 2
    page = still.post("/own", data=second, headers=SAME)
    both = [unescape(text) for text in re.findall(r'<input type="hidden" name="own" value="([^"]*)"', page.text)]
    assert both[0] == carried["own"]
    asked = still.post("/own/compare", data={"own": both}, headers=SAME)
    assert asked.status_code == 303, asked.text
    page = still.get(asked.headers["location"])
    assert "Second (your own)" in page.text
    settings = still.post("/own/settings", data={"own": both}, headers=SAME).text
    assert settings.count("Leave out “") == 2
    one = still.post("/compare", data={"own": both, "own_dropped": "1", **_quick(settings)}, headers=SAME)
    waiting = still.get(one.headers["location"]).text
    assert "2006 regime and Second (your own)" in waiting
    twice = still.post("/own/settings", data={"own": [both[0], both[0]]}, headers=SAME)
    assert twice.status_code == 422
    assert "Give one of them another title" in twice.text


def _quick(form: str) -> Form:
    typed: Form = {**dict(re.findall(r'name="(\w+)" type="text" [^>]*value="([^"]*)"', form))}
    return typed | {"frameworks": ["2006-regime"], "baseline": "2006-regime", "years": "1", "replications": "2"}


def test_the_file_of_an_option_is_downloaded_and_brought_back(still: TestClient, carried: dict[str, str]) -> None:
    file = still.post("/own/download", data=carried, headers=SAME)
    assert file.headers["content-disposition"] == 'attachment; filename="homes-script-alert-1-script-frac-soon.toml"'
    assert framework_in(file.content, NAME).title == TITLE
    brought = still.post("/own/file", files={"file": ("My option (2).toml", file.content)}, headers=SAME)
    assert brought.status_code == 200
    assert hidden(brought.text) == carried == {"own": file.text}


def test_an_option_is_compared_with_the_regime_of_the_day(client: TestClient, carried: dict[str, str]) -> None:
    settings = client.post("/own/settings", data=carried, headers=SAME)
    assert hidden(settings.text) == carried
    typed: Form = {**dict(re.findall(r'name="(\w+)" type="text" [^>]*value="([^"]*)"', settings.text)), **carried}
    typed |= {"frameworks": ["2006-regime"], "baseline": "2006-regime", "years": "1", "replications": "2"}
    asked = client.post("/compare", data=typed, headers=SAME)
    assert asked.status_code == 303, asked.text
    run = asked.headers["location"]
    page = finished(client, run)
    assert "In charts" in page
    assert "<script>alert" not in page
    for chart in re.findall(r'<img src="(/runs/[^"]+)"', page):
        assert "<script>alert" not in client.get(chart).text
    assert client.get(f"{run}/files/own-framework.toml").text == carried["own"]
    archive = zipfile.ZipFile(BytesIO(client.get(f"{run}/files/results.zip").content))
    assert {"frameworks/own-option.toml", "own-framework.toml"} <= set(archive.namelist())
    assert hidden(client.get(f"/compare?from={run.rpartition('/')[2]}").text) == carried


def test_one_press_compares_with_the_regime_of_the_day(still: TestClient, carried: dict[str, str]) -> None:
    asked = still.post("/own/compare", data=carried, headers=SAME)
    page = still.get(asked.headers["location"]).text
    assert "2006 regime and Homes &lt;script&gt;" in page


def test_an_option_can_be_sized(still: TestClient, carried: dict[str, str]) -> None:
    assert hidden(still.post("/own/size", data=carried, headers=SAME).text) == carried
    asked = still.post("/size", data=sizing(**carried, frameworks=["2006-regime"]), headers=SAME)
    assert asked.status_code == 303


def test_what_is_wrong_with_an_option_is_said_and_the_rest_is_kept(still: TestClient) -> None:
    answer = still.post("/own", data=own(title="", often_fe_college_good="often", why="my reason"), headers=SAME)
    assert answer.status_code == 422
    assert answer.text.count("Enter a title, such as") == 2
    assert 'href="#often_fe_college_good"' in answer.text
    assert 'value="often"' in answer.text
    assert "my reason" in answer.text
    assert 'value="2"' in answer.text


def test_to_change_an_option_brings_back_what_was_typed(still: TestClient) -> None:
    page = still.post("/own/change", data=own(), headers=SAME).text
    assert re.search(r'id="often_childrens_home_poor"[^>]*value="2"', page)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a framework file"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 50_000, "not valid TOML"),
        (b"title = 1", "title"),
        (b'extends = "/etc/passwd"\n', "there is no framework"),
        (b"#" * (MOST + 1), "at most 65,536"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(still: TestClient, content: bytes, said: str) -> None:
    answer = still.post("/own/file", files={"file": ("../../x.toml", content)}, headers=SAME)
    assert answer.status_code == 422
    assert said in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize("path", ["/own/download", "/own/compare", "/own/settings", "/own/size"])
@pytest.mark.parametrize("given", [{}, {"own": "x = ["}, {"own": "extends = '/etc/passwd'"}])
def test_an_option_that_is_none_goes_nowhere(still: TestClient, path: str, given: dict[str, str]) -> None:
    assert still.post(path, data=given, headers=SAME).status_code == 422


@pytest.mark.parametrize("path", ["/size", "/own", "/own/file", "/own/change", "/own/download", "/own/compare"])
def test_only_forms_of_this_page_are_taken(still: TestClient, path: str) -> None:
    assert still.post(path, data=own(), headers={"Origin": "https://elsewhere.example"}).status_code == 403


@pytest.mark.parametrize("path", ["/size", "/own", "/own?begin=2006-regime", "/own?begin=nothing"])
def test_the_forms_need_no_script_and_ask_no_other_server(still: TestClient, path: str) -> None:
    page = still.get(path).text
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page)
    assert not re.findall(r"<script(?![^>]*src=)|style=|onclick=", page)
