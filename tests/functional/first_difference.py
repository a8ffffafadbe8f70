"""The first event at which the two engines part.

Both are run as plain Python (``NUMBA_DISABLE_JIT=1``) in a process of their own, each with its own loop and its own
agenda, and their events are written down in order, with a checksum of the state after each. Where an event is another
the agendas differ; where the state after the same event is another, that event has gone another way, and the first
table, row and field that differ are named. If they never part like that, machine code differs from its source.

By hand, on a question of few providers or years, since plain Python is slow::

    python -m tests.functional.first_difference tests/data/small.toml option-a
"""

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import config

from simulator.engine import compiled_engine
from simulator.engine.agenda import DRAW, EVENT_NAMES, MONTH, START, TAKEOVER
from simulator.engine.fetching import provider_of
from simulator.engine.run import ENGINES, Engine, simulate
from simulator.engine.setting import Setting
from simulator.engine.simpy_engine import Watcher, simulate_simpy
from simulator.engine.state import State
from simulator.engine.trace import Trace
from simulator.inspectorate.samples import SAMPLES_PER_TYPE
from simulator.ticks import TICKS_PER_DAY
from simulator.world.services import SERVICE_TYPES

ROOT: Final = Path(__file__).parents[2]
NAMES: Final[dict[Engine, str]] = {"compiled": "the compiled engine", "simpy": "the SimPy engine"}
CHANGING: Final = (
    "providers",
    "strands",
    "quality",
    "beliefs",
    "occurrences",
    "last_raised",
    "slots",
    "plans",
    "work",
    "backlog",
    "pools",
    "accounts",
    "exposure",
    "ratings",
    "held",
    "held_by_authority",
    "held_by_year",
    "steps_taken",
)
"""Tables of the state that handlers change; those that engines drain are compared as traces."""

IN_A_PROCESS: Final = "from tests.functional.first_difference import in_this_process; in_this_process()"


class Step(NamedTuple):
    """An event that has happened."""

    time: int
    kind: int
    subject: int
    place: int
    """Row of the provider that it is about, -1 if it is about none."""
    checksum: int
    """Of the state after it."""

    @property
    def event(self) -> tuple[int, int, int]:
        """What happened, whatever came of it."""
        return self.time, self.kind, self.subject


Settings = dict[Engine, Setting]


def first_difference(setting: Setting, replication: int, simpy: Setting | None = None, before: str = "") -> str:
    """Say at which event the engines part, and which rows of their tables differ first.

    Parameters
    ----------
    setting : Setting
        For both engines, or for the compiled one if the other has one of its own.
    replication : int
    simpy : Setting, optional
        For the SimPy engine, to see that a difference is found.
    before : str
        Python to be run first where the engines are stepped through, for the same purpose.
    """
    settings: Settings = {"compiled": setting, "simpy": simpy or setting}
    with tempfile.TemporaryDirectory() as folder:
        question = Path(folder) / "question"
        question.write_bytes(pickle.dumps((settings, replication)))
        command = [sys.executable, "-c", f"{before}\n{IN_A_PROCESS}", str(question)]
        environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
        events = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
    compiled, other = (simulate(settings[engine], replication, engine) for engine in ENGINES)
    return "\n".join([events.rstrip(), *rows_that_differ(compiled, other)])


def in_this_process() -> None:
    """Step through both engines as plain Python and print where they part; the question is in the file named."""
    settings, replication = pickle.loads(Path(sys.argv[1]).read_bytes())
    print(first_event_that_differs(settings, replication))


def first_event_that_differs(settings: Settings, replication: int) -> str:
    """Say at which event the engines part, in a process where nothing is compiled."""
    logs = {engine: log_of(engine, settings[engine], replication) for engine in ENGINES}
    pairs = zip_longest(logs["compiled"], logs["simpy"])
    number = next((position for position, (ours, theirs) in enumerate(pairs) if ours != theirs), None)
    if number is None:
        return (
            f"All {len(logs['simpy']):,} events are the same where both engines are run as plain Python: "
            "where their traces differ, machine code does not do what its source says."
        )
    steps = {engine: log[number] if number < len(log) else None for engine, log in logs.items()}
    ours, theirs = steps["compiled"], steps["simpy"]
    if ours is None or theirs is None or ours.event != theirs.event:
        said = (
            f"{NAMES[engine]} has {step_words(step, settings[engine]) if step else 'no event any more'}"
            for engine, step in steps.items()
        )
        return f"Event {number + 1:,} is another, though the state before it is the same: {'; '.join(said)}."
    states = [state_after(engine, settings[engine], replication, number) for engine in ENGINES]
    head = f"Event {number + 1:,}, {step_words(ours, settings['compiled'])}, goes another way:"
    return "\n".join([head, *fields_that_differ(*states)])


def log_of(engine: Engine, setting: Setting, replication: int) -> list[Step]:
    """Run an engine and write down its events."""
    log: list[Step] = []

    def note(state: State, at: int, kind: int, subject: int) -> None:
        log.append(Step(at, kind, subject, int(provider_of(state, kind, subject)), checksum(state)))

    run_watched(engine, setting, replication, note)
    return log


