"""The pages of a run: waiting, under way, answered, failed, cancelled."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from simulator.page.askers import NotAskedError, TooBusyError
from simulator.page.explain_asked import whys
from simulator.page.fields import Typed
from simulator.page.kinds import COMPARE, KINDS
from simulator.page.limits import DAY
from simulator.page.line import Progress
from simulator.page.naming import NAME, address_of, name_in, named_in_address
from simulator.page.responses import html, message, runs_of
from simulator.page.result_files import answer_of_run, files_of, run_of, whom_of_run
from simulator.page.run_store import OPEN, Inputs, Run
from simulator.page.safety import asker_of, check_origin, client_of, new_asker, remember_asker
from simulator.page.sharing import link_to, reach_of
from simulator.page.whom import whom_shown

_SHORT: Final = 70
"""Characters of a headline in the browser's tab."""


def asked_of_runs(request: Request, kind: str, inputs: Inputs, typed: Typed) -> Response:
    """Ask a question, and lead to the run that answers it; say so if nothing more can be taken on."""
    token = asker_of(request) or new_asker()
    try:
        run = runs_of(request).ask(kind, inputs, client_of(request.scope), token)
    except TooBusyError as busy:
        return _too_busy(request, busy, (KINDS[kind].form, typed))
    return _led_to(request, run, name_in(typed, {}), token)


def _led_to(request: Request, run: Run, name: str, token: str) -> Response:
    """Lead to a run; the browser of somebody who asked for it keeps the token by which it can be cancelled."""
    answer = RedirectResponse(address_of(run.id, name), 303)
    if run.state in OPEN and token != asker_of(request):
        remember_asker(request, answer, token)
    return answer


def typed_before(request: Request, kind: str) -> Typed | None:
    """Return the fields of a form as they were for the run named in the query, None if there is none such."""
    run = runs_of(request).store.find(request.query_params.get("from", ""))
    name = _name_in(request)
    return {**KINDS[kind].fields(run.inputs), NAME: [name]} if run and run.kind == kind else None


def _show(request: Request) -> HTMLResponse:
    """Show a run, however far it is."""
    runs, run = runs_of(request), run_of(request)
    runs.store.opened(run.id)
    kind, name = KINDS[run.kind], _name_in(request)
    given: dict[str, Any] = {"run": run, "rows": kind.asked(run.inputs), "form": kind.form, "name": name}
    if run.state in OPEN:
        given["may_cancel"] = runs.has_asked(run, client_of(request.scope), asker_of(request))
        return html(request, "waiting.html", words=_words_of(run, runs.progress(run.id)), **given)
    if answer := answer_of_run(request, run):
        whom = whom_shown(whom_of_run(request, run), request.query_params)
        link = link_to(request, run.id, name, whom.get("chosen", {}))
        given |= {"link": link, "reach": reach_of(request.url.hostname or "")}
        given |= {"days": round(runs.limits.keep_seconds / DAY), "files": files_of(request, run)}
        given |= {"whys": whys(run.inputs) if run.kind == COMPARE else ()}
        given |= {"whom": whom, "tab": name or in_short(answer["title"])}
        return html(request, kind.template, 422 if whom.get("problems") else 200, answer=answer, **given)
    if run.state == "cancelled":
        return html(request, "ended.html", title="This run was cancelled", text="Nothing was stored.", **given)
    reason = run.reason or "Its results are no longer available."
    return html(request, "ended.html", title="This run failed", text=reason, **given)


def _name_in(request: Request) -> str:
    return named_in_address(request.query_params.get(NAME, ""))


def in_short(headline: str) -> str:
    """Return the first part of a headline, for the browser's tab."""
    first = headline.split(";", maxsplit=1)[0].rstrip(".")
    return first if len(first) <= _SHORT else f"{first[:_SHORT].rpartition(' ')[0]}…"


def _status(request: Request) -> JSONResponse:
    """Report how far a run is, for the script of the page."""
    runs = runs_of(request)
    run = runs.store.find(request.path_params["run_id"])
    if run is None or run.state not in OPEN:
        return JSONResponse({"open": False}, 200 if run else 404)
    return JSONResponse({"open": True, **_words_of(run, runs.progress(run.id))})


