"""What is said of a framework file that cannot be used: one clear message, with key, given and allowed."""

from pathlib import Path

import pytest

from simulator.inspectorate.framework import load_framework
from simulator.messages import InputError

MINIMAL = """\
title = "My option"
summary = "Homes twice a year."

[kinds.key]
title = "key inspection"
effort_days = { childrens_home = 4.5 }
grades = true
sigma = 0.25
detects = true
priority = 3
counts = true
pool = "regulatory"
source = { assumption = "our own" }

[rules.homes]
types = ["childrens_home"]
form = "visits"
kind = "key"
per_year = { excellent = 2, good = 2, adequate = 2, poor = 2, not_yet_graded = 2 }
minimum_spacing_days = 60
source = { document = "consultation-2006", paragraph = "2.3.2" }
"""

INTERVAL = """
[rules.cycle]
types = ["childrens_home"]
form = "interval"
kind = "key"
months = { excellent = 36, good = 36, adequate = 36, poor = 18, not_yet_graded = 36 }
source = { assumption = "our own" }
"""

ROUND = """
[rules.programme]
types = ["childrens_home"]
form = "round"
kind = "key"
from = 2005-09-01
until = 2008-08-31
source = { assumption = "our own" }
"""

TRIGGER = """
[triggers.concern]
types = ["childrens_home"]
signal = "serious_concern"
probability = 0.5
action = "add"
kind = "key"
delay_days = 14
within_days = 42
source = { assumption = "our own" }
"""

FIRST = """
[first_inspections.new]
types = ["childrens_home"]
kind = "key"
within_days = 300
source = { assumption = "our own" }
"""

AGAIN = """
[reinspections.poor]
types = ["childrens_home"]
after = ["poor"]
kind = "key"
within_days = 80
source = { assumption = "our own" }
"""

LOOK = "look_within_days = 40\nafter_look_within_days = 40"

VISITS = """
[rules.visits]
types = ["childrens_home"]
form = "visits"
kind = "key"
per_year = { excellent = 1, good = 1, adequate = 1, poor = 1, not_yet_graded = 1 }
source = { assumption = "our own" }
"""

SEVERITY = """
[severity.hard]
types = ["childrens_home"]
from = 2014-04-01
until = 2014-04-01
grades_added = -0.2
source = { assumption = "our own" }
"""

SAMPLE = """
[samples.some]
types = ["childrens_home"]
kind = "key"
share = { excellent = 0.1, good = 0.1, adequate = 0.1, poor = 0.1, not_yet_graded = 0 }
source = { assumption = "our own" }
"""

NUMBER = """
[samples.few]
types = ["childrens_home"]
kind = "key"
number = { least = 20, most = 25 }
source = { assumption = "our own" }
"""

PLAN = """
[improvement_plans.plan]
types = ["childrens_home"]
after = ["poor"]
request_probability = 0.5
days_to_produce = 28
days = 180
source = { assumption = "a test" }
"""

TARIFF = """
[enforcement.tariff]
types = ["childrens_home"]
steps = ["notice", "deregistration"]
days = { notice = 90 }
powers_from = { notice = 2007-04-01 }
source = { assumption = "a test" }
"""

OVERALL = """
[overall_judgements.strands]
types = ["childrens_home"]
by = "limiting"
source = { assumption = "our own" }
"""

TOGETHER = """
[alignments.both]
services = ["la_fostering", "la_adoption"]
kinds = ["key"]
within_days = 183
saving = 0.1875
source = { assumption = "our own" }
"""

WHOLE = """
[inclusions.both]
kind = "key"
of = "local_authority"
covers = ["la_fostering", "la_adoption"]
source = { assumption = "our own" }
"""

