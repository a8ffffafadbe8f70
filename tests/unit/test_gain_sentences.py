"""What is said of the share of the possible gain, and what is said where there is none to tell of."""

import math
from collections.abc import Callable

import pandas as pd

from simulator.inspectorate.titles import Title
from simulator.questions.compare.gain_sentences import gain_sentences, said
from simulator.questions.compare.gains import COLUMNS
from simulator.words.estimates import Estimated

TITLES = {"none": "Concerns only", "clairvoyant": "Clairvoyant", "option-a": "Option A"}
ENDS = {"lower": "none", "upper": "clairvoyant"}


def test_a_share_with_its_interval() -> None:
    row = {**ENDS, "share": 0.614, "low": 0.582, "high": 0.655}
    expected = "achieves 61% (58 to 66) of the possible gain from Concerns only to Clairvoyant"
    assert said(row, "Option A", TITLES) == expected
    assert said(row, Title("Homes", is_plural=True), TITLES).startswith("achieve 61%")


def test_a_share_of_one_replication_has_no_interval() -> None:
    row = {**ENDS, "share": -0.2, "low": math.nan, "high": math.nan}
    assert said(row, "Option A", TITLES) == "achieves −20% of the possible gain from Concerns only to Clairvoyant"


def test_no_share_where_the_scale_has_no_clear_length() -> None:
    row = {**ENDS, "share": math.nan, "low": math.nan, "high": math.nan}
    assert said(row, "Option A", TITLES) == (
        "has no defined share of the gain from Concerns only to Clairvoyant, because the latter is not clearly better "
        "than the former"
    )


def test_what_knowing_the_truth_adds_is_not_told(make_up: Callable[..., Estimated]) -> None:
    compared = make_up({"Clairvoyant": {}, "Option A": {}, "Cyclic": {}, "Belief-index": {}})
    rows = [
        (name, "cyclic", "belief-index", "childrens_home", "undetected_poor_provider_years", share, share, share, 9, 5)
        for name, share in (("clairvoyant", 1.88), ("option-a", 0.5))
    ]
    told = gain_sentences(compared, pd.DataFrame(rows, columns=list(COLUMNS)))
    assert len(told) == 2, "one of option A, and one on what is measured"
    assert told[0].startswith("Option A achieves 50%")
    assert not any("188" in each for each in told)
