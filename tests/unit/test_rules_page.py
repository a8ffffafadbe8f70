"""From the documents to the rules: every statement leads somewhere, and every rule that cites one is found there."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from docs.generators.rules import Place, cited, page, places, shipped_page, statements
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import clauses, load_framework, shipped_frameworks
from simulator.inspectorate.sources import Citation

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "rules.md"
STATEMENTS = statements()
FRAMEWORKS = [load_framework(name) for name in shipped_frameworks()]


def test_the_page_in_docs_is_the_one_that_is_made() -> None:
    assert PAGE.read_text(encoding="utf-8") == shipped_page(), "run: python -m docs.generators.rules > docs/rules.md"


@pytest.mark.parametrize("name", shipped_frameworks())
def test_every_clause_that_cites_a_paragraph_has_a_row_there(name: str) -> None:
    rows = {
        (Place(statement.document, statement.paragraph), clause)
        for statement in STATEMENTS
        for clause in statement.clauses
    }
    cites = {(place, key) for key, clause in clauses(load_framework(name)) for place in cited(clause)}
    assert cites - rows == set()


def test_every_clause_named_is_in_a_framework_and_cites_the_paragraph() -> None:
    cites = {(place, key) for framework in FRAMEWORKS for key, clause in clauses(framework) for place in cited(clause)}
    for statement in STATEMENTS:
        for clause in statement.clauses:
            assert (Place(statement.document, statement.paragraph), clause) in cites


def functions_of(file: Path) -> set[str]:
    return {node.name for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_every_test_named_is_there() -> None:
    named = [test for statement in STATEMENTS for test in statement.tests]
    known = {file: functions_of(ROOT / file) for file in {test.partition("::")[0] for test in named}}
    assert [test for test in named if test.partition("::")[2] not in known[test.partition("::")[0]]] == []


def test_every_file_named_in_words_is_there() -> None:
    words = " ".join(statement.elsewhere or "" for statement in STATEMENTS).replace(";", " ").split()
    files = [word.strip(".,") for word in words if word.startswith("simulator/")]
    assert files
    assert [file for file in files if not (ROOT / file).is_file()] == []


OF_CONSULTATION = [
    "2.2.2",
    *(f"2.3.{number}" for number in range(1, 5)),
    "2.4.1",
    *(f"3.1.{number}" for number in range(1, 21)),
    *(f"3.2.{number}" for number in range(1, 7)),
    *(f"3.3.{number}" for number in range(1, 4)),
    "4.1",
    "4.2",
    "4.3",
    "4.4.1",
]


def test_every_paragraph_of_the_documents_on_inspection_has_a_row() -> None:
    there = {Place(statement.document, statement.paragraph) for statement in STATEMENTS}
    assert {Place("consultation-2006", number) for number in OF_CONSULTATION} <= there
    documents = Counter(place.document for place in there)
    assert documents["press-release-2006"] >= 3
    assert documents["single-framework-2013"] >= 6
    assert documents["ecm-inspection-2005"] == 3
    assert documents["proportional-2011"] >= 6


def test_no_statement_is_made_twice() -> None:
    assert Counter(statement.says for statement in STATEMENTS).most_common(1)[0][1] == 1


def test_frameworks_are_those_that_cite_the_paragraph() -> None:
    rows = [
        line.split(" | ")
        for line in page(STATEMENTS, FRAMEWORKS).splitlines()
        if line.startswith(("| 3.1.11 ", "| 3.1.12 "))
    ]
    frameworks = {row[0].strip("| "): row[3] for row in rows if "`rules.childrens-homes`" in row[2]}
    assert frameworks == {
        "3.1.11": "option-a, option-a-as-proposed",
        "3.1.12": "option-b, option-b-as-proposed",
    }


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("3.1.5, 3.1.11", ["3.1.5", "3.1.11"]),
        ("What, then?; And how?", ["What, then?", "And how?"]),
        ("paragraphs 3, 4 and 6", ["paragraph 3", "paragraph 4", "paragraph 6"]),
        ("paragraph 3", ["paragraph 3"]),
    ],
)
def test_paragraphs_of_a_citation(paragraph: str, expected: list[str]) -> None:
    citation = Citation(document="consultation-2006", paragraph=paragraph)
    assert places(citation) == [Place("consultation-2006", each) for each in expected]


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("", "give one of clauses, elsewhere and not_simulated"),
        ('elsewhere = "x"\nnot_simulated = "x"', "give one of clauses"),
        ('elsewhere = "x"', "what is simulated has tests"),
        ('not_simulated = "x"\ntests = ["x"]', "what is not has none"),
        ('document = "x"', "not valid TOML"),
        ('not_simulated = ""', "given an empty text"),
    ],
)
def test_a_statement_that_leads_nowhere_is_refused(ending: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(f'[[statement]]\ndocument = "consultation-2006"\nparagraph = "1"\nsays = "x"\n{ending}')
    with pytest.raises(InputError, match=said):
        statements(path)
