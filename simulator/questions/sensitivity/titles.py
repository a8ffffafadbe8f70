"""Titles of the assumptions that can be varied, and their values in words."""

import math
from typing import Final

from simulator.inputs.evidence import ANY
from simulator.inspectorate.framework import parameters_of_clauses
from simulator.questions.sensitivity.assumptions import Assumption
from simulator.questions.sensitivity.found import CHANCE, OTHERS
from simulator.words.pools import inspectors_of
from simulator.words.wording import number, percent
from simulator.world.services import SERVICE_TITLES

_TITLES: Final[dict[str, str]] = {
    "population.successor_after_days": "days until a closed provider has a successor",
    "population.types.*.count": "number of providers of types without a record",
    "population.types.*.places": "children at providers of types without a record",
    "population.types.*.closures": "closures of providers other than children's homes",
    "quality.speed": "speed at which grades change",
    "quality.falls": "sudden falls to poor",
    "quality.found_out.after_poor": "improvement after being found poor",
    "quality.found_out.poor_months": "months of the strongest effect of being found poor",
    "quality.found_out.after_adequate": "improvement after being found adequate",
    "quality.found_out.adequate_months": "months of effect of being found poor or adequate",
    "quality.found_out.damping_to_excellent": "step from good to excellent after such a finding",
    "quality.new_manager.decline_multiplier": "decline under a new manager",
    "quality.new_manager.months": "months for which a manager is new",
    "quality.complacency.decline_multiplier": "decline after long without an inspection",
    "quality.complacency.after_months": "months without an inspection until then",
    "quality.improvement_plan.refused": "improvement plans refused",
    "quality.improvement_plan.improve_multiplier": "improvement while a plan runs",
    "quality.enforcement.improve_multiplier": "improvement under a notice",
    "quality.natural_shares": "share of poor without inspection",
    "quality.start_shares.*": "share of poor at the start, other types",
    "quality.entry_shares": "share of poor among new providers",
    "quality.strands.*.shared": "how far the strands of an authority's quality move together",
    "signals.complaints": "complaints",
    "signals.serious_concerns.poor": "serious concerns at poor providers",
    "signals.serious_concerns": "serious concerns at providers that are not poor",
    "signals.manager_changes": "changes of manager",
    "signals.self_assessments.noise": "noise of self-assessments",
    "signals.self_assessments.optimism": "optimism of self-assessments",
    "signals.self_assessments.not_produced": "self-assessments not produced",
    "signals.self_assessments.misleading": "misleading self-assessments",
    "signals.user_survey.noise": "noise of users' opinions",
    "capacity.deployable_days_per_fte_year": "deployable days of an inspector a year",
    "capacity.pools.*.fte": "number of inspectors, other pools",
    "costs.cost_per_inspector_day": "cost of an inspector-day",
    "costs.cost_per_provider_day": "cost of a day of a provider's staff",
    "costs.provider_days_to_prepare": "days of a provider's staff around an inspection",
    "costs.provider_days_per_questionnaire": "days of a provider's staff for a questionnaire",
    "costs.provider_days_per_self_assessment": "days of a provider's staff for a self-assessment",
    "costs.provider_days_per_improvement_plan": "days of a provider's staff for an improvement plan",
    "costs.enforcement": "cost of the steps of enforcement",
    "costs.provider_days_per_inspector_day": "days of a provider's staff for each inspector-day",
    **{key: parameter.title for key, parameter in parameters_of_clauses().items() if parameter.title},
    OTHERS: "all other assumptions together",
    CHANCE: "chance (which replication)",
}
"""By key; in keys of frameworks, whose models declare their titles, ``*`` stands for the name of a clause."""

_OF_TYPE: Final[dict[str, str]] = {
    "count": "number of {}",
    "places": "children at {}",
    "closures": "closures of {}",
    "start_shares": "share of poor at the start, {}",
    "natural_shares": "share of poor without inspection, {}",
    "entry_shares": "share of poor among new {}",
}
_SEVERAL: Final = ("kinds", "rules", "triggers", "reinspections", "samples", "assessments")
"""Sections of a framework with several clauses, whose name is shown."""


def title_of_assumption(key: str) -> str:
    """Name an assumption for people, within a sentence; its key where there are no words for it."""
    if key in _TITLES:
        return _TITLES[key]
    names = key.split(".")
    for part in (names[-1], names[1] if len(names) > 1 else ""):
        if part in _OF_TYPE and (of := next((SERVICE_TITLES[kind] for kind in names if kind in SERVICE_TITLES), None)):
            return _OF_TYPE[part].format(of)
    if key.startswith("capacity.pools."):
        return f"number of {inspectors_of(names[2])}"
    section, *middle, name = names
    said = _TITLES.get(f"{section}.{ANY}.{name}") or _TITLES.get(".".join([*names[:2], ANY, name]))
    if said is None:
        return key
    return f"{said} ({'.'.join(middle)})" if section in _SEVERAL else said


def value_told(assumption: Assumption, position: float) -> str:
    """Describe the position of an assumption: its value, its factor, or its place in its range."""
    if not assumption.alike:
        return {0.0: "lower end", 1.0: "upper end"}.get(position, f"{percent(position)} of the way up the range")
    value = three_figures(assumption.at(position))
    return f"× {value}" if assumption.is_factor else value


def range_told(assumption: Assumption) -> str:
    """Describe the range of an assumption, and its default."""
    if not assumption.alike:
        return "each within its own range"
    ends = f"{value_told(assumption, 0.0)} to {three_figures(assumption.at(1.0))}"
    given = assumption.given
    return ends if given is None or assumption.is_factor else f"{ends}, default {three_figures(given)}"


def three_figures(value: float) -> str:
    """Write a number with three figures that count, or all that it has before the point, and no needless zeros."""
    if not value:
        return "0"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if decimals else text
