"""Means, intervals and paired differences, against SciPy and by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulator.measures import MEASURES
from simulator.running.frames import SERVICES, RunningFrames, replications_frame

NAMES = ("first", "second", "third")
THERE = ("childrens_home", "local_authority", "all")
REPLICATIONS = 6


@pytest.fixture(scope="module")
def values() -> np.ndarray:
    drawn = np.random.default_rng(1).normal(10, 2, (len(NAMES), REPLICATIONS, len(MEASURES), len(SERVICES)))
    drawn[0, 2, 0, 0] = drawn[1, 4, 0, 0] = np.nan
    drawn[:, :, 1, 0] = np.nan
    return drawn


def summary_frame(values: np.ndarray) -> pd.DataFrame:
    return running(values).summary()


def differences_frame(values: np.ndarray) -> pd.DataFrame:
    return running(values).differences()


def running(values: np.ndarray) -> RunningFrames:
    frames = RunningFrames(NAMES, "second", THERE)
    for replication in np.moveaxis(values, 1, 0):
        frames.add(replication)
    return frames


def row(frame: pd.DataFrame, framework: str, service_type: str, measure: int) -> pd.Series:
    found = frame[
        (frame["framework"] == framework)
        & (frame["service_type"] == service_type)
        & (frame["measure"] == MEASURES[measure].name)
    ]
    assert len(found) == 1
    return found.iloc[0]


def test_columns_and_order(values: np.ndarray) -> None:
    summary = summary_frame(values)
    assert list(summary) == ["framework", "service_type", "measure", "mean", "low", "high", "replications"]
    assert len(summary) == len(NAMES) * len(THERE) * len(MEASURES)
    assert list(dict.fromkeys(summary["service_type"])) == list(THERE)
    assert list(dict.fromkeys(summary["measure"])) == [each.name for each in MEASURES]
    differences = differences_frame(values)
    assert list(differences) == ["framework", "baseline", *list(summary)[1:]]
    assert list(dict.fromkeys(differences["framework"])) == ["first", "third"]
    assert set(differences["baseline"]) == {"second"}
    every = replications_frame(values[2], "third", range(1, REPLICATIONS + 1), THERE)
    assert list(every) == ["framework", "replication", "service_type", "measure", "value"]
    assert row(every[every["replication"] == 3], "third", "local_authority", 7)["value"] == values[2, 2, 7, 12]


def test_intervals_are_those_of_student(values: np.ndarray) -> None:
    told = row(summary_frame(values), "third", "all", 5)
    given = values[2, :, 5, -1]
    low, high = stats.t.interval(0.95, REPLICATIONS - 1, loc=given.mean(), scale=stats.sem(given))
    assert told[["mean", "low", "high"]].tolist() == pytest.approx([given.mean(), low, high])
    assert told["replications"] == REPLICATIONS


def test_differences_are_paired(values: np.ndarray) -> None:
    told = row(differences_frame(values), "first", "all", 5)
    given = values[0, :, 5, -1] - values[1, :, 5, -1]
    low, high = stats.t.interval(0.95, REPLICATIONS - 1, loc=given.mean(), scale=stats.sem(given))
    assert told[["mean", "low", "high"]].tolist() == pytest.approx([given.mean(), low, high])


def test_replications_without_a_value_are_left_out_and_not_counted(values: np.ndarray) -> None:
    summary = summary_frame(values)
    told = row(summary, "first", "childrens_home", 0)
    assert told["replications"] == REPLICATIONS - 1
    assert told["mean"] == pytest.approx(np.nanmean(values[0, :, 0, 0]))
    difference = row(differences_frame(values), "first", "childrens_home", 0)
    assert difference["replications"] == REPLICATIONS - 2
    nowhere = row(summary, "first", "childrens_home", 1)
    assert nowhere["replications"] == 0
    assert nowhere[["mean", "low", "high"]].isna().all()


def test_one_replication_has_no_interval(values: np.ndarray) -> None:
    told = row(summary_frame(values[:, :1]), "third", "all", 5)
    assert told["mean"] == values[2, 0, 5, -1]
    assert told[["low", "high"]].isna().all()
    assert told["replications"] == 1
