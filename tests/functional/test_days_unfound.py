"""Days unfound of simulated homes are those of the closed form, however many years are run."""

import math
from typing import TYPE_CHECKING

import pytest

from simulator.engine.trace import Trace
from simulator.measures.detection import detection, waits

if TYPE_CHECKING:
    from tests.functional.worlds import World

RATE, RECOVERY = 1.2, 0.6
YEAR = 365.25


def visited_at_random(world: "World", years: int) -> Trace:
    """Homes that are poor and better by turns, visited on complaints alone: every one, at once."""
    homes = world.of(childrens_home=40_000 // years).starting(poor=1).without_rules().during(years)
    homes = homes.with_kind("responsive", counts=False).responding("complaint", "add", "responsive")
    return homes.with_rates(complaint=RATE, improve={"poor": RECOVERY}, fall={"adequate": 5}).run()


@pytest.mark.parametrize("years", [1, 4, 10])
def test_poisson_inspections_against_recovery_as_the_formula_has_it(world: "World", years: int) -> None:
    """Up to T two years, inspections at rate r and recovery at rate m: (1 - exp(-(r + m) T)) / (r + m)."""
    measured = detection(visited_at_random(world, years))
    both = RATE + RECOVERY
    expected = YEAR * (1 - math.exp(-2 * both)) / both
    assert measured["days_unfound_mean"][-1] == pytest.approx(expected, rel=0.03)
    assert (measured["days_to_detection_mean"][-1] < 0.75 * expected) == (years == 1)


def test_who_is_never_found_and_never_better_counts_for_two_years(world: "World") -> None:
    trace = world.of(childrens_home=30).starting(poor=1).without_rules().during(3).run()
    assert tuple(waits(trace).days_unfound()) == (730.5,) * 5


def test_visits_every_half_year_leave_the_poor_unfound_for_a_quarter(world: "World") -> None:
    homes = world.of(childrens_home=8000).with_rates(fall={"good": 0.2}).during(10)
    days = waits(homes.with_kind().with_interval(6).run()).days_unfound()
    assert days.mean == pytest.approx(YEAR / 4, rel=0.03)
    shares = (days.median, days.ninety, days.ninety_five, days.longest_tenth)
    assert shares == pytest.approx([share * YEAR / 2 for share in (0.5, 0.9, 0.95, 0.95)], rel=0.03)
