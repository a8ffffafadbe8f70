"""What inspection takes and costs, of the inspectorate and of providers."""

from typing import Final

from simulator.measures.declaration import Measure, Words

COSTS: Final = (
    Measure(
        "burden_days_per_year",
        "Days of providers' staff a year",
        "provider days per year",
        "For each visit that ended in the window (an inspection other than a desk assessment) "
        "`costs.provider_days_to_prepare`, and `costs.provider_days_per_inspector_day` for each of its inspector-days; "
        "`costs.provider_days_per_questionnaire` for each that a rule had planned, of a provider other than a local "
        "authority, where the framework demands no self-assessment in its place; "
        "`costs.provider_days_per_self_assessment` for each self-assessment produced, and "
        "`costs.provider_days_per_improvement_plan` for each improvement plan produced; divided by the years of the "
        "window.",
        "lower",
        Words("takes", "{way} staff days from {providers}"),
        adds_up=True,
    ),
    Measure(
        "burden_reinspection_days_per_year",
        "Days of providers' staff for re-inspections a year",
        "provider days per year",
        "The part of `burden_days_per_year` for visits made because of a low judgement.",
        "lower",
        Words("takes", "{way} staff days from {providers} for re-inspections"),
        adds_up=True,
    ),
    Measure(
        "burden_paperwork_days_per_year",
        "Days of providers' staff for questionnaires, self-assessments and plans a year",
        "provider days per year",
        "The part of `burden_days_per_year` for questionnaires, self-assessments and improvement plans produced.",
        "lower",
        Words("takes", "{way} staff days from {providers} for questionnaires, self-assessments and plans"),
        adds_up=True,
    ),
    Measure(
        "burden_cost_per_year",
        "Cost to providers a year",
        "pounds per year",
        "`burden_days_per_year` times `costs.cost_per_provider_day`.",
        "lower",
        Words("costs", "{providers} {way}", "less"),
        adds_up=True,
        key=True,
        beside_size=3,
    ),
    Measure(
        "cost_per_year",
        "Cost of inspection a year",
        "pounds per year",
        "The inspectors' work that was done: `inspector_days_per_year` and `desk_days_per_year` together, times "
        "`costs.cost_per_inspector_day`.",
        "lower",
        Words("spends", "{way} on the inspection of {providers}", "less"),
        adds_up=True,
        key=True,
        beside_size=1,
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
        Words("spends", "{way} on inspectors' posts", "less"),
    ),
    Measure(
        "enforcement_cost_per_year",
        "Cost of enforcement a year",
        "pounds per year",
        "Each plan asked for, notice, restriction and deregistration in the window at its price in "
        "`costs.enforcement`, divided by the years of the window. Visits that they lead to are in `cost_per_year`.",
        "lower",
        Words("spends", "{way} on enforcement against {providers}", "less"),
        adds_up=True,
        beside_size=2,
    ),
    Measure(
        "whole_cost_per_year",
        "Cost to inspectorate and providers a year",
        "pounds per year",
        "`cost_per_year`, `enforcement_cost_per_year` and `burden_cost_per_year` together.",
        "lower",
        Words("costs", "the inspectorate and {providers} together {way}", "less"),
        adds_up=True,
    ),
    Measure(
        "cost_per_inspection",
        "Cost of an inspection",
        "pounds per inspection",
        "`cost_per_year` divided by `inspections_per_year`, desk work and desk assessments included in both.",
        None,
        Words("makes", "each inspection of {providers} {way}", "cheaper", "more expensive"),
    ),
    Measure(
        "poor_found_per_year",
        "Poor providers found a year",
        "episodes per year",
        "Episodes detected in the window, those that began in the warm-up included, divided by its years.",
        None,
        Words("finds", "{way} poor {providers}"),
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
        Words("finds", "poor {providers} {way} for each in inspection work", "at less cost", "at more cost"),
        key=True,
        beside_size=4,
    ),
    Measure(
        "posts_cost_per_poor_found",
        "Cost of inspectors' posts for each poor provider found",
        "pounds per episode",
        "`posts_cost_per_year` divided by `poor_found_per_year`; undefined as these are.",
        None,
        Words("finds", "poor {providers} {way} for each in inspectors' posts", "at less cost", "at more cost"),
        beside_size=5,
    ),
    Measure(
        "cost_present_value",
        "Present value of inspection",
        "pounds, over the window",
        "`cost_per_year` year by year, added up over the window, the first year in full and each later one "
        "1 / (1 + `costs.discount_rate`) of the one before. At a rate of 0 nothing is discounted. The next three "
        "are computed the same way.",
        "lower",
        Words("spends", "{way} in present value on the inspection of {providers}", "less"),
        adds_up=True,
    ),
    Measure(
        "posts_cost_present_value",
        "Present value of inspectors' posts",
        "pounds, over the window",
        "`posts_cost_per_year`, in the same way.",
        "lower",
        Words("spends", "{way} in present value on inspectors' posts", "less"),
    ),
    Measure(
        "enforcement_cost_present_value",
        "Present value of enforcement",
        "pounds, over the window",
        "`enforcement_cost_per_year`, in the same way.",
        "lower",
        Words("spends", "{way} in present value on enforcement against {providers}", "less"),
        adds_up=True,
    ),
    Measure(
        "burden_cost_present_value",
        "Present value of the cost to providers",
        "pounds, over the window",
        "`burden_cost_per_year`, in the same way.",
        "lower",
        Words("costs", "{providers} {way} in present value", "less"),
        adds_up=True,
    ),
)
