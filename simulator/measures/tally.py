"""What is counted of the inspections of a run while they are made, so that none of them need be kept."""

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import (
    BEYOND_MEANS,
    BROUGHT_FORWARD,
    DONE,
    JUDGED_LOW,
    LAPSED,
    OUT_OF_TIME,
    PLANNED,
    REASONS,
)
from simulator.inspectorate.kinds import DESK, KINDS
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.by_service import Flags, closes_within, within
from simulator.measures.years import year_of
from simulator.ticks import years_of
from simulator.world.services import LOCAL_AUTHORITY

GOOD: Final = 3
"""From this true grade on a provider is truly good or better."""


class Tally:
    """Sums over inspections by service type, each of shape (13,).

    Those made are begun and ended, the end in the measured window. Rows are added one after another, so that the sums
    are the same to the last bit whatever the pieces in which the rows come.
    """

    def __init__(self, measured_from: int, horizon: int, regimes: int = 1) -> None:
        """Begin to count.

        Parameters
        ----------
        measured_from, horizon : int
            Ticks between which it is measured.
        regimes : int
            Frameworks in force one after another.
        """
        self._window = measured_from, horizon
        self.made_by_kind = np.zeros((len(KINDS), TYPE_COUNT))
        """Inspections made, by kind too: shape (12, 13)."""
        self.made_of_good = np.zeros(TYPE_COUNT)
        """Inspections made that met a provider truly good or better."""
        years = years_of(measured_from, horizon)
        self.inspector_days_by_year = np.zeros((years, TYPE_COUNT))
        """By year of the window too (`simulator.measures.years`), as all that follows up to re-inspections."""
        self.visit_days_by_year = np.zeros((years, TYPE_COUNT))
        """Inspector-days of visits: of inspections other than those at the desk."""
        self.visits_by_year = np.zeros((years, TYPE_COUNT))
        self.planned_visits = np.zeros((regimes, years, TYPE_COUNT))
        """Visits planned by a rule, but for those of authorities, by the framework that was in force."""
        self.reinspection_days = np.zeros(TYPE_COUNT)
        """Inspector-days of visits made because of a low judgement."""
        self.reinspections = np.zeros(TYPE_COUNT)
        self.judged_poor = np.zeros(TYPE_COUNT)
        self.mistaken_for_poor = np.zeros(TYPE_COUNT)
        """Of those judged poor, the truly good or better."""
        self.lapsed_by_reason = np.zeros((len(REASONS), TYPE_COUNT))
        """Discretionary inspections that lapsed in the window for want of inspectors, by reason too: shape (9, 13)."""
        self.lapsed_by_kind = np.zeros((len(KINDS), TYPE_COUNT))
        """The same by kind: shape (12, 13)."""
        self.made_at_discretion = np.zeros(TYPE_COUNT)
        """Inspections made that no statutory rule asked for."""

    @property
    def inspector_days(self) -> npt.NDArray[np.float64]:
        """Inspector-days of the inspections made."""
        return np.asarray(self.inspector_days_by_year.sum(axis=0))

    def questionnaires_by_year(self, self_assessed: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Return the questionnaires filled in before planned visits, shape (years, 13).

        Where a self-assessment is demanded it takes their place (consultation 2006, 3.2.2).

        Parameters
        ----------
        self_assessed
            1 where a framework in force demands one of a service type, shape (regimes, 13); no rows if none does.
        """
        asked = 1 - self_assessed if len(self_assessed) else np.ones((1, TYPE_COUNT))
        return np.asarray((self.planned_visits * asked[:, np.newaxis]).sum(axis=0))

    @property
    def made(self) -> npt.NDArray[np.float64]:
        """Inspections made."""
        return np.asarray(self.made_by_kind.sum(axis=0))

    @property
    def lapsed(self) -> npt.NDArray[np.float64]:
        """Discretionary inspections that lapsed for want of inspectors."""
        return np.asarray(self.lapsed_by_reason.sum(axis=0))

    def add(self, table: npt.NDArray[np.void]) -> None:
        """Count rows of `simulator.engine.recorded.INSPECTION`."""
        self._add_made(table, np.flatnonzero((table["status"] == DONE) & within(table["ended"], *self._window)))
        for_want = (table["lapse"] == OUT_OF_TIME) | (table["lapse"] == BEYOND_MEANS)
        at_discretion = (table["status"] == LAPSED) & (table["statutory"] == 0)
        lapsed = np.flatnonzero(for_want & at_discretion & closes_within(table["ended"], *self._window))
        reason, kind, service_type = (table[name][lapsed] for name in ("reason", "kind", "service_type"))
        np.add.at(self.lapsed_by_reason, (reason, service_type), 1.0)
        np.add.at(self.lapsed_by_kind, (kind, service_type), 1.0)

    def _add_made(self, table: npt.NDArray[np.void], rows: npt.NDArray[np.int64]) -> None:
        service_type, kind, days, ended, reason, true_grade, judged, regime = (
            table[name][rows]
            for name in ("service_type", "kind", "inspector_days", "ended", "reason", "true_grade", "judged", "regime")
        )
        self.made_by_kind += np.bincount(kind * TYPE_COUNT + service_type, minlength=len(KINDS) * TYPE_COUNT).reshape(
            self.made_by_kind.shape
        )
        year = year_of(ended, *self._window)
        np.add.at(self.inspector_days_by_year, (year, service_type), days)
        visits: Flags = kind != DESK
        np.add.at(self.visit_days_by_year, (year[visits], service_type[visits]), days[visits])
        np.add.at(self.visits_by_year, (year[visits], service_type[visits]), 1.0)
        planned: Flags = visits & np.isin(reason, (PLANNED, BROUGHT_FORWARD)) & (service_type != LOCAL_AUTHORITY)
        np.add.at(self.planned_visits, (regime[planned], year[planned], service_type[planned]), 1.0)
        again: Flags = visits & (reason == JUDGED_LOW)
        np.add.at(self.reinspection_days, service_type[again], days[again])
        self.reinspections += _counts(service_type[again])
        truly_good: Flags = true_grade >= GOOD
        judged_poor: Flags = judged == 1
        self.made_at_discretion += _counts(service_type[table["statutory"][rows] == 0])
        self.made_of_good += _counts(service_type[truly_good])
        self.judged_poor += _counts(service_type[judged_poor])
        self.mistaken_for_poor += _counts(service_type[judged_poor & truly_good])


def _counts(service_type: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.bincount(service_type, minlength=TYPE_COUNT)
