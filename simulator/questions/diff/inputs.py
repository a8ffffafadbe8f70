"""The inputs in which two scenarios or frameworks differ, in words, each with its sources."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from simulator.frameworks.changes import changes_by_clause
from simulator.frameworks.clause_rows import rests_on, said
from simulator.inputs.evidence import MARKS, covering
from simulator.inspectorate.framework import Framework, clauses
from simulator.questions.diff.sides import Side
from simulator.running.run_folder import PROVIDERS
from simulator.scenario.scenario import Scenario
from simulator.words.parameters import title_of
from simulator.words.wording import capital, joined

NOTHING = "–"
"""Where one side has no such input."""
_TOLD_ELSEWHERE: Final = ("title", "description")
_OF_FRAMEWORKS: Final = {
    "run.frameworks": "Frameworks compared",
    "run.baseline": "Framework that others are compared with",
    "run.warm_up_framework": "Framework of the warm-up",
}
"""Keys whose values name frameworks, in a run by the path of its copy, and their titles."""


class Input(NamedTuple):
    """An input that differs."""

    what: str
    """In words."""
    key: str
    """As in a file; for a clause with its framework before it where several are compared."""
    first: str
    second: str
    first_source: str
    second_source: str


def inputs_of(first: Side, second: Side) -> list[Input]:
    """Return the inputs that differ: first those of scenarios, then frameworks, then providers and versions."""
    rows = list(_of_scenarios(first.scenario, second.scenario)) if first.scenario and second.scenario else []
    if first.sort == second.sort == "framework":
        (one,), (other,) = first.frameworks.values(), second.frameworks.values()
        return [*rows, *_of_frameworks(one, other, "")]
    for name in first.frameworks:
        if name in second.frameworks:
            rows += _of_frameworks(first.frameworks[name], second.frameworks[name], f"{name}: ")
    return [*rows, *_of_runs(first, second)]


def _of_scenarios(first: Scenario, second: Scenario) -> Iterator[Input]:
    before, after = (dict(_leaves(scenario.settings())) for scenario in (first, second))
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) == after.get(key) or key in _TOLD_ELSEWHERE:
            continue
        one, other = (said(values[key]) if key in values else NOTHING for values in (before, after))
        what = _OF_FRAMEWORKS.get(key) or capital(title_of(key))
        sources = (_source(side, key) if key in values else "" for side, values in ((first, before), (second, after)))
        yield Input(what, key, one, other, *sources)


def _leaves(table: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, Any]]:
    """Return every value below a table by its dotted key; a list of numbers or names is one value."""
    for name, value in table.items():
        key = f"{at}.{name}" if at else name
        if isinstance(value, Mapping):
            yield from _leaves(value, key)
        elif isinstance(value, (list, tuple)) and any(isinstance(entry, Mapping) for entry in value):
            for position, entry in enumerate(value, start=1):
                yield from _leaves(entry, f"{key}[{position}]")
        elif key in _OF_FRAMEWORKS:
            named = [value] if isinstance(value, str) else value
            yield key, [Path(name).stem if name.endswith(".toml") else name for name in named]
        else:
            yield key, value


def _source(scenario: Scenario, key: str) -> str:
    resting = covering(scenario.evidence, key)
    if resting is None:
        return ""
    evidence = scenario.evidence[resting]
    return f"{MARKS[evidence.mark]}: {evidence.source}"


def _of_frameworks(first: Framework, second: Framework, whose: str) -> Iterator[Input]:
    sourced = [dict(clauses(framework)) for framework in (first, second)]
    for line, key in changes_by_clause(first, second):
        clause = ".".join(key.split(".")[:2])
        sources = (rests_on(there[clause]) if clause in there else NOTHING for there in sourced)
        yield Input(line, f"{whose}{key}", "", "", *sources)


def _of_runs(first: Side, second: Side) -> Iterator[Input]:
    """Return what differs beside scenario and frameworks: which frameworks there are, providers, versions."""
    if not (first.run and second.run):
        return
    one, other = (joined(sorted(side.frameworks)) for side in (first, second))
    if one != other:
        yield Input("Frameworks", "frameworks", one, other, "", "")
    mine, theirs = (side.manifest.get("files", {}).get(PROVIDERS) for side in (first.run, second.run))
    if mine != theirs:
        yield Input("Providers", PROVIDERS, "one register", "another one", "", "")
    for what, key in (("Version of inspectsim", "inspectsim"), ("Commit", "commit")):
        one, other = (str(side.manifest.get(key, NOTHING)) for side in (first.run, second.run))
        if one != other:
            yield Input(what, key, one, other, "", "")
