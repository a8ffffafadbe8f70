"""What is compared between the plain model and the simulator: the same measures, read off in two ways."""

import math
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from simulator.engine.recorded import DONE
from simulator.engine.trace import Trace
from simulator.inspectorate.costs import CostSettings
from simulator.inspectorate.kinds import KINDS
from simulator.measures import MEASURES, measure
from simulator.measures.observed import observed
from simulator.ticks import TICKS_PER_DAY
from tests.prices import paid

from .plain_duties import Duty
from .plain_rules import DAYS_PER_YEAR
from .plain_world import Episode, World

COMPARED = (
    "inspections_per_provider_year",
    "inspector_days_per_year",
    "utilisation",
    "duties_due_per_year",
    "on_time_share",
    "days_overdue_mean",
    "providers_past_duty",
    "gap_days_95th",
    "lapsed_per_year",
    "backlog_mean",
    "poor_episodes_per_year",
    "detected_within_90_days",
    "detected_within_180_days",
    "detected_within_365_days",
    "days_unfound_mean",
    "days_to_detection_mean",
    "never_detected_share",
    "undetected_poor_provider_years",
    "false_alarm_share",
    "inspections_per_good_provider_year",
)
"""Measures of `simulator.measures` that the plain model has too; beside them those below."""

WAITING = "days_waiting_mean"
"""Mean days from when an inspection is raised to when it begins, of those begun in the measured window."""

PER_KIND = "per_provider_year"
"""Inspections of a kind, ended in the measured window, per provider-year."""

AT_FIRST = "in_first_half_year"
"""Inspections of a kind that ended in the first half year of the measured window, when a framework has taken over."""

HALF_YEAR = 182


def of_simulator(trace: Trace, costs: CostSettings) -> dict[str, float]:
    """Measure a run of the simulator."""
    position = {each.name: row for row, each in enumerate(MEASURES)}
    table = measure(observed(trace), costs, paid(trace))[:, -1]
    values = {name: float(table[position[name]]) for name in COMPARED}
    rows = trace.inspections
    done = rows[(rows["status"] == DONE) & (rows["ended"] >= trace.measured_from)]
    at_first = done["ended"] < trace.measured_from + HALF_YEAR * TICKS_PER_DAY
    for code in np.unique(rows["kind"]):
        values[f"{KINDS[code]}_{PER_KIND}"] = (done["kind"] == code).sum() / trace.provider_years.sum()
        values[f"{KINDS[code]}_{AT_FIRST}"] = (done["kind"][at_first] == code).sum()
    begun = rows[(rows["started"] >= trace.measured_from) & (rows["started"] < trace.horizon)]
    values[WAITING] = _mean((begun["started"] - begun["raised"]) / TICKS_PER_DAY)
    return values


def of_plain(world: World) -> dict[str, float]:
    """Measure a run of the plain model."""
    years = (world.horizon - world.starts) / DAYS_PER_YEAR
    provider_years = sum(world.days_at) / DAYS_PER_YEAR
    good_provider_years = sum(world.days_at[3:]) / DAYS_PER_YEAR
    pools = world.pools.values()
    done = [visit for visit in world.visits if world.starts <= visit.ended < world.horizon]
    judged_poor = [visit for visit in done if visit.judged == 1]
    values = {
        "inspections_per_provider_year": len(done) / provider_years,
        "inspector_days_per_year": sum(visit.inspector_days for visit in done) / years,
        "utilisation": sum(pool.days_worked for pool in pools) / sum(pool.days_there for pool in pools),
        "backlog_mean": sum(_mean(pool.waiting_at_month_ends) for pool in pools),
        "false_alarm_share": _mean(visit.truth >= 3 for visit in judged_poor),
        "inspections_per_good_provider_year": sum(visit.truth >= 3 for visit in done) / good_provider_years,
        WAITING: _mean(
            visit.started - visit.raised for visit in world.visits if world.starts <= visit.started < world.horizon
        ),
        "lapsed_per_year": sum(world.starts < visit.ran_out <= world.horizon for visit in world.visits) / years,
        **_punctuality(world, years),
        "gap_days_95th": _longest_but(0.05, _gaps(world)),
        **_detection(world, years),
    }
    for kind in {visit.kind for visit in world.visits}:
        of_kind = [visit for visit in done if visit.kind == kind]
        values[f"{kind}_{PER_KIND}"] = len(of_kind) / provider_years
        values[f"{kind}_{AT_FIRST}"] = sum(visit.ended < world.starts + HALF_YEAR for visit in of_kind)
    return values


