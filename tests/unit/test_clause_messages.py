"""What is said of a clause that cannot be used, by itself or beside others: one clear message."""

from pathlib import Path

import pytest

from simulator.inspectorate.framework import load_framework
from tests.unit.framework_texts import (
    AGAIN,
    FIRST,
    INTERVAL,
    LOOK,
    MINIMAL,
    NUMBER,
    OVERALL,
    PLAN,
    ROUND,
    SAMPLE,
    SEVERITY,
    TARIFF,
    TOGETHER,
    TRIGGER,
    VISITS,
    WHOLE,
    said_of,
    written,
)

TOO = "inspected at the same time as other services of its authority"


@pytest.mark.parametrize(
    ("clause", "old", "new", "said"),
    [
        (INTERVAL, "poor = 18", "poor = -1", "rules.cycle.months.poor: given -1; allowed: 0 or more and at most 1200"),
        (INTERVAL, "source", "available_share = 1.5\nsource", "rules.cycle.available_share: given 1.5; allowed: 0 or"),
        (
            INTERVAL,
            "months = {",
            "per_year = {",
            "rules.cycle.per_year: unknown key; allowed here: source, types, kind,",
        ),
        (ROUND, "2008-08-31", "2005-08-31", "rules.programme: until (2005-08-31) must be after from (2005-09-01)"),
        (ROUND, "from = 2005-09-01", 'from = "2005"', 'rules.programme.from: given "2005"; must be a date such as'),
        (ROUND, "from = 2005-09-01\n", "", "rules.programme.from: missing: first day of the round"),
        (ROUND, "source", "repeat_months = 35\nsource", "rules.programme: the next round would begin on 2008-08-01, "),
        (ROUND, "source", "last_days_free = 1096\nsource", "rules.programme: last_days_free (1096) must be less than"),
        (TRIGGER, "= 0.5", "= 1.5", "triggers.concern.probability: given 1.5; allowed: 0 or more and at most 1"),
        (TRIGGER, "serious_concern", "concern", 'triggers.concern.signal: given "concern"'),
        (TRIGGER, '"add"', '"ad"', 'triggers.concern.action: given "ad"; did you mean "add"? allowed: "move", "add"'),
        (TRIGGER, 'kind = "key"\n', "", 'triggers.concern: action = "add" needs a kind'),
        (
            TRIGGER,
            'kind = "key"',
            'kind = "key"\nkinds = ["key"]',
            'triggers.concern: kinds and reach are for action = "move"',
        ),
        (TRIGGER, 'kind = "key"', 'kind = "key"\nreach = "next_year"', "triggers.concern: kinds and reach are for"),
        (TRIGGER, '"add"', '"move"\nkinds = ["desk"]', 'triggers.concern: kinds may not name "desk"'),
        (TRIGGER, '"add"', '"move"\nreach = "next"', 'triggers.concern.reach: given "next"; did you mean "next_year"?'),
        (
            VISITS,
            "per_year",
            'rating = "april"\nper_year',
            'rules.visits.rating: given "april"; did you mean "on_1_april"?',
        ),
        (
            VISITS,
            "per_year",
            'whole_year_if_first_before = "octobre"\nper_year',
            'rules.visits.whole_year_if_first_before: there is no month "octobre"; did you mean "october"?',
        ),
        (
            AGAIN,
            "= 80",
            "= 80\nlook_probability = 0.4",
            "reinspections.poor: look_probability is of a visit before the",
        ),
        (AGAIN, "= 80", '= 80\nlook_kind = "key"', "reinspections.poor: look_within_days (0) must be more than the 0"),
        (
            AGAIN,
            "= 80",
            '= 80\nlook_kind = "key"\nlook_within_days = 40',
            "reinspections.poor: after_look_within_days (0) must be more than the 0",
        ),
        (
            AGAIN,
            "= 80",
            f'= 80\nlook_kind = "random"\n{LOOK}',
            "reinspections.poor.look_kind: the framework has no [ki",
        ),
        (
            SEVERITY,
            "2014-04-01",
            "2014-04-02",
            "severity.hard: until (2014-04-01) must not be before from (2014-04-02)",
        ),
        (SEVERITY, "-0.2", "-3", "severity.hard.grades_added: given -3; "),
        (
            SEVERITY,
            "[severity",
            "".join(SEVERITY.replace("hard", f"hard-{n}") for n in range(4)) + "[severity",
            "severity: childrens_home has 5 clauses on severity",
        ),
        (TRIGGER, "= 42", "= 14", "triggers.concern: within_days (14) must be more than the 14 days before which"),
        (FIRST, "= 300", "= 0", "first_inspections.new: within_days (0) must be more than the 0 days"),
        (FIRST, 'kind = "key"\n', "", "first_inspections.new.kind: the framework has no [kinds.first]"),
        (AGAIN, "= 80", "= 80\nnot_before_days = 90", "reinspections.poor: within_days (80) must be more than the 90"),
        (SAMPLE, "poor = 0.1", "poor = 1.1", "samples.some.share.poor: given 1.1; allowed: 0 or more and at most 1"),
        (SAMPLE, "source", "number = { least = 1, most = 2 }\nsource", "samples.some: give one of these: a share"),
        (SAMPLE, "source", "days = 20\nsource", "samples.some: give one of these: a share"),
        (
            SAMPLE,
            "share = {",
            "#",
            "samples.some: give one of these: a share of the providers, the number of them or the days a year",
        ),
        (SAMPLE, 'kind = "key"', 'kind = "random"', "samples.some.kind: the framework has no [kinds.random]"),
        (SAMPLE, '"childrens_home"', '"fe_college"', "samples.some.kind: kinds.key.effort_days does not say how many"),
        (NUMBER, "most = 25", "most = 19", "samples.few.number: most (19) must not be less than least (20)"),
        (NUMBER, "least = 20", "least = -1", "samples.few.number.least: given -1; allowed: 0 or more"),
        (OVERALL, '"limiting"', '"worst"', 'overall_judgements.strands.by: given "worst"; allowed: "best_fit", "lim'),
        (OVERALL, "childrens_home", "home", "overall_judgements.strands.types.entry 1: there is no service type"),
        (INTERVAL, "source", "priority = 10\nsource", "rules.cycle.priority: given 10; allowed: 1 or more and at most"),
        (
            AGAIN,
            'kind = "key"',
            'kind = "key"\nafter_kinds = ["desk"]',
            "reinspections.poor.after_kinds: the framework has",
        ),
        (TOGETHER, '"la_fostering", ', "", "alignments.both.services: given"),
        (
            TOGETHER,
            "la_fostering",
            "childrens_home",
            "alignments.both.services.entry 1: there is no service of a local",
        ),
        (TOGETHER, "la_fostering", "la_adoption", "alignments.both.services: named twice: la_adoption"),
        (TOGETHER, '"key"', '"desk"', "alignments.both.kinds: the framework has no [kinds.desk]"),
        (TOGETHER, "= 0.1875", "= 1", "alignments.both.saving: given 1; allowed: 0 or more and less than 1"),
        (TOGETHER, "= 183", "= -1", "alignments.both.within_days: given -1; allowed: 0 or more"),
        (WHOLE, '= "local_authority"', '= "la_adoption"', 'inclusions.both.of: given "la_adoption"; allowed: "local_a'),
        (WHOLE, '"la_fostering"', '"local_authority"', "inclusions.both.covers.entry 1: there is no service that an"),
        (WHOLE, 'kind = "key"', 'kind = "area"', "inclusions.both.kind: the framework has no [kinds.area]"),
        (WHOLE, "source", "source", "inclusions.both.kind: kinds.key.effort_days does not say how many"),
        (PLAN, '"poor"', '"good"', 'improvement_plans.plan.after.entry 1: given "good"; allowed: "poor", "adequate"'),
        (PLAN, "= 180", "= 28", "improvement_plans.plan: days (28) must be more than days_to_produce (28)"),
        (PLAN, "= 180", "= 180\ndesk_days = 0.5", "improvement_plans.plan: visit_after and desk_days need monitoring"),
        (PLAN, "= 180", "= 180\nvisit_after = []", "improvement_plans.plan: visit_after and desk_days need monitoring"),
        (
            PLAN,
            "= 180",
            '= 180\nmonitoring = "key"\nvisit_after = ["adequate"]',
            "improvement_plans.plan: visit_after: given adequate; allowed: those of after, poor",
        ),
        (PLAN, "= 180", '= 180\nmonitoring = "monitoring"', "improvement_plans.plan.monitoring: the framework has no"),
        (
            TARIFF,
            '"notice", "de',
            '"warning", "de',
            'enforcement.tariff.steps.entry 1: given "warning"; allowed: "notice"',
        ),
        (
            TARIFF,
            "notice = 90",
            "restriction = 90",
            "enforcement.tariff: days: given for restriction; needed for notice",
        ),
        (TARIFF, "2007-04-01", '"2007"', 'enforcement.tariff.powers_from.notice: given "2007"; must be a date such as'),
        (TARIFF, "source", 'monitoring = "random"\nsource', "enforcement.tariff.monitoring: the framework has no [kin"),
        (AGAIN, '["poor"]', '["por"]', 'reinspections.poor.after.entry 1: given "por"; did you mean "poor"?'),
    ],
)
def test_a_wrong_clause_gets_one_clear_message(tmp_path: Path, clause: str, old: str, new: str, said: str) -> None:
    assert old in clause
    path = written(tmp_path, MINIMAL + clause.replace(old, new, 1))
    assert f"{path}: {said}" in said_of(path)


