"""What came out of a run, as the page hands it out: its answer, its charts and its files."""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from simulator.page.answer import ANSWER, ARCHIVE
from simulator.page.form_parts import MOST
from simulator.page.naming import NAME, file_name, named_in_address
from simulator.page.own_text import written
from simulator.page.responses import runs_of
from simulator.page.run_store import Run
from simulator.page.safety import FILE_POLICY
from simulator.page.whom import Kept, read_whom
from simulator.page.whom_file import WHOM

_FORMS: Final = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv"}
"""In which a chart can be had, the last one its numbers."""
_NARROW: Final = "-narrow"
"""Ending of the name of a chart drawn for a narrow screen."""


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
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILES: Final = (
    _Offered("report.html", "report.html", "Report to print or attach", "HTML", "text/html"),
    _Offered("answer.docx", "answer.docx", "Page one of the report, for a response", "Word", _WORD),
    _Offered("workbook.xlsx", "workbook.xlsx", "Workbook", "Excel", _EXCEL),
    _Offered(ARCHIVE, f"../{ARCHIVE}", "All tables, and everything needed to run it again", "ZIP", "application/zip"),
    _Offered("summary.csv", "summary.csv", "Every measure with its interval", "CSV", "text/csv"),
    _Offered("differences.csv", "differences.csv", "Differences from the baseline", "CSV", "text/csv"),
    _Offered("parts.csv", "parts.csv", "What each part brings, by every measure", "CSV", "text/csv"),
    _Offered("combinations.csv", "combinations.csv", "Every measure by combination of parts", "CSV", "text/csv"),
    _Offered("diaries.csv", "diaries.csv", "Both diaries, entry by entry", "CSV", "text/csv"),
    _Offered("lives.svg", "charts/lives.svg", "The picture, scalable", "SVG", "image/svg+xml"),
    _Offered("lives.png", "charts/lives.png", "The picture, for documents", "PNG", "image/png"),
    _Offered("size.csv", "size.csv", "Full-time equivalents and cost with their intervals", "CSV", "text/csv"),
    _Offered("points.csv", "points.csv", "Every number of inspectors tried", "CSV", "text/csv"),
    _Offered("intakes.csv", "intakes.csv", "How many to recruit each year", "CSV", "text/csv"),
    _Offered("years.csv", "years.csv", "People, work and duties by year", "CSV", "text/csv"),
    _Offered("months.csv", "months.csv", "The same by calendar month", "CSV", "text/csv"),
    _Offered("regions.csv", "regions.csv", "The same by region", "CSV", "text/csv"),
    _Offered("work.csv", "work.csv", "Work by kind and priority", "CSV", "text/csv"),
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


def run_of(request: Request) -> Run:
    """Return the run of an address; if there is none, the page is not found."""
    run = runs_of(request).store.find(request.path_params["run_id"])
    if run is None:
        raise HTTPException(404)
    return run


def answer_of_run(request: Request, run: Run) -> dict[str, Any]:
    """Read the answer of a run; nothing if it is not finished."""
    path = _result(request, run, f"../{ANSWER}")
    return json.loads(path.read_text(encoding="utf-8")) if path else {}


def whom_of_run(request: Request, run: Run) -> Kept:
    """Read what the answer of a run means for whom; nothing if it is not finished, or not a comparison."""
    path = _result(request, run, f"../{WHOM}")
    return read_whom(path) if path else {}


def _result(request: Request, run: Run, path: str) -> Path | None:
    """Return a file of a run; None if the run is not finished, or has none such."""
    return runs_of(request).store.result_file(run.id, path) if run.state == "finished" else None


def _chart(request: Request) -> Response:
    """Return a chart of a run that is finished, or its numbers."""
    run, name, form = run_of(request), request.path_params["name"], request.path_params["form"]
    drawn = [chart["name"] for chart in answer_of_run(request, run).get("charts", ())]
    known = form in _FORMS and name.removesuffix(_NARROW) in drawn
    path = _result(request, run, f"charts/{name}.{form}") if known else None
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type=_FORMS[form], headers={"Content-Security-Policy": FILE_POLICY})


def _file(request: Request) -> Response:
    """Return a file of a run to be downloaded."""
    run = run_of(request)
    for offered, path in _existing(request, run):
        if offered.name == request.path_params["name"]:
            given = named_in_address(request.query_params.get(NAME, ""))
            name = quote(file_name(given, run.id, offered.name))
            kept = {"Content-Security-Policy": FILE_POLICY, "Content-Disposition": f'attachment; filename="{name}"'}
            return FileResponse(path, media_type=offered.media_type, headers=kept)
    raise HTTPException(404)


def _existing(request: Request, run: Run) -> list[tuple[_Offered, Path]]:
    found = ((offered, _result(request, run, offered.path)) for offered in _FILES)
    return [(offered, path) for offered, path in found if path]


def files_of(request: Request, run: Run) -> list[dict[str, str]]:
    """List the files of a run that can be downloaded, with their sizes in words."""
    found = _existing(request, run)
    return [{**offered._asdict(), "size": _size_words(path.stat().st_size)} for offered, path in found]


def _size_words(size: int) -> str:
    """Report how large a file is."""
    return f"{max(1, round(size / 1000)):,} KB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"  # noqa: PLR2004


ROUTES: Final = (
    Route("/runs/{run_id}/charts/{name}.{form}", _chart),
    Route("/runs/{run_id}/files/{name}", _file),
)
