"""The report of a comparison: its charts, its key figures, its differences and its costs."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from simulator.answers.cells import cells_of
from simulator.answers.costs import costs_told
from simulator.answers.figures import Crossed, crossed_figure, figure_of, in_order, interval_note
from simulator.answers.kept_run import KeptRun, titled
from simulator.inspectorate.kinds import KINDS
from simulator.measures.names import BY_NAME, KEY, MEASURES, Measure
from simulator.questions.compare.chart_bars import KIND_TITLES, VISITS
from simulator.questions.compare.chart_inspectors import inspectors_figures
from simulator.questions.compare.chart_tables import ALL_KINDS
from simulator.questions.compare.impact_report import impact_sections
from simulator.questions.compare.precision_report import known_sections
from simulator.render.document import Cell, Column, Figure, Section, Table
from simulator.render.verdict import Line
from simulator.words.estimates import CHILDRENS_HOMES, EVERYONE, UNDEFINED, Subject, by_key
from simulator.words.units import scale_of, with_unit
from simulator.words.wording import capital, day_words, joined, named, percent

if TYPE_CHECKING:
    import pandas as pd

_DAYS_SHOWN: Final = (30, 60, 90, 180, 365, 545, 730)
_SHARES_SHOWN: Final = (0.05, 0.1, 0.2, 0.3, 0.5)
_BEFORE: Final = 3
"""Charts before that of inspectors: visits, inspections and types of service."""
_OF_COST: Final = ("pounds", "inspector-days", "provider days")
"""Beginnings of the units of measures that are reported as costs."""


def question(run: KeptRun) -> str:
    """Report what a comparison asks."""
    titles = [named(title) for title in run.titles.values()]
    if len(titles) == 1:
        return f"How much work is {titles[0]} for inspectors, and how soon does it find providers that become poor?"
    return (
        f"How much work are {joined(titles)} for inspectors, and how soon does each find providers that become poor? "
        f"The others are compared with {named(run.titles[run.baseline])}. Every framework meets the same providers "
        "with the same histories."
    )


def figures(run: KeptRun) -> list[Figure]:
    """Return the charts of a comparison."""
    how = {
        "visits-by-rating": Crossed(
            "Visits a year, by the grade of the last inspection", "Last grade", "measure", _rating
        ),
        "compare": Crossed(_numbers_of(run, "compare"), "Measure", "measure", _measure),
        "services": Crossed("Mean days poor and unfound", "Type of service", "service_type", _providers),
        "inspections-by-kind": Crossed("Inspections of all providers a year", "Kind", "kind", _kind),
        "detection": Crossed("Share found, by days, %", "Days", "days", str, 100, lambda days: days in _DAYS_SHOWN),
        "undetected-poor": Crossed(
            "Providers poor and unfound, mean number at any time", "Providers", "service_type", _providers
        ),
        "backlog": Crossed(
            "Inspections waiting at the end of a month",
            "At midnight after",
            "month_end",
            _day_before,
            1,
            lambda day: day[5:] == f"{run.scenario.run.start:%m-%d}",
        ),
        "assessment": Crossed(
            "Share of the poor with at least this risk, %",
            "Share of the others",
            "others_share",
            percent,
            100,
            lambda share: round(share, 6) in _SHARES_SHOWN,
        ),
    }
    found = [figure_of(run, "found", _found(run))] if in_order(run, ("found",)) else []
    more = [crossed_figure(run, name, how[name]) for name in in_order(run, tuple(how))]
    return [*found, *more[:_BEFORE], *inspectors_figures(run), *more[_BEFORE:]]


def _found(run: KeptRun) -> Table:
    """Return the numbers of the chart of dots, a column for each framework."""
    frame = run.frame("charts/found.csv")
    there = [name for name in run.titles if name in set(frame["framework"])]
    numbers = {(row["framework"], row["group"]): f"{row['of_hundred']:.0f}" for row in frame.to_dict("records")}
    groups = list(dict.fromkeys(frame["group"]))
    rows = tuple((Cell(capital(group)), *(Cell(numbers[name, group]) for name in there)) for group in groups)
    columns = (Column("Outcome"), *(Column(run.titles[name], is_number=True) for name in there))
    return Table("found-numbers", "Of 100 that become poor", columns, rows)


def _numbers_of(run: KeptRun, name: str) -> str:
    whose = run.frame(f"charts/{name}.csv")["service_type"].iloc[0]
    return f"{capital(_providers(whose))}: inspections a year, and those poor and unfound"


def _providers(service_type: str) -> str:
    return capital(titled(service_type))


def _rating(measure: str) -> str:
    return VISITS[measure]


def _measure(name: str) -> str:
    return with_unit(BY_NAME[name])


def _kind(name: str) -> str:
    return "Every kind" if name == ALL_KINDS else KIND_TITLES[name] if name in KINDS else name


def _day_before(day: str) -> str:
    return day_words(date.fromisoformat(day) - timedelta(days=1))


def sections(run: KeptRun) -> list[Section]:
    """Return key figures, differences, how closely these are known, costs and the impact assessment."""
    levels, differences, what = run.frame("summary.csv"), run.frame("differences.csv"), "means over replications"
    note = interval_note(levels)
    costs = [measure for measure in MEASURES if measure.unit.startswith(_OF_COST)]
    base = named(run.titles[run.baseline])
    there = dict(run.titles)
    others = {name: title for name, title in there.items() if name != run.baseline}
    told = [
        Section(
            "figures",
            "Key figures",
            tuple(
                Table(f"key-{subject.service_type}", f"{capital(subject.providers)}: {what}", *body, note)
                for subject in (CHILDRENS_HOMES, EVERYONE)
                for body in _measured(levels, there, subject, KEY)
            ),
        )
    ]
    if others:
        tables = tuple(
            Table(
                f"differences-{subject.service_type}",
                f"{capital(subject.providers)}: more (or, with −, fewer) than under {base}",
                *body,
                note,
            )
            for subject in (CHILDRENS_HOMES, EVERYONE)
            for body in _measured(differences, others, subject, KEY)
        )
        told.append(Section("differences", f"Differences from {base}", tables))
        told += known_sections(run)
    whole = tuple(
        Table("costs-all", f"What it costs, all providers: {what}", *body, note)
        for body in _measured(levels, there, EVERYONE, costs)
    )
    return [*told, Section("costs", "What it costs", (*costs_told(run), *whole)), *impact_sections(run)]


def key_lines(run: KeptRun) -> list[Line]:
    """Return the key measures of children's homes and of all providers, in the units of the files."""
    estimates = by_key(run.frame("summary.csv"))
    lines = []
    for subject in (CHILDRENS_HOMES, EVERYONE):
        for measure in KEY:
            mine = [estimates.get((name, subject.service_type, measure.name), UNDEFINED) for name in run.titles]
            if any(estimate.defined for estimate in mine):
                values = tuple(estimate.mean if estimate.defined else None for estimate in mine)
                lines.append(Line(measure.title, (), capital(subject.providers), values, measure.unit))
    return lines


def _measured(
    frame: "pd.DataFrame", titles: Mapping[str, str], subject: Subject, measures: Iterable[Measure]
) -> Iterator[tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]]:
    """Return measures of a subject with a column for each framework; nothing if there is nobody to measure."""
    estimates = by_key(frame)
    rows = []
    for measure in measures:
        mine = [estimates.get((name, subject.service_type, measure.name), UNDEFINED) for name in titles]
        if any(estimate.defined for estimate in mine):
            rows.append((Cell(with_unit(measure)), *cells_of(mine, scale_of(measure)[0])))
    if rows:
        yield (Column("Measure"), *(Column(title, is_number=True) for title in titles.values())), tuple(rows)


def command(_: KeptRun) -> list[str]:
    """Report what to type to compare again."""
    return ["inspectsim", "compare", "FOLDER"]
