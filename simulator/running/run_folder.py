"""The folder of a run: what is written into it, and how it is run again.

A run can be made again from its folder alone: it holds the scenario as resolved, options included, and every
framework; the providers too, and where they were given (and not drawn from the scenario) they are read again.
"""

import json
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import ValidationError

from simulator.inputs.given_files import is_file, is_folder
from simulator.inputs.messages import from_validation
from simulator.inputs.toml_files import read_toml
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.one_number import in_short
from simulator.running.looks import Plan
from simulator.running.precision import Known
from simulator.running.question import Question, resolved
from simulator.running.store import RunFolder, Table, read_manifest
from simulator.scenario.replications import UntilPrecise
from simulator.scenario.scenario import Scenario, load_scenario, shipped_scenarios
from simulator.version import __version__
from simulator.world.register import read_register

if TYPE_CHECKING:
    import pandas as pd

SCENARIO: Final = "scenario.toml"
PROVIDERS: Final = "providers.csv"
FRAMEWORKS: Final = "frameworks"
FRAMES: Final = ("summary", "differences")
REPLICATIONS: Final = "replications.csv"
FAILURES: Final = "failures.csv"
GAINS: Final = "gains.csv"
PRECISION: Final = "precision.csv"
PAIRING: Final = "pairing.csv"
_PACKAGES: Final = ("matplotlib", "numba", "numpy", "pandas", "pyarrow", "pydantic", "scipy", "simpy")
"""Packages whose versions the manifest names: those that could move a number or a byte."""


class Opened(NamedTuple):
    """A scenario, and the register that belongs to it if it is that of an earlier run."""

    name: str
    """What a run of it is called."""
    scenario: Scenario
    register: "pd.DataFrame | None"


def open_scenario(given: str) -> Opened:
    """Read a scenario: a shipped name, the path of a TOML file, or (the scenario of) the folder of an earlier run.

    Raises
    ------
    InputError
        If it cannot be found, read or understood.
    """
    path = Path(given)
    if given not in shipped_scenarios():
        if is_folder(path) and is_file(path / SCENARIO):
            path = path / SCENARIO
        manifest = read_manifest(path.parent) if path.name == SCENARIO else None
        if manifest is not None:
            register = read_register(path.parent / PROVIDERS) if manifest.get("own_register") else None
            return Opened(f"{path.resolve().parent.name}-again", scenario_of_run(path), register)
    return Opened(path.stem if path.suffix == ".toml" else path.name, load_scenario(given), None)


def scenario_of_run(path: Path) -> Scenario:
    """Read the scenario of a run, with the frameworks that lie beside it in place of shipped ones.

    Raises
    ------
    InputError
        If it cannot be read or understood.
    """
    table = read_toml(path)
    beside = {file.stem: str(file) for file in sorted((path.parent / FRAMEWORKS).glob("*.toml"))}
    run = table.get("run")
    if isinstance(run, dict):
        for key, given in run.items():
            if isinstance(given, str):
                run[key] = beside.get(given, given)
            elif isinstance(given, list):
                run[key] = [beside.get(str(name), name) for name in given]
    timeline = table.get("timeline")
    for entry in timeline if isinstance(timeline, list) else ():
        if isinstance(entry, dict) and "framework" in entry:
            entry["framework"] = beside.get(str(entry["framework"]), entry["framework"])
    try:
        return Scenario.model_validate_json(json.dumps(table, default=str), strict=True)
    except ValidationError as error:
        raise from_validation(error, str(path), Scenario) from error


def write_question(folder: RunFolder, question: Question) -> None:
    """Write what it takes to ask a question again: scenario, frameworks and providers."""
    folder.write_csv(PROVIDERS, question.register)
    folder.write_text(SCENARIO, resolved(question).resolved_toml())
    for framework in _frameworks(question):
        folder.write_text(f"{FRAMEWORKS}/{framework.name}.toml", framework_toml(framework))


def precision_frame(known: Sequence[Known]) -> "pd.DataFrame":
    """Return how closely headline differences are known.

    Returns
    -------
    pandas.DataFrame
        Columns framework, baseline, service_type, measure, difference, half_width, asked, reached, replications.
    """
    import pandas as pd

    rows = [difference._asdict() | {"reached": difference.reached} for difference in known]
    columns = ["framework", "baseline", "service_type", "measure", "mean", "half_width", "asked", "reached"]
    return pd.DataFrame(rows, columns=[*columns, "replications"]).rename(columns={"mean": "difference"})


def framework_toml(framework: Framework) -> str:
    """Write a framework as TOML that says everything by itself and reads back as the same framework."""
    import tomli_w

    return tomli_w.dumps(in_short(framework.model_dump(by_alias=True, exclude_none=True)))


def _frameworks(question: Question) -> list[Framework]:
    return list({framework.name: framework for framework in [*question.frameworks, *question.common]}.values())


def precision_told(until: UntilPrecise, plan: Plan, replications: int, known: Sequence[Known]) -> Table:
    """Report the precision asked for, the replications after which it was checked, and whether it was reached."""
    return {
        "least": until.least,
        "most": until.most,
        "precision": {name: asked.model_dump(exclude_none=True) for name, asked in until.precision.items()},
        "looks": [look for look in plan.looks if look <= replications],
        "confidence_used": plan.confidence,
        "precise": all(difference.reached for difference in known),
    }


def provenance(question: Question, options: Table, made: Table) -> Table:
    """Describe how the answer to a question was made.

    Parameters
    ----------
    question
        What was asked.
    options
        Of the command, as given.
    made
        What is to be said of this answer alone: how many replications, when and how long.
    """
    warm_up = question.warm_up
    return {
        "inspectsim": __version__,
        **_checkout(),
        "command": options,
        "scenario": SCENARIO,
        "title": question.scenario.title,
        "seed": question.scenario.run.seed,
        "frameworks": list(question.names),
        "baseline": question.baseline,
        "warm_up": warm_up.name if warm_up else "each framework under itself",
        **_timeline(question),
        "own_register": question.own_register,
        **made,
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "packages": packages(),
    }


def _timeline(question: Question) -> dict[str, Any]:
    """Return the framework that takes over at each date, where the scenario has one."""
    entries = [entry.model_dump(mode="json", by_alias=True) for entry in resolved(question).timeline]
    return {"timeline": entries} if entries else {}


def varied_from(question: Question) -> dict[str, str]:
    """Return the day from which numbers of inspectors are varied, where one is named."""
    return {"inspectors_from": str(question.inspectors_from)} if question.inspectors_from else {}


def packages() -> dict[str, str | None]:
    """Name the versions of the packages that could move a number or a byte."""
    return {name: _version(name) for name in _PACKAGES}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _checkout() -> dict[str, Any]:
    """Name the commit of the checkout that the package is run from, and whether it was changed since."""
    root = Path(__file__).parents[2]
    if not (root / ".git").exists():
        return {}
    commit = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    if not commit:
        return {}
    changes = _git(root, "status", "--porcelain", "--", "simulator", "scenarios")
    return {"commit": commit, "changed_since_commit": bool(changes)}


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
