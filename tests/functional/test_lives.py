"""Every provider that ever was open has a row of its own: when it opened, and when it closed."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from simulator.engine.run import ENGINES, Engine, simulate
from simulator.engine.setting import Setting
from simulator.ticks import TICKS_PER_DAY, TICKS_PER_YEAR, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

LATER = date(2007, 9, 1)
CLOSING = date(2010, 2, 3)
AFTER = 30 * TICKS_PER_DAY


@pytest.fixture
def setting(world: "World") -> Setting:
    """Homes that close soon and are followed after thirty days; one opens later, one closes for good on a day."""
    homes = world.of(childrens_home=8).without_rules().with_rates(closure=0.4).followed_after(30).during(5)
    register = homes.register()
    register.loc[0, "opened"] = pd.Timestamp(LATER)
    register.loc[1, "closed"] = pd.Timestamp(CLOSING)
    return homes.setting(register=register)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_place_has_one_provider_after_another(setting: Setting, engine: Engine) -> None:
    trace = simulate(setting, 3, engine)
    lives = trace.lives[np.lexsort((trace.lives["generation"], trace.lives["provider"]))]
    assert len(lives) > 12
    for place in range(8):
        of_place = lives[lives["provider"] == place]
        assert of_place["generation"].tolist() == list(range(len(of_place)))
        assert of_place["opened"][0] == (tick_of(LATER, trace.epoch) if place == 0 else setting.begins)
        assert (np.diff(of_place["opened"]) > AFTER).all()
        assert (of_place["opened"][1:] == of_place["closed"][:-1] + AFTER).all()
    assert lives["closed"][lives["provider"] == 1].max() <= tick_of(CLOSING, trace.epoch)
    assert (lives["places"] == setting.providers["places"][lives["provider"]]).all()
    assert (lives["service_type"] == setting.providers["service_type"][lives["provider"]]).all()


def test_both_engines_give_the_same_rows(setting: Setting) -> None:
    compiled, simpy = (simulate(setting, 3, engine) for engine in ENGINES)
    assert np.array_equal(compiled.lives, simpy.lives)


def test_lives_last_as_long_as_providers_were_counted_open(setting: Setting) -> None:
    trace = simulate(setting, 4)
    closed = np.minimum(trace.lives["closed"], trace.horizon)
    lasted = closed - np.maximum(trace.lives["opened"], trace.measured_from)
    assert np.maximum(lasted, 0).sum() / TICKS_PER_YEAR == pytest.approx(trace.provider_years.sum())
