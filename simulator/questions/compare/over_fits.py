"""A comparison over a set of fits: the replications of one comparison, shared out among the fits.

Where a precision is asked for, it is that of the mean over the fits of each headline difference: all fits are run in
more replications until it is reached.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.answers.answer import Answer, Asked
from simulator.questions.compare.answer import Compared
from simulator.questions.compare.gain_sentences import sentences_on_gains
from simulator.questions.compare.precision_words import precision_sentences
from simulator.questions.over_fits.answer import OverFits
from simulator.questions.over_fits.asking import Ask, InWorlds, ask_each
from simulator.running.event_tables import EVENTS, join_tables, of_fit
from simulator.running.frames import RunningFrames
from simulator.running.looks import Plan, exactly, until
from simulator.running.precision import Known, asked_of, known, replications_needed
from simulator.running.question import Question
from simulator.running.run_folder import GAINS, PRECISION, precision_frame, precision_told
from simulator.running.store import RunFolder
from simulator.running.worlds import PLAUSIBLE, Worlds
from simulator.scenario.replications import FEWEST
from simulator.scenario.scenario import RunSettings
from simulator.words.estimates import CHILDRENS_HOMES, EVERYONE

if TYPE_CHECKING:
    import pandas as pd

MOST_COMPARED: Final = 20
"""Fits run if nothing else is asked for: they share out the replications of one comparison."""
_FEWEST_RUNS: Final = 2
"""Replications of each fit, at least."""


class ComparedOverFits(OverFits):
    """The answer of `compare` over a set of fits."""

    of = Compared
    answers: tuple[Compared, ...]

    def __init__(self, found: InWorlds, asked: Asked) -> None:
        super().__init__(found, asked)
        self.plan = _shared_out(self.question.scenario.run, len(self.answers))
        self.differences_known = _known(self.question, self.answers, self.plan)

    @classmethod
    def ask_in_all(cls, worlds: Worlds, ask: Ask) -> InWorlds:
        """Compare in every fit, in more and more replications until the mean over the fits is known."""
        asked_of(worlds.question)
        plan = _shared_out(worlds.question.scenario.run, len(worlds.numbers))
        for look in plan.looks:
            found = ask_each(worlds, partial(_asked_so_often, ask, look))
            if replications_needed(look, _known(worlds.question, found.answers, plan)) <= look:
                break
        return found

    @property
    def replications(self) -> int:
        """Runs of each fit under each framework."""
        return self.answers[0].comparison.asked

    @property
    def sentences(self) -> list[str]:
        """The numbers over the fits, then the shares of the possible gain, if there are any."""
        gains = self.over(GAINS).rename(columns={"median": "share"})
        if gains.empty:
            return super().sentences
        subject = CHILDRENS_HOMES if self.question.subject == CHILDRENS_HOMES.service_type else EVERYONE
        return [*super().sentences, *sentences_on_gains(subject, self.question.titles, gains)]

    @property
    def rests_on(self) -> list[str]:
        """What the fits are, and how often each is run."""
        often = f"Each of them is run {self.replications} times under each framework."
        simulated = "All numbers are simulated and depend on the assumptions listed in report.html."
        return [self.worlds.basis, often, simulated]

    @property
    def known(self) -> list[str]:
        """How precisely the differences are known, where a precision was requested."""
        return precision_sentences(
            self.differences_known,
            self.question.titles,
            f"Averaged over the {self.sort.many}, after {self.replications} replications of each",
            self.replications == self.plan.looks[-1],
        )

    def tables(self) -> "Mapping[str, Iterable[pd.DataFrame]]":
        """Return also how precisely the mean over the fits is known."""
        precision = {PRECISION: [precision_frame(self.differences_known)]} if self.differences_known else {}
        return {**super().tables(), **precision}

    def write_rest(self, folder: RunFolder) -> None:
        """Write the tables of events that were kept, each row with its fit."""
        for name in EVENTS:
            every = zip(self.worlds.numbers, self.answers, strict=True)
            join_tables(
                folder.path(f"{name}.parquet"),
                (of_fit(number, table) for number, answer in every for table in answer.comparison.tables(name)),
            )

    @property
    def made(self) -> Mapping[str, Any]:
        """The fits run, their replications, and the precision of differences where one was requested."""
        made = {**super().made, "replications": self.replications}
        until_known = self.question.scenario.run.until
        if until_known is not None:
            told = precision_told(until_known, self.plan, self.replications, self.differences_known)
            made["precision"] = told
        return made


class ComparedOverWorlds(ComparedOverFits):
    """The answer of `compare` over plausible worlds."""

    sort = PLAUSIBLE


def _shared_out(run: RunSettings, fits: int) -> Plan:
    """Share replications out among fits."""
    if run.until is None:
        return exactly(max(_FEWEST_RUNS, -(-run.replications // fits)))
    least = max(FEWEST, -(-run.until.least // fits))
    return until(least, max(least, -(-run.until.most // fits)))


def _asked_so_often(ask: Ask, replications: int, number: int, world: Question) -> Answer:
    changes = {"run": {"replications": replications}}
    return ask(number, replace(world, scenario=world.scenario.changed(changes, "a comparison over fits")))


def _known(question: Question, answers: Sequence[Any], plan: Plan) -> tuple[Known, ...]:
    """Report how precisely the mean over the fits of each headline difference is known.

    All fits share their replications; fits under which a measure is undefined in a replication are left out there.
    """
    if question.scenario.run.until is None:
        return ()
    frames = RunningFrames(question.names, question.baseline, question.service_types, plan.confidence)
    for values in zip(*(answer.comparison.values() for answer in answers), strict=True):
        there = np.sum(~np.isnan(values), axis=0)
        frames.add(np.where(there > 0, np.nansum(values, axis=0) / np.maximum(there, 1), np.nan))
    return known(question, frames.summary(), frames.differences())
