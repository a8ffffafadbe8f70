"""The form Why?, by HTTP: what it asks, what it refuses, and the same asked of an option of a comparison."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from simulator.page import compare_asked, explain_asked
from simulator.page.app import app_of
from simulator.page.limits import Limits
from simulator.page.own_text import NAME
from simulator.page.page_scenario import scenario
from simulator.page.run_store import Inputs, RunStore

SAME = {"Sec-Fetch-Site": "same-origin"}
Form = dict[str, str | list[str]]
OWN = 'extends = "option-a"\ntitle = "Homes soon"\nsummary = "A test."\n'
LIMITS = Limits(threads=1, waiting_each=50)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> RunStore:
    return RunStore(tmp_path_factory.mktemp("none"))


@pytest.fixture(scope="module")
def still(store: RunStore) -> TestClient:
    """A client of a server that carries out nothing."""
    return TestClient(app_of(store, LIMITS, "program"), follow_redirects=False)


def typed(**changes: str | list[str]) -> Form:
    return {**explain_asked.fields_by_default(), **changes}


def compared(still: TestClient, **changes: str | list[str]) -> str:
    """Ask for a comparison, and give its address."""
    answer = still.post("/compare", data={**compare_asked.fields_by_default(), **changes}, headers=SAME)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def inputs_of(store: RunStore, address: str) -> Inputs:
    run = store.find(address.rpartition("/")[2])
    assert run is not None
    assert run.kind == "explain"
    return run.inputs


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("against", "option-a", "Choose a different framework from the first one"),
        ("option", "../option-a", "Choose the option to explain from the list"),
        ("against", "", "Choose the framework to compare it with from the list"),
        ("option", NAME, "Choose the file of your own framework"),
        ("own", OWN, "Choose your own framework as one of the two"),
        ("replications", "1", "Replications must be 2 to 50 runs of each combination"),
        ("years", "NaN", "Years to measure must be a whole number"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_above(still: TestClient, field: str, given: str, said: str) -> None:
    answer = still.post("/explain", data=typed(**{field: given}), headers=SAME)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2


@pytest.mark.parametrize("time", [[], ["yes"]])
@pytest.mark.parametrize("years", ["10", "20"])
def test_too_much_is_refused_with_what_to_enter(years: str, time: list[str]) -> None:
    """What the message tells to enter is taken, and one more is not."""
    most = LIMITS.framework_years
    filled = {name: [value] if isinstance(value, str) else value for name, value in typed(years=years).items()}
    filled |= {"option": ["option-a-as-proposed"], "replications": ["50"], "inspectors_time": time}
    _, problems = explain_asked.read(filled, most)
    ((field, told),) = problems.items()
    number = int(re.findall(r"Enter (\d+) (?:replications|years) or fewer", told)[0])
    told_too = {"replications": ["2"]} if field == "years" else {}
    assert explain_asked.read(filled | told_too | {field: [str(number)]}, most)[1] == {}
    assert field in explain_asked.read(filled | told_too | {field: [str(number + 1)]}, most)[1]


def test_its_size_is_every_combination_of_parts_in_every_replication() -> None:
    years = scenario().run.warm_up_years + 10
    for option, combinations in (("option-a", 4), ("option-a-as-proposed", 256)):
        fields = {**explain_asked.fields_by_default(), "option": [option]}
        once, _ = explain_asked.read(fields, 10**9)
        twice, _ = explain_asked.read(fields | {"inspectors_time": ["yes"]}, 10**9)
        assert explain_asked.size(once) == 3 * years * combinations
        assert explain_asked.size(twice) == 2 * explain_asked.size(once)


def test_an_option_of_a_comparison_is_explained_in_the_same_world(still: TestClient, store: RunStore) -> None:
    run = compared(still, years="3", replications="30", regulatory="80%", noise="2", own=OWN)
    answer = still.post(f"{run}/why", data={"option": NAME}, headers=SAME)
    assert answer.status_code == 303
    inputs = inputs_of(store, answer.headers["location"])
    assert (inputs["option"], inputs["against"], inputs["own"]) == (NAME, scenario().run.baseline, [OWN])
    world = store.find(run.rpartition("/")[2])
    assert world is not None
    assert inputs["numbers"] == world.inputs["numbers"] | {"replications": 3}
    form = still.get(f"/explain?from={answer.headers['location'].rpartition('/')[2]}").text
    assert f'value="{NAME}" selected' in form


@pytest.mark.parametrize(
    ("years", "replications", "taken"), [("10", "30", 3), ("2", "30", 3), ("2", "3", 3), ("20", "30", 2)]
)
def test_it_takes_no_more_replications_than_one_run_allows(
    still: TestClient, store: RunStore, years: str, replications: str, taken: int
) -> None:
    run = compared(still, years=years, replications=replications)
    answer = still.post(f"{run}/why", data={"option": "option-a-as-proposed"}, headers=SAME)
    assert inputs_of(store, answer.headers["location"])["numbers"]["replications"] == taken


@pytest.mark.parametrize("option", ["2006-regime", "clairvoyant", "", "<b>"])
def test_nothing_is_explained_but_what_was_compared(still: TestClient, option: str) -> None:
    assert still.post(f"{compared(still)}/why", data={"option": option}, headers=SAME).status_code == 404


def test_only_a_comparison_leads_to_an_explanation(still: TestClient) -> None:
    run = still.post("/explain", data=typed(), headers=SAME).headers["location"]
    assert still.post(f"{run}/why", data={"option": "option-a"}, headers=SAME).status_code == 404


def test_another_site_cannot_ask(still: TestClient) -> None:
    answer = still.post(f"{compared(still)}/why", data={"option": "option-a"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize(("level", "filled"), [("", "222"), ("?inspectors=80", "80%")])
def test_the_introduction_leads_to_the_form_filled_in(still: TestClient, level: str, filled: str) -> None:
    page = still.get(f"/{level}").text
    links = [unescape(link) for link in re.findall(r'href="(/explain\?[^"]*)"', page)]
    assert len(links) == len(scenario().run.frameworks) - 1
    form = still.get(links[-1]).text
    assert re.search(r'value="option-b-as-proposed" selected', form)
    assert re.search(rf'name="regulatory"[^>]*value="{filled}"', form)
    assert "Why do the 2012 proportional cycles differ?" in page


def test_what_was_asked_names_what_differs_from_the_defaults() -> None:
    fields = {**explain_asked.fields_by_default(), "inspectors_time": ["yes"], "years": ["3"]}
    rows = dict(explain_asked.asked(explain_asked.read(fields, 10**9)[0]))
    assert (rows["Option to explain"], rows["Compared with"]) == ("Option A", "2006 regime")
    assert rows["Inspectors"] == "Also without a limit to them"
    assert rows["Years to measure"] == "3 years (default: 10)"
