"""Where a number of a run comes from, read off its folder and the folders of other questions beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from simulator.answers.cells import estimate_of
from simulator.answers.kept_run import KeptRun
from simulator.inputs.evidence import MARKS, covering
from simulator.inputs.given_files import is_folder
from simulator.inputs.messages import InputError
from simulator.measures.declared.by_rating import BY_RATING
from simulator.measures.declared.costs import COSTS
from simulator.measures.declared.detection import DETECTION
from simulator.measures.declared.duties import DUTIES
from simulator.measures.declared.steps import STEPS
from simulator.measures.declared.work import WORK
from simulator.measures.names import ALL_SERVICES, Measure
from simulator.questions.source.origin import Mover, Movers, Origin
from simulator.running.store import read_manifest
from simulator.running.targets import Quantity, quantity
from simulator.scenario.scenario import Scenario
from simulator.words.parameters import title_of

_EVENTS: Final[tuple[tuple[tuple[Measure, ...], tuple[str, ...]], ...]] = (
    (WORK, ("inspections",)),
    (BY_RATING, ("inspections", "lives")),
    (DUTIES, ("duties", "backlog", "inspections")),
    (DETECTION, ("episodes", "lives")),
    (COSTS, ("inspections", "episodes")),
    (STEPS, ("assessments", "inspections")),
)
"""Measures, and the tables of events that they are counted from."""
_MOST: Final = 5
"""Assumptions that are listed."""
_OF_THIS_RUN: Final = ("frameworks", "baseline", "replications", "seed")
"""Settings of ``[run]`` in which a question about the same world may differ."""


def find_origin(folder: Path, measure: str) -> Origin:
    """Find where a number comes from.

    Parameters
    ----------
    folder
        Of a run of `compare`. Runs of `explain` and `sensitivity` about the same world are looked for beside it.
    measure
        Measure, of all providers or of a service type.

    Raises
    ------
    InputError
        If it is no such folder, or there is no such measure.
    """
    manifest = read_manifest(folder) if is_folder(folder) else None
    if manifest is None or manifest.get("question") != "compare":
        raise InputError(f"{folder}: is not the folder of a run of inspectsim compare; allowed: such a folder")
    run = KeptRun(folder, manifest)
    summary = run.frame("summary.csv")
    of = quantity(measure, [*dict.fromkeys(summary["service_type"]), ALL_SERVICES])
    mine = summary[(summary["measure"] == of.measure) & (summary["service_type"] == of.service_type)]
    columns = ["framework", "mean", "low", "high", "replications"]
    beside = [other for other in _beside(folder) if _same_world(run.scenario, other.scenario)]
    return Origin(
        run,
        of,
        mine[columns].reset_index(drop=True),
        {name: _events(folder, name) for name in _tables_of(of)},
        tuple(_parts(other, of) for other in beside if _explains(other, of)),
        tuple(_swings(other) for other in beside if _varies(other, of)),
    )


def _tables_of(of: Quantity) -> tuple[str, ...]:
    return next(tables for measures, tables in _EVENTS if of.of in measures)


def _events(folder: Path, name: str) -> Path | None:
    file = folder / f"{name}.parquet"
    return file if file.is_file() else None


def _beside(folder: Path) -> Iterator[KeptRun]:
    """Return the runs whose folders lie beside a folder, in the order of their names."""
    for path in sorted(folder.resolve().parent.iterdir()):
        manifest = read_manifest(path) if path.is_dir() else None
        if manifest is not None and manifest.get("question") in ("explain", "sensitivity"):
            yield KeptRun(path, manifest)


def _same_world(one: Scenario, other: Scenario) -> bool:
    return _world(one) == _world(other)


def _world(scenario: Scenario) -> dict[str, Any]:
    settings = scenario.settings()
    run = {name: value for name, value in settings["run"].items() if name not in (*_OF_THIS_RUN, "warm_up_framework")}
    return {**settings, "title": "", "description": "", "run": run}


def _explains(run: KeptRun, of: Quantity) -> bool:
    return run.question == "explain" and str(of) in run.manifest["measures"]


def _varies(run: KeptRun, of: Quantity) -> bool:
    return run.question == "sensitivity" and run.manifest["measure"] == str(of)


def _parts(run: KeptRun, of: Quantity) -> Movers:
    parts = run.frame("parts.csv")
    mine = parts[(parts["measure"] == of.measure) & (parts["service_type"] == of.service_type)]
    rows = [
        Mover(
            str(row["part"]),
            estimate_of(row, ("value", "value_low", "value_high")),
            str(row["paragraphs"]) if isinstance(row["paragraphs"], str) else "",
        )
        for row in mine.to_dict("records")
    ]
    ordered = sorted(rows, key=lambda row: -abs(row.difference.mean))
    return Movers(run.folder, str(run.manifest["frameworks"][0]), tuple(ordered))


def _swings(run: KeptRun) -> Movers:
    swings = run.frame("swings.csv")
    ends = swings[swings["assumption"].notna() & swings["change"].notna()]
    widest = ends.loc[ends.groupby("assumption")["change"].apply(lambda change: change.abs().idxmax())]
    rows = []
    for row in widest.to_dict("records"):
        key = str(row["assumption"])
        change = estimate_of(row, ("change", "change_low", "change_high"))
        rows.append(Mover(title_of(key), change, _source(run.scenario, key)))
    ordered = sorted(rows, key=lambda row: -abs(row.difference.mean))[:_MOST]
    return Movers(run.folder, str(run.manifest["difference"][0]), tuple(ordered))


def _source(scenario: Scenario, key: str) -> str:
    resting = covering(scenario.evidence, key)
    if resting is None:
        return "a clause of the framework"
    evidence = scenario.evidence[resting]
    return f"{MARKS[evidence.mark]}: {evidence.source}"
