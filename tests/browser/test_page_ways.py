"""The way of a responder through the page: by mouse and by keyboard, wide and narrow, with and without script."""

import tomllib
import zipfile
from collections.abc import Iterator
from html import unescape
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.servers import Server
from tests.browser.visitors import WIDTHS, KeyboardVisitor, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
WAYS = [
    pytest.param((kind, width, script), id=f"{name}-{width}-{'script' if script else 'plain'}")
    for (name, kind), width, script in product(
        [("mouse", Visitor), ("keyboard", KeyboardVisitor)], WIDTHS, (True, False)
    )
]
PAIRS = [WAYS[position] for position in (0, 3, 5, 6)]
"""Every two of input, width and script once: the main way is gone in all eight, the others in these."""


@pytest.fixture
def visitor(request: pytest.FixtureRequest, browser: "Browser", server: Server) -> Iterator[Visitor]:
    kind, width, script = request.param
    visiting: Visitor = kind(browser, server, width, script=script)
    yield visiting
    visiting.leave()


def leads(visitor: Visitor, words: str) -> None:
    """Go by the navigation, which is folded behind a button where it is narrow and there is script."""
    menu = visitor.page.get_by_role("button", name="Menu")
    if menu.is_visible():
        visitor.presses("Menu")
    visitor.opens(words)


@pytest.mark.parametrize("visitor", WAYS, indirect=True)
def test_from_the_introduction_to_the_report(visitor: Visitor, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The first way of each width asks something new and waits; the others ask the same and have the answer at once."""
    _, width, _ = request.node.callspec.params["visitor"]
    visitor.goes("/")
    visitor.opens("Compare options")
    visitor.looks()
    assert visitor.heading() == "Compare options"
    visitor.ticks("#frameworks-option-a")
    visitor.ticks("#frameworks-2012-proportional")
    visitor.types("#regulatory", str(240 + WIDTHS.index(width)))
    visitor.types("#years", "1")
    visitor.types("#replications", "2")
    visitor.opens("Compare")
    visitor.waits()
    assert visitor.page.url.startswith(f"{visitor.server.address}/runs/")
    report = visitor.downloads("Report to print or attach", tmp_path).read_text(encoding="utf-8")
    assert visitor.heading() in report
    with zipfile.ZipFile(visitor.downloads("All tables, and everything needed to run it again", tmp_path)) as tables:
        assert tables.testzip() is None
    visitor.opens("Change the settings and ask again")
    assert visitor.page.locator("#years").input_value() == "1"
    assert visitor.page.locator("#frameworks-option-b").is_checked()
    assert not visitor.page.locator("#frameworks-option-a").is_checked()


@pytest.mark.parametrize("visitor", PAIRS, indirect=True)
def test_an_option_is_written_taken_along_and_compared(visitor: Visitor, tmp_path: Path) -> None:
    visitor.goes("/")
    leads(visitor, "Your own option")
    visitor.looks()
    visitor.opens("Start from this")
    visitor.looks()
    visitor.types("#title", "Homes soon")
    visitor.types("#often_childrens_home_poor", "often")
    visitor.opens("Read it back in words")
    visitor.looks()
    assert "Error: " in visitor.page.title()
    assert visitor.page.locator("#often_childrens_home_poor").input_value() == "often"
    visitor.types("#often_childrens_home_poor", "2")
    visitor.page.locator("#unit_childrens_home_poor").select_option("months")
    visitor.opens("Read it back in words")
    visitor.looks()
    assert visitor.heading() == "Your own option: Homes soon"
    file = visitor.downloads("Download the file", tmp_path)
    assert file.name == "homes-soon.toml"
    assert tomllib.loads(file.read_text(encoding="utf-8"))["title"] == "Homes soon"
    visitor.goes("/own")
    visitor.page.locator("#file").set_input_files(file)
    visitor.opens("Read this file")
    assert visitor.heading() == "Your own option: Homes soon"
    visitor.opens("Choose settings and compare")
    visitor.looks()
    visitor.types("#years", "1")
    visitor.types("#replications", "2")
    visitor.opens("Compare")
    visitor.waits()
    assert "Homes soon" in visitor.page.locator("main").inner_text()
    assert visitor.downloads("Your own option, as a framework file", tmp_path).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("visitor", PAIRS, indirect=True)
def test_a_workforce_is_sized(visitor: Visitor) -> None:
    visitor.goes("/")
    leads(visitor, "Size a workforce")
    visitor.looks()
    for name in ("option-a", "option-b", "2012-proportional", "option-a-as-proposed", "option-b-as-proposed"):
        visitor.ticks(f"#frameworks-{name}")
    visitor.types("#target_on_time", "90")
    visitor.types("#years", "1")
    visitor.unfolds("More settings")
    visitor.looks()
    for name, text in (("replications", "2"), ("most", "2"), ("step", "50")):
        visitor.types(f"#{name}", text)
    visitor.opens("Find the number")
    visitor.waits()
    assert "at least 90% of statutory inspections" in visitor.page.locator("main").inner_text()
    assert visitor.page.get_by_role("link", name="Every number of inspectors tried").is_visible()


@pytest.mark.parametrize("visitor", PAIRS, indirect=True)
def test_a_provider_is_followed(visitor: Visitor, tmp_path: Path) -> None:
    visitor.goes("/")
    leads(visitor, "One provider")
    visitor.looks()
    visitor.types("#years", "2")
    visitor.opens("Follow it")
    visitor.waits()
    assert visitor.page.get_by_role("heading", name="Year by year").is_visible()
    for summary in visitor.page.locator("main summary").all():
        visitor.unfolds((summary.text_content() or "").strip())
    visitor.looks()
    assert visitor.page.locator("main table").count() >= 2
    report = visitor.downloads("Report to print or attach", tmp_path).read_text(encoding="utf-8")
    assert visitor.heading() in unescape(report)
    assert "Day by day" in report
    assert visitor.downloads("The picture, for documents", tmp_path).stat().st_size > 10_000
    assert visitor.downloads("Both diaries, entry by entry", tmp_path).stat().st_size > 100


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_stop_leads_past_the_navigation(browser: "Browser", server: Server, width: int) -> None:
    visitor = KeyboardVisitor(browser, server, width)
    visitor.goes("/method")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("location.hash") == "#main-content"
    visitor.leave()


def test_what_is_wrong_is_led_to_from_the_summary(browser: "Browser", server: Server) -> None:
    """With script, the summary has the focus when the page comes, and its first entry leads to the field."""
    visitor = KeyboardVisitor(browser, server, WIDTHS[0])
    visitor.goes("/compare")
    visitor.types("#years", "soon")
    visitor.opens("Compare")
    assert visitor.page.evaluate("document.activeElement.className") == "govuk-error-summary"
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "years"
    assert visitor.page.locator("#years").input_value() == "soon"
    visitor.leave()