def _punctuality(world: World, years: float) -> dict[str, float]:
    """Measure duties, each of which counts if it fell due in the window or had long fallen due when that began."""

    def until(duty: Duty) -> float:
        return min(duty.ended, world.horizon)

    law = [duty for duty in world.duties if duty.statutory]
    stood = [duty for duty in law if duty.void > duty.due and max(duty.due, until(duty)) > world.starts]
    due = [duty for duty in stood if duty.due <= world.horizon]
    past = defaultdict(list)
    for duty in law:
        if until(duty) > max(duty.due, world.starts):
            past[duty.row].append((max(duty.due, world.starts), until(duty)))
    return {
        "duties_due_per_year": len(due) / years,
        "on_time_share": _mean(duty.met <= duty.due for duty in due),
        "days_overdue_mean": _mean(max(until(duty) - duty.due, 0.0) for duty in due),
        "providers_past_duty": sum(map(_covered, past.values())) / (world.horizon - world.starts),
    }


def _covered(stretches: list[tuple[float, float]]) -> float:
    """Return the days that lie in any of some stretches."""
    days, reached = 0.0, -math.inf
    for begins, ends in sorted(stretches):
        days += max(ends - max(begins, reached), 0.0)
        reached = max(reached, ends)
    return days


def _gaps(world: World) -> list[tuple[float, bool]]:
    """Return the days for which rules were not satisfied, and whether an inspection ended that in the window."""
    gaps = []
    for duty in world.duties:
        met = world.starts <= duty.met < world.horizon
        cut = duty.met == math.inf and (duty.void == math.inf or world.starts < duty.void <= world.horizon)
        if duty.statutory and not math.isnan(duty.gap) and (met or cut):
            gaps.append((duty.gap, met))
    return sorted(gaps, key=lambda gap: (gap[0], not gap[1]))


def _longest_but(share: float, gaps: list[tuple[float, bool]]) -> float:
    """Return how long all but a share of gaps last, where some are cut off (the product limit)."""
    left = 1.0
    for passed, (days, ended) in enumerate(gaps):
        left *= 1 - ended / (len(gaps) - passed)
        if left <= share:
            return days
    return gaps[-1][0]


def _detection(world: World, years: float) -> dict[str, float]:
    def undetected(episode: Episode) -> float:
        end = min(episode.detected, episode.ended, world.horizon)
        return max(end - max(episode.began, world.starts), 0.0)

    begun = [episode for episode in world.episodes if episode.began >= world.starts]
    found = [episode for episode in begun if episode.detected < math.inf]
    unseen = [episode for episode in begun if episode.detected == math.inf and episode.ended < math.inf]
    return {
        "poor_episodes_per_year": len(begun) / years,
        "days_unfound_mean": _mean_unfound(begun, 2 * DAYS_PER_YEAR, world.horizon),
        "days_to_detection_mean": _mean(episode.detected - episode.began for episode in found),
        "never_detected_share": len(unseen) / (len(unseen) + len(found)),
        "undetected_poor_provider_years": sum(map(undetected, world.episodes)) / DAYS_PER_YEAR / years,
        **{f"detected_within_{days}_days": _incidence(begun, days, world.horizon) for days in (90, 180, 365)},
    }


def _incidence(episodes: list[Episode], days: float, horizon: float) -> float:
    """Give the share detected in so many days, where an episode may also end unseen or be cut off."""

    def wait(episode: Episode) -> float:
        return min(episode.detected, episode.ended, horizon) - episode.began

    undecided, detected = 1.0, 0.0
    for passed, episode in enumerate(sorted(episodes, key=wait)):
        at_risk = len(episodes) - passed
        if wait(episode) > days:
            break
        if episode.detected < math.inf:
            detected += undecided / at_risk
        if min(episode.detected, episode.ended) < math.inf:
            undecided *= 1 - 1 / at_risk
    return detected


def _mean_unfound(episodes: list[Episode], most: float, horizon: float) -> float:
    """Give the mean days until found, better or closed, `most` at most, where the horizon cuts some off.

    Whoever is cut off is taken to wait on as those do that were followed for longer (the redistribution of Efron); the
    one followed longest, at the rate at which waits ended till then.
    """

    def wait(episode: Episode) -> float:
        return min(episode.detected, episode.ended, horizon) - episode.began

    each, mean = 1.0 / len(episodes), 0.0
    in_order = sorted(episodes, key=lambda episode: (wait(episode), min(episode.detected, episode.ended) == math.inf))
    for passed, episode in enumerate(in_order):
        if min(episode.detected, episode.ended) < math.inf or wait(episode) >= most:
            mean += each * min(wait(episode), most)
        elif passed + 1 < len(episodes):
            each += each / (len(episodes) - passed - 1)
        elif each == 1.0:
            return math.nan  # one that was cut off is nothing to go by
        else:
            rate = -math.log(each) / wait(episode)
            mean += each * (wait(episode) + (1 - math.exp(-rate * (most - wait(episode)))) / rate)
    return mean


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
