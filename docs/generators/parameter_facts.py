"""What there is to say of every parameter: from the models, the shipped files and docs/parameters.toml."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from docs.generators.schema_walk import Parameter, parameters
from simulator.frameworks.own import toml
from simulator.frameworks.schema import of_a_file, schema_of
from simulator.inputs.evidence import ANY, Evidence, Number, covering, covers, numbers, parts
from simulator.inputs.messages import from_validation
from simulator.inputs.toml_files import read_toml
from simulator.inspectorate.framework import Framework, load_framework, parameters_of_clauses, shipped_frameworks
from simulator.inspectorate.sources import Clause, Said
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.words.assumptions import SCENARIO, plain, range_to_vary, rests_on

ADVICE: Final = Path(__file__).parents[1] / "parameters.toml"
SOURCE: Final = "*.*.source."
"""Where the keys of a source stand: in every clause of every section."""
ANY_ENTRY: Final = "[*]"
OF_THE_FILE: Final = ("extends", "leaves_out", "title", "plural", "description", "summary", "grade_names")
"""Keys that stand in no section."""
FEW: Final = 3
"""Values of one parameter, as of several service types, that are few enough to be listed."""

REFUSED: Final = "refused, unless the extended file has it"
NOTHING: Final = "none"
TABLE: Final = "a table, with the keys that follow"
"""In place of a number, where the shipped scenario has the other form of a key."""

File = Literal["scenario", "framework"]


class Advice(Clause):
    """What no model says of a parameter."""

    get: Said
    """Where to get it for a country or a department of one's own."""
    caution: Said
    """What to be careful about."""


class Told(NamedTuple):
    """All that is said of a parameter."""

    parameter: Parameter
    facts: dict[str, str]
    """What is known of it, by its heading, in the order of the page."""
    advice: Advice | None
    """Where to get it, and what to be careful about."""
    shared: bool
    """Whether that advice is for the whole section."""


def advice(file: File, path: Path = ADVICE) -> dict[str, Advice]:
    """Read where to get parameters and what to be careful about, by keys that cover them.

    Raises
    ------
    InputError
        If the file cannot be read or understood.
    """
    model = TypeAdapter(dict[File, dict[str, Advice]])
    try:
        return model.validate_python(read_toml(path))[file]
    except ValidationError as error:
        raise from_validation(error, path.name) from error


def parameters_of(file: File) -> list[Parameter]:
    """Return every parameter of a file; those of sources, which all clauses of a framework share, once and last."""
    if file == "scenario":
        own: Mapping[str, Any] = {
            "extends": {"type": "string", "description": "The scenario that this one extends, by name or path."},
            "leaves_out": {
                "type": "array",
                "items": {"type": "string"},
                "description": 'Inherited pools of inspectors to leave out, such as ["capacity.pools.area"].',
            },
        }
        found = parameters(schema_of(Scenario))
    else:
        own = of_a_file()
        found = [each for each in parameters(schema_of(Framework)) if each.key != "name"]
    clauses = [each for each in found if ".source." not in each.key]
    sources = [each._replace(key=SOURCE + each.key.partition(".source.")[2]) for each in found if each not in clauses]
    return [*parameters({"properties": own}), *clauses, *dict.fromkeys(sources)]


def told_of_scenario() -> list[Told]:
    """Report of every parameter of a scenario what there is to say."""
    shipped = load_scenario(SCENARIO)
    values = dict(_leaves(shipped.settings(), ""))
    return _told("scenario", lambda each: _as_shipped(each, shipped, values))


def told_of_framework() -> list[Told]:
    """Report of every key of a framework file what there is to say."""
    files = [load_framework(name).model_dump(by_alias=True, exclude_none=True) for name in shipped_frameworks()]
    values = [pair for file in files for pair in numbers(file)]
    return _told("framework", lambda each: _in_frameworks(each, values))


def _told(file: File, known: Callable[[Parameter], dict[str, str]]) -> list[Told]:
    said = advice(file)
    told = []
    for each in parameters_of(file):
        facts = {"Type": each.type} | known(each)
        covered = covering(said, _pattern(each))
        facts = {heading: text for heading, text in facts.items() if text}
        shared = covered is not None and _is_section(covered)
        told.append(Told(each, facts, said[covered] if covered else None, shared))
    return told


