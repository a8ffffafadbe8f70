"""What a model says of a number of an input file beside its type: declared once, in the type of its field."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameter:
    """A note in the type of a field: ``months: Annotated[float, Parameter("months between inspections", "months")]``.

    A type may have a unit of its own, and the field that has the type a title.
    """

    title: str = ""
    """What people call it, within a sentence, where it is varied."""
    unit: str = ""
    """In what it is counted."""
