"""What questions ask: one table a question, from which the commands are made, and to which Python is held."""

import ast
import dataclasses
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.testing import CliRunner

import simulator
from simulator.answers.answer import Answer
from simulator.api.asked import plainly
from simulator.commands.asking import command_of
from simulator.commands.cli import Inspectsim, app
from simulator.commands.frameworks import Check, New, Show
from simulator.commands.report import Report
from simulator.commands.serve import Serve
from simulator.inputs.messages import InputError, Named
from simulator.inputs.option import Ask, Option
from simulator.page.limits import Limits
from simulator.questions.calibrate.ask import Calibrate
from simulator.questions.compare.ask import Compare
from simulator.questions.diff.ask import Diff
from simulator.questions.explain.ask import Explain
from simulator.questions.frontier.ask import Frontier
from simulator.questions.natural_shares.ask import NaturalShares
from simulator.questions.sensitivity.ask import Sensitivity
from simulator.questions.size.ask import ON_TIME, Size
from simulator.questions.source.ask import Source
from simulator.questions.trace.ask import Trace
from simulator.questions.validate.ask import Forecast, Score, Validate
from simulator.questions.workforce.ask import Workforce
from simulator.questions.worth.ask import Worth
from simulator.running.crews import Crewing

IN_PYTHON: dict[type[Ask], Callable[..., object]] = {
    Compare: simulator.compare,
    Size: simulator.size,
    Frontier: simulator.frontier,
    Explain: simulator.explain,
    Sensitivity: simulator.sensitivity,
    Worth: simulator.worth,
    Workforce: simulator.workforce,
    Trace: simulator.trace,
    Validate: simulator.validate,
    Forecast: simulator.forecast,
    Score: simulator.score,
    Show: simulator.load_framework,
    New: simulator.new_framework,
    Check: simulator.check_framework,
    Diff: simulator.diff,
    Source: simulator.source,
}
ASKS: list[type[Ask]] = [*IN_PYTHON, Calibrate, NaturalShares, Report, Serve, Inspectsim]
OF_COMMANDS_ALONE = {"events", "fits", "most_fits", "fit", "worlds"}
"""Options of questions of many runs that Python does not have: it keeps no events, and answers in one world."""
NOT_IN_PYTHON: dict[type[Ask], set[str]] = {New: {"schema"}, Size: {"by_year"}}
"""Options for which Python has nothing, or a function of its own: `simulator.intake`."""
OF_PYTHON_ALONE = {"crewing", "progress"}
OTHERWISE: dict[type[Ask], set[str]] = {Frontier: {"first", "last", "step"}}
"""Options in place of which Python has one argument, the numbers themselves."""
OTHER_DEFAULTS = {("size", "targets"): ON_TIME, ("new_framework", "folder"): "."}
"""Defaults that the command works out of None, and Python shows."""
PLAIN_OPTIONS = {"asking.py", "cli.py"}
"""Modules of commands that may declare options of typer: where they are built, and that of natural-shares."""


def arguments(function: Callable[..., object]) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(function).parameters)


@pytest.mark.parametrize("ask", ASKS)
def test_options_are_told_apart(ask: type[Ask]) -> None:
    names = [option.name for option in ask.options()]
    assert len(names) == len(set(names))
    assert {option.field for option in ask.options()} == {field.name for field in dataclasses.fields(ask)}
    assert all(option.option.help.endswith((".", "]")) for option in ask.options())


@pytest.mark.parametrize("ask", IN_PYTHON)
def test_python_has_every_option_of_a_question_with_its_default(ask: type[Ask]) -> None:
    function = IN_PYTHON[ask]
    own, of_scenario = arguments(function), arguments(simulator.load_scenario)
    elsewhere = {field.name for field in dataclasses.fields(Crewing)} | {*arguments(Answer.save)}
    elsewhere |= {"out"} if "folder" in own else set()
    elsewhere |= NOT_IN_PYTHON.get(ask, set())
    elsewhere |= {"resume"} if "progress" in own else set()
    if "scenario" in own and ask not in (Validate, Forecast):
        elsewhere |= {*of_scenario} | OF_COMMANDS_ALONE
    for option in ask.options():
        if option.field in OTHERWISE.get(ask, ()):
            assert "numbers" in own
        elif option.python in own:
            default = OTHER_DEFAULTS.get((function.__name__, option.python), option.default)
            assert own[option.python].default == (inspect.Parameter.empty if option.is_required else default)
        else:
            assert option.python in elsewhere, f"{option.name} cannot be said in Python"


