"""What a run records: six tables, and the words for their codes. The engine drains rows whenever they fill a chunk."""

from typing import Final

from simulator.compiling import constant
from simulator.engine.addressed import records

INSPECTION: Final = records(
    [
        ("provider", "i8"),  # row of the register
        ("generation", "i8"),
        ("service_type", "i8"),
        ("kind", "i8"),
        ("regime", "i8"),  # framework in force when it ended (position in the run's timeline)
        ("reason", "i8"),
        ("statutory", "i8"),  # 1 if a statutory rule asked for it
        ("status", "i8"),
        ("raised", "i8"),
        ("deadline", "i8"),  # NEVER where there is none
        ("started", "i8"),  # NEVER if not begun
        ("ended", "i8"),  # when it ended or lapsed; NEVER if still open at the horizon
        ("team", "i8"),
        ("inspector_days", "f8"),  # 0 if not begun
        ("true_grade", "i8"),  # when it ended
        ("judged", "i8"),  # 0 if it gave no grade
        ("direction", "i8"),  # 0 if it gave none; DECLINED, SUSTAINED, IMPROVED
        ("rating_before", "i8"),  # 0 if not yet graded
        ("since_last_visit", "i8"),  # ticks from the last visit of any kind; NEVER if there was none
        ("places", "i8"),
        ("lapse", "i8"),  # why it lapsed; 0 if it did not
    ]
)
EPISODE: Final = records(
    [
        ("provider", "i4"),
        ("generation", "i2"),
        ("service_type", "i1"),
        ("places", "i4"),
        ("began", "i4"),
        ("detected", "i4"),  # end of the first inspection inside it that judged 1; NEVER if none
        ("ended", "i4"),  # NEVER if it outlasts the horizon
        ("end", "i1"),
    ]
)
BACKLOG: Final = records(
    [
        ("month", "i8"),  # tick at which the month ended
        ("pool", "i8"),
        ("service_type", "i8"),
        ("waiting", "i8"),  # inspections raised and not begun, when the month ended
        ("overdue", "i8"),  # of those, past their statutory deadline
        ("running", "i8"),
        ("inspector_days_worked", "f8"),  # by this service type, in the month
        ("inspector_days_there", "f8"),  # of the whole pool, in the month
        ("desk_days", "f8"),  # of those worked, at the desk
    ]
)
ASSESSMENT: Final = records(
    [
        ("time", "i8"),
        ("provider", "i8"),
        ("generation", "i8"),
        ("service_type", "i8"),
        ("regime", "i8"),
        ("review", "i8"),  # 1 if in the course of the year
        ("risk", "f8"),  # higher is worse: points, or the probability of being poor
        ("rating", "i8"),  # the provider has after it
        ("rating_before", "i8"),
        ("true_grade", "i8"),
    ]
)
# A duty: the date by which the next inspection that satisfies a statutory rule must have ended at a provider.
# One row when it ends, or at the horizon while it stands, whether or not an inspection was ever raised for it.
DUTY: Final = records(
    [
        ("provider", "i8"),
        ("generation", "i8"),
        ("service_type", "i8"),
        ("regime", "i8"),  # framework in force when it ended
        ("rule", "i8"),  # position among the rules of its type; FIRST_RULE and AGAIN_RULE for the two that are none
        ("began", "i8"),
        ("due", "i8"),
        ("met", "i8"),  # when the inspection that satisfies it ended; NEVER if none has
        ("ended", "i8"),  # when it was met, or its provider or its rule ended; NEVER while it stands
        ("outcome", "i8"),
        ("gap", "i8"),  # ticks since the inspection that satisfied it before, or the opening; NEVER for further ones
        ("gap_open", "i8"),  # 1 if no inspection ended that gap
    ]
)
# One row for each provider that ever was open: the one that held a place when the run began, and its successors.
LIFE: Final = records(
    [
        ("provider", "i4"),  # row of the register
        ("generation", "i2"),
        ("service_type", "i1"),
        ("places", "i4"),
        ("opened", "i4"),  # the beginning of the run for those open then
        ("closed", "i4"),  # NEVER if it was open at the horizon
    ]
)
# What is counted, in the measured window, of providers while they hold a rating.
HELD: Final = records(
    [
        ("ticks", "i8"),  # for which it was their last grade
        ("visits", "i8"),  # begun: inspections other than those at the desk
        ("inspector_days", "f8"),  # of these visits
        ("questionnaires", "i8"),  # filled in before those that a rule has planned
        ("self_assessments", "i8"),  # produced
        ("plans", "i8"),  # improvement plans produced
    ]
)

# outcome of a duty
MET: Final = constant(1)
OUTSTANDING: Final = constant(2)
VOID: Final = constant(3)
DUTY_OUTCOMES: Final = ("", "met", "outstanding", "void")

FIRST_RULE: Final = -3
"""In place of the position of a rule: the first inspection after registration."""
AGAIN_RULE: Final = -2
"""In place of the position of a rule: the re-inspection after a judgement."""

# why an inspection lapsed
OUT_OF_TIME: Final = constant(1)
PROVIDER_CLOSED: Final = constant(2)
PURPOSE_GONE: Final = constant(3)
BEYOND_MEANS: Final = constant(4)
LAPSES: Final = ("", "not begun in time", "provider closed", "purpose gone", "beyond the means")

# status of an inspection
WAITING: Final = constant(1)
RUNNING: Final = constant(2)
DONE: Final = constant(3)
LAPSED: Final = constant(4)
STATUSES: Final = ("", "waiting", "running", "done", "lapsed")

# end of an episode
RECOVERED: Final = constant(1)
CLOSED: Final = constant(2)
ENDS: Final = ("horizon", "recovered", "closed")

# why an inspection was raised
PLANNED: Final = constant(0)
BROUGHT_FORWARD: Final = constant(1)
CONCERN: Final = constant(2)
NEW_PROVIDER: Final = constant(3)
JUDGED_LOW: Final = constant(4)
SAMPLED: Final = constant(5)
INCLUDED: Final = constant(6)
MONITORED: Final = constant(7)
TARGETED: Final = constant(8)
REASONS: Final = (
    "planned",
    "brought forward",
    "concern",
    "new provider",
    "re-inspection",
    "sample",
    "part of the authority's",
    "monitoring",
    "targeted",
)

# direction of travel
DECLINED: Final = constant(1)
SUSTAINED: Final = constant(2)
IMPROVED: Final = constant(3)
DIRECTIONS: Final = ("", "declined", "sustained", "improved")
