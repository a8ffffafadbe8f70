"""Which layer of the proposals a number belongs to: what the rules alone do, or the rules with a package."""

from collections.abc import Sequence
from typing import Final

from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.words.wording import joined, named

RULES_ALONE: Final = "Rules alone"
WITH_PACKAGE: Final = "With the package"


def layer_of(framework: Framework) -> str:
    """Name the layer of a framework."""
    return WITH_PACKAGE if framework.packages else RULES_ALONE


def layers_told(frameworks: Sequence[Framework]) -> list[str]:
    """Explain the layers that the frameworks are in."""
    packages = list(dict.fromkeys(title for framework in frameworks for title in framework.packages))
    layers = {layer_of(framework) for framework in frameworks}
    added = joined([f"{title[:1].lower()}{title[1:]}" for title in packages])
    if layers == {RULES_ALONE}:
        return [f"{RULES_ALONE}: none of these frameworks carries a package of further proposals."]
    if layers == {WITH_PACKAGE}:
        return [f"{WITH_PACKAGE}: each of these frameworks carries {added}."]
    alone = f"{RULES_ALONE}: what the law prescribes, with the same practice under every framework."
    return [f"{alone} {WITH_PACKAGE}: the same and {added}."]


def package_alone_told(frameworks: Sequence[Framework], baseline: str) -> list[str]:
    """Report how to see what the package itself does, where it is compared with a baseline that has none.

    Only of shipped frameworks: such a baseline has a counterpart with the package that comes with the program.
    """
    counterpart = f"{baseline}-with-package"
    names = [framework.name for framework in frameworks if framework.packages]
    if not names or counterpart in names or counterpart not in shipped_frameworks():
        return []
    with_it = load_framework(counterpart).title
    first = next(framework for framework in frameworks if framework.name == names[0])
    pair = f"{named(with_it)} and {named(first.title)}"
    typed = f"inspectsim compare SCENARIO --framework {counterpart} --framework {first.name}"
    return [f"To see what the rules change where both have the package, compare {pair} ({typed})."]