def _words_of(run: Run, progress: Progress) -> dict[str, Any]:
    """Report how far a run is: ``title``, ``progress``, ``percent`` and ``left``."""
    left, percent = _duration(progress.seconds_left), 0
    if run.state == "waiting" and progress.place:
        ahead = progress.place - 1
        before = "it is next" if not ahead else f"{ahead} {'is' if ahead == 1 else 'are'} before it"
        title, reached = "Your question is waiting for its turn", f"Place {progress.place} in the queue: {before}"
        left = left and f"About {left} until the answer is ready."
    elif not progress.of:
        title, reached = "Your question is about to start", "Getting ready"
        left = "The first run after installation takes a minute longer."
    else:
        title, percent = "Your question is being simulated", round(100 * progress.done / progress.of)
        reached = KINDS[run.kind].so_far.format(done=progress.done, of=progress.of)
        left = left and f"About {left} left."
    return {"title": title, "progress": reached, "percent": percent, "left": left}


def _duration(seconds: float | None) -> str:
    """Report a time roughly; nothing if it is not known."""
    if seconds is None:
        return ""
    if seconds < 50:  # noqa: PLR2004  (what is rounded to a minute begins here)
        tens = max(5, 5 * round(seconds / 5))
        return f"{tens} seconds"
    minutes = max(1, round(seconds / 60))
    return "one minute" if minutes == 1 else f"{minutes} minutes"


def _cancel(request: Request) -> Response:
    """Cancel a run for somebody who asked for it."""
    check_origin(request.headers)
    run = run_of(request)
    try:
        ended = runs_of(request).cancel(run, client_of(request.scope), asker_of(request))
    except TooBusyError as busy:
        return _too_busy(request, busy, (f"/runs/{run.id}/cancel?{request.url.query}", {}))
    except NotAskedError:
        return message(
            request,
            403,
            "You cannot cancel this run",
            "Only those who asked the question can cancel it, in the browser in which they asked. You need not wait.",
        )
    if ended.state in OPEN:
        return message(
            request,
            200,
            "The run continues for somebody else",
            "Somebody else asked the same question and is still waiting for the answer. You do not need to wait.",
        )
    return RedirectResponse(address_of(run.id, _name_in(request)), 303)


def _again(request: Request) -> Response:
    """Ask again for a run that failed or was cancelled."""
    check_origin(request.headers)
    run, token = run_of(request), asker_of(request) or new_asker()
    try:
        asked = runs_of(request).again(run, client_of(request.scope), token)
    except TooBusyError as busy:
        return _too_busy(request, busy, (f"/runs/{run.id}/again?{request.url.query}", {}))
    return _led_to(request, asked, _name_in(request), token)


def _too_busy(request: Request, busy: TooBusyError, again_at: tuple[str, Typed]) -> HTMLResponse:
    if busy.whose == "client":
        status, wait, title = 429, "30", "You have too many runs in the queue"
        text = (
            f"You can have {runs_of(request).limits.waiting_each} runs waiting or under way at a time. Wait until one "
            "is finished, or cancel one. Runs of others who share your internet connection count too."
        )
    elif busy.whose == "minute":
        status, wait, title = 429, "60", "You are asking too often"
        text = (
            f"You can ask for or cancel {runs_of(request).limits.acts_a_minute} runs in a minute. This page keeps what "
            "you typed: try again in a minute. Runs of others who share your internet connection count too."
        )
    elif busy.whose == "disk":
        status, wait, title = 503, "600", "The disk of this server is full"
        text = (
            "Nothing can be stored at the moment, so no question can be asked or cancelled. Answers that exist can be "
            "read. The person who runs this page has to make room. This page keeps what you typed: try again later."
        )
    else:
        status, wait, title = 503, "120", "The queue is full"
        text = "Too many people are asking at the moment. This page keeps what you typed: try again in some minutes."
    return message(request, status, title, text, again=again_at, headers={"Retry-After": wait})


ROUTES: Final = (
    Route("/runs/{run_id}", _show),
    Route("/runs/{run_id}/status.json", _status),
    Route("/runs/{run_id}/cancel", _cancel, methods=["POST"]),
    Route("/runs/{run_id}/again", _again, methods=["POST"]),
)
