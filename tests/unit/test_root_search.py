"""The search finds where things change, whatever the first guess, and asks no number twice."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.questions.size.monotone import harms
from simulator.questions.size.root_search import Root, root
from simulator.running.targets import Quantity, Standing, Target

MOST = 1000
BACKLOG = Target(Quantity("backlog_mean", "all"), "<=", 10)


@given(
    met=st.integers(0, MOST + 1),
    unclear=st.integers(0, 30),
    first=st.integers(1, MOST),
)
def test_the_search_finds_both_ends(met: int, unclear: int, first: int) -> None:
    missed = met - 1 - unclear
    asked: Counter[int] = Counter()

    def ask(number: int) -> Standing:
        asked[number] += 1
        return "met" if number >= met else "unclear" if number > missed else "missed"

    expected = Root(met if met <= MOST else None, min(missed, MOST) if missed >= 0 else None)
    assert root(ask, first, MOST) == expected
    assert max(asked.values()) == 1
    assert set(asked) <= set(range(MOST + 1))
    assert len(asked) < 60


def test_more_inspectors_that_do_clearly_worse_are_found() -> None:
    chance = np.random.default_rng(1).normal(0, 1, 10)
    before = 20 + 5 * chance
    levels = [(10.0, before), (20.0, before - 2 + 0.1 * chance), (30.0, np.append(before + 1, 0.0))]
    found = harms(BACKLOG, levels)
    assert [(each.fewer, each.more) for each in found] == [(20, 30)]
    assert found[0].by == pytest.approx((before + 1 - levels[1][1]).mean())
    assert harms(BACKLOG, levels[:2]) == []


def test_what_may_be_chance_or_is_equal_is_no_harm() -> None:
    values = np.random.default_rng(2).normal(20, 5, 10)
    other = values + np.array([1, -1] * 5)
    assert harms(BACKLOG, [(10.0, values), (20.0, other), (30.0, other)]) == []
