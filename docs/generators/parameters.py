"""The pages docs/parameters.md and docs/framework-keys.md: every parameter of a scenario and of a framework file.

Types, meanings and defaults are read off the models, values and sources off the shipped files; where to get a number
for a country of one's own, and what to be careful about, stands in docs/parameters.toml.
``python -m docs.generators.parameters scenario > docs/parameters.md`` and the same with ``framework`` and
``docs/framework-keys.md`` make them again.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from textwrap import wrap
from typing import Final

from docs.generators.parameter_facts import ANY_ENTRY, Advice, Told, told_of_framework, told_of_scenario
from simulator.inputs.evidence import ANY
from simulator.inspectorate.framework import shipped_frameworks
from simulator.inspectorate.kinds import KINDS
from simulator.scenario.scenario import load_scenario
from simulator.words.assumptions import SCENARIO
from simulator.world.services import SERVICE_TYPES

WIDTH: Final = 118

NAMED: Final[Mapping[str, str]] = {
    "types": "TYPE",
    "natural_shares": "TYPE",
    "start_shares": "TYPE",
    "entry_shares": "TYPE",
    "strands": "TYPE",
    "pools": "POOL",
    "precision": "MEASURE",
    "kinds": "KIND",
    "evidence": "KEY",
}
"""What the names below a key are, where they are not any name."""

SCENARIO_HEAD: Final = """\
# Parameters of a scenario

<!-- Made from the models, the shipped scenario and parameters.toml:
     python -m docs.generators.parameters scenario > docs/parameters.md -->

Every key of a scenario file. Your own file needs only the differences:

```toml
title = "Half the inspectors"
extends = "england-2006"

[capacity.pools.regulatory]
fte = [{{ from = 2003-04-01, fte = 111 }}]
```

The **default** is the value of the scenario *{title}*; all values by service type, and those of other scenarios,
are in [Assumptions](assumptions.md). **Source** starts with its type: a published figure (F), published
records (D), unverified general knowledge (R), an assumption (A) or a choice of the experiment (C). Names, titles and
lists of frameworks have none: they are choices.

Words in capitals are placeholders: `POOL` for a pool of inspectors, `MEASURE` for one of the [measures](measures.md),
`KEY` for the key of another parameter, `TYPE` for a service type, one of
{types}.
"""

FRAMEWORK_HEAD: Final = """\
# Keys of a framework file

<!-- Made from the models, the shipped frameworks and parameters.toml:
     python -m docs.generators.parameters framework > docs/framework-keys.md -->

Every key of a framework file, section by section. [A framework of your own](own-framework.md) explains how to write
one, and `inspectsim frameworks new` writes one with every rule explained. Editors read the same from the
[JSON Schema](framework.schema.json).

Each clause of a shipped framework has its own source: see [Assumptions](assumptions.md) for every value and
source. **Shipped values** are the lowest and the highest in the {count} shipped frameworks.

Words in capitals are placeholders. `NAME` is your choice. `KIND` is a *kind of inspection*, one of
{kinds}.
A *service type* is one of
{types};
`"all_providers"` stands for all but `local_authority`, `"registered_providers"` for those that register. The value of
`not_yet_graded` applies to providers without a judgement.
"""


SECTIONS: Final[Mapping[str, str]] = {
    "": "The file",
    "*": "Sources, in every clause",
}
"""Headings of sections that have no name of their own."""


def scenario_page() -> str:
    """Write the page of the parameters of a scenario in Markdown."""
    head = SCENARIO_HEAD.format(title=load_scenario(SCENARIO).title, types=_listed(SERVICE_TYPES))
    return "\n".join([head, *_sections(told_of_scenario())])


def framework_page() -> str:
    """Write the page of the keys of a framework file in Markdown."""
    count = len(shipped_frameworks())
    head = FRAMEWORK_HEAD.format(kinds=_listed(KINDS), types=_listed(SERVICE_TYPES), count=count)
    return "\n".join([head, *_sections(told_of_framework())])


def _sections(told: Iterable[Told]) -> Iterator[str]:
    for section, members in groupby(told, key=lambda each: each.parameter.key.rpartition(".")[0].split(".")[0]):
        name = section.removesuffix(ANY_ENTRY)
        yield f"## {SECTIONS.get(name) or f'`[{name}]`'}\n"
        entries = list(members)
        for advice in dict.fromkeys(each.advice for each in entries if each.advice and each.shared):
            yield f"Of all that says nothing else here:\n\n{_facts(_advised(advice))}\n"
        yield from map(_entry, entries)


def _entry(told: Told) -> str:
    parameter = told.parameter
    facts = told.facts | (_advised(told.advice) if told.advice and not told.shared else {})
    form = f" ({parameter.form})" if parameter.form else ""
    return f"### `{_key(parameter.key)}`{form}\n\n{_sentence(parameter.meaning)}\n\n{_facts(facts)}\n"


def _advised(advice: Advice) -> dict[str, str]:
    return {"Where to get it": advice.get, "Caution": advice.caution}


def _facts(facts: Mapping[str, str]) -> str:
    return "\n".join(f"- **{heading}:** {text}" for heading, text in facts.items())


def _key(key: str) -> str:
    """Write a key with words in capitals where any name may stand."""
    names = key.removeprefix("*.*.").replace(ANY_ENTRY, "[]").split(".")
    pairs = zip(["", *names], names, strict=False)
    return ".".join(NAMED.get(before, "NAME") if name == ANY else name for before, name in pairs)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _listed(names: Iterable[str]) -> str:
    return "\n".join(wrap(", ".join(f"`{name}`" for name in names), WIDTH, break_on_hyphens=False))


if __name__ == "__main__":
    print({"scenario": scenario_page, "framework": framework_page}[sys.argv[1]](), end="")
