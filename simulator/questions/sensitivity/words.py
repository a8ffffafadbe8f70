"""A sensitivity analysis in sentences: in how many worlds each framework does better, what decides it and drives it."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from simulator.measures.bands import Band
from simulator.questions.sensitivity.assumption_words import title_of_assumption, value_told
from simulator.questions.sensitivity.assumptions import Assumption
from simulator.questions.sensitivity.beyond import Beyond
from simulator.questions.sensitivity.found import CHANCE, OTHERS, Sensitivity
from simulator.statistics.sobol import Index
from simulator.statistics.splits import CLEAR, Node
from simulator.statistics.verdicts import BY_CHANCE, CONFIDENCE, VERDICTS, Share
from simulator.words.estimates import Estimate
from simulator.words.quantities import does, title_of, way
from simulator.words.wording import bracketed, capital, joined, mean_and_range, named, number

_MOST_TOLD: Final = 3
"""Assumptions that a sentence on the spread names, at most."""
_MUCH: Final = 0.25
"""Share of the spread in which the assumptions not looked at singly may have a part without a remark."""


def sensitivity_sentences(found: Sensitivity) -> list[str]:
    """Write the answer, a paragraph for each of its parts."""
    told = [answer_told(found), _decision_told(found), swing_told(found), *_variance(found), *_remarks(found)]
    return [paragraph for paragraph in told if paragraph]


def answer_told(found: Sensitivity) -> str:
    """Report the share of worlds in which each of the two does better, and what follows."""
    first, second = (found.question.titles[framework] for framework in found.frameworks)
    shares = found.standings.shares
    if shares["same"].share == 1:
        return capital(
            f"in all {shares['same'].worlds} worlds {named(first)} and {named(second)} have exactly the same result "
            f"({title_of(found.quantity)})."
        )
    better, worse = shares["better"], shares["worse"]
    told = (
        f"in {_of_worlds(better)} of the plausible worlds {does(first, found.quantity, found.sign)} than "
        f"{named(second)}; in {_of_worlds(worse)} {way(found.quantity, -found.sign)}"
    )
    if shares["undecided"].worlds:
        told += f"; the other {percent_of(shares['undecided'].share)} are undecided"
    if shares["same"].worlds:
        told += f"; in {percent_of(shares['same'].share)} there is no difference"
    return f"{capital(told)}. {_conclusion(found, first, second)}"


def _conclusion(found: Sensitivity, first: str, second: str) -> str:
    winner = found.standings.winner
    if found.standings.nothing_decided:
        return "There is no clear winner: chance alone would make one or the other look better in as many worlds."
    if winner is None:
        return "Neither does clearly better in most worlds."
    ahead = named(first if winner == "better" else second)
    return f"So the answer, {ahead}, holds in most plausible worlds."


def _of_worlds(share: Share) -> str:
    """Write a share of worlds with its interval: ``83% (75 to 89%)``."""
    return f"{percent_of(share.share)} ({_whole(share.low)} to {percent_of(share.high)})"


def percent_of(share: float) -> str:
    """Write a share as a whole percentage."""
    return f"{_whole(share)}%"


def _whole(share: float) -> str:
    return number(100 * max(share, 0.0))


def _decision_told(found: Sensitivity) -> str:
    """Name the assumption that decides which framework does better, and how well it predicts that."""
    tree, accuracy, without = found.decision
    common = percent_of(without)
    if tree.feature is None:
        if max(tree.counts) == tree.size:
            return ""
        return (
            "No assumption decides it by itself: splitting the worlds by one or two of those examined singly predicts "
            f"the outcome no better than always guessing the commonest outcome, which is right for {common}."
        )
    parts = "; ".join(_leaf_told(found, leaf, where) for leaf, where in leaves(found, tree))
    deciding = [title_of_assumption(assumption.key) for assumption in _parting(found, tree)]
    lead = "The deciding assumption is" if len(deciding) == 1 else "The deciding assumptions are"
    return (
        f"{lead} {joined(deciding)}: {parts}. The split predicts {percent_of(accuracy)} of held-back worlds; "
        f"always guessing the commonest outcome would get {common}."
    )


def leaves(found: Sensitivity, tree: Node, where: tuple[str, ...] = ()) -> list[tuple[Node, str]]:
    """Return the parts into which a tree splits the worlds, with their conditions in words."""
    if tree.feature is None or tree.below is None or tree.above is None:
        return [(tree, joined(where))]
    assumption = found.singly[tree.feature]
    title, value = title_of_assumption(assumption.key), value_told(assumption, tree.threshold)
    if not assumption.alike:
        value = f"{percent_of(tree.threshold)} of the way up its range"
    return [
        *leaves(found, tree.below, (*where, f"{title} at most {value}")),
        *leaves(found, tree.above, (*where, f"{title} above {value}")),
    ]


def _leaf_told(found: Sensitivity, leaf: Node, where: str) -> str:
    first, second = (found.question.titles[framework] for framework in found.frameworks)
    share = percent_of(leaf.counts[leaf.label] / leaf.size)
    outcome = {
        "better": f"{named(first)} does better in {share}",
        "worse": f"{named(second)} does better in {share}",
        "undecided": f"{share} are undecided",
        "same": f"{share} have no difference",
    }[VERDICTS[leaf.label]]
    return f"with {where} ({percent_of(leaf.size / found.decision.tree.size)} of worlds), {outcome}"


def _parting(found: Sensitivity, tree: Node) -> list[Assumption]:
    """Return the assumptions that a tree splits by, each once."""
    if tree.feature is None or tree.below is None or tree.above is None:
        return []
    every = [found.singly[tree.feature], *_parting(found, tree.below), *_parting(found, tree.above)]
    return list({assumption.key: assumption for assumption in every}.values())


def swing_told(found: Sensitivity) -> str:
    """Name the assumption with the largest swing, and those that reverse the difference alone."""
    swings = found.swings
    widest = found.singly[0]
    if swings.width(widest) == 0:
        return "Moved one at a time, no assumption changes the difference."
    ends = [swing for swing in swings.swings if swing.assumption.key == widest.key]
    told = " and ".join(f"{difference_told(swing.difference)} at {_end_told(widest, swing.end)}" for swing in ends)
    given = difference_told(swings.given)
    turning = [swing.assumption.key for swing in swings.swings if _clear(swing.difference) * _clear(swings.given) < 0]
    turned = list(dict.fromkeys(turning))
    names = joined([title_of_assumption(key) for key in turned])
    first, second = (found.question.titles[framework] for framework in found.frameworks)
    if not _clear(swings.given):
        turns = "With all assumptions at their defaults the difference is not clear."
    elif len(turned) > 1:
        turns = f"Each of these alone, at one end of its range, reverses the difference: {names}."
    elif turned:
        turns = f"At one end of its range, {names} alone reverses the difference."
    else:
        turns = "No assumption alone clearly reverses the difference."
    return (
        f"Moved one at a time, {title_of_assumption(widest.key)} moves the difference most: by default {named(first)} "
        f"minus {named(second)} is {given} ({title_of(found.quantity)}); it is {told}. {turns}"
    )


def _end_told(assumption: Assumption, end: float) -> str:
    return f"its {value_told(assumption, end)}" if not assumption.alike else value_told(assumption, end)


def difference_told(band: Band) -> str:
    """Write a difference with its interval: ``−5 (−7 to −3)``."""
    mean, interval = mean_and_range(Estimate(float(band.mean), float(band.low), float(band.high)))
    return f"{mean}{bracketed(interval)}"


def _clear(band: Band) -> int:
    """Return the sign of a difference whose interval leaves out 0; 0 for others."""
    return int(band.low > 0) - int(band.high < 0)


def _variance(found: Sensitivity) -> list[str]:
    """Report the sources of the spread, the part that assumptions have only together, and that of random variation."""
    known = {key: shares for key, shares in found.indices.items() if np.isfinite(shares.total.value)}
    if not known:
        too_few = "The sources of the spread are unknown: too few worlds have all the runs needed."
        return [too_few] if found.left_out else []
    alone = sorted(
        (assumption.key for assumption in found.singly if assumption.key in known),
        key=lambda key: -known[key].total.value,
    )
    clear = [key for key in alone if known[key].first.low > 0][:_MOST_TOLD]
    parts = [f"{title_of_assumption(key)} {_share_told(known[key].first)}" for key in clear]
    spread = (
        f"Single assumptions account for these parts of the spread of the difference over all worlds: {joined(parts)}."
        if parts
        else "No single assumption clearly accounts for a part of the spread of the difference over all worlds."
    )
    return [spread, _interplay(found, alone), _chance(found)]


def _interplay(found: Sensitivity, alone: list[str]) -> str:
    """Describe what assumptions do only together: total less first-order indices."""
    chance = found.indices[CHANCE].total
    more = [key for key in [*alone, OTHERS] if key in found.indices and found.indices[key].beyond.low > 0]
    if not more:
        return "There is no clear interaction between assumptions."
    strongest = max(more, key=lambda key: found.indices[key].beyond.value)
    beyond = found.indices[strongest].beyond
    told = (
        f"Some assumptions interact with others, most of all {title_of_assumption(strongest)}: {_share_told(beyond)} "
        "of the spread in addition to its effect by itself"
    )
    if beyond.low > chance.high:
        return f"{told}. That is more than the part of chance, so assumptions interact with one another."
    return f"{told}. Part or all of that may be interaction with chance."


def _chance(found: Sensitivity) -> str:
    told = f"Chance plays a part in {_share_told(found.indices[CHANCE].total)} of the spread"
    others = found.indices.get(OTHERS)
    if others is None:
        return f"{told}."
    told += (
        f", and the {len(found.assumptions) - len(found.singly)} assumptions not examined singly, all together, in "
        f"{_share_told(others.total)}"
    )
    if others.total.low > _MUCH:
        return f"{told}. That is a large part: use a larger --singly to examine more of them."
    return f"{told}."


def _share_told(index: Index) -> str:
    """Write a share of variance with its interval; below 0 is random variation in the estimate, written as 0."""
    return f"{percent_of(index.value)} ({_whole(index.low)} to {percent_of(index.high)})"


def _remarks(found: Sensitivity) -> list[str]:
    told = []
    if found.cannot:
        told.append(
            f"{found.cannot} of {found.finished} worlds are left out because they cannot be run: "
            f"{beyond_told(found.beyond)}. The results cover the others."
        )
    if found.left_out > found.cannot:
        told.append(
            f"{found.left_out - found.cannot} of {found.finished} worlds are left out because a run failed or the "
            "measure is undefined."
        )
    if found.raised:
        told.append(
            f"In {found.raised} of {found.finished} worlds, falls and the recoveries from them alone would have made "
            "more grade changes than the speed allows, so the speed was raised to match."
        )
    return told


def beyond_told(ends: Sequence[Beyond]) -> str:
    """Name the ranges that reach to worlds that cannot be run, and why, as part of a sentence."""
    if not ends:
        return "the values drawn for several assumptions cannot be combined"
    return "; ".join(_beyond_told(end) for end in ends)


def _beyond_told(found: Beyond) -> str:
    title, end = title_of_assumption(found.assumption.key), "lower" if found.end == 0 else "upper"
    at = f"its {end} end, {value_told(found.assumption, found.end)}" if found.assumption.alike else f"its {end} end"
    return f"with {title} at {at}, {found.why.partition('; allowed:')[0]}"


def sensitivity_caveats(found: Sensitivity) -> list[str]:
    """Return the caveats of the sentences."""
    effort = found.effort
    many = len(found.assumptions)
    worlds = (
        f"{found.finished} worlds, in each of which {many} {'assumption' if many == 1 else 'assumptions'} vary "
        "independently within the ranges that the report lists: all values equally likely, or all orders of magnitude "
        "equally likely for factors and for ranges whose upper end is ten times the lower. This is itself an "
        "assumption: a range states how far a number may lie, not which values are more likely."
    )
    chance = (
        "Each world is run in two replications under both frameworks. A world is decided if the difference is larger "
        f"than random variation makes it in {percent_of(CONFIDENCE)} of cases. If there is no difference, chance "
        f"decides for each side in about {number(100 * BY_CHANCE, 1)}% of worlds. Intervals are 95% intervals: "
        "Wilson's for shares of worlds, by resampling for shares of the spread."
    )
    swings = (
        f"Swings move one assumption at a time, in {effort.replications} paired replications. Those examined singly "
        f"were selected by moving each of the {many} in {effort.screening} replications. An assumption that acts only "
        "together with others may be missed there, and is then among the others."
        if found.screening
        else f"Swings move one assumption at a time, in {effort.replications} paired replications."
    )
    half = CLEAR / (2 * np.sqrt(max(found.finished, 1)))
    sure = (
        f"With {found.finished} worlds, a share near a half is known to about {number(100 * half)} points either way. "
        f"Twice the precision takes four times as many worlds (--worlds {4 * effort.worlds})."
    )
    return [
        worlds,
        sure,
        chance,
        swings,
        "All numbers are simulated and depend on the assumptions listed in report.html.",
    ]
