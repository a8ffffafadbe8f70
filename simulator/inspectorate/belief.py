"""What is known of a provider's grade: the exact posterior, by filtering the chain of true quality.

Between two pieces of news the belief moves as the grade itself does, and the longer nothing is heard the less
likely is what would have been heard (silence is news too); each piece of news multiplies it by its likelihood
under every grade. This is the forward algorithm for a Markov-modulated Poisson process with marks
(W. Fischer and K. Meier-Hellstern, *The Markov-modulated Poisson process (MMPP) cookbook*, Performance
Evaluation 18, 1993), and no assessment of the same information can tell poor from not better than it does.
"""

import math
from typing import Any, Final

import numpy as np

from simulator.compiling import compiled
from simulator.world.quality import ADEQUATE, GOOD, MISJUDGED, POOR, RAISED

GRADE_CODES: Final = 5
"""Grades 1 to 4; position 0 of every array is not used."""
CONDITIONS: Final = 11
"""Positions 1 to 4 are the grades on which no judgement acts; behind them those of which more is to be said."""
AFTER_ADEQUATE: Final = 4
"""What lies between a grade below good and the same grade while a judgement of adequate acts on it."""
AFTER_POOR: Final = 6
"""The same, of a judgement of poor."""
GOOD_RAISED: Final = 9
"""Good by the effect of a judgement."""
GOOD_MISJUDGED: Final = 10
"""Good, and judged below that a while ago."""
GRADE_OF: Final = (0, 1, 2, 3, 4, 1, 2, 1, 2, 3, 3)
"""Grade at each position."""
FOUND_AT: Final = (0, 0, 0, 0, 0, 2, 2, 1, 1, 0, 0)
"""Judgement that acts at each position, 0 for none."""
DAMPED_AT: Final = (0, 0, 0, 0, 0, 0, 0, 0, 0, RAISED, MISJUDGED)
"""Why the step to excellent is damped at each position, 0 where it is not."""
_BY_HELP: Final = (0, 2, 3, 4, 0, 6, 9, 8, 9, 4, 4)
"""Position after an improvement that only the effect of a judgement brings, or that it has damped."""
_BY_ITSELF: Final = (0, 2, 3, 4, 0, 6, 3, 8, 3, 3, 4)
"""Position after any other improvement."""
_DECLINED: Final = (0, 0, 1, 2, 3, 0, 5, 0, 7, 2, 2)
"""Position after a decline."""
_FALLEN: Final = (0, 0, 1, 1, 1, 0, 5, 0, 7, 1, 1)
"""Position after a fall to poor."""
_POOR_AT: Final = (1, 5, 7)
"""Positions at which a provider is poor."""
_STEP: Final = 8.0
"""Expected events of the fastest grade in one step of the series."""
_REST: Final = 1e-15
"""Weight at which the series is broken off."""
_MOST_TERMS: Final = 200


@compiled
def pass_time(belief: Any, heard: Any, ticks: int) -> None:
    """Move a belief along the chain for some ticks in which nothing was heard.

    Parameters
    ----------
    belief : record
        ``chance`` is the posterior by position; ``up``, ``own``, ``down`` and ``fall`` the hazards per tick there;
        ``found`` is the probability that a provider, if poor, has been so ever since an inspection found it.
    heard : ndarray of shape (5,)
        Rate per tick, by grade, of all that would have been heard, closure among it.
    ticks : int
        How long.

    Notes
    -----
    The matrix exponential of the chain without its heard events, by uniformisation (A. Jensen, *Markoff chains as
    an aid in the study of Markoff processes*, Skandinavisk Aktuarietidskrift 36, 1953): all terms are positive.
    Of those found poor the ones that have stayed so and unheard are left; news weighs them like all who are poor, so
    that `weigh` leaves ``found`` as it is.
    """
    used = _positions_used(belief)
    fastest = 0.0
    for c in range(1, used):
        fastest = max(fastest, _leaving(belief, heard, c))
    if fastest * ticks <= 0.0:
        return
    steps = math.ceil(fastest * ticks / _STEP)
    mean = fastest * ticks / steps
    term, moved, stayed = np.zeros(CONDITIONS), np.zeros(CONDITIONS), np.zeros(CONDITIONS)
    for _ in range(steps):
        weight = math.exp(-mean)
        rest = 1.0 - weight
        for c in _POOR_AT:
            if belief.found[c] > 0.0:
                stayed[c] = belief.found[c] * belief.chance[c] * math.exp(-_leaving(belief, heard, c) * ticks / steps)
        for c in range(1, used):
            term[c] = belief.chance[c]
            belief.chance[c] = weight * term[c]
        for n in range(1, _MOST_TERMS):
            if rest < _REST:
                break
            _move_once(belief, heard, fastest, term, moved)
            weight *= mean / n
            rest -= weight
            for c in range(1, used):
                term[c] = moved[c]
                belief.chance[c] += weight * term[c]
        for c in _POOR_AT:
            if belief.found[c] > 0.0:
                belief.found[c] = min(stayed[c] / belief.chance[c], 1.0) if belief.chance[c] > 0.0 else 0.0
        _normalise(belief)


