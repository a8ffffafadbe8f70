"""Shares of variance: on functions whose indices are known, against SciPy's, and where there are none."""

import numpy as np
import pytest
from scipy.stats import sobol_indices

from simulator.statistics.sobol import Floats, indices, sample, swapped

A, B = 7.0, 0.1
"""Of the function of Ishigami and Homma (1990)."""
VARIANCE = A**2 / 8 + B * np.pi**4 / 5 + B**2 * np.pi**8 / 18 + 0.5
FIRST = np.array([0.5 * (1 + B * np.pi**4 / 5) ** 2, A**2 / 8, 0.0]) / VARIANCE
TOTAL = FIRST + np.array([1.0, 0.0, 1.0]) * (B**2 * np.pi**8 * (1 / 18 - 1 / 50)) / VARIANCE


def ishigami(u: Floats) -> Floats:
    x = np.pi * (2 * u - 1)
    value: Floats = np.sin(x[..., 0]) + A * np.sin(x[..., 1]) ** 2 + B * x[..., 2] ** 4 * np.sin(x[..., 0])
    return value


def evaluated(rows: int, groups: list[list[int]], seed: int = 1) -> tuple[Floats, Floats, Floats]:
    drawn = sample(rows, 3, seed)
    mixed = [swapped(drawn, np.isin(np.arange(3), group)) for group in groups]
    return ishigami(drawn.a), ishigami(drawn.b), np.array([ishigami(each) for each in mixed])


def test_the_indices_of_ishigamis_function_are_found() -> None:
    found = indices(*evaluated(2048, [[0], [1], [2]]), seed=1)
    np.testing.assert_allclose([each.first.value for each in found], FIRST, atol=0.03)
    np.testing.assert_allclose([each.total.value for each in found], TOTAL, atol=0.03)
    np.testing.assert_allclose([each.beyond.value for each in found], TOTAL - FIRST, atol=0.04)
    for each, first, total in zip(found, FIRST, TOTAL, strict=True):
        assert each.first.low - 0.02 <= first <= each.first.high + 0.02
        assert each.total.low - 0.02 <= total <= each.total.high + 0.02


def test_intervals_narrow_with_more_rows_and_cover_what_is_true() -> None:
    covered, widths = [], []
    for rows in (64, 512):
        width = []
        for seed in range(10):
            found = indices(*evaluated(rows, [[0], [1], [2]], seed), seed=seed)
            width += [each.total.high - each.total.low for each in found]
            covered += [each.total.low <= total <= each.total.high for each, total in zip(found, TOTAL, strict=True)]
        widths.append(np.mean(width))
    assert widths[1] < widths[0] / 2
    assert np.mean(covered) > 0.9


def test_assumptions_taken_together_have_the_index_of_their_group() -> None:
    """Of the first and third together: all but what the second does."""
    (found,) = indices(*evaluated(1024, [[0, 2]]), seed=1)
    assert found.first.value == pytest.approx(1 - FIRST[1], abs=0.03)
    assert found.total.value == pytest.approx(1 - FIRST[1], abs=0.03)


def test_they_are_those_of_scipy_where_it_has_any() -> None:
    f_a, f_b, f_ab = evaluated(256, [[0], [1], [2]])
    theirs = sobol_indices(func={"f_A": f_a[None], "f_B": f_b[None], "f_AB": f_ab[:, None]}, n=256)
    ours = indices(f_a, f_b, f_ab, seed=1)
    np.testing.assert_allclose([each.first.value for each in ours], theirs.first_order, rtol=1e-9)
    np.testing.assert_allclose([each.total.value for each in ours], theirs.total_order, rtol=1e-9)


def test_any_number_of_rows_will_do_and_those_with_something_undefined_are_left_out() -> None:
    f_a, f_b, f_ab = evaluated(300, [[0], [1], [2]])
    f_a[7] = f_ab[1, 9] = np.nan
    kept = np.delete(np.arange(300), [7, 9])
    assert indices(f_a, f_b, f_ab, seed=3) == indices(f_a[kept], f_b[kept], f_ab[:, kept], seed=3)


def test_what_changes_nothing_has_no_part() -> None:
    f_a, f_b, _ = evaluated(64, [[0]])
    (found,) = indices(f_a, f_b, f_a[None], seed=1)
    assert found.first.value == found.total.value == found.total.high == 0


@pytest.mark.parametrize("values", [np.zeros(64), np.arange(5.0)])
def test_where_nothing_varies_or_too_little_is_run_there_are_none(values: Floats) -> None:
    (found,) = indices(values, values, values[None], seed=1)
    assert np.isnan([*found.first, *found.total, *found.beyond]).all()


def test_the_first_rows_of_a_sample_do_not_depend_on_how_many_follow() -> None:
    few, many = sample(10, 4, 7), sample(100, 4, 7)
    assert np.array_equal(few.a, many.a[:10])
    assert np.array_equal(few.b, many.b[:10])
    assert not np.array_equal(few.a, sample(10, 4, 8).a)
    assert ((many.a >= 0) & (many.a <= 1)).all()


@pytest.mark.parametrize("shared", [1e4, 1e7, 1e8, 1e9])
def test_what_all_outputs_share_changes_no_index(shared: float) -> None:
    drawn = sample(256, 2, 1)
    weights = np.array([1.0, 0.3])
    ab = np.array([swapped(drawn, np.array(group)) @ weights for group in ([True, False], [False, True])])
    plain = indices(drawn.a @ weights, drawn.b @ weights, ab, seed=1)
    moved = indices(shared + drawn.a @ weights, shared + drawn.b @ weights, shared + ab, seed=1)
    assert [round(group.first.value, 3) for group in plain] == [0.917, 0.083]
    np.testing.assert_allclose(moved, plain, atol=1e-5)
