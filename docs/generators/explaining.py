"""Why the options differ: the page that tells the method by a case small enough to follow, and the story of option A.

``python -m docs.generators.explaining make`` runs the explanations (about ten minutes of one processor) and writes
``docs/explained/OPTION.json``; ``python -m docs.generators.explaining > docs/explaining.md`` makes the page.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import simulator
from docs.generators.markdown import table
from simulator.questions.compare.varied import shipped_digest
from simulator.questions.explain.answer import Why
from simulator.render.verdict import Verdict, as_json, read_verdict
from simulator.words.wording import capital, number

OPTIONS: Final = ("option-a", "option-a-as-proposed", "2006-regime-with-package")
"""What is explained, each against the 2006 regime."""
FOLDER: Final = Path(__file__).parents[1] / "explained"
_HOMES: Final = "undetected_poor_provider_years"
_CASE: Final = OPTIONS[0]

_INTRODUCTION: Final = """\
# Why: which part makes the difference

A proposal changes many things at once. `inspectsim explain` reports what each part of it does to the result, so that
the parts add up to the whole:

    inspectsim explain option-a-as-proposed

runs England with every combination of the parts of option A, on the same providers and with the same inspectors, and
shares the difference from the 2006 regime out among them. Parts are the framework's clauses by subject; `--by clauses`
and `--by figures` go into detail, and `--by FILE` takes groups of your own:

    [groups]
    "What inspectors do in homes" = ["rules.childrens-homes", "reinspections"]
    "All on paper" = ["assessments", "self_assessments"]

All numbers on this page are simulated, and most inputs are assumptions.
"""

_METHOD: Final = """\
## The method

The *Shapley value* of a part is the mean of what it adds over all orders in which the parts can be taken over. It is
the only way to share a difference out that always adds up to it, gives two parts that do the same the same, gives 0 to
a part without effect, and shares out the sum of two results as the sum of their shares (Shapley 1953; for the parts of
a difference in general, Shorrocks 2013). Groups of clauses are treated as one player, as is usual where simulated
policies are taken apart. Clauses within a group get *Owen values* (Owen 1977): only the orders in which a group comes
in one piece count, so the clauses add up to their group.

- Up to 256 combinations (eight parts) all orders count. Beyond, orders are drawn in pairs, each with its reverse
  (*antithetic* pairs); the intervals then allow for the draw too.
- *Alone* is what a part adds to the baseline by itself, *last* what it adds to all other parts. Where they differ much,
  parts depend on one another, and any single one of the two would mislead. The table also has the least and the most
  that a part adds to any choice of the others; where it clearly does both, the answer says so.
- Each replication meets the same histories under every combination (common random numbers), so that intervals are those
  of paired differences. A part without effect gets exactly 0.
- `--inspectors-time` runs every combination without a limit to inspectors as well. What a part brings there is what it
  does *as a rule*; the rest comes of *inspectors' time* that it takes from other work or leaves to it.
- Clauses that need one another are one part, and the answer says so: a visit after a breach, for example, and the
  self-assessments whose absence is the breach.

