"""The docs as a site: it builds without a warning, asks no other host for anything, and leaves no page out."""

import html
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
import typer.main

from simulator.commands.cli import app

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "form": "action"}
"""What makes a browser ask for something by itself, and in which attribute."""
ELSEWHERE = re.compile(r"^(?:[a-z]+:)?//", re.IGNORECASE)


class Parts(HTMLParser):
    """What a page loads, its headings, and its pictures without words."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.pictures_without_words: list[str] = []
        self.language = ""
        self.main_headings = 0
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.loaded += [given.get(LOADS[tag]) or ""] if tag in LOADS else []
        self.language = given.get("lang") or "" if tag == "html" else self.language
        self.main_headings += tag == "h1"
        if tag == "img" and not given.get("alt"):
            self.pictures_without_words.append(given.get("src") or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Parts]:
    return {page.relative_to(site).as_posix(): Parts(page) for page in site.rglob("*.html")}


def test_every_page_of_docs_is_there_and_in_the_navigation(site: Path, pages: dict[str, Parts]) -> None:
    written = {page.relative_to(DOCS).with_suffix(".html").as_posix() for page in DOCS.rglob("*.md")}
    assert written - set(pages) == set()
    start = (site / "index.html").read_text(encoding="utf-8")
    assert [page for page in sorted(written - {"index.html"}) if f'href="{page}"' not in start] == []


def test_every_notebook_is_a_page_with_all_that_it_shows(site: Path, pages: dict[str, Parts]) -> None:
    start = (site / "index.html").read_text(encoding="utf-8")
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert len(notebooks) == 6
    for path in notebooks:
        name = f"notebooks/{path.stem}.html"
        assert f'href="{name}"' in start
        shown = " ".join(html.unescape(re.sub(r"<[^>]+>", "", (site / name).read_text(encoding="utf-8"))).split())
        pictures = 0
        for cell in nbformat.read(path, as_version=4).cells:  # type: ignore[no-untyped-call]
            if cell.cell_type == "code":
                assert " ".join(cell.source.split()) in shown
            for output in cell.get("outputs", []):
                told = output.get("text") or output.data["text/plain"]
                if "image/svg+xml" in output.get("data", {}):
                    pictures += 1
                    assert (site / f"notebooks/{path.stem}-{pictures}.svg").read_text("utf-8").startswith("<?xml")
                    assert f"{path.stem}-{pictures}.svg" in pages[name].loaded
                elif "text/html" in output.get("data", {}):
                    cells = re.findall(r"<td[^>]*>([^<]+)</td>", output.data["text/html"])
                    assert cells
                    assert [each for each in cells if " ".join(html.unescape(each).split()) not in shown] == []
                else:
                    assert " ".join(told.split()) in shown


def test_nothing_is_asked_of_another_host(site: Path, pages: dict[str, Parts]) -> None:
    assert {page: [each for each in parts.loaded if ELSEWHERE.match(each)] for page, parts in pages.items()} == {
        page: [] for page in pages
    }
    styles = "".join(style.read_text(encoding="utf-8") for style in site.rglob("*.css"))
    assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)]*", styles) == []
    drawings = [page for page in pages if 'class="mermaid"' in (site / page).read_text(encoding="utf-8")]
    assert drawings == [], "the theme brings what draws them from elsewhere"
    assert not list(site.rglob("*.woff*"))


def test_pages_have_a_language_one_main_heading_and_words_for_pictures(pages: dict[str, Parts]) -> None:
    assert {parts.language for parts in pages.values()} == {"en"}
    assert [page for page, parts in pages.items() if parts.main_headings != 1] == []
    assert [page for page, parts in pages.items() if parts.pictures_without_words] == []


def test_search_is_in_the_site_itself(site: Path) -> None:
    index = (site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "undetected_poor_provider_years" in index


def test_the_page_of_commands_has_every_command_and_every_option(site: Path) -> None:
    said = re.sub(r"<[^>]+>", "", (site / "commands.html").read_text(encoding="utf-8"))
    commands = all_commands(typer.main.get_command(app), "inspectsim")
    assert len(commands) > 10
    assert [name for name in commands if name not in said] == []
    options = {option for command in commands.values() for each in command.params for option in each.opts}
    assert "--replications" in options
    assert sorted(option for option in options if option.startswith("--") and option not in said) == []


def all_commands(command: Any, name: str) -> dict[str, Any]:
    found = {name: command}
    for inner in getattr(command, "commands", {}).values():
        found |= all_commands(inner, f"{name} {inner.name}")
    return found


@pytest.mark.parametrize("page", [ROOT / "README.md", *DOCS.glob("*.md")], ids=lambda page: page.stem)
def test_files_that_a_page_names_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:simulator|scenarios|docs|tests|notebooks)/[\w./-]+)`", text)
    named += [f"tests/{name}" for name in re.findall(r"`((?:unit|functional|back)/\w+\.py)`", text)]
    named += re.findall(r"\]\((docs/[^)#]+)", text)  # links of the README
    assert [name for name in named if "NAME" not in name and not (ROOT / name).exists()] == []


def test_cells_of_tables_say_their_column(site: Path) -> None:
    page = (site / "measures.html").read_text(encoding="utf-8")
    assert '<td data-label="unit">inspections per year</td>' in page
