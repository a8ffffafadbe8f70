"""What is asked on the form Compare options reaches the simulation, field by field, and nothing else does."""

import pytest

from simulator.page import compare_asked
from simulator.page.compare_run import question_of
from simulator.page.fields import NumberField
from simulator.page.page_scenario import SCENARIO
from simulator.page.run_store import Inputs
from simulator.running.question import Question, posed
from simulator.scenario.scenario import load_scenario
from simulator.words.assumptions import plain

FIELDS = compare_asked.number_fields()


def inputs(**typed: str | list[str]) -> Inputs:
    form = {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
    asked, problems = compare_asked.read(compare_asked.fields_by_default() | form, 10**9)
    assert problems == {}
    return asked


def told(question: Question) -> tuple[object, ...]:
    frameworks = [each.model_dump_json(by_alias=True) for each in question.frameworks]
    changes = [each.framework.model_dump_json(by_alias=True) for each in question.changes if each.framework]
    return question.scenario.settings(), frameworks, changes


def test_the_form_as_it_begins_asks_what_the_scenario_asks() -> None:
    scenario = load_scenario(SCENARIO)
    fixed = scenario.changed({"run": {"replications": scenario.run.replications}}, "the form, which asks for a number")
    assert told(question_of(inputs())) == told(posed(fixed))


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("end", ["low", "high"])
def test_every_field_moves_something_and_both_ends_of_its_range_can_be_run(name: str, end: str) -> None:
    value = plain(getattr(FIELDS[name], end))
    assert told(question_of(inputs(**{name: value}))) != told(question_of(inputs()))


def test_noise_is_multiplied_in_every_framework_of_the_run_and_its_source_says_so() -> None:
    question = question_of(inputs(noise="2"))
    usual_one = question_of(inputs())
    for one, other in zip(question.frameworks, usual_one.frameworks, strict=True):
        for name, kind in one.kinds.items():
            assert kind.sigma == 2 * other.kinds[name].sigma
            assert "2 times" in kind.source.given_by["sigma"]
    warm_up, usual = question.warm_up, usual_one.warm_up
    assert warm_up is not None
    assert usual is not None
    assert warm_up.kinds["key"].sigma == 2 * usual.kinds["key"].sigma


def test_shares_of_poor_are_multiplied_and_still_add_up() -> None:
    before, after = (question_of(inputs(poor=poor)).scenario.quality for poor in ("15", "18"))
    assert after.start_shares["childrens_home"].poor == pytest.approx(0.18)
    for section in ("natural_shares", "start_shares", "entry_shares"):
        for name, shares in getattr(after, section).items():
            assert shares.poor == pytest.approx(1.2 * getattr(before, section)[name].poor)
            assert sum(shares.model_dump().values()) == pytest.approx(1)


def test_what_was_asked_fills_the_form_again() -> None:
    asked = inputs(frameworks=["option-b", "cyclic"], baseline="cyclic", years="3", noise="0.5")
    again, problems = compare_asked.read(compare_asked.fields_of(asked), 10**9)
    assert problems == {}
    assert again == asked


def test_a_run_too_large_is_refused_with_a_number_that_fits() -> None:
    typed = compare_asked.fields_by_default() | {"replications": ["100"]}
    _, problems = compare_asked.read(typed, 1560)
    assert "Enter 20 replications or fewer" in problems["replications"]
    _, problems = compare_asked.read(typed | {"replications": ["20"]}, 1560)
    assert problems == {}


@pytest.mark.parametrize(
    ("given", "told_as"),
    [
        ("", "Enter years, 1 to 20 years"),
        ("2.5", "Years must be a whole number, such as 10"),
        ("21", "Years must be 1 to 20 years"),
        ("-1", "Years must be 1 to 20 years"),
        ("12345678901", "Years must be 1 to 20 years"),
        ("nan", "Years must be a whole number, such as 10"),
    ],
)
def test_what_is_wrong_with_a_number_is_said_with_what_to_do(given: str, told_as: str) -> None:
    field = NumberField("years", "Years", "years", 1, 20, 10, "", whole=True)
    problems: dict[str, str] = {}
    field.read({"years": [given]}, problems)
    assert problems == {"years": told_as}


@pytest.mark.parametrize("given", ["1,000", " 1000 ", "1000.0", "1000%"])
def test_a_number_may_be_written_in_the_usual_ways(given: str) -> None:
    problems: dict[str, str] = {}
    assert NumberField("x", "X", "pounds", 0, 2000, 1, "", whole=True).read({"x": [given]}, problems) == 1000
    assert problems == {}
