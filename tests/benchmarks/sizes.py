"""What an event costs, and how much memory a run takes, as providers grow a hundredfold."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

from simulator.measures.observed import observe

from . import c_loop, settings
from .replications import events
from .timing import forget_peak, fresh, peak_megabytes

Model = Literal["england", "trial", "C"]
MODELS: Final[tuple[Model, ...]] = ("england", "trial", "C")
TIMES: Final = (1, 10, 100)
RUNS: Final = {1: 7, 10: 3, 100: 2}
"""Replications at each size, after one that loads what is compiled."""
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
            row = fresh("sizes", model, each, years)
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
    """Run one model at one size in this process."""
    with tempfile.TemporaryDirectory() as folder:
        run, count, of = _runs(model, times, years, Path(folder))
        prepared = peak_megabytes()
        forget_peak()
        seconds = [_seconds(run, replication) for replication in range(RUNS.get(int(times), 2))]
        peak = peak_megabytes()
        return {
            "model": model,
            "times": times,
            "providers": len(of.setting.providers),
            "years": (of.setting.horizon - of.setting.begins) / 525_960,
            "events": count() if model != "england" or times <= COUNTED_UP_TO else None,
            "seconds": seconds,
            "prepared_megabytes": prepared,
            "run_megabytes": peak,
        }


def _runs(
    model: Model, times: float, years: int, folder: Path
) -> tuple[Callable[[int], object], Callable[[], int], settings.Posed]:
    """Load what is compiled; give what runs a replication, what counts the events of the first, and the setting."""
    observe(settings.trial(0.01, 1).setting, 0)
    if model == "england":
        england = settings.england(times, years)
        return lambda replication: observe(england.setting, replication), lambda: events(england.setting), england
    trial = settings.trial(times, years)
    if model == "C":
        run = c_loop.Loop(folder).on(trial.setting, looks=c_loop.yearly_looks(trial.setting))
        return run, lambda: sum(run(0).events.values()), trial
    return lambda replication: observe(trial.setting, replication), lambda: _counted(trial, folder), trial


def _counted(trial: settings.Posed, folder: Path) -> int:
    """Count the events of the trial by the loop in C, which has the same (but for empty draws of samples)."""
    if c_loop.compiler() is None:
        return events(trial.setting)
    looks = c_loop.yearly_looks(trial.setting)
    return sum(c_loop.Loop(folder).run(trial.setting, 0, looks=looks).events.values())


def _seconds(run: Callable[[int], object], replication: int) -> float:
    begin = time.process_time()
    run(replication)
    return time.process_time() - begin


if __name__ == "__main__":
    print(json.dumps(one_size(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))))  # type: ignore[arg-type]