L. S. Shapley, "A value for n-person games", *Contributions to the Theory of Games* II, 1953. G. Owen, "Values of games
with a priori unions", *Mathematical Economics and Game Theory*, 1977. A. F. Shorrocks, "Decomposition procedures for
distributional analysis", *Journal of Economic Inequality* 11, 2013.
"""


class Kept(NamedTuple):
    """What is kept of an explanation."""

    verdict: Verdict
    sentences: list[str]
    parts: list[dict[str, Any]]
    combinations: list[dict[str, Any]]
    digest: str
    """Of the shipped scenario and frameworks from which it was made."""


def kept(option: str) -> Kept:
    """Read what is kept of an explanation."""
    told = json.loads((FOLDER / f"{option}.json").read_text(encoding="utf-8"))
    return Kept(read_verdict(json.dumps(told["verdict"]).encode()), *(told[name] for name in Kept._fields[1:]))


def _keep(option: str) -> None:
    why: Why = simulator.explain(option, inspectors_time=option == _CASE)
    parts = why.parts.drop(columns=["clauses", "within"])
    told = {
        "verdict": json.loads(as_json(why.verdict)),
        "sentences": why.sentences,
        "parts": json.loads(parts.to_json(orient="records", double_precision=6)),
        "combinations": json.loads(why.combinations.to_json(orient="records", double_precision=6))
        if option == _CASE
        else [],
        "digest": shipped_digest(),
    }
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    (FOLDER / f"{option}.json").write_text(text, encoding="utf-8")


def page() -> str:
    """Return the page."""
    every = {option: kept(option) for option in OPTIONS}
    return "\n".join([_INTRODUCTION, *_case(every[_CASE]), _METHOD, *_story(every)])


def _case(case: Kept) -> Iterator[str]:
    """Follow the two parts of option A by hand."""
    yield "## A case to follow by hand\n"
    levels = {
        row["combination"]: row["mean"]
        for row in case.combinations
        if row["measure"] == _HOMES and not row["unlimited"]
    }
    yield (
        "Option A as regulations prescribe it, without the rest of the proposals, has two parts: how often homes are "
        "inspected (3.1.11), and how often other services are (3.1.2, 3.1.4). Homes poor and unfound at any time:\n"
    )
    names = {0: "neither (the 2006 regime)", 1: "homes alone", 2: "other services alone", 3: "both (option A)"}
    rows = [[names[taken], number(levels[taken], 2)] for taken in sorted(names)]
    yield table(["parts taken over", "homes poor and unfound"], rows)
    first, second = levels[1] - levels[0], levels[3] - levels[2]
    other_second, other_first = levels[3] - levels[1], levels[2] - levels[0]
    rows = [
        ["homes first, then other services", _signed(first), _signed(other_second)],
        ["other services first, then homes", _signed(second), _signed(other_first)],
        [
            "**mean of both orders**",
            f"**{_signed((first + second) / 2)}**",
            f"**{_signed((other_second + other_first) / 2)}**",
        ],
    ]
    yield table(["order", "homes", "other services"], rows)
    yield (
        f"Either row adds up to the whole difference, {_signed(levels[3] - levels[0])}. The mean of both is what "
        "`inspectsim explain` reports. Why do visits to *other* services matter to homes? With as many inspectors as "
        "there is work for, they do not:\n"
    )
    rows = [
        [row["part"], _signed(row["value"]), _signed(row["as_rule"]), _signed(row["by_time"])]
        for row in case.parts
        if row["measure"] == _HOMES
    ]
    yield table(["part", "brings", "as a rule", "by inspectors' time"], rows)


def _story(every: Mapping[str, Kept]) -> Iterator[str]:
    """Report what option A does, and which part of it."""
    yield "## The story of option A\n"
    yield "**What the rules alone do.**\n"
    yield from _told(every["option-a"])
    yield "**What the whole proposal does.**\n"
    yield from _told(every["option-a-as-proposed"])
    yield from _lines(every["option-a-as-proposed"].verdict)
    yield "**What the package does by itself**, carried by the 2006 regime.\n"
    yield from _told(every["2006-regime-with-package"])
    yield (
        "**How sure is that?** Each sentence holds for these inspectors and these assumptions. With other numbers of "
        "inspectors and other rates of serious concerns the order of the options can turn: see "
        "[a fair comparison](fair-comparison.md). Which assumptions move the difference most is on "
        "[Sensitivity](sensitivity.md), with the table of those that decide.\n"
    )
    yield (
        "**What to ask the department for.** The figures on which this story rests and which no document gives: how "
        "many days a year an inspector can spend on inspections, how long an inspection takes, how often news of a "
        "concern leads to a visit, and how many random and themed visits are meant. All four are in the accounts and "
        "records of the inspectorate.\n"
    )


def _told(told: Kept) -> Iterator[str]:
    """Return the paragraphs of an explanation as a list, one for each measure."""
    yield "".join(f"- {sentence}\n" for sentence in told.sentences)


def _lines(verdict: Verdict) -> Iterator[str]:
    rows = [[capital(line.label), *line.cells] for line in verdict.lines if line.group.startswith("What")]
    yield table(["part", *verdict.columns], rows)


def _signed(value: float) -> str:
    told = number(value, 2)
    return f"+{told}" if value > 0 else told


if __name__ == "__main__":
    if sys.argv[1:] == ["make"]:
        for option_ in OPTIONS:
            _keep(option_)
    else:
        sys.stdout.write(page())
