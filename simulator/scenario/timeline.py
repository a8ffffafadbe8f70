"""The timeline of a scenario: on which day which framework takes over, one after another."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, Final

from pydantic import Field

from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import Section

ITSELF: Final = "itself"
"""In place of a warm-up framework: each framework warms up under itself, and shows its long run."""

COMPARED: Final = "compared"
"""In place of a framework in a timeline: that one of those compared which is being run."""


class Takeover(Section):
    """One entry of a timeline: from a day on a framework is in force, until the next entry."""

    from_: Annotated[date, Field(alias="from"), Parameter("day on which a framework takes over")]
    """Day on which the framework takes over."""
    framework: str
    """A shipped name, the path of a TOML file, or "compared": the one of those compared that is being run."""


def check_timeline(timeline: Sequence[Takeover], start: date, ends: date) -> None:
    """Refuse a timeline out of order, one that compares nothing, or one that does not fit the days of the run.

    Raises
    ------
    ValueError
        Saying what was given and what is allowed.
    """
    for earlier, later in pairwise(timeline):
        if later.from_ <= earlier.from_:
            raise ValueError(f"timeline: the dates must rise, but {later.from_} comes after {earlier.from_}")
    compared = [entry.from_ for entry in timeline if entry.framework == COMPARED]
    if len(compared) != 1:
        raise ValueError(
            f'timeline: given {len(compared)} entries with framework = "{COMPARED}"; allowed: exactly one, '
            "from the date on which the frameworks of run.frameworks take over"
        )
    if compared[0] < start:
        raise ValueError(
            f'timeline: "{COMPARED}" takes over on {compared[0]}, before run.start; allowed: {start} or later, '
            "since until then all frameworks compared have the same past"
        )
    for number, entry in enumerate(timeline, start=1):
        if entry.from_ >= ends:
            raise ValueError(
                f"timeline.entry {number}.from: given {entry.from_}, but the run stops on {ends}; "
                "allowed: an earlier date, or more run.years"
            )


def check_warm_up(timeline: Sequence[Takeover], warm_up_framework: str, begins: date) -> None:
    """Refuse a warm-up framework that is not the one in force when the run begins.

    Raises
    ------
    ValueError
        Saying what was given and what is allowed.
    """
    already = [entry.framework for entry in timeline if entry.from_ <= begins]
    if not already and warm_up_framework == ITSELF:
        raise ValueError(
            f'run.warm_up_framework: given "{ITSELF}"; allowed with a timeline: the framework in force before its '
            "first date, for the long run of one framework by itself has no others"
        )
    if already and already[-1] not in (COMPARED, warm_up_framework):
        raise ValueError(
            f'run.warm_up_framework: given "{warm_up_framework}", but by the timeline "{already[-1]}" is in force '
            f"when the run begins, on {begins}; allowed: the same"
        )
