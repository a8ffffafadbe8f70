"""Measures of some providers in words: what each is called, and what more or less of it means."""

from simulator.measures.names import ALL_SERVICES
from simulator.running.targets import Quantity
from simulator.words.estimates import CHILDRENS_HOMES
from simulator.words.wording import capital, named, verb
from simulator.world.services import SERVICE_TITLES


def _providers_of(quantity: Quantity) -> str:
    """Name the providers that a measure is of, in the plural."""
    if quantity.service_type == ALL_SERVICES:
        return "providers"
    if quantity.service_type == CHILDRENS_HOMES.service_type:
        return CHILDRENS_HOMES.short
    return SERVICE_TITLES[quantity.service_type]


def title_of(quantity: Quantity) -> str:
    """Name a measure of some providers for people."""
    of = "all providers" if quantity.service_type == ALL_SERVICES else SERVICE_TITLES[quantity.service_type]
    return f"{quantity.of.title}, {of}"


def column_title(quantity: Quantity) -> str:
    """Name a measure of some providers in few words: ``Homes poor and unfound``."""
    return capital(quantity.of.column.format(providers=_providers_of(quantity))) or title_of(quantity)


def does(title: str, quantity: Quantity, sign: int) -> str:
    """Report what a framework does, with the word for less (sign -1) or for more (1): ``finds poor homes sooner``."""
    verb_, what, *_ = quantity.of.words
    told = what.format(providers=_providers_of(quantity), way=way(quantity, sign))
    return f"{named(title)} {verb(title, verb_)} {told}"


def way(quantity: Quantity, sign: int) -> str:
    """Return the word for less (sign -1) or for more (1) of a measure: ``sooner``, ``fewer``."""
    return quantity.of.words.way(sign)
