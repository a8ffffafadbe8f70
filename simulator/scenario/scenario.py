"""The scenario: everything a run depends on but the frameworks themselves, read from TOML and validated.

A scenario may extend another: ``extends = "england-2006"`` and then only what differs, and perhaps what it leaves out.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from simulator.inputs.evidence import GIVEN, Evidence, after_change, covered, numbers
from simulator.inputs.given_files import is_file
from simulator.inputs.messages import InputError, from_validation, nearest, not_one_of
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import Section, in_one_line
from simulator.inputs.shipped import folder
from simulator.inputs.toml_files import Key, Table, lineage, located, merged
from simulator.inspectorate.capacity import CapacitySettings
from simulator.inspectorate.costs import CostSettings
from simulator.inspectorate.framework_layers import refuse_package, shipped_frameworks
from simulator.inspectorate.inspectors import InspectorSettings
from simulator.scenario.inheritance import Inheritance, inheritance, without_pools
from simulator.scenario.replications import Replications, UntilPrecise
from simulator.scenario.timeline import COMPARED, ITSELF, Takeover, check_timeline, check_warm_up
from simulator.world.population import PopulationSettings
from simulator.world.quality import QualitySettings
from simulator.world.services import SERVICE_TYPES
from simulator.world.signals import SignalSettings

_NOT_SCENARIOS: Final = ("documents",)
"""Files beside the shipped scenarios that are something else."""

_PRECISION: Final = ("run", "replications", "precision")
_BESIDE: Final = ("evidence", "inherited")
"""Tables that say where settings come from, and are none themselves."""

Year = Annotated[int, Field(ge=1, le=200)]


class RunSettings(Section):
    """The section ``[run]``: which years, under which frameworks, how often."""

    start: Annotated[
        date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31)), Parameter("day from which measures count")
    ]
    """The day from which measures count, and on which the frameworks compared take over unless a timeline says when."""
    years: Annotated[Year, Parameter("years over which measures count")]
    """Years over which measures count, from the start on."""
    warm_up_years: Annotated[int, Field(ge=0, le=50), Parameter("years of warm-up")] = 3
    """Years simulated before the start, which no measure counts."""
    warm_up_framework: str
    """The framework before the start, or before the first date of a timeline; or "itself": each under itself."""
    frameworks: Annotated[list[str], Field(min_length=1)]
    """Shipped names, or paths of TOML files."""
    baseline: str
    """The framework that the others are compared with; one of them."""
    replicating: Annotated[Replications, Field(alias="replications"), Parameter("number of replications")]
    """Replications of every framework, each with its own random numbers, which all frameworks share. A number makes
    exactly that many; a table makes them until the headline differences are known to a precision."""
    seed: Annotated[int, Field(ge=0, lt=2**63), Parameter("random seed")]
    """Number from which all random numbers follow: equal seeds give equal results."""

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        repeated = sorted({name for name in self.frameworks if self.frameworks.count(name) > 1})
        if repeated:
            raise ValueError(f"frameworks: given twice: {', '.join(repeated)}; allowed: each once")
        if self.baseline not in self.frameworks:
            raise ValueError(f"baseline: {not_one_of(self.baseline, 'framework of the run', self.frameworks)}")
        return self

    @property
    def until(self) -> UntilPrecise | None:
        """The precision until which to replicate, None if a number of replications is asked for."""
        return self.replicating if isinstance(self.replicating, UntilPrecise) else None

    @property
    def replications(self) -> int:
        """Replications: all of them if a number is asked for, else the least."""
        return self.replicating.least if isinstance(self.replicating, UntilPrecise) else self.replicating

    @property
    def begins(self) -> date:
        """The first day of the warm-up."""
        return self._years_later(-self.warm_up_years)

    @property
    def ends(self) -> date:
        """The day after the last: where the run stops."""
        return self._years_later(self.years)

    def _years_later(self, years: int) -> date:
        """Return the day of the start in another year: 28 February for the 29th, where there is none."""
        day = 28 if years and (self.start.month, self.start.day) == (2, 29) else self.start.day
        return date(self.start.year + years, self.start.month, day)


class Scenario(Section):
    """A validated scenario; `numbers` and `covering` of `simulator.inputs.evidence` say what each number rests on."""

    title: Annotated[str, Field(min_length=1), AfterValidator(in_one_line)]
    """What reports call the scenario."""
    description: str = ""
    """A sentence or two on what it is."""
    run: RunSettings
    timeline: list[Takeover] = Field(default_factory=list)
    """Frameworks in force one after another; if empty, those compared from the start of the run."""
    population: PopulationSettings
    quality: QualitySettings
    signals: SignalSettings
    capacity: CapacitySettings
    inspectors: Annotated[InspectorSettings, Field(exclude_if=lambda section: not section.model_fields_set)] = (
        InspectorSettings()
    )
    costs: CostSettings
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    inherited: Inheritance | None = None
    """How many numbers stand in the scenarios that this one extends; written by the program."""

    @model_validator(mode="after")
    def _types_have_grades(self) -> Self:
        for section in ("natural_shares", "start_shares", "entry_shares"):
            shares = getattr(self.quality, section)
            for service_type in shares:
                if service_type not in SERVICE_TYPES:
                    raise ValueError(f"quality.{section}: {not_one_of(service_type, 'service type', SERVICE_TYPES)}")
            missing = [service_type for service_type in self.population.types if service_type not in shares]
            if missing and section != "entry_shares":
                raise ValueError(
                    f"quality.{section}: missing for {', '.join(missing)}; "
                    "every type in population.types needs the shares of its grades"
                )
        return self

    @model_validator(mode="after")
    def _strands_are_of_services(self) -> Self:
        for service_type in self.quality.strands:
            if service_type not in SERVICE_TYPES:
                raise ValueError(f"quality.strands: {not_one_of(service_type, 'service type', SERVICE_TYPES)}")
        return self

    @model_validator(mode="after")
    def _timeline_fits_the_run(self) -> Self:
        if self.timeline:
            check_timeline(self.timeline, self.run.start, self.run.ends)
            check_warm_up(self.timeline, self.run.warm_up_framework, self.run.begins)
        return self

    @model_validator(mode="after")
    def _evidence_is_of_something(self) -> Self:
        keys = [key for key, _ in numbers(self.settings())]
        below = covered(self.evidence, keys)
        for prefix, entry in self.evidence.items():
            if not below[prefix]:
                raise ValueError(
                    f'evidence: given "{prefix}", under which the scenario has no number{nearest(prefix, keys)}'
                )
            if entry.range and len(below[prefix]) > 1:
                raise ValueError(
                    f'evidence."{prefix}".range: {len(below[prefix])} numbers are under this key. Set a factor for '
                    "all of them, or a range for each under its own key"
                )
        return self

    def settings(self) -> Table:
        """Return all sections as tables of plain values, without the evidence."""
        left_out = {*_BESIDE} if self.timeline else {*_BESIDE, "timeline"}
        return self.model_dump(by_alias=True, exclude_none=True, exclude=left_out)

    def resolved_toml(self) -> str:
        """Write the scenario as TOML that says everything by itself and reads back as the same scenario."""
        import tomli_w

        beside = self.model_dump(include={*_BESIDE}, by_alias=True, exclude_none=True, exclude_defaults=True)
        return tomli_w.dumps(self.settings() | beside)

    def changed(self, changes: Table, source: str) -> "Scenario":
        """Return the scenario with some values replaced, as options of the command line do.

        Parameters
        ----------
        changes
            Nested tables of new values; tables merge, all else is replaced.
        source
            Where the new values come from: the evidence of those that differ will say so.

        Raises
        ------
        InputError
            If the outcome is no valid scenario.
        """
        before = self.settings() | self.model_dump(include={*_BESIDE}, by_alias=True, exclude_none=True)
        return _validated(_overlaid(before, changes, source), source)


def shipped_scenarios() -> list[str]:
    """Name the scenarios that come with the package."""
    return sorted(path.stem for path in folder().glob("*.toml") if path.stem not in _NOT_SCENARIOS)


def load_scenario(name_or_path: str | Path) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    name_or_path
        A name in `shipped_scenarios`, or the path of a TOML file. Paths in a file, of frameworks and of what it
        extends, are as seen from that file.

    Raises
    ------
    InputError
        If it cannot be found, read or understood: with file, key, what was given and what is allowed.
    """
    path = scenario_file(name_or_path)
    layers = [(file, _with_frameworks_found(table, file)) for file, table in lineage(path, _parent)]
    table: Table = {}
    for file, own in layers:
        inherited = without_pools(table, own.pop("leaves_out", []), _called(file))
        inherited.pop("description", None)  # it describes another scenario
        table = _overlaid(inherited, own, GIVEN) if inherited else own
    if len(layers) > 1:
        said = inheritance([(file.stem, _settings_alone(own)) for file, own in layers], _settings_alone(table))
        table = table | {"inherited": said}
    return _validated(table, _called(path))


