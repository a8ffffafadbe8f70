"""Every clause of a framework in words: what is done, how often or when, and under which heading.

Each model of a clause registers one function here; one without is refused (`check_words`).
"""

from collections.abc import Iterable
from functools import singledispatch
from typing import Final, NamedTuple

from simulator.frameworks.assessment_words import how_assessed
from simulator.frameworks.phrases import SIGNALS, counted, rating_name
from simulator.frameworks.rule_words import by_rating, how_often, standing_in_line, within_the_year
from simulator.inspectorate.assessments import Assessment, SelfAssessment
from simulator.inspectorate.authority_rules import Alignment, Inclusion
from simulator.inspectorate.enforcement import Enforcement, ImprovementPlan
from simulator.inspectorate.first_inspections import FirstInspection
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.named_clauses import models_in, sections_of
from simulator.inspectorate.overall_judgements import OverallJudgement
from simulator.inspectorate.reinspections import Reinspection
from simulator.inspectorate.rules import Interval, Round, Rule, Visits
from simulator.inspectorate.samples import Sample
from simulator.inspectorate.severity import Severity
from simulator.inspectorate.sources import Sourced
from simulator.inspectorate.targeting import Targeting
from simulator.inspectorate.triggers import Trigger
from simulator.words.wording import day_words, joined

_REACHES: Final = {
    "this_year": "",
    "any_year": ", whatever its year",
    "next_year": ", or if none of this year is left the first of next year to its start",
    "into_this_year": ", or if none of this year is left the first of next year into this year",
}


class Words(NamedTuple):
    """A clause in words."""

    heading: str
    """What tables put it under."""
    what: str
    how_often: str


@singledispatch
def words(clause: Sourced, framework: Framework) -> Words:
    """Describe a clause of a framework, whose service types apart."""
    raise TypeError(f"{type(clause).__name__} has no words in simulator.frameworks.clause_words")


def check_words(framework: type[Framework]) -> None:
    """Refuse a clause that could not be described, in tables or in the template of a new framework.

    Raises
    ------
    TypeError
        If a section says nothing of itself, or a model of its clauses has no words.
    """
    for section in sections_of(framework):
        field = framework.model_fields[section]
        if not field.description:
            raise TypeError(f"{section} has no description in {framework.__name__}")
        for model in models_in(field):
            if words.dispatch(model) is words.dispatch(object):
                raise TypeError(f"{section}: {model.__name__} has no words in simulator.frameworks.clause_words")


def _titles(kinds: Iterable[str], framework: Framework) -> list[str]:
    """Return what a framework calls kinds of inspection; one that it does not have may be in words on a change."""
    return [framework.kinds[kind].title for kind in kinds if kind in framework.kinds]


@words.register(Visits)
@words.register(Interval)
@words.register(Round)
def _rule(rule: Rule, framework: Framework) -> Words:
    heading = "Statutory rules" if rule.statutory else "By practice, not statutory"
    often = how_often(rule, framework) + within_the_year(rule) + standing_in_line(rule, framework)
    return Words(heading, framework.kinds[rule.kind].title, often)


@words.register
def _first_inspection(first: FirstInspection, framework: Framework) -> Words:
    standing = "" if first.statutory else "; not statutory"
    often = f"once, {first.not_before_days} to {first.within_days} days after registration{standing}"
    return Words("Newly registered providers", framework.kinds[first.kind].title, often)


@words.register
def _reinspection(again: Reinspection, framework: Framework) -> Words:
    """Report when a provider is inspected again, whether that counts, and who asks for it."""
    grades = joined([rating_name(name, framework) for name in again.after], "or")
    counting = "counts towards the year's visits" if again.counts else "on top of the year's visits"
    standing = "statutory" if again.statutory else "at the inspectorate's discretion"
    days = f"{again.not_before_days} to {again.within_days} days"
    kinds = _titles(again.after_kinds or (), framework)
    by = f" ({joined(kinds, 'or')} only)" if kinds else ""
    first = _looked_first(again, framework)
    often = f"once, {days} after a judgement of {grades}{by}{first}; {counting}; {standing}"
    what = f"{framework.kinds[again.kind].title} again"
    return Words("Re-inspection", what, often + standing_in_line(again, framework))


