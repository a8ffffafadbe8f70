"""Like assessments are counted together, whatever the pieces in which they come; the area is that of all pairs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.measures.discrimination import area_under, curve
from simulator.measures.observed import Risks

ASSESSMENTS = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from([0.0, 0.25, 1.0, 2.5]), st.booleans()), min_size=1, max_size=60
)


def risks_of(rows: list[tuple[int, float, bool]]) -> Risks:
    types, risk, poor = (np.array([row[i] for row in rows]) for i in range(3))
    return Risks(types.astype(np.int8), risk.astype(float), poor.astype(bool), np.ones(len(rows), dtype=np.int64))


def listed(risks: Risks) -> list[tuple[float, ...]]:
    return list(zip(*(column.tolist() for column in risks), strict=True))


@given(rows=ASSESSMENTS, cut=st.integers(0, 60))
def test_pieces_do_not_matter_and_none_is_lost(rows: list[tuple[int, float, bool]], cut: int) -> None:
    whole = Risks.counted([risks_of(rows)])
    pieces = [risks_of(part) for part in (rows[:cut], rows[cut:]) if part]
    assert listed(Risks.counted([Risks.counted([piece]) for piece in pieces])) == listed(whole)
    assert listed(whole) == [
        (*key, rows.count(key)) for key in sorted(set(rows), key=lambda row: (row[0], row[2], row[1]))
    ]


def test_nothing_is_counted_of_nothing() -> None:
    empty = Risks.counted([Risks(*(np.zeros(0, dtype=each) for each in (np.int8, float, bool, np.int64)))])
    assert len(empty.risk) == len(empty.times) == 0
    assert np.isnan(area_under(empty))
    assert np.isnan(curve(empty)).all()


@given(rows=ASSESSMENTS)
def test_the_area_is_the_share_of_pairs_ranked_right(rows: list[tuple[int, float, bool]]) -> None:
    poor = [risk for _, risk, is_poor in rows if is_poor]
    others = [risk for _, risk, is_poor in rows if not is_poor]
    area = area_under(Risks.counted([risks_of(rows)]))
    if not poor or not others:
        assert np.isnan(area)
        return
    right = sum((one > other) + 0.5 * (one == other) for one in poor for other in others)
    assert area == pytest.approx(right / (len(poor) * len(others)), abs=1e-12)
