"""What the shipped frameworks say, as read from the documents."""

import pickle
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from simulator.inspectorate.framework import NAMED_CLAUSES, Framework, load_framework, shipped_frameworks
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.inspectorate.rules import Interval, Round, Rule, Visits
from simulator.inspectorate.sources import Source, Sourced, documents
from simulator.world.services import AUTHORITY_SERVICES, SERVICE_TYPES

SHIPPED = shipped_frameworks()
YARDSTICKS = ("belief-index", "clairvoyant", "cyclic", "none", "random")
OF_DOCUMENTS = [name for name in SHIPPED if name not in YARDSTICKS]
AS_PROPOSED = ("option-a-as-proposed", "option-b-as-proposed")
WITH_PACKAGE = (*AS_PROPOSED, "2006-regime-with-package", "discretion")
LATER = ("2012-as-proposed", "2012-proportional", "2013-single-framework")
ANSWERS = {"serious_concern": "move", "complaint": "move"}
SECTIONS = ("kinds", *NAMED_CLAUSES)


def rule_for(framework: str, service_type: str) -> Rule:
    """The first rule for a service type: what comes after it is on top of it."""
    return next(rule for rule in load_framework(framework).rules.values() if service_type in rule.types)


def clauses(framework: Framework) -> Iterator[tuple[str, Sourced]]:
    for section in SECTIONS:
        for name, clause in getattr(framework, section).items():
            yield f"{section}.{name}", clause


@pytest.mark.parametrize("name", SHIPPED)
def test_every_service_type_has_a_rule_and_another_only_where_the_documents_name_one(name: str) -> None:
    framework = load_framework(name)
    on_top = ("secure-approval", "annual-assessments", "sooner-", "childrens-homes-interim")
    by_rule = [t for key, rule in framework.rules.items() if not key.startswith(on_top) for t in rule.types]
    with_the_authority = [t for inclusion in framework.inclusions.values() for t in inclusion.covers]
    assert sorted([*by_rule, *with_the_authority]) == sorted(SERVICE_TYPES)
    assert all(framework.covers(service_type) for service_type in SERVICE_TYPES)


@pytest.mark.parametrize("name", OF_DOCUMENTS)
def test_secure_homes_have_additional_inspections_that_count_as_nothing_else(name: str) -> None:
    framework = load_framework(name)  # consultation 3.1.5
    extra = framework.rules["secure-approval"]
    assert isinstance(extra, Interval)
    assert (extra.types, extra.kind, extra.statutory) == (("secure_childrens_home",), "secure", True)
    assert extra.kinds_satisfying(framework.kinds) == ("secure",)
    other = "residential-special-schools" if "residential-special-schools" in framework.rules else "other-providers"
    assert "secure" not in framework.rules[other].kinds_satisfying(framework.kinds)
    assert set(extra.months.model_dump().values()) == {12}


@pytest.mark.parametrize("framework", WITH_PACKAGE)
def test_whoever_comes_sooner_at_discretion_yields_to_what_the_law_asks_for(framework: str) -> None:
    loaded = load_framework(framework)
    sooner = [rule for name, rule in loaded.rules.items() if name.startswith("sooner-")]
    types = {service_type for rule in sooner for service_type in rule.types}
    assert types >= set(SERVICE_TYPES[3:11])  # 3.1.7, 3.1.8; 3.1.9: all that is more than one inspection a year
    assert (framework == "discretion") == ({"childrens_home", "secure_childrens_home"} <= types)
    by_law = [loaded.kinds[rule.kind].priority for rule in loaded.rules.values() if rule.statutory]
    for rule in sooner:
        assert isinstance(rule, Interval)
        assert {rating for rating, months in rule.months.model_dump().items() if months} == {"adequate", "poor"}
        assert not rule.statutory
        assert rule.priority is not None
        assert rule.priority > max(by_law)


def test_nobody_comes_sooner_at_discretion_where_no_document_says_so() -> None:
    for name in ("2006-regime", "option-a", "option-b", "jar-apa-2005", *LATER, *YARDSTICKS):
        assert not any(key.startswith("sooner-") for key in load_framework(name).rules)
    for name in AS_PROPOSED:  # 3.1.11, 3.1.12: children's homes have a graded minimum by law
        assert "sooner-childrens-homes" not in load_framework(name).rules


