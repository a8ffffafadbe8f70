"""The file that a responder to a consultation begins an own framework from: `inspectsim frameworks new`.

Every clause of the framework it extends stands in it as it is there, ready to be changed: not commented out, because
whoever edits with a plain editor changes a number more surely than they take signs off the lines of a table, where
one forgotten line goes into the table before. Unedited it is the same framework. A source must then hold before a
number is changed and after: it says that the clause is the author's own where it differs, and names what it began
from. Ranges to vary are left to the author, since one that leaves out a new number would be refused. Kinds of
inspection alone are commented out: they merge key by key with those inherited, so that a line or two will do.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from simulator.frameworks.clause_rows import Key, in_groups, keys, rests_on, told, values_of
from simulator.frameworks.phrases import RATINGS_SHOWN, rating_name
from simulator.frameworks.schema import SCHEMA_FILE
from simulator.inputs.messages import InputError
from simulator.inspectorate.clause_values import GROUPS
from simulator.inspectorate.framework import Framework, load_framework, named_clauses, shipped_frameworks
from simulator.inspectorate.framework_layers import shipped_packages
from simulator.inspectorate.one_number import by_rating_in_short, efforts_in_short
from simulator.inspectorate.sources import Sourced
from simulator.running.whole_files import write_new
from simulator.world.services import SERVICE_TITLES

TITLE: Final = "{name}, title to be filled in"
SUMMARY: Final = "To be filled in: one plain sentence that describes it."
_OWN: Final = "own proposal where it differs from {began_from}, whose source is: {source}"
_WIDTH: Final = 116
_LONGEST_NAME: Final = 100
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that some systems keep for themselves."""

_HEAD: Final = """\
{name}: a framework of your own, started from {title} ({began_from}).

Fill in title and summary, change what you want to differ, save the file, and check its effect:
    inspectsim frameworks check {file}
    inspectsim compare --framework {began_from} --framework {file}

A line that starts with # is a comment and changes nothing. A rule is a block: from its name in square brackets to the
next one. Unchanged, the file has the rules of {began_from}; a block that you remove has them again.
In `source` state in your own words why you propose a rule; "assumption" marks a rule that no document states.
An editor that supports JSON Schema reads {schema} in the same folder, to complete and check what you type;
inspectsim frameworks schema > {schema} writes it."""


def begin_own(name: str, begin_from: str, folder: Path, besides: Mapping[str, bytes] | None = None) -> list[Path]:
    """Write the file of an own framework into a folder, made if it is not there; nothing is overwritten.

    Parameters
    ----------
    name
        What it is to be called.
    begin_from
        Shipped name or path of the framework that it begins from.
    folder
        Where to.
    besides
        Other files to write with it, by name.

    Returns
    -------
    list of Path
        The file, and those besides.

    Raises
    ------
    InputError
        If it cannot be called so, or a file is there already or cannot be written.
    """
    check_name(name)
    framework = load_framework(begin_from)
    seen = begin_from if begin_from in shipped_frameworks() else Path(os.path.relpath(begin_from, folder)).as_posix()
    return write_new(folder, {f"{name}.toml": own_framework(name, framework, seen).encode(), **(besides or {})})


def own_framework(name: str, framework: Framework, extends: str) -> str:
    """Write the file of an own framework.

    Parameters
    ----------
    name
        What it is to be called.
    framework
        The framework that it begins from, with all that this one inherits.
    extends
        How the file is to name it.
    """
    head = _HEAD.format(name=name, title=framework.title, began_from=extends, file=f"{name}.toml", schema=SCHEMA_FILE)
    lines = [
        f"#:schema ./{SCHEMA_FILE}",
        *(f"# {line}".rstrip() for line in head.splitlines()),
        "",
        f"title = {toml(TITLE.format(name=name))}",
        '# plural = true  # if the title is in the plural, such as "Fixed cycles": they "make", option A "makes"',
        f"summary = {toml(SUMMARY)}",
        f"extends = {toml(extends)}",
        "",
        *_names(framework),
        *_left_out(framework),
        *_sections(framework, extends),
        *_efforts(framework, extends),
    ]
    return "\n".join(lines) + "\n"


def own_source(extends: str, inherited: Sourced) -> str:
    """Report of a clause, before it is changed and after, on what it rests."""
    return _OWN.format(began_from=extends, source=rests_on(inherited))


def check_name(name: str) -> str:
    """Refuse a name that no file can have everywhere, or that is a shipped framework's.

    Raises
    ------
    InputError
        Saying what is allowed.
    """
    if name in (*shipped_frameworks(), *shipped_packages()):
        raise InputError(f'"{name}" is the name of a shipped framework or package; allowed: any other name')
    if not re.fullmatch(r"[^\W_][\w-]*", name) or len(name) > _LONGEST_NAME or _RESERVED.fullmatch(name):
        raise InputError(
            f'"{name}" cannot be the name of a framework, which is the name of its file without .toml; allowed: '
            "letters, digits, - and _, a letter or digit first, such as my-option"
        )
    return name


