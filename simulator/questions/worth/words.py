"""In how many worlds each option does better, which may be best, and what is worth knowing: in sentences."""

from collections.abc import Iterator
from typing import Final

from simulator.questions.explain.words import unit_of
from simulator.questions.sensitivity.beyond import beyond
from simulator.questions.sensitivity.words import beyond_told
from simulator.questions.worth.found import OF_SPREAD, Found, Measured
from simulator.running.targets import Quantity
from simulator.statistics.information import Learnt, Worth
from simulator.words.estimates import Estimate
from simulator.words.quantities import column_title, does, title_of, way
from simulator.words.rounded import as_percent, short
from simulator.words.units import scale_of
from simulator.words.wording import bracketed, capital, figure, joined, mean_and_range, named, percent, verb

_UNITS: Final = {"provider-years per year": " {providers}", "inspector-days per year": " inspector-days a year"}
"""Units to write behind an amount, by those of measures."""
_HALF: Final = 0.5
"""Share of worlds that is no majority."""


def sentences(found: Found) -> list[str]:
    """Return a paragraph for each measure, and one on what is worth knowing."""
    return [*(" ".join(_measure_told(found, one)) for one in found.measured), worth_told(found)]


def _measure_told(found: Found, measured: Measured) -> Iterator[str]:
    for name in found.options:
        yield option_told(found, measured, name)
    yield best_told(found, measured)


def headline(found: Found, measured: Measured, name: str) -> str:
    """Report in how many worlds an option has more, or less, of a measure than the baseline."""
    more, less = (measured.share(name, sign) for sign in (1, -1))
    titles = found.worlds.question.titles
    baseline = named(titles[found.worlds.question.baseline])
    if not more.worlds and not less.worlds:
        same = f"{named(titles[name])} {verb(titles[name], 'does')} the same as {baseline}"
        return f"{title_of(measured.quantity)}: {same} in all {measured.worlds} plausible worlds"
    sign, share, other = (1, more, less) if more.worlds > less.worlds else (-1, less, more)
    worlds = f"{share.worlds} of {measured.worlds} plausible worlds"
    between = f"{as_percent(share.low)} to {as_percent(share.high)}"
    beside = f", and {way(measured.quantity, -sign)} in {other.worlds}" if share.low <= _HALF and other.worlds else ""
    return f"{capital(does(titles[name], measured.quantity, sign))} than {baseline} in {worlds} ({between}){beside}"


def option_told(found: Found, measured: Measured, name: str) -> str:
    """Report in how many worlds an option does better, and how far apart the two are in them."""
    mean = estimate_told(measured.quantity, measured.difference(name))
    low, high = (signed(measured.quantity, end) for end in measured.spread(name))
    return (
        f"{headline(found, measured, name)}. The difference is {mean} on average over the worlds, and {low} to {high} "
        "in nine of ten."
    )


def best_told(found: Found, measured: Measured) -> str:
    """Report which options may be the best on average over the worlds."""
    titles = found.worlds.question.titles
    choice = measured.choice
    may = [named(titles[name]) for name in measured.names if measured.standings[name].may_be_best and name != choice]
    often = f"in {measured.best(choice).worlds} of {measured.worlds} worlds it is the best"
    head = (
        f"By {column_title(measured.quantity)[:1].lower()}{column_title(measured.quantity)[1:]}, "
        f"{named(titles[choice])} {verb(titles[choice], 'is')} best on average over the worlds; {often}"
    )
    if not may:
        return f"{head}. No other option may be better on average."
    return f"{head}. Chance does not rule out that {joined(may, 'or')} is better on average."


def worth_told(found: Found) -> str:
    """Report what it is worth to know everything, and what each source could tell."""
    return " ".join(_worth_told(found))


