"""The verdict: each option in the plausible worlds side by side, and what is worth knowing."""

from collections.abc import Iterator

from simulator.questions.compare.doubts import assumed_told
from simulator.questions.worth.found import Found, Measured
from simulator.questions.worth.words import best_told, caveats, headline, option_told, signed, worth_told
from simulator.render.verdict import Line, Verdict
from simulator.words.quantities import column_title
from simulator.words.units import scale_of

_NONE = "–"
"""Where the baseline has no number."""


def verdict_of(found: Found) -> Verdict:
    """Return the verdict."""
    question, decision = found.worlds.question, found.decision
    return Verdict(
        title=f"{headline(found, decision, found.options[0])}.",
        columns=tuple(question.titles[name] for name in (question.baseline, *found.options)),
        lines=tuple(line for measured in found.measured for line in _lines(found, measured)),
        told=(
            *(option_told(found, decision, name) for name in found.options),
            best_told(found, decision),
            worth_told(found),
        ),
        doubts=(*caveats(found), assumed_told(question.scenario)),
    )


def _lines(found: Found, measured: Measured) -> Iterator[Line]:
    of, group, factor = measured.quantity, column_title(measured.quantity), scale_of(measured.quantity.of)[0]
    better = [measured.share(name, measured.sign).worlds for name in found.options]
    differences = [measured.difference(name).mean for name in found.options]
    spreads = [" to ".join(signed(of, end) for end in measured.spread(name)) for name in found.options]
    best = [measured.best(name).worlds for name in (found.worlds.question.baseline, *found.options)]
    yield _line(f"worlds of {measured.worlds} better than now", group, better, [str(count) for count in better])
    yield Line(
        f"worlds of {measured.worlds} best of all", tuple(map(str, best)), group, tuple(float(count) for count in best)
    )
    told = [signed(of, mean) for mean in differences]
    yield _line("difference from now, mean", group, [factor * mean for mean in differences], told)
    yield Line("5th to 95th percentile", (_NONE, *spreads), group)


def _line(label: str, group: str, values: list[float] | list[int], cells: list[str]) -> Line:
    """Return a line in which the baseline has no number."""
    return Line(label, (_NONE, *cells), group, (None, *map(float, values)))
