"""The form Follow one provider."""

from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse

from simulator.page import follow_asked
from simulator.page.fields import Problems, Typed
from simulator.page.form_pages import form_shown, routes_of
from simulator.words.wording import capital
from simulator.world.services import SERVICE_TITLES


def shown(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    """Show the form as it was filled in, with what is wrong."""
    types = [
        {"name": name, "title": f"{capital(SERVICE_TITLES[name])} ({count:,})"}
        for name, count in follow_asked.service_types().items()
    ]
    fields = follow_asked.number_fields()
    return form_shown(request, "follow.html", typed, problems, fields=fields, types=types, ways=follow_asked.WAYS)


ROUTES: Final = routes_of("follow", follow_asked.fields_by_default, follow_asked.read, shown)
