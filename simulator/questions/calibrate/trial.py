"""Trials: a scenario run with the mechanisms at one place of the search, and its records counted like real ones.

This is the only module of calibration that knows how a run is set up and what it leaves behind.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from simulator.engine.recorded import DONE
from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kinds import KINDS
from simulator.questions.calibrate.implied import IMPLIED, implied
from simulator.questions.calibrate.mechanisms import (
    SEVERITY,
    Values,
    changes,
    full_kind,
    noises,
    severity_clause,
    severity_places,
)
from simulator.questions.calibrate.moments import readings
from simulator.questions.calibrate.records import (
    FULL,
    INTERIM,
    MONITORING,
    Inspections,
    Matrix,
    in_order,
    year_starts,
)
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import Scenario
from simulator.ticks import TICKS_PER_DAY, day_of
from simulator.world.quality import write_quality
from simulator.world.services import SERVICE_TYPES
from simulator.world.signals import write_signals

Progress = Callable[[int], None]
"""Told how many runs have been made since it was last told."""

PROVIDERS: Final = "providers_inspected"
"""Name of the number of providers inspected in a run, which can be wanted beside its figures."""
_AHEAD: Final = 4
"""Trials handed to the workers in advance, for each of them."""


@dataclass(frozen=True)
class Bench:
    """What all trials of a calibration share."""

    scenario: Scenario
    framework: Framework
    service_type: str
    setting: Setting
    """Of the scenario as it is; trials replace in it only what a mechanism says."""


def bench_of(scenario: Scenario, framework: Framework, service_type: str) -> Bench:
    """Set up the trials of a scenario under one framework, from its warm-up on.

    Raises
    ------
    InputError
        If scenario and framework do not go together, or the scenario has no provider of the service type.
    """
    if not scenario.population.count(service_type):
        raise InputError(
            f"population.types.{service_type}.count: the scenario has no provider of the service type whose records "
            "are given; allowed: a number above 0"
        )
    full_kind(framework, service_type)
    question = posed(scenario, [framework])
    return Bench(scenario, framework, service_type, settings_of(question)[0])


def setting_at(bench: Bench, values: Values) -> Setting:
    """Return the setting with the mechanisms at some values.

    Only the numbers that a mechanism says are written again, since reading and checking a whole scenario takes
    several times as long as running it.
    """
    told = changes(values, [bench.service_type], [bench.service_type])
    quality, signals = bench.scenario.quality, bench.scenario.signals
    before = quality.model_dump() | {"natural_shares": {}}  # the speed need not suit types that are not tried
    quality = type(quality).model_validate(_merged(before, told["quality"]))
    signals = type(signals).model_validate(_merged(signals.model_dump(), told["signals"]))
    services = bench.setting.services.copy()
    service = services[SERVICE_TYPES.index(bench.service_type)]
    write_quality(service, quality, bench.service_type)
    write_signals(service, signals, bench.scenario.population.types[bench.service_type].closures)
    policies = bench.setting.policies.copy()
    for name, sigma in noises(bench.framework, values, bench.service_type).items():
        policies["sigma"][:, KINDS.index(name)] = sigma
    if clause := severity_clause(bench.framework, bench.service_type):
        for name, position in severity_places(bench.framework, clause):
            policies["severity"][:, SERVICE_TYPES.index(name), position] = -values[SEVERITY]
    return replace(bench.setting, services=services, policies=policies)


def _merged(before: dict[str, object], changed: dict[str, object]) -> dict[str, object]:
    result = dict(before)
    for name, value in changed.items():
        old = result.get(name)
        result[name] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def inspections_of(trace: Trace, service_type: str, years: int) -> Inspections:
    """Turn a run into records like those of a department: what was done in the measured years, by its first day."""
    rows = trace.inspections
    day = (rows["started"] - trace.measured_from) // TICKS_PER_DAY
    starts = year_starts(_measured_start(trace), years)
    wanted = (rows["service_type"] == SERVICE_TYPES.index(service_type)) & (rows["status"] == DONE)
    wanted &= (rows["started"] >= trace.measured_from) & (day < starts[-1])
    rows, day = rows[wanted], day[wanted]
    graded, directed = rows["judged"] > 0, np.isin(rows["kind"], [KINDS.index("interim")])
    kind = np.where(graded, FULL, np.where(directed, INTERIM, MONITORING)).astype(np.int64)
    most = int(rows["provider"].max(initial=0)) + 1
    return in_order(
        Inspections(
            rows["generation"] * most + rows["provider"],
            day,
            kind,
            np.ascontiguousarray(rows["judged"]),
            np.ascontiguousarray(rows["direction"]),
            starts,
        )
    )


def _measured_start(trace: Trace) -> date:
    return day_of(trace.measured_from, trace.epoch)


def run_trials(
    bench: Bench,
    trials: Sequence[Values],
    replications: Sequence[int],
    names: Sequence[str],
    workers: int = 1,
    progress: Progress = lambda _: None,
) -> Iterator[Matrix]:
    """Run every trial in every replication, all with the same random numbers.

    Parameters
    ----------
    bench
        What they share.
    trials
        The values of the mechanisms of each.
    replications
        Their numbers: common random numbers, so that two trials differ by their mechanisms alone.
    names
        Figures to count, `PROVIDERS`, and of `IMPLIED` what is wanted.
    workers
        Runs at a time; changes no result.
    progress
        Told after each trial.

    Yields
    ------
    ndarray of shape (replications, names)
        For each trial, in order; not a number where there was no case to count.
    """
    hidden = any(name in IMPLIED for name in names)

    def one(values: Values) -> Matrix:
        setting = setting_at(bench, values)
        rows = []
        for replication in replications:
            trace = simulate(setting, replication)
            seen = inspections_of(trace, bench.service_type, bench.scenario.run.years)
            told = {name: reading.value for name, reading in readings(seen).items()} | {PROVIDERS: seen.providers}
            told |= implied(trace, setting, bench.service_type) if hidden else {}
            rows.append([told[name] for name in names])
        return np.array(rows)

    if workers == 1:
        for values in trials:
            yield one(values)
            progress(len(replications))
        return
    with ThreadPoolExecutor(workers) as executor:
        try:
            for start in range(0, len(trials), _AHEAD * workers):
                for found in executor.map(one, trials[start : start + _AHEAD * workers]):
                    yield found
                    progress(len(replications))
        except BaseException:
            executor.shutdown(cancel_futures=True)
            raise


def mean_of(found: Matrix) -> Matrix:
    """Return the mean over replications, of those that had a case."""
    there = np.isfinite(found)
    total = np.where(there, found, 0.0).sum(axis=0)
    number = there.sum(axis=0)
    mean: Matrix = np.where(number > 0, total / np.maximum(number, 1), np.nan)
    return mean
