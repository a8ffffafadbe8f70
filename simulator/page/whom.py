"""For whom: the answer of a comparison redrawn for one kind of provider, from the numbers kept with it."""

import json
from collections.abc import Mapping, Sequence
from math import nan
from pathlib import Path
from typing import Any, Final

from simulator.answers.cells import cells_of
from simulator.answers.kept_run import titled
from simulator.measures.for_whom import ALL, CHOICES, LEAST
from simulator.measures.names import BY_NAME
from simulator.page.answer import table_told
from simulator.page.fields import Problems
from simulator.page.whom_choice import Choice, choice_of, fields_shown, holding, kind_told
from simulator.page.whom_file import BANDS, OF_GROUP, OF_KIND, OF_TYPE, RATING, key_of
from simulator.render.document import Cell, Column, Table
from simulator.words.estimates import UNDEFINED, Estimate
from simulator.words.rounded import as_percent, nearly_percent, short, whole
from simulator.words.units import scale_of
from simulator.words.wording import capital, counted, joined, number

_WHOLE_FROM: Final = 10
"""Days from which on all of a sentence are whole ones."""
_INTERVALS: Final = "Below each mean is its 95% interval."
_VISITS, _DAYS = (OF_KIND.index(name) for name in ("visits", "days"))
"""Where the numbers of a kind of provider have these, each followed by its interval."""
_LINES: Final = {
    "detected_within_90_days": as_percent,
    "detected_later_share": as_percent,
    "never_detected_share": as_percent,
    "days_unfound_mean": whole,
    "days_unfound_worst_tenth": whole,
    "undetected_poor_provider_years": short,
    "on_time_share": nearly_percent,
}
"""Lines of a type of service, and how each is written."""

Kept = Mapping[str, Any]
"""The numbers kept with a comparison, as `simulator.page.whom_file.whom_of` returns them."""
Bands = Sequence[Sequence[float | None] | None]
"""Mean, low and high under each framework."""
Shown = dict[str, Any]


def read_whom(path: Path) -> Kept:
    """Read the numbers kept with a comparison; nothing if it has none."""
    try:
        kept: Kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return kept


def whom_shown(kept: Kept, query: Mapping[str, str]) -> Shown:
    """Return what the page shows for whom; nothing if no numbers were kept.

    Parameters
    ----------
    kept
    query
        Of the address: what is chosen.

    Returns
    -------
    dict
        Keys ``fields`` and ``problems`` of the form, ``chosen`` (what the address has chosen, as far as it can be),
        ``sentences``, ``refused`` (why there are none), ``table``,
        ``of_type`` (title and ``lines`` of the type of service; empty where it has too few providers) and ``folded``
        (pairs of words and tables).
    """
    if not kept:
        return {}
    problems: Problems = {}
    choice = choice_of(query, kept["choices"], problems)
    shown: Shown = {"fields": fields_shown(choice, kept["choices"]), "problems": problems}
    shown["chosen"] = {name: value for name, value in choice.items() if query.get(name) == value}
    if problems:
        return shown
    if refused := _refused(kept, choice):
        shown["refused"] = refused
    else:
        shown |= {"sentences": [_sentence(kept, choice), _behind(kept, choice)], "table": _table(kept, choice)}
    service_type = choice["service_type"]
    if _there(kept, {**dict.fromkeys(CHOICES, ALL), "service_type": service_type}) >= LEAST:
        title = f"{capital(titled(service_type))}: how soon the poor are found"
        lines = _lines(kept, kept["types"][service_type])
        shown |= {"of_type": {"title": title, "lines": lines}, "folded": _folded(kept, service_type)}
    return shown


def _kind(kept: Kept, choice: Choice) -> Kept:
    kind: Kept = kept["kinds"].get(key_of(choice[name] for name in CHOICES), {})
    return kind


def _there(kept: Kept, choice: Choice) -> int:
    """Return how many providers of a kind the register has."""
    return int(_kind(kept, choice).get("in_register", 0))


def _refused(kept: Kept, choice: Choice) -> str:
    """Report why nothing is said of a kind of provider; nothing if it can be."""
    if (there := _there(kept, choice)) < LEAST:
        only, verb = "only " if there else "", "is" if there == 1 else "are"
        return (
            f"No numbers are shown: {only}{counted(there, 'provider')} of this kind {verb} in the simulated register, "
            f"and fewer than {LEAST} say too little about any other. Leave out one of the choices."
        )
    if not _numbers(kept, choice):
        return "No provider of this kind ever held this judgement. Choose another judgement."
    return ""


def _numbers(kept: Kept, choice: Choice) -> dict[int, list[float]]:
    """Return the numbers of a kind of provider by the position of the framework, where they are defined."""
    rows = _kind(kept, choice).get(choice[RATING], [])
    return {place: [_float(value) for value in row] for place, row in enumerate(rows) if row[1] is not None}


def _float(value: float | None) -> float:
    return nan if value is None else value


