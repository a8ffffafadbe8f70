"""The runs of an explanation: the baseline with each needed choice of the option's parts, in the same replications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from simulator.engine.run import Engine
from simulator.engine.setting import settings_under
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework
from simulator.measures import measure, posts_paid
from simulator.measures.names import MEASURES
from simulator.measures.observed import observe, observe_until
from simulator.questions.explain.groups import Group
from simulator.questions.explain.parts import Pair, content_of, mixed
from simulator.running.all_failed import check_not_all_failed
from simulator.running.batch_files import BatchFolder
from simulator.running.batches import Array, Failure, Reading
from simulator.running.comparing import VALUES
from simulator.running.crews import Crewing
from simulator.running.identity import identity
from simulator.running.interruption import interruption
from simulator.running.pools_at_work import with_pools_named
from simulator.running.posts import with_posts
from simulator.running.question import Question
from simulator.running.replicating import Progress, finished_files, replicate
from simulator.running.settings_run import SettingsRun
from simulator.world.services import SERVICE_TYPES

_UNLIMITED: Final = "without a limit to inspectors"


class Cases(NamedTuple):
    """Frameworks to run, and which of them each choice of groups is."""

    frameworks: tuple[Framework, ...]
    """The baseline and the option, as far as they are needed, and mixtures; no two prescribe the same."""
    case: Mapping[int, int]
    """Position in `frameworks` by choice of groups, a bit for each group."""


class Found(NamedTuple):
    """What was read off the runs."""

    values: Array
    """Measures by replication and choice of groups, in the order asked for: shape (replications, choices, ...)."""
    unlimited: Array | None
    """The same without a limit to inspectors; None if that was not asked for."""
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class _Mixtures(SettingsRun):
    """Mixtures of two frameworks to be run in replications of one scenario (`simulator.running.batches.Work`)."""

    def read(self, case: int, replication: int) -> Reading:
        """Run a mixture in a replication, and read off the measures."""
        setting = self.settings[case]
        run = observe(setting, replication, self.engine, self.past_of(case, observe_until))
        return Reading({VALUES: measure(run, self.costs, posts_paid(setting, self.idle))})

    def blank(self) -> Mapping[str, Array]:
        """Return measures that are all undefined."""
        return {VALUES: np.full((len(MEASURES), len(SERVICE_TYPES) + 1), np.nan)}


def cases_of(pair: Pair, groups: Sequence[Group], choices: Sequence[int]) -> Cases:
    """Return the frameworks to run.

    Raises
    ------
    InputError
        If a choice of groups is no framework.
    """
    everything = (1 << len(groups)) - 1
    frameworks: list[Framework] = []
    contents: dict[str, int] = {}
    case = {}
    for choice in choices:
        taken = [group for position, group in enumerate(groups) if choice >> position & 1]
        framework = (
            {0: pair.baseline, everything: pair.option}.get(choice)
            or mixed(pair, [part for group in taken for part in group.parts], f"{pair.option.name}-part-{choice}")
        )  # fmt: skip
        if framework is None:
            raise InputError(
                f'"{pair.baseline.name}" cannot take {" and ".join(group.title for group in taken)} from '
                f'"{pair.option.name}" without the rest. Put what belongs together into one group'
            )
        content = content_of(framework)
        if content not in contents:
            contents[content] = len(frameworks)
            frameworks.append(framework)
        case[choice] = contents[content]
    return Cases(tuple(frameworks), case)


def run_cases(
    question: Question,
    cases: Cases,
    unlimited: bool,
    crewing: Crewing,
    progress: Progress | None,
    batches: BatchFolder | None,
    resume: bool,
) -> Found:
    """Run every framework in the same replications, with the scenario's inspectors and perhaps without a limit too.

    Parameters
    ----------
    question
        Scenario, providers and the two frameworks.
    cases
        Frameworks to run.
    unlimited
        Whether to run each of them without a limit to inspectors too, from the day of the takeover on.
    crewing, progress, batches, resume
        As for `simulator.questions.compare.comparison.compare`.

    Raises
    ------
    InputError
        If something given cannot be used, or every run failed.
    KeyboardInterrupt
        If Ctrl-C is pressed before one replication was finished, or twice.
    """
    crewing.opener()
    staffings = [question, *([_without_limit(question)] if unlimited else [])]
    work = _mixtures(staffings, cases, crewing.engine)
    kept = batches or BatchFolder.temporary()
    told = identity(replace(question, frameworks=cases.frameworks), "none")
    kept.begin(told | {"unlimited": unlimited, "pair": list(question.names)}, resume)
    asked = question.scenario.run.replications
    with interruption() as heard:
        replicate(work, asked, crewing, kept, progress, heard, 1)
    values, failures = _read(kept, asked)
    if not len(values):
        raise KeyboardInterrupt
    check_not_all_failed(failures, len(values) * len(work.cases))
    chosen = [cases.case[choice] for choice in sorted(cases.case)]
    beyond = [case + len(cases.frameworks) for case in chosen]
    return Found(values[:, chosen], values[:, beyond] if unlimited else None, failures)


def _mixtures(staffings: Sequence[Question], cases: Cases, engine: Engine) -> _Mixtures:
    names, settings = [], []
    for staffed, told in zip(staffings, ("", f" {_UNLIMITED}"), strict=False):
        mixture = replace(staffed, frameworks=cases.frameworks)
        timelines = [mixture.timeline(position) for position in range(len(cases.frameworks))]
        scenario = with_pools_named(staffed.scenario, mixture.every_framework)
        settings += settings_under(scenario, timelines, staffed.register)
        names += [f"{framework.name}{told}" for framework in cases.frameworks]
    first = staffings[0]
    return _Mixtures(tuple(names), tuple(settings), first.scenario.costs, engine, first.idle_pools)


def _without_limit(question: Question) -> Question:
    """Return the question with as many inspectors in every pool as there is work for, from the takeover on."""
    for pool in question.scenario.capacity.pools:
        if pool not in question.idle_pools:
            question = with_posts(question, pool, float("inf"))
    return question


def _read(kept: BatchFolder, last: int) -> tuple[Array, tuple[Failure, ...]]:
    values: list[Array] = []
    failures: list[Failure] = []
    for file in finished_files(kept, last):
        values.append(file.arrays(VALUES)[VALUES][: min(file.last, last) - file.first + 1])
        failures += file.failures() if file.failed else []
    return np.concatenate(values) if values else np.empty((0, 0)), tuple(failures)
