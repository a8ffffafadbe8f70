"""Each kind of news moves the belief by its likelihood ratio, worked out by hand: homes are poor or good for ever."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.run import simulate
from simulator.engine.trace import Trace
from simulator.ticks import TICKS_PER_YEAR
from simulator.world.readings import chance_of_reading

if TYPE_CHECKING:
    from tests.functional.worlds import World

Numbers = npt.NDArray[np.float64]


def doubtful(world: "World", **changes: Any) -> "World":
    """Homes of which a judgement with a large error was made, and nothing else is heard."""
    homes = world.of(childrens_home=200).starting(poor=0.5, good=0.5).during(2).with_kind(sigma=1).with_interval(0)
    return homes.assessing("belief", belief={"confidence": 0.5}, **changes)


def log_odds(risk: Numbers) -> Numbers:
    with np.errstate(divide="ignore"):
        return np.log(risk) - np.log1p(-risk)


def both_years(trace: Trace) -> tuple[npt.NDArray[np.void], npt.NDArray[np.void]]:
    """The yearly assessments of the first and of the second year, of homes that are assessed in both."""
    rows = trace.assessments[(trace.assessments["review"] == 0) & (trace.assessments["generation"] == 0)]
    one, other = (rows[rows["time"] == time] for time in np.unique(rows["time"])[:2])
    return one[np.isin(one["provider"], other["provider"])], other


def gained(trace: Trace) -> Numbers:
    """What the log-odds of being poor gained from the first year's assessment to the second's."""
    one, other = both_years(trace)
    return log_odds(other["risk"]) - log_odds(one["risk"])


YEAR = 365 * 1440 / TICKS_PER_YEAR


@pytest.mark.parametrize("what", ["complaint", "serious", "closure"])
def test_silence_speaks_for_whom_less_is_heard_of(world: "World", what: str) -> None:
    homes = doubtful(world, review_on=["complaint", "serious_concern"]).with_rates(**{what: {"poor": 0.6}})
    trace = homes.followed_after(3000).run()
    reviewed = trace.assessments["provider"][trace.assessments["review"] == 1]
    one, _ = both_years(trace)
    silent = ~np.isin(one["provider"], reviewed)
    assert silent.sum() > 100
    assert gained(trace)[silent] == pytest.approx(np.full(silent.sum(), -0.6 * YEAR))


@pytest.mark.parametrize("what", ["complaint", "serious"])
def test_each_concern_weighs_as_the_ratio_of_its_rates(world: "World", what: str) -> None:
    homes = doubtful(world, review_on=["complaint", "serious_concern"])
    trace = homes.with_rates(**{what: {"poor": 3.0, "good": 1.0}}).run()
    one, other = both_years(trace)
    reviews = trace.assessments[(trace.assessments["review"] == 1) & (trace.assessments["time"] < other["time"][0])]
    heard = np.bincount(reviews["provider"], minlength=200)[one["provider"]]
    assert heard.max() > 3
    assert gained(trace) == pytest.approx(heard * np.log(3.0) - 2.0 * YEAR)


def test_the_belief_follows_the_chain_as_far_as_what_moves_it_is_known(world: "World") -> None:
    """Poor homes get better, four times as fast if they were judged poor and twice if adequate."""
    homes = doubtful(world).with_rates(improve={"poor": 0.3}).with_effects(found_out=(4, 2, 1))
    one, other = both_years(homes.run())
    levels = np.unique(one["risk"])[::-1]
    assert len(levels) == 4  # one for each judgement, the worst first
    speed = np.array([4, 2, 1, 1])[np.searchsorted(-levels, -one["risk"])]
    assert other["risk"] == pytest.approx(one["risk"] * np.exp(-0.3 * speed * YEAR))


def test_the_belief_knows_how_long_being_found_out_acts(world: "World") -> None:
    """Half a year most of all after a judgement of poor; three quarters after one of poor or adequate; then no more."""
    homes = doubtful(world).with_rates(improve={"poor": 0.3})
    homes = homes.with_effects(found_out=(4, 2, 1), found_out_months=(6, 9))
    one, other = both_years(homes.run())
    acts = np.array([4 * 0.5 + 2 * 0.25, 2 * 0.75, 0.75, 0.75]) + YEAR - 0.75
    levels = np.unique(one["risk"])[::-1]
    assert len(levels) == 4
    acted = acts[np.searchsorted(-levels, -one["risk"])]
    assert other["risk"] == pytest.approx(one["risk"] * np.exp(-0.3 * acted))


def test_users_who_see_well_leave_no_doubt(world: "World") -> None:
    one, _ = both_years(doubtful(world, user_survey=True).with_users_saying(0).run())
    assert one["risk"] == pytest.approx((one["true_grade"] == 1).astype(float))


@pytest.mark.parametrize("says", ["direction", "detects"])
def test_a_visit_without_a_grade_tells_what_its_kind_can_tell(world: "World", says: str) -> None:
    """It sees well: whether a home is poor, or whether it is better or worse than it was judged."""
    tells: dict[str, Any] = {"grades": False, "detects": False, "counts": False} | {says: True}
    homes = doubtful(world).with_kind("interim", **tells)
    trace = homes.with_visits(1, "looks", kind="interim", satisfied_by=["interim"]).run()
    _, other = both_years(trace)
    direction = trace.inspections[np.argsort(trace.inspections["provider"], kind="stable")]["direction"][::2]
    certain = np.abs(log_odds(other["risk"])) > 20
    assert ((other["risk"] > 0.5) == (other["true_grade"] == 1))[certain].all()
    if says == "detects":
        assert certain.all()
    else:
        assert 100 < certain.sum() < 200  # of whom was judged excellent any truth is a decline
        assert set(direction) == {1, 2, 3}


@pytest.mark.parametrize(
    ("said", "cross_check", "gains"),
    [
        ({"not_produced": {"poor": 0.75}, "optimism": {"poor": 2}}, 0.0, np.log(0.25)),
        ({"not_produced": {"good": 0.75}, "optimism": {"poor": 2}}, 0.0, -np.log(0.25)),
        ({"misleading": {"poor": 1}}, 0.25, np.log(0.75)),
        ({"misleading": {"poor": 1}}, 0.0, 0.0),
        ({"misleading": {"poor": 0.4}, "optimism": {"poor": 2}}, 0.5, np.log(0.8)),
    ],
)
def test_a_self_assessment_weighs_as_who_would_have_made_it(
    world: "World", said: Any, cross_check: float, gains: float
) -> None:
    """All say that they are good; who does not produce one, or is found to mislead, is what only such a home is."""
    trace = doubtful(world).saying_of_themselves(**said).with_self_assessments(cross_check).run()
    one, other = both_years(trace)
    certain = (other["risk"] < 1e-9) | (other["risk"] > 1 - 1e-9)
    assert (~certain).sum() > 50
    assert gained(trace)[~certain] == pytest.approx(np.full((~certain).sum(), gains), abs=1e-9)
    assert ((other["risk"] > 0.5) == (one["true_grade"] == 1))[certain].all()
    assert certain.any() == (gains != 0)


def test_of_a_newly_registered_provider_is_believed_what_is_known_of_such(world: "World") -> None:
    homes = doubtful(world).with_kind("first", sigma=3).with_first_inspections(0, 30).with_rates(closure=0.5).during(5)
    setting = homes.setting()
    setting.services["entry_share"] = (0, 1, 0, 0, 0)
    table = simulate(setting, 0).assessments
    new = table[table["generation"] > 0]
    assert len(new) > 100
    assert new["risk"] == pytest.approx(np.ones(len(new)))


def test_what_was_heard_of_its_predecessor_says_nothing_of_a_provider(world: "World") -> None:
    """Nothing is heard of poor providers either, for a year and a half between one and the next."""
    homes = doubtful(world).with_kind("first", sigma=1).with_first_inspections(0, 1).followed_after(540).during(6)
    homes = homes.with_rates(closure={"poor": 1, "good": 1}, complaint={"poor": 0.6})
    trace = homes.assessing("belief", belief={"confidence": 0.5}, review_on=["complaint"]).run()
    first = {
        (int(row["provider"]), int(row["generation"])): row
        for row in trace.inspections[::-1]
        if row["judged"] > 0 and row["generation"] > 0
    }
    complained = {(int(row["provider"]), int(row["generation"])) for row in trace.assessments if row["review"] == 1}
    checked = 0
    for row in trace.assessments:
        key = (int(row["provider"]), int(row["generation"]))
        if key in first and key not in complained:
            judged, opened = int(first[key]["judged"]), int(first[key]["raised"])
            said = np.log(chance_of_reading(judged, 1, 1.0) / chance_of_reading(judged, 3, 1.0))
            silence = 0.6 * (row["time"] - opened) / TICKS_PER_YEAR
            assert log_odds(row["risk"]) == pytest.approx(said - silence, abs=0.01)
            checked += 1
    assert checked > 30


def test_the_judgement_that_a_run_begins_with_is_known(world: "World") -> None:
    seen_well = doubtful(world).with_kind(sigma=0)
    one, other = both_years(seen_well.run())
    for rows in (one, other):
        assert rows["risk"] == pytest.approx((rows["true_grade"] == 1).astype(float))
    assert 0.3 < one["risk"].mean() < 0.7
    nobody = replace(seen_well, shares={"poor": 1})
    assert (both_years(nobody.run())[0]["risk"] == 1).all()
