"""The report in a browser: at both widths, without a network, by keyboard, and printed."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from simulator.commands.cli import app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SMALL = Path(__file__).parents[1] / "data" / "small.toml"
NARROW, WIDE = 320, 1280
MOST_BEFORE_ANNEX = 12
A_PAGE = b"/Type /Page\n"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shown") / "run"
    asked = ["compare", str(SMALL), "--replications", "2", "--out", str(folder)]
    done = CliRunner().invoke(app, asked, catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return folder / "report.html"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped") / "run"
    asked = ["compare", "england-2006", "--replications", "1", "--out", str(folder)]
    done = CliRunner().invoke(app, asked, catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return folder / "report.html"


def opened(browser: "Browser", report: Path, width: int) -> "Page":
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(report.as_uri())
    return page


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_nothing_scrolls_sideways_but_tables_and_charts(browser: "Browser", report: Path, width: int) -> None:
    page = opened(browser, report, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wider = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(each => !each.closest('.scroll, .in-picture')"
        " && each.getBoundingClientRect().right > innerWidth + 1).map(each => each.outerHTML.slice(0, 80))"
    )
    assert wider == []
    page.close()


def test_whatever_scrolls_can_be_reached_by_keyboard_and_has_a_name(browser: "Browser", report: Path) -> None:
    page = opened(browser, report, NARROW)
    regions = page.locator(".scroll")
    assert regions.count() > 10
    assert page.evaluate(
        "[...document.querySelectorAll('.scroll')].every(each => each.tabIndex === 0 && each.role === 'region')"
    )
    named = page.get_by_role("region", name="Chart: ")
    assert named.count() == page.locator("figure").count()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


def test_pictures_are_read_aloud_by_their_message(browser: "Browser", report: Path) -> None:
    page = opened(browser, report, WIDE)
    pictures = page.locator("figure svg")
    for position in range(pictures.count()):
        title = pictures.nth(position).locator("title").first.text_content()
        assert page.get_by_role("img", name=title or "").count() >= 1
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(each => each.id)).size") == page.evaluate(
        "document.querySelectorAll('[id]').length"
    )
    page.close()


def test_nothing_is_loaded_and_nothing_complained_of(browser: "Browser", report: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(report.as_uri())
    assert asked == [report.as_uri()]
    assert said == []
    page.close()


def test_it_prints_with_no_table_cut_off(browser: "Browser", report: Path) -> None:
    page = opened(browser, report, 640)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 1000})  # A4 less its margins, in pixels
    cut = page.evaluate(
        "[...document.querySelectorAll('table, figure svg')].filter(each => each.getBoundingClientRect().right"
        " > innerWidth + 1).map(each => each.outerHTML.slice(0, 120))"
    )
    assert cut == []
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert printed.count(A_PAGE) > 3
    page.close()


def printed_without(browser: "Browser", report: Path, left_out: str) -> int:
    """Print a report without some of its elements; return the number of pages."""
    page = opened(browser, report, WIDE)
    gone = page.evaluate(
        "which => {const all = [...document.querySelectorAll(which)]; all.forEach(one => one.remove());"
        " return all.length}",
        left_out,
    )
    assert gone > 1
    pages = page.pdf(prefer_css_page_size=True).count(A_PAGE)
    page.close()
    return pages


@pytest.mark.parametrize("which", ["report", "shipped"])
def test_page_one_prints_on_one_sheet(browser: "Browser", which: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(which)
    assert printed_without(browser, report, "main > :not(.front), footer") == 1
    page = opened(browser, report, WIDE)
    for part in (".nature", "h1", "figure svg", "#verdict-lines table", ".front ul"):
        assert page.locator(f".front {part}" if part != ".front ul" else part).first.is_visible()
    page.emulate_media(media="print")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.front p:not(.note), .front li, .front th, .front td')].map(each =>"
        " parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= 12  # pixels: 9 points
    page.close()


LONGER = """() => {
    document.querySelectorAll('main > :not(.front), footer').forEach(one => one.remove());
    const row = document.querySelectorAll('#verdict-lines tbody tr')[1];
    for (let more = 0; more < 7; more++) row.after(row.cloneNode(true));
    for (let more = 0; more < 2; more++) {
        const warned = document.createElement('p');
        warned.className = 'warned';
        warned.textContent = '1 in 2 statutory inspections ends late under one framework. '.repeat(3);
        document.querySelector('h1').after(warned);
    }
}"""
"""Leaves page one alone, with seven more lines and trouble in two paragraphs."""


def test_page_one_has_room_for_more_lines_and_for_trouble(browser: "Browser", shipped: Path) -> None:
    page = opened(browser, shipped, WIDE)
    own = page.locator(".front .warned").count()
    page.evaluate(LONGER)
    assert page.locator(".warned").count() == own + 2
    assert page.pdf(prefer_css_page_size=True).count(A_PAGE) == 1
    page.close()


def test_what_comes_before_the_annex_is_short(browser: "Browser", shipped: Path) -> None:
    assert 2 < printed_without(browser, shipped, "#annex, footer") <= MOST_BEFORE_ANNEX
