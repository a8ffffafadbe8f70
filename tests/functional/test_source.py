"""From a number of a run to its origin: its value, formula, events, and what moves it."""

from pathlib import Path

import pytest

import simulator
from tests.commands import SMALL, ended, ran

MEASURE = "inspections_per_year of childrens_home"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison with its events, beside an explanation of the same world and one of another."""
    made: Path = tmp_path_factory.mktemp("source")
    pair = ("--framework", "option-a", "--framework", "2006-regime")
    ran("compare", SMALL, *pair, "--replications", "2", "--events", "first", "--out", made / "run")
    few = ("--measure", MEASURE, "--replications", "2")
    ran("explain", "option-a", "--scenario", made / "run", *few, "--out", made / "why")
    ran("explain", "option-a", "--scenario", SMALL, "--years", "1", *few, "--out", made / "why-of-another-world")
    return made


def test_a_number_is_followed_to_formula_events_and_clauses(folder: Path) -> None:
    found = simulator.source(folder / "run", MEASURE)
    assert set(found.levels["framework"]) == {"option-a", "2006-regime"}
    assert found.tables == {"inspections": folder / "run" / "inspections.parquet"}
    assert [movers.folder.name for movers in found.parts] == ["why"]
    told = str(found)
    assert found.quantity.of.formula in told
    assert "Consultation 2006: 3.1.5, 3.1.11" in told
    assert "inspectsim sensitivity" in told, "what was not run is named with the command that would"


def test_its_parts_are_those_of_the_explanation(folder: Path) -> None:
    import pandas as pd

    parts = pd.read_csv(folder / "why" / "parts.csv").set_index("part")["value"]
    (movers,) = simulator.source(folder / "run", MEASURE).parts
    assert {row.what: row.difference.mean for row in movers.rows} == pytest.approx(parts.to_dict())


def test_the_command_prints_it_and_refuses_what_it_cannot_use(folder: Path) -> None:
    assert "How it is computed" in ran("source", folder / "run", MEASURE).stdout
    assert "did you mean" in ended(2, "source", folder / "run", "inspection_per_year").stderr
    assert "is not the folder of a run" in ended(2, "source", folder / "why", MEASURE).stderr
    assert "is not the folder of a run" in ended(2, "source", folder / "none", MEASURE).stderr


def test_every_measure_is_counted_from_some_events() -> None:
    from simulator.measures.names import MEASURES
    from simulator.questions.source.finding import _tables_of
    from simulator.running.event_tables import EVENTS
    from simulator.running.targets import Quantity

    for measure in MEASURES:
        assert set(_tables_of(Quantity(measure.name, "all"))) <= set(EVENTS)
