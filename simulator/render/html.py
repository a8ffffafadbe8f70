"""A document as one HTML file that needs nothing else: styles and pictures are in it, and nothing is loaded."""

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from simulator.render.document import Document, Figure

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATE: Final = "report.html"
_STYLES: Final = "report.css"


def as_html(document: Document) -> bytes:
    """Write a document as HTML in UTF-8."""
    page = _environment().get_template(_TEMPLATE).render(document=document)
    return page.encode("utf-8")


@cache
def _environment() -> "Environment":
    """Prepare the templates: all text of a run is escaped, except pictures, which are safe already."""
    from importlib.resources import files

    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = files("simulator.render") / "templates"
    made = Environment(
        loader=FileSystemLoader(str(folder)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["css_text"] = lambda text: Markup(css_text(text))
    made.filters["breakable"] = breakable
    made.globals["drawn"] = _drawn
    made.globals["styles"] = Markup((folder / _STYLES).read_text(encoding="utf-8"))
    return made


def _drawn(figure: Figure) -> str:
    from markupsafe import Markup

    return Markup(figure.svg)


def breakable(text: str) -> str:
    """Allow a dotted key to be broken after a dot or an underscore."""
    from markupsafe import Markup, escape

    return Markup(re.sub(r"([._])(?=[a-z])", r"\1<wbr>", str(escape(text))))


def css_text(text: str) -> str:
    """Write a text as one of a style sheet: all but letters, digits and spaces as their code points."""
    return f'"{"".join(map(_in_css, text))}"'


def _in_css(character: str) -> str:
    plain = character.isascii() and (character.isalnum() or character == " ")
    return character if plain else f"\\{ord(character):06X} "