def _worth_told(found: Found) -> Iterator[str]:
    of, everything = found.decision.quantity, found.everything
    titles = found.worlds.question.titles
    choice = named(titles[found.decision.choice])
    if not everything.worth.value:
        yield f"Nothing is worth knowing for this choice: no option overtakes {choice} in any of these worlds."
        return
    knowing = "Knowing the true world before choosing would be worth"
    amount = f"{amount_told(of, everything.worth)}{unit_told(of)}"
    if everything.clear:
        yield f"{knowing} {amount}, beside choosing {choice}, which is best on average."
    else:
        yield f"{knowing} {amount}, beside choosing {choice}; that is no more than chance would show."
    yield from _sources_told(found)
    if found.worlds.finished < found.for_singles:
        yield (
            f"With {found.worlds.finished} worlds only groups of assumptions can be distinguished. A single one of "
            f"{len(found.worlds.assumptions)} that brings about {as_percent(OF_SPREAD)} of the spread would take about "
            f"{found.for_singles} worlds."
        )


def _sources_told(found: Found) -> Iterator[str]:
    of = found.decision.quantity
    by_worth = sorted(found.by_source.items(), key=lambda pair: -pair[1].worth.value)
    clear = [(source, learnt) for source, learnt in by_worth if learnt.clear]
    others = [learnt.worth.high for _, learnt in by_worth if not learnt.clear]
    most = f"{figure(max(others, default=0.0) * scale_of(of.of)[0])}{unit_told(of)}"
    if clear:
        told = [f"what {source.title} could tell would be worth {amount_told(of, one.worth)}" for source, one in clear]
        rest = f"; nothing else is clearly worth knowing, nor worth more than {most}" if others else ""
        yield f"Knowing {joined(told)}{unit_told(of)}{rest}."
    elif others:
        yield f"No one source is clearly worth asking: what any of them could tell is worth at most {most}."


def unit_told(of: Quantity) -> str:
    """Return the unit to write behind an amount of a measure."""
    unit = _UNITS.get(of.of.unit, unit_of(of))
    return unit.format(providers="homes" if of.service_type == "childrens_home" else "providers")


def amount_told(of: Quantity, worth: Worth) -> str:
    """Write a value of information with its interval."""
    factor = scale_of(of.of)[0]
    mean, interval = mean_and_range(Estimate(*(factor * end for end in worth)))
    return f"{mean}{bracketed(interval)}"


def estimate_told(of: Quantity, difference: Estimate) -> str:
    """Write a mean difference with its interval and unit."""
    mean = signed(of, difference.mean)
    if not difference.has_interval or difference.low == difference.high:
        return f"{mean}{unit_told(of)}"
    return f"{mean}{unit_told(of)} (95% interval {signed(of, difference.low)} to {signed(of, difference.high)})"


def signed(of: Quantity, value: float) -> str:
    """Write a difference shortly, with its sign, in the unit in which people read the measure."""
    told = short(value * scale_of(of.of)[0])
    return f"+{told}" if value > 0 and told.strip("0.,") else told


def caveats(found: Found) -> list[str]:
    """Return the basis of the sentences."""
    worlds, decision = found.worlds, found.decision
    many = len(worlds.assumptions)
    share = max((decision.chance_in_spread(name) for name in found.options), default=0.0)
    drawn = (
        f"{worlds.finished} worlds, in each of which {many} {'assumption' if many == 1 else 'assumptions'} vary "
        "independently within their ranges: all values equally likely, or all orders of magnitude. This is itself an "
        "assumption: a range states how far a number may lie, not which values are more likely."
    )
    chance = (
        f"A world counts by the mean of its {worlds.effort.replications} replications. Their chance makes up at most "
        f"{percent(min(share, 1.0))} of the variance of a difference over worlds. Intervals of shares are Wilson's."
    )
    worth = (
        "The value of information is how much better the choice would turn out, in the unit of the measure, with "
        "chance subtracted. Assumptions are grouped by who could answer them, which is our own judgement."
    )
    return [drawn, chance, worth, *_left_out(found)]


def _left_out(found: Found) -> Iterator[str]:
    worlds, decision = found.worlds, found.decision
    if worlds.cannot:
        why = beyond_told(beyond(worlds.question, worlds.assumptions))
        yield f"{worlds.cannot} of {worlds.finished} worlds are left out because they cannot be run: {why}."
    undefined = worlds.finished - decision.worlds - worlds.cannot
    if undefined > 0:
        yield (
            f"{undefined} of {worlds.finished} worlds are left out because a run failed or the measure is undefined."
        )


def learnt_told(learnt: Learnt) -> str:
    """Report whether chance would have named it."""
    return "clearly worth knowing" if learnt.clear else "not clearly"
