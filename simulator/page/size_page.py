"""The form Size a workforce."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from simulator.page import compare_asked, size_asked
from simulator.page.compare_page import own_shown, typed_with_own
from simulator.page.fields import Problems, Typed
from simulator.page.responses import html, state_of
from simulator.page.run_pages import asked_of_runs, typed_before
from simulator.page.safety import check_origin
from simulator.page.size_targets import TARGETS

PLAIN: Final = ("years",)
"""Fields that everybody sees, after frameworks, targets and pool; the others are folded away."""


def form(request: Request) -> HTMLResponse:
    """Show the form: with the defaults, or as it was filled in for a run."""
    return shown(request, typed_before(request, "size") or size_asked.fields_by_default(), {})


async def send(request: Request) -> Response:
    """Take what was typed: go to the run that answers it, or say what is wrong."""
    check_origin(request.headers)
    typed, problems = await typed_with_own(request)
    inputs, wrong = await run_in_threadpool(size_asked.read, typed, state_of(request).limits.framework_years)
    problems = wrong | problems
    if problems:
        return shown(request, typed, problems)
    return asked_of_runs(request, "size", inputs, typed)


def shown(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    """Show the form as it was filled in, with what is wrong."""
    usual, others = compare_asked.offered()
    fields = size_asked.number_fields()
    return html(
        request,
        "size.html",
        422 if problems else 200,
        typed=typed,
        problems=problems,
        fields=fields,
        plain=PLAIN,
        advanced=[name for name in fields if name not in PLAIN],
        usual=usual,
        others=others,
        **own_shown(typed, problems),
        most=compare_asked.MOST,
        targets=TARGETS,
        pools=size_asked.POOLS,
        first_ids={
            compare_asked.FRAMEWORKS: f"{compare_asked.FRAMEWORKS}-{usual[0].name}",
            size_asked.TICKED: f"{size_asked.TICKED}-{TARGETS[0].name}",
        },
    )


ROUTES: Final = (Route("/size", form), Route("/size", send, methods=["POST"]))
