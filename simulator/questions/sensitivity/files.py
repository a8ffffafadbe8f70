"""The files that a sensitivity analysis leaves, and the meaning of their columns."""

from typing import Final

from simulator.answers.columns import COLUMNS
from simulator.answers.file import File
from simulator.answers.files import CHARTS, failed, files
from simulator.answers.meanings import COUNT, NAME, OF_ASSUMPTION, OF_QUESTION, SHARE, Meaning, ends_of
from simulator.inputs.evidence import MARKS
from simulator.questions.sensitivity.assumption_words import title_of_assumption
from simulator.questions.sensitivity.tables import ALIKE, AS_GIVEN, BY_MAGNITUDE
from simulator.statistics.verdicts import VERDICTS

_OF_WORLDS: Final = "95% intervals of shares of worlds (Wilson)"
_INTERVALS: Final = "95% intervals over replications (Student's t)"
_RESAMPLED: Final = "95% intervals by resampling the worlds"
_OF_SPREAD: Final = "share of the variance"
_EACH_ITS_OWN: Final = "empty where each place has its own range"
_ASSUMPTION: Final = {
    "assumption": Meaning(
        "Assumption",
        "text",
        NAME,
        "key of the assumption in docs/assumptions.md; others and chance are groups",
        in_words=lambda key: key if isinstance(key, str) else AS_GIVEN,
    ),
    "title": Meaning("Title of the assumption", "text", NAME, "title of the assumption"),
}
_CHANGE: Final = Meaning("Change", "number", OF_QUESTION, "change of the difference from the default")
_SWINGS: Final = {
    **_ASSUMPTION,
    "assumption": _ASSUMPTION["assumption"]._replace(
        meaning="key of the assumption that is moved; empty for the default"
    ),
    "end": Meaning("End", "text", NAME, "end of its range", f"{AS_GIVEN}, lower, upper"),
    "value": Meaning("Value", "number", OF_ASSUMPTION, f"value or factor at this end; {_EACH_ITS_OWN}"),
    "difference": COLUMNS["difference"]._replace(unit=OF_QUESTION, meaning="mean, first framework minus second"),
    "low": COLUMNS["low"]._replace(unit=OF_QUESTION),
    "high": COLUMNS["high"]._replace(unit=OF_QUESTION),
    "change": _CHANGE,
    **ends_of("change", _CHANGE),
    "replications": COLUMNS["replications"]._replace(meaning="replications at each end"),
}


def _indexed(name: str, title: str, meaning: str) -> dict[str, Meaning]:
    """Describe an index and the two ends of its 95 % interval, each a column."""
    index = Meaning(title, "number", _OF_SPREAD, meaning)
    ends = {
        f"{name}_{end}": index._replace(title=f"{title}, {end}", meaning=f"{meaning}: {which} end of its interval")
        for end, which in (("low", "lower"), ("high", "upper"))
    }
    return {name: index} | ends


