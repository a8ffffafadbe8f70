"""The name of one provider for people: ``children's home number 1652`` where tables say ``childrens_home-1652``."""

from typing import Final

from simulator.words.wording import capital
from simulator.world.services import SERVICE_TYPES

OF_ONE: Final = {
    "childrens_home": "children's home",
    "secure_childrens_home": "secure children's home",
    "residential_special_school": "residential special school",
    "boarding_school": "boarding school",
    "fe_college": "further education college with residence",
    "residential_family_centre": "residential family centre",
    "la_fostering": "local authority fostering service",
    "independent_fostering": "independent fostering agency",
    "la_adoption": "local authority adoption service",
    "voluntary_adoption_agency": "voluntary adoption agency",
    "adoption_support_agency": "adoption support agency",
    "private_fostering": "local authority with private fostering",
    "local_authority": "local authority",
}
"""What a single provider of each service type is called."""


def provider_told(name: str) -> str:
    """Name a provider within a sentence; one of a register of somebody's own keeps the name that it has there."""
    service_type, _, digits = name.rpartition("-")
    if service_type in SERVICE_TYPES and digits.isdecimal():
        return f"{OF_ONE[service_type]} number {int(digits)}"
    return name


def beginning_with(name: str, sentence: str) -> str:
    """Begin a sentence on a provider with a capital, but where it begins with a name of somebody's own register."""
    return sentence if provider_told(name) == name else capital(sentence)
