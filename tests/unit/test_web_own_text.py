"""A framework sent to the page: what is taken, and that it leads to no file of the machine and takes no time."""

import time
from pathlib import Path

import pytest

from simulator.inputs.messages import InputError
from simulator.inputs.shipped import folder
from simulator.inspectorate.framework import shipped_frameworks
from simulator.page.own_text import MOST, NAME, own_framework

OWN = 'title = "Mine"\nsummary = "As option B."\nextends = "option-b"\n'


def test_a_framework_that_extends_a_shipped_one_is_taken() -> None:
    framework = own_framework(OWN)
    assert framework.name == NAME
    assert framework.title == "Mine"


def test_every_shipped_framework_is_taken_as_a_file() -> None:
    for name in shipped_frameworks():
        assert own_framework((folder() / "frameworks" / f"{name}.toml").read_text(encoding="utf-8")).rules is not None


@pytest.mark.parametrize("extended", ["/etc/passwd", "../option-a.toml", "option-a.toml", "england-2006", ""])
def test_no_file_is_read_that_it_names(extended: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="extends: there is no framework"):
        own_framework(OWN.replace("option-b", extended))


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 30_000,
        "a = " + "9" * 60_000,
        "a = {" + "b = {" * 10_000,
        ".".join("a" * 30_000) + " = 1",
        "x = {" + ".".join("a" * 30_000) + " = 1}",
        "[" + '."a"' * 9_000 + "]",
        "\n".join(f"[a{number}]" for number in range(5_000)),
        "a = 1979-13-45",
        "\x00",
        "x" * (MOST + 1),
        OWN + "[kinds.key]\nsigma = nan\n",
        OWN + "[kinds.key]\neffort_days.childrens_home = inf\n",
        'title = "\ud800"',
        OWN + 'x = "' + '\\"' * 32_000,
        OWN + "x = '''" + "''a" * 21_000,
        OWN + "".join(f"a{number} = 1\n" for number in range(5_000)),
        OWN.replace('"option-b"', "[" + '"option-b", ' * 4_000 + "]"),
        OWN + "".join(f"[rules.a{number}]\nform = 'visits'\nkind = 'key'\nper_year = 1\n" for number in range(1_200)),
    ],
)
def test_what_is_meant_to_do_harm_is_refused_in_words_and_at_once(text: str) -> None:
    began = time.process_time()
    with pytest.raises(InputError) as refused:
        own_framework(text)
    assert time.process_time() - began < 3
    assert "/tmp" not in str(refused.value)
    assert len(str(refused.value)) < 2_000
