"""A real server of the page in a process of its own, as `inspectsim serve` starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVE = "from simulator.commands.cli import main; main()"
PATIENCE = 600.0
"""Seconds: where nothing was ever compiled, the first run waits for that."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class Server:
    """A server of a folder of runs, which can be ended and begun again."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.port, self._options = folder, free_port(), options
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self.folder.with_suffix(".log").read_text(encoding="utf-8", errors="replace")

    def begin(self) -> None:
        command = [sys.executable, "-c", SERVE, "serve", "--port", str(self.port), "--runs", str(self.folder)]
        paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        with self.folder.with_suffix(".log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *self._options], stdout=log, stderr=log, env=os.environ | {"PYTHONPATH": paths}
            )
        deadline = time.monotonic() + 120
        while not self._listens():
            assert self._process.poll() is None, self.log
            assert time.monotonic() < deadline, self.log
            time.sleep(0.05)

    def _listens(self) -> bool:
        with socket.socket() as client:
            client.settimeout(1)
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        try:
            self._process.wait(60)
        finally:
            self._process.kill()
            self._process.wait()