@pytest.mark.parametrize(
    ("clause", "name", "said"),
    [
        (TRIGGER, "concern", '"concern" already says what happens to the signal serious_concern at a childrens_home'),
        (FIRST, "new", '"new" already says what happens to a newly registered childrens_home'),
        (TOGETHER, "both", f'"both" already says what happens to a la_fostering {TOO}'),
        (
            WHOLE,
            "both",
            '"both" already says what happens to a la_fostering when an inspection of the kind "key" begins',
        ),
        (OVERALL, "strands", '"strands" already says what happens to the strands of a childrens_home'),
        (PLAN, "plan", '"plan" already says what happens to a childrens_home judged poor'),
        (TARIFF, "tariff", '"tariff" already says what happens to a childrens_home that does not improve'),
        (AGAIN, "poor", '"poor" already says what happens to a childrens_home judged poor'),
    ],
)
def test_an_event_has_one_consequence(tmp_path: Path, clause: str, name: str, said: str) -> None:
    path = written(tmp_path, MINIMAL + clause + clause.replace(f".{name}]", ".another]"))
    assert f".another: {said}; allowed: one of the two" in said_of(path)


def test_a_service_type_has_three_rules_at_most(tmp_path: Path) -> None:
    cycles = [INTERVAL.replace("cycle", f"cycle-{number}") for number in (1, 2, 3)]
    load_framework(written(tmp_path, MINIMAL + cycles[0] + cycles[1]))
    said = said_of(written(tmp_path, MINIMAL + "".join(cycles)))
    assert "rules: childrens_home has 4 rules (homes, cycle-1, cycle-2, cycle-3); allowed: at most 3" in said


def test_three_samples_at_most_are_drawn_from_a_service_type(tmp_path: Path) -> None:
    samples = [SAMPLE.replace("some", f"some-{number}") for number in (1, 2, 3)]
    assert len(load_framework(written(tmp_path, MINIMAL + "".join(samples))).samples) == 3
    said = said_of(written(tmp_path, MINIMAL + "".join(samples) + NUMBER))
    assert "samples: childrens_home has 4 samples (some-1, some-2, some-3, few); allowed: at most 3" in said
