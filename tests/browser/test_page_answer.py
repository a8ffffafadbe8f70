"""The page of an answer in a browser: its first screen, how it prints, what the script adds. Runs are planted."""

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from simulator.page import compare_asked
from simulator.page.run_store import Run, RunStore
from simulator.page.shipped_answers import USUAL, ready_answer
from tests.browser.servers import Server
from tests.browser.test_page_states import AXE, UNFOLD, found_by
from tests.browser.visitors import WIDTHS, KeyboardVisitor, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
FIRST, SECOND = "a" * 32, "b" * 32
SCREENS = ((1280, 900), (375, 812))
SEEN = "all => all.map(each => each.checkVisibility())"


@pytest.fixture(scope="module", autouse=True)
def _planted(server: Server) -> None:
    """Put the shipped comparison among the runs of the server, as an answer with all and with fewer inspectors."""
    store = RunStore(server.folder)
    inputs, _ = compare_asked.read(compare_asked.fields_by_default(), 10**9)
    fewer = inputs | {"numbers": inputs["numbers"] | {"regulatory": 177.6}}
    for run_id, asked, level in ((FIRST, inputs, USUAL), (SECOND, fewer, 80)):
        store.save(Run(run_id, "compare", asked, "program", "finished", time.time()))
        told = {"charts": [], "sentences": ["All of it."], "costs": ["It costs."], **ready_answer(level)}
        store.results(run_id).mkdir()
        (store.results(run_id).parent / "answer.json").write_text(json.dumps(told), encoding="utf-8")


@pytest.fixture(params=WIDTHS)
def visitor(request: pytest.FixtureRequest, browser: "Browser", server: Server) -> Iterator[Visitor]:
    visiting = Visitor(browser, server, request.param)
    yield visiting
    visiting.leave()


@pytest.mark.parametrize("path", ["/", f"/runs/{FIRST}"])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_verdict_and_its_picture_are_on_the_first_screen(
    browser: "Browser", server: Server, screen: tuple[int, int], path: str
) -> None:
    width, height = screen
    visitor = Visitor(browser, server, width)
    visitor.page.set_viewport_size({"width": width, "height": height})
    visitor.goes(path)
    for part in ("h1", ".app-dots"):
        box = visitor.page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height, part
    visitor.leave()


def test_the_picture_is_read_without_colour(browser: "Browser", server: Server) -> None:
    """A large dot, a small one, a ring: the ring is a dot with a hole that is drawn over it."""
    visitor = Visitor(browser, server, WIDTHS[0])
    visitor.goes("/")
    widths = {
        group: visitor.page.locator(f".app-dots__square .app-dot--{group}").first.evaluate(
            "each => parseFloat(getComputedStyle(each).strokeWidth)"
        )
        for group in ("soon", "later", "never", "hole")
    }
    assert widths["later"] < 0.75 * widths["soon"]
    assert widths["hole"] < 0.75 * widths["never"]
    visitor.leave()


@pytest.mark.parametrize("width", [375, 320])
def test_on_a_narrow_screen_every_number_has_the_name_of_its_column(
    browser: "Browser", server: Server, width: int
) -> None:
    visitor = Visitor(browser, server, width)
    visitor.goes("/")
    named = visitor.page.locator(".app-lines td[data-of]").evaluate_all(
        "all => all.map(each => [getComputedStyle(each, '::before').content, each.dataset.of])"
    )
    assert len(named) > 20
    assert all(shown == f'"{title}"' for shown, title in named)
    visitor.leave()


@pytest.mark.parametrize(
    "path", ["/?inspectors=80", f"/runs/{SECOND}", f"/beside?a={FIRST}&b={SECOND}", "/beside?a=x&b=y"]
)
def test_axe_finds_nothing_and_nothing_stands_out(visitor: Visitor, path: str) -> None:
    visitor.goes(path)
    visitor.page.evaluate(UNFOLD)
    visitor.looks()
    assert found_by(AXE.read_text(encoding="utf-8"), visitor.page) == []


def test_printed_it_loses_nothing_without_script_too(browser: "Browser", server: Server) -> None:
    visitor = Visitor(browser, server, WIDTHS[0], script=False)
    visitor.goes(f"/runs/{FIRST}")
    folded = visitor.page.locator("details .govuk-details__text")
    assert folded.evaluate_all(SEEN) == [False] * folded.count()
    assert folded.count() >= 2
    visitor.page.emulate_media(media="print")
    assert folded.evaluate_all(SEEN) == [True] * folded.count()
    visitor.leave()


def test_the_link_is_copied_with_script_and_stands_there_without(browser: "Browser", server: Server) -> None:
    address = f"/runs/{FIRST}?run_name=My+idea"
    visitor = KeyboardVisitor(browser, server, WIDTHS[1])
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.goes(address)
    assert visitor.page.title().startswith("My idea – ")
    visitor.presses("Copy the link")
    visitor.page.get_by_role("status").get_by_text("Copied").wait_for()
    assert visitor.page.evaluate("navigator.clipboard.readText()") == f"{server.address}{address}"
    visitor.leave()
    plain = Visitor(browser, server, WIDTHS[1], script=False)
    plain.goes(address)
    assert not plain.named("Copy the link").is_visible()
    assert plain.page.get_by_text(f"{server.address}{address}").is_visible()
    assert plain.page.get_by_text("This link works on this computer only").is_visible()
    plain.leave()


@pytest.mark.parametrize("kind", [Visitor, KeyboardVisitor])
def test_an_answer_opened_before_is_set_beside_this_one(
    browser: "Browser", server: Server, kind: type[Visitor]
) -> None:
    visitor = kind(browser, server, WIDTHS[1])
    visitor.goes(f"/runs/{FIRST}?run_name=My+idea")
    assert not visitor.page.get_by_text("Answers opened in this browser before").is_visible()
    visitor.goes(f"/runs/{SECOND}")
    visitor.opens("My idea")
    visitor.looks()
    assert visitor.heading() == "Two answers side by side"
    assert visitor.page.get_by_role("heading", name="Second: My idea").is_visible()
    visitor.leave()


def test_an_address_is_pasted_without_script(browser: "Browser", server: Server) -> None:
    visitor = Visitor(browser, server, WIDTHS[0], script=False)
    visitor.goes(f"/runs/{FIRST}")
    visitor.types("#b", f"{server.address}/runs/{SECOND}")
    visitor.opens("Show both")
    visitor.looks()
    assert "177.6 full-time equivalents" in visitor.page.locator("main").inner_text()
    visitor.leave()


@pytest.mark.parametrize("kind", [Visitor, KeyboardVisitor])
def test_the_dial_is_turned(browser: "Browser", server: Server, kind: type[Visitor]) -> None:
    visitor = kind(browser, server, WIDTHS[1], script=False)
    visitor.goes("/")
    visitor.opens("Inspectors: 80%")
    visitor.looks()
    assert visitor.page.locator("[aria-current=true]").inner_text().endswith("80%")
    assert ready_answer(80)["verdict"]["trouble"][0] in visitor.page.locator("main").inner_text()
    visitor.leave()