def state_after(engine: Engine, setting: Setting, replication: int, number: int) -> dict[str, npt.NDArray[Any]]:
    """Run an engine and give its tables as they are after the event at position `number`."""
    tables: dict[str, npt.NDArray[Any]] = {}
    left = iter(range(number, -1, -1))

    def note(state: State, *_: int) -> None:
        if next(left, None) == 0:
            tables.update({name: getattr(state, name).copy() for name in CHANGING})

    run_watched(engine, setting, replication, note)
    return tables


def run_watched(engine: Engine, setting: Setting, replication: int, watch: Watcher) -> None:
    """Run an engine and let `watch` see the state after each event."""
    if engine == "simpy":
        simulate_simpy(setting, replication, watch)
        return
    with shown_events(watch):
        simulate(setting, replication, "compiled")


@contextmanager
def shown_events(watch: Watcher) -> Iterator[None]:
    """Let the loop of the compiled engine, run as plain Python, show each event to `watch`."""
    assert config.DISABLE_JIT, "machine code shows nobody its events"
    loop: Any = compiled_engine
    happen = loop.happen

    def happen_and_show(state: State, at: int, kind: int, subject: int) -> None:
        happen(state, at, kind, subject)
        watch(state, int(at), int(kind), int(subject))

    loop.happen = happen_and_show
    try:
        yield
    finally:
        loop.happen = happen


def checksum(state: State) -> int:
    """Sum up the tables that handlers change."""
    total = 0
    for name in CHANGING:
        total = zlib.crc32(getattr(state, name).tobytes(), total)
    return total


def step_words(step: Step, setting: Setting) -> str:
    """Tell an event: what, of whom, when."""
    service_type, sample = divmod(step.subject, SAMPLES_PER_TYPE)
    of: dict[int, Callable[[], str]] = {
        TAKEOVER: lambda: setting.timeline[step.subject],
        MONTH: lambda: f"number {step.subject}",
        DRAW: lambda: f"sample {sample} of {SERVICE_TYPES[service_type]}",
        START: lambda: f"pool {setting.pools[step.subject]}",
    }
    named = of.get(step.kind, lambda: f"{setting.register[step.place]} ({step.subject})")()
    moment = datetime.combine(setting.epoch, time()) + timedelta(days=step.time / TICKS_PER_DAY)
    return f"{EVENT_NAMES[step.kind]} of {named} at {moment:%Y-%m-%d %H:%M} (tick {step.time})"


def fields_that_differ(ours: dict[str, npt.NDArray[Any]], theirs: dict[str, npt.NDArray[Any]]) -> list[str]:
    """Tell, of each table of two states that differs, the first row and field that do."""
    return [line for name in CHANGING for line in _first_row(name, ours[name], theirs[name])]


def rows_that_differ(compiled: Trace, simpy: Trace) -> list[str]:
    """Tell, of each table of two traces that differs, the first row that does."""
    pairs = ((name, getattr(compiled, name), getattr(simpy, name)) for name in Trace._fields)
    return [line for name, ours, theirs in pairs for line in _first_row(name, np.asarray(ours), np.asarray(theirs))]


def _first_row(name: str, ours: npt.NDArray[Any], theirs: npt.NDArray[Any]) -> list[str]:
    if np.array_equal(ours, theirs):
        return []
    rows = [" × ".join(map(str, table.shape)) for table in (ours, theirs)]
    lines = (
        [f"{name}: {NAMES['compiled']} has {rows[0]} rows, {NAMES['simpy']} {rows[1]}"] if rows[0] != rows[1] else []
    )
    both = tuple(slice(min(sizes)) for sizes in zip(ours.shape, theirs.shape, strict=True))
    apart = np.argwhere(np.atleast_1d(ours[both] != theirs[both]))
    if not len(apart):
        return lines
    at = tuple(int(i) for i in apart[0])
    mine, other = np.atleast_1d(ours)[at], np.atleast_1d(theirs)[at]
    values = [("", mine, other)]
    if ours.dtype.names:
        values = [(f" {key}", mine[key], other[key]) for key in ours.dtype.names if np.any(mine[key] != other[key])]
    where = ", ".join(map(str, at))
    said = (f"{name}[{where}]{key}: {NAMES['compiled']} has {a}, {NAMES['simpy']} {b}" for key, a, b in values)
    return [*lines, *said]


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask on the command line."""
    from simulator.inspectorate.framework import load_framework
    from simulator.running.question import posed, settings_of
    from simulator.scenario.scenario import load_scenario

    parser = argparse.ArgumentParser(prog="python -m tests.functional.first_difference")
    parser.add_argument("scenario", help="name of a scenario, or path of a TOML file")
    parser.add_argument("framework", help="name of a framework, or path of a TOML file")
    parser.add_argument("--replication", type=int, default=0)
    options = parser.parse_args(arguments)
    question = posed(load_scenario(options.scenario), [load_framework(options.framework)])
    print(first_difference(settings_of(question)[0], options.replication))


if __name__ == "__main__":
    main()
