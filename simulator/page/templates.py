"""The templates of the page, with the components of the GOV.UK Design System as macros."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.page.dots import drawn
from simulator.page.naming import MOST_OF_NAME
from simulator.page.own_text import MOST
from simulator.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER: Final = Path(__file__).parent / "templates"
_NAME: Final = "Compare inspection frameworks"
"""Of the service."""
NAVIGATION: Final = (
    ("/", "Introduction"),
    ("/compare", "Compare options"),
    ("/explain", "Why?"),
    ("/size", "Size a workforce"),
    ("/own", "Your own option"),
    ("/follow", "One provider"),
    ("/assumptions", "Assumptions"),
    ("/method", "Method"),
)
"""Addresses and words of the pages that every page leads to."""


@cache
def _environment() -> "Environment":
    """Return what fills in templates: everything that is put in is escaped."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(loader=ChoiceLoader([FileSystemLoader(_FOLDER), components]), autoescape=True)
    made.globals |= {"service": _NAME, "version": __version__, "navigation": NAVIGATION}
    made.globals |= {"most_of_file": f"{MOST // 1024} KB", "most_of_name": MOST_OF_NAME, "drawn": drawn}
    made.trim_blocks = made.lstrip_blocks = True
    return made


def page(template: str, **given: Any) -> str:
    """Fill in a template."""
    return _environment().get_template(template).render(**given)
