"""What is known of vulnerabilities in locked packages: `python -m tests.audit` asks the data base of OSV, osv.dev.

It prints what it finds, and ends with 1 if that is anything. Where the data base cannot be reached it says that nothing
was checked, and ends with 0.
"""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.request import Request, urlopen

_ROOT: Final = Path(__file__).parents[1]
_ADDRESS: Final = "https://api.osv.dev/v1/querybatch"
_SECONDS: Final = 10.0

Answer = dict[str, Any]


class Package(NamedTuple):
    """A package as it is locked."""

    ecosystem: str
    name: str
    version: str


def locked() -> list[Package]:
    """List the packages of both locks: of Python, and of the page."""
    python = (_ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    page = json.loads((_ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return [
        *(Package("PyPI", *found) for found in re.findall(r"^([\w.-]+)==([\w.]+)", python, re.MULTILINE)),
        *(Package("npm", name.rpartition("node_modules/")[2], one["version"]) for name, one in page.items() if name),
    ]


def ask(packages: list[Package]) -> Answer:
    """Ask the data base, in one request."""
    queries = [{"package": {"ecosystem": one.ecosystem, "name": one.name}, "version": one.version} for one in packages]
    body = json.dumps({"queries": queries}).encode()
    request = Request(_ADDRESS, body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=_SECONDS) as answer:
        read: Answer = json.load(answer)
    return read


def told(packages: list[Package], asks: Callable[[list[Package]], Answer]) -> tuple[list[str], int]:
    """Return lines on what is known, and the number of packages of which anything is."""
    try:
        results = asks(packages)["results"]
    except (OSError, ValueError, KeyError) as error:
        return [f"Vulnerabilities of {len(packages)} locked packages: unchecked ({error})."], 0
    of = zip(packages, results, strict=True)
    found = [(one, [known["id"] for known in result.get("vulns", ())]) for one, result in of]
    lines = [f"{one.name} {one.version}: {', '.join(known)}" for one, known in found if known]
    return [*lines, f"Vulnerabilities of {len(packages)} locked packages: checked, known of {len(lines)}."], len(lines)


if __name__ == "__main__":
    said, known = told(locked(), ask)
    print("\n".join(said))
    sys.exit(bool(known))
