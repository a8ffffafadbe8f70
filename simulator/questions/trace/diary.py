"""The life of one provider as a diary: what is true, what is heard of it, what inspectors do and find.

Grades that are true are named poor, adequate, good and excellent throughout; what is judged is in the words of
the framework in force.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from simulator.inspectorate.framework import Framework
from simulator.questions.trace.diary_entries import entries
from simulator.questions.trace.diary_entry import Entry
from simulator.questions.trace.figures import ended_in
from simulator.questions.trace.history import after_days, headline, spells, unfound_in
from simulator.questions.trace.life import Life
from simulator.ticks import NEVER, TICKS_PER_YEAR, day_of, inspection_year_start
from simulator.words.providers import beginning_with, provider_told
from simulator.words.wording import capital, counted, day_in_short, day_words, figure, named
from simulator.world.services import SERVICE_TITLES

LINE: Final = 80
"""Characters of a line, at most."""
_DATES: Final = 13
"""Characters of the column of dates."""
_NOTE: Final = 'Lines that start with "Unseen" describe what is true and unknown to the inspectorate.'


def diary(life: Life, frameworks: Sequence[Framework]) -> str:
    """Write the diary of a provider: the same life gives the same text.

    Parameters
    ----------
    life : Life
        What happened.
    frameworks : sequence of Framework
        Those of ``life.timeline``, in its order.
    """
    paragraphs = [*_heading(life, frameworks), *years(life, entries(life, frameworks)), *_wrapped(summary(life))]
    return "\n".join(paragraphs) + "\n"


def name_of_files(provider: str, frameworks: Sequence[str], replication: int) -> str:
    """Name the folder of a life under one framework or several, which are given by their names."""
    return re.sub(r"[^\w.-]+", "_", "-".join([provider, *frameworks, str(replication)]))


def _heading(life: Life, frameworks: Sequence[Framework]) -> Iterator[str]:
    """Report whose diary it is, and under which frameworks."""
    who = provider_told(life.provider)
    of = SERVICE_TITLES[life.service_type] if who == life.provider else f"in tables {life.provider}"
    yield from _wrapped(
        f"{beginning_with(life.provider, who)} ({of}), {counted(life.places, 'place')}: replication {life.replication}"
    )
    yield from _wrapped(f"{capital(_in_turn(life, frameworks))}. {_NOTE}")


def _in_turn(life: Life, frameworks: Sequence[Framework]) -> str:
    """Report under which framework the provider lives from when."""
    first, *later = [named(framework.title) for framework in frameworks]
    if life.begins < life.measured_from and life.takeovers:
        first += " in the warm-up" if life.takeovers[0] == life.measured_from else " at first"
    since = [
        f"{title} from {day_words(day_of(tick, life.epoch))}" for title, tick in zip(later, life.takeovers, strict=True)
    ]
    return ", ".join([first, *since])


def years(life: Life, every: Sequence[Entry]) -> Iterator[str]:
    """Write the entries, under a heading for each inspection year."""
    year = None
    for entry in every:
        day = day_of(entry.tick, life.epoch)
        if inspection_year_start(day) != year:
            year = inspection_year_start(day)
            warm_up = " (warm-up)" if entry.tick < life.measured_from else ""
            yield from ("", f"April {year.year} to March {year.year + 1}{warm_up}")
        yield from _wrapped(entry.text, f"{day_in_short(day):>{_DATES - 2}}  ")
    yield ""


def summary(life: Life) -> str:
    """Add up the years measured."""
    begun = [spell for spell in spells(life) if spell.began >= life.measured_from]
    found = [spell for spell in begun if spell.found < NEVER]
    unfound = sum(unfound_in(spell, life) for spell in spells(life))
    inspections = counted(int(ended_in(life).sum()), "inspection")
    text = f"In the years measured: {inspections}; {counted(len(begun), 'poor spell')} started"
    if begun:
        text += f", of which inspections found {len(found) or 'none'}"
    if found:
        text += f" ({after_days(found)})"
    return f"{text}; {figure(unfound / TICKS_PER_YEAR)} years poor and unfound."


def lived_under(title: str, life: Life) -> str:
    """Report of a life under a framework, given by its title, how often the provider was poor, and add up its years."""
    return f"Under {named(title)}, {headline(life)}. {summary(life)}"


def _wrapped(text: str, before: str = "") -> list[str]:
    """Break a text into lines; those after the first are as far in as what stands `before` it."""
    return textwrap.wrap(text, LINE, initial_indent=before, subsequent_indent=" " * len(before), break_on_hyphens=False)
