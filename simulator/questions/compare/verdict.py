"""The verdict of a comparison: what it means for a provider that becomes poor, for a good one, and for the inspectors.

The title names what the options that were asked about do, in the order in which they were asked, and never the
framework that happens to be farthest away. Trouble takes its place: where the law is not kept or a queue still grows,
no mean is what it seems to be.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from simulator.answers.conditions import inspectors_told, unstaffed_told
from simulator.questions.compare.doubts import doubts
from simulator.questions.compare.headlines import no_difference_told
from simulator.questions.compare.layers import RULES_ALONE, WITH_PACKAGE, layer_of, layers_told, package_alone_told
from simulator.questions.compare.trouble import trouble
from simulator.questions.compare.verdict_lines import verdict_lines
from simulator.render.verdict import Verdict
from simulator.words.estimates import EVERYONE, Estimate, Estimates, Subject, first_asked, others, subject_of
from simulator.words.rounded import as_days, as_percent, short, whole
from simulator.words.wording import capital, joined, named, verb

if TYPE_CHECKING:
    from simulator.questions.compare.comparison import Comparison

_DAYS: Final = "days_unfound_mean"
_INSPECTIONS: Final = "inspections_per_year"
_WORK: Final = "inspector_days_per_year"
_UNFOUND: Final = "undetected_poor_provider_years"
_BY_LAYER: Final = {RULES_ALONE: "by the rules alone", WITH_PACKAGE: "with the package"}
_UNCLEAR: Final = "no clear difference from"
_LEAST_DAYS: Final = 0.5
"""A smaller difference rounds to no day."""
_LEAST_SHARE: Final = 0.005
"""A smaller difference rounds to no per cent."""
_LEAST_PROVIDERS: Final = 0.5
"""A smaller difference rounds to no provider."""


def verdict_of(compared: "Comparison") -> Verdict:
    """Return the verdict of a comparison."""
    layers = {framework.name: layer_of(framework) for framework in compared.question.frameworks}
    law, promises = trouble(compared)
    title, *more = (*law, _title(compared, layers))
    found, troubles = more[-1:], more[:-1]
    options = tuple(_option_told(compared, name, layers) for name in others(compared))
    fair_pair = package_alone_told(compared.question.frameworks, compared.baseline)
    return Verdict(
        title=title,
        trouble=(*unstaffed_told(compared.question), *troubles, *promises),
        layers=tuple(layers.values()),
        columns=tuple(_heads(compared)),
        lines=tuple(verdict_lines(compared)),
        told=(
            *inspectors_told(compared.scenario),
            *found,
            *options,
            *layers_told(compared.question.frameworks),
            *fair_pair,
        ),
        repeats=(*options, *fair_pair),
        doubts=tuple(doubts(compared)),
    )


def _heads(compared: "Comparison") -> Iterator[str]:
    """Name the columns; the baseline is the present where it is what was in force before the start."""
    for name, title in compared.titles.items():
        yield f"Now ({title})" if name == compared.baseline and _is_now(compared) else title


def _is_now(compared: "Comparison") -> bool:
    """Return whether the baseline is how things stood: the framework in force before, with the inspectors of then."""
    warm_up = compared.question.warm_up
    return warm_up is not None and warm_up.name == compared.baseline and not inspectors_told(compared.scenario)


def _before(compared: "Comparison") -> str:
    """Name the baseline behind ``than``."""
    return "now" if _is_now(compared) else f"under {named(compared.titles[compared.baseline])}"


def _title(compared: "Comparison", layers: dict[str, str]) -> str:
    """Report what the options asked about do: the first ones of the baseline's layer."""
    subject, estimates = subject_of(compared), Estimates(compared)
    asked = first_asked(others(compared), [name for name in layers if layers[name] == layers[compared.baseline]])
    level, one = estimates.level(compared.baseline, subject, _DAYS), subject.short[:-1]
    if not asked or not level.defined:
        return _alone(compared, subject)
    told = []
    for place, name in enumerate(asked):
        if same := no_difference_told(compared, name, [compared.baseline, *asked[:place]]):
            told.append(same)
            continue
        title = compared.titles[name]
        days = _longer(estimates.difference(name, subject, _DAYS), estimates.level(name, subject, _DAYS), level)
        told.append(
            f"{named(title)} {_inspections(compared, name, subject)} and {verb(title, 'leaves')} a {one} that becomes "
            f"poor unfound {days}"
        )
    layer = layers[asked[0]]
    return f"{capital(_BY_LAYER[layer])}, {'; '.join(told)}."


