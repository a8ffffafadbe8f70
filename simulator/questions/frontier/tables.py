"""The tables of a frontier: where curves cross, over numbers of inspectors and over costs."""

from typing import TYPE_CHECKING, Final

from simulator.questions.frontier.curves import Frontier, Pair
from simulator.questions.frontier.words import figures
from simulator.statistics.crossings import Crossing
from simulator.words.quantities import title_of
from simulator.words.wording import figure

if TYPE_CHECKING:
    import pandas as pd

_PAIRED: Final = ("framework", "other", "service_type", "measure")
_BETWEEN: Final = ("low", "high", "less_below", "less_above")


def crossings_frame(frontier: Frontier) -> "pd.DataFrame":
    """Return the crossings; `below` names the framework that has less of the measure below a crossing."""
    import pandas as pd

    rows = [_row(pair, crossing) for pair in frontier.pairs for crossing in pair.course.crossings]
    return pd.DataFrame(rows, columns=[*_PAIRED, "fte", *_BETWEEN])


def crossings_by_cost_frame(frontier: Frontier) -> "pd.DataFrame":
    """Return the crossings over the cost of the work done (pounds a year), as `crossings_frame` does."""
    import pandas as pd

    rows = [
        _row(pair, crossing) for pair in frontier.pairs if pair.by_cost for crossing in pair.by_cost.course.crossings
    ]
    return pd.DataFrame(rows, columns=[*_PAIRED, "cost_per_year", *_BETWEEN])


def _row(pair: Pair, crossing: Crossing) -> tuple[str | float, ...]:
    names = pair.framework, pair.other
    less_below, less_above = names if crossing.before < 0 else reversed(names)
    of = pair.quantity
    return *names, of.service_type, of.measure, crossing.at, crossing.low, crossing.high, less_below, less_above


def shown_frame(frontier: Frontier) -> "pd.DataFrame":
    """Return the means for people: a row for each measure and number of inspectors, a column for each framework."""
    import pandas as pd

    rows = []
    for quantity in frontier.quantities:
        bands = [frontier.band(name, quantity) for name in frontier.question.names]
        for position, fte in enumerate(frontier.numbers):
            means = [figure(float(band.mean[position])) for band in bands]
            rows.append([title_of(quantity), figures(frontier, fte), *means])
    return pd.DataFrame(rows, columns=["measure", "FTE", *frontier.question.titles.values()])
