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
    own_words,
    size_asked,
    size_page,
)
from simulator.page.compare_asked import BASELINE
from simulator.page.fields import Problems, Typed, first
from simulator.page.form_parts import (
    FRAMEWORKS,
    MOST,
    OF_THE_DAY,
    OWN,
    OWN_FILE,
    carried,
    names_of,
    own_frameworks_of,
    own_in,
)
from simulator.page.own_asked import BEGIN, OTHERS, PACKAGE
from simulator.page.own_base import beginnings, begun_from, packages, with_packages
from simulator.page.own_fields import AFTER, UNITS, WHO, dues, parts
from simulator.page.responses import html, message, runs_of, typed_in
from simulator.page.run_pages import asked_of_runs
from simulator.page.safety import FILE_POLICY, check_origin

_UPLOADED: Final = "file"
_MOST_OTHERS: Final = MOST - 2
"""Options beside the one being written, so that the regime of the day has its place in the comparison."""


def begin(request: Request) -> HTMLResponse:
    """Offer what to begin from; or, where that is chosen, show the form."""
    query = request.query_params
    if BEGIN not in query:
        return _beginning(request, {}, {})
    return _begun(request, {name: query.getlist(name) for name in (BEGIN, PACKAGE)})


async def begin_another(request: Request) -> HTMLResponse:
    """Offer what to begin one more option from; or, where that is chosen, show the form."""
    check_origin(request.headers)
    typed, _ = await typed_in(request)
    if OWN in typed:  # those told so far
        return _beginning(request, {OTHERS: [text for text in typed[OWN] if text]}, {})
    return _begun(request, typed)


def _begun(request: Request, typed: Typed) -> HTMLResponse:
    if not own_asked.base_in(typed):
        return _beginning(request, typed, {BEGIN: "Choose a framework to start from"})
    usual = own_asked.fields_by_default(first(typed, BEGIN), first(typed, PACKAGE))
    return _form(request, usual | _others(typed), {})


async def send(request: Request) -> Response:
    """Take what was typed: tell the option in words, or say what is wrong."""
    check_origin(request.headers)
    typed, _ = await typed_in(request)
    text, problems = await run_in_threadpool(own_asked.read, typed)
    if problems:
        return _beginning(request, typed, problems) if BEGIN in problems else _form(request, typed, problems)
    return await run_in_threadpool(_told, request, text, typed)


async def change(request: Request) -> Response:
    """Show the form once more, as it was filled in."""
    check_origin(request.headers)
    typed, _ = await typed_in(request)
    if not own_asked.base_in(typed):
        return _beginning(request, typed, {BEGIN: "Choose a framework to start from"})
    return _form(request, typed, {})


async def bring(request: Request) -> Response:
    """Take a file: tell the option in words, or say why it cannot be used."""
    check_origin(request.headers)
    typed, files = await typed_in(request)
    content = files.get(_UPLOADED, b"")
    if not content:
        return _beginning(request, typed, {_UPLOADED: "Choose a framework file, which ends in .toml"})
    try:
        text = own_text.unix_lines(content.decode("utf-8-sig"))
        await run_in_threadpool(own_text.own_framework, text)
    except UnicodeDecodeError:
        return _beginning(
            request, typed, {_UPLOADED: "The file must be a text file in UTF-8, as the form and editors write it"}
        )
    except InputError as error:
        return _beginning(request, typed, {_UPLOADED: f"The file cannot be used as a framework: {error}"})
    return await run_in_threadpool(_told, request, text, _others(typed))


async def download(request: Request) -> Response:
    """Return the file of an option, the last of several."""
    own, problems = await _handed_on(request)
    if problems:
        return _lost(request, problems)
    text = own[-1]
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
    own, problems = await _handed_on(request)
    if problems:
        return _lost(request, problems)
    typed = compare_asked.fields_by_default() | _beside_regime(own)
    inputs, problems = await run_in_threadpool(compare_asked.read, typed, runs_of(request).limits.framework_years)
    if problems:
        return compare_page.shown(request, typed, problems)
    return asked_of_runs(request, "compare", inputs, typed)


async def settings(request: Request) -> Response:
    """Show the form Compare options with an option beside the regime of the day."""
    own, problems = await _handed_on(request)
    if problems:
        return _lost(request, problems)
    return compare_page.shown(request, compare_asked.fields_by_default() | _beside_regime(own), {})


async def size(request: Request) -> Response:
    """Show the form Size a workforce with an option beside the regime of the day."""
    own, problems = await _handed_on(request)
    if problems:
        return _lost(request, problems)
    return size_page.shown(request, size_asked.fields_by_default() | _beside_regime(own), {})


