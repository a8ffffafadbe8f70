"""A prediction beside what was recorded: hits, coverage and the forecast that nothing changes, worked out by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from simulator.questions.calibrate.moments import moments_of
from simulator.questions.calibrate.records import FULL, Records
from simulator.questions.calibrate.window import Window
from simulator.questions.validate.frames import figures_frame, scores_frame, transitions_frame
from simulator.questions.validate.judged import (
    Counted,
    Judged,
    Source,
    judged_by,
    last_year,
    matrix_error,
    years_told,
)
from simulator.questions.validate.predicted import Prediction, prediction_of
from simulator.questions.validate.told import judged_caveats, judged_sentences
from simulator.running.question import Question, posed
from simulator.scenario.scenario import load_scenario
from tests.unit.test_calibration_moments import Row, inspections

START = date(2014, 4, 1)
LAST_YEAR = Window(START, date(2016, 4, 1), date(2017, 4, 1))
MOMENTS = moments_of(1, 2016)
NAMES = [each.name for each in MOMENTS]
MANY = 40
"""Homes of each sort."""


@pytest.fixture(scope="module")
def question() -> Question:
    few = {"population": {"types": {"childrens_home": {"count": 1}}}}
    return posed(load_scenario("homes-2014-2017").changed(few, "a test"))


def homes(second: int, third: int, first_home: int) -> list[Row]:
    """Homes judged good in the first year, and so in the second and the third."""
    found: list[Row] = []
    for home in range(first_home, first_home + MANY):
        found += [(home, 50, FULL, 3), (home, 365 + 50, FULL, second), (home, 731 + 50, FULL, third)]
    return found


def records() -> Records:
    """After good in the year before: half good, half adequate; after adequate all good. Before that all good."""
    rows = [*homes(3, 3, 0), *homes(3, 2, MANY), *homes(2, 3, 2 * MANY)]
    return Records(inspections(rows), "childrens_home", START)


def prediction(**of: float) -> Prediction:
    """Two fits, a tenth below and a tenth above what is given by name, of every figure else 0.5."""
    mean = np.array([of.get(name, 0.5) for name in NAMES])
    values = np.stack([np.stack([mean - 0.1] * 3), np.stack([mean + 0.1] * 3)])
    return prediction_of(LAST_YEAR, (1, 2), values)


@pytest.fixture(scope="module")
def base(question: Question) -> Judged:
    source = Source("records.csv", "0")
    return judged_by(prediction(), records(), source, (question, "a set"), date(2016, 4, 1))


def foretold(base: Judged, **of: float) -> Judged:
    return replace(base, prediction=prediction(**of))


def test_a_prediction_gathers_runs_and_fits() -> None:
    values = np.array([[[1.0, np.nan], [3.0, np.nan]], [[3.0, np.nan], [9.0, 4.0]]])  # fits, runs, figures
    made = prediction_of(LAST_YEAR, (1, 5), values)
    assert made.by_fit[:, 0].tolist() == [2, 6]
    assert (made.mean[0], made.low[0], made.high[0]) == (4, 2, 6)
    assert made.error[0] == pytest.approx(2**0.5 * 2 / 2**0.5)  # means of runs 2 and 6: deviation 2 √2, over √2
    assert (made.mean[1], made.low[1], made.high[1]) == (4, 4, 4)
    assert np.isnan(made.error[1])  # a single run says nothing of chance


def test_a_hit_lies_within_two_standard_errors(base: Judged) -> None:
    at = NAMES.index("from_3_to_3")
    assert base.recorded.value[at] == 0.5
    assert base.recorded.cases[at] == 2 * MANY
    error = base.recorded.error[at]
    assert error == pytest.approx(np.sqrt(0.25 / (2 * MANY)), rel=0.15)
    for off, hit in ((1.9, True), (2.1, False), (-1.9, True), (-2.1, False)):
        assert foretold(base, from_3_to_3=0.5 + off * error).hit[at] == hit


def test_chance_between_runs_adds_to_the_tolerance_and_the_fits_do_not(base: Judged) -> None:
    at = NAMES.index("from_3_to_3")
    assert base.tolerance[at] == pytest.approx(2 * base.recorded.error[at])
    unsure = replace(base.prediction, error=np.full(len(NAMES), 0.3))
    wider = replace(base, prediction=unsure).tolerance[at]
    assert wider == pytest.approx(2 * np.hypot(base.recorded.error[at], 0.3))


def test_coverage_is_of_the_range_widened_by_the_tolerance(base: Judged) -> None:
    at = NAMES.index("from_3_to_3")
    tolerance = base.tolerance[at]
    for off, covered in ((0.099 + tolerance, True), (0.101 + tolerance, False)):
        found = foretold(base, from_3_to_3=0.5 + off)
        assert found.covered[at] == covered
        assert not found.hit[at]


def test_where_none_was_recorded_the_tolerance_is_that_of_a_true_prediction(base: Judged) -> None:
    """Of 80 after good none became inadequate: 3 in 100 could have been so by chance, 10 in 100 hardly."""
    at = NAMES.index("from_3_to_1")
    assert base.recorded.value[at] == 0
    for share, hit in ((0.03, True), (0.10, False)):
        found = foretold(base, from_3_to_1=share)
        assert found.tolerance[at] == pytest.approx(2 * np.sqrt(share * (1 - share) / (2 * MANY)))
        assert found.hit[at] == hit


def test_visits_that_all_homes_have_alike_have_no_error_unless_some_are_predicted_more(base: Judged) -> None:
    at = NAMES.index("full_visits_of_3")
    assert (base.recorded.value[at], base.recorded.error[at]) == (1, 0)
    cases = base.recorded.cases[at]
    for visits, least in ((1.0, 0.0), (1.2, np.sqrt(0.2 * 0.8 / cases))):
        found = foretold(base, full_visits_of_3=visits)
        assert found.tolerance[at] == pytest.approx(2 * least)
        assert found.judged[at]
        assert found.hit[at] == (visits == 1)


def test_figures_of_few_cases_are_not_judged(base: Judged) -> None:
    found = base
    by_name = dict(zip(NAMES, found.judged, strict=True))
    assert by_name["from_2_to_3"]
    assert not by_name["from_1_to_3"]  # nobody was inadequate
    frame = figures_frame(found).set_index("figure")
    assert frame.loc["from_1_to_3", "outcome"] == ""
    assert frame.loc["from_3_to_3", "outcome"] == "hit"


def test_that_nothing_changes_is_what_the_years_before_say(base: Judged) -> None:
    """Worked out by hand: before, of 120 after good 80 stay and 40 fall; then 40 of 80 and 40 of 80."""
    found = foretold(base, from_3_to_3=0.6, from_3_to_2=0.4, from_2_to_3=0.8)
    assert found.before is not None
    before = dict(zip(NAMES, found.before.value, strict=True))
    assert (before["from_3_to_3"], before["from_3_to_2"]) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert np.isnan(before["from_2_to_3"])  # nobody was adequate before the second year
    assert before["judged_2_in_year_1"] == pytest.approx(1 / 3)  # of 2015-16, the last year before
    assert before["stock_3_after_year_1"] == pytest.approx(2 / 3)
    # recorded after good: 0, .5, .5, 0; after adequate: 0, 1, 0, 0; predicted .5 but where given
    predicted = [0.5, 0.1, 0.1, 0.5, 0.5, 0.2, 0.5, 0.5]
    assert matrix_error(found, found.prediction.mean) == pytest.approx(np.mean(predicted))
    assert matrix_error(found, found.before.value) == pytest.approx(np.mean([0, 1 / 6, 1 / 6, 0]))
    scores = scores_frame(found).set_index("score")
    assert scores.loc["transitions_error", "nothing_changes"] == pytest.approx(1 / 12)
    at = NAMES.index("from_3_to_3")
    apart = np.hypot(found.recorded.error[at], found.before.error[at])
    assert found.unchanged_hit[at] == (2 * apart >= 1 / 6)


def test_without_earlier_records_nothing_is_said_of_no_change(question: Question) -> None:
    alone = Window(START, START, date(2017, 4, 1))
    moments = moments_of(3, 2014)
    values = np.full((2, 3, len(moments)), 0.5)
    found = judged_by(
        prediction_of(alone, (1, 2), values), records(), Source("r.csv", "0"), (question, "a set"), date(2014, 4, 1)
    )
    assert found.before is None
    assert any("The records have no earlier year" in each for each in judged_sentences(found))
    assert not any("The forecast of no change uses" in each for each in judged_caveats(found))
    assert transitions_frame(found)["nothing_changes"].isna().all()
    assert "hits_beside" not in set(scores_frame(found)["score"])


def test_it_is_said_where_the_fits_have_seen_the_years(base: Judged) -> None:
    assert not any("The fits used records" in each for each in judged_caveats(base))
    seen = replace(base, fitted_until=date(2017, 4, 1))
    assert judged_caveats(seen)[0] == (
        "The fits used records up to 31 March 2017, including those of 2016-17: this shows how well they fit, not how "
        "well they predict."
    )


def test_the_answer_counts_hits_by_sort(base: Judged) -> None:
    found = base
    nothing = np.zeros(len(NAMES))
    exact = Counted(found.prediction.mean, nothing + 0.1, np.full(len(NAMES), 50))
    all_hit = judged_sentences(replace(found, recorded=exact))
    fitted = sum(each.fitted for each in MOMENTS)
    of, others = len(NAMES) - 1, len(NAMES) - fitted - 1  # one figure is a ratio
    assert all_hit[0] == (
        f"The prediction hits {of} of {of} figures of 2016-17 that can be judged: {fitted} of {fitted} of a type used "
        f"in fitting, and {others} of {others} others, many of them determined by rules of the framework."
    )
    assert not any(each.startswith("Missed") for each in all_hit)
    none_hit = judged_sentences(replace(found, recorded=exact._replace(value=exact.value + 0.3)))
    assert "hits 0 of" in none_hit[0]
    assert none_hit[-1].endswith(f"and {of - 8} more.")
    too_few = judged_sentences(replace(found, recorded=exact._replace(cases=np.full(len(NAMES), 19))))
    assert too_few[0] == "No figure of 2016-17 has 20 cases or more, so nothing can be judged."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("judged_1_in_year_1", "judged_1_in_year_2"),
        ("stock_3_after_year_1", "stock_3_after_year_2"),
        ("from_3_to_3", "from_3_to_3"),
        ("same_time_of_year", "same_time_of_year"),
        ("visits_a_year", "visits_a_year"),
    ],
)
def test_figures_by_year_are_those_of_the_last_year_before(name: str, expected: str) -> None:
    assert last_year(name, 2) == expected


def test_years_in_words() -> None:
    assert years_told(LAST_YEAR) == "2016-17"
    assert years_told(LAST_YEAR._replace(counted_from=date(2015, 4, 1))) == "2015-16 to 2016-17"
