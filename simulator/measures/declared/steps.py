"""How well assessments tell the poor, and what steps are taken against them."""

from typing import Final

from simulator.measures.declaration import Measure, Words

STEPS: Final = (
    Measure(
        "assessment_auc",
        "How well yearly assessments tell the poor",
        "probability",
        "Over the yearly risk assessments in the window: the probability that one of a truly poor provider gives it a "
        "higher risk than one of a provider that is not poor, a tie counting half (the area under the curve of the "
        "chart of assessments): 0.5 tells nothing, 1 everything.",
        "higher",
        Words("tells", "poor {providers} from others {way} in yearly assessments", "less well", "better"),
    ),
    Measure(
        "improvement_plans_per_year",
        "Improvement plans asked for a year",
        "plans per year",
        "Improvement plans asked for in the window, produced or refused, divided by its years.",
        None,
        Words("asks", "{providers} for {way} improvement plans"),
        adds_up=True,
    ),
    Measure(
        "enforcement_notices_per_year",
        "Enforcement notices a year",
        "notices per year",
        "Notices given in the window, divided by its years.",
        None,
        Words("gives", "{providers} {way} enforcement notices"),
        adds_up=True,
    ),
    Measure(
        "deregistrations_per_year",
        "Deregistrations a year",
        "providers per year",
        "Providers deregistered in the window, each of which closes, divided by its years.",
        None,
        Words("deregisters", "{way} {providers}"),
        adds_up=True,
    ),
)
