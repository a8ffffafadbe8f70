"""How soon the program answers: `--help`, the first replication of a comparison, and the very first of all."""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from .timing import ROOT, fresh, peak_megabytes, spend

PROGRAM: Final = (sys.executable, "-c", "from simulator.commands.cli import main; main()")


def helps(rounds: int) -> list[float]:
    """Take the CPU seconds of ``inspectsim --help``."""
    return [spend([*PROGRAM, "--help"]).cpu for _ in range(rounds)]


def first_replication(cache: Path | None = None, scenario: str = "england-2006") -> dict[str, float]:
    """Take how long a comparison needs until its first replication begins, in a process of its own.

    Parameters
    ----------
    cache
        Folder under which compiled code is looked for and kept; the usual one if left out.
    scenario
        What is compared.

    Returns
    -------
    dict
        ``wall`` seconds from the start of the process until the first replication begins: when it has ended, less
        what the second one takes, since compiled code is made or loaded with the first. ``cpu`` seconds and ``peak``
        megabytes until the first replication has ended.
    """
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    if cache is not None:
        environment["XDG_CACHE_HOME"] = str(cache)
    measured: dict[str, float] = fresh("starts", time.monotonic(), scenario, environment=environment)
    return measured


class _Enough(BaseException):
    """What ends a comparison of which all is measured."""


def _measure(began: float, scenario: str) -> dict[str, Any]:
    """Run two replications of a comparison of one framework in this process, which was begun at `began`."""
    from simulator.engine import compiled_engine

    engine: Any = compiled_engine
    simulate = engine.simulate_compiled
    lasted: list[float] = []
    first: dict[str, float] = {}

    def timed(*arguments: Any) -> Any:
        begin = time.monotonic()
        trace = simulate(*arguments)
        end = time.monotonic()
        lasted.append(end - begin)
        if not first:
            first.update(end=end, cpu=time.process_time(), peak=peak_megabytes())
        if len(lasted) > 1:
            raise _Enough
        return trace

    engine.simulate_compiled = timed
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:  # noqa: PTH123 (no path of ours)
        say, sys.stdout = sys.stdout, nowhere
        options = ["--framework", "2006-regime", "--replications", "2", "--workers", "1", "--out", f"{folder}/out"]
        sys.argv = ["inspectsim", "compare", scenario, *options]
        try:
            from simulator.commands.cli import main

            main()
        except _Enough:
            pass
        finally:
            sys.stdout = say
    return {"wall": first["end"] - lasted[1] - began, "cpu": first["cpu"], "peak": first["peak"]}


def comparison(workers: int, replications: int, scenario: str = "england-2006") -> dict[str, float]:
    """Take the wall and CPU seconds of a whole comparison, charts and tables included, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--replications", str(replications), "--workers", str(workers), "--out", f"{folder}/out"]
        spent = spend([*PROGRAM, "compare", scenario, *options])
    return {"wall": spent.wall, "cpu": spent.cpu}


if __name__ == "__main__":
    assert Path.cwd() == ROOT
    print(json.dumps(_measure(float(sys.argv[1]), sys.argv[2])))
