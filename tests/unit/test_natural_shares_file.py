"""The table of natural shares goes between its two comments, and nothing else in the file changes."""

import os
from pathlib import Path

import pytest

from simulator.inputs.messages import InputError
from simulator.questions.natural_shares.file import BEGIN, END, check_writable, with_table, write_table
from simulator.scenario.scenario import scenario_file

HEADING = "[quality.natural_shares]\n"
OLD = HEADING + "childrens_home = { poor = 1, adequate = 0, good = 0, excellent = 0 }\n"
NEW = HEADING + "childrens_home = { poor = 0, adequate = 0, good = 0, excellent = 1 }\n"
ABOVE = "# mine\n[quality]\nspeed = 0.5\n\n"
BELOW = "\n\n[quality.start_shares]\nx = { poor = 1 }\n"


def text(table: str = OLD, above: str = ABOVE, below: str = BELOW) -> str:
    return f"{above}{BEGIN}\n{table}{END}{below}"


@pytest.mark.parametrize("old", [OLD, "", "# none yet\n"])
def test_the_table_replaces_what_stood_there(old: str) -> None:
    assert with_table(text(old), NEW, "mine.toml") == text(NEW)
    assert with_table(text(NEW), NEW, "mine.toml") == text(NEW)


def test_lines_end_as_they_did_in_the_file() -> None:
    dos = text().replace("\n", "\r\n")
    assert with_table(dos, NEW, "mine.toml") == text(NEW).replace("\n", "\r\n")


def test_the_shipped_scenario_has_its_place() -> None:
    shipped = scenario_file("england-2006").read_text(encoding="utf-8")
    table = shipped.partition(f"{BEGIN}\n")[2].partition(END)[0]
    assert with_table(shipped, table, "england-2006.toml") == shipped


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (ABOVE + OLD + BELOW, "has no place to write to"),
        (text().replace(BEGIN, ""), "has no place to write to"),
        (text().replace(END, ""), "has no place to write to"),
        (f"{END}\n{OLD}{BEGIN}\n", "has no place to write to"),
        (text() + text(), "has no place to write to"),
        (text("[quality.found_out]\nafter_poor = 9\n"), "are in the wrong place"),
        (text("", below="\nspeed = 0.5\n"), "are in the wrong place"),
        (text("", below=f"\n{OLD}"), "are in the wrong place"),
    ],
)
def test_a_file_without_its_place_is_refused_and_left_as_it_is(tmp_path: Path, wrong: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(wrong, encoding="utf-8")
    for refuse in (check_writable, write_table):
        with pytest.raises(InputError, match=f"mine.toml: .*{message}"):
            refuse(path, NEW)
    assert path.read_text(encoding="utf-8") == wrong


def test_a_file_that_may_not_be_written_to_is_refused_beforehand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text(), encoding="utf-8")
    check_writable(path, NEW)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError, match="cannot be written to\\. Copy it"):
        check_writable(path, NEW)


def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path) -> None:
    path, link = tmp_path / "mine.toml", tmp_path / "link.toml"
    path.write_text(text(), encoding="utf-8")
    link.symlink_to(path)
    write_table(link, NEW)
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == text(NEW)
