"""How closely headline differences are known, what was asked, and how it is told."""

from typing import Any

import numpy as np
import pytest

from simulator.inputs.evidence import covering
from simulator.inputs.messages import InputError
from simulator.measures.names import MEASURES
from simulator.questions.compare.precision_words import pairing_sentences, precision_sentences
from simulator.running.frames import SERVICES, RunningFrames
from simulator.running.options import SOURCE, with_options
from simulator.running.precision import Known, asked_of, known, plan_of, replications_needed
from simulator.running.precision_options import with_precision
from simulator.running.question import Question, posed
from simulator.scenario.replications import Precision, UntilPrecise
from simulator.scenario.scenario import Scenario
from simulator.statistics.pairing import pairing

NAMES = [each.name for each in MEASURES]
DAYS, UNFOUND, INSPECTIONS = (
    NAMES.index(name) for name in ("days_unfound_mean", "undetected_poor_provider_years", "inspections_per_year")
)
HOMES = SERVICES.index("childrens_home")
TWO = ("2006-regime", "option-a")


@pytest.fixture(scope="module")
def asked(england: Scenario) -> Question:
    return posed(with_options(england, frameworks=TWO))


def told(question: Question, base: list[float], other: list[float], measure: int = DAYS) -> Known:
    """Say how closely one measure is known from these values of it; all others are 1 everywhere."""
    frames = RunningFrames(question.names, question.baseline, question.service_types)
    for one, two in zip(base, other, strict=True):
        values = np.ones((2, len(MEASURES), len(SERVICES)))
        values[:, measure, HOMES] = one, two
        frames.add(values)
    found = known(question, frames.summary(), frames.differences())
    return next(each for each in found if each.measure == NAMES[measure])


def test_the_shipped_scenario_goes_on_until_it_is_precise(england: Scenario) -> None:
    until = england.run.until
    assert until is not None
    assert (england.run.replications, until.most) == (20, 200)
    plan = plan_of(england.run)
    assert plan.looks == (20, 30, 45, 68, 102, 153, 200)
    assert 0.95 < plan.confidence < 0.96
    assert until.precision["days_unfound_mean"] == Precision(relative=0.01)
    entry = covering(england.evidence, "run.replications.precision.days_unfound_mean.relative")
    assert entry is not None
    assert england.evidence[entry].mark == "C"


@pytest.mark.parametrize(
    ("precision", "level", "widest"),
    [
        (Precision(relative=0.05), 80, 4),
        (Precision(relative=0.05), 0, 0),
        (Precision(absolute=2), 80, 2),
        (Precision(absolute=2), 0, 2),
        (Precision(relative=0.05, absolute=2), 80, 4),
        (Precision(relative=0.05, absolute=2), 20, 2),
    ],
)
def test_what_is_asked_at_a_level(precision: Precision, level: float, widest: float) -> None:
    assert precision.half_width(level) == pytest.approx(widest)


def test_a_difference_is_known_by_its_paired_interval(asked: Question) -> None:
    base, other = [70.0, 74.0, 72.0, 76.0], [71.0, 75.0, 73.0, 77.0]
    exact = told(asked, base, other)
    assert (exact.mean, exact.half_width, exact.reached) == (1, 0, True)
    assert exact.asked == pytest.approx(0.74)  # a hundredth of the larger level
    loose = told(asked, base, [75.0, 71.0, 77.0, 73.0])
    assert not loose.reached
    assert replications_needed(4, [exact, loose]) == pytest.approx(4 * (loose.half_width / loose.asked) ** 2)
    assert replications_needed(4, [exact]) == 4


def test_levels_of_nothing_are_known(asked: Question) -> None:
    none = told(asked, [0.0] * 3, [0.0] * 3, INSPECTIONS)
    assert (none.half_width, none.asked, none.reached) == (0, 0, True)
    other = told(asked, [0.0] * 3, [100.0, 100.0, 100.5], INSPECTIONS)
    assert other.asked == pytest.approx(100.5 / 100, abs=0.01)


