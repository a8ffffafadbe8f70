"""A process that is ended at an operation on files, for real: what it has done by then is on disk, and nothing else."""

import os
import sys
from collections.abc import Callable
from itertools import count
from typing import Any, Final

CHANGES: Final = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate")
KILLED: Final = 9
FINISHED: Final = 0
WRONG: Final = 1


def ended_at(operation: int, act: Callable[[], object]) -> bool:
    """Act in a process of its own, which ends before the operation on files of this number, counted from 0.

    Returns
    -------
    bool
        Whether it was ended before it was done.
    """
    child = os.fork()
    if child == 0:
        _end_at(operation)
        try:
            act()
            os._exit(FINISHED)
        finally:
            os._exit(WRONG)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (FINISHED, KILLED)
    return code == KILLED


def _end_at(operation: int) -> None:
    """End this process at an operation: the audit hooks of Python are told of each before it is done."""
    numbers = count()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if (writes or event in CHANGES) and next(numbers) == operation:
            os._exit(KILLED)

    sys.addaudithook(hook)
