"""The command `inspectsim calibrate`."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from simulator.answering import answering


def calibrate(  # noqa: PLR0913, PLR0917  (an option each)
    records: Annotated[
        Path,
        typer.Argument(
            metavar="RECORDS.csv", help="CSV file of inspections: provider, service_type, kind, date, grade."
        ),
    ],
    framework: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Framework in force at the time of the records: name, or path of a TOML file."
        ),
    ],
    scenario: Annotated[
        str,
        typer.Option(metavar="NAME", help="Scenario for everything that is not fitted: name, or path of a TOML file."),
    ] = "homes-2014-2017",
    service_type: Annotated[
        str, typer.Option(metavar="TYPE", help="Service type of the records to fit to.")
    ] = "childrens_home",
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day of the records to use, a 1 April.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Last day of the records to use, a 31 March.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the set of fits.")] = Path("fitted"),
    source: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Description of the records, stored with the fits.  [file name]")
    ] = None,
    effort: Annotated[
        float,
        typer.Option(
            metavar="X", min=0.05, max=100, help="Search effort: 0.2 is a fifth of the usual effort, quick and rough."
        ),
    ] = 1.0,
    seed: Annotated[int, typer.Option(metavar="S", min=0, help="Random seed of the search.")] = 1,
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Number of parallel runs. Does not change results.")
    ] = None,
) -> None:
    """Fit the mechanisms of the model to inspection records.

    Inspections are targeted, so gaps between visits alone show little. The schedule is therefore simulated too, and
    runs are compared with the records figure by figure. The result is a set of fits that fit about equally well, for
    `inspectsim compare --fits DIR`.
    """
    for library in ("OPENBLAS", "OMP", "MKL"):  # its matrices are small, and its runs have threads of their own
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    with answering() as (answers, remarks):
        from simulator.experiments.calibration.effort import Effort
        from simulator.experiments.calibration.enough import check_enough
        from simulator.experiments.calibration.fits import EXPECTED, told_of, write_fits
        from simulator.experiments.calibration.fitting import fit
        from simulator.experiments.calibration.posing import of_years, posed_to
        from simulator.experiments.calibration.records import read_records
        from simulator.experiments.crews import cores
        from simulator.present.calibrated import print_calibration
        from simulator.present.chart_calibration import calibration_charts
        from simulator.present.results import times_of
        from simulator.present.terminal import progress
        from simulator.scenario import load_scenario
        from simulator.store import run_folder

        began = datetime.now(UTC)
        given = of_years(read_records(records, service_type), _day("from", first), _day("until", last))
        check_enough(given, str(records))
        bench = posed_to(load_scenario(scenario), framework, given)
        asked = Effort().times(effort)
        what = source or records.name
        with run_folder(out, EXPECTED) as folder:
            with progress(remarks) as told:
                done = [0]

                def tell(runs: int) -> None:
                    done[0] += runs
                    told(done[0], asked.runs)

                def say(step: str) -> None:
                    seconds = (datetime.now(UTC) - began).total_seconds()
                    left = f", about {_minutes(seconds * (asked.runs / done[0] - 1))} left" if done[0] else ""
                    remarks.print(f"{step.capitalize()}: {done[0]:,} of {asked.runs:,} runs done{left}")

                told(0, asked.runs)
                fitted = fit(given, bench, asked, seed, workers or cores(), tell, say)
            times = times_of(began)
            laid_out = told_of(fitted, what)
            for chart in calibration_charts(laid_out):
                chart.write(folder.made("charts"))
            command = {
                "framework": framework,
                "scenario": scenario,
                "from": first,
                "until": last,
                "effort": effort,
                "seed_of_search": seed,
            }
            write_fits(folder, fitted, what, {"command": command} | times)
        print_calibration(laid_out, answers)
        answers.print()
        answers.print(
            f"Files in {out}: fits.csv, profile.csv, moments.csv, transitions.csv, charts/, scenario.toml (best fit)"
        )
        answers.print(f"To use the whole set: inspectsim compare SCENARIO --fits {out}", soft_wrap=True)


def _day(option: str, given: str | None) -> date | None:
    """Read the day that an option was given."""
    from simulator.messages import InputError, Named

    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise InputError(Named(option), f': given "{given}"; must be a day, such as 2014-04-01') from None


def _minutes(seconds: float) -> str:
    """Write a time that is left, roughly."""
    minutes = 60
    return f"{seconds / minutes:.0f} minutes" if seconds > 1.5 * minutes else f"{max(seconds, 1):.0f} seconds"
