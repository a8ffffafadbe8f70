"""An answer that is read off what was found: functions of its question say how, and this class asks them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar, overload

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.render.verdict import Verdict
from simulator.running.batches import Failure
from simulator.running.question import Question
from simulator.running.run_folder import FAILURES

if TYPE_CHECKING:
    import pandas as pd


class Found(Protocol):
    """What came out of a question."""

    @property
    def question(self) -> Question:
        """As it was run."""


Found_contra = TypeVar("Found_contra", bound=Found, contravariant=True)
Some_contra = TypeVar("Some_contra", contravariant=True)


class _WithFailures(Protocol):
    @property
    def failures(self) -> Sequence[Failure]: ...


class Shown(NamedTuple):
    """What an answer says and shows, each made of what was found."""

    sentences: Callable[[Any], list[str]]
    caveats: Callable[[Any], list[str]]
    table: "Callable[[Any], pd.DataFrame]"
    charts: Callable[[Any], Iterable[tuple[Any, Any]]] = lambda _: ()
    """Each with the numbers that it shows."""
    verdict: Callable[[Any], Verdict] | None = None
    """If there is none, the first sentences are one."""


class Frame(Generic[Some_contra]):
    """A table of an answer: an attribute that reads it off what was found, and a file of its folder.

    Parameters
    ----------
    file
        Its name in the folder; the files are listed in the order of the attributes.
    read
        Makes it, a new one each time, of what was found; its docstring is that of the attribute.
    if_any
        Whether the file is left out where the table has no rows.
    """

    def __init__(self, file: str, read: "Callable[[Some_contra], pd.DataFrame]", *, if_any: bool = False) -> None:
        self.file = file
        self.read = read
        self.if_any = if_any
        self.__doc__ = read.__doc__

    @overload
    def __get__(self, answer: None, owner: type) -> "Frame[Some_contra]": ...

    @overload
    def __get__(self, answer: "ReadOff[Any]", owner: type) -> "pd.DataFrame": ...

    def __get__(self, answer: "ReadOff[Any] | None", owner: type) -> "Frame[Some_contra] | pd.DataFrame":
        return self if answer is None else self.read(answer.found)


def _failures_frame(found: _WithFailures) -> "pd.DataFrame":
    """Return the runs that failed and are left out: case, replication, seed, error, where."""
    import pandas as pd

    return pd.DataFrame(found.failures, columns=Failure._fields)


class Failed(Frame[_WithFailures]):
    """The runs that failed and are left out: case, replication, seed, error, where."""

    def __init__(self) -> None:
        super().__init__(FAILURES, _failures_frame, if_any=True)


class ReadOff(Answer, Generic[Found_contra]):
    """An answer that is read off what was found. A question adds what it shows, its frames and what it records."""

    shown: ClassVar[Shown]
    frames: ClassVar[tuple[Frame[Any], ...]]
    """Its tables, in the order in which they are declared."""

    def __init_subclass__(cls) -> None:
        declared = (value for base in reversed(cls.__mro__) for value in vars(base).values())
        cls.frames = tuple(value for value in declared if isinstance(value, Frame))

    def __init__(self, found: Found_contra, asked: Asked) -> None:
        super().__init__(found.question, asked)
        self.found = found

    @cached_property
    def verdict(self) -> Verdict:
        """What a reader takes away."""
        made = self.shown.verdict
        return made(self.found) if made else super().verdict

    @property
    def sentences(self) -> list[str]:
        """The answer in plain words, with its intervals."""
        return self.shown.sentences(self.found)

    @property
    def rests_on(self) -> list[str]:
        """The basis of the sentences, and what they leave out."""
        return self.shown.caveats(self.found)

    @property
    def table(self) -> "pd.DataFrame":
        """The main numbers, written for people."""
        return self.shown.table(self.found)

    def tables(self) -> "Mapping[str, pd.DataFrame | Iterable[pd.DataFrame]]":
        """Return the tables that have rows, by the names of their files; empty ones that are always written too."""
        read = ((frame, frame.read(self.found)) for frame in self.frames)
        return {frame.file: table for frame, table in read if len(table) or not frame.if_any}

    def _draw(self) -> Sequence[Drawn]:
        return [Drawn(*pair) for pair in self.shown.charts(self.found)]
