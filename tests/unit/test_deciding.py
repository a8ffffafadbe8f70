"""The table of assumptions that decide the answer: how it is made, kept, and known to be of today."""

from pathlib import Path

import numpy as np
import pytest

from simulator.questions.sensitivity import deciding
from simulator.questions.sensitivity.deciding import deciders, key_of_today, question_of, varied
from simulator.questions.sensitivity.one_at_a_time import swings_of


def test_the_assumption_that_moves_the_difference_furthest_is_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = varied(question_of())[:3]
    means = [7.0, 6.0, 8.0, 7.5, 2.0, np.nan, 7.0]
    differences = np.array([[mean - 0.1, mean + 0.1] for mean in means])
    rows = deciders(swings_of(every, differences))
    assert [row.assumption for row in rows] == [every[1].key, every[0].key, every[2].key]
    assert rows[0].swing == pytest.approx(5)
    assert rows[0].replications == 2
    assert np.isnan(rows[2].at_low)
    assert rows[2].swing == 0
    monkeypatch.setattr(deciding, "folder", lambda: tmp_path)
    monkeypatch.setattr(deciding, "key_of_today", lambda: "today")
    deciding.read_deciders.cache_clear()
    deciding.is_of_today.cache_clear()
    assert deciding.read_deciders() == ()
    assert not deciding.is_of_today()
    deciding.write_deciders(rows)
    deciding.read_deciders.cache_clear()
    deciding.is_of_today.cache_clear()
    assert [row[:2] for row in deciding.read_deciders()] == [row[:2] for row in rows]
    assert deciding.is_of_today()
    deciding.read_deciders.cache_clear()
    deciding.is_of_today.cache_clear()


def test_the_difference_is_option_a_less_the_regime_of_the_day() -> None:
    assert question_of().names == ("option-a", "2006-regime")
    assert not [assumption for assumption in varied(question_of()) if assumption.key.startswith("costs")]


def test_the_shipped_table_is_of_today() -> None:
    deciding.read_deciders.cache_clear()
    deciding.is_of_today.cache_clear()
    if not deciding.read_deciders():
        pytest.skip("the table has not been made: run python -m docs.generators.deciding")
    assert deciding.is_of_today(), f"run: python -m docs.generators.deciding ({key_of_today()})"