def test_what_is_undefined_everywhere_is_not_waited_for_but_one_value_is_too_few(asked: Question) -> None:
    nan = float("nan")
    nowhere = told(asked, [70.0, 71.0, 72.0], [nan] * 3)
    assert (nowhere.replications, nowhere.reached) == (0, True)
    once = told(asked, [70.0, 71.0, 72.0], [nan, nan, 73.0])
    assert (once.replications, once.reached) == (1, False)
    assert replications_needed(3, [once]) == np.inf


def test_a_measure_that_is_none_is_refused(england: Scenario) -> None:
    table = {"least": 5, "most": 9, "precision": {"days_to_detection": {"relative": 0.1}}}
    with pytest.raises(InputError, match=r"run\.replications\.precision: .*did you mean \"days_to_detection_me"):
        asked_of(posed(england.changed({"run": {"replications": table}}, "a test")))


# --- the scenario and the options -----------------------------------------------------------------------------


def test_a_number_is_exactly_so_many_and_a_table_is_laid_over_a_table(england: Scenario) -> None:
    fixed = england.changed({"run": {"replications": 7}}, "a test")
    assert (fixed.run.until, fixed.run.replications) == (None, 7)
    assert plan_of(fixed.run) == ((7,), 0.95)
    longer = england.changed({"run": {"replications": {"most": 900}}}, "a test").run.until
    assert longer is not None
    assert (longer.least, longer.most, len(longer.precision)) == (20, 900, 4)
    own = {"precision": {"cost_per_year": {"absolute": 1000}}}
    only = england.changed({"run": {"replications": own}}, "a test").run.until
    assert only is not None
    assert list(only.precision) == ["cost_per_year"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"least": 1}, r"run\.replications\.least: given 1; allowed: 5 or more"),
        ({"least": 300}, r"most: given 200; allowed: 300 \(least\) or more"),
        ({"leest": 9}, r'run\.replications\.leest: unknown key; did you mean "least"'),
        ({"precision": {}}, r"run\.replications\.precision: given 0 entries"),
        ({"precision": {"cost_per_year": {}}}, "cost_per_year: neither relative nor absolute is set"),
        ({"precision": {"cost_per_year": {"relative": 0}}}, r"relative: given 0; allowed: more than 0"),
        ("many", r'run\.replications: given "many"; must be a whole number'),
    ],
)
def test_tables_that_cannot_be_used(england: Scenario, given: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        england.changed({"run": {"replications": given}}, "a test")


def until_of(scenario: Scenario) -> UntilPrecise:
    assert scenario.run.until is not None
    return scenario.run.until


def test_options_lie_over_the_scenario(england: Scenario) -> None:
    assert with_precision(england) is england
    finer = with_precision(england, precision=0.005)
    assert {each.relative for each in until_of(finer).precision.values()} == {0.005}
    assert {each.absolute for each in until_of(finer).precision.values()} == {None}
    assert finer.evidence["run.replications.precision.days_unfound_mean.relative"].source == SOURCE
    fewer = until_of(with_precision(england, most=10))
    assert (fewer.least, fewer.most) == (10, 10)
    fixed = with_options(england, replications=3)
    begun = until_of(with_precision(fixed, precision=0.1))
    assert (begun.least, begun.most, len(begun.precision)) == (5, 50, 4)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"precision": 0.0}, "--precision: given 0; allowed: a fraction"),
        ({"precision": 1.5}, "--precision: given 1.5; allowed: a fraction"),
        ({"precision": float("nan")}, "--precision: given nan; allowed: a fraction"),
        ({"most": 4}, "--most-replications: given 4; allowed: 5 or more"),
        ({"most": 2_000_000}, r"run\.replications\.most: given 2000000; allowed: 5 or more and at most 1000000"),
        ({"replications": 9, "most": 10}, "--replications 9 sets an exact number, and --most-replications"),
        ({"replications": 9, "precision": 0.1}, "--replications 9 sets an exact number, and --precision"),
    ],
)
def test_options_that_cannot_be_used(england: Scenario, given: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        with_precision(england, **given)


def test_a_most_alone_needs_a_precision(england: Scenario) -> None:
    fixed = england.changed({"run": {"replications": 9}}, "a test")
    with pytest.raises(InputError, match="the scenario sets exactly 9 replications, and no precision"):
        with_precision(fixed, most=10)


# --- common random numbers ------------------------------------------------------------------------------------


def test_what_pairing_gains() -> None:
    gained = pairing(
        np.array([5.0, 1.0, 2.0, 0.0]), np.array([4.0, 1.0, 2.0, 0.0]), np.array([3.0, 4.0, 0.0, 0.0]), TEN
    )
    assert gained["variance_independent"].tolist() == [9, 2, 4, 0]
    np.testing.assert_array_equal(gained["gain"], [3, 0.5, np.inf, np.nan])
    np.testing.assert_array_equal(gained["replications_independent"], [30, 5, np.inf, np.nan])


TEN = np.full(4, 10)


def test_pairing_of_frames_is_that_of_their_values(asked: Question) -> None:
    draws = np.random.default_rng(1)
    frames = RunningFrames(asked.names, asked.baseline, asked.service_types)
    values = draws.normal(size=(9, 1, len(MEASURES), len(SERVICES))) + draws.normal(
        scale=0.5, size=(9, 2, len(MEASURES), len(SERVICES))
    )
    for each in values:
        frames.add(each)
    row = frames.pairing().set_index(["service_type", "measure"]).xs(("childrens_home", NAMES[DAYS]))
    mine = values[:, :, DAYS, HOMES]
    assert row["variance_paired"] == pytest.approx(np.var(mine[:, 1] - mine[:, 0], ddof=1))
    assert row["variance_independent"] == pytest.approx(np.var(mine, axis=0, ddof=1).sum())
    assert row["replications"] == 9
    sentence = pairing_sentences(frames.pairing(), "childrens_home", [NAMES[DAYS], NAMES[UNFOUND]])
    assert len(sentence) == 1
    assert f"{row['gain']:.1f} (mean days poor and unfound)" in sentence[0]
    assert "replications instead of 9" in sentence[0]


# --- words ----------------------------------------------------------------------------------------------------

TITLES = {"2006-regime": "2006 regime", "option-a": "Option A"}


def one(half_width: float, asked: float, replications: int = 20, measure: str = NAMES[DAYS]) -> Known:
    return Known("option-a", "2006-regime", "childrens_home", measure, 3.0, half_width, asked, replications)


def test_reached_and_not_reached_are_told() -> None:
    close = one(0.5, 0.7)
    (reached,) = precision_sentences([close, one(0.1, 0.7, measure=NAMES[UNFOUND])], TITLES, "After 20 runs", False)
    assert reached == (
        "After 20 runs all 2 headline differences have reached the requested precision; the least precise is mean "
        "days poor and unfound under option A (±0.5, ±0.7 was requested)."
    )
    (missed,) = precision_sentences([close, one(1.5, 0.7)], TITLES, "After 200 runs", True)
    assert missed == (
        "After 200 runs, the maximum (--most-replications), 1 of 2 headline differences has not reached the requested "
        "precision: mean days poor and unfound under option A (±1.5, ±0.7 was requested)."
    )
    nan = float("nan")
    assert precision_sentences([close, one(nan, nan, 0)], TITLES, "After 20 runs", False)[1:] == [
        "Undefined in every replication, and ignored: mean days poor and unfound under option A."
    ]
    assert "(only 1 value)" in precision_sentences([one(nan, 0.7, 1)], TITLES, "After 20 runs", False)[0]
    assert precision_sentences([], TITLES, "After 20 runs", False) == []
