"""A framework in words: what `inspectsim frameworks show` prints."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from simulator.frameworks.phrases import who
from simulator.frameworks.rule_words import how_often
from simulator.frameworks.tables import print_framework, print_listing
from simulator.frameworks.words import (
    RuleRow,
    efforts_said,
    kinds_table,
    listing,
    rules_table,
    with_kinds_used,
)
from simulator.inspectorate.framework import NAMED_CLAUSES, Framework, load_framework, shipped_frameworks
from simulator.scenario.scenario import load_scenario
from simulator.words.assumptions import page
from simulator.world.services import SERVICE_TYPES

CONSULTATION = "Modernising the Regulatory Framework for Children's Social Services (2006)"


def printed(framework: Framework, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width)
    print_framework(framework, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("framework", "rule", "words"),
    [
        ("2006-regime", "childrens-homes", "twice a year"),
        (
            "option-a",
            "childrens-homes",
            "once a year if excellent, good or not yet graded; twice a year if adequate; 3 times a year if poor",
        ),
        (
            "option-b",
            "childrens-homes",
            "once a year if excellent, good, adequate or not yet graded; 3 times a year if poor",
        ),
        ("option-b", "adoption", "every 36 months"),
        (
            "2012-proportional",
            "local-authorities",
            (
                "every 60 months if outstanding or good; "
                "every 36 months if satisfactory or not yet graded; every 18 months if inadequate"
            ),
        ),
        (
            "2006-regime",
            "local-authorities",
            "once between 1 September 2005 and 31 August 2008, then once every 36 months",
        ),
    ],
)
def test_how_often(framework: str, rule: str, words: str) -> None:
    loaded = load_framework(framework)
    assert how_often(loaded.rules[rule], loaded) == words


def test_a_rating_without_visits_is_said_to_have_none(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'title = "x"\nsummary = "x"\nextends = "option-a"\n[rules.adoption]\ntypes = ["la_adoption"]\n'
        'form = "interval"\nkind = "key"\nsource = { assumption = "ours" }\n'
        "months = { excellent = 0, good = 1, adequate = 1, poor = 1, not_yet_graded = 1 }\n",
        encoding="utf-8",
    )
    framework = load_framework(path)
    words = "none falls due if excellent; every 1 month if good, adequate, poor or not yet graded"
    assert how_often(framework.rules["adoption"], framework) == words


def test_who() -> None:
    assert who(["la_adoption"]) == "local authority adoption services"
    assert who(["fe_college", "childrens_home"]) == ("children's homes and further education colleges with residence")
    assert who(SERVICE_TYPES) == "all services"
    assert who(SERVICE_TYPES[:12]) == "all but local authorities"


@pytest.mark.parametrize("name", shipped_frameworks())
def test_every_rule_has_a_row_with_its_source(name: str) -> None:
    framework = load_framework(name)
    rows = rules_table(framework)
    assert len(rows) == sum(len(getattr(framework, section)) for section in NAMED_CLAUSES)
    assert all(row.source or row.assumption for row in rows)
    assert all(row.source_short for row in rows)
    assert len(kinds_table(framework)) == len(framework.kinds)


def test_rows_of_option_a() -> None:
    rows = rules_table(load_framework("option-a-as-proposed"))
    homes = rows[0]
    assert homes.who == "children's homes and secure children's homes"
    assert homes.what == "key inspection"
    assert homes.source.startswith(f"{CONSULTATION}, 3.1.5, 3.1.11; figures: ")
    assert homes.source_short.startswith("Consultation 2006, 3.1.5, 3.1.11")
    assert homes.source_short.endswith("; partly our assumption")
    said = {(row.section, row.what, row.how_often) for row in rows}
    assert (
        "News of a provider",
        "a change of manager adds an inspection (additional inspection in response to news)",
        "in 10% of cases, 14 to 42 days later",
    ) in said
    assert (
        "Re-inspection",
        "key inspection again",
        (
            "once, 20 to 80 days after a judgement of poor; counts towards the year's visits; "
            "at the inspectorate's discretion; yields to other work (order 4, not 3)"
        ),
    ) in said
    assert (
        "Newly registered providers",
        "first inspection of a newly registered provider",
        "once, 80 to 300 days after registration",
    ) in said
    assert ("By practice, not statutory", "key inspection", "every 36 months") in said
    assert (
        "By practice, not statutory",
        "key inspection",
        (
            "none falls due if excellent, good or not yet graded; every 18 months if adequate; "
            "every 12 months if poor; yields to other work (order 5, not 3)"
        ),
    ) in said
    assert (
        "By sample",
        "themed inspection",
        (
            "3% of them a year, at any time of the year, as far as inspector-days are left; inspections not started "
            "by its end lapse"
        ),
    ) in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "option-a",
            (
                "Inspected at the same time",
                "local authority fostering services and local authority adoption services",
                "made at the same time for the services of one authority: key inspection",
                "when one of them is to be made and the others fall due within 183 days; each then takes 18.8% less",
            ),
        ),
        (
            "2013-single-framework",
            (
                "Inspected with the authority",
                "local authority fostering services and local authority adoption services",
                "part of the authority's single inspection of a local authority, judged by itself",
                "whenever it is",
            ),
        ),
        (
            "2006-regime",
            (
                "Re-inspection",
                "local authorities",
                "follow-up inspection again",
                (
                    "once, 90 to 270 days after a judgement of poor (joint area review only); "
                    "on top of the year's visits; at the inspectorate's discretion"
                ),
            ),
        ),
    ],
)
def test_what_is_said_of_the_services_of_an_authority(name: str, said: tuple[str, ...]) -> None:
    assert said in [(row.section, row.who, row.what, row.how_often) for row in rules_table(load_framework(name))]


def of_strands(tmp_path: Path, clauses: str) -> Framework:
    path = tmp_path / "mine.toml"
    path.write_text(f'title = "x"\nsummary = "x"\nextends = "2006-regime"\n{clauses}', encoding="utf-8")
    return load_framework(path)


SAMPLE = """
[samples.some]
types = ["la_fostering"]
kind = "key"
source = { assumption = "ours" }
"""


def row_of(section: str, framework: Framework) -> RuleRow:
    (row,) = (row for row in rules_table(framework) if row.section == section)
    return row


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ("number = { least = 20, most = 25 }", "20 to 25 a year"),
        ("number = { least = 7, most = 7 }", "7 a year"),
        ("days = 250", "250 inspector-days a year"),
        (
            "share = { excellent = 0, good = 0.125, adequate = 0.3, poor = 0.3, not_yet_graded = 0 }",
            "none if excellent or not yet graded; 12.5% of them a year if good; 30% of them a year if adequate or poor",
        ),
    ],
)
def test_how_many_a_sample_takes(tmp_path: Path, size: str, words: str) -> None:
    row = row_of("By sample", of_strands(tmp_path, SAMPLE + size))
    often = "at any time of the year, as far as inspector-days are left; inspections not started by its end lapse"
    assert row.how_often == f"{words}, {often}"


def test_a_number_is_of_each_service_type(tmp_path: Path) -> None:
    several = SAMPLE.replace('"la_fostering"', '"la_fostering", "la_adoption"')
    row = row_of("By sample", of_strands(tmp_path, several + "number = { least = 1, most = 2 }"))
    assert row.how_often.startswith("1 to 2 of each service type a year")


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("limiting", "poor if any strand is, otherwise the median of their grades"),
        ("best_fit", "the median of their grades (best fit)"),
    ],
)
def test_how_strands_are_judged_as_one(tmp_path: Path, by: str, words: str) -> None:
    clause = f'[overall_judgements.all]\ntypes = ["local_authority"]\nby = "{by}"\nsource = {{ assumption = "ours" }}'
    row = row_of("Overall judgement", of_strands(tmp_path, clause))
    assert (row.who, row.how_often) == ("local authorities", words)


def test_a_rule_that_goes_before_its_kind(tmp_path: Path) -> None:
    clause = """
    [rules.adoption]
    types = ["la_adoption"]
    form = "interval"
    kind = "key"
    months = { excellent = 1, good = 1, adequate = 1, poor = 1, not_yet_graded = 1 }
    source = { assumption = "ours" }
    """
    for priority, words in ((1, "; goes before other work (order 1, not 3)"), (3, "")):
        framework = of_strands(tmp_path, f"{clause}priority = {priority}")
        (row,) = (row for row in rules_table(framework) if row.assumption == "ours")
        assert row.how_often == f"every 1 month{words}"


VISITS = """
[rules.adoption]
types = ["la_adoption"]
form = "visits"
kind = "key"
per_year = { excellent = 1, good = 1, adequate = 1, poor = 1, not_yet_graded = 1 }
source = { assumption = "ours" }
"""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", "once a year"),
        ('rating = "on_1_april"', "once a year; by the rating held on 1 April"),
        (
            'whole_year_if_first_before = "october"',
            (
                "once a year; new providers the whole year's visits if first inspected before October, otherwise pro "
                "rata"
            ),
        ),
    ],
)
def test_what_is_owed_within_a_year(tmp_path: Path, given: str, words: str) -> None:
    framework = of_strands(tmp_path, VISITS.replace("source", f"{given}\nsource"))
    (row,) = (row for row in rules_table(framework) if row.assumption == "ours")
    assert row.how_often == words


TRIGGER = """
[triggers.ours]
types = ["local_authority"]
signal = "declined"
action = "move"
probability = 0.5
delay_days = 14
within_days = 42
source = { assumption = "ours" }
"""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", ""),
        ('kinds = ["area", "key"]', " (joint area review or key inspection only)"),
        ('reach = "next_year"', ", or if none of this year is left the first of next year to its start"),
        ('reach = "any_year"', ", whatever its year"),
        ('reach = "into_this_year"', ", or if none of this year is left the first of next year into this year"),
        ('kind = "area"', ", or where none is left adds an inspection (joint area review)"),
    ],
)
def test_what_news_does(tmp_path: Path, given: str, words: str) -> None:
    framework = of_strands(tmp_path, TRIGGER.replace("source", f"{given}\nsource"))
    (row,) = (row for row in rules_table(framework) if row.assumption == "ours")
    which = "inspection" if "any_year" in given else "inspection of the year"
    assert row.what == f"a visit that says declined brings the next planned {which} forward{words}"


def test_a_visit_before_a_reinspection(tmp_path: Path) -> None:
    clause = """
    [reinspections.ours]
    types = ["la_adoption"]
    after = ["poor"]
    kind = "key"
    within_days = 60
    look_kind = "responsive"
    look_probability = 0.4
    look_not_before_days = 20
    look_within_days = 50
    after_look_not_before_days = 25
    after_look_within_days = 90
    source = { assumption = "ours" }
    """
    (row,) = (row for row in rules_table(of_strands(tmp_path, clause)) if row.assumption == "ours")
    assert row.how_often == (
        "once, 0 to 60 days after a judgement of poor; "
        "in 40% of cases another visit first (additional inspection in response to news), "
        "20 to 50 days after it, and the inspection 25 to 90 days after that visit; counts towards the year's visits; "
        "at the inspectorate's discretion"
    )


@pytest.mark.parametrize(
    ("given", "what", "words"),
    [
        ("from = 2006-04-01\ngrades_added = -0.2", "judgements", "0.2 grades harder from 1 April 2006 on"),
        (
            'from = 2006-04-01\nuntil = 2007-03-31\nkinds = ["key"]\ngrades_added = 1',
            "judgements (key inspection only)",
            "1 grade softer from 1 April 2006 until 31 March 2007",
        ),
    ],
)
def test_how_hard_inspectors_judge(tmp_path: Path, given: str, what: str, words: str) -> None:
    clause = f'[severity.ours]\ntypes = ["la_adoption"]\n{given}\nsource = {{ assumption = "ours" }}'
    row = row_of("How hard inspectors judge", of_strands(tmp_path, clause))
    assert (row.who, row.what, row.how_often) == ("local authority adoption services", what, words)


@pytest.mark.parametrize(
    ("direction", "detects", "words"),
    [
        (False, False, "no"),
        (True, False, "no, but reports whether improved, sustained or declined"),
        (False, True, "no, but can find a poor provider"),
        (True, True, "no, but reports whether improved, sustained or declined and can find a poor provider"),
    ],
)
def test_what_a_kind_without_a_grade_gives(direction: bool, detects: bool, words: str) -> None:
    framework = load_framework("2006-regime")
    kind = framework.kinds["key"].model_copy(update={"grades": False, "direction": direction, "detects": detects})
    (row,) = kinds_table(framework.model_copy(update={"kinds": {"key": kind}}))
    assert row.grade == words


def test_values_that_another_file_gives_are_told_with_their_source(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('extends = "option-a"\n[kinds.key]\nsigma = 0.9\neffort_days.fe_college = 9\n', encoding="utf-8")
    framework = load_framework(path)
    told = {row.what: row.source_short for row in kinds_table(framework)}
    said = "Consultation 2006, 3.1.15; partly our assumption"
    assert told["key inspection"] == f"{said}; sigma and effort days from mine.toml"
    assert "from mine.toml" not in told["joint area review"]
    assert "`sigma` set by mine.toml." in page(load_scenario("england-2006"), [framework])


def test_effort_of_each_kind() -> None:
    kinds = load_framework("2006-regime").kinds
    assert efforts_said(kinds["area"]) == "120 inspector-days (local authorities)"
    assert efforts_said(kinds["key"]).startswith(
        "4.5 inspector-days (children's homes and secure children's homes); 6 inspector-days (residential special"
    )


def test_kinds_that_no_clause_asks_for_are_not_printed() -> None:
    framework = load_framework("2013-single-framework")
    used = with_kinds_used(framework).kinds
    assert "desk" in framework.kinds
    assert {"desk", "follow_up", "children_in_care"}.isdisjoint(used)
    assert {"key", "first", "secure", "area", "responsive"} == set(used)  # news adds one where none is left to move


def test_listing_names_every_shipped_framework() -> None:
    assert [row.name for row in listing()] == shipped_frameworks()
    console = Console(file=io.StringIO(), width=80)
    print_listing(console)
    assert isinstance(console.file, io.StringIO)
    assert all(name in console.file.getvalue() for name in shipped_frameworks())


@pytest.mark.parametrize("name", shipped_frameworks())
@pytest.mark.parametrize("width", [80, 120])
def test_what_is_printed_fits_the_width_and_names_the_documents(name: str, width: int) -> None:
    text = printed(load_framework(name), width)
    assert all(len(line) <= width for line in text.splitlines())
    flowing = " ".join(text.split())
    assert CONSULTATION.removesuffix(" (2006)") in flowing
    assert "Assumptions: rules that no document states" in text


def test_brackets_in_a_text_are_printed_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('title = "[bold]Mine[/]"\nsummary = "x"\nextends = "option-a"\n', encoding="utf-8")
    assert "[bold]Mine[/]" in printed(load_framework(path))
