"""The page on why options differ: made from explanations stored with what they were made of."""

import pytest

from docs.generators.explaining import FOLDER, OPTIONS, kept, page
from simulator.questions.compare.varied import shipped_digest

MADE_AGAIN = "run: python -m docs.generators.explaining make"


def test_the_page_is_that_of_the_stored_explanations() -> None:
    shown = (FOLDER.parent / "explaining.md").read_text(encoding="utf-8")
    assert shown == page(), "run: python -m docs.generators.explaining > docs/explaining.md"


@pytest.mark.parametrize("option", OPTIONS)
def test_what_is_stored_was_made_of_what_is_shipped(option: str) -> None:
    assert kept(option).digest == shipped_digest(), MADE_AGAIN


def test_the_case_adds_up_by_hand() -> None:
    case = kept("option-a")
    level = {
        row["combination"]: row["mean"]
        for row in case.combinations
        if row["measure"] == "undetected_poor_provider_years" and not row["unlimited"]
    }
    homes = ((level[1] - level[0]) + (level[3] - level[2])) / 2
    (told,) = (
        row["value"]
        for row in case.parts
        if row["measure"] == "undetected_poor_provider_years" and row["part"] == "how often homes are inspected"
    )
    assert told == pytest.approx(homes, abs=1e-5)
