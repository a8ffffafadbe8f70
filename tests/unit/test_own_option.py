"""Options that visitors of the page write or bring: what the form makes of a framework, and what no file may do."""

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.frameworks.phrases import RATINGS_SHOWN
from simulator.inputs.messages import InputError
from simulator.inputs.shipped import folder
from simulator.inspectorate.framework import Framework, framework_in, load_framework, shipped_frameworks
from simulator.inspectorate.rules import MOST_VISITS, Interval, Visits
from simulator.page import own_asked
from simulator.page.fields import Typed
from simulator.page.own_base import beginnings
from simulator.page.own_fields import dues, is_minimum, parts
from simulator.page.own_text import MOST, NAME, own_framework

NONE = (("often", ""), ("unit", "none"))
SHORTEST = 'title = "Mine"\nsummary = "One of mine."\nextends = "option-a"\n'


def filled(begin: str, **changes: str | list[str]) -> Typed:
    given = {name: [value] if isinstance(value, str) else value for name, value in changes.items()}
    return own_asked.fields_by_default(begin) | {"title": ["Mine"]} | given


def option(begin: str, **changes: str | list[str]) -> Framework:
    text, problems = own_asked.read(filled(begin, **changes))
    assert not problems
    return own_framework(text)


@pytest.mark.parametrize("begin", beginnings())
def test_a_form_in_which_nothing_is_changed_is_the_framework_begun_from(begin: str) -> None:
    own = option(begin)
    changed = {"name", "plural", "title", "summary"}
    assert own.model_dump(exclude=changed) == load_framework(begin).model_dump(exclude=changed)


@pytest.mark.parametrize("begin", beginnings())
def test_every_field_of_the_form_can_be_changed_under_every_framework(begin: str) -> None:
    changes: dict[str, str | list[str]] = {part.field.name: "30" for part in parts(begin)}
    changes |= {due.field(rating): "7" for due in dues(begin) for rating in RATINGS_SHOWN}
    changes |= {due.unit_field(rating): "months" for due in dues(begin) for rating in RATINGS_SHOWN}
    own = option(begin, again=["poor"], again_whom="all", again_within="60", **changes)
    for due in dues(begin):
        of_kind = [each for each in own.rules.values() if due.service in each.types and each.kind == due.kind]
        rules = [each for each in of_kind if is_minimum(each)]
        assert len(rules) == 1
        assert isinstance(rules[0], Interval)
        assert set(rules[0].months.model_dump().values()) == {7.0}
        days, before = (each.kinds[due.kind].effort_days for each in (own, load_framework(begin)))
        assert days[due.service] == pytest.approx(0.3 * before[due.service], abs=1e-3)
    assert own.reinspections["own"].within_days == 60
    assert all(trigger.probability == 0.3 for trigger in own.triggers.values())


def test_what_is_changed_of_one_service_leaves_the_others_alone() -> None:
    own, before = (
        option("option-a", often_childrens_home_poor="4", window_childrens_home="0"),
        load_framework("option-a"),
    )
    rule, was = own.rules["own-childrens-home-visits"], before.rules["childrens-homes"]
    assert isinstance(rule, Visits)
    assert rule.per_year.model_dump() == {"excellent": 1, "good": 1, "adequate": 2, "poor": 4, "not_yet_graded": 1}
    same = {"types", "per_year", "source"}
    assert rule.model_dump(exclude=same) == was.model_dump(exclude=same)
    assert own.rules["childrens-homes"].types == ("secure_childrens_home",)
    others = {name: each for name, each in own.rules.items() if "childrens-home" not in name}
    assert others == {name: before.rules[name] for name in others}
    assert len(others) == len(before.rules) - 1


def test_none_is_an_interval_in_which_nothing_falls_due() -> None:
    own = option(
        "2006-regime", **{f"{part}_boarding_school_{rating}": text for rating in RATINGS_SHOWN for part, text in NONE}
    )
    rule = own.rules["own-boarding-school-months"]
    assert isinstance(rule, Interval)
    assert set(rule.months.model_dump().values()) == {0}
    assert not rule.statutory


def test_the_reason_stands_beside_what_is_changed() -> None:
    own = option("option-b", often_childrens_home_poor="1", why='homes "change"\nfast')
    assert own.rules["own-childrens-home-visits"].source.assumption == 'own proposal: homes "change" fast'


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title", ""),
        ("title", "=1+1"),
        ("title", "Option A"),
        ("title", "a" * 61),
        ("title", "two\nlines"),
        ("title", "turned \u202e round"),
        ("summary", "a" * 301),
        ("often_childrens_home_poor", ""),
        ("often_childrens_home_poor", "0"),
        ("often_childrens_home_poor", "27"),
        ("often_childrens_home_poor", "1.5"),
        ("often_childrens_home_poor", "1e1"),
        ("often_la_fostering_poor", "241"),
        ("often_local_authority_good", "٣"),
        ("unit_childrens_home_poor", "weeks"),
        ("window_childrens_home", "101"),
        ("again_whom", "nobody"),
        ("again_within", "20"),
        ("triggers_complaint", "-1"),
        ("length_key", "5"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, given: str) -> None:
    text, problems = own_asked.read(filled("option-a", **{field: given}))
    assert not text
    assert list(problems) == [field]


