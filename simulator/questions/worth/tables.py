"""The tables: options by measure, what is worth knowing, the worlds, and what was varied."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.questions.sensitivity.assumption_words import title_of_assumption
from simulator.questions.sensitivity.tables import assumptions_frame
from simulator.questions.worth.files import COLUMNS_OF_INFORMATION
from simulator.questions.worth.found import Found, Measured
from simulator.questions.worth.sources import columns_by_source, source_of
from simulator.questions.worth.words import amount_told, learnt_told, unit_told
from simulator.statistics.information import Learnt
from simulator.words.units import scale_of
from simulator.words.wording import capital

if TYPE_CHECKING:
    import pandas as pd


def options_frame(found: Found) -> "pd.DataFrame":
    """Return a row for each framework and measure, columns as declared with the file."""
    import pandas as pd

    return pd.DataFrame([_option_row(found, one, name) for one in found.measured for name in one.names])


def _option_row(found: Found, measured: Measured, name: str) -> dict[str, Any]:
    of, standing = measured.quantity, measured.standings[name]
    row: dict[str, Any] = {"framework": name, "service_type": of.service_type, "measure": of.measure}
    row |= measured.level(name)._asdict()
    row |= _ends("difference", measured.difference(name))
    row |= dict(zip(("percentile_5", "percentile_95"), measured.spread(name), strict=True))
    row["worlds"] = measured.worlds
    row |= _ends("better", measured.share(name, measured.sign)[1:])
    row |= _ends("best", measured.best(name)[1:])
    row |= _ends("ahead", standing[:3])
    row["may_be_best"] = standing.may_be_best
    if name == found.worlds.question.baseline:
        row |= {key: np.nan for key in row if key.startswith(("difference", "percentile", "better"))}
    return row


def _ends(name: str, estimate: Iterable[float]) -> dict[str, float]:
    return {f"{name}{end}": bound for end, bound in zip(("", "_low", "_high"), estimate, strict=True)}


def information_frame(found: Found) -> "pd.DataFrame":
    """Return what everything, and what each source could tell, is worth."""
    import pandas as pd

    columns = columns_by_source(found.worlds.assumptions)
    everything = ("everything", "everything", len(found.worlds.assumptions), found.everything)
    rows = [
        everything,
        *((source.name, source.title, len(columns[source]), learnt) for source, learnt in found.by_source.items()),
    ]
    return pd.DataFrame([_learnt_row(*row) for row in rows], columns=list(COLUMNS_OF_INFORMATION))


def _learnt_row(name: str, title: str, count: int, learnt: Learnt) -> dict[str, Any]:
    row: dict[str, Any] = {"source": name, "title": title, "assumptions": count}
    return row | _ends("worth", learnt.worth) | {"chance": learnt.chance, "clear": learnt.clear}


def chances_frame(found: Found, measured: Measured) -> "pd.DataFrame":
    """Return the share of worlds in which each option is better than the baseline by at least some amounts."""
    import pandas as pd

    factor = scale_of(measured.quantity.of)[0]
    amounts, shares = measured.chances(found.options, factor)
    rows = [
        (name, measured.quantity.service_type, measured.quantity.measure, amount / factor, *share[1:])
        for name, by_amount in shares.items()
        for amount, share in zip(amounts.tolist(), by_amount, strict=True)
    ]
    return pd.DataFrame(rows, columns=["framework", "service_type", "measure", "at_least", "mean", "low", "high"])


def worlds_frame(found: Found) -> "pd.DataFrame":
    """Return the measures of every framework in every world in which they are defined."""
    import pandas as pd

    frames = []
    for measured in found.measured:
        numbers = np.flatnonzero(measured.there) + 1
        for place, name in enumerate(measured.names):
            row = {"framework": name, "service_type": measured.quantity.service_type}
            row |= {"measure": measured.quantity.measure}
            frames.append(pd.DataFrame({"world": numbers, **row, "value": measured.means[:, place]}))
    return pd.concat(frames, ignore_index=True)


def positions_frame(found: Found) -> "pd.DataFrame":
    """Return the value of every assumption in every world, or its position where ranges differ from place to place."""
    import pandas as pd

    columns = {
        one.key: [one.at(float(at)) if one.alike else float(at) for at in found.worlds.positions[:, place]]
        for place, one in enumerate(found.worlds.assumptions)
    }
    return pd.DataFrame({"world": np.arange(1, found.worlds.finished + 1)} | columns)


def varied_frame(found: Found) -> "pd.DataFrame":
    """Return what was varied, over which range, and who could answer it."""
    frame = assumptions_frame(found.worlds.assumptions, ()).drop(columns="singly")
    frame.insert(1, "title", [title_of_assumption(key) for key in frame["assumption"]])
    frame.insert(2, "source", [source_of(key).title for key in frame["assumption"]])
    return frame


def shown_frame(found: Found) -> "pd.DataFrame":
    """Return what is worth knowing, for people."""
    import pandas as pd

    of = found.decision.quantity
    pairs = [
        ("everything", found.everything),
        *((source.title, learnt) for source, learnt in found.by_source.items()),
    ]
    rows = [
        (capital(title), f"{amount_told(of, learnt.worth)}{unit_told(of)}", learnt_told(learnt))
        for title, learnt in pairs
    ]
    return pd.DataFrame(rows, columns=["known before the choice", "worth", "sure"])
