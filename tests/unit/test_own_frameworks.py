"""Frameworks of one's own: how one extends another and what it may leave out."""

import pickle
from pathlib import Path

import pytest
import tomli_w

from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.inspectorate.rules import Interval
from simulator.running.question import titles_of
from simulator.scenario.scenario import load_scenario
from simulator.words.wording import verb
from simulator.world.services import SERVICE_TYPES

OWN = 'title = "Own"\nsummary = "Our own."\nextends = "option-a"\n'

ADOPTION = """
[rules.adoption]
types = ["la_adoption"]
form = "interval"
kind = "key"
months = { excellent = 24, good = 24, adequate = 24, poor = 24, not_yet_graded = 24 }
source = { assumption = "our own" }
"""


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def own(folder: Path, text: str) -> Framework:
    return load_framework(written(folder, OWN + text))


def test_an_own_framework_is_called_as_its_file(tmp_path: Path) -> None:
    framework = load_framework(written(tmp_path, OWN, "my-option.toml"))
    assert (framework.name, framework.title) == ("my-option", "Own")
    assert framework.rules == load_framework("option-a").rules


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + OWN.encode())
    assert load_framework(path).title == "Own"


def test_groups_stand_for_their_service_types(tmp_path: Path) -> None:
    types = ("all_providers", "registered_providers")
    left_out = 'leaves_out = ["rules.adoption"]\n'
    for group in types:
        rule = own(tmp_path, left_out + ADOPTION.replace("la_adoption", group)).rules["adoption"]
        assert set(rule.types) < set(SERVICE_TYPES)
        assert "local_authority" not in rule.types
        assert ("la_adoption" in rule.types) == (group == "all_providers")


def test_a_rule_given_again_replaces_the_whole_one(tmp_path: Path) -> None:
    rule = own(tmp_path, ADOPTION).rules["adoption"]
    assert isinstance(rule, Interval)
    assert (rule.types, rule.available_share, rule.source.document) == (("la_adoption",), 0.0, None)


def test_a_kind_given_again_changes_only_in_what_is_given(tmp_path: Path) -> None:
    kind = own(tmp_path, "[kinds.key]\neffort_days.childrens_home = 3\n").kinds["key"]
    before = load_framework("option-a").kinds["key"]
    assert kind.effort_days == {**before.effort_days, "childrens_home": 3}
    assert kind.model_copy(update={"effort_days": before.effort_days, "source": before.source}) == before


def test_a_value_given_again_is_no_longer_that_of_the_source_inherited(tmp_path: Path) -> None:
    same = "sigma = 0.25\n"
    kind = own(tmp_path, f"[kinds.key]\neffort_days.childrens_home = 30\neffort_spread = 1.5\n{same}").kinds["key"]
    before = load_framework("option-a").kinds["key"]
    assert {"effort_days", "effort_spread", "sigma"} <= set(before.source.vary)
    assert set(before.source.vary) - set(kind.source.vary) == {"effort_days", "effort_spread"}
    assert kind.source.given_by == {"effort_days": "mine.toml", "effort_spread": "mine.toml"}
    assert (kind.source.document, kind.source.paragraph) == (before.source.document, before.source.paragraph)


def test_the_file_that_gave_a_value_last_is_named(tmp_path: Path) -> None:
    changes = "[kinds.key]\nsigma = 0.9\npriority = 4\n"
    parent = written(tmp_path, OWN + changes, "parent.toml")
    text = OWN.replace("option-a", "parent.toml") + "[kinds.key]\nsigma = 1.2\n"
    child = load_framework(written(tmp_path, text, "child.toml"))
    assert load_framework(parent).kinds["key"].source.given_by == {"sigma": "parent.toml", "priority": "parent.toml"}
    assert child.kinds["key"].source.given_by == {"sigma": "child.toml", "priority": "parent.toml"}


def test_ranges_given_beside_a_value_must_hold_it(tmp_path: Path) -> None:
    source = 'source = { assumption = "our own", vary = { sigma = [0, 0.4] } }\n'
    with pytest.raises(InputError, match=r"source\.vary\.sigma: the range \[0, 0\.4\] leaves out its value 0\.9"):
        own(tmp_path, f"[kinds.key]\nsigma = 0.9\n{source}")
    key = own(tmp_path, f"[kinds.key]\nsigma = 0.3\n{source}").kinds["key"]
    assert (key.source.vary, key.source.given_by) == ({"sigma": (0, 0.4)}, {})