def _alone(compared: "Comparison", subject: Subject) -> str:
    """Report how things stand under the baseline, where nothing can be set beside it."""
    estimates = Estimates(compared)
    days, unfound = (estimates.level(compared.baseline, subject, measure) for measure in (_DAYS, _UNFOUND))
    told = [f"{short(unfound.mean)} {subject.short} are poor and unfound at any time"]
    if days.defined:
        told.insert(0, f"a {subject.short[:-1]} that becomes poor goes unfound for {as_days(days.mean)} on average")
    return f"Under {named(compared.titles[compared.baseline])} {joined(told)}."


def _inspections(compared: "Comparison", name: str, subject: Subject) -> str:
    """Report how many more inspections of its subject a framework makes than the baseline."""
    estimates, title = Estimates(compared), compared.titles[name]
    level = estimates.level(compared.baseline, subject, _INSPECTIONS)
    difference = estimates.difference(name, subject, _INSPECTIONS)
    what, makes = f"inspections of {subject.short}", verb(title, "makes")
    if level.mean == 0 or not _can_be_seen(difference, _LEAST_SHARE * level.mean):
        return f"{makes} about as many {what} as {_before(compared)}"
    if not difference.clear:
        made = estimates.level(name, subject, _INSPECTIONS).mean
        return f"{makes} {short(made)} {what} a year ({_UNCLEAR} {short(level.mean)})"
    more, size = "more" if difference.mean > 0 else "fewer", as_percent(abs(difference.mean) / level.mean)
    return f"{makes} {size} {more} {what} than {_before(compared)}"


def _longer(difference: Estimate, level: Estimate, before: Estimate) -> str:
    """Report how much longer somebody goes unfound."""
    size = round(level.mean) - round(before.mean)
    if not _can_be_seen(difference, _LEAST_DAYS) or size == 0:
        return f"for about as long ({as_days(level.mean)})"
    if not difference.clear:
        return f"for {as_days(level.mean)} ({_UNCLEAR} {whole(before.mean)})"
    return (
        f"for {as_days(abs(size))} {'longer' if size > 0 else 'less'} ({whole(level.mean)}, not {whole(before.mean)})"
    )


def _can_be_seen(difference: Estimate, least: float) -> bool:
    """Return whether a difference is large enough to be seen where numbers are rounded."""
    return difference.defined and abs(difference.mean) >= least


def _option_told(compared: "Comparison", name: str, layers: dict[str, str]) -> str:
    """Report one option in a sentence: work for all inspectors, and who is left unfound."""
    subject, estimates = subject_of(compared), Estimates(compared)
    layer = f"{layers[name][:1].lower()}{layers[name][1:]}"
    names = others(compared)
    if same := no_difference_told(compared, name, [compared.baseline, *names[: names.index(name)]]):
        return f"{capital(same)} ({layer})."
    levels = (estimates.level(framework, subject, _DAYS) for framework in (name, compared.baseline))
    told = joined([_work(compared, name), _unfound(compared, name)])
    if (difference := estimates.difference(name, subject, _DAYS)).defined:
        days = f"a {subject.short[:-1]} that becomes poor goes unfound {_longer(difference, *levels)}"
        told = f"{_work(compared, name)}; {days}; {_unfound(compared, name)}"
    return f"{capital(named(compared.titles[name]))} ({layer}): {told}."


def _work(compared: "Comparison", name: str) -> str:
    estimates = Estimates(compared)
    difference, base = (
        estimates.difference(name, EVERYONE, _WORK),
        estimates.level(compared.baseline, EVERYONE, _WORK).mean,
    )
    if not base > 0 or not _can_be_seen(difference, _LEAST_SHARE * base):
        return f"about as many inspector-days as {_before(compared)}"
    if not difference.clear:
        return f"{short(base + difference.mean)} inspector-days a year ({_UNCLEAR} {short(base)})"
    more, size = "more" if difference.mean > 0 else "fewer", as_percent(abs(difference.mean) / base)
    return f"{size} {more} inspector-days than {_before(compared)}"


def _unfound(compared: "Comparison", name: str) -> str:
    estimates, subject = Estimates(compared), subject_of(compared)
    difference, level = estimates.difference(name, subject, _UNFOUND), estimates.level(name, subject, _UNFOUND)
    before = estimates.level(compared.baseline, subject, _UNFOUND)
    size = round(level.mean) - round(before.mean) if level.defined and before.defined else 0
    if not _can_be_seen(difference, _LEAST_PROVIDERS) or size == 0:
        return f"about as many {subject.short} poor and unfound at any time ({short(level.mean)})"
    if not difference.clear:
        return f"{whole(level.mean)} {subject.short} poor and unfound at any time ({_UNCLEAR} {whole(before.mean)})"
    more, many = "more" if size > 0 else "fewer", subject.short[:-1] if abs(size) == 1 else subject.short
    return f"{abs(size)} {more} {many} poor and unfound at any time ({whole(level.mean)}, not {whole(before.mean)})"