def test_visits_lie_as_far_apart_as_the_year_has_room_for() -> None:
    rule = option("option-a", often_childrens_home_poor="12").rules["own-childrens-home-visits"]
    assert isinstance(rule, Visits)
    assert rule.per_year.poor == 12
    assert rule.minimum_spacing_days == (365 - rule.last_days_free - 1) // 11 < 60


def test_a_number_that_would_not_count_is_told() -> None:
    text, problems = own_asked.read(filled("option-a", unit_la_fostering_poor="none"))
    assert not text
    assert "or leave the number empty" in problems["often_la_fostering_poor"]


@pytest.mark.parametrize("begin", ["", "none", "../option-a", "nothing"])
def test_nothing_but_what_is_offered_can_be_begun_from(begin: str) -> None:
    assert own_asked.read({"begin": [begin]})[1].keys() == {"begin"}


def test_a_framework_is_read_from_text_as_from_its_file(tmp_path: Path) -> None:
    file = SHORTEST + '[triggers.complaint]\ntypes = ["childrens_home"]\nsignal = "complaint"\naction = "move"\n'
    file += 'probability = 1\ndelay_days = 1\nwithin_days = 9\nsource = { assumption = "mine" }\n'
    path = tmp_path / "mine.toml"
    path.write_text(file, encoding="utf-8")
    assert framework_in(file.encode(), "mine") == load_framework(path)


@pytest.mark.parametrize("name", shipped_frameworks())
def test_every_shipped_framework_can_be_brought(name: str) -> None:
    own = own_framework(f'title = "Mine"\nsummary = "s"\nextends = "{name}"\n')
    assert own.rules == load_framework(name).rules


def test_shipped_files_can_be_extended_several_at_a_time() -> None:
    own = own_framework('title = "Mine"\nsummary = "s"\nextends = ["option-b", "proposals-2006"]\n')
    assert own.rules == load_framework("option-b-as-proposed").rules
    assert own.packages == ("the package of 2006",)


@pytest.mark.parametrize(
    "extends",
    [
        '"../option-a"',
        '"/etc/passwd"',
        '"option-a.toml"',
        '"beside"',
        '["option-a", "beside"]',
        '["option-a", "option-a"]',
        "[]",
        '"proposals-2006"',
        "1",
        '""',
        '"mine"',
    ],
)
def test_no_file_can_be_extended(extends: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for beside in ("beside", "mine"):
        (tmp_path / beside).write_text(SHORTEST, encoding="utf-8")
    with pytest.raises(InputError, match="extends"):
        own_framework(f'title = "Mine"\nsummary = "s"\nextends = {extends}\n')


def interval(months: str) -> str:
    ratings = ", ".join(f"{rating} = {months}" for rating in RATINGS_SHOWN)
    rule = '[rules.x]\ntypes = ["boarding_school"]\nform = "interval"\nkind = "key"\nsource = { assumption = "x" }\n'
    return f"{SHORTEST}{rule}months = {{ {ratings} }}\n"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (interval("0.1"), f"more than {MOST_VISITS} inspections a year"),
        (interval("nan"), "not finite"),
        (interval("-1"), "0 or more|at least|allowed"),
        (SHORTEST + 'name = "x"\n', "name"),
        (SHORTEST.replace("Mine", "=cmd"), "title"),
        (SHORTEST + '[kinds.key]\npool = "nobody"\n', "no pool of inspectors"),
        (SHORTEST + '[kinds.key]\ntitle = "@SUM(1)"\n', "title"),
        (SHORTEST + "x = " + "[" * 20_000, "TOML"),
        (SHORTEST + "x" + ".x" * 5000 + " = 1\n", "too many parts"),
        (SHORTEST + "x = " + "9" * 10_000, "TOML"),
        (SHORTEST + '"\\u0000" = 1\n', "key"),
        (SHORTEST + f'x = "{"a" * 5000}"\n', "x: has 5,000 characters"),
        (SHORTEST + "x = 0001-01-01\n", "date outside"),
        (SHORTEST + "# " + "a" * MOST, "at most"),
        (SHORTEST + 'include = "/etc/passwd"\n', "include"),
        (SHORTEST + 'leaves_out = "rules"\n', "leaves_out"),
        ("", "title"),
    ],
)
def test_a_file_beyond_bounds_is_refused_in_words(file: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        own_framework(file)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
SECTIONS = (*tomllib.loads((folder() / "frameworks" / "option-a.toml").read_text(encoding="utf-8")), "x")


@settings(max_examples=150)
@given(
    section=st.sampled_from(SECTIONS),
    name=st.sampled_from(["key", "annual", "childrens-homes", "x"]),
    key=st.sampled_from(["types", "kind", "months", "per_year", "form", "source", "weights", "from", "until", "days"]),
    value=VALUES,
)
def test_whatever_a_file_says_it_is_read_or_refused(section: str, name: str, key: str, value: Any) -> None:
    import tomli_w

    try:
        file = SHORTEST + tomli_w.dumps({section: {name: {key: value}}})
    except (TypeError, ValueError):
        return
    with suppress(InputError):
        own_framework(file)


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_whatever_is_brought_as_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(InputError):
        own_framework(text)


def test_the_file_written_can_be_used_by_the_commands(tmp_path: Path) -> None:
    changes: dict[str, str | list[str]] = {"often_la_fostering_poor": "3", "again": [], "samples_random": "5"}
    text, _ = own_asked.read(filled("option-a", length_key="50", **changes))
    path = tmp_path / f"{NAME}.toml"
    path.write_text(text, encoding="utf-8")
    assert load_framework(path) == own_framework(text)
