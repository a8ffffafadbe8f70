"""The files that an explanation leaves, and the meaning of their columns."""

from typing import Final

from simulator.answers.file import File
from simulator.answers.files import CHARTS, failed, files
from simulator.answers.meanings import AS_MEASURE, COUNT, NAME, Meaning, ends_of
from simulator.answers.spread import Spread, Value

PARTS: Final = "parts.csv"
COMBINATIONS: Final = "combinations.csv"
TOTALS: Final = "totals.csv"
_INTERVALS: Final = "95% intervals over replications, and over the orders drawn where not all count (Student's t)"
_VALUE: Final = Meaning("Brings", "number", AS_MEASURE, "mean of what the part adds over all orders of the parts")
_ALONE: Final = Meaning("Alone", "number", AS_MEASURE, "what the part adds to the baseline by itself")
_LAST: Final = Meaning("Last", "number", AS_MEASURE, "what the part adds to all others")
_RULE: Final = Meaning("As a rule", "number", AS_MEASURE, "the same as value, without a limit to inspectors")
_TIME: Final = Meaning("By time", "number", AS_MEASURE, "value less that: what comes of inspectors' time taken or left")
PART: Final = Meaning("Part", "text", NAME, "part of the framework explained")
COLUMNS_OF_PARTS: Final = {
    "part": PART,
    "within": Meaning("Within", "text", NAME, "group that the part belongs to, empty if it stands for itself"),
    "value": _VALUE,
    **ends_of("value", _VALUE),
    "alone": _ALONE,
    **ends_of("alone", _ALONE),
    "last": _LAST,
    **ends_of("last", _LAST),
    "lowest": Meaning("Least", "number", AS_MEASURE, "least mean of what it adds, over the choices of other parts"),
    "highest": Meaning("Most", "number", AS_MEASURE, "largest mean of what it adds, over the choices of other parts"),
    "turns": Meaning(
        "Turns", "yes or no", NAME, "whether it clearly adds to some choices of others, and takes from some"
    ),
    "as_rule": _RULE,
    **ends_of("as_rule", _RULE),
    "by_time": _TIME,
    **ends_of("by_time", _TIME),
    "paragraphs": Meaning("Paragraphs", "text", NAME, "places in documents that its clauses cite"),
    "clauses": Meaning("Clauses", "text", NAME, "its clauses, by their keys in a framework file"),
}
FILES: Final = files(
    CHARTS,
    File(PARTS, "what each part brings", "Parts", "What each part brings", _INTERVALS, COLUMNS_OF_PARTS),
    File("charts/*.csv", columns=COLUMNS_OF_PARTS),
    File(
        TOTALS,
        "the difference that the parts add up to",
        "Difference",
        "The difference that the parts add up to",
        "95% intervals over replications (Student's t)",
        {
            "baseline": Meaning("Baseline", "number", AS_MEASURE, "mean under the framework compared with"),
            "option": Meaning("Option", "number", AS_MEASURE, "mean under the framework explained"),
        },
    ),
    File(
        COMBINATIONS,
        "the measures under every combination of parts that was run",
        "Combinations",
        "Measures under every combination of parts",
        columns={
            "combination": Meaning(
                "Combination",
                "whole number",
                COUNT,
                "which parts are taken: 1 for the first, 2 for the second, 4 ... added",
            ),
            "parts": Meaning("Parts", "text", NAME, "the parts taken over from the framework explained"),
            "unlimited": Meaning("Unlimited", "yes or no", NAME, "whether there is no limit to inspectors"),
        },
    ),
    failed("replications"),
)
SPREADS: Final = (
    Spread(
        PARTS,
        ("service_type", "measure", "part"),
        (Value("value", "value_low", "value_high"),),
        title="what the part brings",
        compared=False,
    ),
    Spread(TOTALS, ("service_type", "measure"), (Value("difference", "low", "high"),), compared=False),
)
