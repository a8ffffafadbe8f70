"""What `inspectsim frameworks check` says: what falls due, what differs, what is missing or looks odd."""

from pathlib import Path

import pytest

from simulator.frameworks.by_rating import due_by_rating, what_falls_due
from simulator.frameworks.changes import changes
from simulator.frameworks.check import Findings, check, read
from simulator.frameworks.doubts import doubts
from simulator.frameworks.own import own_framework
from simulator.inputs.shipped import folder
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.world.services import SERVICE_TYPES
from tests.unit.framework_texts import TRIGGER

HOMES = """
[rules.childrens-homes]
types = ["childrens_home", "secure_childrens_home"]
form = "visits"
kind = "key"
per_year = { excellent = 1, good = 1, adequate = 1, poor = 3, not_yet_graded = 1 }
source = { assumption = "ours" }
[rules.sooner]
types = ["childrens_home"]
form = "interval"
kind = "key"
months = { excellent = 0, good = 0, adequate = 0, poor = 4, not_yet_graded = 0 }
source = { assumption = "ours" }
"""


def written(folder: Path, text: str, extends: str = "2006-regime") -> Path:
    path = folder / "mine.toml"
    path.write_text(f'title = "Mine"\nsummary = "Mine."\nextends = "{extends}"\n{text}', encoding="utf-8")
    return path


def findings(folder: Path, text: str, extends: str = "2006-regime") -> Findings:
    return check(read(str(written(folder, text, extends))))


def of(folder: Path, text: str, extends: str = "2006-regime") -> Framework:
    return load_framework(written(folder, text, extends))


def test_what_falls_due_by_rating(tmp_path: Path) -> None:
    due = what_falls_due(of(tmp_path, HOMES))
    assert "Children's homes rated poor: every 4 months, at least 3 a year (key inspection)" in due
    assert (
        "Children's homes rated excellent, good or adequate, or not yet graded: once a year (key inspection)"
    ) in due
    secure = "; every 12 months (additional inspection of a secure children's home)"
    assert f"Secure children's homes rated poor: 3 times a year (key inspection){secure}" in due
    assert (
        "Boarding schools and further education colleges with residence: every 36 months by practice, not by law "
        "(key inspection)"
    ) in due


def test_what_falls_due_sooner_at_discretion_and_never() -> None:
    due = what_falls_due(load_framework("option-a-as-proposed"))
    assert (
        "Residential special schools rated poor: every 4 months at the inspectorate's discretion, "
        "at least once a year (key inspection)"
    ) in due
    assert what_falls_due(load_framework("none")) == ["All services: no inspection falls due"]


def test_a_service_without_a_rule_of_its_own_is_said_to_have_none(tmp_path: Path) -> None:
    framework = of(tmp_path, 'leaves_out = ["rules.adoption"]')
    assert due_by_rating(framework, "la_adoption", "good") == "by no rule of their own, but by the other rules"
    assert due_by_rating(framework, "la_fostering", "good") == "once a year (key inspection)"


@pytest.mark.parametrize("name", shipped_frameworks())
def test_every_service_type_and_rating_is_told_of(name: str) -> None:
    framework = load_framework(name)
    assert all(framework.covers(service_type) for service_type in SERVICE_TYPES)
    flowing = " ".join(what_falls_due(framework))
    assert "not yet graded" in flowing or "judged" not in flowing
    assert len(what_falls_due(framework)) <= 5 * len(SERVICE_TYPES)
    assert check(read(name)).falls_due == what_falls_due(framework)


def test_changes_are_told_in_words_and_by_key_where_words_are_silent(tmp_path: Path) -> None:
    told_of = findings(tmp_path, HOMES).differs
    homes = "Children's homes and secure children's homes"
    assert told_of == [
        (
            f"{homes}: was twice a year; now once a year if excellent, good, adequate or not yet graded; "
            "3 times a year if poor (rules.childrens-homes)"
        ),
        f"{homes}: minimum spacing days: was 60; now 0 (rules.childrens-homes)",
        f"{homes}: year to year correlation: was 0.5; now 0 (rules.childrens-homes)",
        f"{homes}: last days free: was 21; now 0 (rules.childrens-homes)",
        f"{homes}: near days: was 60; now 0 (rules.childrens-homes)",
        (
            "Children's homes: key inspection, none falls due if excellent, good, adequate or not yet graded; "
            "every 4 months if poor: new (rules.sooner)"
        ),
    ]


