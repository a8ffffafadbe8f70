"""The page put together: its routes, what they share, and what happens when something goes wrong.

A new page is a module with ``ROUTES`` and a template, listed here in `PAGES` and, if every page is to lead to it, in
`simulator.page.templates.NAVIGATION`.
"""

import sys
import threading
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from simulator.page import (
    assumptions_page,
    beside_page,
    compare_page,
    explain_page,
    follow_page,
    own_page,
    plain_pages,
    result_files,
    run_pages,
    size_page,
    whom_page,
    workforce_page,
)
from simulator.page.limits import Limits
from simulator.page.responses import message, runs_of
from simulator.page.run_store import RunStore
from simulator.page.runs import Runs
from simulator.page.safety import HEADERS, ForeignError, Guard, TooLargeError, TooSlowError

PAGES: Final = (
    plain_pages,
    compare_page,
    explain_page,
    size_page,
    workforce_page,
    own_page,
    follow_page,
    assumptions_page,
    run_pages,
    result_files,
    beside_page,
    whom_page,
)
"""Modules of pages."""
_HERE: Final = Path(__file__).parent
_BUILT: Final = ("page.css", "govuk-frontend.min.js")
"""Files that `make page` makes of GOV.UK Frontend."""
_OWN: Final = ("page.js", "icon.svg", "govuk-frontend-licence.txt")


def missing() -> list[str]:
    """Name the files of GOV.UK Frontend that are not there."""
    return [name for name in _BUILT if not (_HERE / "built" / name).is_file()]


def _static(request: Request) -> Response:
    """Return style sheet, script or icon."""
    name = request.path_params["name"]
    path = _HERE / ("built" if name in _BUILT else "static") / name
    if name not in _BUILT + _OWN or not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, headers={"Cache-Control": "public, max-age=3600"})


def _health(request: Request) -> Response:
    """Report for a proxy or a container that the server works: its last line is ``well``, or says what is wrong."""
    told, wrong = runs_of(request).health()
    return Response(f"{told}{wrong or 'well'}\n", 503 if wrong else 200, media_type="text/plain")


def _saying(status: int, title: str, text: str) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return what answers an error with a message."""

    async def answer(request: Request, _: Exception) -> Response:
        return message(request, status, title, text)

    return answer


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    return message(request, status, "The form cannot be read", "Go back to the form and send it again.")


async def _went_wrong(request: Request, error: Exception) -> Response:
    """Own up to a mistake; this answer alone does not pass the guard, so it is given the headers here."""
    traceback.print_exception(error, file=sys.stderr)
    return message(
        request,
        500,
        "Something went wrong",
        "This is an error in the program, not yours. The person who runs this page can find it in the server's log.",
        headers=HEADERS,
    )


_MESSAGES: Final = {
    404: _saying(
        404,
        "Page not found",
        "If you typed the address, check that it is correct. Answers that nobody opens are deleted after a time.",
    ),
    405: _saying(405, "This address cannot be used in this way", "Go to the introduction and start again from there."),
    TooLargeError: _saying(413, "The form is too large", "A form and its file may be up to half a megabyte together."),
    TooSlowError: _saying(408, "It took too long", "The form did not arrive in time. Go back and try again."),
    ForeignError: _saying(
        403,
        "This form was sent from another site",
        "For security, only forms from this page are accepted. Open the page here and fill in the form again.",
    ),
}
"""Answers to errors, by status or by kind of error."""


def app_of(store: RunStore, limits: Limits, program: str) -> Starlette:
    """Put the page together.

    Parameters
    ----------
    store
        Where runs are.
    limits
        How much is taken on.
    program
        Digest of the program, which goes into the addresses of runs.

    Returns
    -------
    Starlette
        The application; runs are carried out from its start to its shutdown.
    """
    runs = Runs(store, limits, program)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        runs.start()
        for page in (plain_pages, assumptions_page):
            threading.Thread(target=page.warm_up, name="warming up", daemon=True).start()
        try:
            yield
        finally:
            await run_in_threadpool(runs.stop)

    routes: list[BaseRoute] = [Route("/static/{name}", _static), Route("/health", _health)]
    for page in PAGES:
        routes += page.ROUTES
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(Guard, limits=limits)],
        exception_handlers={
            **_MESSAGES,
            HTTPException: _refused,
            Exception: _went_wrong,
        },
    )
    app.state.runs = runs
    return app
