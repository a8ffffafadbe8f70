"""The page from form to answer, by HTTP: what a visitor sees, and what is refused."""

import json
import re
import shutil
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from simulator.page import compare_asked
from simulator.page.app import app_of
from simulator.page.limits import Limits
from simulator.page.run_store import RunStore
from simulator.page.shipped_answers import KEY, READY, ready_is_of_today, ready_key
from simulator.page.whom_file import OF_GROUP

LIMITS = Limits(threads=1, waiting_each=3)
SAME = {"Sec-Fetch-Site": "same-origin"}
PART = b'Content-Disposition: form-data; name="years"\r\n\r\n'
QUICK: dict[str, str | list[str]] = {"frameworks": ["2006-regime", "option-b"], "years": "1", "replications": "2"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(app_of(RunStore(folder), LIMITS, "program"), follow_redirects=False) as opened:
        yield opened


def typed(**changes: str | list[str]) -> dict[str, str | list[str]]:
    form: dict[str, str | list[str]] = {**compare_asked.fields_by_default()}
    return form | QUICK | changes


def address(client: TestClient, **changes: str | list[str]) -> str:
    answer = client.post("/compare", data=typed(**changes), headers=SAME)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def finished(client: TestClient, run: str, seconds: float = 900) -> str:
    """Wait for the end of a run; give its page."""
    deadline = time.monotonic() + seconds
    while client.get(f"{run}/status.json").json()["open"]:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return str(client.get(run).text)


@pytest.fixture(scope="module")
def answered(client: TestClient) -> str:
    """Address of a run that is finished."""
    run = address(client)
    finished(client, run)
    return run


@pytest.mark.parametrize("key", ["made by other rules", ready_key()])
def test_an_answer_to_begin_with_that_is_not_of_todays_rules_is_told_to_be_so(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    shutil.copytree(READY, tmp_path / "ready")
    (tmp_path / "ready" / KEY).write_text(f"{key}\n")
    monkeypatch.setattr("simulator.page.shipped_answers.READY", tmp_path / "ready")
    ready_is_of_today.cache_clear()
    told = "An earlier version of the program produced this answer" in client.get("/").text
    ready_is_of_today.cache_clear()
    assert told == (key != ready_key())


def test_a_question_is_answered_under_an_address_that_stays(client: TestClient, answered: str) -> None:
    assert re.fullmatch(r"/runs/[a-z2-7]{32}", answered)
    page = client.get(answered).text
    assert "What to bear in mind" in page
    assert "By the rules alone, option B makes" in page.partition("</h1>")[0]
    assert address(client) == answered
    assert client.get(answered).text == page


def test_every_chart_has_its_message_as_text_and_a_table(client: TestClient, answered: str) -> None:
    page = client.get(answered).text
    charts = re.findall(r'<img src="(/runs/[^"]+)" alt="([^"]+)" width="800" height="[1-9]\d+">', page)
    assert len(charts) == page.count("<img")
    assert len(charts) >= 5
    for source, alt in charts:
        drawn = client.get(source)
        assert drawn.status_code == 200
        assert drawn.headers["content-type"].startswith("image/svg+xml")
        assert "sandbox" in drawn.headers["content-security-policy"]
        assert len(alt) > 40
    folds_for_whom, tables_for_whom = 2, 3 + len(OF_GROUP)  # a kind, the lines and measures of its type, its groups
    assert page.count("<details") == len(charts) + 2 + folds_for_whom  # the numbers of each, answer and figures in full
    assert page.count("<caption") == len(charts) + 3 + tables_for_whom  # theirs, the verdict's, two tables of figures


def test_an_option_of_it_is_explained(client: TestClient, answered: str) -> None:
    """In a table of measures and parts without the picture of dots, and in charts with a drawing for narrow screens."""
    assert "Why does option B differ?" in client.get(answered).text
    run = client.post(f"{answered}/why", data={"option": "option-b"}, headers=SAME).headers["location"]
    page = finished(client, run)
    assert "What each part brings" in page
    assert "app-dots" not in page
    assert "Why does" not in page
    narrow = re.findall(r'srcset="([^"]+)"', page)
    assert len(narrow) == page.count("<img") == 3
    assert all(client.get(source).status_code == 200 for source in narrow)
    offered = re.findall(rf'href="({run}/files/[^"]+)"', page)
    assert {f"{run}/files/parts.csv", f"{run}/files/combinations.csv"} <= set(offered)
    beside = client.get(f"/beside?a={answered.rpartition('/')[2]}&b={run.rpartition('/')[2]}")
    assert beside.status_code == 422
    assert "belongs to another form" in beside.text


def test_everything_offered_can_be_downloaded(client: TestClient, answered: str) -> None:
    offered = re.findall(rf'href="({answered}/files/[^"]+)"', client.get(answered).text)
    assert f"{answered}/files/results.zip" in offered
    for file in offered:
        answer = client.get(file)
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
    assert client.get(f"{answered}/files/manifest.json").status_code == 404


def test_without_script_a_page_that_waits_asks_again_by_itself(client: TestClient) -> None:
    run = address(client, seed="77")
    page = client.get(run).text
    assert '<noscript><meta http-equiv="refresh"' in page or "What to bear in mind" in page
    finished(client, run)


def test_a_run_is_cancelled_and_asked_for_again(client: TestClient) -> None:
    run = address(client, seed="78", replications="40", years="10")
    assert client.post(f"{run}/cancel", headers=SAME).status_code == 303
    assert "This run was cancelled" in client.get(run).text
    assert client.post(f"{run}/again", headers=SAME).status_code == 303
    assert client.get(f"{run}/status.json").json()["open"]
    assert client.post(f"{run}/cancel", headers=SAME).status_code == 303


def test_what_is_wrong_is_said_at_its_field_and_above_and_the_rest_is_kept(client: TestClient) -> None:
    answer = client.post("/compare", data=typed(years="soon", poor="99", seed="7"), headers=SAME)
    assert answer.status_code == 422
    assert answer.text.count("Years to measure must be a whole number, such as 10") == 2
    assert 'href="#years"' in answer.text
    assert 'value="soon"' in answer.text
    assert 'value="99"' in answer.text
    assert 'value="7"' in answer.text
    assert "<title>Error: " in answer.text


@pytest.mark.parametrize(
    "given", ["", "NaN", "inf", "-1", "1e3", "0x10", "9" * 5000, "<script>", "٣", "10\x00", "1 000"]
)
def test_no_number_but_one_in_range_is_taken(client: TestClient, given: str) -> None:
    answer = client.post("/compare", data=typed(regulatory=given, years=given), headers=SAME)
    assert answer.status_code == 422
    assert "<script>" not in answer.text


def test_no_framework_of_another_name_is_taken(client: TestClient) -> None:
    for name in ("../../etc/passwd", "england-2006", "/dev/zero", "option-a.toml"):
        answer = client.post("/compare", data=typed(frameworks=[name]), headers=SAME)
        assert answer.status_code == 422
        assert "Choose frameworks from the list" in answer.text


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}],
)
def test_a_form_of_another_site_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    for path in ("/compare", f"/runs/{'a' * 32}/cancel"):
        assert client.post(path, data=typed(), headers=headers).status_code == 403


