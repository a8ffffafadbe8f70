"""The pages of a run: waiting, under way, answered, failed, cancelled; its charts and files."""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from simulator.page.answer import ANSWER, ARCHIVE
from simulator.page.fields import Typed
from simulator.page.form_parts import MOST
from simulator.page.kinds import KINDS
from simulator.page.limits import DAY
from simulator.page.own_text import written
from simulator.page.responses import html, message, runs_of
from simulator.page.run_store import OPEN, Inputs, Run
from simulator.page.runs import Progress, TooBusyError
from simulator.page.safety import FILE_POLICY, check_origin, client_of


class _Offered(NamedTuple):
    """A file of a run that can be downloaded."""

    name: str
    """In the address, and of the file on the client's disk."""
    path: str
    """As seen from the folder of results."""
    words: str
    form: str
    media_type: str


_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES: Final = (
    _Offered("report.html", "report.html", "Report to print or attach", "HTML", "text/html"),
    _Offered("workbook.xlsx", "workbook.xlsx", "Workbook", "Excel", _EXCEL),
    _Offered(ARCHIVE, f"../{ARCHIVE}", "All tables, and everything needed to run it again", "ZIP", "application/zip"),
    _Offered("summary.csv", "summary.csv", "Every measure with its interval", "CSV", "text/csv"),
    _Offered("differences.csv", "differences.csv", "Differences from the baseline", "CSV", "text/csv"),
    _Offered("diaries.csv", "diaries.csv", "Both diaries, entry by entry", "CSV", "text/csv"),
    _Offered("lives.svg", "charts/lives.svg", "The picture, scalable", "SVG", "image/svg+xml"),
    _Offered("lives.png", "charts/lives.png", "The picture, for documents", "PNG", "image/png"),
    _Offered("size.csv", "size.csv", "Full-time equivalents and cost with their intervals", "CSV", "text/csv"),
    _Offered("points.csv", "points.csv", "Every number of inspectors tried", "CSV", "text/csv"),
    *(
        _Offered(
            written(position),
            written(position),
            f"Your own option{f' number {position + 1}' if position else ''}, as a framework file",
            "TOML",
            "application/toml",
        )
        for position in range(MOST)
    ),
    _Offered("scenario.toml", "scenario.toml", "The scenario as it was run", "TOML", "application/toml"),
)
"""Files that are offered, where a run has them."""


def asked_of_runs(request: Request, kind: str, inputs: Inputs, typed: Typed) -> Response:
    """Ask a question, and lead to the run that answers it; say so if nothing more can be taken on."""
    try:
        run = runs_of(request).ask(kind, inputs, client_of(request.scope))
    except TooBusyError as busy:
        return _too_busy(request, busy, (KINDS[kind].form, typed))
    return RedirectResponse(f"/runs/{run.id}", 303)


def typed_before(request: Request, kind: str) -> Typed | None:
    """Return the fields of a form as they were for the run named in the query, None if there is none such."""
    run = runs_of(request).store.find(request.query_params.get("from", ""))
    return KINDS[kind].fields(run.inputs) if run and run.kind == kind else None


def _show(request: Request) -> HTMLResponse:
    """Show a run, however far it is."""
    runs, run = runs_of(request), _run(request)
    runs.store.opened(run.id)
    kind = KINDS[run.kind]
    given: dict[str, Any] = {"run": run, "rows": kind.asked(run.inputs), "form": kind.form}
    if run.state in OPEN:
        return html(request, "waiting.html", words=_words_of(run, runs.progress(run.id)), **given)
    if answer := _answer(request, run):
        days = round(runs.limits.keep_seconds / DAY)
        return html(request, kind.template, answer=answer, files=_files(request, run), days=days, **given)
    if run.state == "cancelled":
        return html(request, "ended.html", title="This run was cancelled", text="Nothing was stored.", **given)
    reason = run.reason or "Its results are no longer available."
    return html(request, "ended.html", title="This run failed", text=reason, **given)


def _run(request: Request) -> Run:
    """Return the run of an address; if there is none, the page is not found."""
    run = runs_of(request).store.find(request.path_params["run_id"])
    if run is None:
        raise HTTPException(404)
    return run


def _answer(request: Request, run: Run) -> dict[str, Any]:
    """Read the answer of a run; nothing if it is not finished."""
    path = _result(request, run, f"../{ANSWER}")
    return json.loads(path.read_text(encoding="utf-8")) if path else {}


def _result(request: Request, run: Run, path: str) -> Path | None:
    """Return a file of a run; None if the run is not finished, or has none such."""
    return runs_of(request).store.result_file(run.id, path) if run.state == "finished" else None


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
    """Cancel a run for the client that asks."""
    check_origin(request.headers)
    run = _run(request)
    ended = runs_of(request).cancel(run, client_of(request.scope))
    if ended.state in OPEN:
        return message(
            request,
            200,
            "The run continues for somebody else",
            "Somebody else asked the same question and is still waiting for the answer. You do not need to wait.",
        )
    return RedirectResponse(f"/runs/{run.id}", 303)


def _again(request: Request) -> Response:
    """Ask again for a run that failed or was cancelled."""
    check_origin(request.headers)
    run = _run(request)
    try:
        runs_of(request).again(run, client_of(request.scope))
    except TooBusyError as busy:
        return _too_busy(request, busy, (f"/runs/{run.id}/again", {}))
    return RedirectResponse(f"/runs/{run.id}", 303)


def _chart(request: Request) -> Response:
    """Return a chart of a run that is finished."""
    run, name = _run(request), request.path_params["name"]
    drawn = [chart["name"] for chart in _answer(request, run).get("charts", ())]
    path = _result(request, run, f"charts/{name}.svg") if name in drawn else None
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type="image/svg+xml", headers={"Content-Security-Policy": FILE_POLICY})


def _file(request: Request) -> Response:
    """Return a file of a run to be downloaded."""
    run = _run(request)
    for offered, path in _existing(request, run):
        if offered.name == request.path_params["name"]:
            name = quote(f"inspectsim-{run.id[:8]}-{offered.name}")
            kept = {"Content-Security-Policy": FILE_POLICY, "Content-Disposition": f'attachment; filename="{name}"'}
            return FileResponse(path, media_type=offered.media_type, headers=kept)
    raise HTTPException(404)


def _existing(request: Request, run: Run) -> list[tuple[_Offered, Path]]:
    found = ((offered, _result(request, run, offered.path)) for offered in _FILES)
    return [(offered, path) for offered, path in found if path]


def _files(request: Request, run: Run) -> list[dict[str, str]]:
    found = _existing(request, run)
    return [{**offered._asdict(), "size": _size_words(path.stat().st_size)} for offered, path in found]


def _size_words(size: int) -> str:
    """Report how large a file is."""
    return f"{max(1, round(size / 1000)):,} KB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"  # noqa: PLR2004


def _too_busy(request: Request, busy: TooBusyError, again_at: tuple[str, Typed]) -> HTMLResponse:
    if busy.whose == "client":
        status, wait, title = 429, "30", "You have too many runs in the queue"
        text = (
            f"You can have {runs_of(request).limits.waiting_each} runs waiting or under way at a time. Wait until one "
            "is finished, or cancel one. Runs of others who share your internet connection count too."
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
    Route("/runs/{run_id}/charts/{name}.svg", _chart),
    Route("/runs/{run_id}/files/{name}", _file),
)
