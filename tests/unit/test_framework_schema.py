"""The JSON Schema of a framework file: what it allows is what is read, and what it names an editor completes."""

import json
import operator
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from simulator.frameworks.own import own_framework
from simulator.frameworks.schema import framework_schema, schema_text
from simulator.inputs import shipped
from simulator.inspectorate.clause_values import GROUPS
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.inspectorate.framework_layers import shipped_packages
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.sources import documents
from simulator.world.services import SERVICE_TYPES

STORED = Path(__file__).parents[2] / "docs" / "framework.schema.json"
SCHEMA = framework_schema()
TYPES = {
    "string": (str, date),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


BOUNDS: dict[str, Callable[[float, float], bool]] = {
    "minimum": operator.ge,
    "maximum": operator.le,
    "exclusiveMinimum": operator.gt,
    "exclusiveMaximum": operator.lt,
}


def problems(value: Any, schema: Any, at: str = "") -> Iterator[str]:
    """Check a value as the words of JSON Schema that ours uses ask for."""
    if schema is False:
        yield f"{at}: not allowed"
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        yield from problems(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], at)
    if not is_of_type(value, schema.get("type", "")):
        yield f"{at}: not {schema['type']}"
        return
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{at}: {value} not allowed"
    for word in ("anyOf", "oneOf"):
        fitting = [not list(problems(value, each, at)) for each in schema.get(word, ())]
        if word in schema and (not any(fitting) or (word == "oneOf" and sum(fitting) > 1)):
            yield f"{at}: {word}"
    if "if" in schema:
        yield from problems(value, schema.get("else" if list(problems(value, schema["if"])) else "then", True), at)
    if isinstance(value, dict):
        yield from problems_of_table(value, schema, at)
    elif isinstance(value, list):
        yield from problems_of_list(value, schema, at)
    else:
        yield from problems_of_scalar(value, schema, at)


def is_of_type(value: Any, name: str | list[str]) -> bool:
    if isinstance(name, list):
        return any(is_of_type(value, one) for one in name)
    return not name or (isinstance(value, TYPES[name]) and (name == "boolean") >= isinstance(value, bool))


def problems_of_scalar(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0) or not re.search(schema.get("pattern", ""), value):
            yield f"{at}: {value!r}"
    elif isinstance(value, (int, float)):
        yield from (
            f"{at}: {word}" for word, holds in BOUNDS.items() if word in schema and not holds(value, schema[word])
        )


def problems_of_table(value: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}: {key} missing" for key in schema.get("required", ()) if key not in value)
    for key, inner in value.items():
        allowed = schema.get("properties", {}).get(key, schema.get("additionalProperties", True))
        yield from problems(inner, allowed, f"{at}.{key}")


def problems_of_list(value: list[Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{at}: {len(value)} entries"
    first = dict(enumerate(schema.get("prefixItems", ())))
    for number, inner in enumerate(value):
        yield from problems(inner, first.get(number, schema.get("items")), at)


def of_file(text: str) -> list[str]:
    return list(problems(tomllib.loads(text), SCHEMA))


def test_the_schema_in_docs_is_the_one_that_is_made() -> None:
    assert STORED.read_text(encoding="utf-8") == schema_text(), (
        "run: inspectsim frameworks schema > docs/framework.schema.json"
    )
    assert json.loads(schema_text()) == SCHEMA


@pytest.mark.parametrize("name", shipped_frameworks())
def test_every_shipped_file_fits(name: str) -> None:
    path = shipped.folder() / "frameworks" / f"{name}.toml"
    assert of_file(path.read_text(encoding="utf-8")) == []
    assert of_file(own_framework("mine", load_framework(name), name)) == []


MINIMAL = 'title = "x"\nsummary = "x"\nextends = "option-a"\n'
KIND = "[kinds.key]\nsigma = 0.3\neffort_days.childrens_home = 3\n"
RULE = """[rules.mine]
types = ["childrens_home"]
form = "visits"
kind = "key"
per_year = { excellent = 1, good = 1, adequate = 1, poor = 1, not_yet_graded = 1 }
source = { assumption = "ours" }
"""


@pytest.mark.parametrize("text", [MINIMAL, 'extends = "../other.toml"\n' + KIND, MINIMAL + KIND + RULE])
def test_where_a_file_extends_another_everything_is_optional(text: str) -> None:
    assert of_file(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ": title missing"),
        ('title = "x"\nsummary = "x"\n[rules]\n' + KIND, ".kinds.key: source missing"),
        (MINIMAL + "titel = 1", ".titel: not allowed"),
        (MINIMAL + 'name = "x"', ".name: not allowed"),
        (MINIMAL + 'leaves_out = ["complaint"]', ".leaves_out: 'complaint'"),
        (MINIMAL + KIND.replace("key", "kye"), ".kinds.kye: not allowed"),
        (MINIMAL + KIND.replace("childrens_home", "home"), ".kinds.key.effort_days.home: not allowed"),
        (MINIMAL + KIND.replace("0.3", "4"), ".kinds.key.sigma: maximum"),
        (MINIMAL + RULE.replace('"childrens_home"', '"home"'), ".rules.mine: oneOf"),
        (MINIMAL + RULE.replace('"key"', '"visit"'), ".rules.mine: oneOf"),
        (MINIMAL + RULE.replace("poor = 1", "poor = 27"), ".rules.mine: oneOf"),
        (MINIMAL + RULE.replace('{ assumption = "ours" }', '{ document = "x" }'), ".rules.mine: oneOf"),
        (MINIMAL + RULE.replace("source =", "sauce ="), ".rules.mine: oneOf"),
        (MINIMAL + RULE.replace("rules", "samples"), ".samples.mine.form: not allowed"),
    ],
)
def test_what_cannot_be_used_does_not_fit(text: str, said: str) -> None:
    assert said in of_file(text)


def definitions(model: str) -> Any:
    return SCHEMA["$defs"][model]["properties"]


def test_names_are_spelt_out() -> None:
    assert definitions("Visits")["types"]["items"]["enum"] == [*SERVICE_TYPES, *GROUPS]
    assert definitions("Trigger")["kind"]["enum"] == list(KINDS)
    assert definitions("Source")["document"]["enum"] == list(documents())
    assert list(SCHEMA["properties"]["kinds"]["properties"]) == list(KINDS)
    assert list(definitions("KindOfInspection")["effort_days"]["properties"]) == list(SERVICE_TYPES)
    assert definitions("Reinspection")["after"]["items"]["enum"] == ["poor", "adequate", "good", "excellent"]
    names = [*shipped_frameworks(), *shipped_packages()]
    one, other, several = SCHEMA["properties"]["extends"]["anyOf"]
    assert one["enum"] == names
    assert several["items"]["anyOf"] == [one, other]


def test_every_section_of_a_framework_is_there_and_described() -> None:
    sections = [name for name, field in Framework.model_fields.items() if not field.exclude and name != "packages"]
    assert list(SCHEMA["properties"]) == ["extends", "package", "leaves_out", *sections]
    assert all(section["description"] for section in SCHEMA["properties"].values())
    for name, definition in SCHEMA["$defs"].items():
        assert definition["description"], name
    assert definitions("Visits")["minimum_spacing_days"]["description"] == "Days that must lie between two visits."


def test_toml_has_no_null() -> None:
    assert "null" not in schema_text()
