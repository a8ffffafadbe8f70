"""Which of several options may be the best: multiple comparisons with the best.

For each option, an interval of its mean less that of the best of the others; all intervals hold at once with 95 %
confidence (J. C. Hsu, "Constrained simultaneous confidence intervals for multiple comparisons with the best", Annals of
Statistics 12 (1984), 1136-1144). An option whose interval ends at 0 is not the best one. All options were observed in
the same blocks, so that errors are those of paired differences, whatever their correlation. The critical value is
Bonferroni's for one-sided comparisons of one option with all others, as with common random numbers in W.-N. Yang and
B. L. Nelson, "Using common random numbers and control variates in multiple-comparison procedures", Operations Research
39 (1991), 583-591.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]

_CONFIDENCE: Final = 0.95


class Standing(NamedTuple):
    """How an option stands to the best of the others."""

    margin: float
    """Its mean less that of the best of the others: below 0 if it is not the best."""
    low: float
    """Lower end of the simultaneous interval, 0 at most."""
    high: float
    """Upper end, 0 at least."""
    may_be_best: bool
    """Whether it is not shown that another one is better."""


def against_the_best(values: _Floats) -> list[Standing]:
    """Compare each option with the best of the others.

    Parameters
    ----------
    values
        More is better; shape (blocks, options): two blocks and two options or more, all of them numbers.
    """
    from scipy.special import stdtrit

    blocks, options = values.shape
    means = values.mean(axis=0)
    differences = values[:, :, None] - values[:, None, :]
    errors = differences.std(axis=0, ddof=1) / np.sqrt(blocks)
    reach = stdtrit(blocks - 1, 1 - (1 - _CONFIDENCE) / (options - 1)) * errors
    others = ~np.eye(options, dtype=bool)
    margin = means[:, None] - means[None, :]
    at_most = np.where(others, margin + reach, np.inf).min(axis=1)
    candidates = at_most >= 0
    at_least = np.where(others & candidates[None, :], margin - reach, np.inf).min(axis=1)
    return [
        Standing(
            float(margin[option][others[option]].min()),
            min(0.0, float(at_least[option])),
            max(0.0, float(at_most[option])),
            bool(candidates[option]),
        )
        for option in range(options)
    ]
