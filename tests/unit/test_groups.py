"""Providers are divided by their places, and grouped with others like them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.world.groups import grouped, size_limits, sizes_of
from simulator.world.services import SERVICE_TYPES

HOME, SCHOOL = SERVICE_TYPES.index("childrens_home"), SERVICE_TYPES.index("boarding_school")
PROVIDERS = st.lists(
    st.tuples(st.sampled_from([HOME, SCHOOL]), st.integers(1, 9), st.integers(0, 3), st.integers(0, 2)), min_size=1
)


def test_homes_are_small_with_up_to_three_places_and_large_with_six() -> None:
    places = np.array([1, 3, 4, 5, 6, 40])
    assert sizes_of(np.full(6, HOME), places).tolist() == [0, 0, 1, 1, 2, 2]


def test_others_are_divided_in_three_parts() -> None:
    places = np.array([70, 10, 30, 20, 60, 50, 40, 80, 90])
    types = np.full(9, SCHOOL)
    assert size_limits(types, places)[SCHOOL].tolist() == [30, 60]
    assert np.bincount(sizes_of(types, places)).tolist() == [3, 3, 3]


def test_providers_of_one_size_are_small() -> None:
    assert sizes_of(np.full(4, SCHOOL), np.full(4, 25)).tolist() == [0, 0, 0, 0]


@given(PROVIDERS)
def test_every_provider_is_in_the_group_that_is_described_like_it(providers: list[tuple[int, int, int, int]]) -> None:
    types, places, region, sector = np.array(providers, dtype=np.int64).T
    group, groups = grouped(types, places, region, sector)
    assert np.array_equal(groups.service_type[group], types)
    assert np.array_equal(groups.region[group], region)
    assert np.array_equal(groups.sector[group], sector)
    assert np.array_equal(groups.size[group], sizes_of(types, places))
    assert np.array_equal(groups.providers, np.bincount(group))
    assert len({*zip(*groups[:4], strict=True)}) == len(groups.providers)
