"""Charts of an explanation: a bar for what each part brings, in the order of the documents, and one for all."""

from typing import TYPE_CHECKING, Final

from simulator.answers.answer import Drawn
from simulator.charts.bars import Bar, narrow_bars, wide_bars
from simulator.charts.line_plot import Text
from simulator.charts.palette import DARK_BLUE, ORANGE
from simulator.charts.sheet import Chart, drawing, source_of
from simulator.questions.explain.explained import Explained
from simulator.questions.explain.tables import parts_by
from simulator.questions.explain.words import amount, sentences, unit_of, values_told
from simulator.running.targets import Quantity
from simulator.words.estimates import Estimate
from simulator.words.quantities import title_of
from simulator.words.units import scale_of
from simulator.words.wording import capital, named

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TOGETHER: Final = "All together"


def charts(explained: Explained) -> list[Drawn]:
    """Draw a chart for each measure, where there are parts."""
    if not explained.groups:
        return []
    with drawing():
        return [Drawn(_chart(explained, quantity), parts_by(explained, quantity)) for quantity in explained.quantities]


def _chart(explained: Explained, quantity: Quantity) -> Chart:
    factor = scale_of(quantity.of)[0]
    names = [*(capital(group.title) for group in explained.groups), _TOGETHER]
    total = explained.total(quantity)
    estimates = [*(share.value for share in explained.shares(quantity)), total]
    told = [*values_told(explained, quantity), amount(explained, quantity, total.mean)]
    bars = [
        Bar(
            name,
            Estimate(*(factor * end for end in estimate)),
            written,
            DARK_BLUE if estimate.mean < 0 else ORANGE,
            name == _TOGETHER,
        )
        for name, estimate, written in zip(names, estimates, told, strict=True)
    ]
    titles = explained.question.titles
    option, baseline = (titles[framework.name] for framework in explained.pair)
    title = sentences(explained)[explained.quantities.index(quantity)].split(": ")[0]
    what = (
        f"{title_of(quantity)}{f' ({unit_of(quantity).strip()})' if unit_of(quantity) else ''}: what each part of "
        f"{named(option)} adds to {named(baseline)}, as a mean over all orders of the parts; 95% intervals"
    )
    text = Text(title, what, source_of(explained.question.own_register))

    def narrow() -> "Figure":
        return narrow_bars(text, bars)

    said = ", ".join(f"{bar.name} {bar.told}" for bar in bars)
    name = f"{quantity.measure}-{quantity.service_type}"
    return Chart(name, title, f"Bar chart. {title}. {said}.", wide_bars(text, bars), narrow)
