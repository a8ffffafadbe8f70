"""What a worker does with a batch. Worker processes begin here; what the work needs is loaded when it arrives."""

import os
import pickle
import signal
import threading
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from simulator.running.batch_files import Part
    from simulator.running.batches import Batch, Work

_GIVEN: Final[list[Any]] = []
"""The work, the sign to stop and the program wanted that a worker process was given when it began."""


def begin(work: str, stop: Any, wanted: dict[str, str]) -> None:
    """Begin as a worker process.

    Parameters
    ----------
    work
        Path of a file that holds it, pickled. Through the pipe that begins a process it could not go: whoever writes
        into that waits without end for a process that is killed before it has read all.
    stop
        A shared value, not zero when batches under way are to end early.
    wanted
        By which program batches are to be carried out.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _GIVEN[:] = pickle.loads(Path(work).read_bytes()), stop, wanted


def _end_with_parent() -> None:
    """End this process when the one that began it is gone, which would otherwise be waited for without end."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def carry_out_here(batch: "Batch") -> "list[Part]":
    """Carry out a batch in a worker process, if the program is still the one that began it.

    Raises
    ------
    InputError
        If a file of it was changed before this process began.
    """
    from simulator.inputs.messages import InputError, Named
    from simulator.running.batch_files import parts_of
    from simulator.running.batches import carried_out

    work, stop, wanted = _GIVEN
    if program_here() != wanted:
        raise InputError(
            "the program was changed during this run, so results could differ. Use ",
            Named("resume"),
            " with the earlier program, or start again with another folder (",
            Named("out"),
            ")",
        )
    return parts_of(carried_out(work, batch, lambda: bool(stop.value)))


def program_here() -> dict[str, str]:
    """Report with what this process would carry out a batch."""
    from simulator.running.program import program

    return program()


def unpacked(work: bytes) -> "Work":
    """Unpack the work on a worker of a cluster, which may have to do so again for one that was lost."""
    given: Work = pickle.loads(work)
    return given


def carry_out_there(work: "Work", batch: "Batch", wanted: dict[str, str]) -> "list[Part]":
    """Carry out a batch on a worker of a cluster, if it runs the program `wanted`: it may have joined later."""
    from simulator.running.batch_files import parts_of
    from simulator.running.batches import carried_out
    from simulator.running.program import check_program

    check_program(wanted, program_here())
    return parts_of(carried_out(work, batch, lambda: False))
