"""Waits of many groups at once are those of each group by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.measures.grouped_waits import grouped_waits
from simulator.measures.incidence import DETECTED, ENDED_UNSEEN, cumulative_incidence
from simulator.measures.survival import lasting, restricted_mean

GROUPS = 4
WAITED = st.lists(st.tuples(st.integers(0, GROUPS - 1), st.integers(0, 12), st.integers(0, 2)), max_size=80)


@given(WAITED, st.integers(1, 15), st.integers(0, 15))
def test_each_group_has_the_estimates_of_its_own_waits(
    waited: list[tuple[int, int, int]], until: int, within: int
) -> None:
    rows = np.array(sorted(waited, key=lambda row: row[1]), dtype=np.int64).reshape(-1, 3)
    group, ticks, cause = rows.T
    found = grouped_waits(group, GROUPS, ticks, cause, float(until), within)
    for code in range(GROUPS):
        own, why = ticks[group == code], cause[group == code]
        mean = restricted_mean(lasting(own, why > 0), until)
        share = cumulative_incidence(own, why, np.array([within]))[0]
        unseen, decided = (why == ENDED_UNSEEN).sum(), (why > 0).sum()
        expected = mean, share, unseen / decided if decided else np.nan
        assert tuple(column[code] for column in found) == pytest.approx(expected, nan_ok=True)


def test_exponential_waits_of_two_groups_have_the_means_of_the_closed_form() -> None:
    """Detection at rate r and ends at m: up to T the mean is (1 - exp(-(r + m) T)) / (r + m), and r / (r + m) found."""
    draws = np.random.default_rng(3)
    n, until, within = 200_000, 2000.0, 300
    group = draws.integers(0, 2, n)
    found, over = draws.exponential(np.array([400.0, 900.0])[group]), draws.exponential(700.0, n)
    order = np.argsort(np.minimum(found, over))
    ticks = np.minimum(found, over).astype(np.int64)[order]
    cause = np.where(found < over, DETECTED, ENDED_UNSEEN)[order]
    waits = grouped_waits(group[order], 2, ticks, cause, until, within)
    rates = 1 / np.array([400.0, 900.0])
    both = rates + 1 / 700
    assert waits.mean == pytest.approx((1 - np.exp(-both * until)) / both, rel=0.01)
    assert waits.within == pytest.approx(rates / both * (1 - np.exp(-both * within)), rel=0.02)
    assert waits.never == pytest.approx(1 - rates / both, rel=0.02)
