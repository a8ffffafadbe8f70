"""What the shipped frameworks say, as read from the documents."""

import pickle
import re
from collections.abc import Iterator
from datetime import date

import pytest

from simulator.inspectorate.framework import (
    Framework,
    Interval,
    Round,
    Rule,
    Visits,
    load_framework,
    shipped_frameworks,
)
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.inspectorate.sources import Source, Sourced, documents
from simulator.world.services import AUTHORITY_SERVICES, SERVICE_TYPES

SHIPPED = ["2006-regime", "2012-proportional", "option-a", "option-b"]
BY_RATING = ("excellent", "good", "adequate", "poor", "not_yet_graded")


def rule_for(framework: str, service_type: str) -> Rule:
    (rule,) = (rule for rule in load_framework(framework).rules.values() if service_type in rule.types)
    return rule


def clauses(framework: Framework) -> Iterator[tuple[str, Sourced]]:
    for section in ("kinds", "rules", "first_inspections", "reinspections", "triggers"):
        for name, clause in getattr(framework, section).items():
            yield f"{section}.{name}", clause


def test_the_shipped_frameworks_are_these() -> None:
    assert shipped_frameworks() == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_every_service_type_has_exactly_one_rule(name: str) -> None:
    framework = load_framework(name)
    named = [service_type for rule in framework.rules.values() for service_type in rule.types]
    assert sorted(named) == sorted(SERVICE_TYPES)
    assert all(framework.covers(service_type) for service_type in SERVICE_TYPES)


@pytest.mark.parametrize(
    ("framework", "service_type", "by_rating"),
    [
        # consultation 2.3.2: children's homes twice a year; fostering, special schools, family centres once
        ("2006-regime", "childrens_home", (2, 2, 2, 2, 2)),
        ("2006-regime", "secure_childrens_home", (2, 2, 2, 2, 2)),
        ("2006-regime", "residential_special_school", (1, 1, 1, 1, 1)),
        ("2006-regime", "la_fostering", (1, 1, 1, 1, 1)),
        ("2006-regime", "independent_fostering", (1, 1, 1, 1, 1)),
        ("2006-regime", "residential_family_centre", (1, 1, 1, 1, 1)),
        # 3.1.11: once if good or better, twice if adequate, at least three times if poor; secure homes alike (3.1.5)
        ("option-a", "childrens_home", (1, 1, 2, 3, 1)),
        ("option-a", "secure_childrens_home", (1, 1, 2, 3, 1)),
        # 3.1.12: once, at least three times if poor
        ("option-b", "childrens_home", (1, 1, 1, 3, 1)),
        ("option-b", "secure_childrens_home", (1, 1, 1, 3, 1)),
        # 3.1.5: special schools stay at once a year
        ("option-a", "residential_special_school", (1, 1, 1, 1, 1)),
        ("option-b", "residential_special_school", (1, 1, 1, 1, 1)),
    ],
)
def test_visits_a_year(framework: str, service_type: str, by_rating: tuple[int, ...]) -> None:
    rule = rule_for(framework, service_type)
    assert isinstance(rule, Visits)
    assert tuple(rule.per_year.model_dump()[rating] for rating in BY_RATING) == by_rating
    assert rule.statutory


