"""True quality: the chain has the long-run shares it was built from, and effects act on what they name."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulator.engine.provider_records import SERVICE, STRAND
from simulator.inputs.sections import Shares
from simulator.ticks import NEVER, TICKS_PER_YEAR
from simulator.world import quality
from simulator.world.effects import Falls, FoundOut
from simulator.world.hazards import CLOCK, alarm, first_alarm, rewind, ringing, set_rate, wind_all
from simulator.world.quality import DECLINING, FALLING, IMPROVING, QualitySettings
from simulator.world.streams import DECLINE, exponential, identity, root

RUN = np.uint64(root(1, 0))
ENTITY = identity("childrens_home-0001")
NATURAL = Shares(poor=0.2, adequate=0.3, good=0.35, excellent=0.15)
SPEED = 0.6
FALLS = Falls(adequate=0.08, good=0.04, excellent=0.01)
GRADES = (1, 2, 3, 4)
YEAR = int(TICKS_PER_YEAR)

Matrix = npt.NDArray[np.float64]


@st.composite
def shares(draw: st.DrawFn) -> Shares:
    weights = draw(st.lists(st.floats(0.02, 1), min_size=4, max_size=4))
    poor, adequate, good, excellent = (weight / math.fsum(weights) for weight in weights)
    return Shares(poor=poor, adequate=adequate, good=good, excellent=excellent)


falls_of_any_size = st.builds(Falls, adequate=st.floats(0, 0.5), good=st.floats(0, 0.2), excellent=st.floats(0, 0.1))


def changes_by_falls(natural: Shares, falls: Falls) -> float:
    """Falls, and the steps up that make good for them: as many as the grades that each falls."""
    p = natural
    return 2 * p.adequate * falls.adequate + 3 * p.good * falls.good + 4 * p.excellent * falls.excellent


def generator(natural: Shares, speed: float, falls: Falls) -> Matrix:
    """The matrix of the chain, rates per year from grade (row) to grade (column)."""
    decline, improve, fall = quality.yearly_rates(natural, speed, falls)
    q = np.zeros((5, 5))
    for grade in GRADES:
        for move, rate in ((DECLINING, decline), (IMPROVING, improve), (FALLING, fall)):
            if rate[grade]:
                q[grade, quality.grade_after(grade, move)] += rate[grade]
    q = q[1:, 1:]
    return q - np.diag(q.sum(axis=1))


def long_run(q: Matrix) -> Matrix:
    """The shares that the generator leaves as they are: its left null space."""
    system = np.vstack([q.T, np.ones(4)])
    solution: Matrix = np.linalg.lstsq(system, np.array([0.0, 0, 0, 0, 1]), rcond=None)[0]
    return solution


@given(natural=shares(), falls=falls_of_any_size, more=st.floats(0.01, 2))
def test_natural_shares_are_the_long_run_and_speed_the_changes_a_year(
    natural: Shares, falls: Falls, more: float
) -> None:
    speed = changes_by_falls(natural, falls) + more
    q = generator(natural, speed, falls)
    p = np.array(natural.by_grade()[1:])
    assert (q - np.diag(np.diag(q)) >= 0).all()
    assert long_run(q) == pytest.approx(p, rel=1e-6, abs=1e-9)
    assert -np.diag(q) @ p == pytest.approx(speed)


@given(natural=shares(), falls=falls_of_any_size, more=st.floats(0.01, 2))
def test_declines_stand_in_the_ratio_of_the_model_and_falls_are_as_given(
    natural: Shares, falls: Falls, more: float
) -> None:
    decline, improve, fall = quality.yearly_rates(natural, changes_by_falls(natural, falls) + more, falls)
    p = natural.by_grade()
    steps = [decline[grade] / math.sqrt(p[grade - 1] / p[grade]) for grade in (2, 3, 4)]
    assert steps == pytest.approx([steps[0]] * 3)
    assert decline[:2].tolist() == [0, 0]
    assert improve[[0, 4]].tolist() == [0, 0]
    assert fall.tolist() == [0, 0, falls.adequate, falls.good, falls.excellent]


def test_a_speed_of_nothing_holds_every_grade() -> None:
    rates = quality.yearly_rates(NATURAL, 0, Falls(adequate=0, good=0, excellent=0))
    assert not np.concatenate(rates).any()


def test_falls_that_exceed_the_speed_are_refused() -> None:
    least = changes_by_falls(NATURAL, FALLS)
    decline, _, _ = quality.yearly_rates(NATURAL, least + 1e-9, FALLS)
    assert decline == pytest.approx(np.zeros(5), abs=1e-8)
    with pytest.raises(ValueError, match="leaves nothing of a speed"):
        quality.yearly_rates(NATURAL, least - 1e-9, FALLS)


def test_a_natural_share_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        quality.yearly_rates(Shares(poor=0, adequate=0.5, good=0.3, excellent=0.2), SPEED, FALLS)


def written(**effects: Any) -> Any:
    """The record of a service type with these effects."""
    table: dict[str, Any] = {
        "speed": SPEED,
        "falls": FALLS,
        "natural_shares": {"childrens_home": NATURAL},
        "start_shares": {"childrens_home": NATURAL},
        "found_out": {"after_poor": 9, "after_adequate": 3, "damping_to_excellent": 0.2},
        "new_manager": {"decline_multiplier": 2, "months": 6},
        "complacency": {"decline_multiplier": 1.5, "after_months": 18},
        "improvement_plan": {"improve_multiplier": 1.5},
        "enforcement": {"improve_multiplier": 4},
    }
    service = np.zeros(1, dtype=SERVICE)
    quality.write_quality(service[0], QualitySettings.model_validate(table | effects), "childrens_home")
    return service[0]


def clocks_at(
    service: Any,
    grade: int,
    found: int = 0,
    *,
    damped: int = 0,
    new: bool = False,
    complacent: bool = False,
    plan: bool = False,
    notice: bool = False,
) -> Matrix:
    """Hazards per year of the three moves."""
    moves = (DECLINING, IMPROVING, FALLING)
    standing = quality.Standing(found, damped, new, complacent, plan, notice)
    per_tick = [quality.hazard(service, grade, move, standing) for move in moves]
    return np.array(per_tick) * TICKS_PER_YEAR


def test_hazards_without_effects_are_those_of_the_chain() -> None:
    decline, improve, fall = quality.yearly_rates(NATURAL, SPEED, FALLS)
    for grade in GRADES:
        assert clocks_at(written(), grade) == pytest.approx([decline[grade], improve[grade], fall[grade]])


@pytest.mark.parametrize(
    ("found", "grade", "factor"),
    [(1, 1, 9), (1, 2, 9), (1, 3, 1), (1, 4, 1), (2, 1, 3), (2, 2, 3), (2, 3, 1), (2, 4, 1)],
)
def test_who_is_found_out_improves_faster_up_to_good_only(found: int, grade: int, factor: float) -> None:
    plain, found_out = clocks_at(written(), grade), clocks_at(written(), grade, found)
    assert found_out[IMPROVING] == pytest.approx(factor * plain[IMPROVING])
    assert found_out[[DECLINING, FALLING]].tolist() == plain[[DECLINING, FALLING]].tolist()


def test_after_a_judgement_of_poor_the_larger_multiplier_holds() -> None:
    weaker = {"after_poor": 2, "after_adequate": 3, "damping_to_excellent": 0.2}
    assert clocks_at(written(found_out=weaker), 1, 1).tolist() == clocks_at(written(), 1, 2).tolist()


def test_who_was_helped_up_to_good_moves_on_damped_or_comes_to_stand_there_by_itself() -> None:
    """At good the clock of improving has two hands: the damped step to excellent, and what would have led to good."""
    _, improve, _ = quality.yearly_rates(NATURAL, SPEED, FALLS)
    damped = clocks_at(written(), 3, damped=quality.RAISED)
    assert damped[IMPROVING] == pytest.approx(0.2 * improve[3] + improve[2])
    assert damped[[DECLINING, FALLING]].tolist() == clocks_at(written(), 3)[[DECLINING, FALLING]].tolist()


def test_who_is_good_and_judged_below_moves_on_damped_alone() -> None:
    plain, damped = clocks_at(written(), 3), clocks_at(written(), 3, damped=quality.MISJUDGED)
    assert damped == pytest.approx(plain * [1, 0.2, 1])
    for grade in (1, 2, 4):
        assert clocks_at(written(), grade, damped=quality.MISJUDGED).tolist() == clocks_at(written(), grade).tolist()


def strand_at(grade: int, found: int = 0, damped: int = 0) -> Any:
    strand = np.zeros(1, dtype=STRAND)[0]
    strand.grade, strand.found, strand.damped = grade, found, damped
    return strand


def moved(strand: Any, move: int, part: float) -> tuple[int, int, int]:
    """Grade, effect and damping of a strand after a move, `part` of the way through the hazard of that move."""
    service = written()
    standing = quality.Standing(int(strand.found), int(strand.damped), False, False, False, False)
    mark = part * quality.hazard(service, int(strand.grade), move, standing)
    quality.move_strand(service, strand, move, standing, mark)
    return int(strand.grade), int(strand.found), int(strand.damped)


@pytest.mark.parametrize(
    ("before", "move", "part", "after"),
    [
        ((1, 1, 0), IMPROVING, 0.99, (2, 1, 0)),  # the effect goes on until the provider is good
        ((2, 1, 0), IMPROVING, 0.10, (3, 0, 0)),  # one part in nine of its rises it would have made by itself
        ((2, 1, 0), IMPROVING, 0.12, (3, 0, 1)),
        ((2, 2, 0), IMPROVING, 0.33, (3, 0, 0)),
        ((2, 2, 0), IMPROVING, 0.34, (3, 0, 1)),
        ((2, 0, 0), IMPROVING, 0.99, (3, 0, 0)),
        ((3, 0, 1), IMPROVING, 0.01, (3, 0, 0)),  # now it stands at good by itself
        ((3, 0, 1), IMPROVING, 0.99, (4, 0, 0)),
        ((3, 0, 0), IMPROVING, 0.01, (4, 0, 0)),
        ((3, 0, 2), IMPROVING, 0.01, (4, 0, 0)),
        ((3, 0, 2), DECLINING, 0.5, (2, 0, 0)),
        ((2, 2, 0), DECLINING, 0.5, (1, 2, 0)),
        ((2, 2, 0), FALLING, 0.5, (1, 2, 0)),
        ((3, 0, 1), DECLINING, 0.5, (2, 0, 0)),  # a relapse is not helped before it is found out
        ((3, 0, 1), FALLING, 0.5, (1, 0, 0)),
        ((4, 0, 0), DECLINING, 0.5, (3, 0, 0)),
    ],
)
def test_the_effect_ends_at_good_and_a_rise_by_it_alone_is_damped(
    before: tuple[int, int, int], move: int, part: float, after: tuple[int, int, int]
) -> None:
    assert moved(strand_at(*before), move, part) == after


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"after_poor": 0.9}, "after_poor"),
        ({"after_adequate": 0.5}, "after_adequate"),
        ({"damping_to_excellent": 1.1}, "damping_to_excellent"),
        ({"poor_months": 14}, "poor_months: given 14; allowed: at most adequate_months"),
    ],
)
def test_effects_that_would_make_an_inspection_do_harm_are_refused(change: dict[str, float], message: str) -> None:
    effect = {"after_poor": 9, "after_adequate": 3, "damping_to_excellent": 0.2}
    with pytest.raises(ValidationError, match=message):
        FoundOut.model_validate(effect | change)


@pytest.mark.parametrize(("new", "complacent", "factor"), [(True, False, 2), (False, True, 1.5), (True, True, 3)])
def test_a_new_manager_and_complacency_speed_up_decline_only(*, new: bool, complacent: bool, factor: float) -> None:
    for grade in GRADES:
        plain, moved = clocks_at(written(), grade), clocks_at(written(), grade, new=new, complacent=complacent)
        assert moved == pytest.approx(plain * [factor, 1, 1])


@pytest.mark.parametrize(("plan", "notice", "factor"), [(True, False, 1.5), (False, True, 4), (True, True, 6)])
@pytest.mark.parametrize(("found", "damped"), [(0, 0), (0, quality.RAISED), (0, quality.MISJUDGED), (1, 0), (2, 0)])
def test_a_plan_and_a_notice_speed_up_improvement_only_on_top_of_being_found_out(
    *, plan: bool, notice: bool, factor: float, found: int, damped: int
) -> None:
    for grade in GRADES:
        plain = clocks_at(written(), grade, found, damped=damped)
        both = clocks_at(written(), grade, found, damped=damped, plan=plan, notice=notice)
        assert both == pytest.approx(plain * [1, factor, 1])


def test_without_settings_a_plan_and_a_notice_change_nothing_to_the_last_bit() -> None:
    silent = written(improvement_plan={}, enforcement={})
    for grade in GRADES:
        plain, moved = clocks_at(silent, grade, 1), clocks_at(silent, grade, 1, plan=True, notice=True)
        assert moved.tobytes() == plain.tobytes()
    assert silent["plan_refused"].tolist() == [0.0] * 5


def test_durations_of_effects_are_in_ticks() -> None:
    assert written()["new_manager_ticks"] == YEAR // 2
    assert written()["complacency_after"] == YEAR * 3 // 2
    assert written()["found_out_ticks"].tolist() == [0, round(YEAR / 6), round(YEAR * 13 / 12), 0, 0]
    longer = {"after_poor": 9, "poor_months": 3, "after_adequate": 3, "adequate_months": 18, "damping_to_excellent": 1}
    assert written(found_out=longer)["found_out_ticks"].tolist() == [0, YEAR // 4, YEAR * 3 // 2, 0, 0]


def test_new_providers_are_graded_by_their_own_shares_where_given() -> None:
    entry = Shares(poor=0.1, adequate=0.2, good=0.6, excellent=0.1)
    own = written(entry_shares={"childrens_home": entry})
    assert own["entry_share"].tolist() == list(entry.by_grade())
    assert own["start_share"].tolist() == written()["entry_share"].tolist() == list(NATURAL.by_grade())


@given(own=shares(), draw=st.floats(0, 1, exclude_max=True))
def test_a_draw_picks_the_grade_in_whose_stretch_it_lies(own: Shares, draw: float) -> None:
    p = np.array(own.by_grade())
    grade = quality.grade_from(p, draw)
    assert p[:grade].sum() <= draw + 1e-12
    assert draw <= p[: grade + 1].sum() + 1e-12


def life(years: int) -> tuple[Matrix, list[tuple[int, float]]]:
    """One provider whom nobody inspects: years at each grade, and grade and length in years of each stay."""
    service = written()
    clocks = np.zeros(3, dtype=CLOCK)
    wind_all(clocks, RUN, DECLINE, ENTITY, 0)
    grade, spent, stays = 3, np.zeros(5), []
    while spent.sum() < years:
        for move in (DECLINING, IMPROVING, FALLING):
            set_rate(
                clocks[move],
                quality.hazard(service, grade, move, quality.Standing(0, False, False, False, False, False)),
                0,
            )
        time = first_alarm(clocks)
        move = ringing(clocks, time)
        rewind(clocks, move, RUN, DECLINE, ENTITY, time)
        clocks["since"] -= time  # every stay begins at tick 0: ticks of so long a life would not fit
        spent[grade] += time / YEAR
        stays.append((grade, time / YEAR))
        grade = quality.grade_after(grade, move)
    return spent[1:] / spent.sum(), stays


def test_a_long_life_spends_the_natural_shares_and_stays_as_long_as_the_generator_says() -> None:
    years = 40_000
    lived, stays = life(years)
    assert lived == pytest.approx(NATURAL.by_grade()[1:], abs=0.012)
    assert len(stays) / years == pytest.approx(SPEED, rel=0.02)
    q = generator(NATURAL, SPEED, FALLS)
    for grade in GRADES:
        lengths = [length for stayed, length in stays if stayed == grade]
        assert np.mean(lengths) == pytest.approx(-1 / q[grade - 1, grade - 1], rel=4 / math.sqrt(len(lengths)))
    moves = np.zeros((4, 4))
    for (before, _), (after, _) in pairwise(stays):
        moves[before - 1, after - 1] += 1
    jumps = q / -np.diag(q)[:, None] + np.eye(4)
    assert moves / moves.sum(axis=1, keepdims=True) == pytest.approx(jumps, abs=0.025)


def clock_of(rate: float, time: int = 0) -> Any:
    clocks = np.zeros(1, dtype=CLOCK)
    wind_all(clocks, RUN, DECLINE, ENTITY, time)
    set_rate(clocks[0], rate, time)
    return clocks


rates_and_stretches = st.lists(
    st.tuples(st.sampled_from([0.0, 1e-7, 1e-6, 1e-5]), st.integers(0, 10**5)), min_size=1, max_size=8
)


@given(stretches=rates_and_stretches)
def test_a_clock_rings_when_its_integrated_hazard_reaches_its_exponential(
    stretches: list[tuple[float, int]],
) -> None:
    clocks, time, used, rate = clock_of(0.0), 0, 0.0, 0.0
    goal = exponential(RUN, DECLINE, ENTITY, 0)
    for rate, stretch in stretches:
        set_rate(clocks[0], rate, time)
        if alarm(clocks[0]) <= time + stretch:
            break
        used += rate * stretch
        time += stretch
    rings = alarm(clocks[0])
    if rate == 0:
        assert rings == NEVER
    else:
        assert used + rate * (rings - time) == pytest.approx(goal, abs=1.01 * rate)
        assert used + rate * (rings - time) >= goal - 1e-9


def test_looking_at_a_clock_does_not_move_its_alarm() -> None:
    clocks = clock_of(1e-6)
    rings = alarm(clocks[0])
    for time in range(0, rings, rings // 50):
        assert not set_rate(clocks[0], 1e-6, time)
        assert alarm(clocks[0]) == rings


def test_twice_the_hazard_halves_what_is_left() -> None:
    clocks = clock_of(1e-6)
    half = alarm(clocks[0]) // 2
    assert set_rate(clocks[0], 2e-6, half)
    assert alarm(clocks[0]) == pytest.approx(half * 1.5, abs=2)


def test_an_alarm_that_has_come_rings_and_the_clock_goes_on_with_the_next_exponential() -> None:
    clocks = clock_of(1e-6)
    rings = alarm(clocks[0])
    assert ringing(clocks, rings - 1) == -1
    assert ringing(clocks, rings) == 0
    rewind(clocks, 0, RUN, DECLINE, ENTITY, rings)
    assert alarm(clocks[0]) - rings == math.ceil(exponential(RUN, DECLINE, ENTITY, 1) / 1e-6)
