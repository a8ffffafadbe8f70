"""Pages that only tell: the introduction, the assumptions, the method, accessibility."""

import re
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from simulator.page import compare_asked
from simulator.page.form_parts import offered
from simulator.page.responses import html
from simulator.page.shipped_answers import LEVELS, USUAL, levels_told, ready_answer, ready_is_of_today

if TYPE_CHECKING:
    from markdown_it.token import Token

_CLASSES: Final = {
    "h1": "govuk-heading-l",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "h4": "govuk-heading-s",
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "table": "govuk-table",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}
"""Classes of the GOV.UK Design System for what Markdown becomes."""


def _introduction(request: Request) -> HTMLResponse:
    """Show what this is, with an answer to begin with; the dial sets its number of inspectors."""
    asked = request.query_params.get("inspectors", "")
    level = int(asked) if asked in map(str, LEVELS) else USUAL
    return html(
        request,
        "introduction.html",
        answer=ready_answer(level),
        of_today=ready_is_of_today(),
        level=level,
        levels=LEVELS,
        usual_level=USUAL,
        side_by_side=levels_told(),
    )


def _assumptions(request: Request) -> HTMLResponse:
    """Show every number that the answers rest on."""
    return html(request, "text.html", title="Assumptions", body=_assumptions_html())


@cache
def _assumptions_html() -> str:
    """Turn the assumptions log into HTML."""
    from simulator.words.assumptions import shipped_page

    return _as_html(shipped_page())


def warm_up() -> None:
    """Make what is slow to make the first time, so that the first visitor need not wait for it."""
    _assumptions_html()
    offered()
    compare_asked.number_fields()


def _as_html(markdown: str) -> str:
    """Turn Markdown of our own into HTML; markup in it is shown and not taken for such."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(markdown)
    _dress(tokens)
    told: str = reader.renderer.render(tokens, reader.options, {})
    number = count(1)

    def region(_: re.Match[str]) -> str:
        return f'<div class="app-scroll" role="region" aria-label="Table {next(number)}" tabindex="0"><table'

    return re.sub("<table", region, told).replace("</table>", "</table></div>")


def _dress(tokens: "list[Token]") -> None:
    for token in tokens:
        if token.nesting >= 0 and token.tag in _CLASSES:
            token.attrJoin("class", _CLASSES[token.tag])
        _dress(token.children or [])


def _method(request: Request) -> HTMLResponse:
    """Show how the simulation works and what it cannot say."""
    return html(request, "method.html")


def _accessibility(request: Request) -> HTMLResponse:
    """Show the accessibility statement."""
    return html(request, "accessibility.html")


ROUTES: Final = (
    Route("/", _introduction),
    Route("/assumptions", _assumptions),
    Route("/method", _method),
    Route("/accessibility", _accessibility),
)
