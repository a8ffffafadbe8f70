"""Visitors of the page: a window of a width, a mouse or a keyboard, script or none, and a record of what went wrong."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tests.browser.servers import PATIENCE, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download, Locator, Page

WIDTHS = (1280, 320)
ROLES: "tuple[Literal['link'], Literal['button']]" = ("link", "button")
HEIGHT = 900
MOST_STOPS = 120
"""Presses of Tab after which something cannot be reached."""
FOCUSED = """() => {
    const here = document.activeElement, area = here.getBoundingClientRect(), look = getComputedStyle(here);
    const label = here.labels && here.labels.length ? getComputedStyle(here.labels[0], '::before') : null;
    const drawn = each => each && ((each.outlineStyle !== 'none' && parseFloat(each.outlineWidth) >= 2)
        || each.boxShadow !== 'none');
    return {
        what: here.outerHTML.slice(0, 160),
        marked: Boolean(drawn(look) || drawn(label)),
        visible: area.width > 0 && area.bottom > 0 && area.top < innerHeight
            && area.right > 0 && area.left < innerWidth,
        order: here.tabIndex,
    };
}"""
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(each => !each.closest('.app-scroll, .app-chart, .govuk-visually-hidden, .govuk-skip-link'))
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    .map(each => each.outerHTML.slice(0, 120))"""


class Visitor:
    """Somebody with a browser, who uses it with the mouse."""

    def __init__(self, browser: "Browser", server: Server, width: int, *, script: bool = True):
        self.server, self.width = server, width
        self._context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=script,
            base_url=server.address,
        )
        self._context.set_default_timeout(30_000)
        self.asked: list[str] = []
        self.said: list[str] = []
        self._context.on("request", lambda request: self.asked.append(request.url))
        self._context.on("console", lambda message: self._note(message.type, message.text))
        self._context.on("weberror", lambda error: self.said.append(str(error.error)))
        self.page: Page = self._context.new_page()

    def _note(self, kind: str, text: str) -> None:
        """Note what the browser complains of; that a page has the status of an error is no complaint."""
        if kind in ("error", "warning") and not text.startswith("Failed to load resource: the server responded"):
            self.said.append(text)

    def leave(self) -> None:
        """Close the browser; nobody else was asked for anything, and nothing was complained of."""
        cookies = self._context.cookies()
        self._context.close()
        assert [url for url in self.asked if not url.startswith(f"{self.server.address}/")] == []
        assert self.said == []
        assert {(cookie["name"], cookie["httpOnly"], cookie["expires"]) for cookie in cookies} <= {("asker", True, -1)}

    def goes(self, path: str) -> None:
        self.page.goto(path)
        self.looks()

    def looks(self) -> None:
        """See that the page does not scroll sideways, and nothing stands out of it."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, self.page.url
        assert self.page.evaluate(TOO_WIDE) == [], self.page.url

    def named(self, words: str) -> "Locator":
        """Find a link or a button."""
        link, button = (self.page.get_by_role(role, name=words, exact=True) for role in ROLES)
        return link.or_(button).first

    def opens(self, words: str) -> None:
        """Follow a link or press a button, and come to another page."""
        with self.page.expect_navigation():
            self.presses(words)

    def presses(self, words: str) -> None:
        self.named(words).click()

    def unfolds(self, words: str) -> None:
        self.page.locator("summary", has_text=words).click()

    def ticks(self, selector: str) -> None:
        """Tick a box or choose a button, or take the tick away."""
        self.page.locator(selector).click()

    def types(self, selector: str, text: str) -> None:
        self.page.locator(selector).fill(text)

    def chooses(self, selector: str, words: str) -> None:
        """Choose from a list."""
        self.page.locator(selector).select_option(label=words)

    def downloads(self, words: str, to: Path) -> Path:
        with self.page.expect_download() as begun:
            self.presses(words)
        return self._kept(begun.value, to)

    def _kept(self, download: "Download", to: Path) -> Path:
        path = to / download.suggested_filename
        download.save_as(path)
        return path

    def waits(self) -> None:
        """Wait on the page of a run until it has the answer, by itself."""
        self.page.get_by_role("heading", name="What to bear in mind").wait_for(timeout=1000 * PATIENCE)
        self.looks()

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()


class KeyboardVisitor(Visitor):
    """Somebody who uses the keyboard alone."""

    def _reaches(self, wanted: "Locator") -> None:
        """Press Tab until something has the focus; whatever has it on the way can be seen, and that it has it."""
        wanted.wait_for(state="attached")
        for _ in range(MOST_STOPS):
            if wanted.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            self._sees_focus()
        raise AssertionError(f"{wanted} is not reached by Tab on {self.page.url}")

    def _sees_focus(self) -> None:
        focused: dict[str, Any] = self.page.evaluate(FOCUSED)
        if "<body" in focused["what"][:5]:  # from the last of a page, Tab leads out of it and back to the first
            return
        assert focused["marked"], f"no sign of the focus on {focused['what']}"
        assert focused["visible"], f"the focus is out of sight on {focused['what']}"
        assert focused["order"] == 0, f"the order of Tab is not that of the page: {focused['what']}"

    def presses(self, words: str) -> None:
        self._reaches(self.named(words))
        self.page.keyboard.press("Enter")

    def unfolds(self, words: str) -> None:
        self._reaches(self.page.locator("summary", has_text=words))
        self.page.keyboard.press("Enter")

    def ticks(self, selector: str) -> None:
        self._reaches(self.page.locator(selector))
        self.page.keyboard.press("Space")

    def types(self, selector: str, text: str) -> None:
        self._reaches(self.page.locator(selector))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def chooses(self, selector: str, words: str) -> None:
        """Choose from a list as the keyboard does: by the letters that the words begin with."""
        listed = self.page.locator(selector)
        self._reaches(listed)
        self.page.keyboard.type(words)
        assert listed.locator("option:checked").inner_text() == words
