"""The form Compare options."""

from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse

from simulator.page import compare_asked
from simulator.page.fields import Problems, Typed
from simulator.page.form_pages import form_shown, routes_of


def shown(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    """Show the form as it was filled in, with what is wrong."""
    return form_shown(request, "compare.html", typed, problems, fields=compare_asked.number_fields())


ROUTES: Final = routes_of("compare", compare_asked.fields_by_default, compare_asked.read, shown)
