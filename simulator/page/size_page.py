"""The form Size a workforce."""

from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse

from simulator.page import size_asked
from simulator.page.fields import Problems, Typed
from simulator.page.form_pages import form_shown, routes_of
from simulator.page.size_targets import TARGETS


def shown(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    """Show the form as it was filled in, with what is wrong."""
    fields = size_asked.number_fields()
    return form_shown(request, "size.html", typed, problems, fields=fields, targets=TARGETS, pools=size_asked.POOLS)


ROUTES: Final = routes_of("size", size_asked.fields_by_default, size_asked.read, shown)
