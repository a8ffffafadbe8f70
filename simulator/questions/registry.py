"""The questions: a line for each, with its command and the answers that it may have."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator.questions.compare import run as compare
from simulator.questions.explain import run as explain
from simulator.questions.frontier import run as frontier
from simulator.questions.run import Remark, Run
from simulator.questions.sensitivity import run as sensitivity
from simulator.questions.size import run as size
from simulator.questions.trace import run as trace
from simulator.questions.validate import run as validate
from simulator.questions.workforce import run as workforce
from simulator.questions.worth import run as worth

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.answers.kind import Kind


class Entry(NamedTuple):
    """A question, as far as others need to know of it."""

    ask: Callable[[Any, Remark], Run]
    """Makes it ready to be run; its name, docstring and first parameter are name, help and options of the command."""
    answers: "Callable[[], tuple[type[Answer], ...]]"
    """Returns the answers that it may have; what they import is slow, and loaded only then."""


QUESTIONS: Final = (
    Entry(compare.compare, compare.answers),
    Entry(explain.explain, explain.answers),
    Entry(size.size, size.answers),
    Entry(frontier.frontier, frontier.answers),
    Entry(workforce.workforce, workforce.answers),
    Entry(sensitivity.sensitivity, sensitivity.answers),
    Entry(worth.worth, worth.answers),
    Entry(trace.trace, trace.answers),
    Entry(validate.validate, validate.answers),
    Entry(validate.forecast, validate.answers),
    Entry(validate.score, validate.answers),
)


def kinds() -> "Mapping[str, Kind]":
    """Return the declared answers to each question, in one world and over several, by their names in manifests."""
    from simulator.questions.over_fits.report import over_kind
    from simulator.running.worlds import FITS, PLAUSIBLE

    found = [answer.kind for entry in QUESTIONS for answer in entry.answers()]
    over = [over_kind(kind, sort) for kind in found if kind.spreads for sort in (FITS, PLAUSIBLE)]
    return {kind.name: kind for kind in [*over, *found]}
