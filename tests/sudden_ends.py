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


def operations_of(act: Callable[[], object]) -> int:
    """Count the operations on files of an act, which is done in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        numbers = _counted(lambda _: None)
        try:
            act()
            os.write(writing, str(next(numbers)).encode())
            os._exit(FINISHED)
        finally:
            os._exit(WRONG)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = int(told.read())
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == FINISHED
    return number


def _end_at(operation: int) -> None:
    """End this process at an operation."""
    _counted(lambda number: os._exit(KILLED) if number == operation else None)


def _counted(tell: Callable[[int], object]) -> "count[int]":
    """Tell the number of each operation on files of this process: audit hooks hear of each before it is done."""
    numbers = count()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if writes or event in CHANGES:
            tell(next(numbers))

    sys.addaudithook(hook)
    return numbers
