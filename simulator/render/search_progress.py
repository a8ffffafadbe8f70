"""Progress of a search: a bar with the time left on a terminal, elsewhere a line for each number tried."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from simulator.engine.run import Engine
from simulator.render.terminal import announce_compiling
from simulator.running.pace import Progress, Told
from simulator.words.wording import time_told

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def search_progress(console: "Console", engine: Engine = "compiled") -> Iterator[Told]:
    """Show the progress of a search, with an estimate of the time left."""
    announce_compiling(console, engine)
    if not console.is_terminal:
        yield _plain_lines(console)
        return
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("about"), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(progress: Progress) -> None:
            bar.update(task, description=str(progress.level), completed=progress.done, total=progress.about)

        yield show


def _plain_lines(console: "Console") -> Told:
    began = monotonic()
    first: int | None = None

    def tell(progress: Progress) -> None:
        nonlocal first
        first = progress.done if first is None else first
        if progress.standing is None:
            return
        fresh = progress.done - first
        left = ""
        if fresh > 0:
            seconds = (monotonic() - began) / fresh * (progress.about - progress.done)
            left = f", about {time_told(seconds)} left"
        console.print(f"{progress.level}: {progress.standing} ({progress.done} runs done{left})", soft_wrap=True)

    return tell
