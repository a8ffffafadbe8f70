"""Services of several strands: truly poor while any strand is, and judged so or not as the framework combines them."""

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from tests.functional.worlds import World

AUTHORITIES = 3000


@pytest.mark.parametrize("shared", [0.0, 0.4, 1.0])
@pytest.mark.parametrize(("way", "strands"), [("limiting", 3), ("best_fit", 3), ("limiting", 5)])
def test_strands_each_poor_with_probability_q_make_a_service_poor(
    world: "World", way: str, strands: int, shared: float
) -> None:
    q = 0.2
    held = world.of(local_authority=AUTHORITIES).starting(poor=q, good=1 - q).with_strands(strands, shared).during(1)
    trace = held.with_kind().with_visits(1).judged_by(way).run()
    any_poor = 1 - (1 - q) ** strands
    most_poor = sum(
        math.comb(strands, n) * q**n * (1 - q) ** (strands - n) for n in range(strands // 2 + 1, strands + 1)
    )
    judged_so = any_poor if way == "limiting" else most_poor
    near = 4 * math.sqrt(0.25 / AUTHORITIES)
    assert len(trace.inspections) == AUTHORITIES
    assert np.mean(trace.inspections["judged"] == 1) == pytest.approx(shared * q + (1 - shared) * judged_so, abs=near)
    truly = shared * q + (1 - shared) * any_poor
    assert np.mean(trace.inspections["true_grade"] == 1) == pytest.approx(truly, abs=near)
    assert trace.provider_years[12, 1] / trace.provider_years.sum() == pytest.approx(truly, abs=near)


@pytest.mark.parametrize("shared", [0.0, 0.5, 1.0])
def test_a_service_is_poor_in_the_long_run_as_its_strands_are(world: "World", shared: float) -> None:
    """Independent strands as three chains, one chain if they share everything, between the two otherwise."""
    natural = {"poor": 0.2, "adequate": 0.3, "good": 0.35, "excellent": 0.15}
    left_alone = world.of(local_authority=500).without_rules().starting(**natural).during(60)
    trace = left_alone.with_strands(3, shared).drifting(natural, 1, adequate=0.05, good=0.04, excellent=0.01).run()
    poor = trace.provider_years[12, 1] / trace.provider_years.sum()
    alone, together = 1 - 0.8**3, 0.2
    if shared == 0.5:
        assert together + 0.05 < poor < alone - 0.05
    else:
        assert poor == pytest.approx(together if shared else alone, abs=0.015)
