"""What an event costs, and how much memory a run takes, as providers grow a hundredfold."""

import json
import pickle
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

from simulator.engine.setting import Setting
from simulator.measures.observed import observe

from . import c_loop, settings
from .replications import events
from .timing import fresh, peak_megabytes

Model = Literal["england", "trial", "C"]
MODELS: Final[tuple[Model, ...]] = ("england", "trial", "C")
TIMES: Final = (1, 10, 100)
RUNS: Final = {1: 7, 10: 3, 100: 2}
"""Replications at each size."""
COUNTED_UP_TO: Final = 10
"""Times as many providers as there are, up to which events are counted: further on they grow in proportion."""


def sizes(times: tuple[float, ...] = TIMES, largest_years: int = settings.YEARS) -> list[dict[str, Any]]:
    """Take each model at each size, in a process of its own; the loop in C is left out where there is no compiler.

    Parameters
    ----------
    times
        As many times the providers.
    largest_years
        Years measured at the last of these sizes: fewer take less time.
    """
    rows: list[dict[str, Any]] = []
    for model in MODELS:
        if model == "C" and c_loop.compiler() is None:
            continue
        for each in times:
            years = largest_years if each == times[-1] else settings.YEARS
            row = one_size(model, each, years)
            if row["events"] is None:
                smaller = next(before for before in reversed(rows) if before["events"] and before["model"] == model)
                per_year = smaller["events"] / smaller["years"] / smaller["providers"]
                row |= {"events": round(per_year * row["years"] * row["providers"]), "events_estimated": True}
            rows.append(row)
            print(
                f"{'':10}{model} × {each:g}: {1e6 * min(row['seconds']) / row['events']:.2f} µs for each event",
                flush=True,
            )
    return rows


def one_size(model: Model, times: float, years: int) -> dict[str, Any]:
    """Draw the providers in one process and run replications in another, as workers that are processes do."""
    with tempfile.TemporaryDirectory() as folder:
        posed = Path(folder) / "setting"
        return {
            "model": model,
            "times": times,
            **fresh("sizes", "draw", model, times, years, posed),
            **fresh("sizes", "run", model, times, posed),
        }


def draw(model: Model, times: float, years: int, posed: Path) -> dict[str, Any]:
    """Draw the providers in this process; write the setting to the file `posed`, and before it one of few providers."""
    setting = (settings.england if model == "england" else settings.trial)(times, years).setting
    posed.write_bytes(pickle.dumps(settings.trial(0.01, 1).setting) + pickle.dumps(setting))
    return {
        "providers": len(setting.providers),
        "years": (setting.horizon - setting.begins) / 525_960,
        "prepared_megabytes": peak_megabytes(),
    }


def run(model: Model, times: float, posed: Path) -> dict[str, Any]:
    """Run replications of the setting in the file `posed` in this process."""
    with posed.open("rb") as file:
        observe(pickle.load(file), 0)  # loads what is compiled
        setting: Setting = pickle.load(file)
    once, count = _ways(model, setting, posed.parent)
    seconds = [_seconds(once, replication) for replication in range(RUNS.get(int(times), 2))]
    peak = peak_megabytes()  # before events are counted, which SimPy does
    return {
        "events": count() if model != "england" or times <= COUNTED_UP_TO else None,
        "seconds": seconds,
        "run_megabytes": peak,
    }


def _ways(model: Model, setting: Setting, folder: Path) -> tuple[Callable[[int], object], Callable[[], int]]:
    """Give what runs a replication, and what counts the events of the first."""
    if model == "C":
        loop = c_loop.Loop(folder).on(setting, looks=c_loop.yearly_looks(setting))
        return loop, lambda: sum(loop(0).events.values())
    counted = (lambda: events(setting)) if model == "england" else (lambda: _counted(setting, folder))
    return lambda replication: observe(setting, replication), counted


def _counted(trial: Setting, folder: Path) -> int:
    """Count the events of the trial by the loop in C, which has the same (but for empty draws of samples)."""
    if c_loop.compiler() is None:
        return events(trial)
    looks = c_loop.yearly_looks(trial)
    return sum(c_loop.Loop(folder).run(trial, 0, looks=looks).events.values())


def _seconds(run: Callable[[int], object], replication: int) -> float:
    begin = time.process_time()
    run(replication)
    return time.process_time() - begin


if __name__ == "__main__":
    step, model, times, *others, posed = sys.argv[1:]
    if step == "draw":
        print(json.dumps(draw(model, float(times), int(others[0]), Path(posed))))  # type: ignore[arg-type]
    else:
        print(json.dumps(run(model, float(times), Path(posed))))  # type: ignore[arg-type]
