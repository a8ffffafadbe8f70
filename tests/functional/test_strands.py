"""Services whose quality has several strands, with a common part, and how their judgements become one."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.agenda import MONTH
from simulator.engine.run import simulate
from simulator.engine.simpy_engine import simulate_simpy
from simulator.engine.state import State
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import load_framework
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import load_scenario
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    from tests.functional.worlds import World

DATA = Path(__file__).parents[1] / "data"
Q = 0.3
HOMES = 4000
By = Literal["best_fit", "limiting"]


def still(world: "World", shared: float = 0.0, by: By | None = None, count: int = 3) -> "World":
    """Homes of several strands, each poor with the probability Q and good else, that never change."""
    homes = world.of(childrens_home=HOMES).starting(poor=Q, good=1 - Q).with_kind().with_interval(12)
    homes = homes.with_strands(count, shared).during(1)
    return homes.judging_strands(by) if by else homes


def share_judged_poor(trace: Trace) -> float:
    rows = trace.inspections
    return float((rows["judged"][rows["judged"] > 0] == 1).mean())


def near(probability: float) -> object:
    return pytest.approx(probability, abs=4 * (probability * (1 - probability) / HOMES) ** 0.5)


def test_three_independent_strands_under_a_limiting_judgement(world: "World") -> None:
    assert share_judged_poor(still(world, by="limiting").run()) == near(1 - (1 - Q) ** 3)


@pytest.mark.parametrize("by", ["best_fit", None])
def test_three_independent_strands_by_best_fit_are_their_median(world: "World", by: By | None) -> None:
    assert share_judged_poor(still(world, by=by).run()) == near(3 * Q**2 * (1 - Q) + Q**3)


def test_of_two_middle_grades_the_lower_is_the_best_fit(world: "World") -> None:
    assert share_judged_poor(still(world, by="best_fit", count=2).run()) == near(1 - (1 - Q) ** 2)


@pytest.mark.parametrize("shared", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("by", ["best_fit", "limiting"])
def test_a_service_is_truly_poor_while_any_strand_is_whatever_the_framework_says(
    world: "World", shared: float, by: By
) -> None:
    rows = still(world, shared, by).run().inspections
    assert (rows["true_grade"] == 1).mean() == near(shared * Q + (1 - shared) * (1 - (1 - Q) ** 3))


@pytest.mark.parametrize("shared", [0.0, 0.5, 1.0])
def test_at_the_start_each_strand_has_its_shares_and_more_are_poor_on_all_the_more_is_shared(
    world: "World", shared: float
) -> None:
    (grades,) = snapshots(still(world, shared).during(1), at_most=1)
    for strand in range(3):
        assert (grades[:, strand] == 1).mean() == near(Q)
    assert (grades == 1).all(axis=1).mean() == near(shared * Q + (1 - shared) * Q**3)


NATURAL = {"poor": 0.2, "adequate": 0.3, "good": 0.35, "excellent": 0.15}


def snapshots(world: "World", at_most: int = 10_000) -> list[npt.NDArray[np.int64]]:
    """The grades of all strands each April, shape (homes, strands)."""
    found: list[npt.NDArray[np.int64]] = []

    def note(state: State, time: int, kind: int, subject: int) -> None:
        if ((kind == MONTH and subject % 12 == 0) or not found) and len(found) < at_most:
            strands = state.strands[state.strands["shared"] == 0]
            if (strands["grade"] > 0).all():
                found.append(np.array(strands["grade"]).reshape(len(state.providers), -1))

    simulate_simpy(world.setting(), 0, note)
    return found


@pytest.mark.parametrize("shared", [0.0, 0.6])
def test_in_the_long_run_each_strand_keeps_its_natural_shares(world: "World", shared: float) -> None:
    homes = world.of(childrens_home=300).without_rules().starting(**NATURAL).during(40).with_strands(3, shared)
    homes = homes.drifting(NATURAL, 1.2, adequate=0.08, good=0.04, excellent=0.01)
    grades = np.concatenate(snapshots(homes)[10:])
    for strand in range(3):
        shares = np.bincount(grades[:, strand], minlength=5)[1:] / len(grades)
        assert shares == pytest.approx(list(NATURAL.values()), abs=0.025)
    poor_on_all = (grades == 1).all(axis=1).mean()
    if shared:
        assert poor_on_all > 0.03
    else:
        assert poor_on_all == pytest.approx(0.2**3, abs=0.004)


def falling(world: "World", by: By) -> "World":
    """Homes of three strands that fall and rise, and of which nobody is moved by what is judged."""
    homes = world.of(childrens_home=300).starting(**NATURAL).with_kind(sigma=0.3).with_interval(8)
    homes = homes.drifting(NATURAL, 1.2, adequate=0.05, good=0.05, excellent=0.05)
    return homes.with_strands(3, 0.4).judging_strands(by)


def test_the_truth_does_not_depend_on_how_judgements_are_combined(world: "World") -> None:
    limiting, best_fit = (falling(world, by).run() for by in ("limiting", "best_fit"))
    assert limiting.provider_years.tobytes() == best_fit.provider_years.tobytes()
    for column in ("provider", "began", "ended", "end"):
        assert limiting.episodes[column].tolist() == best_fit.episodes[column].tolist()
    assert share_judged_poor(limiting) > share_judged_poor(best_fit) + 0.1
    found = [(trace.episodes["detected"] < trace.horizon).mean() for trace in (limiting, best_fit)]
    assert found[0] > found[1]


def test_a_limiting_judgement_makes_none_poor_that_no_strand_is(world: "World") -> None:
    rows = still(world, by="limiting").run().inspections
    assert ((rows["judged"] == 1) == (rows["true_grade"] == 1)).all()


def test_authorities_of_three_strands_beside_services_of_one() -> None:
    scenario = load_scenario(DATA / "strands.toml")
    assert scenario.quality.strands["local_authority"].count == 3
    frameworks = [load_framework(DATA / name) for name in ("limiting.toml", "best-fit.toml")]
    authority = SERVICE_TYPES.index("local_authority")
    judged = []
    for setting in settings_of(posed(scenario, frameworks)):
        trace = simulate(setting, 0)
        rows = trace.inspections[trace.inspections["judged"] > 0]
        judged.append((rows["judged"][rows["service_type"] == authority] == 1).mean())
        assert set(setting.providers["strands"]) == {1, 3}
    assert judged[0] > judged[1]
