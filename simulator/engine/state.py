"""Everything a run knows at one moment, as tables of records.

Handlers (`simulator.engine.events`) read and write one `State`; engines own the clock and nothing else.
A record is used by attribute, ``state.providers[3].rating``, in the same way in compiled and in plain Python.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from simulator.compiling import ROW, TICK
from simulator.engine.addressed import Addressed, Table, readable, records
from simulator.engine.provider_records import BELIEF, PROVIDER, SERVICE, STRAND
from simulator.engine.recorded import ASSESSMENT, BACKLOG, DUTY, EPISODE, HELD, INSPECTION, LIFE
from simulator.engine.work_records import ACCOUNT, PLAN, POOL, STANDING_DUTY, WORK
from simulator.inspectorate.assessment import INPUTS
from simulator.inspectorate.inspectors import INSPECTORS
from simulator.inspectorate.policy import POLICY
from simulator.world.hazards import CLOCK

_WHOLE: Final = np.dtype(np.int64)
_REAL: Final = np.dtype(np.float64)

NOW: Final = records(
    [
        ("run", "u8"),  # root of all random addresses
        ("framework", "i8"),  # row of `policies` in force
        ("took_over", "i8"),  # when it took over
        ("measured_from", "i8"),
        ("horizon", "i8"),
        ("begins", "i8"),
        ("owed", "f8"),  # inspections owed before the start
        ("owed_months", "f8"),  # of the work of so many months
        ("month", "i8"),
        ("ranked", "i8"),  # when the worth of targeted visits was last worked out
        ("points", "f8", (len(INPUTS),)),  # of the assessment that is being made
        ("rules", "i8"),  # slots of rules; those of samples come behind them
        ("fresh_plan", "i8"),  # first row of `plans` that never served
        ("free_plan", "i8"),  # first of those that served and are free; -1 if there is none
        ("free_work", "i8"),  # first free row of `work`
        ("free_rows", "i8"),
        ("free_duty", "i8"),  # first free row of `standing`
        ("free_duties", "i8"),
        ("outbox", "i8"),  # entries used
        ("inspections", "i8"),  # rows used of the chunk
        ("episodes", "i8"),
        ("months", "i8"),
        ("assessments", "i8"),
        ("duties", "i8"),
        ("lives", "i8"),
    ]
)

OUTBOX: Final = records([("time", "i8"), ("kind", "i8"), ("subject", "i8")])


@readable
@dataclass(frozen=True, eq=False, kw_only=True)
class State(Addressed):
    """One run at one moment. Static tables last; every other is changed by handlers only."""

    TABLES: ClassVar = {
        "now": (NOW, 1),
        "providers": (PROVIDER, 1),
        "blank": (PROVIDER, 1),
        "strands": (STRAND, 1),
        "quality": (CLOCK, 2),
        "beliefs": (BELIEF, 1),
        "occurrences": (CLOCK, 2),
        "last_raised": (np.dtype(TICK), 2),
        "slots": (np.dtype(ROW), 2),
        "plans": (PLAN, 1),
        "work": (WORK, 1),
        "standing": (STANDING_DUTY, 1),
        "backlog": (_WHOLE, 3),
        "worth": (_REAL, 2),
        "pools": (POOL, 1),
        "leads": (np.dtype(ROW), 2),
        "accounts": (ACCOUNT, 2),
        "exposure": (_WHOLE, 2),
        "ratings": (_WHOLE, 3),
        "held": (HELD, 2),
        "held_by_authority": (HELD, 3),
        "held_by_year": (HELD, 3),
        "steps_taken": (_WHOLE, 3),
        "self_assessments": (_WHOLE, 2),
        "outbox": (OUTBOX, 1),
        "inspections": (INSPECTION, 1),
        "episodes": (EPISODE, 1),
        "months": (BACKLOG, 1),
        "assessments": (ASSESSMENT, 1),
        "duties": (DUTY, 1),
        "lives": (LIFE, 1),
        "authorities": (_WHOLE, 2),
        "services": (SERVICE, 1),
        "policies": (POLICY, 1),
        "lenders": (_WHOLE, 2),
        "inspectors": (INSPECTORS, 1),
        "travel": (_REAL, 1),
        "takeovers": (_WHOLE, 1),
        "month_starts": (_WHOLE, 1),
        "capacity": (_REAL, 2),
        "posts": (_WHOLE, 2),
    }

    now: Table
    """`NOW`, shape 1."""
    providers: Table
    """`PROVIDER`, shape p."""
    blank: Table
    """`PROVIDER`, shape 1: one that nobody has inspected, whose place is filled in as it is used."""
    strands: Table
    """`STRAND`, shape s >= p."""
    quality: Table
    """Clocks of quality (`simulator.world.hazards.CLOCK`), shape (s, 3)."""
    beliefs: Table
    """`BELIEF`, shape p."""
    occurrences: Table
    """Clocks of closure and signals, shape (p, 4)."""
    last_raised: npt.NDArray[np.signedinteger]
    """When the last inspection ended of each kind was raised, -NEVER if there was none: shape (n, kinds), of the n
    providers inspected in rounds, to which an inspection belongs by its beginning."""
    slots: npt.NDArray[np.signedinteger]
    """Row of `plans` in which each slot plans, shape (p, slots); `NOTHING_PLANNED` where it has none."""
    plans: Table
    """`PLAN`, shape n: enough for all slots; row `NOTHING_PLANNED` is what slots read that have none of their own."""
    work: Table
    """`WORK`, shape w; free rows are chained from ``now.free_work``."""
    standing: Table
    """`STANDING_DUTY`, shape d; free rows are chained from ``now.free_duty``."""
    backlog: npt.NDArray[np.int64]
    """Heaps of waiting work, shape (pools, n, 2): order and row (`simulator.inspectorate.backlog`)."""
    worth: npt.NDArray[np.float64]
    """What a targeted visit is worth, shape (pools, p); 0 where none is to be made, no columns where nobody targets."""
    pools: Table
    """`POOL`, shape pools."""
    leads: npt.NDArray[np.signedinteger]
    """Post of the inspector who led the last visit of each pool to each provider, -1 for none: shape (p, pools), and no
    rows where inspectors do not differ."""
    accounts: Table
    """`ACCOUNT`, shape (pools, types)."""
    exposure: npt.NDArray[np.int64]
    """Provider-ticks measured by service type and true grade, shape (types, 5)."""
    ratings: npt.NDArray[np.int64]
    """Open providers by rating held when a month began, shape (months, types, 5)."""
    held: Table
    """`HELD` by group of providers and last grade, shape (groups, 5)."""
    held_by_authority: Table
    """The same by local authority, service type and last grade, shape (authorities, types, 5)."""
    held_by_year: Table
    """The same by year of the measured window, service type and last grade, shape (years, types, 5)."""
    steps_taken: npt.NDArray[np.int64]
    """Steps from improvement plans to the end of the tariff, taken while measured: shape (months, types, 6)."""
    self_assessments: npt.NDArray[np.int64]
    """Self-assessments produced while measured, shape (months, types)."""
    outbox: Table
    """`OUTBOX`: what handlers want to happen next."""
    inspections: Table
    """A chunk of `INSPECTION`."""
    episodes: Table
    """A chunk of `EPISODE`."""
    months: Table
    """A chunk of `BACKLOG`."""
    assessments: Table
    """A chunk of `ASSESSMENT`."""
    duties: Table
    """A chunk of `DUTY`."""
    lives: Table
    """A chunk of `LIFE`."""
    authorities: npt.NDArray[np.int64]
    """Rows of the services that each local authority has one of, -1 where it has none: shape (authorities, 4)."""
    services: Table
    """`SERVICE`, shape types."""
    policies: Table
    """`simulator.inspectorate.policy.POLICY`, one row per framework of the timeline."""
    lenders: npt.NDArray[np.int64]
    """Pools that may lend a team to each pool, in order, -1 for no more: shape (pools, n), no columns if none lends."""
    inspectors: Table
    """`simulator.inspectorate.inspectors.INSPECTORS`, shape 1."""
    travel: npt.NDArray[np.float64]
    """Inspector-days of travel that a visit takes each inspector, by region, shape (regions,)."""
    takeovers: npt.NDArray[np.int64]
    """Ticks at which frameworks after the first take over."""
    month_starts: npt.NDArray[np.int64]
    """Tick of the first of each month from the epoch, a 1 April."""
    capacity: npt.NDArray[np.float64]
    """Inspectors in the field by month since the epoch, shape (pools, months): not whole numbers."""
    posts: npt.NDArray[np.int64]
    """Posts of each pool, filled or not, on the first of each month, shape (pools, months)."""
