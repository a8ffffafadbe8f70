"""`make bench`: measure everything in one run, print the ratios, write ``docs/performance.md``."""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from simulator.running.crews import cores

from . import replications, sizes, starts
from .bounds import bounds
from .machine import machine
from .page import MEASURED, PAGE, page_of
from .settings import YEARS

WORKERS: Final = (1, 2)


def main() -> None:
    """Measure, print and write."""
    options = asked()
    begin = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - begin:6.0f} s  {what}", flush=True)

    measured: dict[str, Any] = {"machine": machine()}
    with tempfile.TemporaryDirectory() as folder:
        say("England: both engines in turn")
        measured["england"] = replications.england(options.rounds)
        tell(measured["england"]["seconds"])
        say("a comparison of England: with one warm-up for all, and with one for each")
        measured["comparison"] = replications.comparison(options.rounds)
        tell(measured["comparison"]["seconds"])
        say("the trial: engines, plain model and C in turn")
        measured["trial"] = replications.trial(options.rounds, Path(folder))
        tell(measured["trial"]["seconds"])
        say("starting")
        starts.first_replication()  # loads what the file system does not have at hand
        measured["helps"] = starts.helps(options.rounds)
        measured["firsts"] = [starts.first_replication() for _ in range(options.rounds)]
        say("sizes")
        times = tuple(each for each in sizes.TIMES if each <= options.largest)
        measured["sizes"] = sizes.sizes(times, options.years)
        say("one worker and two")
        runs = [(str(workers), starts.comparison(workers, options.some)) for _ in range(2) for workers in WORKERS]
        by_workers = {str(workers): [run for which, run in runs if which == str(workers)] for workers in WORKERS}
        measured["workers"] = {"replications": options.some, "runs": by_workers}
        say("compiling everything")
        measured["cold"] = starts.first_replication(cache=Path(folder) / "cache")
        say(f"four frameworks × {options.many} replications")
        whole = starts.comparison(cores(), options.many)
        measured["whole"] = {"replications": options.many, "workers": cores(), **whole}
    say("done")
    for each in bounds(measured):
        must = "at most" if each.is_ceiling else "at least"
        print(
            f"{'holds' if each.holds else 'FAILS'}  {each.what}: {each.least:.3g} {each.unit} ({must} {each.bound:g})"
        )
    write(options.measured, json.dumps(measured, indent=1, ensure_ascii=False) + "\n")
    write(options.page, page_of(measured))


def tell(seconds: Mapping[str, Sequence[float]]) -> None:
    """Print the least time of each way at once: what comes later takes long."""
    for name, times in seconds.items():
        print(f"{'':10}{name}: {1e3 * min(times):,.1f} ms")


def asked() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="of every way that takes turns [7]")
    parser.add_argument("--largest", type=float, default=sizes.TIMES[-1], help="as many times the providers [100]")
    parser.add_argument("--years", type=int, default=YEARS, help="measured at the largest size [10]")
    parser.add_argument("--some", type=int, default=20, help="replications with one worker and two [20]")
    parser.add_argument("--many", type=int, default=250, help="replications of the last, longest comparison [250]")
    parser.add_argument("--measured", type=Path, default=MEASURED, help="file of what was measured")
    parser.add_argument("--page", type=Path, default=PAGE, help="page to write")
    return parser.parse_args()


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)  # noqa: PTH105 (the words say what it is: one step)


if __name__ == "__main__":
    main()
