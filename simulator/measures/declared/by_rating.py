"""How often providers are visited by the grade of their last inspection, and what it takes from their staff."""

from typing import Final

from simulator.measures.declaration import Measure, Words

_AT_RATING: Final = (
    "Visits that began in the window at providers {held} when the visit began, divided by the provider-years {same} in "
    "the window. The grade is that of the last graded inspection, whatever an assessment has said since. Visits are "
    "inspections of every kind but desk assessments."
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
    _visits("visits_rated_good", "last judged good or better", "last judged good or excellent", "with these grades"),
    _visits("visits_rated_adequate", "last judged adequate", "last judged adequate", "with this grade"),
    _visits("visits_rated_poor", "last judged poor", "last judged poor", "with this grade"),
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
        "Days of staff a year of a provider last judged good or better",
        "provider days per provider-year",
        "The same at providers last judged good or excellent when the visit began or the paper was produced, divided "
        "by the provider-years with these grades in the window.",
        "lower",
        Words("takes", "{way} staff days from each of the {providers} last judged good or better"),
    ),
    Measure(
        "burden_cost_rated_good",
        "Cost a year to a provider last judged good or better",
        "pounds per provider-year",
        "`burden_days_rated_good` times `costs.cost_per_provider_day`.",
        "lower",
        Words("costs", "{providers} last judged good or better {way} each", "less"),
    ),
)
