"""What is measured where no measure is named."""

from collections.abc import Sequence
from typing import Final

_DETECTION: Final = ("days_unfound_mean", "undetected_poor_provider_years")
"""Measures of a frontier."""
_UNFOUND: Final = "undetected_poor_provider_years"
"""Measure by which a sensitivity analysis compares two frameworks."""
_HOMES: Final = "childrens_home"


def frontier_measures(service_types: Sequence[str]) -> list[str]:
    """Name the measures of a frontier."""
    return [f"{measure} of {_whose(service_types)}" for measure in _DETECTION]


def sensitivity_measure(service_types: Sequence[str]) -> str:
    """Name the measure of a sensitivity analysis."""
    return f"{_UNFOUND} of {_whose(service_types)}"


def _whose(service_types: Sequence[str]) -> str:
    """Choose whose measures are told: children's homes, or all providers where there are none of them."""
    return _HOMES if _HOMES in service_types else service_types[-1]
