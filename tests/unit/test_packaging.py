"""The project's own files agree with one another, and the shipped scenarios are found."""

import json
import re
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import simulator
from simulator.inputs import shipped
from tests.audit import Package, locked, told

ROOT = Path(__file__).parents[2]


def test_installed_version_is_the_version_of_the_source() -> None:
    assert version("inspectsim") == simulator.__version__


def test_citation_names_the_version_of_the_source() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [simulator.__version__]


def test_changelog_begins_with_what_is_unreleased() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\]", changelog, re.MULTILINE)
    assert headings[0] == "Unreleased"


def test_shipped_scenarios_are_found() -> None:
    folder = shipped.folder()
    assert folder.is_dir()
    assert (folder / "frameworks").is_dir()


LOCKS = ("requirements.lock", "requirements-dev.lock")


def entries(lock: str) -> dict[str, str]:
    """Return the entries of a lock by the names of their packages."""
    content = (ROOT / lock).read_text(encoding="utf-8")
    parted = re.split(r"^(?=\w)", content, flags=re.MULTILINE)[1:]
    return {canonicalize_name(re.split("==", entry)[0]): entry for entry in parted}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_has_a_version_and_a_hash_and_no_address(lock: str) -> None:
    assert entries(lock)
    for entry in entries(lock).values():
        assert "//" not in entry
        assert re.match(r"[\w.-]+==[\w.]+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_what_runs_is_locked_as_what_develops_and_nothing_more() -> None:
    """Whatever a requirement of the project requires, on any system, and no package that only development needs."""
    runs, develops = map(entries, LOCKS)
    assert runs.items() < develops.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    to_follow = [Requirement(wanted) for wanted in project["dependencies"]]
    needed: set[tuple[str, ...]] = set()
    while to_follow:
        wanted = to_follow.pop()
        key = (canonicalize_name(wanted.name), *sorted(wanted.extras))
        if key in needed or key[0] not in develops:  # of another version of Python than are supported
            continue
        needed.add(key)
        to_follow += [inner for inner in map(Requirement, requires(wanted.name) or ()) if _wanted(inner, wanted.extras)]
    assert {name for name, *_ in needed} == set(runs)


def _wanted(inner: Requirement, extras: set[str]) -> bool:
    if inner.marker is None or "extra" not in str(inner.marker):
        return True
    return any(inner.marker.evaluate({"extra": extra}) for extra in extras)


def test_the_image_holds_what_running_needs_alone() -> None:
    image = (ROOT / "Containerfile").read_text(encoding="utf-8").rpartition("FROM ")[2]
    assert "-r /opt/inspectsim/requirements.lock" in image
    assert "requirements-dev" not in image


def test_vulnerabilities_are_told_or_said_to_be_unchecked() -> None:
    packages = [Package("PyPI", "one", "1.0"), Package("npm", "two", "2.0")]
    lines, number = told(packages, lambda _: {"results": [{}, {"vulns": [{"id": "GHSA-x"}]}]})
    assert (lines, number) == (["two 2.0: GHSA-x", "Vulnerabilities of 2 locked packages: checked, known of 1."], 1)

    def away(_: list[Package]) -> dict[str, object]:
        raise OSError("no route to host")

    assert told(packages, away) == (["Vulnerabilities of 2 locked packages: unchecked (no route to host)."], 0)
    assert {"starlette", "govuk-frontend"} <= {package.name for package in locked()}


def test_the_notice_of_gov_uk_frontend_travels_with_what_is_made_of_it() -> None:
    notice = (ROOT / "simulator/page/static/govuk-frontend-licence.txt").read_text(encoding="utf-8")
    assert "Copyright (C) 2017 Crown Copyright (Government Digital Service)" in notice
    assert "The above copyright notice and this permission notice shall be included in all" in notice
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "simulator/page/static/govuk-frontend-licence.txt" in project["license-files"]
    for source in ("simulator/page/page.scss", "Makefile"):
        assert "/*! GOV.UK Frontend" in (ROOT / source).read_text(encoding="utf-8")


def test_the_lock_of_the_page_has_checksums_and_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    for name, each in packages.items():
        assert each["integrity"].startswith("sha512-"), name
        assert "resolved" not in each, name


def test_every_direct_requirement_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[<>=~! \[;]", requirement)[0] for requirement in wanted}
    assert set(map(canonicalize_name, names)) <= set(entries("requirements-dev.lock"))


def test_links_of_the_readme_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert "docs/images/found.png" in links
    assert [link for link in links if not (ROOT / link).exists()] == []