def _looked_first(again: Reinspection, framework: Framework) -> str:
    """Report how often another visit goes before a re-inspection, and when both then are."""
    if again.look_kind is None:
        return ""
    what = framework.kinds[again.look_kind].title
    look = f"{again.look_not_before_days} to {again.look_within_days} days after it"
    then = f"{again.after_look_not_before_days} to {again.after_look_within_days} days after that visit"
    return f"; in {again.look_probability:.0%} of cases another visit first ({what}), {look}, and the inspection {then}"


@words.register
def _trigger(trigger: Trigger, framework: Framework) -> Words:
    often = f"in {trigger.probability:.0%} of cases, {trigger.delay_days} to {trigger.within_days} days later"
    return Words("News of a provider", _consequence(trigger, framework), often)


def _consequence(trigger: Trigger, framework: Framework) -> str:
    """Report what news of a provider does."""
    news = SIGNALS[trigger.signal]
    added = f"an inspection ({framework.kinds[trigger.kind].title})" if trigger.kind is not None else ""
    if trigger.action == "add":
        return f"{news} adds {added}"
    kinds = _titles(trigger.kinds or (), framework)
    only = f" ({joined(kinds, 'or')} only)" if kinds else ""
    reach = _REACHES[trigger.reach]
    which = "inspection" if trigger.reach == "any_year" else "inspection of the year"
    otherwise = f", or where none is left adds {added}" if added else ""
    return f"{news} brings the next planned {which} forward{only}{reach}{otherwise}"


@words.register
def _sample(sample: Sample, framework: Framework) -> Words:
    if sample.number is not None:
        few, many = sample.number.least, sample.number.most
        number = f"{few}" if few == many else f"{few} to {many}"
        size = f"{number} of each service type a year" if len(sample.types) > 1 else f"{number} a year"
    elif sample.days is not None:
        size = f"{counted(sample.days, 'inspector-day')} a year"
    else:
        assert sample.share is not None  # one of the three is there, or the file would not have been read
        size = by_rating(sample.share.model_dump(), _share, framework)
    when = "at any time of the year, as far as inspector-days are left; inspections not started by its end lapse"
    return Words("By sample", framework.kinds[sample.kind].title, f"{size}, {when}")


@words.register
def _targeting(targeting: Targeting, framework: Framework) -> Words:
    """Report who is visited first when inspectors are free, how soon again, and what goes before."""
    poor = rating_name("poor", framework)
    first = {
        "truth": f"to the truly {poor} and not yet found, which nobody else could know, most places first",
        "index": (
            "first where most is at stake for each inspector-day, given everything known: the probability of being "
            f"{poor} and not found, times places, times the time that this would continue"
        ),
    }
    days = targeting.minimum_spacing_days
    spacing = f"; at least {counted(days, 'day')} after the last visit" if days else ""
    priority = targeting.priority or framework.kinds[targeting.kind].priority
    yields = f"; when no work of the same or higher order waits (order {priority})"
    often = f"whenever inspectors are free, {first[targeting.by]}{spacing}{yields}"
    return Words("Where it is worth most", framework.kinds[targeting.kind].title, often)


@words.register
def _overall(overall: OverallJudgement, framework: Framework) -> Words:
    how = "the median of their grades (best fit)"
    if overall.by == "limiting":
        how = f"{rating_name('poor', framework)} if any strand is, otherwise the median of their grades"
    return Words("Overall judgement", "overall judgement of several strands, each judged separately", how)


