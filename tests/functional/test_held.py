"""How long providers have each grade, and the visits begun meanwhile: watched event by event, and added up."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.recorded import BROUGHT_FORWARD, HELD, PLANNED, RUNNING
from simulator.engine.setting import Setting
from simulator.engine.simpy_engine import simulate_simpy
from simulator.engine.state import State
from simulator.engine.trace import Trace
from simulator.inspectorate.enforcement import AGREED
from simulator.inspectorate.framework import load_framework
from simulator.inspectorate.kinds import DESK
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import load_scenario
from simulator.ticks import TICKS_PER_YEAR
from simulator.world.services import LOCAL_AUTHORITY

if TYPE_CHECKING:
    from tests.functional.worlds import World

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
COUNTS = HELD.names or ()


class Watched:
    """Sees after each event who has which grade, and who is being visited."""

    def __init__(self, setting: Setting) -> None:
        self._window = setting.measured_from, setting.horizon
        self._before = setting.begins
        self._grade = np.full(len(setting.providers), -1)
        self._visiting: set[tuple[int, int]] = set()
        self.ticks = np.zeros((len(setting.providers), 5), dtype=np.int64)
        self.visits = np.zeros((len(setting.providers), 5), dtype=np.int64)

    def __call__(self, state: State, time: int, _kind: int, _subject: int) -> None:
        """See what holds after an event."""
        self.until(time)
        self._grade = np.where(state.providers["open"] == 1, state.providers["judged"], -1)
        running = (state.work["status"] == RUNNING) & (state.work["kind"] != DESK)
        visiting = set(zip(*(state.work[name][running].tolist() for name in ("provider", "number")), strict=True))
        for provider, _ in visiting - self._visiting:
            if time >= self._window[0]:
                self.visits[provider, state.providers[provider].judged] += 1
        self._visiting = visiting

    def until(self, time: int) -> None:
        """Count what lasted from the event before until `time`."""
        there = np.flatnonzero(self._grade >= 0)
        lasted = max(time - max(self._before, self._window[0]), 0)
        self.ticks[there, self._grade[there]] += lasted
        self._before = time


def small(framework: str) -> Setting:
    question = posed(load_scenario(SMALL), [load_framework(framework)])
    return settings_of(question)[0]


def by(code: npt.NDArray[np.integer], values: npt.NDArray[np.int64], shape: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """Add up what belongs to each code."""
    added = np.zeros(shape, dtype=np.int64)
    np.add.at(added, code, values)
    return added


@pytest.mark.parametrize("framework", ["2006-regime", "option-a-as-proposed", "belief-index"])
def test_grades_and_visits_are_those_that_were_watched(framework: str) -> None:
    setting = small(framework)
    watched = Watched(setting)
    trace = simulate_simpy(setting, 1, watched)
    watched.until(setting.horizon)
    places = setting.providers
    for name, seen in (("ticks", watched.ticks), ("visits", watched.visits)):
        assert np.array_equal(trace.held[name], by(places["group"], seen, trace.held.shape))
        of_type = by(places["service_type"], seen, (13, 5))
        assert np.array_equal(trace.held_by_year[name].sum(axis=0), of_type)
        for authority, held in enumerate(trace.held_by_authority[name]):
            own = places["authority"] == authority
            assert np.array_equal(held, by(places["service_type"][own], seen[own], (13, 5)))
    assert (trace.held["ticks"].sum(axis=0)[[0, 1, 2, 3]] > 0).all()
    assert (trace.held["visits"].sum(axis=0)[[0, 1, 2, 3]] > 0).all()


def visits_begun(trace: Trace) -> npt.NDArray[np.void]:
    rows = trace.inspections
    begun = (rows["started"] >= trace.measured_from) & (rows["started"] < trace.horizon)
    visits: npt.NDArray[np.void] = rows[begun & (rows["kind"] != DESK)]
    return visits


def questionnaires(setting: Setting, trace: Trace, visits: npt.NDArray[np.void]) -> int:
    """Count the visits planned by a rule and begun on a day when no self-assessment takes the questionnaire's place."""
    planned = np.isin(visits["reason"], (PLANNED, BROUGHT_FORWARD)) & (visits["service_type"] != LOCAL_AUTHORITY)
    in_force = np.searchsorted(setting.takeovers, visits["started"], side="right")
    return int((planned & (trace.self_assessed[in_force, visits["service_type"]] == 0)).sum())


@pytest.mark.parametrize("framework", ["2006-regime", "option-a-as-proposed", "2012-as-proposed"])
def test_everything_recorded_is_counted_once_by_group_authority_and_year(framework: str) -> None:
    setting = small(framework)
    trace = simulate_simpy(setting, 2)
    visits = visits_begun(trace)
    lives = np.minimum(trace.lives["closed"], trace.horizon) - np.maximum(trace.lives["opened"], trace.measured_from)
    recorded = {
        "ticks": np.maximum(lives, 0).sum(),
        "visits": len(visits),
        "inspector_days": visits["inspector_days"].sum(),
        "questionnaires": questionnaires(setting, trace, visits),
        "self_assessments": trace.self_assessments_by_month.sum(),
        "plans": trace.steps_by_month[:, :, AGREED].sum(),
    }
    for held in (trace.held, trace.held_by_authority, trace.held_by_year):
        assert {name: held[name].sum() for name in COUNTS} == pytest.approx(recorded)
    by_type = trace.held_by_year["visits"].sum(axis=(0, 2))
    assert np.array_equal(by_type, np.bincount(visits["service_type"], minlength=13))


def test_visits_and_time_of_a_year_are_those_of_that_year() -> None:
    trace = simulate_simpy(small("2006-regime"), 1)
    visits = visits_begun(trace)
    year = np.minimum((visits["started"] - trace.measured_from) // TICKS_PER_YEAR, 1).astype(int)
    assert np.array_equal(trace.held_by_year["visits"].sum(axis=(1, 2)), np.bincount(year, minlength=2))
    open_years = trace.held_by_year["ticks"].sum(axis=(1, 2)) / TICKS_PER_YEAR
    assert open_years == pytest.approx(open_years.mean(), rel=0.05)


def test_a_home_visited_twice_a_year_has_two_visits_a_year_with_the_grade_that_it_has(world: "World") -> None:
    homes = world.of(childrens_home=50).starting(good=1).with_kind(sigma=0).with_visits(2).during(5, warm_up_years=1)
    held = homes.run().held_by_year
    assert (held["ticks"] > 0).sum() == 5
    assert held["visits"][:, 0, 3].tolist() == [100] * 5
    assert held["ticks"][:, 0, 3] / TICKS_PER_YEAR == pytest.approx([50] * 5, rel=0.003)
