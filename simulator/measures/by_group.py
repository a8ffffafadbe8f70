"""The measures that readers ask of groups: sectors, regions, sizes, authorities, years and ratings held."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import HELD
from simulator.engine.trace import Trace
from simulator.inspectorate.costs import CostSettings
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.by_rating import HELD_RATINGS, burden_days
from simulator.measures.by_service import ratio
from simulator.measures.detection import later, waits
from simulator.measures.grouped_waits import grouped_waits
from simulator.measures.grouping import AUTHORITY, Grouping
from simulator.measures.observed import Observed
from simulator.measures.survival import RESTRICTED_TO
from simulator.measures.years import year_of
from simulator.ticks import TICKS_PER_DAY, TICKS_PER_YEAR, years_of

_Codes = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]

GROUP_MEASURES: Final = (
    "visits_per_provider_year",
    "visits_rated_good",
    "burden_days_per_provider_year",
    "burden_days_rated_good",
    "days_unfound_mean",
    "detected_within_90_days",
    "detected_later_share",
    "never_detected_share",
    "undetected_poor_provider_years",
    "on_time_share",
    "providers_past_duty",
)
"""Measures of groups, in this order."""
_OF_RATINGS: Final = ("visits_per_provider_year", "burden_days_per_provider_year")
"""Those of them that there are by the last grade."""
_SOON: Final = 90 * TICKS_PER_DAY


class _Spans(NamedTuple):
    """Times of the window in which something was so at a provider, shape (n,) each."""

    provider: _Codes
    service_type: _Codes
    begins: _Codes
    ends: _Codes

    def numbers(self, group: _Codes, groups: int, window: tuple[int, int]) -> _Floats:
        """Return the mean number of providers in each group at a time of a window, shape (groups, 14).

        Parameters
        ----------
        group
            Of each span, shape (n,).
        groups
            How many there are.
        window
            Ticks at which it begins and ends.
        """
        begins, ends = window
        lasted = np.maximum(np.minimum(self.ends, ends) - np.maximum(self.begins, begins), 0)
        return _by_type(group, self.service_type, groups, lasted / (ends - begins))


def by_group(run: Observed, divisions: Sequence[Grouping], costs: CostSettings) -> _Floats:
    """Measure the groups of one run.

    Parameters
    ----------
    run
    divisions
        Of the providers (`simulator.measures.grouping.groupings`).
    costs

    Returns
    -------
    array of float, shape (groups, measures, 14)
        The groups of each division, then the years of the window, then the ratings held; measures in the order of
        `GROUP_MEASURES`; service types in the order of `SERVICE_TYPES`, and all of them last.
    """
    unfound, past = _unfound(run.trace), _Spans(*run.duties.past_once)
    *of_divisions, of_years = _of_episodes(run.trace, divisions)
    found = [
        _of_division(run, division, episodes, unfound, past, costs)
        for division, episodes in zip(divisions, of_divisions, strict=True)
    ]
    return np.concatenate([*found, _of_years(run, of_years, unfound, past, costs), _of_ratings(run.trace, costs)])


def _of_division(
    run: Observed, division: Grouping, episodes: list[_Floats], unfound: _Spans, past: _Spans, costs: CostSettings
) -> _Floats:
    """Measure the groups of one division, shape (groups, measures, 14)."""
    of, groups = division.of_provider, len(division.names)
    window = run.trace.measured_from, run.trace.horizon
    due, on_time = (_to_length(counts, len(of)) for counts in (run.duties.due_of, run.duties.on_time_of))
    there = np.flatnonzero(due)
    kept = (_by_type(of[there], division.types[there], groups, counts[there]) for counts in (on_time, due))
    return _table(
        _of_held(_held_in(run.trace, division), costs),
        episodes,
        unfound.numbers(of[unfound.provider], groups, window),
        ratio(*kept),
        past.numbers(of[past.provider], groups, window),
    )


def _of_years(run: Observed, episodes: list[_Floats], unfound: _Spans, past: _Spans, costs: CostSettings) -> _Floats:
    """Measure the years of the window, shape (years, measures, 14)."""
    window = run.trace.measured_from, run.trace.horizon
    years = years_of(*window)
    edges = [*(window[0] + int(year * TICKS_PER_YEAR) for year in range(years)), window[1]]
    on_time, due = (_with_all(counts) for counts in (run.duties.on_time_by_year, run.duties.due_by_year))
    return _table(
        _of_held(run.trace.held_by_year, costs),
        episodes,
        _year_by_year(unfound, edges),
        ratio(on_time, due),
        _year_by_year(past, edges),
    )


def _of_ratings(trace: Trace, costs: CostSettings) -> _Floats:
    """Measure the ratings held, shape (ratings, measures, 14): what is known of them, and not-a-number."""
    found = np.full((len(HELD_RATINGS), len(GROUP_MEASURES), TYPE_COUNT + 1), np.nan)
    everything = _added(trace.held_by_year)
    for row, ratings in enumerate(HELD_RATINGS.values()):
        held = np.zeros(everything.shape, dtype=HELD)
        held[..., ratings] = everything[..., ratings]
        by_rating = _of_held(held, costs)
        for measure in _OF_RATINGS:
            found[row, GROUP_MEASURES.index(measure)] = by_rating[GROUP_MEASURES.index(measure)][0]
    return found


def _table(held: list[_Floats], episodes: list[_Floats], unfound: _Floats, on_time: _Floats, past: _Floats) -> _Floats:
    """Put measures of groups, shape (groups, 14) each, side by side in the order of `GROUP_MEASURES`."""
    return np.stack([*held, *episodes, unfound, on_time, past], axis=1)


def _held_in(trace: Trace, division: Grouping) -> npt.NDArray[np.void]:
    """Return what was counted of the groups of a division while ratings were held, shape (groups, 13, 5)."""
    if division.kind == AUTHORITY:
        return trace.held_by_authority
    shape = len(division.names), TYPE_COUNT, trace.held.shape[-1]
    held = np.zeros((shape[0] * shape[1], shape[2]), dtype=HELD)
    for name in HELD.names or ():
        np.add.at(held[name], division.of_group * TYPE_COUNT + division.group_types, trace.held[name])
    return held.reshape(shape)


def _added(held: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
    """Add up what was counted over the first axis, which keeps one entry."""
    added = np.zeros((1, *held.shape[1:]), dtype=HELD)
    for name in HELD.names or ():
        added[name] = held[name].sum(axis=0)
    return added


def _of_held(held: npt.NDArray[np.void], costs: CostSettings) -> list[_Floats]:
    """Measure visits and burden of each group, all of them and where rated good or better: shape (groups, 14) each."""
    good = list(HELD_RATINGS["good"])
    years = held["ticks"] / TICKS_PER_YEAR
    amounts = held["visits"].astype(np.float64), burden_days(held, costs)
    return [
        ratio(_with_all(amount[..., ratings].sum(axis=-1)), _with_all(years[..., ratings].sum(axis=-1)))
        for amount in amounts
        for ratings in (slice(None), good)
    ]


def _of_episodes(trace: Trace, divisions: Sequence[Grouping]) -> list[list[_Floats]]:
    """Estimate how long the poor of each group are unfound, and how many are found when.

    All divisions are estimated at once, each group by service type and for all types together.

    Returns
    -------
    list of lists of array of float, shape (groups, 14) each
        Of each division, and last of the years in which the episodes began.
    """
    episodes = waits(trace).shortest_first()
    groups = [len(division.names) for division in divisions] + [years_of(trace.measured_from, trace.horizon)]
    codes = [division.of_provider[episodes.provider] for division in divisions]
    codes.append(year_of(episodes.began, trace.measured_from, trace.horizon))
    begins = np.cumsum([0, *groups[:-1]])
    row = (TYPE_COUNT + 1) * np.concatenate([code + begin for code, begin in zip(codes, begins, strict=True)])
    times = len(codes)
    mean, soon, never = (
        column.reshape(-1, TYPE_COUNT + 1)
        for column in grouped_waits(
            np.concatenate([row + np.tile(episodes.service_type, times), row + TYPE_COUNT]),
            sum(groups) * (TYPE_COUNT + 1),
            np.tile(episodes.ticks, 2 * times),
            np.tile(episodes.cause, 2 * times),
            until=float(RESTRICTED_TO),
            within=_SOON,
        )
    )
    columns = (mean / TICKS_PER_DAY, soon, later(soon, never), never)
    return [list(parts) for parts in zip(*(np.split(column, begins[1:]) for column in columns), strict=True)]


def _unfound(trace: Trace) -> _Spans:
    """Return the times for which providers were poor and not found, in episodes of the warm-up too."""
    rows = trace.episodes
    until = np.minimum(rows["detected"], rows["ended"])
    return _Spans(rows["provider"], rows["service_type"], rows["began"], until)


def _year_by_year(spans: _Spans, edges: list[int]) -> _Floats:
    """Return the mean number of providers at a time of each year, shape (years, 14)."""
    nobody = np.zeros(len(spans.provider), dtype=np.int64)
    return np.concatenate([spans.numbers(nobody, 1, year) for year in pairwise(edges)])


def _by_type(group: _Codes, service_type: _Codes, groups: int, weights: npt.NDArray[Any]) -> _Floats:
    """Add up weights by group and service type, and of all types last: shape (groups, 14)."""
    cells = np.bincount(group * TYPE_COUNT + service_type, weights, minlength=groups * TYPE_COUNT)
    return _with_all(cells.reshape(groups, TYPE_COUNT))


def _with_all(by_type: npt.NDArray[Any]) -> _Floats:
    """Put the sum over the service types behind them: shape (groups, 13) to shape (groups, 14)."""
    return np.asarray(np.append(by_type, by_type.sum(axis=1, keepdims=True), axis=1), dtype=np.float64)


def _to_length(counts: _Codes, length: int) -> _Codes:
    """Return counts by provider for all providers: those behind the last one that is counted have none."""
    return np.append(counts, np.zeros(length - len(counts), dtype=np.int64))