def scenario_file(name_or_path: str | Path) -> Path:
    """Find the file of a scenario: that of a shipped name, or the path itself.

    Raises
    ------
    InputError
        If it is neither a shipped name nor the path of a file.
    """
    return located(str(name_or_path), folder(), shipped_scenarios(), "scenario")


def _called(path: Path) -> str:
    """Name the file that a message is about: shipped ones by their name alone."""
    return path.name if path.parent == folder() else str(path)


def _parent(extends: str, path: Path) -> Path:
    """Find what the file at `path` extends: a shipped name, or a path seen from the folder of that file."""
    if extends in shipped_scenarios():
        return folder() / f"{extends}.toml"
    try:
        return located(str(path.parent / extends), folder(), shipped_scenarios(), "scenario")
    except InputError:
        raise InputError(
            f"{path}: extends: {not_one_of(extends, 'scenario', shipped_scenarios())}, "
            "or the path of a TOML file as seen from this one"
        ) from None


def _with_frameworks_found(table: Table, file: Path) -> Table:
    """Return a file's table with the paths of frameworks in it, relative to the file, as seen from here."""
    found = dict(table)
    if isinstance(run := table.get("run"), dict):
        words = {"frameworks": (), "warm_up_framework": (ITSELF,), "baseline": ()}
        found["run"] = run | {key: _found(run[key], f"run.{key}", file, words[key]) for key in words if key in run}
    if isinstance(timeline := table.get("timeline"), list):
        found["timeline"] = [
            entry | {"framework": _found(entry["framework"], f"timeline.entry {i}.framework", file, (COMPARED,))}
            if isinstance(entry, dict) and "framework" in entry
            else entry
            for i, entry in enumerate(timeline, start=1)
        ]
    return found


