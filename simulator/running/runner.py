"""Batches carried out by a crew: kept as they finish, handed in again if a worker is lost, ended early by Ctrl-C.

However many replications there are, a bounded number of batches is under way. What is finished goes to disk at once
(`simulator.running.batch_files`) and is read off afterwards in the order of the replications, so that neither
the crew nor which of its members is faster changes what comes out.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from itertools import chain, islice
from typing import Final

from simulator.compiling import COMPILES, FOLDER
from simulator.engine.run import Engine, simulate
from simulator.engine.setting import Setting
from simulator.inputs.messages import InputError, Named
from simulator.running.batch_files import Part
from simulator.running.batches import Batch
from simulator.running.crew import Crew, Stop

_PATIENCE: Final = 0.2
"""Seconds after which Ctrl-C is noticed, at most."""
LOSSES: Final = 3
"""Times that workers may be lost without a batch being finished in between."""
_LOOPS: Final[dict[Engine, str]] = {"compiled": "compiled_engine.run_on", "simpy": "simpy_engine.one_event"}
"""The function of each engine that is compiled last, with all rules in it."""


def must_compile(engine: Engine = "compiled") -> bool:
    """Report whether an engine has not been compiled yet since the package was last changed."""
    if not COMPILES:
        return False
    return FOLDER is None or next(FOLDER.rglob(f"{_LOOPS[engine]}-*.nbi"), None) is None


def compile_ahead(setting: Setting, engine: Engine) -> None:
    """Compile an engine, if that has not been done, by running a setting once; nothing comes out."""
    if must_compile(engine):
        try:
            simulate(setting, 0, engine)
        except Exception:  # noqa: BLE001  (if it fails again where it counts, it is recorded)
            return


def carry_out(batches: Iterable[Batch], crew: Crew, keep: Callable[[Part], None], stop: Stop) -> None:
    """Have batches carried out, and keep what comes out of each as soon as it is there.

    Parameters
    ----------
    batches
        Which replications belong together.
    crew
        Who carries them out.
    keep
        Takes what is to be kept of a batch, in whatever order they finish.
    stop
        Asked now and then whether to end here: those that have not begun are left, those under way are
        kept as far as they have come.

    Raises
    ------
    InputError
        If workers are lost again and again.
    """
    to_do = iter(batches)
    under_way: dict[Future[list[Part]], Batch] = {}
    losses = 0
    while True:
        if stop():
            crew.end_early()
            to_do = iter(())
            under_way = {future: batch for future, batch in under_way.items() if not future.cancel()}
        for batch in islice(to_do, max(0, crew.workers + crew.ahead - len(under_way))):
            under_way[_submitted(crew, batch)] = batch
        if not under_way:
            return
        lost: list[Batch] = []
        for future in wait(under_way, _PATIENCE, FIRST_COMPLETED).done:
            batch = under_way.pop(future)
            try:
                parts = future.result()
            except BrokenExecutor:
                lost.append(batch)
                continue
            losses = 0
            for part in parts:
                keep(part)
        if lost and not stop():
            losses += 1
            _check_losses(losses)
            crew.renew()
            to_do = chain(sorted([*lost, *under_way.values()]), to_do)
            under_way = {}


def _submitted(crew: Crew, batch: Batch) -> "Future[list[Part]]":
    """Hand in a batch; a crew that is lost by then says so through the future, as it does later on."""
    try:
        return crew.submit(batch)
    except BrokenExecutor as error:
        failed: Future[list[Part]] = Future()
        failed.set_exception(error)
        return failed


def _check_losses(losses: int) -> None:
    if losses == LOSSES:
        raise InputError(
            "worker processes were killed repeatedly, perhaps for want of memory. Finished work is kept. Continue "
            "with ",
            Named("resume"),
            " and fewer ",
            Named("workers"),
        )
