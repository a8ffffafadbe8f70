"""How `belief-index` ranks visits beside the Whittle index, where there is one; docs/yardsticks.md tells it."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from simulator.inspectorate.targeting import worth_of_visit
from simulator.ticks import NEVER, TICKS_PER_YEAR
from tests.whittle import BELIEFS, Floats, Provider, a_month_on, index_by_renewal, not_found, whittle_index

PAGE = Path(__file__).parents[2] / "docs" / "yardsticks.md"
DISCOUNT = 0.035
MONTHS = 36
"""Providers are ranked that had their last visit one, two, ... so many months ago, and it found nothing."""
HOME = Provider(falls=0.25, leaves=0.9, sees=0.9, places=4)
MIXED = {
    "identical": [HOME],
    "differ in how often they become poor (0.05 to 0.4 a year)": [
        HOME._replace(falls=f) for f in (0.05, 0.1, 0.2, 0.4)
    ],
    "differ in places (3 to 17)": [HOME._replace(places=places) for places in (3, 4, 6, 17)],
    "differ in how long they stay poor (rates of 0.3 to 1.5 a year)": [
        HOME._replace(leaves=leaves) for leaves in (0.3, 0.6, 0.9, 1.5)
    ],
    "differ in all three": [
        HOME,
        Provider(0.06, 0.5, 0.9, 25),
        Provider(0.1, 0.5, 0.9, 66),
        Provider(0.05, 0.6, 0.9, 46),
    ],
}


def beliefs_after(provider: Provider) -> Floats:
    """Give the probability of being poor and not found so many months after a visit that found nothing."""
    belief, told = np.zeros(1), []
    for _ in range(MONTHS):
        belief = a_month_on(provider, belief)
        told.append(float(belief[0]))
    return np.array(told)


def both_indices(provider: Provider) -> tuple[Floats, Floats]:
    """Give the worth of a visit as `belief-index` has it, with no other visit planned, and the Whittle index."""
    beliefs = beliefs_after(provider)
    leaving = provider.leaves / TICKS_PER_YEAR
    worth = [worth_of_visit(float(each), int(provider.places), leaving, NEVER, 1.0) for each in beliefs]
    return np.array(worth), np.interp(beliefs, BELIEFS, whittle_index(provider, DISCOUNT))


def in_the_same_order(providers: Sequence[Provider]) -> float:
    """Give the share of all pairs of providers, months since their last visit included, that both rank alike."""
    worth, whittle = (np.concatenate(each) for each in zip(*map(both_indices, providers), strict=True))
    pairs = list(combinations(range(len(worth)), 2))
    return float(np.mean([(worth[i] - worth[j]) * (whittle[i] - whittle[j]) > 0 for i, j in pairs]))


@pytest.mark.parametrize("months", [3, 6, 12, 24])
def test_the_index_is_that_of_the_closed_form_where_a_visit_sees_everything(months: int) -> None:
    provider = Provider(falls=0.2, leaves=0.8, sees=1.0, places=4)
    belief, expected = index_by_renewal(provider, months, DISCOUNT)
    found = np.interp(belief, BELIEFS, whittle_index(provider, DISCOUNT))
    assert found == pytest.approx(expected, rel=0.03, abs=4 * 0.0002)


def test_what_is_certain_to_be_poor_is_worth_the_time_that_it_would_go_unfound() -> None:
    """With nobody becoming poor a visit spares all the time to come, and there is nothing to wait for."""
    provider = Provider(falls=1e-9, leaves=0.8, sees=1.0)
    month = (1 / 12) / (1 - np.exp(-0.8 / 12) * (1 + DISCOUNT) ** (-1 / 12))
    assert whittle_index(provider, DISCOUNT)[-1] == pytest.approx(month, rel=0.01)


@pytest.mark.parametrize("provider", [HOME, HOME._replace(sees=0.6), Provider(0.05, 0.4, 0.9, 25)])
def test_the_surer_a_provider_is_poor_the_more_a_visit_is_worth(provider: Provider) -> None:
    index = whittle_index(provider, DISCOUNT)
    assert (np.diff(index) >= -1e-9).all()
    assert index[0] == 0


def test_a_visit_that_finds_nothing_speaks_for_the_provider() -> None:
    belief = np.array([0.0, 0.3, 1.0])
    assert not_found(HOME, belief) == pytest.approx([0, 0.03 / 0.73, 1])


def test_alike_providers_are_ranked_alike_and_low_beliefs_are_worth_less_to_whittle() -> None:
    worth, whittle = both_indices(HOME)
    assert in_the_same_order([HOME]) == 1
    ratio = whittle / worth
    assert (np.diff(ratio) > 0).all()
    assert ratio[0] < ratio[-1] / 5


@pytest.mark.parametrize("name", list(MIXED))
def test_the_share_of_pairs_ranked_alike_is_what_the_page_says(name: str) -> None:
    share = in_the_same_order(MIXED[name])
    assert f"| {name} | {100 * share:.0f}% |" in PAGE.read_text(encoding="utf-8")
    assert share > 0.8