def _sentence(kept: Kept, choice: Choice) -> str:
    """Report visits and days of staff in a sentence to quote."""
    numbers = _numbers(kept, choice)
    told = [place for place in kept["told"] if place in numbers] or list(numbers)
    days = [numbers[place][_DAYS] for place in told]
    decimals = 0 if max(days) >= _WHOLE_FROM else 1
    visits = _beside(kept, told, [short(numbers[place][_VISITS]) for place in told], "visits a year")
    staff = _beside(kept, told, [number(value, decimals) for value in days], "days of its staff a year")
    return f"{capital(kind_told(choice))}: {visits}; {staff}."


def _beside(kept: Kept, told: Sequence[int], values: Sequence[str], unit: str) -> str:
    """Set numbers side by side: ``1.9 visits a year now, 1.2 under option A and 1.1 under option B``."""
    first, *others = zip(values, (kept["under"][place] for place in told), strict=True)
    return joined([f"{first[0]} {unit} {first[1]}", *(" ".join(other) for other in others)])


def _behind(kept: Kept, choice: Choice) -> str:
    """Report how many providers stand behind the numbers."""
    at_a_time = next(iter(_numbers(kept, choice).values()))[0]
    return (
        f"Behind these numbers stand {number(_there(kept, choice))} providers of this kind in the simulated register. "
        f"At any time about {short(at_a_time)} of them {holding(choice[RATING])}. Each mean is over "
        f"{kept['replications']} replications."
    )


def _table(kept: Kept, choice: Choice) -> Shown:
    """Return the numbers of a kind of provider with their intervals, a row for each framework."""
    numbers, price = _numbers(kept, choice), kept["pounds_per_day"]
    columns = [
        cells_of([Estimate(*row[begin : begin + len(BANDS)]) for row in numbers.values()], factor)
        for begin, factor in ((_VISITS, 1), (_DAYS, 1), (_DAYS, price))
    ]
    rows = tuple((Cell(kept["columns"][place]), *cells) for place, *cells in zip(numbers, *columns, strict=True))
    heads = ("Visits a year", "Days of its staff a year", "Cost of these days, £")
    head = (Column("Framework"), *(Column(title, is_number=True) for title in heads))
    return table_told(Table("for-whom", capital(kind_told(choice)), head, rows, _note(kept)))


def _note(kept: Kept) -> str:
    """Report what the smaller figures are, and which layer the frameworks belong to."""
    pairs = list(zip(kept["columns"], kept["layers"], strict=True))
    layers = dict.fromkeys(kept["layers"])
    told = [f"{layer}: {joined([column for column, its in pairs if its == layer])}." for layer in layers]
    return " ".join([_INTERVALS, *told])


def _lines(kept: Kept, of_type: Mapping[str, Bands]) -> Shown:
    """Return the lines of a type of service, as a verdict has them."""
    lines = [
        {"label": OF_TYPE[name], "cells": [write(_estimate(band).mean) if band else "–" for band in of_type[name]]}
        for name, write in _LINES.items()
        if _is_defined(of_type.get(name, ()))
    ]
    return {"columns": kept["columns"], "layers": kept["layers"], "groups": [{"title": "", "lines": lines}]}


def _folded(kept: Kept, service_type: str) -> list[tuple[str, list[Shown]]]:
    """Return what is known of a type of service with its intervals, and its regions, sectors, sizes and years."""
    providers, of_type = capital(titled(service_type)), kept["types"][service_type]
    measures = [(capital(label), name, of_type.get(name, ())) for name, label in OF_TYPE.items()]
    groups = [
        _crossed(kept, f"{providers}: {label}", [(_group_told(by, group), name, bands) for by, group, bands in rows])
        for name, label in OF_GROUP.items()
        if (rows := kept["groups"].get(service_type, {}).get(name))
    ]
    return [
        (f"{providers}: more measures, with intervals", [_crossed(kept, f"{providers}: measures", measures)]),
        (f"{providers}: by region, sector, size and year", groups),
    ]


def _group_told(by: str, group: str) -> str:
    return f"{capital(by)}: {group.replace('_', ' ')}"


def _crossed(kept: Kept, caption: str, rows: Sequence[tuple[str, str, Bands]]) -> Shown:
    """Return a table of labels, measures and their numbers, with a column for each framework."""
    cells = []
    for label, measure, bands in rows:
        if _is_defined(bands):
            factor, unit = scale_of(BY_NAME[measure])
            cells.append((Cell(f"{label}{unit}"), *cells_of([_estimate(band) for band in bands], factor)))
    columns = (Column("Measure"), *(Column(title, is_number=True) for title in kept["columns"]))
    return table_told(Table("for-whom-type", caption, columns, tuple(cells), _note(kept)))


def _is_defined(bands: Bands) -> bool:
    return any(_estimate(band).defined for band in bands)


def _estimate(band: Sequence[float | None] | None) -> Estimate:
    return Estimate(*(_float(value) for value in band)) if band else UNDEFINED
