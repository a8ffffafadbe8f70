"""For whom, as a run of the page keeps it: the numbers of every kind of provider, in a compact file beside the answer.

The process that carries out a run writes it, so that the server redraws the answer for one kind of provider without
computing anything (`simulator.page.whom`).
"""

import json
from collections.abc import Iterable, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any, Final

from simulator.answers.kept_run import KeptRun
from simulator.measures.for_whom import CHOICES, LEAST
from simulator.questions.compare.for_whom import FOR_WHOM, RATE_COLUMNS
from simulator.questions.compare.groups import GROUPS_FILE
from simulator.words.wording import named

if TYPE_CHECKING:
    import pandas as pd

WHOM: Final = "for-whom.json"
RATING: Final = "rating"
BANDS: Final = ("mean", "low", "high")
OF_KIND: Final = ("providers", *(name for name in RATE_COLUMNS if "difference" not in name))
"""Numbers of a kind of provider under a framework: how many there are at a time, visits and days of staff a year."""
OF_TYPE: Final = {
    "detected_within_90_days": "found within 90 days",
    "detected_later_share": "found later",
    "never_detected_share": "never found",
    "days_unfound_mean": "days unfound, on average",
    "days_unfound_worst_tenth": "days unfound, longest tenth (mean)",
    "days_unfound_median": "days unfound, median",
    "days_unfound_90th": "days unfound, 90th percentile",
    "days_unfound_95th": "days unfound, 95th percentile",
    "undetected_poor_provider_years": "poor and unfound at any time",
    "on_time_share": "statutory visits on time",
    "visits_rated_good": "visits a year, last judged good or better",
    "visits_rated_adequate": "visits a year, last judged adequate",
    "visits_rated_poor": "visits a year, last judged poor",
    "burden_days_rated_good": "days of staff a year, last judged good or better",
}
"""Measures shown of a type of service, as a lay reader calls them."""
OF_GROUP: Final = {
    "visits_per_provider_year": "visits a year",
    "burden_days_per_provider_year": "days of staff a year",
    **{name: OF_TYPE[name] for name in ("days_unfound_mean", "detected_within_90_days", "on_time_share")},
}
"""Measures shown of its regions, sectors, sizes and years."""
BY: Final = ("region", "sector", "size", "year")
_OF_KIND_DIGITS: Final = 5
"""Significant digits kept of the numbers of kinds of provider, of which there are most: more than are shown."""
_DIGITS: Final = 6
"""The same of measures: a share may be nearly all, and is not all."""

Table = dict[str, Any]


def whom_bytes(whom: Table) -> bytes:
    """Write the file."""
    return (json.dumps(whom, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def whom_of(run: KeptRun) -> Table:
    """Gather what a comparison means for every kind of provider.

    Returns
    -------
    dict
        Keys ``columns`` and ``layers`` (of the frameworks, as in the verdict), ``under`` (each framework within a
        sentence), ``told`` (positions of those that a sentence compares, the baseline first), ``pounds_per_day``,
        ``replications``, ``choices`` (what can be chosen, by name), ``kinds`` (by `key_of`: ``in_register``, and by
        rating held the numbers `OF_KIND` of each framework), ``types`` (by type of service and measure mean, low and
        high of each framework) and ``groups`` (by type of service and measure: kind of group, group, and the same).
        A number that is undefined is None.
    """
    import io

    import pandas as pd

    table = pd.read_parquet(io.BytesIO(run.content(FOR_WHOM)))
    names, columns = list(run.titles), run.verdict.columns
    now = [column != title for column, title in zip(columns, run.titles.values(), strict=True)]
    return {
        "columns": list(columns),
        "layers": list(run.verdict.layers),
        "under": [
            "now" if is_now else f"under {named(title)}" for is_now, title in zip(now, run.titles.values(), strict=True)
        ],
        "told": told_of(names.index(run.baseline), run.verdict.layers),
        "pounds_per_day": float(table["pounds_per_day"].iloc[0]),
        "replications": int(table["replications"].max()),
        "choices": {name: list(dict.fromkeys(table[name])) for name in (*CHOICES, RATING)},
        "kinds": _kinds(table),
        "types": _types(run.frame("summary.csv"), names),
        "groups": _groups(run.frame(GROUPS_FILE), names),
    }


def key_of(kind: Iterable[str]) -> str:
    """Return the key of a kind of provider: its type, size, region and sector."""
    return "/".join(kind)


def told_of(baseline: int, layers: Sequence[str]) -> list[int]:
    """Choose the frameworks that a sentence compares: the baseline, and those in its layer, or all if none is."""
    others = [place for place in range(len(layers)) if place != baseline]
    peers = [place for place in others if layers[place] == layers[baseline]]
    return [baseline, *(peers or others)]


def _kinds(table: "pd.DataFrame") -> Table:
    kinds: Table = {}
    known = table["in_register"] >= LEAST
    columns = [*CHOICES, "in_register"]
    for *kind, there in table[columns].drop_duplicates(list(CHOICES)).itertuples(index=False):
        kinds[key_of(kind)] = {"in_register": int(there)}
    keys = table.loc[known, [*CHOICES, RATING]].to_numpy().tolist()
    for (*kind, rating), numbers in zip(keys, table.loc[known, list(OF_KIND)].to_numpy(float), strict=True):
        kinds[key_of(kind)].setdefault(rating, []).append(_kept(numbers, _OF_KIND_DIGITS))
    return kinds


def _types(summary: "pd.DataFrame", names: list[str]) -> Table:
    types: Table = {}
    for row in summary[summary["measure"].isin(OF_TYPE)].to_dict("records"):
        bands = types.setdefault(row["service_type"], {}).setdefault(row["measure"], [None] * len(names))
        bands[names.index(row["framework"])] = _kept((row[name] for name in BANDS), _DIGITS)
    return types


def _groups(groups: "pd.DataFrame", names: list[str]) -> Table:
    found: dict[str, dict[str, dict[tuple[str, str], list[Any]]]] = {}
    shown = groups[groups["by"].isin(BY) & groups["measure"].isin(OF_GROUP)]
    for row in shown.sort_values("by", key=lambda by: by.map(BY.index), kind="stable").to_dict("records"):
        of_measure = found.setdefault(row["service_type"], {}).setdefault(row["measure"], {})
        bands = of_measure.setdefault((row["by"], row["group"]), [None] * len(names))
        bands[names.index(row["framework"])] = _kept((row[name] for name in BANDS), _DIGITS)
    return {
        service_type: {
            measure: [[by, group, bands] for (by, group), bands in of_measure.items()]
            for measure, of_measure in measures.items()
        }
        for service_type, measures in found.items()
    }


def _kept(numbers: Iterable[float], digits: int) -> list[float | None]:
    return [None if isnan(number) else float(f"{number:.{digits}g}") for number in numbers]
