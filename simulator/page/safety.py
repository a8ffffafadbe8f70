"""What stands between the public and the pages: headers, bounds on what is sent and how slowly, and where it is from.

A form must come from a page of this server, so that no other site sends its visitors' browsers here to ask questions.
Whoever asks a question gets a random token in a cookie, for the time that the browser is open: with it, and not
otherwise, the question can be cancelled.
"""

import asyncio
import re
import secrets
from ipaddress import IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import URL, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.page.limits import Limits

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
FILE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
"""Of charts and files that somebody opens by themselves: they bring their style with them, and may do nothing."""
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_HOUSEHOLD: Final = 64
"""Bits of an IPv6 address that a household has to itself."""
NO_REQUEST: Final = "The request cannot be read.\n"
_ASKER: Final = "asker"
"""Cookie with the token of somebody who asked."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_TOKEN_BYTES: Final = 16


class TooLargeError(Exception):
    """More was sent than may be."""


class TooSlowError(Exception):
    """What was begun to be sent did not end in time."""


class ForeignError(Exception):
    """A form was sent that stands on no page of this server."""


class Guard:
    """ASGI middleware that adds the headers, and bounds the size and the time of a request."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self._app if _has_address(scope) else PlainTextResponse(NO_REQUEST, 400)
        async with asyncio.timeout(self._limits.answer_seconds):
            await app(scope, self._bounded(receive), send_with_headers)

    def _bounded(self, receive: Receive) -> Receive:
        received = 0

        async def bounded() -> Message:
            nonlocal received
            try:
                async with asyncio.timeout(self._limits.read_seconds):
                    message = await receive()
            except TimeoutError:
                raise TooSlowError from None
            received += len(message.get("body", b""))
            if received > self._limits.body_bytes:
                raise TooLargeError
            return message

        return bounded


def check_origin(headers: Headers) -> None:
    """Refuse a form that comes from another site.

    Every browser of today says where a form comes from, by ``Sec-Fetch-Site`` or by ``Origin``.

    Raises
    ------
    ForeignError
        If it says that it comes from elsewhere, or nothing.
    HTTPException
        If it says what is no origin.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise ForeignError
        return
    origin = headers.get("origin")
    try:
        named = urlsplit(origin or "").netloc
    except ValueError as error:
        raise HTTPException(400) from error
    if origin is None or named != headers.get("host"):
        raise ForeignError


def _has_address(scope: Scope) -> bool:
    """Return whether the address that a request names, of which its header Host is a part, can be read."""
    try:
        url = URL(scope=scope)
        return url.hostname is not None or url.port is None
    except ValueError:
        return False


def asker_of(request: Request) -> str:
    """Return the token of whoever asked before in this browser, empty if nobody did.

    Python's own reader of cookies takes longer with the square of what it is sent.
    """
    for part in request.headers.get("cookie", "").split(";"):
        name, _, token = part.strip().partition("=")
        if name == _ASKER and _TOKEN.fullmatch(token):
            return token
    return ""


def new_asker() -> str:
    """Make a token that nobody can guess."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def remember_asker(request: Request, response: Response, token: str) -> None:
    """Have the browser keep a token until it is closed."""
    secure = request.url.scheme == "https"
    response.set_cookie(_ASKER, token, httponly=True, samesite="lax", secure=secure)


def client_of(scope: Scope) -> str:
    """Return the address of the client; of an IPv6 address the part that one household has, its first 64 bits."""
    host: str = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> _HOUSEHOLD << _HOUSEHOLD))
    return host
