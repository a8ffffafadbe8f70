"""Titles of charts that state the finding, computed from the data.

A difference whose 95% interval, paired by replication, includes 0 is never reported as one.
"""

from collections.abc import Callable, Sequence
from typing import Final

from simulator.questions.compare.sentences import INSPECTIONS, UNFOUND
from simulator.words.estimates import (
    EVERYONE,
    Estimate,
    Estimated,
    Estimates,
    Subject,
    asked_about,
    others,
    same_as,
    subject_of,
)
from simulator.words.rounded import short
from simulator.words.wording import capital, figure, joined, named, percent, verb

_WITHIN: Final = {365: "a year", 180: "180 days", 90: "90 days"}
"""Spans of time for the title on detection, the most telling first."""
MOST_NAMED: Final = 3
"""Frameworks that one title names next to the baseline; of more, only those asked about first."""


def compare_headline(compared: Estimated) -> str:
    """Report what the options asked about save or cost, and whom they leave unfound."""
    estimates, subject = Estimates(compared), subject_of(compared)
    base, what = compared.titles[compared.baseline], f"inspections of {subject.providers}"
    level, unfound = (estimates.level(compared.baseline, subject, measure) for measure in (INSPECTIONS, UNFOUND))
    if not others(compared):
        return capital(
            f"{named(base)} {verb(base, 'makes')} {figure(level.mean)} {what} a year "
            f"and {verb(base, 'leaves')} {figure(unfound.mean)} poor and unfound at any time"
        )
    told: list[str] = []
    asked = asked_about(compared)
    for place, name in enumerate(asked):
        if same := no_difference_told(compared, name, [compared.baseline, *asked[:place]]):
            told.append(same)
            continue
        made, left = (estimates.difference(name, subject, measure) for measure in (INSPECTIONS, UNFOUND))
        size = figure(made.magnitude().mean) if level.mean == 0 else percent(made.magnitude().mean / level.mean)
        title, than = compared.titles[name], "than" if _is_told(made) else "as"
        of_what = "" if told else f" {what} {than} {named(base)}, "
        told.append(
            f"{named(title)} {verb(title, 'makes')} {_so_many(made, size)}{of_what or ' '}and {verb(title, 'leaves')} "
            f"{_so_many(left, figure(left.magnitude().mean))}{'' if told else ' poor and unfound'}"
        )
    return capital("; ".join(told))


def no_difference_told(compared: Estimated, name: str, before: Sequence[str]) -> str:
    """Report that a framework does the same as one of those told `before` it; nothing if it does not."""
    same = same_as(compared, name, before)
    title = compared.titles[name]
    return f"{named(title)} {verb(title, 'differs')} in nothing from {named(compared.titles[same])}" if same else ""


def _so_many(difference: Estimate, size: str) -> str:
    """Report a difference of the `size` given, where it is one."""
    if not _is_told(difference):
        return "about as many"
    return f"{size} {'more' if difference.mean > 0 else 'fewer'}"


def inspections_headline(compared: Estimated) -> str:
    """Report how much more or less is inspected than under the baseline, of all providers."""
    estimates, measure = Estimates(compared), INSPECTIONS
    level = estimates.level(compared.baseline, EVERYONE, measure)
    base = compared.titles[compared.baseline]
    if not others(compared) or not level.mean > 0:
        return capital(f"{named(base)} {verb(base, 'makes')} {figure(level.mean)} inspections a year")

    def size(name: str) -> str:
        return percent(estimates.difference(name, EVERYONE, measure).magnitude().mean / level.mean)

    told = _differing(compared, EVERYONE, measure, size)
    return capital(f"inspections a year against {named(base)}: {told}")


def visits_headline(compared: Estimated) -> str:
    """Report how often a provider of the subject last judged good or better is visited under each framework."""
    estimates, subject = Estimates(compared), subject_of(compared)
    shown = [compared.baseline, *named_in_title(compared)]
    levels = {name: estimates.level(name, subject, "visits_rated_good") for name in shown}
    told = [
        f"{short(level.mean)} under {named(compared.titles[name])}" for name, level in levels.items() if level.defined
    ]
    return capital(f"visits a year to a {subject.short[:-1]} last judged good or better: {joined(told)}")


def unfound_headline(compared: Estimated) -> str:
    """Report the number poor and unfound under the baseline, and the differences of the other frameworks."""
    estimates, subject, measure = Estimates(compared), subject_of(compared), UNFOUND
    base = compared.titles[compared.baseline]
    level = estimates.level(compared.baseline, subject, measure)
    start = (
        f"at any time {named(base)} {verb(base, 'leaves')} {figure(level.mean)} {subject.providers} poor and unfound"
    )
    return capital(_continued(start, _differing_in_number(compared, subject, measure)))


