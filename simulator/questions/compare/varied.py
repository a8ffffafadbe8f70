"""Whether the order of the shipped frameworks holds when what it may hang on is varied.

The table is made beforehand (``python -m docs.generators.varied``) and travels with the package: the shipped
comparison with other numbers of inspectors, and with other rates of serious concerns. It is read only for a question
that asks about the shipped scenario and frameworks as they are, for another it would prove nothing.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.charts.sheet import source_of
from simulator.inputs.shipped import folder
from simulator.inspectorate.framework import load_framework, shipped_frameworks
from simulator.measures.bands import Band
from simulator.questions.compare.chart_inspectors import ON_TIME, RINGS, UNFOUND, OverInspectors
from simulator.scenario.scenario import load_scenario
from simulator.source_files import digest_of, files_in
from simulator.words.estimates import CHILDRENS_HOMES, Estimate, others
from simulator.words.wording import joined, named

if TYPE_CHECKING:
    import pandas as pd

    from simulator.questions.compare.comparison import Comparison

SCENARIO: Final = "england-2006"
FOLDER: Final = "varied"
TABLE: Final = f"{SCENARIO}.csv"
KEY: Final = f"{SCENARIO}.key"
"""File that holds the digest of the scenario and the frameworks that the table was made from."""
REPLICATIONS: Final = 10
"""At each point."""
DAYS: Final = "days_unfound_mean"


class Way(NamedTuple):
    """One thing that is varied."""

    name: str
    """In the table."""
    default: float
    """In the shipped scenario."""
    values: tuple[float, ...]
    many: str
    """What the values are, behind them: ``180 to 300 inspectors``."""


INSPECTORS: Final = Way("inspectors", 222, (180, 200, 222, 240, 260, 280, 300), "inspectors")
CONCERNS: Final = Way("serious_concerns", 5, (2.5, 5, 7.5, 10), "serious concerns a year about a poor home")
WAYS: Final = (INSPECTORS, CONCERNS)


def shipped_digest() -> str:
    """Compute a digest of the scenario and the frameworks that travel with the package."""
    place = folder()
    files = {f"frameworks/{name}": content for name, content in files_in(place / "frameworks", (".toml",)).items()}
    return digest_of(files | {f"{SCENARIO}.toml": (place / f"{SCENARIO}.toml").read_bytes()})


def order_told(compared: "Comparison") -> list[str]:
    """Report whether the differences from the baseline keep their sign; nothing for a question of one's own."""
    if not is_shipped(compared):
        return []
    found = _differences()
    names = [name for name in others(compared) if name in found]
    if not names:
        return []
    titles = {name: named(compared.titles[name]) for name in names}
    kept = {name: _sign_kept(found[name]) for name in names}
    held = [
        f"{words} under {joined([titles[name] for name in names if kept[name] == sign])}"
        for sign, words in _WAYS.items()
        if sign in kept.values()
    ]
    turned = [_turned(titles[name], found[name]) for name in names if kept[name] is None]
    tried = " and with ".join(f"{way.values[0]:g} to {way.values[-1]:g} {way.many}" for way in WAYS)
    told = [f"With {tried}, a home that becomes poor goes unfound {'; '.join(held)}."] if held else []
    hangs = "How long a home that becomes poor goes unfound, beside now, hangs on these numbers"
    return [f"{hangs}: {'; '.join(turned)}.", *told] if turned else told


_WAYS: Final = {1: "for longer than now", -1: "for less time than now", 0: "about as long as now"}
Differences = Mapping[tuple[str, float], Estimate]


