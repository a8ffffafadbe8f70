"""Crews on this machine: this thread, several threads, or processes of their own.

The compiled engine leaves the interpreter lock, so threads are quickest to begin; the SimPy engine holds it, and needs
processes.
"""

import pickle
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator.running import members
from simulator.running.batch_files import Part, parts_of
from simulator.running.batches import Batch, Work, carried_out
from simulator.running.crew import Crew, CrewOpener, Stop
from simulator.running.interruption import out_of_reach
from simulator.running.program import program


class _Alone:
    """Nobody but this thread: a batch is carried out when it is handed in."""

    workers, ahead = 1, 0

    def __init__(self, work: Work, stop: Stop) -> None:
        self._work, self._stop = work, stop

    def submit(self, batch: Batch) -> "Future[list[Part]]":
        """Carry out a batch."""
        done: Future[list[Part]] = Future()
        done.set_result(parts_of(carried_out(self._work, batch, self._stop)))
        return done

    def renew(self) -> None:
        """Nobody can be lost."""

    def end_early(self) -> None:
        """The batch under way asks by itself."""


@contextmanager
def here(work: Work, stop: Stop) -> Iterator[Crew]:
    """Carry out batches in this thread, one after another."""
    yield _Alone(work, stop)


class _Threads:
    def __init__(self, work: Work, workers: int, executor: Executor, stop: Stop) -> None:
        self.workers, self.ahead = workers, workers
        self._work, self._executor, self._stop = work, executor, stop

    def submit(self, batch: Batch) -> "Future[list[Part]]":
        return self._executor.submit(self._carry_out, batch)

    def _carry_out(self, batch: Batch) -> list[Part]:
        return parts_of(carried_out(self._work, batch, self._stop))

    def renew(self) -> None:
        """Threads are not lost."""

    def end_early(self) -> None:
        """The batches under way ask by themselves."""


def threads(workers: int) -> CrewOpener:
    """Carry out batches in threads of this process."""

    @contextmanager
    def opened(work: Work, stop: Stop) -> Iterator[Crew]:
        over = threading.Event()
        executor = ThreadPoolExecutor(workers)
        try:
            yield _Threads(work, workers, executor, lambda: over.is_set() or stop())
        finally:
            over.set()
            executor.shutdown(wait=False, cancel_futures=True)

    return opened


class _Processes:
    def __init__(self, work: Path, workers: int) -> None:
        self.workers, self.ahead = workers, workers
        self._context = get_context("spawn")
        self._stop = self._context.RawValue("b", 0)  # without a lock, which a worker that is killed might hold
        self._given = str(work)
        self._program = program()
        self._executor = self._gathered()

    def _gathered(self) -> ProcessPoolExecutor:
        given = (self._given, self._stop, self._program)
        return ProcessPoolExecutor(self.workers, self._context, members.begin, given)

    def submit(self, batch: Batch) -> "Future[list[Part]]":
        with out_of_reach():  # processes are begun as batches come in
            return self._executor.submit(members.carry_out_here, batch)

    def renew(self) -> None:
        self.abandon()
        self._executor = self._gathered()

    def end_early(self) -> None:
        self._stop.value = 1

    def abandon(self) -> None:
        """End the processes; nobody wants what they are at."""
        running = list((self._executor._processes or {}).values())  # from Python 3.14 on there is terminate_workers
        for process in running:
            process.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)


def processes(workers: int) -> CrewOpener:
    """Carry out batches in processes of their own, begun by `spawn`."""

    @contextmanager
    def opened(work: Work, _stop: Stop) -> Iterator[Crew]:
        with TemporaryDirectory(prefix="inspectsim-") as folder:
            given = Path(folder) / "work"
            given.write_bytes(pickle.dumps(work, pickle.HIGHEST_PROTOCOL))
            crew = _Processes(given, workers)
            try:
                yield crew
            finally:
                crew.abandon()

    return opened
