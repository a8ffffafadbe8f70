"""The thirteen kinds of provider, by the names that files use; the position of a name is its code in arrays.

Source: *Modernising the Regulatory Framework for Children's Social Services* (DfES 2006), paragraph 2.2.2: nine
sets of National Minimum Standards, split where the rules differ. The thirteenth is the local authority as a whole.
"""

from typing import Final

SERVICE_TYPES: Final[tuple[str, ...]] = (
    "childrens_home",
    "secure_childrens_home",
    "residential_special_school",
    "boarding_school",
    "fe_college",
    "residential_family_centre",
    "la_fostering",
    "independent_fostering",
    "la_adoption",
    "voluntary_adoption_agency",
    "adoption_support_agency",
    "private_fostering",
    "local_authority",
)

SERVICE_TITLES: Final[dict[str, str]] = {
    "childrens_home": "children's homes",
    "secure_childrens_home": "secure children's homes",
    "residential_special_school": "residential special schools",
    "boarding_school": "boarding schools",
    "fe_college": "further education colleges with residence",
    "residential_family_centre": "residential family centres",
    "la_fostering": "local authority fostering services",
    "independent_fostering": "independent fostering agencies",
    "la_adoption": "local authority adoption services",
    "voluntary_adoption_agency": "voluntary adoption agencies",
    "adoption_support_agency": "adoption support agencies",
    "private_fostering": "private fostering arrangements of local authorities",
    "local_authority": "local authorities",
}

AUTHORITY_SERVICES: Final[tuple[str, ...]] = (
    "la_fostering",
    "la_adoption",
    "private_fostering",
    "local_authority",
)
"""The types of which every local authority has exactly one; they neither register nor close."""

LOCAL_AUTHORITY: Final = SERVICE_TYPES.index("local_authority")

SECTORS: Final[tuple[str, ...]] = ("private", "voluntary", "local_authority")
