"""The page of assumptions is what the shipped files say, every number with its unit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from docs.generators.assumptions import assumptions_page
from simulator.inspectorate.framework import clauses, load_framework, shipped_frameworks
from simulator.inspectorate.sources import Sourced
from simulator.scenario.scenario import load_scenario
from simulator.words.assumptions import SCENARIO, page, plain, shipped_page

PAGE = Path(__file__).parents[2] / "docs" / "assumptions.md"


def test_the_page_in_docs_is_the_one_that_is_made() -> None:
    assert PAGE.read_text(encoding="utf-8") == assumptions_page(), (
        "run: python -m docs.generators.assumptions > docs/assumptions.md"
    )


def rows() -> Iterator[list[str]]:
    for line in shipped_page().splitlines():
        if line.startswith("| `"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def test_every_value_of_the_scenario_has_unit_and_source() -> None:
    scenario_rows = [row for row in rows() if "." in row[0] and len(row) == 5]
    assert len(scenario_rows) > 100
    for key, value, unit, rests_on, vary in scenario_rows:
        assert all([key, value, unit, rests_on, vary]), key


def numeric_fields(model: BaseModel, at: str = "") -> Iterator[str]:
    for name, value in model.model_dump(by_alias=True, exclude={"source"}, exclude_none=True).items():
        inner = list(value.values()) if isinstance(value, dict) else [value]
        inner = list(inner[0]) if isinstance(inner[0], tuple) else inner
        if inner and all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in inner):
            yield name


@pytest.mark.parametrize("name", shipped_frameworks())
def test_every_number_of_a_framework_has_a_unit(name: str) -> None:
    clause_by_key = dict(clauses(load_framework(name)))
    assert any(key.startswith("kinds.") for key in clause_by_key)
    assert any(key.startswith("rules.") for key in clause_by_key)
    for key, clause in clause_by_key.items():
        assert isinstance(clause, Sourced)
        assert [field for field in numeric_fields(clause) if not clause.parameters()[field].unit] == [], key


@pytest.mark.parametrize("name", shipped_frameworks())
def test_every_assumption_of_a_framework_stands_where_the_documents_are_silent(name: str) -> None:
    framework = load_framework(name)
    silent = page(load_scenario(SCENARIO), [framework]).split("## Where the documents are silent")[1]
    for key, clause in clauses(framework):
        if clause.source.assumption:
            assert f"| `{key}` | {framework.title} | {clause.source.assumption} |" in silent


@pytest.mark.parametrize(
    ("value", "shown"), [(4, "4"), (4.40, "4.4"), (0.000055, "0.000055"), (1e6, "1000000"), (float("inf"), "no limit")]
)
def test_numbers_are_written_plainly(value: float, shown: str) -> None:
    assert plain(value) == shown