def _is_section(key: str) -> bool:
    """Return whether advice under this key is for all that a section holds."""
    section, *rest = parts(key)
    return rest in ([], [ANY], [ANY, "source"]) and section not in OF_THE_FILE


def _pattern(each: Parameter) -> str:
    """Return the key as `covers` reads it, to which an entry of a list is a name too."""
    return each.key.replace(ANY_ENTRY, f".{ANY}")


def _is_itself(each: Parameter, key: str) -> bool:
    return len(parts(_pattern(each))) == len(parts(key))


def _as_shipped(each: Parameter, scenario: Scenario, values: Mapping[str, Any]) -> dict[str, str]:
    """Return unit, value and evidence of a parameter in the shipped scenario; of several, those of the first."""
    below = [key for key in values if covers(_pattern(each), key)]
    keys = below if each.type.startswith("table") else [key for key in below if _is_itself(each, key)]
    if below and not keys:
        return {"Default": "a table, as described below"}
    if not keys:
        return {"If left out": each.default or (REFUSED if each.required else NOTHING)}
    evidence = {name: _evidence(scenario, of_name[0]) for name, of_name in _by_name(each, keys).items()}
    first = next(iter(evidence.values()))
    shown = [_named(name, [values[key] for key in of_name], of_name) for name, of_name in _by_name(each, keys).items()]
    more = f"; {len(shown) - FEW} more in [Assumptions](assumptions.md)" if len(shown) > FEW else ""
    alike = len(set(map(str, evidence.values()))) == 1
    in_another_form = each.type.startswith("whole number") and all(
        len(parts(key)) > len(parts(each.key)) for key in keys
    )
    of_whom = "" if alike else f"{next(iter(evidence))}: "
    return {
        "Unit": first.unit if first else "",
        "Default": TABLE if in_another_form else "; ".join(shown[:FEW]) + more,
        "If left out": each.default,
        "Source": of_whom + rests_on(first) if first else "",
        "Range to vary": of_whom + range_to_vary(first) if first else "",
    }


def _in_frameworks(each: Parameter, values: Sequence[tuple[str, Number]]) -> dict[str, str]:
    """Return unit and default of a key, and between which numbers the shipped frameworks have it."""
    found = [value for key, value in values if covers(_pattern(each), key)] if each.type != "text" else []
    declared = parameters_of_clauses().get(each.key)
    lowest, highest = (plain(min(found)), plain(max(found))) if found else ("", "")
    return {
        "Unit": declared.unit if found and declared else "",
        "If left out": each.default or (REFUSED if each.required else NOTHING),
        "Shipped values": lowest if lowest == highest else f"{lowest} to {highest}",
    }


def _evidence(scenario: Scenario, key: str) -> Evidence | None:
    covered = covering(scenario.evidence, key)
    return scenario.evidence[covered] if covered else None


def _by_name(each: Parameter, keys: Sequence[str]) -> dict[str, list[str]]:
    """Sort keys by the name that stands where the parameter's key has a star; one group where it has none."""
    at = [place for place, part in enumerate(parts(each.key)) if part == ANY]
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(" ".join(parts(key)[place] for place in at), []).append(key)
    return groups


def _named(name: str, values: Sequence[Any], keys: Sequence[str]) -> str:
    """Write values with their own names, behind the name that they have in common."""
    below = [parts(key)[-1] if len(keys) > 1 else "" for key in keys]
    text = ", ".join(f"{inner} {_written(value)}".strip() for inner, value in zip(below, values, strict=True))
    return f"`{name}` {text}" if name else text


def _written(value: Any) -> str:
    if isinstance(value, (bool, str, list)):
        return toml(value)
    return plain(value)


def _leaves(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    """Return every value by its dotted key; entries of a list of tables are counted, a list of values is one."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, (list, tuple)) and value and isinstance(value[0], Mapping):
        for position, entry in enumerate(value, start=1):
            yield from _leaves(entry, f"{key}[{position}]")
    else:
        yield key, list(value) if isinstance(value, tuple) else value
