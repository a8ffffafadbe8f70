"""The results in which two runs differ: paired by replication where both meet the same histories."""

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.answers.kept_run import KeptRun
from simulator.inputs.messages import InputError
from simulator.measures.bands import CONFIDENCE, LEAST_FOR_INTERVAL, Floats, running_of
from simulator.running.run_folder import REPLICATIONS
from simulator.words.estimates import Estimate

if TYPE_CHECKING:
    import pandas as pd

_KEYS: Final = ["framework", "service_type", "measure"]


class Results(NamedTuple):
    """Results of two runs side by side."""

    table: "pd.DataFrame"
    """Columns framework, service_type, measure, first, second, difference, low, high, replications."""
    paired: bool
    """Whether replications of the same number are the same histories in both."""


def results_of(first: KeptRun, second: KeptRun) -> Results:
    """Set the replications of two runs side by side; differences are of the second less the first.

    Raises
    ------
    InputError
        If one of them keeps no replications, or they share no framework.
    """
    frames = [_replications(run) for run in (first, second)]
    paired = first.scenario.run.seed == second.scenario.run.seed
    joined = [frame.pivot_table(index=_KEYS, columns="replication", values="value", sort=False) for frame in frames]
    common = joined[0].index.intersection(joined[1].index, sort=False)
    if common.empty:
        raise InputError(f"{first.folder} and {second.folder} share no framework, so no result can be compared")
    return Results(_table(*(values.loc[common] for values in joined), paired=paired), paired)


def _replications(run: KeptRun) -> "pd.DataFrame":
    if not run.has(REPLICATIONS):
        raise InputError(
            f"{run.folder}: keeps no {REPLICATIONS}, so its results cannot be compared; allowed: a folder of "
            "inspectsim compare"
        )
    return run.frame(REPLICATIONS)


def _table(first: "pd.DataFrame", second: "pd.DataFrame", *, paired: bool) -> "pd.DataFrame":
    import pandas as pd

    rows = []
    shared = first.columns.intersection(second.columns)
    for key in first.index:
        one, other = first.loc[key].to_numpy(), second.loc[key].to_numpy()
        if paired:
            pairs = second.loc[key, shared].to_numpy() - first.loc[key, shared].to_numpy()
            difference, count = _estimate(pairs), int(np.isfinite(pairs).sum())
        else:
            difference, count = _welch(one, other), int(min(np.isfinite(one).sum(), np.isfinite(other).sum()))
        means = [_estimate(values).mean for values in (one, other)]
        rows.append((*key, *means, *difference, count))
    return pd.DataFrame(rows, columns=[*_KEYS, "first", "second", "difference", "low", "high", "replications"])


def _estimate(values: Floats) -> Estimate:
    return Estimate(*(float(end) for end in running_of(values).band()))


def _welch(one: Floats, other: Floats) -> Estimate:
    """Return the difference of two means of independent runs (B. L. Welch, Biometrika 34, 1947)."""
    from scipy.special import stdtrit

    there = [values[np.isfinite(values)] for values in (one, other)]
    mean = float(there[1].mean() - there[0].mean()) if all(map(len, there)) else float("nan")
    if min(map(len, there)) < LEAST_FOR_INTERVAL:
        return Estimate(mean, float("nan"), float("nan"))
    errors = [values.var(ddof=1) / len(values) for values in there]
    error = float(sum(errors))
    if error == 0:
        return Estimate(mean, mean, mean)
    freedom = error**2 / sum(part**2 / (len(values) - 1) for part, values in zip(errors, there, strict=True))
    half = float(stdtrit(freedom, (1 + CONFIDENCE) / 2) * np.sqrt(error))
    return Estimate(mean, mean - half, mean + half)
