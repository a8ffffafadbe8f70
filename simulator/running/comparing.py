"""The work of a comparison: each framework in each replication, and what is read off its trace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from simulator.engine.past import run_until
from simulator.engine.run import Engine, simulate
from simulator.engine.setting import Setting
from simulator.engine.tables import tables_of
from simulator.inspectorate.kinds import RATINGS
from simulator.measures import measure, posts_paid
from simulator.measures.by_group import GROUP_MEASURES, by_group
from simulator.measures.for_whom import FIGURES, held_amounts
from simulator.measures.grouping import Grouping, group_names, groupings
from simulator.measures.names import MEASURES
from simulator.measures.observed import Observed, observe, observe_until, observed
from simulator.measures.series import Series, month_ends, no_series, series_of
from simulator.running.batches import Array, Reading
from simulator.running.event_tables import Events, encoded_tables
from simulator.running.question import Question, settings_of
from simulator.running.replicating import FIRST_REPLICATION
from simulator.running.settings_run import SettingsRun
from simulator.world.services import SERVICE_TYPES

VALUES: Final = "values"
"""Name of the array of measures; those of series have their own names."""
GROUPS: Final = "groups"
"""Name of the array of measures of groups (`simulator.measures.by_group`)."""
AMOUNTS: Final = "amounts"
"""Name of the array of what was counted while ratings were held (`simulator.measures.for_whom.held_amounts`)."""


@dataclass(frozen=True)
class Comparing(SettingsRun):
    """Frameworks to be run in replications of one scenario (`simulator.running.batches.Work`)."""

    events: Events
    measured: tuple[date, date]
    """Days on which the run begins and ends."""
    authorities: bool
    """Whether local authorities are those of a register, so that they are measured one by one."""

    @cached_property
    def divisions(self) -> tuple[Grouping, ...]:
        """The groups that are measured by themselves."""
        return groupings(self.settings[0], self.authorities)

    def read(self, case: int, replication: int) -> Reading:
        """Run a framework in a replication, and read off measures, series and, if asked for, its events."""
        setting = self.settings[case]
        if self.events == "none" or (self.events == "first" and replication != FIRST_REPLICATION):
            past = self.past_of(case, observe_until)
            return Reading(self._measured(setting, observe(setting, replication, self.engine, past)))
        past = self.past_of(case, run_until)
        trace = past.goes_on(setting)[0] if past else simulate(setting, replication, self.engine)
        tables = encoded_tables(self.cases[case], replication, tables_of(trace, setting))
        return Reading(self._measured(setting, observed(trace)), tables)

    def blank(self) -> Mapping[str, Array]:
        """Return measures and series that are all undefined."""
        values = np.full((len(MEASURES), len(SERVICE_TYPES) + 1), np.nan)
        groups = len(group_names(self.settings[0], self.authorities))
        return {
            **_arrays(values, no_series(len(month_ends(*self.measured)))),
            GROUPS: np.full((groups, len(GROUP_MEASURES), len(SERVICE_TYPES) + 1), np.nan),
            AMOUNTS: np.full((len(self.settings[0].groups.providers), len(RATINGS), len(FIGURES)), np.nan),
        }

    def _measured(self, setting: Setting, run: Observed) -> Mapping[str, Array]:
        return {
            **_arrays(measure(run, self.costs, posts_paid(setting, self.idle)), series_of(run)),
            GROUPS: by_group(run, self.divisions, self.costs),
            AMOUNTS: held_amounts(run.trace, self.costs),
        }


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
        authorities=question.own_register,
    )


def _arrays(values: Array, series: Series) -> Mapping[str, Array]:
    return {VALUES: values, **series._asdict()}
