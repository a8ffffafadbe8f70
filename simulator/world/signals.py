"""What happens at a provider that an inspectorate may hear of, and closure.

Complaints are common and only mildly more so where quality is low; serious concerns are in effect raised
at truly poor providers only. Both are Poisson processes whose rate follows the true grade, as closure
does; changes of manager come at one rate for all.
"""

from typing import Annotated, Any, Final

import numpy as np
from pydantic import Field

from simulator.compiling import compiled
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import GradeValues, Section
from simulator.ticks import TICKS_PER_YEAR
from simulator.world.hazards import set_rate
from simulator.world.readings import SelfAssessments, UserSurvey, write_readings

# positions of a provider's clocks of occurrences; their purposes are CLOSURE + position
CLOSING: Final = 0
COMPLAINT: Final = 1
SERIOUS_CONCERN: Final = 2
MANAGER_CHANGE: Final = 3
OCCURRENCE_CLOCKS: Final = 4


class SeriousConcerns(GradeValues):
    """Serious concerns per provider-year, by true grade."""

    poor: Annotated[float, Field(ge=0), Parameter("serious concerns at poor providers")]


class SignalSettings(Section):
    """How often something happens, per provider-year."""

    complaints: Annotated[GradeValues, Parameter("complaints")]
    """Ordinary complaints of which the inspectorate hears, by true grade."""
    serious_concerns: Annotated[SeriousConcerns, Parameter("serious concerns at providers that are not poor")]
    """Serious concerns of which the inspectorate hears, by true grade: in effect raised at the poor."""
    manager_changes: Annotated[float, Field(ge=0), Parameter("changes of manager")]
    """Changes of manager, at any grade."""
    self_assessments: SelfAssessments | None = None
    """What providers say of themselves; needed where a framework asks them."""
    user_survey: UserSurvey | None = None
    """What users say; needed where a framework asks them."""


def write_signals(service: np.void, settings: SignalSettings, closures: GradeValues) -> None:
    """Write the rates (per tick) of one service type into its `SERVICE` record."""
    service["closure"][:] = np.array(closures.by_grade()) / TICKS_PER_YEAR
    service["complaint"][:] = np.array(settings.complaints.by_grade()) / TICKS_PER_YEAR
    service["serious"][:] = np.array(settings.serious_concerns.by_grade()) / TICKS_PER_YEAR
    service["manager_change"] = settings.manager_changes / TICKS_PER_YEAR
    write_readings(service, settings.self_assessments, settings.user_survey)


@compiled
def set_occurrence_rates(clocks: Any, service: Any, grade: int, time: int) -> bool:
    """Set the hazards of a provider's four clocks of occurrences from `time` on; report whether any changed."""
    changed = set_rate(clocks[CLOSING], service.closure[grade], time)
    changed |= set_rate(clocks[COMPLAINT], service.complaint[grade], time)
    changed |= set_rate(clocks[SERIOUS_CONCERN], service.serious[grade], time)
    changed |= set_rate(clocks[MANAGER_CHANGE], service.manager_change, time)
    return changed