def test_what_is_left_out_is_told_as_no_longer(tmp_path: Path) -> None:
    assert findings(tmp_path, 'leaves_out = ["triggers.complaint"]\n').differs == [
        (
            "All but local authorities: a complaint brings the next planned inspection of the year forward, "
            "or where none is left adds an inspection (additional inspection in response to news), in 10% of cases, "
            "14 to 42 days later: no longer (triggers.complaint)"
        )
    ]


def test_a_clause_for_others_is_told_so(tmp_path: Path) -> None:
    clause = HOMES.split("[rules.sooner]", maxsplit=1)[0].replace(', "secure_childrens_home"', "")
    lines = findings(tmp_path, clause).differs
    assert (
        "Children's homes and secure children's homes: key inspection, twice a year: now for children's homes "
        in (lines[0])
    )


def test_a_clause_may_ask_for_a_kind_that_the_framework_extended_does_not_have(tmp_path: Path) -> None:
    kind = """
[kinds.interim]
title = "short visit"
effort_days.childrens_home = 1
grades = false
detects = false
priority = 3
counts = false
pool = "regulatory"
source = { assumption = "ours" }
"""
    trigger = TRIGGER.replace("triggers.concern", "triggers.complaint").replace("serious_concern", "complaint")
    assert "interim" not in load_framework("option-a").kinds
    lines = findings(tmp_path, kind + trigger.replace('"key"', '"interim"'), "option-a").differs
    assert any("now a complaint adds an inspection (short visit)" in line for line in lines)


@pytest.mark.parametrize("name", shipped_frameworks())
def test_a_framework_does_not_differ_from_itself(name: str) -> None:
    assert changes(load_framework(name), load_framework(name)) == []


ODD = [
    (
        'leaves_out = ["rules.adoption"]',
        (
            "Local authority adoption services, voluntary adoption agencies and adoption support agencies: no rule "
            "states how often they are inspected, so a scenario with such providers is refused"
        ),
    ),
    (
        HOMES.replace("adequate = 1, poor = 3", "adequate = 3, poor = 2").replace("poor = 4", "poor = 0"),
        (
            "Children's homes: fewer inspections fall due to those rated poor (2 a year) "
            "than to those rated adequate (3)"
        ),
    ),
    (HOMES.replace("poor = 4", "poor = 0"), "rules.sooner never applies: nothing falls due under it"),
    (HOMES, "rules.sooner has no document as its source: it counts as an assumption"),
    (
        'leaves_out = ["first_inspections.new-providers"]',
        "No clause uses the kind of inspection first (first inspection of a newly registered provider)",
    ),
    (
        """leaves_out = ["triggers.complaint"]
        [triggers.never]
        types = ["childrens_home"]
        signal = "complaint"
        action = "move"
        probability = 0
        delay_days = 1
        within_days = 2
        source = { assumption = "ours" }""",
        "triggers.never never applies: its probability is 0",
    ),
    (
        """[samples.nobody]
        types = ["la_fostering"]
        kind = "key"
        number = { least = 0, most = 0 }
        source = { assumption = "ours" }""",
        "samples.nobody never applies: it draws nobody",
    ),
    (
        """[samples.nobody]
        types = ["la_fostering"]
        kind = "key"
        days = 0
        source = { assumption = "ours" }""",
        "samples.nobody never applies: it draws nobody",
    ),
    (
        """leaves_out = ["first_inspections.new-providers"]
        [first_inspections.councils]
        types = ["la_fostering"]
        kind = "key"
        within_days = 2
        source = { assumption = "ours" }""",
        "first_inspections.councils never applies: local authority fostering services do not register",
    ),
    (
        'leaves_out = ["rules.childrens-homes"]' + HOMES,
        "rules.childrens-homes is in leaves_out but is also set: it applies",
    ),
]