def test_a_form_of_this_page_is_taken_by_its_origin(client: TestClient, answered: str) -> None:
    answer = client.post("/compare", data=typed(), headers={"Origin": "http://testserver"})
    assert answer.headers["location"] == answered


@pytest.mark.parametrize(
    "path",
    ["/", "/compare", "/assumptions", "/method", "/accessibility", "/nothing", f"/runs/{'a' * 32}", "/static/page.js"],
)
def test_every_answer_has_the_headers_and_sets_no_cookie(client: TestClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers


def test_every_page_says_that_it_is_simulated_and_asks_no_other_server(client: TestClient, answered: str) -> None:
    for path in ("/", "/compare", "/assumptions", "/method", "/accessibility", "/nothing", answered):
        page = client.get(path).text
        assert "made up by a simulation" in page
        assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page)
        assert not re.findall(r"<script(?![^>]*src=)|style=|onclick=", page)


@pytest.mark.parametrize(
    "path",
    [
        "/runs/..%2f..%2fsecret",
        "/runs/%2e%2e/status.json",
        f"/runs/{'A' * 32}",
        "/runs/x/files/..%2frequest.json",
        "/static/..%2fapp.py",
        "/static/app.py",
        "/ready/..%2fapp.svg",
        "/%00",
    ],
)
def test_no_path_leads_out_of_what_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_every_chart_can_be_downloaded_as_a_drawing_a_picture_and_its_numbers(
    client: TestClient, answered: str
) -> None:
    page = client.get(answered).text
    found = re.findall(rf'href="({answered}/charts/([a-z-]+)\.([a-z]+))" download="([^"]+)"', page)
    names = {name for _, name, _, _ in found}
    assert len(names) >= 6
    assert len(found) == 3 * len(names)
    begins = {"svg": b"<?xml", "png": b"\x89PNG", "csv": b"framework,"}
    for address, name, form, saved_as in found:
        assert client.get(address).content.startswith(begins[form]), address
        assert saved_as == f"{name}.{form}"
    narrow = set(re.findall(rf'srcset="({answered}/charts/[a-z-]+-narrow.svg)" width="360"', page))
    assert len(narrow) >= 5
    assert all(client.get(address).content.startswith(b"<?xml") for address in narrow)
    for none in ("compare.html", "compare.json", "nothing.svg", "compare-narrow-narrow.svg"):
        assert client.get(f"{answered}/charts/{none}").status_code == 404


