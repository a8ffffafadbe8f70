"""One more correct inspection, at any time, lowers nobody's expected grade at any later time."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.inputs.sections import Shares
from simulator.scenario.scenario import load_scenario
from simulator.world.effects import Falls
from simulator.world.quality import yearly_rates

from .found_out_chain import STATES, Ends, Help, Rates, Vector, followed, inspect

if TYPE_CHECKING:
    from tests.functional.worlds import World

SETTINGS = load_scenario("england-2006").quality
LOOKS = (0.05, 0.2, 0.5, 0.8, 1.1, 1.5, 2.0, 3.0, 6.0, 15.0)
"""Years after the inspection in question."""
LESS = 1e-9
"""What reckoning may lose of a grade."""


def rates_of(natural: Shares, speed: float, falls: Falls) -> Rates:
    try:
        return Rates(*(rates[1:] for rates in yearly_rates(natural, speed, falls)))
    except ValueError:  # the falls leave nothing of the speed
        assume(False)
        raise


def gains(rates: Rates, effect: Help, state: str, ends: Ends, later: list[float]) -> Vector:
    """What an inspection of a provider in a state adds to its expected grade at every look, others being made later."""
    before = {ends: np.array([1.0 if each == state else 0.0 for each in STATES])}
    without, one_more = (followed(told, rates, effect, later, LOOKS) for told in (before, inspect(before, effect, 0.0)))
    return (np.array(one_more) - np.array(without)) @ np.arange(1, 5)


@st.composite
def any_shares(draw: st.DrawFn) -> Shares:
    poor, adequate, good, excellent = (draw(st.floats(0.02, 1)) for _ in range(4))
    total = poor + adequate + good + excellent
    first = [each / total for each in (poor, adequate, good)]
    return Shares(poor=first[0], adequate=first[1], good=first[2], excellent=1 - sum(first))


@st.composite
def any_falls(draw: st.DrawFn) -> Falls:
    """Falls are the fewer the better a provider is, as the model has it."""
    excellent, good, adequate = sorted(draw(st.floats(0, 0.4)) for _ in range(3))
    return Falls(adequate=adequate, good=good, excellent=excellent)


years = st.floats(0.05, 3)


@settings(max_examples=80)
@given(
    natural=any_shares(),
    speed=st.floats(0.1, 3),
    falls=any_falls(),
    effect=st.builds(Help, st.floats(1, 50), st.floats(0, 1), st.floats(1, 30), st.floats(1, 4), st.floats(0, 1)),
    state=st.sampled_from(["1", "2", "3", "3d", "4"]),
)
def test_whatever_the_rates_who_is_found_out_for_the_first_time_gains_for_good(
    natural: Shares, speed: float, falls: Falls, effect: Help, state: str
) -> None:
    assert gains(rates_of(natural, speed, falls), effect, state, Ends(), []).min() >= -LESS


@settings(max_examples=80)
@given(
    natural=any_shares(),
    speed=st.floats(0.1, 3),
    falls=any_falls(),
    effect=st.builds(Help, st.floats(1, 50), st.floats(0, 1), st.floats(1, 30), st.floats(1, 4), st.floats(0, 1)),
    state=st.sampled_from(["2a", "2p"]),
    left=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_whatever_the_rates_an_effect_that_runs_gains_by_being_prolonged(
    natural: Shares, speed: float, falls: Falls, effect: Help, state: str, left: tuple[float, float]
) -> None:
    lasts = left[1] * effect.adequate_years  # a judgement of poor starts both effects, and the strong one ends first
    ends = Ends(min(left[0] * effect.poor_years, lasts), lasts)
    assert gains(rates_of(natural, speed, falls), effect, state, ends, []).min() >= -LESS


EXCEPTION: Final = "private_fostering"
"""The type whose natural shares leave the property by a hair: see the test of it."""
months = st.lists(st.floats(0.01, 24), max_size=3)


@settings(max_examples=100)
@given(
    service=st.sampled_from(sorted(set(SETTINGS.natural_shares) - {EXCEPTION})),
    speed=st.floats(0.35, 0.6),
    fall=st.floats(0.6, 1.2),
    poor=st.tuples(st.floats(5, 15), st.floats(1, 3)),
    adequate=st.tuples(st.floats(1.5, 5), st.floats(10, 16)),
    damping=st.floats(0.01, 1),
    state=st.sampled_from(STATES),
    left=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    later=months,
)
def test_at_any_time_among_any_others_within_the_ranges_of_england(
    service: str,
    speed: float,
    fall: float,
    poor: tuple[float, float],
    adequate: tuple[float, float],
    damping: float,
    state: str,
    left: tuple[float, float],
    later: list[float],
) -> None:
    """The effects of earlier inspections still run or do not, and others are made later, each judging correctly."""
    of = SETTINGS.falls
    falls = Falls(adequate=fall * of.adequate, good=fall * of.good, excellent=fall * of.excellent)
    rates = rates_of(SETTINGS.natural_shares[service], speed, falls)
    effect = Help(poor[0], poor[1] / 12, adequate[0], adequate[1] / 12, damping)
    ends = Ends()
    if state[1:] in ("a", "p"):
        lasts = left[1] * effect.adequate_years
        ends = Ends(min(left[0] * effect.poor_years, lasts), lasts)
    assert gains(rates, effect, state, ends, [each / 12 for each in later]).min() >= -LESS


def test_private_fostering_loses_less_than_a_thousandth_of_a_grade() -> None:
    """Hardly anybody of it is poor by nature, so that a judgement of adequate too many can cost what is hardly seen."""
    of = SETTINGS.falls
    rates = rates_of(
        SETTINGS.natural_shares[EXCEPTION], 0.5, Falls(adequate=of.adequate, good=of.good, excellent=of.excellent)
    )
    least = gains(rates, Help(5.0, 1 / 12, 4.0, 10 / 12, 1.0), "1", Ends(), [1 / 12]).min()
    assert -0.001 < least < 0


def shipped(name: str) -> list[tuple[Rates, Help]]:
    quality = load_scenario(name).quality
    found = quality.found_out
    effect = Help(
        found.after_poor,
        found.poor_months / 12,
        found.after_adequate,
        found.adequate_months / 12,
        found.damping_to_excellent,
    )
    distinct = {shares.by_grade(): shares for shares in quality.natural_shares.values()}
    return [(rates_of(natural, quality.speed, quality.falls), effect) for natural in distinct.values()]


@pytest.mark.parametrize("name", ["england-2006", "homes-2014-2017"])
@pytest.mark.parametrize("later", [[], [0.25], [0.5, 1.0, 1.5], [1.0, 2.0]])
def test_as_shipped_it_never_does_harm_and_does_good_to_the_poor(name: str, later: list[float]) -> None:
    for rates, effect in shipped(name):
        for state in STATES:
            ends = Ends(0.05, 0.5) if state[1:] in ("a", "p") else Ends()
            gained = gains(rates, effect, state, ends, later)
            assert gained.min() >= -LESS
            if state == "1":
                assert gained[2] > (0.2 if not later else 0.02)


def homes_of_england(world: "World", homes: int, years: int) -> "World":
    natural = SETTINGS.natural_shares["childrens_home"].model_dump()
    start = SETTINGS.start_shares["childrens_home"].model_dump()
    drifting = world.of(childrens_home=homes).drifting(natural, SETTINGS.speed, **SETTINGS.falls.model_dump())
    found = SETTINGS.found_out
    return (
        drifting.starting(**start)
        .with_effects(
            found_out=(found.after_poor, found.after_adequate, found.damping_to_excellent),
            found_out_months=(found.poor_months, found.adequate_months),
        )
        .with_kind()
        .during(years)
    )


def test_the_simulator_spends_at_each_grade_the_years_of_the_exact_chain(world: "World") -> None:
    """Everybody is inspected on three days, and correctly; the judgement that a run begins with is the first."""
    homes, begins = 20_000, date(2006, 4, 1)
    days = {"themed": date(2006, 9, 1), "random": date(2007, 9, 1)}
    rounds = homes_of_england(world, homes, 4)
    for kind, day in days.items():
        rounds = rounds.with_kind(kind).with_round(day, day.replace(day=2), kind, kind=kind, satisfied_by=[kind])
    trace = rounds.run()
    assert len(trace.inspections) == 2 * homes
    rates, effect = shipped("england-2006")[0]
    start = np.array(SETTINGS.start_shares["childrens_home"].by_grade()[1:])
    began = {Ends(): np.array([start[int(state) - 1] if len(state) == 1 else 0.0 for state in STATES])}
    looks = np.arange(0.005, 4, 0.01)
    inspections = [((day - begins).days + 0.5) / 365.2425 for day in days.values()]
    exact = np.array(followed(inspect(began, effect, 0.0), rates, effect, inspections, tuple(looks))).mean(axis=0)
    spent = trace.provider_years[0, 1:] / trace.provider_years[0].sum()
    assert spent == pytest.approx(exact, abs=2 / homes**0.5)  # a share of homes is told to half of that, at four errors


@pytest.mark.parametrize("months", [1, 5, 13, 20])
def test_one_more_inspection_of_everybody_makes_the_sector_better(world: "World", months: int) -> None:
    """The same homes with the same histories, inspected every year and a half, and once more some months on."""
    homes = homes_of_england(world, 8000, 6).with_interval(18)
    day = date(2006 + (3 + months) // 12, (3 + months) % 12 + 1, 1)
    more = homes.with_kind("themed", counts=False)
    more = more.with_round(day, day.replace(day=2), "once", kind="themed", satisfied_by=["themed"])
    usual, better = (each.run().provider_years[0, 1:] for each in (homes, more))
    assert better @ np.arange(1, 5) > usual @ np.arange(1, 5)
    assert better[0] < usual[0]


@pytest.mark.parametrize("effect", [(9, 3, 0.2), (16.78, 4.493, 0.03151)])
def test_inspecting_poor_homes_again_leaves_fewer_poor_and_the_sector_better(
    world: "World", effect: tuple[float, float, float]
) -> None:
    """While the next judgement of any grade ended the effect, it left more of them poor: 210 in place of 193."""
    homes = homes_of_england(world, 4000, 10).with_visits(2)
    homes = replace(homes, found_out=effect)
    left, again = (each.run().provider_years[0, 1:] for each in (homes, homes.with_reinspection(30, 80)))
    assert again[0] < left[0]
    assert again @ np.arange(1, 5) > left @ np.arange(1, 5)
