"""The page docs/rules.md: every statement of the documents on inspection, the rule that implements it, and its test.

It is made from docs/rules.toml and the framework files, so that it cannot drift from them;
``python -m docs.generators.rules > docs/rules.md`` makes it again. Which frameworks have a rule because of a
statement is not written down twice: they are those whose clause of that name cites the paragraph.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Self

from pydantic import Field, ValidationError, model_validator

from simulator.inputs.messages import from_validation
from simulator.inputs.toml_files import read_toml
from simulator.inspectorate.framework import Framework, clauses, load_framework, shipped_frameworks
from simulator.inspectorate.sources import Citation, Clause, DocumentKey, Said, Sourced, documents

STATEMENTS: Final = Path(__file__).parents[1] / "rules.toml"
FIGURES_ONLY: Final = "records-2014-2017"
"""The document that rules take numbers from and that says nothing of how inspection is to be."""

INTRODUCTION: Final = """\
# From the documents to the rules

<!-- Made from rules.toml and the framework files: python -m docs.generators.rules > docs/rules.md -->

Every statement of the documents on how often, how and of whom inspections are made, and with what consequence. Each
has the clause of a framework file that implements it, the frameworks in which the clause cites the paragraph, and the
tests that check it, by their names in `tests/`. Statements that are not simulated are listed too, with the reason.
[Assumptions](assumptions.md) lists the numbers that no document states.
"""


class Statement(Clause):
    """One thing that a document says."""

    document: DocumentKey
    """Key of the document in documents.toml."""
    paragraph: Said
    """Number or heading of the paragraph, or its place where there is neither."""
    says: Said
    """Statement, in our own words."""
    clauses: list[Said] = Field(default_factory=list)
    """The clauses of framework files that implement it, each as ``section.name``."""
    elsewhere: Said | None = None
    """Where else the model has it."""
    not_simulated: Said | None = None
    """Why the model does not have it."""
    tests: list[Said] = Field(default_factory=list)
    """The tests that hold it, each as ``file::test``."""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if sum(map(bool, (self.clauses, self.elsewhere, self.not_simulated))) != 1:
            raise ValueError("give one of clauses, elsewhere and not_simulated")
        if bool(self.tests) == bool(self.not_simulated):
            raise ValueError("what is simulated has tests, what is not has none")
        return self


class Statements(Clause):
    """The file of statements."""

    statement: list[Statement]
    """The statements, in the order of the page."""


class Place(NamedTuple):
    """A paragraph of a document."""

    document: str
    paragraph: str


def statements(path: Path = STATEMENTS) -> list[Statement]:
    """Read the statements.

    Raises
    ------
    InputError
        If the file cannot be read or understood.
    """
    try:
        return Statements.model_validate(read_toml(path)).statement
    except ValidationError as error:
        raise from_validation(error, path.name, Statements) from error


def places(citation: Citation) -> list[Place]:
    """Return the paragraphs that a citation names: numbers are set apart by commas, headings by semicolons.

    Where an article has neither, paragraphs are counted: "paragraphs 3 and 6" are two of them.
    """
    counted = re.fullmatch(r"paragraphs (\d+(?:, \d+)* and \d+)", citation.paragraph)
    if counted:
        return [Place(citation.document, f"paragraph {number}") for number in re.findall(r"\d+", counted[1])]
    numbered = citation.paragraph[:1].isdigit()
    return [Place(citation.document, part.strip()) for part in re.split(r"," if numbered else r";", citation.paragraph)]


def cited(clause: Sourced) -> list[Place]:
    """Return the paragraphs that a clause rests on, but for those that it only takes numbers from."""
    return [
        place
        for citation in clause.source.citations()
        if citation.document != FIGURES_ONLY
        for place in places(citation)
    ]


def page(said: Sequence[Statement], frameworks: Iterable[Framework]) -> str:
    """Write the page in Markdown, a table for each document."""
    by_clause = _citing(frameworks)
    tables = [INTRODUCTION]
    for key, document in documents().items():
        of_document = [statement for statement in said if statement.document == key]
        if of_document:
            rows = (_row(statement, by_clause) for statement in of_document)
            tables.append(f"## {document.title} ({document.year})\n\n{_table(rows)}")
    return "\n".join(tables)


def _citing(frameworks: Iterable[Framework]) -> Mapping[tuple[str, Place], list[str]]:
    """Name the frameworks in which a clause cites a place, by clause and place."""
    found: dict[tuple[str, Place], list[str]] = {}
    for framework in frameworks:
        for name, clause in clauses(framework):
            for place in dict.fromkeys(cited(clause)):
                found.setdefault((name, place), []).append(framework.name)
    return found


def _row(statement: Statement, by_clause: Mapping[tuple[str, Place], list[str]]) -> tuple[str, ...]:
    place = Place(statement.document, statement.paragraph)
    asking = [
        clause for clause in statement.clauses if not clause.startswith("kinds.")
    ]  # a kind alone asks for nothing
    names = sorted({name for clause in asking or statement.clauses for name in by_clause.get((clause, place), ())})
    if statement.not_simulated:
        rule = f"*not simulated*: {statement.not_simulated}"
    else:
        rule = statement.elsewhere or ", ".join(f"`{clause}`" for clause in statement.clauses)
    tests = ", ".join(f"`{test.rpartition('::')[2]}`" for test in statement.tests)
    return statement.paragraph, statement.says, rule, ", ".join(names), tests


def _table(rows: Iterable[Sequence[str]]) -> str:
    head = ("Paragraph", "Statement", "Rule", "Frameworks", "Test")
    return "\n".join(_lines([head, ["---"] * len(head), *rows])) + "\n"


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield from ("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)


def shipped_page() -> str:
    """Write the page of the stored statements and of every shipped framework."""
    return page(statements(), [load_framework(name) for name in shipped_frameworks()])


if __name__ == "__main__":
    print(shipped_page(), end="")