TOO = "inspected at the same time as other services of its authority"


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def said_of(path: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        load_framework(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'title = "My option"',
            'titel = "My option"',
            'titel: unknown key; did you mean "title"? allowed here: title,',
        ),
        ('title = "My option"\n', "", "title: missing: short title"),
        ("sigma = 0.25", "sigmas = 0.25", 'kinds.key.sigmas: unknown key; did you mean "sigma"? allowed here: '),
        ("sigma = 0.25", 'sigma = "0.25"', 'kinds.key.sigma: given "0.25"; must be a number'),
        ("sigma = 0.25", "sigma = -0.1", "kinds.key.sigma: given -0.1; allowed: 0 or more and at most 3"),
        ("sigma = 0.25", "sigma = nan", "kinds.key.sigma: given nan; must be a finite number"),
        ("sigma = 0.25", "sigma = inf", "kinds.key.sigma: given inf; "),
        ("priority = 3", "priority = 0", "kinds.key.priority: given 0; allowed: 1 or more and at most 9"),
        ("priority = 3", "priority = 1.5", "kinds.key.priority: given 1.5; must be a whole number"),
        ("grades = true", "grades = 1", "kinds.key.grades: given 1; must be true or false"),
        ("detects = true", "detects = false", "kinds.key: detects must be true where grades is"),
        ("[kinds.key]", "[kinds.keyy]", 'kinds.keyy: there is no kind of inspection "keyy"; did you mean "key"?'),
        (
            "{ childrens_home = 4.5 }",
            "{ childrens_hom = 4.5 }",
            (
                'kinds.key.effort_days.childrens_hom: there is no service type "childrens_hom"; '
                'did you mean "childrens_home"? allowed: childrens_home,'
            ),
        ),
        (
            "{ childrens_home = 4.5 }",
            "{ childrens_home = 0 }",
            "kinds.key.effort_days.childrens_home: given 0; allowed: more than 0 and at most 1000",
        ),
        (
            "{ childrens_home = 4.5 }",
            "{ fe_college = 4 }",
            (
                "rules.homes.kind: kinds.key.effort_days does not say how many inspector-days "
                "an inspection of a childrens_home takes"
            ),
        ),
        (
            'types = ["childrens_home"]',
            'types = ["childrens-home"]',
            (
                'rules.homes.types.entry 1: there is no service type or group of them "childrens-home"; '
                'did you mean "childrens_home"? allowed: childrens_home,'
            ),
        ),
        (
            'types = ["childrens_home"]',
            'types = ["childrens_home", "childrens_home"]',
            "rules.homes.types: named twice: childrens_home",
        ),
        ('types = ["childrens_home"]', "types = []", "rules.homes.types: given 0 entries; allowed: at least 1"),
        (
            'types = ["childrens_home"]',
            'types = "childrens_home"',
            'rules.homes.types: given "childrens_home"; must be a list in square brackets',
        ),
        ('form = "visits"\n', "", 'rules.homes: form is missing; allowed: "visits", "interval", "round"'),
        (
            'form = "visits"',
            'form = "visit"',
            'rules.homes: form: given "visit"; did you mean "visits"? allowed: "visits", "interval", "round"',
        ),
        (
            'kind = "key"',
            'kind = "area"',
            "rules.homes.kind: the framework has no [kinds.area] to say what it takes; allowed: key",
        ),
        (
            'kind = "key"',
            'kind = "keys"',
            'rules.homes.kind: there is no kind of inspection "keys"; did you mean "key"?',
        ),
        ('kind = "key"\n', "", "rules.homes.kind: missing: the kind of inspection that the rule asks for"),
        ("poor = 2, ", "", "rules.homes.per_year.poor: missing"),
        ("poor = 2", "poor = -2", "rules.homes.per_year.poor: given -2; allowed: 0 or more and at most 26"),
        ("poor = 2", "poor = 2.5", "rules.homes.per_year.poor: given 2.5; must be a whole number"),
        (
            "poor = 2",
            "poor = 9",
            (
                "rules.homes: 9 visits a year at least 60 days apart take 480 days, but only 365 are there; "
                "allowed: minimum_spacing_days of at most 45"
            ),
        ),
        (
            "minimum_spacing_days = 60",
            "minimum_spacing_day = 60",
            'rules.homes.minimum_spacing_day: unknown key; did you mean "minimum_spacing_days"?',
        ),
        (
            "minimum_spacing_days = 60",
            "month_profile = [1, 1, 1]",
            "rules.homes.month_profile: given 3 entries; allowed: at least 12",
        ),
        (
            "minimum_spacing_days = 60",
            "month_profile = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]",
            "rules.homes.month_profile.entry 12: given 0; allowed: more than 0",
        ),
        (
            "minimum_spacing_days = 60",
            'satisfied_by = ["first"]',
            'rules.homes: satisfied_by must name the rule\'s own kind, "key", too',
        ),
        (
            "minimum_spacing_days = 60",
            'satisfied_by = ["key", "first"]',
            "rules.homes.satisfied_by: the framework has no [kinds.first] to say what it takes; allowed: key",
        ),
        (
            'source = { document = "consultation-2006", paragraph = "2.3.2" }',
            "",
            "rules.homes.source: missing: where it comes from: a document and its paragraph, or an assumption",
        ),
        (
            'document = "consultation-2006"',
            'document = "consultation"',
            'rules.homes.source.document: there is no document "consultation"; did you mean "consultation-2006"?',
        ),
        (
            'document = "consultation-2006", ',
            "",
            'rules.homes.source: must name a document and its paragraph, or an assumption = "why',
        ),
        (
            ', paragraph = "2.3.2"',
            "",
            "rules.homes.source: a document and its paragraph belong together: one of the two is missing",
        ),
        (
            'paragraph = "2.3.2"',
            'paragraph = "2.3.2", vary = { spacing = [1, 2] }',
            'rules.homes: source.vary: there is no number beside it "spacing"; allowed: per_year, minimum_spacing_days',
        ),
        (
            'paragraph = "2.3.2"',
            'paragraph = "2.3.2", vary = { minimum_spacing_days = [10, 20] }',
            "rules.homes: source.vary.minimum_spacing_days: the range [10, 20] leaves out its value 60",
        ),
        (
            'paragraph = "2.3.2"',
            'paragraph = "2.3.2", vary = { minimum_spacing_days = [90, 20] }',
            "rules.homes.source: vary.minimum_spacing_days: given [90, 20]; allowed: the lower number first",
        ),
        ("[rules.homes]", "[rulez.homes]", 'rulez: unknown key; did you mean "rules"?'),
        (
            'title = "My option"',
            'title = "My option"\nname = "x"',
            "name: unknown key; a framework is called as its file",
        ),
    ],
)
def test_a_wrong_value_gets_one_clear_message(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in MINIMAL
    path = written(tmp_path, MINIMAL.replace(old, new, 1))
    assert f"{path}: {said}" in said_of(path)


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
        (SAMPLE, "source", "number = { least = 1, most = 2 }\nsource", "samples.some: give either a share of"),
        (SAMPLE, "share = {", "#", "samples.some: give either a share of the providers or the number of them a year"),
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


def test_a_grade_says_the_direction_by_itself(tmp_path: Path) -> None:
    text = MINIMAL.replace("grades = true", "grades = true\ndirection = true")
    assert "kinds.key: direction is for inspections that give no grade" in said_of(written(tmp_path, text))
    load_framework(written(tmp_path, text.replace("grades = true", "grades = false")))


def test_several_problems_are_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, MINIMAL.replace("sigma = 0.25", "sigma = -1").replace("poor = 2", "poor = 2.5"))
    assert [line.split(": ")[1] for line in said_of(path).splitlines()] == [
        "kinds.key.sigma",
        "rules.homes.per_year.poor",
    ]