def test_the_costs_and_the_curve_of_assessments_are_folded_at_the_end(client: TestClient, answered: str) -> None:
    before, _, after = client.get(answered).text.partition("All figures</span>")
    assert "What to bear in mind" in before
    assert "posts cost" not in before.partition("The answer in full</span>")[0]
    assert "What it costs" in after


def test_the_answer_is_redrawn_for_one_kind_of_provider(client: TestClient, answered: str) -> None:
    page = unescape(client.get(answered, params={"size": "small", "region": "North West"}).text)
    said = (
        r"A small children's home in the North West, judged good or better: [\d.]+ visits a year now and [\d.]+ under"
    )
    assert re.search(said, page)
    assert client.get(f"{answered}/files/for-whom.json").status_code == 404


def test_files_of_a_run_are_those_listed(client: TestClient, answered: str, folder: Path) -> None:
    for name in ("request.json", "..%2frequest.json", "..%2f..%2f..%2fsecret", "answer.json"):
        assert client.get(f"{answered}/files/{name}").status_code == 404
    request = json.loads((folder / answered.lstrip("/") / "request.json").read_text())
    assert request["inputs"]["frameworks"] == ["2006-regime", "option-b"]


OWN = 'title = "Mine <b>bold</b>"\nsummary = "As option B."\nextends = "option-b"\n'


def test_an_own_framework_is_compared_and_goes_along(client: TestClient, answered: str) -> None:
    files = {"own_file": ("../../mine.toml", OWN.encode(), "text/plain")}
    answer = client.post("/compare", data=typed(frameworks=["option-b"]), files=files, headers=SAME)
    run = answer.headers["location"]
    page = finished(client, run)
    assert "Mine &lt;b&gt;bold&lt;/b&gt;" in page
    assert "<b>bold" not in page
    again = client.get(f"/compare?from={run.removeprefix('/runs/')}").text
    assert "is compared too" in again
    form = {"own": OWN.replace("\n", "\r\n")}
    assert client.post("/compare", data=typed(frameworks=["option-b"]) | form, headers=SAME).headers["location"] == run
    assert address(client, **form, own_dropped="1") == answered  # by its position among own ones


def test_an_own_framework_of_no_use_is_told_at_its_field(client: TestClient) -> None:
    for content in (b"title = ", bytes(range(256)), OWN.replace("option-b", "/etc/passwd").encode()):
        files = {"own_file": ("mine.toml", content, "text/plain")}
        answer = client.post("/compare", data=typed(), files=files, headers=SAME)
        assert answer.status_code == 422
        assert answer.text.count("The file of your own framework") == 2
        assert 'href="#own_file"' in answer.text


def test_half_a_character_is_no_mistake_of_the_server(client: TestClient) -> None:
    part = b"--x\r\n" + PART + b"\\ud800\r\n--x--\r\n"
    headers = SAME | {"Content-Type": "multipart/form-data; boundary=x; charset=unicode_escape"}
    assert client.post("/compare", content=part, headers=headers).status_code == 422


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n"),
        ("multipart/form-data", b"abc"),
        (
            "multipart/form-data; boundary=x; charset=nonsense",
            b'--x\r\nContent-Disposition: form-data; name="years"\r\n\r\n1\r\n--x--\r\n',
        ),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00&&&=&years=%"),
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(5000))),
        ("text/plain", bytes(1000)),
    ],
)
def test_a_form_that_is_none_is_refused(client: TestClient, kind: str, content: bytes) -> None:
    answer = client.post("/compare", content=content, headers=SAME | {"Content-Type": kind})
    assert 400 <= answer.status_code < 500


def test_too_large_a_form_is_refused(client: TestClient) -> None:
    answer = client.post("/compare", data=typed(years="1" * (LIMITS.body_bytes + 1)), headers=SAME)
    assert answer.status_code == 413


def test_a_client_with_too_many_runs_is_told_so_and_what_it_typed_is_kept(client: TestClient) -> None:
    runs = [address(client, seed=str(number), replications="60") for number in range(100, 103)]
    answer = client.post("/compare", data=typed(seed="104"), headers=SAME)
    assert answer.status_code == 429
    assert '<input type="hidden" name="seed" value="104">' in answer.text
    for run in runs:
        assert client.post(f"{run}/cancel", headers=SAME).status_code == 303
