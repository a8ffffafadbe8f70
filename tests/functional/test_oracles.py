"""What must come out exactly: detection and load in worlds simple enough to be solved on paper."""

import math
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from simulator.engine.agenda import GRADE_CHANGE
from simulator.engine.recorded import CLOSED, MET, OUTSTANDING, RECOVERED
from simulator.engine.simpy_engine import simulate_simpy
from simulator.engine.state import State
from simulator.engine.trace import Trace
from simulator.ticks import MONTHS, NEVER, TICKS_PER_YEAR, inspection_year_start, month_starts

if TYPE_CHECKING:
    from tests.functional.worlds import World

Sample = npt.NDArray[np.float64]
HOMES = 8000


def is_mean_of(sample: npt.NDArray[Any], expected: float, precision: float = 0.06) -> bool:
    """Whether a sample of independent values has this mean, within four standard errors that are small enough."""
    error = float(np.std(sample)) / math.sqrt(len(sample))
    assert 4 * error <= precision * expected, "the sample is too small to tell"
    return abs(float(np.mean(sample)) - expected) <= 4 * error


def whole_episodes(trace: Trace, margin_years: float) -> npt.NDArray[np.void]:
    """Episodes that began so early that the end of the run cuts none of them off."""
    return trace.episodes[trace.episodes["began"] < trace.horizon - margin_years * TICKS_PER_YEAR]


def years_to_detection(trace: Trace, margin_years: float) -> Sample:
    """Time from becoming poor to being judged so, of episodes that never end."""
    episodes = whole_episodes(trace, margin_years)
    assert (episodes["detected"] < NEVER).all()
    years: Sample = (episodes["detected"] - episodes["began"]) / TICKS_PER_YEAR
    return years


def falling(world: "World") -> "World":
    """Good homes that fall to poor one after another, and stay so."""
    return world.of(childrens_home=HOMES).with_rates(fall={"good": 0.2}).during(30)


@pytest.mark.parametrize("months", [6, 12, 36])
def test_an_inspection_every_t_finds_the_poor_after_half_of_t(world: "World", months: int) -> None:
    trace = falling(world).with_kind().with_interval(months).run()
    years = years_to_detection(trace, months / 12 + 0.1)
    assert is_mean_of(years, months / 12 / 2)
    assert stats.kstest(years, "uniform", args=(0, months / 12)).pvalue > 1e-4


@pytest.mark.parametrize("sigma", [0.5, 1.0, 3.0])
def test_inspections_that_see_poor_quality_with_probability_b(world: "World", sigma: float) -> None:
    t, b = 0.5, stats.norm.cdf(0.5 / sigma)  # judged poor is what is seen below 1.5
    years = years_to_detection(falling(world).with_kind(sigma=sigma).with_interval(6).run(), 12)
    assert is_mean_of(years, t * (1 / b - 1 / 2))
    at_visit = np.bincount(np.floor(years / t * 0.99999).astype(int), minlength=3)[:3] / len(years)
    assert at_visit == pytest.approx(b * (1 - b) ** np.arange(3), abs=4 * math.sqrt(0.25 / len(years)))


@pytest.mark.parametrize("correlation", [0.0, 0.8])
def test_one_visit_a_year_at_a_time_like_that_of_the_year_before(world: "World", correlation: float) -> None:
    rules = falling(world).with_kind().with_visits(1, year_to_year_correlation=correlation)
    trace = rules.run()
    years = years_to_detection(trace, 2)
    u = np.modf(whole_episodes(trace, 2)["began"] / TICKS_PER_YEAR)[0]
    this_year = (1 - u) ** 2 / 2
    next_year = u * (1 - u) + u * (correlation * u / 2 + (1 - correlation) / 2)
    assert is_mean_of(years - (this_year + next_year) + 1, 1)
    assert np.mean(this_year + next_year) == pytest.approx((7 - correlation) / 12, abs=0.01)


@pytest.mark.parametrize("visits", [2, 3, 4])
def test_more_visits_a_year_find_the_poor_sooner(world: "World", visits: int) -> None:
    few = falling(world).with_kind().with_visits(visits - 1).run()
    many = falling(world).with_kind().with_visits(visits).run()
    assert many.episodes["began"].tolist() == few.episodes["began"].tolist()
    assert np.mean(years_to_detection(many, 2)) < np.mean(years_to_detection(few, 2)) - 0.01


