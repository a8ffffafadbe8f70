"""The measures by name: what each is called in every output, its unit, and how it is worked out."""

from typing import Final, Literal, NamedTuple

ALL_SERVICES: Final = "all"
"""Name of the row that takes all service types together."""


class Measure(NamedTuple):
    """One measure, as tables, charts and pages name and explain it."""

    name: str
    """Name in every output."""
    title: str
    """A few words for people."""
    unit: str
    formula: str
    """How it is worked out for one run and one service type, in a sentence or two."""
    better: Literal["lower", "higher"] | None
    """Which way is better, if one is by itself."""
    adds_up: bool = False
    """Whether the values of the service types add up to that of all."""


MEASURES: Final[tuple[Measure, ...]] = (
    Measure(
        "inspections_per_year",
        "Inspections a year",
        "inspections per year",
        "Inspections of every kind that ended in the window, divided by its years.",
        None,
        adds_up=True,
    ),
    Measure(
        "inspections_per_provider_year",
        "Inspections of each provider a year",
        "inspections per provider-year",
        "Inspections of every kind that ended in the window, divided by the provider-years in it.",
        None,
    ),
    Measure(
        "inspector_days_per_year",
        "Inspector-days a year",
        "inspector-days per year",
        "Inspector-days of the inspections that ended in the window (each with the whole of its days, "
        "write-up included), divided by the years of the window.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "desk_days_per_year",
        "Inspector-days at the desk a year",
        "inspector-days per year",
        "Inspector-days spent on risk assessments, their reviews, and self-assessments of providers, in the months "
        "that ended in the window, divided by the years of these months.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "utilisation",
        "Share of inspectors' time in use",
        "share, 0 to 1",
        "Inspector-days worked in the months that ended in the window, divided by the inspector-days there "
        "were in all pools together in those months. For one service type it is that type's part of all "
        "inspector-days there were, so that the types add up to all. Never above 1.",
        None,
        adds_up=True,
    ),
    Measure(
        "duties_due_per_year",
        "Statutory duties due a year",
        "duties per year",
        "Duties whose date fell in the window and found them standing, divided by its years. Left out are those that "
        "ended with the provider or the rule by then.",
        None,
        adds_up=True,
    ),
    Measure(
        "on_time_share",
        "Statutory duties met on time",
        "share, 0 to 1",
        "Of the duties whose date fell in the window and found them standing, the share that an inspection had met by "
        "then, whether or not work was ever raised for the others.",
        "higher",
    ),
    Measure(
        "days_overdue_mean",
        "Mean days overdue",
        "days",
        "Mean of max(0, end − date) over the same duties, those met on time included with 0 days; the end is when a "
        "duty is met, or void with the provider or the rule. One outstanding at the horizon counts as if it ended "
        "there.",
        "lower",
    ),
    Measure(
        "providers_past_duty",
        "Providers past a statutory date",
        "providers",
        "Mean number of providers at a time, over the window, that are past the date of a duty that is neither met nor "
        "void; one that is past several dates counts once.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "gap_days_95th",
        "Gap between statutory inspections, 95th percentile",
        "days",
        "Days within which 95 % of the gaps end, by the curve of Kaplan and Meier (see below). A gap is the time from "
        "one inspection that satisfies a duty, or the opening of the provider, to the next. Taken in are the gaps that "
        "an inspection ended in the window, and, as cut off, those open at its end and those whose duty became void in "
        "it. Where the curve never falls so far it is the longest gap seen, a lower bound.",
        "lower",
    ),
    Measure(
        "gap_days_longest",
        "Longest gap between statutory inspections",
        "days",
        "The longest of the same gaps in a run, those that no inspection ended included.",
        "lower",
    ),
    Measure(
        "backlog_mean",
        "Mean backlog",
        "inspections",
        "Inspections raised and not yet begun, mean over the ends of the months that ended in the window.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "lapsed_per_year",
        "Inspections at discretion that lapse a year",
        "inspections per year",
        "Inspections that no statutory rule asks for and that lapsed in the window because no inspector was free "
        "within their time, divided by its years. Left out are those whose provider closed or whose purpose was gone.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "poor_episodes_per_year",
        "Poor episodes a year",
        "episodes per year",
        "Episodes that began in the window, divided by its years.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "detected_within_90_days",
        "Poor episodes detected within 90 days",
        "share, 0 to 1",
        "Cumulative incidence F(90 days) of detection, over episodes that began in the window (see below).",
        "higher",
    ),
    Measure(
        "detected_within_180_days",
        "Poor episodes detected within 180 days",
        "share, 0 to 1",
        "Cumulative incidence F(180 days) of detection, over episodes that began in the window (see below).",
        "higher",
    ),
    Measure(
        "detected_within_365_days",
        "Poor episodes detected within 365 days",
        "share, 0 to 1",
        "Cumulative incidence F(365 days) of detection, over episodes that began in the window (see below).",
        "higher",
    ),
    Measure(
        "days_unfound_mean",
        "Mean days poor and unfound",
        "days",
        "Mean time from becoming poor until found, better or closed, over all episodes that began in the window, each "
        "counted for two years (730.5 days) at most; one cut off by the horizon tells only that it lasted so long (see "
        "below). It covers everybody, and does not depend on how many years are run.",
        "lower",
    ),
    Measure(
        "days_to_detection_median",
        "Median days to detection of those found",
        "days",
        "Median of detection − beginning over the episodes that began in the window and were detected by the "
        "horizon. It covers those found only: episodes that ended unseen, or were not found yet, do not enter, and "
        "the longer the run the more late findings do. `days_unfound_mean` covers everybody.",
        "lower",
    ),
    Measure(
        "days_to_detection_mean",
        "Mean days to detection of those found",
        "days",
        "Mean of detection − beginning over the episodes that began in the window and were detected by the "
        "horizon. It covers those found only, as the median does. `days_unfound_mean` covers everybody.",
        "lower",
    ),
    Measure(
        "never_detected_share",
        "Poor episodes never detected",
        "share, 0 to 1",
        "Of the episodes that began in the window and were decided by the horizon, the share that ended "
        "unseen: ended unseen / (detected + ended unseen).",
        "lower",
    ),
    Measure(
        "undetected_poor_provider_years",
        "Provider-years poor and undetected a year",
        "provider-years per year",
        "Time in the window during which providers were poor and not yet detected: over all episodes, those "
        "that began in the warm-up included, the part of [beginning, min(detection, end, horizon)] that lies "
        "in the window, added up in years and divided by the years of the window. It is also the mean number "
        "of providers poor and undetected at a time.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "child_years_undetected",
        "Child-years at undetected risk a year",
        "child-years per year",
        "The same time, each episode weighted with the places of its provider.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "false_alarm_share",
        "False alarms among judgements of poor",
        "share, 0 to 1",
        "Of the inspections that ended in the window and judged the provider 1 (poor), the share at "
        "providers whose true grade was 3 or 4 when the inspection ended.",
        "lower",
    ),
    Measure(
        "inspections_per_good_provider_year",
        "Inspections of each truly good provider a year",
        "inspections per provider-year",
        "Inspections that ended in the window at providers whose true grade was 3 or 4 at that moment, "
        "divided by the provider-years spent at a true grade of 3 or 4 in the window.",
        "lower",
    ),
    Measure(
        "burden_days_per_year",
        "Days of providers' staff a year",
        "provider days per year",
        "For each visit that ended in the window (an inspection other than a desk assessment) "
        "`costs.provider_days_to_prepare`, and `costs.provider_days_per_inspector_day` for each of its inspector-days; "
        "`costs.provider_days_per_self_assessment` for each self-assessment produced, and "
        "`costs.provider_days_per_improvement_plan` for each improvement plan produced; divided by the years of the "
        "window.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "burden_reinspection_days_per_year",
        "Days of providers' staff for re-inspections a year",
        "provider days per year",
        "The part of `burden_days_per_year` for visits made because of a low judgement.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "burden_paperwork_days_per_year",
        "Days of providers' staff for self-assessments and plans a year",
        "provider days per year",
        "The part of `burden_days_per_year` for self-assessments and improvement plans produced.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "burden_cost_per_year",
        "Cost to providers a year",
        "pounds per year",
        "`burden_days_per_year` times `costs.cost_per_provider_day`.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "cost_per_year",
        "Cost of inspection a year",
        "pounds per year",
        "The inspectors' work that was done: `inspector_days_per_year` and `desk_days_per_year` together, times "
        "`costs.cost_per_inspector_day`.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "posts_cost_per_year",
        "Cost of inspectors' posts a year",
        "pounds per year",
        "Every post of every pool, vacant or not and whether there is work for it or not: mean full-time equivalents "
        "in the window times `capacity.deployable_days_per_fte_year` times `costs.cost_per_inspector_day`. Only for "
        "all service types together, and undefined where there is no limit to inspectors. Never to be added to "
        "`cost_per_year`, which is the same money as far as it is used.",
        "lower",
    ),
    Measure(
        "enforcement_cost_per_year",
        "Cost of enforcement a year",
        "pounds per year",
        "Each plan asked for, notice, restriction and deregistration in the window at its price in "
        "`costs.enforcement`, divided by the years of the window. Visits that they lead to are in `cost_per_year`.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "whole_cost_per_year",
        "Cost to inspectorate and providers a year",
        "pounds per year",
        "`cost_per_year`, `enforcement_cost_per_year` and `burden_cost_per_year` together.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "cost_per_inspection",
        "Cost of an inspection",
        "pounds per inspection",
        "`cost_per_year` divided by `inspections_per_year`, desk work and desk assessments included in both.",
        None,
    ),
    Measure(
        "poor_found_per_year",
        "Poor providers found a year",
        "episodes per year",
        "Episodes detected in the window, those that began in the warm-up included, divided by its years.",
        None,
        adds_up=True,
    ),
    Measure(
        "cost_per_poor_found",
        "Cost of inspection for each poor provider found",
        "pounds per episode",
        "`cost_per_year` divided by `poor_found_per_year`; undefined in a run that finds none, which then takes no "
        "part in the mean. Fewer become poor under a framework that keeps them good, so that a lower price is not by "
        "itself a better one.",
        None,
    ),
    Measure(
        "posts_cost_per_poor_found",
        "Cost of inspectors' posts for each poor provider found",
        "pounds per episode",
        "`posts_cost_per_year` divided by `poor_found_per_year`; undefined as these are.",
        None,
    ),
    Measure(
        "cost_present_value",
        "Present value of inspection",
        "pounds, over the window",
        "`cost_per_year` year by year, added up over the window, the first year in full and each later one "
        "1 / (1 + `costs.discount_rate`) of the one before. At a rate of 0 nothing is discounted. The next three are "
        "reckoned alike.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "posts_cost_present_value",
        "Present value of inspectors' posts",
        "pounds, over the window",
        "`posts_cost_per_year` likewise.",
        "lower",
    ),
    Measure(
        "enforcement_cost_present_value",
        "Present value of enforcement",
        "pounds, over the window",
        "`enforcement_cost_per_year` likewise.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "burden_cost_present_value",
        "Present value of the cost to providers",
        "pounds, over the window",
        "`burden_cost_per_year` likewise.",
        "lower",
        adds_up=True,
    ),
    Measure(
        "assessment_auc",
        "How well yearly assessments tell the poor",
        "probability",
        "Over the yearly risk assessments in the window: the probability that one of a truly poor provider gives it a "
        "higher risk than one of a provider that is not poor, a tie counting half (the area under the curve of the "
        "chart of assessments): 0.5 tells nothing, 1 everything.",
        "higher",
    ),
    Measure(
        "improvement_plans_per_year",
        "Improvement plans asked for a year",
        "plans per year",
        "Improvement plans asked for in the window, produced or refused, divided by its years.",
        None,
        adds_up=True,
    ),
    Measure(
        "enforcement_notices_per_year",
        "Enforcement notices a year",
        "notices per year",
        "Notices given in the window, divided by its years.",
        None,
        adds_up=True,
    ),
    Measure(
        "deregistrations_per_year",
        "Deregistrations a year",
        "providers per year",
        "Providers deregistered in the window, each of which closes, divided by its years.",
        None,
        adds_up=True,
    ),
)
"""Every measure, in the order of every output."""
