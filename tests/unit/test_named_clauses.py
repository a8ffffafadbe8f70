"""One declaration for each clause of a framework: none can be without numbers, words, or a place in the template."""

from typing import Annotated

import pytest
from pydantic import Field

from simulator.frameworks.clause_words import check_words, words
from simulator.frameworks.own import own_framework
from simulator.frameworks.schema import framework_schema
from simulator.inputs.parameter import Parameter
from simulator.inspectorate.framework import (
    NAMED_CLAUSES,
    Framework,
    clauses,
    load_framework,
    named_clauses,
    parameters_of_clauses,
    shipped_frameworks,
)
from simulator.inspectorate.named_clauses import NamedClauses, concerned, models_in, sections_of
from simulator.inspectorate.overall_judgements import OVERALL_JUDGEMENTS, OverallJudgement
from simulator.inspectorate.policy import POLICY
from simulator.inspectorate.samples import SAMPLES, Sample
from simulator.inspectorate.sources import Sourced


class Boycott(Sourced):
    """A clause of which nobody has thought of words."""

    days: int = 1
    """How long it lasts."""


class WithBoycotts(Framework):
    """A framework with a section more."""

    boycotts: Annotated[dict[str, Boycott], OVERALL_JUDGEMENTS] = Field(default_factory=dict)
    """Boycotts, by a name of their own."""


class WithoutDescription(Framework):
    """A framework with a section that says nothing of itself."""

    more: Annotated[dict[str, OverallJudgement], OVERALL_JUDGEMENTS] = Field(default_factory=dict)


def test_a_clause_without_words_cannot_exist() -> None:
    assert list(sections_of(WithBoycotts)) == [*NAMED_CLAUSES, "boycotts"]
    with pytest.raises(TypeError, match="boycotts: Boycott has no words"):
        check_words(WithBoycotts)
    boycott = Boycott.model_validate({"source": {"assumption": "ours"}})
    with pytest.raises(TypeError, match="Boycott has no words"):
        words(boycott, load_framework("2006-regime"))
    with pytest.raises(TypeError, match="Boycott is of no service type"):
        concerned(boycott)


def test_a_section_that_the_template_could_not_head_cannot_exist() -> None:
    with pytest.raises(TypeError, match="more has no description"):
        check_words(WithoutDescription)


@pytest.mark.parametrize("section", NAMED_CLAUSES)
def test_every_clause_has_words_numbers_and_a_place_in_the_schema(section: str) -> None:
    models = models_in(Framework.model_fields[section])
    assert all(issubclass(model, Sourced) and words.dispatch(model) is not words.dispatch(object) for model in models)
    declared = NAMED_CLAUSES[section]
    assert {name for name, *_ in declared.fields} <= set(POLICY.names or ())
    schema = framework_schema()
    assert section in schema["properties"]
    assert {model.__name__ for model in models} <= set(schema["$defs"])


def test_no_two_sections_write_the_same_numbers() -> None:
    fields = [name for declared in NAMED_CLAUSES.values() for name, *_ in declared.fields]
    assert len(fields) == len(set(fields))
    assert len(set(POLICY.names or ()) - set(fields)) == 14  # of the kinds of inspection


def test_the_shipped_frameworks_have_a_clause_of_every_model_in_template_and_words() -> None:
    met = set()
    for name in shipped_frameworks():
        framework = load_framework(name)
        text = own_framework("mine", framework, name)
        for section, clause_name, clause in named_clauses(framework):
            assert f"[{section}.{clause_name}]" in text
            assert words(clause, framework).heading
            met.add(type(clause))
    models = {model for section in NAMED_CLAUSES for model in models_in(Framework.model_fields[section])}
    assert {model.__name__ for model in models - met} <= {"OverallJudgement", "Severity"}


def test_a_clause_with_numbers_says_how_many_one_service_type_may_have() -> None:
    assert isinstance(SAMPLES, NamedClauses)
    assert models_in(Framework.model_fields["samples"]) == (Sample,)
    numbered = {section for section, declared in NAMED_CLAUSES.items() if declared.most}
    assert numbered == {"rules", "samples", "severity"}
    assert {section for section, declared in NAMED_CLAUSES.items() if not declared.event} == numbered


def test_a_value_has_the_title_of_its_field_and_the_unit_of_its_type() -> None:
    declared = parameters_of_clauses()
    assert declared["triggers.*.within_days"] == Parameter("days allowed for a visit after news", "days")
    assert declared["kinds.*.priority"] == Parameter("", "rank, 1 first")
    assert declared["rules.*.last_days_free"].title  # declared by one of the three forms
    assert declared["rules.*.from"].unit == "date"
    assert declared["triggers.*.signal"] == Parameter()


@pytest.mark.parametrize("name", shipped_frameworks())
def test_every_number_that_may_be_varied_has_a_title(name: str) -> None:
    for key, clause in clauses(load_framework(name)):
        for varied in clause.source.vary:
            assert clause.parameters()[varied].unit, key
            assert parameters_of_clauses()[f"{key.split('.')[0]}.*.{varied}"].title, key
