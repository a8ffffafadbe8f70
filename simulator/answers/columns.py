"""The columns that many tables have, whatever was asked; a file can describe its own differently."""

from typing import Final

from simulator.answers.kind import Kind
from simulator.answers.meanings import AS_MEASURE, COUNT, FTE, NAME, YEARLY_POUNDS, Meaning, Type
from simulator.measures.names import ALL_SERVICES, BY_NAME, MEASURES
from simulator.words.pools import inspectors_of
from simulator.words.wording import capital
from simulator.world.services import SERVICE_TYPES

_POUNDS: Final = Meaning("Cost of posts a year", "number", YEARLY_POUNDS, "cost of the posts of the pool")
COLUMNS: Final[dict[str, Meaning]] = {
    "framework": Meaning("Framework", "text", NAME, "framework of inspection, by the name of its file"),
    "title": Meaning("Title of the framework", "text", NAME, "title of the framework"),
    "baseline": Meaning("Compared with", "text", NAME, "framework subtracted in the difference"),
    "service_type": Meaning(
        "Service type", "text", NAME, "kind of provider; all combines them", ", ".join((*SERVICE_TYPES, ALL_SERVICES))
    ),
    "measure": Meaning(
        "Measure", "text", NAME, "measure: see docs/measures.md", ", ".join(measure.name for measure in MEASURES)
    ),
    "replication": Meaning(
        "Replication", "whole number", COUNT, "number of the run with the same random numbers, counted from 1"
    ),
    "value": Meaning("Value", "number", AS_MEASURE, "value in one replication; empty where undefined"),
    "mean": Meaning("Mean", "number", AS_MEASURE, "mean over replications; empty where undefined"),
    "low": Meaning("Low", "number", AS_MEASURE, "lower end of the 95% interval; empty with one replication"),
    "high": Meaning("High", "number", AS_MEASURE, "upper end of the 95% interval; empty with one replication"),
    "replications": Meaning("Replications", "whole number", COUNT, "replications in which it is defined"),
    "difference": Meaning("Difference", "number", AS_MEASURE, "mean difference from the baseline"),
    "pool": Meaning("Pool", "text", NAME, "pool of inspectors", in_words=lambda name: capital(inspectors_of(name))),
    "fte": Meaning("FTE", "number", FTE, "posts in the pool; empty if no number is enough, inf for no limit"),
    "cost_per_year": Meaning("Cost a year", "number", YEARLY_POUNDS, "cost of the posts, or of the work done"),
    "posts_cost_per_year": _POUNDS,
    "posts_cost_per_year_low": _POUNDS._replace(title="Cost of posts, low", meaning="cost of the lower end"),
    "posts_cost_per_year_high": _POUNDS._replace(title="Cost of posts, high", meaning="cost of the upper end"),
    "other": Meaning("Other framework", "text", NAME, "framework compared with"),
    "fit": Meaning("Fit", "whole number", COUNT, "number of the fit in the set, counted from 1"),
    "file": Meaning("File", "text", NAME, "file of the table; a * stands for any characters"),
    "column": Meaning("Column", "text", NAME, "column of the table"),
    "type": Meaning("Type", "text", NAME, "type of its values", ", ".join(Type.__args__)),  # type: ignore[attr-defined]
    "unit": Meaning("Unit", "text", "text", "unit of its values"),
    "meaning": Meaning("Meaning", "text", "text", "what the column holds"),
    "values": Meaning("Values", "text", "text", "possible values, if they can be listed"),
}
"""By name."""


def meaning_of(kind: Kind, file: str, column: str) -> Meaning | None:
    """Return the meaning of a column of a file that an answer left, None if there is none."""
    declared = kind.declared(file, column) or COLUMNS.get(column)
    if declared is not None:
        return declared
    moved = kind.moved(file, column)
    if moved is not None:
        return moved
    measure = BY_NAME.get(column)
    return Meaning(measure.title, "number", measure.unit, measure.formula) if measure else None