@pytest.mark.parametrize("name", WITH_PACKAGE)
def test_random_and_themed_inspections_are_drawn_from_the_good_too(name: str) -> None:
    framework = load_framework(name)  # 3.1.15
    for sample in ("random", "themed"):
        drawn = framework.samples[sample]
        assert (drawn.kind, drawn.types) == (sample, SERVICE_TYPES[:12])
        assert drawn.share is not None
        (share,) = set(drawn.share.model_dump().values())
        assert share > 0
        kind = framework.kinds[sample]
        assert kind.sigma > framework.kinds["key"].sigma
        assert kind.priority > framework.kinds["key"].priority
        assert not kind.counts
    assert framework.kinds["random"].grades
    assert not framework.kinds["themed"].grades


def test_samples_are_drawn_under_proposals_and_the_yardstick_by_lot_only() -> None:
    assert {name for name in SHIPPED if load_framework(name).samples} == {
        "2012-as-proposed",
        *WITH_PACKAGE,
        "random",
    }


@pytest.mark.parametrize("name", ["2006-regime", "jar-apa-2005", "option-a", "option-b", *WITH_PACKAGE])
def test_reviews_and_assessments_of_local_authorities(name: str) -> None:
    framework = load_framework(name)
    review, assessment = framework.rules["local-authorities"], framework.rules["annual-assessments"]
    assert isinstance(review, Round)
    assert (review.from_, review.until, review.kind) == (date(2005, 9, 1), date(2008, 8, 31), "area")
    assert isinstance(assessment, Visits)
    assert set(assessment.per_year.model_dump().values()) == {1}
    assert assessment.kinds_satisfying(framework.kinds) == ("desk",)
    assert review.kinds_satisfying(framework.kinds) == ("area",)
    again = framework.reinspections["significant-concerns"]
    assert (again.types, again.after, again.kind) == (("local_authority",), ("poor",), "follow_up")
    assert again.after_kinds == ("area",)
    assert {framework.kinds[kind].pool for kind in ("area", "desk", "follow_up")} == {"area"}


def test_the_regime_by_another_name_has_the_grades_of_2005_and_nothing_else_of_its_own() -> None:
    regime, named = load_framework("2006-regime"), load_framework("jar-apa-2005")
    own = {"name", "plural", "title", "summary", "grade_names"}
    assert named.model_dump(exclude=own) == regime.model_dump(exclude=own)
    assert named.grade_names.excellent == "well above minimum"  # Grading the judgements
    assert named.grade_names.poor == "below minimum"


@pytest.mark.parametrize("name", [*LATER, *YARDSTICKS])
def test_neither_assessments_nor_follow_ups_outlast_the_regime(name: str) -> None:
    framework = load_framework(name)
    assert "annual-assessments" not in framework.rules
    assert "significant-concerns" not in framework.reinspections


