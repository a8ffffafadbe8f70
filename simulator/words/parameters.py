"""Titles of the numbers of scenarios and frameworks for people, as their models declare them."""

from typing import Final

from simulator.inputs.evidence import ANY, parts
from simulator.inputs.model_keys import parameter_of, place
from simulator.inspectorate.framework import NAMED_CLAUSES, parameters_of_clauses
from simulator.scenario.scenario import Scenario
from simulator.words.pools import inspectors_of
from simulator.world.services import SERVICE_TITLES

_KINDS: Final = "kinds"
_NAMED: Final = ("kinds", "rules", "triggers", "reinspections", "samples", "assessments")
"""Sections of a framework with several clauses, whose name is shown."""
_OTHERS: Final = "other providers"
"""For ``*`` in place of a service type: those that have no entry of their own."""
_OTHER_POOLS: Final = "inspectors of other pools"
_WHOM: Final = "{}"
"""Stands in a declared title for the providers or inspectors that a key names."""


def title_of(key: str) -> str:
    """Return the title of a number within a sentence; its key where its model declares none.

    Parameters
    ----------
    key
        Dotted key of a number, or of a table of numbers, in a scenario or a framework; ``*`` stands for any name.
    """
    section = key.partition(".")[0]
    if section == _KINDS or section in NAMED_CLAUSES:
        return _of_clause(key)
    names = parts(key)
    declared = (_declared(names[: count + 1]) for count in range(len(names)))
    title = next((title for title in reversed(list(declared)) if title), "")
    whom = _whom(names)
    if not title:
        return key
    if _WHOM in title:
        return title.replace(_WHOM, whom)
    return f"{title}, {whom}" if whom and names[-1] in (*SERVICE_TITLES, ANY) else title


def _declared(names: tuple[str, ...]) -> str:
    location = tuple(int(name[1:-1]) if name.startswith("[") else name for name in names)
    return parameter_of(place(location, Scenario).hint).title


def _whom(names: tuple[str, ...]) -> str:
    """Return whom a key is about: providers of a service type, inspectors of a pool; nothing if it names nobody."""
    if names[:2] == ("capacity", "pools"):
        return inspectors_of(names[2]) if names[2] != ANY else _OTHER_POOLS
    service = next((SERVICE_TITLES[name] for name in names if name in SERVICE_TITLES), None)
    return service or (_OTHERS if ANY in names else "")


def unit_of(key: str) -> str:
    """Return the unit of a number of a framework; nothing if it has none."""
    section, *_, name = key.split(".")
    found = parameters_of_clauses().get(f"{section}.{ANY}.{name}")
    return found.unit if found else ""


def _of_clause(key: str) -> str:
    section, *middle, name = key.split(".")
    declared = {known: parameter.title for known, parameter in parameters_of_clauses().items() if parameter.title}
    said = declared.get(key) or declared.get(f"{section}.{ANY}.{name}")
    if said is None:
        return key
    return f"{said} ({'.'.join(middle)})" if section in _NAMED and middle != [ANY] else said
