"""What one run leaves behind: its tables of rows, and how long its providers were at each true grade."""

from datetime import date
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import ASSESSMENT, DUTY, HELD, LIFE
from simulator.inspectorate.enforcement import STEPS
from simulator.world.services import SERVICE_TYPES


class Recorder(Protocol):
    """Takes the rows of the three long tables as they are made."""

    def take(
        self, inspections: npt.NDArray[np.void], assessments: npt.NDArray[np.void], duties: npt.NDArray[np.void]
    ) -> None:
        """Take the next rows of each; the engine will overwrite them."""


class Trace(NamedTuple):
    """One replication of one framework, from the epoch to the horizon, warm-up included.

    Every time in it is a tick (`simulator.ticks`); rows of the warm-up are told by `measured_from`.
    """

    inspections: npt.NDArray[np.void]
    """`simulator.engine.recorded.INSPECTION`; work open at the horizon is in it, with ``ended`` `NEVER`."""
    episodes: npt.NDArray[np.void]
    """`simulator.engine.recorded.EPISODE`; those open at the horizon are in it, with ``ended`` `NEVER`."""
    backlog: npt.NDArray[np.void]
    """`simulator.engine.recorded.BACKLOG`."""
    provider_years: npt.NDArray[np.float64]
    """Provider-years in the measured window by service type and true grade, shape (13, 5)."""
    epoch: date
    """Day of tick 0."""
    measured_from: int
    """Tick at which the warm-up is over and measuring begins."""
    horizon: int
    """Tick at which the run stops."""
    timeline: tuple[str, ...]
    """Names of the frameworks in force one after another."""
    month_starts: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    """Ticks of the first of each month from the epoch, shape (months,)."""
    assessments: npt.NDArray[np.void] = np.zeros(0, dtype=ASSESSMENT)
    """`simulator.engine.recorded.ASSESSMENT`: risk assessments, yearly and in the course of the year."""
    duties: npt.NDArray[np.void] = np.zeros(0, dtype=DUTY)
    """`simulator.engine.recorded.DUTY`; those that stand at the horizon are in it, outstanding."""
    ratings: npt.NDArray[np.int64] = np.zeros((0, 13, 5), dtype=np.int64)
    """Open providers by service type and rating held (0: not yet graded) when each month began."""
    held: npt.NDArray[np.void] = np.zeros((0, 5), dtype=HELD)
    """`simulator.engine.recorded.HELD` by group of providers (`simulator.world.groups`) and last grade, up to the
    horizon, shape (groups, 5)."""
    held_by_authority: npt.NDArray[np.void] = np.zeros((0, len(SERVICE_TYPES), 5), dtype=HELD)
    """The same by local authority, service type and last grade, shape (authorities, 13, 5)."""
    held_by_year: npt.NDArray[np.void] = np.zeros((0, len(SERVICE_TYPES), 5), dtype=HELD)
    """The same by year of the measured window, service type and last grade, shape (years, 13, 5)."""
    steps_by_month: npt.NDArray[np.int64] = np.zeros((0, len(SERVICE_TYPES), STEPS), dtype=np.int64)
    """How often, in the measured window, each step was taken from a plan asked for to deregistration, by month (as
    ``month_starts``) and service type (`simulator.inspectorate.enforcement`)."""
    self_assessments_by_month: npt.NDArray[np.int64] = np.zeros((0, len(SERVICE_TYPES)), dtype=np.int64)
    """Self-assessments produced in the measured window, by month and service type."""
    self_assessed: npt.NDArray[np.int64] = np.zeros((0, len(SERVICE_TYPES)), dtype=np.int64)
    """1 where a framework of the timeline demands a self-assessment of a service type, shape (frameworks, 13); no rows
    if none does."""
    lives: npt.NDArray[np.void] = np.zeros(0, dtype=LIFE)
    """`simulator.engine.recorded.LIFE`; providers open at the horizon are in it, with ``closed`` `NEVER`."""

    @property
    def steps_taken(self) -> npt.NDArray[np.int64]:
        """How often each step was taken in the whole measured window, shape (13, STEPS)."""
        return np.asarray(self.steps_by_month.sum(axis=0))
