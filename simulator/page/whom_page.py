"""For whom, of the shipped comparison: the page that the introduction leads to."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from simulator.page.responses import html
from simulator.page.shipped_answers import ready_answer, ready_is_of_today, ready_whom
from simulator.page.whom import whom_shown

PATH: Final = "/for-whom"


def _shown(request: Request) -> HTMLResponse:
    """Show what the shipped comparison means for one kind of provider."""
    whom = whom_shown(ready_whom(), request.query_params)
    if not whom:
        raise HTTPException(404)
    status = 422 if whom["problems"] else 200
    return html(request, "for_whom.html", status, answer=ready_answer(), of_today=ready_is_of_today(), whom=whom)


ROUTES: Final = (Route(PATH, _shown),)