@pytest.mark.parametrize(
    ("framework", "service_types", "by_rating", "statutory"),
    [
        # 2.3.2: adoption once every three years; 2.3.3: boarding schools and colleges too, though no statute asks
        ("2006-regime", SERVICE_TYPES[8:11], (36, 36, 36, 36, 36), True),
        ("2006-regime", SERVICE_TYPES[3:5], (36, 36, 36, 36, 36), False),
        # 3.1.3: no change to them; 3.1.4: fostering and family centres join them
        *(
            (name, types, (36, 36, 36, 36, 36), statutory)
            for name in ("option-a", "option-b")
            for types, statutory in ((SERVICE_TYPES[5:11], True), (SERVICE_TYPES[3:5], False))
        ),
        # the proposal of 2011: inadequate 18 months, satisfactory three years, good or outstanding five
        ("2012-proportional", ("local_authority", "childrens_home", "la_adoption"), (60, 60, 36, 18, 36), True),
        ("2012-proportional", ("boarding_school", "fe_college"), (60, 60, 36, 18, 36), False),
    ],
)
def test_intervals(framework: str, service_types: tuple[str, ...], by_rating: tuple[int, ...], statutory: bool) -> None:
    for service_type in service_types:
        rule = rule_for(framework, service_type)
        assert isinstance(rule, Interval), service_type
        assert tuple(rule.months.model_dump()[rating] for rating in BY_RATING) == by_rating
        assert rule.statutory is statutory


@pytest.mark.parametrize("framework", ["2006-regime", "option-a", "option-b"])
@pytest.mark.parametrize(
    ("service_type", "first_day", "last_day", "kind"),
    [
        ("private_fostering", date(2006, 4, 1), date(2009, 3, 31), "key"),  # 2.3.4
        ("local_authority", date(2005, 9, 1), date(2008, 8, 31), "area"),  # three years from September 2005
    ],
)
def test_rounds(framework: str, service_type: str, first_day: date, last_day: date, kind: str) -> None:
    rule = rule_for(framework, service_type)
    assert isinstance(rule, Round)
    assert (rule.from_, rule.until, rule.repeat_months, rule.kind) == (first_day, last_day, 36, kind)


@pytest.mark.parametrize(("framework", "expected"), [("2006-regime", 2.00), ("option-a", 1.60), ("option-b", 1.30)])
def test_visits_per_home_at_the_ratings_the_consultation_names(framework: str, expected: float) -> None:
    rule = rule_for(framework, "childrens_home")
    assert isinstance(rule, Visits)
    shares = {"poor": 0.15, "adequate": 0.30, "good": 0.55}
    assert sum(share * rule.per_year.model_dump()[grade] for grade, share in shares.items()) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("framework", "signals", "action"),
    [
        ("2006-regime", {"serious_concern": 0.5, "complaint": 0.1}, "move"),
        ("2012-proportional", {"serious_concern": 0.5, "complaint": 0.1}, "move"),
        ("option-a", {"serious_concern": 0.5, "complaint": 0.1, "new_manager": 0.3}, "add"),  # 3.1.2, 3.1.20
        ("option-b", {"serious_concern": 0.5, "complaint": 0.1, "new_manager": 0.3}, "add"),
    ],
)
def test_news_of_every_provider(framework: str, signals: dict[str, float], action: str) -> None:
    triggers = load_framework(framework).triggers.values()
    for service_type in SERVICE_TYPES[:12]:
        mine = [trigger for trigger in triggers if service_type in trigger.types]
        assert {trigger.signal: trigger.probability for trigger in mine} == signals
        assert {trigger.action for trigger in mine} == {action}


@pytest.mark.parametrize("framework", SHIPPED)
def test_news_of_a_local_authority_moves_its_inspection(framework: str) -> None:
    triggers = load_framework(framework).triggers.values()
    mine = {t.signal: t.action for t in triggers if "local_authority" in t.types}
    assert mine == {"serious_concern": "move", "complaint": "move"}


@pytest.mark.parametrize("framework", SHIPPED)
def test_whoever_registers_gets_a_first_inspection(framework: str) -> None:
    (first,) = load_framework(framework).first_inspections.values()
    assert set(first.types) == set(SERVICE_TYPES) - set(AUTHORITY_SERVICES)
    assert (first.kind, first.not_before_days, first.within_days) == ("first", 80, 300)


