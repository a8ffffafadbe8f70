"""Small worlds at random, in which all that there is may happen."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from simulator.inspectorate.assessments import NEWS
from simulator.inspectorate.kinds import RATINGS
from simulator.inspectorate.triggers import REACHES

if TYPE_CHECKING:
    from tests.functional.worlds import World

GRADES = RATINGS[1:]

AUTHORITY = ("la_fostering", "la_adoption", "local_authority")

Draw = Callable[[st.SearchStrategy[Any]], Any]
Table = dict[str, Any]
DrawWorld = Callable[[Draw, "World"], "World"]


def shares(draw: Draw) -> dict[str, float]:
    """Draw shares of the four grades, none of them 0."""
    weights = draw(st.lists(st.integers(1, 10), min_size=4, max_size=4))
    return {grade: weight / sum(weights) for grade, weight in zip(GRADES, weights, strict=True)}


def any_world(draw: Draw, world: "World") -> "World":
    """Draw a small world in which all that there is may happen: four types, two pools, any rules, news and effects."""
    world = replace(world, seed=draw(st.integers(0, 2**63 - 1)), successor_after_days=draw(st.sampled_from([0, 40])))
    authorities: int = draw(st.integers(1, 4))
    world = world.of(childrens_home=draw(st.integers(1, 12)), **dict.fromkeys(AUTHORITY, authorities))
    start = draw(st.sampled_from([date(2006, 4, 1), date(2007, 9, 14)]))
    world = world.during(draw(st.integers(1, 4)), start, warm_up_years=draw(st.integers(0, 2)))
    falling = float(draw(st.sampled_from([0, 0.1])))
    falls = dict.fromkeys(GRADES[1:], falling)
    world = world.starting(**shares(draw)).drifting(shares(draw), draw(st.floats(1, 4)), **falls)
    world = world.with_effects(
        found_out=draw(st.sampled_from([(1, 1, 1), (9, 3, 0.2)])),
        found_out_months=draw(st.sampled_from([(600, 600), (2, 13)])),
        new_manager=draw(st.sampled_from([(1, 0), (3, 6)])),
        complacency=draw(st.sampled_from([(1, 12), (2, 12)])),
    )
    world = world.taking_plans(
        refused=draw(st.sampled_from([0, 0.4])),
        improve_multiplier=draw(st.sampled_from([1, 3])),
        under_notice=draw(st.sampled_from([1, 3])),
    )
    world = world.with_manager_changes(draw(st.sampled_from([0, 1.5])))
    world = world.with_rates(**{name: draw(st.sampled_from([0, 0.5, 4])) for name in ("complaint", "serious")})
    world = world.with_rates(closure={grade: draw(st.sampled_from([0, 0.3])) for grade in GRADES})
    world = world.with_users_saying(1.0).saying_of_themselves(0.7, 0.4, 0.2, {"poor": 0.5})
    few = st.sampled_from([0, 0.7, 2, 5, np.inf])
    later = (date(2008, 1, 12), draw(few))
    world = world.with_inspectors(draw(few), later).with_inspectors(draw(few), pool="area")
    if draw(st.booleans()):
        world = world.in_regions(North=0.5, South=0.5).staffed(by_region=draw(st.booleans()), **any_turnover(draw))
        world = world.staffed("area", **any_turnover(draw))
    return with_any_rules(draw, with_any_people(draw, world))


def with_any_people(draw: Draw, world: "World") -> "World":
    """Draw how inspectors differ and hurry, how far they travel, what gives way, and what is late at the start."""
    if draw(st.booleans()):
        of_inspector, returns = (draw(st.sampled_from([0.0, 0.5, 1.0])) for _ in range(2))
        rushing = {"waiting_per_inspector": draw(st.floats(0, 3)), "effort_cut": 0.3, "sigma_factor": 2.0}
        settings: Table = {"share_of_noise": of_inspector, "same_inspector_returns": returns}
        world = world.stating("inspectors", **settings, **({"rushing": rushing} if draw(st.booleans()) else {}))
    if draw(st.booleans()):
        backlog = draw(st.sampled_from([{"inspections": 3}, {"months": 4.5}, {"inspections": 1000}]))
        far = {region: draw(st.sampled_from([0, 0.4])) for region in world.regions}
        first = {"responsive": draw(st.integers(1, 9)), "key": draw(st.integers(1, 9))}
        world = world.stating("capacity", starting_backlog=backlog, travel_days=far, priorities=first)
    return world


def any_turnover(draw: Draw) -> Table:
    """Draw how inspectors leave and are replaced."""
    months = {name: draw(st.sampled_from([0, 1])) for name in ("recruitment_months", "training_months")}
    return {"turnover": draw(st.sampled_from([0, 0.8])), **months}


def largest_team(world: "World") -> int:
    """Inspectors of the area pool that can be there at once, at most 3; any number where nobody is wanted there."""
    fte = world.pools["area"][0][1]
    return math.ceil(fte) if 0 < fte < 3 else 3


def with_any_rules(draw: Draw, world: "World") -> "World":
    """Draw other rules for the same world."""
    world = replace(world, kinds={}, rules={}, first_inspections={}, reinspections={}, triggers={}, alignments={})
    world = replace(world, inclusions={}, improvement_plans={}, enforcement={})
    spread, sigma = st.sampled_from([0, 0.4]), st.sampled_from([0, 0.6])
    for name in ("key", "responsive", "first", "area", "monitoring"):
        pool = "area" if name == "area" else "regulatory"
        world = world.with_kind(
            name,
            draw(st.floats(0.2, 12)),
            effort_spread=draw(spread),
            sigma=draw(sigma),
            team=draw(st.integers(1, largest_team(world))) if pool == "area" else 1,
            priority=draw(st.integers(1, 9)),
            counts=name not in ("responsive", "monitoring") or draw(st.booleans()),
            pool=pool,
        )
    world = with_any_rule(draw, world, "key", ["childrens_home"])
    if draw(st.booleans()):
        world = with_any_rule(draw, world, "key", ["childrens_home"], "another")
    world = with_any_rule(draw, world, "area", ["local_authority"], "area")
    world = with_any_rule(draw, world, "key", ["la_adoption"], "adoption")
    if draw(st.booleans()):
        world = world.covering("la_fostering", *draw(st.sampled_from([(), ("la_adoption",)])))
    else:
        world = with_any_rule(draw, world, "key", ["la_fostering"], "fostering")
    if draw(st.booleans()):
        near, kinds = draw(st.sampled_from([0, 90, 700])), draw(st.sampled_from([("key",), ("key", "area")]))
        world = world.made_together(*AUTHORITY, within_days=near, kinds=kinds)
    if draw(st.booleans()):
        world = world.with_first_inspections(draw(st.integers(0, 30)), 90, types=["childrens_home"])
    if draw(st.booleans()):
        counts = draw(st.booleans())
        look: Table = {"look_kind": "monitoring", "look_probability": 0.5, "look_within_days": 30}
        look |= {"after_look_not_before_days": 10, "after_look_within_days": 40}
        again: Table = {"types": ["childrens_home"], "counts": counts, "statutory": draw(st.booleans())}
        world = world.with_reinspection(5, 60, **again, **(look if draw(st.booleans()) else {}))
    if draw(st.booleans()):
        world = world.judging_harder(draw(st.sampled_from([-0.4, 0.4])), date(2006, 9, 1), date(2007, 3, 31))
    for signal in draw(st.sets(st.sampled_from(["complaint", "serious_concern", "new_manager", "breach"]))):
        kind = draw(st.sampled_from(["key", "responsive", None]))
        action = draw(st.sampled_from(["add", "move"])) if kind else "move"
        window: Table = {"delay_days": draw(st.sampled_from([0, 14])), "within_days": 30, "types": ["childrens_home"]}
        if action == "move":
            window |= {"kinds": draw(st.sampled_from([None, ["key"]])), "reach": draw(st.sampled_from(REACHES))}
        world = world.responding(signal, action, kind, **window)
    return with_any_sample(draw, with_any_tariff(draw, with_any_assessment(draw, world)))


def with_any_sample(draw: Draw, world: "World") -> "World":
    """Draw samples of any form, or none."""
    world = replace(world, samples={})
    world = world.with_kind("random", draw(st.floats(0.2, 12)), counts=draw(st.booleans()), priority=6)
    for name in ("random", "themed"):
        form = draw(st.sampled_from(["share", "number", "days", None]))
        types = draw(st.sampled_from([["childrens_home"], ["childrens_home", "la_adoption"]]))
        if form == "share":
            world = world.with_sample(draw(st.sampled_from([0.0, 0.3, 1.0])), name=name, types=types)
        elif form == "number":
            world = world.with_sample(number=(0, draw(st.integers(0, 12))), name=name, types=types)
        elif form == "days":
            world = world.with_sample(name=name, types=types, days=draw(st.floats(0, 60)))
    return world


def with_any_assessment(draw: Draw, world: "World") -> "World":
    """Draw how providers are assessed, and what they must say of themselves."""
    world = replace(world, assessments={}, self_assessments={})
    if draw(st.booleans()):
        world = world.with_self_assessments(cross_check=0.5, check_days=draw(st.sampled_from([0, 0.5])))
    by = draw(st.sampled_from(["", "last_judgement", "points", "belief"]))
    common: Table = {"user_survey": True, "effort_days": draw(st.sampled_from([0, 3.0])), "review_days": 0.5}
    if by in {"points", "belief"}:
        common["review_on"] = sorted(draw(st.sets(st.sampled_from(NEWS))))
    if by == "points":
        inputs = ("record", "self_assessment", "users", "past_year", "concerns", "changes")
        weights = {name: draw(st.sampled_from([0, 1, 3])) for name in inputs} | {"rating": 1}
        concerns = {"complaint": 0.5, "serious_concern": 2, "breach": 1}
        cut_offs = {"poor": 2, "adequate": 1.25, "good": 0.5}
        common["points"] = {"weights": weights, "cut_offs": cut_offs, "concerns": concerns}
    if by == "belief":
        common["belief"] = {"confidence": 0.4}
    return world.assessing(by, **common) if by else world


def with_any_tariff(draw: Draw, world: "World") -> "World":
    """Draw improvement plans, and what follows where they fail."""
    homes: Table = {"types": ["childrens_home"], "monitoring": draw(st.sampled_from(["monitoring", None]))}
    if draw(st.booleans()):
        after = draw(st.sampled_from([["poor"], ["poor", "adequate"]]))
        world = world.with_improvement_plans(
            draw(st.integers(15, 200)), after=after, days_to_produce=draw(st.integers(0, 14)), **homes
        )
    if draw(st.booleans()):
        steps = draw(st.sampled_from([["notice"], ["notice", "deregistration"], ["notice", "restriction"]]))
        at_once = {"at_once_after_serious_concern_days": draw(st.sampled_from([0, 100])), "high_risk_share": 0.3}
        powers = {"powers_from": {"notice": date(2007, 1, 15)}} if draw(st.booleans()) else {}
        world = world.with_enforcement(*steps, days=draw(st.integers(1, 120)), **at_once, **powers, **homes)
    return world


def with_any_rule(draw: Draw, world: "World", kind: str, types: list[str], name: str = "rule") -> "World":
    """Draw a rule of any form."""
    common: Table = {"name": name, "kind": kind, "types": types, "statutory": draw(st.booleans())}
    form = draw(st.sampled_from(["visits", "interval", "round"]))
    by_rating = {rating: draw(st.integers(0, 4)) for rating in RATINGS}
    if form == "visits":
        common |= {"minimum_spacing_days": draw(st.sampled_from([0, 60])), "last_days_free": draw(st.integers(0, 21))}
        common |= {"rating": draw(st.sampled_from(["current", "on_1_april"]))}
        common |= {"whole_year_if_first_before": draw(st.sampled_from([None, "april", "october"]))}
        return world.with_visits(by_rating, year_to_year_correlation=draw(st.sampled_from([0, 0.5])), **common)
    if form == "interval":
        months = {rating: 6.0 * number for rating, number in by_rating.items()}
        return world.with_interval(months, available_share=draw(st.sampled_from([0, 0.5])), **common)
    first, last = date(2005, 9, 1), date(2006, 8, 31)
    return world.with_round(first, last, repeat_months=draw(st.sampled_from([0, 12])), last_days_free=20, **common)
