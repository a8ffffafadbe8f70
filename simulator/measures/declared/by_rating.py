"""How often providers are visited at each rating, and what it takes from their staff."""

from typing import Final

from simulator.measures.declaration import Measure, Words

_AT_RATING: Final = (
    "Visits that began in the window at providers {held} when the visit began, divided by the provider-years held "
    "{same} in the window. Visits are inspections of every kind but desk assessments."
)


def _visits(name: str, whose: str, held: str, same: str) -> Measure:
    return Measure(
        name,
        f"Visits a year to a provider {whose}",
        "visits per provider-year",
        _AT_RATING.format(held=held, same=same),
        None,
        Words("visits", f"{{providers}} {whose} {{way}}", "less often", "more often"),
    )


BY_RATING: Final = (
    Measure(
        "visits_per_provider_year",
        "Visits a year to a provider",
        "visits per provider-year",
        "Visits that began in the window (inspections of every kind but desk assessments), divided by the "
        "provider-years in it.",
        None,
        Words("visits", "{providers} {way}", "less often", "more often"),
        helped=">=",
    ),
    _visits("visits_rated_good", "rated good or better", "rated good or excellent", "at these ratings"),
    _visits("visits_rated_adequate", "rated adequate", "rated adequate", "at this rating"),
    _visits("visits_rated_poor", "rated poor", "rated poor", "at this rating"),
    _visits("visits_not_graded", "not yet graded", "not yet graded", "without a grade"),
    Measure(
        "burden_days_per_provider_year",
        "Days of staff a year of a provider",
        "provider days per provider-year",
        "For each visit that began in the window `costs.provider_days_to_prepare`, and "
        "`costs.provider_days_per_inspector_day` for each of its inspector-days; "
        "`costs.provider_days_per_questionnaire` before each that a rule has planned, where no self-assessment takes "
        "its place, `costs.provider_days_per_self_assessment` for each self-assessment produced, and "
        "`costs.provider_days_per_improvement_plan` for each improvement plan produced; divided by the provider-years "
        "in the window.",
        "lower",
        Words("takes", "{way} staff days from each of the {providers}"),
    ),
    Measure(
        "burden_days_rated_good",
        "Days of staff a year of a provider rated good or better",
        "provider days per provider-year",
        "The same at providers rated good or excellent when the visit began or the paper was produced, divided by the "
        "provider-years held at these ratings in the window.",
        "lower",
        Words("takes", "{way} staff days from each of the {providers} rated good or better"),
    ),
    Measure(
        "burden_cost_rated_good",
        "Cost a year to a provider rated good or better",
        "pounds per provider-year",
        "`burden_days_rated_good` times `costs.cost_per_provider_day`.",
        "lower",
        Words("costs", "{providers} rated good or better {way} each", "less"),
    ),
)
