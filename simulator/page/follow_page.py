"""The form Follow one provider."""

from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from simulator.page import compare_asked, follow_asked, own_text
from simulator.page.compare_page import own_shown, typed_with_own
from simulator.page.fields import Problems, Typed
from simulator.page.responses import html, state_of
from simulator.page.run_pages import asked_of_runs, typed_before
from simulator.page.safety import check_origin
from simulator.words.wording import capital
from simulator.world.services import SERVICE_TITLES


def form(request: Request) -> HTMLResponse:
    """Show the form: with the defaults, or as it was filled in for a run."""
    return shown(request, typed_before(request, "follow") or follow_asked.fields_by_default(), {})


async def send(request: Request) -> Response:
    """Take what was typed: go to the run that answers it, or say what is wrong."""
    check_origin(request.headers)
    typed, problems = await typed_with_own(request)
    inputs, wrong = await run_in_threadpool(follow_asked.read, typed, state_of(request).limits.framework_years)
    problems = wrong | problems
    if problems:
        return shown(request, typed, problems)
    return asked_of_runs(request, "follow", inputs, typed)


def shown(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    """Show the form as it was filled in, with what is wrong."""
    own = own_shown(typed, problems)
    return html(
        request,
        "follow.html",
        422 if problems else 200,
        typed=typed,
        problems=problems,
        fields=follow_asked.number_fields(),
        frameworks=frameworks_offered(own["own"]),
        types=[
            {"name": name, "title": f"{capital(SERVICE_TITLES[name])} ({count:,})"}
            for name, count in follow_asked.service_types().items()
        ],
        ways=follow_asked.WAYS,
        **own,
    )


def frameworks_offered(own: Any) -> list[dict[str, str]]:
    """Return the frameworks to choose from, by name and title; an own one last."""
    usual, others = compare_asked.offered()
    called = f"{own.title} (your own)" if own else "Your own framework, from the file below"
    return [
        *({"name": each.name, "title": each.title} for each in usual + others),
        {"name": own_text.NAME, "title": called},
    ]


ROUTES: Final = (Route("/follow", form), Route("/follow", send, methods=["POST"]))
"""Addresses of the form."""
