"""Some work in so many replications: what is not on disk yet is carried out, and all is found again in order."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from simulator.experiments.batch_files import BatchFile, BatchFolder, Part
from simulator.experiments.batches import Work, batch_size, batches_of
from simulator.experiments.crews import Crewing
from simulator.experiments.interruption import Interruption
from simulator.experiments.runner import carry_out

FIRST_REPLICATION: Final = 1
"""Replications are numbered from 1, in the engine as in every output."""

Progress = Callable[[int, int], None]
"""Is told how many runs of how many are done."""


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
    there = {number for each in kept.files() for number in range(each.first, each.last + 1)}
    asked = range(FIRST_REPLICATION, FIRST_REPLICATION + replications)
    missing = [number for number in asked if number not in there]
    cases = len(work.cases)
    done = (replications - len(missing)) * cases
    heard.something_done = heard.something_done or done > 0

    def tell() -> None:
        if progress is not None:
            progress(done, replications * cases)

    def keep(part: Part) -> None:
        nonlocal done
        kept.save(part)
        done += (part.last - part.first + 1) * cases
        heard.something_done = True
        tell()

    tell()
    if not missing:
        return
    if crewing.is_here:
        work.prepare()
    if heard.asked:  # a compiler may lose it
        return
    with crewing.opener()(work, lambda: heard.asked) as crew:
        size = crewing.batch or largest or batch_size(len(missing), crew.workers)
        carry_out(batches_of(missing, size, small=crew.workers), crew, keep, lambda: heard.asked)


def finished_files(kept: BatchFolder, last: int) -> list[BatchFile]:
    """List the files of the replications from the first one to `last`, or to the first that is not there."""
    files = [each for each in kept.files() if each.first <= last]
    for position, (one, following) in enumerate(pairwise(files), 1):
        if following.first != one.last + 1:
            files = files[:position]
            break
    return files if files and files[0].first == FIRST_REPLICATION else []
