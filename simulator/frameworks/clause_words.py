"""The clauses of a framework in words: how often, after what, for whom, each as one phrase."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from simulator.inspectorate.framework import (
    Alignment,
    Assessment,
    Enforcement,
    FirstInspection,
    Framework,
    ImprovementPlan,
    Inclusion,
    Interval,
    OverallJudgement,
    Reinspection,
    Round,
    Rule,
    Sample,
    SelfAssessment,
    Severity,
    Targeting,
    Trigger,
    Visits,
)

RATINGS_SHOWN: Final = ("excellent", "good", "adequate", "poor", "not_yet_graded")

TIMES: Final = {1: "once", 2: "twice"}

SIGNALS: Final = {
    "complaint": "a complaint",
    "serious_concern": "a serious concern",
    "new_manager": "a change of manager",
    "breach": "a breach",
    "declined": "a visit that says declined",
}

REACHES: Final = {
    "this_year": "",
    "next_year": ", or if none of this year is left the first of next year to its start",
    "into_this_year": ", or if none of this year is left the first of next year into this year",
}

NEWS: Final = {
    **SIGNALS,
    "judgement": "a judgement",
    "self_assessment": "a self-assessment",
}

INPUTS: Final = {
    "record": "the record of judgements",
    "self_assessment": "the self-assessment",
    "users": "the users' opinion",
    "past_year": "findings of inspections in the past year",
    "concerns": "concerns of the past year",
    "changes": "a new manager",
    "rating": "the last judgement",
}


def how_often(rule: Rule, framework: Framework) -> str:
    """Report how often a rule asks for an inspection, such as "twice a year" or "every 36 months"."""
    match rule:
        case Visits():
            return _by_rating(rule.per_year.model_dump(), _visits, framework)
        case Interval():
            return _by_rating(rule.months.model_dump(), _interval, framework)
        case Round():
            again = f", then once every {rule.repeat_months} months" if rule.repeat_months else ""
            return f"once between {_day(rule.from_)} and {_day(rule.until)}{again}"


def within_the_year(rule: Rule) -> str:
    """Report which rating says how many yearly visits are owed and what new providers owe, where a rule says so."""
    told = ""
    if isinstance(rule, Visits) and rule.rating == "on_1_april":
        told += "; by the rating held on 1 April"
    if isinstance(rule, Visits) and rule.whole_year_if_first_before is not None:
        month = rule.whole_year_if_first_before.capitalize()
        told += f"; new providers the whole year's visits if first inspected before {month}, otherwise pro rata"
    return told


def standing_in_line(rule: Rule | Reinspection, framework: Framework) -> str:
    """Return which goes first when inspectors are short, if a clause says it otherwise than its kind of inspection."""
    usual = framework.kinds[rule.kind].priority
    if rule.priority is None or rule.priority == usual:
        return ""
    way = "yields to other work" if rule.priority > usual else "goes before other work"
    return f"; {way} (order {rule.priority}, not {usual})"


def after_registration(first: FirstInspection) -> str:
    """Report when the first inspection of a newly registered provider takes place."""
    standing = "" if first.statutory else "; not statutory"
    return f"once, {first.not_before_days} to {first.within_days} days after registration{standing}"


def after_judgement(again: Reinspection, framework: Framework) -> str:
    """Report when a provider is inspected again, whether that counts, and who asks for it."""
    grades = joined([rating_name(name, framework) for name in again.after], "or")
    counting = "counts towards the year's visits" if again.counts else "on top of the year's visits"
    standing = "statutory" if again.statutory else "at the inspectorate's discretion"
    days = f"{again.not_before_days} to {again.within_days} days"
    kinds = [framework.kinds[kind].title for kind in again.after_kinds or ()]
    by = f" ({joined(kinds, 'or')} only)" if kinds else ""
    first = _looked_first(again, framework)
    return f"once, {days} after a judgement of {grades}{by}{first}; {counting}; {standing}" + standing_in_line(
        again, framework
    )


def _looked_first(again: Reinspection, framework: Framework) -> str:
    """Report how often another visit goes before a re-inspection, and when both then are."""
    if again.look_kind is None:
        return ""
    what = framework.kinds[again.look_kind].title
    look = f"{again.look_not_before_days} to {again.look_within_days} days after it"
    then = f"{again.after_look_not_before_days} to {again.after_look_within_days} days after that visit"
    return f"; in {again.look_probability:.0%} of cases another visit first ({what}), {look}, and the inspection {then}"


def consequence(trigger: Trigger, framework: Framework) -> str:
    """Report what news of a provider does."""
    news = SIGNALS[trigger.signal]
    added = f"an inspection ({framework.kinds[trigger.kind].title})" if trigger.kind is not None else ""
    if trigger.action == "add":
        return f"{news} adds {added}"
    kinds = [framework.kinds[kind].title for kind in trigger.kinds or () if kind in framework.kinds]
    only = f" ({joined(kinds, 'or')} only)" if kinds else ""
    reach = REACHES[trigger.reach]
    otherwise = f", or where none is left adds {added}" if added else ""
    return f"{news} brings the next planned inspection forward{only}{reach}{otherwise}"


def after_news(trigger: Trigger) -> str:
    """Report how often and how soon after the news it does so."""
    return f"in {trigger.probability:.0%} of cases, {trigger.delay_days} to {trigger.within_days} days later"


def drawn(sample: Sample, framework: Framework) -> str:
    """Report how many a sample takes in a year."""
    if sample.number is not None:
        few, many = sample.number.least, sample.number.most
        number = f"{few}" if few == many else f"{few} to {many}"
        size = f"{number} of each service type a year" if len(sample.types) > 1 else f"{number} a year"
    else:
        assert sample.share is not None  # one of the two is there, or the file would not have been read
        size = _by_rating(sample.share.model_dump(), _share, framework)
    return f"{size}, at any time of the year; inspections not started by its end lapse"


def targeted(targeting: Targeting, framework: Framework) -> str:
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
    return f"whenever inspectors are free, {first[targeting.by]}{spacing}{yields}"


def judged_harder(severity: Severity) -> str:
    """Report how much harder or softer than the standard inspectors judge, and when."""
    way = "harder" if severity.grades_added < 0 else "softer"
    until = f" until {_day(severity.until)}" if severity.until is not None else " on"
    return f"{counted(abs(severity.grades_added), 'grade')} {way} from {_day(severity.from_)}{until}"


def combined(overall: OverallJudgement, framework: Framework) -> str:
    """Report how the grades of several strands become one."""
    if overall.by == "limiting":
        return f"{rating_name('poor', framework)} if any strand is, otherwise the median of their grades"
    return "the median of their grades (best fit)"


def assessed(assessment: Assessment, framework: Framework) -> str:
    """Report how the yearly assessment rates, what it takes, and upon which news it is made anew."""
    parts = [_rated(assessment, framework)]
    if assessment.user_survey:
        parts.append("the users are asked")
    if assessment.review_on:
        parts.append(f"repeated after {joined([NEWS[news] for news in assessment.review_on], 'or')}")
    if assessment.effort_days or assessment.review_days:
        parts.append(
            f"takes {counted(assessment.effort_days, 'inspector-day')} at the desk, a review after news "
            f"{assessment.review_days:g}"
        )
    return "; ".join(parts)


def _rated(assessment: Assessment, framework: Framework) -> str:
    """Report how an assessment rates."""
    if assessment.points is not None:
        weights = assessment.points.weights.model_dump().items()
        weighed = ", ".join(f"{INPUTS[name]} {weight:g}" for name, weight in weights if weight)
        bounds = assessment.points.cut_offs.model_dump().items()
        rated = ", ".join(f"{rating_name(name, framework)} from {bound:g}" for name, bound in bounds)
        news = assessment.points.concerns.model_dump().items()
        concerns = ", ".join(f"{SIGNALS[name]} {points:g}" for name, points in news)
        best, worst = (rating_name(name, framework) for name in ("excellent", "poor"))
        return (
            f"rated by points, 0 ({best}) to 3 ({worst}), the weighted mean of the available information: {weighed}; "
            f"rated {rated}; points of the past year's concerns: {concerns}"
        )
    if assessment.belief is not None:
        share = f"{assessment.belief.confidence:.0%}"
        return (
            "rated by the exact probabilities of the grades, given everything known: the lowest grade such that the "
            f"true one is no better with a probability of {share}"
        )
    return "rated as last judged"


def demanded(self_assessment: SelfAssessment) -> str:
    """Report what a self-assessment is checked for and what that takes."""
    return (
        f"once a year; cross-checking finds {self_assessment.cross_check:.0%} of the misleading ones, which are a "
        f"breach, as is not producing one; {counted(self_assessment.check_days, 'inspector-day')} at the desk"
    )


def made_together(alignment: Alignment, framework: Framework) -> str:
    """Report which inspections are made at the same time."""
    kinds = joined([framework.kinds[kind].title for kind in alignment.kinds], "and")
    return f"made at the same time for the services of one authority: {kinds}"


def when_together(alignment: Alignment) -> str:
    """Report when they are, and what that saves."""
    due = f"when one of them is to be made and the others fall due within {counted(alignment.within_days, 'day')}"
    return f"{due}; each then takes {100 * alignment.saving:.3g}% less"


def as_part(inclusion: Inclusion, framework: Framework) -> str:
    """Report which inspection of the authority a service is inspected with."""
    return f"part of the authority's {framework.kinds[inclusion.kind].title}, judged by itself"


def asked_and_agreed(plan: ImprovementPlan, framework: Framework) -> str:
    """Report when a plan is asked for, by when it is produced and carried out, and what happens then."""
    grades = joined([rating_name(name, framework) for name in plan.after], "or")
    asked = f"after {plan.request_probability:.0%} of judgements of {grades}"
    dates = f"produced within {counted(plan.days_to_produce, 'day')}, carried out within {plan.days} of the judgement"
    return f"{asked}; {dates}; then {_looked_at(plan.monitoring, framework)}"


def escalated(tariff: Enforcement, framework: Framework) -> str:
    """Report when each step is taken, how long it holds, and what makes it faster."""
    said = ["if still poor at the date agreed"]
    within = counted(tariff.at_once_after_serious_concern_days, "day")
    if tariff.at_once_after_serious_concern_days:
        said[0] += f", or judged poor within {within} of a serious concern"
    for step in tariff.steps:
        held = f" for {counted(tariff.days[step], 'day')}" if step != "deregistration" else ""
        since = f" (from {_day(tariff.powers_from[step])})" if step in tariff.powers_from else ""
        said.append(f"{step}{held}{since}")
    if tariff.days:
        said.append(f"after each, {_looked_at(tariff.monitoring, framework)}")
    if tariff.high_risk_share < 1:
        said.append(f"{tariff.high_risk_share:.0%} of these days where a serious concern was so recent")
    return "; ".join(said)


def _looked_at(monitoring: str | None, framework: Framework) -> str:
    """Report who looks when a date has come."""
    return f"a {framework.kinds[monitoring].title}" if monitoring else "the last judgement decides"


def _by_rating(values: Mapping[str, float], say: Callable[[float], str], framework: Framework) -> str:
    """Report one value for each rating, ratings of the same value together, best first."""
    groups: dict[float, list[str]] = {}
    for rating in RATINGS_SHOWN:
        groups.setdefault(values[rating], []).append(rating_name(rating, framework))
    if len(groups) == 1:
        return say(values["good"])
    return "; ".join(f"{say(value)} if {joined(ratings, 'or')}" for value, ratings in groups.items())


def _visits(times: float) -> str:
    return f"{TIMES.get(int(times), f'{times:g} times')} a year" if times else "no visit"


def _interval(months: float) -> str:
    return f"every {counted(months, 'month')}" if months else "none falls due"


def _share(share: float) -> str:
    return f"{100 * share:.3g}% of them a year" if share else "none"


def rating_name(name: str, framework: Framework) -> str:
    """Return what a framework calls a rating."""
    return "not yet graded" if name == "not_yet_graded" else str(getattr(framework.grade_names, name))


def counted(number: float, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def joined(names: Sequence[str], word: str) -> str:
    """Join names as a sentence does, the last two by `word`."""
    return f" {word} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
