"""Kinds of inspection and the four-point scale, by name and by the code that tables carry.

The kinds are those of the consultation *Modernising the Regulatory Framework for Children's Social
Services* (2006), paragraphs 2.3 and 3.1, and of the documents on local authorities before and after it.
What each kind costs and how acutely it sees is for the framework in force to say.
"""

from typing import Final

KINDS: Final[tuple[str, ...]] = (
    "key",
    "interim",
    "random",
    "themed",
    "responsive",
    "monitoring",
    "follow_up",
    "first",
    "secure",
    "area",
    "children_in_care",
    "desk",
)
"""Every kind of inspection there can be; the position is its code in arrays and tables."""

RATINGS: Final[tuple[str, ...]] = ("not_yet_graded", "poor", "adequate", "good", "excellent")
"""What a provider can be rated; the position is the grade, 1 (poor) to 4 (excellent), 0 before the first.

The scale is that of *Every child matters: inspection of children's services* (2005), section "Grading the
judgements": 4 well above, 3 consistently above, 2 only, 1 below minimum requirements.
"""

DESK: Final = KINDS.index("desk")
"""The kind that is no visit: nobody goes there."""

NO_KIND: Final = -1
"""In place of a kind of inspection: none."""


def code_of_kind(name: str | None) -> int:
    """Return the code of a kind of inspection, `NO_KIND` if there is none."""
    return NO_KIND if name is None else KINDS.index(name)
