"""The process in which runs are carried out: kept warm, one run at a time, ended with the server or by it.

It is begun by `spawn`, so this module is small: what is slow to import is imported when the process warms up.
"""

import os
import queue
import sys
import threading
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, NamedTuple

READY: Final = "ready"
PROGRESS: Final = "progress"
FINISHED: Final = "finished"
FAILED: Final = "failed"
_NOT_FORESEEN: Final = (
    "There was an error in the program. The person who runs this page can find it in the server's log."
)
_NO_MEMORY: Final = "It needed more memory than one run may use. Choose fewer years, replications or frameworks."


class Job(NamedTuple):
    """What is handed to the process."""

    kind: str
    inputs: dict[str, Any]
    folder: str
    """For what comes out."""
    threads: int


def begin(server: Connection, memory: int) -> None:
    """Carry out jobs as they come, until the server is gone.

    Parameters
    ----------
    server
        Gives jobs; is told pairs of a word above and what there is to say.
    memory
        Bytes of address space that the process may take.
    """
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(server, jobs), daemon=True).start()
    _warm_up()
    _limit(memory)
    server.send((READY, None))
    while True:
        server.send(_done(jobs.get(), server))


def _warm_up() -> None:
    """Import what runs need, and load the compiled engine (compile it, if that was never done here)."""
    from simulator.page.kinds import KINDS

    for kind in KINDS.values():
        kind.warm_up()


def _listen(server: Connection, jobs: "queue.SimpleQueue[Job]") -> None:
    """Hand on jobs; end the process at once, whatever it is at, when the server is gone."""
    while True:
        try:
            jobs.put(server.recv())
        except (EOFError, OSError):
            os._exit(0)


def _limit(memory: int) -> None:
    """Have the system refuse more memory, where it can."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, most))


def _done(job: Job, server: Connection) -> tuple[str, Any]:
    from simulator.inputs.messages import InputError
    from simulator.page.kinds import KINDS

    def tell(done: int, of: int) -> None:
        server.send((PROGRESS, (done, of)))

    try:
        KINDS[job.kind].carry_out(job.inputs, Path(job.folder), tell, job.threads)
    except InputError as error:
        return FAILED, error.told(KINDS[job.kind].ask.on_page)
    except MemoryError:
        return FAILED, _NO_MEMORY
    except Exception:  # noqa: BLE001  (the server is to go on; the log has it)
        traceback.print_exc()
        return FAILED, _NOT_FORESEEN
    return FINISHED, None
