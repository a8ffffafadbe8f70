"""What every command shows on the terminal: how far its runs are, where its files are, and what is shipped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Final

from simulator.engine.run import Engine
from simulator.running.runner import must_compile
from simulator.scenario.scenario import load_scenario, shipped_scenarios
from simulator.words.wording import time_told

if TYPE_CHECKING:
    from rich.console import Console

_STEPS: Final = 10
"""Number of plain lines that report progress, from start to end."""


def print_scenarios(console: "Console") -> None:
    """List the shipped scenarios with their titles and descriptions."""
    from rich.padding import Padding

    for name in shipped_scenarios():
        scenario = load_scenario(name)
        console.print(f"{name}: {scenario.title}", soft_wrap=True)
        console.print(Padding(" ".join(scenario.description.split()), (0, 0, 1, 2)))


def announce_compiling(console: "Console", engine: Engine = "compiled") -> None:
    """Report why nothing is seen for a while, if the engine must be compiled first."""
    if must_compile(engine):
        console.print("Compiling the simulator: once per version, about a minute ...")


@contextmanager
def compiling(console: "Console") -> Iterator[None]:
    """Report the wait, if the engine must be compiled first; there is no other progress."""
    announce_compiling(console)
    yield


Told = Callable[[int, int], None]


@contextmanager
def progress(console: "Console", engine: Engine = "compiled") -> Iterator[Told]:
    """Show the progress of a series of runs: a bar on a terminal, a plain line now and then elsewhere.

    The first report warns if the first run will take longer.
    """
    if not console.is_terminal:
        yield _plain_lines(console, engine)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Runs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        told = False

        def show(done: int, of: int) -> None:
            nonlocal told
            if not told:
                announce_compiling(console, engine)
                told = True
            bar.update(task, completed=done, total=of)

        yield show


def _plain_lines(console: "Console", engine: Engine) -> Told:
    began, first, total, told = 0.0, -1, 0, 0

    def tell(done: int, of: int) -> None:
        nonlocal began, first, total, told
        if first < 0:
            announce_compiling(console, engine)
            first, total = done, of
        elif not began:  # compiling is not what the other runs will take
            began, first = monotonic(), done
        if of > total:
            total, told = of, done * _STEPS // of
            console.print(f"{done} runs are not enough for the precision asked: about {of} in all", highlight=False)
        if done * _STEPS // of > told:
            told = done * _STEPS // of
            left = ""
            if began and first < done < of:
                left = f", about {time_told((monotonic() - began) / (done - first) * (of - done))} left"
            console.print(f"{done} of {of} runs done{left}", highlight=False)

    return tell
