"""What a framework file would do, in words: `inspectsim frameworks check`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.frameworks.by_rating import what_falls_due
from simulator.frameworks.changes import changed_clauses, changes, same
from simulator.frameworks.clause_rows import told
from simulator.frameworks.doubts import doubts
from simulator.frameworks.own import SUMMARY, TITLE, own_source
from simulator.frameworks.words import efforts_said
from simulator.inputs.messages import InputError
from simulator.inputs.shipped import folder
from simulator.inputs.toml_files import read_toml
from simulator.inspectorate.framework import Framework, extended_by, load_framework, named_clauses, shipped_frameworks
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.inspectorate.sources import Sourced
from simulator.render.paragraphs import print_paragraphs
from simulator.words.wording import capital

if TYPE_CHECKING:
    from rich.console import Console


class Checked(NamedTuple):
    """A framework as read, with what it extends and what its file says of that."""

    framework: Framework
    extends: str
    """As the file names it, several joined by "with"; empty if it stands by itself."""
    parent: Framework | None
    """None if it extends none, or one that cannot be used by itself."""
    file: dict[str, Any]
    """The file's own tables, without what it inherits."""


def read(given: str) -> Checked:
    """Read a framework by its name or path, and the one that it extends if that can be used by itself.

    Raises
    ------
    InputError
        If it cannot be found, read or used.
    """
    framework = load_framework(given)
    path = folder() / "frameworks" / f"{given}.toml" if given in shipped_frameworks() else Path(given)
    file = read_toml(path)
    return Checked(framework, *inherited(file, path), file)


def inherited(file: dict[str, Any], path: Path) -> tuple[str, Framework | None]:
    """Return what a file extends: in words, and as a framework if that can be used by itself."""
    extends = file.get("extends", "")
    if not extends:
        return "", None
    named = extends if isinstance(extends, str) else " with ".join(extends)
    try:
        return named, extended_by(extends, path)
    except InputError:  # a file of clauses alone, to be extended
        return named, None


class Findings(NamedTuple):
    """What a check has to say, by heading."""

    falls_due: list[str]
    besides: list[str]
    kinds: list[str]
    differs: list[str]
    odd: list[str]
    """What is missing or looks odd, and is so of this framework alone."""
    inherited: list[str]
    """What looks odd and is so of the framework that it extends as well."""


def check(checked: Checked) -> Findings:
    """Report what a framework would do, what it has otherwise than the one it extends, and what looks odd."""
    framework, parent = _with_sources_inherited(checked), checked.parent
    before = doubts(parent) if parent else []
    found = doubts(framework)
    return Findings(
        what_falls_due(framework),
        [
            capital(told(clause, framework).sentence())
            for section, _, clause in named_clauses(framework)
            if section != "rules"
        ],
        [_takes(kind) for kind in framework.kinds.values()],
        _differs(checked),
        [*_unfinished(checked), *(line for line in found if line not in before)],
        [line for line in found if line in before],
    )


def _differs(checked: Checked) -> list[str]:
    """Report what differs from the framework extended, or why that is not said."""
    if not checked.extends:
        return []
    if checked.parent is None:
        return [f"{checked.extends} cannot be used by itself: it is not compared."]
    return changes(checked.parent, checked.framework) or ["Nothing."]


def _with_sources_inherited(checked: Checked) -> Framework:
    """Attach the source of the inherited clause to one that says the same."""
    framework, parent = checked.framework, checked.parent
    if parent is None:
        return framework
    sections: dict[str, dict[str, Sourced]] = {}
    for section, name, clause in named_clauses(framework):
        earlier = getattr(parent, section).get(name)
        unchanged = earlier is not None and same(earlier, clause)
        sections.setdefault(section, {})[name] = earlier if unchanged else clause
    return framework.model_copy(update=sections)


def _unfinished(checked: Checked) -> list[str]:
    """Report what of the file is still as its template wrote it, or contradicts itself."""
    framework, parent = checked.framework, checked.parent
    lines = []
    if framework.title == TITLE.format(name=framework.name):
        lines.append("title is unchanged from the template: tables and charts use it to name the framework")
    if framework.summary == SUMMARY:
        lines.append("summary is unchanged from the template")
    if parent is None:
        return lines
    lines += [
        f"{name} is in leaves_out but is also set: it applies"
        for name in checked.file.get("leaves_out", [])
        if name.partition(".")[2] in checked.file.get(name.partition(".")[0], {})
    ]
    for section, name in changed_clauses(parent, framework):
        earlier, changed = (getattr(one, section)[name] for one in (parent, framework))
        if changed.source == earlier.source:
            lines.append(f"{section}.{name} is changed, but its source is that of {checked.extends}: state your source")
        elif changed.source.assumption == own_source(checked.extends, earlier):
            lines.append(
                f"{section}.{name} is changed, but its source is unchanged from the template: state why you propose it"
            )
    return lines


def _takes(kind: KindOfInspection) -> str:
    """Report what a kind of inspection takes."""
    return f"{capital(kind.title)}: {efforts_said(kind)}"


def parts_of_check(checked: Checked) -> dict[str, list[str]]:
    """Return what a check finds as headings with the lines below each; none that has nothing to say."""
    framework, found = checked.framework, check(checked)
    extends = checked.extends
    parts = {
        framework.title: [framework.summary],
        "What falls due": found.falls_due,
        "What else leads to inspections": found.besides,
        "What an inspection takes": found.kinds,
        f"What differs from {extends}": found.differs,
        "What is missing or looks odd": found.odd or ["Nothing."],
        f"The same looks odd in {extends}": found.inherited,
    }
    return {heading: lines for heading, lines in parts.items() if lines}


def print_check(checked: Checked, console: "Console") -> None:
    """Print what a check finds."""
    from rich.text import Text

    for heading, lines in parts_of_check(checked).items():
        console.print(Text(heading, style="bold"), soft_wrap=True)
        print_paragraphs((f"  {line}" for line in lines), console)
        console.print()
    console.print("It can be used.")
