"""The page that defines the measures."""

from pathlib import Path

from docs.generators.measures import measures_page
from simulator.measures import MEASURES

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"


def test_the_page_is_the_one_made_from_the_registry() -> None:
    assert PAGE.read_text(encoding="utf-8") == measures_page(), (
        "run: python -m docs.generators.measures > docs/measures.md"
    )


def test_every_measure_has_its_definition_unit_and_formula() -> None:
    page = measures_page()
    for each in MEASURES:
        assert f"### `{each.name}`" in page
        assert each.unit in page
        assert each.formula in page
