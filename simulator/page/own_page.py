"""The form Write your own option: begin from a framework or bring a file back, see it told in words, take it along.

Nothing is kept on the server: every page hands what was typed, or the file that came of it, on to the next.
"""

import re
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from simulator.frameworks.check import Checked, check, inherited
from simulator.frameworks.own import check_name
from simulator.frameworks.phrases import RATINGS_SHOWN, rating_name
from simulator.frameworks.words import rules_table
from simulator.inputs.messages import InputError
from simulator.inputs.toml_files import parsed_toml
from simulator.inspectorate.framework import Framework
from simulator.page import (
    compare_asked,
    compare_page,
    follow_asked,
    follow_page,
    own_asked,
    own_text,
    size_asked,
    size_page,
)
from simulator.page.compare_asked import BASELINE
from simulator.page.fields import Problems, Typed, first
from simulator.page.form_parts import FRAMEWORKS, OF_THE_DAY, OWN_FILE, carried, own_in
from simulator.page.own_asked import BEGIN
from simulator.page.own_fields import AFTER, WHO, beginnings, begun_from, dues, parts
from simulator.page.responses import html, message, runs_of, typed_in
from simulator.page.run_pages import asked_of_runs
from simulator.page.safety import FILE_POLICY, check_origin

_UPLOADED: Final = "file"
_ASSUMED: Final = "it counts as an assumption"
"""How the check ends what it says of every clause that rests on no document; the page says it once for all of them."""
"""The regime of the day, with which an option is compared at the press of a button."""


def begin(request: Request) -> HTMLResponse:
    """Offer what to begin from; or, where that is chosen, show the form."""
    given = request.query_params.get(BEGIN)
    if given is None:
        return _beginning(request, {})
    if given not in beginnings():
        return _beginning(request, {BEGIN: "Choose a framework to start from"})
    return _form(request, own_asked.fields_by_default(given), {})


async def send(request: Request) -> Response:
    """Take what was typed: tell the option in words, or say what is wrong."""
    check_origin(request.headers)
    typed, _ = await typed_in(request)
    text, problems = await run_in_threadpool(own_asked.read, typed)
    if problems:
        return _beginning(request, problems) if BEGIN in problems else _form(request, typed, problems)
    return await run_in_threadpool(_told, request, text, typed)


async def change(request: Request) -> Response:
    """Show the form once more, as it was filled in."""
    check_origin(request.headers)
    typed, _ = await typed_in(request)
    if first(typed, BEGIN) not in beginnings():
        return _beginning(request, {BEGIN: "Choose a framework to start from"})
    return _form(request, typed, {})


async def bring(request: Request) -> Response:
    """Take a file: tell the option in words, or say why it cannot be used."""
    check_origin(request.headers)
    _, files = await typed_in(request)
    content = files.get(_UPLOADED, b"")
    if not content:
        return _beginning(request, {_UPLOADED: "Choose a framework file, which ends in .toml"})
    try:
        text = own_text.unix_lines(content.decode("utf-8-sig"))
        await run_in_threadpool(own_text.own_framework, text)
    except UnicodeDecodeError:
        return _beginning(
            request, {_UPLOADED: "The file must be a text file in UTF-8, as the form and editors write it"}
        )
    except InputError as error:
        return _beginning(request, {_UPLOADED: f"The file cannot be used as a framework: {error}"})
    return await run_in_threadpool(_told, request, text, None)


async def download(request: Request) -> Response:
    """Return the file of an option."""
    text, problems = await _handed_on(request)
    if problems:
        return _lost(request, problems)
    headers = {
        "Content-Security-Policy": FILE_POLICY,
        "Content-Disposition": f'attachment; filename="{_file_name(own_text.own_framework(text))}"',
    }
    return Response(text, media_type="application/toml", headers=headers)


def _file_name(framework: Framework) -> str:
    """Make a name for the file of an option of its title: small letters, digits and hyphens."""
    name = re.sub(r"[^a-z0-9]+", "-", framework.title.lower()).strip("-")
    try:
        return f"{check_name(name)}.toml"
    except InputError:
        return f"{own_text.NAME}.toml"


