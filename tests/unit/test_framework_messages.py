"""What is said of a framework file that cannot be used: one clear message, with key, given and allowed."""

from pathlib import Path

import pytest

from simulator.inspectorate.framework import load_framework
from tests.unit.framework_texts import MINIMAL, said_of, written


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
