"""The command that serves the page."""

from pathlib import Path
from typing import Annotated

import typer

from simulator.commands.answering import answering
from simulator.questions.run import RESULTS


def serve(  # noqa: PLR0913, PLR0917  (an option each)
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Address to listen on; 0.0.0.0 for everybody who can reach this machine."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=1, max=65535, help="Port to listen on.")] = 8000,
    runs: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the runs.")] = RESULTS / "page",
    jobs: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="Number of runs at once.")] = 1,
    keep_days: Annotated[
        int, typer.Option(metavar="N", min=1, help="Days after which an unopened run is deleted.")
    ] = 90,
    keep_gigabytes: Annotated[
        float, typer.Option(metavar="GB", min=0.01, help="Total size of runs, above which the oldest are deleted.")
    ] = 2,
    run_minutes: Annotated[float, typer.Option(metavar="N", min=0.1, help="Time limit of one run.")] = 15,
    run_gigabytes: Annotated[
        float, typer.Option(metavar="GB", min=1, help="Memory limit (address space) of a process.")
    ] = 4,
    trust_proxy: Annotated[
        str,
        typer.Option(
            metavar="ADDRESSES", help="Proxies trusted to state where a request comes from, separated by commas."
        ),
    ] = "",
) -> None:
    """Serve a web page that compares frameworks, without further commands.

    It answers at http://127.0.0.1:8000 until Ctrl-C. Runs under way continue at the next start.
    """
    with answering() as (_, remarks):
        from simulator.page.limits import DAY, GIB, Limits
        from simulator.page.serving import Address, check_built
        from simulator.page.serving import serve as serve_page

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
            remarks.print(
                f"The page is at {address} (runs are stored in {runs}). Press Ctrl-C to stop it.", soft_wrap=True
            )

        serve_page(address, runs, limits, trust_proxy, announce)
