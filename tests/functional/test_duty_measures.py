"""What is measured of duties in simulated worlds: all kept where nothing stands in the way, none where nobody is."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulator.measures.duties import Duties
from simulator.measures.observed import observe, observed
from simulator.ticks import NEVER, TICKS_PER_YEAR

if TYPE_CHECKING:
    from tests.functional.worlds import World


def measured(duties: Duties) -> dict[str, float]:
    return {name: float(values[-1]) for name, values in duties.measures().items()}


@pytest.mark.parametrize("months", [3, 12])
def test_with_inspectors_without_limit_every_duty_is_met_and_no_gap_is_longer_than_the_interval(
    world: "World", months: int
) -> None:
    trace = world.of(childrens_home=20).with_kind().with_interval(months).during(3).run()
    duties = observed(trace).duties
    values = measured(duties)
    assert duties.due.sum() > 20
    assert (values["on_time_share"], values["days_overdue_mean"], values["providers_past_duty"]) == (1, 0, 0)
    assert 0 < values["gap_days_95th"] <= values["gap_days_longest"] <= months * 366 / 12


def test_without_inspectors_every_home_is_past_its_date_from_then_on(world: "World") -> None:
    homes = world.of(childrens_home=20).with_kind().with_interval(12).during(4).with_inspectors(0)
    trace = homes.run()
    duties = observed(trace).duties
    values = measured(duties)
    assert duties.due.sum() == duties.outstanding.sum() == 20
    assert values["on_time_share"] == 0
    past = (trace.horizon - trace.duties["due"]).sum() / (trace.horizon - trace.measured_from)
    assert values["providers_past_duty"] == pytest.approx(past)
    assert 14 < past < 20
    assert values["gap_days_longest"] == values["gap_days_95th"] >= 4 * 365


@pytest.mark.parametrize("inspectors", [0.2, 1, 5, np.inf])
def test_every_duty_due_is_counted_once_whoever_inspects(world: "World", inspectors: float) -> None:
    homes = world.of(childrens_home=60).with_kind(effort=6).with_visits(2).during(4).warming_up(1)
    homes = homes.with_rates(closure=0.2).followed_after(40).with_inspectors(inspectors)
    setting = homes.setting()
    duties = observe(setting, 0).duties
    parts = duties.on_time + duties.late + duties.outstanding + duties.void
    assert (duties.due == parts).all()
    assert duties.due.sum() > 2 * 60 * 4 * 0.85
    trace = homes.run()
    due, met, ended = (trace.duties[name] for name in ("due", "met", "ended"))
    stood = (due <= trace.horizon) & ((met < NEVER) | (ended > due))
    stands = stood & ((due > trace.measured_from) | (ended > trace.measured_from))
    assert duties.due.sum() == stands.sum()
    years = (trace.horizon - trace.measured_from) / TICKS_PER_YEAR
    assert measured(duties)["duties_due_per_year"] == pytest.approx(stands.sum() / years)
