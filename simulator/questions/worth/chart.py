"""Charts: the chance that each option is better by at least some amount, and what is worth knowing."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulator.answers.answer import Drawn
from simulator.charts.bars import Bar, narrow_bars, wide_bars
from simulator.charts.line_plot import Frame, Line, Text, looks, plotted
from simulator.charts.narrow_lines import narrow_lines
from simulator.charts.palette import TURQUOISE
from simulator.charts.sheet import Chart, drawing, source_of
from simulator.measures.bands import Band
from simulator.questions.worth.found import Found, Measured
from simulator.questions.worth.tables import chances_frame, information_frame
from simulator.questions.worth.words import amount_told, headline, unit_told
from simulator.statistics.verdicts import Share
from simulator.words.estimates import Estimate
from simulator.words.quantities import column_title, title_of
from simulator.words.rounded import as_percent
from simulator.words.units import scale_of
from simulator.words.wording import capital, joined, named, number

if TYPE_CHECKING:
    from simulator.running.targets import Floats

_TICKS = 6


def charts(found: Found) -> list[Drawn]:
    """Draw the chances by each measure, and what is worth knowing."""
    with drawing():
        return [
            *(Drawn(_chances(found, measured), chances_frame(found, measured)) for measured in found.measured),
            Drawn(_information(found), information_frame(found)),
        ]


def _chances(found: Found, measured: Measured) -> Chart:
    """Draw the share of worlds in which each option is better than the baseline by at least some amount."""
    of, question = measured.quantity, found.worlds.question
    baseline = named(question.titles[question.baseline])
    amounts, shares = measured.chances(found.options, scale_of(of.of)[0])
    title = headline(found, measured, found.options[0])
    what = (
        f"{title_of(of)}: chance that an option is better than {baseline} by at least so much, as the share of "
        f"{measured.worlds} plausible worlds; left of 0, worse by at most so much. Shaded: 95% interval"
    )
    lines = [
        Line(question.titles[name], False, look, _band(shares[name]))
        for name, look in zip(found.options, looks(len(found.options)), strict=True)
    ]
    unit = f" ({unit_told(of).strip()})" if unit_told(of) else ""
    across = f"Better by at least{unit}"
    frame = Frame(amounts, across, 1.0, _ticks(amounts), True)
    text = Text(title, what, source_of(question.own_register))
    said = "; ".join(
        f"{named(question.titles[name])} in {as_percent(measured.share(name, measured.sign).share)} of worlds"
        for name in found.options
    )
    alt = f"Line chart. {title}. Chance to do better at all: {said}."
    name = f"chance-{of.measure}-{of.service_type}"
    return Chart(name, title, alt, plotted(text, lines, frame), partial(narrow_lines, text, lines, frame))


def _band(shares: list[Share]) -> Band:
    return Band(*(np.array([share[place] for share in shares]) for place in (1, 2, 3)))


def _ticks(amounts: "Floats") -> list[tuple[float, str]]:
    """Return a few round amounts, 0 among them."""
    step = float(min(after - before for before, after in pairwise(amounts.tolist())))
    every = max(1, round(len(amounts) / _TICKS))
    decimals = max(0, int(np.ceil(-np.log10(step * every) - 1e-9)))
    return [(at, number(at, decimals)) for at in amounts.tolist() if round(at / step) % every == 0]


def _information(found: Found) -> Chart:
    """Draw what everything, and what each source could tell, is worth."""
    of = found.decision.quantity
    factor = scale_of(of.of)[0]
    pairs = [*((source.title, learnt) for source, learnt in found.by_source.items()), ("everything", found.everything)]
    bars = [
        Bar(
            capital(title),
            Estimate(*(factor * end for end in learnt.worth)),
            amount_told(of, learnt.worth).split(" ")[0],
            TURQUOISE,
            title == "everything",
        )
        for title, learnt in pairs
    ]
    clear = [source.title for source, learnt in found.by_source.items() if learnt.clear]
    title = f"Worth asking before the choice: {joined(clear)}" if clear else "No one source is clearly worth asking"
    unit = f" ({unit_told(of).strip()})" if unit_told(of) else ""
    what = (
        f"{column_title(of)}: by how much{unit} the choice of an option would turn out better if this were known "
        "before; 95% intervals"
    )
    text = Text(title, what, source_of(found.worlds.question.own_register))
    said = ", ".join(f"{bar.name} {bar.told}" for bar in bars)
    alt = f"Bar chart. {title}. {said}."
    return Chart("information", title, alt, wide_bars(text, bars), partial(narrow_bars, text, bars))
