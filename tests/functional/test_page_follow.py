"""Follow one provider, by HTTP: from the form to the picture, the diaries side by side, and the files."""

import csv
import io
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from simulator.page import follow_asked
from simulator.page.app import app_of
from simulator.page.limits import Limits
from simulator.page.own_text import NAME
from simulator.page.run_store import RunStore

LIMITS = Limits(threads=2, waiting_each=5)
SAME = {"Sec-Fetch-Site": "same-origin"}
Form = dict[str, str | list[str]]
OWN = 'extends = "option-a"\ntitle = "Homes <script>alert(1)</script>"\nsummary = "A test."\n'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = RunStore(tmp_path_factory.mktemp("runs"))
    with TestClient(app_of(store, LIMITS, "program"), follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of a server that carries out nothing."""
    return TestClient(app_of(RunStore(tmp_path_factory.mktemp("none")), LIMITS, "program"), follow_redirects=False)


def typed(**changes: str | list[str]) -> Form:
    return {**follow_asked.fields_by_default(), "years": "2", **changes}


def answered(client: TestClient, **changes: str | list[str]) -> str:
    """Ask, and give the address of the run when it is finished."""
    asked = client.post("/follow", data=typed(**changes), headers=SAME)
    assert asked.status_code == 303, asked.text
    run = str(asked.headers["location"])
    deadline = time.monotonic() + 600
    while client.get(f"{run}/status.json").json()["open"]:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return run


@pytest.fixture(scope="module")
def run(client: TestClient) -> str:
    return answered(client)


@pytest.fixture(scope="module")
def page(client: TestClient, run: str) -> str:
    return unescape(client.get(run).text)


def entries(client: TestClient, run: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"{run}/files/diaries.csv").text)))


def test_two_lives_are_told_in_words_with_what_differs_first(page: str) -> None:
    assert re.search(r"<h1[^>]*>Children's home number \d+ is (poor and not found for|never poor)", page)
    assert "Its life is the same until " in page
    assert "the frameworks take over on 1 April 2006" in page
    assert "Both lives use the same random numbers" in page
    assert "It was picked because, among all providers of its type" in page
    assert "made up by a simulation" in page


def test_the_picture_has_its_message_as_text(client: TestClient, page: str) -> None:
    (picture,) = re.findall(r'<img src="(/runs/[^"]+)" alt="([^"]+)"', page)
    drawn = client.get(picture[0])
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert "Two timelines, one above the other, 1 April 2003 to 31 March 2008" in picture[1]
    assert "Under the 2006 regime:" in picture[1]
    assert "Under option B:" in picture[1]


def test_the_page_has_every_entry_of_both_diaries_once(client: TestClient, run: str, page: str) -> None:
    told = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>\s*<td[^>]*>([^<]+)</td>\s*</tr>', page)
    shown = [text.strip() for day, text in told if re.fullmatch(r"\d+\s[A-Z][a-z]{2}\s\d{4}", day.strip())]
    both = page.rsplit("The same under both", maxsplit=1)[-1].split("</table>", maxsplit=1)[0].count("<tr") - 1
    every = entries(client, run)
    assert {each["framework"] for each in every} == {"2006-regime", "option-b"}
    takeovers = [each for each in every if "Measurement starts here" in each["what_happened"]]
    assert len(takeovers) == 2
    assert len(shown) == len(every) - both - len(takeovers)
    assert {each["what_happened"] for each in every if each not in takeovers} == set(shown)


def test_how_usual_the_life_is_stands_beside_the_published_figures(page: str) -> None:
    told = page.split("How usual is this?")[1].split("In a picture", maxsplit=1)[0]
    assert re.search(r"\d+ of 100 children's homes turn poor in a year in this model, counted over all 1,980", told)
    assert "No document publishes that figure" in told
    assert "Modernising the Regulatory Framework for Children's Social Services (2006), 3.1.11" in told


def test_a_year_is_a_few_lines_and_its_diary_is_folded(client: TestClient, run: str, page: str) -> None:
    years = page.split("Year by year")[1].split("What to bear in mind", maxsplit=1)[0]
    told = re.sub(r"<details.*?</details>", "", years, flags=re.DOTALL)
    briefs = {each["in_brief"] for each in entries(client, run) if each["parted"] == "True" and each["in_brief"]}
    assert all(brief in told for brief in briefs)
    assert years.count("<details") == told.count("<h3") + 1
    assert "statutory date" not in told
    assert "Unseen" not in told


def test_it_can_be_taken_along(client: TestClient, run: str, page: str) -> None:
    offered = set(re.findall(rf'href="({run}/files/[^"]+)"', page))
    expected = (
        *("report.html", "workbook.xlsx", "answer.docx", "diaries.csv", "lives.svg", "lives.png"),
        *("results.zip", "scenario.toml"),
    )
    assert offered == {f"{run}/files/{name}" for name in expected}
    assert client.get(f"{run}/files/lives.png").content.startswith(b"\x89PNG")
    assert all(client.get(address).status_code == 200 for address in offered)


def test_a_numbered_provider_is_followed(client: TestClient) -> None:
    run = answered(client, who="numbered", number="3", service_type="adoption_support_agency", history="2")
    page = client.get(run).text
    assert re.search(r"<h1[^>]*>Adoption support agency number 3 is ", page)
    assert "It was picked" not in page
    form = client.get(f"/follow?from={run.rpartition('/')[2]}").text
    assert 'value="adoption_support_agency" selected' in form
    assert re.search(r'name="number"[^>]*value="3"', form)


def test_where_nobody_stands_out_it_is_said(client: TestClient) -> None:
    """Services of authorities are inspected alike under both for these two years."""
    page = client.get(answered(client, who="apart", service_type="local_authority")).text
    assert "none of 150 providers of its type stands out" in page
    assert "Its life is the same under the 2006 regime and under option B" in page
    assert "Its true quality takes" not in page


def test_an_own_framework_is_followed_and_goes_along(client: TestClient) -> None:
    run = answered(client, second=NAME, own=OWN, years="1", who="late")
    page = client.get(run).text
    assert "<script>alert" not in page
    assert "Homes &lt;script&gt;" in page
    assert client.get(f"{run}/files/own-framework.toml").text == OWN
    form = client.get(f"/follow?from={run.rpartition('/')[2]}").text
    assert f'value="{NAME}" selected' in form
    assert 'name="own" value="extends' in form


def test_an_option_just_written_is_handed_on(still: TestClient) -> None:
    form = still.post("/own/follow", data={"own": OWN}, headers=SAME)
    assert form.status_code == 200
    assert f'value="{NAME}" selected' in form.text
    assert 'name="own" value="extends' in form.text
    assert still.post("/own/follow", data={}, headers=SAME).status_code == 422


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("second", "2006-regime", "Choose a different framework from the first one"),
        ("first", "../option-a", "Choose the first framework from the list"),
        ("second", "", "Choose the second framework from the list"),
        ("service_type", "nobody", "Choose a type of service from the list"),
        ("who", "<b>", "Choose how to pick the provider"),
        ("history", "0", "History must be 1 to 1000 by number"),
        ("years", "NaN", "Years to follow must be a whole number"),
        ("second", NAME, "Choose the file of your own framework"),
        ("own", OWN, "Choose your own framework as one of the two"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_above(still: TestClient, field: str, given: str, said: str) -> None:
    answer = still.post("/follow", data=typed(**{field: given}), headers=SAME)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2


def test_a_number_beyond_the_register_is_refused_and_kept(still: TestClient) -> None:
    wrong = typed(who="numbered", number="21", service_type="secure_childrens_home")
    answer = still.post("/follow", data=wrong, headers=SAME)
    assert answer.status_code == 422
    assert unescape(answer.text).count("There are 20 secure children's homes: enter 1 to 20") == 2
    assert 'value="21"' in answer.text


def test_a_number_that_does_not_count_is_not_looked_at(still: TestClient) -> None:
    """Nor does it make another run of the same question."""
    several = [still.post("/follow", data=typed(number=given), headers=SAME) for given in ("1", "7", "many")]
    assert {each.status_code for each in several} == {303}
    assert len({each.headers["location"] for each in several}) == 1


def test_more_years_than_one_run_may_take_are_refused(tmp_path: Path) -> None:
    few = TestClient(app_of(RunStore(tmp_path), Limits(framework_years=30), "program"), follow_redirects=False)
    answer = few.post("/follow", data=typed(years="20"), headers=SAME)
    assert answer.status_code == 422
    assert "more than one run allows" in answer.text


def test_every_page_leads_to_it(still: TestClient) -> None:
    assert still.get("/").text.count('href="/follow"') >= 2
    assert "Follow it" in still.get("/follow").text