async def follow(request: Request) -> Response:
    """Show the form Follow one provider with an option beside the regime of the day."""
    own, problems = await _handed_on(request)
    if problems:
        return _lost(request, problems)
    second = {follow_asked.SECOND: names_of(own)[-1:]}
    return follow_page.shown(request, follow_asked.fields_by_default() | second | carried(own), {})


def _beside_regime(own: list[str]) -> dict[str, list[str]]:
    return {FRAMEWORKS: [OF_THE_DAY], BASELINE: [OF_THE_DAY], **carried(own)}


async def _handed_on(request: Request) -> tuple[list[str], Problems]:
    """Read the options that a form hands on; say what is wrong if there is none."""
    check_origin(request.headers)
    typed, _ = await typed_in(request)
    problems: Problems = {}
    own = await run_in_threadpool(own_in, typed, problems)
    return own, problems if own else {OWN_FILE: "The page sent no option."}


def _lost(request: Request, problems: Problems) -> HTMLResponse:
    said = problems[OWN_FILE]
    return message(request, 422, "Your option did not arrive", said, "Write it again, or upload its file.")


def _others(typed: Typed) -> dict[str, list[str]]:
    """Return the field that carries the options written before; none if there is none."""
    others = [own_text.unix_lines(text) for text in typed.get(OTHERS, ()) if text]
    return {OTHERS: others[:_MOST_OTHERS]} if others else {}


def _titles(others: dict[str, list[str]]) -> list[str]:
    return [framework.title for framework in own_frameworks_of(others.get(OTHERS, []), {})]


def _beginning(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    offered = [(name, begun_from(name).title, begun_from(name).summary) for name in beginnings()]
    others = _others(typed)
    return html(
        request,
        "own_begin.html",
        422 if problems else 200,
        problems=problems,
        offered=offered,
        packages=packages(),
        typed=typed,
        others=others,
        titles=_titles(others),
    )


def _form(request: Request, typed: Typed, problems: Problems) -> HTMLResponse:
    base = own_asked.base_in(typed)
    framework = begun_from(base)
    usual = own_asked.fields_by_default(first(typed, BEGIN), first(typed, PACKAGE))
    of_due = {
        due.service: [*map(due.field, RATINGS_SHOWN), *map(due.unit_field, RATINGS_SHOWN), due.window_field.name]
        for due in dues(base)
    }
    changed = {
        service for service, fields in of_due.items() if any(typed.get(field) != usual[field] for field in fields)
    }
    wrong = {service for service, fields in of_due.items() if problems.keys() & set(fields)}
    others = _others(typed)
    return html(
        request,
        "own.html",
        422 if problems else 200,
        typed=typed,
        problems=problems,
        begin={name: list(typed.get(name, ())) for name in (BEGIN, PACKAGE)} | others,
        titles=_titles(others),
        framework=framework,
        ratings=[(rating, rating_name(rating, framework)) for rating in RATINGS_SHOWN],
        units=UNITS,
        dues=dues(base),
        open=changed | wrong | {dues(base)[0].service},
        after=[(grade, rating_name(grade, framework)) for grade in AFTER],
        who=WHO,
        days=own_asked.DAYS,
        parts=[part.field for part in parts(base) if part.section != "kinds"],
        lengths=[part.field for part in parts(base) if part.section == "kinds"],
    )


def _told(request: Request, text: str, typed: Typed) -> HTMLResponse:
    """Report an option in words."""
    framework = own_text.own_framework(text)
    file = parsed_toml(text.encode(), own_text.NAME)
    extends, parent = inherited(file, Path(own_text.NAME))
    found = check(Checked(framework, extends, parent, file))
    several = isinstance(file.get("extends"), list) and parent is not None and parent.packages
    others = _others(typed)
    return html(
        request,
        "own_told.html",
        framework=framework,
        typed=typed if BEGIN in typed else {},
        begun_from=(with_packages(parent) if several else parent.title) if parent else "",
        found=found,
        differs=own_words.differences(parent, framework) if parent else [],
        odd=own_words.odd(found, framework),
        inherited=own_words.inherited(found, framework),
        assumed=any(line.endswith(own_words.ASSUMED) for line in found.odd),
        rules=rules_table(framework),
        carried=carried([*others.get(OTHERS, []), text]),
        titles=_titles(others),
        room=_MOST_OTHERS - len(others.get(OTHERS, [])),
        regime=begun_from(OF_THE_DAY).title,
    )


ROUTES: Final = (
    Route("/own", begin),
    Route("/own", send, methods=["POST"]),
    Route("/own/another", begin_another, methods=["POST"]),
    Route("/own/change", change, methods=["POST"]),
    Route("/own/file", bring, methods=["POST"]),
    Route("/own/download", download, methods=["POST"]),
    Route("/own/compare", compare, methods=["POST"]),
    Route("/own/settings", settings, methods=["POST"]),
    Route("/own/size", size, methods=["POST"]),
    Route("/own/follow", follow, methods=["POST"]),
)
