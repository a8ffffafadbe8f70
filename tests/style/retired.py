"""The retired phrases of docs/style.md: what to look for, and what to write instead."""

import re
from typing import Final, NamedTuple


class Retired(NamedTuple):
    """A phrase that is not to be written any more."""

    pattern: re.Pattern[str]
    instead: str


def _retired(pattern: str, instead: str) -> Retired:
    return Retired(re.compile(pattern, re.IGNORECASE), instead)


PHRASES: Final = (
    _retired(r"(?<=\d|\}) %(?![(\w}])(?! \})", "no space before the sign, as in 72%"),
    _retired("[\u2018\u2019]", "a straight apostrophe"),
    _retired(r"\bso many\b", "the number, as in 'lapse: 473 a year'"),
    _retired(r"(?<!\.)\bbesides\b", "also, in addition"),
    _retired(r"\blikewise\b", "also, in the same way"),
    _retired(r"\balike\b", "the same, equally"),
    _retired(r"\banew\b", "again"),
    _retired(r"\b(is|are|be|was|were|being) told\b", "is reported, is described, is shown"),
    _retired(r"\btold (in|of|apart|from|by|with|as)\b", "reported, described, distinguished"),
    _retired(r"\bin any case\b", "(leave out)"),
    _retired(r"\bas ever\b", "(leave out)"),
    _retired(r"\btakes? it that\b", "assumes that"),
    _retired(r"\bdo(es)? no harm\b", "never makes things worse"),
    _retired(r"\b(other|same|own) chances\b", "another random seed, the same random numbers"),
    _retired(r"\b(far )?chance (alone )?(reaches|leaves)\b", "random variation"),
    _retired(r"\bfor good\b(?! (homes|providers|ones))", "permanently"),
    _retired(r"\bas closely as asked\b", "to the requested precision"),
    _retired(r"\brightly\b", "correctly"),
    _retired(r"\bstands? beside\b", "is next to"),
    _retired(r"\breckon", "compute"),
    _retired(r"\bworked out\b", "computed"),
    _retired(r"\bnought\b", "0"),
    _retired(r"\bgo(es)? on with\b|\bwent on with\b", "continue"),
    _retired(r"\bbut for\b", "except"),
    _retired(r"\bwhat (it|they|that|this|the number) rests? on\b", "its source"),
    _retired(r"\brests on\b", "depends on, has as its source"),
    _retired(r"\btried out\b", "tried"),
    _retired(r"\bforetold\b(?!`)", "predicted"),
    _retired(r"allowed: (to|another|one or the other|--\w+ to)\b", "a sentence that says what to do"),
)
"""Found in prose and in text that users read."""

OPENINGS: Final = (
    _retired(r"^(Give|Gives)\b", "Return, Set, Produce"),
    _retired(r"^(Say|Says|Tell|Tells)\b", "Report, Return whether, Describe"),
    _retired(r"^Lay out\b", "Return"),
    _retired(r"^Let\b", "Carry out, Run, Count"),
)
"""Found at the beginning of a docstring."""
