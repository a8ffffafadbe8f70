"""Which layer of the proposals a number belongs to: what the rules alone do, or the rules with a package."""

from typing import Final

from simulator.inspectorate.framework import Framework
from simulator.words.wording import joined

RULES_ALONE: Final = "Rules alone"


def layer_of(framework: Framework) -> str:
    """Name the layer of a framework: ``Rules alone``, or ``With the package of 2006``."""
    packages = [f"{title[:1].lower()}{title[1:]}" for title in getattr(framework, "packages", ())]
    return f"With {joined(packages)}" if packages else RULES_ALONE
