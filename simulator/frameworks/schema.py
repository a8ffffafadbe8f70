"""The JSON Schema of a framework file, from which an editor completes keys and names and marks what is wrong.

It describes the file as it is written, not the framework that comes out: where a file extends another, everything
is optional, and of a section whose tables merge with those inherited (kinds of inspection) so is every key.
Made from the models, so that a new clause is in it as soon as the models have it;
``inspectsim frameworks schema > docs/framework.schema.json`` stores it again.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from simulator.inputs.messages import OneOf
from simulator.inspectorate.framework import NAMED_CLAUSES, Framework, shipped_frameworks
from simulator.inspectorate.framework_layers import shipped_packages
from simulator.inspectorate.sources import DocumentKey, documents

SCHEMA_FILE: Final = "framework.schema.json"
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_DERIVED: Final = ("packages",)
"""Keys of a framework that follow from what its file extends."""
_KNOWN_DOCUMENT: Final = get_args(DocumentKey)[1].func
"""Checks the key of a document, the names of which are read from a file."""

Schema = dict[str, Any]


class _AsWritten(GenerateJsonSchema):
    """Spells out the names that validators allow, and leaves out what TOML cannot write."""

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        """Return the names that a validator allows."""
        names = _names_allowed(schema["function"]["function"])
        made = super().function_after_schema(schema)
        return made | {"enum": list(names)} if names else made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Name the keys of a table where only some are allowed: editors complete what is named."""
        made = super().dict_schema(schema)
        made.pop("propertyNames", None)
        keys = self.generate_inner(schema["keys_schema"]).get("enum") if "keys_schema" in schema else None
        if not keys:
            return made
        inner = made.pop("additionalProperties")
        return made | {"properties": dict.fromkeys(keys, inner), "additionalProperties": False}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Take the value that may be left out: TOML has no null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the default unless it is that nothing is there."""
        made = super().default_schema(schema)
        return {key: value for key, value in made.items() if key != "default" or value not in (None, {})}

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return False: titles would repeat the keys."""
        return False


def schema_of(model: type[BaseModel]) -> Schema:
    """Return the JSON Schema of a model as its file is written where nothing is extended."""
    return model.model_json_schema(by_alias=True, schema_generator=_AsWritten)


def framework_schema() -> Schema:
    """Return the JSON Schema of a framework file."""
    made = schema_of(Framework)
    definitions: Schema = made["$defs"]
    sections: Schema = {
        name: section
        for name, section in made["properties"].items()
        if name not in _DERIVED and not Framework.model_fields[name].exclude
    }
    by_itself = {name: _required(sections[name], definitions) for name in sections if name not in NAMED_CLAUSES}
    for definition in {_definition(section) for name, section in sections.items() if name in by_itself} - {""}:
        definitions[definition].pop("required", None)
    return {
        "$schema": _DIALECT,
        "title": "Framework of inspection",
        "description": "Which providers are inspected, how, how often, and what each kind of inspection takes.",
        "type": "object",
        "properties": of_a_file() | sections,
        "additionalProperties": False,
        "if": {"anyOf": [{"required": ["extends"]}, {"required": ["package"]}]},
        "else": {
            "required": [name for name in made["required"] if name in sections],
            "properties": {name: required for name, required in by_itself.items() if required},
        },
        "$defs": definitions,
    }


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(framework_schema(), indent=2, ensure_ascii=False) + "\n"


def of_a_file() -> Schema:
    """Return the keys that belong to a file and not to the framework that comes out."""
    named: Schema = {"type": "string", "enum": [*shipped_frameworks(), *shipped_packages()]}
    extended: Schema = {"anyOf": [named, {"type": "string", "minLength": 1}]}
    return {
        "extends": {
            "description": "The framework that this one extends, by its name or as the path of a TOML file; or a list "
            "of frameworks and packages, laid over one another from left to right.",
            "anyOf": [*extended["anyOf"], {"type": "array", "items": extended, "minItems": 1, "uniqueItems": True}],
        },
        "package": {
            "description": "Set for a package: a file of clauses that frameworks carry, not a framework by itself.",
            "const": True,
        },
        "leaves_out": {
            "description": 'Clauses of the extended framework to leave out, such as ["triggers.complaint"].',
            "type": "array",
            "items": {"type": "string", "pattern": rf"^({'|'.join(NAMED_CLAUSES)})\..+$"},
        },
    }


def _names_allowed(validator: Callable[..., Any]) -> tuple[str, ...]:
    if isinstance(validator, OneOf):
        return validator.allowed
    return tuple(documents()) if validator is _KNOWN_DOCUMENT else ()


def _definition(section: Mapping[str, Any]) -> str:
    """Name the definition that a section, or each of its tables, refers to."""
    tables = [section, *section.get("properties", {}).values(), section.get("additionalProperties")]
    found = [table["$ref"] for table in tables if isinstance(table, dict) and "$ref" in table]
    return found[0].rpartition("/")[2] if found else ""


def _required(section: Mapping[str, Any], definitions: Schema) -> Schema:
    """Report which keys a section, or each of its tables, needs where nothing is inherited."""
    keys = definitions.get(_definition(section), {}).get("required")
    if not keys:
        return {}
    return {"required": keys} if "$ref" in section else {"additionalProperties": {"required": keys}}
