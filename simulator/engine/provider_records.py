"""What is kept of each provider: what is true of it, what is known, and what is believed."""

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.compiling import CODE, COUNT, FEW, ROW, TICK
from simulator.engine.addressed import Table, records
from simulator.inspectorate.belief import CONDITIONS
from simulator.inspectorate.policy import KIND_COUNT
from simulator.inspectorate.triggers import SIGNALS

REMEMBERED: Final = 4
"""Moments at which each signal was last heard that are remembered."""

# What is true and what is known of each provider. A place in the register whose provider closes is taken
# by a successor, so that rows are never added: `generation` counts the providers that held the place before.
PROVIDER: Final = records(
    [
        ("origin", "u8"),  # address of the first provider in this place
        ("identity", "u8"),  # address of the present one
        ("generation", FEW),
        ("service_type", CODE),
        ("places", COUNT),
        ("region", FEW),  # part of a regional pool that inspects it: a register may have a region for each authority
        ("authority", ROW),  # local authority in whose area it lies
        ("group", ROW),  # of providers that are counted together (`simulator.world.groups`)
        ("open", CODE),
        ("opened", TICK),  # NEVER before the first one opens
        ("withdrawn", TICK),  # when the place closes for good, by the register; NEVER if not
        # truth
        ("grade", CODE),
        ("graded_since", TICK),
        ("manager_new_until", TICK),
        ("found_poor_until", TICK),  # until when the last judgement of poor acts on improvement, -NEVER if none
        ("found_until", TICK),  # the same of the last judgement of poor or adequate
        ("poor_since", TICK),  # NEVER while it is not poor
        ("detected", TICK),  # when this episode was detected, NEVER if not yet
        ("first_strand", ROW),
        ("strands", CODE),
        ("next_occurrence", TICK),
        # what the inspectorate knows
        ("rating", CODE),
        ("judged", CODE),
        ("judged_since", TICK),  # since when this was its last grade, or up to when that was counted
        ("direction", CODE),  # what the last interim inspection said since the last grade
        ("planned_at", TICK),  # when the year was last planned for this place, -NEVER if not yet
        ("last_visit", TICK),  # -NEVER if there was none
        ("last_ended", TICK, (KIND_COUNT,)),  # by kind of inspection
        ("round_row", ROW),  # its row of `last_raised`, -1 if it is not inspected in rounds
        ("awaits_first", CODE),  # 1 until the first inspection after registration has ended
        ("numbered", COUNT),  # inspections raised or planned that have a number
        ("inspections", COUNT),  # inspections ended
        ("judgements", COUNT),  # of these, those that gave a grade
        ("grades_judged", COUNT),  # the sum of those grades
        ("said", CODE),  # grade that the last inspection to say one saw, or thought likely; 0 for none
        ("said_at", TICK),
        ("heard", COUNT, (len(SIGNALS),)),  # signals heard, which numbers them
        ("heard_at", TICK, (len(SIGNALS), REMEMBERED)),  # when the last of each were heard, in a ring
        ("surveyed", CODE),  # grade that the users last said, 0 for none
        ("self_rated", CODE),  # grade that the last self-assessment counts as, 0 for none
        ("self_assessments", COUNT),  # asked for, which numbers them
        ("self_assessment_due", TICK),
        # of its inspections, the noise in the effort of the last with an even and of the last with an odd number drawn:
        # it is asked for when one is planned, raised and begun, and the next is planned in between
        ("effort_noise", "f8", (2,)),
        ("effort_number", COUNT, (2,)),  # the number, -1 if none has been drawn
        ("first_work", ROW),  # chain of its work, -1 for none
        ("first_duty", ROW),  # chain of the duties that stand towards it, the oldest first; -1 for none
        # where it stands on the way from an improvement plan to the end of the tariff (`inspectorate.enforcement`)
        ("step", CODE),
        ("step_until", TICK),  # when the step is looked at again, NEVER if no date is set
        ("awaits_look", CODE),  # 1 from that date until the monitoring visit has ended
        ("called_for_by", CODE),  # the judgement after which the plan was asked for
        ("renewed", CODE),  # 1 once the agreement has been renewed
    ]
)

# What the register says of each provider, once for all runs: `PROVIDER` has these fields too.
PLACE: Final = np.dtype(
    [
        ("origin", "u8"),
        ("service_type", "i4"),
        ("places", "i4"),
        ("region", "i4"),
        ("authority", "i4"),
        ("group", "i4"),
        ("strands", "i4"),
        ("first_strand", "i4"),
    ]
)


def chains_of(places: Table) -> npt.NDArray[np.int64]:
    """Count the chains of true quality of each provider: its strands, and what they share if they are several."""
    return np.asarray(places["strands"] + (places["strands"] > 1), dtype=np.int64)


# A chain of true quality: the one of a provider, or one of its strands, or (`shared`) what moves all of them.
# A provider's chains stand together; those of one strand have none that is shared.
STRAND: Final = records(
    [
        ("provider", ROW),
        ("identity", "u8"),
        ("shared", CODE),
        ("grade", CODE),
        ("found", CODE),  # worst judgement that found it below good and acts on it until it is good, 0 for none
        ("damped", CODE),  # why its step to excellent is damped, if it is
        ("seen", CODE),  # grade that the inspection sees which is looking now
        ("next_change", TICK),
    ]
)

# What is believed of a provider, where a framework assesses by belief (`simulator.inspectorate.belief`).
BELIEF: Final = records(
    [
        ("share", "f8", (5,)),  # probability of each grade
        ("chance", "f8", (CONDITIONS,)),  # of each grade, and of what being found out does to it
        ("up", "f8", (CONDITIONS,)),  # hazards per tick, as far as they depend on what is known: of improving
        ("own", "f8", (CONDITIONS,)),  # part of that without the effect of being found out
        ("down", "f8", (CONDITIONS,)),
        ("fall", "f8", (CONDITIONS,)),
        ("found", "f8", (CONDITIONS,)),  # probability that a poor one was found in this episode
        ("at", TICK),  # up to when it has been carried on
    ]
)

# What the world does to each service type, per tick (see `simulator.world.quality` and `signals`).
SERVICE: Final = records(
    [
        ("start_share", "f8", (5,)),
        ("entry_share", "f8", (5,)),
        ("decline", "f8", (5,)),
        ("improve", "f8", (5,)),
        ("fall", "f8", (5,)),
        ("strands", "i8"),
        ("shared", "f8"),
        ("found_out", "f8", (5,)),
        ("found_out_ticks", "i8", (5,)),  # by judgement, from it on
        ("excellence_damping", "f8"),
        ("new_manager_multiplier", "f8"),
        ("new_manager_ticks", "i8"),
        ("complacency_multiplier", "f8"),
        ("complacency_after", "i8"),
        ("plan_refused", "f8", (5,)),  # probability, by true grade
        ("plan_multiplier", "f8"),
        ("enforcement_multiplier", "f8"),
        ("closure", "f8", (5,)),
        ("complaint", "f8", (5,)),
        ("serious", "f8", (5,)),
        ("manager_change", "f8"),
        ("self_noise", "f8"),
        ("optimism", "f8", (5,)),
        ("not_produced", "f8", (5,)),
        ("misleading", "f8", (5,)),
        ("survey_noise", "f8"),
        ("successor_after", "i8"),  # NEVER: a place that closes stays empty
    ]
)
