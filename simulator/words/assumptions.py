"""The assumptions log: every default with its unit, what it rests on, and the range to vary it in.

It is made from the shipped scenarios and frameworks, so that it cannot drift from them. The page of `inspectsim serve`
shows it, and docs/assumptions.md is made from it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final, NamedTuple

from simulator.inputs.evidence import GIVEN, MARKS, Evidence, Number, covering, numbers, parts
from simulator.inspectorate.framework import Framework, clauses, load_framework, shipped_frameworks
from simulator.inspectorate.one_number import by_rating_in_short
from simulator.inspectorate.sources import Citation, Source, Sourced, documents
from simulator.scenario.scenario import Scenario, load_scenario, shipped_scenarios
from simulator.world.services import SERVICE_TYPES

SCENARIO: Final = "england-2006"
MADE_UP: Final = MARKS["A"]

_INTRODUCTION: Final = """\
# Assumptions and other defaults

Every number that a comparison uses, as in the shipped files. Your own scenario or framework can replace each by its
key.

The source of a default is one of:
{marks}.

Sensitivity analysis should use the range to vary. If a row has several numbers, the range is for a common factor,
written "× 0.5 to 2". For shares of grades, the factor applies to the share of poor, and the others keep their
proportions.
"""

_HEAD: Final = ("Key", "Value", "Unit", "Source", "Range to vary")


class Default(NamedTuple):
    """A number of a scenario, or several that stand together, with what it rests on."""

    key: str
    value: str
    """Several are written ``poor 0.15, adequate 0.3``."""
    unit: str
    rests_on: str
    """Kind of its source and the source itself."""
    assumed: bool
    """Whether it is made up."""
    vary: str
    """Range to vary it in."""


class FrameworkLog(NamedTuple):
    """The clauses of a framework, in the log."""

    framework: Framework
    own: list[tuple[str, Sourced]]
    """By key: those that no earlier framework has."""
    shared: dict[str, list[str]]
    """Keys of the others, by the title of the earlier framework that has the same."""


class Silent(NamedTuple):
    """What frameworks say that no document does."""

    key: str
    frameworks: tuple[str, ...]
    """Titles of those that say so."""
    said: str
    numbers: tuple[str, ...]
    """Names of the numbers beside it that may be varied."""


def page(scenario: Scenario, frameworks: Sequence[Framework], others: Mapping[str, Scenario] | None = None) -> str:
    """Write the page in Markdown.

    Parameters
    ----------
    scenario
        The scenario whose values are the defaults.
    frameworks
        The frameworks, in order: what one shares with an earlier one is told once.
    others
        Further scenarios by their names: what differs from the first is told.
    """
    marks = ", ".join(f"*{meaning}*" if mark == "A" else f"{meaning} ({mark})" for mark, meaning in MARKS.items())
    told = [
        _INTRODUCTION.format(marks=marks),
        f"## Scenario: {scenario.title}\n",
        *_scenario_part(scenario),
        *_others_part(others or {}, scenario),
        "## Frameworks\n",
        "An empty range: the cited document states the value, or it is a choice rather than a number to vary.\n",
        *_frameworks_part(frameworks),
        "## Where the documents are silent\n",
        *_silent_part(frameworks),
    ]
    return "\n".join(told)


def _scenario_part(scenario: Scenario) -> Iterator[str]:
    """Write a table for each section of the scenario."""
    every = numbers(scenario.settings())
    for section, rows in groupby(defaults(scenario, every), key=lambda row: row.key.split(".")[0]):
        yield f"### {section.capitalize()}\n"
        yield _table(_HEAD, map(_cells, rows))


def _others_part(others: Mapping[str, Scenario], first: Scenario) -> Iterator[str]:
    """Write a table of what differs in each further scenario."""
    known = dict(numbers(first.settings()))
    for name, scenario in others.items():
        yield f"## Scenario: {scenario.title} (`{name}`)\n"
        yield f"{' '.join(scenario.description.split())} Everything else is as in {first.title}.\n"
        differing = [(key, value) for key, value in numbers(scenario.settings()) if known.get(key) != value]
        yield _table(_HEAD, map(_cells, defaults(scenario, differing)))


def _cells(default: Default) -> tuple[str, ...]:
    marked = f"*{MADE_UP}*{default.rests_on.removeprefix(MADE_UP)}" if default.assumed else default.rests_on
    return f"`{default.key}`", default.value, default.unit, marked, default.vary


def defaults(scenario: Scenario, given: Iterable[tuple[str, Number]]) -> Iterator[Default]:
    """Return numbers of a scenario, given by their keys, with what each rests on."""

    def row_of(number: tuple[str, Number]) -> tuple[str, str | None]:
        key, prefix = number[0], covering(scenario.evidence, number[0])
        stands_alone = prefix is None or len(parts(prefix)) == len(parts(key))
        return (key if stands_alone else key.rpartition(".")[0]), prefix

    for (key, prefix), members in groupby(given, key=row_of):
        values = [(name.removeprefix(key).lstrip("."), value) for name, value in members]
        entry = None if prefix is None else scenario.evidence[prefix]
        shown = ", ".join(f"{name} {plain(value)}".strip() for name, value in values)
        if entry is None:
            yield Default(key, shown, "", GIVEN, assumed=False, vary="")
        else:
            yield Default(key, shown, entry.unit, rests_on(entry), entry.mark == "A", range_to_vary(entry))


def rests_on(entry: Evidence) -> str:
    """Report what a number rests on."""
    if entry.mark == "A":
        return f"{MADE_UP}: {entry.source}"
    return f"{MARKS[entry.mark]} ({entry.mark}): {entry.source}"


def range_to_vary(entry: Evidence) -> str:
    """Report over which range a number is to be varied, or why it is not."""
    note = f"; {entry.note}" if entry.note else ""
    if entry.range:
        return f"{_interval(entry.range)}{note}"
    if entry.factor:
        return f"× {_interval(entry.factor)}{note}"
    return f"not varied{note}"


def of_frameworks(frameworks: Iterable[Framework]) -> Iterator[FrameworkLog]:
    """Return each framework's clauses, those shared with an earlier one by reference."""
    told: dict[str, list[tuple[Sourced, str]]] = {}
    for framework in frameworks:
        own: list[tuple[str, Sourced]] = []
        shared: dict[str, list[str]] = {}
        for key, clause in clauses(framework):
            before = told.setdefault(key, [])
            earlier = next((title for same, title in before if same == clause), None)
            if earlier is not None:
                shared.setdefault(earlier, []).append(key)
                continue
            before.append((clause, framework.title))
            own.append((key, clause))
        yield FrameworkLog(framework, own, shared)