def test_poor_homes_are_inspected_again_under_the_proposals_only() -> None:
    for name in ("option-a", "option-b"):
        (again,) = load_framework(name).reinspections.values()
        assert (again.after, again.not_before_days, again.within_days) == (("poor",), 20, 80)
        assert again.counts
        assert not again.statutory
    assert not load_framework("2006-regime").reinspections
    assert not load_framework("2012-proportional").reinspections


def test_options_differ_in_the_rule_for_childrens_homes_only() -> None:
    a, b = load_framework("option-a"), load_framework("option-b")
    assert a.rules["childrens-homes"] != b.rules["childrens-homes"]
    for section in ("kinds", "first_inspections", "reinspections", "triggers"):
        assert getattr(a, section) == getattr(b, section)
    assert {**a.rules, "childrens-homes": None} == {**b.rules, "childrens-homes": None}


def test_the_carry_over_of_2012_is_said_to_be_ours() -> None:
    framework = load_framework("2012-proportional")
    assert "by us" in framework.summary
    for name, clause in clauses(framework):
        if name.startswith(("rules", "triggers")) and "local-authorities" not in name:
            assert "carried over by us" in (clause.source.assumption or ""), name


@pytest.mark.parametrize("framework", SHIPPED)
def test_every_number_that_no_document_gives_is_an_assumption_with_a_range(framework: str) -> None:
    given_by_no_document = {
        "effort_days",
        "effort_spread",
        "sigma",
        "minimum_spacing_days",
        "year_to_year_correlation",
        "last_days_free",
        "available_share",
        "probability",
        "delay_days",
        "within_days",
    }
    for name, clause in clauses(load_framework(framework)):
        numbers = given_by_no_document & set(clause.model_dump())
        assert numbers <= set(clause.source.vary), name
        assert clause.source.assumption, name


@pytest.mark.parametrize("framework", ["2006-regime", "option-a", "option-b"])
def test_every_rule_cites_a_paragraph(framework: str) -> None:
    for name, rule in load_framework(framework).rules.items():
        assert rule.source.document in ("consultation-2006", "ecm-inspection-2005"), name
        if rule.source.document == "consultation-2006":
            assert re.fullmatch(r"[23]\.\d\.\d+(, [23]\.\d\.\d+)*", rule.source.paragraph or ""), name


def test_documents_have_a_title_and_a_year() -> None:
    assert set(documents()) == {
        "consultation-2006",
        "press-release-2006",
        "ecm-inspection-2005",
        "proportional-2011",
        "single-framework-2013",
        "records-2014-2017",
    }
    assert all(str(document.year) in key for key, document in documents().items())


def test_codes_are_what_arrays_carry() -> None:
    assert KINDS.index("key") == 0
    assert KINDS.index("area") == 9
    assert len(KINDS) == 12
    assert RATINGS == ("not_yet_graded", "poor", "adequate", "good", "excellent")


def test_a_rule_is_satisfied_by_its_own_kind_and_those_that_count() -> None:
    framework = load_framework("option-a")
    assert framework.kinds_satisfying(framework.rules["childrens-homes"]) == ("key", "first", "area")
    assert framework.kinds_satisfying(framework.rules["local-authorities"]) == ("area", "key", "first")
    narrow = framework.rules["adoption"].model_copy(update={"satisfied_by": ("key",)})
    assert framework.kinds_satisfying(narrow) == ("key",)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_framework_is_frozen_and_travels_between_processes(name: str) -> None:
    framework = load_framework(name)
    assert framework.name == name
    assert pickle.loads(pickle.dumps(framework)) == framework
    with pytest.raises(Exception, match="frozen"):
        framework.title = "another"


def test_citations_name_the_document_of_the_rule_and_that_of_its_figures() -> None:
    figures = {"document": "records-2014-2017", "paragraph": "visits"}
    source = Source.model_validate({"document": "consultation-2006", "paragraph": "3.1.13", "figures": figures})
    assert [place.document for place in source.citations()] == ["consultation-2006", "records-2014-2017"]
    assert Source.model_validate({"assumption": "our own"}).citations() == []
