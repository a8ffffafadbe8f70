"""The files that every answer leaves in the folder of its run."""

from collections.abc import Sequence
from typing import Final

from simulator.answers.file import File
from simulator.answers.meanings import COUNT, NAME, Meaning
from simulator.running.run_folder import FAILURES, FRAMEWORKS, PROVIDERS, SCENARIO
from simulator.running.store import MANIFEST
from simulator.world.services import SECTORS

REPORT: Final = "report.html"
WORKBOOK: Final = "workbook.xlsx"
WORD: Final = "answer.docx"
DICTIONARY: Final = "data-dictionary.csv"
ANSWER: Final = "answer.txt"
VERDICT: Final = "verdict.json"
SHOWN: Final = (REPORT, WORKBOOK, WORD, DICTIONARY)
"""Files made from the others, which `inspectsim report` makes again."""

CHARTS: Final = File("charts/", "the charts, each with a table of its numbers (CSV)")
_FIRST: Final = (
    File(REPORT, "the report: answer, charts, assumptions, limits; to open in a browser or print"),
    File(WORKBOOK, "the tables as a spreadsheet"),
    File(WORD, "page one of the report as a Word file"),
    File(ANSWER, "the answer in sentences"),
    File(VERDICT, "the verdict as plain data"),
)
_PROVIDERS: Final = {
    "provider": Meaning("Provider", "text", NAME, "name of the provider"),
    "sector": Meaning("Sector", "text", NAME, "kind of body that runs it", ", ".join(SECTORS)),
    "local_authority": Meaning("Local authority", "text", NAME, "local authority in whose area it is"),
    "region": Meaning("Region", "text", NAME, "region of the local authority"),
    "places": Meaning("Places", "whole number", "children", "number of children that it serves"),
    "opened": Meaning("Opened", "date", "YYYY-MM-DD", "day from which it is open; empty if before the run"),
    "closed": Meaning("Closed", "date", "YYYY-MM-DD", "day on which it closes permanently; empty if unknown"),
}
_LAST: Final = (
    File(DICTIONARY, "the meaning of each column of each table, with its unit"),
    File(SCENARIO, f"the question; with {FRAMEWORKS}/ and {PROVIDERS}, everything needed to ask it again"),
    File(PROVIDERS, columns=_PROVIDERS),
    File(MANIFEST, "versions, options, time taken, checksums"),
)


def files(*own: File) -> tuple[File, ...]:
    """Put the files of a question between those that every answer leaves; one of the same name takes its place."""
    last = {file.name: file for file in _LAST}
    mine = [file for file in own if file.name not in last]
    return (*_FIRST, *mine, *(last | {file.name: file for file in own if file.name in last}).values())


def failed(holds: str) -> File:
    """Declare the table of the runs that failed."""
    columns = {
        "seed": Meaning("Seed", "whole number", COUNT, "random seed of the run"),
        "error": Meaning("Error", "text", "text", "error"),
        "case": Meaning("Case", "text", "text", "run: stage, and point of its row"),
        "where": Meaning("Where", "text", "text", "place in the program where it failed"),
    }
    return File(FAILURES, f"failed runs: {holds}", "Failures", "Failed runs", columns=columns)


def those_there(holds: dict[str, str], names: Sequence[str]) -> dict[str, str]:
    """Select the descriptions of the files that exist; a name that ends in a slash is a folder."""
    return {
        name: what
        for name, what in holds.items()
        if name == MANIFEST or any(kept == name or (name.endswith("/") and kept.startswith(name)) for kept in names)
    }
