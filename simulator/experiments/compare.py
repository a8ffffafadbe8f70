"""The main question: the same providers under several frameworks, replication by replication."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.run import Engine
from simulator.engine.setting import Setting
from simulator.engine.tables import Tables, tables_of
from simulator.engine.trace import Trace
from simulator.experiments.frames import differences_frame, replications_frame, summary_frame
from simulator.experiments.question import Question, posed, settings_of
from simulator.experiments.runner import cores, interruption, run
from simulator.inspectorate.costs import CostSettings
from simulator.inspectorate.framework import Framework
from simulator.measures import measure
from simulator.measures.observed import observed
from simulator.measures.series import RunningSeries, Series, SeriesBands, series_of
from simulator.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

FIRST_REPLICATION = 1
"""Replications are numbered from 1, in the engine as in every output."""

EventSink = Callable[[str, int, Tables], None]
"""Takes the tables of one run: name of the framework, number of the replication, tables."""
Progress = Callable[[int, int], None]
"""Is told how many runs of how many are done."""


@dataclass(frozen=True)
class Comparison:
    """What came out of a comparison."""

    question: Question
    summary: "pd.DataFrame"
    """Columns framework, service_type, measure, mean, low, high, replications (95 % intervals)."""
    differences: "pd.DataFrame"
    """Columns framework, baseline, service_type, measure, mean, low, high, replications; paired."""
    replications: "pd.DataFrame"
    """Columns framework, replication, service_type, measure, value."""
    series: Mapping[str, SeriesBands]
    """By framework, what charts show beyond the measures."""
    finished: int
    """Replications finished: fewer than the scenario asks for if somebody pressed Ctrl-C."""

    @property
    def scenario(self) -> Scenario:
        """As resolved, options given included."""
        return self.question.scenario

    @property
    def titles(self) -> dict[str, str]:
        """Title of each framework by its name."""
        return self.question.titles

    @property
    def course(self) -> tuple[tuple[date, str], ...]:
        """Days, and titles of what is in force from them on; `COMPARED` in place of the frameworks compared."""
        return self.question.course

    @property
    def baseline(self) -> str:
        """Name of the framework that the others are compared with."""
        return self.question.baseline

    @property
    def own_register(self) -> bool:
        """Whether the providers were given, and not drawn from the scenario."""
        return self.question.own_register

    @property
    def interrupted(self) -> bool:
        """Whether it was ended before all replications were finished."""
        return self.finished < self.scenario.run.replications


class Reading(NamedTuple):
    """What is read off one run; the trace itself only where its events are kept."""

    values: npt.NDArray[np.float64]
    series: Series
    trace: Trace | None


def compare(
    scenario: Scenario,
    frameworks: Sequence[Framework] | None = None,
    *,
    register: "pd.DataFrame | None" = None,
    engine: Engine = "compiled",
    workers: int | None = None,
    progress: Progress | None = None,
    events: EventSink | None = None,
    keep_events: bool = False,
) -> Comparison:
    """Compare frameworks on the same providers with the same histories.

    Parameters
    ----------
    scenario
        What holds under every framework, and how often it is run.
    frameworks
        To compare; if left out, those that the scenario names.
    register
        Providers to inspect; if left out, they are drawn from the scenario.
    engine
        `simulator.engine.run.ENGINES`; both give the same.
    workers
        Runs at a time; if left out, one for each core. Changes nothing that comes out.
    progress
        Told when everything given has been found usable and the first run begins, and after each replication.
    events
        Given the tables of the first replication under each framework, in their order.
    keep_events
        Give it those of all replications.

    Returns
    -------
    Comparison
        Ctrl-C ends it early, with the replications that were finished under all frameworks.

    Raises
    ------
    InputError
        If something given cannot be run.
    KeyboardInterrupt
        If Ctrl-C is pressed before one replication was finished, or twice.
    """
    question = posed(scenario, frameworks, register)
    settings = settings_of(question)
    names = list(question.names)
    asked = range(FIRST_REPLICATION, FIRST_REPLICATION + scenario.run.replications)
    kept = frozenset() if events is None else frozenset(asked if keep_events else asked[:1])
    read = partial(read_off, scenario.costs, kept)
    values = []
    series = [RunningSeries() for _ in names]
    if progress is not None:
        progress(0, len(asked) * len(names))
    with interruption() as heard:
        outcomes = run(settings, asked, read, engine, workers or cores(), lambda: heard.asked)
        with closing(outcomes):
            for number, readings in zip(asked, outcomes, strict=False):
                values.append([each.values for each in readings])
                for running, each in zip(series, readings, strict=True):
                    running.add(each.series)
                if events is not None and number in kept:
                    _hand_over(events, number, names, settings, readings)
                heard.something_done = True
                if progress is not None:
                    progress(len(values) * len(names), len(asked) * len(names))
    if not values:
        raise KeyboardInterrupt
    by_framework = np.array(values).swapaxes(0, 1)
    there = question.service_types
    return Comparison(
        question=question,
        summary=summary_frame(by_framework, names, there),
        differences=differences_frame(by_framework, names, question.baseline, there),
        replications=replications_frame(by_framework, names, asked[: len(values)], there),
        series={name: running.bands() for name, running in zip(names, series, strict=True)},
        finished=len(values),
    )


def read_off(costs: CostSettings, kept: frozenset[int], replication: int, trace: Trace) -> Reading:
    """Read measures and series off a trace, and keep it if its events are wanted."""
    return Reading(measure(observed(trace), costs), series_of(observed(trace)), trace if replication in kept else None)


def _hand_over(
    events: EventSink,
    replication: int,
    names: Sequence[str],
    settings: Sequence[Setting],
    readings: Sequence[Reading],
) -> None:
    for name, setting, reading in zip(names, settings, readings, strict=True):
        if reading.trace is not None:
            events(name, replication, tables_of(reading.trace, setting))
