"""How an option is declared, and what the options of a question are."""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from inspect import get_annotations
from typing import Any, NamedTuple, get_args, get_type_hints


@dataclass(frozen=True)
class Option:
    """What is known of an option beside the line that declares it: ``name: Annotated[type, Option(...)] = default``."""

    help: str
    """For the command line."""
    metavar: str | None = None
    """What its value is called in help."""
    name: str | None = None
    """On the command line, and in messages; if left out, as in the line, with hyphens."""
    python: str | None = None
    """Argument in Python; if left out, as in the line."""
    is_argument: bool = False
    """Whether it has no name on the command line, only a place."""
    min: float | None = None
    max: float | None = None
    label: str = ""
    """Of its field on the page."""
    unit: str = ""
    """Behind the field, in full."""


class Listed(NamedTuple):
    """An option of a question."""

    field: str
    """Its name in the class."""
    hint: Any
    """Its type."""
    default: Any
    option: Option

    @property
    def is_required(self) -> bool:
        """Whether it must be given."""
        return self.default is MISSING

    @property
    def name(self) -> str:
        """Its name on the command line and in messages."""
        return self.option.name or self.field.replace("_", "-")

    @property
    def label(self) -> str:
        """Its name on the page."""
        return self.option.label or self.name.replace("-", " ")

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number."""
        return int in (self.hint, *get_args(self.hint))

    @property
    def python(self) -> str:
        """Its name as an argument in Python."""
        return self.option.python or self.field


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a question asks."""

    @classmethod
    def option(cls, field: str) -> Listed:
        """Return an option by its name in the class."""
        return next(option for option in cls.options() if option.field == field)

    @classmethod
    def options(cls) -> Iterator[Listed]:
        """List the options: the question's own first, then those that it shares, each in the order of their lines."""
        hints = get_type_hints(cls, include_extras=True)
        defaults = {field.name: field.default for field in fields(cls)}
        for name in dict.fromkeys(name for owner in cls.__mro__ for name in get_annotations(owner)):
            hint = hints[name]
            yield Listed(name, hint.__origin__, defaults[name], hint.__metadata__[0])

    @classmethod
    def in_python(cls, name: str) -> str:
        """Return what Python calls an option that a message names."""
        return next((option.python for option in cls.options() if option.name == name), name.replace("-", "_"))

    @classmethod
    def on_page(cls, name: str) -> str:
        """Return what the page calls an option that a message names."""
        return next((option.label for option in cls.options() if option.name == name), name.replace("-", " "))

    def values(self) -> dict[str, Any]:
        """Return what was asked, by the names of its lines."""
        return {option.field: getattr(self, option.field) for option in self.options()}