def detection_headline(compared: Estimated) -> str:
    """Report the share of the subject found within a year of becoming poor, under every framework."""
    estimates, subject = Estimates(compared), subject_of(compared)
    base = compared.titles[compared.baseline]
    for days, span in _WITHIN.items():
        measure = f"detected_within_{days}_days"
        level = estimates.level(compared.baseline, subject, measure)
        if level.defined:
            start = f"within {span} {named(base)} {verb(base, 'finds')} {percent(level.mean)} of {poor(subject)}"
            return capital(_continued(start, _found_elsewhere(compared, subject, measure)))
    return f"How soon {poor(subject)} are found"


def backlog_headline(compared: Estimated) -> str:
    """Report the number of inspections waiting under the baseline, and the differences of the other frameworks."""
    measure = "backlog_mean"
    level = Estimates(compared).level(compared.baseline, EVERYONE, measure)
    base = named(compared.titles[compared.baseline])
    start = f"on average {figure(level.mean)} inspections wait under {base}"
    return capital(_continued(start, _differing_in_number(compared, EVERYONE, measure)))


def assessment_headline(compared: Estimated) -> str:
    """Report how often the yearly assessment ranks a poor provider above another, by framework."""
    estimates, subject = Estimates(compared), subject_of(compared)
    areas = {name: estimates.level(name, subject, "assessment_auc") for name in compared.titles}
    told = [f"{named(compared.titles[name])} {area.mean:.2f}" for name, area in areas.items() if area.defined]
    return capital(f"chance that an assessment ranks a poor provider above another: {joined(told)}")


def poor(subject: Subject) -> str:
    """Name those of a subject that have become poor."""
    return f"{subject.providers.removeprefix('all ')} that become poor"


def _continued(start: str, told: str) -> str:
    """Add to a sentence the part on the other frameworks, if there are any."""
    return f"{start}; {told}" if told else start


def _differing_in_number(compared: Estimated, subject: Subject, measure: str) -> str:
    """Report clear differences in the unit of the measure."""
    estimates = Estimates(compared)
    return _differing(
        compared, subject, measure, lambda name: figure(estimates.difference(name, subject, measure).magnitude().mean)
    )


def _differing(compared: Estimated, subject: Subject, measure: str, size: Callable[[str], str]) -> str:
    """Report who has clearly more, who has clearly fewer (by the `size` given), and who about as many."""
    ways = _sorted_out(compared, subject, measure)
    told = []
    for way in ("fewer", "more"):
        sizes = [f"{named(compared.titles[name])} {size(name)}" for name in ways[way]]
        if sizes:
            told.append(f"{joined(sizes)} {way}")
    return _put_together(compared, told, ways["alike"], "as many")


def _found_elsewhere(compared: Estimated, subject: Subject, measure: str) -> str:
    """Report the share that the others find, where it clearly differs and the figures written show it."""
    ways = _sorted_out(compared, subject, measure)
    estimates = Estimates(compared)
    shares = {name: percent(estimates.level(name, subject, measure).mean) for name in compared.titles}
    unseen = [name for name in ways["fewer"] + ways["more"] if shares[name] == shares[compared.baseline]]
    alike = [name for name in named_in_title(compared) if name in ways["alike"] + unseen]
    told = [
        f"{named(compared.titles[name])} {shares[name]}"
        for name in named_in_title(compared)
        if name in ways["fewer"] + ways["more"] and name not in unseen
    ]
    return _put_together(compared, [joined(told)] if told else [], alike, "the same")


def named_in_title(compared: Estimated) -> list[str]:
    """Name the frameworks that a title has room for next to the baseline: all, or those asked about first."""
    return others(compared) if len(others(compared)) <= MOST_NAMED else asked_about(compared)


def _put_together(compared: Estimated, told: list[str], alike: list[str], what: str) -> str:
    """Join the parts on the frameworks that differ and on those with about the same, `what` they have."""
    rest = [f"{joined([named(compared.titles[name]) for name in alike])} about {what}"] if alike else []
    return "; ".join([*told, *rest])


def _sorted_out(compared: Estimated, subject: Subject, measure: str) -> dict[str, list[str]]:
    """Sort the frameworks that a title names into those with clearly ``fewer``, clearly ``more``, and ``alike``."""
    estimates = Estimates(compared)
    differences = {name: estimates.difference(name, subject, measure) for name in named_in_title(compared)}
    told = {name: difference.mean for name, difference in differences.items() if _is_told(difference)}
    fewer = [name for name, mean in told.items() if mean < 0]
    more = [name for name, mean in told.items() if mean > 0]
    return {"fewer": fewer, "more": more, "alike": [name for name in differences if name not in told]}


def _is_told(difference: Estimate) -> bool:
    """Return whether a difference may be reported as one: it is clear, or there is only one replication."""
    return difference.clear or (difference.defined and not difference.has_interval and difference.mean != 0)
