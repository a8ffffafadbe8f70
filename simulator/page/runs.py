"""The runs of a server: asked for, waiting in line, carried out in slots, cancelled, gone on with after a restart."""

import sys
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from simulator.inputs.messages import InputError
from simulator.page.askers import Asker, EachMinute, NotAskedError, TooBusyError, first_client
from simulator.page.kinds import KINDS, Kind
from simulator.page.limits import Limits
from simulator.page.line import Line, Progress, Waiting
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


_AGAIN: Final = 5.0
"""Seconds after which a slot that met an error, or a full disk, looks again."""
_MOST_ASKERS: Final = 100
"""Of one run; later ones wait for its answer, and cannot cancel it."""


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
        self._slots: list[threading.Thread] = []
        self._clearing = threading.Thread(target=self._clear_now_and_then, daemon=True)
        self._acts = EachMinute(limits.acts_a_minute)
        self._pace = _FIRST_PACE

    def start(self) -> None:
        """Take up what was open when the server ended, and begin to carry out."""
        with self._changed:
            for run in self.store.open_runs():
                try:
                    self._join(replace(run, state="waiting"), first_client(run))
                except Exception:  # noqa: BLE001  (of another version, or a full disk; the others are served)
                    traceback.print_exc(file=sys.stderr)
        self._slots = [threading.Thread(target=self._serve, daemon=True) for _ in range(self.limits.jobs)]
        for thread in (*self._slots, self._clearing):
            thread.start()

    def stop(self) -> None:
        """End what is under way, so that the next server goes on with it."""
        with self._changed:
            self._stopping = True
            self._end.set()
            for course, _, _ in self._under_way.values():
                course.stop = "server"
            self._changed.notify_all()
        for thread in (*self._slots, self._clearing):
            thread.join()

    def health(self) -> tuple[str, str]:
        """Return how slots, queue and disk are, in lines, and what is wrong: nothing, if all is well."""
        with self._changed:
            alive, room = sum(slot.is_alive() for slot in self._slots), self.store.has_room(self.limits.spare_bytes)
            told = (
                f"slots: {alive} of {len(self._slots)}, {len(self._under_way)} at work\n"
                f"queue: {len(self._line)} of {self.limits.waiting}\ndisk: {'room' if room else 'full'}\n"
            )
        return told, "a slot has ended" if alive < len(self._slots) else "" if room else "the disk is full"

    def ask(self, kind: str, inputs: Inputs, address: str, token: str = "") -> Run:
        """Ask a question: give the run that answers it, which may be finished.

        Parameters
        ----------
        kind
            Of question.
        inputs
            What is asked.
        address
            Of the client; only a hash of it is kept, and only while the run is open.
        token
            Of the asker, by which the run can be cancelled; if empty, the address serves as one.

        Raises
        ------
        TooBusyError
            If this client has too many runs open or asks too often, everybody has too many open, or the disk is full.
        """
        run_id = self.store.address(kind, inputs, self._program)
        asker = Asker.of(self.store, run_id, address, token)
        with self._changed:
            run = self.store.find(run_id)
            if run is not None and run.state == "finished":
                return run
            self._count(asker)
            if run is None:
                run = Run(run_id, kind, inputs, self._program, "waiting", time.time())
            elif run.state in OPEN:
                askers = tuple(dict.fromkeys([*run.askers, asker.kept]))
                return run if len(askers) > _MOST_ASKERS else self._saved(replace(run, askers=askers))
            return self._taken_on(run, asker)

    def again(self, run: Run, address: str, token: str = "") -> Run:
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
            asker = Asker.of(self.store, run.id, address, token)
            self._count(asker)
            return self._taken_on(now, asker)

    def has_asked(self, run: Run, address: str, token: str) -> bool:
        """Return whether somebody asked for a run that is open."""
        return Asker.of(self.store, run.id, address, token).asked_for(run)

    def cancel(self, run: Run, address: str, token: str = "") -> Run:
        """End a run for somebody who asked for it; it goes on if others asked too and still wait.

        Raises
        ------
        NotAskedError, TooBusyError
            If whoever cancels did not ask; if too often, or the disk is full. Then nothing is changed.
        """
        asker = Asker.of(self.store, run.id, address, token)
        with self._changed:
            now = self.store.find(run.id)
            if now is None or now.state not in OPEN:
                return now or run
            if not asker.asked_for(now):
                raise NotAskedError
            self._count(asker)
            if others := asker.others(now):
                return self._saved(replace(now, askers=others))
            ended = self._saved(replace(now, state="cancelled", ended_at=time.time()))
            self._line.leave(run.id)
            if run.id in self._under_way:
                self._under_way[run.id][0].stop = "cancelled"
            else:
                self.store.forget_results(run.id)
            return ended

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

    def _count(self, asker: Asker) -> None:
        """Count what a client asks for or cancels, unless it is too much or there is no room to write it down."""
        if not self.store.has_room(self.limits.spare_bytes):
            raise TooBusyError("disk")
        if not self._acts.allows(asker.client, time.monotonic()):
            raise TooBusyError("minute")

    def _saved(self, run: Run) -> Run:
        try:
            return self.store.save(run)
        except InputError as error:
            traceback.print_exc(file=sys.stderr)
            raise TooBusyError("disk") from error

    def _taken_on(self, run: Run, asker: Asker) -> Run:
        client = asker.client
        open_here = self._line.of(client) + sum(one == client for _, one, _ in self._under_way.values())
        if open_here >= self.limits.waiting_each:
            raise TooBusyError("client")
        if len(self._line) >= self.limits.waiting:
            raise TooBusyError("everybody")
        waiting = replace(
            run, state="waiting", asked_at=time.time(), began_at=None, ended_at=None, reason="", askers=(asker.kept,)
        )
        return self._join(waiting, client)

    def _join(self, run: Run, client: str) -> Run:
        size, saved = self._kinds[run.kind].size(run.inputs), self._saved(run)
        self._line.join(client, Waiting(run.id, size))
        self._changed.notify_all()
        return saved

    def _serve(self) -> None:
        """Carry out one run after another, in the thread of a slot: it ends with the server, and of no error."""
        slot = Slot(self.limits.memory, self.limits.run_seconds)
        try:
            while not self._stopping:
                try:
                    slot.begin()
                    if (taken := self._next()) is not None:
                        self._carry_out(slot, *taken)
                except Exception:  # noqa: BLE001  (the others are to be served; the log has it)
                    traceback.print_exc(file=sys.stderr)
                    self._end.wait(_AGAIN)
        finally:
            slot.end()

    def _next(self) -> tuple[Run, Waiting, Course] | None:
        """Wait for a turn, and note that the run is under way; None when the server ends."""
        with self._changed:
            while not self._stopping:
                if not self.store.has_room(self.limits.spare_bytes):
                    self._changed.wait(_AGAIN)
                    continue
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
                try:
                    begun = self._saved(replace(run, state="running", began_at=time.time()))
                except TooBusyError:  # it keeps a place in the line until it can be written down
                    self._line.join(client, waiting)
                    raise
                course = Course()
                self._under_way[run.id] = (course, client, waiting.size)
                return begun, waiting, course
        return None

    def _carry_out(self, slot: Slot, run: Run, waiting: Waiting, course: Course) -> None:
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
            _, client, _ = self._under_way.pop(run.id)
            try:
                self._close(run.id, outcome)
            except TooBusyError:  # nobody would learn how it ended: it is carried out once more when there is room
                self._line.join(client, waiting)
                raise
            if outcome.state == "finished":
                took = time.monotonic() - course.began
                self._pace += _LEARNING * (took / max(1, waiting.size) - self._pace)

    def _close(self, run_id: str, outcome: Outcome) -> None:
        """Write down how a run ended."""
        now = self.store.find(run_id)
        if now is None:
            return
        if outcome.state == "cancelled" or now.state == "cancelled":
            self.store.forget_results(run_id)
        elif outcome.state == "stopped":
            self._saved(replace(now, state="waiting", began_at=None))
        elif outcome.state == "failed":
            full = not self.store.has_room(self.limits.spare_bytes)
            self.store.forget_results(run_id)
            reason = "The disk of this server was full. Run it again later." if full else outcome.reason
            self._saved(replace(now, state="failed", ended_at=time.time(), reason=reason))
        else:
            self._saved(replace(now, state="finished", ended_at=time.time()))

    def _clear_now_and_then(self) -> None:
        while not self._stopping:
            try:
                self.store.clear(self.limits.keep_seconds, self.limits.keep_bytes)
            except OSError:
                traceback.print_exc(file=sys.stderr)
            self._end.wait(_CLEARING)
