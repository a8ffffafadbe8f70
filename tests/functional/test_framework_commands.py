"""The commands `inspectsim frameworks new`, `check` and `schema`: what they write and print, and what they refuse."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from simulator.commands.cli import app
from simulator.frameworks.schema import SCHEMA_FILE, schema_text
from simulator.inspectorate.framework import load_framework, shipped_frameworks

REFUSED = 2


def frameworks(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["frameworks", *(str(each) for each in arguments)], catch_exceptions=False)


def done(*arguments: str | Path) -> Result:
    result = frameworks(*arguments)
    assert result.exit_code == 0, result.stderr
    return result


def refused(*arguments: str | Path) -> str:
    result = frameworks(*arguments)
    assert result.exit_code == REFUSED
    assert result.stdout == ""
    return result.stderr


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def full_disk() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", shipped_frameworks())
def test_a_framework_is_begun_and_checked(name: str, here: Path) -> None:
    written = done("new", "mine", "--from", name)
    assert "mine.toml" in written.stdout
    assert list(content(here)) == ["mine.toml"]
    told = done("check", "mine.toml").stdout
    assert f"What differs from {name}\n  Nothing." in told
    assert "title is unchanged from the template" in told
    assert told.endswith("It can be used.\n")


@pytest.mark.parametrize(
    ("out", "file"),
    [("there", "there/mine.toml"), ("a/b", "a/b/mine.toml"), ("there/yours.toml", "there/yours.toml")],
)
def test_it_is_written_where_it_is_asked_for(out: str, file: str, here: Path) -> None:
    done("new", "mine", "--from", "option-a", "--out", out)
    assert list(here.rglob("*.toml")) == [here / file]
    assert load_framework(file).name == Path(file).stem


def test_the_schema_is_put_beside_it_if_asked_for_and_left_if_there(here: Path) -> None:
    done("new", "mine", "--from", "option-a", "--schema")
    assert (here / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()
    (here / SCHEMA_FILE).write_text("mine")
    done("new", "other", "--from", "option-a", "--schema")
    assert (here / SCHEMA_FILE).read_text() == "mine"


def test_the_schema_is_printed() -> None:
    assert done("schema").stdout == schema_text()


def test_one_begun_from_a_file_elsewhere_finds_it(here: Path) -> None:
    done("new", "first", "--from", "option-b", "--out", "there")
    done("new", "second", "--from", "there/first.toml", "--out", "drafts")
    assert 'extends = "../there/first.toml"' in (here / "drafts" / "second.toml").read_text(encoding="utf-8")
    assert "Nothing." in done("check", "drafts/second.toml").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["new", "mine", "--from", "optoin-a"], 'did you mean "option-a"'),
        (["new", "mine", "--from", "missing.toml"], "no such file"),
        (["new", "mine"], "--from"),
        (["new", "a/b", "--from", "option-a"], '"a/b" cannot be the name of a framework'),
        (["new", "mine.toml", "--from", "option-a"], "letters, digits, - and _"),
        (["new", "option-b", "--from", "option-a"], '"option-b" is the name of a shipped framework'),
        (["new", "mine", "--from", "option-a", "--out", "option-b.toml"], "is the name of a shipped framework"),
        (["new", "mine", "--from", "option-a", "--out", "a b.toml"], "cannot be the name of a framework"),
        (["check", "missing.toml"], "no such file"),
        (["check", "optoin-a"], 'did you mean "option-a"'),
        (["nwe", "mine"], "nwe"),
    ],
)
def test_what_cannot_be_used_ends_with_one_message(arguments: list[str], message: str, here: Path) -> None:
    assert message in refused(*arguments)
    assert list(here.iterdir()) == []


def test_a_file_that_is_there_is_never_overwritten(here: Path) -> None:
    (here / "mine.toml").write_text("mine")
    assert "mine.toml: already exists" in refused("new", "mine", "--from", "option-a", "--schema")
    assert content(here) == {"mine.toml": b"mine"}


def test_a_folder_that_is_a_file_is_refused(here: Path) -> None:
    (here / "file").write_text("mine")
    assert "is a file" in refused("new", "mine", "--from", "option-a", "--out", "file")
    assert content(here) == {"file": b"mine"}


def test_a_folder_that_cannot_be_made_is_refused(here: Path) -> None:
    (here / "file").write_text("mine")
    assert "cannot be created as a folder" in refused("new", "mine", "--from", "option-a", "--out", "file/below")
    assert content(here) == {"file": b"mine"}


def test_on_a_full_disk_nothing_is_left(here: Path) -> None:
    with full_disk():
        said = refused("new", "mine", "--from", "option-a", "--out", "a/b", "--schema")
    assert "cannot be written (File too large); nothing was changed there" in said
    assert list(here.iterdir()) == []


def test_a_framework_that_cannot_be_used_is_refused_as_elsewhere(here: Path) -> None:
    done("new", "mine", "--from", "option-a")
    text = (here / "mine.toml").read_text(encoding="utf-8")
    (here / "mine.toml").write_text(text.replace("poor = 3, not", "poor = 99, not"), encoding="utf-8")
    assert "mine.toml: rules.childrens-homes.per_year.poor: given 99; allowed: 0 or more and at most 26" in (
        refused("check", "mine.toml")
    )


@pytest.mark.parametrize("name", shipped_frameworks())
def test_shipped_frameworks_are_checked_by_name(name: str) -> None:
    assert "What falls due" in done("check", name).stdout
