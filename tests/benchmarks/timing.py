"""How time is taken: of several ways to do the same in turn, and of processes of their own."""

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
STATUS: Final = Path("/proc/self/status")


class Way(NamedTuple):
    """A way to make a replication."""

    run: Callable[[int], object]
    times: int = 1
    """How often in each round: quick ones more often, so that noise finds its way out of them too."""


def alternate(ways: Mapping[str, Way], rounds: int) -> dict[str, list[float]]:
    """Take the CPU seconds of each way to make replications 0, 1, ... in turn: once round before any is done again.

    Each is run once before, so that nothing is compiled or loaded under the clock.
    """
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way.run(0)
    for replication in range(rounds):
        for name, way in ways.items():
            for _ in range(way.times):
                gc.collect()
                begin = time.process_time()
                way.run(replication)
                seconds[name].append(time.process_time() - begin)
    return seconds


class Spent(NamedTuple):
    """What a process of its own took."""

    cpu: float
    """Seconds, of all its threads and of those whom it waited for."""
    wall: float
    said: str


def spend(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command from the root of the project and wait for its end."""
    begin = time.monotonic()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{out.read()}{errors.read()}")
        return Spent(usage.ru_utime + usage.ru_stime, wall, out.read())


def fresh(module: str, *arguments: object, environment: Mapping[str, str] | None = None) -> Any:
    """Run a module of the benchmarks in a process of its own and read what it prints as JSON."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments)]
    return json.loads(spend(command, environment or os.environ).said)


def peak_megabytes() -> float:
    """Give the most memory that this process has had.

    It is the kernel's own count (``VmHWM``): that of `resource.getrusage` would have in it the process that this one
    was forked from. Where there is none, it is not a number.
    """
    if not STATUS.exists():
        return float("nan")
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
