"""The result of a sensitivity analysis, and the number of runs for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.inputs.messages import InputError, Named
from simulator.measures.names import MEASURES
from simulator.questions.sensitivity import ask as asks
from simulator.questions.sensitivity.assumptions import Assumption, Positions
from simulator.questions.sensitivity.beyond import Beyond, beyond
from simulator.questions.sensitivity.one_at_a_time import Swings
from simulator.questions.sensitivity.tables import indices_frame, shares_frame, swings_frame, worlds_frame
from simulator.running.batches import Failure
from simulator.running.question import Question
from simulator.running.targets import Quantity
from simulator.statistics.sobol import Indices
from simulator.statistics.splits import Decision
from simulator.statistics.verdicts import Standings

if TYPE_CHECKING:
    import pandas as pd

OTHERS: Final = "others"
"""Name of the group of all assumptions that are not looked at by themselves."""
CHANCE: Final = "chance"
"""Name of the group that is the number of the replication."""
PAIR: Final = 2


class Effort(NamedTuple):
    """The number of worlds, assumptions and replications to run."""

    worlds: int = asks.Sensitivity.worlds
    """In which all assumptions are varied; each in two replications, and half of them again for every share of
    variance."""
    singly: int = asks.Sensitivity.singly
    """Assumptions looked at by themselves, at most."""
    screening: int = 2
    """Replications to find these in."""
    replications: int = asks.Sensitivity.at_ends
    """Replications at each end of their ranges."""

    @property
    def rows(self) -> int:
        """Rows of the design: two independent worlds to each."""
        return -(-self.worlds // PAIR)


@dataclass(frozen=True)
class Sensitivity:
    """The result. Differences are of the first framework less the second."""

    question: Question
    quantity: Quantity
    effort: Effort
    assumptions: tuple[Assumption, ...]
    """All that were varied."""
    singly: tuple[Assumption, ...]
    """Those looked at by themselves, that which swings furthest first."""
    screening: Swings | None
    """None if there were few enough to look at all."""
    swings: Swings
    positions: Positions
    """Of all assumptions in each world that is not left out, shape (worlds, assumptions)."""
    standings: Standings
    indices: dict[str, Indices]
    """By key of the assumption; `OTHERS`, if there are any, and `CHANCE`."""
    spread: float
    """Standard deviation of the difference over worlds and replications."""
    decision: Decision
    """Its classes are `simulator.statistics.verdicts.VERDICTS`, its features `singly`."""
    cannot: int
    """Worlds left out because they cannot be run."""
    left_out: int
    """These, and worlds in which a run failed or the measure is not defined in every replication."""
    raised: int
    """Worlds in which the speed of grade changes was raised to what falls make."""
    failures: tuple[Failure, ...]
    finished: int
    """Worlds finished: fewer than asked for if somebody pressed Ctrl-C."""

    @property
    def frameworks(self) -> tuple[str, str]:
        """Names of the two frameworks."""
        first, second = self.question.names
        return first, second

    @cached_property
    def beyond(self) -> tuple[Beyond, ...]:
        """Ends of ranges at which worlds cannot be run."""
        return beyond(self.question, self.assumptions)

    @property
    def sign(self) -> int:
        """Factor of a difference that makes more of it better."""
        return better_sign(self.quantity)

    @property
    def interrupted(self) -> bool:
        """Whether it was ended before all worlds were finished."""
        return self.finished < PAIR * self.effort.rows

    @property
    def shares(self) -> "pd.DataFrame":
        """Columns verdict, framework, worlds, share, low, high."""
        return shares_frame(self.standings, self.frameworks)

    @property
    def swings_table(self) -> "pd.DataFrame":
        """The tornado in numbers: columns of `simulator.questions.sensitivity.tables.swings_frame`."""
        return swings_frame(self.swings)

    @property
    def screening_table(self) -> "pd.DataFrame | None":
        """The same of all assumptions, in the few replications of the screening."""
        return None if self.screening is None else swings_frame(self.screening)

    @property
    def indices_table(self) -> "pd.DataFrame":
        """Columns assumption, first, first_low, first_high, total, total_low, ..., beyond, beyond_low, beyond_high."""
        return indices_frame(self.indices)

    @property
    def worlds_table(self) -> "pd.DataFrame":
        """A row for each world: its difference, the verdict, and the value of every assumption."""
        return worlds_frame(self.assumptions, self.positions, self.standings)


def better_sign(quantity: Quantity) -> int:
    """Return 1 if more of a measure is better, -1 if less is.

    Raises
    ------
    InputError
        If neither is better by itself.
    """
    way = quantity.of.better
    if way is None:
        raise InputError(
            Named("measure"),
            f' "{quantity}": neither more nor less of it is better in itself, so there is no winner; '
            f"allowed: {', '.join(measure.name for measure in MEASURES if measure.better)}",
        )
    return 1 if way == "higher" else -1
