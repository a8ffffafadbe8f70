"""Of 100 providers that become poor, how many are found within 90 days, later and never: whole ones that add up."""

from typing import Final, NamedTuple

from simulator.words.estimates import Estimated, Estimates, Subject

SOON: Final = "detected_within_90_days"
NEVER: Final = "never_detected_share"


class OfHundred(NamedTuple):
    """Whole numbers that add up to 100."""

    soon: int
    """Found within 90 days."""
    later: int
    never: int


GROUPS: Final = OfHundred._fields
WORDS: Final = dict(zip(GROUPS, ("found within 90 days", "found later", "never found"), strict=True))


def of_hundred(compared: Estimated, subject: Subject) -> dict[str, OfHundred]:
    """Return the three numbers of each framework under which some become poor, by its name.

    Found within 90 days is the cumulative incidence with recovering unseen as the competing event, never found the
    share of those decided by the horizon; what is left was found later.
    """
    estimates = Estimates(compared)
    counted = {}
    for name in compared.titles:
        soon, never = (estimates.level(name, subject, measure) for measure in (SOON, NEVER))
        if soon.defined and never.defined:
            early = round(100 * soon.mean)
            unseen = min(round(100 * never.mean), 100 - early)
            counted[name] = OfHundred(early, 100 - early - unseen, unseen)
    return counted
