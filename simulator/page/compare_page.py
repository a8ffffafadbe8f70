"""The form Compare options."""

from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from simulator.page import compare_asked, own_text
from simulator.page.fields import Problems, Typed, first
from simulator.page.responses import html, state_of, typed_in
from simulator.page.run_pages import asked_of_runs, typed_before
from simulator.page.safety import check_origin

ADVANCED: Final = ("area", "noise", "concerns", "complaints", "cost", "seed")
"""Fields that are folded away."""


def form(request: Request) -> HTMLResponse:
    """Show the form: with the defaults, or as it was filled in for a run."""
    return shown(request, typed_before(request, "compare") or compare_asked.fields_by_default(), {})


async def send(request: Request) -> Response:
    """Take what was typed: go to the run that answers it, or say what is wrong."""
    check_origin(request.headers)
    typed, problems = await typed_with_own(request)
    inputs, wrong = await run_in_threadpool(compare_asked.read, typed, state_of(request).limits.framework_years)
    problems = wrong | problems
    if problems:
        return shown(request, typed, problems)
    return asked_of_runs(request, "compare", inputs, typed)


async def typed_with_own(request: Request) -> tuple[dict[str, list[str]], Problems]:
    """Read the form; the text of a file sent with it takes the place of that of an earlier one."""
    typed, files = await typed_in(request)
    sent = files.get(compare_asked.OWN_FILE, b"")
    typed.pop(compare_asked.OWN_FILE, None)
    if not sent:
        return typed, {}
    try:
        typed[compare_asked.OWN] = [sent.decode("utf-8-sig")]
    except UnicodeDecodeError:
        return typed, {compare_asked.OWN_FILE: "The file of your own framework must be a text file in UTF-8 (TOML)"}
    return typed, {}


def shown(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    """Show the form as it was filled in, with what is wrong."""
    usual, others = compare_asked.offered()
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
        most=compare_asked.MOST,
        own_name=own_text.NAME,
        **own_shown(typed, problems),
        first_ids={compare_asked.FRAMEWORKS: f"{compare_asked.FRAMEWORKS}-{usual[0].name}"},
    )


def own_shown(typed: Typed, problems: Problems) -> dict[str, Any]:
    """Return what a form needs to show and hand on an own framework."""
    text = "" if problems.get(compare_asked.OWN_FILE) else own_text.unix_lines(first(typed, compare_asked.OWN))
    return {"own": compare_asked.own_framework_of(text, {}), "own_file": compare_asked.OWN_FILE}


ROUTES: Final = (Route("/compare", form), Route("/compare", send, methods=["POST"]))
