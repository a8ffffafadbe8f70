"""The page of an answer in a browser: its first screen, how it prints, what the script adds. Runs are planted."""

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from simulator.page import compare_asked
from simulator.page.run_store import Run, RunStore
from simulator.page.shipped_answers import USUAL, ready_answer
from simulator.page.whom_file import OF_GROUP, OF_TYPE, WHOM, key_of, whom_bytes
from tests.browser.servers import Server
from tests.browser.test_page_states import AXE, UNFOLD, found_by
from tests.browser.visitors import HEIGHT, WIDTHS, KeyboardVisitor, Visitor

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
        (store.results(run_id).parent / WHOM).write_bytes(whom_bytes(for_whom()))


def for_whom() -> dict[str, Any]:
    """Make up what a comparison means for whom: twice as many visits to a small home in London as to any other."""
    verdict, level = ready_answer()["verdict"], [100.0, 1.5, 1.25, 1.75, 11.0, 10.5, 11.5]
    frameworks = len(verdict["columns"])
    twice = [level[0], *(2 * value for value in level[1:])]
    bands = [[50.0, 45.5, 54.5]] * frameworks
    homes = ("childrens_home", "all", "all", "all")
    return {
        "columns": verdict["columns"],
        "layers": verdict["layers"],
        "under": ["now", *(f"under {title.lower()}" for title in verdict["columns"][1:])],
        "told": [*range(frameworks)],
        "pounds_per_day": 170.0,
        "replications": 30,
        "choices": {
            "service_type": ["childrens_home", "all"],
            "rating": ["good", "poor", "all"],
            "size": ["small", "large", "all"],
            "region": ["London", "Yorkshire and the Humber", "all"],
            "sector": ["private", "voluntary", "local_authority", "all"],
        },
        "kinds": {
            key_of(homes): {"in_register": 1980, "good": [level] * frameworks},
            key_of((homes[0], "small", "London", "all")): {"in_register": 99, "good": [twice] * frameworks},
        },
        "types": {"childrens_home": dict.fromkeys(OF_TYPE, bands)},
        "groups": {"childrens_home": {name: [["region", "Yorkshire and the Humber", bands]] for name in OF_GROUP}},
    }


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
    "path",
    [
        "/?inspectors=80",
        f"/runs/{SECOND}",
        f"/runs/{SECOND}?size=large",
        f"/runs/{SECOND}?region=nowhere",
        "/for-whom",
        f"/beside?a={FIRST}&b={SECOND}",
        "/beside?a=x&b=y",
    ],
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
@pytest.mark.parametrize("width", [1280, 375, 320])
def test_the_answer_is_redrawn_for_whom_is_chosen_without_script(
    browser: "Browser", server: Server, kind: type[Visitor], width: int
) -> None:
    visitor = kind(browser, server, width, script=False)
    visitor.goes(f"/runs/{FIRST}?run_name=My+idea")
    told = visitor.page.locator(".app-quoted")
    assert told.inner_text().startswith("A children's home, judged good or better: 1.5 visits a year now")
    visitor.chooses("#size", "Small")
    visitor.chooses("#region", "London")
    visitor.opens("Show for them")
    visitor.looks()
    assert told.inner_text().startswith("A small children's home in London, judged good or better: 3.0 visits a year")
    assert told.bounding_box()["y"] < HEIGHT  # type: ignore[index]
    assert visitor.page.locator("#region").input_value() == "London"
    assert visitor.page.title().startswith("My idea – ")
    visitor.leave()


@pytest.mark.parametrize("width", [375, 320])
def test_on_a_narrow_screen_the_numbers_for_whom_have_the_names_of_their_columns(
    browser: "Browser", server: Server, width: int
) -> None:
    visitor = Visitor(browser, server, width)
    visitor.goes(f"/runs/{FIRST}")
    cells = visitor.page.locator(".app-lines--one td")
    assert cells.count() == 3 * len(for_whom()["columns"])
    for box in cells.evaluate_all("all => all.map(each => each.getBoundingClientRect().toJSON())"):
        assert 0 <= box["left"] < box["right"] <= width
    named = cells.evaluate_all("all => all.map(each => getComputedStyle(each, '::before').content)")
    assert set(named) == {'"Visits a year"', '"Days of its staff a year"', '"Cost of these days, £"'}
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
