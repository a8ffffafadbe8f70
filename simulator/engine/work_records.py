"""What is kept of the inspectorate's work: what is planned, what is in hand, what is due, and who is free for it."""

from typing import Final

from simulator.compiling import CODE, COUNT, FEW, ROW, TICK, constant
from simulator.engine.addressed import records

SCORES_KEPT: Final = 2
"""Visits of a year whose place in the year before is kept, to carry it on."""

# slots of a provider's plans: three for all, then one for each rule of its type, then one for each sample, and
# last the one of monitoring visits and that of visits before a re-inspection
FIRST: Final = constant(0)
AGAIN: Final = constant(1)
RESPONSE: Final = constant(2)
RULE: Final = constant(3)
MONITORING_SLOTS: Final = constant(2)

NOTHING_PLANNED: Final = constant(0)

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
        ("beyond", CODE),  # 1 if a sample asked for it, and there are no inspector-days left to make it
        ("stands_for", CODE),  # slot whose visit of the year it stands for; -1 if it stands for none
        ("opened_until", TICK),  # under rounds: date of the last duty that has been opened
        ("lapsed", TICK),  # date of the last one, at the inspectorate's discretion, that lapsed; -NEVER if none has
        # under visits per year (`from_` also: first day of a round, or that on which a first or re-inspection may be,
        # or when a sample was drawn)
        ("from_", TICK),  # beginning of the period, the whole year or what is left of it
        ("owed", FEW),  # visits owed in the period
        ("placed", FEW),  # of those, raised
        ("ahead", FEW),  # planned or raised on account of the next year
        ("made_ahead", FEW),  # of those, ended
        ("visits_held", "f8"),  # visits per year by the rating held
        ("last", TICK),  # when this rule last raised one
        ("late", TICK),  # when the last one that was late began; -NEVER if none was
        ("draws", COUNT),
        # normal scores of the time of year of its first visits, as worked out last: `planner.score_of_year`; of what a
        # sample asks for, the first is its place among the others that it asks for, even between 0 and 1
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
        ("lead", ROW),  # post of the inspector who leads it, -1 if inspectors do not differ
        ("rushed", CODE),  # 1 if it was begun while so many waited that it is shortened
        ("effort_factor", "f8"),  # 1, or less if it is made at the same time as another, or rushed
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
        ("identity", "u8"),  # address of what is drawn for its inspectors
        ("capacity", "i8"),  # whole inspectors that there are this month
        ("desk", "f8"),  # of these, as many as the desk work of the month takes all through it
        ("desk_ticks", "f8"),  # inspector-ticks of desk work done since the month began
        ("carry", "f8"),  # parts of an inspector carried over to the next month
        ("busy", "i8"),
        ("since", "i8"),
        ("there", "i8"),  # inspector-ticks there since the month began
        ("queued", "i8"),  # entries of the backlog heap, those out of date among them
        ("waiting", "i8"),  # inspections that wait
        ("waiting_by_law", "i8"),  # of these, statutory ones
        ("unforeseen", "f8"),  # inspector-days that came up since 1 April and are neither for a rule nor of samples
        ("unforeseen_before", "f8"),  # in the year before
        ("unplanned_share", "f8"),  # of what samples asked for on 1 April or at a takeover, beyond the means
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
