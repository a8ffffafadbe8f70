"""Every form of the page: each error stands at its field and in the summary, with what was typed kept."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.routing import Route
from starlette.testclient import TestClient

from simulator.page.app import PAGES, app_of
from simulator.page.limits import Limits
from simulator.page.naming import NAME as RUN_NAME
from simulator.page.run_store import RunStore
from simulator.page.workforce_asked import DATE_PARTS, FREEZE_ENDS

SAME = {"Sec-Fetch-Site": "same-origin"}
OTHER_ADDRESSES = {"/own": "/own?begin=option-a"}
"""Of pages that show their form only when something was chosen."""
DATES = [f"{name}-{part}" for name in FREEZE_ENDS for part in DATE_PARTS]
"""Fields of days that may be left empty; the error of one stands at all its parts (`test_page_workforce`)."""
WRONG = {
    "blank": "",
    "words": "a few",
    "too small": "-1",
    "too big": "9999999999",
    "not a number": "NaN",
    "endless": "inf",
    "markup": '"><b>',
}
FORMS = sorted(
    {
        route.path
        for page in PAGES
        for route in page.ROUTES
        if isinstance(route, Route) and "POST" in (route.methods or ()) and not route.param_convertors
    }
    & {route.path for page in PAGES for route in page.ROUTES if "GET" in (route.methods or ())}
)
"""Addresses of forms that are sent to where they are shown, so that they can be shown with what is wrong."""


class Read(HTMLParser):
    """A page with a form, as a browser reads it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.typed: dict[str, list[str]] = {}
        """Fields with what stands in them."""
        self.numbers: list[str] = []
        """Names of the fields that take a number or a text."""
        self.choices: dict[str, list[str]] = {}
        """Boxes that can be ticked, by the names of their fields."""
        self.ids: set[str] = set()
        self._select = ""
        self.described: dict[str, str] = {}
        """Ids of what describes a field, by its name."""
        self.feed(page)
        self.at_fields = {
            name: unescape(re.sub(r"<[^>]*>", "", text)).replace("Error:", "").strip()
            for name, text in re.findall(
                r'<p id="([\w-]+)-error" class="govuk-error-message[^"]*">(.*?)</p>', page, re.S
            )
        }
        """Errors by the names of fields."""
        summary = re.search(r'<div class="govuk-error-summary".*?</ul>', page, re.S)
        listed = re.findall(r'<a href="#([\w-]+)">(.*?)</a>', summary.group() if summary else "", re.S)
        self.above = [(leads_to, unescape(text).strip()) for leads_to, text in listed]
        """Errors of the summary: where each leads to, and its words."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "select":
            self._select = given["name"]
        if tag == "option" and ("selected" in given or self._select not in self.typed):
            self.typed[self._select] = [given["value"]]
        name = given.get("name")
        if tag != "input" or not name or given.get("type") == "file":
            return
        if given["type"] in ("checkbox", "radio"):
            self.choices.setdefault(name, []).append(given["value"])
            if "checked" in given:
                self.typed.setdefault(name, []).append(given["value"])
            return
        self.typed.setdefault(name, []).append(given.get("value", ""))
        if given["type"] == "text":
            self.described[name] = given.get("aria-describedby", "")
            if name not in ("title", RUN_NAME, *DATES):
                self.numbers.append(name)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of a server that carries out nothing."""
    app = app_of(RunStore(tmp_path_factory.mktemp("none")), Limits(threads=1), "program")
    return TestClient(app, follow_redirects=False)


def begun(client: TestClient, form: str) -> Read:
    """Give a form as it is before anything is typed, in which nothing is wrong and every number counts."""
    read = Read(client.get(OTHER_ADDRESSES.get(form, form)).text)
    if "title" in read.typed:
        read.typed["title"] = ["Mine"]
    if "targets" in read.choices:
        read.typed["targets"] = read.choices["targets"]
    if "who" in read.choices:
        read.typed["who"] = ["numbered"]
    if "find" in read.choices:
        read.typed["find"] = ["recruit"]
    return read


def sent(client: TestClient, form: str, typed: dict[str, list[str]]) -> Read:
    answer = client.post(form, data=typed, headers=SAME)
    assert answer.status_code == 422, answer.text
    assert "<title>Error: " in answer.text
    return Read(answer.text)


def told(shown: Read, typed: dict[str, list[str]], wrong: list[str]) -> None:
    """See that what is wrong is told twice, where it belongs, and that all that was typed is kept."""
    assert sorted(shown.at_fields) == sorted(wrong)
    assert [leads_to for leads_to, _ in shown.above] == list(shown.at_fields)
    for name, words in shown.above:
        assert name in shown.ids
        assert words == shown.at_fields[name]
        assert f"{name}-error" in shown.described[name].split()
        assert len(words) > 15
    assert {name: values for name, values in shown.typed.items() if name in typed} == typed


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", WRONG)
def test_every_number_that_is_wrong_is_told_at_its_field_and_above(client: TestClient, form: str, kind: str) -> None:
    read = begun(client, form)
    assert read.numbers
    typed = read.typed | {name: [WRONG[kind]] for name in read.numbers}
    told(sent(client, form, typed), typed, read.numbers)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_wrong_is_told_of_the_fields_that_are_wrong_alone(client: TestClient, form: str) -> None:
    read = begun(client, form)

    @settings(max_examples=12)
    @given(
        wrong=st.dictionaries(
            st.sampled_from(read.numbers), st.sampled_from([*WRONG.values(), "1e3", "0x1"]), min_size=1, max_size=5
        )
    )
    def hold(wrong: dict[str, str]) -> None:
        typed = read.typed | {name: [text] for name, text in wrong.items()}
        told(sent(client, form, typed), typed, list(wrong))

    hold()


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_wrong_with_a_form_as_it_begins(client: TestClient, form: str) -> None:
    """Else what is wrong above could be wrong of itself."""
    assert client.post(form, data=begun(client, form).typed, headers=SAME).status_code in (200, 303)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_sent_empty_is_told_what_it_lacks(client: TestClient, form: str) -> None:
    answer = client.post(form, data={}, headers=SAME)
    assert answer.status_code == 422
    shown = Read(answer.text)
    assert shown.above
    assert all(leads_to in shown.ids for leads_to, _ in shown.above)
    assert {words for _, words in shown.above} >= set(shown.at_fields.values())
