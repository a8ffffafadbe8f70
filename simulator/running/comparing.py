"""The work of a comparison: each framework in each replication, and what is read off its trace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from simulator.engine.run import Engine, simulate
from simulator.engine.setting import Setting
from simulator.engine.tables import tables_of
from simulator.measures import measure, posts_paid
from simulator.measures.names import MEASURES
from simulator.measures.observed import Observed, observe, observed
from simulator.measures.series import Series, month_ends, no_series, series_of
from simulator.running.batches import Array, Reading
from simulator.running.event_tables import Events, encoded_tables
from simulator.running.question import Question, settings_of
from simulator.running.replicating import FIRST_REPLICATION
from simulator.running.settings_run import SettingsRun
from simulator.world.services import SERVICE_TYPES

VALUES: Final = "values"
"""Name of the array of measures; those of series have their own names."""


@dataclass(frozen=True)
class Comparing(SettingsRun):
    """Frameworks to be run in replications of one scenario (`simulator.running.batches.Work`)."""

    events: Events
    measured: tuple[date, date]
    """Days on which the run begins and ends."""

    def read(self, case: int, replication: int) -> Reading:
        """Run a framework in a replication, and read off measures, series and, if asked for, its events."""
        setting = self.settings[case]
        if self.events == "none" or (self.events == "first" and replication != FIRST_REPLICATION):
            return Reading(self._measured(setting, observe(setting, replication, self.engine)))
        trace = simulate(setting, replication, self.engine)
        tables = encoded_tables(self.cases[case], replication, tables_of(trace, setting))
        return Reading(self._measured(setting, observed(trace)), tables)

    def blank(self) -> Mapping[str, Array]:
        """Return measures and series that are all undefined."""
        values = np.full((len(MEASURES), len(SERVICE_TYPES) + 1), np.nan)
        return _arrays(values, no_series(len(month_ends(*self.measured))))

    def _measured(self, setting: Setting, run: Observed) -> Mapping[str, Array]:
        return _arrays(measure(run, self.costs, posts_paid(setting, self.idle)), series_of(run))


def comparing(question: Question, engine: Engine, events: Events) -> Comparing:
    """Turn a question into work.

    Raises
    ------
    InputError
        If it cannot be run.
    """
    scenario = question.scenario
    return Comparing(
        cases=question.names,
        settings=tuple(settings_of(question)),
        costs=scenario.costs,
        engine=engine,
        idle=question.idle_pools,
        events=events,
        measured=(scenario.run.begins, scenario.run.ends),
    )


def _arrays(values: Array, series: Series) -> Mapping[str, Array]:
    return {VALUES: values, **series._asdict()}
