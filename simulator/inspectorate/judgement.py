"""What an inspection says of a provider: the one place where the inspectorate meets the truth, through noise.

One yardstick alone is let see it without (`is_known_poor`).
"""

from simulator.compiling import compiled
from simulator.world.quality import POOR
from simulator.world.readings import chance_of_reading, reading_of


@compiled
def judged_grade(true_grade: int, severity: float, sigma: float, noise: float) -> int:
    """Return the grade an inspection would judge.

    Parameters
    ----------
    true_grade : int
        1 poor to 4 excellent.
    severity : float
        Grades by which inspectors judge softer than the standard, or harder if below 0.
    sigma : float
        Standard deviation of the judgement, in grades; 0 is a perfect inspector.
    noise : float
        A standard normal draw.

    Returns
    -------
    int
        ``true_grade + severity + sigma * noise``, rounded to the nearest grade and clipped to 1..4.
    """
    return reading_of(true_grade + severity, sigma, noise)


@compiled
def chance_of_judgement(judged: int, true_grade: int, severity: float, sigma: float) -> float:
    """Return the probability that `judged_grade` is `judged`."""
    return chance_of_reading(judged, true_grade + severity, sigma)


@compiled
def is_known_poor(true_grade: int, is_detected: bool) -> bool:
    """Report what an inspectorate that knew all true grades would act on: poor, and not yet found to be.

    Truth without noise, and only for the yardstick `clairvoyant` (`simulator.inspectorate.targeting`, by truth): no
    other rule of any framework may ask this.
    """
    return bool(true_grade == POOR and not is_detected)
