"""The answer in plain sentences: one for each framework, and the caveats.

Where statutory duties are not kept, that comes first: no other figure means what it seems to mean then.

How long a poor provider goes unfound is reported in two figures, since neither is enough by itself:

- ``days_unfound_mean``, days from becoming poor until found, better or closed, two years at most. It is what a reader
  means by "unfound for so long", and it covers everybody. The mean among those found would not do: a framework under
  which the hard cases recover or close before anybody comes looks quicker by it than it is.
- ``undetected_poor_provider_years``, which is also the number of providers that are poor and unfound at any time: how
  long each stays unfound, and how many become poor.

A difference is reported as one only if its 95% interval, paired by replication, leaves out 0.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import REASONS
from simulator.questions.compare.course import when_compared
from simulator.words.estimates import EVERYONE, Estimate, Estimated, Estimates, Subject, others, subject_of
from simulator.words.wording import (
    bracketed,
    capital,
    figure,
    joined,
    mean_and_range,
    named,
    number,
    percent,
    verb,
)

INSPECTIONS: Final = "inspections_per_year"
DAYS: Final = "days_unfound_mean"
UNFOUND: Final = "undetected_poor_provider_years"
_LAPSED: Final = "lapsed_per_year"
_ON_TIME: Final = "on_time_share"
_PAST: Final = "providers_past_duty"
_KEPT: Final = 0.97
"""Share of the duties met on time below which that comes first."""
_NOT_DONE: Final = 0.01
"""Share of the inspections above which those that lapse are reported, and share of those above which a reason is."""
_LAPSING: Final = dict(
    zip(
        REASONS,
        (
            "visits planned at discretion",
            "visits brought forward",
            "visits upon concerns",
            "first visits",
            "re-inspections",
            "random and themed visits",
            "parts of inspections of authorities",
            "monitoring visits",
            "targeted visits",
        ),
        strict=True,
    )
)
"""What inspectors have no time for, by why it was raised."""


def sentences(compared: Estimated) -> list[str]:
    """Return one sentence for each framework: the baseline first, in levels, then the others against it.

    Before them comes one on duties, where some are not kept.
    """
    estimates, subject = Estimates(compared), subject_of(compared)
    levels = {measure: estimates.level(compared.baseline, subject, measure) for measure in (INSPECTIONS, DAYS, UNFOUND)}
    baseline = compared.titles[compared.baseline]
    told = [*_duties_not_kept(compared), level_sentence(baseline, subject, levels)]
    for framework in others(compared):
        differences = {measure: estimates.difference(framework, subject, measure) for measure in levels}
        told.append(difference_sentence((compared.titles[framework], baseline), subject, levels, differences))
    return told


def _duties_not_kept(compared: Estimated) -> list[str]:
    """Name the frameworks under which the inspectors available do not meet statutory duties on time."""
    estimates = Estimates(compared)
    told = []
    for framework, title in compared.titles.items():
        on_time, past = (estimates.level(framework, EVERYONE, measure) for measure in (_ON_TIME, _PAST))
        if on_time.defined and on_time.mean < _KEPT:
            told.append(
                f"under {named(title)} {percent(on_time.mean)} of statutory inspections end on time, and "
                f"{figure(past.mean)} providers are past their date at any time"
            )
    if not told:
        return []
    return [f"With these inspectors the law is not kept: {'; '.join(told)}. The figures depend on the years chosen."]


def caveats(compared: Estimated) -> list[str]:
    """Return the caveats of the sentences."""
    told = [
        _days_caveat(subject_of(compared)),
        *_too_few_caveat(compared),
        _chance_caveat(compared),
        _assumptions_caveat(compared),
    ]
    return [_timeline_caveat(compared), *told] if compared.scenario.timeline else told


def _timeline_caveat(compared: Estimated) -> str:
    """Report that the years compared are not all the years measured."""
    return (
        "All figures cover all the years measured, under every framework of the timeline. The frameworks compared are "
        f"in force {when_compared(compared)}: only what they cause in that time and afterwards differs."
    )


def _days_caveat(subject: Subject) -> str:
    """Report whose days are counted."""
    return (
        f"Days unfound run until an inspection finds the poor {subject.short[:-1]}, or it improves or closes, up to "
        "two years. The mean covers all that become poor, found or not."
    )


def _too_few_caveat(compared: Estimated) -> list[str]:
    """Name the frameworks that have too few inspectors for all their work."""
    estimates = Estimates(compared)
    overloaded = {}
    for framework, title in compared.titles.items():
        lapsing = estimates.level(framework, EVERYONE, _LAPSED)
        made = estimates.level(framework, EVERYONE, INSPECTIONS)
        if lapsing.defined and lapsing.mean > _NOT_DONE * made.mean:
            overloaded[title] = _lapsing_told(compared.series[framework].lapsed.mean[:, EVERYONE.column])
    if not overloaded:
        return []
    told = "; ".join(f"for {lapsing} a year under {named(title)}" for title, lapsing in overloaded.items())
    return [f"Inspectors had no time {told}. With more inspectors the comparison would be different."]


def _lapsing_told(by_reason: npt.NDArray[np.float64]) -> str:
    """Name what lapses for want of inspectors, most of all first: such as ``473 random and themed visits``."""
    least = _NOT_DONE * by_reason.sum()
    many_first = np.argsort(-by_reason, kind="stable")
    told = [(by_reason[reason], _LAPSING[REASONS[reason]]) for reason in many_first]
    return joined([f"{figure(number_of)} {words}" for number_of, words in told if number_of > least])


def _chance_caveat(compared: Estimated) -> str:
    """Explain what an interval is."""
    replications = int(compared.summary["replications"].max())
    if replications == 1:
        return "One replication gives no interval: an apparent difference may be random."
    return (
        f"Ranges in brackets are 95% intervals over {replications} replications. They show random variation in the "
        "simulation, not how wrong its assumptions may be."
    )


def _assumptions_caveat(compared: Estimated) -> str:
    """Report that other assumptions may turn the order round."""
    all_simulated = "All numbers are simulated and depend on the assumptions listed in report.html."
    titles = [named(title) for title in compared.titles.values()]
    if len(titles) == 1:
        return all_simulated
    return (
        f"{all_simulated} Which of {joined(_contenders(titles))} does better depends on them: "
        "vary them before relying on the order."
    )


def _contenders(titles: Sequence[str]) -> Sequence[str]:
    """Pick option A and option B, the choice that was to be made, where both are there; else all."""
    options = [title for title in titles if title.startswith("option ")]
    return options if len(options) > 1 else titles


def level_sentence(title: str, subject: Subject, levels: dict[str, Estimate]) -> str:
    """Report how things stand under the baseline."""
    if levels[INSPECTIONS].mean == 0:
        inspections = f"{verb(title, 'makes')} no inspections of {subject.providers}"
    else:
        mean, interval = mean_and_range(levels[INSPECTIONS])
        inspections = f"{verb(title, 'makes')} {mean} inspections of {subject.providers} a year{bracketed(interval)}"
    leaves = verb(title, "leaves")
    mean, interval = mean_and_range(levels[UNFOUND])
    unfound = f"{mean} {subject.short}{bracketed(interval)} poor and unfound at any time"
    if not levels[DAYS].defined:
        too_few = f"too few {subject.short} become poor to say for how long"
        return capital(f"{named(title)} {inspections} and {leaves} {unfound} ({too_few}).")
    mean, interval = mean_and_range(levels[DAYS])
    days = f"poor {subject.short} unfound for {mean} {'day' if mean == '1' else 'days'} on average{bracketed(interval)}"
    return capital(f"{named(title)} {inspections}, and {leaves} {days} and {unfound}.")


def difference_sentence(
    titles: tuple[str, str], subject: Subject, levels: dict[str, Estimate], differences: dict[str, Estimate]
) -> str:
    """Report the differences of a framework from the baseline; `titles` are its own and the baseline's."""
    title, baseline = titles
    inspections = _inspections_clause(title, baseline, subject, levels[INSPECTIONS], differences[INSPECTIONS])
    days = _days_clause(title, subject, differences[DAYS])
    unfound = _unfound_clause(subject, differences[UNFOUND])
    return capital(f"{named(title)} {inspections} {days}; {unfound}.")


