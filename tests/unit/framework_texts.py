"""A framework file that can be used, clauses to add to it, and what is said of it when it cannot be used."""

from pathlib import Path

import pytest

from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import load_framework

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


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def said_of(path: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        load_framework(path)
    return str(caught.value)
