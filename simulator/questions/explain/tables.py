"""The tables of an explanation: what each part brings, and the measures under every combination of parts."""

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.measures.bands import running_of
from simulator.questions.explain.explained import Explained
from simulator.questions.explain.files import COLUMNS_OF_PARTS
from simulator.running.targets import Quantity
from simulator.words.estimates import Estimate
from simulator.words.quantities import title_of
from simulator.words.wording import capital, mean_and_range

if TYPE_CHECKING:
    import pandas as pd

_ENDS = ("", "_low", "_high")


def parts_frame(explained: Explained) -> "pd.DataFrame":
    """Return what each part brings by every measure: a row for each measure and part."""
    import pandas as pd

    return pd.concat([parts_by(explained, quantity) for quantity in explained.quantities], ignore_index=True)


def parts_by(explained: Explained, quantity: Quantity) -> "pd.DataFrame":
    """Return what each part brings by one measure: a row for each part, columns as declared with the file."""
    import pandas as pd

    rows = []
    for group, share in zip(explained.groups, explained.shares(quantity), strict=True):
        row: dict[str, Any] = {"service_type": quantity.service_type, "measure": quantity.measure}
        row |= {"part": group.title, "within": group.within, "paragraphs": group.paragraphs}
        row |= {"lowest": share.lowest, "highest": share.highest, "turns": share.turns}
        row["clauses"] = ", ".join(part.key for part in group.parts)
        for name in ("value", "alone", "last", "as_rule", "by_time"):
            row |= _ends(name, getattr(share, name))
        rows.append(row)
    return pd.DataFrame(rows, columns=["service_type", "measure", *COLUMNS_OF_PARTS])


def _ends(name: str, estimate: Estimate | None) -> dict[str, float]:
    return {f"{name}{end}": bound for end, bound in zip(_ENDS, estimate or (np.nan,) * 3, strict=True)}


def totals_frame(explained: Explained) -> "pd.DataFrame":
    """Return every measure under both frameworks, and the difference that the parts add up to."""
    import pandas as pd

    rows = []
    for of in explained.quantities:
        row: dict[str, Any] = {"service_type": of.service_type, "measure": of.measure}
        row |= {
            "baseline": explained.level(of, everything=False).mean,
            "option": explained.level(of, everything=True).mean,
        }
        rows.append(row | dict(zip(("difference", "low", "high"), explained.total(of), strict=True)))
    return pd.DataFrame(rows)


def combinations_frame(explained: Explained) -> "pd.DataFrame":
    """Return the mean of every explained measure under every combination of parts that was run."""
    import pandas as pd

    rows = []
    for unlimited, values in ((False, explained.found.values), (True, explained.found.unlimited)):
        if values is None:
            continue
        for quantity in explained.quantities:
            band = running_of(values[:, :, *quantity.place]).band()
            for place, choice in enumerate(sorted(explained.cases.case)):
                taken = [group.title for at, group in enumerate(explained.groups) if choice >> at & 1]
                row = {"combination": choice, "parts": "; ".join(taken), "unlimited": unlimited}
                row |= {"service_type": quantity.service_type, "measure": quantity.measure}
                rows.append(row | {name: float(end[place]) for name, end in band._asdict().items()})
    return pd.DataFrame(rows)


def shown_frame(explained: Explained) -> "pd.DataFrame":
    """Return what each part brings for people: a row for each measure and part."""
    import pandas as pd

    rows = []
    for quantity in explained.quantities:
        for group, share in zip(explained.groups, explained.shares(quantity), strict=True):
            told = [mean_and_range(estimate) for estimate in (share.value, share.alone, share.last)]
            cells = [f"{mean} ({between})" if between else mean for mean, between in told]
            rows.append([title_of(quantity), capital(group.title), *cells])
    return pd.DataFrame(rows, columns=["measure", "part", "brings", "alone", "last"])
