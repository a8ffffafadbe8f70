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
    best = [measured.best(name).worlds for name in (found.worlds.question.baseline, *found.options)]
    worlds = f"of {measured.worlds} worlds"
    yield Line(f"better than now, {worlds}", (_NONE, *map(str, better)), group, (None, *map(float, better)))
    yield Line(f"best of all, {worlds}", tuple(map(str, best)), group, tuple(map(float, best)))
    spreads = [measured.spread(name) for name in found.options]
    for label, values in (
        ("difference from now, mean", [measured.difference(name).mean for name in found.options]),
        ("5th percentile over worlds", [low for low, _ in spreads]),
        ("95th percentile over worlds", [high for _, high in spreads]),
    ):
        told = (signed(of, value) for value in values)
        yield Line(label, (_NONE, *told), group, (None, *(factor * value for value in values)))