@pytest.mark.parametrize(
    ("name", "services", "kinds"),
    [
        ("option-a", ("la_fostering", "la_adoption"), ("key",)),  # consultation 3.1.4
        ("option-b", ("la_fostering", "la_adoption"), ("key",)),
        ("option-a-as-proposed", ("la_fostering", "la_adoption"), ("key",)),
        ("2012-as-proposed", ("local_authority", "la_fostering", "la_adoption"), ("children_in_care", "key")),
    ],
)
def test_fostering_and_adoption_at_the_same_time(name: str, services: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    framework = load_framework(name)
    (together,) = framework.alignments.values()
    assert (together.services, together.kinds, together.saving) == (services, kinds, 3 / 16)
    effort = framework.kinds["key"].effort_days
    assert (effort["la_fostering"] + effort["la_adoption"]) * (1 - together.saving) == 13


def test_what_was_proposed_for_children_in_care() -> None:
    framework = load_framework("2012-as-proposed")
    (sample,) = framework.samples.values()
    assert sample.number is not None
    assert (sample.number.least, sample.number.most, sample.types) == (20, 25, ("local_authority",))
    kind = framework.kinds["children_in_care"]
    assert (kind.notice, kind.effort_days) == ("short", {"local_authority": 25})
    cycle = framework.rules["local-authorities"]
    assert isinstance(cycle, Interval)
    assert cycle == load_framework("2012-proportional").rules["local-authorities"]
    assert (framework.kinds["area"].notice, framework.kinds["area"].team) == ("unannounced", 4)


def test_the_single_framework() -> None:
    framework = load_framework("2013-single-framework")
    (whole,) = framework.inclusions.values()
    assert (whole.kind, whole.of, whole.covers) == ("area", "local_authority", ("la_fostering", "la_adoption"))
    (overall,) = framework.overall_judgements.values()
    assert (overall.types, overall.by) == (("local_authority",), "limiting")
    assert framework.grade_names.model_dump() == {
        "excellent": "outstanding",
        "good": "good",
        "adequate": "requires improvement",
        "poor": "inadequate",
    }
    assert not framework.samples
    assert not framework.alignments


def test_yardsticks_ask_for_what_their_names_say() -> None:
    none, cyclic, lot = (load_framework(name) for name in ("none", "cyclic", "random"))
    for framework in (none, lot):
        assert all(
            isinstance(rule, Interval) and set(rule.months.model_dump().values()) == {0}
            for rule in framework.rules.values()
        )
    assert not none.samples
    assert not none.first_inspections
    assert not none.reinspections
    assert {trigger.action for trigger in none.triggers.values()} == {"add"}
    for framework in (cyclic, lot, load_framework("clairvoyant"), load_framework("belief-index")):
        assert not framework.triggers
        assert not framework.reinspections
    for rule in cyclic.rules.values():  # whatever the grade
        assert isinstance(rule, Interval)
        assert len(set(rule.months.model_dump().values())) == 1
    for name in YARDSTICKS:
        framework = load_framework(name)
        assert "yardstick" in framework.summary
        assert all(rule.source.document is None for rule in framework.rules.values())


@pytest.mark.parametrize("framework", OF_DOCUMENTS)
def test_boarding_is_inspected_by_practice_and_all_else_by_law(framework: str) -> None:
    """How often, `tests/functional/test_shipped_rates.py` works out."""
    rules = {name: rule for name, rule in load_framework(framework).rules.items() if not name.startswith("sooner-")}
    by_practice = {service_type for rule in rules.values() if not rule.statutory for service_type in rule.types}
    assert by_practice == set(SERVICE_TYPES[3:5])  # 2.3.3


@pytest.mark.parametrize("framework", ["2006-regime", "option-a", "option-b", *AS_PROPOSED])
def test_rounds_of_private_fostering(framework: str) -> None:
    rule = rule_for(framework, "private_fostering")  # 2.3.4
    assert isinstance(rule, Round)
    assert (rule.from_, rule.until, rule.repeat_months, rule.kind) == (date(2006, 4, 1), date(2009, 3, 31), 36, "key")


@pytest.mark.parametrize(
    ("framework", "answers"),
    [
        *((name, ANSWERS) for name in ("2006-regime", "2012-proportional", "option-a", "option-b")),
        *((name, ANSWERS | {"new_manager": "add", "breach": "add"}) for name in WITH_PACKAGE),
    ],
)
def test_news_of_every_provider(framework: str, answers: dict[str, str]) -> None:
    triggers = load_framework(framework).triggers.values()
    for service_type in SERVICE_TYPES[:12]:
        mine = [trigger for trigger in triggers if service_type in trigger.types]
        assert len(mine) == len(answers)
        assert {trigger.signal: trigger.action for trigger in mine} == answers


@pytest.mark.parametrize("framework", OF_DOCUMENTS)
def test_news_of_a_local_authority_moves_its_inspection(framework: str) -> None:
    triggers = load_framework(framework).triggers.values()
    mine = {t.signal: t.action for t in triggers if "local_authority" in t.types}
    assert mine == {"serious_concern": "move", "complaint": "move"}


@pytest.mark.parametrize("framework", [name for name in SHIPPED if name not in ("none", "clairvoyant")])
def test_whoever_registers_gets_a_first_inspection(framework: str) -> None:
    (first,) = load_framework(framework).first_inspections.values()
    assert set(first.types) == set(SERVICE_TYPES) - set(AUTHORITY_SERVICES)
    assert first.kind == "first"


def test_poor_homes_are_inspected_again_under_every_framework_of_a_document() -> None:
    regime = load_framework("2006-regime").reinspections["poor-homes"]
    assert regime.after == ("poor",)
    assert regime.counts
    assert not regime.statutory
    for name in OF_DOCUMENTS:
        if name != "childrens-homes-2014":  # its records say more closely how
            assert load_framework(name).reinspections["poor-homes"] == regime
    assert not any("poor-homes" in load_framework(name).reinspections for name in YARDSTICKS)


@pytest.mark.parametrize("name", ["option-a", "option-b"])
def test_options_have_the_practice_of_the_regime_and_nothing_at_discretion_of_their_own(name: str) -> None:
    regime, option = load_framework("2006-regime"), load_framework(name)
    for section in [section for section in SECTIONS if section not in ("rules", "alignments")]:
        assert getattr(option, section) == getattr(regime, section), section
    assert [key for key in option.rules if option.rules[key] != regime.rules[key]] == [
        "childrens-homes",
        "fostering-and-family-centres",
    ]
    assert list(option.rules) == list(regime.rules)


def test_option_a_is_one_screen_with_its_frequencies_in_the_middle() -> None:
    path = Path(__file__).parents[2] / "scenarios" / "frameworks" / "option-a.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    (middle,) = [i for i, line in enumerate(lines) if line.startswith("per_year")]
    assert len(lines) < 60
    assert len(lines) / 5 < middle < len(lines) * 4 / 5


@pytest.mark.parametrize("name", WITH_PACKAGE)
def test_a_framework_knows_the_package_that_it_carries(name: str) -> None:
    framework = load_framework(name)
    assert framework.packages == ("the package of 2006",)
    assert framework.title != framework.packages[0]


def test_the_others_carry_none() -> None:
    assert [name for name in SHIPPED if load_framework(name).packages] == sorted(WITH_PACKAGE)


@pytest.mark.parametrize(("one", "other"), [("option-a", "option-b"), AS_PROPOSED])
def test_options_differ_in_the_rule_for_childrens_homes_only(one: str, other: str) -> None:
    a, b = load_framework(one), load_framework(other)
    assert a.rules["childrens-homes"] != b.rules["childrens-homes"]
    for section in [section for section in SECTIONS if section != "rules"]:
        assert getattr(a, section) == getattr(b, section)
    assert {**a.rules, "childrens-homes": None} == {**b.rules, "childrens-homes": None}


@pytest.mark.parametrize(("bare", "name"), [("option-a", AS_PROPOSED[0]), ("option-b", AS_PROPOSED[1])])
def test_the_package_leaves_the_rules_as_they_are(bare: str, name: str) -> None:
    rules, carrying = load_framework(bare), load_framework(name)
    for section in SECTIONS:
        own, both = getattr(rules, section), getattr(carrying, section)
        assert {key: both[key] for key in own if key != "annual"} == {key: own[key] for key in own if key != "annual"}
    assert carrying.assessments["annual"].by == "points"


def test_the_carry_over_of_2012_is_said_to_be_ours() -> None:
    framework = load_framework("2012-proportional")
    assert "by us" in framework.summary
    for name, clause in clauses(framework):
        if name.startswith(("rules", "triggers")) and not name.endswith(("local-authorities", "secure-approval")):
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
        "share",
        "saving",
    }
    for name, clause in clauses(load_framework(framework)):
        if isinstance(clause, Interval) and not any(clause.months.model_dump().values()):
            continue  # nothing falls due: none of its other numbers means anything
        numbers = given_by_no_document & set(clause.model_dump(exclude_none=True))
        if framework == "clairvoyant":
            numbers -= {"sigma", "minimum_spacing_days"}  # 0: that is what clairvoyant means
        assert numbers <= set(clause.source.vary), name
        assert clause.source.assumption, name