def _inspections_clause(title: str, baseline: str, subject: Subject, level: Estimate, difference: Estimate) -> str:
    """Report the difference in inspections."""
    makes, what, those = verb(title, "makes"), f"inspections of {subject.providers}", named(baseline)
    if difference.none:
        return f"{makes} exactly as many {what} as {those}"
    if difference.has_interval and not difference.clear:
        return f"{makes} about as many {what} as {those} ({_no_clear_difference(difference)} a year)"
    size = difference.magnitude()
    if level.mean == 0:
        return f"{makes} {figure(size.mean)} {what} a year, where {those} {verb(baseline, 'makes')} none,"
    more = "more" if difference.mean > 0 else "fewer"
    return f"{makes} {percent(size.mean / level.mean)} {more} {what} than {those}"


def _days_clause(title: str, subject: Subject, difference: Estimate) -> str:
    """Report how much longer or shorter poor providers stay unfound."""
    if not difference.defined:
        return f"(how long poor {subject.short} stay unfound cannot be compared: too few become poor)"
    if difference.none:
        return f"and {verb(title, 'leaves')} poor {subject.short} unfound for exactly as long"
    if difference.has_interval and not difference.clear:
        return (
            f"and {verb(title, 'leaves')} poor {subject.short} unfound for about as long "
            f"({_no_clear_difference(difference)} days)"
        )
    mean, interval = mean_and_range(difference.magnitude())
    days = f"{mean} day" if mean == "1" else f"{mean} days"
    longer = "longer" if difference.mean > 0 else "less"
    return f"and {verb(title, 'leaves')} poor {subject.short} unfound for {days} {longer}{bracketed(interval)}"


def _unfound_clause(subject: Subject, difference: Estimate) -> str:
    """Report the difference in providers poor and unfound at any time."""
    if difference.none:
        return f"exactly as many {subject.short} are poor and unfound at any time"
    if difference.has_interval and not difference.clear:
        return f"about as many {subject.short} are poor and unfound at any time ({_no_clear_difference(difference)})"
    mean, interval = mean_and_range(difference.magnitude())
    more = "more" if difference.mean > 0 else "fewer"
    one = mean == "1"
    counted = f"{mean} {more} {subject.short[:-1] if one else subject.short}"
    return f"at any time {counted}{bracketed(interval)} {'is' if one else 'are'} poor and unfound"


def _no_clear_difference(difference: Estimate) -> str:
    """Write the interval of a difference that may as well be none."""
    _, interval = mean_and_range(difference)
    return f"no clear difference: {interval or number(0)}"
