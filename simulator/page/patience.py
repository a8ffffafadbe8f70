"""How long the server waits for a client that sends nothing, or a little at a time, and what it does not take at all.

uvicorn waits for ever for the head of a request; this protocol does not. What it answers before any page is asked has
the headers of safety too.
"""

import asyncio
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

from simulator.page.limits import Limits
from simulator.page.safety import HEADERS, NO_REQUEST

BUSY: Final = "Too many people are using this page. Try again in a minute.\n"


class _Impatient(H11Protocol):
    """The protocol of uvicorn with bounds on how long a head may take, and on how many connections there are."""

    limits: Limits
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to count."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take what was sent, unless it begins a request and there are too many connections."""
        if self._awaits_head() and len(self.connections) > self.limits.connections:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
            return
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop to count."""
        self._rest()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be read: as uvicorn does, but with the headers of safety."""
        self._refuse(HTTPStatus.BAD_REQUEST, NO_REQUEST)

    def _awaits_head(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _watch(self) -> None:
        """Begin to count while a head is awaited, stop when it is there."""
        if not self._awaits_head():
            self._rest()
        elif self._timer is None:
            self._timer = self.loop.call_later(self.limits.read_seconds, self._close)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _close(self) -> None:
        self._timer = None
        if self._awaits_head():
            self.transport.close()

    def _refuse(self, status: HTTPStatus, words: str) -> None:
        """Answer without a page, and close; only close if another answer has begun."""
        if self._awaits_head() or not self.cycle.response_started:
            self.transport.write(_plain_answer(status, words))
        self.transport.close()


def _plain_answer(status: HTTPStatus, words: str) -> bytes:
    """Write a whole answer of HTTP/1.1, after which the connection is closed, with the headers of safety."""
    fields = HEADERS | {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(words)),
        "Connection": "close",
    }
    head = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*head, "", words]).encode("ascii")


def protocol(limits: Limits) -> type[asyncio.Protocol]:
    """Make the protocol of a server with these bounds."""

    class Bounded(_Impatient):
        pass

    Bounded.limits = limits
    return Bounded
