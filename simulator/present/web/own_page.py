"""The form Write your own option: begin from a framework or bring a file back, see it told in words, take it along.

Nothing is kept on the server: every page hands what was typed, or the file that came of it, on to the next.
"""

import re
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from simulator.inputs import parsed_toml
from simulator.inspectorate.framework import shipped_frameworks
from simulator.messages import InputError
from simulator.present.clause_words import RATINGS_SHOWN, rating_name
from simulator.present.framework_check import Checked, check
from simulator.present.framework_words import rules_table
from simulator.present.web import compare_asked, compare_page, own_asked, own_option, size_asked, size_page
from simulator.present.web.compare_asked import BASELINE, FRAMEWORKS
from simulator.present.web.fields import Problems, Typed, first
from simulator.present.web.limits import MIB
from simulator.present.web.own_asked import BEGIN
from simulator.present.web.own_fields import AFTER, WHO, beginnings, begun_from, dues, parts
from simulator.present.web.own_option import LONGEST_NAME, MOST_BYTES, Own
from simulator.present.web.responses import html, message, state_of, typed_in
from simulator.present.web.run_pages import asked_of_runs
from simulator.present.web.safety import FILE_POLICY, check_origin

UPLOADED: Final = "file"
UNNAMED: Final = "own-option"
OF_THE_DAY: Final = "2006-regime"
"""The regime of the day, with which an option is compared at the press of a button."""


def begin(request: Request) -> HTMLResponse:
    """Offer what to begin from; or, where that is chosen, show the form."""
    given = request.query_params.get(BEGIN)
    if given is None:
        return _beginning(request, {})
    if given not in beginnings():
        return _beginning(request, {BEGIN: "Choose a framework to begin from"})
    return _form(request, own_asked.fields_by_default(given), {})


async def send(request: Request) -> Response:
    """Take what was typed: tell the option in words, or say what is wrong."""
    check_origin(request.headers)
    typed = await typed_in(request)
    own, problems = await run_in_threadpool(own_asked.read, typed)
    if own is None:
        return _beginning(request, problems) if BEGIN in problems else _form(request, typed, problems)
    return await run_in_threadpool(_told, request, own, typed)


async def change(request: Request) -> Response:
    """Show the form once more, as it was filled in."""
    check_origin(request.headers)
    typed = await typed_in(request)
    if first(typed, BEGIN) not in beginnings():
        return _beginning(request, {BEGIN: "Choose a framework to begin from"})
    return _form(request, typed, {})


async def bring(request: Request) -> Response:
    """Take a file: tell the option in words, or say why it cannot be used."""
    check_origin(request.headers)
    name, content = await _uploaded(request)
    if not content:
        return _beginning(request, {UPLOADED: "Choose a framework file, which ends in .toml"})
    if len(content) > MOST_BYTES:
        return _beginning(request, {UPLOADED: f"The file must have at most {MOST_BYTES // 1024} KB"})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _beginning(
            request, {UPLOADED: "The file must be a text file in UTF-8, as the form and editors write it"}
        )
    try:
        own = await run_in_threadpool(own_option.own_of, name, own_option.unix_lines(text))
    except InputError as error:
        said = str(error).splitlines()
        return _beginning(request, {UPLOADED: "The file is no framework that can be used. " + said[0]}, said[1:])
    return await run_in_threadpool(_told, request, own, None)


async def _uploaded(request: Request) -> tuple[str, bytes]:
    """Read what was uploaded, at most a byte more than allowed, and make a name for it of the file's."""
    limits = state_of(request).limits
    async with request.form(max_fields=limits.fields, max_files=1, max_part_size=MIB // 8) as form:
        given = form.get(UPLOADED)
        if not isinstance(given, UploadFile):
            return UNNAMED, b""
        return _name_of(given.filename or ""), await given.read(MOST_BYTES + 1)


def _name_of(filename: str) -> str:
    """Make a name of that of a file on somebody's computer; a fixed one where it is of no use."""
    stem = filename.lower().removesuffix(".toml")
    name = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:LONGEST_NAME].strip("-")
    try:
        return own_option.name_checked(name)
    except InputError:
        return UNNAMED


async def download(request: Request) -> Response:
    """Give the file of an option."""
    own, _, problems = await _carried(request)
    if own is None:
        return _lost(request, problems)
    headers = {
        "Content-Security-Policy": FILE_POLICY,
        "Content-Disposition": f'attachment; filename="{quote(own.name)}.toml"',
    }
    return Response(own.file, media_type="application/toml", headers=headers)


