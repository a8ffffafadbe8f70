"""A framework: which providers are inspected, how, how often, and what each kind of inspection takes.

A framework is a file, ``scenarios/frameworks/NAME.toml`` or one of your own, in which every rule says where it
comes from. `Framework` lists its sections: kinds of inspection (`simulator.inspectorate.kind_of_inspection`), and
clauses with names of their own (`simulator.inspectorate.named_clauses`), each in a module of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from simulator.inputs.messages import InputError, from_validation
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import in_one_line
from simulator.inspectorate.assessments import ASSESSMENTS, SELF_ASSESSMENTS, Assessment, SelfAssessment
from simulator.inspectorate.authority_rules import ALIGNMENTS, INCLUSIONS, Alignment, Inclusion
from simulator.inspectorate.clause_values import Kind
from simulator.inspectorate.enforcement import ENFORCEMENT, IMPROVEMENT_PLANS, Enforcement, ImprovementPlan
from simulator.inspectorate.first_inspections import FIRST_INSPECTIONS, FirstInspection
from simulator.inspectorate.framework_checks import problems
from simulator.inspectorate.framework_layers import (
    Extended,
    Layer,
    framework_file,
    laid,
    layers_below,
    layers_in,
    layers_of,
    shipped_frameworks,
)
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.inspectorate.named_clauses import models_in, sections_of
from simulator.inspectorate.overall_judgements import OVERALL_JUDGEMENTS, OverallJudgement
from simulator.inspectorate.reinspections import REINSPECTIONS, Reinspection
from simulator.inspectorate.rules import Interval, Round, Rule, Visits
from simulator.inspectorate.rules_policy import RULES
from simulator.inspectorate.samples import SAMPLES, Sample
from simulator.inspectorate.severity import SEVERITY, Severity
from simulator.inspectorate.sources import Clause, Said, Sourced
from simulator.inspectorate.targeting import TARGETING, Targeting
from simulator.inspectorate.titles import Title
from simulator.inspectorate.triggers import TRIGGERS, Trigger


class GradeNames(Clause):
    """What a framework calls the four grades."""

    excellent: Said = "excellent"
    good: Said = "good"
    adequate: Said = "adequate"
    poor: Said = "poor"


class Framework(Clause):
    """A framework of inspection, checked as a whole: no rule asks for what its kinds of inspection cannot do."""

    name: Annotated[str, Field(exclude=True)]
    """Name of its file, without the ending."""
    title: Annotated[Said, AfterValidator(in_one_line)]
    """Short title."""
    plural: Annotated[bool, Field(exclude_if=lambda is_plural: not is_plural)] = False
    """Whether the title is in the plural, so that sentences about it have plural verbs. It belongs to the title: a
    file with its own title does not inherit it."""
    summary: Said
    """One plain sentence on what it is."""
    grade_names: GradeNames = GradeNames()
    """What it calls the four grades."""
    packages: Annotated[tuple[Said, ...], Field(strict=False, exclude_if=lambda packages: not packages)] = ()
    """Titles of the packages of clauses that it carries. They follow from what it extends: no file of your own names
    them."""
    kinds: dict[Kind, KindOfInspection]
    """Kinds of inspection that it has."""
    rules: Annotated[dict[str, Rule], RULES]
    """Statutory rules, by a name of their own."""
    first_inspections: Annotated[dict[str, FirstInspection], FIRST_INSPECTIONS] = Field(default_factory=dict)
    """First inspections of newly registered providers, by a name of their own."""
    reinspections: Annotated[dict[str, Reinspection], REINSPECTIONS] = Field(default_factory=dict)
    """Re-inspections after a bad judgement, by a name of their own."""
    triggers: Annotated[dict[str, Trigger], TRIGGERS] = Field(default_factory=dict)
    """What news of a provider does, by a name of their own."""
    samples: Annotated[dict[str, Sample], SAMPLES] = Field(default_factory=dict)
    """Inspections on a sample basis, by a name of their own."""
    targeting: Annotated[dict[str, Targeting], TARGETING] = Field(default_factory=dict)
    """Visits to whom they are worth most, whenever inspectors are free, by a name of their own."""
    overall_judgements: Annotated[dict[str, OverallJudgement], OVERALL_JUDGEMENTS] = Field(default_factory=dict)
    """How strands are judged as one, by a name of their own; by best fit where nothing is said."""
    severity: Annotated[dict[str, Severity], SEVERITY] = Field(default_factory=dict)
    """How much harder or softer inspectors judge between two dates, by a name of their own."""
    assessments: Annotated[dict[str, Assessment], ASSESSMENTS] = Field(default_factory=dict)
    """Yearly risk assessments, by a name of their own; without one the rating is the last judgement."""
    self_assessments: Annotated[dict[str, SelfAssessment], SELF_ASSESSMENTS] = Field(default_factory=dict)
    """Yearly self-assessments that providers must produce, by a name of their own."""
    alignments: Annotated[dict[str, Alignment], ALIGNMENTS] = Field(default_factory=dict)
    """Services of one authority that are inspected at the same time, by a name of their own."""
    inclusions: Annotated[dict[str, Inclusion], INCLUSIONS] = Field(default_factory=dict)
    """Services that are inspected as part of an authority's inspection, by a name of their own."""
    improvement_plans: Annotated[dict[str, ImprovementPlan], IMPROVEMENT_PLANS] = Field(default_factory=dict)
    """Improvement plans asked of providers not good, by a name of their own."""
    enforcement: Annotated[dict[str, Enforcement], ENFORCEMENT] = Field(default_factory=dict)
    """Escalating tariffs of enforcement, by a name of their own; nothing escalates where none is given."""

    @model_validator(mode="after")
    def _title_knows_its_grammar(self) -> Self:
        object.__setattr__(self, "title", Title(self.title, self.plural))  # the model is frozen only for its users
        object.__setattr__(self, "packages", tuple(map(Title, self.packages)))
        return self

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        found = problems(self)
        if found:
            raise ValueError("\n".join(found))
        return self

    def covers(self, service_type: str) -> bool:
        """Whether a rule says how often this service type is inspected, or the inspection of its authority covers it.

        A rule that is not statutory and has a priority of its own does not: it adds, at the inspectorate's discretion.
        """
        return self.covers_by_authority(service_type) or any(
            service_type in rule.types and (rule.statutory or rule.priority is None) for rule in self.rules.values()
        )

    @property
    def pools(self) -> set[str]:
        """Names of the pools that do something under it."""
        return {
            *(kind.pool for kind in self.kinds.values()),
            *(assessment.pool for assessment in self.assessments.values()),
            *(written.pool for written in self.self_assessments.values()),
        }

    def covers_by_authority(self, service_type: str) -> bool:
        """Whether the inspection of its local authority covers this service type."""
        return any(service_type in inclusion.covers for inclusion in self.inclusions.values())


