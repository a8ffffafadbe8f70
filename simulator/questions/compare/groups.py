"""The measures of groups of providers in a comparison: levels, and differences from the baseline."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.inputs.messages import InputError, not_one_of
from simulator.measures.bands import CONFIDENCE, Floats
from simulator.measures.by_group import GROUP_MEASURES
from simulator.measures.for_whom import LEAST
from simulator.measures.grouping import GROUP_KINDS, group_names, providers_in
from simulator.running.comparing import Comparing
from simulator.running.frames import SERVICES
from simulator.running.paired import Paired

if TYPE_CHECKING:
    import pandas as pd

GROUPS_FILE: Final = "groups.csv"
GROUP_COLUMNS: Final = (
    "by",
    "group",
    "service_type",
    "measure",
    "framework",
    "mean",
    "low",
    "high",
    "difference",
    "difference_low",
    "difference_high",
    "replications",
)


class RunningGroups:
    """Measures of groups, gathered replication by replication."""

    def __init__(self, work: Comparing, baseline: str, confidence: float = CONFIDENCE) -> None:
        self._names = list(work.cases)
        self._groups = group_names(work.settings[0], work.authorities)
        self._there = providers_in(work.settings[0], work.authorities) >= LEAST
        self._paired = Paired(self._names, baseline)
        self._confidence = confidence

    def add(self, values: Floats) -> None:
        """Take in the next replication, shape (frameworks, groups, measures, 14)."""
        self._paired.add(values)

    def frame(self) -> "pd.DataFrame":
        """Return the groups that have enough providers, as far as a measure is defined.

        Returns
        -------
        DataFrame
            Columns `GROUP_COLUMNS`: by (sector, region, size, authority, year or rating), group, service_type, measure,
            framework; mean, low, high (95 % interval); difference from the baseline, difference_low, difference_high;
            replications.
        """
        import pandas as pd

        bands = self._paired.bands(self._confidence)
        known = self._there[:, np.newaxis] & ~np.isnan(bands.levels.mean).all(axis=0)
        group, service, measure = np.nonzero(np.swapaxes(known, 1, 2))
        keys = {
            "by": [self._groups[code][0] for code in group],
            "group": [self._groups[code][1] for code in group],
            "service_type": [SERVICES[code] for code in service],
            "measure": [GROUP_MEASURES[code] for code in measure],
        }
        columns: dict[str, Any] = {
            name: np.repeat(np.array(names, dtype=object), len(self._names)) for name, names in keys.items()
        }
        columns["framework"] = np.array(self._names * len(group), dtype=object)
        for of, band in (("mean", bands.levels), ("difference", bands.differences)):
            for name, part in zip((of, f"{of}_low", f"{of}_high"), band, strict=True):
                columns[name.removeprefix("mean_")] = part[:, group, measure, service].T.ravel()
        columns["replications"] = bands.counts[:, group, measure, service].T.ravel()
        return pd.DataFrame(columns)


def of_group(groups: "pd.DataFrame", by: str, group: str, service_type: str = "all") -> "pd.DataFrame":
    """Return the figures of one group: a row for each measure and framework.

    Parameters
    ----------
    groups
        As in ``groups.csv``.
    by
        What it is a group by: sector, region, size, authority, year or rating.
    group
        Its name.
    service_type
        Of its providers, or ``all``.

    Raises
    ------
    InputError
        If there is no such group, or fewer than 10 providers are in it.
    """
    rows = groups
    for column, given, what in (("by", by, "kind of group"), ("group", group, by), ("service_type", service_type, "")):
        allowed = list(dict.fromkeys(rows[column]))
        if given not in allowed:
            of = what or f"service type with {LEAST} providers or more in {by} {group}"
            raise InputError(not_one_of(given, of, allowed))
        rows = rows[rows[column] == given]
    return rows.reset_index(drop=True)


def kinds_there(groups: "pd.DataFrame") -> Sequence[str]:
    """Return what there are groups by, in the order of `GROUP_KINDS`."""
    there = set(groups["by"])
    return [kind for kind in GROUP_KINDS if kind in there]
