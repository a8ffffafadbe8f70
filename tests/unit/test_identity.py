"""What tells questions apart: all that could move a value, and nothing else; and which program is asked."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import load_framework
from simulator.questions.sensitivity.assumptions import Place, assumptions_of
from simulator.questions.sensitivity.plausible_worlds import identity_of
from simulator.running.identity import identity
from simulator.running.program import check_program, program
from simulator.running.question import posed
from simulator.scenario.scenario import Scenario, load_scenario

SMALL = Path(__file__).parents[1] / "data" / "small.toml"


@pytest.fixture(scope="module")
def small() -> Scenario:
    return load_scenario(SMALL)


def test_the_number_of_replications_is_no_other_question(small: Scenario) -> None:
    more = small.changed({"run": {"replications": 900}}, "the test")
    assert identity(posed(more), "none") == identity(posed(small), "none")


@pytest.mark.parametrize(
    "changes", [{"run": {"seed": 1}}, {"run": {"years": 3}}, {"costs": {"cost_per_inspector_day": 1}}]
)
def test_another_setting_is_another_question(small: Scenario, changes: dict[str, Any]) -> None:
    assert identity(posed(small.changed(changes, "the test")), "none") != identity(posed(small), "none")


def test_other_frameworks_providers_and_events_are_other_questions(small: Scenario, tmp_path: Path) -> None:
    question = posed(small)
    asked = identity(question, "none")
    own = tmp_path / "option-a.toml"
    own.write_text('extends = "option-a"\n[kinds.key]\nsigma = 0.31\n')
    names = [own if name == "option-a" else name for name in small.run.frameworks]
    changed = identity(posed(small, [load_framework(name) for name in names]), "none")
    assert changed["frameworks"].keys() == asked["frameworks"].keys()
    assert changed["frameworks"]["option-a"] != asked["frameworks"]["option-a"]
    fewer = identity(posed(small, register=question.register.iloc[1:]), "none")
    assert fewer["providers"] != asked["providers"]
    assert identity(question, "all") != asked


def test_a_number_moved_in_another_way_is_another_question(small: Scenario) -> None:
    """Between the same ends: as a value or as a factor, evenly or by orders of magnitude."""
    question = posed(small)
    first, *others = assumptions_of(question)
    (place, *rest) = first.places

    def asked(moved: Place) -> dict[str, Any]:
        return identity_of(question, [replace(first, places=(moved, *rest)), *others], {})

    for other in (
        place._replace(moved="factor" if place.moved == "value" else "value"),
        place._replace(logarithmic=not place.logarithmic),
        place._replace(high=place.high + 1),
        place._replace(framework="option-a"),
    ):
        assert asked(other)["assumptions"] != asked(place)["assumptions"]
    assert asked(place) == identity_of(question, [first, *others], {})


def test_another_program_is_refused() -> None:
    check_program(program(), program())
    for name in ("inspectsim", "rules", "numpy"):
        with pytest.raises(InputError, match=r"worker 3 of the cluster has .*: other, here it is"):
            check_program(program(), program() | {name: "other"}, "worker 3")
    with pytest.raises(InputError, match="none, here it is"):
        check_program(program(), {})