def poisson_visits(world: "World", rate: float, **rates: Any) -> "World":
    """Homes that are poor and better by turns, visited on complaints alone: every one, at once."""
    return (
        world.of(childrens_home=500)
        .starting(poor=1)
        .without_rules()
        .with_kind("responsive", counts=False, sigma=rates.pop("sigma", 0))
        .responding("complaint", "add", "responsive")
        .with_rates(complaint=rate, fall={"adequate": 5}, **rates)
        .during(50)
    )


@pytest.mark.parametrize(("rate", "recovery"), [(1.0, 1.0), (2.0, 0.5), (0.5, 3.0)])
def test_poisson_inspections_find_a_share_of_r_over_r_plus_m(world: "World", rate: float, recovery: float) -> None:
    episodes = whole_episodes(poisson_visits(world, rate, improve={"poor": recovery}).run(), 15 / recovery)
    assert (episodes["end"] == RECOVERED).all()
    assert is_mean_of(episodes["detected"] < NEVER, rate / (rate + recovery))
    assert is_mean_of((episodes["ended"] - episodes["began"]) / TICKS_PER_YEAR, 1 / recovery)


def test_poisson_inspections_that_see_less_and_homes_that_close(world: "World") -> None:
    rate, recovery, closing, b = 2.0, 1.0, 0.5, stats.norm.cdf(0.5)
    homes = poisson_visits(world, rate, improve={"poor": recovery}, closure={"poor": closing}, sigma=1)
    episodes = whole_episodes(homes.run(), 10)
    found = rate * b
    assert is_mean_of(episodes["detected"] < NEVER, found / (found + recovery + closing))
    assert is_mean_of(episodes["end"] == CLOSED, closing / (recovery + closing))


@pytest.mark.parametrize(("k", "months"), [(1.0, 12), (0.5, 36), (4.0, 6)])
def test_periodic_inspections_and_perfect_triggers_together(world: "World", k: float, months: int) -> None:
    t = months / 12
    both = falling(world).with_kind().with_kind("responsive", counts=False).with_interval(months)
    trace = both.responding("complaint", "add", "responsive").with_rates(complaint=k).run()
    assert is_mean_of(years_to_detection(trace, t + 0.1), 1 / k - (1 - math.exp(-k * t)) / (k**2 * t))


def test_who_is_found_out_recovers_faster_from_then_on_and_nobody_before(world: "World") -> None:
    recovery, k = 0.8, 9
    homes = world.of(childrens_home=4000).with_kind().with_interval(12).during(30)
    homes = homes.with_effects(found_out=(k, 1, 1)).with_rates(improve={"poor": recovery}, fall={"good": 0.2})
    episodes = whole_episodes(homes.run(), 10)  # one for each home: from adequate nobody falls again
    detected = np.minimum(episodes["detected"], episodes["ended"])
    unseen = (detected - episodes["began"]).sum() / TICKS_PER_YEAR
    seen = (episodes["ended"] - detected).sum() / TICKS_PER_YEAR
    found = episodes["detected"] < NEVER
    assert (~found).sum() / unseen == pytest.approx(recovery, rel=4 / math.sqrt((~found).sum()))
    assert found.sum() / seen == pytest.approx(recovery * k, rel=4 / math.sqrt(found.sum()))


def rate_of_decline(trace: Trace) -> float:
    """Declines from adequate to poor per year at adequate, where nobody comes back."""
    years: float = trace.provider_years[0, 2]
    return len(trace.episodes) / years


def test_new_managers_speed_up_decline_while_they_are_new(world: "World") -> None:
    homes = world.of(childrens_home=3000).starting(adequate=1).without_rules().during(6)
    homes = homes.with_rates(decline={"adequate": 0.2}).with_effects(new_manager=(3, 6))
    often, seldom = homes.with_manager_changes(30).run(), homes.with_manager_changes(0.5).run()
    never_new = math.exp(-0.5 * 0.5)  # no change within the last half year
    assert rate_of_decline(homes.run()) == pytest.approx(0.2, rel=0.08)
    assert rate_of_decline(often) == pytest.approx(0.6, rel=0.08)
    assert rate_of_decline(seldom) == pytest.approx(0.2 * (3 - 2 * never_new), rel=0.08)


def test_complacency_sets_in_when_nobody_has_come_for_a_set_time(world: "World") -> None:
    homes = world.of(childrens_home=500).starting(adequate=1).with_effects(complacency=(1e6, 6)).during(3)
    homes = homes.with_rates(decline={"adequate": 1e-3}).with_kind()
    alone = homes.with_interval(0).run().episodes["began"] / TICKS_PER_YEAR
    assert len(alone) == 500
    assert ((alone > 0.499) & (alone < 0.52)).all()
    seldom = homes.with_interval(36).run().episodes["began"] / TICKS_PER_YEAR
    assert len(seldom) == 500
    assert (seldom < 1.02).all()
    assert np.mean(seldom < 0.02) == pytest.approx(5 / 6, abs=0.07)  # last visited over half a year before the run
    assert len(homes.with_interval(5).run().episodes) < 10


