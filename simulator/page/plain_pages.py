"""Pages that only tell: the introduction, the method, accessibility."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from simulator.page import compare_asked
from simulator.page.answer import ANSWER
from simulator.page.form_parts import offered
from simulator.page.responses import html, message
from simulator.page.safety import FILE_POLICY

READY: Final = Path(__file__).parent / "ready"
"""Folder of the answer that the introduction begins with (`simulator.page.ready_answer`)."""
KEY: Final = "key.txt"
"""File in it that says by which rules the answer was made."""


def _introduction(request: Request) -> HTMLResponse:
    """Show what this is, with an answer to begin with."""
    return html(request, "introduction.html", answer=ready_answer(), of_today=ready_is_of_today())


def _ready_chart(request: Request) -> Response:
    """Return a chart of the answer to begin with."""
    name = request.path_params["name"]
    if name not in [chart["name"] for chart in ready_answer()["charts"]]:
        return message(request, 404, "Page not found", "This chart does not exist.")
    return FileResponse(READY / f"{name}.svg", headers={"Content-Security-Policy": FILE_POLICY})


@cache
def ready_answer() -> dict[str, Any]:
    """Read the answer to begin with."""
    read: dict[str, Any] = json.loads((READY / ANSWER).read_text(encoding="utf-8"))
    return read


@cache
def ready_is_of_today() -> bool:
    """Whether the answer to begin with was made by the rules and shipped files that are here."""
    path = READY / KEY
    return path.is_file() and path.read_text(encoding="utf-8").strip() == ready_key()


def ready_key() -> str:
    """Compute a digest of the source and the shipped files that the answer to begin with depends on."""
    from simulator.inputs.shipped import folder
    from simulator.source_files import digest_of, files_in, python_files, running_files

    shipped = {f"shipped/{name}": content for name, content in files_in(folder(), (".toml",)).items()}
    return digest_of({**running_files(python_files()), **shipped})


def warm_up() -> None:
    """Make what is slow to make the first time, so that the first visitor need not wait for it."""
    offered()
    compare_asked.number_fields()


def _method(request: Request) -> HTMLResponse:
    """Show how the simulation works and what it cannot say."""
    return html(request, "method.html")


def _accessibility(request: Request) -> HTMLResponse:
    """Show the accessibility statement."""
    return html(request, "accessibility.html")


ROUTES: Final = (
    Route("/", _introduction),
    Route("/ready/{name}.svg", _ready_chart),
    Route("/method", _method),
    Route("/accessibility", _accessibility),
)
