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

GRADE_CODES: Final = 5
"""Grades 1 to 4; position 0 of every array is not used."""
STEP: Final = 8.0
"""Expected events of the fastest grade in one step of the series."""
REST: Final = 1e-15
"""Weight at which the series is broken off."""
MOST_TERMS: Final = 200


@compiled
def pass_time(belief: Any, heard: Any, ticks: int) -> None:
    """Let a belief follow the chain for some ticks in which nothing was heard.

    Parameters
    ----------
    belief : record
        ``share`` is the posterior by grade; ``up``, ``down`` and ``fall`` the hazards per tick by grade; ``found``
        is the probability that a provider, if poor, has been so ever since an inspection found it.
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
    fastest = 0.0
    for grade in range(1, GRADE_CODES):
        fastest = max(fastest, belief.up[grade] + belief.down[grade] + belief.fall[grade] + heard[grade])
    if fastest * ticks <= 0.0:
        return
    steps = math.ceil(fastest * ticks / STEP)
    mean = fastest * ticks / steps
    leaving = belief.up[1] + heard[1]
    term, moved = np.zeros(GRADE_CODES), np.zeros(GRADE_CODES)
    for _ in range(steps):
        weight = math.exp(-mean)
        rest = 1.0 - weight
        stayed = belief.found * belief.share[1] * math.exp(-leaving * ticks / steps)
        for grade in range(1, GRADE_CODES):
            term[grade] = belief.share[grade]
            belief.share[grade] = weight * term[grade]
        for n in range(1, MOST_TERMS):
            if rest < REST:
                break
            move_once(belief, heard, fastest, term, moved)
            weight *= mean / n
            rest -= weight
            for grade in range(1, GRADE_CODES):
                term[grade] = moved[grade]
                belief.share[grade] += weight * term[grade]
        if stayed > 0.0:
            belief.found = min(stayed / belief.share[1], 1.0)
        normalise(belief)


@compiled
def move_once(belief: Any, heard: Any, fastest: float, before: Any, after: Any) -> None:
    """Let the belief `before` make one move of the chain whose every grade is left at the rate `fastest`."""
    for grade in range(1, GRADE_CODES):
        left = belief.up[grade] + belief.down[grade] + belief.fall[grade] + heard[grade]
        after[grade] = before[grade] * (1.0 - left / fastest)
    for grade in range(1, GRADE_CODES):
        share = before[grade] / fastest
        after[1] += share * belief.fall[grade]
        if grade > 1:
            after[grade - 1] += share * belief.down[grade]
        if grade < GRADE_CODES - 1:
            after[grade + 1] += share * belief.up[grade]


@compiled
def normalise(belief: Any) -> None:
    """Let the shares add up to 1."""
    total = 0.0
    for grade in range(1, GRADE_CODES):
        total += belief.share[grade]
    for grade in range(1, GRADE_CODES):
        belief.share[grade] /= total


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
    for grade in range(1, GRADE_CODES):
        belief.share[grade] *= likelihood[grade] / total
