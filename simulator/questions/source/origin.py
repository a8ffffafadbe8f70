"""The origin of a number of a run: its formula, events, clauses and assumptions, and how it is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simulator.answers.kept_run import KeptRun
from simulator.running.targets import Quantity
from simulator.words.estimates import Estimate
from simulator.words.quantities import title_of
from simulator.words.units import scale_of
from simulator.words.wording import bracketed, joined, mean_and_range, named

if TYPE_CHECKING:
    import pandas as pd


class Mover(NamedTuple):
    """A clause or an assumption that moves a number."""

    what: str
    difference: Estimate
    """What it adds to the difference; for an assumption, how far it moves the difference at most."""
    where: str
    """Document and paragraph, or where the value comes from."""


class Movers(NamedTuple):
    """Those of one folder."""

    folder: Path
    of: str
    """Whose difference from the baseline they move, by name."""
    rows: tuple[Mover, ...]


@dataclass(frozen=True)
class Origin:
    """Where a number comes from."""

    run: KeptRun
    quantity: Quantity
    levels: "pd.DataFrame"
    """Columns framework, mean, low, high, replications."""
    tables: dict[str, Path | None]
    """The events that it counts, by the name of their table, and the file if the run kept them."""
    parts: tuple[Movers, ...]
    """What parts of a framework do, from `explain`."""
    assumptions: tuple[Movers, ...]
    """What assumptions do, from `sensitivity`."""

    def __repr__(self) -> str:
        return "\n".join(told(self))


def told(origin: Origin) -> list[str]:
    """Report the number, its formula, the events that it counts, and what moves it."""
    return [
        *_number(origin),
        f"How it is computed: {origin.quantity.of.formula} Unit: {origin.quantity.of.unit}. More: docs/measures.md.",
        *_events(origin),
        *_moved(origin, origin.parts, "What the parts of {} bring", _explain(origin)),
        *_moved(origin, origin.assumptions, "What assumptions move the difference of {} by, at most", _vary(origin)),
    ]


def _number(origin: Origin) -> Iterator[str]:
    titles, factor = origin.run.titles, scale_of(origin.quantity.of)[0]
    parts = []
    for row in origin.levels.to_dict("records"):
        estimate = Estimate(*(factor * float(str(row[name])) for name in ("mean", "low", "high")))
        mean, between = mean_and_range(estimate) if estimate.defined else ("undefined", "")
        parts.append(f"{mean}{bracketed(between)} under {named(titles[str(row['framework'])])}")
    yield f"{title_of(origin.quantity)}: {joined(parts)}."


def _events(origin: Origin) -> Iterator[str]:
    """Report which tables of events it is counted from, and where they are or how to keep them."""
    kept = [str(path) for path in origin.tables.values() if path]
    if kept:
        yield f"It is counted from these events: {joined(kept)}. docs/files.md describes their columns."
        return
    yield (
        f"It is counted from these events: {joined(list(origin.tables))}. This run did not keep them. To keep those of "
        f"the first replication: inspectsim compare {origin.run.folder} --events first"
    )


def _moved(origin: Origin, every: tuple[Movers, ...], head: str, otherwise: str) -> Iterator[str]:
    if not every:
        yield otherwise
    factor = scale_of(origin.quantity.of)[0]
    for movers in every:
        title = named(origin.run.titles.get(movers.of, movers.of))
        yield f"{head.format(title)} ({movers.folder}):"
        yield from (f"- {_mover(row, factor)}" for row in movers.rows)


def _mover(row: Mover, factor: float) -> str:
    mean, between = mean_and_range(Estimate(*(factor * end for end in row.difference)))
    return f"{row.what}: {mean}{bracketed(between)}{f' [{row.where}]' if row.where else ''}"


def _explain(origin: Origin) -> str:
    other = next((name for name in origin.run.titles if name != origin.run.baseline), origin.run.baseline)
    return (
        "Which parts of a framework move it is not known here. To find out: inspectsim explain "
        f'{other} --scenario {origin.run.folder} --measure "{origin.quantity}"'
    )


def _vary(origin: Origin) -> str:
    return (
        "Which assumptions move it is not known here. To find out: inspectsim sensitivity "
        f'{origin.run.folder} --measure "{origin.quantity}"'
    )
