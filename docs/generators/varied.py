"""The shipped comparison with other numbers of inspectors and other rates of serious concerns, and its page.

``python -m docs.generators.varied make`` runs it (some minutes of one processor) and writes
``scenarios/varied/england-2006.csv``; ``python -m docs.generators.varied > docs/fair-comparison.md`` makes the page.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from docs.generators.markdown import rows_of, table
from simulator.inputs.shipped import folder
from simulator.inspectorate.framework import Framework, load_framework
from simulator.questions.compare.comparison import compare
from simulator.questions.compare.layers import layer_of
from simulator.questions.compare.varied import (
    CONCERNS,
    FOLDER,
    INSPECTORS,
    KEY,
    REPLICATIONS,
    SCENARIO,
    TABLE,
    Way,
    read_varied,
    shipped_digest,
)
from simulator.running.crews import Crewing
from simulator.running.options import with_options
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.words.wording import number

if TYPE_CHECKING:
    import pandas as pd

_HOMES: Final = "childrens_home"
_MEASURES: Final = {
    "inspections_per_year": _HOMES,
    "days_unfound_mean": _HOMES,
    "undetected_poor_provider_years": _HOMES,
    "inspector_days_per_year": "all",
    "on_time_share": "all",
    "lapsed_per_year": "all",
}
"""The measures, and of whom."""
_SOURCE: Final = "varied for docs/fair-comparison.md"

_INTRODUCTION: Final = """\
# A fair comparison

The frameworks of 2006 differ in their rules. What the inspectorate does at its discretion (its answer to news,
re-inspection after a poor judgement) is *practice*, and here every framework has the same. The rest of the proposals
(risk assessment, self-assessment, plans and tariff, samples, visits sooner) is a *package* that any framework can
carry. So each number below belongs to one of two layers: the rules alone, or the rules with the package.

{replications} replications of ten years at each point, all frameworks with the same inspectors from 1 April 2006 and
the same histories. Differences are from the 2006 regime, of children's homes, with 95% intervals. All of it is
simulated, and most inputs are assumptions.
"""


def _scenarios() -> Iterator[tuple[Way, float, Scenario]]:
    """Return the scenario at every point that is tried."""
    shipped = with_options(load_scenario(SCENARIO), replications=REPLICATIONS)
    for value in INSPECTORS.values:
        staffed = shipped if value == INSPECTORS.default else with_options(shipped, inspectors={"regulatory": value})
        yield INSPECTORS, value, staffed
    rates = shipped.settings()["signals"]["serious_concerns"]
    for value in CONCERNS.values:
        factor = value / rates["poor"]
        concerns = {grade: rate * factor for grade, rate in rates.items()}
        changed = shipped.changed({"signals": {"serious_concerns": concerns}}, _SOURCE) if factor != 1 else shipped
        yield CONCERNS, value, changed


def _rows(way: Way, value: float, scenario: Scenario) -> "pd.DataFrame":
    """Run one point and return its rows of the table."""
    compared = compare(scenario, crewing=Crewing())
    keys = ["framework", "service_type", "measure"]
    differences = compared.differences.set_index(keys)[["mean", "low", "high"]]
    differences.columns = ["difference", "difference_low", "difference_high"]
    rows = compared.summary.set_index(keys)[["mean", "low", "high"]].join(differences).reset_index()
    wanted = [_MEASURES.get(row["measure"]) == row["service_type"] for row in rows_of(rows)]
    rows = rows[wanted].drop(columns="service_type")
    rows.insert(0, "varied", way.name)
    rows.insert(1, "value", value)
    return rows


def make() -> None:
    """Run every point and write the table with its key."""
    import pandas as pd

    place = folder() / FOLDER
    place.mkdir(exist_ok=True)
    rows = pd.concat([_rows(*point) for point in _scenarios()], ignore_index=True)
    rows.to_csv(place / TABLE, index=False, float_format="%.6g", lineterminator="\n")
    (place / KEY).write_text(f"{shipped_digest()}\n", encoding="utf-8", newline="\n")


def page() -> str:
    """Write the page in Markdown."""
    rows = read_varied()
    frameworks = {name: load_framework(name) for name in dict.fromkeys(rows["framework"])}
    parts = [_INTRODUCTION.format(replications=REPLICATIONS)]
    for layer in dict.fromkeys(layer_of(framework) for framework in frameworks.values()):
        names = [name for name, framework in frameworks.items() if layer_of(framework) == layer]
        for way, heading in ((INSPECTORS, "Inspectors"), (CONCERNS, "Serious concerns a year about a poor home")):
            mine = rows[(rows["varied"] == way.name) & rows["framework"].isin(names)]
            parts += [f"## {layer}, by {heading[0].lower()}{heading[1:]}\n", _table(mine, heading, frameworks)]
    return "\n".join(parts)


def _table(rows: "pd.DataFrame", heading: str, frameworks: Mapping[str, Framework]) -> str:
    """Return a table of Markdown: a line for each framework at each value."""
    found = {(row["value"], row["framework"], row["measure"]): row for row in rows_of(rows)}
    lines = []
    for value in dict.fromkeys(rows["value"]):
        for name in dict.fromkeys(rows["framework"]):
            days = found[value, name, "days_unfound_mean"]
            unfound = found[value, name, "undetected_poor_provider_years"]
            lines.append(
                (
                    f"{value:g}",
                    str(frameworks[name].title),
                    number(found[value, name, "inspections_per_year"]["mean"]),
                    f"{number(days['mean'])}{_differing(days)}",
                    f"{number(unfound['mean'])}{_differing(unfound)}",
                    number(100 * found[value, name, "on_time_share"]["mean"]) + "%",
                    number(found[value, name, "lapsed_per_year"]["mean"]),
                )
            )
    head = (
        heading,
        "Framework",
        "Inspections of homes a year",
        "Days unfound",
        "Homes poor and unfound",
        "Statutory inspections on time",
        "Discretionary inspections that lapse a year",
    )
    return table(head, lines)


def _differing(row: Mapping[str, Any]) -> str:
    """Write a difference with its interval; nothing for the baseline."""
    mean, low, high = (row[name] for name in ("difference", "difference_low", "difference_high"))
    sign = "+" if mean > 0 else ""
    return f" ({sign}{number(mean, 1)}; {number(low, 1)} to {number(high, 1)})" if mean == mean else ""  # noqa: PLR0124


if __name__ == "__main__":
    if sys.argv[1:] == ["make"]:
        make()
    else:
        print(page())
