"""The runs of a server: asked for, waiting in line, carried out in slots, cancelled, gone on with after a restart."""

import sys
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from simulator.page.kinds import KINDS, Kind
from simulator.page.limits import Limits
from simulator.page.line import Line, Waiting
from simulator.page.run_store import OPEN, Inputs, Run, RunStore
from simulator.page.slots import PATIENCE, Course, Outcome, Slot
from simulator.page.work_process import Job
from simulator.running.crews import cores

_CLEARING: Final = 600.0
"""Seconds between two clearings of old runs."""
_FIRST_PACE: Final = 0.006
"""Seconds for simulating England for a year under one framework, until this server knows its own."""
_LEARNING: Final = 0.3
"""How much the last run counts in the pace of the server."""


class TooBusyError(Exception):
    """Nothing more can be taken on now."""

    def __init__(self, whose: Literal["client", "everybody"]) -> None:
        super().__init__(whose)
        self.whose = whose


class Progress(NamedTuple):
    """How far an open run is."""

    place: int
    """In the line, the next one being 1; 0 if it is under way."""
    done: int
    of: int
    """Simulations; 0 if it has not begun."""
    seconds_left: float | None
    """Until it is finished, its wait included; None if it is too early to say."""


class Runs:
    """All runs of one server. Its methods may be called from any thread."""

    def __init__(self, store: RunStore, limits: Limits, program: str, kinds: Mapping[str, Kind] = KINDS) -> None:
        self.store, self.limits = store, limits
        self._program, self._kinds = program, kinds
        self._line = Line()
        self._under_way: dict[str, tuple[Course, str, int]] = {}
        self._changed = threading.Condition()
        self._stopping = False
        self._end = threading.Event()
        self._threads: list[threading.Thread] = []
        self._pace = _FIRST_PACE

    def start(self) -> None:
        """Take up what was open when the server ended, and begin to carry out."""
        with self._changed:
            for run in self.store.open_runs():
                self._join(replace(run, state="waiting"), run.askers[0] if run.askers else "")
        names = [f"slot {number}" for number in range(1, self.limits.jobs + 1)]
        self._threads = [threading.Thread(target=self._serve, name=name, daemon=True) for name in names]
        self._threads.append(threading.Thread(target=self._clear_now_and_then, name="clearing", daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End what is under way, so that the next server goes on with it."""
        with self._changed:
            self._stopping = True
            self._end.set()
            for course, _, _ in self._under_way.values():
                course.stop = "server"
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def ask(self, kind: str, inputs: Inputs, address: str) -> Run:
        """Ask a question: give the run that answers it, which may be finished.

        Parameters
        ----------
        kind
            Of question.
        inputs
            What is asked.
        address
            Of the client; only a hash of it is kept, and only while the run is open.

        Raises
        ------
        TooBusyError
            If this client, or everybody together, has as many runs open as there may be.
        """
        client = self.store.keyed(address, 8)
        run_id = self.store.address(kind, inputs, self._program)
        with self._changed:
            run = self.store.find(run_id)
            if run is None:
                run = Run(run_id, kind, inputs, self._program, "waiting", time.time())
                return self._taken_on(run, client)
            if run.state in OPEN:
                askers = tuple(dict.fromkeys([*run.askers, client]))
                return self.store.save(replace(run, askers=askers))
            return run if run.state == "finished" else self._taken_on(run, client)

    def again(self, run: Run, address: str) -> Run:
        """Ask for a run again that failed or was cancelled.

        Raises
        ------
        TooBusyError
            As in `ask`.
        """
        with self._changed:
            now = self.store.find(run.id) or run
            if now.state in (*OPEN, "finished"):
                return now
            return self._taken_on(now, self.store.keyed(address, 8))

    def cancel(self, run: Run, address: str) -> Run:
        """End a run for the client that asks; it goes on if others asked the same question and still wait."""
        client = self.store.keyed(address, 8)
        with self._changed:
            now = self.store.find(run.id)
            if now is None or now.state not in OPEN:
                return now or run
            others = tuple(asker for asker in now.askers if asker != client)
            if others and client in now.askers:
                return self.store.save(replace(now, askers=others))
            self._line.leave(run.id)
            if run.id in self._under_way:
                self._under_way[run.id][0].stop = "cancelled"
            else:
                self.store.forget_results(run.id)
            return self.store.save(replace(now, state="cancelled", ended_at=time.time()))

    def progress(self, run_id: str) -> Progress:
        """Report how far an open run is."""
        with self._changed:
            if run_id in self._under_way:
                course = self._under_way[run_id][0]
                return Progress(0, course.done, course.of, course.seconds_left())
            ahead = sum(self._left(course, size) for course, _, size in self._under_way.values())
            for place, waiting in enumerate(self._line.order(), start=1):
                ahead += waiting.size * self._pace
                if waiting.run_id == run_id:
                    return Progress(place, 0, 0, ahead / self.limits.jobs)
            return Progress(0, 0, 0, None)

    def _left(self, course: Course, size: int) -> float:
        left = course.seconds_left()
        return size * self._pace if left is None else left

    def _taken_on(self, run: Run, client: str) -> Run:
        open_here = self._line.of(client) + sum(one == client for _, one, _ in self._under_way.values())
        if open_here >= self.limits.waiting_each:
            raise TooBusyError("client")
        if len(self._line) >= self.limits.waiting:
            raise TooBusyError("everybody")
        waiting = replace(
            run, state="waiting", asked_at=time.time(), began_at=None, ended_at=None, reason="", askers=(client,)
        )
        return self._join(waiting, client)

    def _join(self, run: Run, client: str) -> Run:
        self._line.join(client, Waiting(run.id, self._kinds[run.kind].size(run.inputs)))
        self._changed.notify_all()
        return self.store.save(run)

    def _serve(self) -> None:
        """Carry out one run after another, in the thread of a slot."""
        slot = Slot(self.limits.memory, self.limits.run_seconds)
        slot.begin()
        try:
            while (taken := self._next()) is not None:
                run, size, course = taken
                self._carry_out(slot, run, size, course)
                if not self._stopping:
                    slot.begin()
        finally:
            slot.end()

    def _next(self) -> tuple[Run, int, Course] | None:
        """Wait for a turn, and note that the run is under way; None when the server ends."""
        with self._changed:
            while not self._stopping:
                taken = self._line.next()
                if taken is None:
                    self._changed.wait()
                    continue
                client, waiting = taken
                if waiting.run_id in self._under_way:  # cancelled and asked for again: it is just ending
                    self._line.join(client, waiting)
                    self._changed.wait(PATIENCE)
                    continue
                run = self.store.find(waiting.run_id)
                if run is None or run.state not in OPEN:
                    continue
                course = Course()
                self._under_way[run.id] = (course, client, waiting.size)
                return self.store.save(replace(run, state="running", began_at=time.time())), waiting.size, course
        return None

    def _carry_out(self, slot: Slot, run: Run, size: int, course: Course) -> None:
        try:
            if run.program != self._program:  # what it has finished was made by other rules
                self.store.forget_results(run.id)
            threads = self.limits.threads or max(1, cores() // self.limits.jobs)
            job = Job(run.kind, run.inputs, str(self.store.results(run.id)), threads)
            outcome = slot.carry_out(job, course)
        except Exception:  # noqa: BLE001  (the others are to be served; the log has it)
            traceback.print_exc(file=sys.stderr)
            outcome = Outcome("failed", "The run failed. The person who runs this page can find the reason in the log.")
        with self._changed:
            del self._under_way[run.id]
            now = self.store.find(run.id)
            if now is None:
                return
            if outcome.state == "cancelled" or now.state == "cancelled":
                self.store.forget_results(run.id)
            elif outcome.state == "stopped":
                self.store.save(replace(now, state="waiting", began_at=None))
            elif outcome.state == "failed":
                self.store.forget_results(run.id)
                self.store.save(replace(now, state="failed", ended_at=time.time(), reason=outcome.reason))
            else:
                took = time.monotonic() - course.began
                self._pace += _LEARNING * (took / max(1, size) - self._pace)
                self.store.save(replace(now, state="finished", ended_at=time.time()))

    def _clear_now_and_then(self) -> None:
        while not self._stopping:
            try:
                self.store.clear(self.limits.keep_seconds, self.limits.keep_bytes)
            except OSError:
                traceback.print_exc(file=sys.stderr)
            self._end.wait(_CLEARING)
