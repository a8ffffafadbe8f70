"""Inspections per provider-year of every shipped framework, worked out by hand, and that every clause plays its part.

Ratings are held, nothing is heard of, inspectors are never short, and an inspection takes place the moment it is due.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.recorded import (
    BROUGHT_FORWARD,
    CONCERN,
    DONE,
    JUDGED_LOW,
    MET,
    NEW_PROVIDER,
    OUTSTANDING,
    PLANNED,
    SAMPLED,
    TARGETED,
)
from simulator.engine.run import simulate
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.rules import Interval
from simulator.inspectorate.triggers import SIGNALS
from simulator.ticks import DAYS_PER_YEAR, TICKS_PER_DAY, tick_of
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    from tests.functional.worlds import World

GRADES = ("poor", "adequate", "good", "excellent")
EACH = 40
YEARS = 12
THIRD = 1 / 3

HOMES, SECURE, SCHOOLS = SERVICE_TYPES[:3]
BOARDING = ("boarding_school", "fe_college")
FOSTERING = ("residential_family_centre", "la_fostering", "independent_fostering")
ADOPTION = ("la_adoption", "voluntary_adoption_agency", "adoption_support_agency")

Rates = dict[tuple[str, str], tuple[float, float, float, float]]
"""Inspections a year by service type and kind, for those held poor, adequate, good and excellent."""


def alike(rate: float) -> tuple[float, float, float, float]:
    return (rate, rate, rate, rate)


def of(types: tuple[str, ...], rate: tuple[float, float, float, float], kind: str = "key") -> Rates:
    return {(service_type, kind): rate for service_type in types}


# Modernising the Regulatory Framework (2006), 2.3.2: homes twice, fostering, schools and family centres once a year,
# adoption once in three; 2.3.3: boarding schools and colleges likewise; 2.3.4 and the reviews: once in three years.
REGIME: Rates = {
    **of((HOMES, SECURE), alike(2)),
    **of((SECURE,), alike(1), "secure"),  # 3.1.5, every 12 months by our assumption
    **of((SCHOOLS, *FOSTERING), alike(1)),
    **of((*ADOPTION, *BOARDING, "private_fostering"), alike(THIRD)),
    **of(("local_authority",), alike(THIRD), "area"),
    **of(("local_authority",), alike(1), "desk"),  # annual performance assessment, Every child matters (2005)
}
# 3.1.11; 3.1.4: fostering joins the three years.
OPTION_A: Rates = {**REGIME, **of((HOMES, SECURE), (3, 2, 1, 1)), **of(FOSTERING, alike(THIRD))}
# The package, 3.1.7: adequate at half (18 months), poor at a third (12 months) of three years.
# Special schools are owed one visit a year, and inspections every m months (adequate 6, poor 4) beside it;
# each of these stands for the year's own visit, so that they come to 12 / m a year.
SOONER: Rates = {
    **of((SCHOOLS,), (3, 2, 1, 1)),
    **of((*FOSTERING, *ADOPTION, *BOARDING), (1, 2 * THIRD, THIRD, THIRD)),
}
# Proportional cycles: 18 months, three years, five years.
PROPORTIONAL: Rates = {
    **of(SERVICE_TYPES[:12], (1 / 1.5, 1 / 3, 1 / 5, 1 / 5)),
    **of((SECURE,), alike(1), "secure"),
    **of(("local_authority",), (1 / 1.5, 1 / 3, 1 / 5, 1 / 5), "area"),
}
# The proposal of 2011: that cycle for local authorities; fostering joins adoption once in three years.
AS_PROPOSED: Rates = {
    **{key: rate for key, rate in REGIME.items() if key != ("local_authority", "desk")},
    **of(("la_fostering", "independent_fostering"), alike(THIRD)),
    **of(("local_authority",), (1 / 1.5, 1 / 3, 1 / 5, 1 / 5), "area"),
}
# The single framework: one inspection in three years of an authority, its fostering and its adoption.
WHOLE = ("local_authority", "la_fostering", "la_adoption")
SINGLE: Rates = {
    **{key: rate for key, rate in AS_PROPOSED.items() if key[0] not in WHOLE},
    **of(WHOLE, alike(THIRD), "area"),
}
BY_HAND: dict[str, Rates] = {
    "2006-regime": REGIME,
    "option-a": OPTION_A,
    "option-b": {**OPTION_A, **of((HOMES, SECURE), (3, 1, 1, 1))},  # 3.1.12
    "option-a-as-proposed": {**OPTION_A, **SOONER},
    "option-b-as-proposed": {**OPTION_A, **SOONER, **of((HOMES, SECURE), (3, 1, 1, 1))},
    # fostering has its yearly visit, which is sooner than any date of the package
    "2006-regime-with-package": {**REGIME, **SOONER, **of(FOSTERING, alike(1))},
    "discretion": {**OPTION_A, **SOONER, **of((HOMES, SECURE), (3, 2, 1, 1))},  # 3.1.9
    "2012-proportional": PROPORTIONAL,
    "2012-as-proposed": AS_PROPOSED,
    "2013-single-framework": SINGLE,
    "jar-apa-2005": REGIME,
    # Inspection records of April 2014 to March 2017: one full and one interim inspection a year.
    "childrens-homes-2014": {**REGIME, **of((HOMES, SECURE), alike(1)), **of((HOMES, SECURE), alike(1), "interim")},
    "none": {},
    "cyclic": {**of(SERVICE_TYPES[:12], alike(1)), **of(("local_authority",), alike(THIRD), "area")},
    "random": {},
    "clairvoyant": {},
    "belief-index": {**of(SERVICE_TYPES[:12], alike(THIRD)), **of(("local_authority",), alike(THIRD), "area")},
}
DRAWN: dict[str, Rates] = {
    name: {**of(SERVICE_TYPES[:12], alike(0.06), "random"), **of(SERVICE_TYPES[:12], alike(0.03), "themed")}
    for name in ("option-a-as-proposed", "option-b-as-proposed", "2006-regime-with-package", "discretion")
} | {"random": {**of(SERVICE_TYPES[:12], alike(0.5)), **of(("local_authority",), alike(THIRD), "area")}}
DRAWN["2012-as-proposed"] = of(("local_authority",), alike(22.5 / EACH), "children_in_care")  # 20 to 25 of them


def at_once(framework: Framework) -> Framework:
    """The framework with perfect judgement, no duration and no early dates.

    Nothing is triggered, targeted, inspected again or moved to coincide with another.
    """
    exact = {"sigma": 0.0, "effort_spread": 0.0}
    kinds = {
        name: kind.model_copy(update={**exact, "effort_days": dict.fromkeys(kind.effort_days, 0.001)})
        for name, kind in framework.kinds.items()
    }
    to_the_day = {"available_share": 0.0, "last_days_free": 0}
    rules = {
        name: rule.model_copy(update=to_the_day) if isinstance(rule, Interval) else rule
        for name, rule in framework.rules.items()
    }
    left_out = (
        "triggers",
        "targeting",
        "reinspections",
        "assessments",
        "self_assessments",
        "alignments",
        "improvement_plans",
        "enforcement",
    )
    nothing: dict[str, dict[str, object]] = {section: {} for section in left_out}
    return framework.model_copy(update={"kinds": kinds, "rules": rules, **nothing})


def run(world: "World", framework: Framework) -> tuple[npt.NDArray[np.void], int]:
    for pool in ("regulatory", "area"):
        world = world.with_inspectors(np.inf, pool=pool)
    trace = simulate(world.setting(framework), 0)
    return trace.inspections, tick_of(date(2008, 9, 1), trace.epoch)


def everyone(world: "World", each: int = EACH) -> "World":
    return world.of(**dict.fromkeys(SERVICE_TYPES, each)).during(YEARS)


def test_every_shipped_framework_is_worked_out() -> None:
    assert sorted(BY_HAND) == shipped_frameworks()


@pytest.mark.parametrize("name", list(BY_HAND))
@pytest.mark.parametrize("grade", GRADES)
def test_inspections_per_provider_year_are_those_worked_out_by_hand(world: "World", name: str, grade: str) -> None:
    framework = at_once(load_framework(name))
    rows, september = run(everyone(world).starting(**{grade: 1}), framework)
    nine_years = (rows["raised"] >= september) & (rows["raised"] < september + 9 * 525960)
    rows, reviews = rows[rows["kind"] != KINDS.index("area")], rows[(rows["kind"] == KINDS.index("area")) & nine_years]
    asked, drawn = rows[rows["reason"] != SAMPLED], rows[rows["reason"] == SAMPLED]
    # reviews by the three rounds of September 2008 to August 2017, all else by the twelve years of the run
    counted = {(service_type, "area"): 9 for service_type in SERVICE_TYPES}
    found: dict[tuple[str, str], float] = {}
    for part in (asked, reviews[reviews["reason"] != SAMPLED]):
        for (service_type, kind), number in by_type_and_kind(part).items():
            years = counted.get((service_type, kind), YEARS)
            found[service_type, kind] = number / EACH / years
    expected = {key: rates[GRADES.index(grade)] for key, rates in BY_HAND[name].items()}
    assert found == pytest.approx(expected, abs=0.02)
    shares = {key: rates[GRADES.index(grade)] for key, rates in DRAWN.get(name, {}).items()}
    sampled = by_type_and_kind(drawn) | {key: n for key, n in by_type_and_kind(reviews).items() if name == "random"}
    assert set(sampled) == set(shares)
    for key, share in shares.items():
        years = EACH * counted.get(key, YEARS)
        assert abs(sampled[key] - share * years) < 4.5 * (share * (1 - share) * years) ** 0.5, key


def test_a_cycle_of_36_months_is_kept_close_to_its_date(world: "World") -> None:
    """A visit ends two weeks before its date, or up to a twenty-fifth of the cycle sooner; never after it."""
    adoption = world.of(**dict.fromkeys(ADOPTION, 400)).during(YEARS).with_inspectors(np.inf, pool="area")
    trace = simulate(adoption.setting(load_framework("2006-regime").model_copy(update={"triggers": {}})), 0)
    rows = trace.inspections[np.lexsort((trace.inspections["raised"], trace.inspections["provider"]))]
    rows = rows[(rows["reason"] == PLANNED) & (rows["status"] == DONE)]
    gaps = np.diff(rows["ended"])[np.diff(rows["provider"]) == 0] / TICKS_PER_DAY
    cycle = 3 * DAYS_PER_YEAR
    assert len(gaps) > 3 * len(ADOPTION) * 350
    assert cycle - 14 - 0.04 * cycle <= gaps.min()
    assert gaps.max() <= cycle - 14 + 1 / TICKS_PER_DAY
    assert gaps.mean() == pytest.approx(cycle - 14 - 0.02 * cycle, abs=1.5)
    assert (trace.duties["outcome"] == MET).sum() + (trace.duties["outcome"] == OUTSTANDING).sum() == len(trace.duties)
    met = trace.duties[trace.duties["outcome"] == MET]
    assert (met["met"] <= met["due"]).all()


def by_type_and_kind(rows: npt.NDArray[np.void]) -> dict[tuple[str, str], int]:
    return {
        (SERVICE_TYPES[service_type], KINDS[kind]): int(
            ((rows["service_type"] == service_type) & (rows["kind"] == kind)).sum()
        )
        for service_type, kind in {(int(row["service_type"]), int(row["kind"])) for row in rows}
    }


def clauses() -> Iterator[tuple[str, str, str]]:
    for name in shipped_frameworks():
        framework = load_framework(name)
        for section in ("rules", "first_inspections", "reinspections", "triggers", "samples", "targeting"):
            for key in getattr(framework, section):
                if not key.startswith("nothing"):  # says that nothing falls due
                    yield name, section, key


@pytest.mark.parametrize(("name", "section", "key"), list(clauses()))
def test_a_clause_switched_off_asks_for_nothing(world: "World", name: str, section: str, key: str) -> None:
    framework = load_framework(name)
    if section != "targeting":  # with inspectors without limit it leaves nothing to fall due
        framework = framework.model_copy(update={"targeting": {}})
    clause = getattr(framework, section)[key]
    without = switched_off(framework, section, key)
    lively = everyone(world, 12).starting(poor=0.4, adequate=0.3, good=0.3).with_manager_changes(0.5)
    lively = lively.with_rates(complaint=0.2, serious=0.2, closure=0.05).with_users_saying(1).saying_of_themselves()
    if section == "triggers":  # one kind of news alone
        lively = lively.with_manager_changes(float(clause.signal == "new_manager"))
        lively = lively.with_rates(
            complaint=4 * (clause.signal == "complaint"), serious=clause.signal == "serious_concern"
        ).saying_of_themselves(not_produced=float(clause.signal == "breach"))
    with_it, without_it = (asked_for(run(lively, each)[0], section, clause) for each in (framework, without))
    assert with_it > 1.1 * without_it + 3, (with_it, without_it)
    assert without_it == 0 or section == "rules"


def switched_off(framework: Framework, section: str, key: str) -> Framework:
    """The framework without a clause; a rule asks for nothing, since every provider needs one."""
    clauses = dict(getattr(framework, section))
    if section == "rules":
        old = clauses[key]
        nothing = {"months": dict.fromkeys((*GRADES, "not_yet_graded"), 0), "kind": old.kind, "types": list(old.types)}
        clauses[key] = Interval.model_validate({**nothing, "form": "interval", "source": {"assumption": "a test"}})
    else:
        del clauses[key]
    return framework.model_copy(update={section: clauses})


REASONS = {
    "rules": (PLANNED, BROUGHT_FORWARD),
    "first_inspections": (NEW_PROVIDER,),
    "reinspections": (JUDGED_LOW,),
    "samples": (SAMPLED,),
    "targeting": (TARGETED,),
}


def asked_for(rows: npt.NDArray[np.void], section: str, clause: Any) -> int:
    """How many inspections there are of the kind, for the reason and of the service types of a clause."""
    mine = np.isin(rows["service_type"], [SERVICE_TYPES.index(name) for name in clause.types])
    if section == "triggers":
        mine &= rows["reason"] == (CONCERN if clause.action == "add" else BROUGHT_FORWARD)
        assert clause.signal in SIGNALS
    else:
        mine &= np.isin(rows["reason"], REASONS[section]) & (rows["kind"] == KINDS.index(clause.kind))
    if section == "rules":
        mine &= rows["statutory"] == clause.statutory
    return int(mine.sum())


def test_a_follow_up_after_every_poor_review_of_an_authority_and_no_assessment(world: "World") -> None:
    framework = load_framework("2006-regime").model_copy(update={"triggers": {}})
    exact = {name: kind.model_copy(update={"sigma": 0.0}) for name, kind in framework.kinds.items()}
    framework = framework.model_copy(update={"kinds": exact})
    authorities = world.of(local_authority=60).during(YEARS)
    assert not (run(authorities, framework)[0]["kind"] == KINDS.index("follow_up")).any()
    rows, _ = run(authorities.starting(poor=1), framework)
    day = 1440
    follow_ups = rows[rows["kind"] == KINDS.index("follow_up")]
    reviewed = rows[(rows["judged"] == 1) & (rows["kind"] == KINDS.index("area"))]
    assessed = rows[(rows["judged"] == 1) & (rows["kind"] == KINDS.index("desk"))]
    assert len(assessed) > 600
    assert len(follow_ups) <= len(reviewed)
    judgements = reviewed[reviewed["ended"] < rows["raised"].max() - 300 * day]
    assert (follow_ups["judged"] == 0).all()
    assert (follow_ups["reason"] == JUDGED_LOW).all()
    for row in judgements:  # one on its way already is the follow-up of this review too
        mine = follow_ups[follow_ups["provider"] == row["provider"]]
        assert ((mine["ended"] >= row["ended"]) & (mine["raised"] - row["ended"] <= 270 * day)).any()
    for row in follow_ups:
        mine = row["raised"] - reviewed["ended"][reviewed["provider"] == row["provider"]]
        assert ((mine >= 90 * day) & (mine <= 270 * day)).any()


def test_a_desk_assessment_alone_brings_no_follow_up_unless_it_is_named(world: "World") -> None:
    framework = load_framework("2006-regime").model_copy(update={"triggers": {}})
    poor = world.of(local_authority=30).starting(poor=1).during(3)
    without_reviews = switched_off(framework, "rules", "local-authorities")
    assert not (run(poor, without_reviews)[0]["kind"] == KINDS.index("follow_up")).any()
    again = framework.reinspections["significant-concerns"].model_copy(update={"after_kinds": ("desk",)})
    named = without_reviews.model_copy(update={"reinspections": {"significant-concerns": again}})
    assert (run(poor, named)[0]["kind"] == KINDS.index("follow_up")).sum() > 30


def test_fostering_and_adoption_coincide_with_children_in_care_where_possible(world: "World") -> None:
    framework = load_framework("2012-as-proposed")
    exact = {name: kind.model_copy(update={"effort_spread": 0.0}) for name, kind in framework.kinds.items()}
    framework = framework.model_copy(update={"kinds": exact, "triggers": {}})
    authorities = world.of(**dict.fromkeys(WHOLE, 150)).during(YEARS)
    apart = framework.model_copy(update={"alignments": {}})
    for rules, least, most in ((framework, 0.3, 0.9), (apart, 0, 0)):
        rows, _ = run(authorities, rules)
        joined = Counter((int(row["provider"]) % 150, int(row["raised"])) for row in rows)
        care = rows[rows["kind"] == KINDS.index("children_in_care")]
        together = [joined[int(row["provider"]) % 150, int(row["raised"])] > 1 for row in care]
        assert least <= np.mean(together) <= most
        begun = care["inspector_days"] > 0
        assert (care["inspector_days"][begun] == np.where(together, 25 * 13 / 16, 25)[begun]).all()


def test_between_20_and_25_authorities_a_year_are_inspected_for_children_in_care(world: "World") -> None:
    rows, _ = run(world.of(**dict.fromkeys(WHOLE, 150)).during(YEARS), load_framework("2012-as-proposed"))
    care = rows[rows["kind"] == KINDS.index("children_in_care")]
    assert (care["reason"] == SAMPLED).all()
    for year in range(YEARS):
        first, following = (tick_of(date(2006 + y, 4, 1), date(2006, 4, 1)) for y in (year, year + 1))
        drawn = care["provider"][(care["raised"] >= first) & (care["raised"] < following)]
        assert 20 <= len(drawn) <= 25
        assert len(set(drawn)) == len(drawn)


def test_the_single_inspection_judges_fostering_and_adoption_and_nothing_else_does(world: "World") -> None:
    rows, _ = run(world.of(**dict.fromkeys(WHOLE, 60)).during(YEARS), load_framework("2013-single-framework"))
    by_type = {
        name: {(int(row["provider"]) % 60, int(row["started"]), int(row["ended"])) for row in rows if row[at] == code}
        for at, name, code in (("service_type", name, SERVICE_TYPES.index(name)) for name in WHOLE)
    }
    assert by_type["la_fostering"] == by_type["la_adoption"] == by_type["local_authority"]
    assert len(by_type["local_authority"]) > 3 * 60
    parts = rows[rows["service_type"] != SERVICE_TYPES.index("local_authority")]
    assert (parts["inspector_days"] == 0).all()
