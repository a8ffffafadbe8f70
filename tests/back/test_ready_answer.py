"""The answers that the page begins with are those of the shipped England, as stored beside this test.

Where results moved on purpose, `make baseline` makes all anew.
"""

import json
from pathlib import Path

import pytest

from simulator.answers.cells import UNDEFINED
from simulator.inspectorate.framework import load_framework
from simulator.measures.names import MEASURES
from simulator.page.shipped_answers import KEY, LEVELS, READY, UNFOUND, USUAL, file_of, ready_answer, ready_whom
from simulator.page.whom_file import WHOM
from simulator.scenario.scenario import load_scenario

BASELINE = json.loads(Path(__file__).with_name("baseline.json").read_text(encoding="utf-8"))
TOLERANCE = 0.05
"""The stored baseline has fewer replications, and so other means."""


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, float]]:
    """Means of children's homes by title of the measure and framework, as the page tells them."""
    table = ready_answer()["figures"][0]
    titles = [head["text"] for head in table["head"][1:]]
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    return {
        name: {title: float(cell.replace(",", "")) for title, cell in zip(titles, cells, strict=True)}
        for name, *cells in rows
        if UNDEFINED not in cells
    }


@pytest.mark.parametrize("name", ["inspections_per_year", "days_unfound_mean", "undetected_poor_provider_years"])
def test_its_figures_are_those_of_today(figures: dict[str, dict[str, float]], name: str) -> None:
    title = next(measure.title for measure in MEASURES if measure.name == name)
    told = figures[title]
    assert len(told) == len(BASELINE)
    for framework, services in BASELINE.items():
        was = services["childrens_home"][name]
        assert told[load_framework(framework).title] == pytest.approx(was, rel=TOLERANCE)


def test_it_has_as_many_replications_as_the_form_begins_with() -> None:
    assert ready_answer()["replications"] == str(load_scenario("england-2006").run.replications)


def test_what_it_means_for_whom_is_of_the_same_question() -> None:
    whom, answer = ready_whom(), ready_answer()
    assert whom["columns"] == answer["verdict"]["columns"]
    assert whom["layers"] == answer["verdict"]["layers"]
    assert str(whom["replications"]) == answer["replications"]


@pytest.mark.parametrize("level", LEVELS)
def test_the_answers_of_the_dial_are_of_the_same_question(level: int) -> None:
    usual, other = ready_answer()["verdict"], ready_answer(level)["verdict"]
    baseline, *options = usual["columns"]
    with_others = baseline.removeprefix("Now (").removesuffix(")")  # it is not how things stand with other inspectors
    assert other["columns"] == [with_others if level != USUAL else baseline, *options]
    assert other["layers"] == usual["layers"]
    assert ready_answer(level)["replications"] == ready_answer()["replications"]
    assert [panel["title"] for panel in other["dots"]["panels"]] == other["columns"]


def test_a_fifth_fewer_inspectors_leave_poor_homes_unfound_for_longer_under_the_baseline() -> None:
    fewest, usual = (int(_of_baseline(level, UNFOUND)) for level in (LEVELS[0], USUAL))
    assert fewest > usual


def _of_baseline(level: int, label: str) -> str:
    lines = [line for group in ready_answer(level)["verdict"]["groups"] for line in group["lines"]]
    return next(str(line["cells"][0]) for line in lines if line["label"] == label)


def test_nothing_else_is_stored_with_them() -> None:
    assert {path.name for path in READY.iterdir()} == {KEY, WHOM, *map(file_of, LEVELS)}


def test_the_readme_quotes_its_verdict() -> None:
    readme = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")
    quoted = " ".join(line.removeprefix(">").strip() for line in readme.splitlines() if line.startswith(">"))
    assert quoted == ready_answer()["verdict"]["title"]
