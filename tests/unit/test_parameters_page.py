"""The pages of parameters: nothing that a file may have is missing, and nothing on them is out of date."""

from pathlib import Path
from typing import Any

import pytest

from docs.generators.parameter_facts import (
    SOURCE,
    File,
    advice,
    parameters_of,
    told_of_framework,
    told_of_scenario,
)
from docs.generators.parameters import framework_page, scenario_page
from docs.generators.schema_walk import parameters, typed
from simulator.inputs.evidence import covers, numbers
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.scenario.scenario import Scenario, load_scenario, shipped_scenarios

DOCS = Path(__file__).parents[2] / "docs"
FILES: tuple[File, ...] = ("scenario", "framework")
IN_A_TABLE = "a table, as described below"


def patterns(file: File) -> list[str]:
    return [each.key.replace("[*]", ".*") for each in parameters_of(file)]


@pytest.mark.parametrize(("page", "made", "name"), [
    ("parameters.md", scenario_page, "scenario"),
    ("framework-keys.md", framework_page, "framework"),
])  # fmt: skip
def test_the_page_in_docs_is_the_one_that_is_made(page: str, made: Any, name: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == made(), (
        f"run: python -m docs.generators.parameters {name} > docs/{page}"
    )


@pytest.mark.parametrize("file", FILES)
def test_of_every_parameter_the_page_says_what_it_is_where_to_get_it_and_what_to_be_careful_about(file: File) -> None:
    told = told_of_scenario() if file == "scenario" else told_of_framework()
    assert [each.parameter.key for each in told if not each.parameter.meaning or not each.facts["Type"]] == []
    assert [each.parameter.key for each in told if each.advice is None] == []


@pytest.mark.parametrize("file", FILES)
def test_every_piece_of_advice_is_on_a_parameter(file: File) -> None:
    keys = patterns(file)
    assert [key for key in advice(file) if not any(covers(key, pattern) for pattern in keys)] == []


@pytest.mark.parametrize("name", shipped_scenarios())
def test_no_number_of_a_shipped_scenario_is_missing(name: str) -> None:
    keys = patterns("scenario")
    found = [key for key, _ in numbers(load_scenario(name).settings())]
    assert [key for key in found if not any(covers(pattern, key) for pattern in keys)] == []


@pytest.mark.parametrize("name", shipped_frameworks())
def test_no_number_of_a_shipped_framework_is_missing(name: str) -> None:
    keys = patterns("framework")
    found = [key for key, _ in numbers(load_framework(name).model_dump(by_alias=True, exclude_none=True))]
    assert len(found) > 50
    assert [key for key in found if not any(covers(pattern, key) for pattern in keys)] == []


def test_every_section_of_the_models_is_there() -> None:
    assert {key.split(".")[0] for key in patterns("scenario")} == {"extends", "leaves_out", *Scenario.model_fields}
    of_framework = {key.split(".")[0] for key in patterns("framework")} - {"*"}
    assert of_framework == {"extends", "package", "leaves_out", *Framework.model_fields} - {"name"}


def test_every_number_of_the_scenario_has_its_default_its_source_and_its_range() -> None:
    told = {each.parameter.key: each.facts for each in told_of_scenario()}
    speed = told["quality.speed"]
    assert speed["Type"] == "number, 0 or more"
    assert (speed["Unit"], speed["Default"]) == ("grade changes per provider-year", "0.44")
    assert speed["Source"].startswith("derived from published records (D): fitted")
    assert speed["Range to vary"].startswith("0.35 to 0.6")
    unsaid = [
        each.parameter.key
        for each in told_of_scenario()
        if "number" in each.parameter.type
        and "Source" not in each.facts
        and not each.facts.get("Default", IN_A_TABLE).startswith(IN_A_TABLE)
    ]
    assert unsaid == [key for key in unsaid if key.endswith("[*].from")]


def test_of_a_key_of_frameworks_it_says_between_which_numbers_the_shipped_ones_have_it() -> None:
    told = {(each.parameter.key, each.parameter.form): each.facts for each in told_of_framework()}
    assert told["kinds.*.team", ""] == {
        "Type": "whole number, 1 to 100",
        "Unit": "inspectors",
        "If left out": "1",
        "Shipped values": "1 to 8",
    }
    assert told["rules.*.last_days_free", "visits"]["Type"] == "whole number, 0 to 180"
    assert told["rules.*.last_days_free", "round"]["Type"] == "whole number, 0 to 3,660"
    assert (f"{SOURCE}assumption", "") in told


def test_what_is_alike_under_each_of_its_names_is_one_parameter() -> None:
    grades = {"type": "object", "properties": {name: {"type": "number", "minimum": 0} for name in ("poor", "good")}}
    one, other = parameters({"properties": {"shares": grades, "by": {"type": "boolean", "default": False}}})
    assert (one.key, one.type, one.default) == ("shares", "table: number, 0 or more, for each of poor, good", "")
    assert (other.key, other.default) == ("by", "false")


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 5}, "whole number, 1 to 5"),
        ({"type": "number", "exclusiveMinimum": 0}, "number, above 0"),
        ({"type": "string", "format": "date"}, "date"),
        ({"enum": ["move", "add"], "type": "string"}, '"move" or "add"'),
        (
            {"type": "array", "items": {"type": "number"}, "minItems": 12, "maxItems": 12},
            "list of 12 values, each number",
        ),
    ],
)
def test_types_are_told_in_words(schema: dict[str, Any], words: str) -> None:
    assert typed(schema) == words


def test_a_type_for_which_there_are_no_words_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        typed({"type": "null"})


def test_advice_that_cannot_be_read_is_refused_by_its_key(tmp_path: Path) -> None:
    file = tmp_path / "parameters.toml"
    file.write_text('[scenario.run]\nget = "somewhere"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"parameters\.toml: scenario\.run\.caution: missing"):
        advice("scenario", file)