@pytest.mark.parametrize(("text", "said"), ODD)
def test_what_looks_odd_is_said(text: str, said: str, tmp_path: Path) -> None:
    assert said in findings(tmp_path, text).odd
    assert said not in findings(tmp_path, "").odd


def test_a_weight_for_what_nobody_produces_is_noticed(tmp_path: Path) -> None:
    said = (
        "assessments.annual gives the self-assessment a weight, but all but local authorities need not produce one, "
        "so it is left out of the mean there"
    )
    assert said in findings(tmp_path, 'leaves_out = ["self_assessments.aqaa"]\n', "option-a-as-proposed").odd
    assert said not in findings(tmp_path, "", "option-a-as-proposed").odd


def test_news_that_could_bring_nothing_forward_never_applies(tmp_path: Path) -> None:
    clause = """
    [triggers.serious-concern]
    types = ["childrens_home"]
    signal = "serious_concern"
    action = "move"
    probability = 0.5
    delay_days = 1
    within_days = 2
    source = { assumption = "ours" }
    """
    never = "triggers.serious-concern never applies: no inspection is planned that it could bring forward"
    assert never in findings(tmp_path, clause, "none").odd
    assert never not in findings(tmp_path, clause, "2006-regime").odd


def test_a_reinspection_where_nothing_gives_a_grade_never_applies() -> None:
    framework = load_framework("option-a")
    ungraded = {name: kind.model_copy(update={"grades": False}) for name, kind in framework.kinds.items()}
    homes = "children's homes and secure children's homes"
    never = f"reinspections.poor-homes never applies: no inspection of {homes} gives a grade"
    assert never in doubts(framework.model_copy(update={"kinds": ungraded}))
    assert never not in doubts(framework)


def test_a_file_of_clauses_alone_can_be_extended_and_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "clauses.toml").write_text(HOMES, encoding="utf-8")
    kinds = """
    [kinds.key]
    title = "visit"
    effort_days = { childrens_home = 4, secure_childrens_home = 4 }
    grades = true
    detects = true
    priority = 3
    counts = true
    pool = "regulatory"
    source = { assumption = "ours" }
    """
    found = findings(tmp_path, kinds, "clauses.toml")
    assert found.differs == ["clauses.toml cannot be used by itself: it is not compared."]
    assert "Children's homes rated poor: every 4 months, at least 3 a year (visit)" in found.falls_due


def test_what_is_odd_in_the_framework_extended_is_told_apart(tmp_path: Path) -> None:
    found = findings(tmp_path, "")
    assert found.odd == []
    assert found.differs == ["Nothing."]
    assert found.inherited == doubts(load_framework("2006-regime"))
    assert found.inherited


def test_a_changed_clause_under_an_old_source_is_noticed(tmp_path: Path) -> None:
    text = own_framework("mine", load_framework("option-a"), "option-a")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace("poor = 3, not", "poor = 4, not"), encoding="utf-8")
    said = "rules.childrens-homes is changed, but its source is unchanged from the template: state why you propose it"
    assert said in check(read(str(path))).odd
    shipped = (folder() / "frameworks/option-b.toml").read_text(encoding="utf-8")
    path.write_text(shipped.replace('"option-a"', '"option-b"').replace("poor = 3", "poor = 4"), encoding="utf-8")
    assert "rules.childrens-homes is changed, but its source is that of option-b: state your source" in (
        check(read(str(path))).odd
    )


@pytest.mark.parametrize("name", shipped_frameworks())
def test_shipped_frameworks_are_checked(name: str) -> None:
    found = check(read(name))
    assert found.falls_due
    assert len(found.kinds) == len(load_framework(name).kinds)
    odd = [*found.odd, *found.inherited]
    assert [line for line in odd if "no rule states" in line or "fewer inspections" in line] == []
