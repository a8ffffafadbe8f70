"""What there is to say of a measure. Tables, charts, sentences, targets and pages take all that they need from it."""

from typing import Final, Literal, NamedTuple

ALL_SERVICES: Final = "all"
"""Name of the row that takes all service types together."""
CHILDRENS_HOMES: Final = "childrens_home"
SHARE: Final = "share, 0 to 1"
"""Unit of a share."""

Relation = Literal[">=", "<="]


class Words(NamedTuple):
    """What a framework does that has less or more of a measure: ``leaves fewer homes poor and unfound``.

    ``than`` and another framework may follow, and the word for less or more may stand alone: ``in the others, more``.
    """

    verb: str
    """Of the third person: ``leaves``."""
    what: str
    """What follows the verb, with places for ``{way}`` and, where the measure is of some, ``{providers}``."""
    less: str = "fewer"
    more: str = "more"

    def way(self, sign: int) -> str:
        """Return the word for less (sign -1) or for more (1)."""
        return self.more if sign > 0 else self.less


class OwnTarget(NamedTuple):
    """A target that people often set, and its measure, in words of their own."""

    service_type: str
    """Of the providers that these words name, or `ALL_SERVICES`."""
    reached: str
    """What is to be reached, behind ``that``, with a place for the number."""
    quantity: str
    """The measure within a sentence."""


class Measure(NamedTuple):
    """One measure, and all that outputs need to know of it."""

    name: str
    """Name in every output."""
    title: str
    """A few words for people."""
    unit: str
    formula: str
    """How it is worked out for one run and one service type, in a sentence or two."""
    better: Literal["lower", "higher"] | None
    """Which way is better, if one is by itself."""
    words: Words
    """For less and for more of it."""
    column: str = ""
    """Its title above a column of few words, with a place for ``{providers}``; empty where it is the title."""
    adds_up: bool = False
    """Whether the values of the service types add up to that of all."""
    key: bool = False
    """Whether it is in the table of a comparison; the files have every measure."""
    headline: int | None = None
    """Place among the measures whose differences are to be known to a precision, where the scenario names none."""
    helped: Relation | None = None
    """The relation that more inspectors help to fulfil, where they move it one way: then it can be a target."""
    target: OwnTarget | None = None
    beside_size: int | None = None
    """Place among the costs told beside what the posts cost that a framework needs."""
    most: float | None = None
    """The largest value that it can have, where that is known and it is no share."""
    gains: bool = False
    """Whether the share of the possible gain is told of it."""
