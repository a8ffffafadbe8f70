"""A framework as numbers: one record that the handlers look rules up in.

`POLICY` has one row per framework of a run's timeline. Its nested tables are indexed by service type
(in the order of `SERVICE_TYPES`), kind of inspection (`KINDS`), rule and rating (0 not yet graded, 1 poor
to 4 excellent); all times are ticks.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.inputs.messages import InputError
from simulator.inspectorate.assessment_policy import ASSESSMENT_FIELDS, KEPT_FIELDS, let_believe, write_assessments
from simulator.inspectorate.authority_policy import write_alignment, write_inclusion
from simulator.inspectorate.enforcement import ENFORCEMENT_FIELDS, write_enforcement, write_improvement_plan
from simulator.inspectorate.framework import (
    FirstInspection,
    Framework,
    Interval,
    Reinspection,
    Round,
    Rule,
    Trigger,
    Visits,
)
from simulator.inspectorate.kinds import DESK, KINDS, RATINGS
from simulator.inspectorate.rules import MONTHS_OF_YEAR
from simulator.inspectorate.severity import SEVERITY_FIELDS, write_severity
from simulator.inspectorate.targeting import TARGETING_FIELDS, write_targeting
from simulator.ticks import DAYS_PER_YEAR, MONTHS, NEVER, TICKS_PER_DAY, tick_of
from simulator.world.services import AUTHORITY_SERVICES, SERVICE_TYPES

TYPE_COUNT: Final = 13
KIND_COUNT: Final = 12
RULES_PER_TYPE: Final = 3
SAMPLES_PER_TYPE: Final = 3
ROUNDS: Final = 256
"""Rounds of one rule that are looked ahead."""
GRADES: Final = 5

# forms of a statutory rule
NO_RULE: Final = 0
VISITS: Final = 1
INTERVAL: Final = 2
ROUND: Final = 3

# forms of a sample
BY_SHARE: Final = 1
BY_NUMBER: Final = 2

# what a concern does
NOTHING: Final = 0
MOVE: Final = 1
ADD: Final = 2

# signals of a provider
SIGNALS: Final = ("complaint", "serious_concern", "new_manager", "breach")
CAUSES: Final = (*SIGNALS, "declined")
"""What may trigger an inspection: the signals, which assessments count too, and what an inspection itself says."""
SERIOUS_CONCERN: Final = SIGNALS.index("serious_concern")
NEW_MANAGER: Final = SIGNALS.index("new_manager")
BREACH: Final = SIGNALS.index("breach")
DECLINE_SAID: Final = CAUSES.index("declined")

# how far a move reaches where no visit of the year is left
REACHES: Final = ("this_year", "next_year", "into_this_year")
THIS_YEAR: Final = REACHES.index("this_year")
NEXT_YEAR: Final = REACHES.index("next_year")

NO_KIND: Final = -1
"""In place of a kind of inspection: none."""

TICKS_PER_MONTH: Final = TICKS_PER_DAY * DAYS_PER_YEAR / 12

POLICY: Final = np.dtype(
    (
        np.record,
        [
            # statutory rules
            ("kept", "i8", (TYPE_COUNT, RULES_PER_TYPE)),  # 1 if the framework before had the same rule
            ("form", "i8", (TYPE_COUNT, RULES_PER_TYPE)),
            ("kind", "i8", (TYPE_COUNT, RULES_PER_TYPE)),
            ("statutory", "i8", (TYPE_COUNT, RULES_PER_TYPE)),
            ("rule_priority", "i8", (TYPE_COUNT, RULES_PER_TYPE)),
            ("satisfied_by", "i8", (TYPE_COUNT, RULES_PER_TYPE, KIND_COUNT)),
            ("visits", "f8", (TYPE_COUNT, RULES_PER_TYPE, GRADES)),
            ("spacing", "i8", (TYPE_COUNT, RULES_PER_TYPE)),
            ("profile", "f8", (TYPE_COUNT, RULES_PER_TYPE, 13)),
            ("correlation", "f8", (TYPE_COUNT, RULES_PER_TYPE)),
            ("days_free", "i8", (TYPE_COUNT, RULES_PER_TYPE)),
            ("near", "i8", (TYPE_COUNT, RULES_PER_TYPE)),  # before the year's end
            ("held_all_year", "i8", (TYPE_COUNT, RULES_PER_TYPE)),  # 1 if the rating on 1 April says what is owed
            # month, 1 for April, before which a first inspection leaves all owed; 0: pro rata from registration
            ("whole_if_before", "i8", (TYPE_COUNT, RULES_PER_TYPE)),
            ("interval", "i8", (TYPE_COUNT, RULES_PER_TYPE, GRADES)),
            ("catch_up", "i8", (TYPE_COUNT, RULES_PER_TYPE)),
            ("available_share", "f8", (TYPE_COUNT, RULES_PER_TYPE)),
            ("round_from", "i8", (TYPE_COUNT, RULES_PER_TYPE, ROUNDS)),
            ("round_until", "i8", (TYPE_COUNT, RULES_PER_TYPE, ROUNDS)),
            # newly registered
            ("first_kind", "i8", (TYPE_COUNT,)),
            ("first_not_before", "i8", (TYPE_COUNT,)),
            ("first_within", "i8", (TYPE_COUNT,)),
            ("first_statutory", "i8", (TYPE_COUNT,)),
            # re-inspection after a judgement
            ("again", "i8", (TYPE_COUNT, GRADES)),
            ("again_after_kind", "i8", (TYPE_COUNT, GRADES, KIND_COUNT)),  # 1 if its judgement calls for another
            ("again_kind", "i8", (TYPE_COUNT, GRADES)),
            ("again_not_before", "i8", (TYPE_COUNT, GRADES)),
            ("again_within", "i8", (TYPE_COUNT, GRADES)),
            ("again_counts", "i8", (TYPE_COUNT, GRADES)),
            ("again_statutory", "i8", (TYPE_COUNT, GRADES)),
            ("again_priority", "i8", (TYPE_COUNT, GRADES)),
            ("look_kind", "i8", (TYPE_COUNT, GRADES)),  # of a visit made before it, NO_KIND if there is none
            ("look_probability", "f8", (TYPE_COUNT, GRADES)),
            ("look_not_before", "i8", (TYPE_COUNT, GRADES)),
            ("look_within", "i8", (TYPE_COUNT, GRADES)),
            ("after_look_not_before", "i8", (TYPE_COUNT, GRADES)),
            ("after_look_within", "i8", (TYPE_COUNT, GRADES)),
            # triggers
            ("response", "i8", (TYPE_COUNT, len(CAUSES))),
            ("response_probability", "f8", (TYPE_COUNT, len(CAUSES))),
            ("response_kind", "i8", (TYPE_COUNT, len(CAUSES))),  # added, NO_KIND if none is
            ("response_moves", "i8", (TYPE_COUNT, len(CAUSES), KIND_COUNT)),  # 1 if it may move inspections of the kind
            ("response_reaches", "i8", (TYPE_COUNT, len(CAUSES))),  # how far, by `REACHES`
            ("response_delay", "i8", (TYPE_COUNT, len(CAUSES))),
            ("response_within", "i8", (TYPE_COUNT, len(CAUSES))),
            # overall judgement of several strands
            ("limiting", "i8", (TYPE_COUNT,)),
            # services of one authority made at the same time, and those that an inspection of the whole covers
            ("aligned", "i8", (TYPE_COUNT, TYPE_COUNT)),
            ("aligned_kind", "i8", (TYPE_COUNT, KIND_COUNT)),
            ("aligned_within", "i8", (TYPE_COUNT,)),
            ("aligned_saving", "f8", (TYPE_COUNT,)),
            ("includes", "i8", (KIND_COUNT, len(AUTHORITY_SERVICES))),
            # samples
            ("sample_kept", "i8", (TYPE_COUNT, SAMPLES_PER_TYPE)),  # 1 if the framework before had the same sample
            ("sampled", "i8", (TYPE_COUNT, SAMPLES_PER_TYPE)),
            ("sample_kind", "i8", (TYPE_COUNT, SAMPLES_PER_TYPE)),
            ("sample_share", "f8", (TYPE_COUNT, SAMPLES_PER_TYPE, GRADES)),
            ("sample_least", "i8", (TYPE_COUNT, SAMPLES_PER_TYPE)),
            ("sample_most", "i8", (TYPE_COUNT, SAMPLES_PER_TYPE)),
            *TARGETING_FIELDS,
            *ENFORCEMENT_FIELDS,
            # kinds of inspection
            ("effort", "f8", (KIND_COUNT, TYPE_COUNT)),
            ("effort_spread", "f8", (KIND_COUNT,)),
            ("team", "i8", (KIND_COUNT,)),
            ("grades", "i8", (KIND_COUNT,)),
            ("direction", "i8", (KIND_COUNT,)),
            ("visits_there", "i8", (KIND_COUNT,)),  # 1 if it goes to the provider: all but work at the desk
            ("sigma", "f8", (KIND_COUNT,)),
            ("detects", "i8", (KIND_COUNT,)),
            ("priority", "i8", (KIND_COUNT,)),
            ("counts", "i8", (KIND_COUNT,)),
            ("lapse", "i8", (KIND_COUNT,)),  # after the date on which it was wanted, where it is not statutory
            ("pool", "i8", (KIND_COUNT,)),  # the first part of it, if it is regional
            ("regional", "i8", (KIND_COUNT,)),  # 1 if each region has a part of the pool
            *SEVERITY_FIELDS,
            *ASSESSMENT_FIELDS,
        ],
    )
)


def policy_of(framework: Framework, pools: Sequence[str], epoch: date) -> np.void:
    """Turn a framework into one `POLICY` record.

    Parameters
    ----------
    framework : Framework
        The rules, as written in its file.
    pools : sequence of str
        Names of the inspector pools, in the order of their codes: that of a regional one for each of its parts.
    epoch : date
        Day of tick 0.

    Raises
    ------
    InputError
        If a kind of inspection names a pool that the scenario does not have.
    """
    policy: np.void = np.zeros(1, dtype=POLICY)[0]
    _write_kinds(policy, framework, pools)
    _write_rules(policy, framework, epoch)
    for first in framework.first_inspections.values():
        _write_first(policy, first)
    for again in framework.reinspections.values():
        _write_reinspection(policy, again, framework)
    for trigger in framework.triggers.values():
        _write_trigger(policy, trigger)
    for overall in framework.overall_judgements.values():
        for name in overall.types:
            policy["limiting"][SERVICE_TYPES.index(name)] = overall.by == "limiting"
    write_severity(policy, framework.severity.values(), framework.kinds, epoch)
    _write_samples(policy, framework)
    for targeting in framework.targeting.values():
        write_targeting(policy, targeting, framework.kinds[targeting.kind].priority)
    write_assessments(policy, framework, pools)
    for alignment in framework.alignments.values():
        write_alignment(policy, alignment)
    for inclusion in framework.inclusions.values():
        write_inclusion(policy, inclusion)
    for plan in framework.improvement_plans.values():
        write_improvement_plan(policy, plan)
    for tariff in framework.enforcement.values():
        write_enforcement(policy, tariff, epoch)
    return policy


RULE_FIELDS: Final = (
    "form",
    "kind",
    "statutory",
    "rule_priority",
    "satisfied_by",
    "visits",
    "spacing",
    "profile",
    "correlation",
    "days_free",
    "near",
    "held_all_year",
    "whole_if_before",
    "interval",
    "catch_up",
    "available_share",
    "round_from",
    "round_until",
)
SAMPLE_FIELDS: Final = ("sampled", "sample_kind", "sample_share", "sample_least", "sample_most")


def policies_of(timeline: Sequence[Framework], pools: Sequence[str], epoch: date) -> npt.NDArray[np.void]:
    """Turn the frameworks of a timeline into a table of `POLICY`, and mark the rules and samples that each keeps."""
    policies = np.array([policy_of(framework, pools, epoch) for framework in timeline], dtype=POLICY)
    for before, after in pairwise(policies):
        for at in np.ndindex(TYPE_COUNT, RULES_PER_TYPE):
            after["kept"][at] = _is_same(before, after, RULE_FIELDS, at)
        for at in np.ndindex(TYPE_COUNT, SAMPLES_PER_TYPE):
            after["sample_kept"][at] = _is_same(before, after, SAMPLE_FIELDS, at)
        for each in range(TYPE_COUNT):
            after["assessment_kept"][each] = _is_same(before, after, KEPT_FIELDS, (each,))
    let_believe(policies)
    return policies


def _is_same(before: np.void, after: np.void, fields: Sequence[str], at: tuple[int, ...]) -> bool:
    return all(np.array_equal(before[field][at], after[field][at]) for field in fields)


def _write_kinds(policy: np.void, framework: Framework, pools: Sequence[str]) -> None:
    for name, kind in framework.kinds.items():
        if kind.pool not in pools:
            raise InputError(
                f'framework "{framework.name}": kinds.{name}.pool is "{kind.pool}", '
                f"but the scenario has only these pools: {', '.join(dict.fromkeys(pools))}"
            )
        k = KINDS.index(name)
        for service_type, days in kind.effort_days.items():
            policy["effort"][k, SERVICE_TYPES.index(service_type)] = days
        policy["effort_spread"][k] = kind.effort_spread
        policy["team"][k] = kind.team
        policy["grades"][k] = kind.grades
        policy["direction"][k] = kind.direction
        policy["visits_there"][k] = k != DESK
        policy["sigma"][k] = kind.sigma
        policy["detects"][k] = kind.detects
        policy["priority"][k] = kind.priority
        policy["counts"][k] = kind.counts
        policy["lapse"][k] = kind.lapse_days * TICKS_PER_DAY
        policy["pool"][k] = pools.index(kind.pool)
        policy["regional"][k] = pools.count(kind.pool) > 1


def in_order(framework: Framework) -> list[Rule]:
    """Return the rules in an order of their own, whatever that in the file: a child file cannot move its parent's.

    By kind of inspection, statutory ones first, then by name.
    """
    rules = framework.rules
    names = sorted(rules, key=lambda name: (KINDS.index(rules[name].kind), not rules[name].statutory, name))
    return [rules[name] for name in names]


def _write_rules(policy: np.void, framework: Framework, epoch: date) -> None:
    used = dict.fromkeys(SERVICE_TYPES, 0)
    for rule in in_order(framework):
        for name in rule.types:
            at = (SERVICE_TYPES.index(name), used[name])
            used[name] += 1
            policy["kind"][at] = KINDS.index(rule.kind)
            policy["statutory"][at] = rule.statutory
            policy["rule_priority"][at] = rule.priority or framework.kinds[rule.kind].priority
            for kind in framework.kinds_satisfying(rule):
                policy["satisfied_by"][at][KINDS.index(kind)] = 1
            match rule:
                case Visits():
                    _write_visits(policy, at, rule)
                case Interval():
                    policy["form"][at] = INTERVAL
                    policy["interval"][at] = _ticks_by_rating(rule.months.model_dump())
                    policy["available_share"][at] = rule.available_share
                    policy["days_free"][at] = rule.last_days_free * TICKS_PER_DAY
                    policy["catch_up"][at] = rule.catch_up_days * TICKS_PER_DAY
                case Round():
                    policy["form"][at] = ROUND
                    _write_rounds(policy, at, rule, epoch)
                    policy["days_free"][at] = rule.last_days_free * TICKS_PER_DAY


def _write_visits(policy: np.void, at: tuple[int, int], rule: Visits) -> None:
    policy["form"][at] = VISITS
    policy["visits"][at] = [rule.per_year.model_dump()[rating] for rating in RATINGS]
    policy["spacing"][at] = rule.minimum_spacing_days * TICKS_PER_DAY
    weights = np.array(rule.month_profile or [1.0] * 12)
    policy["profile"][at] = np.concatenate([[0.0], np.cumsum(weights) / weights.sum()])
    policy["profile"][at][MONTHS] = 1.0
    policy["correlation"][at] = rule.year_to_year_correlation
    policy["days_free"][at] = rule.last_days_free * TICKS_PER_DAY
    policy["near"][at] = max(rule.near_days, rule.last_days_free) * TICKS_PER_DAY
    policy["held_all_year"][at] = rule.rating == "on_1_april"
    if rule.whole_year_if_first_before is not None:
        policy["whole_if_before"][at] = 1 + MONTHS_OF_YEAR.index(rule.whole_year_if_first_before)


def _write_rounds(policy: np.void, at: tuple[int, int], rule: Round, epoch: date) -> None:
    """Write the first and the day after the last of every round, all on the same days of the calendar."""
    policy["round_from"][at] = NEVER
    policy["round_until"][at] = NEVER
    after = rule.until + timedelta(days=1)
    for number in range(ROUNDS if rule.repeat_months else 1):
        policy["round_from"][at][number] = tick_of(_later(rule.from_, number * rule.repeat_months), epoch)
        policy["round_until"][at][number] = tick_of(_later(after, number * rule.repeat_months), epoch)


def _later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month if it is shorter."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + (first.month == MONTHS), first.month % MONTHS + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def _ticks_by_rating(months: Mapping[str, float]) -> list[int]:
    return [round(months[rating] * TICKS_PER_MONTH) if months[rating] else NEVER for rating in RATINGS]


def _write_first(policy: np.void, first: FirstInspection) -> None:
    for at in (SERVICE_TYPES.index(name) for name in first.types):
        policy["first_kind"][at] = KINDS.index(first.kind)
        policy["first_not_before"][at] = first.not_before_days * TICKS_PER_DAY
        policy["first_within"][at] = first.within_days * TICKS_PER_DAY
        policy["first_statutory"][at] = first.statutory


def _write_reinspection(policy: np.void, again: Reinspection, framework: Framework) -> None:
    for name in again.types:
        for grade in again.after:
            at = (SERVICE_TYPES.index(name), RATINGS.index(grade))
            policy["again"][at] = 1
            policy["again_after_kind"][at] = [kind in (again.after_kinds or KINDS) for kind in KINDS]
            policy["again_kind"][at] = KINDS.index(again.kind)
            policy["again_not_before"][at] = again.not_before_days * TICKS_PER_DAY
            policy["again_within"][at] = again.within_days * TICKS_PER_DAY
            policy["again_counts"][at] = again.counts
            policy["again_statutory"][at] = again.statutory
            policy["again_priority"][at] = again.priority or framework.kinds[again.kind].priority
            policy["look_kind"][at] = NO_KIND if again.look_kind is None else KINDS.index(again.look_kind)
            policy["look_probability"][at] = again.look_probability
            policy["look_not_before"][at] = again.look_not_before_days * TICKS_PER_DAY
            policy["look_within"][at] = again.look_within_days * TICKS_PER_DAY
            policy["after_look_not_before"][at] = again.after_look_not_before_days * TICKS_PER_DAY
            policy["after_look_within"][at] = again.after_look_within_days * TICKS_PER_DAY


def _write_trigger(policy: np.void, trigger: Trigger) -> None:
    for name in trigger.types:
        at = (SERVICE_TYPES.index(name), CAUSES.index(trigger.signal))
        policy["response"][at] = MOVE if trigger.action == "move" else ADD
        policy["response_probability"][at] = trigger.probability
        policy["response_kind"][at] = KINDS.index(trigger.kind) if trigger.kind else NO_KIND
        movable = [name for name in KINDS if name != KINDS[DESK]] if trigger.kinds is None else trigger.kinds
        policy["response_moves"][at] = [kind in movable for kind in KINDS]
        policy["response_reaches"][at] = REACHES.index(trigger.reach)
        policy["response_delay"][at] = trigger.delay_days * TICKS_PER_DAY
        policy["response_within"][at] = trigger.within_days * TICKS_PER_DAY


def _write_samples(policy: np.void, framework: Framework) -> None:
    used = dict.fromkeys(SERVICE_TYPES, 0)
    for sample in framework.samples.values():
        for name in sample.types:
            at = (SERVICE_TYPES.index(name), used[name])
            used[name] += 1
            policy["sample_kind"][at] = KINDS.index(sample.kind)
            if sample.share is not None:
                policy["sampled"][at] = BY_SHARE
                policy["sample_share"][at] = [sample.share.model_dump()[rating] for rating in RATINGS]
            elif sample.number is not None:
                policy["sampled"][at] = BY_NUMBER
                policy["sample_least"][at] = sample.number.least
                policy["sample_most"][at] = sample.number.most
