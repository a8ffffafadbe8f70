"""Every parameter that a file of settings may have, read off the JSON Schema of its model, and its type in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from simulator.inspectorate.kinds import KINDS
from simulator.world.services import SECTORS, SERVICE_TYPES

GRADES: Final = ("poor", "adequate", "good", "excellent", "not_yet_graded")
NAMES: Final[Mapping[str, Sequence[str]]] = {
    "rating": GRADES,
    "service type": SERVICE_TYPES,
    "sector": SECTORS,
    "kind of inspection": KINDS,
    "step": ("notice", "restriction", "deregistration"),
}
"""Names that stand side by side with one meaning: a table of them is one parameter, not many."""

SHORT: Final = 6
"""Names of one sort that are few enough to be listed."""

Schema = Mapping[str, Any]


class Parameter(NamedTuple):
    """One parameter: what a reader has to know to write it into a file."""

    key: str
    """Dotted; ``*`` stands for any name, ``[*]`` for any entry of a list."""
    meaning: str
    """What it is, in a sentence; empty where the model does not say."""
    type: str
    """What may be given, in words."""
    required: bool
    """Whether it must be given where nothing is extended."""
    default: str
    """What it is if it is left out; empty where nothing is then there."""
    form: str
    """The form of rule that it belongs to; empty where there is one form only."""


def parameters(schema: Schema) -> list[Parameter]:
    """Return every parameter of a schema, in its order; one that several forms share, once and without a form.

    Parameters
    ----------
    schema
        A JSON Schema with its definitions under ``$defs``, as pydantic makes it.
    """
    found: dict[Parameter, list[str]] = {}
    for each in _below(schema, schema.get("$defs", {}), "", _Site("", required=True, form="")):
        found.setdefault(each._replace(form=""), []).append(each.form)
    return [each._replace(form=forms[0] if len(forms) == 1 else "") for each, forms in found.items()]


class _Site(NamedTuple):
    meaning: str
    required: bool
    form: str


def _below(node: Schema, definitions: Schema, key: str, site: _Site) -> Iterator[Parameter]:
    site = site._replace(meaning=node.get("description", site.meaning))
    node = _resolved(node, definitions)
    each, names = _alike(node, definitions)
    entries = _resolved(node.get("items", {}), definitions)
    if "oneOf" in node:
        for member in node["oneOf"]:
            yield from _below(member, definitions, key, site._replace(form=_form(_resolved(member, definitions))))
    elif each is not None and _is_table(each):
        yield from _below(each, definitions, f"{key}.*", site)
    elif _is_table(entries):
        yield from _below(entries, definitions, f"{key}[*]", site)
    elif each is None and _is_table(node):
        for name, inner in node["properties"].items():
            inside = site._replace(meaning="", required=name in node.get("required", ()))
            yield from _below(inner, definitions, f"{key}.{name}".strip("."), inside)
    else:
        words = _of_alike(node, each, names) if each is not None else typed(node | {"items": entries})
        meaning = " ".join(site.meaning.replace("``", "`").split())
        yield Parameter(key, meaning, words, site.required, shown(node.get("default")), site.form)


def _of_alike(node: Schema, each: Schema, names: str) -> str:
    """Describe a table that holds the same under each of its names, for which one number may stand."""
    table = f"table: {typed(each)}, for each {names}"
    return f"{typed(each)}; or a {table}" if isinstance(node.get("type"), list) else table


def _resolved(node: Schema, definitions: Schema) -> dict[str, Any]:
    """Put in place of a reference what it refers to, without what is said of tables of that sort in general."""
    found = dict(node)
    while "$ref" in found:
        referred = definitions[found.pop("$ref").rpartition("/")[2]]
        found = {name: said for name, said in referred.items() if name != "description"} | found
    return found


def _is_table(node: Schema) -> bool:
    return "properties" in node or "oneOf" in node


def _form(node: Schema) -> str:
    return str(node.get("properties", {}).get("form", {}).get("const", ""))


def _alike(node: Schema, definitions: Schema) -> tuple[dict[str, Any] | None, str]:
    """Return what a table holds under each of its names, if that is the same, and what its names are."""
    open_to_all = node.get("additionalProperties")
    if isinstance(open_to_all, Mapping):
        return _resolved(open_to_all, definitions), "name"
    named = node.get("properties", {})
    for what, names in NAMES.items():
        if named and set(named) <= set(names):
            which = f"of {', '.join(named)}" if what == "rating" else what
            return _resolved(next(iter(named.values())), definitions), which
    return None, ""


def typed(node: Schema) -> str:
    """Describe in words what a value may be.

    Raises
    ------
    KeyError
        If a schema has a type that no words are known for.
    """
    if "enum" in node:
        return _choice(node["enum"])
    if "const" in node:
        return f'always "{node["const"]}"'
    if "anyOf" in node:
        return "; or ".join(dict.fromkeys(typed(member) for member in node["anyOf"]))
    if node["type"] == "array":
        return _list(node)
    words = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}
    kind = "date" if node.get("format") == "date" else words[node["type"]]
    bounds = _bounds(node)
    return f"{kind}, {bounds}" if bounds else kind


def _choice(names: Sequence[str]) -> str:
    """Name what is allowed; service types and kinds by what they are, since there are many."""
    for what, known in NAMES.items():
        if len(known) > SHORT and set(known) <= set(names):
            more = [name for name in names if name not in known]
            return " or ".join([f"a {what}", *(f'"{name}"' for name in more)])
    return " or ".join(f'"{name}"' for name in names) if len(names) <= SHORT else f"one of {', '.join(names)}"


def shown(value: Any) -> str:
    """Write a default as a file has it; nothing for None, an empty text and an empty table."""
    match value:
        case None | "" | []:
            return ""
        case bool():
            return "true" if value else "false"
        case dict():
            return ", ".join(f"{name} {shown(inner)}" for name, inner in value.items())
        case float() | int():
            return f"{value:g}"
    return f'"{value}"'


def _list(node: Schema) -> str:
    if "prefixItems" in node:
        return f"list of {len(node['prefixItems'])} numbers"
    how_many = f"{node['minItems']} values" if node.get("minItems") == node.get("maxItems", 0) else "values"
    return f"list of {how_many}, each {typed(node['items'])}"


def _bounds(node: Schema) -> str:
    low, above = node.get("minimum"), node.get("exclusiveMinimum")
    high, below = node.get("maximum"), node.get("exclusiveMaximum")
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    said = {"above {:,}": above, "{:,} or more": low, "at most {:,}": high, "below {:,}": below}
    return ", ".join(words.format(bound) for words, bound in said.items() if bound is not None)
