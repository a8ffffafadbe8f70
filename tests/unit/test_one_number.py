"""One number in a framework file for a table whose numbers are all the same, read, laid over, refused and written."""

from pathlib import Path

import pytest

from simulator.frameworks.check import check, read
from simulator.inputs.messages import InputError
from simulator.inspectorate.clause_values import GROUPS
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.inspectorate.rules import Interval, Visits
from simulator.running.run_folder import framework_toml

OWN = 'title = "Own"\nsummary = "Our own."\nextends = "option-a-as-proposed"\n'
SOURCE = 'source = { assumption = "our own", vary = { months = [0.5, 2] } }\n'
ADOPTION = f'[rules.adoption]\ntypes = ["la_adoption"]\nform = "interval"\nkind = "key"\nmonths = 24\n{SOURCE}'


def own(folder: Path, text: str, name: str = "mine.toml") -> Framework:
    path = folder / name
    path.write_text(OWN + text, encoding="utf-8")
    return load_framework(path)


def test_a_number_is_for_every_rating(tmp_path: Path) -> None:
    rule = own(tmp_path, ADOPTION).rules["adoption"]
    assert isinstance(rule, Interval)
    assert rule.months.model_dump() == dict.fromkeys(("excellent", "good", "adequate", "poor", "not_yet_graded"), 24)
    homes = load_framework("2006-regime").rules["childrens-homes"]
    assert isinstance(homes, Visits)
    assert set(homes.per_year.model_dump().values()) == {2}


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("responsive", GROUPS["all_providers"]),
        ("first", GROUPS["registered_providers"]),
        ("area", ("local_authority",)),
        ("secure", ("secure_childrens_home",)),
    ],
)
def test_a_number_is_for_every_service_that_a_kind_is_made_at(
    kind: str, types: tuple[str, ...], tmp_path: Path
) -> None:
    effort = own(tmp_path, f"[kinds.{kind}]\neffort_days = 3\n").kinds[kind].effort_days
    assert effort == dict.fromkeys(types, 3)


def test_whoever_extends_a_number_may_change_some_services(tmp_path: Path) -> None:
    effort = own(tmp_path, "[kinds.random]\neffort_days.fe_college = 9\n").kinds["random"]
    assert effort.effort_days == dict.fromkeys(GROUPS["all_providers"], 2.5) | {"fe_college": 9}
    assert effort.source.given_by == {"effort_days": "mine.toml"}


def test_its_range_is_still_of_a_factor(tmp_path: Path) -> None:
    assert own(tmp_path, ADOPTION).rules["adoption"].source.vary == {"months": (0.5, 2)}
    with pytest.raises(InputError, match=r"vary\.months: the range \[20, 30\] leaves out the factor 1"):
        own(tmp_path, ADOPTION.replace("[0.5, 2]", "[20, 30]"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ADOPTION.replace("24", "-1"), "rules.adoption.months: given -1; allowed: 0 or more"),
        (ADOPTION.replace("24", '"24"'), 'rules.adoption.months: given "24"; must be a number, or a table with'),
        (ADOPTION.replace("24", "true"), "rules.adoption.months: given true; must be a number, or a table"),
        ("[kinds.key]\neffort_days = 0\n", "kinds.key.effort_days: given 0; allowed: more than 0"),
        ("[kinds.key]\neffort_days = 1001\n", "kinds.key.effort_days: given 1001; allowed: at most 1000"),
        ("[kinds.key]\neffort_days = nan\n", "kinds.key.effort_days: given nan; must be a finite number"),
        ("[kinds.key]\neffort_days = [3]\n", "kinds.key.effort_days: given [3]; must be a number, or a table"),
    ],
)  # fmt: skip
def test_what_is_no_such_number_is_refused_once(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        own(tmp_path, text)
    assert said in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("name", shipped_frameworks())
def test_it_is_written_again_as_one_number(name: str, tmp_path: Path) -> None:
    text = framework_toml(load_framework(name))
    (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    assert load_framework(tmp_path / f"{name}.toml") == load_framework(name)
    assert "effort_days = 2" in text
    tables = [line for line in text.splitlines() if line.endswith((".months]", ".per_year]", ".share]"))]
    assert len(tables) <= 8  # those that differ by rating


def test_a_change_from_one_number_to_another_is_one_line(tmp_path: Path) -> None:
    own(tmp_path, "[kinds.random]\neffort_days = 3\n")
    assert check(read(str(tmp_path / "mine.toml"))).differs == [
        "Kinds: random: effort days: was 2.5; now 3 (kinds.random.effort_days)"
    ]