@pytest.mark.parametrize("ask", IN_PYTHON)
def test_python_has_no_argument_of_its_own(ask: type[Ask]) -> None:
    known = {option.python for option in ask.options()} | OF_PYTHON_ALONE
    known |= {"numbers"} if ask in OTHERWISE else set()
    assert {*arguments(IN_PYTHON[ask])} <= known


@dataclasses.dataclass(frozen=True, kw_only=True)
class Shared(Ask):
    size: Annotated[int, Option("Size.", "N", min=2)] = 3
    loud: Annotated[bool, Option("Loud.")] = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked(Shared):
    place: Annotated[Path, Option("Place.", is_argument=True)]
    first: Annotated[str | None, Option("First.", "DAY", name="from", python="since")] = None
    several: Annotated[list[str] | None, Option("Several.")] = None


def heard(*typed: str) -> tuple[Any, Any]:
    given: list[Asked] = []

    def command(asked: Asked) -> None:
        """Do it."""
        given.append(asked)

    app = typer.Typer(rich_markup_mode=None)
    app.command()(command_of(command))
    done = CliRunner().invoke(app, [*typed])
    return (given[0] if given else None), done


def test_a_command_hands_on_what_is_asked_typed() -> None:
    assert heard("here")[0] == Asked(place=Path("here"))
    typed = ("--size", "4", "here", "--from", "1 May", "--loud", "--several", "a", "--several", "b")
    assert heard(*typed)[0] == Asked(place=Path("here"), size=4, first="1 May", loud=True, several=["a", "b"])


def test_a_command_refuses_what_its_options_do_not_allow() -> None:
    assert heard()[1].exit_code == 2
    asked, done = heard("here", "--size", "1")
    assert asked is None
    assert "--size" in done.stderr
    assert "--no-loud" not in heard("--help")[1].stdout


def test_own_options_come_before_those_that_are_shared() -> None:
    assert [option.name for option in Asked.options()] == ["place", "from", "several", "size", "loud"]
    assert list(Asked(place=Path("here")).values()) == ["place", "first", "several", "size", "loud"]


def test_the_page_names_options_by_the_labels_of_their_fields() -> None:
    error = InputError(Named("step"), ": given 0; see ", Named("most-replications"), " and ", Named("other-thing"))
    assert error.told(Size.on_page) == "Step of the search: given 0; see Replications at most and other thing"


def test_python_names_options_as_its_arguments() -> None:
    @plainly(Asked)
    def function() -> None:
        raise InputError(Named("from"), " and ", Named("other-thing"), ": given --from")

    with pytest.raises(InputError, match=r"^since and other_thing: given --from$"):
        function()


def test_options_are_declared_in_one_way() -> None:
    modules = Path(simulator.__file__).parent.rglob("*.py")
    plain = re.compile(r"typer\.(Option|Argument)\(")
    assert {path.name for path in modules if plain.search(path.read_text(encoding="utf-8"))} <= PLAIN_OPTIONS


def test_a_server_takes_on_as_much_as_its_limits_say_unless_told_otherwise() -> None:
    assert Serve().limits == Limits()
    assert Serve(run_minutes=0.5, keep_gigabytes=0.25).limits == Limits(run_seconds=30, keep_bytes=2**28)


def test_every_option_that_a_message_names_is_one() -> None:
    """A misspelt name would be printed as an option that nobody can give."""
    names = {option.name for ask in ASKS for option in ask.options()}
    sources = sorted(Path(simulator.__file__).parent.rglob("*.py"))
    called = [node for path in sources for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = {
        call.args[0].value
        for call in called
        if isinstance(call.func, ast.Name) and call.func.id == "Named" and isinstance(call.args[0], ast.Constant)
    }
    assert "most-fits" in named
    assert named <= names


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--most-fits", "3"], "--most-fits: applies to a set of fits. Use it with --fits, without --fit"),
        (["--fit", "3"], "--fit: selects one fit of a set. Use it with --fits, which names the set"),
        (["--fits", "homes-2014-2017", "--fit", "99"], "--fit: given 99; allowed: 1 (the best) to"),
        (["--fits", "homes-2014-2017", "--worlds", "8"], "--worlds and --fits: choose one of them"),
    ],
)
@pytest.mark.parametrize("command", ["compare", "size", "frontier"])
def test_a_world_that_cannot_be_is_refused(command: str, given: list[str], said: str, tmp_path: Path) -> None:
    told = CliRunner().invoke(app, [command, "homes-2014-2017", *given, "--out", str(tmp_path / "out")])
    assert told.exit_code == 2
    assert said in told.stderr
    assert not (tmp_path / "out").exists()
