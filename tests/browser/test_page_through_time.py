"""Runs of the page through what may happen to them: reload, restart of the server, cancel, twenty clients at once."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from simulator.page import compare_asked
from tests.browser.servers import PATIENCE, Server
from tests.browser.visitors import WIDTHS, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
CLIENTS = 20
EACH = 5
"""Runs that one client may have open."""
QUICK = {"frameworks": ["option-b"], "years": ["1"], "replications": ["2"]}
LONG = {"frameworks": ["option-b"], "years": ["2"], "replications": ["24"]}
"""Some seconds: long enough to be interrupted."""
ENDLESS = {"frameworks": ["option-b", "option-a"], "years": ["20"], "replications": ["200"]}


class Client:
    """A client at an address of its own: all of 127.0.0.0/8 is this machine."""

    def __init__(self, server: Server, number: int) -> None:
        self.server = server
        self._sends = httpx2.Client(
            base_url=server.address,
            transport=httpx2.HTTPTransport(local_address=f"127.0.1.{number}"),
            headers={"Sec-Fetch-Site": "same-origin"},
            timeout=60,
        )

    def asks(self, question: dict[str, list[str]], **typed: str) -> httpx2.Response:
        given = {name: [text] for name, text in typed.items()}
        return self._sends.post("/compare", data={**compare_asked.fields_by_default(), **question, **given})

    def gets(self, path: str) -> httpx2.Response:
        return self._sends.get(path)

    def leaves(self) -> None:
        self._sends.close()

    def cancels(self, run: str) -> None:
        assert self._sends.post(f"{run}/cancel").status_code == 303

    def status(self, run: str) -> dict[str, Any]:
        read: dict[str, Any] = self.gets(f"{run}/status.json").json()
        return read

    def waits(self, run: str) -> str:
        """Wait for the answer; give its page."""
        deadline = time.monotonic() + PATIENCE
        while self.status(run)["open"]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        page = self.gets(run).text
        assert "What to bear in mind" in page
        return page

    def waits_for_progress(self, run: str, percent: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while (now := self.status(run))["open"] and now["percent"] < percent:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert now["open"], "it was finished before it could be interrupted"


Comes = Callable[[Server, int], Client]


@pytest.fixture(scope="module")
def comes() -> Iterator[Comes]:
    """Makes clients, and ends their connections."""
    with ExitStack() as ends:

        def come(server: Server, number: int) -> Client:
            client = Client(server, number)
            ends.callback(client.leaves)
            return client

        yield come


def written(server: Server, run: str) -> dict[str, Any]:
    """Read what the server wrote down of a run."""
    read: dict[str, Any] = json.loads((server.folder / run.lstrip("/") / "status.json").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def undisturbed(server: Server, comes: Comes) -> str:
    """Figures of a run to which nothing happened."""
    client = comes(server, 1)
    run = client.asks(LONG).headers["location"]
    client.waits(run)
    return client.gets(f"{run}/files/summary.csv").text


@pytest.mark.parametrize("script", [True, False])
def test_a_page_reloaded_in_mid_run_comes_to_the_answer(
    browser: "Browser", server: Server, comes: Comes, *, script: bool
) -> None:
    client = comes(server, 2)
    visitor = Visitor(browser, server, WIDTHS[1], script=script)
    visitor.goes("/")
    long = QUICK | {"years": ["10"], "replications": ["30"], "seed": [f"5{script:d}"]}
    run = client.asks(long).headers["location"]
    visitor.goes(run)
    visitor.page.reload()
    assert visitor.page.get_by_role("progressbar").is_visible()
    assert not visitor.page.get_by_role("button", name="Cancel").is_visible()  # somebody else asked
    visitor.page.reload()
    visitor.waits()
    answer = visitor.page.locator("main").inner_text()
    again = client.asks(long).headers["location"]
    assert again == run
    visitor.goes(again)
    assert visitor.page.locator("main").inner_text() == answer
    visitor.leave()


def test_a_run_goes_on_through_a_restart_of_the_server_to_the_same_figures(
    browser: "Browser", comes: Comes, undisturbed: str, tmp_path: Path
) -> None:
    server = Server(tmp_path / "runs")
    server.begin()
    client = comes(server, 3)
    try:
        run = client.asks(LONG).headers["location"]
        visitor = Visitor(browser, server, WIDTHS[0])
        visitor.page.goto(run)
        client.waits_for_progress(run, 5)
        server.end()
        assert written(server, run)["state"] == "waiting"
        server.begin()
        visitor.waits()
        assert all("net::ERR" in each for each in visitor.said)  # for a moment the server was away
        visitor.said.clear()
        assert client.gets(f"{run}/files/summary.csv").text == undisturbed
        visitor.leave()
        assert "Traceback" not in server.log
    finally:
        server.end()


def test_a_run_cancelled_in_one_window_ends_in_the_other_and_leaves_nothing(
    browser: "Browser", server: Server, comes: Comes
) -> None:
    client = comes(server, 4)
    run = client.asks(ENDLESS).headers["location"]
    client.waits_for_progress(run, 1)
    visitor = Visitor(browser, server, WIDTHS[0])
    visitor.goes(run)
    client.cancels(run)
    visitor.page.get_by_role("heading", name="This run was cancelled").wait_for()
    visitor.leave()
    deadline = time.monotonic() + 60
    while sorted(path.name for path in (server.folder / run.lstrip("/")).iterdir()) != ["request.json", "status.json"]:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_twenty_clients_at_once_are_served_in_turn(server: Server, comes: Comes) -> None:
    """One asks for as many as it may and more; the others, who come later, do not wait for all of those."""
    clients = [comes(server, 20 + number) for number in range(CLIENTS)]
    greedy, *others = clients
    blocking = comes(server, 5)
    blocked = blocking.asks(ENDLESS, seed="3").headers["location"]
    many = [greedy.asks(QUICK, seed=str(100 + number)).headers["location"] for number in range(EACH)]
    refused = greedy.asks(QUICK, seed="199")
    assert refused.status_code == 429
    assert refused.headers["retry-after"]
    assert '<input type="hidden" name="seed" value="199">' in refused.text

    def asks(number: int) -> str:
        answer = others[number].asks(QUICK, seed=str(200 + number % 2))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    with ThreadPoolExecutor(len(others)) as at_once:
        runs = list(at_once.map(asks, range(len(others))))
        assert len(set(runs)) == 2
        assert "Place " in greedy.status(many[-1])["progress"]
        for run in (many[1], *many[3:]):
            greedy.cancels(run)
        blocking.cancels(blocked)
        pages = list(at_once.map(Client.waits, others, runs))
    assert len(set(pages)) == 2
    greedy.waits(many[2])
    last = max(written(server, run)["ended_at"] for run in runs)
    assert written(server, many[0])["ended_at"] < last < written(server, many[2])["ended_at"]
    again = time.monotonic()
    assert [asks(number) for number in range(4)] == runs[:4]
    assert time.monotonic() - again < 5
    assert all(written(server, run)["ended_at"] <= last for run in runs)
