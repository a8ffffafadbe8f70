"""What no browser would send, straight into the connection of a real server: it is refused, and the server goes on."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.page.limits import Limits
from simulator.page.patience import BUSY
from simulator.page.safety import HEADERS, NO_REQUEST
from tests.served import answer, served

PATIENCE = 0.5
"""Seconds for a request."""
MOST = 20_000
"""Bytes of a form."""
HEAD = b"Host: x\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
FORM = b"POST /compare HTTP/1.1\r\n" + HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"
GO_ON = b"http/1.1 100 continue\r\n\r\n"
"""What may come before an answer, so that a client goes on sending."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    with served(tmp_path_factory.mktemp("runs"), Limits(read_seconds=PATIENCE, body_bytes=MOST)) as listening:
        yield listening


def get(target: bytes, more: bytes = b"") -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\n" + HEAD + more + b"\r\n"


@pytest.mark.parametrize(
    "target",
    [
        b"/../../../../etc/passwd",
        b"/static/../../app.py",
        b"/static/%2e%2e/app.py",
        b"/static/..%5capp.py",
        b"//etc/passwd",
        b"/runs/../secret",
        b"/runs/%2e%2e/secret",
        b"/runs/" + b"a" * 32 + b"/files/../../../secret",
        b"/runs/" + b"a" * 32 + b"/files/%2e%2e%2f%2e%2e%2fsecret",
        b"http://elsewhere.example/etc/passwd",
        b"/%ff%fe%00",
        b"/%ud800",
        b"/%",
        b"/" + b"a" * 30_000,
        b"/" + b"../" * 10_000,
        b"*",
        b"file:///etc/passwd",
    ],
)
def test_no_target_leads_anywhere(address: tuple[str, int], target: bytes) -> None:
    said = answer(address, get(target))
    assert said.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400"))
    assert b"root:" not in said
    assert b"import " not in said
    guarded(said)


def guarded(said: bytes) -> None:
    """See that an answer has the headers of safety, each once, and sets no cookie."""
    head = said.lower().removeprefix(GO_ON).partition(b"\r\n\r\n")[0]
    for name in HEADERS:
        assert head.count(f"\r\n{name}: ".lower().encode()) == 1
    assert b"set-cookie" not in head


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", "400"),
        (b"GET /\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\n\r\n", "400"),
        (get(b"/", b"X: " + b"a" * 200_000 + b"\r\n"), "400|"),
        (get(b"/", b"X: a\r\n" * 20_000), "200|400|"),
        (get(b"/", b"X: \x00\r\n"), "400"),
        (get(b"/", b"X : a\r\n"), "400"),
        (get(b"/", b"Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n"), "200"),
        (get(b"/compare?from=" + b"x" * 10_000), "200"),
        (get(b"/own?begin=" + b"%f0" * 5_000), "422"),
        (b"TRACE / HTTP/1.1\r\n" + HEAD + b"\r\n", "405"),
        (b"PROPFIND / HTTP/1.1\r\n" + HEAD + b"\r\n", "405"),
        (FORM + b"Content-Length: 1000000000000\r\n\r\nyears=", "408|413"),
        (FORM + b"Content-Length: -1\r\n\r\nyears=", "400"),
        (FORM + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nyears=", "400"),
        (FORM + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\nyears=", "400|408"),
        (FORM + b"Transfer-Encoding: gzip\r\n\r\n", "400|501"),
        (FORM + b"Transfer-Encoding: chunked\r\n\r\nfffffffff\r\nyears=", "400|408"),
        (
            FORM + b"Transfer-Encoding: chunked\r\n\r\n" + (b"400\r\n" + b"a" * 1024 + b"\r\n") * 60 + b"0\r\n\r\n",
            "413",
        ),
        (FORM + f"Content-Length: {3 * MOST}\r\n\r\n".encode() + b"a" * 3 * MOST, "413"),
        (FORM + b"Expect: 100-continue\r\nContent-Length: 6\r\n\r\nyears=", "422"),
        (FORM + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00", "422"),
    ],
)
def test_what_is_no_good_request_is_refused_and_the_server_goes_on(
    address: tuple[str, int], sent: bytes, status: str
) -> None:
    said = answer(address, sent)
    last = [line.decode() for line in re.findall(rb"^HTTP/1\.1 (\d+)", said, re.M)][-1:]
    assert "".join(last) in status.split("|")
    if said:
        guarded(said)
    assert answer(address, get(b"/health")).endswith(b"well\n")


def test_two_requests_in_one_piece_get_two_answers(address: tuple[str, int]) -> None:
    """And the second is no part of the first."""
    first = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    said = answer(address, first + get(b"/runs/" + b"a" * 32))
    assert re.findall(rb"HTTP/1\.1 (\d+)", said) == [b"200", b"404"]


def test_what_is_no_request_is_told_so_with_the_headers_of_safety(address: tuple[str, int]) -> None:
    said = answer(address, b"GET /\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert said.endswith(f"\r\n\r\n{NO_REQUEST}".encode())
    guarded(said)


def test_what_cannot_be_read_on_is_answered_once(address: tuple[str, int]) -> None:
    """A page that waits for the rest of a form does not answer a second time."""
    said = answer(address, FORM + b"Transfer-Encoding: chunked\r\n\r\n5\r\nyears\r\nno number\r\n")
    assert said.count(b"HTTP/1.1 ") == 1
    assert said.startswith(b"HTTP/1.1 400 ")
    guarded(said)


def test_beyond_so_many_connections_it_is_busy_until_one_ends(tmp_path: Path) -> None:
    with served(tmp_path, Limits(connections=2)) as address:
        with socket.create_connection(address), socket.create_connection(address):
            said = answer(address, get(b"/health"))
            assert said.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
            assert said.endswith(f"\r\n\r\n{BUSY}".encode())
            guarded(said)
        assert answer(address, get(b"/health")).endswith(b"well\n")
