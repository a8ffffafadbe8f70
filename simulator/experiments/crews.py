"""Who carries out batches: this thread, several threads, processes of their own, or the workers of a cluster.

All take a batch and promise what is to be kept of it, as `concurrent.futures.Executor` does. The compiled engine
leaves the interpreter lock, so threads are quickest to begin; the SimPy engine holds it, and needs processes.
"""

import os
import pickle
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final, Protocol

from simulator.engine.run import Engine
from simulator.experiments import members
from simulator.experiments.batch_files import Part, parts_of
from simulator.experiments.batches import Batch, Work, carried_out
from simulator.experiments.interruption import out_of_reach
from simulator.experiments.program import program
from simulator.messages import InputError, Named

LOCAL: Final = "local"
"""In place of the address of a cluster: one on this machine, begun and ended with the run."""
Stop = Callable[[], bool]
"""Says whether batches under way are to end early, with the replications they have."""


class Crew(Protocol):
    """Who carries out the batches of some work."""

    @property
    def workers(self) -> int:
        """Batches carried out at a time."""

    @property
    def ahead(self) -> int:
        """Batches to hand in beyond those, so that nobody waits for work."""

    def submit(self, batch: Batch) -> "Future[list[Part]]":
        """Hand in a batch."""

    def renew(self) -> None:
        """Replace workers that were lost, so that batches can be handed in again."""

    def end_early(self) -> None:
        """Let batches under way end with the replications they have."""


CrewOpener = Callable[[Work, Stop], AbstractContextManager[Crew]]
"""Gathers a crew for some work; what it is at when the context ends is thrown away."""


@dataclass(frozen=True)
class Crewing:
    """How work is carried out. It changes no result."""

    engine: Engine = "compiled"
    """`simulator.engine.run.ENGINES`."""
    workers: int | None = None
    """Runs at a time; if left out, one for each core."""
    processes: bool = False
    """Local processes in place of threads."""
    cluster: str | None = None
    """Address of a Dask scheduler, or `local` for a Dask cluster on this machine."""
    batch: int | None = None
    """Replications in a batch, at most."""
    begun_here: bool = False
    """Whether the cluster at the address was begun on this machine (`simulator.experiments.cluster.begun_once`)."""

    @property
    def is_here(self) -> bool:
        """Whether the workers are on this machine, and find in its cache what is compiled here."""
        return self.begun_here or self.cluster in (None, LOCAL)

    def opener(self) -> CrewOpener:
        """Say how to gather the crew.

        Raises
        ------
        InputError
            If these options exclude each other.
        """
        if self.cluster is not None:
            from simulator.experiments.cluster import cluster

            if self.processes:
                raise InputError(Named("processes"), " and ", Named("cluster"), ": choose one of them")
            if self.cluster != LOCAL and self.workers is not None:
                raise InputError(
                    Named("workers"), f": given {self.workers}, but a cluster has its own workers. Leave it out"
                )
            return cluster(self.cluster, self.workers or cores())
        workers = self.workers or cores()
        if workers == 1 and not self.processes:
            return here
        return processes(workers) if self.processes or self.engine == "simpy" else threads(workers)


def cores() -> int:
    """Give the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
    def __init__(self, work: Work, workers: int) -> None:
        self.workers, self.ahead = workers, workers
        self._context = get_context("spawn")
        self._stop = self._context.RawValue("b", 0)  # without a lock, which a worker that is killed might hold
        self._given = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
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
        crew = _Processes(work, workers)
        try:
            yield crew
        finally:
            crew.abandon()

    return opened