@pytest.mark.parametrize("grade", ["poor", "adequate", "good", "excellent"])
def test_news_triggers_inspections_as_often_as_the_rates_and_the_probability_say(world: "World", grade: str) -> None:
    rates = {"poor": 3.0, "adequate": 1.5, "good": 1.0, "excellent": 0.5}
    homes = world.of(childrens_home=300).starting(**{grade: 1}).without_rules().with_manager_changes(2)
    homes = homes.with_kind("responsive", counts=False).with_kind("random", counts=False).with_kind("themed")
    homes = homes.with_rates(complaint=rates, serious={name: 2 * rate for name, rate in rates.items()})
    trace = (
        homes.responding("complaint", "add", "responsive", probability=0.4)
        .responding("serious_concern", "add", "random", probability=0.7)
        .responding("new_manager", "add", "themed")
        .run()
    )
    raised = np.bincount(trace.inspections["kind"], minlength=5)[[4, 2, 3]]
    expected = np.array([0.4 * rates[grade], 0.7 * 2 * rates[grade], 2]) * trace.provider_years.sum()
    assert raised == pytest.approx(expected, rel=4 / math.sqrt(expected.min()))


def test_efforts_have_the_mean_and_spread_put_in_and_last_five_days_in_seven(world: "World") -> None:
    homes = world.of(childrens_home=500).with_interval(12).with_kind(effort=6, effort_spread=0.4, team=3)
    inspections = homes.run().inspections
    done = inspections[inspections["ended"] < NEVER]
    assert is_mean_of(done["inspector_days"], 6)
    assert np.std(done["inspector_days"]) / 6 == pytest.approx(0.4, abs=0.02)
    days = (done["ended"] - done["started"]) / 1440
    assert days == pytest.approx(done["inspector_days"] / 3 * 7 / 5, abs=1 / 1440)
    assert (done["team"] == 3).all()


def test_efforts_of_inspections_under_way_together_have_nothing_to_do_with_one_another(world: "World") -> None:
    homes = world.of(childrens_home=300).with_kind(effort=20, effort_spread=0.5).with_visits(6).during(3)
    homes = homes.with_kind("responsive", effort=20, effort_spread=0.5, counts=False)
    trace = homes.responding("complaint", "add", "responsive").with_rates(complaint=6).run()
    efforts = trace.inspections["inspector_days"][trace.inspections["ended"] < NEVER]
    assert len(np.unique(efforts)) == len(efforts)


NATURAL = {"poor": 0.2, "adequate": 0.3, "good": 0.35, "excellent": 0.15}


def drifting(world: "World", homes: int, years: int) -> "World":
    """Homes that nobody inspects, at their natural shares from the beginning."""
    left_alone = world.of(childrens_home=homes).without_rules().starting(**NATURAL).during(years)
    return left_alone.drifting(NATURAL, 0.6, adequate=0.08, good=0.04, excellent=0.01)


@pytest.mark.parametrize("replication", [0, 1])
def test_long_run_shares_and_speed_are_those_the_chain_was_built_from(world: "World", replication: int) -> None:
    trace = drifting(world, homes=1500, years=40).run(replication)
    assert trace.provider_years[0].sum() == pytest.approx(1500 * 40, rel=1e-3)
    assert trace.provider_years[0, 1:] / (1500 * 40) == pytest.approx(list(NATURAL.values()), abs=0.012)


def test_homes_stay_at_a_grade_as_long_as_its_diagonal_says_and_change_as_often_as_the_speed(world: "World") -> None:
    setting = drifting(world, homes=800, years=40).setting()
    changes: dict[int, list[tuple[int, int]]] = {home: [] for home in range(800)}

    def note(state: State, time: int, kind: int, subject: int) -> None:
        if kind == GRADE_CHANGE and (not changes[subject] or state.providers[subject].grade != changes[subject][-1][1]):
            changes[subject].append((time, int(state.providers[subject].grade)))

    simulate_simpy(setting, 0, note)
    service = setting.services[0]
    leaving = (service["decline"] + service["improve"] + service["fall"]) * TICKS_PER_YEAR
    for grade in (1, 2, 3, 4):
        stays = [
            (until - since) / TICKS_PER_YEAR
            for life in changes.values()
            for (since, stayed), (until, _) in pairwise(life)
            if stayed == grade and since < setting.horizon / 2  # so early that the horizon cuts none off
        ]
        assert is_mean_of(np.array(stays), 1 / leaving[grade], precision=0.15)
    often = sum(map(len, changes.values()))
    assert often / (800 * 40) == pytest.approx(0.6, rel=4 / math.sqrt(often))


