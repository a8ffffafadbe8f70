"""A crew on a Dask cluster: one begun here for a run, or one that Dask's own commands began on any machines.

The work travels as a task of its own, which the scheduler keeps and can carry out anew, so that a worker that is
lost with it takes nothing away. Dask hands batches of a lost worker to another.
"""

import logging
import pickle
import re
import warnings
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

from simulator.inputs.messages import InputError, Named
from simulator.running import members
from simulator.running.batch_files import Part
from simulator.running.batches import Batch, Work
from simulator.running.crew import LOCAL, Crew, CrewOpener, Stop
from simulator.running.interruption import out_of_reach
from simulator.running.program import check_program, program

if TYPE_CHECKING:
    from distributed import Client

_ADDRESS: Final = re.compile(r"[a-z]+://.+:[0-9]+")
SECONDS: Final = 6
"""Time given to a scheduler to answer, and to a worker to come forward."""


class _Cluster:
    def __init__(self, client: "Client", work: Work) -> None:
        self._client = client
        self._program = program()
        for name, there in _programs(client).items():
            check_program(self._program, there, f"the worker {name}")
        self.workers = sum(client.nthreads().values())
        self.ahead = self.workers
        self._given = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        self._work = self._handed_over()

    def _handed_over(self) -> Any:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")  # it is large, and sent once
            return self._client.submit(members.unpacked, self._given, pure=False)

    def submit(self, batch: Batch) -> "Future[list[Part]]":
        """Hand in a batch; what Dask says of lost workers is said as `concurrent.futures` does."""
        promised: Future[list[Part]] = Future()
        executor = self._client.get_executor(pure=False)
        inner = executor.submit(members.carry_out_there, self._work, batch, self._program)

        def hand_on(done: "Future[list[Part]]") -> None:
            if promised.set_running_or_notify_cancel():
                _hand_on(done, promised)

        promised.add_done_callback(lambda given_up: inner.cancel() if given_up.cancelled() else None)
        inner.add_done_callback(hand_on)
        return promised

    def renew(self) -> None:
        """Hand over the work anew to whoever is there now."""
        try:
            self._client.wait_for_workers(1, timeout=SECONDS)
            self._work = self._handed_over()
        except (OSError, TimeoutError, RuntimeError, CancelledError) as error:
            raise InputError(
                "the cluster was lost: its scheduler or all its workers stopped. Finished work is kept. Continue with ",
                Named("resume"),
            ) from error

    def end_early(self) -> None:
        """Batches that have not finished are given up by the runner."""


def _hand_on(done: "Future[list[Part]]", promised: "Future[list[Part]]") -> None:
    from distributed.scheduler import KilledWorker

    try:
        promised.set_result(done.result())
    except (CancelledError, KilledWorker, OSError) as error:
        promised.set_exception(BrokenExecutor(str(error)))
    except (ImportError, AttributeError) as error:
        promised.set_exception(_not_installed(error))
    except BaseException as error:  # noqa: BLE001
        promised.set_exception(error)


def _programs(client: "Client") -> dict[str, dict[str, str]]:
    """Ask every worker which program it runs."""
    try:
        client.wait_for_workers(1, timeout=SECONDS)
        told: dict[str, dict[str, str]] = client.run(members.program_here)
    except TimeoutError as error:
        raise InputError(
            "the cluster has no worker. Start one with: dask worker ADDRESS --nworkers -1 --nthreads 1"
        ) from error
    except Exception as error:
        raise _not_installed(error) from error
    return told


def _not_installed(error: Exception) -> InputError:
    return InputError(
        f"the workers of the cluster cannot run this version of inspectsim ({error}). Install the same version on "
        "every machine"
    )


def cluster(address: str, workers: int) -> CrewOpener:
    """Carry out batches on a Dask cluster.

    Parameters
    ----------
    address
        Of its scheduler, such as ``tcp://10.0.0.1:8786``; `LOCAL` to begin a cluster on this machine.
    workers
        Processes of a local one.

    Raises
    ------
    InputError
        If Dask is not installed; when the crew is gathered, if nobody answers at the address, there is no worker,
        or one runs another program.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise InputError(
            Named("cluster"),
            ': needs Dask, which is not installed. Run pip install "inspectsim[cluster]", or use ',
            Named("processes"),
            " instead",
        ) from error

    @contextmanager
    def opened(work: Work, _stop: Stop) -> Iterator[Crew]:
        with ExitStack() as stack:
            stack.enter_context(_quiet())
            with out_of_reach():
                client = _local(stack, workers) if address == LOCAL else _reached(stack, address)
            yield _Cluster(client, work)

    return opened


@contextmanager
def begun(workers: int) -> Iterator[str]:
    """Begin a cluster on this machine, and return the address of its scheduler."""
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        with out_of_reach():
            client = _local(stack, workers)
        yield client.cluster.scheduler_address


def _local(stack: ExitStack, workers: int) -> "Client":
    from distributed import Client, LocalCluster

    made = LocalCluster(
        n_workers=workers,
        processes=True,
        threads_per_worker=1,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    )
    stack.enter_context(made)
    return stack.enter_context(Client(made, set_as_default=False))


def _reached(stack: ExitStack, address: str) -> "Client":
    from distributed import Client

    unreachable = InputError(
        Named("cluster"),
        f": nobody answers at {address}; allowed: local, or the address that `dask scheduler` prints, "
        "such as tcp://10.0.0.1:8786",
    )
    if not _ADDRESS.fullmatch(address):
        raise unreachable
    try:
        return stack.enter_context(Client(address, timeout=SECONDS, set_as_default=False))
    except (OSError, ValueError, TimeoutError) as error:
        raise unreachable from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence what Dask logs of workers coming and going: what matters is said by the runner."""
    names = [name for name in logging.Logger.manager.loggerDict if name.split(".")[0] in ("distributed", "tornado")]
    before = {name: logging.getLogger(name).level for name in ("distributed", "tornado", *names)}
    for name in before:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
