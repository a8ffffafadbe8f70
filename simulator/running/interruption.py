"""Ctrl-C: the first ends a series of runs with what is finished, the second at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from types import FrameType


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
    """End a series of runs with what is finished at Ctrl-C, in place of losing all.

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


@contextmanager
def out_of_reach() -> Iterator[None]:
    """Keep Ctrl-C from processes begun in here, by this thread or those that it begins.

    On a terminal it reaches every process of a command; it is for the first one to decide what comes of it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # begun with the first process otherwise, it would let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
