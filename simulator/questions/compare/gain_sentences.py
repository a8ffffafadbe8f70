"""The share of the possible gain that each framework realises, in sentences."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from simulator.questions.compare.gains import SCALES
from simulator.questions.compare.sentences import UNFOUND
from simulator.words.estimates import Estimate, Estimated, Subject, subject_of
from simulator.words.wording import bracketed, capital, joined, mean_and_range, named, verb

if TYPE_CHECKING:
    import pandas as pd

_WHOLE: Final = 100.0
_CLAIRVOYANT: Final = SCALES[0].upper
"""Has no sentence: what the truth gains beyond the best use of what is known is no property of a framework."""


def gain_sentences(compared: Estimated, gains: "pd.DataFrame") -> list[str]:
    """Write a sentence for each framework, and one on what is measured; none where no two yardsticks are compared.

    Parameters
    ----------
    compared
        What came out of a comparison.
    gains
        As `simulator.questions.compare.gains.RunningGains` returns them.
    """
    return sentences_on_gains(subject_of(compared), compared.titles, gains)


def sentences_on_gains(subject: Subject, titles: Mapping[str, str], gains: "pd.DataFrame") -> list[str]:
    """Write the same of some providers; the middle and the ends of the shares are the columns share, low, high."""
    rows = gains[(gains["service_type"] == subject.service_type) & (gains["measure"] == UNFOUND)]
    told = []
    for name in dict.fromkeys(rows["framework"]):
        if name == _CLAIRVOYANT:
            continue
        title = titles[name]
        mine = rows[rows["framework"] == name].to_dict("records")
        told.append(f"{capital(named(title))} {joined([said(row, title, titles) for row in mine])}.")
    return [*told, _measured(subject)] if told else []


def said(row: Mapping[str, object], title: str, titles: Mapping[str, str]) -> str:
    """Report the share on one scale, or why there is none."""
    lower, upper = (named(titles[str(row[name])]) for name in ("lower", "upper"))
    share = Estimate(*(_WHOLE * float(str(row[name])) for name in ("share", "low", "high")))
    if not share.defined:
        return (
            f"{verb(title, 'has')} no defined share of the gain from {lower} to {upper}, because the latter is not "
            "clearly better than the former"
        )
    mean, interval = mean_and_range(share)
    return f"{verb(title, 'achieves')} {mean}%{bracketed(interval)} of the possible gain from {lower} to {upper}"


def _measured(subject: Subject) -> str:
    return (
        f"Gains are measured in {subject.short} poor and unfound at any time; below 0% is worse than the lower "
        "yardstick, above 100% better than the upper one."
    )
