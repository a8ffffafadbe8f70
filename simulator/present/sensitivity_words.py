"""A sensitivity analysis in sentences: in how many worlds who does better, what decides it, and what drives it."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from simulator.experiments.assumptions import Assumption
from simulator.experiments.beyond import Beyond
from simulator.experiments.sensitivity import CHANCE, OTHERS, Sensitivity
from simulator.experiments.sobol import Index
from simulator.experiments.splits import CLEAR, Node
from simulator.experiments.verdicts import BY_CHANCE, CONFIDENCE, VERDICTS, Share
from simulator.measures.bands import Band
from simulator.present.assumption_titles import title_of_assumption, value_told
from simulator.present.compared import Estimate
from simulator.present.frontier_words import does, title_of, way
from simulator.present.wording import bracketed, capital, joined, mean_and_range, named, number

MOST_TOLD: Final = 3
"""Assumptions that a sentence on the spread names, at most."""
MUCH: Final = 0.25
"""Share of the spread in which the assumptions not looked at singly may have a part without a remark."""


def sensitivity_sentences(found: Sensitivity) -> list[str]:
    """Write the answer, a paragraph for each of its parts."""
    told = [answer_told(found), decision_told(found), swing_told(found), *_variance(found), *_remarks(found)]
    return [each for each in told if each]


def answer_told(found: Sensitivity) -> str:
    """Tell in what share of worlds each of the two does better, and what follows."""
    first, second = (found.question.titles[each] for each in found.frameworks)
    shares = found.standings.shares
    if shares["same"].share == 1:
        return capital(
            f"in all {shares['same'].worlds} worlds {named(first)} and {named(second)} come to exactly the same "
            f"({title_of(found.quantity)})."
        )
    better, worse = shares["better"], shares["worse"]
    told = (
        f"in {of_worlds(better)} of the plausible worlds {does(first, found.quantity, found.sign)} than "
        f"{named(second)}; in {of_worlds(worse)} {way(found.quantity, -found.sign)}"
    )
    if shares["undecided"].worlds:
        told += f"; in the other {percent_of(shares['undecided'].share)} chance leaves it undecided"
    if shares["same"].worlds:
        told += f"; in {percent_of(shares['same'].share)} there is no difference at all"
    return f"{capital(told)}. {_conclusion(found, first, second)}"


def _conclusion(found: Sensitivity, first: str, second: str) -> str:
    winner = found.standings.winner
    if found.standings.nothing_decided:
        return "No winner is decided: chance alone would make one or the other look better in as many worlds."
    if winner is None:
        return "Neither does clearly better in most worlds."
    ahead = named(first if winner == "better" else second)
    return f"So the answer, {ahead}, holds in most of them."


def of_worlds(share: Share) -> str:
    """Write a share of worlds with its interval: ``83 % (75 to 89 %)``."""
    return f"{percent_of(share.share)} ({_whole(share.low)} to {percent_of(share.high)})"


def percent_of(share: float) -> str:
    """Write a share as whole per cent."""
    return f"{_whole(share)} %"


def _whole(share: float) -> str:
    return number(100 * max(share, 0.0))


def decision_told(found: Sensitivity) -> str:
    """Tell which assumption decides in which worlds who does better, and how well it predicts that."""
    tree, accuracy, without = found.decision
    common = percent_of(without)
    if tree.feature is None:
        if max(tree.counts) == tree.size:
            return ""
        return (
            "No assumption decides it by itself: no split of the worlds by one or two of those looked at singly "
            f"predicts clearly better who does better than to take all for what most of them are, which is right for "
            f"{common}."
        )
    parts = "; ".join(_leaf_told(found, leaf, where) for leaf, where in leaves(found, tree))
    names = joined([title_of_assumption(each.key) for each in _parting(found, tree)])
    return (
        f"What decides is {names}: {parts}. Of worlds held back when the split was made it predicts "
        f"{percent_of(accuracy)} rightly; to take all for what most of them are is right for {common}."
    )


def leaves(found: Sensitivity, tree: Node, where: tuple[str, ...] = ()) -> list[tuple[Node, str]]:
    """Give the parts that a tree makes of the worlds, each with what holds there, in words."""
    if tree.feature is None or tree.below is None or tree.above is None:
        return [(tree, joined(where))]
    assumption = found.singly[tree.feature]
    title, value = title_of_assumption(assumption.key), value_told(assumption, tree.threshold)
    if not assumption.alike:
        value = f"{percent_of(tree.threshold)} up its range"
    return [
        *leaves(found, tree.below, (*where, f"{title} at most {value}")),
        *leaves(found, tree.above, (*where, f"{title} above {value}")),
    ]


def _leaf_told(found: Sensitivity, leaf: Node, where: str) -> str:
    first, second = (found.question.titles[each] for each in found.frameworks)
    share = percent_of(leaf.counts[leaf.label] / leaf.size)
    outcome = {
        "better": f"{named(first)} does better in {share}",
        "worse": f"{named(second)} does better in {share}",
        "undecided": f"{share} are undecided",
        "same": f"{share} are without any difference",
    }[VERDICTS[leaf.label]]
    return f"with {where} ({percent_of(leaf.size / found.decision.tree.size)} of worlds), {outcome}"


def _parting(found: Sensitivity, tree: Node) -> list[Assumption]:
    """Give the assumptions that a tree splits by, each once."""
    if tree.feature is None or tree.below is None or tree.above is None:
        return []
    every = [found.singly[tree.feature], *_parting(found, tree.below), *_parting(found, tree.above)]
    return list({each.key: each for each in every}.values())


def swing_told(found: Sensitivity) -> str:
    """Tell what swings furthest, one at a time, and whether one assumption alone turns the answer."""
    swings = found.swings
    widest = found.singly[0]
    if swings.width(widest) == 0:
        return "Moved one at a time, no assumption changes the difference at all."
    ends = [each for each in swings.swings if each.assumption.key == widest.key]
    told = " and ".join(f"{difference_told(each.difference)} at {_end_told(widest, each.end)}" for each in ends)
    given = difference_told(swings.given)
    turning = [each.assumption.key for each in swings.swings if _clear(each.difference) * _clear(swings.given) < 0]
    turned = list(dict.fromkeys(turning))
    names = joined([title_of_assumption(key) for key in turned])
    first, second = (found.question.titles[each] for each in found.frameworks)
    if not _clear(swings.given):
        turns = "With all as given the difference is not clear from chance."
    elif len(turned) > 1:
        turns = f"Each by itself, at one end of its range, these turn the difference round: {names}."
    elif turned:
        turns = f"At one end of its range, {names} alone turns the difference round."
    else:
        turns = "No assumption alone turns the difference clearly round."
    return (
        f"Moved one at a time, {title_of_assumption(widest.key)} swings the difference furthest: with all as given "
        f"{named(first)} less {named(second)} is {given} ({title_of(found.quantity)}); it is {told}. {turns}"
    )


def _end_told(assumption: Assumption, end: float) -> str:
    return f"its {value_told(assumption, end)}" if not assumption.alike else value_told(assumption, end)


def difference_told(band: Band) -> str:
    """Write a difference with its interval: ``−5 (−7 to −3)``."""
    mean, interval = mean_and_range(Estimate(float(band.mean), float(band.low), float(band.high)))
    return f"{mean}{bracketed(interval)}"


def _clear(band: Band) -> int:
    """Give the sign of a difference whose interval leaves out 0; 0 for others."""
    return int(band.low > 0) - int(band.high < 0)


def _variance(found: Sensitivity) -> list[str]:
    """Tell where the spread comes from, how much of it assumptions have only together, and what part chance has."""
    known = {key: each for key, each in found.indices.items() if np.isfinite(each.total.value)}
    if not known:
        too_few = "What the spread comes from cannot be told: of too few worlds all that it takes is there."
        return [too_few] if found.left_out else []
    alone = sorted((each.key for each in found.singly if each.key in known), key=lambda key: -known[key].total.value)
    clear = [key for key in alone if known[key].first.low > 0][:MOST_TOLD]
    parts = [f"{title_of_assumption(key)} {share_told(known[key].first)}" for key in clear]
    spread = (
        f"Of the spread of the difference over all worlds, so much comes from single assumptions: {joined(parts)}."
        if parts
        else "No assumption by itself clearly makes up a part of the spread of the difference over all worlds."
    )
    return [spread, _interplay(found, alone), _chance(found)]


def _interplay(found: Sensitivity, alone: list[str]) -> str:
    """Tell in words what assumptions do only together: total less first-order indices."""
    chance = found.indices[CHANCE].total
    more = [key for key in [*alone, OTHERS] if key in found.indices and found.indices[key].beyond.low > 0]
    if not more:
        return "That assumptions do more together than each by itself is not clear for any of them."
    strongest = max(more, key=lambda key: found.indices[key].beyond.value)
    beyond = found.indices[strongest].beyond
    told = (
        f"Together with others some do more than by themselves, most of all {title_of_assumption(strongest)}: "
        f"{share_told(beyond)} of the spread on top of what it does by itself"
    )
    if beyond.low > chance.high:
        return f"{told}; that is more than chance has a part in, so assumptions work on one another."
    return f"{told}; part or all of that may be their working together with chance."


def _chance(found: Sensitivity) -> str:
    told = f"Chance has a part in {share_told(found.indices[CHANCE].total)} of the spread"
    others = found.indices.get(OTHERS)
    if others is None:
        return f"{told}."
    told += (
        f", and the {len(found.assumptions) - len(found.singly)} assumptions not looked at singly, all together, in "
        f"{share_told(others.total)}"
    )
    if others.total.low > MUCH:
        return f"{told}: that is much, and a larger --singly would look at more of them."
    return f"{told}."


def share_told(index: Index) -> str:
    """Write a share of variance with its interval; below 0 is chance in the estimate, and 0."""
    return f"{percent_of(index.value)} ({_whole(index.low)} to {percent_of(index.high)})"


def _remarks(found: Sensitivity) -> list[str]:
    told = []
    if found.cannot:
        told.append(
            f"{found.cannot} of {found.finished} worlds are left out because they cannot be run: "
            f"{beyond_told(found.beyond)}. What is told is of the others."
        )
    if found.left_out > found.cannot:
        told.append(
            f"{found.left_out - found.cannot} of {found.finished} worlds are left out: a run failed in them, or the "
            "measure is not defined there."
        )
    if found.raised:
        told.append(
            f"In {found.raised} of {found.finished} worlds falls and the recoveries from them alone would have made "
            "more grade changes than the speed says: the speed was raised to what they make."
        )
    return told


def beyond_told(ends: Sequence[Beyond]) -> str:
    """Say which ranges reach to where nothing can be run, and why not; to be put into a sentence."""
    if not ends:
        return "what is drawn for several assumptions does not go together there"
    return "; ".join(_beyond_told(each) for each in ends)


def _beyond_told(found: Beyond) -> str:
    title, end = title_of_assumption(found.assumption.key), "lower" if found.end == 0 else "upper"
    at = f"its {end} end, {value_told(found.assumption, found.end)}" if found.assumption.alike else f"its {end} end"
    return f"with {title} at {at}, {found.why.partition('; allowed:')[0]}"


def sensitivity_caveats(found: Sensitivity) -> list[str]:
    """Say what the sentences rest on."""
    effort = found.effort
    many = len(found.assumptions)
    worlds = (
        f"{found.finished} worlds, in each of which {many} {'assumption' if many == 1 else 'assumptions'} lie anywhere "
        "within the ranges that the report lists, independently of one another: all values alike, or all orders of "
        "magnitude alike for factors and for ranges whose upper end is ten times the lower. That is an assumption "
        "itself: a range says how far a number may lie, and not which values are likelier."
    )
    chance = (
        f"Each world is run in two replications under both frameworks. It is decided where the difference is larger "
        f"than chance makes it in {percent_of(CONFIDENCE)} of cases; where there is none, chance decides for each side "
        f"in about {number(100 * BY_CHANCE, 1)} %. Intervals are of 95 %: of shares of worlds by Wilson, of shares of "
        "spread by resampling."
    )
    swings = (
        f"Swings are of one assumption at a time, in {effort.replications} replications, paired. Those looked at "
        f"singly were found by moving each of the {many} in {effort.screening} replications; what swings only "
        "together with others may be missed there, and is then among the others."
        if found.screening
        else f"Swings are of one assumption at a time, in {effort.replications} replications, paired."
    )
    half = CLEAR / (2 * np.sqrt(max(found.finished, 1)))
    sure = (
        f"With {found.finished} worlds a share of them is known to about {percent_of(half)[:-2]} points either way, "
        f"where it is near a half; twice as closely takes four times as many (--worlds {4 * effort.worlds})."
    )
    return [
        worlds,
        sure,
        chance,
        swings,
        "All numbers are simulated and rest on the assumptions that report.html lists.",
    ]
