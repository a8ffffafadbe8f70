"""The page ``docs/performance.md``, made from what `make bench` measured."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from textwrap import fill, indent
from typing import Final

from simulator.engine.past import MOST_PROVIDERS

from .bounds import Bound, Measured, bounds, cost
from .replications import ALONE, COMPILED, SHARED
from .timing import ROOT

MEASURED: Final = Path(__file__).with_name("measured.json")
PAGE: Final = ROOT / "docs" / "performance.md"

LARGE: Final = 100
MODELS: Final = {
    "england": "England, compiled engine",
    "trial": "Trial, compiled engine",
    "C": "Trial, the loop in C",
}


def page_of(measured: Measured) -> str:
    """Write the page, for people."""
    parts = {
        "What must hold": _what_must_hold(bounds(measured)),
        "The machine": table(["", ""], [list(each) for each in measured["machine"].items()]),
        "England": _england(measured["england"]),
        "A comparison": _comparison(measured["comparison"]),
        "The trial": _trial(measured["trial"]),
        "Size": _sizes(measured["sizes"]),
        "Starting": _starts(measured),
        "Many replications": _many(measured),
        "How it is measured": _how(measured),
    }
    return (
        "\n\n".join(["# Performance", INTRODUCTION, *(f"## {title}\n\n{part}" for title, part in parts.items())]) + "\n"
    )


def read_measured(path: Path = MEASURED) -> Measured:
    """Read what was measured last."""
    measured: Measured = json.loads(path.read_text(encoding="utf-8"))
    return measured


def paragraph(text: str, width: int = 120) -> str:
    """Break a text into lines."""
    return fill(" ".join(text.split()), width, break_long_words=False, break_on_hyphens=False)


def item(text: str) -> str:
    """Break an item of a list into lines."""
    return indent(paragraph(text, 118), "  ").replace("  ", "- ", 1)


INTRODUCTION: Final = paragraph(
    """How long a replication takes, what that is compared with, and how much memory it needs. `make bench` measures
    all of it in one go and writes this page from what it measured (`tests/benchmarks/measured.json`); no number here
    is typed by hand."""
)


def _what_must_hold(found: Sequence[Bound]) -> str:
    def row(each: Bound) -> list[str]:
        must = f"{'at most' if each.is_ceiling else 'at least'} {each.bound:g} {each.unit}"
        aim = f"{must}; aim {each.aim:g}" if each.aim else must
        return [each.what, figures(each.least), figures(each.median), aim, "yes" if each.holds else "**no**"]

    return table(["", "by least", "by median", "must be", "holds"], [row(each) for each in found])


def _england(part: Measured) -> str:
    text = paragraph(
        f"""One replication of the scenario `england-2006`: {part["providers"]:,} providers, three years of the 2006
        regime and then option A with all its clauses (assessments, self-assessments, samples, plans, enforcement);
        {part["events"]:,} events in replication 0. Both engines run the same rules and leave the same trace.
        Inspections and assessments are counted as they are made and not kept, as in a comparison."""
    )
    return f"{text}\n\n{_seconds(part['seconds'], dict.fromkeys(part['seconds'], int(part['events'])))}"


def _comparison(part: Measured) -> str:
    """Describe what it saves that frameworks share their warm-up."""
    seconds = part["seconds"]
    ratio = min(seconds[SHARED]) / min(seconds[ALONE])
    text = paragraph(
        f"""One replication of the comparison of England: {part["frameworks"]} frameworks and what is read off them.
        They share the three years of warm-up, which are run once, and each framework continues from a copy. That takes
        {ratio:.0%} of the time of running each from the beginning, and gives the same results to the last bit. Where
        there are more than {MOST_PROVIDERS:,} providers nothing is shared: a copy would take too much memory."""
    )
    rows = [
        [name, f"{1000 * min(times):,.0f}", f"{1000 * median(times):,.0f}", f"{len(times)}"]
        for name, times in seconds.items()
    ]
    return f"{text}\n\n{table(['', 'least CPU, ms', 'median CPU, ms', 'runs'], rows)}"


def _trial(part: Measured) -> str:
    text = paragraph(
        f"""The trial (`tests/benchmarks/trial/`) is small enough to be written down in C: {part["providers"]:,}
        providers of one type over ten years, inspections at intervals by rating, grades that change, serious concerns
        that bring inspections, and finitely many inspectors. All else is switched off."""
    )
    items = [
        """The plain model (`tests/functional/plain_model.py`) is SimPy as one would write it first: some processes
        for each provider, draws from one generator. It agrees with the engines on the whole, not event for event.""",
        """The loop in C (`tests/benchmarks/trial.c`) has a heap of packed keys, one struct for each provider, and the
        same addressed random numbers. A test proves that it leaves the inspections, episodes and backlog of the
        engines, row for row. It has nothing of what the trial switches off.""",
        """The engines look at every provider's plans on each 1 April. Under these rules that changes nothing, and a
        program made for them alone would leave it out. The loop is timed both ways: with the events of the engines,
        which the bound is for, and with only those that the rules ask for.""",
    ]
    return "\n\n".join([text, "\n".join(map(item, items)), _seconds(part["seconds"], part["events"])])


def _seconds(seconds: Mapping[str, list[float]], events: Mapping[str, int]) -> str:
    rows = [
        [
            name,
            f"{events[name]:,}" if name in events else "",
            f"{1e3 * min(times):,.1f}",
            f"{1e3 * median(times):,.1f}",
            figures(min(times) / min(seconds[COMPILED])),
            str(len(times)),
        ]
        for name, times in seconds.items()
    ]
    return table(["", "events", "least CPU, ms", "median CPU, ms", "times the compiled engine", "runs"], rows)


def _sizes(sizes: Sequence[Measured]) -> str:
    text = paragraph(
        """CPU time for each event and the most memory, inspections and assessments counted as they are made and not
        kept. Inspectors and local authorities grow with the providers. Each size has two processes of its own, as a
        comparison with `--processes` has: one draws the providers, the other is handed them and runs. Memory is that
        of the whole process, Python and the compiled code included. Where one process does both, as with threads, it
        also keeps the table of providers and what reads it: some 170 MB more at the largest size."""
    )
    first = {model: next((row for row in sizes if row["model"] == model), None) for model in MODELS}
    rows = [
        [
            MODELS[row["model"]],
            f"{row['providers']:,}",
            f"{row['years']:.0f}",
            f"{'about ' if row.get('events_estimated') else ''}{row['events']:,}",
            f"{cost(row, min):.2f}",
            f"{cost(row, median):.2f}",
            f"{cost(row, min) / cost(first[row['model']] or row, min):.2f}",
            f"{row['prepared_megabytes']:,.0f}",
            f"{row['run_megabytes']:,.0f}",
        ]
        for row in sizes
    ]
    head = [
        "",
        "providers",
        "years",
        "events",
        "least, µs",
        "median, µs",
        "times the first",
        "drawing, MB",
        "running, MB",
    ]
    after = paragraph(
        """Where the number of events is approximate, it is not counted but taken in proportion from the size
        before. An event costs more where there are more providers than fit into the caches of the processor; the loop
        in C pays for that too."""
    )
    return "\n\n".join([text, table(head, rows), after])


def _starts(measured: Measured) -> str:
    firsts, cold, helps = measured["firsts"], measured["cold"], measured["helps"]
    times = {
        "`inspectsim --help`, CPU": helps,
        "`inspectsim compare` until its first replication begins, compiled before": [each["wall"] for each in firsts],
        "the same until that replication has ended, CPU": [each["cpu"] for each in firsts],
    }
    rows = [[name, f"{min(each):.2f}", f"{median(each):.2f}"] for name, each in times.items()]
    text = paragraph(
        f"""The very first comparison of all has to compile the rules: {cold["cpu"]:.0f} s of CPU time,
        {cold["wall"]:.0f} s by the clock, {cold["peak"]:,.0f} MB at most. Compiled code is kept below
        `~/.cache/inspectsim` and serves until the rules are changed."""
    )
    return f"{table(['', 'least, s', 'median, s'], rows)}\n\n{text}"


def _many(measured: Measured) -> str:
    part, whole = measured["workers"], measured["whole"]
    text = paragraph(
        f"""A whole `inspectsim compare` of England, four frameworks × {part["replications"]} replications, tables and
        charts included, by the clock:"""
    )
    walls = {workers: [each["wall"] for each in runs] for workers, runs in part["runs"].items()}
    rows = [[workers, f"{min(each):.1f}", f"{median(each):.1f}"] for workers, each in walls.items()]
    after = paragraph(
        f"""Four frameworks × {whole["replications"]} replications on {whole["workers"]} cores take
        {whole["wall"]:.0f} s by the clock and {whole["cpu"]:.0f} s of CPU time."""
    )
    return "\n\n".join([text, table(["workers", "least, s", "median, s"], rows), after])


def _how(measured: Measured) -> str:
    seconds = {**measured["england"]["seconds"], **measured["trial"]["seconds"]}
    above = {name: median(times) / min(times) - 1 for name, times in seconds.items()}
    most = max(above, key=lambda name: above[name])
    return paragraph(
        f"""Ways to do the same take turns: each has its round before any has the next, on the same replications,
        after a run that is not counted. The time of a replication is the CPU time of the process, in which waiting
        for a core does not count; but where others use the machine too, caches are smaller and clocks slower. Noise
        has touched the least of the times least, so bounds are held against it; the median says what is usual. Here
        medians lie up to {above[most]:.0%} above the least ({most}). Ratios of one run may be compared with those of
        another; times may not, unless the machine is the same."""
    )


def figures(number: float) -> str:
    """Write a number with three figures, or none behind the point if it is large."""
    return f"{number:,.0f}" if number >= LARGE else f"{number:.3g}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table in Markdown: the first column to the left, all others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
