"""The files that a search for a number of inspectors leaves, and the meaning of their columns."""

import math
from typing import Final

from simulator.answers.columns import COLUMNS
from simulator.answers.file import File
from simulator.answers.files import CHARTS, failed, files
from simulator.answers.meanings import FTE, NAME, SHARE, Meaning, ends_of
from simulator.answers.spread import Spread, Value
from simulator.measures.names import ALL_SERVICES
from simulator.running.targets import target
from simulator.words.targets import target_told
from simulator.words.wording import capital
from simulator.world.services import SERVICE_TYPES

_ONE_SIDED: Final = "one-sided intervals at the requested confidence (Student's t)"
FAILED: Final = failed("framework, FTE, replication, seed and error")
SIZES: Final = {
    "replications": COLUMNS["replications"]._replace(meaning="replications at the answer"),
    "cost_per_year": COLUMNS["cost_per_year"]._replace(meaning="cost of the posts"),
    "outcome": Meaning(
        "Outcome", "text", NAME, "how the search ended", "found, impossible, out of reach, unclear, undefined"
    ),
    **ends_of("fte", COLUMNS["fte"], "the interval of the number needed"),
    "confidence": Meaning("Confidence", "number", "probability", "confidence that targets are met, and missed below"),
    "arithmetic_fte": Meaning("FTE by simple arithmetic", "number", FTE, "required work divided by deployable days"),
    "inspector_days_asked_for": Meaning(
        "Required work", "number", "inspector-days per year", "work done without limit to inspectors"
    ),
    "deployable_days_per_fte_year": Meaning(
        "Days of an FTE", "number", "days per year", "days available for inspections"
    ),
    "share_of_it_done": Meaning("Share done", "number", SHARE, "share of the required work done, at the answer"),
    "share_of_time_in_use": Meaning("Time in use", "number", SHARE, "share of inspectors' time in use, at the answer"),
}
"""Columns of a table of the numbers found."""
TARGET: Final = Meaning(
    "Target",
    "text",
    "text",
    "target: a measure, its providers, and its bound",
    in_words=lambda text: capital(target_told(target(text, [*SERVICE_TYPES, ALL_SERVICES]))),
)
_POINTS: Final = {
    "low": COLUMNS["low"]._replace(meaning="lower end of the one-sided interval, at the requested confidence"),
    "high": COLUMNS["high"]._replace(meaning="upper end of the one-sided interval, at the requested confidence"),
    "target": TARGET,
    "standing": Meaning(
        "Status", "text", NAME, "status of the target", "met, missed, unclear, undefined, scouted, no team"
    ),
}

SPREAD: Final = Spread(
    "size.csv",
    ("framework",),
    (Value("fte", "fte_low"), Value("posts_cost_per_year", "posts_cost_per_year_low")),
    told=lambda frame, _: frame["column"] == "fte",
    title="FTE needed",
    empty=math.inf,
    between=False,
)
"""The number over a set of fits; numbers below it that were not tried may be enough."""
STEPS: Final = "next_inspectors.csv"
STEPS_FILE: Final = File(
    STEPS,
    "what the inspectors from one number to the next bring, and their cost",
    "Next inspectors",
    "What the inspectors added between two numbers tried bring",
    "95% intervals over replications (Student's t), paired by replication",
    {
        "fte": COLUMNS["fte"]._replace(meaning="posts before"),
        "fte_to": COLUMNS["fte"]._replace(title="FTE to", meaning="posts after"),
        "mean": COLUMNS["mean"]._replace(meaning="measure after, less that before"),
        "posts_cost_per_year": COLUMNS["posts_cost_per_year"]._replace(meaning="cost of the posts added"),
    },
)
FILES: Final = files(
    CHARTS,
    File(
        "size.csv",
        "FTE, cost and the interval of each, by framework; the simple arithmetic; other costs at the answer",
        "Answer",
        "Smallest number of inspectors that meets the targets, by framework",
        _ONE_SIDED,
        SIZES,
    ),
    File("charts/size.csv", columns=SIZES),
    File(
        "points.csv",
        "every number tried: each target's measure, its interval, and its status",
        "Numbers tried",
        "Every number of inspectors tried",
        _ONE_SIDED,
        _POINTS,
    ),
    STEPS_FILE,
    FAILED,
)
