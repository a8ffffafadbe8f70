"""The answer to the form Size a workforce, in plain data and in the words of the page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import simulator
from simulator.experiments.sized import Point, Sized, Sizing
from simulator.experiments.targets import Target, Verdict
from simulator.present.chart_size import size_headline
from simulator.present.size_tables import HEADINGS, size_rows
from simulator.present.size_words import Vocabulary, fte, sizing_caveats, sizing_sentences
from simulator.present.web.answer import Table, chart_in
from simulator.present.web.size_asked import POOLS
from simulator.present.web.size_targets import BY_NAME, TARGETS, OfferedTarget
from simulator.present.wording import counted, number, percent

STANDINGS: Final = {"met": "met", "missed": "missed", "unclear": "unclear", "undefined": "nothing to measure"}
NONE: Final = "none"
FTE: Final = "FTE are full-time equivalents: one inspector working full-time, or two working half-time."

Asked = Mapping[Target, tuple[str, float]]
"""Targets, each with its name on the page and the number as typed."""


def answer_of(sizing: Sizing, asked: Asked, folder: Path) -> Table:
    """Gather the answer to a search whose files are in `folder`: keys of `simulator.present.web.answer.answer_of`."""
    effort = sizing.effort
    failed = len(sizing.failures)
    lost = [f"{counted(failed, 'run')} failed, and the answer is without."] if failed else []
    return {
        "title": size_headline(sizing),
        "sentences": sizing_sentences(sizing, vocabulary(sizing.pool, asked)),
        "caveats": [FTE, *sizing_caveats(sizing)[:-1], *lost, "All numbers are simulated and rest on assumptions."],
        "costs": [],
        "charts": [chart_in(folder, "size", numbers_table(sizing))],
        "figures": [why_table(sizing), reached_table(sizing, asked)],
        "replications": f"{effort.replications} to {effort.most}",
        "version": simulator.__version__,
    }


def vocabulary(pool: str, asked: Asked) -> Vocabulary:
    """Give the words of the page for a search of the number of inspectors in a pool."""
    called = POOLS[pool]
    offered: dict[Any, OfferedTarget] = {each.quantity: each for each in TARGETS}
    return Vocabulary(
        target=lambda target: BY_NAME[asked[target][0]].words(asked[target][1]),
        quantity=lambda quantity: offered[quantity].called,
        value=lambda value, quantity: offered[quantity].value(value),
        pool=f"{called[:1].lower()}{called[1:]}",
        more="more of them at most may tell",
    )


def numbers_table(sizing: Sizing) -> Table:
    """Lay out full-time equivalents and cost with their intervals, a row for each framework."""
    return {
        "caption": f"{POOLS[sizing.pool]}: full-time equivalents (FTE) needed, at "
        f"{percent(sizing.effort.confidence)} confidence",
        "head": [heading[:1].upper() + heading[1:] for heading in HEADINGS],
        "rows": list(size_rows(sizing)),
    }


def why_table(sizing: Sizing) -> Table:
    """Lay out why the answer is not what arithmetic says, a row for each framework."""
    rows = []
    for each in sizing.sized:
        at, asked = each.at_answer, each.without_limit.worked
        rows.append(
            [
                sizing.question.titles[each.framework],
                number(asked),
                f"{each.arithmetic:,.1f}",
                NONE if each.fte is None else fte(sizing, each.fte),
                percent(at.worked / asked) if at and asked > 0 else NONE,
                percent(at.worked / at.there) if at and at.there > 0 else NONE,
            ]
        )
    return {
        "caption": "Why it is not what arithmetic says",
        "head": [
            "Framework",
            "Inspector-days a year asked for",
            "By arithmetic, FTE",
            "Needed, FTE",
            "Share of the work done then",
            "Share of inspectors\u2019 time in use",
        ],
        "rows": rows,
    }


def reached_table(sizing: Sizing, asked: Asked) -> Table:
    """Lay out what each target stands at with the number found, or without limit where none was."""
    rows = []
    for each in sizing.sized:
        point = each.at_answer or each.without_limit
        for target, verdict in zip(sizing.targets, point.verdicts, strict=True):
            name, typed = asked[target]
            rows.append(
                [
                    sizing.question.titles[each.framework],
                    BY_NAME[name].words(typed).removeprefix("the target that "),
                    _with(sizing, each, point),
                    _measured(BY_NAME[name], verdict),
                    STANDINGS[verdict.standing],
                ]
            )
    return {
        "caption": "What is reached with the number found, or without any limit where none was found",
        "head": ["Framework", "Target", "With, FTE", "Reached, and interval in brackets", "So it is"],
        "rows": rows,
    }


def _with(sizing: Sizing, sized: Sized, point: Point) -> str:
    return "no limit" if sized.fte is None else fte(sizing, point.fte)


def _measured(offered: OfferedTarget, verdict: Verdict) -> str:
    if verdict.standing == "undefined":
        return NONE
    between = f" ({offered.value(verdict.low)} to {offered.value(verdict.high)})" if verdict.low < verdict.high else ""
    return f"{offered.value(verdict.mean)}{between}"
