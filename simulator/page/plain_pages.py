"""Pages that only tell: the introduction, the method, accessibility."""

from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from simulator.page import compare_asked, explain_asked
from simulator.page.form_parts import offered
from simulator.page.responses import html
from simulator.page.shipped_answers import LEVELS, USUAL, levels_told, ready_answer, ready_is_of_today, ready_whom


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
        has_whom=bool(ready_whom()),
        whys=explain_asked.whys_of_shipped(),
    )


def warm_up() -> None:
    """Make what is slow to make the first time, so that the first visitor need not wait for it."""
    offered()
    compare_asked.number_fields()


def _method(request: Request) -> HTMLResponse:
    """Show how the simulation works and what it cannot say."""
    return html(request, "method.html")


def _accessibility(request: Request) -> HTMLResponse:
    """Show the accessibility statement."""
    return html(request, "accessibility.html")


ROUTES: Final = (
    Route("/", _introduction),
    Route("/method", _method),
    Route("/accessibility", _accessibility),
)
