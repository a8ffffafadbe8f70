"""Many runs side by side: replications of several settings, read off and given back in one fixed order.

The compiled engine leaves the interpreter lock, so it runs in threads; the SimPy engine runs in processes of
its own. Neither the number of workers nor which of them is faster changes what comes back, or in what order.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import active_children, get_context
from pathlib import Path
from types import FrameType
from typing import Any, Final, TypeVar

from simulator.engine.run import Engine, simulate
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.messages import InputError

T = TypeVar("T")
Reader = Callable[[int, Trace], T]
"""Reads off a trace what is wanted of it, given the number of its replication."""
Runner = Callable[[int, int], T]
"""Runs a setting (by position) and a replication (by number), and reads off its trace."""

AHEAD: Final = 2
"""Runs asked for in advance, for each worker: enough to keep it busy, few enough to hold in memory."""
LOOPS: Final[dict[Engine, str]] = {"compiled": "compiled_engine.run_on", "simpy": "simpy_engine.one_event"}
"""The function of each engine that is compiled last, with all rules in it."""


def cores() -> int:
    """Give the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def must_compile(engine: Engine = "compiled") -> bool:
    """Say whether an engine has not been compiled yet since the package was last changed."""
    import simulator.compiling  # noqa: F401  (says where compiled code is kept)

    if os.environ.get("NUMBA_DISABLE_JIT", "0") != "0":
        return False
    return next(Path(os.environ["NUMBA_CACHE_DIR"]).rglob(f"{LOOPS[engine]}-*.nbi"), None) is None


def run(
    settings: Sequence[Setting],
    replications: Iterable[int],
    read: Reader[T],
    engine: Engine = "compiled",
    workers: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Generator[list[T], None, None]:
    """Run every setting in every replication.

    Parameters
    ----------
    settings
        What to run.
    replications
        Their numbers.
    read
        Reads off each trace, in the worker that ran it; for the SimPy engine it must be picklable.
    engine
        `simulator.engine.run.ENGINES`.
    workers
        Runs at a time.
    stop
        Asked before each run whether to end here; those under way are finished.

    Yields
    ------
    list
        For each replication, in the order given, what was read off the run of each setting. A replication
        that was not finished for all of them is left out.
    """
    jobs = ((setting, number) for number in replications for setting in range(len(settings)))
    each: list[T] = []
    for outcome in _outcomes(partial(_run_and_read, settings, read, engine), jobs, engine, workers, stop):
        each.append(outcome)
        if len(each) == len(settings):
            yield each
            each = []


def _outcomes(
    runner: Runner[T], jobs: Iterator[tuple[int, int]], engine: Engine, workers: int, stop: Callable[[], bool]
) -> Iterator[T]:
    if workers == 1:
        for job in jobs:
            if stop():
                return
            yield runner(*job)
        return
    if engine == "compiled":
        # The first run may have to compile: while it does no other could run, and in this thread Ctrl-C ends it.
        for job in jobs:
            yield runner(*job)
            break
        yield from _in_order(ThreadPoolExecutor(workers), runner, jobs, workers, stop)
    else:
        executor = ProcessPoolExecutor(workers, get_context("spawn"), _begin_process, (runner,))
        yield from _in_order(executor, _run_in_process, jobs, workers, stop)


def _in_order(
    executor: Executor, runner: Runner[T], jobs: Iterable[tuple[int, int]], workers: int, stop: Callable[[], bool]
) -> Iterator[T]:
    """Keep the workers busy and give the outcomes in the order of the jobs."""
    waiting: deque[Future[T]] = deque()
    others = set(active_children())
    try:
        for job in jobs:
            if stop():
                break
            waiting.append(executor.submit(runner, *job))
            if len(waiting) > AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            first = waiting.popleft()
            if stop() and first.cancel():  # it had not begun, and so none behind it had
                break
            yield first.result()
    except BrokenProcessPool as error:
        raise InputError(
            "a worker process was ended from outside, perhaps for want of memory; try fewer --workers"
        ) from error
    except BaseException:
        for process in set(active_children()) - others:
            process.terminate()  # nobody wants what it is at
        raise
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _run_and_read(settings: Sequence[Setting], read: Reader[T], engine: Engine, setting: int, replication: int) -> T:
    return read(replication, simulate(settings[setting], replication, engine))


_HERE: Final[list[Runner[Any]]] = []
"""What a worker process was given when it began, so that settings travel once and not with every run."""


def _begin_process(runner: Runner[Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one decides
    _HERE.append(runner)


def _run_in_process(setting: int, replication: int) -> Any:
    return _HERE[0](setting, replication)


class Interruption:
    """Whether somebody pressed Ctrl-C, and what there is to save if so."""

    def __init__(self) -> None:
        self.asked = False
        self.something_done = False

    def heed(self, _signal: int, _frame: FrameType | None) -> None:
        """Take the first Ctrl-C for a wish to stop, if something can be saved; else end at once."""
        at_once = self.asked or not self.something_done
        self.asked = True
        if at_once:
            raise KeyboardInterrupt


@contextmanager
def interruption() -> Iterator[Interruption]:
    """Let Ctrl-C end a series of runs with what is finished, in place of losing all.

    Raises
    ------
    KeyboardInterrupt
        If it ended at once. The compiler may lose it on the way and fail instead: that is the same.
    """
    heard = Interruption()
    can_heed = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if not can_heed:
        yield heard
        return
    signal.signal(signal.SIGINT, heard.heed)
    try:
        yield heard
    except Exception:
        if heard.asked:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
