"""The form Workforce by year."""

from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse

from simulator.page import workforce_asked
from simulator.page.fields import Problems, Typed
from simulator.page.form_pages import form_shown, routes_of


def shown(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    """Show the form as it was filled in, with what is wrong."""
    return form_shown(
        request,
        "workforce.html",
        typed,
        problems,
        fields=workforce_asked.number_fields(),
        finds=workforce_asked.FINDS,
        freeze=workforce_asked.FREEZE_ENDS,
        parts=workforce_asked.DATE_PARTS,
    )


ROUTES: Final = routes_of("workforce", workforce_asked.fields_by_default, workforce_asked.read, shown)
