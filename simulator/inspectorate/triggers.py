"""What news of a provider does: as a framework's file writes it, and as numbers."""

from typing import Annotated, Final, Literal, Self

import numpy as np
from pydantic import model_validator

from simulator.inputs.parameter import Parameter
from simulator.inspectorate.clause_values import Days, ForTypes, Kind, Kinds, Probability, check_window
from simulator.inspectorate.kinds import DESK, KINDS, code_of_kind
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.ticks import TICKS_PER_DAY

# what a concern does
NOTHING: Final = 0
MOVE: Final = 1
ADD: Final = 2

# signals of a provider
SIGNALS: Final = ("complaint", "serious_concern", "new_manager", "breach")
_CAUSES: Final = (*SIGNALS, "declined")
"""What may trigger an inspection: the signals, which assessments count too, and what an inspection itself says."""
SERIOUS_CONCERN: Final = SIGNALS.index("serious_concern")
NEW_MANAGER: Final = SIGNALS.index("new_manager")
BREACH: Final = SIGNALS.index("breach")
DECLINE_SAID: Final = _CAUSES.index("declined")

# how far a move reaches where no inspection of the year is left
REACHES: Final = ("this_year", "next_year", "into_this_year", "any_year")
THIS_YEAR: Final = REACHES.index("this_year")
NEXT_YEAR: Final = REACHES.index("next_year")
ANY_YEAR: Final = REACHES.index("any_year")

_BY_CAUSE: Final = (*BY_TYPE, len(_CAUSES))


class Trigger(ForTypes):
    """What news of a provider does: it moves the next inspection of the year forward, or adds one."""

    signal: Literal["complaint", "serious_concern", "new_manager", "breach", "declined"]
    """The news that may trigger an inspection; "breach": what the provider owes in writing is missing or misleads;
    "declined": an inspection that gives no grade says that the provider has declined."""
    probability: Annotated[Probability, Parameter("share of news that leads to a visit")]
    """Probability that one piece of such news does so."""
    action: Literal["move", "add"]
    """Whether it moves the provider's next planned inspection of the year forward, or adds one."""
    kind: Kind | None = None
    """The kind of inspection that it adds; with "move" the one added where no inspection is left to move, none if
    left out."""
    kinds: Kinds | None = None
    """Kinds of inspection that it may move; any but desk work if left out."""
    reach: Literal["this_year", "next_year", "into_this_year", "any_year"] = "this_year"
    """Whether it stops at inspections planned for this inspection year, or for the days within which one is wanted; or
    where none is left brings forward the first of next year's visits, once, of a rule that owes the provider visits at
    its rating: "next_year", on any day of the window, as if the news came on 1 April; "into_this_year", at once, so
    that this year has one visit more and the next one fewer; or the next inspection of a cycle or a round, for
    whatever year it is planned: "any_year"."""
    delay_days: Annotated[Days, Parameter("days from news until a visit is requested")]
    """Days from the news before which the inspection does not begin."""
    within_days: Annotated[Days, Parameter("days allowed for a visit after news")]
    """Days from the news within which the inspectorate wants it to end."""

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        check_window(self.delay_days, self.within_days)
        if self.action == "add" and self.kind is None:
            raise ValueError('action = "add" needs a kind: the kind of inspection that it adds')
        if self.action == "add" and (self.kinds is not None or self.reach != "this_year"):
            raise ValueError('kinds and reach are for action = "move": an inspection added moves none')
        if self.kinds is not None and "desk" in self.kinds:
            raise ValueError('kinds may not name "desk": news moves no work at the desk')
        return self


def _write(policy: np.void, service_type: int, trigger: Trigger, _: Writing) -> None:
    at = (service_type, _CAUSES.index(trigger.signal))
    policy["response"][at] = MOVE if trigger.action == "move" else ADD
    policy["response_probability"][at] = trigger.probability
    policy["response_kind"][at] = code_of_kind(trigger.kind)
    movable = [name for name in KINDS if name != KINDS[DESK]] if trigger.kinds is None else trigger.kinds
    policy["response_moves"][at] = [kind in movable for kind in KINDS]
    policy["response_reaches"][at] = REACHES.index(trigger.reach)
    policy["response_delay"][at] = trigger.delay_days * TICKS_PER_DAY
    policy["response_within"][at] = trigger.within_days * TICKS_PER_DAY


TRIGGERS: Final = NamedClauses(
    fields=[
        ("response", "i8", _BY_CAUSE),
        ("response_probability", "f8", _BY_CAUSE),
        ("response_kind", "i8", _BY_CAUSE),  # added, NO_KIND if none is
        ("response_moves", "i8", (*_BY_CAUSE, len(KINDS))),  # 1 if it may move inspections of the kind
        ("response_reaches", "i8", _BY_CAUSE),  # how far, by `REACHES`
        ("response_delay", "i8", _BY_CAUSE),
        ("response_within", "i8", _BY_CAUSE),
    ],
    write=_write,
    event="the signal {clause.signal} at a {service_type}",
)
