"""Where a rule comes from: a paragraph of a document, or an assumption that says so."""

from functools import cache
from typing import Annotated, Any, Self

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from simulator.inputs import shipped
from simulator.inputs.messages import InputError, not_one_of, one_of, shown
from simulator.inputs.model_keys import parameter_of
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import Section
from simulator.inputs.toml_files import Table, read_toml

Said = Annotated[str, Field(min_length=1)]
"""A text that says something."""


class Clause(Section):
    """A table of a framework file: values must have the type asked for, a number is not text in quotation marks."""

    model_config = ConfigDict(strict=True, use_attribute_docstrings=True)


class Document(Clause):
    """A document that rules are taken from."""

    short: Said
    """What tables call it."""
    title: Said
    """Title of the document."""
    what: Said
    """What kind of document it is."""
    publisher: Said | None = None
    """Who published it, where it says so."""
    year: Annotated[int, Field(ge=1900, le=2100)]
    """Year of publication."""
    licence: Said | None = None
    """Licence, for figures derived from it."""


@cache
def documents() -> dict[str, Document]:
    """Return the documents that framework files may cite, by key: the shipped ``documents.toml``."""
    path = shipped.folder() / "documents.toml"
    try:
        return TypeAdapter(dict[str, Document]).validate_python(read_toml(path))
    except ValidationError as error:
        raise InputError(f"{path}: {error}") from error


def _known_document(key: str) -> str:
    return one_of("document", tuple(documents()))(key)


DocumentKey = Annotated[str, AfterValidator(_known_document)]


class Citation(Clause):
    """A place in a document."""

    document: DocumentKey
    """Key of the document in documents.toml."""
    paragraph: Said
    """Number of the paragraph, or the heading it stands under; several are separated by commas."""


class Source(Clause):
    """Why a rule stands as it does: a document says so, or someone assumes it. One of the two must be given."""

    document: DocumentKey | None = None
    """Key of the document in documents.toml."""
    paragraph: Said | None = None
    """Number of the paragraph, or the heading it stands under; several are separated by commas."""
    figures: Citation | None = None
    """Where the numbers come from, if not from the document that has the rule."""
    assumption: Said | None = None
    """What of the rule no document says, in words."""
    vary: dict[str, Annotated[tuple[float, float], Field(strict=False)]] = Field(default_factory=dict)
    """Numbers beside it that its document does not give, each with the range to vary it in.

    For a number the lowest and the highest value, for a table of numbers the lowest and the highest factor.
    """
    given_by: dict[str, Said] = Field(default_factory=dict)
    """Values beside it that it does not speak for, each with the file that gives it in place of an inherited one."""
    note: Said | None = None
    """Anything else a reader should know."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.document is None and self.assumption is None:
            raise ValueError('must name a document and its paragraph, or an assumption = "why it stands as it does"')
        if (self.document is None) != (self.paragraph is None):
            raise ValueError("a document and its paragraph belong together: one of the two is missing")
        return self

    @model_validator(mode="after")
    def _ranges_rise(self) -> Self:
        for name, (low, high) in self.vary.items():
            if low >= high:
                raise ValueError(f"vary.{name}: given [{low:g}, {high:g}]; allowed: the lower number first")
        return self

    def citations(self) -> list[Citation]:
        """Return the places in documents that it names: the rule's first, then that of its figures."""
        own: list[dict[str, Any]] = [{"document": self.document, "paragraph": self.paragraph}]
        cited = [Citation.model_validate(place) for place in own if place["document"]]
        return cited + ([self.figures] if self.figures else [])


class Sourced(Clause):
    """A table of a framework file that says where it comes from."""

    source: Source
    """Where it comes from: a document and its paragraph, or an assumption."""

    @classmethod
    def parameters(cls) -> dict[str, Parameter]:
        """Return what is declared of its values, by key."""
        fields = ((field.alias or name, field) for name, field in cls.model_fields.items())
        return {key: parameter_of(Annotated[field.annotation, field]) for key, field in fields}

    @model_validator(mode="after")
    def _ranges_are_of_its_numbers(self) -> Self:
        values = self.model_dump(by_alias=True, exclude={"source"})
        numbers = [name for name, value in values.items() if _is_number(value) or isinstance(value, dict)]
        for name, (low, high) in self.source.vary.items():
            if name not in numbers:
                raise ValueError(f"source.vary: {not_one_of(name, 'number beside it', numbers)}")
            now, what = (values[name], "its value") if _is_number(values[name]) else (1, "the factor")
            if not low <= now <= high:
                raise ValueError(f"source.vary.{name}: the range [{low:g}, {high:g}] leaves out {what} {shown(now)}")
        return self


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def with_changes_told(before: Table, given: Table, after: Table, file: str) -> Table:
    """Drop an inherited source for a value that another file gives.

    Parameters
    ----------
    before, given, after
        A table of a framework as inherited, what a file that extends it gives, and the outcome.
    file
        Name of that file.

    Returns
    -------
    dict
        The outcome, where the source of each table in which something changed says which file gives it, and
        has no range for it any more; a source that the file gives itself stays as it is.
    """
    told = {
        name: with_changes_told(before[name], given[name], value, file)
        if all(isinstance(table.get(name), dict) for table in (before, given, after))
        else value
        for name, value in after.items()
    }
    source = before.get("source")
    changed = {name: file for name in given if before.get(name) != after[name]}
    if not changed or "source" in given or not isinstance(source, dict) or "source" not in after:
        return told
    ranges = _named(source, "vary")
    return told | {
        "source": source
        | {"vary": {name: interval for name, interval in ranges.items() if name not in changed}}
        | {"given_by": _named(source, "given_by") | changed}
    }


def _named(source: Table, name: str) -> Table:
    table = source.get(name, {})
    return table if isinstance(table, dict) else {}