@compiled
def _positions_used(belief: Any) -> int:
    """Return how many positions, from the first on, may have a chance: all, or only those on which nothing acts."""
    for c in range(GRADE_CODES, CONDITIONS):
        if belief.chance[c] > 0.0:
            return CONDITIONS
    return GRADE_CODES


@compiled
def _leaving(belief: Any, heard: Any, c: int) -> float:
    """Return the rate per tick at which a position is left, or something is heard."""
    return float(belief.up[c] + belief.down[c] + belief.fall[c] + heard[GRADE_OF[c]])


@compiled
def _move_once(belief: Any, heard: Any, fastest: float, before: Any, after: Any) -> None:
    """Move the belief `before` by one step of the chain whose every position is left at the rate `fastest`."""
    for c in range(1, CONDITIONS):
        after[c] = before[c] * (1.0 - _leaving(belief, heard, c) / fastest) if before[c] > 0.0 else 0.0
    for c in range(1, CONDITIONS):
        if before[c] > 0.0:
            share = before[c] / fastest
            after[_FALLEN[c]] += share * belief.fall[c]
            after[_DECLINED[c]] += share * belief.down[c]
            after[_BY_ITSELF[c]] += share * belief.own[c]
            after[_BY_HELP[c]] += share * (belief.up[c] - belief.own[c])


@compiled
def _normalise(belief: Any) -> None:
    """Scale the chances to add up to 1, and set the share of each grade to the sum of its own."""
    total = 0.0
    for c in range(1, CONDITIONS):
        total += belief.chance[c]
    for c in range(1, CONDITIONS):
        belief.chance[c] /= total
    share_out(belief)


@compiled
def share_out(belief: Any) -> None:
    """Set the share of each grade to the sum of the chances of its positions."""
    for grade in range(1, GRADE_CODES):
        belief.share[grade] = 0.0
    for c in range(1, CONDITIONS):
        belief.share[GRADE_OF[c]] += belief.chance[c]


@compiled
def weigh(belief: Any, likelihood: Any) -> None:
    """Weigh a belief with the likelihood of a piece of news under every grade (shape 5), by Bayes' rule.

    News that is impossible under all that is believed possible leaves the belief as it is.
    """
    total = 0.0
    for grade in range(1, GRADE_CODES):
        total += belief.share[grade] * likelihood[grade]
    if total <= 0.0:
        return
    for c in range(1, CONDITIONS):
        belief.chance[c] *= likelihood[GRADE_OF[c]] / total
    share_out(belief)


@compiled
def _shift(belief: Any, from_: int, to: int) -> None:
    """Move what is believed of one position to another."""
    moved = belief.chance[from_]
    if moved <= 0.0:
        return
    found = belief.found[to] * belief.chance[to] + belief.found[from_] * moved
    belief.chance[to] += moved
    belief.found[to] = found / belief.chance[to]
    belief.chance[from_] = 0.0
    belief.found[from_] = 0.0


@compiled
def begin_effect_of(belief: Any, judged: int) -> None:
    """Begin the effect of a judgement: of poor or adequate on who is below good, and on who is good and was misjudged.

    One of good or better ends all damping.
    """
    if judged > ADEQUATE:
        _shift(belief, GOOD_RAISED, GOOD)
        _shift(belief, GOOD_MISJUDGED, GOOD)
        return
    _shift(belief, GOOD, GOOD_MISJUDGED)
    for grade in range(POOR, GOOD):
        if judged == POOR:
            _shift(belief, grade, grade + AFTER_POOR)
            _shift(belief, grade + AFTER_ADEQUATE, grade + AFTER_POOR)
        else:
            _shift(belief, grade, grade + AFTER_ADEQUATE)


@compiled
def end_effects(belief: Any, poor_runs: bool, adequate_runs: bool) -> None:
    """End effects whose time is over: of a judgement of poor, of one of poor or adequate."""
    if not adequate_runs:
        _shift(belief, GOOD_MISJUDGED, GOOD)
    for grade in range(POOR, GOOD):
        if not poor_runs:
            _shift(belief, grade + AFTER_POOR, grade + AFTER_ADEQUATE)
        if not adequate_runs:
            _shift(belief, grade + AFTER_ADEQUATE, grade)


@compiled
def set_found(belief: Any) -> None:
    """Mark every provider that is poor as found."""
    for c in _POOR_AT:
        belief.found[c] = 1.0


@compiled
def chance_unfound(belief: Any) -> float:
    """Return the probability that a provider is poor and was not found in this episode."""
    chance = 0.0
    for c in _POOR_AT:
        chance += belief.chance[c] * (1.0 - belief.found[c])
    return chance


@compiled
def recovery_unfound(belief: Any) -> float:
    """Return the mean hazard per tick of recovering of a provider that is poor and was not found."""
    chance = chance_unfound(belief)
    if chance <= 0.0:
        return float(belief.up[POOR])
    hazard = 0.0
    for c in _POOR_AT:
        hazard += belief.chance[c] * (1.0 - belief.found[c]) * belief.up[c]
    return hazard / chance