async def compare(request: Request) -> Response:
    """Compare an option with the regime of the day, all else as by default."""
    own, _, problems = await _carried(request)
    if own is None:
        return _lost(request, problems)
    typed = _in_compare(own)
    inputs, problems = await run_in_threadpool(compare_asked.read, typed, state_of(request).limits.framework_years)
    if problems:
        return compare_page.shown(request, typed, problems)
    return asked_of_runs(request, "compare", inputs, typed)


async def settings(request: Request) -> Response:
    """Show the form Compare options with an option ticked."""
    own, _, problems = await _carried(request)
    return _lost(request, problems) if own is None else compare_page.shown(request, _in_compare(own), {})


async def size(request: Request) -> Response:
    """Show the form Size a workforce with an option ticked."""
    own, _, problems = await _carried(request)
    if own is None:
        return _lost(request, problems)
    typed = size_asked.fields_by_default() | own_option.fields(own) | {FRAMEWORKS: [OF_THE_DAY, own.name]}
    return size_page.shown(request, typed, {})


def _in_compare(own: Own) -> dict[str, list[str]]:
    chosen = {FRAMEWORKS: [OF_THE_DAY, own.name], BASELINE: [OF_THE_DAY]}
    return compare_asked.fields_by_default() | own_option.fields(own) | chosen


async def _carried(request: Request) -> tuple[Own | None, Typed, Problems]:
    """Read the option that a form hands on."""
    check_origin(request.headers)
    typed = await typed_in(request)
    problems: Problems = {}
    return await run_in_threadpool(own_option.carried, typed, problems), typed, problems


def _lost(request: Request, problems: Problems) -> HTMLResponse:
    said = problems.get(FRAMEWORKS, "The page handed on no option.")
    return message(request, 422, "Your option did not arrive", said, "Write it once more, or bring its file back.")


def _beginning(request: Request, problems: Problems, more: "list[str] | None" = None) -> HTMLResponse:
    offered = [(name, begun_from(name).title, begun_from(name).summary) for name in beginnings()]
    return html(
        request,
        "own_begin.html",
        422 if problems else 200,
        problems=problems,
        more=more or [],
        offered=offered,
        most=f"{MOST_BYTES // 1024} KB",
    )


def _form(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    name = first(typed, BEGIN)
    framework = begun_from(name)
    usual = own_asked.fields_by_default(name)
    of_due = {due.service: [*map(due.field, RATINGS_SHOWN), due.window_field.name] for due in dues(name)}
    changed = {service for service, fields in of_due.items() if any(typed.get(each) != usual[each] for each in fields)}
    wrong = {service for service, fields in of_due.items() if problems.keys() & set(fields)}
    return html(
        request,
        "own.html",
        422 if problems else 200,
        typed=typed,
        problems=problems,
        begin=name,
        framework=framework,
        ratings=[(rating, rating_name(rating, framework)) for rating in RATINGS_SHOWN],
        dues=dues(name),
        open=changed | wrong | {dues(name)[0].service},
        after=[(grade, rating_name(grade, framework)) for grade in AFTER],
        who=WHO,
        days=own_asked.DAYS,
        parts=[part.field for part in parts(name) if part.section != "kinds"],
        lengths=[part.field for part in parts(name) if part.section == "kinds"],
    )


def _told(request: Request, own: Own, typed: Typed | None) -> HTMLResponse:
    """Tell an option in words."""
    checked = _checked(own)
    return html(
        request,
        "own_told.html",
        own=own,
        typed=typed or {},
        begun_from=checked.parent.title if checked.parent else "",
        found=check(checked),
        rules=rules_table(own.framework),
        carried=own_option.fields(own),
        regime=begun_from(OF_THE_DAY).title,
    )


def _checked(own: Own) -> Checked:
    file: dict[str, Any] = parsed_toml(own.file.encode(), own.name)
    extends = file.get("extends", "")
    parent = begun_from(extends) if extends in shipped_frameworks() else None
    return Checked(own.framework, extends, parent, file)


ROUTES: Final = (
    Route("/own", begin),
    Route("/own", send, methods=["POST"]),
    Route("/own/change", change, methods=["POST"]),
    Route("/own/file", bring, methods=["POST"]),
    Route("/own/download", download, methods=["POST"]),
    Route("/own/compare", compare, methods=["POST"]),
    Route("/own/settings", settings, methods=["POST"]),
    Route("/own/size", size, methods=["POST"]),
)