def _found(given: Any, key: str, file: Path, words: tuple[str, ...]) -> Any:
    """Find the framework or frameworks given; what is no text is for the model to refuse."""
    if isinstance(given, list):
        return [_found(name, key, file, words) for name in given]
    return _framework(given, key, file, words) if isinstance(given, str) else given


def _framework(given: str, key: str, file: Path, words: tuple[str, ...]) -> str:
    """Return a shipped name, or a word that stands for a framework, as it is, and a path as seen from here."""
    if given in (*words, *shipped_frameworks()):
        return given
    path = os.path.normpath(file.parent / given)
    if is_file(Path(path)):
        return path
    refuse_package(given)
    if key == "run.baseline":  # must be one of the frameworks: the section itself says so
        return given
    raise InputError(
        f"{_called(file)}: {key}: {not_one_of(given, 'framework', [*words, *shipped_frameworks()])}, "
        "or the path of a TOML file as seen from this one"
    )


def _replaced_whole(key: Key) -> bool:
    """Return whether a scenario that extends another sets a table whole or not at all: its keys are free names."""
    whole = ("capacity", "neighbours"), ("capacity", "starting_backlog")
    return key in (("population", "regions"), *whole, _PRECISION) or (
        key[:2] == ("capacity", "pools") and key[3:] == ("region_shares",)
    )


def _overlaid(parent: Table, child: Table, source: str) -> Table:
    """Lay `child` over `parent`; numbers that differ lose the parent's evidence and name `source` instead."""
    result = merged(parent, child, _replaced_whole)
    evidence = after_change(
        inherited=_entries(parent),
        own=_entries(child),
        before=_settings_alone(parent),
        given=_settings_alone(child),
        after=_settings_alone(result),
        source=source,
    )
    return result | ({"evidence": evidence} if evidence else {})


def _entries(table: Table) -> Table:
    entries = table.get("evidence", {})
    return entries if isinstance(entries, dict) else {}


def _settings_alone(table: Table) -> Table:
    return {name: value for name, value in table.items() if name not in _BESIDE}


def _validated(table: Table, file: str) -> Scenario:
    """Fill the model, strictly: a number in quotes or a true is no number."""
    try:
        return Scenario.model_validate_json(json.dumps(table, default=str), strict=True)
    except ValidationError as error:
        raise from_validation(error, file, Scenario) from error
