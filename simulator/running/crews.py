"""Who carries out batches: this thread, several threads, processes of their own, or the workers of a cluster.

All take a batch and promise what is to be kept of it, as `concurrent.futures.Executor` does.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from simulator.engine.run import Engine
from simulator.inputs.messages import InputError, Named
from simulator.running.crew import LOCAL, CrewOpener
from simulator.running.local_crews import here, processes, threads


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
    """Whether the cluster at the address was begun on this machine (`begun_once`)."""

    @property
    def is_here(self) -> bool:
        """Whether the workers are on this machine, and find in its cache what is compiled here."""
        return self.begun_here or self.cluster in (None, LOCAL)

    def opener(self) -> CrewOpener:
        """Report how to gather the crew.

        Raises
        ------
        InputError
            If these options exclude each other.
        """
        if self.cluster is not None:
            from simulator.running.cluster import cluster

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
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def begun_once(crewing: Crewing) -> Iterator[Crewing]:
    """Begin a local cluster once for several pieces of work, in place of once for each.

    Gives how they are to be carried out: on the cluster begun here, or as before if none is to be begun.
    """
    if crewing.cluster != LOCAL:
        yield crewing
        return
    from simulator.running.cluster import begun

    crewing.opener()
    with begun(crewing.workers or cores()) as address:
        yield replace(crewing, cluster=address, workers=None, begun_here=True)
