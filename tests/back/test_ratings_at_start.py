"""The shipped England begins where the published ratings of children's homes stood."""

import pytest

from simulator.inspectorate.framework import load_framework
from simulator.questions.natural_shares.solving import ratings_at_start
from simulator.scenario.scenario import load_scenario
from simulator.world.population import synthetic

REPLICATIONS = range(1, 13)
POINT = 0.01


def test_ratings_of_childrens_homes_are_the_published_ones() -> None:
    """After the warm-up under the 2006 regime 55 % are rated good or better, 30 % adequate and 15 % poor."""
    england = load_scenario("england-2006").changed({"run": {"years": 1}}, "a test")
    regime, register = load_framework("2006-regime"), synthetic(england.population, england.run.seed)
    ((poor, adequate, good, excellent),) = ratings_at_start(england, regime, register, ["childrens_home"], REPLICATIONS)
    assert [good + excellent, adequate, poor] == pytest.approx([0.55, 0.30, 0.15], abs=POINT)
