"""The page of an answer, of two side by side, and the answers that are there at once: runs are planted."""

import json
import re
import time
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from simulator.page import compare_asked
from simulator.page.app import app_of
from simulator.page.compare_run import question_of
from simulator.page.dots import drawn
from simulator.page.limits import Limits
from simulator.page.naming import MOST_OF_NAME
from simulator.page.ready_answer import with_level
from simulator.page.run_pages import in_short
from simulator.page.run_store import Run, RunStore
from simulator.page.sharing import reach_of
from simulator.page.shipped_answers import LEVELS, ready_answer
from simulator.questions.compare.of_hundred import GROUPS

FIRST, SECOND, SEARCH = "a" * 32, "b" * 32, "c" * 32
NAME = 'Ours <b>& "theirs"</b>'


def inputs(**typed: str) -> dict[str, Any]:
    form = compare_asked.fields_by_default() | {name: [text] for name, text in typed.items()}
    asked, problems = compare_asked.read(form, 10**9)
    assert problems == {}
    return asked


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    store = RunStore(tmp_path_factory.mktemp("runs"))
    planted = {
        FIRST: ("compare", inputs(), ready_answer()),
        SECOND: ("compare", inputs(regulatory="180"), ready_answer(80)),
        SEARCH: ("size", {}, {"title": "A search", "verdict": {}}),
    }
    for run_id, (kind, asked, answer) in planted.items():
        store.save(Run(run_id, kind, asked, "program", "finished", time.time()))
        results = store.results(run_id)
        results.mkdir()
        (results / "report.html").write_text("<p>Report", encoding="utf-8")
        told = {"charts": [], "sentences": ["All of it."], "costs": [], **answer}
        (results.parent / "answer.json").write_text(json.dumps(told), encoding="utf-8")
    return TestClient(app_of(store, Limits(), "program"), base_url="http://127.0.0.1:8000", follow_redirects=False)


def test_an_answer_begins_with_what_it_is_its_verdict_and_a_picture(client: TestClient) -> None:
    page = client.get(f"/runs/{FIRST}").text
    verdict = ready_answer()["verdict"]
    parts = [
        "inputs are our assumptions",
        f"{verdict['title']}</h1>",
        'class="app-dots"',
        "Side by side",
        verdict["told"][0],
        "How sure is this?",
        "Contents</h2>",
        "What to bear in mind</h2>",
        "The answer in full</span>",
        "All of it.",
        "All figures</span>",
    ]
    text = unescape(page)
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("level", LEVELS)
def test_the_picture_has_a_dot_for_each_of_100_and_says_the_same_in_words(client: TestClient, level: int) -> None:
    panels = ready_answer(level)["verdict"]["dots"]["panels"]
    page = unescape(client.get(f"/?inspectors={level}").text)
    assert len(panels) == len(ready_answer(level)["verdict"]["columns"])
    for panel in panels:
        points = [re.findall(r"M(\d+) (\d+)h0", part["path"]) for part in drawn(panel)]
        assert [len(each) for each in points] == [panel[group] for group in GROUPS]
        assert len({point for each in points for point in each}) == 100
        told = f"of 100 found: {panel['soon']} within 90 days, {panel['later']} later, {panel['never']} never"
        assert f'aria-label="{panel["title"]}, {told}"' in page


def test_trouble_stands_between_the_headline_and_the_picture(client: TestClient) -> None:
    assert ready_answer(80)["verdict"]["trouble"]
    page = unescape(client.get(f"/runs/{SECOND}").text)
    for sentence in ready_answer(80)["verdict"]["trouble"]:
        assert page.index("</h1>") < page.index(sentence) < page.index('class="app-dots"')


def test_the_dial_shows_the_answer_for_each_number_of_inspectors_duties_first(client: TestClient) -> None:
    for level in LEVELS:
        page = unescape(client.get(f"/?inspectors={level}").text)
        assert ready_answer(level)["title"] in page
        assert re.findall(r'aria-current="true"><span[^>]*>Inspectors: </span>(\d+)%', page) == [str(level)]
        lines = page[page.index("Side by side, with") :]
        assert lines.index("Statutory visits on time") < lines.index("Days unfound, on average")
    for other in ("", "81", "-1", "0100", "<script>"):
        assert ready_answer()["title"] in unescape(client.get("/", params={"inspectors": other}).text)


@pytest.mark.parametrize("level", LEVELS)
def test_the_dial_changes_the_inspectors_from_the_takeover_on_alone(level: int) -> None:
    usual = question_of(inputs())
    asked = with_level(usual, level)
    run = usual.scenario.run
    for name, pool in asked.scenario.capacity.pools.items():
        before = usual.scenario.capacity.pools[name]
        assert pool.fte_on(run.begins) == before.fte_on(run.begins)
        assert pool.fte_on(run.start) == pytest.approx(before.fte_on(run.start) * level / 100)
    assert asked.frameworks == usual.frameworks


def test_a_name_goes_to_the_tab_and_the_files_and_is_shown_as_text(client: TestClient) -> None:
    page = client.get(f"/runs/{FIRST}", params={"run_name": NAME}).text
    assert "<b>&" not in page
    assert f"<title>{NAME} –" in unescape(page)
    file = re.search(rf'href="(/runs/{FIRST}/files/report.html[^"]*)"', page)
    assert file
    saved_as = client.get(unescape(file[1])).headers["content-disposition"]
    assert saved_as == 'attachment; filename="inspectsim-ours-b-theirs-b-report.html"'
    usual = client.get(f"/runs/{FIRST}").text
    assert f"<title>{in_short(ready_answer()['title'])} –" in unescape(usual)


