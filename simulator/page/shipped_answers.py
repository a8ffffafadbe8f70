"""The answers that are there at once: the shipped comparison, with 80 to 120 per cent of the inspectors.

They are stored with the package (`simulator.page.ready_answer` makes them), so that the introduction computes nothing.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from simulator.page.whom import Kept, read_whom
from simulator.page.whom_file import WHOM

READY: Final = Path(__file__).parent / "ready"
"""Folder of the answers."""
KEY: Final = "key.txt"
"""File in it that says by which rules the answers were made."""
LEVELS: Final = (80, 90, 100, 110, 120)
"""Per cent of the inspectors from the takeover on."""
USUAL: Final = 100
ON_TIME: Final = "statutory visits on time"
UNFOUND: Final = "days unfound, on average"
"""Lines of a verdict that are shown for all levels side by side."""

Table = dict[str, Any]


def file_of(level: int) -> str:
    """Return the name of the file of a level."""
    return f"answer-{level}.json"


@cache
def ready_answer(level: int = USUAL) -> Table:
    """Read the answer for a level, its duties first."""
    answer: Table = json.loads((READY / file_of(level)).read_text(encoding="utf-8"))
    groups = answer["verdict"]["groups"]
    answer["verdict"]["groups"] = sorted(groups, key=lambda group: ON_TIME not in _labels(group))
    return answer


@cache
def ready_whom() -> Kept:
    """Read what the answer with the usual number of inspectors means for whom; nothing if it was not stored."""
    return read_whom(READY / WHOM)


def _labels(group: Table) -> list[str]:
    return [line["label"] for line in group["lines"]]


@cache
def levels_told() -> list[Table]:
    """Return a few lines for all levels side by side: tables as `simulator.page.answer.table_told` returns them."""
    return [table for label in (ON_TIME, UNFOUND) if (table := _level_table(label))["rows"]]


def _level_table(label: str) -> Table:
    columns = ready_answer()["verdict"]["columns"]
    head = [{"text": "Inspectors", "number": False}, *({"text": title, "number": True} for title in columns)]
    rows = []
    for level in LEVELS:
        lines = [line for group in ready_answer(level)["verdict"]["groups"] for line in group["lines"]]
        cells = next((line["cells"] for line in lines if line["label"] == label), None)
        if cells:
            rows.append([{"text": text, "beside": ""} for text in (f"{level}%", *cells)])
    return {"caption": f"{label[:1].upper()}{label[1:]}", "head": head, "rows": rows, "note": ""}


@cache
def ready_is_of_today() -> bool:
    """Whether the answers were made by the rules and shipped files that are here."""
    path = READY / KEY
    return path.is_file() and path.read_text(encoding="utf-8").strip() == ready_key()


def ready_key() -> str:
    """Compute a digest of the source and the shipped files that the answers depend on, and of their levels."""
    from simulator.inputs.shipped import folder
    from simulator.source_files import digest_of, files_in, python_files, running_files

    shipped = {f"shipped/{name}": content for name, content in files_in(folder(), (".toml",)).items()}
    levels = {f"level/{level}": b"" for level in LEVELS}
    return digest_of({**running_files(python_files()), **shipped, **levels})