@pytest.mark.parametrize("framework", [name for name in OF_DOCUMENTS if name != "2012-proportional"])
def test_every_rule_cites_a_paragraph(framework: str) -> None:
    for name, rule in load_framework(framework).rules.items():
        assert rule.source.document in documents(), name
        assert rule.source.document in ("consultation-2006", "ecm-inspection-2005") or framework in (
            *LATER,
            "childrens-homes-2014",
        ), name
        if rule.source.document == "consultation-2006":
            assert re.fullmatch(r"[23]\.\d\.\d+(, [23]\.\d\.\d+)*", rule.source.paragraph or ""), name


def test_documents_have_a_title_and_a_year() -> None:
    assert all(str(document.year) in key for key, document in documents().items())


def test_codes_are_what_arrays_carry() -> None:
    assert KINDS.index("key") == 0
    assert KINDS.index("area") == 9
    assert len(KINDS) == 12
    assert RATINGS == ("not_yet_graded", "poor", "adequate", "good", "excellent")


def test_a_rule_is_satisfied_by_its_own_kind_and_those_that_count() -> None:
    framework = load_framework("option-a")
    assert framework.rules["childrens-homes"].kinds_satisfying(framework.kinds) == ("key", "first", "area")
    assert framework.rules["local-authorities"].kinds_satisfying(framework.kinds) == ("area",)
    narrow = framework.rules["adoption"].model_copy(update={"satisfied_by": ("key",)})
    assert narrow.kinds_satisfying(framework.kinds) == ("key",)


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
