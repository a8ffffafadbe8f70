"""The commands that test predictions: `inspectsim validate`, `inspectsim forecast` and `inspectsim score`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.answering import answering, carry_out
from simulator.asking import RESULTS, Workers

if TYPE_CHECKING:
    from simulator.questions.validate.foretold import Foretold
    from simulator.questions.validate.judged import Judged
    from simulator.store import RunFolder

Fits = Annotated[
    str, typer.Option(metavar="DIR", help="Set of fits: folder of a calibration, or name of a shipped set.")
]
RecordsFile = Annotated[
    Path,
    typer.Argument(metavar="RECORDS.csv", help="CSV file of inspections: provider, service_type, kind, date, grade."),
]
Later = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Framework in force in the years predicted: name, or path of a TOML file.  [that of the fits]",
    ),
]
NotFitted = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="NAME",
        help="Scenario for everything that is not fitted: name, or path.  [that of the calibration]",
    ),
]
Runs = Annotated[int, typer.Option(metavar="N", help="Number of runs of each fit.")]
MostFits = Annotated[
    int, typer.Option(metavar="N", min=1, help="Maximum number of fits: the best, and others spread evenly.")
]
RUNS = 10
MOST_FITS = 20


def validate(  # noqa: PLR0913, PLR0917  (an option each)
    context: typer.Context,
    records: RecordsFile,
    fits: Fits,
    framework: Later = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help="First day of the years to predict, a 1 April.  [that of records or fits]"
        ),
    ] = None,
    scenario: NotFitted = None,
    replications: Runs = RUNS,
    most_fits: MostFits = MOST_FITS,
    workers: Workers = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the results.")] = None,
) -> None:
    """Predict records by runs that start before them, and report hits and misses.

    The same code counts figures from the records and from runs of every fit. Each is reported as recorded and
    predicted, hit or miss, next to the forecast that nothing changes.
    """
    with answering() as consoles:
        from simulator.experiments.crews import cores
        from simulator.present.terminal import progress
        from simulator.questions.validate.asked import Wanted
        from simulator.questions.validate.kept import VALIDATED
        from simulator.questions.validate.posed import read_day
        from simulator.questions.validate.posed import validate as judge

        wanted = Wanted(fits, framework, scenario, replications, most_fits)
        day = read_day(since) if since else None

        def ask(_: "RunFolder") -> "Judged":
            with progress(consoles.remarks) as told:
                return judge(records, wanted, day, workers or cores(), told)

        carry_out(VALIDATED, out or RESULTS / f"{records.stem}-validated", context.params, consoles, ask)


def forecast(  # noqa: PLR0913, PLR0917  (an option each)
    context: typer.Context,
    fits: Fits,
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="First day to predict, a 1 April.")],
    years: Annotated[int, typer.Option(metavar="N", help="Number of inspection years to predict.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder for the sealed forecast.")],
    framework: Later = None,
    scenario: NotFitted = None,
    replications: Runs = RUNS,
    most_fits: MostFits = MOST_FITS,
    workers: Workers = None,
) -> None:
    """Predict the figures of future years, in a sealed folder.

    The folder contains the question, the figures with their range over the fits, the framework and scenario files,
    and a digest of everything. `inspectsim score` compares it with what happened.
    """
    with answering() as consoles:
        from simulator.experiments.crews import cores
        from simulator.present.terminal import progress
        from simulator.questions.validate.asked import Wanted
        from simulator.questions.validate.foretold import FORETOLD, check_unsealed, foretell
        from simulator.questions.validate.posed import read_day
        from simulator.store import SEAL, read_manifest

        wanted = Wanted(fits, framework, scenario, replications, most_fits)
        day = read_day(since)
        check_unsealed(out)

        def ask(_: "RunFolder") -> "Foretold":
            with progress(consoles.remarks) as told:
                return foretell(wanted, day, years, workers or cores(), told)

        carry_out(FORETOLD, out, context.params, consoles, ask)
        seal = (read_manifest(out) or {})[SEAL]
        consoles.answers.print()
        consoles.answers.print(f"Seal, to be recorded elsewhere: {seal}", soft_wrap=True)


def score(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the sealed forecast.")],
    records: RecordsFile,
    seal: Annotated[
        str | None, typer.Option(metavar="DIGEST", help="Seal recorded when the forecast was made.  [not compared]")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the results.")] = None,
) -> None:
    """Compare a sealed forecast with what happened.

    A folder in which anything was altered, added or removed is refused.
    """
    with answering() as consoles:
        from simulator.questions.validate.kept import VALIDATED
        from simulator.questions.validate.posed import score as judge

        into = out or RESULTS / f"{folder.resolve().name}-scored"
        carry_out(VALIDATED, into, context.params, consoles, lambda _: judge(folder, records, seal))
