"""The form Compare options."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from simulator.present.web import compare_asked, own_option
from simulator.present.web.fields import Problems, Typed
from simulator.present.web.responses import html, state_of, typed_in
from simulator.present.web.run_pages import asked_of_runs, typed_before
from simulator.present.web.safety import check_origin

ADVANCED: Final = ("area", "noise", "concerns", "complaints", "cost", "seed")
"""Fields that are folded away."""


def form(request: Request) -> HTMLResponse:
    """Show the form: with the defaults, or as it was filled in for a run."""
    return shown(request, typed_before(request, "compare") or compare_asked.fields_by_default(), {})


async def send(request: Request) -> Response:
    """Take what was typed: go to the run that answers it, or say what is wrong."""
    check_origin(request.headers)
    typed = await typed_in(request)
    most_years = state_of(request).limits.framework_years
    inputs, problems = await run_in_threadpool(compare_asked.read, typed, most_years)
    if problems:
        return shown(request, typed, problems)
    return asked_of_runs(request, "compare", inputs, typed)


def shown(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    """Show the form as it was filled in, with what is wrong."""
    own = own_option.carried(typed, problems)
    usual, others = compare_asked.offered_with(own)
    return html(
        request,
        "compare.html",
        422 if problems else 200,
        typed=typed,
        problems=problems,
        fields=compare_asked.number_fields(),
        advanced=ADVANCED,
        usual=usual,
        others=others,
        carried=own_option.fields(own) if own else {},
        most=compare_asked.MOST,
        first_ids={compare_asked.FRAMEWORKS: f"{compare_asked.FRAMEWORKS}-{usual[0].name}"},
    )


ROUTES: Final = (Route("/compare", form), Route("/compare", send, methods=["POST"]))