def is_shipped(compared: "Comparison") -> bool:
    """Return whether a question is about the shipped scenario and its frameworks, but for how often it was run."""
    question = compared.question
    if (folder() / FOLDER / KEY).read_text(encoding="utf-8").strip() != shipped_digest():
        return False
    if question.own_register or question.baseline != load_scenario(SCENARIO).run.baseline:
        return False
    mine, its = question.scenario.settings(), load_scenario(SCENARIO).settings()
    for settings in (mine, its):
        for key in ("frameworks", "replications", "seed"):
            settings["run"].pop(key)
    shipped = set(shipped_frameworks())
    return mine == its and all(
        framework.name in shipped and framework == load_framework(framework.name) for framework in question.frameworks
    )


def over_inspectors(compared: "Comparison") -> OverInspectors | None:
    """Return duties kept and those unfound by number of inspectors; None for a question of one's own."""
    frameworks = compared.question.frameworks
    if not is_shipped(compared):
        return None
    rows = read_varied()
    rows = rows[rows["varied"] == INSPECTORS.name]
    there = set(rows["framework"])
    if not {framework.name for framework in frameworks} <= there:
        return None

    def bands(measure: str) -> dict[str, Band]:
        return {
            name: _band(rows[(rows["framework"] == name) & (rows["measure"] == measure)]) for name in compared.titles
        }

    return OverInspectors(
        frameworks,
        compared.titles,
        compared.baseline,
        np.array(INSPECTORS.values, dtype=float),
        bands(ON_TIME),
        bands(UNFOUND),
        CHILDRENS_HOMES,
        INSPECTORS.default,
        next(iter(compared.scenario.capacity.pools)),
        f"Runs of their own: mean and 95% interval over {REPLICATIONS} replications (bars); {RINGS}",
        source_of(compared.own_register),
    )


def _band(rows: "pd.DataFrame") -> Band:
    rows = rows.set_index("value").loc[list(INSPECTORS.values)]
    return Band(*(rows[column].to_numpy(float) for column in ("mean", "low", "high")))


def read_varied() -> "pd.DataFrame":
    """Return the table: columns varied, value, framework, measure, mean, low, high, difference, and its interval."""
    import pandas as pd

    return pd.read_csv(folder() / FOLDER / TABLE)


def _differences() -> Mapping[str, Differences]:
    """Return the differences in days unfound by framework, and by what is varied and its value."""
    found: dict[str, dict[tuple[str, float], Estimate]] = {}
    for row in read_varied().to_dict("records"):
        if row["measure"] == DAYS and row["difference"] == row["difference"]:
            difference = Estimate(row["difference"], row["difference_low"], row["difference_high"])
            found.setdefault(row["framework"], {})[row["varied"], row["value"]] = difference
    return found


def _sign(difference: Estimate) -> int:
    """Return the sign of a difference that is one; 0 for less than half a day, or what may as well be none."""
    if not difference.clear or abs(difference.mean) < 0.5:  # noqa: PLR2004  (it rounds to no day)
        return 0
    return 1 if difference.mean > 0 else -1


def _sign_kept(differences: Differences) -> int | None:
    """Return the sign that all differences have, None if they have not the same."""
    signs = {_sign(difference) for difference in differences.values()}
    return signs.pop() if len(signs) == 1 else None


def _turned(title: str, differences: Differences) -> str:
    """Report at which values a framework is on which side of the baseline."""
    told = []
    for way in WAYS:
        by_sign: dict[int, list[float]] = {}
        for value in way.values:
            if (way.name, value) in differences:
                by_sign.setdefault(_sign(differences[way.name, value]), []).append(value)
        if len(by_sign) > 1:
            sides = [f"{_WAYS[sign]} with {_values(values, way)}" for sign, values in by_sign.items()]
            told.append(f"{joined(sides)} {way.many}")
    return f"under {title} {', and '.join(told)}"


def _values(values: Sequence[float], way: Way) -> str:
    """Write values that are next to each other as a range, others one by one."""
    places = [way.values.index(value) for value in values]
    if len(values) > 1 and places == list(range(places[0], places[-1] + 1)):
        return f"{values[0]:g} to {values[-1]:g}"
    return joined([f"{value:g}" for value in values])
