"""The file that `inspectsim frameworks new` writes: the same rules until something is changed."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from simulator.frameworks.check import check, read
from simulator.frameworks.clause_rows import keys
from simulator.frameworks.own import check_name, own_framework, toml
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import NAMED_CLAUSES, Framework, load_framework, named_clauses, shipped_frameworks
from simulator.inspectorate.sources import Sourced


def began_from(name: str, folder: Path, extends: str | None = None) -> Path:
    path = folder / "mine.toml"
    path.write_text(own_framework("mine", load_framework(name), extends or name), encoding="utf-8")
    return path


def without_sources(framework: Framework) -> Any:
    def strip(value: Any) -> Any:
        return (
            {key: strip(each) for key, each in value.items() if key != "source"} if isinstance(value, dict) else value
        )

    return strip(framework.model_dump(exclude={"title", "plural", "summary"}))


@pytest.mark.parametrize("name", shipped_frameworks())
def test_unedited_it_is_the_same_framework(name: str, tmp_path: Path) -> None:
    own, framework = load_framework(began_from(name, tmp_path)), load_framework(name)
    assert without_sources(own) == without_sources(framework)
    assert own.kinds == framework.kinds
    assert [key[:2] for key in named_clauses(own)] == [key[:2] for key in named_clauses(framework)]
    for section, clause_name, clause in named_clauses(own):
        source = getattr(framework, section)[clause_name].source
        assert clause.source.document is None
        assert "own proposal where it differs" in (clause.source.assumption or "")
        for place in source.citations():
            assert place.paragraph in (clause.source.assumption or "")


@pytest.mark.parametrize("name", shipped_frameworks())
def test_unedited_it_checks_clean_but_for_what_is_to_be_filled_in(name: str, tmp_path: Path) -> None:
    found = check(read(str(began_from(name, tmp_path))))
    assert found.differs == ["Nothing."]
    assert [line.split()[0] for line in found.odd] == ["title", "summary"]
    assert found.falls_due == check(read(name)).falls_due


@pytest.mark.parametrize("name", shipped_frameworks())
def test_every_clause_is_in_the_file_itself_after_a_remark_in_words(name: str, tmp_path: Path) -> None:
    text = began_from(name, tmp_path).read_text(encoding="utf-8")
    file, framework = tomllib.loads(text), load_framework(name)
    assert {section: list(file[section]) for section in NAMED_CLAUSES if section in file} == {
        section: list(getattr(framework, section)) for section in NAMED_CLAUSES if getattr(framework, section)
    }
    assert "kinds" not in file
    lines = text.splitlines()
    assert lines[0] == "#:schema ./framework.schema.json"
    for number, line in enumerate(lines):
        if line.startswith("["):
            assert lines[number - 1].startswith("# ")
    for _, _, clause in named_clauses(framework):
        for key in keys(type(clause)):
            assert f"#   {key.name}:" in text


def test_kinds_are_commented_out_and_read_when_the_signs_are_taken_off(tmp_path: Path) -> None:
    path = began_from("option-a-as-proposed", tmp_path)
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^# (\[kinds\.|effort_days = )", r"\1", text, flags=re.MULTILINE)
    path.write_text(text.replace("effort_days = 2.5", "effort_days = { childrens_home = 3 }"), encoding="utf-8")
    assert load_framework(path).kinds["random"].effort_days["childrens_home"] == 3
    assert check(read(str(path))).differs == [
        "Kinds: random: effort days: children's homes: was 2.5; now 3 (kinds.random.effort_days.childrens_home)"
    ]


def test_groups_are_written_by_their_names(tmp_path: Path) -> None:
    file = tomllib.loads(began_from("option-a-as-proposed", tmp_path).read_text(encoding="utf-8"))
    assert file["samples"]["random"]["types"] == ["all_providers"]
    assert file["first_inspections"]["new-providers"]["types"] == ["registered_providers"]


def test_a_clause_names_units_and_bounds_and_its_legend_what_words_are_allowed(tmp_path: Path) -> None:
    text = began_from("option-a-as-proposed", tmp_path).read_text(encoding="utf-8")
    flowing = re.sub(r"\n# +", " ", text)
    assert "not_yet_graded = 1 }  # visits per inspection year, 0 to 26\n" in text
    assert "probability = 0.25  # probability, 0 to 1\n" in text
    said = "action: Whether it moves the provider's next planned inspection of the year forward, "
    assert f'{said}or adds one ("move" or "add")' in flowing
    assert 'after: Judgements after which the provider is inspected again (a list of "poor" or ' in flowing
    assert (
        "share: The share of the providers of each rating, or one number for all, drawn one by one (share of the "
        "providers a year; 0 to 1)" in (flowing)
    )
    assert (
        "Under option-a-as-proposed: children's homes and secure children's homes: key inspection, once a year if"
        in flowing
    )


class Everything(Sourced):
    """A clause with keys of many sorts."""

    must: int
    """What must be given."""
    may: int | None = None
    """What may be given."""
    table: dict[str, int] = Field(default_factory=dict)
    """A table that may be given"""
    steps: tuple[Literal["a", "b"], ...] = ("a",)
    """Steps."""
    share: Annotated[float, Field(gt=0, le=1)] = 0.5
    """A share."""
    day: date = date(2006, 4, 1)
    """A day."""


def test_what_is_said_of_keys() -> None:
    said = {key.name: (key.meaning, key.allowed, key.otherwise) for key in keys(Everything)}
    assert said == {
        "must": ("What must be given", "", ""),
        "may": ("What may be given", "", ""),
        "table": ("A table that may be given", "", ""),
        "steps": ("Steps", 'a list of "a" or "b"', '"a"'),
        "share": ("A share", "more than 0 and at most 1", "0.5"),
        "day": ("A day", "a date such as 2006-04-01", "2006-04-01"),
    }


def test_an_own_framework_is_begun_from_an_own_one(tmp_path: Path) -> None:
    first = began_from("option-b", tmp_path).rename(tmp_path / "first.toml")
    second = tmp_path / "second.toml"
    second.write_text(own_framework("second", load_framework(first), "first.toml"), encoding="utf-8")
    assert without_sources(load_framework(second)) == without_sources(load_framework("option-b"))


@pytest.mark.parametrize("name", ["my-option", "Option_3", "2027", "größer"])
def test_a_name_that_a_file_can_have(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name", ["", "a/b", "..", ".hidden", "-a", "a b", "my.option", "mine.toml", "a\0", "CON", "lpt1", "x" * 101, 'a"']
)
def test_a_name_that_no_file_can_have(name: str) -> None:
    with pytest.raises(InputError, match="cannot be the name of a framework"):
        check_name(name)


@pytest.mark.parametrize("name", shipped_frameworks())
def test_a_name_that_is_taken(name: str) -> None:
    with pytest.raises(InputError, match="is the name of a shipped framework"):
        check_name(name)


@pytest.mark.parametrize(
    "value", ['a "b" \\ c\nd', 4, 4.5, 36.0, True, ["x", "y"], {"a b": 1, "c": {"d": [1, 2]}}, "größer", 1e-7]
)
def test_values_read_back(value: object) -> None:
    assert tomllib.loads(f"x = {toml(value)}")["x"] == value
