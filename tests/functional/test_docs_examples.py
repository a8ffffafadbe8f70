"""The examples of the README and of docs/ do what the pages say.

- Every command line with `inspectsim`, in a block or in the text, is read by the command's own parser: a command, an
  option or a choice that is not there fails.
- Every command line in a block is then run, in a folder of its own for each page, in the order of the page, with two
  replications; where the page names no scenario, on the small England of tests/data in place of the whole one.
- Not run, for the reasons beside them: `NOT_RUN`. Of `make`, the targets are looked up in the Makefile.
- Blocks of Python are run, page by page, with two replications where a scenario is only named; blocks of TOML are
  read, and those that extend a scenario or a framework are loaded, as the file that their first line names.
"""

import re
import shlex
import tomllib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import typer
import typer.main
from sybil.document import Document
from sybil.example import Example
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.testing import CliRunner

import simulator
from simulator.commands.cli import app
from simulator.inspectorate.framework import load_framework
from simulator.scenario.scenario import load_scenario

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "data" / "three.toml"
"""The small England with three frameworks, which does for pages that name no others."""
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = typer.main.get_command(app)

NOT_RUN = {
    "calibrate": "takes a quarter of an hour, and records that are not part of the project",
    "score": "takes a sealed forecast, and records that are not part of the project",
    "serve": "does not end by itself",
    "explain": "takes every combination of the parts of an option; its own tests run it",
    "source": "takes the folder of a comparison of the whole England; its own tests run it",
    "worth": "takes minutes even on a small England; its own tests run it",
    "sensitivity": "takes minutes even on a small England, in whose worlds some teams do not fit; its own tests run it",
    "~/received/run-of-a-colleague": "is a folder that somebody else sent",
    "--cluster": "takes a cluster",
    "--by-year": "takes a search for each year; its own tests run it",
    "--worlds": "takes a search in each world; its own tests run it",
    "--fits": "takes the outcome of a calibration, but for the shipped set, which its own tests run",
}
OTHER_PROGRAMS = (".", "pip", "dask")
"""What blocks of commands name besides; not run."""

SMALL_RUNS = {
    "compare": ("--replications", "2"),
    "size": ("--replications", "2", "--most-replications", "2", "--years", "1"),
    "frontier": ("--replications", "2", "--years", "1"),
}
UNTIL_PRECISE = {"--precision", "--most-replications"}
FEW_UNTIL_PRECISE = ("--precision", "0.9", "--most-replications", "20")
GIVEN = {
    "scenario.toml": 'title = "Fewer inspectors"\nextends = "{small}"\n[run]\nyears = 1\n',
    "my-option.toml": 'extends = "option-a"\ntitle = "Mine"\n',
    "my-later-rules.toml": 'extends = "option-b"\ntitle = "Later"\n',
    "providers.csv": (
        "provider,service_type,sector,local_authority,region,places,opened,closed\n"
        "home-1,childrens_home,private,Leeds,Yorkshire,5,2001-05-01,\n"
        "home-2,childrens_home,voluntary,Leeds,Yorkshire,4,2003-09-15,\n"
    ),
}
"""Files that examples take for given; each in its folder as soon as an example names it."""

done: set[tuple[str, ...]] = set()
"""Commands already run on another page, for which nothing had to be there before."""


class Page:
    """What the examples of one page share: a folder, and what Python has defined."""

    def shell(self, example: Example) -> None:
        for line in example.parsed.splitlines():
            words = shlex.split(line.removeprefix("$ ").removeprefix(".venv/bin/"), comments=True)
            if not words or words[0] in OTHER_PROGRAMS:
                continue
            if words[0] == "make":
                assert set(words[1:]) <= make_targets(), line
            else:
                assert words[0] == "inspectsim", f"{line}: neither inspectsim nor among {OTHER_PROGRAMS}"
                check(words[1:])
                run(words[1:])

    def toml(self, example: Example) -> None:
        table = tomllib.loads(example.parsed)
        if "extends" not in table or "title" not in table:
            return
        named = re.match(r"# ([\w-]+\.toml)\n", example.parsed)
        file = Path(named[1] if named else "example.toml")
        file.write_text(example.parsed, encoding="utf-8")
        for given in re.findall(r'"([\w-]+\.toml)"', example.parsed):
            bring(given)
        framework = "rules" in table or isinstance(table["extends"], list)  # a scenario extends one file
        assert (load_framework if framework else load_scenario)(file).title == table["title"]


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def check(arguments: Sequence[str]) -> None:
    """Have the command's own parser read its arguments, and carry nothing out."""
    command, rest, context = below(arguments)
    with suppress(typer.Exit):  # --help
        command.make_context(command.name, rest, parent=context)


