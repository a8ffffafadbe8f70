"""Pages that only tell: the introduction, the assumptions, the method, accessibility."""

import json
import re
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from simulator.page import compare_asked
from simulator.page.answer import ANSWER
from simulator.page.form_parts import offered
from simulator.page.responses import html, message
from simulator.page.safety import FILE_POLICY

if TYPE_CHECKING:
    from markdown_it.token import Token

READY: Final = Path(__file__).parent / "ready"
"""Folder of the answer that the introduction begins with (`simulator.page.ready_answer`)."""
KEY: Final = "key.txt"
"""File in it that says by which rules the answer was made."""
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
    """Show what this is, with an answer to begin with."""
    return html(request, "introduction.html", answer=ready_answer(), of_today=ready_is_of_today())


def _ready_chart(request: Request) -> Response:
    """Return a chart of the answer to begin with."""
    name = request.path_params["name"]
    if name not in [chart["name"] for chart in ready_answer()["charts"]]:
        return message(request, 404, "Page not found", "This chart does not exist.")
    return FileResponse(READY / f"{name}.svg", headers={"Content-Security-Policy": FILE_POLICY})


@cache
def ready_answer() -> dict[str, Any]:
    """Read the answer to begin with."""
    read: dict[str, Any] = json.loads((READY / ANSWER).read_text(encoding="utf-8"))
    return read


@cache
def ready_is_of_today() -> bool:
    """Whether the answer to begin with was made by the rules and shipped files that are here."""
    path = READY / KEY
    return path.is_file() and path.read_text(encoding="utf-8").strip() == ready_key()


def ready_key() -> str:
    """Compute a digest of the source and the shipped files that the answer to begin with depends on."""
    from simulator.inputs.shipped import folder
    from simulator.source_files import digest_of, files_in, python_files, running_files

    shipped = {f"shipped/{name}": content for name, content in files_in(folder(), (".toml",)).items()}
    return digest_of({**running_files(python_files()), **shipped})


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
    Route("/ready/{name}.svg", _ready_chart),
    Route("/assumptions", _assumptions),
    Route("/method", _method),
    Route("/accessibility", _accessibility),
)
