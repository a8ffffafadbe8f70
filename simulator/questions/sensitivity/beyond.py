"""Ends of ranges at which worlds cannot be run, such as those with too few inspectors for a team."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from simulator.engine.setting_checks import NoTeamError
from simulator.inputs.evidence import parts
from simulator.questions.sensitivity.assumptions import Assumption
from simulator.questions.sensitivity.plausible_worlds import NoSuchWorldError, world_at
from simulator.running.question import Question, settings_of

_STAFFING: Final = ("capacity", "kinds")
"""Sections of a scenario and of a framework that set the number of inspectors, and the number that an inspection takes:
a number of any other has been valid by itself when its range was read."""
_ENDS: Final = (0.0, 1.0)


class Beyond(NamedTuple):
    """An end of a range at which a question cannot be run, all else as given."""

    assumption: Assumption
    end: float
    """0 for the lower end, 1 for the upper."""
    why: str
    """The message on it."""


def beyond(question: Question, assumptions: Sequence[Assumption]) -> tuple[Beyond, ...]:
    """Find the ends of ranges at which a question cannot be run, before anything is.

    Each assumption is moved by itself. Several that are harmless one by one may lead there together; the worlds are
    counted when they are run.

    Parameters
    ----------
    question
        As given, with which it can be run.
    assumptions
        To be varied.
    """
    staffing = [assumption for assumption in assumptions if parts(assumption.key)[0] in _STAFFING]
    return tuple(found for assumption in staffing for found in _ends(question, assumption))


def _ends(question: Question, assumption: Assumption) -> Iterator[Beyond]:
    for end in _ENDS:
        try:
            settings_of(world_at(question, [assumption], np.array([end])).question)
        except (NoSuchWorldError, NoTeamError) as error:
            yield Beyond(assumption, end, str(error))
