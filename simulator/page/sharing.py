"""The link to an answer, and how far it reaches: not every server can be reached from elsewhere."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final

from starlette.requests import Request

from simulator.page.naming import address_of

_HERE: Final = "This link works on this computer only."
_NEAR: Final = "This link works within your own network only."


def link_to(request: Request, run_id: str, name: str, chosen: Mapping[str, str]) -> str:
    """Return the whole address of an answer, as its reader came to it, with what is chosen on its page."""
    return f"{request.url.scheme}://{request.url.netloc}{address_of(run_id, name, chosen)}"


def reach_of(host: str) -> str:
    """Report where a link to a host does not work, in a sentence; nothing if it works everywhere.

    Parameters
    ----------
    host
        Name or address, without port.
    """
    if host == "localhost" or host.endswith(".localhost"):
        return _HERE
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return _NEAR if "." not in host or host.endswith((".local", ".lan", ".internal")) else ""
    if address.is_loopback or address.is_unspecified:
        return _HERE
    return _NEAR if address.is_private or address.is_link_local else ""
