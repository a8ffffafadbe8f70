"""Every page that there is, in every state: free of what axe finds, within its width, asking no other server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Route

from simulator.page.app import PAGES
from simulator.page.templates import NAVIGATION
from tests.browser.servers import ROOT, Server
from tests.browser.visitors import WIDTHS, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
Found = Callable[[], list[str]]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FIND = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .map(each => `${each.id}: ${each.help}: ${each.nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)"""
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
TOLD = [
    route.path
    for page in PAGES
    for route in page.ROUTES
    if isinstance(route, Route) and "GET" in (route.methods or ()) and not route.param_convertors
]
"""Every page that is there for everybody."""


@pytest.fixture(params=WIDTHS)
def visitor(request: pytest.FixtureRequest, browser: "Browser", server: Server) -> Iterator[Visitor]:
    visiting = Visitor(browser, server, request.param)
    yield visiting
    visiting.leave()


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe; the browser runs it as its own, since the policy of the page forbids that of others."""
    if not AXE.is_file():
        pytest.fail(f"{AXE.relative_to(ROOT)} is missing: run `make page`", pytrace=False)
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def found(visitor: Visitor, axe: str) -> Callable[[], list[str]]:
    """Gives what axe finds on the page that the visitor sees, and in all that is folded away in it."""

    def find() -> list[str]:
        visitor.looks()
        visitor.page.evaluate(UNFOLD)
        visitor.looks()
        return found_by(axe, visitor.page)

    return find


def found_by(axe: str, page: "Page") -> list[str]:
    page.evaluate(axe)
    problems: list[str] = page.evaluate(FIND)
    return problems


def test_all_entries_of_the_navigation_stand_in_one_line(browser: "Browser", server: Server) -> None:
    visitor = Visitor(browser, server, 1280)
    visitor.goes("/")
    entries = visitor.page.locator(".govuk-service-navigation__item")
    tops = entries.evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
    assert len(tops) == len(NAVIGATION)
    assert len(set(tops)) == 1
    visitor.leave()


def asks(visitor: Visitor, **typed: str) -> None:
    """Ask for a comparison."""
    visitor.page.goto("/compare")
    visitor.page.evaluate(UNFOLD)
    ticked = visitor.page.locator("input[name=frameworks]:checked:not(#frameworks-option-a)")
    for box in ticked.evaluate_all("all => all.map(each => each.id)"):
        visitor.page.locator(f"#{box}").uncheck()
    for name, text in typed.items():
        visitor.types(f"#{name}", text)
    visitor.opens("Compare")


@pytest.mark.parametrize("path", [*TOLD, "/own?begin=2006-regime", "/nothing", f"/runs/{'a' * 32}"])
def test_a_page_for_everybody(visitor: Visitor, found: Found, path: str) -> None:
    visitor.page.goto(path)
    assert found() == []


@pytest.mark.parametrize("path", ["/compare", "/explain", "/size", "/workforce", "/follow", "/own?begin=option-a"])
def test_a_form_in_which_everything_is_wrong(visitor: Visitor, found: Found, path: str) -> None:
    visitor.page.goto(path)
    visitor.page.evaluate(UNFOLD)
    for box in visitor.page.get_by_role("checkbox").all():
        box.uncheck()
    visitor.page.evaluate("document.querySelector('#who-numbered')?.click()")
    for field in visitor.page.get_by_role("textbox").all():
        if field.is_visible():
            field.fill("<b>" * 200)
    visitor.page.locator("main form button").last.click()
    assert visitor.page.locator(".govuk-error-summary").is_visible()
    assert found() == []


def test_a_file_that_cannot_be_used(visitor: Visitor, found: Found, tmp_path: Path) -> None:
    visitor.page.goto("/own")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(f"x = '{'a' * 300}'\n[rules.{'b' * 200}]\n", encoding="utf-8")
    visitor.page.locator("#file").set_input_files(wrong)
    visitor.opens("Read this file")
    assert visitor.page.locator(".govuk-error-summary").is_visible()
    assert found() == []


def test_an_option_in_words(visitor: Visitor, found: Found) -> None:
    visitor.page.goto("/own?begin=2006-regime")
    visitor.types("#title", "W" * 60)
    visitor.types("#often_childrens_home_poor", "2")
    visitor.opens("Read it back in words")
    assert visitor.heading().startswith("Your own option")
    assert found() == []


def test_a_run_that_waits_is_under_way_cancelled_and_begun_again(visitor: Visitor, found: Found) -> None:
    """Two long runs of one visitor: the second waits for the first."""
    asks(visitor, years="20", replications="200", seed=str(visitor.width))
    first = visitor.page.url
    visitor.page.get_by_text("simulations done").wait_for()
    assert found() == []
    asks(visitor, years="20", replications="199", seed=str(visitor.width))
    assert "waiting for its turn" in visitor.heading()
    assert found() == []
    visitor.opens("Cancel")
    assert visitor.heading() == "This run was cancelled"
    assert found() == []
    visitor.opens("Run it again")
    visitor.page.get_by_role("button", name="Cancel").wait_for()
    visitor.opens("Cancel")
    visitor.page.goto(first)
    visitor.opens("Cancel")
    visitor.page.reload()
    assert visitor.heading() == "This run was cancelled"


def test_an_answer(visitor: Visitor, found: Found) -> None:
    asks(visitor, years="1", replications="2", seed="1")
    visitor.waits()
    assert found() == []
    drawn: list[int] = visitor.page.locator(".app-chart img").evaluate_all("all => all.map(each => each.naturalWidth)")
    assert len(drawn) >= 5
    assert all(drawn)


def test_a_report_opened_from_the_page(visitor: Visitor, axe: str, tmp_path: Path) -> None:
    """What was downloaded is opened from disk, and axe finds nothing in it either."""
    asks(visitor, years="1", replications="2", seed="1")
    visitor.waits()
    report = visitor.downloads("Report to print or attach", tmp_path)
    opened = visitor.page.context.browser.new_page(viewport={"width": visitor.width, "height": 900})  # type: ignore[union-attr]
    opened.goto(report.as_uri())
    opened.evaluate(UNFOLD)
    assert found_by(axe, opened) == []
    opened.close()
