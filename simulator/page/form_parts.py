"""What all forms ask: frameworks, one of somebody's own among them, and numbers; as fields and as inputs."""

from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.page import own_text
from simulator.page.fields import Filled, Problems, Typed, first
from simulator.page.page_scenario import scenario
from simulator.page.run_store import Inputs
from simulator.words.assumptions import plain

FRAMEWORKS: Final = "frameworks"
MOST: Final = 8
"""Frameworks in one comparison: as many as a picture has room for."""
NUMBERS: Final = "numbers"
OWN: Final = "own"
"""Field with the text of an own framework, and what was asked of it."""
OWN_FILE: Final = "own_file"
"""Field that takes the file of it."""
_OWN_DROPPED: Final = "own_dropped"
"""Field to tick to leave out the one sent before."""

OF_THE_DAY: Final = "2006-regime"
"""The framework in force when the options were proposed."""


class _Offered(NamedTuple):
    """A framework that can be chosen."""

    name: str
    title: str
    summary: str

    @property
    def label(self) -> str:
        """What the form calls it: the rules of the day are those that a reader lives under now."""
        return f"Now (2006 rules): the {self.title}" if self.name == OF_THE_DAY else self.title


@cache
def offered() -> tuple[list[_Offered], list[_Offered]]:
    """Return the frameworks of the scenario, and the others that come with the program."""
    usual = scenario().run.frameworks
    names = dict.fromkeys([*usual, *shipped_frameworks()])
    listed = [_Offered(name, load_framework(name).title, load_framework(name).summary) for name in names]
    return listed[: len(usual)], listed[len(usual) :]


def shipped_titles() -> dict[str, str]:
    """Return the titles of the frameworks that can be chosen, by name."""
    return {framework.name: framework.title for group in offered() for framework in group}


def filled_in(inputs: Inputs) -> Filled:
    """Return the form as it is filled in for a question; a framework of somebody's own has no box to tick."""
    chosen = {name: value for name, value in inputs.items() if name not in (NUMBERS, OWN)}
    fields = {name: [value] if isinstance(value, str) else [*value] for name, value in chosen.items()}
    if FRAMEWORKS in fields:
        fields[FRAMEWORKS] = [name for name in fields[FRAMEWORKS] if name != own_text.NAME]
    return fields | {name: [plain(value)] for name, value in inputs[NUMBERS].items()} | carried(inputs[OWN])


def carried(own: str) -> Filled:
    """Return the field in which a form carries the text of an own framework; none if there is none."""
    return {OWN: [own]} if own else {}


def own_in(typed: Typed, problems: Problems) -> str:
    """Return the text of the own framework in a form, nothing if there is none; note what is wrong with it."""
    own = "" if first(typed, _OWN_DROPPED) else own_text.unix_lines(first(typed, OWN))
    own_framework_of(own, problems)
    return own


def own_framework_of(text: str, problems: Problems) -> Framework | None:
    """Read an own framework; None if there is none, or it is of no use, which is noted at the field of its file."""
    if not text:
        return None
    try:
        return own_text.own_framework(text)
    except InputError as error:
        problems[OWN_FILE] = f"The file of your own framework cannot be used: {error}"
        return None


def frameworks_in(typed: Typed, problems: Problems) -> tuple[list[str], str]:
    """Read which frameworks are ticked, an own one last, and the text of that; note what is wrong with the choice."""
    wrong_file: Problems = {}
    own = own_in(typed, wrong_file)
    chosen = set(typed.get(FRAMEWORKS, ()))
    frameworks = [name for name in shipped_titles() if name in chosen] + ([own_text.NAME] if own else [])
    if not frameworks and not chosen:
        problems[FRAMEWORKS] = "Choose at least one framework"
    elif not chosen <= set(shipped_titles()):
        problems[FRAMEWORKS] = "Choose frameworks from the list"
    elif len(frameworks) > MOST:
        problems[FRAMEWORKS] = f"Choose at most {MOST} frameworks: an answer cannot show more clearly"
    problems |= wrong_file  # in the order of the form
    return frameworks, own


def frameworks_of(inputs: Inputs) -> list[Framework]:
    """Return the frameworks of a question.

    Raises
    ------
    InputError
        If its own one is of no use any more.
    """
    own = inputs[OWN]
    return [
        own_text.own_framework(own) if name == own_text.NAME else load_framework(name) for name in inputs[FRAMEWORKS]
    ]


def titles_of(names: Iterable[str], own: str) -> list[str]:
    """Return the titles of frameworks by their names; of one that does not exist any more, the name."""
    framework = own_framework_of(own, {})
    titles = shipped_titles() | ({own_text.NAME: f"{framework.title} (your own)"} if framework else {})
    return [titles.get(name, name) for name in names]