NAMED_CLAUSES: Final = sections_of(Framework)
"""Sections whose tables have names of their own: one given again replaces the whole of the old one."""


@cache
def parameters_of_clauses() -> dict[str, Parameter]:
    """Return what is declared of the values of clauses and kinds of inspection, by key: ``rules.*.months``.

    A value that several forms of a clause have is declared in one of them.
    """
    found: dict[str, Parameter] = {}
    for section in ("kinds", *NAMED_CLAUSES):
        for model in models_in(Framework.model_fields[section]):
            for name, parameter in model.parameters().items():
                before = found.get(key := f"{section}.*.{name}", parameter)
                found[key] = Parameter(before.title or parameter.title, before.unit or parameter.unit)
    return found


def clauses(framework: Framework) -> Iterator[tuple[str, Sourced]]:
    """Return every part of a framework that has a source, by its dotted key."""
    for section in type(framework).model_fields:
        value = getattr(framework, section)
        if isinstance(value, Sourced):
            yield section, value
        elif isinstance(value, Mapping):
            yield from ((f"{section}.{name}", part) for name, part in value.items() if isinstance(part, Sourced))


def named_clauses(framework: Framework) -> Iterator[tuple[str, str, Sourced]]:
    """Return every clause that has a name of its own: section, name, clause."""
    for section in NAMED_CLAUSES:
        yield from ((section, name, clause) for name, clause in getattr(framework, section).items())


def load_framework(name_or_path: str | Path) -> Framework:
    """Read a framework.

    What it extends is read first, from left to right if that is a list
    (`simulator.inspectorate.framework_layers`). Over that its own tables are laid: a rule, first inspection,
    re-inspection or trigger given again replaces the whole old one of that name; a kind of inspection changes only
    in what is given, and its source then says which file gave that; ``leaves_out = ["triggers.complaint"]`` takes a
    clause away.

    Parameters
    ----------
    name_or_path
        A name in `shipped_frameworks`, or the path of a TOML file.

    Raises
    ------
    InputError
        If it cannot be found, read or understood: with file, key, what was given and what is allowed.
    """
    path = framework_file(str(name_or_path))
    file = path.name if str(name_or_path) in shipped_frameworks() else str(path)
    return _laid_over(layers_of(path), path.stem, file)


def framework_in(content: bytes, name: str) -> Framework:
    """Read a framework from the content of a file; it may extend shipped files, by their names, and no others.

    Parameters
    ----------
    content
        Of a TOML file.
    name
        What the framework is called.

    Raises
    ------
    InputError
        If it cannot be understood, or extends something else: as `load_framework` says it.
    """
    file = f"{name}.toml"
    return _laid_over(layers_in(content, file), name, file)


def extended_by(extends: Extended, file: Path) -> Framework:
    """Return what a file extends as a framework by itself, its packages laid over the rest.

    Parameters
    ----------
    extends
        As the file names it: a name or a path, or a list of them.
    file
        Where the file lies.

    Raises
    ------
    InputError
        If it cannot be found or read, or is no framework without the file: a file of clauses alone.
    """
    names = [extends] if isinstance(extends, str) else extends
    return _laid_over(layers_below(extends, file), Path(names[0]).stem, " with ".join(names))


def _laid_over(layers: Sequence[Layer], name: str, file: str) -> Framework:
    """Make a framework of layers, the eldest first."""
    table = laid(layers, NAMED_CLAUSES, file)
    if "name" in table:
        raise InputError(f'{file}: name: unknown key; a framework is called as its file is, here "{name}"')
    try:
        return Framework.model_validate(table | {"name": name})
    except ValidationError as error:
        raise from_validation(error, file, Framework) from error


__all__ = [
    "NAMED_CLAUSES",
    "Alignment",
    "Assessment",
    "Enforcement",
    "FirstInspection",
    "Framework",
    "GradeNames",
    "ImprovementPlan",
    "Inclusion",
    "Interval",
    "KindOfInspection",
    "OverallJudgement",
    "Reinspection",
    "Round",
    "Rule",
    "Sample",
    "SelfAssessment",
    "Severity",
    "Targeting",
    "Trigger",
    "Visits",
    "clauses",
    "extended_by",
    "framework_in",
    "load_framework",
    "named_clauses",
    "parameters_of_clauses",
    "shipped_frameworks",
]
