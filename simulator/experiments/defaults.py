"""What is asked where nothing else is given; quick to import, since the help of the commands tells it."""

from collections.abc import Sequence
from typing import Final

DEFAULT_SCENARIO: Final = "england-2006"
ON_TIME: Final = "on_time_share >= 0.95"
"""The target of a search for a number of inspectors."""
GROWTH: Final = 4
"""Times the replications to begin with, at a number at which things are unclear."""
DETECTION: Final = ("days_to_detection_mean", "undetected_poor_provider_years")
"""Measures of a frontier."""
HOMES: Final = "childrens_home"


def frontier_measures(service_types: Sequence[str]) -> list[str]:
    """Name the measures of a frontier: of children's homes, or of all providers where there are none of them."""
    whose = HOMES if HOMES in service_types else service_types[-1]
    return [f"{each} of {whose}" for each in DETECTION]
