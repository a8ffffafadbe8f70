"""The Chromium of the system and a server of the page, each started once for all tests of a file.

Not once for all files: both keep a core busy while they wait for the next of them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.page.app import missing
from tests.browser.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Give the browser; a machine without one fails, since nothing else would notice what a page looks like."""
    if not CHROMIUM.is_file():
        pytest.fail(f"{CHROMIUM} is missing: install the Debian package chromium", pytrace=False)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server of the page, as the command starts it; a checkout in which the page was not built fails."""
    if missing():
        pytest.fail(f"{' and '.join(missing())} are missing: run `make page`", pytrace=False)
    started = Server(tmp_path_factory.mktemp("served") / "runs")
    started.begin()
    yield started
    started.end()
