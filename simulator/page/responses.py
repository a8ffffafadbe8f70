"""How pages answer: HTML from a template, the client's form, messages for what cannot be done."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from simulator.page.fields import Typed
from simulator.page.runs import Runs
from simulator.page.templates import page


def runs_of(request: Request) -> Runs:
    """Return the runs of the server, with their store and its limits."""
    runs: Runs = request.app.state.runs
    return runs


def html(request: Request, template: str, status: int = 200, **given: Any) -> HTMLResponse:
    """Answer with a page."""
    return HTMLResponse(page(template, here=request.url.path, **given), status)


async def typed_in(request: Request) -> tuple[dict[str, list[str]], dict[str, bytes]]:
    """Read what was typed into a form, and the files sent with it.

    Raises
    ------
    HTTPException
        If it is no form, or names an encoding in which its parts cannot be read.
    """
    limits = runs_of(request).limits
    typed: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    try:
        form = await request.form(max_fields=limits.fields, max_files=1, max_part_size=limits.body_bytes)
    except (LookupError, ValueError) as error:
        raise HTTPException(400) from error
    try:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = await value.read()
            else:
                typed.setdefault(_whole(name), []).append(_whole(value))
    finally:
        await form.close()
    return typed, files


def _whole(text: str) -> str:
    """Replace what is half a character, as a client can make it by an odd encoding: no page could be sent with it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def message(
    request: Request,
    status: int,
    title: str,
    *paragraphs: str,
    again: tuple[str, Typed] | None = None,
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    """Answer with a message.

    Parameters
    ----------
    request
        Which could not be answered otherwise.
    status
        Of HTTP.
    title, paragraphs
        What is the matter, and what to do.
    again
        Address and fields of a form to be sent once more, if that may help later.
    headers
        To add.
    """
    offer = {"address": again[0], "typed": again[1]} if again else None
    answer = html(request, "message.html", status, title=title, paragraphs=paragraphs, again=offer)
    answer.headers.update(headers or {})
    return answer
