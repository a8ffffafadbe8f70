"""What all forms ask: frameworks, one of somebody's own among them, and numbers; as fields and as inputs."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.page import own_text
from simulator.page.fields import Filled, Problems, Typed
from simulator.page.page_scenario import scenario
from simulator.page.run_store import Inputs
from simulator.words.assumptions import plain

FRAMEWORKS: Final = "frameworks"
MOST: Final = 8
"""Frameworks in one comparison: as many as a picture has room for."""
NUMBERS: Final = "numbers"
OWN: Final = "own"
"""Field with the texts of own frameworks, and what was asked of them."""
OWN_FILE: Final = "own_file"
"""Field that takes the file of one."""
_OWN_DROPPED: Final = "own_dropped"
"""Field to tick to leave out some of those sent before, by their positions from 1."""

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
        own = names_of(inputs[OWN])
        fields[FRAMEWORKS] = [name for name in fields[FRAMEWORKS] if name not in own]
    return fields | {name: [plain(value)] for name, value in inputs[NUMBERS].items()} | carried(inputs[OWN])


def carried(own: Sequence[str]) -> Filled:
    """Return the field in which a form carries the texts of own frameworks; none if there is none."""
    return {OWN: [*own]} if own else {}


def names_of(own: Sequence[str]) -> list[str]:
    """Name own frameworks as a comparison does."""
    return [own_text.name_of(position) for position in range(len(own))]


def own_in(typed: Typed, problems: Problems) -> list[str]:
    """Return the texts of the own frameworks in a form that are not ticked to be left out; note what is wrong."""
    dropped = set(typed.get(_OWN_DROPPED, ()))
    sent = [text for text in typed.get(OWN, ()) if text]
    own = [own_text.unix_lines(text) for number, text in enumerate(sent, 1) if str(number) not in dropped]
    titles = [framework.title for framework in own_frameworks_of(own, problems)]
    twice = next((title for title in titles if titles.count(title) > 1), None)
    if len(own) > MOST:
        problems[OWN_FILE] = f"Choose at most {MOST} options of your own"
    elif twice is not None:
        problems[OWN_FILE] = f"Two of your options have the title \u201c{twice}\u201d. Give one of them another title"
    return own[:MOST]


def own_frameworks_of(own: Sequence[str], problems: Problems) -> list[Framework]:
    """Read own frameworks; one that is of no use is left out, which is noted at the field of its file."""
    found = []
    for text, name in zip(own[:MOST], names_of(own[:MOST]), strict=True):  # more are not compared, and not looked at
        try:
            found.append(own_text.own_framework(text, name))
        except InputError as error:
            problems[OWN_FILE] = f"The file of your own framework cannot be used: {error}"
    return found


def frameworks_in(typed: Typed, problems: Problems) -> tuple[list[str], list[str]]:
    """Read which frameworks are ticked, own ones last, and the texts of those; note what is wrong with the choice."""
    wrong_file: Problems = {}
    own = own_in(typed, wrong_file)
    chosen = set(typed.get(FRAMEWORKS, ()))
    frameworks = [name for name in shipped_titles() if name in chosen] + names_of(own)
    if not frameworks and not chosen:
        problems[FRAMEWORKS] = "Choose at least one framework"
    elif not chosen <= set(shipped_titles()):
        problems[FRAMEWORKS] = "Choose frameworks from the list"
    elif len(frameworks) > MOST:
        problems[FRAMEWORKS] = f"Choose at most {MOST} frameworks: an answer cannot show more clearly"
    problems |= wrong_file  # in the order of the form
    return frameworks, own


def check_chosen(chosen: Mapping[str, str], called: Mapping[str, str], own: Sequence[str], problems: Problems) -> None:
    """Note what is wrong with one framework, or two, that were chosen from lists.

    Parameters
    ----------
    chosen
        Names of frameworks by their fields, among others.
    called
        The fields in the order of the form, with what each chooses: ``the first framework``.
    own
        Texts of own frameworks.
    problems
        What is wrong so far.
    """
    for name, what in called.items():
        if chosen[name] not in (*shipped_titles(), own_text.NAME, *names_of(own)):
            problems[name] = f"Choose {what} from the list"
    if problems:
        return
    *_, last = called
    names = [chosen[name] for name in called]
    if len(set(names)) < len(names):
        problems[last] = "Choose a different framework from the first one"
    elif own_text.NAME in names and not own:
        problems[OWN_FILE] = "Choose the file of your own framework, or choose another framework above"
    elif own and not set(names_of(own)) & set(names):
        of_them = " as one of the two" if len(names) > 1 else ""
        problems[last] = f"Choose your own framework{of_them}, or remove its file"


def frameworks_of(inputs: Inputs) -> list[Framework]:
    """Return the frameworks of a question.

    Raises
    ------
    InputError
        If its own one is of no use any more.
    """
    own = dict(zip(names_of(inputs[OWN]), inputs[OWN], strict=True))
    return [
        own_text.own_framework(own[name], name) if name in own else load_framework(name) for name in inputs[FRAMEWORKS]
    ]


def titles_of(names: Iterable[str], own: Sequence[str]) -> list[str]:
    """Return the titles of frameworks by their names; of one that does not exist any more, the name."""
    mine = {framework.name: f"{framework.title} (your own)" for framework in own_frameworks_of(own, {})}
    titles = shipped_titles() | mine
    return [titles.get(name, name) for name in names]
