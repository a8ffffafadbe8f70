"""A comparison on the terminal: the answer in sentences, the key measures as a table, where the files are."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from simulator.engine.run import Engine
from simulator.experiments.compare import Comparison
from simulator.experiments.runner import must_compile
from simulator.measures.names import KEY
from simulator.present.compared import CHILDRENS_HOMES, EVERYONE, Compared, Estimate, Estimates, Subject
from simulator.present.cost_words import cost_sentences
from simulator.present.course import course_told
from simulator.present.gain_sentences import gain_sentences
from simulator.present.paragraphs import print_aside, print_paragraphs
from simulator.present.run_files import those_there
from simulator.present.sentences import caveats, sentences
from simulator.present.units import scale_of, with_unit
from simulator.present.wording import capital, decimals_for, number, time_told
from simulator.scenario import load_scenario, shipped_scenarios

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MOST_DECIMALS: Final = 4
STEPS: Final = 10
"""Plain lines that tell progress from beginning to end."""


def print_comparison(compared: Compared, console: "Console") -> None:
    """Print a sentence for each framework, the key measures, what it costs, and what the numbers rest on."""
    console.print()
    print_paragraphs((capital(line) for line in course_told(compared)), console)
    if compared.scenario.timeline:
        console.print()
    print_paragraphs(sentences(compared), console)
    console.print()
    console.print(measures_table(compared))
    print_paragraphs(cost_sentences(compared), console)
    console.print()
    print_aside(caveats(compared), console)


def measures_table(compared: Compared) -> "Table":
    """Lay out the key measures of children's homes and of all providers, a column for each framework."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, caption="mean ± half of its 95% interval", caption_justify="left")
    table.add_column("")
    for title in compared.titles.values():
        table.add_column(Text(title), justify="right")
    for subject in (CHILDRENS_HOMES, EVERYONE):
        rows = list(measure_rows(compared, subject))
        if rows:
            table.add_row(Text(capital(subject.providers), style="bold"))
        for row in rows:
            table.add_row(*map(Text, row))
        table.add_section()
    return table


def measure_rows(compared: Compared, subject: Subject) -> Iterator[list[str]]:
    """Return the key measures of a subject, a cell for each framework; none if there is nobody in it."""
    estimates = Estimates(compared)
    for measure in KEY:
        levels = [estimates.level(name, subject, measure.name) for name in compared.titles]
        if any(level.defined for level in levels):
            yield [f"  {with_unit(measure)}", *(cell(level, scale_of(measure)[0]) for level in levels)]


def cell(level: Estimate, factor: float) -> str:
    """Write a mean and the half-width of its interval, with the decimals that the latter warrants."""
    if not level.defined:
        return "-"
    mean, half = factor * level.mean, factor * (level.high - level.low) / 2
    if not level.has_interval or half == 0:
        return number(mean, decimals_for([mean]))
    decimals = min(decimals_for([half]), MOST_DECIMALS)
    return f"{number(mean, decimals)} ±{number(half, decimals)}"


def print_gains(comparison: Comparison, console: "Console") -> None:
    """Print which share of the possible gain each framework realises, if yardsticks are among those compared."""
    from rich.text import Text

    for position, sentence in enumerate(gain_sentences(comparison, comparison.gains)):
        if position == 0:
            console.print()
        console.print(Text(sentence), soft_wrap=not console.is_terminal)


def print_files_of(told: dict[str, str], folder: Path, files: Sequence[str], console: "Console") -> None:
    """List the files of a run that are in its folder; `told` describes them, those of a folder by its name."""
    console.print()
    console.print(f"Files in {folder}:", soft_wrap=True)
    there = those_there(told, list(files))
    width = max(map(len, there))
    for name, what in there.items():
        console.print(f"  {name:<{width}} {what}", soft_wrap=True)


def print_first_failure(comparison: Comparison, folder: Path, console: "Console") -> None:
    """Show the first run that failed, and how to see it again."""
    first = comparison.failures[0]
    provider = comparison.question.register["provider"].iloc[0]
    console.print(
        f"The first run that failed is replication {first.replication} of {first.case} (seed {first.seed}): "
        f"{first.error} ({first.where}). To see it again, event by event:",
        soft_wrap=True,
    )
    console.print(
        f"  inspectsim trace {provider} {folder} --framework {first.case} --replication {first.replication}",
        soft_wrap=True,
    )


def print_scenarios(console: "Console") -> None:
    """List the shipped scenarios with their titles and descriptions."""
    from rich.padding import Padding

    for name in shipped_scenarios():
        scenario = load_scenario(name)
        console.print(f"{name}: {scenario.title}", soft_wrap=True)
        console.print(Padding(" ".join(scenario.description.split()), (0, 0, 1, 2)))


def announce_compiling(console: "Console", engine: Engine = "compiled") -> None:
    """Report why nothing is seen for a while, if the engine must be compiled first."""
    if must_compile(engine):
        console.print("Compiling the simulator: once per version, about a minute ...")


Told = Callable[[int, int], None]


@contextmanager
def progress(console: "Console", engine: Engine = "compiled") -> Iterator[Told]:
    """Show how far a series of runs is: a bar on a terminal, a plain line now and then elsewhere.

    Told for the first time, it says if the first one will take longer.
    """
    if not console.is_terminal:
        yield _plain_lines(console, engine)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Runs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        told = False

        def show(done: int, of: int) -> None:
            nonlocal told
            if not told:
                announce_compiling(console, engine)
                told = True
            bar.update(task, completed=done, total=of)

        yield show


def _plain_lines(console: "Console", engine: Engine) -> Told:
    began, first, total, told = 0.0, -1, 0, 0

    def tell(done: int, of: int) -> None:
        nonlocal began, first, total, told
        if first < 0:
            announce_compiling(console, engine)
            first, total = done, of
        elif not began:  # compiling is not what the other runs will take
            began, first = monotonic(), done
        if of > total:
            total, told = of, done * STEPS // of
            console.print(f"{done} runs are not enough for the precision asked: about {of} in all", highlight=False)
        if done * STEPS // of > told:
            told = done * STEPS // of
            left = ""
            if began and first < done < of:
                left = f", about {time_told((monotonic() - began) / (done - first) * (of - done))} left"
            console.print(f"{done} of {of} runs done{left}", highlight=False)

    return tell
