"""The pages of a run: waiting, under way, answered, failed, cancelled; its charts and files."""

import json
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from simulator.page.answer import ANSWER, ARCHIVE
from simulator.page.fields import Typed
from simulator.page.kinds import KINDS
from simulator.page.limits import DAY
from simulator.page.own_text import WRITTEN
from simulator.page.responses import html, message, state_of
from simulator.page.run_store import OPEN, Inputs, Run
from simulator.page.runs import Progress, TooBusyError
from simulator.page.safety import FILE_POLICY, check_origin, client_of


class Offered(NamedTuple):
    """A file of a run that can be downloaded."""

    name: str
    """In the address, and of the file on the client's disk."""
    path: str
    """As seen from the folder of results."""
    words: str
    form: str
    media_type: str


EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: Final = (
    Offered("report.html", "report.html", "Report to print or attach", "HTML", "text/html"),
    Offered("workbook.xlsx", "workbook.xlsx", "Workbook", "Excel", EXCEL),
    Offered(ARCHIVE, f"../{ARCHIVE}", "All tables, and everything needed to run it again", "ZIP", "application/zip"),
    Offered("summary.csv", "summary.csv", "Every measure with its interval", "CSV", "text/csv"),
    Offered("differences.csv", "differences.csv", "Differences from the baseline", "CSV", "text/csv"),
    Offered("diaries.csv", "diaries.csv", "Both diaries, entry by entry", "CSV", "text/csv"),
    Offered("lives.svg", "charts/lives.svg", "The picture, scalable", "SVG", "image/svg+xml"),
    Offered("lives.png", "charts/lives.png", "The picture, for documents", "PNG", "image/png"),
    Offered("size.csv", "size.csv", "Full-time equivalents and cost with their intervals", "CSV", "text/csv"),
    Offered("points.csv", "points.csv", "Every number of inspectors tried", "CSV", "text/csv"),
    Offered(WRITTEN, WRITTEN, "Your own option, as a framework file", "TOML", "application/toml"),
    Offered("scenario.toml", "scenario.toml", "The scenario as it was run", "TOML", "application/toml"),
)
"""Files that are offered, where a run has them."""
NOT_FOUND: Final = (
    "Page not found",
    "If you typed the address, check that it is correct. Answers that nobody opens are deleted after a time.",
)


def asked_of_runs(request: Request, kind: str, inputs: Inputs, typed: Typed) -> Response:
    """Ask a question, and lead to the run that answers it; say so if nothing more can be taken on."""
    runs = state_of(request).runs
    try:
        run = runs.ask(kind, inputs, client_of(request.scope))
    except TooBusyError as busy:
        return _too_busy(request, busy, (KINDS[kind].form, typed))
    return RedirectResponse(f"/runs/{run.id}", 303)


def typed_before(request: Request, kind: str) -> Typed | None:
    """Return the fields of a form as they were for the run named in the query, None if there is none such."""
    run = state_of(request).store.find(request.query_params.get("from", ""))
    return KINDS[kind].fields(run.inputs) if run and run.kind == kind else None


def show(request: Request) -> HTMLResponse:
    """Show a run, however far it is."""
    state = state_of(request)
    run = state.store.find(request.path_params["run_id"])
    if run is None:
        return message(request, 404, *NOT_FOUND)
    state.store.opened(run.id)
    kind = KINDS[run.kind]
    given: dict[str, Any] = {"run": run, "rows": kind.asked(run.inputs), "form": kind.form}
    if run.state in OPEN:
        return html(request, "waiting.html", words=words_of(run, state.runs.progress(run.id)), **given)
    answer = state.store.result_file(run.id, f"../{ANSWER}")
    if run.state == "finished" and answer:
        return html(
            request,
            kind.template,
            answer=json.loads(answer.read_text(encoding="utf-8")),
            files=_files(request, run),
            days=round(state.limits.keep_seconds / DAY),
            **given,
        )
    if run.state == "cancelled":
        return html(request, "ended.html", title="This run was cancelled", text="Nothing was stored.", **given)
    reason = run.reason or "Its results are no longer available."
    return html(request, "ended.html", title="This run failed", text=reason, **given)


def status(request: Request) -> JSONResponse:
    """Report how far a run is, for the script of the page."""
    state = state_of(request)
    run = state.store.find(request.path_params["run_id"])
    if run is None:
        return JSONResponse({"open": False}, 404)
    if run.state not in OPEN:
        return JSONResponse({"open": False})
    return JSONResponse({"open": True, **words_of(run, state.runs.progress(run.id))})


