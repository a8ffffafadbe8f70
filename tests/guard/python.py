"""What Python offers: every name with its signature and docstring, and answers as a notebook shows them."""

import inspect
from collections.abc import Iterator

import simulator


def in_python() -> str:
    """Give all of it as one text."""
    return "\n".join([*_names(), *_answers()]) + "\n"


def _names() -> Iterator[str]:
    for name in simulator.__all__:
        named = getattr(simulator, name)
        yield f"{name}{inspect.signature(named) if inspect.isfunction(named) else ''}"
        yield inspect.getdoc(named) or ""
        if inspect.isclass(named):
            yield ", ".join(attribute for attribute in dir(named) if not attribute.startswith("_"))


def _answers() -> Iterator[str]:
    frameworks = ["2006-regime", "option-b"]
    alone = simulator.Crewing(workers=1)
    compared = simulator.compare("small.toml", frameworks, precision=0.5, most_replications=6, crewing=alone)
    sized = simulator.size("small.toml", frameworks[:1], step=4, crewing=alone)
    lives = simulator.trace("small.toml", frameworks, provider="childrens_home-0003")
    for answer in (compared, sized, lives):
        yield str(answer)
        yield repr(answer)
        yield str(answer._repr_html_())