_SPREAD: Final = {
    **_ASSUMPTION,
    **_indexed("first", "By itself", "share by itself (first-order Sobol index)"),
    **_indexed("total", "With others too", "share including interactions (total Sobol index)"),
    **_indexed("beyond", "Only with others", "total minus first-order index"),
}
_VERDICT: Final = Meaning(
    "Outcome", "text", NAME, "result of the first framework against the second", ", ".join(VERDICTS)
)
_SHARES: Final = {
    "worlds": Meaning("Worlds", "whole number", COUNT, "number of worlds with this result"),
    "share": Meaning("Share of worlds", "number", SHARE, "share of all worlds"),
    "low": Meaning("Low", "number", SHARE, "lower end of the 95% interval of the share"),
    "high": Meaning("High", "number", SHARE, "upper end of the 95% interval of the share"),
}
_SPLITS: Final = {
    **_SHARES,
    "where": Meaning("Where", "text", "text", "the worlds, by their assumptions"),
    "better": Meaning("First better", "whole number", COUNT, "worlds in which the first framework does better"),
    "worse": Meaning("Second better", "whole number", COUNT, "worlds in which the second framework does better"),
    "undecided": Meaning("Undecided", "whole number", COUNT, "undecided worlds"),
    "same": Meaning("No difference", "whole number", COUNT, "worlds with exactly the same result"),
    "predicted": Meaning("Predicted", "text", NAME, "commonest result of the first framework", ", ".join(VERDICTS)),
}
_VARIED: Final = {
    **_ASSUMPTION,
    "mark": Meaning(
        "Mark", "text", NAME, "source of the number", ", ".join(f"{mark} {what}" for mark, what in MARKS.items())
    ),
    "unit": COLUMNS["unit"]._replace(meaning="unit of the number"),
    "given": Meaning("Default", "number", OF_ASSUMPTION, "value in the scenario or framework; 1 for a factor"),
    "kind": Meaning("Kind", "text", NAME, "whether the number itself or a factor is moved", "value, factor"),
    "low": Meaning("Low", "number", OF_ASSUMPTION, f"lowest value or factor; {_EACH_ITS_OWN}"),
    "high": Meaning("High", "number", OF_ASSUMPTION, f"highest value or factor; {_EACH_ITS_OWN}"),
    "distribution": Meaning("Distribution", "text", NAME, "how values are drawn", f"{ALIKE}, {BY_MAGNITUDE}"),
    "singly": Meaning("Examined singly", "yes or no", "yes or no", "whether it was examined by itself"),
}
_WORLDS: Final = {
    "world": Meaning("World", "whole number", COUNT, "number of the world, counted from 1"),
    "verdict": _VERDICT,
    "difference": COLUMNS["difference"]._replace(
        unit=OF_QUESTION, meaning="mean over its two replications, first framework minus second"
    ),
}


def _moved(assumption: str) -> Meaning:
    """Describe the column of an assumption in the table of worlds."""
    where = "position in the range, 0 to 1, where each place has its own range"
    return Meaning(title_of_assumption(assumption), "number", "as in assumptions.csv", f"its value or factor; {where}")


FILES: Final = files(
    CHARTS,
    File(
        "shares.csv",
        "in what share of worlds each framework does better, with 95% intervals",
        "Worlds by outcome",
        "In what share of worlds each framework does better",
        _OF_WORLDS,
        {
            **_SHARES,
            "verdict": _VERDICT._replace(values=""),
            "framework": COLUMNS["framework"]._replace(meaning="framework that does better; empty if neither does"),
        },
    ),
    File(
        "splits.csv",
        "parts of the worlds, split by the deciding assumptions, and which framework does better there",
        "What decides",
        "Parts of the worlds, split by the deciding assumptions",
        columns=_SPLITS,
    ),
    File(
        "swings.csv",
        "the difference with one assumption at a time at the ends of its range",
        "One at a time",
        "The difference with one assumption at an end of its range",
        _INTERVALS,
        _SWINGS,
    ),
    File(
        "screening.csv",
        "the same for all assumptions, in few replications",
        "Screening",
        "The same for all assumptions, in few replications",
        _INTERVALS,
        _SWINGS,
    ),
    File(
        "spread.csv",
        "shares of the variance by assumption: by itself, with others too, and their difference",
        "Spread",
        "Sources of the spread of the difference",
        _RESAMPLED,
        _SPREAD,
    ),
    File(
        "worlds.csv",
        "every world: its difference, the verdict, and the value of every assumption",
        columns=_WORLDS,
        moved=_moved,
    ),
    File(
        "assumptions.csv",
        "what was varied, over which range, and its source",
        "Varied",
        "What was varied, and over which range",
        columns=_VARIED,
    ),
    File("charts/tornado.csv", columns=_SWINGS),
    File("charts/spread.csv", columns=_SPREAD),
    failed("where, replication, seed and error"),
)
