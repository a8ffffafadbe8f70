"""What the form Follow one provider shows besides: how usual the life is, its years in brief, and the diaries."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from simulator.answers.kept_run import KeptRun
from simulator.inputs.evidence import MARKS, Evidence, covering
from simulator.page.answer import Table
from simulator.questions.trace.history import days_unfound, spells, times
from simulator.questions.trace.life import Life
from simulator.questions.trace.picking import RULES, Pick
from simulator.questions.trace.report import ALIKE, HEAD, UNSEEN, Line, Year, day_kept_whole, diaries_of
from simulator.ticks import NEVER
from simulator.words.wording import MONTHS, counted, day_words, joined, named, number
from simulator.world.services import SERVICE_TITLES

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario

_PUBLISHED: Final = ("F", "D")
"""Marks of numbers that a document or records show."""
_RATES: Final = ("quality.speed", "quality.falls")
"""Numbers of a scenario that say how often providers turn poor."""


def diaries_told(run: KeptRun) -> Table:
    """Return the diaries of a run.

    Returns
    -------
    dict
        Keys ``unseen`` (what that word means), ``both`` (what happens alike under both, at first), ``until`` (to when
        that is, in words) and ``years`` (of what happens from then on: each with its ``title``, its life in ``brief``
        and the ``diaries`` of that year, a table for each framework). A row of a diary is a day and a text.
    """
    diaries = diaries_of(run)
    return {
        "unseen": UNSEEN,
        "both": _diary(ALIKE, diaries.alike),
        "until": day_words(diaries.until),
        "years": [
            {
                "title": year.title,
                "brief": _briefs(year, run.titles),
                "diaries": [_diary(f"Under {named(run.titles[name])}", lines) for name, lines in year.lines.items()],
            }
            for year in diaries.years
        ],
    }


def _briefs(year: Year, titles: Mapping[str, str]) -> list[Table]:
    """Return a year in brief: once where it is the same under both frameworks."""
    briefs = [
        {"under": f"Under {named(titles[name])}", "lines": _brief(lines), "routine": routine_told(lines)}
        for name, lines in year.lines.items()
    ]
    said = [(brief["lines"], brief["routine"]) for brief in briefs]
    return [briefs[0] | {"under": ALIKE}] if len(said) > 1 and said[0] == said[1] else briefs


def _brief(lines: Sequence[Line]) -> list[str]:
    return [f"{line.day.day} {MONTHS[line.day.month - 1]}: {line.brief}" for line in lines if line.brief]


def routine_told(lines: Sequence[Line]) -> str:
    """Report routine in one line: how many inspections changed nothing, and how much else of no consequence."""
    counts = Counter(line.routine for line in lines if line.routine)
    if not counts:
        return ""
    return f"Routine: {joined([counted(count, name) for name, count in counts.items()])}."


def _diary(caption: str, lines: Sequence[Line]) -> Table:
    return {"caption": caption, "head": list(HEAD), "rows": [[day_kept_whole(line.day), line.text] for line in lines]}


def picked_told(who: str, picked: Pick, lives: Sequence[Life]) -> str:
    """Report how the provider was picked, where a rule did."""
    rules: Mapping[str, str] = {str(rule): words for rule, words in RULES.items()}
    if who not in rules:
        return ""
    among = counted(picked.among, "provider")
    first, second = map(days_unfound, lives)
    if not picked.stands_out or (who == "late" and first == 0) or (who == "apart" and first == second):
        return f"By the chosen rule, none of {among} of its type stands out; this is the first."
    return f"It was picked because, {rules[who]} ({among} of the type)."


def usual_told(picked: Pick, life: Life, title: str, scenario: "Scenario") -> list[str]:
    """Report how usual a life is: how often providers of its type turn poor, and the published figures behind that."""
    usual, who = picked.usual, SERVICE_TITLES[life.service_type]
    counted_over = f"counted over all {usual.providers:,} of them in this simulation, under {named(title)}"
    return [
        f"{_of_hundred(usual.turned)} {who} turn poor in a year in this model, {counted_over}.",
        *_spells_told(picked, life),
        _behind(life.service_type, scenario.evidence),
    ]


def _spells_told(picked: Pick, life: Life) -> list[str]:
    usual = picked.usual
    if not usual.spells:
        return []
    begun = [spell for spell in spells(life) if spell.began >= life.measured_from]
    missed = sum(spell.found == NEVER and spell.ended < NEVER for spell in begun)
    here = f": this one did so {times(missed)}" if missed else ""
    share_missed = number(100 * usual.never_found)
    never = f"Of 100 that turn poor, {share_missed} get better or close before anybody finds out{here}."
    longest = max((spell.days_unfound for spell in begun if spell.found < NEVER), default=0)
    share = usual.share_as_late(longest)
    if not longest or math.isnan(share):
        return [never]
    taken = f"The longest time until this one was found is {counted(longest, 'day')}."
    return [never, f"{taken} Of 100 that are found, {number(100 * share)} take as long or longer."]


def _of_hundred(share: float) -> str:
    count = 100 * share
    return f"{number(count, 0 if count >= 1 or not count else 1)} of 100"


def _behind(service_type: str, evidence: Mapping[str, Evidence]) -> str:
    """Name the published figures behind how often providers turn poor; say so where there is none."""
    sources = list(dict.fromkeys(entry.source for key in _RATES if (entry := evidence[key]).mark in _PUBLISHED))
    shares = evidence[covering(evidence, f"quality.start_shares.{service_type}.poor") or _RATES[0]]
    text = "No document publishes that figure."
    if sources:
        text += f" It follows from how often grades change, {MARKS[evidence[_RATES[0]].mark]}: {'; '.join(sources)}."
    return f"{text} The share that is poor at the start: {MARKS[shares.mark]}; {shares.source}."
