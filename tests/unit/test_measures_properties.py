"""What holds for the measures of any trace, on random traces; and two oracles of detection."""

from datetime import date
from random import Random

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine.recorded import BACKLOG, DUTY, EPISODE, HELD, INSPECTION, LAPSED, MET, OUTSTANDING, VOID, WAITING
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.measures import MEASURES, measure
from simulator.measures.detection import waits
from simulator.measures.observed import observed
from simulator.ticks import NEVER, TICKS_PER_DAY
from simulator.world.services import SERVICE_TYPES
from tests.prices import paid, prices

TYPES = len(SERVICE_TYPES)
YEAR = round(365.25 * TICKS_PER_DAY)
COSTS = prices(provider_days_per_inspector_day=1.5)
ROWS = {each.name: row for row, each in enumerate(MEASURES)}
SHARES = [row for row, each in enumerate(MEASURES) if each.unit.startswith("share")]
ADDED_UP = [row for row, each in enumerate(MEASURES) if each.adds_up]

Draws = np.random.Generator


def inspections(draws: Draws, n: int, horizon: int) -> npt.NDArray[np.void]:
    """Random inspections, some of them still open and some lapsed."""
    table = np.zeros(n, dtype=INSPECTION)
    table["service_type"] = draws.integers(0, TYPES, n)
    table["kind"] = draws.integers(0, len(KINDS), n)
    table["statutory"] = draws.integers(0, 2, n)
    table["status"] = draws.integers(WAITING, LAPSED + 1, n)
    ended = draws.integers(0, horizon, n)
    table["ended"] = np.where(table["status"] > 2, ended, NEVER)
    table["deadline"] = np.where(draws.random(n) < 0.8, draws.integers(0, horizon + YEAR, n), NEVER)
    table["inspector_days"] = draws.uniform(0, 20, n)
    table["true_grade"] = draws.integers(1, 5, n)
    table["judged"] = draws.integers(0, 5, n)
    return table


def episodes(draws: Draws, n: int, horizon: int) -> npt.NDArray[np.void]:
    """Random episodes, on whole days so that equal times are common."""
    days = horizon // TICKS_PER_DAY
    table = np.zeros(n, dtype=EPISODE)
    table["service_type"] = draws.integers(0, TYPES, n)
    table["places"] = draws.integers(1, 60, n)
    began = draws.integers(0, days, n)
    ended = began + draws.geometric(1 / 100, n)
    detected = began + draws.geometric(1 / 100, n)
    table["began"] = began * TICKS_PER_DAY
    table["ended"] = np.where(ended < days, ended * TICKS_PER_DAY, NEVER)
    in_it = (detected <= ended) & (detected < days)
    table["detected"] = np.where(in_it, detected * TICKS_PER_DAY, NEVER)
    return table


def duties(draws: Draws, n: int, horizon: int) -> npt.NDArray[np.void]:
    """Random duties, on whole days; each provider may have several at once."""
    days = horizon // TICKS_PER_DAY
    table = np.zeros(n, dtype=DUTY)
    table["provider"] = draws.integers(0, 20, n)
    table["service_type"] = table["provider"] % TYPES
    table["due"] = draws.integers(0, days + 400, n) * TICKS_PER_DAY
    ended = draws.integers(0, days, n) * TICKS_PER_DAY
    table["outcome"] = draws.choice([MET, OUTSTANDING, VOID], n)
    table["met"] = np.where(table["outcome"] == MET, ended, NEVER)
    table["ended"] = np.where(table["outcome"] == OUTSTANDING, NEVER, ended)
    table["gap"] = np.where(draws.random(n) < 0.8, draws.integers(0, 800 * TICKS_PER_DAY, n), NEVER)
    table["gap_open"] = table["outcome"] != MET
    return table


