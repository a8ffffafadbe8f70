"""Some work in replications, so many or as many as it takes: what is not on disk yet is carried out.

All is found again in the order of the replications.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import pairwise
from typing import Final

from simulator.inputs.messages import InputError, Named
from simulator.running.batch_files import BatchFile, BatchFolder, Part
from simulator.running.batches import Work, batch_size, batches_of
from simulator.running.crew import Crew
from simulator.running.crews import Crewing
from simulator.running.interruption import Interruption
from simulator.running.runner import carry_out

FIRST_REPLICATION: Final = 1
"""Replications are numbered from 1, in the engine as in every output."""

Progress = Callable[[int, int], None]
"""Is told how many runs of how many are done; the latter may grow, if more replications are found to be needed."""

_Needed = Callable[[int], float]
"""Returns, after a number of replications, the number that it will take."""


def replicate(
    work: Work,
    replications: int,
    crewing: Crewing,
    kept: BatchFolder,
    progress: Progress | None,
    heard: Interruption,
    largest: int | None = None,
) -> None:
    """Carry out some work in the replications from the first one to `replications`, as far as they are not there.

    Parameters
    ----------
    work
        What to run.
    replications
        How many.
    crewing
        How it is carried out.
    kept
        Where finished batches are, and are put.
    progress
        Told before the first run and after each batch.
    heard
        Whether somebody pressed Ctrl-C: then it ends early.
    largest
        Replications in a batch, at most, if `crewing` does not say; if left out, as many as suit the workers.
    """
    replicate_until((replications,), lambda now: now, work, crewing, kept, progress, heard, largest)


def replicate_until(
    looks: Sequence[int],
    needed: _Needed,
    work: Work,
    crewing: Crewing,
    kept: BatchFolder,
    progress: Progress | None,
    heard: Interruption,
    largest: int | None = None,
) -> int:
    """Carry out some work in growing numbers of replications, until they are enough.

    What is looked at are the replications up to a number, however they were cut into batches and whoever carried them
    out, so that where it ends depends on nothing but them.

    Parameters
    ----------
    looks
        Numbers of replications after which to look, ascending; the last one ends it in any case.
    needed
        Told the replications so far, says how many it will take; those so far, if they are enough.
    work, crewing, kept, progress, heard, largest
        As for `replicate`; `progress` is told as many runs as it will take by what is known so far.

    Returns
    -------
    int
        The replications that it ended with; if Ctrl-C was pressed, those that it was at.
    """
    cases = len(work.cases)
    expected = looks[0]

    def tell(done: int) -> None:
        if progress is not None:
            progress(done * cases, expected * cases)

    with ExitStack() as stack:
        crew: Crew | None = None
        for position, look in enumerate(looks):
            missing = _missing(kept, look)
            done = look - len(missing)
            heard.something_done = heard.something_done or done > 0

            def keep(part: Part) -> None:
                nonlocal done
                kept.save(part)
                done += part.last - part.first + 1
                heard.something_done = True
                tell(done)

            tell(done)
            if missing and crew is None:
                if crewing.is_here:
                    work.prepare()
                if heard.asked:  # a compiler may lose it
                    return look
                crew = stack.enter_context(crewing.opener()(work, lambda: heard.asked))
            if missing and crew is not None:
                size = crewing.batch or largest or batch_size(len(missing), crew.workers)
                first = crew.workers if position == 0 else 0
                carry_out(batches_of(missing, size, small=first), crew, keep, lambda: heard.asked)
            if heard.asked and _missing(kept, look):
                return look
            about = needed(look)
            if about <= look or look == looks[-1]:
                return look
            if heard.asked:
                return looks[position + 1]
            expected = next((look for look in looks if look >= about), looks[-1])
    return looks[-1]


def _missing(kept: BatchFolder, last: int) -> list[int]:
    """List the replications from the first one to `last` that are not there."""
    there = {number for file in kept.files() for number in range(file.first, file.last + 1)}
    return [number for number in range(FIRST_REPLICATION, last + 1) if number not in there]


def finished_files(kept: BatchFolder, last: int) -> list[BatchFile]:
    """List the files of the replications from the first one to `last`, or to the first that is not there.

    Raises
    ------
    InputError
        If a replication is in two of them.
    """
    files = [file for file in kept.files() if file.first <= last]
    for position, (one, following) in enumerate(pairwise(files), 1):
        if following.first <= one.last:
            raise InputError(
                f"{following.path}: contains replications that {one.path.name} also contains. Delete one of the two, "
                "and continue with ",
                Named("resume"),
            )
        if following.first != one.last + 1:
            files = files[:position]
            break
    return files if files and files[0].first == FIRST_REPLICATION else []
