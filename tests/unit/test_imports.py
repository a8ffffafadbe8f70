"""No module needs itself by way of others, by imports for types alone or inside functions neither."""

from collections.abc import Mapping

import grimp


def circles(imports: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that all import one another, directly or by way of others."""
    reached = {module: reached_from(module, imports) for module in imports}
    groups = {
        tuple(sorted(other for other in reached[module] if module in reached[other]))
        for module in imports
        if module in reached[module]
    }
    return [list(group) for group in sorted(groups)]


def reached_from(module: str, imports: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [module]
    while waiting:
        new = imports[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def test_no_import_leads_round_in_a_circle() -> None:
    graph = grimp.build_graph("simulator", exclude_type_checking_imports=False, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert "simulator.scenario.scenario" in imports["simulator.engine.setting"]
    assert "simulator.api" in imports["simulator"], "imports for types alone are to be seen"
    assert circles(imports) == []


def test_circles_are_found_whatever_leads_to_them() -> None:
    imports = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set(), "e": {"f"}, "f": {"e", "d"}, "g": {"g"}}
    assert circles(imports) == [["b", "c"], ["e", "f"], ["g"]]
