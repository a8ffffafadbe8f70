"""The command that serves the page."""

from pathlib import Path
from typing import Annotated

import typer

from simulator.answering import answering
from simulator.asking import RESULTS


def serve(  # noqa: PLR0913, PLR0917  (an option each)
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="To listen on; 0.0.0.0 for everybody who can reach this machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=1, max=65535, help="To listen on.")] = 8000,
    runs: Annotated[Path, typer.Option(metavar="DIR", help="Folder that keeps the runs.")] = RESULTS / "page",
    jobs: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="Runs carried out at once.")] = 1,
    keep_days: Annotated[
        int, typer.Option(metavar="N", min=1, help="Days after which a run that nobody opened is cleared.")
    ] = 90,
    keep_gigabytes: Annotated[
        float, typer.Option(metavar="GB", min=0.01, help="Size of all runs, beyond which the oldest are cleared.")
    ] = 2,
    run_minutes: Annotated[float, typer.Option(metavar="N", min=0.1, help="Time that one run may take.")] = 15,
    run_gigabytes: Annotated[
        float, typer.Option(metavar="GB", min=1, help="Memory (address space) that a process of runs may take.")
    ] = 4,
    trust_proxy: Annotated[
        str,
        typer.Option(
            metavar="ADDRESSES", help="Proxies believed when they say whom a request comes from; commas between."
        ),
    ] = "",
) -> None:
    """Serve a web page that compares frameworks, for people who know no commands.

    It answers on http://127.0.0.1:8000 until Ctrl-C; what is under way then goes on at the next start.
    """
    with answering() as (_, remarks):
        from simulator.present.web.limits import DAY, GIB, Limits
        from simulator.present.web.serving import Address, check_built
        from simulator.present.web.serving import serve as serve_page

        check_built()
        limits = Limits(
            jobs=jobs,
            keep_seconds=keep_days * DAY,
            keep_bytes=int(keep_gigabytes * GIB),
            run_seconds=60 * run_minutes,
            memory=int(run_gigabytes * GIB),
        )
        address = Address(host, port)

        def announce() -> None:
            remarks.print(f"The page is at {address} (runs are kept in {runs}). Ctrl-C ends it.", soft_wrap=True)

        serve_page(address, runs, limits, trust_proxy, announce)
