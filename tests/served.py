"""A server of the page on a free port of this machine, in a thread, as the command configures it; it runs nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from simulator.page.app import app_of
from simulator.page.limits import Limits
from simulator.page.run_store import RunStore
from simulator.page.serving import configured


@contextmanager
def served(runs: Path, limits: Limits) -> Iterator[tuple[str, int]]:
    """Serve, and give the address."""
    config = configured(app_of(RunStore(runs), limits, "program"), limits, "")
    config.lifespan = "off"
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join()


def answer(address: tuple[str, int], sent: bytes) -> bytes:
    """Send something and give all that comes back until the server closes."""
    got = b""
    with socket.create_connection(address, timeout=20) as client:
        try:
            client.sendall(sent)
            while piece := client.recv(65536):
                got += piece
        except ConnectionError:
            return got  # it was closed before all was sent
    return got