@words.register
def _severity(severity: Severity, framework: Framework) -> Words:
    kinds = _titles(severity.kinds or (), framework)
    what = f"judgements ({joined(kinds)} only)" if kinds else "judgements"
    way = "harder" if severity.grades_added < 0 else "softer"
    until = f" until {day_words(severity.until)}" if severity.until is not None else " on"
    when = f"{counted(abs(severity.grades_added), 'grade')} {way} from {day_words(severity.from_)}{until}"
    return Words("How hard inspectors judge", what, when)


@words.register
def _assessment(assessment: Assessment, framework: Framework) -> Words:
    return Words("Yearly assessment", "risk assessment", how_assessed(assessment, framework))


@words.register
def _self_assessment(demanded: SelfAssessment, _: Framework) -> Words:
    often = (
        f"once a year; cross-checking finds {demanded.cross_check:.0%} of the misleading ones, which are a "
        f"breach, as is not producing one; {counted(demanded.check_days, 'inspector-day')} at the desk"
    )
    return Words("Self-assessment", demanded.title, often)


@words.register
def _alignment(alignment: Alignment, framework: Framework) -> Words:
    kinds = joined(_titles(alignment.kinds, framework))
    due = f"when one of them is to be made and the others fall due within {counted(alignment.within_days, 'day')}"
    when = f"{due}; each then takes {100 * alignment.saving:.3g}% less"
    what = f"made at the same time for the services of one authority: {kinds}"
    return Words("Inspected at the same time", what, when)


@words.register
def _inclusion(inclusion: Inclusion, framework: Framework) -> Words:
    what = f"part of the authority's {framework.kinds[inclusion.kind].title}, judged by itself"
    return Words("Inspected with the authority", what, "whenever it is")


@words.register
def _plan(plan: ImprovementPlan, framework: Framework) -> Words:
    """Report when a plan is asked for, by when it is produced and carried out, and what happens then."""
    grades = joined([rating_name(name, framework) for name in plan.after], "or")
    asked = f"after {plan.request_probability:.0%} of judgements of {grades}"
    dates = f"produced within {counted(plan.days_to_produce, 'day')}, carried out within {plan.days} of the judgement"
    often = f"{asked}; {dates}; then {_looked_at(plan, 'after', framework)}"
    return Words("Improvement plans", "improvement plan", often)


@words.register
def _tariff(tariff: Enforcement, framework: Framework) -> Words:
    """Report when each step is taken, how long it holds, and what makes it faster."""
    said = ["if still poor at the date agreed"]
    within = counted(tariff.at_once_after_serious_concern_days, "day")
    if tariff.at_once_after_serious_concern_days:
        said[0] += f", or judged poor within {within} of a serious concern"
    for step in tariff.steps:
        held = f" for {counted(tariff.days[step], 'day')}" if step != "deregistration" else ""
        since = f" (from {day_words(tariff.powers_from[step])})" if step in tariff.powers_from else ""
        said.append(f"{step}{held}{since}")
    if tariff.days:
        said.append(f"after each, {_looked_at(tariff, 'where last judged', framework)}")
    if tariff.high_risk_share < 1:
        said.append(f"{tariff.high_risk_share:.0%} of these days where a serious concern was so recent")
    return Words("Enforcement", joined(tariff.steps), "; ".join(said))


def _looked_at(clause: ImprovementPlan | Enforcement, when: str, framework: Framework) -> str:
    """Report who looks when a date has come, an inspector there or somebody at the desk."""
    if clause.monitoring is None:
        return "the last judgement decides"
    days = f" ({counted(clause.desk_days, 'inspector-day')})" if clause.desk_days else ""
    if clause.visit_after is None:
        return f"a {framework.kinds[clause.monitoring].title}"
    at_desk = f"the last judgement decides at the desk{days}"
    if not clause.visit_after:
        return at_desk
    grades = joined([rating_name(name, framework) for name in clause.visit_after], "or")
    return f"a {framework.kinds[clause.monitoring].title} {when} {grades}, otherwise {at_desk}"


def _share(share: float) -> str:
    return f"{100 * share:.3g}% of them a year" if share else "none"


check_words(Framework)
