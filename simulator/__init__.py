"""What a framework of inspection for children's services costs, and how fast it finds poor providers.

The functions of `simulator.api` are here too: ``import simulator``, then ``simulator.compare("england-2006")``. They
are loaded when they are first asked for, so that the import itself is quick.
"""

from typing import TYPE_CHECKING

from simulator.version import __version__

if TYPE_CHECKING:
    from simulator.api import (
        Answer,
        Check,
        Compared,
        Crewing,
        Curves,
        Differences,
        Forecast,
        Framework,
        InputError,
        Intakes,
        Lives,
        Origin,
        OverFits,
        Scenario,
        Sized,
        Staffed,
        Validated,
        Why,
        Worlds,
        WorthKnowing,
        check_framework,
        compare,
        diff,
        explain,
        for_whom,
        forecast,
        frontier,
        intake,
        load_framework,
        load_scenario,
        new_framework,
        over_fits,
        over_worlds,
        score,
        sensitivity,
        shipped_frameworks,
        shipped_scenarios,
        size,
        source,
        trace,
        validate,
        workforce,
        worth,
    )

__all__ = [
    "Answer",
    "Check",
    "Compared",
    "Crewing",
    "Curves",
    "Differences",
    "Forecast",
    "Framework",
    "InputError",
    "Intakes",
    "Lives",
    "Origin",
    "OverFits",
    "Scenario",
    "Sized",
    "Staffed",
    "Validated",
    "Why",
    "Worlds",
    "WorthKnowing",
    "__version__",
    "check_framework",
    "compare",
    "diff",
    "explain",
    "for_whom",
    "forecast",
    "frontier",
    "intake",
    "load_framework",
    "load_scenario",
    "new_framework",
    "over_fits",
    "over_worlds",
    "score",
    "sensitivity",
    "shipped_frameworks",
    "shipped_scenarios",
    "size",
    "source",
    "trace",
    "validate",
    "workforce",
    "worth",
]


def __getattr__(name: str) -> object:
    """Load what is asked for of `simulator.api`."""
    if name not in __all__:
        raise AttributeError(f"module 'simulator' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module("simulator.api"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
