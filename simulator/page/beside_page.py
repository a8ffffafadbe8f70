"""Two answers side by side: the inputs that differ, then the lines of both verdicts next to each other."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from simulator.page.fields import Problems
from simulator.page.kinds import KINDS
from simulator.page.naming import NAME, address_of, named_in_address
from simulator.page.responses import html, runs_of
from simulator.page.result_files import answer_of_run
from simulator.page.run_store import Run
from simulator.questions.compare.of_hundred import WORDS

_SIDES: Final = {"a": "first", "b": "second"}
"""Keys of the address, and what the answers are called."""
_ID: Final = re.compile(r"(?<![a-z2-7])[a-z2-7]{32}(?![a-z2-7])")
_MOST: Final = 2000
"""Characters of an address that somebody pastes."""
_NOW: Final = "Now ("
_NOTHING: Final = "–"

Table = dict[str, Any]


def _beside(request: Request) -> HTMLResponse:
    """Show two answers side by side, or ask which ones."""
    typed = {side: request.query_params.get(side, "").strip()[:_MOST] for side in _SIDES}
    problems: Problems = {}
    found = {side: _found(request, side, text, problems) for side, text in typed.items() if text}
    kinds = {one["run"].kind for one in found.values() if one}
    if len(kinds) > 1:
        problems["b"] = "The second answer belongs to another form. Choose two answers of the same form"
    if problems or len(found) < len(_SIDES):
        status = 422 if problems else 200
        return html(request, "beside_asked.html", status, typed=typed, problems=problems, sides=_SIDES)
    first, second = (one for one in found.values() if one)
    verdicts = (first["answer"]["verdict"], second["answer"]["verdict"])
    differing, same = _inputs_of(first["run"], second["run"])
    told: Table = {"differing": differing, "same_inputs": same, "columns": list(columns(*verdicts))}
    return html(request, "beside.html", both=(first, second), **told)


def _found(request: Request, side: str, text: str, problems: Problems) -> Table | None:
    """Find the answer of an address, with its name if that has one; note what is wrong."""
    matched = _ID.search(text)
    run = runs_of(request).store.find(matched[0]) if matched else None
    what = f"The address of the {_SIDES[side]} answer"
    if run is None:
        problems[side] = f"{what} is not one of this page, or the answer has been deleted. Copy it from the answer"
        return None
    answer = answer_of_run(request, run)
    if not answer:
        problems[side] = f"{what} has no answer yet. Wait until it is finished"
        return None
    if not answer.get("verdict"):
        problems[side] = f"{what} belongs to another form. Choose an answer of the form Compare options"
        return None
    name = named_in_address(request.query_params.get(f"{side}_name", "") or _name_within(text))
    return {"run": run, "answer": answer, "name": name, "address": address_of(run.id, name)}


def _name_within(address: str) -> str:
    """Return the name in an address that was pasted whole."""
    from urllib.parse import parse_qs, urlsplit

    try:
        return parse_qs(urlsplit(address).query).get(NAME, [""])[0]
    except ValueError:
        return ""


def _inputs_of(first: Run, second: Run) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """Return the inputs that differ, with both values, and those that are the same."""
    rows = [dict(KINDS[run.kind].asked(run.inputs)) for run in (first, second)]
    keys = dict.fromkeys([*rows[0], *rows[1]])
    valued = [(key, rows[0].get(key, _NOTHING), rows[1].get(key, _NOTHING)) for key in keys]
    differing = [row for row in valued if row[1] != row[2]]
    if first.inputs.get("own") != second.inputs.get("own"):
        differing.append(("Your own option", _own_told(first), _own_told(second)))
    changed = {row[0] for row in differing}
    return differing, [(key, value) for key, value in rows[0].items() if key not in changed]


def _own_told(run: Run) -> str:
    return "a file that differs" if run.inputs.get("own") else "none"


def columns(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[Table]:
    """Return for each framework of either verdict its lines next to each other.

    Parameters
    ----------
    first, second
        Verdicts, as `simulator.page.answer.verdict_told` returns them.

    Yields
    ------
    dict
        Keys ``title`` (of the framework) and ``rows``, each with its label, the first and the second number, and
        whether they differ.
    """
    mine, other = ({_framework(title): lines for title, lines in _by_column(one).items()} for one in (first, second))
    for title in dict.fromkeys([*mine, *other]):
        left, right = mine.get(title, {}), other.get(title, {})
        rows = []
        for label in dict.fromkeys([*left, *right]):
            cells = (left.get(label, _NOTHING), right.get(label, _NOTHING))
            rows.append({"label": label, "cells": cells, "differs": cells[0] != cells[1]})
        yield {"title": title, "rows": rows}


def _framework(title: str) -> str:
    """Return the title of a framework, whether or not it is how things stand now in one of the answers."""
    return title.removeprefix(_NOW).removesuffix(")") if title.startswith(_NOW) else title


def _by_column(verdict: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the numbers of each framework by their labels."""
    by_column: dict[str, dict[str, str]] = {title: {} for title in verdict["columns"]}
    dots = verdict["dots"]
    for panel in dots["panels"] if dots else ():
        by_column[panel["title"]] |= {f"{dots['title']}: {word}": str(panel[group]) for group, word in WORDS.items()}
    for group in verdict["groups"]:
        for line in group["lines"]:
            label = f"{group['title']}: {line['label']}" if group["title"] else line["label"]
            for title, cell in zip(verdict["columns"], line["cells"], strict=True):
                by_column[title][label] = cell
    return by_column


ROUTES: Final = (Route("/beside", _beside),)