def _frameworks_part(frameworks: Iterable[Framework]) -> Iterator[str]:
    """Write each framework's clauses."""
    for framework, own, shared in of_frameworks(frameworks):
        yield f"### {framework.title} (`{framework.name}`)\n\n{framework.summary}\n"
        for key, clause in own:
            yield f"#### `{key}`\n\n{' '.join(source_told(clause.source, '*'))}\n"
            rows = ((f"`{name}`", *cells) for name, *cells in clause_rows(clause))
            yield _table(("Key", "Value", "Unit", "Range to vary"), rows)
        for title, keys in shared.items():
            yield f"As under {title}: {', '.join(f'`{key}`' for key in keys)}.\n"


def clause_rows(clause: Sourced) -> Iterator[tuple[str, str, str, str]]:
    """Return the numbers and words of a clause: key, value, unit and range to vary."""
    values = clause.model_dump(by_alias=True, exclude_none=True, exclude={"source"})
    parameters = clause.parameters()
    for name, value in values.items():
        varied = clause.source.vary.get(name)
        factor = "× " if isinstance(value, (Mapping, tuple)) else ""
        yield (
            name,
            _listed(by_rating_in_short(value)),
            parameters[name].unit,
            f"{factor}{_interval(varied)}" if varied else "",
        )


def source_told(source: Source, emphasis: str = "") -> list[str]:
    """Report what a clause rests on, in sentences; titles stand between two signs of `emphasis`, as in Markdown."""
    said = []
    if source.document and source.paragraph:
        said.append(_cited(Citation(document=source.document, paragraph=source.paragraph), emphasis))
    if source.figures:
        said.append(f"Figures: {_cited(source.figures, emphasis)}")
    if source.assumption:
        said.append(f"{emphasis}Assumption{emphasis}: {source.assumption}.")
    code = "`" if emphasis else ""
    said.extend(f"{code}{name}{code} set by {file}." for name, file in source.given_by.items())
    if source.note:
        said.append(f"Note: {source.note}.")
    return said


def _cited(place: Citation, emphasis: str) -> str:
    document = documents()[place.document]
    return f"{emphasis}{document.title}{emphasis} ({document.year}), {place.paragraph}."


def _silent_part(frameworks: Iterable[Framework]) -> Iterator[str]:
    """Write a table of what the frameworks say that no document does."""
    yield "Rules of the frameworks above that no document states.\n"
    yield _table(
        ("Key", "Frameworks", "Rule without a document", "Numbers to vary"),
        (
            (f"`{rule.key}`", ", ".join(rule.frameworks), rule.said, ", ".join(f"`{name}`" for name in rule.numbers))
            for rule in silent(frameworks)
        ),
    )


def silent(frameworks: Iterable[Framework]) -> Iterator[Silent]:
    """List what frameworks say that no document does, each once."""
    under: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for framework in frameworks:
        for key, clause in clauses(framework):
            if clause.source.assumption:
                under.setdefault((key, clause.source.assumption, tuple(clause.source.vary)), []).append(framework.title)
    for (key, said, varied), titles in under.items():
        yield Silent(key, tuple(titles), said, varied)


def plain(value: Number) -> str:
    """Write a number without exponent or needless zeros, a date as 2006-04-01, and no limit for infinity."""
    if isinstance(value, date):
        return value.isoformat()
    if value == float("inf"):
        return "no limit"
    return f"{value:.10f}".rstrip("0").rstrip(".")


def _listed(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_listed(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return "all types" if tuple(value) == SERVICE_TYPES else ", ".join(_listed(inner) for inner in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value) if isinstance(value, (int, float, date)) else str(value)


def _interval(interval: tuple[float, float]) -> str:
    return f"{plain(interval[0])} to {plain(interval[1])}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def shipped_page() -> str:
    """Write the page of the shipped scenarios and of every shipped framework, those that it compares first."""
    scenario = load_scenario(SCENARIO)
    others = {name: load_scenario(name) for name in shipped_scenarios() if name != SCENARIO}
    return page(scenario, frameworks_in_log(), others)


def frameworks_in_log() -> list[Framework]:
    """Return every shipped framework, those that the shipped scenario compares first."""
    names = dict.fromkeys([*load_scenario(SCENARIO).run.frameworks, *shipped_frameworks()])
    return [load_framework(name) for name in names]
