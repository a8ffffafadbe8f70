"""The file answer.txt: the answer of a run in sentences, with its caveats. It is written for people, and read again."""

from collections.abc import Sequence
from typing import Final, NamedTuple

HEADINGS: Final = (
    "IN SHORT",
    "THE ANSWER",
    "WHAT IS IN FORCE WHEN",
    "WHAT IT COSTS",
    "PRECISION",
    "BASIS OF THE ANSWER",
)
"""A sentence never looks like one of these: it ends with a full stop."""


class Paragraphs(NamedTuple):
    """The answer of a run, as paragraphs."""

    verdict: tuple[str, ...]
    """What a reader takes away, before all else."""
    told: tuple[str, ...]
    course: tuple[str, ...]
    """The timeline, where the scenario has one."""
    costs: tuple[str, ...]
    known: tuple[str, ...]
    """How closely differences are known, and what common random numbers gain; for analysts."""
    rests_on: tuple[str, ...]


def paragraphs_of(
    told: Sequence[str],
    rests_on: Sequence[str],
    course: Sequence[str] = (),
    costs: Sequence[str] = (),
    known: Sequence[str] = (),
    verdict: Sequence[str] = (),
) -> Paragraphs:
    """Gather an answer; every paragraph is made one line."""
    return Paragraphs(
        *(
            tuple(" ".join(paragraph.split()) for paragraph in part)
            for part in (verdict, told, course, costs, known, rests_on)
        )
    )


def as_text(answer: Paragraphs) -> str:
    """Write an answer as plain text: parts under headings, an empty line between paragraphs."""
    paragraphs = [
        paragraph for heading, part in zip(HEADINGS, answer, strict=True) if part for paragraph in (heading, *part)
    ]
    return "\n\n".join(paragraphs) + "\n"


def read_text(text: str) -> Paragraphs:
    """Read what `as_text` wrote.

    Raises
    ------
    ValueError
        If it does not begin with a heading, as that of an older version does not.
    """
    parts: dict[str, list[str]] = {heading: [] for heading in HEADINGS}
    heading = ""
    for paragraph in text.removesuffix("\n").split("\n\n") if text.strip() else ():
        if paragraph in parts:
            heading = paragraph
        elif heading:
            parts[heading].append(paragraph)
        else:
            raise ValueError(f"starts without a heading: {paragraph[:60]}")
    return Paragraphs(*(tuple(part) for part in parts.values()))