def test_a_rule_given_again_needs_a_source_of_its_own(tmp_path: Path) -> None:
    without = ADOPTION.replace('source = { assumption = "our own" }\n', "")
    with pytest.raises(InputError, match=r"rules\.adoption\.source: missing"):
        own(tmp_path, without)


def test_a_source_given_again_replaces_the_whole_one(tmp_path: Path) -> None:
    source = own(tmp_path, '[kinds.key]\nsource = { assumption = "our own" }\n').kinds["key"].source
    assert (source.document, source.assumption, source.vary) == (None, "our own", {})


def test_a_clause_is_left_out_for_good(tmp_path: Path) -> None:
    left_out = (
        'leaves_out = ["reinspections.poor-homes", "triggers.new-manager", "alignments.fostering-and-adoption"]\n'
    )
    parent = written(tmp_path, OWN.replace("option-a", "option-a-as-proposed") + left_out, "parent.toml")
    child = written(tmp_path, OWN.replace("option-a", "parent.toml"), "child.toml")
    for path in (parent, child):
        framework = load_framework(path)
        assert list(framework.reinspections) == ["significant-concerns"]
        assert not framework.alignments
        assert "new-manager" not in framework.triggers
        assert "complaint" in framework.triggers


def test_a_parent_is_found_from_the_folder_of_its_child(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    written(tmp_path, OWN.replace("Own", "Parent"), "parent.toml")
    child = written(tmp_path / "below", 'title = "Child"\nextends = "../parent.toml"\n', "child.toml")
    assert load_framework(child).summary == "Our own."


def test_frameworks_that_extend_one_another_are_refused(tmp_path: Path) -> None:
    written(tmp_path, 'extends = "two.toml"\n', "one.toml")
    written(tmp_path, 'extends = "one.toml"\n', "two.toml")
    with pytest.raises(InputError, match="extends itself, directly or through others"):
        load_framework(tmp_path / "one.toml")


def extending(folder: Path, extends: str, text: str = "") -> Framework:
    return load_framework(written(folder, f'title = "Mine"\nsummary = "s"\nextends = {extends}\n{text}'))


def test_layers_are_laid_over_one_another_from_left_to_right(tmp_path: Path) -> None:
    for name, sigma in (("one", 0.1), ("two", 0.2)):
        written(tmp_path, f"{OWN}[kinds.key]\nsigma = {sigma}\n", f"{name}.toml")
    for extends, sigma, giver in (
        ('["one.toml", "two.toml"]', 0.2, "two.toml"),
        ('["two.toml", "one.toml"]', 0.1, "one.toml"),
    ):
        key = extending(tmp_path, extends).kinds["key"]
        assert (key.sigma, key.source.given_by) == (sigma, {"sigma": giver})


def test_an_ancestor_that_two_share_is_not_laid_again_over_the_first(tmp_path: Path) -> None:
    framework = extending(tmp_path, '["cyclic", "jar-apa-2005"]')
    assert framework.rules == load_framework("cyclic").rules  # the regime below both would bring back all left out
    assert framework.grade_names == load_framework("jar-apa-2005").grade_names


def test_a_source_of_every_layer_is_kept(tmp_path: Path) -> None:
    shipped, mine = load_framework("option-b-as-proposed"), extending(tmp_path, '["option-b", "proposals-2006"]')
    for section in ("kinds", "rules", "triggers", "samples"):
        assert getattr(mine, section) == getattr(shipped, section)
    assert mine.packages == shipped.packages


PACKAGE = """
package = true
title = "our extras"
summary = "More of it."
[grade_names]
poor = "bad"
[kinds.key]
sigma = 0.1
"""


def test_a_package_brings_clauses_and_names_nothing_else(tmp_path: Path) -> None:
    written(tmp_path, PACKAGE, "extras.toml")
    framework = load_framework(written(tmp_path, 'extends = ["2012-proportional", "extras.toml"]\n'))
    bare = load_framework("2012-proportional")
    for name in ("title", "plural", "summary", "grade_names", "rules"):
        assert getattr(framework, name) == getattr(bare, name)
    assert verb(framework.title, "makes") == "make"
    assert framework.packages == ("our extras",)
    assert framework.kinds["key"].sigma == 0.1


def test_packages_are_counted_once_and_go_on_to_whoever_extends_their_carrier(tmp_path: Path) -> None:
    written(tmp_path, PACKAGE, "extras.toml")
    written(tmp_path, OWN.replace('"option-a"', '["discretion", "extras.toml"]'), "parent.toml")
    framework = extending(tmp_path, '["parent.toml", "proposals-2006", "extras.toml"]')
    assert framework.packages == ("the package of 2006", "our extras")


def test_a_framework_written_out_keeps_its_packages(tmp_path: Path) -> None:
    carrying = load_framework("option-a-as-proposed")
    table = carrying.model_dump(by_alias=True, exclude_none=True)
    again = load_framework(written(tmp_path, tomli_w.dumps(table), "option-a-as-proposed.toml"))
    assert again == carrying
    assert "packages" not in load_framework("option-a").model_dump()
    child = load_framework(written(tmp_path, 'extends = "option-a-as-proposed.toml"\n', "child.toml"))
    assert child.packages == carrying.packages


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('extends = []', r"extends: given \[\]; allowed: a name or a path, in quotes, or a list of them"),
        ('extends = ["option-a", 3]', "extends: given .*; allowed: a name or a path, in quotes, or a list of them"),
        ('extends = ["option-a", "option-c"]', 'there is no framework or package "option-c"; did you mean "option-'),
        ('extends = ["option-a", "proposal-2006"]', 'did you mean "proposals-2006"'),
        ('extends = ["option-a", "option-a"]', "extends: given twice: option-a; allowed: each once"),
        ('extends = ["option-a", "mine.toml"]', "mine.toml extends itself, directly or through others"),
        ('extends = "proposals-2006"', "proposals-2006 is a package of clauses, not a framework by itself; "),
        ('extends = "option-a"\npackages = ["x"]', "packages: unknown key; a framework carries the packages that"),
        (PACKAGE, r'mine.toml is a package of .*: extends = \["option-a", "mine.toml"\]'),
        ("package = 3", "package: given 3; allowed: true, or nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_extended_is_said_once(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said) as refused:
        load_framework(written(tmp_path, text))
    assert len(str(refused.value).splitlines()) == 1


def test_a_shipped_package_says_how_it_is_carried_wherever_a_framework_is_asked_for(tmp_path: Path) -> None:
    said = r'a framework carries it, beside .*: extends = \["option-a", "proposals-2006"\]'
    with pytest.raises(InputError, match=said):
        load_framework("proposals-2006")
    path = written(tmp_path, 'extends = "england-2006"\n[run]\nframeworks = ["proposals-2006"]\n', "scenario.toml")
    with pytest.raises(InputError, match=said):
        load_scenario(path)


@pytest.mark.parametrize("text", [PACKAGE.replace('title = "our extras"\n', ""), PACKAGE.replace('"More of it."', "3")])
def test_a_package_says_what_it_is(text: str, tmp_path: Path) -> None:
    written(tmp_path, text, "extras.toml")
    with pytest.raises(InputError, match=r"extras\.toml: (title: missing|summary: given 3)"):
        extending(tmp_path, '["option-a", "extras.toml"]')


def test_a_framework_says_whether_its_title_is_in_the_plural(tmp_path: Path) -> None:
    plural = OWN.replace('title = "Own"', 'title = "Own cycles"\nplural = true')
    assert plural != OWN
    path = written(tmp_path, plural, "parent.toml")
    titles = [
        load_framework(path).title,
        load_framework(written(tmp_path, plural.replace("plural = true\n", ""), "without.toml")).title,
        load_framework(written(tmp_path, 'extends = "parent.toml"\n', "same-title.toml")).title,
        load_framework(written(tmp_path, 'title = "Mine"\nextends = "parent.toml"\n', "own-title.toml")).title,
    ]
    assert [verb(title, "makes") for title in titles] == ["make", "makes", "make", "makes"]
    with pytest.raises(InputError, match=r'plural: given "yes"; must be true or false'):
        load_framework(written(tmp_path, plural.replace("= true", '= "yes"')))


def test_the_plural_stays_with_the_title_wherever_a_framework_goes() -> None:
    cycles = load_framework("2012-proportional")
    again = Framework.model_validate(cycles.model_dump(by_alias=True, exclude_none=True) | {"name": cycles.name})
    for framework in (cycles, again, pickle.loads(pickle.dumps(cycles)), cycles.model_copy()):
        assert verb(framework.title, "makes") == "make"
    namesake = cycles.model_copy(update={"name": "other"})
    assert titles_of([cycles, namesake]).keys() == {"2012-proportional", "other"}
    assert [verb(title, "makes") for title in titles_of([cycles, namesake]).values()] == ["make", "make"]
    assert "plural" not in load_framework("option-a").model_dump()
    assert [name for name in shipped_frameworks() if load_framework(name).plural] == [
        "2012-proportional",
        "jar-apa-2005",
    ]
