"""The command that serves the page."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from simulator.commands.answering import answering
from simulator.inputs.option import Ask, Option
from simulator.page.limits import DAY, GIB, Limits
from simulator.questions.run import RESULTS


@dataclass(frozen=True, kw_only=True)
class Serve(Ask):
    """What `inspectsim serve` asks; how much it takes on is, unless said otherwise, as `Limits` has it."""

    host: Annotated[
        str, Option("Address to listen on; 0.0.0.0 for everybody who can reach this machine.", "ADDRESS")
    ] = "127.0.0.1"
    port: Annotated[int, Option("Port to listen on.", "N", min=1, max=65535)] = 8000
    runs: Annotated[Path, Option("Folder for the runs.", "DIR")] = RESULTS / "page"
    jobs: Annotated[int, Option("Number of runs at once.", "N", min=1, max=64)] = Limits.jobs
    keep_days: Annotated[int, Option("Days after which an unopened run is deleted.", "N", min=1)] = int(
        Limits.keep_seconds // DAY
    )
    keep_gigabytes: Annotated[
        float, Option("Total size of runs, above which the oldest are deleted.", "GB", min=0.01)
    ] = Limits.keep_bytes // GIB
    run_minutes: Annotated[float, Option("Time limit of one run.", "N", min=0.1)] = Limits.run_seconds // 60
    run_gigabytes: Annotated[float, Option("Memory limit (address space) of a process.", "GB", min=1)] = (
        Limits.memory // GIB
    )
    trust_proxy: Annotated[
        str, Option("Proxies trusted to state where a request comes from, separated by commas.", "ADDRESSES")
    ] = ""

    @property
    def limits(self) -> Limits:
        """How much the server takes on."""
        return Limits(
            jobs=self.jobs,
            keep_seconds=self.keep_days * DAY,
            keep_bytes=int(self.keep_gigabytes * GIB),
            run_seconds=60 * self.run_minutes,
            memory=int(self.run_gigabytes * GIB),
        )


def serve(asked: Serve) -> None:
    """Serve a web page that compares frameworks, without further commands.

    It answers at http://127.0.0.1:8000 until Ctrl-C. Runs under way continue at the next start.
    """
    with answering() as (_, remarks):
        from simulator.page.serving import Address
        from simulator.page.serving import serve as serve_page

        address = Address(asked.host, asked.port)

        def announce() -> None:
            remarks.print(
                f"The page is at {address} (runs are stored in {asked.runs}). Press Ctrl-C to stop it.", soft_wrap=True
            )

        serve_page(address, asked.runs, asked.limits, asked.trust_proxy, announce)
