"""The form Why?, and the same asked of an option on the page of a comparison."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from simulator.page import explain_asked
from simulator.page.explain_asked import OPTION
from simulator.page.fields import Problems, Typed, first
from simulator.page.form_pages import form_shown, routes_of
from simulator.page.kinds import COMPARE
from simulator.page.responses import runs_of, typed_in
from simulator.page.result_files import run_of
from simulator.page.run_pages import asked_of_runs
from simulator.page.safety import check_origin


def shown(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    """Show the form as it was filled in, with what is wrong."""
    return form_shown(request, "explain.html", typed, problems, fields=explain_asked.number_fields())


async def _why(request: Request) -> Response:
    """Explain an option of a comparison, in the world that was compared."""
    check_origin(request.headers)
    run, (typed, _) = run_of(request), await typed_in(request)
    option = first(typed, OPTION)
    if run.kind != COMPARE or option not in [why[OPTION] for why in explain_asked.whys(run.inputs)]:
        raise HTTPException(404)
    most = runs_of(request).limits.framework_years
    fields = await run_in_threadpool(explain_asked.fields_of_why, run.inputs, option, most)
    inputs, problems = await run_in_threadpool(explain_asked.read, fields, most)
    return shown(request, fields, problems) if problems else asked_of_runs(request, "explain", inputs, fields)


ROUTES: Final = (
    *routes_of("explain", explain_asked.fields_by_default, explain_asked.read, shown),
    Route("/runs/{run_id}/why", _why, methods=["POST"]),
)
