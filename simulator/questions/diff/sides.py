"""What is set side by side: a run, a scenario or a framework, by its folder, its name or its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from simulator.answers.kept_run import KeptRun
from simulator.inputs.given_files import is_folder
from simulator.inputs.messages import InputError, not_one_of
from simulator.inputs.toml_files import read_toml
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.running.store import read_manifest
from simulator.scenario.scenario import Scenario, load_scenario, shipped_scenarios

Sort = Literal["run", "scenario", "framework"]
_OF_SCENARIOS: Final = frozenset(
    ("run", "population", "quality", "signals", "capacity", "inspectors", "costs", "evidence")
)
"""Tables that a scenario has and a framework does not."""


@dataclass(frozen=True)
class Side:
    """One of the two."""

    sort: Sort
    name: str
    """As it was given."""
    scenario: Scenario | None
    """None for a framework."""
    frameworks: Mapping[str, Framework]
    """By name: those of the run, or the one; none for a scenario, which only names them."""
    run: KeptRun | None = None


def side_of(given: str) -> Side:
    """Find what a name or path is.

    Raises
    ------
    InputError
        If it is nothing of the three, or cannot be read.
    """
    path = Path(given)
    if given in shipped_frameworks():
        return _framework(given)
    if given in shipped_scenarios():
        return Side("scenario", given, load_scenario(given), {})
    if is_folder(path):
        manifest = read_manifest(path)
        if manifest is None:
            raise InputError(f"{given}: contains no finished run; allowed: the folder of a run")
        run = KeptRun(path, manifest)
        return Side("run", given, run.scenario, run.every_framework, run)
    if path.suffix != ".toml":
        allowed = [*shipped_frameworks(), *shipped_scenarios()]
        raise InputError(f"{not_one_of(given, 'framework or scenario', allowed)}, a TOML file, or the folder of a run")
    if _is_scenario(path):
        return Side("scenario", given, load_scenario(given), {})
    return _framework(given)


def _framework(given: str) -> Side:
    framework = load_framework(given)
    return Side("framework", given, None, {framework.name: framework})


def _is_scenario(path: Path) -> bool:
    """Return whether a TOML file is a scenario: by its tables, or by what it extends."""
    table = read_toml(path)
    if _OF_SCENARIOS & set(table):
        return True
    extends = table.get("extends")
    names = [extends] if isinstance(extends, str) else extends if isinstance(extends, list) else []
    return any(name in shipped_scenarios() for name in names) and "rules" not in table
