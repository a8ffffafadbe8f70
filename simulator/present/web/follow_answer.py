"""The answer to the form Follow one provider, in plain data."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import simulator
from simulator.experiments.picking import RULES
from simulator.present.diary_entries import Entry
from simulator.present.history import days_unfound
from simulator.present.timelines import NAME
from simulator.present.two_lives import Told, caveats, compared, headline, parted, sentences
from simulator.present.web.answer import Table, chart_in
from simulator.present.wording import MONTHS, counted, day_words
from simulator.ticks import day_of, inspection_year_start

if TYPE_CHECKING:
    import pandas as pd

HEAD: Final = ("Date", "What happened")


def answer_of(lives: Sequence[Told], folder: Path, picked: str) -> Table:
    """Gather the answer, whose chart is in `folder`.

    Parameters
    ----------
    lives
        The same provider under each of two frameworks.
    folder
        Of results.
    picked
        By which rule it was picked, as a sentence; nothing if it was named.

    Returns
    -------
    dict
        Keys of `simulator.present.web.answer.answer_of`; besides ``both`` (a table of what happens alike under both,
        at first), ``until`` (to when that is, in words) and ``years`` (of what happens from then on: each with its
        ``title`` and the ``diaries`` of that year, a table for each framework).
    """
    first, second = lives
    split = parted(first, second)
    figures = {
        "caption": "The years measured, in figures",
        "head": ["What", first.title, second.title],
        "rows": compared(first, second),
    }
    last = min((each[0].tick for each in (split.first, split.second) if each), default=first.life.horizon)
    return {
        "title": headline(first, second),
        "sentences": sentences(first, second, picked),
        "costs": [],
        "caveats": caveats(first, second),
        "charts": [chart_in(folder, NAME, figures)],
        "figures": [],
        "both": _table(first, split.both, "The same under both"),
        "until": day_words(day_of(last, first.life.epoch)),
        "years": years_of((first, split.first), (second, split.second)),
        "version": simulator.__version__,
    }


def picked_told(who: str, among: int, lives: Sequence[Told]) -> str:
    """Say how the provider was picked, where a rule did."""
    why = next((words for rule, words in RULES.items() if rule == who), "")
    if not why:
        return ""
    first, second = (days_unfound(each.life) for each in lives)
    if (who == "late" and first == 0) or (who == "apart" and first == second):
        return f"None of {counted(among, 'provider')} of its type stands out by the rule asked for; it is the first."
    return f"It was picked because, {why} ({counted(among, 'provider')} of the type)."


def diaries_frame(lives: Sequence[Told]) -> "pd.DataFrame":
    """Lay out both diaries: columns framework, date (ISO), what_happened; a row an entry."""
    import pandas as pd

    rows = [
        (told.title, day_of(entry.tick, told.life.epoch).isoformat(), entry.text)
        for told in lives
        for entry in told.entries
    ]
    return pd.DataFrame(rows, columns=["framework", "date", "what_happened"])


def years_of(*diaries: tuple[Told, Sequence[Entry]]) -> list[Table]:
    """Lay out diaries side by side, inspection year by inspection year, so that what stands side by side is of a time.

    Parameters
    ----------
    diaries
        Of the same provider under each framework: whose life, and which entries of it.
    """
    starts = sorted({_year(told, entry) for told, entries in diaries for entry in entries})
    return [
        {
            "title": f"April {start.year} to March {start.year + 1}",
            "diaries": [
                _table(told, [each for each in entries if _year(told, each) == start], _under(told))
                for told, entries in diaries
            ],
        }
        for start in starts
    ]


def _year(told: Told, entry: Entry) -> date:
    return inspection_year_start(day_of(entry.tick, told.life.epoch))


def _under(told: Told) -> str:
    return f"Under {told.under}"


def _table(told: Told, entries: Sequence[Entry], caption: str) -> Table:
    return {"caption": caption, "head": list(HEAD), "rows": [[_day(told, each), each.text] for each in entries]}


def _day(told: Told, entry: Entry) -> str:
    """Write the day of an entry, so that it is not broken over lines."""
    day = day_of(entry.tick, told.life.epoch)
    return f"{day.day}\u00a0{MONTHS[day.month - 1][:3]}\u00a0{day.year}"