def backlog(draws: Draws, horizon: int) -> npt.NDArray[np.void]:
    """Random months of two pools, in which nobody works more than there is."""
    ends, pools = np.arange(YEAR // 12, horizon + 1, YEAR // 12), 2
    shape = (ends.size, pools, TYPES)
    there = draws.uniform(0, 500, (ends.size, pools, 1))
    shares = draws.random(shape)
    table = np.zeros(shape, dtype=BACKLOG)
    table["month"] = ends[:, None, None]
    table["pool"] = np.arange(pools)[None, :, None]
    table["service_type"] = np.arange(TYPES)
    table["waiting"] = draws.integers(0, 20, shape)
    table["inspector_days_there"] = there
    table["inspector_days_worked"] = there * shares / shares.sum(axis=2, keepdims=True) * draws.random(there.shape)
    return table.reshape(-1)


def held_in_a_year(draws: Draws) -> npt.NDArray[np.void]:
    """Random times, visits and paperwork, with ratings that nobody holds among them."""
    shape = 1, TYPES, 5
    table = np.zeros(shape, dtype=HELD)
    there = draws.random(shape[1:]) < 0.8
    table["ticks"] = draws.integers(1, 50 * YEAR, shape) * there
    for name in ("visits", "self_assessments", "plans"):
        table[name] = draws.integers(0, 20, shape) * there
    table["inspector_days"] = draws.uniform(0, 60, shape) * there
    return table


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    """Random traces; Hypothesis chooses the sizes and the seed."""
    draws = np.random.default_rng(draw(st.integers(0, 2**32)))
    warm_up, years = draw(st.integers(0, 2)) * YEAR, draw(st.integers(1, 3)) * YEAR
    horizon = warm_up + years
    return Trace(
        inspections=inspections(draws, draw(st.integers(0, 200)), horizon),
        episodes=episodes(draws, draw(st.integers(0, 200)), horizon),
        backlog=backlog(draws, horizon),
        duties=duties(draws, draw(st.integers(0, 200)), horizon),
        provider_years=draws.uniform(0, 50, (TYPES, 5)),
        held_by_year=held_in_a_year(draws),
        epoch=date(2003, 4, 1),
        measured_from=warm_up,
        horizon=horizon,
        timeline=("2006-regime",),
    )


@settings(max_examples=60)
@given(traces())
def test_measures_of_any_trace(trace: Trace) -> None:
    values = measure(observed(trace), COSTS, paid(trace))
    by_type, together = values[:, :-1], values[:, -1]
    assert by_type[ADDED_UP].sum(axis=1) == pytest.approx(together[ADDED_UP])
    known = values[~np.isnan(values)]
    levels = np.delete(values, ROWS["backlog_growth_per_year"], axis=0)
    assert (levels[~np.isnan(levels)] >= 0).all()
    assert np.isfinite(known).all()
    assert (np.nan_to_num(values[SHARES]) <= 1 + 1e-12).all()
    early, later, latest = (values[ROWS[f"detected_within_{days}_days"]] for days in (90, 180, 365))
    assert not (early > later).any()
    assert not (later > latest).any()
    assert not (values[ROWS["gap_days_95th"]] > values[ROWS["gap_days_longest"]]).any()
    names = ("mean", "median", "90th", "95th", "worst_tenth")
    mean, half, ninety, ninety_five, worst = (values[ROWS[f"days_unfound_{name}"]] for name in names)
    for shorter, longer in ((half, ninety), (ninety, ninety_five), (ninety, worst), (mean, worst), (worst, 730.5)):
        assert not (shorter > longer + 1e-9).any()
    assert not (values[ROWS["days_unfound_mean"]] > 730.5).any()
    ratings = ("rated_good", "rated_adequate", "rated_poor", "not_graded")
    visits = np.array([values[ROWS[f"visits_{name}"]] for name in ratings])
    together = values[ROWS["visits_per_provider_year"]]
    assert not (together < np.fmin.reduce(visits) - 1e-9).any()
    assert not (together > np.fmax.reduce(visits) + 1e-9).any()


@settings(max_examples=20)
@given(traces(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_of_no_account(trace: Trace, random: Random) -> None:
    def shuffled(table: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
        return np.array(random.sample(list(table), table.size), dtype=table.dtype)

    other = trace._replace(
        inspections=shuffled(trace.inspections),
        episodes=shuffled(trace.episodes),
        backlog=shuffled(trace.backlog),
        duties=shuffled(trace.duties),
    )
    values = [measure(observed(each), COSTS, paid(each)) for each in (other, trace)]
    assert values[0] == pytest.approx(values[1], nan_ok=True)


@settings(max_examples=20)
@given(traces())
def test_one_service_type_by_itself_is_all_there_is(trace: Trace) -> None:
    def only(table: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
        kept: npt.NDArray[np.void] = table[table["service_type"] == 0]
        return kept

    alone = trace._replace(
        inspections=only(trace.inspections),
        episodes=only(trace.episodes),
        backlog=only(trace.backlog),
        duties=only(trace.duties),
        provider_years=trace.provider_years * (np.arange(TYPES) == 0)[:, None],
        held_by_year=np.where((np.arange(TYPES) == 0)[:, None], trace.held_by_year, np.zeros((), dtype=HELD)),
    )
    values = measure(observed(alone), COSTS, paid(alone))
    of_each = [row for row, each in enumerate(MEASURES) if not each.name.startswith("posts_")]
    assert values[of_each, 0] == pytest.approx(values[of_each, -1], nan_ok=True)
    assert values[:, 0] == pytest.approx(measure(observed(trace), COSTS, paid(trace))[:, 0], nan_ok=True)


def run_of(found: npt.NDArray[np.int64], over: npt.NDArray[np.int64], began: npt.NDArray[np.int64]) -> Trace:
    """A run of a hundred years with nothing but these episodes of children's homes."""
    table = np.zeros(began.size, dtype=EPISODE)
    table["places"] = 5
    table["began"] = began
    table["ended"] = np.minimum(began + over, NEVER)
    table["detected"] = np.where(found < over, began + found, NEVER)
    return Trace(
        inspections=np.zeros(0, dtype=INSPECTION),
        episodes=table,
        backlog=np.zeros(0, dtype=BACKLOG),
        provider_years=np.ones((TYPES, 5)),
        epoch=date(2006, 4, 1),
        measured_from=0,
        horizon=100 * YEAR,
        timeline=("2006-regime",),
    )


def test_poisson_inspections_detect_r_of_r_plus_m() -> None:
    draws, n, rate, recovery = np.random.default_rng(7), 40_000, 1.6, 0.9
    found = draws.exponential(YEAR / rate, n).astype(np.int64)
    over = draws.exponential(YEAR / recovery, n).astype(np.int64)
    trace = run_of(found, over, draws.integers(0, 80 * YEAR, n))
    values = measure(observed(trace), COSTS, paid(trace))[:, 0]
    both = rate + recovery
    assert values[ROWS["never_detected_share"]] == pytest.approx(recovery / both, abs=0.01)
    assert waits(trace).detected_within(40 * 365)[()] == pytest.approx(rate / both, abs=0.01)
    # the time to whichever comes first is exponential, whichever it is
    assert values[ROWS["days_to_detection_mean"]] == pytest.approx(365.25 / both, rel=0.02)
    assert values[ROWS["days_unfound_mean"]] == pytest.approx(365.25 * (1 - np.exp(-2 * both)) / both, rel=0.02)
    assert values[ROWS["days_to_detection_median"]] == pytest.approx(365.25 / both * np.log(2), rel=0.03)
    # Little's law: so many begin a year, and wait so long
    assert values[ROWS["undetected_poor_provider_years"]] == pytest.approx(n / 100 / both, rel=0.02)
    assert values[ROWS["child_years_undetected"]] == pytest.approx(5 * n / 100 / both, rel=0.02)


def test_days_unfound_do_not_depend_on_the_years_that_are_run() -> None:
    """One year and ten agree within error, where the mean of those found does not."""
    draws, n, rate, recovery = np.random.default_rng(9), 400_000, 1.6, 0.9
    found = draws.exponential(YEAR / rate, n).astype(np.int64)
    over = draws.exponential(YEAR / recovery, n).astype(np.int64)
    whole = run_of(found, over, draws.integers(0, 20 * YEAR, n))
    table = whole.episodes
    years = {}
    for horizon in (YEAR, 10 * YEAR):
        cut = table[table["began"] < horizon].copy()
        for moment in ("detected", "ended"):
            cut[moment] = np.where(cut[moment] < horizon, cut[moment], NEVER)
        short = whole._replace(episodes=cut, horizon=horizon)
        years[horizon] = measure(observed(short), COSTS, paid(short))[:, 0]
    unfound, of_found = (
        {horizon: values[ROWS[name]] for horizon, values in years.items()}
        for name in ("days_unfound_mean", "days_to_detection_mean")
    )
    assert unfound[YEAR] == pytest.approx(unfound[10 * YEAR], rel=0.03)
    assert of_found[YEAR] < 0.75 * of_found[10 * YEAR]


def test_visits_at_a_fixed_interval_detect_after_half_of_it_in_the_mean() -> None:
    draws, n, interval = np.random.default_rng(8), 20_000, YEAR // 2
    found = draws.integers(0, interval, n)
    trace = run_of(found, np.full(n, NEVER), draws.integers(0, 90 * YEAR, n))
    values = measure(observed(trace), COSTS, paid(trace))[:, 0]
    assert values[ROWS["days_to_detection_mean"]] == pytest.approx(365.25 / 4, rel=0.02)
    assert values[ROWS["detected_within_90_days"]] == pytest.approx(90 / (365.25 / 2), abs=0.01)
    assert values[ROWS["detected_within_365_days"]] == pytest.approx(1)
    assert values[ROWS["never_detected_share"]] == 0
