"""The server: brought up on an address, told which program it serves, and ended in good order."""

import json
import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.types import ASGIApp

from simulator.inputs.messages import InputError, Named
from simulator.page.app import app_of, missing
from simulator.page.limits import Limits
from simulator.page.patience import protocol
from simulator.page.run_store import RunStore

if TYPE_CHECKING:
    from uvicorn import Config

_KEEP_ALIVE: Final = 10
"""Seconds for which a connection stays open between two requests."""
_ENDING: Final = 5
"""Seconds for answers under way when the server is told to end."""


class Address(NamedTuple):
    """Where to listen."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def serve(address: Address, runs: Path, limits: Limits, proxies: str, announce: Callable[[], None]) -> None:
    """Serve until somebody presses Ctrl-C.

    Parameters
    ----------
    address
        Where to listen.
    runs
        Folder of the runs.
    limits
        How much is taken on.
    proxies
        Addresses of proxies that are believed when they say whom a request comes from, with commas between; may be
        empty.
    announce
        Called when the address and the folder are ours.

    Raises
    ------
    InputError
        If the page was not built, the address or the folder cannot be used, or a proxy is no address.
    """
    import uvicorn

    _check_built()
    _check_proxies(proxies)
    store = RunStore(runs)
    config = configured(app_of(store, limits, program_digest()), limits, proxies)
    with store.alone():
        try:
            family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
            listening = socket.create_server((address.host, address.port), family=family, backlog=limits.connections)
        except OSError as error:
            raise InputError(
                f"{address}: cannot be used. Choose another ",
                Named("port"),
                ", or a ",
                Named("host"),
                " of this machine",
            ) from error
        announce()
        with suppress(KeyboardInterrupt):  # it has ended in good order, and hands Ctrl-C on
            uvicorn.Server(config).run(sockets=[listening])


def configured(app: ASGIApp, limits: Limits, proxies: str) -> "Config":
    """Report how uvicorn serves the page.

    Parameters
    ----------
    app
        The page.
    limits, proxies
        As in `serve`.
    """
    from uvicorn import Config

    return Config(
        app,
        http=protocol(limits),
        ws="none",
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_ENDING,
        access_log=False,
        log_level="warning",
    )


def _check_proxies(proxies: str) -> None:
    """Refuse proxies that are neither an address nor a network: uvicorn would take a name, and never find it."""
    for proxy in proxies.split(",") if proxies else []:
        try:
            ip_network(proxy.strip())
        except ValueError as error:
            raise InputError(
                Named("trust-proxy"),
                f": given {proxy.strip()!r}; allowed: IP addresses or networks, such as 127.0.0.1 or "
                "10.88.0.0/16, separated by commas",
            ) from error


def _check_built() -> None:
    """Refuse to serve without style sheet and script."""
    if missing():
        raise InputError(
            f"the page needs {' and '.join(missing())}, made from GOV.UK Frontend: install Node.js (it brings npm), "
            "then run `make page` in the checkout; or install inspectsim from a wheel, which contains them"
        )


def program_digest() -> str:
    """Report apart programs that may answer the same question otherwise: by source, packages and shipped files."""
    from simulator.inputs.shipped import folder
    from simulator.running.program import program
    from simulator.running.run_folder import packages
    from simulator.source_files import digest_of, files_in, showing_files

    made_by = json.dumps([program(), packages()], sort_keys=True).encode()
    shipped = {f"shipped/{name}": content for name, content in files_in(folder()).items()}
    return digest_of({"made by": made_by, **showing_files(), **shipped})
