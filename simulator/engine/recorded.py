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
        ("lapse", "i8"),  # why it lapsed, 0 if it did not
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
        ("desk_days", "f8"),  # of those worked, on assessments at the desk
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
# One row for each duty that ended, or is outstanding at the horizon: a statutory rule, a provider, and the date by
# which the next inspection that satisfies the rule must have ended.
DUTY: Final = records(
    [
        ("provider", "i8"),
        ("generation", "i8"),
        ("service_type", "i8"),
        ("regime", "i8"),  # framework in force when it ended
        ("rule", "i8"),  # position of the rule among those of its type
        ("began", "i8"),
        ("due", "i8"),  # tick by which a satisfying inspection must have ended
        ("met", "i8"),  # when a satisfying inspection ended; NEVER if none did
        ("ended", "i8"),  # when it was met or void; NEVER if it is outstanding at the horizon
        ("outcome", "i8"),
        ("gap", "i8"),  # ticks since the last satisfying inspection or the opening; NEVER but for the oldest open duty
        ("gap_open", "i8"),  # 1 if that gap did not end with an inspection
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

# status of an inspection
WAITING: Final = constant(1)
RUNNING: Final = constant(2)
DONE: Final = constant(3)
LAPSED: Final = constant(4)
STATUSES: Final = ("", "waiting", "running", "done", "lapsed")

# why an inspection lapsed
OUT_OF_TIME: Final = constant(1)
PROVIDER_CLOSED: Final = constant(2)
PURPOSE_GONE: Final = constant(3)
LAPSES: Final = ("", "no inspector within its time", "provider closed", "purpose gone")

# how a duty ended
MET: Final = constant(1)
OUTSTANDING: Final = constant(2)
VOID: Final = constant(3)
DUTY_OUTCOMES: Final = ("", "met", "outstanding", "void")

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