def words_of(run: Run, progress: Progress) -> dict[str, Any]:
    """Report how far a run is: ``title``, ``progress``, ``percent`` and ``left``."""
    left = duration(progress.seconds_left)
    if run.state == "waiting" and progress.place:
        ahead = progress.place - 1
        before = "it is next" if not ahead else f"{ahead} {'is' if ahead == 1 else 'are'} before it"
        return {
            "title": "Your question is waiting for its turn",
            "progress": f"Place {progress.place} in the queue: {before}",
            "percent": 0,
            "left": f"About {left} until the answer is ready." if left else "",
        }
    if not progress.of:
        return {
            "title": "Your question is about to start",
            "progress": "Getting ready",
            "percent": 0,
            "left": "The first run after installation takes a minute longer.",
        }
    return {
        "title": "Your question is being simulated",
        "progress": KINDS[run.kind].so_far.format(done=progress.done, of=progress.of),
        "percent": round(100 * progress.done / progress.of),
        "left": f"About {left} left." if left else "",
    }


def duration(seconds: float | None) -> str:
    """Report a time roughly; nothing if it is not known."""
    if seconds is None:
        return ""
    if seconds < 50:  # noqa: PLR2004  (what is rounded to a minute begins here)
        tens = max(5, 5 * round(seconds / 5))
        return f"{tens} seconds"
    minutes = max(1, round(seconds / 60))
    return "one minute" if minutes == 1 else f"{minutes} minutes"


def cancel(request: Request) -> Response:
    """Cancel a run for the client that asks."""
    check_origin(request.headers)
    state = state_of(request)
    run = state.store.find(request.path_params["run_id"])
    if run is None:
        return message(request, 404, *NOT_FOUND)
    ended = state.runs.cancel(run, client_of(request.scope))
    if ended.state in OPEN:
        return message(
            request,
            200,
            "The run continues for somebody else",
            "Somebody else asked the same question and is still waiting for the answer. You do not need to wait.",
        )
    return RedirectResponse(f"/runs/{run.id}", 303)


def again(request: Request) -> Response:
    """Ask again for a run that failed or was cancelled."""
    check_origin(request.headers)
    state = state_of(request)
    run = state.store.find(request.path_params["run_id"])
    if run is None:
        return message(request, 404, *NOT_FOUND)
    try:
        state.runs.again(run, client_of(request.scope))
    except TooBusyError as busy:
        return _too_busy(request, busy, (f"/runs/{run.id}/again", {}))
    return RedirectResponse(f"/runs/{run.id}", 303)


def chart(request: Request) -> Response:
    """Return a chart of a run that is finished."""
    state = state_of(request)
    run = state.store.find(request.path_params["run_id"])
    name = request.path_params["name"]
    path = None
    answer = state.store.result_file(run.id, f"../{ANSWER}") if run is not None and run.state == "finished" else None
    if run is not None and answer is not None:
        drawn = [each["name"] for each in json.loads(answer.read_text(encoding="utf-8"))["charts"]]
        path = state.store.result_file(run.id, f"charts/{name}.svg") if name in drawn else None
    if path is None:
        return message(request, 404, *NOT_FOUND)
    return FileResponse(path, media_type="image/svg+xml", headers={"Content-Security-Policy": FILE_POLICY})


def file(request: Request) -> Response:
    """Return a file of a run to be downloaded."""
    state = state_of(request)
    run = state.store.find(request.path_params["run_id"])
    offered = next((each for each in FILES if each.name == request.path_params["name"]), None)
    path = None
    if run is not None and run.state == "finished" and offered is not None:
        path = state.store.result_file(run.id, offered.path)
    if path is None or offered is None or run is None:
        return message(request, 404, *NOT_FOUND)
    name = quote(f"inspectsim-{run.id[:8]}-{offered.name}")
    return FileResponse(
        path,
        media_type=offered.media_type,
        headers={
            "Content-Security-Policy": FILE_POLICY,
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def _files(request: Request, run: Run) -> list[dict[str, str]]:
    store = state_of(request).store
    found = [(offered, store.result_file(run.id, offered.path)) for offered in FILES]
    return [{**offered._asdict(), "size": size_words(path.stat().st_size)} for offered, path in found if path]


def size_words(size: int) -> str:
    """Report how large a file is."""
    return f"{max(1, round(size / 1000)):,} KB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"  # noqa: PLR2004


def _too_busy(request: Request, busy: TooBusyError, again_at: tuple[str, Typed]) -> HTMLResponse:
    each = state_of(request).limits.waiting_each
    if busy.whose == "client":
        return message(
            request,
            429,
            "You have too many runs in the queue",
            f"You can have {each} runs waiting or under way at a time. Wait until one is finished, or cancel one. "
            "Runs of others who share your internet connection count too.",
            again=again_at,
            headers={"Retry-After": "30"},
        )
    return message(
        request,
        503,
        "The queue is full",
        "Too many people are asking at the moment. This page keeps what you typed: try again in some minutes.",
        again=again_at,
        headers={"Retry-After": "120"},
    )


ROUTES: Final = (
    Route("/runs/{run_id}", show),
    Route("/runs/{run_id}/status.json", status),
    Route("/runs/{run_id}/cancel", cancel, methods=["POST"]),
    Route("/runs/{run_id}/again", again, methods=["POST"]),
    Route("/runs/{run_id}/charts/{name}.svg", chart),
    Route("/runs/{run_id}/files/{name}", file),
)
