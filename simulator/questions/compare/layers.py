"""Which layer of the proposals a number belongs to: what the rules alone do, or the rules with a package."""

from collections.abc import Sequence
from typing import Final

from simulator.inspectorate.framework import Framework
from simulator.words.wording import joined

RULES_ALONE: Final = "Rules alone"
WITH_PACKAGE: Final = "With the package"


def layer_of(framework: Framework) -> str:
    """Name the layer of a framework."""
    return WITH_PACKAGE if framework.packages else RULES_ALONE


def layers_told(frameworks: Sequence[Framework]) -> list[str]:
    """Explain the two layers, where there are both."""
    packages = list(dict.fromkeys(title for framework in frameworks for title in framework.packages))
    if len({layer_of(framework) for framework in frameworks}) == 1:
        return []
    added = joined([f"{title[:1].lower()}{title[1:]}" for title in packages])
    alone = f"{RULES_ALONE}: what the law prescribes, with the same practice under every framework."
    return [f"{alone} {WITH_PACKAGE}: the same and {added}."]
