"""What is said of a framework file that cannot be read, extends nothing known, or is damaged anywhere."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from simulator.inputs.messages import InputError
from simulator.inputs.shipped import folder
from simulator.inspectorate.framework import load_framework, shipped_frameworks
from tests.unit.framework_texts import AGAIN, FIRST, INTERVAL, MINIMAL, ROUND, TRIGGER, said_of, written


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ('extends = "option-c"', 'extends: there is no framework or package "option-c"; did you mean "option-'),
        ("extends = 3", "extends: given 3; "),
        ('leaves_out = ["rules.adoption"]', 'leaves_out: there is no inherited clause "rules.adoption"; allowed: none'),
        (
            'extends = "option-a"\nleaves_out = ["rules.adoptions"]',
            'leaves_out: there is no inherited clause "rules.adoptions"; did you mean "rules.adoption"?',
        ),
        (
            'extends = "option-a"\nleaves_out = "rules.adoption"',
            'leaves_out: given "rules.adoption"; must be a list such as ["triggers.complaint"]',
        ),
    ],
)
def test_a_wrong_parent_gets_one_clear_message(tmp_path: Path, head: str, said: str) -> None:
    path = written(tmp_path, f"{head}\n{MINIMAL}")
    assert f"{path}: {said}" in said_of(path)


@pytest.mark.parametrize("section", ["rules", "kinds", "triggers", "grade_names"])
@pytest.mark.parametrize("value", ["3", '"x"', "[1, 2]"])
def test_a_section_that_is_no_table_gets_one_clear_message(tmp_path: Path, section: str, value: str) -> None:
    path = written(tmp_path, f'title = "x"\nsummary = "x"\nextends = "option-a"\n{section} = {value}\n')
    assert re.search(rf"{section}: given .*; must be a table", said_of(path))


def test_an_unknown_name_gets_the_nearest_and_all(tmp_path: Path) -> None:
    said = said_of("option-aa")
    assert 'did you mean "option-a"?' in said
    assert all(name in said for name in shipped_frameworks())


def test_a_syntax_error_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, MINIMAL.replace("sigma = 0.25", "sigma = = 0.25"))
    assert re.search(r"mine\.toml: .*line 8", said_of(path))


def test_a_file_that_is_not_utf_8_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(MINIMAL.replace("My option", "Mÿ öption").encode("latin-1"))
    assert "UTF-8" in said_of(path)


def test_a_file_that_cannot_be_read_is_told_so(tmp_path: Path) -> None:
    folder = tmp_path / "mine.toml"
    folder.mkdir()
    assert f"{folder}: cannot be read" in said_of(folder)


def _damaged(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a table with each of its keys in turn misspelt, of a wrong type, or left out."""
    for name, value in table.items():
        rest = {key: other for key, other in table.items() if key != name}
        yield {**rest, f"{name}x": value}
        yield {**table, name: [{"wrong": True}]}
        yield rest
        if isinstance(value, dict):
            yield from ({**table, name: inner} for inner in _damaged(value))


def test_no_damage_to_a_file_gives_anything_but_a_message(tmp_path: Path) -> None:
    whole = tomllib.loads(MINIMAL + INTERVAL + ROUND + TRIGGER + FIRST + AGAIN)
    path = tmp_path / "mine.toml"
    refused = 0
    for damaged in _damaged(whole):
        path.write_text(tomli_w.dumps(damaged), encoding="utf-8")
        try:
            load_framework(path)
        except InputError as error:
            refused += 1
            prefixes = {line[: len(f"{path}: ")] for line in str(error).splitlines()}
            assert prefixes == {f"{path}: "}
    assert refused > 100


def test_a_misspelt_step_gets_the_nearest(tmp_path: Path) -> None:
    text = """extends = "option-a"
title = "x"
summary = "x"
[enforcement.tariff]
types = ["registered_providers"]
steps = ["notice"]
days = { notices = 60 }
source = { assumption = "ours" }
"""
    assert 'given "notices"; did you mean "notice"? allowed: "notice", "restriction"' in said_of(
        written(tmp_path, text)
    )


def test_a_wrong_entry_is_not_also_told_as_a_missing_one(tmp_path: Path) -> None:
    text = """extends = "option-a"
title = "x"
summary = "x"
[alignments.both]
services = ["la_foster", "la_adoption"]
kinds = ["key"]
within_days = 1
saving = 0
source = { assumption = "ours" }
"""
    said = said_of(written(tmp_path, text))
    assert 'did you mean "la_fostering"?' in said
    assert "at least 2" not in said
    assert "given 1 entry; allowed: at least 2" in said_of(written(tmp_path, text.replace('"la_foster", ', "")))


def test_a_number_for_a_table_is_told_the_keys_of_the_table(tmp_path: Path) -> None:
    text = """extends = "option-a"
title = "x"
summary = "x"
[assessments.annual]
types = ["all_providers"]
by = "belief"
belief = 0.4
pool = "regulatory"
source = { assumption = "ours" }
"""
    assert "belief: given 0.4; must be a table with the keys confidence" in said_of(written(tmp_path, text))


def test_a_syntax_error_shows_the_line(tmp_path: Path) -> None:
    text = MINIMAL.replace('kind = "key"', "kind = \u201ckey\u201d")
    assert "which reads: kind = \u201ckey\u201d" in said_of(written(tmp_path, text))


def test_a_package_that_a_framework_carries_already_counts_once(tmp_path: Path) -> None:
    text = 'title = "Twice"\nsummary = "x"\nextends = ["option-a-as-proposed", "proposals-2006"]\n'
    twice, once = load_framework(written(tmp_path, text)), load_framework("option-a-as-proposed")
    own = {"name": "", "title": "", "summary": ""}
    assert twice.model_copy(update=own) == once.model_copy(update=own)


def test_a_copy_of_a_package_is_not_laid_over_a_framework_that_carries_it(tmp_path: Path) -> None:
    content = (folder() / "frameworks" / "packages" / "proposals-2006.toml").read_text(encoding="utf-8")
    (tmp_path / "copy.toml").write_text(content, encoding="utf-8")
    text = 'title = "Twice"\nsummary = "x"\nextends = ["option-a-as-proposed", "copy.toml"]\n'
    with pytest.raises(InputError, match=r"the package of 2006 \(copy\.toml\) is already carried by what it extends"):
        load_framework(written(tmp_path, text))