def visits_by_month(trace: Trace) -> npt.NDArray[np.int64]:
    starts = month_starts(inspection_year_start(trace.epoch), trace.epoch.replace(year=trace.epoch.year + 10))
    by_month = np.histogram(trace.inspections["raised"], bins=starts[: 10 * MONTHS + 1])[0]
    months: npt.NDArray[np.int64] = by_month.reshape(10, MONTHS).sum(axis=0)
    return months


@pytest.mark.parametrize("days_free", [0, 21])
def test_visits_come_in_the_months_that_the_profile_names(world: "World", days_free: int) -> None:
    profile = (1, 1, 1, 2, 2, 1, 1, 1, 1, 4, 5, 6)
    homes = world.of(childrens_home=1000).with_kind()
    for per_year in (1, 3):
        trace = homes.with_visits(per_year, month_profile=profile, last_days_free=days_free).run()
        months = visits_by_month(trace)
        assert months.sum() == 1000 * 10 * per_year
        assert months[:11] / months[:11].sum() == pytest.approx(np.array(profile[:11]) / sum(profile[:11]), abs=0.01)
        assert months[11] > months[9] if days_free == 0 else months[11] > 0


@pytest.mark.parametrize("days_free", [0, 21, 30, 45, 90])
def test_visits_are_not_heaped_on_one_day(world: "World", days_free: int) -> None:
    trace = world.of(childrens_home=4000).with_kind().with_visits(1, last_days_free=days_free).during(1).run()
    assert np.bincount(trace.inspections["raised"] // 1440).max() < 80


@pytest.mark.parametrize(("per_year", "spacing"), [(2, 60), (3, 60), (3, 120), (6, 50)])
def test_visits_keep_their_distance_within_the_year_and_over_its_end(
    world: "World", per_year: int, spacing: int
) -> None:
    homes = world.of(childrens_home=300).with_kind()
    trace = homes.with_visits(
        per_year, minimum_spacing_days=spacing, last_days_free=21, year_to_year_correlation=0.5
    ).run()
    by_home = np.lexsort((trace.inspections["raised"], trace.inspections["provider"]))
    raised = trace.inspections["raised"][by_home].reshape(300, 10 * per_year)
    gaps = np.diff(raised, axis=1) / 1440
    assert gaps.min() >= spacing - 1 / 1440
    assert gaps.max() <= 2 * 366


@pytest.mark.parametrize("months", [1, 6, 36, 60])
def test_a_run_begins_in_the_midst_of_cycles_and_every_date_is_kept(world: "World", months: int) -> None:
    """The first dates are an interval after inspections spread evenly over the one before; none is put off."""
    homes = world.of(childrens_home=500).with_kind(effort=0.5, effort_spread=0.5).during(11)
    duties = homes.with_interval(months).run().duties
    first = duties[np.unique(duties["provider"], return_index=True)[1]]
    cycle = months / 12 * TICKS_PER_YEAR
    assert len(first) == 500
    assert stats.kstest(first["due"] / cycle, "uniform", args=(0, 1)).pvalue > 1e-3
    assert np.unique(first["due"], return_counts=True)[1].max() < 4
    assert (duties["ended"] <= duties["due"])[duties["outcome"] == MET].all()
    assert (duties["outcome"] != MET).sum() == 500
    assert duties["due"][duties["outcome"] == OUTSTANDING].min() >= 11 * TICKS_PER_YEAR - 1


@pytest.mark.parametrize("inspectors", [np.inf, 1.0])
def test_an_inspection_ended_after_its_round_is_not_one_of_the_next(world: "World", inspectors: float) -> None:
    """Whether inspectors are short or not, everyone is owed one in every round; where there are enough, in time."""
    homes = world.of(childrens_home=100).with_kind(effort=2.5).with_inspectors(inspectors).during(12)
    trace = homes.with_round(date(2006, 4, 1), date(2007, 3, 31), repeat_months=12).run()
    rows = trace.inspections
    late = rows["ended"] > rows["deadline"]
    assert late.any() == (inspectors < np.inf)
    assert np.unique(rows[["provider", "deadline"]], return_counts=True)[1].max() == 1
    rounds = np.bincount(rows["provider"])
    assert rounds.max() <= 12
    assert (rounds >= (12 if inspectors == np.inf else 11)).all()