async def compare(request: Request) -> Response:
    """Compare an option with the regime of the day, all else as by default."""
    text, problems = await _handed_on(request)
    if problems:
        return _lost(request, problems)
    typed = compare_asked.fields_by_default() | _beside_regime(text)
    inputs, problems = await run_in_threadpool(compare_asked.read, typed, runs_of(request).limits.framework_years)
    if problems:
        return compare_page.shown(request, typed, problems)
    return asked_of_runs(request, "compare", inputs, typed)


async def settings(request: Request) -> Response:
    """Show the form Compare options with an option beside the regime of the day."""
    text, problems = await _handed_on(request)
    if problems:
        return _lost(request, problems)
    return compare_page.shown(request, compare_asked.fields_by_default() | _beside_regime(text), {})


async def size(request: Request) -> Response:
    """Show the form Size a workforce with an option beside the regime of the day."""
    text, problems = await _handed_on(request)
    if problems:
        return _lost(request, problems)
    return size_page.shown(request, size_asked.fields_by_default() | _beside_regime(text), {})


async def follow(request: Request) -> Response:
    """Show the form Follow one provider with an option beside the regime of the day."""
    text, problems = await _handed_on(request)
    if problems:
        return _lost(request, problems)
    second = {follow_asked.SECOND: [own_text.NAME]}
    return follow_page.shown(request, follow_asked.fields_by_default() | second | carried(text), {})


def _beside_regime(text: str) -> dict[str, list[str]]:
    return {FRAMEWORKS: [OF_THE_DAY], BASELINE: [OF_THE_DAY], **carried(text)}


async def _handed_on(request: Request) -> tuple[str, Problems]:
    """Read the option that a form hands on; say what is wrong if there is none."""
    check_origin(request.headers)
    typed, _ = await typed_in(request)
    problems: Problems = {}
    text = await run_in_threadpool(own_in, typed, problems)
    return text, problems if text else {OWN_FILE: "The page sent no option."}


def _lost(request: Request, problems: Problems) -> HTMLResponse:
    said = problems[OWN_FILE]
    return message(request, 422, "Your option did not arrive", said, "Write it again, or upload its file.")


def _beginning(request: Request, problems: Problems) -> HTMLResponse:
    offered = [(name, begun_from(name).title, begun_from(name).summary) for name in beginnings()]
    return html(
        request,
        "own_begin.html",
        422 if problems else 200,
        problems=problems,
        offered=offered,
    )


def _form(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    name = first(typed, BEGIN)
    framework = begun_from(name)
    usual = own_asked.fields_by_default(name)
    of_due = {due.service: [*map(due.field, RATINGS_SHOWN), due.window_field.name] for due in dues(name)}
    changed = {
        service for service, fields in of_due.items() if any(typed.get(field) != usual[field] for field in fields)
    }
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


def _told(request: Request, text: str, typed: Typed | None) -> HTMLResponse:
    """Report an option in words."""
    framework = own_text.own_framework(text)
    file = parsed_toml(text.encode(), own_text.NAME)
    extends, parent = inherited(file, Path(own_text.NAME))
    found = check(Checked(framework, extends, parent, file))
    return html(
        request,
        "own_told.html",
        framework=framework,
        typed=typed or {},
        begun_from=parent.title if parent else "",
        found=found,
        odd=[line for line in found.odd if not line.endswith(_ASSUMED)],
        assumed=any(line.endswith(_ASSUMED) for line in found.odd),
        rules=rules_table(framework),
        carried=carried(text),
        regime=begun_from(OF_THE_DAY).title,
    )


ROUTES: Final = (
    Route("/own", begin),
    Route("/own", send, methods=["POST"]),
    Route("/own/change", change, methods=["POST"]),
    Route("/own/file", bring, methods=["POST"]),
    Route("/own/download", download, methods=["POST"]),
    Route("/own/compare", compare, methods=["POST"]),
    Route("/own/settings", settings, methods=["POST"]),
    Route("/own/size", size, methods=["POST"]),
    Route("/own/follow", follow, methods=["POST"]),
)