def toml(value: Any) -> str:
    """Write a value as TOML has it, tables within one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{toml_key(name)} = {toml(inner)}" for name, inner in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _names(framework: Framework) -> Iterator[str]:
    """Report what the names in a file stand for."""
    graded = (f"{name} ({rating_name(name, framework)})" for name in RATINGS_SHOWN)
    services = (f"{name} ({title})" for name, title in SERVICE_TITLES.items())
    kinds = (f"{name} ({kind.title})" for name, kind in framework.kinds.items())
    yield from _remark(f"Ratings: {', '.join(graded)}.")
    yield from _remark(f"Service types: {', '.join(services)}; or one of the groups {' and '.join(GROUPS)}.")
    yield from _remark(f"Kinds of inspection: {', '.join(kinds)}.")
    yield ""


def _left_out(framework: Framework) -> Iterator[str]:
    clauses = [f"{section}.{name}" for section, name, _ in named_clauses(framework)]
    yield from _remark("Rules to leave out: remove their blocks below, and name them here in quotes, with commas:")
    yield from _remark(", ".join(clauses))
    yield "leaves_out = []"


def _sections(framework: Framework, extends: str) -> Iterator[str]:
    for section, clauses in groupby(named_clauses(framework), key=lambda clause: clause[0]):
        of_section = list(clauses)
        about = Framework.model_fields[section].description or section
        yield from ("", "", f"# --- {about.split(', by a name')[0].rstrip('.')} ".ljust(_WIDTH, "-"))
        explained: list[Key] = []
        for _, name, clause in of_section:
            fresh = [key for key in keys(type(clause)) if key not in explained]
            if fresh:
                yield ""
                yield from _legend(type(clause), fresh, explained)
                explained += fresh
            yield ""
            yield from _remark(f"Under {extends}: {told(clause, framework).sentence()}.")
            yield f"[{section}.{toml_key(name)}]"
            yield from _values(clause)
            yield f"source = {toml({'assumption': own_source(extends, clause)})}"


def _legend(model: type[Sourced], fresh: Sequence[Key], explained: Sequence[Key]) -> Iterator[str]:
    """Report what the keys of a type of clause mean and what they may be, but for those explained above."""
    as_above = " Other keys:" if explained else ""
    yield from _remark(" ".join((model.__doc__ or model.__name__).split()) + as_above)
    for key in fresh:
        unit = "" if key.unit == "date" else key.unit
        notes = [unit, key.allowed, f"{key.otherwise} if left out" if key.otherwise else ""]
        bracketed = "; ".join(note for note in notes if note)
        said = " ".join(part for part in (key.meaning, f"({bracketed})" if bracketed else "") if part)
        yield from _remark(f"  {key.name}: {said}", "    ")


def _values(clause: Sourced) -> Iterator[str]:
    known: dict[str, Key] = {key.name: key for key in keys(type(clause))}
    for name, value in values_of(clause).items():
        if isinstance(value, Mapping) and value and all(isinstance(inner, Mapping) for inner in value.values()):
            yield from (f"{toml_key(name)}.{toml_key(inner)} = {toml(of_inner)}" for inner, of_inner in value.items())
            continue
        written = toml(in_groups(value) if name == "types" else by_rating_in_short(value))
        unit, allowed = known[name].unit, known[name].allowed
        said = ", ".join(part for part in ("" if unit == "date" else unit, allowed) if part)
        remark = f"  # {said}" if unit else ""
        yield f"{toml_key(name)} = {written}{remark}"


def _efforts(framework: Framework, extends: str) -> Iterator[str]:
    yield from ("", "", "# --- What inspections take ".ljust(_WIDTH, "-"), "")
    yield from _remark(
        f"Inspector-days of one inspection, including its report, as under {extends}. To change some, remove the # "
        "from the two lines of a kind and keep your own numbers; everything else about the kind stays the same. "
        "One number is for every service that the kind is made at; { childrens_home = 3 } changes that service alone."
    )
    for name, kind in framework.kinds.items():
        yield ""
        yield f"# [kinds.{toml_key(name)}]  # {kind.title}"
        yield f"# effort_days = {toml(efforts_in_short(name, kind.effort_days))}"


def _remark(text: str, indent: str = "") -> Iterable[str]:
    """Return a remark as lines that fit."""
    lines = wrap(text, _WIDTH - 2, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return [f"# {line}" for line in lines]


def toml_key(name: str) -> str:
    """Write a key, in quotation marks where it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)
