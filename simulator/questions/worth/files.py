"""The files that the answer leaves, and the meaning of their columns."""

from typing import Final

from simulator.answers.columns import COLUMNS
from simulator.answers.file import File
from simulator.answers.files import CHARTS, failed, files
from simulator.answers.meanings import AS_MEASURE, COUNT, NAME, OF_ASSUMPTION, OF_QUESTION, SHARE, Meaning, ends_of
from simulator.answers.spread import Spread, Value
from simulator.inputs.evidence import MARKS
from simulator.questions.sensitivity.tables import ALIKE, BY_MAGNITUDE
from simulator.questions.worth.sources import REST, SOURCES
from simulator.questions.worth.worlds import RUNS

OPTIONS: Final = "options.csv"
INFORMATION: Final = "information.csv"
WORLDS: Final = "worlds.csv"
POSITIONS: Final = "positions.csv"
ASSUMPTIONS: Final = "assumptions.csv"
_DIFFERENCE: Final = Meaning("Difference", "number", AS_MEASURE, "mean difference from the baseline over the worlds")
_BETTER: Final = Meaning("Better in", "number", SHARE, "share of worlds in which it does better than the baseline")
_BEST: Final = Meaning("Best in", "number", SHARE, "share of worlds in which no other framework does better")
_MARGIN: Final = Meaning(
    "Ahead", "number", AS_MEASURE, "mean advantage over the best of the others; below 0 if it is not the best"
)
_WORLD: Final = Meaning("World", "whole number", COUNT, "number of the world, counted from 1")
_COLUMNS_OF_OPTIONS: Final = {
    "mean": COLUMNS["mean"]._replace(meaning="mean over the worlds"),
    "low": COLUMNS["low"]._replace(meaning="lower end of its 95% interval"),
    "high": COLUMNS["high"]._replace(meaning="upper end of its 95% interval"),
    "difference": _DIFFERENCE,
    **ends_of("difference", _DIFFERENCE),
    "percentile_5": Meaning("5th percentile", "number", AS_MEASURE, "difference that 5% of the worlds lie below"),
    "percentile_95": Meaning("95th percentile", "number", AS_MEASURE, "difference that 95% of the worlds lie below"),
    "worlds": Meaning("Worlds", "whole number", COUNT, "worlds in which the measure is defined under all frameworks"),
    "better": _BETTER,
    **ends_of("better", _BETTER, "its 95% interval (Wilson)"),
    "best": _BEST,
    **ends_of("best", _BEST, "its 95% interval (Wilson)"),
    "ahead": _MARGIN,
    **ends_of("ahead", _MARGIN, "its simultaneous 95% interval"),
    "may_be_best": Meaning("May be best", "yes or no", NAME, "whether no other is shown to be better on average"),
}
_VALUE: Final = Meaning("Worth", "number", OF_QUESTION, "how much better the choice would turn out, chance subtracted")
COLUMNS_OF_INFORMATION: Final = {
    "source": Meaning(
        "Source",
        "text",
        NAME,
        "who could answer; everything for the whole world",
        ", ".join(["everything", *(source.name for source in (*SOURCES, REST))]),
    ),
    "title": Meaning("What could tell", "text", "text", "the source in words"),
    "assumptions": Meaning("Assumptions", "whole number", COUNT, "number of assumptions that it would settle"),
    "worth": _VALUE,
    **ends_of("worth", _VALUE),
    "chance": Meaning("By chance", "number", SHARE, "share of permutations of the worlds that show as much"),
    "clear": Meaning("Clear", "yes or no", NAME, "whether it is clearly worth something"),
}
_COLUMNS_OF_CHANCES: Final = {
    "at_least": Meaning("At least", "number", AS_MEASURE, "amount by which it is better; below 0 for worse"),
    "mean": Meaning("Share of worlds", "number", SHARE, "share of worlds in which it is better by at least as much"),
    "low": Meaning("Low", "number", SHARE, "lower end of its 95% interval (Wilson)"),
    "high": Meaning("High", "number", SHARE, "upper end of its 95% interval (Wilson)"),
}


def _moved(assumption: str) -> Meaning:
    """Describe the column of an assumption in the table of worlds."""
    from simulator.questions.sensitivity.assumption_words import title_of_assumption

    title = title_of_assumption(assumption)
    return Meaning(title, "number", OF_ASSUMPTION, f"{title}: value or factor, or position from 0 to 1 in its range")


FILES: Final = files(
    CHARTS,
    File(
        OPTIONS,
        "each option by each measure: in how many worlds it does better, and by how much",
        "Options",
        "In how many plausible worlds each option does better",
        "95% intervals: Student's t over worlds, Wilson's for shares, simultaneous with the best",
        _COLUMNS_OF_OPTIONS,
    ),
    File(
        INFORMATION,
        "what each source could tell is worth",
        "Worth knowing",
        "What is worth knowing before the choice",
        "95% intervals (jackknife over worlds)",
        COLUMNS_OF_INFORMATION,
    ),
    File(
        WORLDS,
        "the measures of every framework in every world",
        columns={"world": _WORLD, "value": COLUMNS["value"]._replace(meaning="mean over the world's replications")},
    ),
    File(POSITIONS, "the assumptions of every world", columns={"world": _WORLD}, moved=_moved),
    File(
        ASSUMPTIONS,
        "what was varied, over which range, and who could answer it",
        "Varied",
        "What was varied, and over which range",
        columns={
            "assumption": Meaning("Assumption", "text", NAME, "key of the assumption in docs/assumptions.md"),
            "title": Meaning("Title of the assumption", "text", NAME, "title of the assumption"),
            "source": Meaning("Source", "text", NAME, "who could answer it"),
            "mark": Meaning(
                "Mark",
                "text",
                NAME,
                "source of the number",
                ", ".join(f"{mark} {what}" for mark, what in MARKS.items()),
            ),
            "given": Meaning("Default", "number", OF_ASSUMPTION, "value used; 1 for a factor"),
            "kind": Meaning("Kind", "text", NAME, "whether the number itself or a factor is moved", "value, factor"),
            "low": Meaning("Low", "number", OF_ASSUMPTION, "lowest value; empty where each place has its own range"),
            "high": Meaning("High", "number", OF_ASSUMPTION, "highest value; empty where each place has its own range"),
            "distribution": Meaning("Distribution", "text", NAME, "how values are drawn", f"{ALIKE}, {BY_MAGNITUDE}"),
        },
    ),
    File("charts/chance-*.csv", columns=_COLUMNS_OF_CHANCES),
    File("charts/information.csv", columns=COLUMNS_OF_INFORMATION),
    File(RUNS, "every measure of every run, from which --measure reads others off without new runs"),
    failed("world, replication, seed and error"),
)
SPREADS: Final = (
    Spread(
        OPTIONS,
        ("framework", "service_type", "measure"),
        (Value("difference", "difference_low", "difference_high"), Value("better", "better_low", "better_high")),
        compared=False,
    ),
)
