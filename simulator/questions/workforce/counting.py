"""What is counted of one run by pool, region and month: people, inspector-days, visits, duties, homes unfound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import BEYOND_MEANS, DONE, LAPSED, MET, OUT_OF_TIME, VOID
from simulator.engine.setting import Setting, first_days
from simulator.engine.trace import Trace
from simulator.inspectorate.capacity import UNLIMITED
from simulator.inspectorate.kinds import KINDS
from simulator.measures.duties import Duties
from simulator.ticks import MONTHS, TICKS_PER_DAY, day_of
from simulator.world.streams import root

ALL: Final = "all"
MEANS: Final = ("posts", "in_post", "in_training", "agency", "waiting", "overdue", "past", "unfound")
"""Amounts of which a period has the mean over its months."""
SUMS: Final = ("joined", "left", "offered", "used", "begun", "waited", "due", "on_time")
"""Amounts that add up over the months of a period."""
AMOUNTS: Final = (*MEANS, *SUMS)
OF_KINDS: Final = ("asked", "done", "late", "lapsed", "days")
"""What is counted of each kind of inspection, a year."""

_Floats = npt.NDArray[np.float64]
_Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Divided:
    """The pools, regions and months of a setting by which is counted."""

    setting: Setting
    kinds: tuple[str, ...]
    """The pool of each kind of inspection."""
    idle: tuple[str, ...]
    """Pools without any work."""

    @cached_property
    def pools(self) -> tuple[str, ...]:
        """Names of the pools with work, and `ALL` last."""
        named = dict.fromkeys(part.pool for part in self.setting.establishments)
        return (*(name for name in named if name not in self.idle), ALL)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Names of the regions, and `ALL` last."""
        return (*self.setting.regions, ALL)

    @cached_property
    def rows(self) -> list[tuple[str, str]]:
        """Each pool in each region."""
        return list(product(self.pools, self.regions))

    @cached_property
    def months(self) -> tuple[int, ...]:
        """Positions of the months that lie in the measured window."""
        starts = self.setting.month_starts
        begins, horizon = self.setting.measured_from, self.setting.horizon
        inside = np.flatnonzero((starts[:-1] >= begins) & (starts[1:] <= horizon))
        return tuple(inside.tolist())

    @cached_property
    def edges(self) -> _Codes:
        """Ticks at which these months begin, and at which the last one ends."""
        return self.setting.month_starts[self.months[0] : self.months[-1] + 2]

    @property
    def years(self) -> list[str]:
        """Names of the years of the window; the last may have fewer months."""
        first = day_of(int(self.edges[0]), self.setting.epoch).year
        years = -(-len(self.months) // MONTHS)
        return [f"{year}-{(year + 1) % 100:02d}" for year in range(first, first + years)]

    @property
    def calendar(self) -> list[int]:
        """Calendar month of each month, 1 for January."""
        return [day_of(int(tick), self.setting.epoch).month for tick in self.edges[:-1]]


def counted(divided: Divided, trace: Trace, replication: int) -> _Floats:
    """Count a run.

    Parameters
    ----------
    divided
        Pools, regions and months.
    trace
        Of the run, with its inspections and duties.
    replication
        Its number, on which hangs who leaves when.

    Returns
    -------
    array of float, shape (pools, regions, months, amounts)
        In the order of `AMOUNTS`; not-a-number where an amount is not known of a pool or a region by itself.
    """
    shape = len(divided.pools), len(divided.regions), len(divided.months), len(AMOUNTS)
    found = np.full(shape, np.nan)
    place = {name: position for position, name in enumerate(AMOUNTS)}
    for names, values in (_people(divided, replication), _of_months(divided, trace)):
        found[..., [place[name] for name in names]] = values
    for names, by_region in (_visits(divided, trace),):
        found[..., [place[name] for name in names]] = by_region
    for name, outcome in _outcomes(divided, trace).items():
        found[-1, :, :, place[name]] = outcome
    return found


def _people(divided: Divided, replication: int) -> tuple[tuple[str, ...], _Floats]:
    """Count posts and the people in them."""
    setting = divided.setting
    firsts = first_days(setting.month_starts, setting.epoch)
    run = np.uint64(root(setting.seed, replication))
    names = ("posts", "in_post", "in_training", "agency", "joined", "left")
    found = np.zeros((len(divided.pools), len(divided.regions), len(divided.months), len(names)))
    for part in setting.establishments:
        if part.pool in divided.idle:
            continue
        staff = part.staff(firsts, run)
        values = np.stack([getattr(staff, name)[list(divided.months)] for name in names], axis=1)
        for pool, region in product((divided.pools.index(part.pool), -1), _regions_of(divided, part.region)):
            found[pool, region] += values
    _hide_unknown(divided, found)
    return names, found


def _regions_of(divided: Divided, region: str | None) -> tuple[int, ...]:
    return (-1,) if region is None else (divided.regions.index(region), -1)


def _hide_unknown(divided: Divided, found: _Floats) -> None:
    """A pool that is one for all regions has nothing to itself in any of them."""
    together = [part.pool for part in divided.setting.establishments if part.region is None]
    for position, name in enumerate(divided.pools):
        if name in together or (name == ALL and together):
            found[position, :-1] = np.nan


def _of_months(divided: Divided, trace: Trace) -> tuple[tuple[str, ...], _Floats]:
    """Count inspector-days, and what waits at the ends of months."""
    names = ("offered", "used", "waiting", "overdue")
    found = np.zeros((len(divided.pools), len(divided.regions), len(divided.months), len(names)))
    rows = trace.backlog
    month = np.searchsorted(divided.edges[1:], rows["month"])
    inside = (rows["month"] > divided.edges[0]) & (rows["month"] <= divided.edges[-1])
    for code, part in enumerate(divided.setting.establishments):
        if part.pool in divided.idle:
            continue
        mine = inside & (rows["pool"] == code)
        values = np.zeros((len(divided.months), len(names)))
        of_month = month[mine]
        values[of_month, 0] = rows["inspector_days_there"][mine]
        for column, name in ((1, "inspector_days_worked"), (2, "waiting"), (3, "overdue")):
            np.add.at(values[:, column], of_month, rows[name][mine])
        limitless = values[:, 0] > UNLIMITED
        values[limitless, 0] = np.inf
        for pool, region in product((divided.pools.index(part.pool), -1), _regions_of(divided, part.region)):
            found[pool, region] += values
    _hide_unknown(divided, found)
    return names, found


def _visits(divided: Divided, trace: Trace) -> tuple[tuple[str, ...], _Floats]:
    """Count inspections begun, and the days that they had waited, by the pool of their kind and by region."""
    shape = len(divided.pools), len(divided.regions), len(divided.months)
    rows = trace.inspections
    begun = rows[(rows["started"] >= divided.edges[0]) & (rows["started"] < divided.edges[-1])]
    month = np.searchsorted(divided.edges, begun["started"], side="right") - 1
    region = divided.setting.providers["region"][begun["provider"]].astype(np.int64)
    positions = np.array([divided.pools.index(pool) if pool in divided.pools else -1 for pool in divided.kinds])
    pool = positions[begun["kind"]]
    waited = (begun["started"] - begun["raised"]) / TICKS_PER_DAY
    found = np.zeros((*shape, 2))
    there = pool >= 0
    for column, weights in enumerate((np.ones(len(begun)), waited)):
        np.add.at(found[..., column], (pool[there], region[there], month[there]), weights[there])
    found[:, -1] = found[:, :-1].sum(axis=1)
    found[-1] = found[:-1].sum(axis=0)
    return ("begun", "waited"), found


def _outcomes(divided: Divided, trace: Trace) -> Mapping[str, _Floats]:
    """Count duties and poor providers not found by region: shape (regions, months) each."""
    region = divided.setting.providers["region"].astype(np.int64)
    duties = trace.duties
    begins, horizon = int(divided.edges[0]), int(divided.edges[-1])
    due, until = duties["due"], np.minimum(np.minimum(duties["met"], duties["ended"]), horizon)
    stood = ~((duties["outcome"] == VOID) & (duties["ended"] <= due)) & (np.maximum(due, until) > begins)
    inside = stood & (due <= horizon)
    on_time = inside & (duties["outcome"] == MET) & (until <= due)
    counting = Duties(begins, horizon)
    counting.add(duties)
    late, poor = counting.past_once, trace.episodes
    found_at = np.minimum(poor["detected"], poor["ended"])
    return {
        "due": _by_month(divided, region[duties["provider"][inside]], due[inside]),
        "on_time": _by_month(divided, region[duties["provider"][on_time]], due[on_time]),
        "past": _lasting(divided, region[late.provider], late.begins, late.ends),
        "unfound": _lasting(divided, region[poor["provider"]], poor["began"], found_at),
    }


def _by_month(divided: Divided, region: _Codes, ticks: _Codes) -> _Floats:
    """Count dates by region and month, those before in the first one.

    A date at midnight belongs to the day that ends with it: 31 March, where a year's visits are to be made by then.
    """
    found = np.zeros((len(divided.regions), len(divided.months)))
    month = np.searchsorted(divided.edges, ticks, side="left") - 1
    np.add.at(found, (region, np.clip(month, 0, len(divided.months) - 1)), 1.0)
    found[-1] = found[:-1].sum(axis=0)
    return found


def _lasting(divided: Divided, region: _Codes, begins: _Codes, ends: _Codes) -> _Floats:
    """Return the mean number of spans that last at a time of each month, by region."""
    regions, lengths = len(divided.regions) - 1, np.diff(divided.edges)
    found = np.zeros((len(divided.regions), len(divided.months)))
    for month, (begin, end) in enumerate(zip(divided.edges[:-1], divided.edges[1:], strict=True)):
        inside = np.maximum(np.minimum(ends, end) - np.maximum(begins, begin), 0)
        found[:-1, month] = np.bincount(region, inside, minlength=regions) / lengths[month]
    found[-1] = found[:-1].sum(axis=0)
    return found


def of_kinds(divided: Divided, trace: Trace) -> _Floats:
    """Count each kind of inspection a year: asked for, done, late, lapsed for want of inspectors, inspector-days.

    Returns
    -------
    array of float, shape (2, kinds, 5)
        At the inspectorate's discretion and statutory, as each was in the end; in the order of `KINDS` and `OF_KINDS`.
        Late are statutory inspections that ended after their date, or had not ended by it when the window ends.
    """
    rows, (begins, horizon) = trace.inspections, (int(divided.edges[0]), int(divided.edges[-1]))
    ended_in = (rows["ended"] >= begins) & (rows["ended"] < horizon)
    done = (rows["status"] == DONE) & ended_in
    late = (rows["deadline"] >= begins) & (rows["deadline"] < np.minimum(rows["ended"], horizon))
    want = (rows["lapse"] == OUT_OF_TIME) | (rows["lapse"] == BEYOND_MEANS)
    columns: Sequence[tuple[npt.NDArray[np.bool_], _Floats | None]] = (
        ((rows["raised"] >= begins) & (rows["raised"] < horizon), None),
        (done, None),
        (late & (rows["statutory"] == 1) & (rows["status"] != LAPSED), None),
        ((rows["status"] == LAPSED) & want & ended_in, None),
        (done, rows["inspector_days"]),
    )
    cell = rows["statutory"] * len(KINDS) + rows["kind"]
    counts = [
        np.bincount(cell[which], None if days is None else days[which], minlength=2 * len(KINDS))
        for which, days in columns
    ]
    in_a_year = np.float64(MONTHS / len(divided.months))
    return np.asarray(np.stack(counts, axis=1).reshape(2, len(KINDS), -1) * in_a_year, dtype=np.float64)
