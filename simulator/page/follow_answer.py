"""What the form Follow one provider shows besides: how the provider was picked, and the diaries side by side."""

from collections.abc import Mapping, Sequence

from simulator.answers.kept_run import KeptRun
from simulator.page.answer import Table
from simulator.questions.trace.history import days_unfound
from simulator.questions.trace.life import Life
from simulator.questions.trace.picking import RULES
from simulator.questions.trace.report import ALIKE, HEAD, UNSEEN, Line, day_kept_whole, diaries_of
from simulator.words.wording import counted, day_words, named


def diaries_told(run: KeptRun) -> Table:
    """Return the diaries of a run.

    Returns
    -------
    dict
        Keys ``unseen`` (what that word means), ``both`` (what happens alike under both, at first), ``until`` (to when
        that is, in words) and ``years`` (of what happens from then on: each with its ``title`` and the ``diaries`` of
        that year, a table for each framework). A row of a diary is a day and a text.
    """
    diaries = diaries_of(run)
    return {
        "unseen": UNSEEN,
        "both": _diary(ALIKE, diaries.alike),
        "until": day_words(diaries.until),
        "years": [
            {
                "title": year.title,
                "diaries": [_diary(f"Under {named(run.titles[name])}", lines) for name, lines in year.lines.items()],
            }
            for year in diaries.years
        ],
    }


def _diary(caption: str, lines: Sequence[Line]) -> Table:
    return {"caption": caption, "head": list(HEAD), "rows": [[day_kept_whole(line.day), line.text] for line in lines]}


def picked_told(who: str, among: int, lives: Sequence[Life]) -> str:
    """Report how the provider was picked, where a rule did."""
    rules: Mapping[str, str] = {str(rule): words for rule, words in RULES.items()}
    if who not in rules:
        return ""
    first, second = map(days_unfound, lives)
    if (who == "late" and first == 0) or (who == "apart" and first == second):
        return f"By the chosen rule, none of {counted(among, 'provider')} of its type stands out; this is the first."
    return f"It was picked because, {rules[who]} ({counted(among, 'provider')} of the type)."
