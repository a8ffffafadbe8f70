"""What the pages of all forms do: show the form, take what was typed, and lead to the run that answers it."""

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from simulator.page import own_text
from simulator.page.fields import Filled, Problems, Typed
from simulator.page.form_parts import MOST, OWN, OWN_FILE, names_of, offered, own_frameworks_of
from simulator.page.kinds import KINDS
from simulator.page.naming import name_in
from simulator.page.responses import html, runs_of, typed_in
from simulator.page.run_pages import asked_of_runs, typed_before
from simulator.page.run_store import Inputs
from simulator.page.safety import check_origin


def routes_of(
    kind: str,
    by_default: Callable[[], Filled],
    read: Callable[[Typed, int], tuple[Inputs, Problems]],
    shown: Callable[[Request, Typed, Problems], HTMLResponse],
) -> tuple[Route, Route]:
    """Return the addresses of a form.

    Parameters
    ----------
    kind
        Of question (`simulator.page.kinds`).
    by_default
        Returns the form as it is before anything is typed.
    read
        Reads what was typed: takes that, and the number of years simulated in one run, at most; returns what is asked,
        and what is wrong.
    shown
        Shows the form as it was filled in, with what is wrong.
    """

    def form(request: Request) -> HTMLResponse:
        return shown(request, typed_before(request, kind) or _filled_in_address(request, by_default()), {})

    async def send(request: Request) -> Response:
        check_origin(request.headers)
        typed, problems = await _typed_with_own(request)
        inputs, wrong = await run_in_threadpool(read, typed, runs_of(request).limits.framework_years)
        problems = wrong | problems
        name_in(typed, problems)
        if problems:
            return shown(request, typed, problems)
        return asked_of_runs(request, kind, inputs, typed)

    return Route(KINDS[kind].form, form), Route(KINDS[kind].form, send, methods=["POST"])


def _filled_in_address(request: Request, fields: Filled) -> Filled:
    """Return a form with the fields that its address fills in: ``/explain?option=option-b&years=5``."""
    query = request.query_params
    return {name: query.getlist(name) if name in query else values for name, values in fields.items()}


async def _typed_with_own(request: Request) -> tuple[Filled, Problems]:
    """Read the form; the text of a file sent with it is one more own framework."""
    typed, files = await typed_in(request)
    sent = files.get(OWN_FILE, b"")
    typed.pop(OWN_FILE, None)
    if not sent:
        return typed, {}
    try:
        typed[OWN] = [*typed.get(OWN, ()), sent.decode("utf-8-sig")]
    except UnicodeDecodeError:
        return typed, {OWN_FILE: "The file of your own framework must be a text file in UTF-8 (TOML)"}
    return typed, {}


def form_shown(request: Request, template: str, typed: Typed, problems: Problems, **given: Any) -> HTMLResponse:
    """Show a form as it was filled in, with what is wrong.

    Parameters
    ----------
    request
        For the form.
    template, given
        Of the form, and what it needs beside the frameworks, the own one among them.
    typed, problems
        What was typed, and what is wrong.
    """
    usual, others = offered()
    texts = [own_text.unix_lines(text) for text in typed.get(OWN, ()) if text][:MOST]
    own = [
        {"text": text, "name": name, "title": framework.title}
        for text, name in zip(texts, names_of(texts), strict=True)
        for framework in own_frameworks_of([text], {})
    ]
    return html(
        request,
        template,
        422 if problems else 200,
        typed=typed,
        problems=problems,
        usual=usual,
        others=others,
        most=MOST,
        own=own,
        own_name=own_text.NAME,
        own_file=OWN_FILE,
        **given,
    )
