from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pytest

from simulator.engine.recorded import JUDGED_LOW, MONITORED, REASONS, SAMPLED
from simulator.measures.bands import Band
from simulator.measures.discrimination import ALARMS
from simulator.measures.series import DETECTION_DAYS, SeriesBands, month_ends
from simulator.running.precision import Known
from simulator.scenario.scenario import Scenario, load_scenario

Triple = tuple[float, float, float]

LEVELS: dict[str, Triple] = {
    "inspections_per_year": (3930, 3900, 3960),
    "inspections_per_provider_year": (2.0, 1.99, 2.01),
    "days_unfound_mean": (95, 93, 97),
    "undetected_poor_provider_years": (210, 205, 215),
    "backlog_mean": (310, 300, 320),
    "detected_within_90_days": (0.6, 0.59, 0.61),
    "detected_within_180_days": (0.8, 0.79, 0.81),
    "detected_within_365_days": (0.9, 0.89, 0.91),
    "never_detected_share": (0.08, 0.07, 0.09),
    "visits_rated_good": (1.9, 1.89, 1.91),
    "visits_rated_adequate": (2.1, 2.08, 2.12),
    "visits_rated_poor": (4.2, 4.1, 4.3),
    "assessment_auc": (0.87, 0.86, 0.88),
}
UNCLEAR: Triple = (1, -3, 5)


@dataclass
class MadeUp:
    """A comparison that nobody ran: the levels of the baseline, and differences from them."""

    scenario: Scenario
    titles: Mapping[str, str]
    baseline: str
    summary: pd.DataFrame
    differences: pd.DataFrame
    series: Mapping[str, SeriesBands]
    own_register: bool = False
    peers: Sequence[str] = ()
    """Names of those in the layer of the baseline; if left out, no other is."""
    course: Sequence[tuple[date, str]] = ()
    known: Sequence[Known] = ()
    """How precisely headline differences are known; if left out, nobody counted."""


@pytest.fixture(scope="session")
def england() -> Scenario:
    return load_scenario("england-2006")


@pytest.fixture(scope="session")
def make_up(england: Scenario) -> Callable[..., MadeUp]:
    """Make up a comparison from differences by title and measure; those not given are unclear."""

    def make(
        differences: Mapping[str, Mapping[str, Triple]],
        levels: Mapping[str, Triple] | None = None,
        service_types: Sequence[str] = ("childrens_home", "all"),
        replications: int = 20,
        scenario: Scenario = england,
    ) -> MadeUp:
        base = "2006 regime"
        names = {title.lower().replace(" ", "-"): title for title in [base, *differences]}
        at_base = LEVELS | dict(levels or {})
        told = {base: at_base}
        for title, given in differences.items():
            told[title] = {
                name: (level[0] + by[0], level[1] + by[1], level[2] + by[2])
                for name, level in at_base.items()
                for by in [given.get(name, UNCLEAR)]
            }
        summary = [
            (name, service_type, measure, *level, replications)
            for name, title in names.items()
            for service_type in service_types
            for measure, level in told[title].items()
        ]
        rows = [
            (name, "2006-regime", service_type, measure, *differences[title].get(measure, UNCLEAR), replications)
            for name, title in list(names.items())[1:]
            for service_type in service_types
            for measure in at_base
        ]
        columns = ["framework", "service_type", "measure", "mean", "low", "high", "replications"]
        return MadeUp(
            scenario=scenario,
            titles=names,
            baseline="2006-regime",
            summary=pd.DataFrame(summary, columns=columns),
            differences=pd.DataFrame(rows, columns=["framework", "baseline", *columns[1:]]),
            series={name: series(scenario, i) for i, name in enumerate(names)},
        )

    return make


def series(scenario: Scenario, number: int) -> SeriesBands:
    start = scenario.run.start
    months = len(month_ends(scenario.run.begins, date(start.year + scenario.run.years, start.month, start.day)))
    kinds = np.zeros((12, 14))
    kinds[0], kinds[4], kinds[9] = 4000 - 100 * number, 200, 1
    found = (1 - np.exp(-DETECTION_DAYS / (90 + 20 * number)))[:, None] * np.ones(14)
    waiting = (200 + 50 * np.sin(np.arange(months) / 2) - 10 * number)[:, None] * np.ones(14)
    told_apart = (ALARMS ** (0.2 + 0.1 * number))[:, None] * np.ones(14)
    lapsed = np.zeros((len(REASONS), 14))
    lapsed[SAMPLED], lapsed[JUDGED_LOW], lapsed[MONITORED] = 480, 18, 2
    return SeriesBands(around(kinds), around(found), around(waiting), around(told_apart), around(lapsed))


def around(mean: np.ndarray) -> Band:
    return Band(mean, mean * 0.97, mean * 1.03)