def below(arguments: Sequence[str]) -> tuple[Any, list[str], typer.Context]:
    """Follow the names of commands to the one that is meant, and give the arguments that are its own."""
    command: Any = COMMAND
    context = typer.Context(COMMAND, info_name="inspectsim")
    rest = list(arguments)[: arguments.index(">") if ">" in arguments else None]
    while isinstance(command, TyperGroup) and rest and not rest[0].startswith("-"):
        found = command.get_command(context, rest[0])
        assert found is not None, f"inspectsim {' '.join(arguments)}: there is no command {rest[0]}"
        command, rest = found, rest[1:]
    return command, rest, context


def run(arguments: Sequence[str]) -> None:
    """Run a command, small; one that ran on another page, and takes no file of this one, not again."""
    if any(word in NOT_RUN for word in arguments):
        return
    words, into = [*arguments], ""
    if ">" in words:
        *words, _, into = words
    fewer = FEW_UNTIL_PRECISE if words[0] == "compare" and UNTIL_PRECISE & {*words} else SMALL_RUNS.get(words[0], ())
    small = [*in_place(words), *fewer]
    files = [word for word in words[1:] if word.endswith((".toml", ".csv")) or (is_scenario("", word) and "/" in word)]
    if not files and tuple(small) in done:
        return
    for file in files:
        bring(file)
    result = CliRunner().invoke(app, small, catch_exceptions=False)
    assert result.exit_code == 0, f"inspectsim {' '.join(small)}: {result.stderr}"
    done.add(tuple(small))
    if into:
        Path(into).write_text(result.stdout, encoding="utf-8")


def compare_few(compare: Callable[..., Any], scenario: Any, frameworks: Any) -> Any:
    """Compare in Python as the page does; a scenario that it only names in two replications."""
    few = simulator.load_scenario(scenario, replications=2) if isinstance(scenario, str) else scenario
    return compare(few, frameworks)


def bring(file: str) -> None:
    """Make a file or a folder of results that an example takes for given, unless an earlier one has made it."""
    if Path(file).exists():
        return
    if file.startswith("results/"):
        CliRunner().invoke(app, ["compare", str(SMALL), "--replications", "2", "--out", file])
    else:
        Path(file).write_text(GIVEN[file].format(small=SMALL), encoding="utf-8")


def in_place(arguments: Sequence[str]) -> list[str]:
    """Put the small England where a command would take the whole one."""
    command, *rest = arguments
    takes_scenario = command in (*SMALL_RUNS, "trace")
    named = [word for before, word in zip(["", *rest], rest, strict=False) if is_scenario(before, word)]
    if not takes_scenario or named:
        return list(arguments)
    provider = rest[:1] if command == "trace" else []
    return [command, *provider, str(SMALL), *rest[len(provider) :]]


def is_scenario(before: str, word: str) -> bool:
    named = word.startswith(("england", "homes", "results/")) or word.endswith("scenario.toml")
    return named and not before.startswith("--")


def examples(page: Path) -> list[Example]:
    shared = Page()
    parsers: list[Any] = [
        PythonCodeBlockParser(),
        *(CodeBlockParser(language, shared.shell) for language in ("sh", "console")),
        CodeBlockParser("toml", shared.toml),
    ]
    return list(Document.parse(str(page), *parsers).examples())


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=name_of)
def test_examples_of_a_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(simulator, "compare", partial(compare_few, simulator.compare))
    for example in examples(page):
        example.evaluate()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_in_the_text_of_a_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"`inspectsim ([^`\n]+)`", text):
        command, rest, _ = below(shlex.split(line))
        known = {option for parameter in command.params for option in parameter.opts} | {"--help", "--version"}
        assert [word for word in rest if word.startswith("--") and word not in known] == [], line


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_command_stands_in_a_block_that_is_not_run(page: Path) -> None:
    """A block that names no language would be passed over."""
    run_here = "\n".join(str(example.parsed) for example in examples(page))
    blocks = re.findall(r"^ *```(\w*)\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for language, block in blocks:
        if re.search(r"^ *(\$ )?inspectsim ", block, re.MULTILINE):
            assert language in ("sh", "console"), block
            assert block.split()[0] in run_here


@pytest.mark.parametrize(
    "line", ["compare --no-such-option", "no-such-command", "frameworks no-such", "compare --years many", "trace"]
)
def test_a_command_line_that_the_command_would_refuse_fails(line: str) -> None:
    with pytest.raises((AssertionError, TyperException)):
        check(shlex.split(line))
