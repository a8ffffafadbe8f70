"""What an inspection says of a provider: the one place where the inspectorate meets the truth, through noise."""

import math

from simulator.compiling import compiled


@compiled
def judged_grade(true_grade: int, sigma: float, noise: float) -> int:
    """Give the grade an inspection would judge.

    Parameters
    ----------
    true_grade : int
        1 poor to 4 excellent.
    sigma : float
        Standard deviation of the judgement, in grades; 0 is a perfect inspector.
    noise : float
        A standard normal draw.

    Returns
    -------
    int
        ``true_grade + sigma * noise``, rounded to the nearest grade and clipped to 1..4.
    """
    return min(max(math.floor(true_grade + sigma * noise + 0.5), 1), 4)
