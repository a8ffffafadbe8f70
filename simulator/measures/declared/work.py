"""What is inspected, and what inspectors are busy with."""

from typing import Final

from simulator.measures.declaration import SHARE, Measure, Words

WORK: Final = (
    Measure(
        "inspections_per_year",
        "Inspections a year",
        "inspections per year",
        "Inspections of every kind that ended in the window, divided by its years.",
        None,
        Words("makes", "{way} inspections of {providers}"),
        column="inspections of {providers} a year",
        adds_up=True,
        key=True,
        headline=1,
        helped=">=",
    ),
    Measure(
        "inspections_per_provider_year",
        "Inspections of each provider a year",
        "inspections per provider-year",
        "Inspections of every kind that ended in the window, divided by the provider-years in it.",
        None,
        Words("inspects", "{providers} {way}", "less often", "more often"),
        helped=">=",
    ),
    Measure(
        "inspector_days_per_year",
        "Inspector-days a year",
        "inspector-days per year",
        "Inspector-days of the inspections that ended in the window (each with the whole of its days, "
        "write-up included), divided by the years of the window.",
        "lower",
        Words("spends", "{way} inspector-days on inspections of {providers}"),
        adds_up=True,
        key=True,
    ),
    Measure(
        "desk_days_per_year",
        "Inspector-days at the desk a year",
        "inspector-days per year",
        "Inspector-days spent on risk assessments, their reviews, and self-assessments of providers, in the months "
        "that ended in the window, divided by the years of these months.",
        "lower",
        Words("spends", "{way} inspector-days at the desk on {providers}"),
        adds_up=True,
    ),
    Measure(
        "utilisation",
        "Share of inspectors' time in use",
        SHARE,
        "Inspector-days worked in the months that ended in the window, divided by the inspector-days there "
        "were in all pools together in those months. For one service type it is that type's part of all "
        "inspector-days there were, so that the types add up to all. Never above 1.",
        None,
        Words("uses", "{way} of inspectors' time for {providers}", "less"),
        adds_up=True,
    ),
)
