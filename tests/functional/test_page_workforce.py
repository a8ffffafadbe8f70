"""The form Workforce by year, by HTTP: what it asks, what it refuses, and the answer to each of its questions."""

import re
from dataclasses import replace
from html import unescape

import pytest
from starlette.testclient import TestClient

from simulator.page import workforce_asked
from simulator.page.app import app_of
from simulator.page.kinds import KINDS
from simulator.page.limits import Limits
from simulator.page.own_text import NAME
from simulator.page.page_scenario import scenario
from simulator.page.run_store import Inputs, RunStore
from simulator.page.workforce_run import adding_up, question_asked

SAME = {"Sec-Fetch-Site": "same-origin"}
Form = dict[str, str | list[str]]
OWN = 'extends = "option-a"\ntitle = "Homes soon"\nsummary = "A test."\n'
LIMITS = Limits(threads=1, waiting_each=50)
FREEZE: Form = {
    "freeze_from-month": "4",
    "freeze_from-year": "2006",
    "freeze_until-month": "10",
    "freeze_until-year": "2006",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> RunStore:
    return RunStore(tmp_path_factory.mktemp("none"))


@pytest.fixture(scope="module")
def still(store: RunStore) -> TestClient:
    """A client of a server that carries out nothing."""
    return TestClient(app_of(store, LIMITS, "program"), follow_redirects=False)


def typed(**changes: str | list[str]) -> Form:
    return {**workforce_asked.fields_by_default(), "years": "1", "replications": "2", **changes}


def inputs_of(**changes: str | list[str]) -> Inputs:
    filled = {name: [value] if isinstance(value, str) else value for name, value in typed(**changes).items()}
    inputs, problems = workforce_asked.read(filled, LIMITS.framework_years)
    assert problems == {}
    return inputs


def answered(still: TestClient, store: RunStore, form: Form) -> tuple[str, str]:
    """Ask, carry it out here, and return the address of the answer and its page."""
    asked = still.post("/workforce", data=form, headers=SAME)
    assert asked.status_code == 303, asked.text
    address = str(asked.headers["location"])
    run = store.find(address.rpartition("/")[2])
    assert run is not None
    KINDS[run.kind].carry_out(run.inputs, store.results(run.id), lambda _done, _of: None, 1)
    store.save(replace(run, state="finished"))
    return address, unescape(still.get(address).text)


def test_people_and_work_are_shown_by_year_month_and_region(still: TestClient, store: RunStore) -> None:
    form = typed(by_region="yes", **FREEZE)
    address, page = answered(still, store, form)
    assert "Of 222 posts for inspectors of services" in page
    for caption in ("Year by year", "Month by month", "Region by region"):
        assert f"{caption}: 2006 regime, inspectors of services" in page
    assert "From April 2006 until October 2006" in page
    offered = re.findall(rf'href="{address}/files/([^"]+)"', page)
    assert {"years.csv", "months.csv", "regions.csv", "work.csv", "report.html", "results.zip"} <= set(offered)
    charts = re.findall(rf'<img src="({address}/charts/[^"]+)"', page)
    assert {name.rpartition("/")[2] for name in charts} == {"waits.svg", "backlog.svg"}  # a line by year has two
    assert all(still.get(chart).status_code == 200 for chart in charts)
    again = still.get(f"/workforce?from={address.rpartition('/')[2]}").text
    for field, value in FREEZE.items():
        assert re.search(rf'name="{field}"[^>]*value="{value}"', again)


def test_the_number_to_recruit_is_found(still: TestClient, store: RunStore) -> None:
    address, page = answered(still, store, typed(find="recruit", on_time="1", step="50"))
    assert "The 2006 regime: nobody needs to be recruited in these years" in page
    assert "Statutory inspections to end on time, at least" in page
    assert f"{address}/files/intakes.csv" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"find": "nothing"}, "Choose what to find out"),
        ({"framework": "../option-a"}, "Choose the framework from the list"),
        ({"framework": NAME}, "Choose the file of your own framework"),
        ({"own": OWN}, "Choose your own framework, or remove its file"),
        ({"turnover": "101"}, "Turnover must be 0 to 100 per cent a year"),
        ({"recruitment": ""}, "Enter months to recruit, 0 to 60 months"),
        ({"training": "soon"}, "Months to train must be a number, such as 6"),
        ({"find": "recruit", "on_time": "0"}, "Statutory inspections to end on time, at least must be 1 to 100"),
        (FREEZE | {"freeze_from-month": "13"}, "No recruitment from must be a month and a year, such as 4 2007"),
        (FREEZE | {"freeze_until-year": ""}, "No recruitment until must be a month and a year, such as 4 2008"),
        (FREEZE | {"freeze_until-year": "2009"}, "No recruitment until must be April 2006 to April 2007"),
        (FREEZE | {"freeze_until-month": "4"}, "No recruitment until must be later than April 2006"),
        (FREEZE | {"freeze_from-year": "9" * 5000}, "No recruitment from must be a month and a year"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_above(still: TestClient, given: Form, said: str) -> None:
    answer = still.post("/workforce", data=typed(**given), headers=SAME)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2


def test_an_error_leads_to_a_field_that_is_there(still: TestClient) -> None:
    page = still.post("/workforce", data=typed(**FREEZE | {"freeze_from-month": "x"}, find=""), headers=SAME).text
    assert 'aria-describedby="freeze_from-hint freeze_from-error"' in page
    for field in ("find", "freeze_from-month"):
        assert f'href="#{field}"' in page
        assert f'id="{field}"' in page


def test_what_does_not_count_is_not_asked() -> None:
    """Numbers of the search neither matter nor need to be right where people are to be shown."""
    assert inputs_of(on_time="x", step="-1") == inputs_of()
    assert "on_time" not in dict(inputs_of()["numbers"])


def test_a_search_that_would_take_too_long_is_refused_with_what_to_enter(still: TestClient) -> None:
    form = typed(find="recruit", years="20", replications="100")
    answer = still.post("/workforce", data=form, headers=SAME)
    (number,) = set(re.findall(r"Enter (\d+) replications or fewer", answer.text))
    assert still.post("/workforce", data=form | {"replications": number}, headers=SAME).status_code == 303
    more = str(int(number) + 1)
    assert still.post("/workforce", data=form | {"replications": more}, headers=SAME).status_code == 422


def test_what_is_typed_becomes_the_pool_of_the_scenario() -> None:
    changes: Form = {"turnover": "12.5", "recruitment": "3", "training": "0", "by_region": "yes", "regulatory": "200"}
    pool = question_asked(inputs_of(**changes, **FREEZE)).scenario.capacity.pools["regulatory"]
    assert (pool.turnover, pool.recruitment_months, pool.training_months, pool.by_region) == (0.125, 3, 0, True)
    assert [step.fte for step in pool.fte] == [222, 200]
    assert [(str(freeze.from_), str(freeze.until)) for freeze in pool.freezes] == [("2006-04-01", "2006-10-01")]
    without = question_asked(inputs_of(turnover="0", recruitment="0", training="0")).scenario
    assert without.capacity == scenario().capacity


def test_the_progress_of_a_search_never_goes_back() -> None:
    told: list[tuple[int, int]] = []
    progress = adding_up(lambda done, of: told.append((done, of)), 6)
    for done in (0, 1, 2, 2, 0, 1, 2, 0, 1, 2):  # four numbers; all of the second was done before
        progress(done, 2)
    assert [done for done, _ in told] == [0, 1, 2, 4, 4, 5, 6, 6, 7, 8]
    assert [of for _, of in told] == [6, 6, 6, 6, 6, 6, 6, 8, 8, 8]
