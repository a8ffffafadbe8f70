"""What a report says of the life of one provider: its picture, and its diary, day by day."""

from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.answers.figures import figure_of, in_order
from simulator.answers.kept_run import KeptRun
from simulator.questions.trace.figures import FIGURES
from simulator.questions.trace.files import DIARIES
from simulator.render.document import Block, Cell, Column, Figure, Heading, Paragraph, Section, Table
from simulator.ticks import inspection_year_start
from simulator.words.providers import provider_told
from simulator.words.wording import MONTHS, day_words, figure, joined, named, number

if TYPE_CHECKING:
    import pandas as pd

UNSEEN: Final = "“Unseen” marks what is true and unknown to the inspectorate."
ALIKE: Final = "The same under both"
HEAD: Final = ("Date", "What happened")


class Line(NamedTuple):
    """An entry of a diary."""

    day: date
    text: str
    brief: str = ""
    """In a few plain words; nothing where it is routine."""
    routine: str = ""
    """What it counts as where it is routine."""


class Year(NamedTuple):
    """An inspection year, and what happened in it under each framework, by its name."""

    title: str
    lines: dict[str, tuple[Line, ...]]


class Diaries(NamedTuple):
    """The diaries of one provider, so laid out that what stands side by side is of a time."""

    alike: tuple[Line, ...]
    """What happens alike under both of two frameworks, until the first difference."""
    until: date
    """The day of that, or of the end where there is none."""
    years: tuple[Year, ...]
    """From then on."""


def diaries_of(run: KeptRun) -> Diaries:
    """Read the diaries of a run."""
    frame = run.frame(DIARIES)
    lines = {name: _lines(frame[frame["framework"] == name]) for name in run.titles}
    alike: tuple[Line, ...] = ()
    if "parted" in frame:
        before, rest = frame[~frame["parted"]], frame[frame["parted"]]
        both = zip(*(_lines(before[before["framework"] == name]) for name in run.titles), strict=False)
        alike = tuple(one for one, other in both if one == other)
        lines = {name: _lines(rest[rest["framework"] == name]) for name in run.titles}
    every = [line.day for diary in lines.values() for line in diary]
    starts = sorted({inspection_year_start(day) for day in every})
    years = tuple(
        Year(
            f"April {start.year} to March {start.year + 1}",
            {
                name: tuple(line for line in each if inspection_year_start(line.day) == start)
                for name, each in lines.items()
            },
        )
        for start in starts
    )
    return Diaries(alike, min(every, default=run.scenario.run.ends), years)


def _lines(frame: "pd.DataFrame") -> tuple[Line, ...]:
    return tuple(
        Line(
            date.fromisoformat(str(row["date"])),
            str(row["what_happened"]),
            *(str(row[name]) if isinstance(row[name], str) else "" for name in ("in_brief", "routine")),
        )
        for row in frame.to_dict("records")
    )


def day_kept_whole(day: date) -> str:
    """Write the day of an entry, so that it is not broken over lines."""
    return f"{day.day}\u00a0{MONTHS[day.month - 1][:3]}\u00a0{day.year}"


def question(run: KeptRun) -> str:
    """Report what is asked of one life."""
    under = joined([f"under {named(title)}" for title in run.titles.values()])
    return (
        f"What happens to {provider_told(str(run.manifest['provider']))} {under}: what is its true grade, when do "
        "inspectors come, and what do they find?"
    )


def figures(run: KeptRun) -> list[Figure]:
    """Return the pictures, each with the years measured in figures under it."""
    names = in_order(run, ("lives", "life", *(f"life-{name}" for name in run.titles)))
    return [figure_of(run, name, _numbers(run, name)) for name in names]


def _numbers(run: KeptRun, chart: str) -> Table:
    frame = run.frame(f"charts/{chart}.csv").set_index(["figure", "framework"])["value"]
    there = [name for name in run.titles if name in frame.index.get_level_values("framework")]
    rows = tuple(
        (Cell(title), *(Cell(counted_up(float(frame[name, framework]))) for framework in there))
        for name, title in FIGURES.items()
    )
    columns = (Column("What"), *(Column(run.titles[name], is_number=True) for name in there))
    return Table(f"{chart}-numbers", "The years measured, in figures", columns, rows)


def counted_up(value: float) -> str:
    """Write a count, or a sum of days: a whole number as one."""
    return number(value) if value.is_integer() else figure(value)


def sections(run: KeptRun) -> list[Section]:
    """Return the diaries: what is alike first, then year by year, under two frameworks side by side."""
    diaries = diaries_of(run)
    blocks: list[Block] = [Paragraph(UNSEEN)]
    if diaries.alike:
        rows = tuple((Cell(day_kept_whole(line.day)), Cell(line.text)) for line in diaries.alike)
        blocks += [
            Heading(f"{ALIKE}, until {day_words(diaries.until)}"),
            Table("diary-alike", ALIKE, tuple(map(Column, HEAD)), rows),
        ]
    heads = ["What happened"] if len(run.titles) == 1 else [f"Under {named(title)}" for title in run.titles.values()]
    columns = tuple(map(Column, (HEAD[0], *heads)))
    blocks += [
        Table(f"diary-{position}", year.title, columns, tuple(_by_day(year)))
        for position, year in enumerate(diaries.years)
    ]
    return [Section("diary", "Day by day", tuple(blocks))]


def _by_day(year: Year) -> list[tuple[Cell, ...]]:
    """Put what happens on the same day under each framework side by side."""
    rows = []
    for day in sorted({line.day for lines in year.lines.values() for line in lines}):
        texts = [[line.text for line in lines if line.day == day] for lines in year.lines.values()]
        rows += [(Cell(day_kept_whole(day)), *map(Cell, beside)) for beside in zip_longest(*texts, fillvalue="")]
    return rows


def command(run: KeptRun) -> list[str]:
    """Report what to type to follow it again."""
    under = [part for name in run.titles for part in ("--framework", name)]
    manifest = run.manifest
    return [
        *("inspectsim", "trace", str(manifest["provider"]), "FOLDER", *under),
        *("--replication", str(manifest["replication"])),
    ]
