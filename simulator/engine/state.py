"""Everything a run knows at one moment, as tables of records.

Handlers (`simulator.engine.events`) read and write one `State`; engines own the clock and nothing else.
A record is used by attribute, ``state.providers[3].rating``, alike in compiled and in plain Python.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from simulator.compiling import CODE, COUNT, FEW, ROW, TICK, constant
from simulator.engine.addressed import Addressed, readable, records
from simulator.engine.recorded import ASSESSMENT, BACKLOG, DUTY, EPISODE, INSPECTION, LIFE
from simulator.inspectorate.assessment import INPUTS
from simulator.inspectorate.belief import CONDITIONS
from simulator.inspectorate.policy import KIND_COUNT, POLICY
from simulator.inspectorate.triggers import SIGNALS
from simulator.world.hazards import CLOCK

Table = npt.NDArray[np.void]
WHOLE: Final = np.dtype(np.int64)
REAL: Final = np.dtype(np.float64)

SCORES_KEPT: Final = 2
"""Visits of a year whose place in the year before is kept, to carry it on."""
REMEMBERED: Final = 4
"""Moments at which each signal was last heard that are remembered."""


# What is true and what is known of each provider. A place in the register whose provider closes is taken
# by a successor, so that rows are never added: `generation` counts the providers that held the place before.
PROVIDER: Final = records(
    [
        ("origin", "u8"),  # address of the first provider in this place
        ("identity", "u8"),  # address of the present one
        ("generation", FEW),
        ("service_type", CODE),
        ("places", COUNT),
        ("region", FEW),  # part of a regional pool that inspects it: a register may have a region for each authority
        ("authority", ROW),  # local authority in whose area it lies
        ("open", CODE),
        ("opened", TICK),  # NEVER before the first one opens
        ("withdrawn", TICK),  # when the place closes for good, by the register; NEVER if not
        # truth
        ("grade", CODE),
        ("graded_since", TICK),
        ("manager_new_until", TICK),
        ("found_poor_until", TICK),  # until when the last judgement of poor acts on improvement, -NEVER if none
        ("found_until", TICK),  # the same of the last judgement of poor or adequate
        ("poor_since", TICK),  # NEVER while it is not poor
        ("detected", TICK),  # when this episode was detected, NEVER if not yet
        ("first_strand", ROW),
        ("strands", CODE),
        ("next_occurrence", TICK),
        # what the inspectorate knows
        ("rating", CODE),
        ("judged", CODE),
        ("direction", CODE),  # what the last interim inspection said since the last grade
        ("planned_at", TICK),  # when the year was last planned for this place, -NEVER if not yet
        ("last_visit", TICK),  # -NEVER if there was none
        ("last_ended", TICK, (KIND_COUNT,)),  # by kind of inspection
        ("round_row", ROW),  # its row of `last_raised`, -1 if it is not inspected in rounds
        ("awaits_first", CODE),  # 1 until the first inspection after registration has ended
        ("numbered", COUNT),  # inspections raised or planned that have a number
        ("inspections", COUNT),  # inspections ended
        ("judgements", COUNT),  # of these, those that gave a grade
        ("grades_judged", COUNT),  # the sum of those grades
        ("said", CODE),  # grade that the last inspection to say one saw, or thought likely; 0 for none
        ("said_at", TICK),
        ("heard", COUNT, (len(SIGNALS),)),  # signals heard, which numbers them
        ("heard_at", TICK, (len(SIGNALS), REMEMBERED)),  # when the last of each were heard, in a ring
        ("surveyed", CODE),  # grade that the users last said, 0 for none
        ("self_rated", CODE),  # grade that the last self-assessment counts as, 0 for none
        ("self_assessments", COUNT),  # asked for, which numbers them
        ("self_assessment_due", TICK),
        ("first_work", ROW),  # chain of its work, -1 for none
        ("first_duty", ROW),  # chain of the duties that stand towards it, the oldest first; -1 for none
        # where it stands on the way from an improvement plan to the end of the tariff (`inspectorate.enforcement`)
        ("step", CODE),
        ("step_until", TICK),  # when the step is looked at again, NEVER if no date is set
        ("awaits_look", CODE),  # 1 from that date until the monitoring visit has ended
        ("called_for_by", CODE),  # the judgement after which the plan was asked for
        ("renewed", CODE),  # 1 once the agreement has been renewed
    ]
)

# What the register says of each provider, once for all runs: `PROVIDER` has these fields too.
PLACE: Final = np.dtype(
    [
        ("origin", "u8"),
        ("service_type", "i4"),
        ("places", "i4"),
        ("region", "i4"),
        ("authority", "i4"),
        ("strands", "i4"),
        ("first_strand", "i4"),
    ]
)


def chains_of(places: Table) -> npt.NDArray[np.int64]:
    """Count the chains of true quality of each provider: its strands, and what they share if they are several."""
    return np.asarray(places["strands"] + (places["strands"] > 1), dtype=np.int64)


# A chain of true quality: the one of a provider, or one of its strands, or (`shared`) what moves all of them.
# A provider's chains stand together; those of one strand have none that is shared.
STRAND: Final = records(
    [
        ("provider", ROW),
        ("identity", "u8"),
        ("shared", CODE),
        ("grade", CODE),
        ("found", CODE),  # worst judgement that found it below good and acts on it until it is good, 0 for none
        ("damped", CODE),  # why its step to excellent is damped, if it is
        ("seen", CODE),  # grade that the inspection sees which is looking now
        ("next_change", TICK),
    ]
)

# What a slot of a provider has planned: the next inspection that a rule, a sample or a trigger will raise.
PLAN: Final = records(
    [
        ("next", TICK),  # tick at which the next inspection is raised
        ("framework", CODE),  # that planned it
        ("kind", CODE),
        ("reason", CODE),
        ("statutory", CODE),
        ("deadline", TICK),  # NEVER if there is none
        ("priority", CODE),
        ("wanted_by", TICK),  # orders it in the backlog: the deadline, or sooner after a concern
        ("number", COUNT),  # of the provider's inspections, kept for the one planned; -1 if none is
        ("stands_for", CODE),  # slot whose visit of the year it stands for; -1 if it stands for none
        ("opened_until", TICK),  # under rounds: date of the last duty that has been opened
        ("lapsed", TICK),  # date of the last one, at the inspectorate's discretion, that lapsed; -NEVER if none has
        # under visits per year (`from_` also: first day of a round, or that on which a first or re-inspection may be)
        ("from_", TICK),  # beginning of the period, the whole year or what is left of it
        ("owed", FEW),  # visits owed in the period
        ("placed", FEW),  # of those, raised
        ("ahead", FEW),  # planned or raised on account of the next year
        ("made_ahead", FEW),  # of those, ended
        ("visits_held", "f8"),  # visits per year by the rating held
        ("last", TICK),  # when this rule last raised one
        ("late", TICK),  # when the last one that was late began; -NEVER if none was
        ("draws", COUNT),
        # normal scores of the time of year of its first visits, as worked out last: `planner.score_of_year`
        ("score", "f8", (SCORES_KEPT,)),
        ("score_year", FEW, (SCORES_KEPT,)),  # number of that year, from 1; 0 if there is none
        ("following", ROW),  # of a row that is free: the next one; -1 ends the chain
    ]
)

# An inspection raised and not yet ended.
WORK: Final = records(
    [
        ("provider", ROW),
        ("generation", FEW),
        ("framework", CODE),  # under which it was raised, and which says what it takes and sees
        ("number", COUNT),  # of the provider's inspections
        ("kind", CODE),
        ("reason", CODE),
        ("slot", CODE),  # whose duty it is to meet, or whose visit of the year it stands for; -1 for none
        ("raised_by", CODE),  # slot that raised it; -1 if none did
        ("statutory", CODE),
        ("pool", FEW),
        ("status", CODE),
        ("raised", TICK),
        ("deadline", TICK),
        ("lapses", TICK),  # when it lapses if it has not begun; NEVER for statutory work
        ("priority", CODE),
        ("order", "i8"),  # key in the backlog; an entry of the heap with another key is out of date
        ("started", TICK),
        ("team", COUNT),
        ("effort_factor", "f8"),  # 1, or less if it is made at the same time as another
        ("inspector_days", "f8"),
        ("next", ROW),  # next row of the same provider, or next free row; -1 ends the chain
    ]
)

# A duty that stands: the date by which an inspection that satisfies a rule must have ended.
STANDING_DUTY: Final = records(
    [
        ("provider", ROW),
        ("slot", CODE),  # of the rule
        ("statutory", CODE),  # 1 if law asks for it; a round by practice has dates too, of which nobody is told
        ("began", TICK),
        ("due", TICK),
        ("next", ROW),  # next one of the same provider, or next free row; -1 ends the chain
    ]
)

POOL: Final = records(
    [
        ("capacity", "i8"),  # whole inspectors that there are this month
        ("desk", "f8"),  # of these, as many as the desk work of the month takes all through it
        ("desk_ticks", "f8"),  # inspector-ticks of desk work done since the month began
        ("carry", "f8"),  # parts of an inspector carried over to the next month
        ("busy", "i8"),
        ("since", "i8"),
        ("there", "i8"),  # inspector-ticks there since the month began
        ("queued", "i8"),  # entries of the backlog heap, those out of date among them
        ("waiting_by_law", "i8"),  # statutory inspections that wait
        ("start_asked", "i8"),
        ("targets_asked", "i8"),  # when targeted visits were last asked for
        ("looks_again", "i8"),  # when whom to visit is looked at again, if nothing happens before
    ]
)

# Running accounts of one pool and service type.
ACCOUNT: Final = records(
    [
        ("waiting", "i8"),
        ("running", "i8"),
        ("busy", "i8"),
        ("since", "i8"),
        ("worked", "i8"),
        ("desk_owed", "f8"),  # inspector-days of desk work to be done
        ("desk_planned", "f8"),  # of these, planned for the present month
    ]
)

# What is believed of a provider, where a framework assesses by belief (`simulator.inspectorate.belief`).
BELIEF: Final = records(
    [
        ("share", "f8", (5,)),  # probability of each grade
        ("chance", "f8", (CONDITIONS,)),  # of each grade, and of what being found out does to it
        ("up", "f8", (CONDITIONS,)),  # hazards per tick, as far as they depend on what is known: of improving
        ("own", "f8", (CONDITIONS,)),  # part of that without the effect of being found out
        ("down", "f8", (CONDITIONS,)),
        ("fall", "f8", (CONDITIONS,)),
        ("found", "f8", (CONDITIONS,)),  # probability that a poor one was found in this episode
        ("at", TICK),  # up to when it has been carried on
    ]
)

# What the world does to each service type, per tick (see `simulator.world.quality` and `signals`).
SERVICE: Final = records(
    [
        ("start_share", "f8", (5,)),
        ("entry_share", "f8", (5,)),
        ("decline", "f8", (5,)),
        ("improve", "f8", (5,)),
        ("fall", "f8", (5,)),
        ("strands", "i8"),
        ("shared", "f8"),
        ("found_out", "f8", (5,)),
        ("found_out_ticks", "i8", (5,)),  # by judgement, from it on
        ("excellence_damping", "f8"),
        ("new_manager_multiplier", "f8"),
        ("new_manager_ticks", "i8"),
        ("complacency_multiplier", "f8"),
        ("complacency_after", "i8"),
        ("plan_refused", "f8", (5,)),  # probability, by true grade
        ("plan_multiplier", "f8"),
        ("enforcement_multiplier", "f8"),
        ("closure", "f8", (5,)),
        ("complaint", "f8", (5,)),
        ("serious", "f8", (5,)),
        ("manager_change", "f8"),
        ("self_noise", "f8"),
        ("optimism", "f8", (5,)),
        ("not_produced", "f8", (5,)),
        ("misleading", "f8", (5,)),
        ("survey_noise", "f8"),
        ("successor_after", "i8"),  # NEVER: a place that closes stays empty
    ]
)

NOW: Final = records(
    [
        ("run", "u8"),  # root of all random addresses
        ("framework", "i8"),  # row of `policies` in force
        ("took_over", "i8"),  # when it took over
        ("measured_from", "i8"),
        ("horizon", "i8"),
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

# slots of a provider's plans: three for all, then one for each rule of its type, then one for each sample, and
# last the one of monitoring visits and that of visits before a re-inspection
FIRST: Final = constant(0)
AGAIN: Final = constant(1)
RESPONSE: Final = constant(2)
RULE: Final = constant(3)
MONITORING_SLOTS: Final = constant(2)

NOTHING_PLANNED: Final = constant(0)


@readable
@dataclass(frozen=True, eq=False, kw_only=True)
class State(Addressed):
    """One run at one moment. Static tables last; every other is changed by handlers only."""

    TABLES: ClassVar = {
        "now": (NOW, 1),
        "providers": (PROVIDER, 1),
        "strands": (STRAND, 1),
        "quality": (CLOCK, 2),
        "beliefs": (BELIEF, 1),
        "occurrences": (CLOCK, 2),
        "last_raised": (np.dtype(TICK), 2),
        "slots": (np.dtype(ROW), 2),
        "plans": (PLAN, 1),
        "work": (WORK, 1),
        "standing": (STANDING_DUTY, 1),
        "backlog": (WHOLE, 3),
        "worth": (REAL, 2),
        "pools": (POOL, 1),
        "accounts": (ACCOUNT, 2),
        "exposure": (WHOLE, 2),
        "ratings": (WHOLE, 3),
        "steps_taken": (WHOLE, 3),
        "self_assessments": (WHOLE, 2),
        "outbox": (OUTBOX, 1),
        "inspections": (INSPECTION, 1),
        "episodes": (EPISODE, 1),
        "months": (BACKLOG, 1),
        "assessments": (ASSESSMENT, 1),
        "duties": (DUTY, 1),
        "lives": (LIFE, 1),
        "authorities": (WHOLE, 2),
        "services": (SERVICE, 1),
        "policies": (POLICY, 1),
        "takeovers": (WHOLE, 1),
        "month_starts": (WHOLE, 1),
        "capacity": (REAL, 2),
    }

    now: Table
    """`NOW`, shape 1."""
    providers: Table
    """`PROVIDER`, shape p."""
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
    accounts: Table
    """`ACCOUNT`, shape (pools, types)."""
    exposure: npt.NDArray[np.int64]
    """Provider-ticks measured by service type and true grade, shape (types, 5)."""
    ratings: npt.NDArray[np.int64]
    """Open providers by rating held when a month began, shape (months, types, 5)."""
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
    takeovers: npt.NDArray[np.int64]
    """Ticks at which frameworks after the first take over."""
    month_starts: npt.NDArray[np.int64]
    """Tick of the first of each month from the epoch, a 1 April."""
    capacity: npt.NDArray[np.float64]
    """Inspectors in the field by month since the epoch, shape (pools, months): not whole numbers."""
