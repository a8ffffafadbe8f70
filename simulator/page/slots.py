"""Places where runs are carried out: each a thread of the server with a warm process of its own."""

import time
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final, Literal, NamedTuple

from simulator.page import work_process
from simulator.page.work_process import FAILED, FINISHED, PROGRESS, READY, Job
from simulator.running.interruption import out_of_reach

PATIENCE: Final = 0.1
"""Seconds after which a slot notices that it is to stop, at most."""
_WARM_UP_SECONDS: Final = 600
"""Time for a process to get ready; compiling everything for the first time takes about one minute."""

_Stop = Literal["cancelled", "server"]


class Outcome(NamedTuple):
    """How a job ended."""

    state: Literal["finished", "failed", "cancelled", "stopped"]
    reason: str = ""


@dataclass
class Course:
    """How far a job is; its slot writes it, anybody may read it."""

    began: float = field(default_factory=time.monotonic)
    done: int = 0
    of: int = 0
    stop: _Stop | None = None
    """Set by whoever wants it to end."""

    def seconds_left(self) -> float | None:
        """Reckon how long it will still take, from how long it took so far; None if it is too early to say."""
        if not self.done:
            return None
        return (time.monotonic() - self.began) / self.done * (self.of - self.done)


class Slot:
    """A warm process, begun anew when it is lost or had to be ended."""

    def __init__(self, memory: int, seconds: float) -> None:
        self._memory, self._seconds = memory, seconds
        self._process: SpawnProcess | None = None
        self._server_end: Connection | None = None
        self._ready = False

    def begin(self) -> None:
        """Begin the process, if there is none."""
        if self._process is not None and self._process.is_alive():
            return
        self.end()
        context = get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=work_process.begin, args=(there, self._memory), daemon=True)
        with out_of_reach():
            process.start()
        there.close()
        self._process, self._server_end, self._ready = process, here, False

    def end(self) -> None:
        """End the process, whatever it is at."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._server_end is not None:
            self._server_end.close()
        self._process, self._server_end = None, None

    def carry_out(self, job: Job, course: Course) -> Outcome:
        """Have a job carried out and wait for its end; the process is ended if it must be."""
        self.begin()
        try:
            outcome = self._watch(job, course)
        except (EOFError, OSError):
            outcome = Outcome("failed", "The process of this run was killed. Try again.")
            self.end()
        if outcome.state in ("cancelled", "stopped") or outcome.reason == self._too_long():
            self.end()
        return outcome

    def _watch(self, job: Job, course: Course) -> Outcome:
        assert self._server_end is not None
        if not self._ready:
            outcome = self._wait(course, _WARM_UP_SECONDS, until=READY)
            if outcome.state != "finished":
                return outcome
            self._ready = True
        course.began = time.monotonic()
        self._server_end.send(job)
        return self._wait(course, self._seconds, until=FINISHED)

    def _wait(self, course: Course, seconds: float, until: str) -> Outcome:
        """Wait for a word of the process; note the progress that it tells in the meantime."""
        assert self._server_end is not None
        deadline = time.monotonic() + seconds
        while True:
            if course.stop:
                return Outcome("cancelled" if course.stop == "cancelled" else "stopped")
            if time.monotonic() > deadline:
                return Outcome("failed", self._too_long())
            if not self._server_end.poll(PATIENCE):
                continue
            word, said = self._server_end.recv()
            if word == PROGRESS:
                course.done, course.of = said
            elif word == FAILED:
                return Outcome("failed", said)
            elif word == until:
                return Outcome("finished")

    def _too_long(self) -> str:
        minutes = self._seconds / 60
        return f"It took longer than the limit of {minutes:g} minutes. Choose fewer years or replications."
