"""A run as its folder keeps it: what reports are made from, so that they need nothing else."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.answers.files import ANSWER, VERDICT
from simulator.answers.text import Paragraphs, read_text
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework, load_framework
from simulator.measures.names import ALL_SERVICES
from simulator.render.verdict import Verdict, read_verdict
from simulator.running.question import titles_of
from simulator.running.run_folder import FRAMEWORKS, PROVIDERS, SCENARIO, scenario_of_run
from simulator.running.store import Table
from simulator.scenario.scenario import Scenario
from simulator.world.services import SERVICE_TITLES

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class KeptRun:
    """The files of a run and its manifest."""

    folder: Path
    """Where its files are."""
    manifest: Table

    @property
    def question(self) -> str:
        """Name of the question: that of the command which answered it."""
        return str(self.manifest["question"])

    @property
    def own_register(self) -> bool:
        """Whether the providers were given, and not drawn from the scenario."""
        return bool(self.manifest.get("own_register"))

    @property
    def baseline(self) -> str:
        """Name of the framework that the others are compared with."""
        return str(self.manifest["baseline"])

    @cached_property
    def scenario(self) -> Scenario:
        """As resolved, options given included."""
        self.content(SCENARIO)
        return scenario_of_run(self.folder / SCENARIO)

    @cached_property
    def every_framework(self) -> Mapping[str, Framework]:
        """Those asked about, then those only in force before or after, by name."""
        names = [str(name) for name in self.manifest["frameworks"]]
        others = sorted({path.stem for path in (self.folder / FRAMEWORKS).glob("*.toml")} - set(names))
        files = {name: f"{FRAMEWORKS}/{name}.toml" for name in [*names, *others]}
        for file in files.values():
            self.content(file)
        return {name: load_framework(self.folder / file) for name, file in files.items()}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Title of each framework asked about, by its name."""
        return titles_of([self.every_framework[str(name)] for name in self.manifest["frameworks"]])

    @cached_property
    def answer(self) -> Paragraphs:
        """The answer, in sentences."""
        try:
            return read_text(self.content(ANSWER).decode("utf-8"))
        except ValueError as error:
            raise InputError(f"{self.folder / ANSWER}: not in the format of this version ({error})") from error

    @cached_property
    def verdict(self) -> Verdict:
        """What a reader takes away from the answer."""
        try:
            return read_verdict(self.content(VERDICT))
        except ValueError as error:
            raise InputError(f"{self.folder / VERDICT}: not in the format of this version ({error})") from error

    @cached_property
    def providers(self) -> dict[str, int]:
        """Number of providers by the title of their service type; the total is last."""
        counted = self.frame(PROVIDERS)["service_type"].value_counts()
        there = {title: int(counted[name]) for name, title in SERVICE_TITLES.items() if name in counted}
        return there | {titled(ALL_SERVICES): int(counted.sum())}

    def has(self, name: str) -> bool:
        """Return whether the run left a file."""
        files = self.manifest.get("files")
        return (self.folder / name).is_file() if files is None else name in files

    def content(self, name: str) -> bytes:
        """Read a file as the run left it.

        Raises
        ------
        InputError
            If it is not there, or not as the run left it.
        """
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise InputError(
                f"{self.folder}: {name} is missing or cannot be read. Use the complete folder of a run. {self.remedy}"
            ) from error
        left = self.manifest.get("files", {}).get(name)
        if left is not None and left.get("sha256") != hashlib.sha256(content).hexdigest():
            raise InputError(
                f"{self.folder}: {name} has changed since the run, so a report would be wrong. Use the unchanged "
                f"folder. {self.remedy}"
            )
        return content

    def frame(self, name: str) -> "pd.DataFrame":
        """Read a CSV file; an empty cell is not-a-number, any other text stays what it is."""
        import io

        import pandas as pd

        return pd.read_csv(io.BytesIO(self.content(name)), keep_default_na=False, na_values=[""], dtype=_TEXTS)

    @property
    def remedy(self) -> str:
        """Report how to make a folder again."""
        command = self.manifest.get("question", "compare")
        return f"To run it again, use inspectsim {command} with the folder, or its scenario"


_TEXTS: dict[str, Any] = dict.fromkeys(("framework", "baseline", "lower", "upper", "pool", "title", "provider"), "str")
"""Columns of free text, which may look like numbers."""


def titled(service_type: str) -> str:
    """Name the providers of a service type, or of all together."""
    return "all providers" if service_type == ALL_SERVICES else SERVICE_TITLES.get(service_type, service_type)
