"""The choice "for whom": its fields, what an address has chosen, and the kind of provider in words."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from simulator.measures.for_whom import ALL
from simulator.measures.names import ALL_SERVICES
from simulator.page.fields import Problems
from simulator.page.naming import named_in_address
from simulator.page.page_scenario import HOMES
from simulator.page.whom_file import RATING
from simulator.words.providers import OF_ONE
from simulator.words.wording import article, capital
from simulator.world.services import AUTHORITY_SERVICES, SERVICE_TITLES

Choice = Mapping[str, str]
"""What is chosen, by the names of fields."""

_NOT_YET: Final = "not_yet_graded"
_JUDGEMENTS: Final = {"good": "good or better", "adequate": "adequate", "poor": "poor", _NOT_YET: "not yet judged"}
"""Ratings held."""
_SECTORS: Final = {"private": "private", "voluntary": "voluntary", "local_authority": "local authority"}
"""Kinds of bodies, before a provider."""
_NO_ARTICLE: Final = ("London", "Yorkshire and the Humber")


class _Field(NamedTuple):
    """A field to choose from."""

    name: str
    label: str
    every: str
    """What it offers for all together."""
    usual: str
    """What is chosen before anybody chooses."""
    words: Mapping[str, str]
    """Of what is offered; anything else is its own word."""
    note: str = ""
    """Stands below all fields."""


_FIELDS: Final = (
    _Field("service_type", "Type of service", "All types", HOMES, SERVICE_TITLES),
    _Field(RATING, "Last judgement", "Any judgement", "good", _JUDGEMENTS),
    _Field(
        "size",
        "Size",
        "All sizes",
        ALL,
        {},
        "A small children's home has up to 3 places, a medium one 4 or 5. Of other types, each size is a third.",
    ),
    _Field("region", "Region", "All regions", ALL, {}),
    _Field("sector", "Sector", "All sectors", ALL, _SECTORS),
)
FIELD_NAMES: Final = tuple(field.name for field in _FIELDS)


def choice_of(query: Mapping[str, str], offered: Mapping[str, Sequence[str]], problems: Problems) -> Choice:
    """Read what an address has chosen; what it leaves out is as usual. Note what there is not.

    Parameters
    ----------
    query
        Of the address.
    offered
        What can be chosen, by the names of fields.
    problems
        Takes what is wrong.
    """
    return {field.name: _chosen(field, query.get(field.name, ""), offered[field.name], problems) for field in _FIELDS}


def _chosen(field: _Field, given: str, offered: Sequence[str], problems: Problems) -> str:
    usual = field.usual if field.usual in offered else ALL
    if given and given not in offered:
        problems[field.name] = (
            f"There is no {field.label.lower()} “{named_in_address(given)}”. Choose one from the list"
        )
    return given if given in offered else usual


def fields_shown(choice: Choice, offered: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Return the fields as the page shows them: name, label, note and items, all together first."""
    return [
        {
            "name": field.name,
            "label": field.label,
            "note": field.note,
            "items": [
                {"value": name, "text": _option(field, name), "selected": name == choice[field.name]}
                for name in sorted(offered[field.name], key=lambda name: name != ALL)
            ],
        }
        for field in _FIELDS
    ]


def _option(field: _Field, name: str) -> str:
    return field.every if name == ALL else capital(field.words.get(name, name))


def kind_told(choice: Choice) -> str:
    """Describe one provider of a kind: ``a small children's home in the North West, judged good or better``."""
    service_type, sector, region = (choice[name] for name in ("service_type", "sector", "region"))
    provider = "provider" if service_type == ALL_SERVICES else OF_ONE[service_type]
    size = [choice["size"]] if choice["size"] != ALL else []
    run_by = [_SECTORS[sector]] if sector != ALL and service_type not in AUTHORITY_SERVICES else []
    place = f" in {_in_region(region)}" if region != ALL else ""
    return f"{article(' '.join([*size, *run_by, provider]))}{place}{_judged(choice[RATING])}"


def _judged(rating: str) -> str:
    """Write behind a provider how it was judged."""
    if rating == ALL:
        return ""
    return f", {'' if rating == _NOT_YET else 'judged '}{_JUDGEMENTS[rating]}"


def holding(rating: str) -> str:
    """Write what providers do that a rating chooses: ``hold this judgement``."""
    return {ALL: "are open", _NOT_YET: "are not yet judged"}.get(rating, "hold this judgement")


def _in_region(region: str) -> str:
    """Name a region within a sentence."""
    return region if region in _NO_ARTICLE else f"the {region}"