@pytest.mark.parametrize("name", ["x" * 500, "two\nlines\r\nSet-Cookie: a=b", "\u202eturned", "\x00\x07", "٣"])
def test_whatever_stands_in_an_address_as_a_name_it_is_short_and_in_one_line(client: TestClient, name: str) -> None:
    answer = client.get(f"/runs/{FIRST}", params={"run_name": name})
    title = re.findall(r"<title>(.*) – Compare", unescape(answer.text))
    assert len(title) == 1
    assert "\u202e" not in title[0]
    assert len(title[0]) <= max(MOST_OF_NAME, len(in_short(ready_answer()["title"])))
    file = client.get(f"/runs/{FIRST}/files/report.html", params={"run_name": name})
    assert re.fullmatch(
        r'attachment; filename="inspectsim-[a-z0-9-]+-report.html"', file.headers["content-disposition"]
    )


def test_a_name_does_not_make_another_run_and_one_too_long_is_refused_at_its_field(client: TestClient) -> None:
    same = {"Sec-Fetch-Site": "same-origin"}
    form = {**compare_asked.fields_by_default(), "seed": ["77"]}
    plain = client.post("/compare", data=form, headers=same).headers["location"]
    named = client.post("/compare", data={**form, "run_name": ["My idea"]}, headers=same).headers["location"]
    assert named == f"{plain}?run_name=My+idea"
    assert "My idea" in client.get(f"/compare?from={plain.rpartition('/')[2]}&run_name=My+idea").text
    refused = client.post("/compare", data={**form, "run_name": ["x" * 61]}, headers=same)
    assert refused.status_code == 422
    assert refused.text.count("The name of the run must have 60 characters or fewer") == 2
    assert 'href="#run_name"' in refused.text


def test_a_name_stays_with_a_run_that_waits_is_cancelled_and_asked_for_again(client: TestClient) -> None:
    same = {"Sec-Fetch-Site": "same-origin"}
    form = {**compare_asked.fields_by_default(), "seed": ["78"], "run_name": ["A & B"]}
    address = client.post("/compare", data=form, headers=same).headers["location"]
    for _ in range(2):  # cancelled, and asked for again
        page = client.get(address).text
        assert "<title>A & B: " in unescape(page)
        action = re.search(r'<form method="post" action="([^"]+)"', page)
        assert action
        assert client.post(unescape(action[1]), headers=same).headers["location"] == address


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("127.0.0.1", "on this computer only"),
        ("localhost", "on this computer only"),
        ("::1", "on this computer only"),
        ("192.168.1.20", "within your own network"),
        ("10.0.0.3", "within your own network"),
        ("office-pc", "within your own network"),
        ("inspectsim.example.org", ""),
        ("8.8.8.8", ""),
    ],
)
def test_a_link_that_others_cannot_use_says_so(host: str, told: str) -> None:
    assert told in reach_of(host)
    assert bool(reach_of(host)) == bool(told)


def test_the_link_stands_there_as_text(client: TestClient) -> None:
    page = client.get(f"/runs/{FIRST}?run_name=My+idea").text
    assert f"<strong>http://127.0.0.1:8000/runs/{FIRST}?run_name=My+idea</strong>" in page
    assert "This link works on this computer only." in page


def test_two_answers_stand_side_by_side_what_was_asked_differently_first(client: TestClient) -> None:
    address = f"http://127.0.0.1:8000/runs/{SECOND}?run_name=Fewer"
    page = unescape(client.get("/beside", params={"a": FIRST, "b": address}).text)
    differing, _, rest = page.partition("Inputs that are the same")
    assert "Inspectors of services" in differing
    assert "180 full-time equivalents" in differing
    assert "Years to measure" not in differing
    assert "Years to measure" in rest
    assert "Second: Fewer" in rest
    for title in ready_answer(80)["verdict"]["columns"]:
        assert rest.count(f"{title}</caption>") == 1
    row = re.search(r"Homes that become poor: days unfound, on average</th>(.*?)</tr>", rest, re.DOTALL)
    assert row
    cells = [
        line["cells"][0] for level in (100, 80) for line in lines(level) if line["label"] == "days unfound, on average"
    ]
    assert re.findall(r"<strong>([^<]*)</strong>", row[1]) == cells


def lines(level: int) -> list[dict[str, Any]]:
    return [line for group in ready_answer(level)["verdict"]["groups"] for line in group["lines"]]


def test_the_same_answer_twice_differs_in_nothing(client: TestClient) -> None:
    page = client.get("/beside", params={"a": FIRST, "b": FIRST}).text
    assert "both answers have the same inputs" in page
    assert "<strong>" not in page[page.index("Numbers that differ") :]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("nonsense", "is not one of this page"),
        ("z" * 32, "is not one of this page"),
        (SEARCH, "belongs to another form"),
        ("x" * 3000, "is not one of this page"),
    ],
)
def test_what_cannot_be_set_beside_an_answer_is_said_at_its_field(client: TestClient, other: str, told: str) -> None:
    answer = client.get("/beside", params={"a": FIRST, "b": other})
    assert answer.status_code == 422
    assert answer.text.count(told) == 2
    assert 'href="#b"' in answer.text
    assert f'value="{FIRST}"' in answer.text
