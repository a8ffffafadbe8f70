"""What providers and pools are called for people."""

import pytest

from simulator.words.pools import inspectors_of
from simulator.words.providers import OF_ONE, beginning_with, provider_told
from simulator.world.services import SERVICE_TYPES


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("childrens_home-1652", "children's home number 1652"),
        ("la_fostering-007", "local authority fostering service number 7"),
        ("Rose Cottage", "Rose Cottage"),
        ("home-1", "home-1"),
        ("childrens_home-x", "childrens_home-x"),
    ],
)
def test_a_provider_is_called_by_type_and_number_unless_it_has_a_name_of_its_own(name: str, told: str) -> None:
    assert provider_told(name) == told


def test_there_is_a_word_for_one_provider_of_every_type() -> None:
    assert set(OF_ONE) == set(SERVICE_TYPES)


def test_a_sentence_begins_with_a_capital_but_a_name_stays_as_it_is() -> None:
    assert beginning_with("childrens_home-0001", "children's home number 1 was") == "Children's home number 1 was"
    assert beginning_with("home-1", "home-1 was never poor") == "home-1 was never poor"


def test_pools_are_told_by_who_is_in_them() -> None:
    assert inspectors_of("area") == "inspectors of whole authorities"
    assert inspectors_of("regulatory (South)") == "inspectors of the pool regulatory (South)"
